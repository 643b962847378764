"""A report as PDF pages: its blocks as data for the Typst style beside the templates."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from course import typesetting
from course.reporting.blocks import (
    Block,
    Cards,
    Figure,
    Heading,
    Notice,
    Paragraph,
    Sources,
    Table,
)
from course.reporting.figures import card_id, cell_ids
from course.reporting.report import Report
from course.reporting.values import TEXTS
from course.wording import NBSP, day

STYLE = "report.typ"
SHORT, LONG = 14, 60  # letters in a cell
LINE = 18  # letters of a heading that stays on one line
WIDER = 2.0  # a text may break into lines, a figure and the words of its heading may not


def pdf(report: Report, style: str, identifier: str = "") -> bytes:
    """The pages of `report` set by `style`; they bear `identifier` and a list of the figures."""
    pictures: dict[str, bytes] = {}
    data = {
        "title": report.title,
        "identifier": identifier,
        "subtitle": report.subtitle,
        "mark": report.mark,
        "day": day(report.day),
        "facts": [list(fact) for fact in report.facts],
        "sections": [
            {"title": section.title, "blocks": [_data(b, pictures) for b in section.blocks]}
            for section in report.sections
        ],
    }
    return typesetting.pdf(style, data, as_of=report.day, files=pictures)


@singledispatch
def _data(block: Block, pictures: dict[str, bytes]) -> dict[str, Any]:
    """One block as values that the style understands; pictures go beside."""
    raise TypeError(f"no page for {type(block).__name__}, {len(pictures)} pictures before it")


@_data.register
def _heading(block: Heading, _: dict[str, bytes]) -> dict[str, Any]:
    return {"kind": block.block, "text": block.text}


@_data.register
def _paragraph(block: Paragraph, _: dict[str, bytes]) -> dict[str, Any]:
    return {"kind": block.block, "text": block.text, "strong": block.strong}


@_data.register
def _cards(block: Cards, _: dict[str, bytes]) -> dict[str, Any]:
    items = [
        {"id": card_id(c), "title": c.title, "value": c.words, "note": c.note} for c in block.items
    ]
    return {"kind": block.block, "items": items}


@_data.register
def _table(block: Table, _: dict[str, bytes]) -> dict[str, Any]:
    return {
        "kind": block.block,
        "title": ", ".join(part for part in (block.title, block.unit) if part),
        "source": block.source,
        "columns": _columns(block),
        "rows": [
            {"cells": list(cells), "ids": list(ids), "total": number in block.totals}
            for number, (cells, ids) in enumerate(zip(block.cells, cell_ids(block), strict=True))
        ],
    }


def _columns(block: Table) -> list[dict[str, Any]]:
    """Headings with a share of the width: long texts get more, short ones what they need.

    A text breaks between words only, so that its column holds the longest one. A column of figures
    under a long heading gets what its longest word or figure needs: the heading breaks into lines
    and leaves the width to the texts.
    """
    columns: list[dict[str, Any]] = []
    for place, column in enumerate(block.columns):
        texts = [row[place] for row in block.cells]
        longest = max(map(len, texts), default=0)
        textual = column.kind in TEXTS
        word = max(map(len, column.words.split()), default=0)
        if textual and longest > SHORT:
            unbroken = max(len(part) for text in texts for part in text.split(" "))
            weight: float = min(max(SHORT, unbroken, sum(map(len, texts)) / len(texts)), LONG)
        elif len(column.words) > max(longest, LINE):
            weight = WIDER * (max(longest, word) + 1)
        else:
            weight = 0
        title = column.words.replace(" ₽", f"{NBSP}₽")  # a sign alone makes no line
        columns.append({"title": title, "text": textual, "weight": weight})
    if columns and not any(column["text"] and column["weight"] for column in columns):
        columns[0]["weight"] = LONG  # one column takes what is left
    return columns


@_data.register
def _figure(block: Figure, pictures: dict[str, bytes]) -> dict[str, Any]:
    name = f"figure-{len(pictures) + 1}.svg"
    pictures[name] = block.svg.encode()
    return {
        "kind": block.block,
        "file": name,
        "caption": block.caption,
        "alt": block.alt or block.caption,
    }


@_data.register
def _notice(block: Notice, _: dict[str, bytes]) -> dict[str, Any]:
    return {"kind": block.block, "title": block.title, "lines": list(block.lines)}


@_data.register
def _sources(block: Sources, _: dict[str, bytes]) -> dict[str, Any]:
    rows = [
        {
            "name": row.name, "value": row.value, "reference": row.reference, "since": row.since,
            "standing": row.standing, "address": row.address, "firm": row.firm, "mark": row.mark,
        }
        for row in block.rows
    ]  # fmt: skip
    return {"kind": block.block, "rows": rows}
