"""Federal loans: of the fund, whose limits are undated readings that disagree, and of КИП."""

from __future__ import annotations

import dataclasses
import datetime

from course.cluster import later
from course.norms import Edition
from course.requirements.verdict import Finding, Verdict
from course.support.borrowing import asked_loan, asked_sum, lend, rate_of
from course.support.condition import (
    FAIL,
    NOT_APPLICABLE,
    PASS,
    UNKNOWN,
    answered,
    at_least,
    at_most,
    fact,
    held,
    in_force,
)
from course.support.offer import Ask, Offer
from course.wording import day, share

RADIOELECTRONICS = ("26", "27")  # classes of products that a loan for car parts is not meant for


def frp_development(ask: Ask) -> Offer:
    """The federal fund's loan; its limits are known by undated readings that disagree."""
    rule, on = "loan.frp.development", ask.on
    principal = asked_sum(ask, "frp_development")
    conditions = (
        held(f"{rule}.rate.base", on, lambda edition: Finding(PASS, (f"Ставка {edition.words}",))),
        at_least(f"{rule}.amount.min", on, principal, "Заём"),
        at_most(f"{rule}.amount.max", on, principal, "Заём"),
        at_least(f"{rule}.project_budget.min", on, ask.plan.budget, "Бюджет проекта"),
        held(f"{rule}.term.max", on, lambda edition: _term(ask, "frp_development", edition)),
        held(f"{rule}.cofinancing.min", on, lambda edition: _own(ask, edition)),
        _debt_to_assets(ask, "frp_development"),
        _reduced(ask),
    )
    rate = rate_of(f"{rule}.rate.base", on)
    return lend(ask, "frp_development", conditions, f"{rule}.amount.max", rate)


def _term(ask: Ask, measure: str, edition: Edition) -> Finding:
    loan = asked_loan(ask, measure)
    if loan is None:
        return Finding(UNKNOWN, ("Срок займа не назван",))
    months = edition.number * (12 if edition.unit == "years" else 1)
    said = (f"Срок {loan.term_months} мес., можно не больше {edition.words}",)
    return Finding(PASS if loan.term_months <= months else FAIL, said)


def _own(ask: Ask, edition: Edition) -> Finding:
    lent = sum(loan.principal.value for loan in ask.plan.loans)
    part = 1 - lent / ask.plan.budget if ask.plan.budget else 0.0
    said = (f"Без займов {share(part)} бюджета, нужно не меньше {edition.words}",)
    return Finding(PASS if part >= edition.number else FAIL, said)


def _debt_to_assets(ask: Ask, measure: str) -> Verdict:
    """The whole debt to the fund, this loan in it, against the assets of the balance sheet."""

    def look(edition: Edition) -> Finding:
        assets, debt, lent = ask.facts.assets, ask.facts.fund_debt, asked_sum(ask, measure)
        if not assets or debt is None or lent is None:
            wanted = ("Назвать активы баланса и весь долг перед фондом",)
            return Finding(UNKNOWN, ("Активы баланса или долг перед фондом не названы",), wanted)
        part = (debt + lent) / assets
        said = (f"Долг с этим займом — {share(part)} активов, можно не больше {edition.words}",)
        return Finding(PASS if part <= edition.number else FAIL, said)

    return held("loan.frp.debt_to_assets.max", ask.on, look)


def _reduced(ask: Ask) -> Verdict:
    """What the lower rate needs, told beside the base rate: it decides nothing here."""
    reduced = rate_of("loan.frp.development.rate.reduced", ask.on)
    words = f"Ставка {reduced.words} — при банковской гарантии" if reduced else "Ставка не известна"
    return Verdict("loan.frp.development.rate.reduced", "Пониженная ставка", PASS, reduced,
                   (words,)) if reduced else fact("Пониженная ставка", UNKNOWN, words)  # fmt: skip


