"""The closed set of blocks that a page of a report is made of.

Every block is a frozen value of plain data, so that it crosses a process border as JSON.
"""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from typing import ClassVar

from course.errors import Fault, ReportError
from course.reporting.values import Form, Kind, Value


@dataclass(frozen=True)
class Heading:
    """A heading inside a page."""

    block: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain text; `strong` is the sentence that a hurried reader takes away."""

    block: ClassVar[str] = "paragraph"
    text: str
    strong: bool = False


@dataclass(frozen=True)
class Card:
    """One indicator: an id that ties it to the model, a title, a value, a note below."""

    id: str
    title: str
    value: Value
    kind: Kind = "text"
    unit: str = ""
    digits: int = 1
    note: str = ""

    def __post_init__(self) -> None:
        self.form.check(self.value, f"показатель {self.id}")

    @property
    def form(self) -> Form:
        """How the value is printed."""
        return Form(self.kind, self.unit, self.digits)

    @property
    def words(self) -> str:
        """The value with its unit."""
        return self.form.full(self.value)


@dataclass(frozen=True)
class Cards:
    """Indicators side by side."""

    block: ClassVar[str] = "cards"
    items: tuple[Card, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table; its unit stands in the heading."""

    title: str
    kind: Kind = "text"
    unit: str = ""
    digits: int = 1

    @property
    def form(self) -> Form:
        """How the cells are printed."""
        return Form(self.kind, self.unit, self.digits)

    @property
    def words(self) -> str:
        """The heading with the unit."""
        return f"{self.title}, {self.unit}" if self.unit and self.title else self.title


@dataclass(frozen=True)
class Table:
    """Rows of values under columns; `totals` are the numbers of the rows set in bold.

    `unit` names the unit of all cells where it is one, `source` where the values come from.
    """

    block: ClassVar[str] = "table"
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    totals: tuple[int, ...] = ()
    unit: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        place = f"таблица «{self.title}»"
        for number, row in enumerate(self.rows):
            if len(row) != len(self.columns):
                raise ReportError(Fault("", f"{place}, строка {number + 1}", "не столько ячеек, "
                                        "сколько столбцов"))  # fmt: skip
            for column, value in zip(self.columns, row, strict=True):
                column.form.check(value, f"{place}, «{column.title}»")
        if any(not 0 <= total < len(self.rows) for total in self.totals):
            raise ReportError(Fault("", place, "итоговой строки нет в таблице"))

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The rows as a page prints them."""
        return tuple(
            tuple(column.form.bare(value) for column, value in zip(self.columns, row, strict=True))
            for row in self.rows
        )


@dataclass(frozen=True)
class Figure:
    """A picture as SVG with what it shows; `alt` tells it to who cannot see it."""

    block: ClassVar[str] = "figure"
    caption: str
    svg: str
    alt: str = ""

    def __post_init__(self) -> None:
        if not self.svg.lstrip().startswith("<svg") or "<script" in self.svg.lower():
            raise ReportError(Fault("", f"рисунок «{self.caption}»", "это не картинка SVG"))


@dataclass(frozen=True)
class Notice:
    """What a reader must not miss: a norm past its last known edition, a recalled figure."""

    block: ClassVar[str] = "notice"
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """A row of «Справка об источниках»: what, its value, the act, its edition, how sure it is.

    `mark` warns where the edition has ended, or nobody has checked it for too long.
    """

    name: str
    value: str
    reference: str
    since: str
    standing: str
    address: str = ""
    firm: bool = True
    mark: str = ""


@dataclass(frozen=True)
class Sources:
    """«Справка об источниках»."""

    block: ClassVar[str] = "sources"
    rows: tuple[Source, ...]


Block = Heading | Paragraph | Cards | Table | Figure | Notice | Sources
BLOCKS: dict[str, type[Block]] = {
    kind.block: kind for kind in (Heading, Paragraph, Cards, Table, Figure, Notice, Sources)
}


@dataclass(frozen=True)
class Section:
    """One idea on one page: a title and the blocks below it."""

    title: str
    blocks: tuple[Block, ...] = field(default_factory=tuple)

    def _repr_html_(self) -> str:
        from course.reporting.markup import section_markup  # a view of this value

        return section_markup(self)

    def __repr__(self) -> str:
        return f"Страница отчёта «{html.unescape(self.title)}»"


@dataclass(frozen=True)
class Chapter:
    """Several pages that one cell of a template makes and shows together."""

    sections: tuple[Section, ...]

    def _repr_html_(self) -> str:
        return "\n".join(section._repr_html_() for section in self.sections)


@dataclass(frozen=True)
class Model:
    """A financial model behind the report's figures, by which the workbook is made again."""

    project: str
    discount_rate: float | None = None
    scenario: str = ""
    title: str = ""
