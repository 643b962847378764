"""Reports of a team: a template run by papermill hands back one `Report`, which writers print.

    make(folder, "radioelectronics")        the business case: notebook, HTML, PDF, Excel
    make_all(folder)                        the same for every team, and an overview of them
    verify(path, folder)                    a PDF, web page or workbook that somebody sent back

    business                                the pages that templates/business_case.py is made of
    references(editions, day)               the closing «Справка об источниках» of any report

Names are imported when they are first asked for: a template needs only `course.Report`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.reporting import business
    from course.reporting.making import make
    from course.reporting.norms_page import references
    from course.reporting.report import Report
    from course.reporting.teams import make_all
    from course.reporting.template import Template
    from course.reporting.verifying import is_model_book, verify

_ORIGIN = {
    "Report": "report",
    "Template": "template",
    "make": "making",
    "make_all": "teams",
    "references": "norms_page",
    "verify": "verifying",
    "is_model_book": "verifying",
}

_PACKAGES = ("business",)

__all__ = [
    "Report", "Template", "business", "is_model_book", "make", "make_all", "references", "verify",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name in _PACKAGES:
        return import_module(f"{__name__}.{name}")
    if name not in _ORIGIN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_ORIGIN[name]}"), name)
    globals()[name] = value
    return value
