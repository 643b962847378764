"""What templates may ask for about a cluster: its organisation, members and contracts as texts."""

from __future__ import annotations

import datetime
from typing import Any

from course import cooperation
from course.claims.book import COUNT, SHARE, THOUSANDS, Book, hole
from course.cluster import Cluster, Contract, Link, Member, Registry, Role, SpecialisedOrganisation
from course.documents import law
from course.wording import ABSENT, NBSP, day, quoted

Fields = dict[str, Any]
REGISTRIES = {
    Registry.PP719: "ПП № 719",
    Registry.ERRRP: "ЕРРРП",
    Registry.RADIOELECTRONICS: "реестр РЭП",
    Registry.SEZ: "ОЭЗ",
}


def text(value: str | None, what: str = "") -> str:
    """The text, or a visible hole that names what is missing."""
    return value if value else hole(what)


def shortened(said: str, length: int = 46) -> str:
    """A name cut to what a slide or a figure has room for."""
    return said if len(said) <= length else f"{said[: length - 1].rstrip()}…"


def common(cluster: Cluster, as_of: datetime.date, book: Book) -> Fields:
    """The fields that every template may use: the day, the cluster, the organisation."""
    return {
        "day": day(as_of),
        "year": str(as_of.year),
        "mark": law.mark(cluster.standing),
        "cluster": cluster_fields(cluster, book),
        "organisation": organisation_fields(cluster, book),
        "members": [member_fields(cluster, m, book, n) for n, m in enumerate(cluster.members, 1)],
    }


def cluster_fields(cluster: Cluster, book: Book) -> Fields:
    """The cluster as a whole."""
    regions = [region.title for region in cluster.regions]
    signed = [contract for contract in cluster.contracts if contract.signed]
    repeat = cluster.confirmed is not None
    return {
        "title": cluster.title,
        "quoted": quoted(cluster.title),
        "description": text(cluster.description, "описание кластера"),
        "regions": ", ".join(regions),
        "okved": cluster.okved,
        "year": str(cluster.reporting_year),
        "kind": "повторное подтверждение соответствия" if repeat else "подтверждение соответствия",
        "confirmed": day(cluster.confirmed) if repeat else "ранее не подтверждался",
        "members": book.put("cluster.members", "участников", len(cluster.members), COUNT),
        "projects": book.put("cluster.projects", "проектов", len(cluster.projects), COUNT),
        "contracts": book.put("cluster.contracts", "договоров", len(cluster.contracts), COUNT),
        "signed": book.put("cluster.contracts.signed", "подписано договоров", len(signed), COUNT),
        "planned": book.put(
            "cluster.contracts.planned", "планируется договоров",
            len(cluster.contracts) - len(signed), COUNT,
        ),
        "between": between("cluster.between", cluster, book),
    }  # fmt: skip


def organisation_fields(cluster: Cluster, book: Book) -> Fields:
    """The specialised organisation; all holes where the file does not name one."""
    known = cluster.specialised_organisation
    said = {
        "name": text(known.name if known else None, "специализированная организация"),
        "inn": text(known.inn if known else None, "ИНН"),
        "ogrn": text(known.ogrn if known else None, "ОГРН"),
        "form": text(known.form if known else None, "организационно-правовая форма"),
        "region": cluster.region(known.region).title if known else hole("регион"),
        "address": text(known.address if known else None, "адрес"),
        "head": text(known.head if known else None, "руководитель"),
        "contacts": text(known.contacts if known else None, "телефон и электронная почта"),
        "bank": text(known.bank if known else None, "банковские реквизиты"),
        "charter": text(known.charter_clause if known else None, "пункт устава"),
        "functions": list(known.functions) if known and known.functions else [hole("функции")],
        "founders": _founders(cluster, known, book),
    }
    staff = known.staff if known else None
    return {**said, "staff": book.put("organisation.staff", "численность", staff, COUNT)}


def _founders(cluster: Cluster, known: SpecialisedOrganisation | None, book: Book) -> list[Fields]:
    founders = known.founders if known else ()
    rows = []
    for number, founder in enumerate(founders, 1):
        member = cluster.member(founder.member) if founder.member else None
        rows.append({
            "number": str(number),
            "name": member.name if member else text(founder.name, "учредитель"),
            "inn": text(member.inn) if member else hole(),
            "share": book.put(
                f"organisation.founders.{number}.share", f"доля учредителя {number}",
                founder.share, SHARE,
            ),
        })  # fmt: skip
    return rows or [{"number": "1", "name": hole("учредители"), "inn": hole(), "share": hole()}]


