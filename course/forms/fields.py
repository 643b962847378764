"""The kinds of fields: what may be entered, how a typed text becomes a value, how it is printed.

A field knows nothing of widgets. `read` turns what was typed into a plain value or says in Russian
what is wrong; `told` prints a kept value as plain text, for grading and for paper.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from course import wording
from course.forms import numbers

NOTHING = "нет ответа"
_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip


@dataclass(frozen=True)
class Read:
    """A typed text as a value; `problem` says why it is none, `note` warns."""

    value: Any
    problem: str = ""
    note: str = ""


@dataclass(frozen=True)
class Number:
    """A number counted in `unit`; `decimals` tells people how exact it should be."""

    id: str
    label: str
    unit: str = ""
    decimals: int | None = None

    def read(self, text: str) -> Read:
        """The value of a typed text."""
        reading = numbers.read(text, self.unit)
        return Read(reading.value, reading.problem, reading.note)

    def told(self, value: Any) -> str:
        """A kept value as plain text."""
        return numbers.told(value, self.unit) if _is_number(value) else _odd(value)


@dataclass(frozen=True)
class Choice:
    """One of `options` (key → text)."""

    id: str
    label: str
    options: Mapping[str, str]

    def told(self, value: Any) -> str:
        """A kept value as plain text."""
        return self.options.get(value, _odd(value)) if isinstance(value, str) else _odd(value)


@dataclass(frozen=True)
class Choices:
    """Any number of `options` (key → text)."""

    id: str
    label: str
    options: Mapping[str, str]

    def told(self, value: Any) -> str:
        """A kept value as plain text."""
        if not isinstance(value, list) or not all(isinstance(key, str) for key in value):
            return _odd(value)
        return "; ".join(self.options.get(key, key) for key in value) or NOTHING


@dataclass(frozen=True)
class Text:
    """A text of a few lines or a page, `rows` lines high."""

    id: str
    label: str
    rows: int = 6

    def told(self, value: Any) -> str:
        """A kept value as plain text."""
        return value.strip() or NOTHING if isinstance(value, str) else _odd(value)


@dataclass(frozen=True)
class Date:
    """A day: `22.11.2026`, `22 ноября 2026` or `2026-11-22`; kept as `2026-11-22`."""

    id: str
    label: str

    def read(self, text: str) -> Read:
        """The value of a typed text."""
        typed = re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip(" .г").lower()
        if not typed:
            return Read(None)
        day = _day(typed)
        if day is None:
            return Read(None, "Не удалось прочитать дату. Впишите её так: 22.11.2026.")
        return Read(day.isoformat())

    def told(self, value: Any) -> str:
        """A kept value as plain text."""
        try:
            return wording.day(datetime.date.fromisoformat(value))
        except (TypeError, ValueError):
            return _odd(value)


@dataclass(frozen=True)
class Match:
    """For each of `items` (key → text) one of `options` (key → text)."""

    id: str
    label: str
    items: Mapping[str, str]
    options: Mapping[str, str]

    def told(self, value: Any) -> str:
        """A kept value as plain text."""
        if not isinstance(value, dict):
            return _odd(value)
        return "; ".join(
            f"{text} → {self.options.get(str(value.get(key)), '—')}"
            for key, text in self.items.items()
        )


@dataclass(frozen=True)
class Column:
    """A column of a table: `text`, `number` (counted in `unit`) or `choice` (of `options`).

    A text cell offers what `suggest` holds and takes any other text too.
    """

    title: str
    kind: str = "text"
    unit: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    suggest: Sequence[str] = ()

    def read(self, text: str) -> Read:
        """The value of a typed text."""
        if self.kind == "number":
            reading = numbers.read(text, self.unit)
            return Read(reading.value, reading.problem, reading.note)
        return Read(text.strip() or None)

    def typed(self, value: Any) -> str:
        """A kept value as it would be typed into a cell."""
        if value is None:
            return ""
        if self.kind == "number" and _is_number(value):
            return numbers.shown(value, self.unit)
        return str(value)

    def fitted(self, value: Any) -> Any:
        """A kept value, or `None` for one that nobody could have entered in this column."""
        if self.kind == "number":
            return value if _is_number(value) else None
        return value if isinstance(value, str) else None

    def told(self, value: Any) -> str:
        """A kept value as plain text."""
        if value is None:
            return "—"
        if self.kind == "choice":
            return self.options.get(str(value), str(value))
        return numbers.told(value, self.unit) if _is_number(value) else str(value)


@dataclass(frozen=True)
class Table:
    """A small table. `rows` names the rows (key → text), or says how many empty ones to begin with.

    The value is a list of rows without those that are wholly empty: `{"row": key, column: cell}`
    where rows have names, `{column: cell}` where they are added as needed.
    """

    id: str
    label: str
    columns: Mapping[str, Column]
    rows: Mapping[str, str] | int
    corner: str = ""

    @property
    def named(self) -> Mapping[str, str]:
        """Named rows; empty where rows are added as needed."""
        return self.rows if isinstance(self.rows, Mapping) else {}

    @property
    def blank(self) -> int:
        """How many empty rows to begin with where rows have no names."""
        return 0 if isinstance(self.rows, Mapping) else self.rows

    def fitted(self, value: Any) -> Any:
        """A kept value in which cells that do not fit their column are empty.

        Checks reckon with the cells: a text in a column of numbers must not break them.
        """
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            return value
        columns = {**self.columns, "row": Column("")}
        return [
            {key: columns[key].fitted(cell) if key in columns else cell
             for key, cell in row.items()}
            for row in value
        ]  # fmt: skip

    def told(self, value: Any) -> str:
        """A kept value as plain text."""
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            return _odd(value)
        if not value:
            return NOTHING
        lines = [
            (f"{self.named.get(str(row.get('row')), row.get('row'))}: " if "row" in row else "")
            + "; ".join(
                f"{column.title}: {column.told(row.get(key))}"
                for key, column in self.columns.items()
            )
            for row in value
        ]
        return "\n".join(lines)


Field = Number | Choice | Choices | Text | Date | Match | Table


def column(given: str | Column) -> Column:
    """A column from its title alone, or as given."""
    return Column(given) if isinstance(given, str) else given


def faults_of(declared: Field) -> Sequence[str]:
    """What an author got wrong in a field, in Russian."""
    faults = []
    if not declared.label.strip():
        faults.append("у поля нет подписи")
    if isinstance(declared, Choice | Choices | Match):
        texts = list(declared.options.values())
        if len(texts) < 2 or len(set(texts)) < len(texts):
            faults.append("нужны хотя бы два разных варианта")
    if isinstance(declared, Table):
        if not declared.columns or not declared.rows:
            faults.append("у таблицы нет столбцов или строк")
        if "row" in declared.columns:
            faults.append("столбец не может называться row")
    return faults


def _day(typed: str) -> datetime.date | None:
    patterns = (
        r"(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4})",
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})",
        r"(?P<d>\d{1,2}) (?P<word>[а-я]+) (?P<y>\d{4})",
    )
    for pattern in patterns:
        found = re.fullmatch(pattern, typed, re.ASCII if "word" not in pattern else 0)
        if not found:
            continue
        parts = found.groupdict()
        try:
            month = int(parts["m"]) if parts.get("m") else _month(parts["word"])
            return datetime.date(int(parts["y"]), month, int(parts["d"]))
        except ValueError:
            return None
    return None


def _month(word: str) -> int:
    """The number of a month: `марта`, `март` or `мар`; `ValueError` for other words."""
    for index, name in enumerate(_MONTHS):
        if word in (name, wording.MONTHS[index], name[:3]):
            return index + 1
    raise ValueError(word)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _odd(value: object) -> str:
    """A kept value that does not fit the field, as it is."""
    return NOTHING if value in (None, "", [], {}) else str(value)[:2000]
