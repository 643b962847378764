"""The law's requirements on a cluster, taken on a day: verdicts, and the legacy readings apart.

    check(cluster, on=day)      one verdict for each rule that is known of
    readings(cluster, on=day)   R1–R4 beside the thresholds of that day

A verdict says "this rule of this edition holds on these data", and never that a cluster complies
with the decree: only an order of the Ministry confirms that.
"""

from __future__ import annotations

import dataclasses
import datetime

from course import cooperation
from course.cluster import Cluster
from course.cooperation import Reading
from course.norms import Edition, norms
from course.requirements import composition, contracts
from course.requirements.contracts import years_after
from course.requirements.thresholds import at_least
from course.requirements.verdict import Outcome, Verdict

__all__ = ["Outcome", "Verdict", "at_least", "check", "edition", "readings", "years_after"]


def check(cluster: Cluster, *, on: datetime.date) -> tuple[Verdict, ...]:
    """A verdict for each known rule in the edition of that day, the contract rule first.

    A day before the decree is a `NormError`.
    """
    edition(on)
    return (
        contracts.contract_rule(cluster, on),
        contracts.service_companies(cluster, on),
        contracts.newcomers_number(cluster, on),
        contracts.newcomers_term(cluster, on),
        contracts.lowered_threshold(cluster, on),
        contracts.new_territories(cluster, on),
        composition.organisation_named(cluster, on),
        composition.founders_half(cluster, on),
        *(rule.verdict(cluster, on) for rule in composition.LEAST),
        *(composition.untold(rule, said, on) for rule, said in composition.UNTOLD),
        *composition.confirmation_clocks(cluster, on),
    )


def readings(cluster: Cluster, *, on: datetime.date) -> tuple[Reading, ...]:
    """R1–R4 on the cluster's data; R2 beside the lower threshold where the territories allow it."""
    found: tuple[Reading, ...] = cooperation.readings(cooperation.dataset(cluster), on)
    if contracts.lowered_threshold(cluster, on).outcome is not Outcome.PASS:
        return found
    lower = norms["cluster.cooperation.share_aggregate_special"].on(on)
    return tuple(
        dataclasses.replace(reading, threshold=lower) if reading.code == "R2" else reading
        for reading in found
    )


def edition(on: datetime.date) -> Edition:
    """The edition of the decree in force on that day; a day before the first is a `NormError`."""
    found: Edition = norms["cluster.decree.editions"].on(on)
    return found