def member_fields(cluster: Cluster, member: Member, book: Book, number: int = 1) -> Fields:
    """A member: codes as text, sums as figures in thousands of roubles."""
    id = f"members.{member.id}"
    flags = None if member.registries is None else [REGISTRIES[flag] for flag in member.registries]
    return {
        "id": member.id,
        "number": str(number),
        "name": member.name,
        "label": member.label,
        "inn": text(member.inn),
        "ogrn": text(member.ogrn),
        "region": cluster.region(member.region).title,
        "regions": _regions(cluster, member),
        "site": cluster.region(member.production_region).title,
        "address": text(member.address, "адрес"),
        "oktmo": text(member.oktmo, "ОКТМО"),
        "okved": text(member.okved),
        "role": member.role.words,
        "products": ", ".join(member.products) or (hole() if _makes(member) else ABSENT),
        "final": "да" if member.final_producer else "нет",
        "output": _sum(book, f"{id}.output", f"выпуск: {member.label}", member, member.output),
        "purchases": _sum(book, f"{id}.purchases", f"закупки: {member.label}", member,
                          member.purchases),
        "headcount": _count(book, f"{id}.headcount", f"численность: {member.label}",
                            member.headcount),
        "payroll": _sum(book, f"{id}.payroll", f"фонд оплаты труда: {member.label}", member,
                        member.payroll, always=True),
        "sme": member.sme.words if member.sme else (hole() if member.industrial else ABSENT),
        "group": member.group or "нет",
        "joined": _joined(cluster, member),
        "registries": hole() if flags is None else "; ".join(flags) or "не состоит",
        "territory": member.territory.words if member.territory else hole(),
    }  # fmt: skip


def _regions(cluster: Cluster, member: Member) -> str:
    """Where the member is registered, and where it produces when that is another region."""
    home = cluster.region(member.region).title
    site = cluster.region(member.production_region).title
    return home if home == site else f"{home}; производство: {site}"


def _makes(member: Member) -> bool:
    """Whether the member has products of its own: services, universities and sites have none."""
    return member.industrial and member.role is not Role.SERVICE


def _sum(
    book: Book, id: str, title: str, member: Member, value: float | None, *, always: bool = False
) -> str:
    """A sum in thousands of roubles; a university has no output that could be missing."""
    if value is None:
        return hole() if member.industrial or always else ABSENT
    return book.put(id, title, value, THOUSANDS)


def _joined(cluster: Cluster, member: Member) -> str:
    """The members of a cluster that is not confirmed yet join it by signing the agreement."""
    if member.joined:
        return day(member.joined)
    return "со дня соглашения" if cluster.confirmed is None else hole()


def _count(book: Book, id: str, title: str, value: int | None) -> str:
    return hole() if value is None else book.put(id, title, value, COUNT)


def contract_fields(cluster: Cluster, contract: Contract, book: Book, number: int) -> Fields:
    """A contract as a row of the matrix."""
    supplier, buyer = cluster.member(contract.supplier), cluster.member(contract.buyer)
    id, about = f"contracts.{contract.id}", f"{supplier.label} → {buyer.label}"
    marks = []
    if cooperation.affiliated(cluster, contract):
        marks.append("внутри одной группы")
    if supplier.production_region != buyer.production_region:
        marks.append("между регионами")
    if contract.signed and not contract.runs_in(cluster.reporting_year):
        marks.append(f"не действовал в {cluster.reporting_year} году")
    return {
        "number": str(number),
        "supplier": supplier.label, "supplier_inn": text(supplier.inn),
        "buyer": buyer.label, "buyer_inn": text(buyer.inn),
        "link": contract.link.words,
        "document": _document(contract),
        "since": day(contract.since), "until": day(contract.until),
        "product": contract.product,
        "okpd2": contract.okpd2 or (hole() if contract.link is Link.SUPPLY else ABSENT),
        "amount": _amount(contract, about, book),
        "value": book.put(f"{id}.value", f"договор {contract.id}, {about}", contract.value,
                          THOUSANDS),
        "evidence": contract.evidence or (hole() if contract.signed else ABSENT),
        "status": contract.status.words,
        "planned": not contract.signed,
        "marks": "; ".join(marks) or ABSENT,
    }  # fmt: skip


def _document(contract: Contract) -> str:
    if contract.number:
        return f"№{NBSP}{contract.number}"
    return hole("номер") if contract.signed else "не подписан"


def _amount(contract: Contract, about: str, book: Book) -> str:
    """A quantity with its unit; works and services may have none."""
    if contract.quantity is None or contract.unit is None:
        return hole() if contract.link is Link.SUPPLY else ABSENT
    id = f"contracts.{contract.id}.quantity"
    quantity = book.put(id, f"количество: {about}", contract.quantity, COUNT)
    return f"{quantity} {contract.unit}"


def between(id: str, cluster: Cluster, book: Book) -> str:
    """How many signed contracts bind members of different regions."""
    found = len(cooperation.between_regions(cluster))
    return book.put(id, "подписано договоров между регионами", found, COUNT)


def matrix_fields(cluster: Cluster, contracts: tuple[Contract, ...], book: Book) -> Fields:
    """The cooperation matrix as rows, with the members that no signed contract binds."""
    lonely = [member.label for member in cooperation.isolated(cluster)]
    return {
        "contracts": [contract_fields(cluster, c, book, n) for n, c in enumerate(contracts, 1)],
        "isolated": ", ".join(map(quoted, lonely)) or "таких участников нет",
        "between": between("matrix.between", cluster, book),
    }  # fmt: skip
