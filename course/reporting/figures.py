"""The figures of a report: each card and each number of a table under an id of its own.

Pages carry the ids; a page that somebody sends back is read by them and compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from course.claims.printed import Printed
from course.reporting.blocks import Block, Card, Cards, Table
from course.reporting.report import Report
from course.reporting.values import TEXTS


def card_id(card: Card) -> str:
    """The id of a card's figure; empty for a text, and for a value that does not exist."""
    return "" if card.kind in TEXTS or card.value is None else card.id


def cell_ids(table: Table) -> tuple[tuple[str, ...], ...]:
    """The ids of a table's cells, row by row; empty where no number stands."""
    digest = hashlib.sha256(table.title.encode()).hexdigest()[:10]
    return tuple(
        tuple(
            "" if column.kind in TEXTS or value is None else f"table.{digest}.{row}.{place}"
            for place, (column, value) in enumerate(zip(table.columns, values, strict=True), 1)
        )
        for row, values in enumerate(table.rows, 1)
    )


def figures(report: Report) -> tuple[tuple[Printed, ...], dict[str, str]]:
    """What the pages of a report print under ids, in their order, and what each figure is."""
    printed: list[Printed] = []
    titles: dict[str, str] = {}
    for section in report.sections:
        for block in section.blocks:
            for id, text, title in _figures(block):
                printed.append(Printed(id, text))
                titles.setdefault(id, f"{section.title}: {title}")
    return tuple(printed), titles


def _figures(block: Block) -> Iterator[tuple[str, str, str]]:
    if isinstance(block, Cards):
        for card in block.items:
            if card_id(card):
                yield card.id, card.words, card.title
    if isinstance(block, Table):
        for ids, cells in zip(cell_ids(block), block.cells, strict=True):
            for id, cell, column in zip(ids, cells, block.columns, strict=True):
                if id:
                    yield id, cell, f"{block.title}, «{cells[0]}», {column.words}"
