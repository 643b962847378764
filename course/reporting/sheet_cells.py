"""A workbook as its cells: of each the formula or the constant, and the value that it shows."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from course.claims import archive
from course.errors import Fault, FileError

NAME = "f."
PARTS = ("Вводные", "Расчёт", "Итоги")  # the sheets by which a model's workbook is told
UNREADABLE = (
    KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, SyntaxError,
    OverflowError, zipfile.BadZipFile, zlib.error, InvalidFileException,
)  # fmt: skip
_EPOCH = datetime.datetime(1899, 12, 30)
_QUOTED = re.compile(r"'([^'\[\]]+)'!")
_TEXTS = re.compile(r'("[^"]*")')
Value = float | str | None
At = tuple[int, int]


@dataclass(frozen=True)
class Cell:
    """What a cell holds: its formula (empty without one) and the value that it shows."""

    formula: str
    value: Value


@dataclass(frozen=True)
class Cells:
    """The cells of every sheet by row and column from 1, the named cells, and the identifier."""

    identifier: str
    sheets: Mapping[str, Mapping[At, Cell]]
    names: Mapping[str, tuple[str, At]]


def is_model(content: bytes, name: str) -> bool:
    """Whether a workbook is that of a model, by its mark or its sheets; the cells are not read.

    `FileError` for what is no workbook.
    """
    archive.inspect(content, name)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    except UNREADABLE as error:
        raise _unreadable(name, error) from None
    mark = str(book.properties.keywords or "").replace(":", " ")
    return " report " in mark or set(PARTS) <= {sheet.split(" ")[-1] for sheet in book.sheetnames}


def read(content: bytes, name: str) -> Cells:
    """The cells of a workbook; `FileError` for what is none. Nothing in it is computed."""
    archive.inspect(content, name)
    try:
        written = openpyxl.load_workbook(io.BytesIO(content))
        shown = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        sheets = {sheet.title: _cells(sheet, shown[sheet.title]) for sheet in written.worksheets}
        return Cells(str(written.properties.keywords or ""), sheets, _names(written))
    except UNREADABLE as error:
        raise _unreadable(name, error) from None


def _unreadable(name: str, error: Exception) -> FileError:
    what = f"книга не читается ({type(error).__name__})"
    return FileError(Fault(name, "", what, "Сохраните её ещё раз в формате xlsx"))


def _cells(written: Any, shown: Any) -> dict[At, Cell]:
    found: dict[At, Cell] = {}
    for at, cell in written._cells.items():
        held = cell.value
        if held is None:
            continue
        if cell.data_type == "f":
            found[at] = Cell(str(getattr(held, "text", held)), _plain(shown.cell(*at).value))
        else:
            found[at] = Cell("", _plain(held))
    return found


def _plain(value: Any) -> Value:
    """A value without its dress: days are numbers in Excel, too."""
    if isinstance(value, datetime.datetime):
        return (value - _EPOCH).total_seconds() / 86400
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta | bool):
        return str(value)
    return float(value) if isinstance(value, int | float) else None if value is None else str(value)


def _names(book: Any) -> dict[str, tuple[str, At]]:
    found: dict[str, tuple[str, At]] = {}
    for name, defined in book.defined_names.items():
        if not name.startswith(NAME):
            continue
        for title, area in defined.destinations:
            column, row, _, _ = range_boundaries(area)
            found[name.removeprefix(NAME)] = (title, (int(row or 0), int(column or 0)))
    return found


def same_formula(one: str, other: str) -> bool:
    """Whether two formulas differ only as office programs print them: quotes, spaces, case."""
    return one == other or _settled(one) == _settled(other)


def _settled(formula: str) -> str:
    bare = _QUOTED.sub(lambda match: f"{match[1]}!", formula.lstrip("="))
    parts = _TEXTS.split(bare)
    return "".join(
        part if place % 2 else part.replace(" ", "").upper() for place, part in enumerate(parts)
    )
