"""A regrade is shown before it is written, kept in the history, and can be gone back from."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from course import gradebook, grading
from course.errors import GradingError
from course.folder import CourseFolder
from course.grading import ledger, regrade
from tests import tiny

AT = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
LATER = AT + datetime.timedelta(days=1)
PEOPLE = {
    "loses": tiny.GOOD,
    "stays": {"law": "act"},
    "wins": {**tiny.GOOD, "share": 0.2},
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    """A graded course whose check was mended since: the right answer is 0.2, not 0.25."""
    course = tiny.course(tmp_path_factory.mktemp("regrade"))
    for person, values in PEOPLE.items():
        tiny.hand_in(course, person, values)
    grading.grade(course, tiny.NAME)
    with Gradebook(f"sqlite:///{course.gradebook}") as book:
        grade = book.find_grade("memo", tiny.NAME, tiny.NAME, "loses")
        grade.manual_score, grade.needs_manual_grade = 4, False
        book.db.commit()
    mend(course, "check.number(0.25", "check.number(0.2")
    return course


@pytest.fixture
def folder(graded: CourseFolder, tmp_path: Path) -> CourseFolder:
    """A copy of that course for one test."""
    shutil.copytree(graded.root, tmp_path / "course")
    return CourseFolder(tmp_path / "course")


def mend(folder: CourseFolder, old: str, new: str) -> None:
    source = folder.source / tiny.NAME / f"{tiny.NAME}.ipynb"
    text = source.read_text("utf-8")
    assert old in text
    source.write_text(text.replace(old, new), "utf-8")


def points(folder: CourseFolder) -> dict[str, float]:
    table: dict[str, float] = gradebook.table(folder)[tiny.NAME].to_dict()
    return table


BEFORE = {"loses": 10, "stays": 1, "wins": 4}
AFTER = {"loses": 8, "stays": 1, "wins": 6}


def test_nothing_is_written_before_yes(folder: CourseFolder) -> None:
    files = {
        path: path.read_bytes()
        for path in folder.root.rglob("*")
        if path.is_file() and path.parent != folder.root / "source" / tiny.NAME
    }
    seen = regrade.preview(folder, tiny.NAME)
    assert seen.lines == (
        "t1_forms: выиграют 1\u00a0участник, потеряют 1\u00a0участник, без изменений 1.",
        "  loses: 6 → 4 (−2): «Какая доля?» 2 → 0",
        "  wins: 4 → 6 (+2): «Какая доля?» 0 → 2",
        "Показаны баллы программы; баллы преподавателя остаются.",
    )
    assert {path: path.read_bytes() for path in files} == files
    assert points(folder) == BEFORE


def test_there_and_back(folder: CourseFolder) -> None:
    regrade.write(folder, regrade.preview(folder, tiny.NAME), AT)
    assert points(folder) == AFTER
    assert regrade.preview(folder, tiny.NAME).moved == ()
    back = regrade.way_back(folder, tiny.NAME)
    assert back.lines[1:] == (
        "  wins: 6 → 4 (−2): «Какая доля?» 2 → 0",
        "  loses: 4 → 6 (+2): «Какая доля?» 0 → 2",
        "Показаны баллы программы; баллы преподавателя остаются.",
    )
    assert points(folder) == AFTER
    regrade.write(folder, back, LATER)
    assert points(folder) == BEFORE
    assert grading.grade(folder, tiny.NAME).graded == ()  # the earlier points are not lost again
    with pytest.raises(GradingError, match="возвращаться не к чему"):
        regrade.way_back(folder, tiny.NAME)
    # who went back by mistake can regrade once more
    assert [each.gain for each in regrade.preview(folder, tiny.NAME).moved] == [-2, 2]
    entries = ledger.verify(folder)
    assert [each.what for each in entries] == ["regrade", "regrade", "back", "back"]
    assert list(regrade.told(entries))[:3] == [
        "22.11.2026 15:00 МСК  t1_forms: перепроверка, 2\u00a0работы",
        "23.11.2026 15:00 МСК  t1_forms: возврат, 2\u00a0работы",
        "В истории 4\u00a0записи, цепочка цела.",
    ]
    assert "подтверждены договорами" not in (folder.root / ledger.FILE).read_text("utf-8")


def test_two_regrades_are_gone_back_from_one_by_one(folder: CourseFolder) -> None:
    regrade.write(folder, regrade.preview(folder, tiny.NAME), AT)
    mend(folder, 'check.choice(\\"act\\"', 'check.choice(\\"news\\"')
    regrade.write(folder, regrade.preview(folder, tiny.NAME), LATER)
    assert points(folder) == {"loses": 7, "stays": 0, "wins": 5}
    for hours, expected in ((1, AFTER), (2, BEFORE)):
        back = regrade.way_back(folder, tiny.NAME)
        regrade.write(folder, back, LATER + datetime.timedelta(hours=hours))
        assert points(folder) == expected


def test_what_was_handed_in_since_is_not_gone_back_from(folder: CourseFolder) -> None:
    regrade.write(folder, regrade.preview(folder, tiny.NAME), AT)
    tiny.hand_in(folder, "wins", tiny.GOOD)
    back = regrade.way_back(folder, tiny.NAME)
    assert [each.person for each in back.changes] == ["loses"]
    assert "wins: не тронуто. После перепроверки сдана новая работа." in back.lines[-1]


def test_a_preview_that_is_no_longer_true_is_not_written(folder: CourseFolder) -> None:
    seen = regrade.preview(folder, tiny.NAME)
    tiny.hand_in(folder, "stays", tiny.GOOD)
    with pytest.raises(GradingError, match="пока вы смотрели"):
        regrade.write(folder, seen, AT)
    assert points(folder) == BEFORE
    assert ledger.verify(folder) == ()


def test_a_new_work_is_told_apart_and_is_no_regrade(folder: CourseFolder) -> None:
    tiny.hand_in(folder, "stays", {**tiny.GOOD, "share": 0.2})
    seen = regrade.preview(folder, tiny.NAME)
    assert "  stays: 1 → 6 (+5), сдана новая работа: " in "\n".join(seen.lines)
    regrade.write(folder, seen, AT)
    people = [each.record["person"] for each in ledger.verify(folder) if each.record]
    assert people == ["loses", "wins"]


def test_forgetting_takes_a_person_out_of_the_history(folder: CourseFolder) -> None:
    regrade.write(folder, regrade.preview(folder, tiny.NAME), AT)
    grading.forget(folder, "wins")
    assert "wins" not in (folder.root / ledger.FILE).read_text("utf-8")
    assert [each.person for each in regrade.way_back(folder, tiny.NAME).changes] == ["loses"]


def test_plain_grading_is_kept_in_the_history_too(folder: CourseFolder) -> None:
    grading.grade(folder, tiny.NAME)
    assert points(folder) == AFTER
    assert [each.what for each in ledger.verify(folder)] == ["grade", "grade"]
    regrade.write(folder, regrade.way_back(folder, tiny.NAME), LATER)
    assert points(folder) == BEFORE
