"""The audit of a cluster file: what the package still lacks, whose it is, and where it belongs."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from course.cluster import Cluster
from course.documents import rules
from course.documents.rules import Check, Kind
from course.documents.scope import Way
from course.wording import NBSP, count, share

BY_HAND = (
    "подписи, даты и печати во всех документах",
    "отметки о банкротстве и задолженности в сведениях об организации, справки к ним",
    "сроки, взносы и число голосов в соглашениях",
    "кто и в какой день проверил условия мер поддержки",
)


@dataclass(frozen=True)
class Finding:
    """One thing to mend: what, in which document, where in the cluster file, and who mends it.

    A `fault` contradicts the rules of a package, a `gap` is something missing; a `note` is what a
    jury would ask about, and does not lower the readiness.
    """

    kind: Kind
    what: str
    document: str
    place: str
    owner: str
    remedy: str = ""
    subject: str = ""

    @property
    def said(self) -> str:
        """What is wrong, with what it is wrong with."""
        return f"{self.subject}: {self.what}" if self.subject else self.what

    @property
    def statement(self) -> str:
        """The finding as a line of a to-do list."""
        where = f" [{self.place}]" if self.place else ""
        remedy = f" {self.remedy}." if self.remedy else ""
        return f"{self.document}: {self.said}.{remedy} Отвечает: {self.owner}{where}"


@dataclass(frozen=True)
class Audit:
    """What a file came to: its findings, how many checks were made, and how many passed."""

    team: str
    as_of: datetime.date
    findings: tuple[Finding, ...]
    passed: int
    total: int

    @property
    def share(self) -> float:
        """The share of the checks that passed; only a file without gaps and faults has 1."""
        return self.passed / self.total if self.total else 0.0

    @property
    def ready(self) -> str:
        """The readiness in Russian; rounding never makes a file look finished."""
        shown = min(self.share, 0.999) if self.passed < self.total else 1.0
        checks = count(self.total, "проверки", "проверок", "проверок")
        return f"{share(shown)}: {self.passed} из {checks}"

    @property
    def todo(self) -> tuple[Finding, ...]:
        """What lowers the readiness: faults first, then gaps."""
        return tuple(f for kind in (Kind.FAULT, Kind.GAP) for f in self.of(kind))

    def of(self, kind: Kind) -> tuple[Finding, ...]:
        """The findings of one kind, in the order of the documents."""
        return tuple(finding for finding in self.findings if finding.kind is kind)

    def about(self, document: str) -> tuple[Finding, ...]:
        """What is to be mended in one document."""
        return tuple(finding for finding in self.todo if finding.document == document)

    @property
    def lines(self) -> tuple[str, ...]:
        """The to-do list as a command prints it."""
        said = [f"Готовность{NBSP}— {self.ready}."]
        for kind in Kind:
            found = self.of(kind)
            if found:
                said.append(f"{kind.words} ({len(found)}):")
                said += [f"  {finding.statement}" for finding in found]
        return tuple(said)


def audit(cluster: Cluster, as_of: datetime.date, way: Way = "new") -> Audit:
    """Check a cluster file as the package of a way needs it on a day.

    The file itself has been read: codes, control digits and sums are known to be well-formed.
    """
    checks = tuple(rules.checks(cluster, as_of, way))
    counted = [check for check in checks if check.kind is not Kind.NOTE]
    return Audit(
        cluster.team.id,
        as_of,
        tuple(_findings(checks)),
        sum(check.passed for check in counted),
        len(counted),
    )


def _findings(checks: Iterable[Check]) -> Iterable[Finding]:
    for check in checks:
        if not check.passed:
            yield Finding(check.kind, check.what, check.document, check.place, check.owner,
                          check.remedy, check.subject)  # fmt: skip
