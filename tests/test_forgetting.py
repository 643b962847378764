"""Forgetting a person leaves nothing of the person in the course folder; terms are told."""

from __future__ import annotations

import datetime
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from course import grading, people, programme
from course.errors import GradingError
from course.folder import CourseFolder
from course.grading import ledger, retention
from course.people import tokens
from course.people.roster import roster
from tests import tiny
from tests.hostile.corpus import nested

ANNA = "Иванова Анна Петровна"


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    """A course that keeps something of a person in every place there is."""
    course = tiny.course(tmp_path_factory.mktemp("forgetting"))
    people.write_roster(course, [
        {"id": "ivanova-anna", "name": ANNA, "team": "radio", "mail": "a@kursk.ru"},
        {"id": "ivanova-anna-2", "name": "Иванова Анна Сергеевна", "team": "radio"},
    ])  # fmt: skip
    for person in roster(course):
        tiny.hand_in(course, person, tiny.GOOD)
    grading.grade(course, tiny.NAME)
    grading.feedback(course, tiny.NAME)
    people.issue(course, course.root / tokens.PLACE)
    at = datetime.datetime(2026, 11, 22)
    ledger.add(course, ledger.REGRADE, tiny.NAME, at, [{"person": "ivanova-anna"}])
    (course.root / "attendance.csv").write_text("id,01_regime\nivanova-anna,1\nivanova-anna-2,0\n")
    team = course.root / "teams" / "radio"
    team.mkdir(parents=True)
    line = {"person": "ivanova-anna", "name": ANNA, "step": "team_title", "value": "Свет"}
    (team / "history.jsonl").write_text(json.dumps(line, ensure_ascii=False) + "\n", "utf-8")
    return course


@pytest.fixture
def folder(full: CourseFolder, tmp_path: Path) -> CourseFolder:
    """A copy of that course for one test."""
    shutil.copytree(full.root, tmp_path / "course")
    return CourseFolder(tmp_path / "course")


def holding(folder: CourseFolder, *words: str) -> list[str]:
    """The files that hold one of these words, also in the pages of the database."""
    return [
        path.name
        for path in folder.root.rglob("*")
        if path.is_file()
        and any(word.encode() in path.read_bytes() for word in words)
    ]  # fmt: skip


def test_nothing_is_left(folder: CourseFolder) -> None:
    assert holding(folder, ANNA, "a@kursk.ru")
    found = grading.forget(folder, "ivanova-anna")
    assert found.mention == ()
    said = "\n".join(found.lines)
    for words in ("сданные работы", "проверенные работы", "отзывы", "журнал оценок (1", "история",
                  "код участника", "посещений", "списке участников", "команды radio"):  # fmt: skip
        assert words in said, words
    assert ANNA not in said
    assert holding(folder, ANNA, "a@kursk.ru", "Петровна") == []
    for place in (folder.submitted, folder.autograded, folder.feedback):
        assert not (place / "ivanova-anna").exists()
        assert (place / "ivanova-anna-2").exists()
    assert list(roster(folder)) == ["ivanova-anna-2"]
    with Gradebook(f"sqlite:///{folder.gradebook}") as book:
        assert [student.id for student in book.students] == ["ivanova-anna-2"]
    assert len(ledger.verify(folder)) == 1


def test_what_others_files_still_say_is_told(folder: CourseFolder) -> None:
    (folder.root / "teams" / "radio" / "team.yaml").write_text(f"who: {ANNA}\n", "utf-8")
    (folder.root / "письмо.txt").write_text("Работа ivanova-anna-2 и ivanova-annae", "utf-8")
    found = grading.forget(folder, "ivanova-anna")
    assert found.mention == ("teams/radio/team.yaml",)


def test_a_list_as_it_was_sent_and_an_archive_of_letters_are_told(folder: CourseFolder) -> None:
    root = folder.root
    (root / "список.csv").write_bytes("ФИО\nИВАНОВА  Анна Петровна\n".encode("cp1251"))
    (root / "адреса.txt").write_text("A@kursk.ru", "utf-8")
    with zipfile.ZipFile(root / "письма.zip", "w") as archive:
        archive.writestr(f"{ANNA}/answers.json", "{}")
    (root / "docs").mkdir()
    (root / "docs" / "instructor.md").write_text("proclusters forget ivanova-anna", "utf-8")
    found = grading.forget(folder, "ivanova-anna")
    assert found.mention == ("адреса.txt", "письма.zip", "список.csv")
    (root / "адреса.txt").write_text("ivanova-anna", "utf-8")
    again = grading.forget(folder, "ivanova-anna")  # what is left can be asked for again
    assert (again.erased, again.mention) == ((), ("адреса.txt",))
    assert again.lines[0] == "Данных этого участника больше нет."


def test_a_link_in_place_of_a_folder_is_not_followed(folder: CourseFolder, tmp_path: Path) -> None:
    outside = folder.submitted / "ivanova-anna-2"
    work = folder.submitted / "ivanova-anna"
    work.rename(tmp_path / "aside")
    work.symlink_to(outside)
    grading.forget(folder, "ivanova-anna")
    assert not work.is_symlink()
    assert any(outside.iterdir())


def test_what_others_handed_in_stops_nothing(folder: CourseFolder) -> None:
    bad = folder.submitted / "ivanova-anna-2"
    nested(bad)
    with zipfile.ZipFile(bad / "work.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", "x" * 5_000)
    content = bytearray((bad / "work.zip").read_bytes())
    content[31:36] = b"\xff" * 5  # what is packed there, not how it is described
    (bad / "work.zip").write_bytes(content)
    assert grading.forget(folder, "ivanova-anna").erased
    assert grading.forget(folder, "ivanova-anna-2").erased
    assert not bad.exists()


@pytest.mark.parametrize(("person", "words"), [("nobody", "ничего нет"), ("../x", "недопустимое")])
def test_refuses(folder: CourseFolder, person: str, words: str) -> None:
    with pytest.raises(Exception, match=words):
        grading.forget(folder, person)
    assert len(roster(folder)) == 2


def test_the_term_runs_from_the_end_or_from_the_last_work(folder: CourseFolder) -> None:
    plan = programme.load()
    end, term = plan.webinars[-1].due, datetime.timedelta(days=plan.retention_days or 0)
    place = folder.submitted / "ivanova-anna-2" / tiny.NAME
    (place / "timestamp.txt").write_text("2027-03-01 10:00:00 UTC", "utf-8")
    assert {each.person: each.until for each in retention.kept(folder)} == {
        "ivanova-anna": end + term,
        "ivanova-anna-2": datetime.date(2027, 3, 1) + term,
    }
    assert retention.over(folder, end + term) == ()
    late = retention.over(folder, end + term + datetime.timedelta(days=1))
    assert [each.person for each in late] == ["ivanova-anna"]


def test_without_a_term_nothing_is_guessed(
    folder: CourseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    import dataclasses

    plan = dataclasses.replace(programme.load(), retention_days=None)
    monkeypatch.setattr(retention, "programme", plan)
    with pytest.raises(GradingError, match="retention_days: срок хранения"):
        retention.kept(folder)
