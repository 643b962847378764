"""The live workbook: inputs → calculation → results → checks → sensitivity → sources and words.

Every formula is live, every row has one formula, nothing is hidden or locked, and every cell
carries the value that Python computed, so that a viewer that never recalculates shows the right
numbers. What Excel cannot do is written as text and says so.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from course import files
from course.errors import FinanceError
from course.finance.draft import Draft, Mark
from course.finance.figures_sheet import write_figures
from course.finance.inputs_sheet import write_inputs
from course.finance.lines_sheet import write_lines
from course.finance.reference_sheets import write_glossary, write_sources
from course.finance.results import Result
from course.finance.results_sheet import write_results
from course.finance.sensitivity_sheet import write_sensitivity
from course.finance.styles import Styles


def write_workbook(
    results: Result | Sequence[Result], path: Path, scenario: int = 0, identifier: str = ""
) -> None:
    """Write one workbook for one or several projects; the same results give the same bytes.

    With several projects the sheets of each carry its number: «1 Вводные», «2 Вводные». By the
    `identifier` a book that somebody sends back is known again.
    """
    files.write_bytes(path, workbook_bytes(results, scenario, identifier))


def workbook_bytes(
    results: Result | Sequence[Result], scenario: int = 0, identifier: str = ""
) -> bytes:
    """The content of the workbook."""
    several = [results] if isinstance(results, Result) else list(results)
    if not several:
        raise FinanceError("для книги Excel нужен хотя бы один рассчитанный проект")
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties(_properties(several) | {"keywords": identifier})
    styles = Styles(book)
    marks: list[Mark] = []
    for number, (result, key) in enumerate(zip(several, _keys(several), strict=True), 1):
        prefix = f"{number} " if len(several) > 1 else ""
        _project(Draft(book, styles, result, prefix, scenario, key, marks))
    write_sources(book, styles, several)
    write_glossary(book, styles)
    write_figures(book, styles, marks)
    book.close()
    return stream.getvalue()


def _properties(results: list[Result]) -> dict[str, Any]:
    created = datetime.datetime.combine(results[0].case.as_of, datetime.time())
    title = "; ".join(result.case.title for result in results)
    return {"title": title, "subject": "Финансовая модель проекта", "created": created}


def _keys(results: Sequence[Result]) -> list[str]:
    """What the ids of each project's figures begin with: its id, with a number if it repeats."""
    ids = [result.case.project for result in results]
    return [id if ids.count(id) == 1 else f"{id}_{number}" for number, id in enumerate(ids, 1)]


def _project(draft: Draft) -> None:
    """The sheets of one project: all live but the last, which Excel cannot compute."""
    write_results(draft, write_lines(draft, write_inputs(draft)))
    write_sensitivity(draft)