def frp_components(ask: Ask) -> Offer:
    """The fund's loan for components, at the rate that was named for all its programmes."""
    rule, on = "loan.frp.components", ask.on
    conditions = (
        held("loan.frp.development.rate.base", on,
             lambda edition: Finding(PASS, (f"Ставка {edition.words}",))),
        held(f"{rule}.products", on, lambda _: Finding(UNKNOWN)),
        _debt_to_assets(ask, "frp_components"),
    )  # fmt: skip
    rate = rate_of("loan.frp.development.rate.base", on)
    return lend(ask, "frp_components", conditions, "", rate)


def frp_autocomponents(ask: Ask) -> Offer:
    """The fund's loan for car parts, which is not for radio electronics."""
    rule, on = "loan.frp.autocomponents", ask.on
    principal = asked_sum(ask, "frp_autocomponents")
    other = ask.plan.okpd2.startswith(RADIOELECTRONICS)
    fit = (
        fact("Продукция — автокомпоненты", NOT_APPLICABLE,
             f"Продукция проекта — {ask.plan.okpd2}: программа не для радиоэлектроники", rule=rule)
        if other
        else fact("Продукция — автокомпоненты", UNKNOWN, "Назначение продукции не названо",
                  "Сверить код продукции с перечнем программы", rule=rule)
    )  # fmt: skip
    conditions = (
        fit,
        at_least(f"{rule}.amount.min", on, principal, "Заём"),
        at_most(f"{rule}.amount.max", on, principal, "Заём"),
    )
    return lend(ask, "frp_autocomponents", conditions, f"{rule}.amount.max", None)


def kip(ask: Ask) -> Offer:
    """A bank's credit at a share of the key rate; needs the product list and the minimum.

    Membership in a registered cluster is not asked for. The soft rate lasts through the investment
    phase and a few years after it, then the market's rate is paid.
    """
    on, rule = ask.on, "loan.kip"
    principal = asked_sum(ask, "kip")
    listed = answered(
        "Продукция есть в перечне приоритетной продукции", ask.readiness.kip_listed,
        "Продукция есть в перечне", "Продукции в перечне нет", "Сверить ОКПД2 с перечнем КИП",
    )  # fmt: skip
    conditions = (
        in_force(f"{rule}.recipient", on),
        listed,
        at_least(f"{rule}.amount.min", on, principal, "Кредит"),
        at_most(f"{rule}.amount.max", on, principal, "Кредит"),
        held(f"{rule}.key_rate_share", on, lambda edition: Finding(PASS, (edition.words,))),
        held("key_rate", on, lambda edition: Finding(PASS, (f"Ключевая ставка {edition.words}",))),
    )
    soft, after = _soft_rate(on), rate_of(f"{rule}.low_rate_after_investment", on)
    until = None
    if after is not None:
        built = later(ask.plan.start, ask.plan.construction_months)
        until = later(built, int(after.number * 12))
    offer = lend(ask, "kip", conditions, f"{rule}.amount.max", None, until, soft)
    if soft is None:
        return offer
    return dataclasses.replace(offer, basis=f"{offer.basis}; {_terms(soft, after, on)}")


def _terms(soft: float, after: Edition | None, on: datetime.date) -> str:
    """The soft rate, by which key rate, and how long it lasts."""
    key = rate_of("key_rate", on)
    said = f"ставка {share(soft, 2)}"
    if key is not None:
        ended = f", известной по {day(key.until)}" if key.ended_on(on) else ""
        said += f" при ключевой {key.words}{ended}"
    return f"{said}, на стройку и {after.words} после неё" if after else said


def _soft_rate(on: datetime.date) -> float | None:
    """The rate of КИП by the key rate that is known last; `None` when nothing is known."""
    part, margin, key = (rate_of(n, on) for n in
                         ("loan.kip.key_rate_share", "loan.kip.margin", "key_rate"))  # fmt: skip
    if part is None or margin is None or key is None or not key.known:
        return None
    return part.number * key.number + margin.number
