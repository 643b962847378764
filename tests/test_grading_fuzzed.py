"""Good submissions, damaged at random: everybody gets points or a reason, what is whole keeps its.

Hypothesis draws the damage; all that it drew is graded in one run, because starting a run costs
more than grading hundreds. 500 in CI, 10,000 under `make check-all`.
"""

from __future__ import annotations

import copy
import datetime
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from course import grading
from course.folder import CourseFolder
from course.grading import shelf
from course.grading.master import load
from course.grading.record import Record
from tests import tiny
from tests.courses import programs

NOTEBOOK = f"{tiny.NAME}.ipynb"
ESSAY = "Связи подтверждены договорами, доля внутренних поставок растёт."
FULL = {"check_share": ("share", 2.0), "check_law": ("law", 1.0), "check_picks": ("picks", 3.0)}
RUN = 1000  # submissions of one run

words = st.text(max_size=12) | st.sampled_from(
    ["", "NaN", "check_share", "essay", "\x00", "\ud800"]
)
data = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
Damage = Callable[[Any], None]


@dataclass(frozen=True)
class Handed:
    """The bytes of one damaged submission, and in words what was done to it."""

    files: dict[str, bytes]
    story: tuple[str, ...]


def dumped(content: object) -> bytes:
    return json.dumps(content).encode("ascii")


@st.composite
def answer_file(draw: st.DrawFn, story: list[str]) -> dict[str, Any]:
    """The good answer file with some entries changed, lost, renamed or added, and stray keys."""
    sheet = copy.deepcopy(tiny.answers(tiny.GOOD))
    entries = sheet["answers"]
    for name in draw(st.sets(st.sampled_from([*tiny.GOOD]), max_size=3)):
        how = draw(st.sampled_from(["value", "entry", "lost", "renamed", "text", "stray"]))
        story.append(f"{name}: {how}")
        if how == "value":
            entries[name]["value"] = draw(data)
        elif how == "entry":
            entries[name] = draw(data)
        elif how == "lost":
            del entries[name]
        elif how == "renamed":
            entries[draw(words)] = entries.pop(name)
        elif how == "text":
            entries[name]["text"] = draw(words)
        else:
            entries[draw(words)] = {"value": draw(data), "text": "", "at": ""}
    if draw(st.integers(0, 4)) == 0:
        key = draw(st.sampled_from(["format", "assignment", "answers", "token", "more"]))
        sheet[key] = draw(data)
        story.append(f"answer file: {key}")
    return sheet


@st.composite
def damaged_cells(draw: st.DrawFn, notebook: dict[str, Any], story: list[str]) -> dict[str, Any]:
    """The notebook with cells lost, doubled, moved, remarked, of another kind or another text."""
    notebook = copy.deepcopy(notebook)
    cells: list[Any] = notebook["cells"]
    for _ in range(draw(st.integers(0, 4))):
        if not cells:
            break
        at = draw(st.integers(0, len(cells) - 1))
        how = draw(st.sampled_from(
            ["lost", "doubled", "moved", "marks", "mark", "kind", "source", "any", "id"]
        ))  # fmt: skip
        story.append(f"cell {at}: {how}")
        cell = cells[at]
        if how == "lost":
            cells.pop(at)
        elif how == "doubled":
            cells.insert(draw(st.integers(0, len(cells))), copy.deepcopy(cell))
        elif how == "moved":
            cells.insert(draw(st.integers(0, len(cells) - 1)), cells.pop(at))
        elif how == "any" or not isinstance(cell, dict):
            cells[at] = draw(data)
        elif how == "marks":
            cell["metadata"] = draw(data)
        elif how == "mark" and isinstance(cell.get("metadata"), dict):
            marks = cell["metadata"].get("nbgrader")
            if isinstance(marks, dict):
                key = draw(st.sampled_from(["points", "grade", "solution", "locked", "task", "x"]))
                marks[key] = draw(data)
        elif how == "kind":
            cell["cell_type"] = draw(st.sampled_from(["code", "raw", "markdown", "", None]))
        elif how == "id":
            cell["id"] = draw(words)
        elif how == "source":
            cell["source"] = draw(data)
    if draw(st.integers(0, 9)) == 0:
        key = draw(st.sampled_from(["metadata", "nbformat", "cells", "nbformat_minor"]))
        notebook[key] = draw(data)
        story.append(f"notebook: {key}")
    return notebook


