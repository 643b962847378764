"""What `proclusters support TEAM --on DAY` answers: plain data, and lines of Russian."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from course.cluster import Cluster
from course.norms import Edition
from course.norms.listing import brief, edition_data, expiry
from course.requirements.verdict import Outcome, Verdict
from course.support.card import cards
from course.support.combination import Combination
from course.support.offer import Offer
from course.support.ranking import Ranking, rank
from course.wording import count, day, money, share

NOTICE = (
    "Это расчёт на данных команды, а не решение о поддержке: решает фонд, банк или ведомство. "
    "«Не установлено» значит, что условие не прочитано или не названо."
)


@dataclass(frozen=True)
class Answer:
    """An answer of the command: `data` of JSON values only, and the same as `lines` to print."""

    data: Any
    lines: tuple[str, ...]


def answer(cluster: Cluster, on: datetime.date) -> Answer:
    """The ranking of the cluster's measures on the day, as data and as lines."""
    ranking = rank(cluster, on=on)
    return Answer(ranking_data(ranking), tuple(_lines(ranking)))


def ranking_data(ranking: Ranking) -> dict[str, Any]:
    """The ranking as JSON values."""
    return {
        "cluster": ranking.cluster.title,
        "on": ranking.on.isoformat(),
        "notice": NOTICE,
        "firm": _set_data(ranking.firm),
        "possible": _set_data(ranking.possible),
        "open_questions": [{"ask": ask, "worth": worth} for ask, worth in ranking.unlocks],
        "rows": [_row(ranking, offer) for offer in ranking.offers],
    }


def _set_data(chosen: Combination) -> dict[str, Any]:
    return {
        "offers": [offer.id for offer in chosen.offers],
        "worth": chosen.worth,
        "unvalued": chosen.unvalued,
    }


def _row(ranking: Ranking, offer: Offer) -> dict[str, Any]:
    soft = offer.cost
    return {
        "id": offer.id,
        "measure": offer.card.id,
        "title": offer.card.title,
        "kind": str(offer.kind),
        "recipient": offer.card.recipient,
        "member": offer.member,
        "project": offer.project,
        "region": offer.region,
        "fund": offer.fund,
        "outcome": str(offer.outcome),
        "outcome_words": offer.outcome.words,
        "amount": offer.amount,
        "basis": offer.basis,
        "worth": offer.worth,
        "cost": {
            "soft_rate": soft.soft_rate,
            "market_rate": soft.market_rate,
            "market_source": soft.market_source,
            "grant_equivalent": soft.grant_equivalent,
        }
        if soft
        else None,
        "window": {"state": str(offer.window.state), "words": offer.window.words},
        "budget": {"amount": offer.budget.amount, "words": offer.budget.words}
        if offer.budget
        else None,
        "excludes": sorted(offer.excludes),
        "requires": sorted(offer.requires),
        "rule": offer.card.rule,
        "edition": edition_data(offer.main, ranking.on) if offer.main else None,
        "conditions": [_condition(ranking, verdict) for verdict in offer.conditions],
        "changes": list(offer.changes),
    }


def _condition(ranking: Ranking, verdict: Verdict) -> dict[str, Any]:
    edition = verdict.edition
    return {
        "rule": verdict.rule,
        "title": verdict.title,
        "outcome": str(verdict.outcome),
        "edition": brief(edition, ranking.on) if edition else None,
        "standing": str(edition.standing) if edition and edition.known else None,
        "evidence": list(verdict.evidence),
        "changes": list(verdict.changes),
    }


def who(ranking: Ranking, offer: Offer) -> str:
    """The applicant and the project in words: `Доноэлемент, «Производство модулей…»`."""
    label = ranking.cluster.member(offer.member).label
    if offer.project is None:
        return label
    return f"{label}, «{ranking.cluster.project(offer.project).title}»"


