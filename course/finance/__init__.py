"""The financial model of a cluster's projects: lines, statements, indicators.

    case = finance.case(cluster, "power_modules", as_of=day)
    result = finance.run(case)
    finance.indicators_of(result).npv

Names are imported when they are first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.finance.checks import Check, checks
    from course.finance.ledger import ledger
    from course.finance.model import Case, case
    from course.finance.results import Indicators, Result, indicators_of, run
    from course.finance.statements import statements
    from course.finance.tornado import TornadoRow, tornado
    from course.finance.trace import Explanation, trace
    from course.finance.workbook import write_workbook

_ORIGIN = {
    "Case": "model",
    "Check": "checks",
    "Explanation": "trace",
    "Indicators": "results",
    "Result": "results",
    "TornadoRow": "tornado",
    "case": "model",
    "checks": "checks",
    "indicators_of": "results",
    "ledger": "ledger",
    "run": "results",
    "statements": "statements",
    "tornado": "tornado",
    "trace": "trace",
    "write_workbook": "workbook",
}

__all__ = [
    "Case",
    "Check",
    "Explanation",
    "Indicators",
    "Result",
    "TornadoRow",
    "case",
    "checks",
    "indicators_of",
    "ledger",
    "run",
    "statements",
    "tornado",
    "trace",
    "write_workbook",
]


def __getattr__(name: str) -> Any:
    if name not in _ORIGIN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_ORIGIN[name]}"), name)
    globals()[name] = value
    return value
