"""What every member and project can get on a day, in order, and what may be had together."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from course.cluster import Cluster
from course.requirements.verdict import Outcome
from course.support import batches, federal_loans, regimes, regional, sector, tariffs
from course.support.card import Kind, cards
from course.support.combination import Combination, best
from course.support.offer import Ask, Offer

Make = Callable[[Ask], Offer]

# Measures that a member asks for as such.
OF_MEMBERS: dict[str, Make] = {
    "start_batches": batches.start_batches,
    "regional_grant": regional.regional_grant,
    "sez_credit": regional.sez_credit,
    "components_credit": sector.components_credit,
    "decree_110": sector.infrastructure_interest,
    **{
        name: partial(sector.subsidy, name)
        for name in ("decree_1252", "decree_1649", "decree_2136", "decree_1619", "decree_109",
                     "design_centres")
    },
    **{f"tariff_{name}": partial(tariffs.contributions, name) for name in tariffs.TARIFFS},
    "profit_tax_radioelectronics": tariffs.profit_tax,
    "tax_monitoring": tariffs.monitoring,
    **{name: partial(regimes.site, name) for name in ("industrial_park", "technopark", "tor")},
    **{name: partial(regimes.demand, name) for name in ("national_regime", "offset")},
}  # fmt: skip
# Measures that the initiator asks for a project.
OF_PROJECTS: dict[str, Make] = {
    "decree_41_projects": batches.decree_41_projects,
    "kip": federal_loans.kip,
    "frp_development": federal_loans.frp_development,
    "frp_components": federal_loans.frp_components,
    "frp_autocomponents": federal_loans.frp_autocomponents,
    "joint_loan": regional.joint_loan,
    "spic_1": partial(regimes.spic, "spic_1"),
    "spic_2": partial(regimes.spic, "spic_2"),
}
_ORDER = (Outcome.PASS, Outcome.UNKNOWN, Outcome.FAIL, Outcome.NOT_APPLICABLE)
_MONEY = (Kind.GRANT, Kind.LOAN, Kind.TARIFF, Kind.TAX, Kind.CONTRACT)


@dataclass(frozen=True)
class Ranking:
    """All offers in order, and two best sets: of what is certain, and of what may turn out so.

    `firm` holds only offers whose every condition passes. `possible` adds those that are unknown
    though somebody has read a page on the measure itself: it is what to work for, and no promise.
    """

    cluster: Cluster
    on: datetime.date
    offers: tuple[Offer, ...]
    firm: Combination
    possible: Combination

    def of(self, outcome: Outcome) -> tuple[Offer, ...]:
        """The offers with this outcome, the most valuable first."""
        return tuple(offer for offer in self.offers if offer.outcome == outcome)

    def offer(self, measure: str, member: str, project: str | None = None) -> Offer:
        """The offer of a measure to a member; `KeyError` when there is none."""
        wanted = ":".join(part for part in (measure, member, project) if part)
        return {offer.id: offer for offer in self.offers}[wanted]

    @property
    def unlocks(self) -> tuple[tuple[str, float], ...]:
        """What has to be read or told, each once, with the known worth that waits for it.

        The worth is that of the offers of the `possible` set; the largest comes first.
        """
        waiting: dict[str, float] = {}
        hoped = {offer.id for offer in self.possible.offers}
        for offer in self.of(Outcome.UNKNOWN):
            for change in offer.changes:
                worth = offer.worth or 0.0 if offer.id in hoped else 0.0
                waiting[change] = waiting.get(change, 0.0) + worth
        return tuple(sorted(waiting.items(), key=lambda one: -one[1]))

    @property
    def open_questions(self) -> tuple[str, ...]:
        """What has to be read or told, what most waits for first."""
        return tuple(ask for ask, _ in self.unlocks)


def rank(cluster: Cluster, *, on: datetime.date) -> Ranking:
    """Every measure for every member and project on that day, in order of outcome and worth.

    What the cluster file does not tell stays unknown.
    """
    found = sorted(offers(cluster, on), key=_place)
    passed = [offer for offer in found if offer.outcome is Outcome.PASS]
    hoped = [offer for offer in found if _hoped(offer)]
    firm = best(offer for offer in passed if offer.kind in _MONEY)
    return Ranking(cluster, on, tuple(found), firm, best(hoped))


def offers(cluster: Cluster, on: datetime.date) -> list[Offer]:
    """One offer for each measure and applicant, members first, in the file's order."""
    assert set(cards()) == OF_MEMBERS.keys() | OF_PROJECTS.keys()
    asks = [Ask(cluster=cluster, member=member, on=on) for member in cluster.members]
    found = [make(ask) for ask in asks for make in OF_MEMBERS.values()]
    for plan in cluster.projects:
        member = cluster.member(plan.initiator)
        ask = Ask(cluster=cluster, member=member, on=on, project=plan)
        found += [make(ask) for make in OF_PROJECTS.values()]
    return found


def _place(offer: Offer) -> tuple[int, float, str]:
    return _ORDER.index(offer.outcome), -(offer.worth or 0.0), offer.id


def _hoped(offer: Offer) -> bool:
    """Whether the offer may turn out to hold, and is not of mere hearsay.

    A value that nobody has confirmed gives no verdict, but what fails by it is nothing to plan on.
    """
    if offer.kind not in _MONEY or offer.outcome not in (Outcome.PASS, Outcome.UNKNOWN):
        return False
    if offer.doubted:
        return False
    return offer.main is not None and offer.main.known and offer.main.standing.confirmed
