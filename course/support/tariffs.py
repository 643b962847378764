"""Tariffs of contributions and the profit tax of the sector: alternatives, never summed.

A payer has one tariff. The saving is counted for a year by the average pay of the member, against
the general tariff.
"""

from __future__ import annotations

import datetime

from course.cluster import Cluster, Member, Sme, Spic
from course.errors import Fault, NormError
from course.finance import taxes
from course.norms import Edition, norms
from course.requirements.verdict import Finding, Verdict
from course.support.card import cards
from course.support.condition import (
    FAIL,
    PASS,
    UNKNOWN,
    answered,
    fact,
    held,
    in_force,
    unread,
)
from course.support.offer import Ask, Offer
from course.support.sector import in_sector
from course.wording import day, money, share

GENERAL = "general"
TARIFFS = ("sme_manufacturing", "sme_priority", "radioelectronics", "cluster_spic")
MANUFACTURING = range(10, 34)  # classes of ОКВЭД2 of section C


def yearly(tariff: str, monthly_pay: float, on: datetime.date) -> float | None:
    """Contributions for one employee over twelve equal months; `None` where a rate is unread.

    `tariff` is `general` or one of `TARIFFS`. A day without rates is a `NormError`.
    """
    pay, limit = 12 * monthly_pay, _number("contributions.general.base_limit", on)
    below = _number("contributions.general.below", on)
    if tariff in ("sme_manufacturing", "sme_priority"):
        reduced = _number(f"contributions.{tariff}.above_threshold", on)
        threshold = _number("wage.minimum", on) * _number(
            "contributions.sme_manufacturing.threshold_multiple", on
        )
        return 12 * float(
            taxes.contributions_above_threshold(monthly_pay, threshold, below, reduced)
        )
    own_below = _number(f"contributions.{tariff}.below", on)
    above = norms[f"contributions.{tariff}.above"].on(on)
    if not above.known:
        return own_below * pay if pay <= limit else None
    return float(taxes.contributions(pay, limit, own_below, above.number))


def _number(name: str, on: datetime.date) -> float:
    edition = norms[name].on(on)
    if edition.ended_on(on):
        what = f"известное значение действовало по {day(edition.until)}"
        raise NormError(Fault("", name, what, f"Найдите значение на {day(on)}"))
    return edition.number


def contributions(name: str, ask: Ask) -> Offer:
    """A tariff of contributions; all tariffs of one payer exclude one another."""
    card = cards()[f"tariff_{name}"]
    conditions = (in_force(card.rule, ask.on), *_CONDITIONS[name](ask))
    saving, basis = _saving(name, ask)
    needs = name == "cluster_spic" and ask.facts.spic is not Spic.FIRST_FEDERAL
    return Offer(
        card=card, member=ask.member.id, conditions=conditions, amount=saving, basis=basis,
        worth=saving, excludes=frozenset({f"tariff:{ask.member.id}"}),
        requires=frozenset({"spic_1"}) if needs else frozenset(),
    )  # fmt: skip


def _saving(name: str, ask: Ask) -> tuple[float | None, str]:
    member = ask.member
    if not member.headcount or member.payroll is None:
        return None, "Численность или фонд оплаты труда не названы"
    pay = member.payroll / member.headcount / 12
    try:
        general, own = yearly(GENERAL, pay, ask.on), yearly(name, pay, ask.on)
    except NormError:
        return None, "Ставок на этот день в данных нет"
    if general is None or own is None:
        return None, "Тариф сверх предельной базы не прочитан"
    basis = f"За год, по средней зарплате {money(pay, '₽')} и нормам дня"
    return max(general - own, 0.0) * member.headcount, basis


def _size(member: Member) -> Verdict:
    title = "Малое или среднее предприятие"
    if member.sme is None:
        return fact(title, UNKNOWN, "Статус МСП не назван", "Проверить реестр МСП")
    if member.sme is Sme.NONE:
        return fact(title, FAIL, "К малым и средним не относится",
                    "Ничего: мера только для малых и средних предприятий")  # fmt: skip
    return fact(title, PASS, member.sme.words)


def _sme_manufacturing(ask: Ask) -> tuple[Verdict, ...]:
    code = ask.member.okved
    title = "Основной вид деятельности (нужен раздел C ОКВЭД)"
    if code is None:
        section = fact(title, UNKNOWN, "ОКВЭД не назван", "Назвать основной ОКВЭД")
    elif int(code[:2]) in MANUFACTURING:
        section = fact(title, PASS, f"ОКВЭД {code}")
    else:
        section = fact(title, FAIL, f"ОКВЭД {code} — не раздел C",
                       "Ничего: мера только для обрабатывающих производств")  # fmt: skip
    listed = answered(
        "Перечень № 3689-р", ask.facts.sme_list, "Код есть в перечне № 3689-р",
        "Кода в перечне № 3689-р нет", "Сверить ОКВЭД с перечнем № 3689-р от 11.12.2024",
    )  # fmt: skip
    return _size(ask.member), section, listed


