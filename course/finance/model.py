"""The model of one project: from the cluster's file and the norms to a network of lines.

    case(cluster, "power_modules", as_of=day) -> Case

A case is frozen: its network, whose inputs know their owner and source; the participants that pay
each other; the norms' editions that it stands on; notices to be printed wherever results are.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from course import norms as legislation
from course.cluster import Cluster
from course.cluster.projects import Loan, Project, Shape, later
from course.errors import Fault, FinanceError
from course.finance import (
    assets,
    borrowing,
    calendar,
    closing,
    costs,
    flows,
    funding,
    levies,
    limits,
    people,
    sales,
    summary,
    vat,
)
from course.finance.book import Book
from course.finance.lines import Input
from course.finance.network import Network
from course.finance.rules import Rules
from course.finance.variants import plan_of
from course.norms import Edition, Norms


@dataclass(frozen=True)
class SourceRow:
    """A row of «Справка об источниках»: a value, where it comes from and how sure it is."""

    name: str
    value: float
    unit: str
    reference: str
    since: datetime.date | None
    standing: str
    address: str = ""


@dataclass(frozen=True)
class Case:
    """One project ready to be computed: nothing in it changes.

    `correlations` are pairs of inputs with the rank correlation that the team has named.
    """

    cluster: str
    project: str
    title: str
    initiator: str
    as_of: datetime.date
    start: datetime.date
    months: int
    network: Network
    participants: tuple[tuple[str, str], ...]
    editions: tuple[Edition, ...]
    notices: tuple[str, ...]
    correlations: tuple[tuple[str, str, float], ...] = ()

    @property
    def timeline(self) -> tuple[datetime.date, ...]:
        """The first day of every month of the horizon."""
        return tuple(later(self.start, month) for month in range(self.months))

    @property
    def inputs(self) -> tuple[Input, ...]:
        """All numbers that were put in, with their owners and sources."""
        return self.network.values

    @property
    def sources(self) -> tuple[SourceRow, ...]:
        """The norms behind the case, for «Справка об источниках»."""
        return tuple(
            SourceRow(
                item.title,
                item.value,
                item.unit,
                item.source,
                item.since,
                item.status,
                item.address,
            )
            for item in self.network.values
            if item.norm
        )

    def input(self, id: str) -> Input:
        """The input with this id; `FinanceError` when there is none."""
        found = next((item for item in self.network.values if item.id == id), None)
        if found is None:
            raise FinanceError(f"в модели нет исходного данного «{id}»")
        return found


def case(
    cluster: Cluster, project: str, *, as_of: datetime.date, norms: Norms | None = None
) -> Case:
    """The model of a cluster's project on the norms as they were known on `as_of`.

    Raises `FinanceError` for a project that is not in the cluster or contradicts itself, and
    `NormError` for a norm that has no value on a day that the model needs.
    """
    plan = plan_of(cluster, project)
    place = f"projects[{[p.id for p in cluster.projects].index(project)}]"
    _refuse(plan, place)
    book = Book(plan.horizon_months, plan.start, place)
    members = {member.id: member for member in cluster.members}
    book.participant(plan.initiator, members[plan.initiator].label)
    rules = Rules(norms if norms is not None else legislation.norms, book, as_of)
    calendar.calendar(book, plan)
    levies.rates(book, plan, rules)
    calendar.indices(book, plan)
    calendar.currencies(book, plan)
    sales.sales(book, plan, members)
    costs.materials(book, plan, members)
    people.people(book, plan, rules)
    costs.overheads(book, plan)
    assets.investments(book, plan, rules)
    levies.property_tax(book, plan, rules)
    closing.liquidation(book, plan)
    funding.sources(book, plan)
    borrowing.loans(book, plan, rules)
    vat.vat(book, plan)
    levies.profit_tax(book, plan)
    flows.cash(book, plan)
    flows.income(book, plan)
    closing.terminal(book, plan)
    flows.judged(book, plan)
    flows.coverage(book)
    flows.balance(book)
    flows.checks(book, plan)
    summary.figures(book, plan)
    return Case(
        cluster=cluster.title,
        project=plan.id,
        title=plan.title,
        initiator=plan.initiator,
        as_of=as_of,
        start=plan.start,
        months=plan.horizon_months,
        network=book.network(),
        participants=tuple(book.participants.items()),
        editions=tuple(rules.editions.values()),
        notices=(*dict.fromkeys(rules.notices), *limits.limits(plan)),
        correlations=tuple(
            (f"indices.{link.index}.growth", f"indices.{link.other}.growth", link.rank)
            for link in plan.correlations
        ),
    )


def _refuse(plan: Project, place: str) -> None:
    """Tell all contradictions of a plan at once."""
    faults: list[Fault] = []

    def fault(where: str, what: str, remedy: str = "") -> None:
        faults.append(Fault("", f"{place}.{where}", what, remedy))

    if plan.construction_months >= plan.horizon_months:
        fault("construction_months", "строительство не короче горизонта", "Увеличьте горизонт")
    if plan.prices != plan.discount.basis:
        fault(
            "discount.basis",
            "цены и ставка дисконтирования в разных измерениях: одни номинальные, "
            "другие постоянные",
            "Приведите их к одному",
        )
    if plan.discount.rate.value <= -1:
        fault("discount.rate", "ставка дисконтирования не больше −100 %")
    for n, product in enumerate(plan.products):
        if abs(sum(sale.share for sale in product.sales) - 1) > 1e-9:
            fault(f"products[{n}].sales", "доли покупателей не составляют единицу")
    for where, day in _days(plan):
        if not plan.start <= day < plan.end:
            fault(where, f"дата {day:%d.%m.%Y} вне горизонта проекта", "Исправьте дату")
    for n, loan in enumerate(plan.loans):
        _refuse_loan(loan, f"loans[{n}]", fault)
    if faults:
        raise FinanceError(faults)


def _days(plan: Project) -> list[tuple[str, datetime.date]]:
    """All days of the plan on which money moves, with their places."""
    return [
        *((f"capex[{n}].date", item.date) for n, item in enumerate(plan.capex)),
        *((f"own_funds[{n}].date", item.date) for n, item in enumerate(plan.own_funds)),
        *((f"grants[{n}].date", item.date) for n, item in enumerate(plan.grants)),
        *((f"loans[{n}].drawn", item.drawn) for n, item in enumerate(plan.loans)),
    ]


def _refuse_loan(loan: Loan, where: str, fault: Callable[[str, str, str], None]) -> None:
    if loan.grace_months >= loan.term_months:
        fault(f"{where}.grace_months", "льготный срок не короче срока займа", "Сократите его")
    if loan.shape is Shape.QUARTERLY and (loan.term_months - loan.grace_months) % 3:
        fault(
            f"{where}.term_months",
            "после льготного срока остаётся не целое число кварталов",
            "Измените срок займа",
        )
    if loan.shape in (Shape.ANNUITY, Shape.CAPITALISED) and not loan.rate.value:
        fault(f"{where}.rate", "при нулевой ставке аннуитета нет", "Выберите равные доли")
