"""Assignments with code: run in the sandbox, checked outside it, scored as stock nbgrader does."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from course import grading
from course.errors import GradingError
from course.folder import CourseFolder
from course.grading import batch, intake, shelf
from course.grading.master import load
from course.grading.results import Outcome
from course.sandbox import bubblewrap, levels, warm
from course.sandbox.talk import Talk
from tests import tiny
from tests.courses import programs
from tests.hostile import borrowed
from tests.hostile import programs as hostile
from tests.test_grading_stock import nbgrader, points

pytestmark = pytest.mark.slow

STUB = "# YOUR CODE HERE\nraise NotImplementedError()"  # what nbgrader hands out
HONEST: dict[str, dict[str, str]] = {
    "right": {},
    "other_way": {
        "added": "from fractions import Fraction",
        "share": "def share(part, whole):\n    if not whole: raise ValueError('w')\n"
        "    return float(Fraction(part, whole))",
    },
    "no_error": {"share": "def share(part, whole):\n    return part / (whole or 1)"},
    "half_table": {
        "table": "firms = pd.read_csv('firms.csv')\nby_region = firms.groupby('region').staff.max()"
    },
    "broken": {"plot": "heights = [1, 2", "two": "def part_of_two(x):\n    return x / 2"},
    "empty": {"share": "", "table": "", "plot": "", "two": "", "essay": STUB},
}


@pytest.mark.sandbox
@pytest.mark.long
def test_every_cell_scores_as_with_stock_nbgrader(tmp_path: Path) -> None:
    ours = programs.course(tmp_path / "ours")
    for person, sources in HONEST.items():
        programs.hand_in(ours, person, **sources)
    stock = CourseFolder(shutil.copytree(ours.root, tmp_path / "stock"))
    assert not grading.grade(ours, programs.NAME).quarantined
    nbgrader(stock, "generate_assignment", programs.NAME)
    nbgrader(stock, "autograde", programs.NAME)
    assert points(ours, programs.NAME) == points(stock, programs.NAME)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> tuple[CourseFolder, grading.Summary]:
    folder = programs.course(tmp_path_factory.mktemp("programs"))
    for person in ("right", "no_error", "half_table", "empty"):
        programs.hand_in(folder, person, **HONEST[person])
    return folder, grading.grade(folder, programs.NAME)


def scores(folder: CourseFolder, person: str) -> dict[str, float]:
    found = shelf.outcome(folder, person, programs.NAME)
    assert found
    return {cell.cell: cell.score for cell in found.cells}


@pytest.mark.sandbox
def test_points_per_cell(graded: tuple[CourseFolder, grading.Summary]) -> None:
    folder, summary = graded
    assert not summary.quarantined
    full = {key: float(value) for key, value in programs.WORTH.items()}
    assert scores(folder, "right") == full
    assert scores(folder, "no_error") == {**full, "check_share": 0}
    assert scores(folder, "half_table") == {**full, "check_table": 1}
    assert scores(folder, "empty") == dict.fromkeys(full, 0.0)


@pytest.mark.sandbox
def test_cells_beyond_the_split_are_named(graded: tuple[CourseFolder, grading.Summary]) -> None:
    folder, summary = graded
    assert summary.unprotected == ("check_inside",)
    assert any("без защиты от подделки: «check_inside»" in each for each in summary.lines)
    found = shelf.outcome(folder, "right", programs.NAME)
    assert found
    assert (found.unprotected, found.level) == (("check_inside",), "full")
    assert grading.grade(folder, programs.NAME).graded == ()


@pytest.mark.sandbox
def test_a_code_answer_by_hand_waits(graded: tuple[CourseFolder, grading.Summary]) -> None:
    folder, summary = graded
    assert summary.waiting == ("half_table", "no_error", "right")
    with Gradebook(f"sqlite:///{folder.gradebook}") as book:
        cells = book.find_submission_notebook(programs.NAME, programs.NAME, "empty").grades
        assert {each.name: each.auto_score for each in cells}["essay"] == 0
    notebook = folder.autograded / "right" / programs.NAME / f"{programs.NAME}.ipynb"
    assert "Мой вывод" in notebook.read_text("utf-8")


def test_without_a_sandbox_nothing_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = programs.course(tmp_path)
    programs.hand_in(folder, "right")
    monkeypatch.setattr(bubblewrap, "refusal", lambda: "bwrap: No permissions")
    monkeypatch.setattr(batch.intake, "people", lambda *_: pytest.fail("read"))
    with pytest.raises(GradingError, match=r"bwrap: No permissions.*Установите bubblewrap"):
        grading.grade(folder, programs.NAME)


@pytest.mark.sandbox
def test_without_a_sandbox_only_on_demand_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bubblewrap, "refusal", lambda: "bwrap: No permissions")
    monkeypatch.setenv("SECRET_TOKEN", hostile.OUT)
    folder = programs.course(tmp_path)
    programs.hand_in(folder, "right", added="kept = 'моя ячейка'",
                     essay="import os; print(os.environ.get('SECRET_TOKEN'))")  # fmt: skip
    summary = grading.grade(folder, programs.NAME, level=levels.NONE)
    assert any("без песочницы" in line for line in summary.lines)
    found = shelf.outcome(folder, "right", programs.NAME)
    assert found
    book = json.loads(
        (folder.autograded / "right" / programs.NAME / f"{programs.NAME}.ipynb").read_bytes()
    )
    assert book["cells"][0]["source"] == "kept = 'моя ячейка'"
    assert "nbgrader" not in book["cells"][0]["metadata"]
    assert (found.level, hostile.OUT in str(found.shown)) == ("unsandboxed", False)
    assert scores(folder, "right") == {key: float(value) for key, value in programs.WORTH.items()}
    assert grading.grade(folder, programs.NAME, level=levels.NONE).graded == ()
    monkeypatch.setattr(bubblewrap, "refusal", lambda: "")
    assert grading.grade(folder, programs.NAME).graded == ("right",)
    again = shelf.outcome(folder, "right", programs.NAME)
    assert again
    assert again.level == "full"


def test_a_missing_program_is_no_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda _: None)
    assert bubblewrap.refusal.__wrapped__() == "программа bwrap не найдена"


@pytest.mark.sandbox
def test_damaged_notebooks_are_told(tmp_path: Path) -> None:
    folder = programs.course(tmp_path)
    (programs.hand_in(folder, "gone") / f"{programs.NAME}.ipynb").unlink()
    (folder.submitted / "gone" / programs.NAME / "answers.json").write_text("{}")
    place = programs.hand_in(folder, "cut") / f"{programs.NAME}.ipynb"
    place.write_text(place.read_text()[:-20])
    reasons = {
        each.person: each.reason for each in grading.grade(folder, programs.NAME).quarantined
    }
    assert "тетрадь повреждена" in reasons["cut"]
    assert set(reasons) == {"cut", "gone"}


def test_a_program_is_shown_as_it_runs(tmp_path: Path) -> None:
    folder = programs.course(tmp_path)
    turned = "fine = 1 # \u202e\u2066 2 = enif \u2069\x1b[2J\u200b"
    programs.hand_in(folder, "turned", share=turned, added=turned)
    master = load(folder, programs.NAME)
    taken = intake.take(folder, master, "turned")
    assert isinstance(taken, intake.Submission)
    assert taken.texts["share"] == turned
    outcome = Outcome("turned", programs.NAME, "", "", (), (), {})
    cells = shelf.notebook(master.books[0], master, taken, outcome)["cells"]
    shown = [cell["source"] for cell in cells if "fine = 1" in cell["source"]]
    assert len(shown) == 2
    assert not set("".join(shown)) & set("\u202e\u2066\u2069\x1b\u200b")


def judge(folder: CourseFolder, case: hostile.Case, summary: grading.Summary) -> None:
    reasons = {each.person: each.reason for each in summary.quarantined}
    if isinstance(case.expected, str):
        assert case.expected in reasons[case.name]
        return
    assert case.name not in reasons, reasons[case.name]
    found = scores(folder, case.name)
    assert (found["check_share"], found["check_table"], found["check_plot"]) == case.expected


@pytest.mark.sandbox
@pytest.mark.parametrize(
    "name", ["equal_share", "run_cell", "internet", "told", "exit"]
)  # one of each kind; all of them under make check-all
def test_hostile_programs(name: str, hostile_course: tuple[CourseFolder, grading.Summary]) -> None:
    judge(hostile_course[0], {case.name: case for case in hostile.CASES}[name], hostile_course[1])


@pytest.fixture(scope="module")
def hostile_course(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[CourseFolder, grading.Summary]:
    folder = programs.course(tmp_path_factory.mktemp("hostile"))
    for case in hostile.CASES:
        if case.name in ("equal_share", "run_cell", "internet", "told", "exit"):
            programs.hand_in(folder, case.name, **case.sources)
    return folder, grading.grade(folder, programs.NAME)


@pytest.mark.sandbox
def test_what_a_check_borrows_is_the_real_thing(tmp_path: Path) -> None:
    folder = borrowed.course(tmp_path)
    for person, (sources, _) in borrowed.CASES.items():
        borrowed.hand_in(folder, person, sources)
    summary = grading.grade(folder, borrowed.NAME)
    assert (summary.quarantined, summary.unprotected) == ((), ())
    found = {person: shelf.outcome(folder, person, borrowed.NAME) for person in borrowed.CASES}
    points = {
        person: tuple(cell.score for cell in outcome.cells)
        for person, outcome in found.items()
        if outcome
    }
    assert points == {person: expected for person, (_, expected) in borrowed.CASES.items()}


@pytest.mark.sandbox
def test_nobody_is_asked_for_the_words_of_a_hidden_check(tmp_path: Path) -> None:
    folder = borrowed.course(tmp_path)
    book = folder.source / borrowed.NAME / f"{borrowed.NAME}.ipynb"
    book.write_text(book.read_text("utf-8").replace("# Ваш вывод", "raise NotImplementedError"))
    borrowed.hand_in(folder, "listener", borrowed.CASES["listener"][0])
    assert not grading.grade(folder, borrowed.NAME).quarantined
    found = shelf.outcome(folder, "listener", borrowed.NAME)
    assert found
    assert "names" in found.shown["words"]
    assert borrowed.CANARY not in str(found.as_data())


@pytest.mark.sandbox
@pytest.mark.long
@pytest.mark.parametrize("way", ["forked", "started"])
def test_the_whole_hostile_corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    made, forked = warm.child, 0

    def child(*words: Any) -> Talk:
        nonlocal forked
        if way == "started":
            raise warm.ColdError("asked for")
        talk = made(*words)
        forked += 1
        return talk

    monkeypatch.setattr(warm, "child", child)
    monkeypatch.setenv("SECRET_TOKEN", hostile.OUT)
    with hostile.planted() as home:
        whole_corpus(programs.course(tmp_path), home)
    assert (forked >= 2 * len(hostile.CASES)) == (way == "forked")


def whole_corpus(folder: CourseFolder, home: Path, level: str = "") -> None:
    """Grade every hostile program, and say all that went wrong."""
    wrong: list[str] = []
    groups: dict[float, list[hostile.Case]] = {}
    for case in hostile.CASES:
        groups.setdefault(case.seconds or 60, []).append(case)
    for seconds, cases in groups.items():
        shutil.rmtree(folder.submitted, ignore_errors=True)
        for case in cases:
            programs.hand_in(folder, case.name, **hostile.sources(case, home))
        summary = grading.grade(folder, programs.NAME, seconds=seconds, level=level)
        for case in cases:
            try:
                judge(folder, case, summary)
            except (AssertionError, KeyError) as error:
                wrong.append(f"{case.name}: {error}"[:300])
    assert not wrong, "\n".join(wrong)
    for path in (*folder.autograded.rglob("*"), folder.gradebook):
        if path.is_file() and path.suffix != ".ipynb":
            assert hostile.OUT.encode() not in path.read_bytes(), path


def test_hidden_checks_never_reach_what_is_made(
    graded: tuple[CourseFolder, grading.Summary],
) -> None:
    folder, _ = graded
    grading.feedback(folder, programs.NAME)
    for path in (*folder.feedback.rglob("*.html"), *folder.autograded.rglob("outcome.json")):
        assert programs.CANARY not in path.read_text("utf-8"), path


def test_form_only_grading_needs_no_sandbox(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bubblewrap, "refusal", lambda: "нет")
    folder = tiny.course(tmp_path)
    tiny.hand_in(folder, "right", tiny.GOOD)
    assert grading.grade(folder, tiny.NAME).graded == ("right",)
