"""The financial model of a cluster's projects: lines, statements, indicators.

    case = finance.case(cluster, "power_modules", as_of=day)
    result = finance.run(case)
    finance.indicators_of(result).npv

Everything is imported at once: several functions bear the name of their module, and a module that
is imported later would take the place of its function.
"""

from __future__ import annotations

from course.finance.checks import Check, checks
from course.finance.ledger import ledger, turnover
from course.finance.model import Case, case
from course.finance.results import Indicators, Result, indicators_of, run
from course.finance.statements import statements
from course.finance.tornado import TornadoRow, tornado
from course.finance.trace import Explanation, trace
from course.finance.workbook import write_workbook

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
    "turnover",
    "write_workbook",
]
