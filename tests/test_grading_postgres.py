"""A gradebook on a PostgreSQL server: what SQLite gives, and two instructors at once."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import create_engine, text

from course import gradebook, grading
from course.errors import GradingError
from course.folder import CourseFolder
from course.grading import shelf
from course.grading.master import load
from course.grading.opening import ADDRESS
from course.grading.record import ByHand, Record
from tests import postgres, tiny
from tests.test_grading_killed import PEOPLE, SCRIPT, cohort

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    postgres.demanded()
    with postgres.server() as address:
        yield address


@pytest.fixture
def address(cluster: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty gradebook on the server, which the course is told of."""
    engine = create_engine(cluster, isolation_level="AUTOCOMMIT")
    with engine.connect() as line:
        line.execute(text("DROP SCHEMA public CASCADE"))
        line.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    monkeypatch.setenv(ADDRESS, cluster)
    return cluster


def named(root: Path) -> CourseFolder:
    """The cohort in a course with a name, which a gradebook on a server needs."""
    folder = cohort(root)
    config = 'c = get_config()\nc.CourseDirectory.course_id = "course"\n'
    (root / "nbgrader_config.py").write_text(config, "utf-8")
    return folder


def recorded(address: str) -> dict[str, dict[str, float | None]]:
    """The points of everybody; a person with two submissions would fail here."""
    with Gradebook(address, "course") as book:
        rows = book.assignment_submissions(tiny.NAME)
        found = {
            row.student_id: {grade.name: grade.auto_score for grade in row.notebooks[0].grades}
            for row in rows
        }
        assert len(rows) == len(found)
        return found


def wanted() -> dict[str, dict[str, float | None]]:
    return {
        f"p{number:02}": {
            "check_share": 2 if number % 2 else 1, "check_law": 1, "check_picks": 3, "memo": None,
        }
        for number in range(PEOPLE)
    }  # fmt: skip


def test_the_server_holds_what_a_file_would(tmp_path: Path, address: str) -> None:
    folder = named(tmp_path)
    summary = grading.grade(folder, tiny.NAME)
    assert len(summary.graded) == len(summary.waiting) == PEOPLE
    assert not folder.gradebook.exists()
    assert recorded(address) == wanted()
    assert grading.grade(folder, tiny.NAME).graded == ()
    assert gradebook.table(folder).shape[0] == PEOPLE
    assert grading.forget(folder, "p03")
    assert "p03" not in recorded(address)


def test_two_instructors_at_once(tmp_path: Path, address: str) -> None:
    """Each has the course on a machine of its own, and begins with an empty gradebook."""
    first = named(tmp_path / "first")
    second = CourseFolder(Path(shutil.copytree(first.root, tmp_path / "second")))
    for number in range(3):  # whom only the second one has
        tiny.hand_in(second, f"late{number}", tiny.GOOD)
    runs = [
        subprocess.Popen([sys.executable, "-c", SCRIPT, str(folder.root)])
        for folder in (first, second, first)
    ]
    codes = [run.wait() for run in runs]
    assert codes[1] == 0
    assert sorted((codes[0], codes[2])) == [0, 1]  # a second run over one folder is refused
    found = recorded(address)
    assert {person: found[person] for person in wanted()} == wanted()
    assert set(found) - set(wanted()) == {"late0", "late1", "late2"}
    for folder in (first, second):
        for person in wanted():
            assert shelf.outcome(folder, person, tiny.NAME)
        assert grading.grade(folder, tiny.NAME).graded == ()


def test_points_by_hand_survive_a_run_beside_them(tmp_path: Path, address: str) -> None:
    folder = named(tmp_path)
    grading.grade(folder, tiny.NAME)
    for number in range(PEOPLE):
        tiny.hand_in(folder, f"p{number:02}", {**tiny.GOOD, "law": "news"})
    run = subprocess.Popen([sys.executable, "-c", SCRIPT, str(folder.root)])
    for number in range(PEOPLE):
        with Record(folder, load(folder, tiny.NAME)) as record:
            record.mark(f"p{number:02}", {"memo": ByHand(3.0, "хорошо")})
            record.save()
    assert run.wait() == 0
    with Gradebook(address, "course") as book:
        for row in book.assignment_submissions(tiny.NAME):
            grades = {grade.name: grade for grade in row.notebooks[0].grades}
            assert grades["memo"].manual_score == 3
            assert grades["check_law"].auto_score == 0


def test_a_server_that_is_away_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = named(tmp_path)
    monkeypatch.setenv(ADDRESS, f"postgresql+psycopg://course:secret@/x?host={tmp_path}")
    with pytest.raises(GradingError, match=f"{ADDRESS}: журнал оценок не открывается") as told:
        grading.grade(folder, tiny.NAME)
    assert "secret" not in str(told.value)
    monkeypatch.setenv(ADDRESS, "mysql+nothing://localhost/x")
    with pytest.raises(GradingError, match=ADDRESS):
        grading.grade(folder, tiny.NAME)


def test_a_course_without_a_name_is_told(tmp_path: Path, address: str) -> None:
    with pytest.raises(GradingError, match=r"course_id: у курса нет имени"):
        grading.grade(cohort(tmp_path), tiny.NAME)
