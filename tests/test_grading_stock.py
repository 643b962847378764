"""The same points as stock `nbgrader autograde`, cell by cell; nbgrader goes on after us."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from course import authoring, grading
from course.authoring import verifying
from course.folder import CourseFolder
from course.forms import write_answers
from tests import tiny
from tests.test_grading import HONEST

pytestmark = pytest.mark.slow


def nbgrader(folder: CourseFolder, *words: str) -> str:
    """Run stock nbgrader in a course as an instructor would."""
    program = Path(sys.executable).with_name("nbgrader")
    done = subprocess.run(
        [str(program), *words],
        cwd=folder.root,
        env={**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def points(
    folder: CourseFolder, name: str = tiny.NAME
) -> dict[tuple[str, str], tuple[float | None, bool]]:
    with Gradebook(f"sqlite:///{folder.gradebook}") as book:
        return {
            (submission.student_id, grade.name): (grade.auto_score, grade.needs_manual_grade)
            for submission in book.assignment_submissions(name)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[CourseFolder, CourseFolder]:
    essay = tiny.cell(
        "markdown", "Ваш ответ", "essay", grade=True, solution=True, locked=False, points=2
    )
    ours = tiny.course(tmp_path_factory.mktemp("ours"), [*tiny.cells(), essay])
    for person, (values, _) in HONEST.items():
        place = tiny.hand_in(ours, person, values)
        (place / "timestamp.txt").write_text("2026-10-20 10:11:12.131415 UTC", "utf-8")
    path = ours.submitted / "right" / tiny.NAME / f"{tiny.NAME}.ipynb"
    path.write_text(path.read_text("utf-8").replace("Ваш ответ", "Мой ответ."), "utf-8")
    stock = CourseFolder(shutil.copytree(ours.root, tmp_path_factory.mktemp("stock") / "course"))
    grading.grade(ours, tiny.NAME)
    nbgrader(stock, "generate_assignment", tiny.NAME)
    nbgrader(stock, "autograde", tiny.NAME)
    return ours, stock


def test_every_cell_scores_as_with_stock_nbgrader(both: tuple[CourseFolder, CourseFolder]) -> None:
    ours, stock = map(points, both)
    assert len(ours) == 5 * len(HONEST)
    assert ours == stock


@pytest.mark.long
def test_the_third_webinar_scores_as_with_stock_nbgrader(tmp_path: Path) -> None:
    name = "03_cooperation"
    ours = CourseFolder(tmp_path / "ours")
    shutil.copytree(Path(__file__).parents[1] / "assignments" / name, ours.assignments / name)
    (ours.root / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
    authoring.build(ours, [name])
    model = verifying.model_answers(ours, name)
    wrong = {each.exercise: each.answer for each in verifying.typical_mistakes(ours, name)}
    for person, values in {"model": model, "wrong": {**model, **wrong}, "empty": {}}.items():
        place = ours.submitted / person / name
        place.mkdir(parents=True)
        shutil.copy(ours.source / name / f"{name}.ipynb", place)
        write_answers(place / "answers.json", name, values)
    stock = CourseFolder(shutil.copytree(ours.root, tmp_path / "stock"))
    assert not grading.grade(ours, name).faults
    nbgrader(stock, "generate_assignment", name)
    nbgrader(stock, "autograde", name)
    mine = points(ours, name)
    assert mine == points(stock, name)
    assert sum(score or 0 for (person, _), (score, _) in mine.items() if person == "model") == 36


def test_nbgrader_reads_what_we_recorded(both: tuple[CourseFolder, CourseFolder]) -> None:
    ours, _ = both
    nbgrader(ours, "export", "--to", "grades.csv")
    rows = (ours.root / "grades.csv").read_text("utf-8")
    assert "2026-10-20 10:11:12.131415" in rows
    assert f"{tiny.NAME}" in rows
    nbgrader(ours, "generate_feedback", tiny.NAME)


def test_stock_grading_goes_on_after_ours(both: tuple[CourseFolder, CourseFolder]) -> None:
    ours, stock = both
    nbgrader(ours, "autograde", tiny.NAME, "--force", "--student", "mistake")
    assert points(ours) == points(stock)
