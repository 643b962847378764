"""A verdict: whether one rule of one edition holds on the data, and what would change that."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from course.norms import Edition, norms
from course.wording import day


class Outcome(StrEnum):
    """What a rule says of the data."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"

    @property
    def words(self) -> str:
        """The outcome in Russian."""
        return _WORDS[self]


_WORDS = {
    Outcome.PASS: "выполняется",
    Outcome.FAIL: "не выполняется",
    Outcome.UNKNOWN: "не установлено",
    Outcome.NOT_APPLICABLE: "не применяется",
}


@dataclass(frozen=True)
class Verdict:
    """One rule of one edition on the data of a cluster.

    `evidence` says what was found, `changes` what would change the outcome, both in Russian. A
    verdict is never about the decree as a whole: only an order of the Ministry confirms a cluster.
    """

    rule: str
    title: str
    outcome: Outcome
    edition: Edition | None
    evidence: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()

    @property
    def statement(self) -> str:
        """The verdict as one Russian sentence, with the edition and its standing."""
        if self.edition is None:
            return f"Правило «{self.title}»: {self.outcome.words}."
        standing = self.edition.standing.words if self.edition.known else "текст не прочитан"
        source = f"{self.edition.reference}, {standing}"
        return f"Правило «{self.title}» ({source}) на этих данных: {self.outcome.words}."


@dataclass(frozen=True)
class Finding:
    """What the data show under a rule, before the edition's own standing is weighed."""

    outcome: Outcome
    evidence: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()


def judge(rule: str, on: datetime.date, look: Callable[[Edition], Finding]) -> Verdict:
    """The verdict on `rule`: `look` is asked only about a value that somebody has read.

    On a day before the first edition that the data hold, the rule is not applied. Where the value
    is open, or stands on less than a publication, the outcome is unknown; of the latter the
    evidence of the data is still shown.
    """
    norm = norms[rule]
    first = norm.editions[0].since if norm.editions else None
    if first is not None and on < first:
        when = f"В данных первая редакция правила — с {day(first)}"
        return Verdict(rule, norm.title, Outcome.NOT_APPLICABLE, None, (when,))
    edition = norm.on(on)
    if not edition.known:
        unread = ("Действующий текст правила никто не прочитал",)
        return Verdict(rule, norm.title, Outcome.UNKNOWN, edition, unread, (edition.open,))
    found = look(edition)
    evidence = found.evidence
    if edition.standing.confirmed and edition.expired_on(on):
        checked = f"Значение сверено {day(edition.checked)}"
        evidence = (*evidence, f"{checked}: на {day(on)} его нужно сверить заново")
    if edition.standing.confirmed or found.outcome is Outcome.NOT_APPLICABLE:
        return Verdict(rule, norm.title, found.outcome, edition, evidence, found.changes)
    doubt = f"Значение «{edition.words}» не подтверждено: вывода по нему не делаем"
    return Verdict(rule, norm.title, Outcome.UNKNOWN, edition, (*evidence, doubt), found.changes)
