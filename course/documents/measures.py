"""What templates may ask for about support: requests, the best set, why not the rest."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from course import support
from course.claims.book import BARE_MILLIONS, Book, hole
from course.cluster import Cluster, Project
from course.documents.fields import Fields
from course.norms import Edition
from course.requirements import Outcome
from course.support import Offer, Ranking
from course.wording import ABSENT, day

MARKET = "рыночный кредит, не мера поддержки"
ASKS, REASONS, NAMED = 10, 3, 5  # so many are named in the paper; the command names all
_STATES = (
    (Outcome.PASS, "Выполнено"),
    (Outcome.FAIL, "Не выполнено"),
    (Outcome.UNKNOWN, "Не установлено"),
)


def requested(
    ranking: Ranking, plans: Sequence[Project], book: Book
) -> tuple[list[Fields], tuple[Edition, ...]]:
    """What the projects ask for: act, conditions, formula, money; and the norms behind it."""
    rows: list[Fields] = []
    used: list[Edition] = []
    for plan in plans:
        for request in support.requests(ranking, plan):
            offer = request.offer
            used += offer.editions if offer else ()
            id = f"{plan.id}.asked.{request.id}"
            rows.append({
                "project": plan.title,
                "measure": request.title,
                "applicant": ranking.cluster.member(request.applicant).label,
                "owner": request.amount.owner,
                "source": f"{request.amount.source}; {request.amount.status.words}",
                "amount": book.put(id, request.title, request.amount.value, BARE_MILLIONS),
                "worth": worth(offer, id, request.title, book),
                "date": day(request.date) if request.date else ABSENT,
                "market": request.market,
                "act": act(offer, ranking.on) if offer else MARKET if request.market else
                hole("мера"),
                "formula": offer.basis or ABSENT if offer else ABSENT,
                "deadline": offer.window.words if offer else ABSENT,
                "conditions": conditions(offer) if offer else ABSENT,
                "together": together(offer) if offer else ABSENT,
            })  # fmt: skip
    return rows, tuple(used)


def act(offer: Offer, on: datetime.date) -> str:
    """The act behind a measure: its reference, its first day, the short sign, what is wrong."""
    edition = offer.main
    if edition is None:
        return hole("акт")
    since = f", с {day(edition.since)}" if edition.since else ""
    late = "; сверить заново" if edition.known and edition.expired_on(on) else ""
    return f"{edition.reference}{since}{late} {edition.standing.sign}"


def conditions(offer: Offer) -> str:
    """The titles of the conditions, by what they came to; those that do not apply stand apart."""
    lines = []
    for outcome, words in _STATES:
        titles = dict.fromkeys(c.title for c in offer.conditions if c.outcome is outcome)
        if titles:
            lines.append(f"{words}: {'; '.join(titles)}.")
    return "\n".join(lines) or "Не применяется."


def together(offer: Offer) -> str:
    """What a measure may not be had with, in words."""
    said = []
    for word in sorted(offer.excludes):
        kind = word.split(":")[0]
        said.append({
            "debt": "одну строку долга берут один раз",
            "tariff": "у плательщика один тариф, тарифы не складывают",
        }.get(kind, kind))  # fmt: skip
    said += [f"нужна мера «{support.cards()[need].title}»" for need in sorted(offer.requires)]
    if offer.pool:
        said.append("деньги года — одни на всех заявителей")
    return "; ".join(said) or "совместима с остальными"


def worth(offer: Offer | None, id: str, title: str, book: Book) -> str:
    """What an offer leaves to the applicant, in millions; a dash where it is not known."""
    if offer is None or offer.worth is None:
        return ABSENT
    return book.put(f"{id}.worth", f"выгода: {title}", offer.worth, BARE_MILLIONS)


def chosen(ranking: Ranking, book: Book) -> tuple[list[Fields], tuple[Edition, ...]]:
    """The best set that breaks no exclusion: what is certain first, then what may turn out so."""
    certain = {offer.id for offer in ranking.firm.offers}
    wanted = (*ranking.firm.offers,
              *(offer for offer in ranking.possible.offers if offer.id not in certain))  # fmt: skip
    groups: dict[tuple[str, ...], list[Offer]] = {}
    for offer in wanted:  # applicants of an unknown sum stand in one row
        key = (offer.card.id,) if offer.amount is None else (offer.card.id, offer.id)
        groups.setdefault(key, []).append(offer)
    rows = [
        {
            "measure": found[0].card.title,
            "who": "; ".join(support.who(ranking, offer) for offer in found),
            "amount": _amount(found[0], book),
            "worth": worth(found[0], _id(found[0]), found[0].card.title, book),
            "act": act(found[0], ranking.on),
            "sure": "все условия выполнены" if found[0].id in certain else "подтвердить",
            "asks": _asks(found) or ABSENT,
        }
        for found in groups.values()
    ]  # fmt: skip
    return rows, tuple(offer.main for offer in wanted if offer.main)


def _asks(found: Sequence[Offer]) -> str:
    """What to confirm first, each once."""
    asks = dict.fromkeys(line.rstrip(".") for offer in found for line in offer.changes)
    rest = len(asks) - REASONS
    return "; ".join(list(asks)[:REASONS]) + (f"; и ещё {rest}" if rest > 0 else "")


def _id(offer: Offer) -> str:
    return f"support.{offer.id.replace(':', '.')}"


def _amount(offer: Offer, book: Book) -> str:
    if offer.amount is None:
        return "не известна"
    return book.put(f"{_id(offer)}.amount", f"сумма: {offer.card.title}", offer.amount,
                    BARE_MILLIONS)  # fmt: skip


def refused(ranking: Ranking) -> list[Fields]:
    """Why not the rest: every other measure with the applicants that share one reason."""
    taken = {offer.id for offer in (*ranking.firm.offers, *ranking.possible.offers)}
    rows = []
    for name, card in support.cards().items():
        rest = [o for o in ranking.offers if o.card.id == name and o.id not in taken]
        reasons: dict[tuple[str, str], list[Offer]] = {}
        for offer in rest:
            reasons.setdefault((offer.outcome.words, _reason(offer)), []).append(offer)
        for (outcome, reason), found in reasons.items():
            rows.append({
                "measure": card.title,
                "who": _names(ranking.cluster, found),
                "outcome": outcome,
                "reason": reason,
            })  # fmt: skip
    return rows


def _reason(offer: Offer) -> str:
    """The first reason; an offer that passes is out of the set for a better alternative."""
    if offer.outcome is Outcome.PASS or not offer.reasons:
        return "В лучшем наборе выгоднее другая мера, вместе их не берут"
    return f"{offer.reasons[0].rstrip('.')}."


def _names(cluster: Cluster, found: Iterable[Offer]) -> str:
    names = list(dict.fromkeys(cluster.member(offer.member).label for offer in found))
    if len(names) == len(cluster.members):
        return "все участники"
    if len(names) > NAMED:
        return f"{', '.join(names[:REASONS])} и ещё {len(names) - REASONS}"
    return ", ".join(names)


def questions(ranking: Ranking) -> list[str]:
    """What to read or tell first: what most waits for comes first."""
    return [ask.rstrip(".") for ask, value in ranking.unlocks if value > 0][:ASKS]
