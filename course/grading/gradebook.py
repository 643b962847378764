"""The gradebook as a file for the organisers: CSV or XLSX, for Excel as Russian offices have it.

Names and words of people are text there whatever they begin with: Excel runs no formula of theirs.
What was not handed in is an empty cell, not a zero.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import xlsxwriter

from course.errors import Fault, GradingError
from course.files import write_bytes
from course.folder import CourseFolder
from course.grading.master import Master
from course.grading.plain import cell, line
from course.grading.record import Record
from course.grading.roster import Person, roster
from course.grading.standings import masters, table, title

Value = str | float | None


@dataclass(frozen=True)
class Sheet:
    """One table: its name, its head, its rows; an absent value is `None`."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def write_gradebook(folder: CourseFolder, path: Path) -> Path:
    """Write the gradebook to `path`, `.xlsx` or `.csv`; a CSV file holds the totals alone."""
    if path.suffix not in (".csv", ".xlsx"):
        what = "журнал записывается в файл .xlsx или .csv"
        raise GradingError(Fault(path.name, "", what, "Измените имя файла"))
    total = _total(table(folder))
    if path.suffix == ".csv":
        write_bytes(path, _csv(total))
    else:
        write_bytes(path, _xlsx([total, *_exercises(folder)]))
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


def _csv(sheet: Sheet) -> bytes:
    """A table as Excel with Russian settings opens it: semicolons, decimal commas, UTF-8."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([cell(word) for word in sheet.head])
    for row in sheet.rows:
        writer.writerow([
            "" if value is None
            else cell(value) if isinstance(value, str)
            else f"{value:g}".replace(".", ",")
            for value in row
        ])  # fmt: skip
    return stream.getvalue().encode("utf-8-sig")


def _xlsx(sheets: list[Sheet]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name[:31])
        for column, word in enumerate(sheet.head):
            page.write_string(0, column, word, bold)
        for number, row in enumerate(sheet.rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    page.write_string(number, column, value)  # never taken for a formula
                elif value is not None:
                    page.write_number(number, column, value)
        page.freeze_panes(1, 2)
        page.set_column(0, 0, 14)
        page.set_column(1, max(1, len(sheet.head) - 1), 20)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
    book.close()
    return stream.getvalue()
