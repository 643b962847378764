"""Cooperation by region: how much of it crosses a regional border."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from course.cluster import Cluster, Member, Standing
from course.cooperation.arcs import counted

Place = Literal["production", "registration"]


def regional(
    cluster: Cluster, by: Place = "production", status: Standing | str = Standing.SIGNED
) -> pd.DataFrame:
    """Sums of the counted contracts by region, roubles without VAT: rows supply, columns buy.

    A member stands in the region where it produces, or, with `by="registration"`, where it is
    registered: the two differ, and so do the sums.
    """
    names = [region.id for region in cluster.regions]
    row = {name: number for number, name in enumerate(names)}
    sums = np.zeros((len(names), len(names)))
    for contract in counted(cluster, status):
        supplier, buyer = cluster.member(contract.supplier), cluster.member(contract.buyer)
        sums[row[_place(supplier, by)], row[_place(buyer, by)]] += contract.value
    suppliers, buyers = pd.Index(names, name="supplier"), pd.Index(names, name="buyer")
    return pd.DataFrame(sums, index=suppliers, columns=buyers)


def crossing(flows: pd.DataFrame) -> float | None:
    """The share of the sums that crosses a border; `None` where there are no sums."""
    total = float(flows.to_numpy().sum())
    inside = float(np.trace(flows.to_numpy()))
    return (total - inside) / total if total else None


def _place(member: Member, by: Place) -> str:
    return member.region if by == "registration" else member.production_region
