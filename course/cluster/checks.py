"""Checks of one part of a cluster file against another: ids, dates, sums."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from course.cluster.funding import Loan
from course.cluster.join import Join
from course.cluster.members import Contract, SpecialisedOrganisation
from course.cluster.projects import Origin, Product, Project, later
from course.cluster.references import doubled, unknown
from course.cluster.terms import terms
from course.cluster.values import Provenance
from course.errors import Fault
from course.wording import day, money

ROUBLE = 1.0  # sources and uses are whole budgets: a difference of kopecks is rounding


@dataclass(frozen=True)
class Draft:
    """What of the file could be understood: parts with their places, and the raw data."""

    parts: Mapping[str, list[tuple[str, Any]]]
    data: Mapping[str, Any]


def check(draft: Draft) -> list[Fault]:
    """All contradictions between the parts of the file."""
    faults = [*doubled(draft.data), *unknown(draft.data), *_turnover(draft)]
    for place, member in draft.parts["members"]:
        faults += _owner(place, member.inn, draft.data.get("standing"))
    for place, contract in draft.parts["contracts"]:
        faults += _contract(place, contract)
    for place, organisation in draft.parts["specialised_organisation"]:
        faults += _organisation(place, organisation, draft.data.get("standing"))
    for place, project in draft.parts["projects"]:
        faults += _project(place, project)
    for place, join in draft.parts["join"]:
        faults += _join(place, join)
    return faults


def _owner(place: str, inn: str | None, standing: object) -> Iterator[Fault]:
    """A fault when the ИНН does not fit the data: 00 marks invented firms, and only them."""
    if inn is None:
        return
    invented = inn.startswith("00")
    if standing == Provenance.SYNTHETIC.value and not invented:
        what = f"ИНН {inn} может принадлежать настоящей организации"
        yield Fault("", f"{place}.inn", what, "В учебных данных ИНН начинается с 00")
    if standing == Provenance.DECLARED.value and invented:
        what = f"ИНН {inn} вымышлен: с 00 настоящие не начинаются"
        yield Fault("", f"{place}.inn", what, "Впишите ИНН организации")


def _contract(place: str, contract: Contract) -> Iterator[Fault]:
    if contract.supplier == contract.buyer:
        what = f"участник «{contract.buyer}» заключил договор сам с собой"
        yield Fault("", f"{place}.buyer", what, "Назовите двух разных участников")
    if contract.until < contract.since:
        what = (
            f"договор кончается {day(contract.until)}, раньше своего начала {day(contract.since)}"
        )
        yield Fault("", f"{place}.until", what, "Поменяйте дни местами или исправьте год")


def _turnover(draft: Draft) -> Iterator[Fault]:
    """Members whose contracts of the reporting year are larger than their output or purchases."""
    year = draft.data.get("reporting_year")
    if not isinstance(year, int):
        return
    ran = [c for _, c in draft.parts["contracts"] if c.signed and c.runs_in(year)]
    for place, member in draft.parts["members"]:
        sold = sum(contract.value for contract in ran if contract.supplier == member.id)
        bought = sum(contract.value for contract in ran if contract.buyer == member.id)
        for key, word, inside, whole in (
            ("output", "выпуска", sold, member.output),
            ("purchases", "закупок", bought, member.purchases),
        ):
            if whole is not None and inside > whole + ROUBLE:
                what = (
                    f"договоры {year} года ({money(inside, 'млн ₽')}) больше"
                    f" {word} участника ({money(whole, 'млн ₽')})"
                )
                yield Fault("", f"{place}.{key}", what, "Проверьте суммы и период договоров")


def _organisation(
    place: str, organisation: SpecialisedOrganisation, standing: object
) -> Iterator[Fault]:
    yield from _owner(place, organisation.inn, standing)
    for index, founder in enumerate(organisation.founders):
        where = f"{place}.founders[{index}]"
        if (founder.member is None) == (founder.name is None):
            what = "учредитель назван не одним способом"
            yield Fault("", where, what, "Впишите либо member, либо name")
    total = sum(founder.share for founder in organisation.founders)
    if organisation.founders and abs(total - 1) > 1e-6:
        what = f"доли учредителей дают в сумме {total:.4g}, а не 1".replace(".", ",")
        yield Fault("", f"{place}.founders", what, "Проверьте доли")


def _join(place: str, join: Join) -> Iterator[Fault]:
    """A joining enterprise that is its own partner."""
    if join.enterprise in join.partners:
        what = "предприятие названо и среди участников кластера, в который вступает"
        yield Fault("", f"{place}.partners", what, "Уберите его из partners")


def _project(place: str, project: Project) -> Iterator[Fault]:
    for index, product in enumerate(project.products):
        yield from _product(f"{place}.products[{index}]", product, project)
    yield from _times(place, project)
    yield from _sums(place, project)
    yield from terms(place, project)


def _product(place: str, product: Product, project: Project) -> Iterator[Fault]:
    for index, material in enumerate(product.materials):
        where = f"{place}.materials[{index}]"
        if (material.origin is Origin.CLUSTER) != (material.supplier is not None):
            what = "поставщик из кластера и происхождение cluster называют только вместе"
            yield Fault("", f"{where}.supplier", what, "Впишите supplier или смените origin")
        if material.supplier == project.initiator:
            what = "инициатор проекта назван поставщиком самому себе"
            yield Fault(
                "", f"{where}.supplier", what, "Назовите другого участника или origin: russian"
            )
    for index, sale in enumerate(product.sales):
        where = f"{place}.sales[{index}]"
        if (sale.member is None) == (sale.external is None):
            what = "покупатель назван не одним способом"
            yield Fault("", where, what, "Впишите либо member, либо external")
        if sale.member == project.initiator:
            what = "инициатор проекта назван покупателем своей продукции"
            yield Fault("", f"{where}.member", what, "Назовите другого покупателя")
    total = sum(sale.share for sale in product.sales)
    if abs(total - 1) > 1e-6:
        what = f"доли покупателей дают в сумме {total:.4g}, а не 1".replace(".", ",")
        yield Fault("", f"{place}.sales", what, "Проверьте доли")


def _times(place: str, project: Project) -> Iterator[Fault]:
    """Dates outside the project's horizon, and terms that contradict each other."""
    if project.construction_months >= project.horizon_months:
        what = "строительство длится не меньше горизонта, эксплуатации не остаётся"
        yield Fault("", f"{place}.construction_months", what, "Удлините horizon_months")
    dated = [
        *((f"capex[{i}].date", item.date) for i, item in enumerate(project.capex)),
        *((f"own_funds[{i}].date", item.date) for i, item in enumerate(project.own_funds)),
        *((f"grants[{i}].date", item.date) for i, item in enumerate(project.grants)),
        *((f"loans[{i}].drawn", item.drawn) for i, item in enumerate(project.loans)),
    ]
    for where, date in dated:
        yield from _within(f"{place}.{where}", date, project)
    for index, loan in enumerate(project.loans):
        yield from _loan_times(f"{place}.loans[{index}]", loan, project)
    for index, product in enumerate(project.products):
        if len(product.ramp_up.shares) > project.horizon_months - project.construction_months:
            what = "выход на загрузку длится дольше эксплуатации"
            yield Fault("", f"{place}.products[{index}].ramp_up.shares", what, "Сократите список")


