"""What of a cluster file a way is about: all, or the enterprise that joins and its partners."""

from __future__ import annotations

from typing import Literal

from course.cluster import Cluster

Way = Literal["new", "join"]


def scope(cluster: Cluster, way: Way) -> Cluster:
    """The cluster narrowed to what the papers of a way show.

    Of an enterprise that joins: itself and its partners, the contracts between it and them, and the
    projects that it starts or buys from.
    """
    join = cluster.join
    if way == "new" or join is None:
        return cluster
    name, partners = join.enterprise, set(join.partners)
    return cluster.model_copy(update={
        "members": tuple(m for m in cluster.members if m.id == name or m.id in partners),
        "contracts": tuple(
            c for c in cluster.contracts
            if (c.supplier == name and c.buyer in partners)
            or (c.buyer == name and c.supplier in partners)
        ),
        "projects": tuple(
            p for p in cluster.projects if name == p.initiator or name in p.buyers
        ),
    })  # fmt: skip
