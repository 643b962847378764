"""Other regimes: СПИК 1.0 and 2.0 (different measures), sites, and what helps to sell."""

from __future__ import annotations

import datetime

from course.cluster import Registry, Role
from course.errors import NormError
from course.norms import Edition, norms
from course.requirements.verdict import Finding, Verdict
from course.support.card import cards
from course.support.condition import (
    NOT_APPLICABLE,
    PASS,
    UNKNOWN,
    at_least,
    fact,
    held,
    in_force,
    unread,
)
from course.support.offer import Ask, Offer
from course.support.window import budget, window


def spic(name: str, ask: Ask) -> Offer:
    """A contract for the project: the least investment is named for СПИК in general."""
    card, version = cards()[name], name.removeprefix("spic_")
    capex = sum(item.amount.value for item in ask.plan.capex)
    least = (at_least("spic.1.investment.min", ask.on, capex, "Вложения"),) if version == "1" else (
        held("spic.2.support_cap", ask.on, lambda _: Finding(PASS)),)  # fmt: skip
    conditions = (
        in_force(card.rule, ask.on),
        *least,
        held(f"spic.{version}.term.max", ask.on, lambda _: Finding(PASS)),
        *map(unread, card.unread),
    )
    return Offer(
        card=card, member=ask.member.id, project=ask.plan.id, conditions=conditions,
        basis=_purpose(version, ask.on), window=window(None, ask.on),
    )  # fmt: skip


def _purpose(version: str, on: datetime.date) -> str:
    """What the contract is for, in the words of the data."""
    norm = norms[f"spic.{version}.purpose"]
    try:
        value = norm.on(on).value
    except NormError:
        value = norm.snapshots[0].value if norm.snapshots else ""
    return f"Цель: {value}"


def site(name: str, ask: Ask) -> Offer:
    """What a park, a technopark or a territory gives; asked by organisations of infrastructure."""
    card = cards()[name]
    territory = name == "tor"
    title = "Резидент территории" if territory else "Управляющая компания площадки"
    if territory:
        who = fact(title, UNKNOWN, "Резидент ли участник, в файле не сказано", "Назвать территорию")
    elif ask.member.role is Role.INFRASTRUCTURE:
        who = fact(title, UNKNOWN, "Управляет ли участник площадкой, в файле не сказано",
                   "Назвать площадку и решение о ней")  # fmt: skip
    else:
        who = fact(title, NOT_APPLICABLE, "Участник — не организация инфраструктуры")
    conditions = (in_force(card.rule, ask.on), who, *map(unread, card.unread))
    return Offer(card=card, member=ask.member.id, conditions=conditions,
                 window=window(None, ask.on), budget=budget(None, ask.on))  # fmt: skip


def demand(name: str, ask: Ask) -> Offer:
    """What helps to sell: the national regime by registries, and the offset contract."""
    card = cards()[name]
    conditions: tuple[Verdict, ...] = (in_force(card.rule, ask.on),)
    if name == "national_regime":
        conditions += (_registered(ask), held("act.decree_878.after_2025", ask.on, _nothing))
    return Offer(card=card, member=ask.member.id,
                 conditions=(*conditions, *map(unread, card.unread)))  # fmt: skip


def _nothing(_: Edition) -> Finding:
    return Finding(UNKNOWN)


def _registered(ask: Ask) -> Verdict:
    title, registries = "Продукция есть в реестре", ask.member.registries
    if registries is None:
        return fact(title, UNKNOWN, "Реестры участника не названы", "Проверить реестры")
    inside = [one.words for one in registries if one in (Registry.PP719, Registry.ERRRP)]
    if inside:
        return fact(title, PASS, "; ".join(inside))
    return fact(title, NOT_APPLICABLE, "Ни в реестре ПП № 719, ни в ЕРРРП участник не состоит",
                "Внести продукцию в реестр")  # fmt: skip
