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
from course.grading.master import Master
from course.grading.plain import line
from course.grading.record import Record
from course.grading.roster import Person, roster
from course.grading.sheet import Sheet, Value, csv_bytes, xlsx_bytes
from course.grading.standings import masters, table, title


def write_gradebook(folder: CourseFolder, path: Path) -> Path:
    """Write the gradebook to `path`, `.xlsx` or `.csv`; a CSV file holds the totals alone."""
    if path.suffix not in (".csv", ".xlsx"):
        what = "журнал записывается в файл .xlsx или .csv"
        raise GradingError(Fault(path.name, "", what, "Измените имя файла"))
    total = _total(table(folder))
    if path.suffix == ".csv":
        write_bytes(path, csv_bytes(total))
    else:
        write_bytes(path, xlsx_bytes([total, *_exercises(folder)]))
    return path


def _total(frame: pd.DataFrame) -> Sheet:
    """Points by person and webinar."""
    head = ("id", *map(str, frame.columns))
    rows = tuple(
        (str(identity), *map(_value, values))
        for identity, values in zip(frame.index, frame.itertuples(index=False), strict=True)
    )
    return Sheet("Итог", head, rows)


def _exercises(folder: CourseFolder) -> Iterator[Sheet]:
    """Points by person and exercise, one table for each webinar that somebody handed in."""
    known = roster(folder)
    for master in masters(folder):
        points = _points(folder, master)
        if not points:
            continue
        cells = (*master.tests, *master.hand)
        names = [line(each.question or each.section, 120) or each.id for each in cells]
        worth = [f"{name} (до {each.points:g})" for name, each in zip(names, cells, strict=True)]
        rows = tuple(
            (person, line(known.get(person, Person(person)).name or person),
             *(points[person].get(each.id) for each in cells))
            for person in sorted(points)
        )  # fmt: skip
        yield Sheet(title(master.name), ("id", "Участник", *worth), rows)


def _points(folder: CourseFolder, master: Master) -> dict[str, dict[str, float | None]]:
    if not folder.gradebook.exists():
        return {}
    with Record(folder, master) as record:
        return record.points()


def _value(value: object) -> Value:
    if isinstance(value, int | float):
        return None if math.isnan(value) else float(value)
    return str(value)
