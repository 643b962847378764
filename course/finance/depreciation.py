"""Depreciation: what of an asset's cost becomes an expense, and when.

Sums in roubles without VAT, rates as shares per period. Russian tax methods take their rates and
limits as arguments (the registry of norms holds them); the methods of spreadsheets keep the
conventions of Excel, as each docstring says.

This is the public library of formulas for sums outside of a project: what a reader or a
spreadsheet counts for one asset. A project's own lines are in `assets`, written once as
expressions; the tests hold both to the same sums worked by hand.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from course.finance.discounting import Array, refusal


def straight_line(cost: float, salvage: float, life: float) -> float:
    """SLN (АПЛ): the equal depreciation of every period."""
    return (cost - salvage) / _life(life)


def straight_line_schedule(cost: float, rate: float, periods: int) -> Array:
    """Линейная амортизация by a rate of the cost, the rest in the last period (ВК 477, прил. 10).

    220 at 15 % are six times 33 and then 22.
    """
    if not rate > 0:
        raise refusal("норма амортизации", "она должна быть больше нуля")
    before = np.minimum(cost * rate * np.arange(periods + 1), cost)
    return np.diff(before)


@dataclass(frozen=True)
class BonusDepreciation:
    """Tax depreciation with a bonus: the `bonus` at once, then `monthly` over `months`."""

    bonus: float
    monthly: float
    months: int

    @property
    def total(self) -> float:
        """All that becomes an expense: the cost."""
        return self.bonus + self.monthly * self.months

    def expense(self, first: int, last: int) -> float:
        """The expense of months `first` to `last` from the start of use (1 is the first month).

        The bonus is an expense of month 1.
        """
        months = max(0, min(last, self.months) - max(first, 1) + 1)
        return self.bonus * (first <= 1 <= last) + self.monthly * months

    def by_month(self, periods: int) -> Array:
        """The expense of every month from the start of use."""
        flow = np.where(np.arange(periods) < self.months, self.monthly, 0.0)
        flow[:1] += self.bonus
        return flow


def with_bonus(cost: float, bonus_share: float, months: int) -> BonusDepreciation:
    """Амортизационная премия and a straight line over the rest (НК РФ, п. 9 ст. 258)."""
    if not 0 <= bonus_share <= 1:
        raise refusal("амортизационная премия", "доля должна быть от 0 до 1")
    bonus = cost * bonus_share
    return BonusDepreciation(bonus, (cost - bonus) / _life(months), months)


def group_balance(balance: float, monthly_rate: float, months: float) -> float:
    """Остаток группы after months of the non-linear method: balance · (1 − k)^months.

    НК РФ, ст. 259.2: the rate k of the group is taken of the balance every month.
    """
    return float(balance * (1.0 - monthly_rate) ** months)


def group_depreciation(balance: float, monthly_rate: float, months: int) -> Array:
    """Depreciation of a group by the non-linear method, month by month."""
    left = balance * (1.0 - monthly_rate) ** np.arange(months + 1)
    return -np.diff(left)


def sum_of_years(cost: float, salvage: float, life: float, period: float) -> float:
    """SYD (АСЧ): depreciation of one period by the sum of years' digits."""
    if not 1 <= period <= _life(life):
        raise refusal("период", f"периода {period:g} нет: срок службы {life:g}")
    return (cost - salvage) * (life - period + 1) * 2 / (life * (life + 1))


def fixed_declining(
    cost: float, salvage: float, life: float, period: int, month: int = 12
) -> float:
    """DB (ФУО): fixed declining balance; the rate is rounded to three digits, as in Excel.

    `month` is the number of months in the first year; then there is one period more than the life.
    """
    if not (1 <= month <= 12 and 1 <= period <= _life(life) + (month < 12)):
        raise refusal("период", f"периода {period} нет: срок службы {life:g}")
    if cost == 0:
        return 0.0
    rate = round(1.0 - math.pow(salvage / cost, 1.0 / life), 3)
    first = cost * rate * month / 12
    if period == 1:
        return first
    left = (cost - first) * math.pow(1.0 - rate, period - 2)
    return left * rate * ((12 - month) / 12 if period > life else 1.0)


def double_declining(
    cost: float, salvage: float, life: float, period: float, factor: float = 2.0
) -> float:
    """DDB (ДДОБ): declining balance by factor/life, never below the salvage value."""
    if period <= 0 or period > _life(life):
        raise refusal("период", f"периода {period:g} нет: срок службы {life:g}")
    return _declining(cost, salvage, life, period, factor)


def _declining(cost: float, salvage: float, life: float, period: float, factor: float) -> float:
    rate = min(factor / life, 1.0)
    before = cost * math.pow(1.0 - rate, period - 1) if rate < 1 else cost * (period <= 1)
    after = cost * math.pow(1.0 - rate, period)
    return max(before - max(after, salvage), 0.0)


def variable_declining(
    cost: float,
    salvage: float,
    life: float,
    start: float,
    end: float,
    factor: float = 2.0,
    switch: bool = True,
) -> float:
    """VDB (ПУО): declining balance between two moments, which may lie inside periods.

    With `switch` it turns to a straight line over the rest of the life as soon as that gives more.
    """
    if not 0 <= start <= end <= _life(life):
        raise refusal("период", f"отрезок от {start:g} до {end:g} вне срока службы {life:g}")
    if not switch:
        return _without_switch(cost, salvage, life, start, end, factor)
    whole = math.floor(start)
    taken = _with_switch(cost, salvage, life, life, whole, factor)
    result = _with_switch(cost - taken, salvage, life, life - whole, math.ceil(end) - whole, factor)
    return result - _outside(cost, salvage, life, start, end, factor)


def _without_switch(
    cost: float, salvage: float, life: float, start: float, end: float, factor: float
) -> float:
    """The parts of all periods that lie between start and end."""
    total = 0.0
    for period in range(math.floor(start) + 1, math.ceil(end) + 1):
        share = min(end, period) - max(start, period - 1)
        total += share * _declining(cost, salvage, life, period, factor)
    return total


def _with_switch(
    cost: float, salvage: float, life: float, left: float, periods: float, factor: float
) -> float:
    """Depreciation of whole `periods` from now, `left` of the life being left."""
    rest, total, line = cost - salvage, 0.0, math.nan
    for period in range(1, math.ceil(periods) + 1):
        if math.isnan(line):
            part = _declining(cost, salvage, life, period, factor)
            even = rest / (left - period + 1)
            if even > part:
                line = even
            rest -= part
        total += part if math.isnan(line) else line
    return total


def _outside(
    cost: float, salvage: float, life: float, start: float, end: float, factor: float
) -> float:
    """What whole periods count before `start` and after `end`."""
    total = 0.0
    for moment, share in (
        (math.floor(start), start - math.floor(start)),
        (math.ceil(end) - 1, math.ceil(end) - end),
    ):
        if share:
            book = cost - _with_switch(cost, salvage, life, life, moment, factor)
            total += share * _with_switch(book, salvage, life, life - moment, 1, factor)
    return total


def _life(life: float) -> float:
    if not life > 0:
        raise refusal("срок службы", "он должен быть больше нуля")
    return life
