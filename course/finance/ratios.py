"""Ratios of a project: profitability indices, debt coverage, break-even, budget effectiveness.

Money in roubles, rates as shares per step. Three indices of profitability are in use under one
name; here each has a name of its own, and a report has to say which it prints.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course.finance.discounting import Array, cash_flow, npv, npv_rows, refusal


def investment_index_discounted(
    rate: float, investments: ArrayLike, operating: ArrayLike
) -> float | None:
    """ИДДИ: 1 + ЧДД / discounted investments (ВК 477). `None` without investments.

    `investments` are outlays as positive sums, `operating` the flow of operations; both by step.
    """
    outlay, result = _pair(investments, operating)
    spent = npv(rate, outlay)
    return 1.0 + npv(rate, result - outlay) / spent if spent else None


def investment_index(investments: ArrayLike, operating: ArrayLike) -> float | None:
    """ИДИ: 1 + ЧД / investments, without discounting (ВК 477). `None` without investments."""
    return investment_index_discounted(0.0, investments, operating)


def initial_investment_index(
    rate: float, investments: ArrayLike, operating: ArrayLike
) -> float | None:
    """PI over the first outlay alone: 1 + ЧДД / investment of step 0. `None` if that is zero."""
    outlay, result = _pair(investments, operating)
    return 1.0 + npv(rate, result - outlay) / float(outlay[0]) if outlay[0] else None


def cost_index(rate: float, inflows: ArrayLike, outflows: ArrayLike) -> float | None:
    """Индекс доходности дисконтированных затрат: discounted inflows / discounted outflows.

    Both are positive sums of operations (ВК 477). `None` without outflows.
    """
    paid, earned = _pair(outflows, inflows)
    spent = npv(rate, paid)
    return npv(rate, earned) / spent if spent else None


def _pair(first: ArrayLike, second: ArrayLike) -> tuple[Array, Array]:
    one, other = cash_flow(first).ravel(), cash_flow(second).ravel()
    if one.shape != other.shape:
        raise refusal("денежные потоки", f"в одном {len(one)} шагов, в другом {len(other)}")
    return one, other


def dscr(cash_available: ArrayLike, debt_service: ArrayLike) -> Array:
    """DSCR by step: cash available for debt service / principal and interest due.

    NaN in steps without debt service: they are left out, they are neither 0 nor very large.
    """
    cash, service = cash_flow(cash_available), cash_flow(debt_service)
    if cash.shape != service.shape:
        raise refusal("обслуживание долга", "число шагов не равно числу шагов денежного потока")
    coverage: Array = np.full(cash.shape, np.nan)
    return np.divide(cash, service, out=coverage, where=service > 0)


def dscr_min(cash_available: ArrayLike, debt_service: ArrayLike) -> float | None:
    """The lowest DSCR of all steps with debt service; `None` if there are none."""
    known = _known(dscr(cash_available, debt_service))
    return float(known.min()) if len(known) else None


def dscr_average(cash_available: ArrayLike, debt_service: ArrayLike) -> float | None:
    """The mean DSCR of all steps with debt service; `None` if there are none."""
    known = _known(dscr(cash_available, debt_service))
    return float(known.mean()) if len(known) else None


def _known(coverage: Array) -> Array:
    return coverage[~np.isnan(coverage)]


def dscr_min_rows(cash_available: ArrayLike, debt_service: ArrayLike) -> Array:
    """The lowest DSCR of every scenario; NaN where no step has debt service."""
    coverage = np.atleast_2d(dscr(cash_available, debt_service))
    lowest = np.where(np.isnan(coverage), np.inf, coverage).min(axis=1)
    return np.where(np.isposinf(lowest), np.nan, lowest)


def llcr(rate: float, cash_available: ArrayLike, debt_service: ArrayLike) -> float | None:
    """LLCR: discounted cash of the loan's life / discounted debt service; `None` without a loan.

    The life of the loan ends with the last step that has debt service; at the loan's own rate the
    divisor is the debt outstanding.
    """
    cash, service = _pair(cash_available, debt_service)
    due = np.flatnonzero(service > 0)
    if not len(due):
        return None
    life = int(due[-1]) + 1
    return npv(rate, cash[:life]) / npv(rate, service[:life])


@dataclass(frozen=True)
class BreakEven:
    """Break-even of one product: `units` to sell, their `revenue`, the margin of `safety`.

    The margin is the share of the planned volume that may be lost before a loss appears.
    """

    units: float
    revenue: float
    safety: float


def break_even(fixed: float, price: float, variable: float, volume: float) -> BreakEven | None:
    """Точка безубыточности: fixed costs / (price − variable cost of a unit).

    `None` if a unit does not even earn its variable cost: no volume helps then.
    """
    if price <= variable:
        return None
    if volume <= 0:
        raise refusal("объём продаж", "объём должен быть больше нуля")
    units = fixed / (price - variable)
    return BreakEven(units, units * price, 1.0 - units / volume)


def break_even_level(
    revenue: float, costs: float, variable_costs: float, other_income: float = 0.0
) -> float | None:
    """Уровень безубыточности of a step by ВК 477: (C − CV − DC) / (S − CV).

    S revenue, C all current costs, CV their variable part, DC income from other activities net of
    taxes. `None` if revenue does not exceed variable costs.
    """
    if revenue <= variable_costs:
        return None
    return (costs - variable_costs - other_income) / (revenue - variable_costs)


@dataclass(frozen=True)
class BudgetEffect:
    """What a budget gets and gives: discounted taxes and support, `index` and budget `npv`.

    `index` is `None` where no support is given.
    """

    taxes: float
    support: float
    index: float | None
    npv: float


def budget_effect(rate: float, taxes: ArrayLike, support: ArrayLike) -> BudgetEffect:
    """Бюджетная эффективность: discounted taxes against discounted support, by step.

    Taxes are only those that come because of the project; VAT paid back on investments is an
    outflow of the budget. Index: order of Минрегион № 493, п. 6 (not applied since 08.12.2019).
    """
    got, given = _pair(taxes, support)
    income, spent = npv(rate, got), npv(rate, given)
    return BudgetEffect(income, spent, income / spent if spent else None, income - spent)


@dataclass(frozen=True)
class WorkingCapital:
    """Оборотный капитал at the end of a period, in roubles."""

    receivables: float
    inventory: float
    payables: float

    @property
    def net(self) -> float:
        """ЧОК: receivables and inventory less payables."""
        return self.receivables + self.inventory - self.payables


def working_capital(
    *,
    revenue: float,
    cost_of_sales: float,
    purchases: float,
    vat: float,
    receivable_days: float,
    inventory_days: float,
    payable_days: float,
    days: float,
) -> WorkingCapital:
    """Working capital by days of turnover within a period of `days`.

    Revenue and purchases come without VAT and are owed with it; stocks are held at cost.
    """
    if days <= 0:
        raise refusal("дни", "период должен быть длиннее нуля дней")
    return WorkingCapital(
        receivables=revenue * (1.0 + vat) * receivable_days / days,
        inventory=cost_of_sales * inventory_days / days,
        payables=purchases * (1.0 + vat) * payable_days / days,
    )


def investment_index_rows(rate: float, investments: ArrayLike, operating: ArrayLike) -> Array:
    """ИДДИ of every scenario: both (scenarios, periods); NaN without investments."""
    outlay, result = np.atleast_2d(cash_flow(investments)), np.atleast_2d(cash_flow(operating))
    spent, earned = npv_rows(rate, outlay), npv_rows(rate, result)
    index: Array = np.full(len(spent), np.nan)
    return np.divide(earned, spent, out=index, where=spent != 0)
