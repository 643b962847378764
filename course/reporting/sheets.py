"""The tables of a report as an Excel workbook, to sort and to filter: values, no formulas."""

from __future__ import annotations

import datetime
import io
import re
from typing import Any

import xlsxwriter

from course.reporting.blocks import Column, Table
from course.reporting.report import Report
from course.reporting.values import TEXTS, Value
from course.wording import span

MILLION = 1e6
WIDEST = 44


def book(report: Report) -> bytes:
    """A sheet for each table of `report`; equal reports give equal bytes."""
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    workbook.set_properties(
        {"title": report.title, "created": datetime.datetime.combine(report.day, datetime.time())}
    )
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                _sheet(workbook, block, report)
    workbook.close()
    return stream.getvalue()


def _sheet(workbook: Any, table: Table, report: Report) -> None:
    sheet = workbook.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", table.title)[:31])
    head = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    words = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, f"{report.title}. {table.title}", workbook.add_format({"bold": True}))
    sheet.write_string(1, 0, f"{report.mark}. Источник: {table.source}".lstrip(". "))
    top = 3
    for place, column in enumerate(table.columns):
        sheet.write_string(top, place, _heading(column), head)
        figures = workbook.add_format({"num_format": _format(column), "valign": "top"})
        for number, row in enumerate(table.rows, top + 1):
            _cell(sheet, number, place, row[place], column, words, figures)
        longest = max([len(cells[place]) for cells in table.cells] + [12])
        sheet.set_column(place, place, min(longest + 2, WIDEST))
    sheet.freeze_panes(top + 1, 1)
    sheet.autofilter(top, 0, top + len(table.rows), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _heading(column: Column) -> str:
    return f"{column.title}, мес." if column.kind == "span" else column.words


def _format(column: Column) -> str:
    decimals = f"0.{'0' * column.digits}" if column.digits else "0"
    if column.kind == "share":
        return f"{decimals}%"
    return "0.0" if column.kind == "span" else f"#,##{decimals}"


def _cell(
    sheet: Any, row: int, place: int, value: Value, column: Column, words: Any, figures: Any
) -> None:
    """One value; a text is never read as a formula, an absent value is told."""
    if value is None:
        sheet.write_string(row, place, span(None) if column.kind == "span" else "—", words)
    elif isinstance(value, str) or column.kind in TEXTS:
        sheet.write_string(row, place, str(value), words)
    else:
        scale = MILLION if column.kind == "money" else 1.0
        sheet.write_number(row, place, value / scale, figures)
