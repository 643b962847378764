"""The course's own webinars: fresh copies, grades as their authors say, nothing given away."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from course import authoring, grading
from course.authoring import cases, making, rules
from course.authoring.verifying import _pack
from course.folder import CourseFolder
from course.forms import write_answers
from tests.test_authoring import ROOT, bytes_below, grades_by_nbgrader

FOLDER = CourseFolder(ROOT)
NAMES = authoring.names(FOLDER)
# a newcomer waits for one webinar; `proclusters check` looks at all of them
ONE = [
    name if name == "03_cooperation" else pytest.param(name, marks=pytest.mark.slow)
    for name in NAMES
]


@pytest.mark.parametrize("name", ONE)
def test_made_copies_are_fresh(name):
    stale = [str(path.relative_to(ROOT)) for path in authoring.stale(FOLDER, name)]
    assert stale == [], f"proclusters build {name} && proclusters release {name}"


@pytest.mark.parametrize("name", ONE)
def test_webinar_grades_as_its_authors_say(name):
    verification = authoring.verify(FOLDER, name)
    assert verification.faults == ()
    assert verification.exercises >= 10


@pytest.mark.parametrize("name", NAMES)
def test_release_gives_no_answer_away(name):
    text = making.read(FOLDER, name)
    given = cases.read(text.folder)
    secrets = {line for line in rules.hidden_lines(text.cells) if len(line) >= 12}
    secrets |= {mistake.why for mistake in given.mistakes if len(mistake.why) >= 20}
    secrets |= {answer for answer in given.answers.values()
                if isinstance(answer, str) and len(answer) >= 40}  # fmt: skip
    assert secrets
    for path, content in bytes_below(FOLDER.release / name).items():
        told = content.decode("utf-8")
        if path.endswith(".ipynb"):
            told += "\n".join("".join(cell["source"]) for cell in json.loads(told)["cells"])
        assert [secret for secret in secrets if secret in told] == [], path


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_whole_text_runs_as_a_participant_gets_it(name, tmp_path):
    """Every cell, also those that only tell and draw, with nothing filled in."""
    shutil.copytree(ROOT / "release" / name, tmp_path, dirs_exist_ok=True)
    cells = json.loads((tmp_path / f"{name}.ipynb").read_text("utf-8"))["cells"]
    script = [
        f"exec(compile({''.join(cell['source'])!r}, {cell['id']!r}, 'exec'))"
        for cell in cells
        if cell["cell_type"] == "code"
    ]
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "error", "-c", "\n".join(script)],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        encoding="utf-8", timeout=300,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def _compare(name, root, turns):
    folder = CourseFolder(root)
    for part in ("assignments", "source", "release"):
        shutil.copytree(ROOT / part / name, root / part / name)
    shutil.copyfile(ROOT / "nbgrader_config.py", root / "nbgrader_config.py")
    text = making.read(folder, name)
    given = cases.read(text.folder)
    packed = _pack(given, text.survey.exercises)[:turns]
    submissions = {"model": dict(given.answers)}
    submissions |= {f"wrong{index}": sheet for index, (sheet, _) in enumerate(packed)}
    scores = grades_by_nbgrader(folder, submissions, name)
    for exercise in text.survey.exercises:
        assert scores["model"][exercise.cell] == exercise.points
    for index, (_, members) in enumerate(packed):
        for exercise, number in members:
            earned = scores[f"wrong{index}"][exercise.cell]
            assert earned == pytest.approx(given.mistakes[number].earned, abs=0.005), exercise.id
    assert bytes_below(folder.release / name) == bytes_below(ROOT / "release" / name)


STRANGE = {
    "text": lambda _: "много",
    "number": lambda _: -7.25,
    "keys": lambda _: ["нет", "такого"],
    "pairs": lambda _: {"нет": "такого"},
    "rows": lambda _: [{"row": "нет", "минуты": "много"}, {}],
    "cells": lambda value: [{**row, **dict.fromkeys(set(row) - {"row"}, "много")} for row in value]
    if rows(value) else "много",
    "numbers": lambda value: [dict.fromkeys(row, 1e14) for row in value] if rows(value) else 1e14,
}  # fmt: skip


def rows(value):
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_no_answer_of_another_kind_breaks_a_check(name, tmp_path):
    """Handed in by hand: what no field takes earns what it earns, and is no fault of an author."""
    folder = CourseFolder(tmp_path)
    shutil.copytree(FOLDER.source / name, folder.source / name)
    shutil.copyfile(ROOT / "nbgrader_config.py", tmp_path / "nbgrader_config.py")
    models = authoring.model_answers(FOLDER, name)
    for person, odd in STRANGE.items():
        path = folder.submitted / person / name / "answers.json"
        write_answers(path, name, {id: odd(value) for id, value in models.items()})
    done = grading.grade(folder, name)
    assert sorted(done.graded) == sorted(STRANGE)
    assert done.faults == ()


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES[2::3])  # all of them, with every mistake, in the long run
def test_nbgrader_scores_alike(name, tmp_path):
    _compare(name, tmp_path, turns=1)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_nbgrader_scores_every_mistake_alike(name, tmp_path):
    _compare(name, tmp_path, turns=99)
