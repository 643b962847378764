"""All projects of a cluster together: what each member, budget and lender gets and pays by years.

Every project has a ledger of its own that sums to zero; so does their sum. A member may be the
initiator of one project, a supplier of another and a buyer of a third: its own view adds all three.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course.errors import FinanceError
from course.finance.discounting import Array
from course.finance.ledger import ledger
from course.finance.results import Result
from course.finance.views import Side, side_of


@dataclass(frozen=True)
class Role:
    """What a participant is in one project, and the sums that it gets and pays; roubles."""

    project: str
    title: str
    side: Side
    got: float
    paid: float

    @property
    def net(self) -> float:
        """What it got less what it paid."""
        return self.got - self.paid


@dataclass(frozen=True)
class Share:
    """One participant over all projects: its roles, and what it is left with by calendar years."""

    id: str
    title: str
    roles: tuple[Role, ...]
    by_year: pd.Series

    @property
    def net(self) -> float:
        """What it got less what it paid in all projects."""
        return sum(role.net for role in self.roles)

    @property
    def member(self) -> bool:
        """Whether it is a member of the cluster: initiator, supplier or buyer."""
        return any(role.side in (Side.PROJECT, Side.MEMBER) for role in self.roles)


@dataclass(frozen=True)
class ClusterView:
    """The projects of a cluster on one calendar; roubles, not discounted.

    `members` are each member's own view, `others` budgets, lenders, owners, workers, markets. The
    sum over both is zero in every year.
    """

    years: tuple[int, ...]
    members: tuple[Share, ...]
    others: tuple[Share, ...]

    @property
    def everybody(self) -> tuple[Share, ...]:
        """All participants."""
        return (*self.members, *self.others)

    @property
    def total(self) -> float:
        """What all together gained: zero, or a line has no payer."""
        return sum(share.net for share in self.everybody)

    @property
    def inside(self) -> pd.Series:
        """What the members together are left with by years: the cluster's own view."""
        rows = [share.by_year for share in self.members]
        return pd.Series(np.sum(rows, axis=0), index=list(self.years), dtype=float)


def cluster_view(results: Sequence[Result], scenario: int = 0) -> ClusterView:
    """The computed projects of one cluster together; `FinanceError` for none or two clusters."""
    if len({result.case.cluster for result in results}) != 1:
        raise FinanceError("нужны рассчитанные проекты одного кластера")
    years = tuple(sorted({day.year for result in results for day in result.case.timeline}))
    titles: dict[str, str] = {}
    roles: dict[str, list[Role]] = {}
    rows: dict[str, Array] = {}
    for result in results:
        flows = ledger(result, scenario)
        position = np.array([years.index(day.year) for day in result.case.timeline])
        for id, title in result.case.participants:
            titles.setdefault(id, title)
            roles.setdefault(id, []).append(_role(result, id, scenario))
            by_year = np.bincount(position, weights=flows[id], minlength=len(years))
            rows[id] = rows.get(id, np.zeros(len(years))) + by_year
    shares = [
        Share(id, title, tuple(roles[id]), pd.Series(rows[id], index=list(years), dtype=float))
        for id, title in titles.items()
    ]
    return ClusterView(
        years,
        tuple(share for share in shares if share.member),
        tuple(share for share in shares if not share.member),
    )


def _role(result: Result, id: str, scenario: int) -> Role:
    lines = result.case.network.lines
    got = sum(float(result.row(line.id, scenario).sum()) for line in lines if line.payee == id)
    paid = sum(float(result.row(line.id, scenario).sum()) for line in lines if line.payer == id)
    case = result.case
    return Role(case.project, case.title, side_of(id, case.initiator), got, paid)
