"""Views: what the project is to each of those whose money it moves, out of one ledger.

Every line of money has a payer and a payee, so all views together come to zero. Of suppliers,
buyers and workers only the payments are known, not what their goods and their time cost them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from course.finance import indicators
from course.finance.discounting import Array
from course.finance.ledger import ledger, turnover
from course.finance.results import Result


class Side(StrEnum):
    """What kind of participant a view belongs to."""

    PROJECT = "project"
    OWNER = "owner"
    MEMBER = "member"
    BUDGET = "budget"
    LENDER = "lender"
    WORKERS = "workers"
    MARKET = "market"

    @property
    def words(self) -> str:
        """The kind in Russian."""
        return _WORDS[self]


_WORDS = {
    Side.PROJECT: "проект",
    Side.OWNER: "собственник",
    Side.MEMBER: "участник кластера",
    Side.BUDGET: "бюджет или фонд",
    Side.LENDER: "займодавец",
    Side.WORKERS: "работники",
    Side.MARKET: "рынок вне кластера",
}
_BUDGETS = ("budget.federal", "budget.regional", "budget.local", "funds", "fund")
SOCIETY = (Side.PROJECT, Side.OWNER, Side.BUDGET, Side.LENDER)


@dataclass(frozen=True)
class View:
    """One participant: what it got and paid over the horizon, and its flow by months; roubles."""

    id: str
    title: str
    side: Side
    got: float
    paid: float
    flow: Array
    npv: float

    @property
    def net(self) -> float:
        """What it got less what it paid."""
        return self.got - self.paid


def views(result: Result, scenario: int = 0) -> tuple[View, ...]:
    """The view of every participant, by kinds; discounted at the project's rate."""
    flows = ledger(result, scenario)
    table = turnover(result, scenario)
    step = indicators.step_rate(result.input("discount.rate", scenario))
    found = [
        View(
            id,
            title,
            side_of(id, result.case.initiator),
            float(table["Получил"].iloc[place]),
            float(table["Заплатил"].iloc[place]),
            flows[id],
            indicators.npv(step, flows[id]),
        )
        for place, (id, title) in enumerate(result.case.participants)
    ]
    order = list(Side)
    return tuple(sorted(found, key=lambda view: order.index(view.side)))


def side_of(id: str, initiator: str) -> Side:
    """What kind of participant an id of the ledger is in a project of this initiator."""
    if id == initiator:
        return Side.PROJECT
    if id in _BUDGETS:
        return Side.BUDGET
    if id.startswith("lender:"):
        return Side.LENDER
    if id.startswith("market:"):
        return Side.MARKET
    return {"owner": Side.OWNER, "workers": Side.WORKERS}.get(id, Side.MEMBER)


def public_view(result: Result, scenario: int = 0) -> View:
    """The project as the country sees it: project, owner, lenders, budgets and funds together.

    Taxes, support, loans and interest are transfers between them and fall out; so does a subsidy
    that a budget pays to a buyer. Prices are those of the market: shadow prices are not in the
    model, so this is no full «общественная эффективность».
    """
    inside = [view for view in views(result, scenario) if view.side in SOCIETY]
    flow = np.sum([view.flow for view in inside], axis=0)
    if "batches" in result.case.network.ids:
        flow = flow + result.row("batches", scenario)
    step = indicators.step_rate(result.input("discount.rate", scenario))
    return View(
        "society",
        "Проект, собственник, займодавцы, бюджеты и фонды вместе",
        Side.PROJECT,
        float(np.maximum(flow, 0.0).sum()),
        float(-np.minimum(flow, 0.0).sum()),
        flow,
        indicators.npv(step, flow),
    )


@dataclass(frozen=True)
class BudgetLevel:
    """One budget or fund: what it gets, what support it gives, and both together; discounted.

    By months, not discounted: `flow` is what it gets less what it gives; `support_flow` is what it
    gives as support.
    """

    id: str
    title: str
    taxes: float
    support: float
    flow: Array
    support_flow: Array
    payback_months: float | None

    @property
    def npv(self) -> float:
        """What it is left with, discounted."""
        return self.taxes - self.support


@dataclass(frozen=True)
class BudgetView:
    """Budgets and funds together: taxes and contributions against support; roubles, discounted.

    `per_rouble` is roubles of taxes and contributions for a rouble of support, both discounted;
    `None` when the project gets no support from budgets and funds. `levels` are the same apart:
    federal, regional, local budgets, insurance funds, a development fund.
    """

    taxes: float
    support: float
    payback_months: float | None
    levels: tuple[BudgetLevel, ...]

    @property
    def per_rouble(self) -> float | None:
        """Roubles of taxes and contributions per rouble of support."""
        return self.taxes / self.support if self.support else None


def budget_view(result: Result, scenario: int = 0) -> BudgetView:
    """What budgets, insurance funds and development funds get for their support.

    Support is grants, subsidies to buyers and refunds of interest. VAT that comes back to the
    project is taken from the taxes: it is a refund, not support. The benefit of a soft rate is not
    counted here.
    """
    step = indicators.step_rate(result.input("discount.rate", scenario))
    flows, names = ledger(result, scenario), dict(result.case.participants)
    levels = []
    for id in (one for one in _BUDGETS if one in flows):
        support = _support(result, id, scenario)
        levels.append(
            BudgetLevel(
                id,
                names[id],
                indicators.npv(step, flows[id] + support),
                indicators.npv(step, support),
                flows[id],
                support,
                indicators.payback(flows[id]),
            )
        )
    return BudgetView(
        taxes=sum(level.taxes for level in levels),
        support=sum(level.support for level in levels),
        payback_months=indicators.payback(np.sum([level.flow for level in levels], axis=0)),
        levels=tuple(levels),
    )


def _support(result: Result, payer: str, scenario: int) -> Array:
    """All support that one budget or fund gives, by months; a refund of VAT is none."""
    given = [
        line.id
        for line in result.case.network.lines
        if line.payer == payer and line.id != "vat.refunded"
    ]
    total: Array = np.zeros(result.case.months)
    for id in given:
        total = total + result.row(id, scenario)
    return total
