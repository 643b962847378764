"""A case computed: values of every line, and the indicators of one scenario."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from course.errors import FinanceError
from course.finance import indicators
from course.finance.discounting import Array
from course.finance.engine import Values, evaluate
from course.finance.model import Case


@dataclass(frozen=True)
class Result:
    """What a case came to: `values[line]` has the shape (scenarios, months)."""

    case: Case
    values: Values

    @property
    def scenarios(self) -> int:
        """How many scenarios were computed."""
        return self.values.scenarios

    def row(self, line: str, scenario: int = 0) -> Array:
        """The months of a line in one scenario."""
        return np.asarray(self.values[line][scenario])

    def input(self, id: str, scenario: int = 0) -> float:
        """The value of an input in one scenario."""
        given = self.values.given.get(id)
        return self.case.input(id).value if given is None else float(given[scenario])

    def month(self, period: datetime.date | int) -> int:
        """The number of the month with a day, or the number itself; refused outside."""
        if isinstance(period, int):
            number = period
        else:
            start = self.case.start
            number = (period.year - start.year) * 12 + period.month - start.month
        if not 0 <= number < self.case.months:
            raise FinanceError("этого месяца в горизонте проекта нет")
        return number


def run(
    case: Case,
    scenarios: Mapping[str, Collection[float] | Array] | None = None,
    keep: Collection[str] | None = None,
    figures: Collection[str] | None = None,
) -> Result:
    """Compute a case; `scenarios` gives for ids of inputs one value per scenario.

    Without scenarios there is one, the inputs as they are. `keep` and `figures` name the lines and
    figures that are wanted when there are very many scenarios.
    """
    return Result(case, evaluate(case.network, scenarios, keep, figures=figures))


@dataclass(frozen=True)
class Indicators:
    """The indicators of one scenario: roubles, shares a year, months from the project's start.

    The project's indicators judge the flow before any financing, with the tax computed without
    interest; `equity_…` judge what is left to the owner. `None` is «does not exist» or «not within
    the horizon». IRR is yearly, from monthly flows: (1 + monthly)^12 − 1.
    """

    npv: float
    irr: indicators.Irr
    pi: float | None
    pi_undiscounted: float | None
    payback_months: float | None
    discounted_payback_months: float | None
    funding_need: float
    equity_npv: float
    equity_irr: indicators.Irr
    equity_payback_months: float | None
    mirr: float | None
    dscr_min: float | None
    dscr_avg: float | None
    llcr: float | None
    cash_min: float
    feasible: bool
    budget_sum: float
    budget_npv: float
    support_sum: float
    discount_rate: float


def indicators_of(result: Result, scenario: int = 0) -> Indicators:
    """The indicators of one scenario of a result.

    DSCR is by calendar years after the launch year that have debt service: cash from operations
    without refunds of VAT over principal and interest.
    """
    rate = result.input("discount.rate", scenario)
    step = indicators.step_rate(rate)
    project, equity = result.row("flow.project", scenario), result.row("flow.equity", scenario)
    outlay = result.row("capex.paid", scenario)
    cash, service = (rows[scenario] for rows in coverage_rows(result))
    budget = result.row("flow.budget", scenario)
    modified = indicators.mirr(project, step, step)
    return Indicators(
        npv=indicators.npv(step, project),
        irr=yearly(indicators.irr(project)),
        pi=indicators.investment_index_discounted(step, outlay, project + outlay),
        pi_undiscounted=indicators.investment_index(outlay, project + outlay),
        payback_months=indicators.payback(project),
        discounted_payback_months=indicators.discounted_payback(step, project),
        funding_need=indicators.funding_need(project),
        equity_npv=indicators.npv(step, equity),
        equity_irr=yearly(indicators.irr(equity)),
        equity_payback_months=indicators.payback(equity),
        mirr=None if modified is None else indicators.annual_rate(modified),
        dscr_min=indicators.dscr_min(cash, service),
        dscr_avg=indicators.dscr_average(cash, service),
        llcr=_llcr(result, scenario, step),
        cash_min=float(result.row("cash.closing", scenario).min()),
        feasible=indicators.feasible(result.row("cash.closing", scenario)),
        budget_sum=float(budget.sum()),
        budget_npv=indicators.npv(step, budget),
        support_sum=float(result.row("grants", scenario).sum()),
        discount_rate=rate,
    )


def first_root(flow: Array) -> float | None:
    """The rate per step at which Excel's IRR should begin: ВНД, or else the first root."""
    found = indicators.irr(flow)
    if found.value is not None:
        return found.value
    positive = [root for root in found.roots if root > 0]
    return positive[0] if positive else next(iter(found.roots), None)


def yearly(monthly: indicators.Irr) -> indicators.Irr:
    """ВНД of a monthly flow with its rates turned into yearly ones."""
    value = None if monthly.value is None else indicators.annual_rate(monthly.value)
    roots = tuple(indicators.annual_rate(root) for root in monthly.roots)
    return indicators.Irr(value, roots, monthly.verdict)


def coverage(result: Result, scenario: int = 0) -> tuple[float | None, ...]:
    """DSCR by calendar years; `None` in years that do not count or have nothing due."""
    cash, service = coverage_rows(result)
    ratios = indicators.dscr(cash[scenario], service[scenario])
    return tuple(None if np.isnan(ratio) else float(ratio) for ratio in ratios)


def coverage_rows(result: Result) -> tuple[Array, Array]:
    """Cash for debt service and what is due, (scenarios, calendar years), as a bank counts them.

    Cash from operations without refunds of VAT, in the years after the one of the launch.
    """
    years = result.row("time.year")
    starts = np.flatnonzero(np.diff(years, prepend=0.0))
    cash, service = result.values["coverage.cash"], result.values["coverage.service"]
    return np.add.reduceat(cash, starts, axis=1), np.add.reduceat(service, starts, axis=1)


def _llcr(result: Result, scenario: int, step: float) -> float | None:
    """Cash for debt service over the life of the debt to the debt, both discounted."""
    service = result.row("coverage.service", scenario)
    paying = np.flatnonzero(service > 0)
    if not len(paying):
        return None
    first, last = int(paying[0]), int(paying[-1]) + 1
    cash = result.row("coverage.cash", scenario)
    return indicators.llcr(step, cash[first:last], service[first:last])
