"""Equal payments: the functions of a loan as spreadsheets name them.

Signs as in Excel: what one receives is positive, what one pays negative. `rate` is the rate of one
period; `begin` says that payments stand at the start of periods (Excel's type = 1). Interest of
the first period is then zero, which pyxirr 0.10.8 gets wrong and Excel does not.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

from course.finance.discounting import rate_per_step, refusal


def payment(rate: float, periods: float, pv: float, fv: float = 0.0, begin: bool = False) -> float:
    """PMT (ПЛТ): the equal payment that turns `pv` now into `−fv` after all periods."""
    _periods(periods)
    if rate_per_step(rate) == 0:
        return -(pv + fv) / periods
    growth = math.expm1(periods * math.log1p(rate))
    return -(pv * (growth + 1.0) + fv) * rate / (growth * (1.0 + rate * begin))


def balance(rate: float, periods: float, pmt: float, pv: float, begin: bool = False) -> float:
    """FV (БС): what is owed or saved after `periods` payments, with Excel's sign."""
    if rate_per_step(rate) == 0:
        return -(pv + pmt * periods)
    growth = math.expm1(periods * math.log1p(rate))
    return -(pv * (growth + 1.0) + pmt * (1.0 + rate * begin) * growth / rate)


def principal_part(
    rate: float, period: int, periods: float, pv: float, fv: float = 0.0, begin: bool = False
) -> float:
    """PPMT (ОСПЛТ): the principal in the payment of one period, counted from 1.

    It grows by the rate from payment to payment; counted so, no digit is lost in long loans.
    """
    if not 1 <= period <= periods:
        raise refusal("период", f"периода {period} нет: их {periods:g}")
    if begin and period == 1:
        return payment(rate, periods, pv, fv, begin)
    if rate_per_step(rate) == 0:
        return -(pv + fv) / periods
    first = -(pv + fv) * rate / math.expm1(periods * math.log1p(rate))
    return first * math.exp((period - 1 - begin) * math.log1p(rate))


def interest_part(
    rate: float, period: int, periods: float, pv: float, fv: float = 0.0, begin: bool = False
) -> float:
    """IPMT (ПРПЛТ): the interest in the payment of one period, counted from 1."""
    principal = principal_part(rate, period, periods, pv, fv, begin)
    return payment(rate, periods, pv, fv, begin) - principal


def interest_between(
    rate: float, periods: float, pv: float, start: int, end: int, begin: bool = False
) -> float:
    """CUMIPMT (ОБЩПЛАТ): the interest of payments `start` to `end`, both included."""
    return math.fsum(
        interest_part(rate, period, periods, pv, begin=begin) for period in _span(start, end)
    )


def principal_between(
    rate: float, periods: float, pv: float, start: int, end: int, begin: bool = False
) -> float:
    """CUMPRINC (ОБЩДОХОД): the principal of payments `start` to `end`, both included.

    Over all payments it is the whole debt.
    """
    return math.fsum(
        principal_part(rate, period, periods, pv, begin=begin) for period in _span(start, end)
    )


def number_of_payments(
    rate: float, pmt: float, pv: float, fv: float = 0.0, begin: bool = False
) -> float | None:
    """NPER (КПЕР): after how many payments `pv` has become `−fv`; `None` if never."""
    if rate_per_step(rate) == 0:
        return -(pv + fv) / pmt if pmt else None
    perpetual = pmt * (1.0 + rate * begin) / rate
    if pv + perpetual == 0 or (perpetual - fv) / (pv + perpetual) <= 0:
        return None
    return math.log((perpetual - fv) / (pv + perpetual)) / math.log1p(rate)


def payment_rate(
    periods: float, pmt: float, pv: float, fv: float = 0.0, begin: bool = False, guess: float = 0.1
) -> float | None:
    """RATE (СТАВКА): the rate per period that fits the payments; `None` if no rate does.

    Of several the one nearest to the guess; rates up to 10,000 % a period are looked through.
    """
    _periods(periods)

    def owed(rate: float) -> float:
        try:
            return fv - balance(rate, periods, pmt, pv, begin)
        except OverflowError:
            return math.nan

    ladder = [math.expm1(step / 16) for step in range(-96, 75)]
    brackets = [(low, high) for low, high in pairwise(ladder) if owed(low) * owed(high) <= 0]
    found = [_bisect(owed, low, high) for low, high in brackets]
    return min(found, key=lambda rate: abs(rate - guess), default=None)


def _bisect(owed: Callable[[float], float], low: float, high: float) -> float:
    """The rate between two at which nothing is owed, to rounding."""
    if owed(low) == 0:
        return low
    rising = owed(high) > 0
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if (owed(middle) > 0) == rising:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def _periods(periods: float) -> None:
    if not periods > 0:
        raise refusal("число периодов", "нужен хотя бы один период")


def _span(start: int, end: int) -> range:
    if not 1 <= start <= end:
        raise refusal("период", f"платежей с {start} по {end} нет")
    return range(start, end + 1)
