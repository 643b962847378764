"""The rules of the audit: one check for each thing that a document of the package needs."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from course import cooperation
from course.cluster import (
    Cluster,
    Contract,
    Link,
    Member,
    Project,
    Readiness,
    Role,
    SaleStatus,
)
from course.documents.scope import Way, scope
from course.requirements import Outcome
from course.requirements import check as requirements_of
from course.wording import day, quoted

APPLICATION, ORGANISATION, MEMBERS = "Заявление", "Организация", "Участники"
MATRIX, MAP, PASSPORT, PROGRAMME, SUPPORT = "Матрица", "Карта", "Паспорт", "Программа", "Меры"


class Kind(StrEnum):
    """How much a failed check weighs."""

    FAULT = "fault"
    GAP = "gap"
    NOTE = "note"

    @property
    def words(self) -> str:
        """The heading over findings of this kind."""
        return {"fault": "Исправить", "gap": "Дополнить", "note": "Обратить внимание"}[self]


@dataclass(frozen=True)
class Check:
    """One check: what is wrong (with its `subject`) when it does not pass, and whose it is."""

    passed: bool
    kind: Kind
    what: str
    document: str
    place: str
    owner: str
    remedy: str = ""
    subject: str = ""


def checks(cluster: Cluster, on: datetime.date, way: Way) -> Iterator[Check]:
    """Every check of a way's package, in the order of its documents."""
    shown = scope(cluster, way)
    if way == "new":
        yield from _cluster(cluster)
        yield from _organisation(cluster)
    else:
        yield from _joining(cluster)
    for number, member in enumerate(cluster.members):
        if way == "new" or (cluster.join and member.id == cluster.join.enterprise):
            yield from _member(shown, member, f"members[{number}]")
    for number, contract in enumerate(cluster.contracts):
        if contract in shown.contracts:
            yield from _contract(cluster, contract, f"contracts[{number}]", on)
    for number, project in enumerate(cluster.projects):
        if project in shown.projects:
            yield from _project(cluster, project, f"projects[{number}]", on)
    if way == "new":
        yield from _requirements(cluster, on)


def _joining(cluster: Cluster) -> Iterator[Check]:
    """What an enterprise has to know of the cluster that it joins."""
    join = cluster.join
    owner = cluster.member(join.enterprise).label if join else cluster.team.title
    yield Check(join is not None, Kind.FAULT, "не сказано, кто и в какой кластер вступает",
                APPLICATION, "join", owner)  # fmt: skip
    for key, what, value in (
        ("organisation", "его специализированная организация", join and join.organisation),
        ("order", "номер приказа о подтверждении", join and join.order),
        ("confirmed", "дата приказа", join and join.confirmed),
    ):
        yield Check(bool(value), Kind.GAP, f"о кластере не указано: {what}", APPLICATION,
                    f"join.{key}", owner)  # fmt: skip


def _lead(cluster: Cluster) -> str:
    """Who answers for the papers of the whole cluster."""
    known = cluster.specialised_organisation
    return (known.head or known.name) if known else cluster.team.title


def _cluster(cluster: Cluster) -> Iterator[Check]:
    owner = _lead(cluster)
    yield Check(bool(cluster.members), Kind.FAULT, "участников нет", MEMBERS, "members", owner)
    yield Check(bool(cluster.projects), Kind.FAULT, "проектов импортозамещения нет", PASSPORT,
                "projects", owner)  # fmt: skip
    yield Check(bool(cluster.description), Kind.GAP, "нет описания кластера", PROGRAMME,
                "description", owner)  # fmt: skip
    goals = cluster.goals
    for key, what, known in (
        ("goals", "нет стратегических целей", goals is not None),
        ("targets", "нет целевых показателей", goals is not None and bool(goals.targets)),
        ("infrastructure", "не сказано, какая нужна инфраструктура",
         goals is not None and goals.infrastructure is not None),
    ):  # fmt: skip
        yield Check(known, Kind.GAP, what, PROGRAMME, f"goals.{key}", owner)
    final = any(member.final_producer for member in cluster.members)
    yield Check(final, Kind.GAP, "не назван производитель конечной продукции", MAP,
                "members", owner, "Отметьте final_producer")  # fmt: skip


