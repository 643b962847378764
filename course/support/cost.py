"""What a soft loan is worth: its grant equivalent against a loan of the market."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course.cluster import Cluster, Loan, Project, Shape, later
from course.finance import loans
from course.finance.discounting import Array


@dataclass(frozen=True)
class Cost:
    """The effective cost of a soft loan: both rates, where the market's is from, and the gain."""

    soft_rate: float
    market_rate: float
    market_source: str
    grant_equivalent: float


def grant_equivalent(opening: Array, soft: ArrayLike, market: float) -> float:
    """Σ (market − soft) · balance / (1 + market)^t over the periods of a schedule.

    `opening` is what is owed at the start of each period, `soft` the rate of a period or one for
    each, `market` the market's rate of a period. It equals the sum lent less the present value, at
    the market's rate, of what is paid back.
    """
    periods = np.arange(1, len(opening) + 1)
    gain = (market - np.asarray(soft, dtype=np.float64)) * opening
    return float((gain / (1.0 + market) ** periods).sum())


def step_months(loan: Loan) -> int:
    """How many months lie between two payments of interest."""
    return 3 if loan.shape is Shape.QUARTERLY else 1


def schedule(loan: Loan, principal: float, soft: ArrayLike) -> loans.Schedule:
    """The loan's schedule at the yearly rates `soft`, one or one for each period."""
    step = step_months(loan)
    rates = np.asarray(soft, dtype=np.float64) * step / 12
    periods, grace = loan.term_months // step, loan.grace_months // step
    paying = max(periods - grace, 1)
    grace = periods - paying
    if loan.shape is Shape.BULLET:
        return loans.equal_principal(principal, rates, 1, grace=periods - 1)
    if loan.shape in (Shape.ANNUITY, Shape.CAPITALISED):
        added = loan.shape is Shape.CAPITALISED
        return loans.annuity(principal, rates, paying, grace=grace, capitalised=added)
    return loans.equal_principal(principal, rates, paying, grace=grace)


def market_rate(cluster: Cluster, project: Project, soft: float) -> tuple[float, str] | None:
    """The dearest loan of the team's file stands for the market: of the project, else of another.

    `None` when the file has no loan dearer than the soft one: the gain is then unknown.
    """
    others = (plan for plan in cluster.projects if plan.id != project.id)
    for plans in ((project,), tuple(others)):
        dear = [loan for plan in plans for loan in plan.loans if loan.rate.value > soft]
        if dear:
            loan = max(dear, key=lambda one: one.rate.value)
            return loan.rate.value, f"{loan.title} ({loan.rate.source})"
    return None


def cost(
    cluster: Cluster,
    project: Project,
    loan: Loan,
    principal: float,
    soft: float,
    soft_until: datetime.date | None = None,
) -> Cost | None:
    """The cost of the sum on the loan's terms at the yearly rate `soft`.

    After `soft_until` the market's rate is paid. `None` when the market's rate is not known.
    """
    found = market_rate(cluster, project, soft)
    if found is None:
        return None
    market, source = found
    step = step_months(loan)
    periods = loan.term_months // step
    rates = np.full(periods, soft)
    if soft_until is not None:
        ends = [later(loan.drawn, step * (n + 1)) for n in range(periods)]
        rates = np.where([end <= soft_until for end in ends], soft, market)
    opening = schedule(loan, principal, rates).opening
    gain = grant_equivalent(opening, rates * step / 12, market * step / 12)
    return Cost(soft, market, source, gain)
