"""Contagion: a member leaves the cluster or stands still; who of the others is hit, and how hard.

Two layers. Over signed contracts a loss of activity spreads in proportion: a buyer loses the share
of its purchases that no longer comes, a supplier the share of its output that is no longer bought.
Within a project it is strict: without one material nothing is made, while people, rent and loans
are paid on. The proportion is the course's own proposal; what a member really loses depends on
its stocks and on other suppliers, of which the cluster's file knows nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from course import wording
from course.cluster import Cluster, Project, later
from course.errors import FinanceError
from course.finance.model import case
from course.finance.results import Indicators, indicators_of, run
from course.finance.variants import plan_of, with_project, with_value

ROUNDS = 100
SMALL = 1e-9


@dataclass(frozen=True)
class Event:
    """A member that stops on the first day of a month, for good or for some months."""

    member: str
    since: datetime.date
    months: int | None = None


@dataclass(frozen=True)
class Hit:
    """What a member loses: shares of its purchases, of its output, and the greater of the two.

    `None`: the cluster's file does not tell the member's purchases or output.
    """

    member: str
    title: str
    purchases: float | None
    output: float | None

    @property
    def activity(self) -> float:
        """The share of activity that is lost, as far as it is known."""
        return max(self.purchases or 0.0, self.output or 0.0)


@dataclass(frozen=True)
class ProjectHit:
    """A project before and during the event: `made` is the share of the volume still made.

    `breaks` is the first month without money, `None` if money lasts.
    """

    project: str
    title: str
    made: float
    before: Indicators
    after: Indicators
    breaks: datetime.date | None

    @property
    def npv_change(self) -> float:
        """What the event costs the project, as a change of ЧДД."""
        return self.after.npv - self.before.npv


@dataclass(frozen=True)
class Contagion:
    """An event with all it touches: members by loss, projects by the month in which they break."""

    event: Event
    members: tuple[Hit, ...]
    projects: tuple[ProjectHit, ...]

    @property
    def words(self) -> str:
        """Who breaks first, in one Russian sentence."""
        broken = [hit for hit in self.projects if hit.breaks is not None]
        if broken:
            first = broken[0]
            month = wording.month(first.breaks)
            return f"Первым без денег остаётся проект «{first.title}»: {month}."
        if self.projects and self.projects[0].npv_change < -SMALL:
            hit = min(self.projects, key=lambda one: one.npv_change)
            lost = wording.money(-hit.npv_change)
            return f"Денег хватает всем. Больше других теряет проект «{hit.title}»: {lost} ЧДД."
        return "Проекты кластера событие не затрагивает."


def contagion(cluster: Cluster, event: Event, *, as_of: datetime.date) -> Contagion:
    """Spread an event over contracts and projects; `FinanceError` for an unknown member."""
    hits = spread(cluster, event)
    lost = {hit.member: hit.activity for hit in hits}
    projects = [_project(cluster, plan, event, lost, as_of) for plan in cluster.projects]
    end = datetime.date.max
    ordered = sorted(projects, key=lambda hit: (hit.breaks or end, hit.npv_change))
    return Contagion(event, hits, tuple(ordered))


def spread(cluster: Cluster, event: Event) -> tuple[Hit, ...]:
    """The losses of all members over the signed contracts of the reporting year, greatest first.

    The member of the event loses all. Losses go both ways along the contracts until they settle.
    """
    members = {member.id: member for member in cluster.members}
    if event.member not in members:
        raise FinanceError(f"участника «{event.member}» в кластере нет")
    if event.months is not None and event.months < 1:
        raise FinanceError("событие длится хотя бы один месяц")
    year = cluster.reporting_year
    running = [c for c in cluster.contracts if c.signed and c.runs_in(year)]
    lost = dict.fromkeys(members, 0.0) | {event.member: 1.0}
    bought = dict.fromkeys(members, 0.0)
    sold = dict(bought)
    for _ in range(ROUNDS):
        bought, sold = dict.fromkeys(members, 0.0), dict.fromkeys(members, 0.0)
        for contract in running:
            bought[contract.buyer] += contract.value * lost[contract.supplier]
            sold[contract.supplier] += contract.value * lost[contract.buyer]
        settled = dict(lost)
        for id, member in members.items():
            if id != event.member:
                shares = (_part(bought[id], member.purchases), _part(sold[id], member.output))
                settled[id] = max(0.0, *(share or 0.0 for share in shares))
        if max(abs(settled[id] - lost[id]) for id in members) < SMALL:
            break
        lost = settled
    hits = [
        Hit(id, member.label, 1.0, 1.0)
        if id == event.member
        else Hit(id, member.label, _part(bought[id], member.purchases),
                 _part(sold[id], member.output))
        for id, member in members.items()
    ]  # fmt: skip
    return tuple(sorted(hits, key=lambda hit: -hit.activity))


def _part(value: float, whole: float | None) -> float | None:
    if whole is None:
        return None
    return min(1.0, value / whole) if whole else 0.0


def _project(
    cluster: Cluster,
    plan: Project,
    event: Event,
    lost: Mapping[str, float],
    as_of: datetime.date,
) -> ProjectHit:
    before = run(case(cluster, plan.id, as_of=as_of))
    made = made_of(plan, event, lost)
    outcome = before
    if made < 1.0:
        hit = with_project(cluster, disturbed(plan, event, made))
        outcome = run(case(hit, plan.id, as_of=as_of))
    cash = outcome.row("cash.closing")
    short = next((n for n, value in enumerate(cash.tolist()) if value < -0.005), None)
    return ProjectHit(
        plan.id,
        plan.title,
        made,
        indicators_of(before),
        indicators_of(outcome),
        None if short is None else later(plan.start, short),
    )


def made_of(plan: Project, event: Event, lost: Mapping[str, float]) -> float:
    """The share of a project's volume that is still made and sold while the event lasts.

    Nothing without the initiator. The scarcest material bounds the volume of all its products; of
    what can be made, each buyer takes its share less what it has lost.
    """
    if plan.initiator == event.member:
        return 0.0
    suppliers = {m.supplier for p in plan.products for m in p.materials if m.supplier}
    supplied = min((1.0 - lost[id] for id in suppliers), default=1.0)
    wanted = min(
        sum(s.share * (1.0 - (lost[s.member] if s.member else 0.0)) for s in product.sales)
        for product in plan.products
    )
    return max(0.0, min(supplied, wanted))


def disturbed(plan: Project, event: Event, made: float) -> Project:
    """The project with its volume cut to a share in the months of the event."""
    first = later(plan.start, plan.construction_months)
    begin = (event.since.year - first.year) * 12 + event.since.month - first.month
    months = plan.horizon_months - plan.construction_months
    end = months if event.months is None else begin + event.months
    products = []
    for product in plan.products:
        shares = list(product.ramp_up.shares) + [1.0] * (months - len(product.ramp_up.shares))
        cut = [
            share * made if begin <= month < end else share for month, share in enumerate(shares)
        ]
        ramp = product.ramp_up.model_copy(update={"shares": tuple(cut)})
        products.append(product.model_copy(update={"ramp_up": ramp}))
    return plan.model_copy(update={"products": tuple(products)})


@dataclass(frozen=True)
class SecondSource:
    """What it is worth to buy a part of a member's materials elsewhere from the start.

    `premium` is what the dearer part costs if nothing happens, `saved` what it saves if the event
    comes (both ЧДД, roubles). It pays when the event is likelier than `worth_from`.
    """

    project: str
    share: float
    premium: float
    saved: float

    @property
    def worth_from(self) -> float | None:
        """The probability of the event from which a second source pays; `None`: at none."""
        return self.premium / self.saved if self.saved > self.premium else None


def second_source(
    cluster: Cluster,
    project: str,
    event: Event,
    *,
    share: float,
    markup: float,
    as_of: datetime.date,
) -> SecondSource:
    """Buy `share` of a supplier's materials elsewhere, dearer by `markup`, over the whole project.

    In the event the project then makes this share instead of nothing. Raises `FinanceError` if the
    member supplies nothing to the project, or a share is none.
    """
    if not 0 < share <= 1 or markup < 0:
        raise FinanceError("доля второго поставщика лежит от 0 до 1, наценка не меньше нуля")
    plan = plan_of(cluster, project)
    if not any(m.supplier == event.member for p in plan.products for m in p.materials):
        raise FinanceError(f"участник «{event.member}» ничего не поставляет проекту")
    dearer = _dearer(plan, event.member, 1.0 + share * markup)
    worth = [
        indicators_of(run(case(with_project(cluster, one), project, as_of=as_of))).npv
        for one in (plan, dearer, disturbed(plan, event, 0.0), disturbed(dearer, event, share))
    ]
    premium = worth[0] - worth[1]
    return SecondSource(project, share, premium, worth[3] - worth[2] + premium)


def _dearer(plan: Project, supplier: str, factor: float) -> Project:
    products = []
    for product in plan.products:
        materials = tuple(
            material.model_copy(
                update={"price": with_value(material.price, material.price.value * factor)}
            )
            if material.supplier == supplier
            else material
            for material in product.materials
        )
        products.append(product.model_copy(update={"materials": materials}))
    return plan.model_copy(update={"products": tuple(products)})
