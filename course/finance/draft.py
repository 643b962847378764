"""One project's part of a workbook: where its sheets are added, and which scenario they show."""

from __future__ import annotations

from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from course.finance.results import Result
from course.finance.styles import Styles


@dataclass(frozen=True)
class Draft:
    """What every sheet of one project is written with; `prefix` tells several projects apart."""

    book: xlsxwriter.Workbook
    styles: Styles
    result: Result
    prefix: str
    scenario: int

    def name(self, title: str) -> str:
        """The name of one of the project's sheets."""
        return f"{self.prefix}{title}"

    def sheet(self, title: str) -> Worksheet:
        """A new sheet of the project."""
        return self.book.add_worksheet(self.name(title))
