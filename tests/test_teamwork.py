"""A team step that one member hands in counts for all, with everybody's part noted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from course import people, programme
from course.folder import CourseFolder
from course.grading import page, teamwork
from course.people.roster import roster
from course.steps import steps
from tests import tiny

WEBINAR = next(each for each in programme.load().webinars if len(steps(each.number)) > 2)
FIRST, SECOND, THIRD = [each.id for each in steps(WEBINAR.number)][:3]


def hand_in(folder: CourseFolder, person: str, values: dict[str, Any] | str) -> None:
    place = folder.submitted / person / WEBINAR.name
    place.mkdir(parents=True)
    text = values if isinstance(values, str) else json.dumps(tiny.answers(values, WEBINAR.name))
    (place / "answers.json").write_text(text, "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> CourseFolder:
    course = CourseFolder(tmp_path)
    people.write_roster(course, [
        *({"id": id, "name": id, "team": "radio"} for id in ("anna", "boris", "vera", "gleb")),
        {"id": "dina", "name": "dina", "team": "bearings"}, {"id": "egor", "name": "egor"},
    ])  # fmt: skip
    hand_in(course, "anna", {FIRST: "Свет", SECOND: [{"x": "1"}], "other": "x"})
    hand_in(course, "boris", {SECOND: [{"x": "2"}], THIRD: [{"x": "", "y": None}], FIRST: "  "})
    hand_in(course, "vera", "{")
    return course


def test_one_members_step_counts_for_all(folder: CourseFolder) -> None:
    found = teamwork.team_step(folder, roster(folder), "radio", WEBINAR.name)
    assert found is not None
    assert found.handed
    assert found.filled == 2
    assert found.asked == len(steps(WEBINAR.number))
    assert not found.whole
    assert len(found.missing) == found.asked - 2
    assert found.parts == {"anna": 2, "boris": 1, "vera": 0, "gleb": 0}
    assert found.told("gleb") == (
        "Шаг проекта команды сдан, он засчитан всем её участникам: "
        f"заполнено полей 2 из {found.asked}. Ваша часть: 0\u00a0полей."
    )


def test_a_team_that_handed_in_nothing_is_told_so(folder: CourseFolder) -> None:
    found = teamwork.team_step(folder, roster(folder), "bearings", WEBINAR.name)
    assert found is not None
    assert not found.handed
    assert found.told("dina") == "Шаг проекта команды ещё не сдан ни одним из её участников."


def test_without_a_team_or_a_step_there_is_nothing(folder: CourseFolder) -> None:
    people = roster(folder)
    assert teamwork.team_step(folder, people, "", WEBINAR.name) is None
    assert teamwork.team_step(folder, people, "radio", tiny.NAME) is None
    asking = [each for each in programme.load().webinars if steps(each.number)]
    assert len(teamwork.team_steps(folder, people)) == 2 * len(asking)


def test_the_page_tells_the_step() -> None:
    said = "Шаг проекта команды сдан."
    assert said in page.html(page.Page("В", "И", team=said))
