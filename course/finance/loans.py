"""Schedules of loans: what is owed, and what is paid when.

All sums in roubles and positive. A rate is that of one period of the schedule, one for all periods
or one for each (a floating rate). Interest is counted on the debt at the start of a period
(`opening`), payments stand at its end; a loan is drawn at the end of the period before the first.

This is the public library of schedules for loans outside of a project (`offers` and
`course.support` compare offers of lenders by them). A project's own loans are lines in
`borrowing`; `tests/test_model.py` holds every shape of them to these schedules.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course.finance.discounting import Array, refusal
from course.finance.returns import irr


@dataclass(frozen=True)
class Schedule:
    """One loan by periods: interest counted, principal repaid, and the debt at start and end.

    `paid_interest` is what is paid of the interest; the rest is added to the debt.
    """

    opening: Array
    interest: Array
    paid_interest: Array
    principal: Array
    closing: Array

    @property
    def payment(self) -> Array:
        """What the borrower pays in every period: interest and principal."""
        return self.paid_interest + self.principal

    @property
    def total_interest(self) -> float:
        """All interest of the loan, that added to the debt included."""
        return float(self.interest.sum())

    @property
    def lender_flow(self) -> Array:
        """The lender's cash flow: the loan at step 0, then the payments."""
        return np.concatenate([[-self.opening[0]], self.payment])

    def lender_rate(self) -> float | None:
        """What the lender earns per period; the loan's own rate if the schedule is right."""
        return irr(self.lender_flow).value


def annuity(
    principal: float,
    rate: float | ArrayLike,
    periods: int,
    *,
    grace: int = 0,
    capitalised: bool = False,
) -> Schedule:
    """Аннуитет: equal payments in `periods` periods, after `grace` periods without principal.

    In the grace periods interest is paid, or added to the debt (`capitalised`). With a rate for
    each period the payment is counted anew on the debt that is left.
    """

    def part(left: int, each: float) -> float:
        return each / -np.expm1(-left * np.log1p(each)) - each if each else 1.0 / left

    rates = _rates(rate, grace + periods)
    return _schedule(principal, rates, part, grace, capitalised)


def equal_principal(
    principal: float,
    rate: float | ArrayLike,
    periods: int,
    *,
    grace: int = 0,
    capitalised: bool = False,
) -> Schedule:
    """Дифференцированный платёж: equal parts of principal in `periods` periods after the grace.

    With a grace this is the shape of loans of the Industry Development Fund (ФРП): interest in
    every period, principal in equal parts at the end. With one period it is a bullet loan.
    """
    rates = _rates(rate, grace + periods)
    return _schedule(principal, rates, lambda left, _: 1.0 / left, grace, capitalised)


def _rates(rate: float | ArrayLike, periods: int) -> Array:
    rates = np.asarray(rate, dtype=np.float64)
    if periods < 1:
        raise refusal("срок займа", "нужен хотя бы один период")
    if rates.ndim and rates.shape != (periods,):
        raise refusal("ставка займа", f"ставок {rates.size}, а периодов {periods}")
    if not np.isfinite(rates).all() or (rates <= -1).any():
        raise refusal("ставка займа", "ставка должна быть числом больше −1 (−100 %)")
    return np.broadcast_to(rates, (periods,))


def _schedule(
    principal: float,
    rates: Array,
    part: Callable[[int, float], float],
    grace: int,
    capitalised: bool,
) -> Schedule:
    """The periods one after another; interest of the grace may join the debt.

    `part` is what is repaid of the debt when so many periods are left at a rate.
    """
    if not principal >= 0:
        raise refusal("сумма займа", "она не может быть отрицательной")
    opening, interest, paid, repaid, closing = (np.zeros(len(rates)) for _ in range(5))
    debt = float(principal)
    for period, rate in enumerate(rates.tolist()):
        opening[period] = debt
        interest[period] = debt * rate
        paid[period] = 0.0 if capitalised and period < grace else interest[period]
        if period >= grace:
            repaid[period] = debt * part(len(rates) - period, rate)
        last = period == len(rates) - 1
        debt = 0.0 if last else debt + interest[period] - paid[period] - repaid[period]
        closing[period] = debt
    return Schedule(opening, interest, paid, repaid, closing)


def subsidised_rate(key_rate: ArrayLike, share: float, margin: float) -> Array:
    """A rate tied to the key rate: share · key rate + margin, such as КИП's 0.3 · key + 3 p.p.

    `key_rate` is one annual rate or a series of them.
    """
    return np.asarray(share * np.asarray(key_rate, dtype=np.float64) + margin)


def soft_rates(
    key_rate: ArrayLike, share: float, margin: float, soft_periods: int, market_margin: float
) -> Array:
    """Annual rates by period: the subsidised rate while it lasts, then key rate + market margin."""
    keys = np.atleast_1d(np.asarray(key_rate, dtype=np.float64))
    soft = subsidised_rate(keys, share, margin)
    return np.where(np.arange(len(keys)) < soft_periods, soft, keys + market_margin)


@dataclass(frozen=True)
class InterestRefund:
    """Interest of a period, the part refunded by the state, and what is left to the borrower."""

    interest: float
    refund: float

    @property
    def net(self) -> float:
        """What the borrower bears."""
        return self.interest - self.refund


def interest_refund(debt: float, rate: float, key_rate: float, share: float) -> InterestRefund:
    """Возмещение части процентов: share · key rate on the debt, never more than the interest."""
    interest = debt * rate
    return InterestRefund(interest, min(debt * key_rate * share, interest))


def interest_refunds(schedule: Schedule, key_rates: ArrayLike, share: float) -> Array:
    """The refund of every period: share · key rate of the period on the debt, up to the interest.

    `key_rates` are rates per period of the schedule, one or one for each.
    """
    refund = schedule.opening * np.asarray(key_rates, dtype=np.float64) * share
    return np.asarray(np.minimum(refund, schedule.paid_interest))
