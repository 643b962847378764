"""A table as somebody in an office sends it: XLSX or CSV, read within limits, nothing executed.

A formula is never calculated and never taken for a value: it is handed over as a `Formula`, and
who reads the table refuses it with its place.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from course.errors import Fault, FileError
from course.files import MEBIBYTE, read_bytes
from course.plain import visible
from course.spreadsheets.weight import weigh
from course.wording import number

LIMIT = 8 * MEBIBYTE
ROWS, COLUMNS = 20_000, 200
GRID = 500_000  # cells of a sheet, the empty ones between others too
_TEXT = 32_767  # signs that Excel itself lets into a cell
_SAVE = "Сохраните таблицу как книгу Excel (.xlsx) или CSV"


@dataclass(frozen=True)
class Formula:
    """A cell that holds a formula in place of a value."""

    text: str


Cell = str | float | datetime.date | Formula | None


@dataclass(frozen=True)
class Row:
    """One row: its `number` in the file from 1, and its cells; trailing empty ones may be cut."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, column: int) -> Cell:
        """The cell in a column, counted from 0; nothing beyond the end."""
        return self.cells[column] if 0 <= column < len(self.cells) else None

    def text(self, column: int) -> str:
        """The cell as one line of text; a formula is no text."""
        return words(self.at(column))

    def place(self, column: int) -> str:
        """The cell as a person finds it: «строка 5, столбец B»."""
        return f"строка {self.number}, столбец {get_column_letter(column + 1)}"

    @property
    def filled(self) -> tuple[int, ...]:
        """The columns that hold anything."""
        return tuple(at for at, cell in enumerate(self.cells) if cell not in (None, ""))


@dataclass(frozen=True)
class Table:
    """The rows of a sheet that hold anything, in their order; `sheet` is its name or empty."""

    file: str
    sheet: str
    rows: tuple[Row, ...]


def words(cell: Cell) -> str:
    """A cell as one visible line of text, without spaces around it."""
    if cell is None or isinstance(cell, Formula):
        return ""
    if isinstance(cell, float):
        return f"{cell:.15g}".replace(".", ",")
    if isinstance(cell, datetime.date):
        return cell.strftime("%d.%m.%Y")
    return " ".join(visible(cell, _TEXT).split())


def read(path: Path) -> tuple[Table, ...]:
    """The tables of a file: every visible sheet of a workbook, or the one table of a CSV file.

    `FileError` if the file is neither, is damaged or larger than anybody's list.
    """
    if path.name.startswith(("~$", ".~lock.")):
        what = "это служебная пометка: таблица сейчас открыта в Excel или LibreOffice"
        raise FileError(Fault(path.name, "", what, "Закройте таблицу и укажите её саму"))
    content = read_bytes(path, LIMIT)
    ending = path.suffix.casefold()
    if ending in (".xlsx", ".xlsm"):
        return tuple(sheet for sheet, shown in _sheets(path.name, content).values() if shown)
    if ending in (".csv", ".txt"):
        return (Table(path.name, "", _csv(path.name, content)),)
    what = "старый формат Excel не читается" if ending == ".xls" else "это не таблица"
    raise FileError(Fault(path.name, "", what, _SAVE))


def sheets(path: Path) -> dict[str, Table]:
    """All sheets of a workbook by name, hidden ones too."""
    content = read_bytes(path, LIMIT)
    return {name: sheet for name, (sheet, _) in _sheets(path.name, content).items()}


def _sheets(name: str, content: bytes) -> dict[str, tuple[Table, bool]]:
    try:
        weigh(name, content)
        book = load_workbook(io.BytesIO(content), keep_links=False)
        found = {
            sheet.title: (
                Table(name, sheet.title, tuple(_rows(name, sheet))),
                sheet.sheet_state == "visible",
            )
            for sheet in book.worksheets
        }
    except FileError:
        raise
    except Exception:  # openpyxl raises whatever a damaged part makes it raise
        what = "файл повреждён, закрыт паролем или это не книга Excel"
        raise FileError(Fault(name, "", what, _SAVE)) from None
    return found


def _rows(name: str, sheet: Any) -> Iterator[Row]:
    """The rows of a sheet; what is merged stands in every cell of its block."""
    grid = sheet.max_row * min(sheet.max_column, COLUMNS)
    if sheet.max_row > ROWS or sheet.max_column > 4 * COLUMNS or grid > GRID:
        what = f"на листе «{visible(sheet.title, 40)}» больше {number(ROWS)} строк или слишком " \
            "много столбцов"  # fmt: skip
        raise FileError(Fault(name, "", what, "Удалите пустые строки и столбцы за таблицей"))
    merged = {
        (row, column): sheet.cell(block.min_row, block.min_col).value
        for block in sheet.merged_cells.ranges
        if block.max_row - block.min_row < ROWS and block.min_col == block.max_col
        for row in range(block.min_row, block.max_row + 1)
        for column in range(block.min_col, min(block.max_col, COLUMNS) + 1)
    }
    for at, cells in enumerate(sheet.iter_rows(max_col=min(sheet.max_column, COLUMNS)), start=1):
        row = tuple(
            _cell(merged.get((at, column), cell.value), cell.data_type)
            for column, cell in enumerate(cells, start=1)
        )
        if any(cell not in (None, "") for cell in row):
            yield Row(at, row)


def _cell(value: Any, kind: str) -> Cell:
    if value is None:
        return None
    if kind == "f":
        return Formula(str(getattr(value, "text", value))[:100])
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    return str(value)[:_TEXT]


def _csv(name: str, content: bytes) -> tuple[Row, ...]:
    """The rows of a CSV file; text that begins like a formula is one."""
    text = _decoded(name, content)
    head = "\n".join(text.splitlines()[:30])
    delimiter = max(";,\t", key=head.count)
    found = []
    try:
        for at, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1):
            if at > ROWS:
                raise FileError(Fault(name, "", f"в таблице больше {number(ROWS)} строк"))
            cells = tuple(_typed(value) for value in row[:COLUMNS])
            if any(cell not in (None, "") for cell in cells):
                found.append(Row(at, cells))
    except csv.Error:
        raise FileError(Fault(name, "", "таблица повреждена", _SAVE)) from None
    return tuple(found)


def _typed(value: str) -> Cell:
    text = value.strip()
    return Formula(text[:100]) if text.startswith("=") else text or None


def _decoded(name: str, content: bytes) -> str:
    """The text of a CSV file as Russian offices save it: UTF-8, or Windows' own letters."""
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FileError(Fault(name, "", "это не текст: таблица не читается", _SAVE))