@st.composite
def damaged_bytes(draw: st.DrawFn, content: bytes, story: list[str], name: str) -> bytes:
    """A file cut, with bytes changed or put in, or as it was (most often)."""
    how = draw(st.sampled_from([*([""] * 20), "cut", "changed", "put in", "bom", "other"]))
    if not how:
        return content
    story.append(f"{name}: {how}")
    at = draw(st.integers(0, len(content)))
    new = draw(st.binary(min_size=1, max_size=8))
    if how == "cut":
        return content[:at]
    if how == "bom":
        return b"\xef\xbb\xbf" + content
    if how == "other":
        return new
    return content[:at] + new + content[at + (len(new) if how == "changed" else 0) :]


@st.composite
def handed(draw: st.DrawFn, notebook: dict[str, Any]) -> Handed:
    """A good submission that something happened to."""
    story: list[str] = []
    whole = {
        "answers.json": dumped(draw(answer_file(story))),
        NOTEBOOK: dumped(draw(damaged_cells(notebook, story))),
        "timestamp.txt": b"2026-10-20 10:11:12.131415 UTC",
    }
    files = {name: draw(damaged_bytes(content, story, name)) for name, content in whole.items()}
    for name in draw(st.sets(st.sampled_from([*files]), max_size=1)):
        if draw(st.integers(0, 9)) == 0:
            story.append(f"{name}: gone")
            del files[name]
    return Handed(files, tuple(story))


