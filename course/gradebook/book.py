"""The gradebook as a file for the organisers: CSV or XLSX.

What was not handed in is an empty cell, not a zero.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from course.errors import Fault, GradingError
from course.files import write_bytes
from course.folder import CourseFolder
from course.gradebook import overview
from course.gradebook.standings import masters, table, title
from course.gradebook.verdicts import Verdict, verdicts
from course.grading.difficulty import question
from course.grading.master import Master
from course.grading.opening import has_gradebook
from course.grading.record import Record
from course.people.roster import Person, in_order, roster
from course.plain import line
from course.spreadsheets.sheet import Sheet, Value, csv_bytes, xlsx_bytes
from course.wording import trimmed

Points = dict[str, dict[str, float | None]]


def write_gradebook(folder: CourseFolder, path: Path) -> Path:
    """Write the gradebook to `path`, `.xlsx` or `.csv`; a CSV file holds the totals alone."""
    if path.suffix not in (".csv", ".xlsx"):
        what = "журнал записывается в файл .xlsx или .csv"
        raise GradingError(Fault(path.name, "", what, "Измените имя файла"))
    found = masters(folder)
    people = verdicts(folder, found)
    total = _total(table(folder), people)
    if path.suffix == ".csv":
        write_bytes(path, csv_bytes(total))
        return path
    points = {master.name: _points(folder, master) for master in found}
    handed = [master for master in found if points[master.name]]
    about = overview.sheets(folder, handed, people, points) if handed else ()
    each = (_exercises(folder, master, points[master.name]) for master in handed)
    write_bytes(path, xlsx_bytes([total, *about, *each]))
    return path


def _total(frame: pd.DataFrame, people: tuple[Verdict, ...]) -> Sheet:
    """Points by person and webinar, attendance, and what follows from both."""
    known = {verdict.person.id: verdict for verdict in people}
    held = max((verdict.held for verdict in people), default=0)
    came = (f"Посещено из {held}",) if held else ()
    head = ("id", *map(str, frame.columns), "Доля баллов, %", *came, "Итог")
    rows = tuple(
        (str(identity), *map(_value, values), *_end(known[str(identity)], bool(held)))
        for identity, values in zip(frame.index, frame.itertuples(index=False), strict=True)
    )
    return Sheet("Итог", head, rows)


def _end(verdict: Verdict, held: bool) -> Iterator[Value]:
    yield overview.share(verdict.share)
    if held:
        yield float(verdict.came)
    yield verdict.words


def _exercises(folder: CourseFolder, master: Master, points: Points) -> Sheet:
    """Points by person and exercise of one webinar."""
    known = roster(folder)
    cells = (*master.tests, *master.hand)
    worth = [f"{question(each)} (до {trimmed(each.points)})" for each in cells]
    people = in_order(known.get(person, Person(person)) for person in points)
    rows = tuple(
        (person.id, line(person.name or person.id),
         *(points[person.id].get(each.id) for each in cells))
        for person in people
    )  # fmt: skip
    return Sheet(title(master.name), ("id", "Участник", *worth), rows)


def _points(folder: CourseFolder, master: Master) -> Points:
    if not has_gradebook(folder):
        return {}
    with Record(folder, master) as record:
        return record.points()


def _value(value: object) -> Value:
    if isinstance(value, int | float):
        return None if math.isnan(value) else float(value)
    return str(value)
