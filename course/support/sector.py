"""Measures of the radio-electronic sector, of demand and of sites: acts that nobody read in full.

Each gives at best «unknown»: the sum is a limit of the act, and the rest has to be read.
"""

from __future__ import annotations

from course.cluster import Registry, Role
from course.errors import NormError
from course.norms import norms
from course.requirements.verdict import Verdict
from course.support.borrowing import rate_of
from course.support.card import Card, cards
from course.support.condition import NOT_APPLICABLE, PASS, UNKNOWN, fact, in_force, unread
from course.support.offer import Ask, Offer
from course.support.window import budget, window


def components_credit(ask: Ask) -> Offer:
    """The sector's credit for components; nobody has read its act."""
    rate = rate_of("measure.components_credit.rate_max", ask.on)
    card = cards()["components_credit"]
    conditions = (in_force(card.rule, ask.on), in_sector(ask), *map(unread, card.unread))
    basis = f"Ставка не больше {rate.words}" if rate else ""
    return Offer(card=card, member=ask.member.id, conditions=conditions, basis=basis,
                 window=window(None, ask.on), budget=budget(None, ask.on))  # fmt: skip


def in_sector(ask: Ask) -> Verdict:
    """Whether the member is in the register of the sector, which is not the cluster's."""
    title = "Организация радиоэлектронной промышленности"
    if ask.member.registries is None:
        return fact(title, UNKNOWN, "Реестры участника не названы", "Проверить реестры")
    if Registry.RADIOELECTRONICS in ask.member.registries:
        return fact(title, PASS, "Есть в реестре организаций радиоэлектронной промышленности")
    return fact(title, NOT_APPLICABLE, "В реестре радиоэлектронной промышленности не состоит",
                "Войти в реестр, если деятельность подходит")  # fmt: skip


def subsidy(name: str, ask: Ask) -> Offer:
    """A subsidy of the sector: what its act bounds is told, what nobody read stays unknown."""
    card = cards()[name]
    seen, money = window(card.window, ask.on), budget(card.budget, ask.on)
    conditions = (
        in_force(card.rule, ask.on),
        in_sector(ask),
        money.verdict(card.budget or f"{card.rule}.budget"),
        seen.verdict(f"{card.rule}.window"),
        *map(unread, card.unread),
    )
    return Offer(card=card, member=ask.member.id, conditions=conditions,
                 basis=_limits(card, ask), window=seen, budget=money)  # fmt: skip


def _limits(card: Card, ask: Ask) -> str:
    """The limits that the data know of the act: «доля затрат, не больше: 90 %»."""
    family = card.rule.rsplit(".", 1)[0] if card.rule.count(".") > 1 else card.rule
    words = []
    for norm in norms.under(family):
        try:
            edition = norm.on(ask.on)
        except NormError:
            continue
        if edition.known and edition.unit in ("share", "RUB_per_year", "years"):
            words.append(f"{norm.title.split(': ')[-1].split(', ', 1)[-1]}: {edition.words}")
    return "; ".join(words)


def infrastructure_interest(ask: Ask) -> Offer:
    """Decree 110: in force, and without money in the years that were read."""
    offer_card = cards()["decree_110"]
    seen, money = window(offer_card.window, ask.on), budget(offer_card.budget, ask.on)
    who = (
        fact("Организация инфраструктуры", PASS, "Участник — организация инфраструктуры")
        if ask.member.role is Role.INFRASTRUCTURE
        else fact("Организация инфраструктуры", NOT_APPLICABLE,
                  "Участник — не организация инфраструктуры")
    )  # fmt: skip
    conditions = (
        in_force(offer_card.rule, ask.on), who, money.verdict("measure.decree_110.budget"),
        *map(unread, offer_card.unread),
    )  # fmt: skip
    return Offer(card=offer_card, member=ask.member.id, conditions=conditions, window=seen,
                 budget=money)  # fmt: skip
