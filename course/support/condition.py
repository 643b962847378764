"""Conditions of a measure as verdicts: a rule of the law, or a fact that the file tells or not."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable

from course.norms import Comparison, Edition, norms
from course.requirements.verdict import Finding, Outcome, Verdict, judge
from course.wording import day, money

PASS, FAIL, UNKNOWN, NOT_APPLICABLE = Outcome
AGAINST = "По этому значению не проходит"  # said of a value that is too weak for a verdict
_RECHECK = "Значение сверено"  # what the requirements say of any expired edition


def in_force(rule: str, on: datetime.date) -> Verdict:
    """Whether the data know the rule on that day; before its first edition there is no measure."""
    verdict = judge(rule, on, lambda edition: Finding(PASS, (edition.words,)))
    return _within_its_term(_to_confirm(verdict), on)


def held(rule: str, on: datetime.date, look: Callable[[Edition], Finding]) -> Verdict:
    """The verdict on a condition; unknown where the rule is unread, undated, ended or unconfirmed.

    Undated snapshots are shown one by one and decide nothing.
    """
    norm = norms[rule]
    if not norm.editions:
        seen = (_snapshots(norm.snapshots, look),)
        change = f"Узнать, что действует на этот день: {norm.title}"
        return Verdict(rule, norm.title, UNKNOWN, None, seen, (change,))
    verdict = judge(rule, on, look)
    edition = verdict.edition
    if edition is None:
        ask = f"Найти редакцию на {day(on)}: {norm.title}"
        return dataclasses.replace(verdict, outcome=UNKNOWN, changes=(ask,))
    if edition.known and not edition.standing.confirmed and look(edition).outcome is FAIL:
        verdict = dataclasses.replace(verdict, evidence=(*verdict.evidence, AGAINST), changes=())
    return _within_its_term(_to_confirm(verdict), on)


def _to_confirm(verdict: Verdict) -> Verdict:
    """What would change a verdict on a value that nobody has confirmed: a source for it."""
    edition = verdict.edition
    if edition is None or not edition.known or edition.standing.confirmed or verdict.changes:
        return verdict
    ask = f"Найти источник для значения «{edition.words}»: {verdict.title}"
    return dataclasses.replace(verdict, changes=(ask,))


def _snapshots(snapshots: tuple[Edition, ...], look: Callable[[Edition], Finding]) -> str:
    """All undated readings in one sentence, with what each would mean if it held."""
    words = {PASS: " — проходит", FAIL: " — не проходит"}
    said = [f"{each.words}{words.get(look(each).outcome, '')}" for each in snapshots]
    return f"Известны только снимки без даты: {'; '.join(dict.fromkeys(said))}"


def _within_its_term(verdict: Verdict, on: datetime.date) -> Verdict:
    """A verdict on an edition that ended before the day is not known any more."""
    edition = verdict.edition
    if edition is None or not edition.known or not edition.ended_on(on):
        return verdict
    ended = f"Известное значение действовало по {day(edition.until)}"
    told = (line for line in verdict.evidence if not line.startswith(_RECHECK))
    return dataclasses.replace(
        verdict,
        outcome=UNKNOWN,
        evidence=(*told, ended),
        changes=(*verdict.changes, f"Найти значение на {day(on)}: {verdict.title}"),
    )


def at_least(rule: str, on: datetime.date, value: float | None, what: str) -> Verdict:
    """Whether a sum in roubles is not below the rule's value."""

    def look(edition: Edition) -> Finding:
        if value is None:
            return Finding(UNKNOWN, (f"{what}: не известно",), (f"Назвать: {what.lower()}",))
        said = (f"{what}: {money(value)}, нужно {edition.limit}",)
        if edition.met(value, Comparison.AT_LEAST):
            return Finding(PASS, said)
        return Finding(FAIL, said, (f"Не хватает {money(edition.number - value)}",))

    return held(rule, on, look)


def at_most(rule: str, on: datetime.date, value: float | None, what: str) -> Verdict:
    """Whether a sum in roubles is not above the rule's value."""

    def look(edition: Edition) -> Finding:
        if value is None:
            return Finding(UNKNOWN, (f"{what}: не известно",), (f"Назвать: {what.lower()}",))
        said = (f"{what}: {money(value)}, можно {edition.limit}",)
        if edition.met(value, Comparison.AT_MOST):
            return Finding(PASS, said)
        return Finding(FAIL, said, (f"Больше предела на {money(value - edition.number)}",))

    return held(rule, on, look)


def fact(
    title: str, outcome: Outcome, evidence: str, change: str = "", rule: str = "fact"
) -> Verdict:
    """A condition that only the team's data answer: no norm stands behind it."""
    return Verdict(rule, title, outcome, None, (evidence,), (change,) if change else ())


def answered(title: str, told: bool | None, yes: str, no: str, ask: str) -> Verdict:
    """A condition that the team answers with yes or no; unanswered, it is unknown."""
    if told is None:
        return fact(title, UNKNOWN, "В данных команды ответа нет", ask)
    return fact(title, PASS, yes) if told else fact(title, FAIL, no, ask)


def unread(what: str) -> Verdict:
    """A condition that is unknown until somebody reads the act."""
    return fact("Непрочитанные условия", UNKNOWN, "Текст условий никто не прочитал", what)


def together(conditions: tuple[Verdict, ...]) -> Outcome:
    """What all conditions give: one that does not apply, then one failed, then one unknown."""
    outcomes = {condition.outcome for condition in conditions}
    for worst in (NOT_APPLICABLE, FAIL, UNKNOWN):
        if worst in outcomes:
            return worst
    return PASS if outcomes else UNKNOWN
