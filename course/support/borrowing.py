"""What all loans share: which loan of the plan is meant, its sum within the limit, its worth."""

from __future__ import annotations

import datetime

from course.cluster import Loan
from course.errors import NormError
from course.norms import Edition, norms
from course.requirements.verdict import Verdict
from course.support.card import cards
from course.support.condition import UNKNOWN, fact, unread
from course.support.cost import Cost, cost
from course.support.offer import Ask, Offer
from course.support.window import window
from course.wording import quoted

_PROGRAMMES = {
    "frp_development": "loan.frp.development",
    "frp_components": "loan.frp.components",
    "frp_autocomponents": "loan.frp.autocomponents",
    "joint_loan": "fund.",
    "kip": "loan.kip",
}


def measure_named(programme: str | None) -> str | None:
    """The measure that a loan names by its norm; `None` for a loan of the market."""
    named = programme or ""
    return next((name for name, norm in _PROGRAMMES.items() if named.startswith(norm)), None)


def asked_loan(ask: Ask, measure: str) -> Loan | None:
    """The loan of the file that the measure would take the place of.

    The one whose `programme` names the measure; where none does, the largest one that names no
    measure; `None` when every loan belongs to another.
    """
    prefix = _PROGRAMMES[measure]
    named = [loan for loan in ask.plan.loans if (loan.programme or "").startswith(prefix)]
    free = [loan for loan in ask.plan.loans if loan.programme is None]
    return max(named or free or ask.plan.loans, key=lambda one: one.principal.value, default=None)


def _bounds(rule: str, on: datetime.date) -> list[Edition]:
    """The value of the day, or all undated readings where there is no dated one."""
    norm = norms[rule]
    if not norm.editions:
        return list(norm.snapshots)
    try:
        edition = norm.on(on)
    except NormError:
        return []
    return [edition] if edition.known else []


def capped(principal: float, rule: str, on: datetime.date) -> float:
    """The sum, but not above the most that any reading of the limit allows."""
    bounds = [edition.number for edition in _bounds(rule, on)]
    return min(principal, max(bounds)) if bounds else principal


def lend(
    ask: Ask,
    measure: str,
    conditions: tuple[Verdict, ...],
    most: str,
    rate: Edition | None,
    soft_until: datetime.date | None = None,
    soft: float | None = None,
) -> Offer:
    """An offer of a loan: the sum of the file's loan within the limit `most`, and its worth.

    `soft` is a rate that no single norm states; it is paid up to `soft_until`, then the market's.
    """
    card = cards()[measure]
    loan = asked_loan(ask, measure)
    seen = window(card.window, ask.on)
    checks = (*conditions, seen.verdict(card.window or f"{card.rule}.window"),
              *map(unread, card.unread))  # fmt: skip
    if loan is None:
        lacking = fact("Заём в плане проекта", UNKNOWN, "Займов в плане проекта нет",
                       "Назвать сумму и срок займа")  # fmt: skip
        return Offer(card=card, member=ask.member.id, project=ask.plan.id,
                     conditions=(*checks, lacking), window=seen)  # fmt: skip
    amount = capped(loan.principal.value, most, ask.on) if most else loan.principal.value
    soft = rate.number if soft is None and rate is not None and rate.known else soft
    worth: Cost | None = None
    if soft is not None:
        worth = cost(ask.cluster, ask.plan, loan, amount, soft, soft_until)
    basis = f"По строке плана {quoted(loan.title)} ({loan.principal.status.words})"
    if rate is not None:
        basis += f"; ставка {rate.words}, {rate.reference}"
        if rate.expired_on(ask.on):
            basis += ", срок сверки истёк"
    return Offer(
        card=card, member=ask.member.id, project=ask.plan.id, conditions=checks, amount=amount,
        basis=basis, worth=worth.grant_equivalent if worth else None, cost=worth, window=seen,
        excludes=frozenset({f"debt:{ask.plan.id}:{loan.id}"}),
    )  # fmt: skip


def asked_sum(ask: Ask, measure: str) -> float | None:
    """The sum of the loan that the measure would take the place of."""
    loan = asked_loan(ask, measure)
    return loan.principal.value if loan else None


def rate_of(rule: str, on: datetime.date) -> Edition | None:
    """The edition of a rate on the day; `None` before the first one."""
    try:
        found: Edition = norms[rule].on(on)
    except NormError:
        return None
    return found
