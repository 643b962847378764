"""Money of a region: it reaches only those who are registered and produce in that region."""

from __future__ import annotations

import dataclasses

from course.cluster import Payer, Registry, Sme
from course.norms import Edition, norms
from course.requirements.verdict import Finding, Verdict
from course.support.borrowing import asked_sum, lend, rate_of
from course.support.card import cards
from course.support.condition import (
    FAIL,
    NOT_APPLICABLE,
    PASS,
    UNKNOWN,
    at_least,
    at_most,
    fact,
    held,
    in_force,
    unread,
)
from course.support.offer import Ask, Offer
from course.support.window import Budget, budget, window

# The regions whose funds the data know; of others they say nothing.
FUNDS = {
    "Воронежская область": "fund.voronezh",
    "Курская область": "fund.kursk",
    "Орловская область": "fund.orel",
}


def home(ask: Ask) -> tuple[str, ...]:
    """The titles of the member's regions: of registration, and of production where it differs."""
    regions = (ask.member.region, ask.member.production_region)
    return tuple(dict.fromkeys(ask.cluster.region(name).title for name in regions))


def _one_region(ask: Ask) -> Verdict:
    """Whether one region is meant: which place counts differs by measure and was not read."""
    titles = home(ask)
    title = "Регион заёмщика"
    if len(titles) == 1:
        return fact(title, PASS, f"Регистрация и площадка — {titles[0]}")
    said = f"Регистрация — {titles[0]}, площадка — {titles[1]}"
    return fact(title, UNKNOWN, said, "Спросить фонды обоих регионов, за чем следует мера")


def joint_loan(ask: Ask) -> Offer:
    """A joint loan of the federal fund and the fund of the borrower's own region."""
    titles, on = home(ask), ask.on
    prefix = FUNDS.get(titles[-1])
    own = prefix if prefix == "fund.orel" else "fund.joint.regional"
    lent = asked_sum(ask, "joint_loan")
    conditions = (
        in_force("fund.joint.federal_share.max", on),
        _one_region(ask),
        _known_fund(titles[-1]),
        held("fund.joint.federal_share.central", on, _ratio),
        at_least(f"{own}.amount.min", on, lent, "Заём"),
        at_most(f"{own}.amount.max", on, lent, "Заём"),
        at_least("fund.joint.regional.project_budget.min", on, ask.plan.budget, "Бюджет проекта"),
    )
    rate = rate_of("loan.frp.development.rate.base", on)
    offer = lend(ask, "joint_loan", conditions, f"{own}.amount.max", rate)
    money = _money(ask, prefix)
    return dataclasses.replace(
        offer,
        conditions=(*offer.conditions, money.verdict(prefix or "fund.joint")),
        region=titles[-1],
        fund=f"Фонд развития промышленности, {titles[-1]}",
        budget=money,
    )


def _ratio(edition: Edition) -> Finding:
    return Finding(PASS, (f"Федеральная доля не больше {edition.words}",))


def _known_fund(region: str) -> Verdict:
    title = "Фонд региона"
    if region in FUNDS:
        return fact(title, PASS, f"Фонд региона известен: {region}")
    said = f"О фонде региона «{region}» в данных ничего нет"
    return fact(title, UNKNOWN, said, "Узнать в фонде региона условия совместного займа")


def _money(ask: Ask, prefix: str | None) -> Budget:
    """The money of the region's programme in the day's year; of most years nothing was read."""
    names = [f"{prefix}.{ask.on.year}.{part}" for part in ("total", "regional")]
    found = next((name for name in names if prefix and name in norms), None)
    if found is not None:
        return budget(found, ask.on)
    words = f"О деньгах фонда региона ({home(ask)[-1]}) на {ask.on.year} год не прочитано"
    return Budget(None, words, None, "Спросить фонд региона о деньгах этого года")


def regional_grant(ask: Ask) -> Offer:
    """A grant through the fund of a region that the decree lists; no other region's member."""
    card, titles = cards()["regional_grant"], home(ask)

    def look(edition: Edition) -> Finding:
        listed = edition.value if isinstance(edition.value, tuple) else ()
        inside = [title for title in titles if title in listed]
        if len(inside) == len(titles):
            return Finding(PASS, (f"{inside[0]} есть в перечне",))
        if inside:
            said = f"Регистрация — {titles[0]}, площадка — {titles[1]}; в перечне {inside[0]}"
            return Finding(UNKNOWN, (said,), ("Прочесть, за чем следует грант",))
        return Finding(NOT_APPLICABLE, (f"{' и '.join(titles)} — не в перечне регионов",))

    money = budget(None, ask.on)
    listed = held(card.rule, ask.on, look)
    conditions = (
        in_force(card.rule, ask.on), listed, *map(unread, card.unread),
        money.verdict(f"{card.rule}.budget"),
    )  # fmt: skip
    reaches = listed.outcome in (PASS, UNKNOWN)
    asked = _asked_grant(ask) if reaches else None
    return Offer(
        card=card, member=ask.member.id, conditions=conditions, amount=asked,
        basis="По строке плана; пределов гранта никто не прочитал" if asked else (
            "Размера гранта никто не прочитал" if reaches else ""),
        worth=asked, window=window(None, ask.on), budget=money,
        region=_listed_home(ask) if reaches else None,
        fund=f"Фонд развития промышленности, {_listed_home(ask)}" if reaches else "",
    )  # fmt: skip


def _listed_home(ask: Ask) -> str:
    """The member's region that the decree lists; its last one when none is."""
    listed = norms["fund.kursk.grants"].editions[-1].value
    titles = home(ask)
    inside = [title for title in titles if isinstance(listed, tuple) and title in listed]
    return inside[0] if inside else titles[-1]


def _asked_grant(ask: Ask) -> float | None:
    """Grants of a fund or a region that the member's own projects count on."""
    grants = [
        grant.amount.value
        for plan in ask.cluster.projects
        if plan.initiator == ask.member.id
        for grant in plan.grants
        if grant.payer in (Payer.FUND, Payer.REGIONAL)
        and grant.measure in (None, "fund.kursk.grants")
    ]
    return sum(grants) if grants else None


def sez_credit(ask: Ask) -> Offer:
    """The credit of small and medium residents of a special economic zone."""
    card = cards()["sez_credit"]
    resident = _resident(ask)
    small = ask.member.sme
    size = fact(
        "Малое или среднее предприятие",
        UNKNOWN if small is None else FAIL if small is Sme.NONE else PASS,
        "Статус МСП не назван" if small is None else small.words,
    )
    rates = [rate_of(f"regime.sez.sme_credit.{part}", ask.on) for part in ("rate_min", "rate_max")]
    words = " до ".join(edition.words for edition in rates if edition)
    return Offer(
        card=card, member=ask.member.id,
        conditions=(in_force(card.rule, ask.on), resident, size, *map(unread, card.unread)),
        basis=f"Ставка от {words}" if words else "", window=window(None, ask.on),
        budget=budget("regime.sez.sme_credit.total", ask.on),
    )  # fmt: skip


def _resident(ask: Ask) -> Verdict:
    title, registries = "Резидент особой экономической зоны", ask.member.registries
    if registries is None:
        return fact(title, UNKNOWN, "Реестры участника не названы", "Проверить реестры")
    if Registry.SEZ in registries:
        return fact(title, PASS, "Резидент зоны")
    return fact(title, NOT_APPLICABLE, "Не резидент зоны", "Стать резидентом зоны своего региона")
