"""The grade table: one row for each person, one column for each webinar."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from course.errors import CourseError
from course.folder import GIVEN, CourseFolder
from course.grading.master import Master, load
from course.grading.opening import has_gradebook
from course.grading.record import Record
from course.people.roster import Person, in_order, roster
from course.plain import line
from course.programme import programme
from course.wording import trimmed

TOTAL = "Всего"


def table(folder: CourseFolder) -> pd.DataFrame:
    """Points by person and webinar to two decimals, rows sorted by team and name.

    A work that was not handed in or not graded yet is missing (`NaN`), not zero. Points given by
    hand count as soon as they are given. Text in the table is safe to print.
    """
    found = masters(folder)
    scores = {master.name: _scores(folder, master) for master in found}
    known = roster(folder)
    everybody = set(known) | {person for column in scores.values() for person in column}
    people = in_order(known.get(identity, Person(identity)) for identity in everybody)
    rows = {
        "Команда": [line(person.team) for person in people],
        "Участник": [line(person.name or person.id) for person in people],
        "Регион": [line(person.region) for person in people],
    }
    for optional in ("Команда", "Регион"):
        if not any(rows[optional]):
            del rows[optional]
    frame = pd.DataFrame(rows, index=pd.Index([person.id for person in people], name="id"))
    for name, column in scores.items():
        frame[title(name)] = pd.Series(column, index=frame.index, dtype=float)
    if len(scores) > 1:
        frame[TOTAL] = frame[[title(name) for name in scores]].sum(axis=1, min_count=1).round(2)
    return frame


def lines(frame: pd.DataFrame) -> tuple[str, ...]:
    """The table for a terminal: ids and points; names stay in the file of `gradebook`."""
    if frame.empty:
        return ("Участников нет. Примите их список: proclusters roster ФАЙЛ.",)
    shown = frame.drop(columns=["Участник", "Регион"], errors="ignore").rename_axis(None)
    text = shown.to_string(na_rep="—", float_format=lambda points: trimmed(points, 2))
    return tuple(row.rstrip() for row in text.splitlines())


def title(name: str) -> str:
    """The short title of a webinar, or the name of an assignment in a course of one's own."""
    webinars = {webinar.name: webinar for webinar in programme.webinars}
    return f"Вебинар {webinars[name].number}" if name in webinars else name


def masters(folder: CourseFolder) -> list[Master]:
    """The assignments that can be graded here, in the order of their names."""
    found: list[Master] = []
    if folder.source.is_dir():
        for place in sorted(folder.source.iterdir()):
            if place.is_dir() and GIVEN.fullmatch(place.name):
                found += _loaded(folder, place)
    return found


def _loaded(folder: CourseFolder, place: Path) -> list[Master]:
    try:
        return [load(folder, place.name)]
    except CourseError:  # an assignment that is graded elsewhere has no column
        return []


def _scores(folder: CourseFolder, master: Master) -> dict[str, float]:
    """The points of everybody whose work on one assignment the gradebook knows."""
    if not has_gradebook(folder):
        return {}
    with Record(folder, master) as record:
        return record.scores()
