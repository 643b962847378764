"""One project's part of a workbook: where its sheets are added, and which scenario they show."""

from __future__ import annotations

from dataclasses import dataclass, field

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from course.finance.results import Result
from course.finance.styles import Styles

NAME = "f."  # Excel refuses names that look like cells: f.modules.project.npv never does


@dataclass(frozen=True)
class Mark:
    """A figure of the workbook under its id: what it is, where it stands, its value when made."""

    id: str
    title: str
    sheet: str
    cell: str
    value: float | str


@dataclass(frozen=True)
class Draft:
    """What every sheet of one project is written with; `prefix` tells several projects apart.

    `key` begins the ids of the project's figures, `marks` collects them.
    """

    book: xlsxwriter.Workbook
    styles: Styles
    result: Result
    prefix: str
    scenario: int
    key: str
    marks: list[Mark] = field(default_factory=list)

    def name(self, title: str) -> str:
        """The name of one of the project's sheets."""
        return f"{self.prefix}{title}"

    def sheet(self, title: str) -> Worksheet:
        """A new sheet of the project."""
        return self.book.add_worksheet(self.name(title))

    def mark(self, id: str, what: str, sheet: str, at: tuple[int, int], value: float | str) -> None:
        """Keep the figure in the cell `at` (row and column from 0) of `sheet` under its id."""
        self.marks.append(Mark(f"{self.key}.{id}", what, sheet, xl_rowcol_to_cell(*at), value))

    def indicator(
        self, id: str, what: str, sheet: str, at: tuple[int, int], value: float | str
    ) -> None:
        """Keep a figure as `mark` does; the cell bears the id as its name, too."""
        self.mark(id, what, sheet, at, value)
        cell = xl_rowcol_to_cell(*at, row_abs=True, col_abs=True)
        self.book.define_name(f"{NAME}{self.key}.{id}", f"='{sheet}'!{cell}")
