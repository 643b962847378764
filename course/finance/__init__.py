"""The financial model of a cluster's projects: lines, statements, indicators.

    case = finance.case(cluster, "power_modules", as_of=day)
    result = finance.run(case)
    finance.indicators_of(result).npv

What a project declares (`course.cluster`) becomes lines, rows of statements and figures; what it
does not declare is not there. Where a page looks for it:

    closing, terminal value   rows «Продажа имущества с НДС», «Стоимость в конце горизонта»; figure
                              `project.terminal`; `case.notices` tell what is not counted
    statements(…)             also `evaluation` (the flows that ЧДД is taken from) and
                              `localisation` (origin of materials, last three rows are shares)
    budget_view(…).levels     federal, regional, local budgets and funds apart: taxes, support, npv
    cluster_view([…])         all projects on one calendar: each member's own view, the cluster's
    figures                   `owner.npv`, `dividends.sum`, `refund.sum`, `batches.sum`,
                              `discount.wacc` in `result.values.figures` when declared

Everything is imported at once: several functions bear the name of their module, and a module that
is imported later would take the place of its function.
"""

from __future__ import annotations

from course.finance.calibrator import Calibration, Goals, Lever, calibrate
from course.finance.checks import Check, checks
from course.finance.contagion import (
    Contagion,
    Event,
    Hit,
    ProjectHit,
    SecondSource,
    contagion,
    second_source,
)
from course.finance.costindex import cost_index_of
from course.finance.honesty import IrrCard, irr_card
from course.finance.joint import ClusterView, cluster_view
from course.finance.ledger import ledger, turnover
from course.finance.level import break_even_by_year
from course.finance.maps import InputMap, two_input_map
from course.finance.model import Case, case
from course.finance.offers import LoanOffer
from course.finance.productivity import Productivity, productivity
from course.finance.replay import LineChange, NormChange, Replay, replay
from course.finance.results import Indicators, Result, coverage, indicators_of, run
from course.finance.revisions import revise
from course.finance.risk import Driver, Risk, simulate
from course.finance.scenarios import Outcome, Scenario, bound_scenarios, outcomes
from course.finance.statements import statements
from course.finance.switching import SwitchingValue, switching_values
from course.finance.tornado import TornadoRow, tornado
from course.finance.trace import Explanation, trace
from course.finance.unsupported import Increment, Unsupported, increment, without_support
from course.finance.views import (
    BudgetLevel,
    BudgetView,
    Side,
    View,
    budget_view,
    public_view,
    views,
)
from course.finance.workbook import write_workbook

__all__ = [
    "BudgetLevel",
    "BudgetView",
    "Calibration",
    "Case",
    "Check",
    "ClusterView",
    "Contagion",
    "Driver",
    "Event",
    "Explanation",
    "Goals",
    "Hit",
    "Increment",
    "Indicators",
    "InputMap",
    "IrrCard",
    "Lever",
    "LineChange",
    "LoanOffer",
    "NormChange",
    "Outcome",
    "Productivity",
    "ProjectHit",
    "Replay",
    "Result",
    "Risk",
    "Scenario",
    "SecondSource",
    "Side",
    "SwitchingValue",
    "TornadoRow",
    "Unsupported",
    "View",
    "bound_scenarios",
    "break_even_by_year",
    "budget_view",
    "calibrate",
    "case",
    "checks",
    "cluster_view",
    "contagion",
    "cost_index_of",
    "coverage",
    "increment",
    "indicators_of",
    "irr_card",
    "ledger",
    "outcomes",
    "productivity",
    "public_view",
    "replay",
    "revise",
    "run",
    "second_source",
    "simulate",
    "statements",
    "switching_values",
    "tornado",
    "trace",
    "turnover",
    "two_input_map",
    "views",
    "without_support",
    "write_workbook",
]
