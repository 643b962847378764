"""Taxes and contributions of a Russian company, as arithmetic: every rate is an argument.

No rate or limit stands here: the registry of norms gives them for the day. Sums in roubles, rates
as shares. Series have the shape (periods,) or (scenarios, periods).

This is the public library of formulas for sums outside of a project (`course.support` compares
tariffs by them). A project's own lines are in `levies`, `people` and `vat`, written once as
expressions; the tests hold both to the same sums worked by hand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course.finance.discounting import Array, cash_flow, refusal


@dataclass(frozen=True)
class ProfitTax:
    """Profit tax by period: the `tax`, the losses `used`, and the losses left over (`pool`)."""

    tax: Array
    used: Array
    pool: Array


def profit_tax(base: ArrayLike, rate: ArrayLike, limit: ArrayLike) -> ProfitTax:
    """Налог на прибыль with losses carried forward (НК РФ, ст. 283).

    `base` is the profit (+) or loss (−) of each tax period. Losses of earlier periods reduce a
    profit by at most the share `limit` of it; a limit of 1 is none. Rate and limit may differ by
    period.
    """
    rows = cash_flow(base, "налоговая база")
    periods = rows.shape[-1]
    rates = np.broadcast_to(np.asarray(rate, dtype=np.float64), (periods,))
    limits = np.broadcast_to(np.asarray(limit, dtype=np.float64), (periods,))
    used, pool = np.zeros_like(rows), np.zeros_like(rows)
    left = np.zeros(rows.shape[:-1])
    for period in range(periods):
        profit = np.maximum(rows[..., period], 0.0)
        used[..., period] = np.minimum(left, profit * limits[period])
        left = left - used[..., period] - np.minimum(rows[..., period], 0.0)
        pool[..., period] = left
    return ProfitTax((np.maximum(rows, 0.0) - used) * rates, used, pool)


def vat_inside(gross: float, rate: float) -> float:
    """НДС inside a sum that includes it: gross · rate / (1 + rate), such as 22/122."""
    return gross * rate / (1.0 + rate)


def without_vat(gross: float, rate: float) -> float:
    """The sum without the НДС inside it."""
    return gross / (1.0 + rate)


def vat_on_purchases(net: ArrayLike, rate: float, refund_lag: int) -> Array:
    """The cash flow of purchases with НДС: paid at once in full, НДС refunded `refund_lag` later.

    `net` are purchases without НДС by step, as positive sums. The result is longer by the lag.
    """
    if refund_lag < 0:
        raise refusal("возмещение НДС", "оно не может быть раньше уплаты")
    purchases = cash_flow(np.atleast_1d(net), "закупки").ravel()
    flow = np.zeros(len(purchases) + refund_lag)
    flow[: len(purchases)] -= purchases * (1.0 + rate)
    flow[refund_lag:] += purchases * rate
    return flow


def contributions(pay: ArrayLike, base_limit: float, below: float, above: float) -> Array:
    """Страховые взносы of one employee for a year: one rate up to the limit of the base, another
    above it.

    `pay` is accrued since the start of the year; several employees are a list.
    """
    earned = np.asarray(pay, dtype=np.float64)
    return below * np.minimum(earned, base_limit) + above * np.maximum(earned - base_limit, 0.0)


def contributions_by_month(pay: ArrayLike, base_limit: float, below: float, above: float) -> Array:
    """Взносы of one employee month by month within a year, as the base grows to its limit."""
    total = np.cumsum(cash_flow(pay, "начисления"), axis=-1)
    accrued = contributions(total, base_limit, below, above)
    return np.diff(accrued, axis=-1, prepend=0.0)


def contributions_above_threshold(
    monthly_pay: ArrayLike, threshold: float, general: float, reduced: float
) -> Array:
    """Взносы of small and medium firms for a month: a reduced rate on pay above a threshold.

    The threshold is a multiple of the minimum wage (МРОТ); see the norms.
    """
    pay = np.asarray(monthly_pay, dtype=np.float64)
    return general * np.minimum(pay, threshold) + reduced * np.maximum(pay - threshold, 0.0)


@dataclass(frozen=True)
class InvestmentDeduction:
    """Федеральный инвестиционный вычет: granted, `used` by year, and what is `left` unused."""

    granted: float
    used: Array
    left: float


def investment_deduction(
    outlay: float, federal_tax: ArrayLike, rate: float, limit: float, carry_years: int
) -> InvestmentDeduction:
    """ФИНВ: a share of an asset's cost is taken off the federal part of profit tax.

    At most the share `limit` of the outlay; what a year's tax does not bear is carried on within
    `carry_years` years. Check the current conditions with a lawyer before counting on it.
    """
    taxes = np.atleast_1d(cash_flow(np.atleast_1d(federal_tax), "федеральная часть налога"))
    granted = outlay * min(rate, limit)
    open_ = np.where(np.arange(len(taxes)) < carry_years, np.maximum(taxes, 0.0), 0.0)
    total = np.minimum(np.cumsum(open_), granted)
    return InvestmentDeduction(granted, np.diff(total, prepend=0.0), granted - float(total[-1]))
