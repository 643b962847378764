"""Blocks as HTML: what a notebook shows and the web page repeats. Every text is escaped."""

from __future__ import annotations

import base64
from functools import singledispatch
from html import escape

from course.reporting.blocks import (
    Block,
    Cards,
    Figure,
    Heading,
    Notice,
    Paragraph,
    Section,
    Sources,
    Table,
)
from course.reporting.figures import card_id, cell_ids
from course.reporting.values import TEXTS

# JupyterLab shows a stored notebook without our style sheet, so what matters stands at the element
CARD = (
    "display:inline-block;vertical-align:top;margin:4px 6px 4px 0;padding:6px 10px;"
    "border:1px solid #c9c9c9;border-top:3px solid #1f4e79"
)
SIDES = {
    "text": "text-align:left;vertical-align:top",
    "figure": "text-align:right;vertical-align:top",
}


def section_markup(section: Section) -> str:
    """A page of the report: its title and blocks."""
    inner = "\n".join(block_markup(block) for block in section.blocks)
    return f'<section class="page"><h2>{escape(section.title)}</h2>\n{inner}\n</section>'


@singledispatch
def block_markup(block: Block) -> str:
    """One block as HTML."""
    raise TypeError(f"no markup for {type(block).__name__}")


@block_markup.register
def _heading(block: Heading) -> str:
    return f"<h3>{escape(block.text)}</h3>"


@block_markup.register
def _paragraph(block: Paragraph) -> str:
    text = escape(block.text)
    return f'<p class="lead"><strong>{text}</strong></p>' if block.strong else f"<p>{text}</p>"


@block_markup.register
def _cards(block: Cards) -> str:
    width = 22 if len(block.items) % 4 == 0 else 30
    items = "".join(
        f'<div class="card" style="{CARD};width:{width}%">'
        f'<div class="card-title">{escape(card.title)}</div>'
        f'<div class="card-value"><strong{_claim(card_id(card))}>'
        f"{escape(card.words)}</strong></div>"
        f'<div class="card-note">{escape(card.note)}</div></div>'
        for card in block.items
    )
    return f'<div class="cards">{items}</div>'


@block_markup.register
def _table(block: Table) -> str:
    sides = ["text" if column.kind in TEXTS else "figure" for column in block.columns]
    head = "".join(
        f'<th class="{side}" style="{SIDES[side]}" scope="col">{escape(column.words)}</th>'
        for column, side in zip(block.columns, sides, strict=True)
    )
    rows = []
    for number, (cells, ids) in enumerate(zip(block.cells, cell_ids(block), strict=True)):
        strong = ' class="total"' if number in block.totals else ""
        inner = "".join(
            f'<td class="{side}" style="{SIDES[side]}"{_claim(id)}>{escape(cell)}</td>'
            for cell, side, id in zip(cells, sides, ids, strict=True)
        )
        rows.append(f"<tr{strong}>{inner}</tr>")
    caption = escape(", ".join(part for part in (block.title, block.unit) if part))
    source = f'<p class="source">Источник: {escape(block.source)}</p>' if block.source else ""
    width = "wide" if len(block.columns) > 8 else "plain"
    return (
        f'<table class="{width}"><caption style="text-align:left">{caption}</caption>'
        f"<thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>{source}"
    )


def _claim(id: str) -> str:
    """The attribute that an element with a figure bears."""
    return f' data-claim="{escape(id)}"' if id else ""


@block_markup.register
def _figure(block: Figure) -> str:
    picture = base64.b64encode(block.svg.encode()).decode()
    return (
        f'<figure><img alt="{escape(block.alt or block.caption)}" '
        f'src="data:image/svg+xml;base64,{picture}">'
        f"<figcaption>{escape(block.caption)}</figcaption></figure>"
    )


@block_markup.register
def _notice(block: Notice) -> str:
    lines = "".join(f"<li>{escape(line)}</li>" for line in block.lines)
    return f'<div class="notice"><strong>{escape(block.title)}</strong><ul>{lines}</ul></div>'


@block_markup.register
def _sources(block: Sources) -> str:
    rows = []
    for row in block.rows:
        address = escape(row.address)
        link = (
            f' <a href="{address}">{address}</a>'
            if row.address.startswith(("https://", "http://"))
            else f" {address}"
        )
        standing = escape(row.standing) if row.firm else f"<strong>{escape(row.standing)}</strong>"
        mark = f"<br><strong>{escape(row.mark)}</strong>" if row.mark else ""
        cells = (
            escape(row.name), escape(row.value),
            f"{escape(row.reference)}{link if address else ''}",
            escape(row.since), f"{standing}{mark}",
        )  # fmt: skip
        rows.append("".join(f'<td style="{SIDES["text"]}">{cell}</td>' for cell in cells))
    titles = ("Норма", "Значение", "Источник", "Действует с", "Подтверждение")
    head = "".join(f'<th style="{SIDES["text"]}" scope="col">{title}</th>' for title in titles)
    return (
        f'<table class="sources"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"
    )
