"""What the jury's sheet and the team's rehearsal look like alike: a page to mark on in Excel."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from course.defence.rubric import Rubric

YES, NO = "да", "нет"
MARK_COLUMN = 3  # where «да», «нет» and marks are put
_INPUT = "#FFF8E1"


class Page:
    """A locked sheet with cells for marks, and the formats that it is written in; rows from 0.

    `widths` are of its columns, `small` is the size of its small print in points.
    """

    def __init__(
        self, book: Any, title: str, rubric: Rubric, widths: Sequence[int], small: int
    ) -> None:
        self.sheet, self.rubric = book.add_worksheet(title), rubric
        base = {"font_name": "Times New Roman", "font_size": 11, "valign": "top",
                "text_wrap": True, "locked": False}  # fmt: skip
        cell = {**base, "border": 1}
        self.text = book.add_format(base)
        self.line = book.add_format({**base, "text_wrap": False})
        self.title = book.add_format({**base, "bold": True, "font_size": 15, "text_wrap": False})
        self.cell = book.add_format(cell)
        self.small = book.add_format({**cell, "font_size": small})
        self.middle = book.add_format({**cell, "align": "center"})
        self.head = book.add_format({**cell, "bold": True, "bg_color": "#E7E6E6"})
        self.note = book.add_format({**cell, "bg_color": _INPUT})
        self.input = book.add_format({**base, "border": 2, "align": "center", "bold": True,
                                      "bg_color": _INPUT})  # fmt: skip
        self.told = book.add_format({**cell, "locked": True})
        self.formula = book.add_format({**cell, "bold": True, "align": "center",
                                        "num_format": "0.0", "locked": True})  # fmt: skip
        self._paper(widths)

    def _paper(self, widths: Sequence[int]) -> None:
        sheet = self.sheet
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width, self.text)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        sheet.set_footer("&CСтраница &P из &N")
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def heads(self, row: int, words: Iterable[str]) -> None:
        """The headings of a table."""
        for column, word in enumerate(words):
            self.sheet.write_string(row, column, word, self.head)

    def answers(self, rows: range) -> None:
        """Cells for «да» and «нет»."""
        self._picked(rows, [YES, NO], f"Можно только: {YES}, {NO}")

    def marks(self, rows: range) -> None:
        """Cells for marks of the rubric."""
        marks = list(self.rubric.marks)
        self._picked(rows, marks, f"Отметка — целое число от {marks[0]} до {marks[-1]}")

    def _picked(self, rows: range, values: Sequence[object], message: str) -> None:
        for row in rows:
            self.sheet.write_blank(row, MARK_COLUMN, None, self.input)
        self.sheet.data_validation(rows.start, MARK_COLUMN, rows.stop - 1, MARK_COLUMN, {
            "validate": "list", "source": values,
            "error_title": "Выберите из списка", "error_message": message,
        })  # fmt: skip

    def by_marks(self, rows: range) -> str:
        """The formula (without «=») of the total of 100 by the marks in these rows."""
        first, last = rows.start + 1, rows.stop
        return f"SUMPRODUCT(C{first}:C{last},D{first}:D{last})/{self.rubric.top}"


def book(stream: io.BytesIO, title: str, day: datetime.date) -> Any:
    """A new XLSX file dated `day`, written into `stream` when closed; equal input, equal bytes."""
    made = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False,
                                        "strings_to_urls": False})  # fmt: skip
    # A workbook without a time of its own would take the clock's.
    midnight = datetime.datetime.combine(day, datetime.time())
    made.set_properties({"title": title, "created": midnight})
    return made
