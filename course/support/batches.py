"""Decree 41: start batches, paid to the buyer since 2023, and the modes before them."""

from __future__ import annotations

import datetime

from course.cluster import Contract, Link
from course.errors import NormError
from course.norms import Edition, norms
from course.requirements.verdict import Finding, Verdict
from course.support.card import cards
from course.support.condition import (
    FAIL,
    NOT_APPLICABLE,
    PASS,
    UNKNOWN,
    fact,
    held,
    in_force,
    unread,
)
from course.support.offer import Ask, Offer
from course.support.window import budget, window
from course.wording import count, day, money

_RULE = "measure.decree_41.start_batches"


def start_batches(ask: Ask) -> Offer:
    """Half of what a buyer paid other members for start batches, up to the cap of an applicant."""
    card = cards()["start_batches"]
    seen, money_of_year = window(card.window, ask.on), budget(card.budget, ask.on)
    conditions = (
        in_force(card.rule, ask.on),
        _buyer(ask),
        _registered(ask),
        _confirmed_anew(ask),
        held(f"{_RULE}.costs_from", ask.on, lambda edition: _costs(ask, edition)),
        _paid(ask),
        held(f"{_RULE}.definition", ask.on, lambda _: Finding(PASS)),
        seen.verdict(f"{_RULE}.window"),
        money_of_year.verdict(f"{_RULE}.budget"),
    )
    amount, basis = _amount(ask)
    return Offer(
        card=card, member=ask.member.id, conditions=conditions, amount=amount, basis=basis,
        worth=amount, window=seen, budget=money_of_year,
        pool=f"start_batches:{ask.on.year}" if money_of_year.amount else None,
    )  # fmt: skip


def _bought(ask: Ask) -> list[Contract]:
    """Contracts by which the member buys goods of other members."""
    return [
        contract
        for contract in ask.cluster.contracts
        if contract.buyer == ask.member.id and contract.link in (Link.SUPPLY, Link.PROJECT)
    ]


def _buyer(ask: Ask) -> Verdict:
    title = "Заявитель покупает продукцию других участников"
    bought = _bought(ask)
    if not bought and not ask.facts.start_batches:
        return fact(title, NOT_APPLICABLE, "Закупок у участников нет: платят только покупателю",
                    "Заключить договор поставки с участником")  # fmt: skip
    kinds = count(len(bought), "договор", "договора", "договоров")
    return fact(title, PASS, f"Покупает у участников: {kinds}")


def _registered(ask: Ask) -> Verdict:
    """The cluster is in the registry: the condition of federal money."""

    def look(_: Edition) -> Finding:
        order = ask.cluster.confirmed
        if order is None or order > ask.on:
            said = f"На {day(ask.on)} приказа о подтверждении кластера нет"
            return Finding(FAIL, (said,), ("Подтвердить соответствие кластера в Минпромторге",))
        return Finding(PASS, (f"Приказ от {day(order)}",))

    return held("cluster.registry.condition_of_federal_money", ask.on, look)


def _confirmed_anew(ask: Ask) -> Verdict:
    """Whether the order is of the renewed regime; that an older one gives no right is inferred."""
    rule = f"{_RULE}.reconfirmed_required"
    order = ask.cluster.confirmed
    if order is None or order > ask.on:
        title = norms[rule].title
        return fact(
            title, UNKNOWN, "Приказа о кластере ещё нет", "Подтвердить соответствие кластера"
        )
    if order >= renewed():
        said = f"Приказ от {day(order)}, по обновлённым правилам"
        return fact(norms[rule].title, PASS, said)

    def look(_: Edition) -> Finding:
        said = f"Приказ от {day(order)} — до обновления правил {day(renewed())}"
        return Finding(FAIL, (said,), ("Подтвердить соответствие заново",))

    return held(rule, ask.on, look)


def renewed() -> datetime.date:
    """The first day of the edition that renewed the regime of clusters."""
    for edition in norms.editions("cluster.decree.editions"):
        if str(edition.value).startswith("E4") and edition.since:
            return edition.since
    raise AssertionError("the data lack the edition of 22.12.2022")