def _organisation(cluster: Cluster) -> Iterator[Check]:
    known, place = cluster.specialised_organisation, "specialised_organisation"
    owner = _lead(cluster)
    yield Check(known is not None, Kind.FAULT, "специализированная организация не названа",
                APPLICATION, place, owner)  # fmt: skip
    for key, what, value in (
        ("inn", "ИНН", known and known.inn),
        ("ogrn", "ОГРН", known and known.ogrn),
        ("address", "адреса", known and known.address),
        ("head", "руководителя", known and known.head),
        ("contacts", "контактов", known and known.contacts),
        ("bank", "банковских реквизитов", known and known.bank),
        ("charter_clause", "пункта устава с функциями", known and known.charter_clause),
        ("functions", "функций по уставу", known and known.functions),
        ("founders", "учредителей", known and known.founders),
    ):
        yield Check(bool(value), Kind.GAP, f"у организации нет {what}", ORGANISATION,
                    f"{place}.{key}", owner)  # fmt: skip
    staff = known is not None and known.staff is not None
    yield Check(staff, Kind.GAP, "не указана численность организации", ORGANISATION,
                f"{place}.staff", owner)  # fmt: skip


def _member(cluster: Cluster, member: Member, place: str) -> Iterator[Check]:
    for key, what, known in (
        ("inn", "ИНН", bool(member.inn)),
        ("ogrn", "ОГРН", bool(member.ogrn)),
        ("address", "адреса площадки", bool(member.address)),
        ("oktmo", "ОКТМО площадки", bool(member.oktmo)),
        ("okved", "основного ОКВЭД2", bool(member.okved)),
        ("headcount", "численности", member.headcount is not None),
        ("payroll", "фонда оплаты труда", member.payroll is not None),
        ("registries", "отметки о реестрах", member.registries is not None),
        *_of_industry(member),
    ):
        yield Check(known, Kind.GAP, f"нет {what}", MEMBERS, f"{place}.{key}", member.label,
                    subject=quoted(member.label))  # fmt: skip
    yield from _bound(cluster, member, place)


def _of_industry(member: Member) -> Iterator[tuple[str, str, bool]]:
    """What only a member with production has."""
    if not member.industrial:
        return
    yield "output", "выпуска за отчётный год", member.output is not None
    yield "sme", "статуса МСП", member.sme is not None
    if member.role is not Role.SERVICE:
        yield "products", "продукции по ОКПД2", bool(member.products)
    if member.final_producer:
        yield "purchases", "закупок за отчётный год", member.purchases is not None


def _bound(cluster: Cluster, member: Member, place: str) -> Iterator[Check]:
    """Every member of the list occurs in the matrix with a signed contract."""
    lonely = member in cooperation.isolated(cluster)
    remedy = cooperation.mendings(cluster, member.id)[0].statement if lonely else ""
    subject = quoted(member.label)
    yield Check(not lonely, Kind.FAULT, "нет подписанного договора о кооперации", MATRIX, place,
                member.label, remedy, subject)  # fmt: skip
    outside = lonely or member not in cooperation.isolated(cluster, affiliates=False)
    yield Check(outside, Kind.NOTE, "договоры только внутри своей группы", MATRIX, place,
                member.label, subject=subject)  # fmt: skip


def _contract(
    cluster: Cluster, contract: Contract, place: str, on: datetime.date
) -> Iterator[Check]:
    supplier = cluster.member(contract.supplier)
    pair = f"{supplier.label} → {cluster.member(contract.buyer).label}"
    what = f"договор {contract.id} ({pair})"

    def made(passed: bool, kind: Kind, said: str, key: str = "", remedy: str = "") -> Check:
        where = f"{place}.{key}" if key else place
        return Check(passed, kind, said, MATRIX, where, supplier.label, remedy, what)

    if contract.signed:
        yield made(bool(contract.number), Kind.GAP, "подписан, но без номера", "number")
        yield made(bool(contract.evidence), Kind.GAP, "не назван подтверждающий файл", "evidence")
        ended = f"срок кончился {day(contract.until)}"
        kind = Kind.NOTE if contract.link is Link.OTHER else Kind.FAULT
        yield made(contract.until >= on, kind, ended, "until", "Продлите или замените договор")
    else:
        late = f"планируется с {day(contract.since)}, день прошёл"
        yield made(contract.since >= on, Kind.FAULT, late, "since", "Подпишите или перенесите срок")
    if contract.link is Link.SUPPLY:
        yield made(bool(contract.okpd2), Kind.GAP, "нет кода ОКПД2", "okpd2")
        yield made(bool(contract.unit), Kind.GAP, "нет единицы измерения", "unit")
        yield made(contract.quantity is not None, Kind.GAP, "нет количества", "quantity")
        own = (
            not contract.okpd2
            or not supplier.products
            or any(
                contract.okpd2.startswith(code) or code.startswith(contract.okpd2)
                for code in supplier.products
            )
        )
        yield made(own, Kind.NOTE, "код ОКПД2 не из продукции поставщика", "okpd2")
    if contract.link is Link.PROJECT:
        yield made(contract.project is not None, Kind.GAP, "не назван проект", "project")
    inside = contract.runs_in(cluster.reporting_year) or not contract.signed
    year = cluster.reporting_year
    yield made(inside, Kind.NOTE, f"не действовал в {year} году, в его расчёты не входит")


