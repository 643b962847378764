"""Tables for the organisers, as Excel in a Russian office opens them.

Names and words of people are text there whatever they begin with: Excel runs no formula of theirs.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from course.plain import cell

Value = str | float | None


@dataclass(frozen=True)
class Sheet:
    """One table: its name, its head, its rows; an absent value is `None`."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def csv_bytes(sheet: Sheet) -> bytes:
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


def xlsx_bytes(sheets: Sequence[Sheet], day: datetime.date | None = None) -> bytes:
    """Tables as a workbook, one sheet for each; heads stay in view and print on every page.

    With the `day` that it is dated by, equal tables give equal bytes.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    if day:
        book.set_properties({"created": datetime.datetime.combine(day, datetime.time())})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    figure = book.add_format({"valign": "top", "align": "center"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name[:31])
        widths = _widths(sheet)
        page.set_row(0, _height(sheet.head, widths))
        for column, word in enumerate(sheet.head):
            page.write_string(0, column, word, bold)
        for number, row in enumerate(sheet.rows, start=1):
            page.set_row(number, _height(row, widths))
            for column, value in enumerate(row):
                if isinstance(value, str):
                    page.write_string(number, column, value, wrapped)  # never taken for a formula
                elif value is not None:
                    page.write_number(number, column, value, figure)
        page.freeze_panes(1, 2)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        page.set_paper(9)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.set_header("&L&A")
        page.set_footer("&CСтраница &P из &N")
    book.close()
    return stream.getvalue()


def _widths(sheet: Sheet) -> list[float]:
    """For each column a width that holds its words, or wraps them where they are long."""
    words = [len(max(word.split() or [""], key=len)) for word in sheet.head]
    return [
        max(
            9.0,
            least + 2.0,
            min(44.0, max((len(str(row[at] or "")) for row in sheet.rows), default=0) + 1.0),
        )
        for at, least in enumerate(words)
    ]


def _height(row: Sequence[Value], widths: Sequence[float]) -> float:
    """A height that shows the longest text of a row: not every office finds it by itself."""
    lines = (
        sum(1 + int(len(line) * 1.1 / width) for line in value.splitlines() if len(line) > width)
        or 1
        for value, width in zip(row, widths, strict=True)
        if isinstance(value, str)
    )
    return min(409.0, 15.0 * max(1, max(lines, default=1)))