def _within(place: str, date: datetime.date, project: Project) -> Iterator[Fault]:
    if not project.start <= date < project.end:
        last = project.end - datetime.timedelta(days=1)
        what = f"день {day(date)} вне срока проекта: {day(project.start)}–{day(last)}"
        yield Fault("", place, what, "Исправьте день, start или horizon_months")


def _loan_times(place: str, loan: Loan, project: Project) -> Iterator[Fault]:
    if loan.grace_months >= loan.term_months:
        what = "льготный срок не короче срока займа"
        yield Fault("", f"{place}.grace_months", what, "Сократите grace_months")
    if later(loan.drawn, loan.term_months) > project.end:
        what = f"заём гасится позже конца расчёта {day(project.end)}"
        yield Fault("", f"{place}.term_months", what, "Удлините horizon_months или сократите срок")


def _sums(place: str, project: Project) -> Iterator[Fault]:
    """Sources that do not equal uses, and loans larger than the budget."""
    sources = sum(source.amount for source in project.sources)
    if abs(sources - project.budget) >= ROUBLE:
        what = (
            f"источники {money(sources, 'млн ₽', 3)} не равны направлениям"
            f" {money(project.budget, 'млн ₽', 3)}"
        )
        remedy = "Сравните own_funds, loans, grants с capex и other_uses"
        yield Fault("", place, what, remedy)
    for index, loan in enumerate(project.loans):
        if loan.principal.value > project.budget + ROUBLE:
            what = (
                f"заём {money(loan.principal.value, 'млн ₽')} больше бюджета проекта"
                f" {money(project.budget, 'млн ₽')}"
            )
            yield Fault("", f"{place}.loans[{index}].principal", what, "Уменьшите заём")
