"""The cooperation graph and matrix, who stands alone in it, and what would bind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np
import pandas as pd

from course.cluster import Cluster, Contract, Link, Member, Product, Standing

Flows = Mapping[tuple[str, str], float]

# What `other` names (rent, loans, teaching) is no cooperation in production under any edition.
KINDS = frozenset(Link) - {Link.OTHER}


def affiliated(cluster: Cluster, contract: Contract) -> bool:
    """Whether supplier and buyer belong to one group of affiliated persons."""
    group = cluster.member(contract.supplier).group
    return group is not None and group == cluster.member(contract.buyer).group


def counted(cluster: Cluster, status: Standing | str = Standing.SIGNED) -> tuple[Contract, ...]:
    """The contracts of cooperation with this status whose value belongs to the reporting year.

    Of the signed ones those that ran in the reporting year; the planned ones all, with the value
    of their first full year. Rent, loans and teaching are left out.
    """
    wanted = Standing(status)
    return tuple(
        contract
        for contract in cluster.contracts
        if contract.status is wanted
        and contract.link in KINDS
        and (wanted is Standing.PLANNED or contract.runs_in(cluster.reporting_year))
    )


def graph(
    cluster: Cluster,
    status: Standing | str | None = None,
    *,
    kinds: Iterable[Link] | None = None,
    affiliates: bool = True,
) -> nx.MultiDiGraph:
    """Members as nodes and contracts as arcs from supplier to buyer; the arc's key is its id.

    `status` and `kinds` choose contracts, all by default; without `affiliates` the contracts inside
    one group are left out. Nodes carry `title`, `region` (of production), `role`, `final` and
    `group`; arcs carry `value`, `link`, `status`, `product`, `affiliated`, `interregional`.
    """
    made: nx.MultiDiGraph = nx.MultiDiGraph()
    for member in cluster.members:
        made.add_node(
            member.id,
            title=member.label,
            region=member.production_region,
            role=member.role.value,
            final=member.final_producer,
            group=member.group,
        )
    wanted = frozenset(Link) if kinds is None else frozenset(kinds)
    for contract in cluster.contracts:
        inside = affiliated(cluster, contract)
        if status is not None and contract.status is not Standing(status):
            continue
        if contract.link not in wanted or (inside and not affiliates):
            continue
        made.add_edge(
            contract.supplier,
            contract.buyer,
            key=contract.id,
            value=contract.value,
            link=contract.link.value,
            status=contract.status.value,
            product=contract.product,
            affiliated=inside,
            interregional=_regions(cluster, contract)[0] != _regions(cluster, contract)[1],
        )
    return made


def _regions(cluster: Cluster, contract: Contract) -> tuple[str, str]:
    """Where the supplier and the buyer produce."""
    parties = (cluster.member(contract.supplier), cluster.member(contract.buyer))
    return parties[0].production_region, parties[1].production_region


def graph_of(flows: Flows, members: Iterable[str] = ()) -> nx.MultiDiGraph:
    """A graph of sums by supplier and buyer; `members` adds nodes that no sum names.

    A pair without a sum, or with a sum of zero, is no arc.
    """
    made: nx.MultiDiGraph = nx.MultiDiGraph()
    made.add_nodes_from(members)
    for (supplier, buyer), value in flows.items():
        if value:
            made.add_edge(supplier, buyer, value=float(value), status="signed", affiliated=False)
    return made


def matrix(cluster: Cluster, status: Standing | str = Standing.SIGNED) -> pd.DataFrame:
    """Sums of the counted contracts in roubles without VAT: rows supply, columns buy."""
    names = [member.id for member in cluster.members]
    row = {name: number for number, name in enumerate(names)}
    sums = np.zeros((len(names), len(names)))
    for contract in counted(cluster, status):
        sums[row[contract.supplier], row[contract.buyer]] += contract.value
    suppliers, buyers = pd.Index(names, name="supplier"), pd.Index(names, name="buyer")
    return pd.DataFrame(sums, index=suppliers, columns=buyers)


def between_regions(
    cluster: Cluster, status: Standing | str = Standing.SIGNED
) -> tuple[Contract, ...]:
    """The contracts of cooperation between members who produce in different regions."""
    return tuple(
        contract
        for contract in cluster.contracts
        if contract.status is Standing(status)
        and contract.link in KINDS
        and len(set(_regions(cluster, contract))) == 2
    )


def isolated(cluster: Cluster, *, affiliates: bool = True) -> tuple[Member, ...]:
    """The members whom no signed contract of cooperation binds to another member.

    A planned contract does not count. Without `affiliates`, contracts inside one group do not
    count either: so one sees who stands in the cluster only through its own group.
    """
    signed = graph(cluster, Standing.SIGNED, kinds=KINDS, affiliates=affiliates)
    return tuple(member for member in cluster.members if signed.degree(member.id) == 0)


@dataclass(frozen=True)
class Mending:
    """One thing that would bind an isolated member: `statement` says it in Russian."""

    member: str
    partner: str | None
    contract: str | None
    statement: str


def mendings(cluster: Cluster, member_id: str) -> tuple[Mending, ...]:
    """What would bind an isolated member, nearest first; any one of these would do."""
    member = cluster.member(member_id)
    found: list[Mending] = []
    for contract in cluster.contracts:
        if member_id in (contract.supplier, contract.buyer) and not contract.signed:
            if contract.link not in KINDS:
                continue
            other = contract.buyer if contract.supplier == member_id else contract.supplier
            said = f"Подписать планируемый договор с участником «{cluster.member(other).label}»"
            found.append(Mending(member_id, other, contract.id, f"{said}: {contract.product}"))
    for project in cluster.projects:
        other = project.initiator
        if other != member_id and _takes_part(project.products, member_id):
            said = f"Подписать договор с инициатором проекта «{project.title}»"
            found.append(Mending(member_id, other, None, said))
    kinds = ", ".join(link.words for link in Link if link in KINDS)
    said = f"Заключить с любым участником договор одного из видов: {kinds}"
    found.append(Mending(member_id, None, None, f"{said}; участник — «{member.label}»"))
    return tuple(found)


def _takes_part(products: Iterable[Product], member_id: str) -> bool:
    """Whether a project's products name the member as a supplier or a buyer."""
    return any(
        member_id in (*(m.supplier for m in product.materials), *(s.member for s in product.sales))
        for product in products
    )
