"""What a cluster file may say, but a jury would ask about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from course.cluster.members import Link, Registry, Sme
from course.cluster.projects import Contributions, ProfitTax, Project
from course.cluster.values import Status
from course.wording import share

if TYPE_CHECKING:
    from course.cluster.model import Cluster


def warnings(cluster: Cluster) -> tuple[str, ...]:
    """Russian sentences on members and projects, in the file's order."""
    found = [*_members(cluster)]
    for project in cluster.projects:
        found += [f"Проект «{project.title}»: {said}." for said in _project(cluster, project)]
    return tuple(found)


def _members(cluster: Cluster) -> Iterator[str]:
    signed = {name for c in cluster.contracts if c.signed for name in (c.supplier, c.buyer)}
    any_kind = {name for c in cluster.contracts for name in (c.supplier, c.buyer)}
    for member in cluster.members:
        if member.id not in any_kind:
            yield f"У участника «{member.label}» нет ни одного договора в кластере."
        elif member.id not in signed:
            yield f"У участника «{member.label}» договоры только планируются."


def _project(cluster: Cluster, project: Project) -> Iterator[str]:
    yield from _regimes(cluster, project)
    yield from _suppliers(cluster, project)
    if project.discount.basis != project.prices:
        yield "ставка дисконтирования и цены разного рода: одна номинальная, другие постоянные"
    if not project.buyers:
        yield "среди участников кластера нет покупателя продукции"
    for loan in project.loans:
        if loan.rate.status is Status.ASSUMPTION:
            rate = share(loan.rate.value, 2)
            yield f"{loan.title}: ставка {rate} — допущение команды"


def _regimes(cluster: Cluster, project: Project) -> Iterator[str]:
    """Tax regimes whose condition the initiator's card does not show."""
    initiator = cluster.member(project.initiator)
    registered = Registry.RADIOELECTRONICS in (initiator.registries or ())
    wanted = (project.taxes.profit is ProfitTax.RADIOELECTRONICS) or (
        project.taxes.contributions is Contributions.RADIOELECTRONICS
    )
    if wanted and not registered:
        yield "режим радиоэлектроники взят, а у инициатора нет отметки о реестре"
    small = initiator.sme not in (None, Sme.NONE)
    if project.taxes.contributions is Contributions.SME_MANUFACTURING and not small:
        yield "тариф взносов МСП взят, а инициатор не относится к МСП"
    spic = any(
        contract.link is Link.SPIC and contract.signed
        for contract in cluster.contracts
        if project.initiator in (contract.supplier, contract.buyer)
    )
    if project.taxes.contributions is Contributions.CLUSTER_SPIC and not spic:
        yield "тариф взносов участника кластера взят, а подписанного СПИК у инициатора нет"


def _suppliers(cluster: Cluster, project: Project) -> Iterator[str]:
    """Materials from members that no contract with the initiator stands behind."""
    pairs = {(contract.supplier, contract.buyer) for contract in cluster.contracts}
    for product in project.products:
        for material in product.materials:
            if material.supplier and (material.supplier, project.initiator) not in pairs:
                label = cluster.member(material.supplier).label
                yield f"на «{material.title}» нет договора с участником «{label}»"
        for sale in product.sales:
            if sale.member and (project.initiator, sale.member) not in pairs:
                label = cluster.member(sale.member).label
                yield f"на продажу участнику «{label}» нет договора, даже планируемого"