def _costs(ask: Ask, edition: Edition) -> Finding:
    """Whether documented purchases from other members on or after the first day are told."""
    purchases = ask.facts.start_batches
    if purchases is None:
        return Finding(
            UNKNOWN,
            ("Документы о закупке стартовой партии команда не назвала",),
            (f"Назвать закупки стартовых партий с {edition.words} по счетам",),
        )
    eligible = _eligible(ask, edition)
    if eligible > 0:
        return Finding(PASS, (f"Закупки с {edition.words} у других участников: {money(eligible)}",))
    said = f"Закупок у других участников с {edition.words} нет"
    return Finding(FAIL, (said,), ("Купить стартовую партию у другого участника",))


def _eligible(ask: Ask, edition: Edition) -> float:
    first = edition.value
    assert isinstance(first, datetime.date)
    members = {member.id for member in ask.cluster.members} - {ask.member.id}
    return sum(
        purchase.amount
        for purchase in ask.facts.start_batches or ()
        if purchase.supplier in members and first <= purchase.date <= ask.on
    )


def _paid(ask: Ask) -> Verdict:
    """What the applicant already got: the cap is one for all its applications."""
    title, paid = "Ранее полученное возмещение", ask.facts.start_batches_paid
    if paid is None:
        said = "Сколько заявитель уже получил, не названо"
        return fact(title, UNKNOWN, said, "Назвать, сколько заявитель уже получил")
    return fact(title, PASS, f"Получено {money(paid)}, предел — на заявителя, а не на проект")


def _amount(ask: Ask) -> tuple[float | None, str]:
    """What may be had at most: by the purchases told, else by what the team asks for."""
    try:
        share = norms[f"{_RULE}.share_max"].on(ask.on)
        cap = norms[f"{_RULE}.cap"].on(ask.on)
        first = norms[f"{_RULE}.costs_from"].on(ask.on)
    except NormError:
        return None, "На этот день стартовые партии не возмещали"
    left = max(cap.number - (ask.facts.start_batches_paid or 0.0), 0.0)
    bound = f"не больше {share.words} затрат и {cap.words}"
    if ask.facts.start_batches is not None:
        return min(share.number * _eligible(ask, first), left), f"По названным закупкам, {bound}"
    asked = sum(
        wish.amount.value
        for plan in ask.cluster.projects
        for wish in plan.support
        if wish.applicant == ask.member.id and "стартов" in wish.measure.lower()
    )
    if asked:
        return min(asked, left), f"По просьбе команды, {bound}"
    return None, f"Сумма закупок не названа; {bound}"


def decree_41_projects(ask: Ask) -> Offer:
    """The modes of decree 41 before start batches: three modes of three times, never merged."""
    card = cards()["decree_41_projects"]
    modes = ("legacy.share_max", "selection_2021.cap", "before_start_batches.share_max")
    editions = [norms[f"measure.decree_41.{mode}"].on for mode in modes]
    found = []
    for mode, on in zip(modes, editions, strict=True):
        try:
            edition = on(ask.on)
        except NormError:
            continue
        if edition.covers(ask.on):
            found.append((f"measure.decree_41.{mode}", edition))
    if not found:
        said = (
            f"На {day(ask.on)} ни один прежний режим не действует; с 2023 года — стартовые партии"
        )
        rule: tuple[Verdict, ...] = (fact("Режим ПП № 41 на этот день", NOT_APPLICABLE, said),)
    else:
        rule = tuple(in_force(name, ask.on) for name, _ in found)
        rule = (*rule, *map(unread, card.unread))
    return Offer(
        card=card, member=ask.member.id, project=ask.plan.id, conditions=rule,
        basis="; ".join(f"{edition.title}: {edition.words}" for _, edition in found),
        window=window(None, ask.on), budget=budget(None, ask.on),
    )  # fmt: skip
