"""What a team tells about members and projects beyond the cluster file.

Nothing here has a default value: what was not told is not known, and the verdict says so.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Spic(StrEnum):
    """The special investment contract that a member is a party to."""

    NONE = "none"
    FIRST_FEDERAL = "1.0_federal"
    FIRST_REGIONAL = "1.0_regional"
    SECOND = "2.0"

    @property
    def words(self) -> str:
        """The contract in Russian."""
        return _WORDS[self]


_WORDS = {
    Spic.NONE: "СПИК нет",
    Spic.FIRST_FEDERAL: "СПИК 1.0 с Российской Федерацией",
    Spic.FIRST_REGIONAL: "СПИК 1.0 с регионом",
    Spic.SECOND: "СПИК 2.0",
}


@dataclass(frozen=True, kw_only=True)
class Purchase:
    """A documented purchase of a start batch from a supplier, in roubles."""

    supplier: str
    on: datetime.date
    amount: float


@dataclass(frozen=True, kw_only=True)
class MemberFacts:
    """What is known of a member: `None` is «not told», never no.

    `income_share` is the share of income from the activity that the relief lists; `sme_list` and
    `priority_list` tell whether the code is in the lists of 3689-р and 4125-р; `paid` is what the
    applicant already got for start batches.
    """

    spic: Spic | None = None
    income_share: float | None = None
    sme_list: bool | None = None
    priority_list: bool | None = None
    purchases: tuple[Purchase, ...] | None = None
    paid: float | None = None


@dataclass(frozen=True, kw_only=True)
class ProjectFacts:
    """What is known of a project: whether its product is in the list of КИП."""

    kip_listed: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Told:
    """All that a team tells, by the ids of members and projects."""

    members: Mapping[str, MemberFacts] = field(default_factory=dict)
    projects: Mapping[str, ProjectFacts] = field(default_factory=dict)

    def member(self, name: str) -> MemberFacts:
        """What was told of the member; nothing, when nothing was."""
        return self.members.get(name, MemberFacts())

    def project(self, name: str) -> ProjectFacts:
        """What was told of the project; nothing, when nothing was."""
        return self.projects.get(name, ProjectFacts())


UNTOLD = Told()
