"""What a project's plan asks for, each with the measure that answers it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from course.cluster import Figure, Project
from course.support.borrowing import measure_named
from course.support.offer import Offer
from course.support.ranking import Ranking


@dataclass(frozen=True, kw_only=True)
class Request:
    """A loan, grant or measure of a plan: what, who asks, how much, when, and the offer behind it.

    `offer` is `None` where no measure of the data stands behind the line: a loan of a bank.
    """

    id: str
    title: str
    applicant: str
    amount: Figure
    date: datetime.date | None
    offer: Offer | None

    @property
    def market(self) -> bool:
        """Whether it is a loan of the market: no measure of support stands behind it."""
        return self.offer is None and self.id.startswith("loans.")


def requests(ranking: Ranking, plan: Project) -> tuple[Request, ...]:
    """The requests of a project, loans first, in the file's order."""
    found = {offer.id: offer for offer in ranking.offers}

    def offer(measure: str | None, member: str, project: str | None = None) -> Offer | None:
        return found.get(":".join(part for part in (measure, member, project) if part))

    lent = [
        Request(
            id=f"loans.{loan.id}", title=loan.title, applicant=plan.initiator,
            amount=loan.principal, date=loan.drawn,
            offer=offer(measure_named(loan.programme), plan.initiator, plan.id),
        )
        for loan in plan.loans
    ]  # fmt: skip
    given = [
        Request(
            id=f"grants.{grant.id}", title=grant.title, applicant=plan.initiator,
            amount=grant.amount, date=grant.date,
            offer=offer(_granted(grant.measure), plan.initiator),
        )
        for grant in plan.grants
    ]  # fmt: skip
    wished = [
        Request(
            id=f"support.{place}", title=wish.measure, applicant=wish.applicant,
            amount=wish.amount, date=None, offer=offer(_granted(wish.measure), wish.applicant),
        )
        for place, wish in enumerate(plan.support, 1)
    ]  # fmt: skip
    return (*lent, *given, *wished)


def _granted(said: str | None) -> str | None:
    """The measure that a grant names by its norm, or that a wish names in words."""
    words = (said or "").lower()
    if words.startswith("fund.kursk.grants"):
        return "regional_grant"
    return "start_batches" if "start_batches" in words or "стартов" in words else None