def value(offer: Offer) -> str:
    """The sum and the worth in words."""
    if offer.amount is None:
        return "сумма не известна"
    words = money(offer.amount)
    if offer.cost is not None:
        gain = f"{money(offer.cost.grant_equivalent)} против ставки {share(offer.cost.market_rate)}"
        return f"до {words}, выгода {gain}"
    return f"{words} в год" if offer.kind == "tariff" else f"до {words}"


def _lines(ranking: Ranking) -> list[str]:
    lines = [f"Меры поддержки на {day(ranking.on)}. {ranking.cluster.title}.", NOTICE, ""]
    lines += _told("Можно получить", ranking, Outcome.PASS)
    lines += _together("Вместе и наверняка", ranking, ranking.firm)
    lines += _told("Не установлено", ranking, Outcome.UNKNOWN)
    lines += _together("Лучший набор, если всё подтвердится", ranking, ranking.possible)
    lines += _told("Нельзя получить в этот день", ranking, Outcome.FAIL)
    lines += _elsewhere(ranking)
    questions = ranking.open_questions
    lines += [
        f"Что прочесть и назвать ({len(questions)}):",
        *(f"  {ask.rstrip('.')}." for ask in questions),
    ]
    return lines


def source(edition: Edition, on: datetime.date) -> str:
    """Where a measure stands: the act, how sure it is, and whether it is past its term."""
    said = [edition.reference, edition.standing.words if edition.known else "текст не прочитан"]
    return "; ".join(part for part in (*said, expiry(edition, on)) if part)


def _told(title: str, ranking: Ranking, outcome: Outcome) -> list[str]:
    found = ranking.of(outcome)
    lines = [f"{title}: {len(found)}" if found else f"{title}: ничего."]
    for name, card in cards().items():
        bound = [offer for offer in found if offer.card.id == name]
        if not bound:
            continue
        main = bound[0].main
        lines.append(f"  {card.title}{f' ({source(main, ranking.on)})' if main else ''}")
        for reasons in dict.fromkeys(offer.reasons for offer in bound):
            alike = [offer for offer in bound if offer.reasons == reasons]
            lines += [f"    {said}" for said in applicants(ranking, alike)]
            lines += [f"      {reason.rstrip('.')}." for reason in reasons]
    return [*lines, ""]


def applicants(ranking: Ranking, offers: list[Offer]) -> list[str]:
    """Who asks for how much; those of unknown sums on one line, and who gets nothing likewise."""
    if offers[0].outcome is Outcome.FAIL:
        return [f"{', '.join(who(ranking, offer) for offer in offers)}."]
    known = [f"{who(ranking, o)}: {value(o)}." for o in offers if o.amount is not None]
    rest = [who(ranking, offer) for offer in offers if offer.amount is None]
    return [*known, *([f"{', '.join(rest)}: сумма не известна."] if rest else [])]


def _together(title: str, ranking: Ranking, chosen: Combination) -> list[str]:
    if not chosen.offers:
        return [f"{title}: ничего.", ""]
    measures = count(len(chosen.offers), "мера", "меры", "мер")
    lines = [f"{title}: {measures}, выгода {money(chosen.worth)}; взносы — за один год."]
    if chosen.unvalued:
        lines.append(f"  Без известной суммы: {chosen.unvalued}.")
    for offer in chosen.offers:
        if offer.worth is not None:
            lines.append(f"  {offer.card.title} — {who(ranking, offer)}: {value(offer)}.")
    return [*lines, ""]


def _elsewhere(ranking: Ranking) -> list[str]:
    """The measures that are for nobody here, with the first reason."""
    lines = []
    for name, card in cards().items():
        bound = [offer for offer in ranking.offers if offer.card.id == name]
        if bound and all(offer.outcome is Outcome.NOT_APPLICABLE for offer in bound):
            lines.append(f"  {card.title}: {'; '.join(bound[0].reasons)}.")
    return ["Не для этого кластера в этот день:", *lines, ""] if lines else []
