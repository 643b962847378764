"""Flows on given days: XNPV and XIRR.

The only module that asks pyxirr, whose results for dated flows agree with Excel's own; the answer
is still put to the test here, and sought without it where pyxirr gives none.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pyxirr

from course.finance.discounting import cash_flow, rate_per_step, refusal

EXCEL_DAYS = "act/365F"
NEAR = 1e-9  # of the turnover: a worth as small as this is zero


def year_fractions(dates: Sequence[datetime.date], day_count: str = EXCEL_DAYS) -> list[float]:
    """Years from the first day of the list to each, by the named day count.

    "act/365F" is Excel's; others are pyxirr's words, such as "30E/360" and "act/act".
    """
    try:
        convention: Any = pyxirr.DayCount.of(day_count)
    except (ValueError, TypeError):
        raise refusal("счёт дней", f"счёт дней «{day_count}» неизвестен") from None
    return [float(pyxirr.year_fraction(dates[0], day, convention)) for day in dates]


def xnpv(
    rate: float,
    dates: Sequence[datetime.date],
    amounts: Sequence[float],
    day_count: str = EXCEL_DAYS,
) -> float:
    """ЧДД of flows on given days (ЧИСТНЗ), brought to the first day of the list.

    A zero on the first day still names the day to which flows are brought, as in Excel. Rates
    below zero are allowed, which Excel refuses.
    """
    values = _amounts(dates, amounts)
    growth = 1.0 + rate_per_step(rate)
    years = year_fractions(dates, day_count)
    return math.fsum(value / growth**span for value, span in zip(values, years, strict=True))


def xirr(
    dates: Sequence[datetime.date], amounts: Sequence[float], day_count: str = EXCEL_DAYS
) -> float | None:
    """The annual rate at which dated flows are worth nothing (ЧИСТВНДОХ), `None` if none does.

    Zeros before the first flow are dropped: Excel stumbles over them (2.98E-09). If the flow
    changes its sign more than once and several rates fit, it is the smallest positive one: pyxirr
    is not asked to choose, it takes the greater of two.
    """
    flows = sorted(zip(dates, _amounts(dates, amounts), strict=True))
    while flows and flows[0][1] == 0:
        del flows[0]
    values = [value for _, value in flows]
    if not any(value > 0 for value in values) or not any(value < 0 for value in values):
        return None
    days = [day for day, _ in flows]
    years = year_fractions(days, day_count)
    turns = [a > 0 for a in values if a]
    if sum(one != other for one, other in pairwise(turns)) > 1:
        chosen = _by_bisection(values, years)
        if chosen is not None:
            return chosen
    found = pyxirr.xirr(days, values, day_count=pyxirr.DayCount.of(day_count), silent=True)
    if found is not None and found > -1 and _is_zero(found, values, years):
        return float(found)
    return _by_bisection(values, years)


def _amounts(dates: Sequence[datetime.date], amounts: Sequence[float]) -> list[float]:
    if len(dates) != len(amounts):
        raise refusal("даты", f"дат {len(dates)}, а сумм {len(amounts)}")
    return [float(value) for value in cash_flow(amounts, "суммы")]


def _worth(rate: float, values: Sequence[float], years: Sequence[float]) -> float:
    try:
        pairs = zip(values, years, strict=True)
        return math.fsum(value / (1.0 + rate) ** span for value, span in pairs)
    except (OverflowError, ZeroDivisionError):
        return math.nan


def _is_zero(rate: float, values: Sequence[float], years: Sequence[float]) -> bool:
    scale = _worth(rate, [abs(value) for value in values], years)
    return abs(_worth(rate, values, years)) <= NEAR * scale


def _by_bisection(values: Sequence[float], years: Sequence[float]) -> float | None:
    """The smallest positive root that a ladder of rates shows, else the nearest negative one."""
    ladder = sorted((math.expm1(step / 8) for step in range(-64, 97)), key=abs)
    for sign in (1, -1):
        rates = [rate for rate in ladder if rate * sign >= 0]
        for low, high in pairwise(rates):
            at_low, at_high = _worth(low, values, years), _worth(high, values, years)
            if at_low == 0:
                return low
            if at_low * at_high < 0:
                return _bisect(low, high, values, years)
    return None


def _bisect(low: float, high: float, values: Sequence[float], years: Sequence[float]) -> float:
    positive_at_low = _worth(low, values, years) > 0
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if (_worth(middle, values, years) > 0) == positive_at_low:
            low = middle
        else:
            high = middle
    return (low + high) / 2