def _project(cluster: Cluster, plan: Project, place: str, on: datetime.date) -> Iterator[Check]:
    owner, subject = cluster.member(plan.initiator).label, quoted(plan.title)

    def made(passed: bool, kind: Kind, said: str, key: str, document: str = PASSPORT) -> Check:
        return Check(passed, kind, said, document, f"{place}.{key}", owner, "", subject)

    analogue = plan.analogue
    for key, what, known in (
        ("description", "описания", plan.description),
        ("stage", "стадии готовности", plan.stage),
        ("analogue.producer", "производителя аналога", analogue.producer),
        ("analogue.country", "страны аналога", analogue.country),
        ("analogue.tnved", "кода ТН ВЭД аналога", analogue.tnved),
        ("analogue.price", "цены аналога", analogue.price),
        ("analogue.advantage", "сравнения с аналогом", analogue.advantage),
        ("risks", "рисков", plan.risks),
        *_readiness(plan.readiness or Readiness()),
    ):
        yield made(bool(known), Kind.GAP, f"нет {what}", key)
    yield from _demand(cluster, plan, place, owner)
    uses, sources = plan.budget, sum(source.amount for source in plan.sources)
    yield made(abs(uses - sources) < 1, Kind.FAULT, "источники не равны направлениям", "capex")
    yield made(plan.start >= on, Kind.FAULT, f"начало {day(plan.start)} уже прошло", "start")
    recent = cluster.reporting_year - plan.import_share.year <= 2
    yield made(recent, Kind.NOTE, f"доля импорта за {plan.import_share.year} год", "import_share")
    for number, loan in enumerate(plan.loans):
        said = f"«{loan.title}» — на рыночных условиях, мера не названа"
        key = f"loans[{number}].programme"
        yield made(bool(loan.programme), Kind.NOTE, said, key, SUPPORT)
    for number, grant in enumerate(plan.grants):
        yield made(bool(grant.measure), Kind.NOTE, f"«{grant.title}»: мера не названа",
                   f"grants[{number}].measure", SUPPORT)  # fmt: skip


def _readiness(known: Readiness) -> Iterator[tuple[str, str, bool]]:
    yield "readiness.points_now", "баллов по ПП № 719 сейчас", known.points_now is not None
    yield "readiness.points_target", "цели по баллам ПП № 719", known.points_target is not None
    counted = known.productive_jobs is not None
    yield "readiness.productive_jobs", "числа высокопроизводительных мест", counted


def _demand(cluster: Cluster, plan: Project, place: str, owner: str) -> Iterator[Check]:
    """Buyers are named, what they promise is written, members' flows stand in the matrix."""
    subject = quoted(plan.title)
    sales = [sale for product in plan.products for sale in product.sales]
    firm = any(sale.status is not SaleStatus.PLANNED for sale in sales)
    yield Check(bool(plan.buyers), Kind.FAULT, "среди участников нет покупателя", PASSPORT,
                f"{place}.products", owner, "", subject)  # fmt: skip
    yield Check(firm, Kind.FAULT, "ни договора, ни письма от покупателя", PASSPORT,
                f"{place}.products", owner, "", subject)  # fmt: skip
    pairs = {(contract.supplier, contract.buyer) for contract in cluster.contracts}
    for where, supplier, buyer in _flows(plan, place):
        title = f"{cluster.member(supplier).label} → {cluster.member(buyer).label}"
        said = f"поставки {title} нет в матрице, даже планируемой"
        yield Check((supplier, buyer) in pairs, Kind.GAP, said, MATRIX, where, owner, "", subject)


def _flows(plan: Project, place: str) -> Iterator[tuple[str, str, str]]:
    """Who of the members supplies the project, and to whom of them it sells."""
    for one, product in enumerate(plan.products):
        where = f"{place}.products[{one}]"
        for number, material in enumerate(product.materials):
            if material.supplier:
                yield f"{where}.materials[{number}]", material.supplier, plan.initiator
        for number, sale in enumerate(product.sales):
            if sale.member:
                yield f"{where}.sales[{number}]", plan.initiator, sale.member


def _requirements(cluster: Cluster, on: datetime.date) -> Iterator[Check]:
    """Rules of the edition of the day that the data break; the contract rule is checked above."""
    for verdict in requirements_of(cluster, on=on):
        if verdict.rule in (
            "cluster.cooperation.contracts",
            "cluster.organisation.files_documents",
        ):
            continue
        if verdict.outcome in (Outcome.PASS, Outcome.FAIL):
            said = verdict.statement.rstrip(".")
            remedy = verdict.changes[0] if verdict.changes else ""
            yield Check(verdict.outcome is Outcome.PASS, Kind.FAULT, said, APPLICATION, "",
                        _lead(cluster), remedy)  # fmt: skip