def _sme_priority(ask: Ask) -> tuple[Verdict, ...]:
    listed = answered(
        "Перечень № 4125-р", ask.facts.priority_list, "Код есть в перечне № 4125-р",
        "Кода в перечне № 4125-р нет", "Сверить ОКВЭД с перечнем № 4125-р от 27.12.2025",
    )  # fmt: skip
    return _size(ask.member), listed, _income("contributions.sme_priority.income_share_min", ask)


def _income(rule: str, ask: Ask) -> Verdict:
    """The share of income from the listed activity: the relief is for those that live by it."""

    def look(edition: Edition) -> Finding:
        told = ask.facts.income_share
        if told is None:
            wanted = "Назвать долю дохода участника по виду деятельности, нужно не меньше"
            silent = ("Доля дохода по виду деятельности не названа",)
            return Finding(UNKNOWN, silent, (f"{wanted} {edition.words}",))
        said = (f"Доля дохода {share(told)}, нужно не меньше {edition.words}",)
        return Finding(PASS if told >= edition.number else FAIL, said)

    return held(rule, ask.on, look)


def _radioelectronics(ask: Ask) -> tuple[Verdict, ...]:
    return in_sector(ask), _income("tax.profit.radioelectronics.income_share_min", ask)


def confirmed(cluster: Cluster, on: datetime.date) -> Verdict:
    """Whether an order of the Ministry confirms the cluster, and its members, on the day."""
    title = "Кластер подтверждён приказом Минпромторга"
    if cluster.confirmed is None or cluster.confirmed > on:
        return fact(title, FAIL, f"На {day(on)} приказа нет", "Подтвердить соответствие кластера")
    return fact(title, PASS, f"Приказ от {day(cluster.confirmed)}")


def _cluster_spic(ask: Ask) -> tuple[Verdict, ...]:
    """All three conditions at once, and the contract is СПИК 1.0 with the Federation."""

    def look(_: Edition) -> Finding:
        spic = ask.facts.spic
        if spic is None:
            return Finding(UNKNOWN, ("Каким СПИК связан участник, не названо",),
                           ("Назвать СПИК участника и его стороны",))  # fmt: skip
        if spic is Spic.FIRST_FEDERAL:
            return Finding(PASS, (spic.words,))
        said = f"{spic.words}: нужен СПИК 1.0 с Российской Федерацией"
        return Finding(FAIL, (said,), ("Иметь СПИК 1.0 с Российской Федерацией",))

    spic = held("contributions.cluster_spic.conditions", ask.on, look)
    last = held("contributions.cluster_spic.last_day", ask.on, lambda _: Finding(PASS))
    return confirmed(ask.cluster, ask.on), spic, last


_CONDITIONS = {
    "sme_manufacturing": _sme_manufacturing,
    "sme_priority": _sme_priority,
    "radioelectronics": _radioelectronics,
    "cluster_spic": _cluster_spic,
}


def profit_tax(ask: Ask) -> Offer:
    """The sector's rate of profit tax: the file does not hold a member's profit, so no sum."""
    card = cards()["profit_tax_radioelectronics"]
    conditions = (
        in_force(card.rule, ask.on),
        in_sector(ask),
        _income("tax.profit.radioelectronics.income_share_min", ask),
    )
    parts = []
    for family in ("tax.profit.radioelectronics.rate", "tax.profit.rate"):
        try:
            rates = [norms[f"{family}.{level}"].on(ask.on) for level in ("federal", "regional")]
        except NormError:
            continue
        parts.append(share(sum(rate.number for rate in rates)))
    basis = f"Ставка {' вместо '.join(parts)}; прибыль участника в файле не названа"
    return Offer(card=card, member=ask.member.id, conditions=conditions, basis=basis)


def monitoring(ask: Ask) -> Offer:
    """Tax monitoring of members of a confirmed cluster: known by the title of the law only."""
    card = cards()["tax_monitoring"]
    conditions = (in_force(card.rule, ask.on), confirmed(ask.cluster, ask.on),
                  *map(unread, card.unread))  # fmt: skip
    return Offer(card=card, member=ask.member.id, conditions=conditions)
