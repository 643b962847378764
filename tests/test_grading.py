"""Grading by forms: scores, what is not graded again, what stands in the gradebook."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from course import gradebook, grading
from course.folder import CourseFolder
from course.grading import master, shelf
from course.sandbox import crew
from tests import tiny

# an answer and what each cell must earn: share, law, picks
HONEST = {
    "right": (tiny.GOOD, (2, 1, 3)),
    "mistake": ({"share": 0.75, "law": "act", "picks": ["a", "d"]}, (1, 1, 0)),
    "partly": ({"share": 0.2501, "law": "news", "picks": ["a", "b"]}, (2, 0, 2)),
    "nothing": ({}, (0, 0, 0)),
    "odd": ({"share": "четверть", "law": ["act"], "picks": {"a": "b"}}, (0, 0, 0)),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    folder = tiny.course(tmp_path_factory.mktemp("курс с пробелом"))
    for person, (values, _) in HONEST.items():
        tiny.hand_in(folder, person, values)
    tiny.hand_in(folder, "no_answers", None)
    tiny.hand_in(folder, "damaged", b'{"format": 1,')
    seen: list[tuple[int, int, str]] = []
    summary = grading.grade(folder, tiny.NAME, progress=lambda *step: seen.append(step))
    assert summary.graded == tuple(sorted([*HONEST, "no_answers"]))
    assert [(each.person, each.reason) for each in summary.quarantined] == [
        ("damaged", "answers.json, строка 1: это не JSON или файл обрезан.")
    ]
    assert dict(summary.repaired)["no_answers"][0].startswith("Файла ответов answers.json")
    assert not summary.faults
    assert seen[-1][:2] == (7, 7)
    return folder


def scores(folder: CourseFolder, person: str) -> dict[str, float | None]:
    with Gradebook(f"sqlite:///{folder.gradebook}") as book:
        notebook = book.find_submission_notebook(tiny.NAME, tiny.NAME, person)
        return {grade.name: grade.auto_score for grade in notebook.grades}


@pytest.mark.parametrize("person", HONEST)
def test_points_per_cell(graded: CourseFolder, person: str) -> None:
    share, law, picks = HONEST[person][1]
    assert scores(graded, person) == {
        "check_share": share, "check_law": law, "check_picks": picks, "memo": None,
    }  # fmt: skip


def test_summary_speaks_russian(graded: CourseFolder) -> None:
    lines = grading.grade(graded, tiny.NAME).lines
    assert lines[0] == "t1_forms: проверено 0\u00a0работ."
    assert "Без изменений: 6\u00a0работ." in lines
    assert "  damaged: answers.json, строка 1: это не JSON или файл обрезан." in lines
    assert "Ждут проверки преподавателем: 6\u00a0работ." in lines


def test_only_what_changed_is_graded_again(graded: CourseFolder) -> None:
    tiny.hand_in(graded, "nothing", {"law": "act"})
    try:
        summary = grading.grade(graded, tiny.NAME)
        assert summary.graded == ("nothing",)
        assert scores(graded, "nothing")["check_law"] == 1
    finally:
        tiny.hand_in(graded, "nothing", {})
        grading.grade(graded, tiny.NAME)


def test_a_lost_gradebook_is_filled_again(graded: CourseFolder, tmp_path: Path) -> None:
    root = shutil.copytree(graded.root, tmp_path / "copy")
    (root / "gradebook.db").unlink()
    again = CourseFolder(root)
    assert len(grading.grade(again, tiny.NAME).graded) == 6
    assert scores(again, "right")["check_picks"] == 3


def test_a_mended_check_regrades(graded: CourseFolder, tmp_path: Path) -> None:
    folder = CourseFolder(shutil.copytree(graded.root, tmp_path / "copy"))
    path = folder.source / tiny.NAME / f"{tiny.NAME}.ipynb"
    path.write_text(path.read_text("utf-8").replace("0.25, tolerance", "0.75, tolerance"), "utf-8")
    assert len(grading.grade(folder, tiny.NAME).graded) == 6
    assert scores(folder, "mistake")["check_share"] == 2
    assert scores(folder, "right")["check_share"] == 0


def test_points_given_by_hand_stay(graded: CourseFolder, tmp_path: Path) -> None:
    folder = CourseFolder(shutil.copytree(graded.root, tmp_path / "copy"))

    def memo() -> tuple[float | None, bool]:
        with Gradebook(f"sqlite:///{folder.gradebook}") as book:
            grade = book.find_grade("memo", tiny.NAME, tiny.NAME, "right")
            return grade.manual_score, grade.needs_manual_grade

    with Gradebook(f"sqlite:///{folder.gradebook}") as book:
        grade = book.find_grade("memo", tiny.NAME, tiny.NAME, "right")
        grade.manual_score, grade.needs_manual_grade = 3.0, False
        book.db.commit()
    path = folder.source / tiny.NAME / f"{tiny.NAME}.ipynb"
    path.write_text(path.read_text("utf-8").replace("=0.001", "=0.002"), "utf-8")
    assert "right" not in grading.grade(folder, tiny.NAME).waiting
    assert memo() == (3.0, False), "the answer is the same: nothing to look at again"
    assert gradebook.table(folder).loc["right", tiny.NAME] == 9
    tiny.hand_in(folder, "right", {**tiny.GOOD, "memo": "Иначе."})
    assert "right" in grading.grade(folder, tiny.NAME).waiting
    assert memo() == (3.0, True)


def test_graded_notebook_shows_answers_beside_the_rubric(graded: CourseFolder) -> None:
    place = graded.autograded / "right" / tiny.NAME
    notebook = nbformat.read(place / f"{tiny.NAME}.ipynb", 4)
    nbformat.validate(notebook)
    outputs = {cell.id: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}
    assert "связи подтверждены договорами" in outputs["f_memo"][0].text
    assert "Баллы: 2 из 2." in outputs["check_share"][0].text
    assert notebook.cells[-1].source.count("MARK SCHEME") == 2
    assert all(path.stat().st_mode & 0o777 == 0o444 for path in place.iterdir())


@pytest.mark.sandbox
def test_forms_beside_code_are_graded(tmp_path: Path) -> None:
    code = tiny.cell("code", "x = 1", "solve_x",
                     solution=True, locked=False)  # fmt: skip
    check = tiny.cell("code", "assert x == 1", "check_x", grade=True, points=1)
    folder = tiny.course(tmp_path, [*tiny.cells(), code, check])
    tiny.hand_in(folder, "ivanova", {**tiny.GOOD, "share": 0.75})
    summary = grading.grade(folder, tiny.NAME)
    assert summary.graded == ("ivanova",)
    assert summary.unprotected == ()
    assert scores(folder, "ivanova") == {
        "check_share": 1, "check_law": 1, "check_picks": 3, "memo": None, "check_x": 1,
    }  # fmt: skip


def test_a_broken_check_is_told_to_its_author(tmp_path: Path) -> None:
    bad = tiny.cell("code", 'ask.answer("share").foo', "check_bad", grade=True, points=1)
    folder = tiny.course(tmp_path, [*tiny.cells(), bad])
    tiny.hand_in(folder, "ivanova", tiny.GOOD)
    summary = grading.grade(folder, tiny.NAME)
    assert summary.graded == ("ivanova",)
    assert scores(folder, "ivanova")["check_bad"] == 0
    assert summary.faults[0].startswith("Проверка «check_bad» прервалась: AttributeError")


def test_a_broken_setup_costs_nobody_points(tmp_path: Path) -> None:
    cells = tiny.cells()
    cells[1].source += "\n1 / 0"
    folder = tiny.course(tmp_path, cells)
    tiny.hand_in(folder, "ivanova", tiny.GOOD)
    summary = grading.grade(folder, tiny.NAME)
    assert summary.graded == ()
    assert summary.quarantined[0].reason == "В самом задании ошибка."
    assert "ZeroDivisionError" in summary.faults[0]


@pytest.mark.parametrize(
    ("trap", "word"),
    [("import time; time.sleep(60)", "время"), ("import os; os._exit(3)", "прервалась")],
)
def test_a_dead_checker_stops_nobody_else(tmp_path: Path, trap: str, word: str) -> None:
    source = f'if ask.answer("share") == 666:\n    {trap}\n1.0'
    folder = tiny.course(
        tmp_path, [*tiny.cells(), tiny.cell("code", source, "check_trap", grade=True, points=1)]
    )
    for person in ("a", "b", "c"):
        tiny.hand_in(folder, person, {**tiny.GOOD, "share": 666 if person == "b" else 0.25})
    summary = grading.grade(folder, tiny.NAME, seconds=8, workers=1)
    assert summary.graded == ("a", "c")
    assert word in summary.quarantined[0].reason
    assert scores(folder, "c")["check_share"] == 2


def test_points_are_clamped_and_finite(tmp_path: Path) -> None:
    values = {"over": "1e9", "under": "-5", "nan": 'float("nan")', "inf": 'float("inf")'}
    extra = [
        tiny.cell("code", source, f"check_{name}", grade=True, points=1)
        for name, source in values.items()
    ]
    folder = tiny.course(tmp_path, [*tiny.cells(), *extra])
    tiny.hand_in(folder, "ivanova", tiny.GOOD)
    grading.grade(folder, tiny.NAME)
    found = scores(folder, "ivanova")
    assert [found[f"check_{name}"] for name in values] == [1, 0, 0, 0]


def test_cells_that_checks_stand_on_are_run(tmp_path: Path) -> None:
    cells = tiny.cells()
    cells.insert(2, tiny.cell("code", "right = 0.25", "given", locked=True))
    cells.insert(2, tiny.cell("code", "raise SystemExit", "prose", locked=True))
    cells[5].source = cells[5].source.replace("0.25, tol", "right, tol")
    folder = tiny.course(tmp_path, cells)
    assert [cell["cell"] for cell in master.load(folder, tiny.NAME).code if cell["kind"] == "ground"
            ] == ["setup", "given"]  # fmt: skip
    tiny.hand_in(folder, "ivanova", tiny.GOOD)
    grading.grade(folder, tiny.NAME)
    assert scores(folder, "ivanova")["check_share"] == 2


def test_any_executor_will_do(tmp_path: Path) -> None:
    folder = tiny.course(tmp_path)
    tiny.hand_in(folder, "ivanova", tiny.GOOD)
    with ThreadPoolExecutor(1) as pool:
        assert grading.grade(folder, tiny.NAME, executor=pool).graded == ("ivanova",)
    crew.dismiss()


def test_half_made_folders_are_swept(graded: CourseFolder) -> None:
    beside = graded.autograded / ".making-killed"
    beside.mkdir()
    grading.grade(graded, tiny.NAME)
    assert not beside.exists()


def test_a_damaged_outcome_is_graded_again(graded: CourseFolder) -> None:
    path = graded.autograded / "right" / tiny.NAME / shelf.OUTCOME
    path.chmod(0o644)
    path.write_text('{"person": 5}', "utf-8")
    assert grading.grade(graded, tiny.NAME).graded == ("right",)


@pytest.mark.slow
def test_works_in_a_bare_environment(tmp_path: Path) -> None:
    """No activated venv, no locale: nbgrader still finds alembic, and Cyrillic stays Cyrillic."""
    folder = tiny.course(tmp_path / "Курс № 1")
    tiny.hand_in(folder, "ivanova", tiny.GOOD)
    script = (
        "import sys; from pathlib import Path; from course import grading;"
        "from course.folder import CourseFolder;"
        f"print(*grading.grade(CourseFolder(Path(sys.argv[1])), '{tiny.NAME}').lines)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder.root)],
        env={"LC_ALL": "C", "PATH": os.defpath, "HOME": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "проверено 1" in done.stdout.decode("utf-8")
    outcome = json.loads((folder.autograded / "ivanova" / tiny.NAME / shelf.OUTCOME).read_bytes())
    assert sum(cell["score"] for cell in outcome["cells"]) == 6


def test_nbgrader_is_imported_without_its_slow_parsers() -> None:
    """The stand-in is gone afterwards, and the check of addresses works as before."""
    script = (
        "import sys, course.grading.record, jsonschema;"
        "assert 'rfc3987_syntax' not in sys.modules;"
        "known = jsonschema.Draft202012Validator.FORMAT_CHECKER.conforms;"
        "assert known('https://пример.рф/а', 'iri') and not known('no address', 'iri');"
        "assert sys.modules['rfc3987_syntax'].__file__"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
