"""A measure for one applicant: conditions with verdicts, sum, worth, window, money, exclusions."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from course.cluster import Cluster, Eligibility, Member, Project, Readiness
from course.norms import Edition
from course.requirements.verdict import Outcome, Verdict
from course.support.card import Card, Kind
from course.support.condition import AGAINST, FAIL, NOT_APPLICABLE, UNKNOWN, together
from course.support.cost import Cost
from course.support.window import NEEDLESS, Budget, Window


@dataclass(frozen=True, kw_only=True)
class Ask:
    """Who asks, for what project, and on which day."""

    cluster: Cluster
    member: Member
    on: datetime.date
    project: Project | None = None

    @property
    def facts(self) -> Eligibility:
        """What the file tells of the member for measures; nothing, when it tells nothing."""
        return self.member.eligibility or Eligibility()

    @property
    def readiness(self) -> Readiness:
        """What the file tells of the project beyond its money."""
        return self.plan.readiness or Readiness()

    @property
    def plan(self) -> Project:
        """The project; `ValueError` for a measure that is asked by a member as such."""
        if self.project is None:
            raise ValueError("a measure of a project was asked without one")
        return self.project


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One measure for one applicant on a day.

    `amount` is the most that may be had, in roubles, and `basis` says where it is from; `worth` is
    what it leaves to the applicant: a grant itself, the grant equivalent of a loan, a year's
    saving of a tariff. `None` is «not known». Two offers with a common word in `excludes` are
    alternatives; each measure in `requires` has to be had by the same applicant. The offers of one
    `pool` share its money.
    """

    card: Card
    member: str
    project: str | None = None
    region: str | None = None
    fund: str = ""
    conditions: tuple[Verdict, ...]
    amount: float | None = None
    basis: str = ""
    worth: float | None = None
    cost: Cost | None = None
    window: Window = NEEDLESS
    budget: Budget | None = None
    excludes: frozenset[str] = frozenset()
    requires: frozenset[str] = frozenset()
    pool: str | None = None

    @property
    def id(self) -> str:
        """The measure, the member and the project in one word."""
        return ":".join(part for part in (self.card.id, self.member, self.project) if part)

    @property
    def outcome(self) -> Outcome:
        """What all conditions give together."""
        return together(self.conditions)

    @property
    def kind(self) -> Kind:
        """What the measure helps with."""
        return self.card.kind

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the outcome is what it is: the evidence of the conditions that decide it."""
        outcome = self.outcome
        deciding = [c for c in self.conditions if c.outcome is outcome]
        return tuple(dict.fromkeys(f"{c.title}: {'; '.join(c.evidence)}" for c in deciding))

    @property
    def doubted(self) -> bool:
        """Whether a value that is too weak for a verdict speaks against the offer."""
        return any(AGAINST in c.evidence for c in self.conditions)

    @property
    def changes(self) -> tuple[str, ...]:
        """What would change the verdict, or what has to be read."""
        open_ = [c for c in self.conditions if c.outcome in (FAIL, UNKNOWN, NOT_APPLICABLE)]
        return tuple(dict.fromkeys(line for c in open_ for line in c.changes))

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions that the verdict stands on, each once."""
        found = [c.edition for c in self.conditions if c.edition is not None]
        return tuple(dict.fromkeys(found))

    @property
    def main(self) -> Edition | None:
        """The edition of the measure's own rule."""
        return next((e for e in self.editions if e.name == self.card.rule), None)