@pytest.fixture
def told(capfd: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """A line for whoever waits for a long run, past pytest's capturing."""

    def tell(words: str) -> None:
        with capfd.disabled():
            print(f"{datetime.datetime.now():%H:%M:%S} {words}", file=sys.stderr, flush=True)

    return tell


def drawn(strategy: st.SearchStrategy[Any], count: int, fixed: bool) -> list[Any]:
    """That many of what hypothesis makes; the same ones each time if `fixed`."""
    found: list[Any] = []

    @settings(
        max_examples=count, database=None, derandomize=fixed, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(strategy)
    def take(case: Any) -> None:
        found.append(case)

    take()
    return found


def whole_answers(case: Handed) -> Iterator[str]:
    """The exercises whose answer is still there, read with Python's own JSON."""
    try:
        sheet = json.loads(case.files["answers.json"].decode("utf-8-sig"))
        entries = sheet["answers"].items()
    except (KeyError, ValueError, TypeError, AttributeError):
        return
    for name, entry in entries:
        if isinstance(entry, dict) and same(entry.get("value"), tiny.GOOD.get(name)):
            yield name


def same(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other


def whole_essay(case: Handed) -> bool:
    """Whether the first cell marked as the essay still holds it."""
    try:
        cells = json.loads(case.files[NOTEBOOK].decode("utf-8-sig"))["cells"]
        for cell in cells:
            if isinstance(cell, dict) and isinstance(cell.get("metadata"), dict):
                marks = cell["metadata"].get("nbgrader")
                if isinstance(marks, dict) and marks.get("grade_id") == "essay":
                    return bool(cell.get("source") in (ESSAY, [ESSAY]))
    except (KeyError, ValueError, TypeError, AttributeError):
        pass
    return False


def course(root: Path) -> tuple[CourseFolder, dict[str, Any]]:
    """The small course with an answer in the notebook too, and a good notebook of it."""
    essay = tiny.cell(
        "markdown", "Ваш ответ", "essay", grade=True, solution=True, locked=False, points=2
    )
    folder = tiny.course(root, [*tiny.cells(), essay])
    notebook = json.loads((folder.source / tiny.NAME / NOTEBOOK).read_text("utf-8"))
    notebook["cells"][-1]["source"] = [ESSAY]
    return folder, notebook


def graded(folder: CourseFolder, cases: list[Handed]) -> dict[str, Handed]:
    """Hand all of them in and grade them in one run; each ends with points or with a reason."""
    for place in (folder.submitted, folder.autograded):
        shutil.rmtree(place, ignore_errors=True)
    folder.gradebook.unlink(missing_ok=True)
    people = {f"p{number:05}": case for number, case in enumerate(cases)}
    for person, case in people.items():
        place = folder.submitted / person / tiny.NAME
        place.mkdir(parents=True)
        for name, content in case.files.items():
            (place / name).write_bytes(content)
    summary = grading.grade(folder, tiny.NAME, seconds=120)
    refused = {each.person: each.reason for each in summary.quarantined}
    assert set(refused) | set(summary.graded) == set(people)
    assert not set(refused) & set(summary.graded)
    assert all(reason.strip() for reason in refused.values())
    assert not summary.faults
    return {person: people[person] for person in summary.graded}


def hold(folder: CourseFolder, cases: list[Handed]) -> None:
    """Grade, then compare with what the damage left whole."""
    kept = graded(folder, cases)
    assert len(kept) > len(cases) / 3  # much damage leaves something to grade
    with Record(folder, load(folder, tiny.NAME)) as record:
        points = record.points()
    assert set(points) == set(kept)
    wrong = []
    for person, case in kept.items():
        outcome = shelf.outcome(folder, person, tiny.NAME)
        assert outcome
        judged = {cell.cell: cell.score for cell in outcome.cells}
        answers = set(whole_answers(case))
        for check, (exercise, worth) in FULL.items():
            fine = judged[check] == worth if exercise in answers else 0 <= judged[check] <= worth
            if not fine or points[person][check] != judged[check]:
                wrong.append((case.story, check, judged[check]))
        if whole_essay(case) and points[person]["essay"] is not None:
            wrong.append((case.story, "essay", points[person]["essay"]))
    assert not wrong, wrong[:5]


def test_a_few_damaged_submissions(tmp_path: Path) -> None:
    folder, notebook = course(tmp_path)
    hold(folder, drawn(handed(notebook), 40, fixed=True))


@pytest.mark.slow
def test_500_damaged_submissions(tmp_path: Path) -> None:
    folder, notebook = course(tmp_path)
    hold(folder, drawn(handed(notebook), 500, fixed=True))


@pytest.mark.long
def test_10000_damaged_submissions(tmp_path: Path, told: Callable[[str], None]) -> None:
    folder, notebook = course(tmp_path)
    told("drawing 10,000 submissions")
    cases = drawn(handed(notebook), 10_000, fixed=False)
    assert len(cases) > 9_000  # hypothesis may run out of new ones
    for start in range(0, len(cases), RUN):
        hold(folder, cases[start : start + RUN])
        told(f"{min(start + RUN, len(cases)):,} of {len(cases):,} graded")


@st.composite
def around(draw: st.DrawFn, notebook: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """A notebook with code in which everything but the answers themselves may be damaged."""
    story: list[str] = []
    new = copy.deepcopy(notebook)
    answers = [cell for cell in new["cells"] if cell["id"] in programs.GOOD]
    others = [cell for cell in new["cells"] if cell["id"] not in programs.GOOD]
    rest = draw(damaged_cells({**new, "cells": others}, story))
    cells = rest["cells"] if isinstance(rest["cells"], list) else []
    for cell in cells:  # code of the participant's own would run, and may change what is right
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            marks = cell.get("metadata")
            own = marks.get("nbgrader") if isinstance(marks, dict) else None
            if not (isinstance(own, dict) and isinstance(own.get("grade_id"), str)):
                cell["cell_type"] = "markdown"
    for cell in answers:
        key = draw(st.sampled_from(["points", "grade", "solution", "locked", "task", "x"]))
        cell["metadata"]["nbgrader"][key] = draw(data)
        story.append(f"{cell['id']}: {key}")
        cells.insert(draw(st.integers(0, len(cells))), cell)
    return {**rest, "cells": cells}, tuple(story)


def hold_programs(root: Path, count: int, fixed: bool) -> None:
    """Programs keep all their points, whatever becomes of the cells around the answers."""
    folder = programs.course(root)
    path = programs.hand_in(folder, "model") / f"{programs.NAME}.ipynb"
    cases = drawn(around(json.loads(path.read_text("utf-8"))), count, fixed)
    for number, (notebook, _) in enumerate(cases):
        place = programs.hand_in(folder, f"p{number:05}") / f"{programs.NAME}.ipynb"
        place.write_bytes(dumped(notebook))
    summary = grading.grade(folder, programs.NAME, seconds=300)
    assert not summary.quarantined
    for number, (_, story) in enumerate(cases):
        outcome = shelf.outcome(folder, f"p{number:05}", programs.NAME)
        assert outcome
        assert {cell.cell: cell.score for cell in outcome.cells} == programs.WORTH, story


@pytest.mark.sandbox
@pytest.mark.slow
def test_programs_in_damaged_notebooks(tmp_path: Path) -> None:
    hold_programs(tmp_path, 6, fixed=True)


@pytest.mark.sandbox
@pytest.mark.long
def test_200_programs_in_damaged_notebooks(tmp_path: Path) -> None:
    hold_programs(tmp_path, 200, fixed=False)
