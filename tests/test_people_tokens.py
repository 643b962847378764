"""Tokens: issued to a roster, sealed, and what grading says of one that does not fit."""

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from course import forms, grading, people
from course.errors import GradingError
from course.folder import CourseFolder
from course.forms.variants import Token, read_token
from course.people import tokens
from tests.test_authoring_course import ROOT

NAME = "03_cooperation"
PEOPLE = [
    {"id": "ivanova", "name": "Иванова Анна", "team": "radioelectronics"},
    {"id": "petrov-2", "name": "=1+1", "team": "bearings"},
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "nbgrader_config.py").touch()
    course = CourseFolder(tmp_path)
    people.write_roster(course, PEOPLE)
    return course


def test_issuing_again_gives_everybody_the_same_token(folder, tmp_path):
    first = people.issue(folder, tmp_path / "codes")
    assert people.issue(folder, tmp_path / "codes") == first
    assert [token.person for token in first] == ["ivanova", "petrov-2"]
    assert all(token.variant > 0 for token in first)
    assert len({token.variant for token in first}) == 2
    for token in first:
        text = (tmp_path / "codes" / token.person / "token.txt").read_text("utf-8")
        assert read_token(text) == token
    page = load_workbook(tmp_path / "codes" / "tokens.xlsx").active
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[2] == ["petrov-2", "=1+1", "bearings", first[1].text]
    assert page["B3"].data_type == "s"  # a name is no formula


def test_the_key_is_for_its_owner_alone(folder, tmp_path):
    people.issue(folder, tmp_path / "codes")
    assert (folder.root / "tokens.key").stat().st_mode & 0o077 == 0
    assert "tokens.key" in (ROOT / ".gitignore").read_text("utf-8")


def test_another_course_has_other_tokens(folder, tmp_path):
    first = people.issue(folder, tmp_path / "codes")
    (folder.root / "tokens.key").unlink()
    second = people.issue(folder, tmp_path / "codes")
    assert {token.seal for token in first}.isdisjoint({token.seal for token in second})


def test_a_damaged_key_is_refused_and_kept(folder, tmp_path):
    (folder.root / "tokens.key").write_text("abc")
    with pytest.raises(GradingError, match="ключ повреждён"):
        people.issue(folder, tmp_path / "codes")
    assert (folder.root / "tokens.key").read_text() == "abc"


def test_without_a_roster_there_is_nobody_to_issue_to(tmp_path):
    with pytest.raises(GradingError, match="выдавать некому"):
        people.issue(CourseFolder(tmp_path), tmp_path / "codes")


def test_suspicions(folder, tmp_path):
    mine, other = people.issue(folder, tmp_path / "codes")
    secret = tokens.key(folder)
    assert tokens.suspicion(secret, "ivanova", mine.text) == ""
    assert "выдан другому: petrov-2" in tokens.suspicion(secret, "ivanova", other.text)
    assert "без кода" in tokens.suspicion(secret, "ivanova", "")
    moved = Token(mine.variant % 9_999 + 1, "ivanova", mine.seal)
    assert "подделан" in tokens.suspicion(secret, "ivanova", moved.text)
    assert tokens.suspicion(None, "ivanova", "") == ""  # the organiser issues no tokens
    assert tokens.owner(secret, mine.text) == "ivanova"
    assert tokens.owner(secret, moved.text) == tokens.owner(secret, 17) == ""


def a_course(root: Path) -> CourseFolder:
    shutil.copyfile(ROOT / "nbgrader_config.py", root / "nbgrader_config.py")
    for part in ("source", "release"):
        shutil.copytree(ROOT / part / NAME, root / part / NAME)
    return CourseFolder(root)


def test_grading_names_a_token_that_does_not_fit_and_grades_the_work(tmp_path):
    folder = a_course(tmp_path)
    people.write_roster(folder, PEOPLE)
    mine, other = people.issue(folder, tmp_path / "codes")
    for person, token in (("ivanova", mine), ("petrov-2", mine)):
        place = folder.submitted / person / NAME
        forms.write_answers(place / "answers.json", NAME, {"vat": 1.0}, token=token.text)
    summary = grading.grade(folder, NAME, workers=1)
    assert summary.graded == ("ivanova", "petrov-2")
    assert summary.suspect == (("petrov-2", "код участника выдан другому: ivanova"),)
    assert "Посмотрите сами, чья это работа: 1\u00a0работа." in summary.lines
    again = grading.grade(folder, NAME, workers=1)
    assert again.unchanged == ("ivanova", "petrov-2")
    assert again.suspect == summary.suspect
    # another token, the same answers: another work
    place = folder.submitted / "petrov-2" / NAME / "answers.json"
    place.write_text(place.read_text("utf-8").replace(mine.text, other.text), "utf-8")
    last = grading.grade(folder, NAME, workers=1)
    assert (last.graded, last.suspect) == (("petrov-2",), ())


def test_a_letter_is_known_by_its_token_whatever_its_name(tmp_path):
    folder = a_course(tmp_path)
    people.write_roster(folder, PEOPLE)
    mine, _ = people.issue(folder, tmp_path / "codes")
    box = tmp_path / "почта"
    forms.write_answers(box / "Ответы (2).json", NAME, {"vat": 1.0}, token=mine.text)
    assert grading.collect(folder, box).taken == (("ivanova", NAME),)
    kept = json.loads((folder.submitted / "ivanova" / NAME / "answers.json").read_text("utf-8"))
    assert kept["token"] == mine.text
