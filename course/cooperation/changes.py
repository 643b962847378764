"""What if: a cluster without a member or a contract, with a plan signed, and who is then alone."""

from __future__ import annotations

from course.cluster import Cluster, Contract, Member, Standing
from course.cooperation.arcs import isolated


def without_member(cluster: Cluster, member_id: str) -> Cluster:
    """The members and contracts that stay when a member leaves.

    For questions about links only: projects and the way of joining are left out, since they may
    rest on the member. `KeyError` when there is no such member.
    """
    cluster.member(member_id)
    return cluster.model_copy(
        update={
            "members": tuple(member for member in cluster.members if member.id != member_id),
            "contracts": tuple(
                contract
                for contract in cluster.contracts
                if member_id not in (contract.supplier, contract.buyer)
            ),
            "projects": (),
            "join": None,
        }
    )


def without_contract(cluster: Cluster, contract_id: str) -> Cluster:
    """The cluster without one contract; `KeyError` when there is none."""
    gone = cluster.contract(contract_id)
    kept = tuple(contract for contract in cluster.contracts if contract is not gone)
    return cluster.model_copy(update={"contracts": kept})


def with_contract(cluster: Cluster, contract: Contract) -> Cluster:
    """The cluster with one contract more; `KeyError` when a party is no member."""
    cluster.member(contract.supplier)
    cluster.member(contract.buyer)
    return cluster.model_copy(update={"contracts": (*cluster.contracts, contract)})


def signed(cluster: Cluster, contract_id: str) -> Cluster:
    """The cluster as it is once a planned contract has been signed."""
    planned = cluster.contract(contract_id)
    done = planned.model_copy(update={"status": Standing.SIGNED})
    contracts = tuple(done if each is planned else each for each in cluster.contracts)
    return cluster.model_copy(update={"contracts": contracts})


def left_alone(cluster: Cluster, member_id: str, *, affiliates: bool = True) -> tuple[Member, ...]:
    """Whom the leaving of a member robs of the last signed contract.

    Who had none before is not named. Without `affiliates`, contracts inside one group do not count.
    """
    before = {member.id for member in isolated(cluster, affiliates=affiliates)}
    after = isolated(without_member(cluster, member_id), affiliates=affiliates)
    return tuple(member for member in after if member.id not in before)
