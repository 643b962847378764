"""With and without: the project beside itself without support, and beside no project at all."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from course.cluster import Cluster, Loan, OwnFunds, Project
from course.errors import FinanceError
from course.finance.model import case
from course.finance.results import Indicators, Result, indicators_of, run
from course.finance.variants import plan_of, with_project, with_value
from course.finance.views import Side, budget_view, views


@dataclass(frozen=True)
class Unsupported:
    """A project as planned and without support: results and indicators of both.

    `grants` is what the owner pays instead of grants, `dearer` the loans that take the market's
    rate, with the rate that they had.
    """

    planned: Result
    alone: Result
    before: Indicators
    after: Indicators
    grants: float
    dearer: Mapping[str, float]

    @property
    def depends(self) -> bool:
        """Whether the owner gains with support and loses without it."""
        return self.before.equity_npv >= 0 > self.after.equity_npv


def without_support(
    cluster: Cluster, project: str, *, market_rate: float | None = None, as_of: datetime.date
) -> Unsupported:
    """The project if the owner pays every grant, and cheap loans cost what the market asks.

    A loan under `market_rate` takes that rate; with `None` rates stay as planned. Refunds of
    interest and subsidies to buyers go as well. Raises `FinanceError` for a rate that is no share.
    """
    if market_rate is not None and not 0 <= market_rate <= 1:
        raise FinanceError("ставка записывается долей: 0.18 — это 18 %")
    plan = plan_of(cluster, project)
    bare = _bare(plan, market_rate)
    alone = run(case(with_project(cluster, bare), project, as_of=as_of))
    planned = run(case(cluster, project, as_of=as_of))
    return Unsupported(
        planned,
        alone,
        indicators_of(planned),
        indicators_of(alone),
        sum(grant.amount.value for grant in plan.grants),
        {
            loan.id: loan.rate.value
            for loan in plan.loans
            if market_rate is not None and loan.rate.value < market_rate
        },
    )


def _bare(plan: Project, market_rate: float | None) -> Project:
    """The project with the owner's money instead of grants, and with loans of the market."""
    own = tuple(
        OwnFunds(title=f"Взамен: {grant.title}"[:160], date=grant.date, amount=grant.amount)
        for grant in plan.grants
    )
    loans = tuple(_dearer(loan, market_rate) for loan in plan.loans)
    return plan.model_copy(
        update={
            "grants": (),
            "start_batches": (),
            "own_funds": (*plan.own_funds, *own),
            "loans": loans,
        }
    )


def _dearer(loan: Loan, market_rate: float | None) -> Loan:
    """A loan without a refund of interest, at the market's rate where that is higher."""
    bare = loan.model_copy(update={"refund": None})
    if market_rate is None:
        return bare
    rows = tuple(
        row.model_copy(update={"rate": with_value(row.rate, max(row.rate.value, market_rate))})
        for row in loan.rates
    )
    rate = with_value(loan.rate, max(loan.rate.value, market_rate))
    return bare.model_copy(update={"rate": rate, "rates": rows, "floating": None})


@dataclass(frozen=True)
class Increment:
    """What there would not be without the project, over the horizon; roubles without discounting.

    The model counts only what the project adds, so «без проекта» every row is zero.
    """

    revenue: float
    payroll: float
    taxes: float
    bought_in_cluster: float
    bought_abroad: float


def increment(result: Result, scenario: int = 0) -> Increment:
    """With the project less without it: revenue, pay, taxes, purchases inside and abroad.

    Purchases are with VAT, as they are paid; taxes are all that budgets and insurance funds get,
    less refunds of VAT and before all support.
    """
    seen = views(result, scenario)
    budgets = sum(v.net for v in seen if v.side is Side.BUDGET)
    return Increment(
        revenue=float(result.row("revenue", scenario).sum()),
        payroll=float(result.row("payroll", scenario).sum()),
        taxes=budgets + _given(result, scenario),
        bought_in_cluster=sum(v.got for v in seen if v.side is Side.MEMBER),
        bought_abroad=sum(v.got for v in seen if v.id == "market:imported"),
    )


def _given(result: Result, scenario: int) -> float:
    """All support of budgets and funds, not discounted."""
    return float(sum(level.support_flow.sum() for level in budget_view(result, scenario).levels))
