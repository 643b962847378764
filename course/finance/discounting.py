"""Discounting of cash flows: what a rouble of a later step is worth at step 0.

A cash flow has the shape (periods,) or (scenarios, periods), in roubles; inflows are positive.
Rates are shares per step of the flow (0.18 is 18 % a year on a yearly grid). Step 0 is not
discounted and flows stand at the end of their step (Methodical Recommendations ВК 477 of
21.06.1999): α_m = 1/(1+E)^m. Functions of another convention carry it in their name.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course.errors import Fault, FinanceError

Array = NDArray[np.float64]
CHUNK = 1 << 18  # numbers worked on at once: 2 MB, what a core keeps in its cache


def cash_flow(flows: ArrayLike, name: str = "денежный поток") -> Array:
    """The flow as numbers, one row a scenario; `FinanceError` if it is empty or not finite."""
    try:
        rows = np.asarray(flows, dtype=np.float64)
    except (TypeError, ValueError):
        raise refusal(name, "не все значения являются числами") from None
    if rows.ndim not in (1, 2) or rows.size == 0:
        raise refusal(name, "нет ни одного значения", "Укажите хотя бы один шаг")
    if not np.isfinite(rows).all():
        raise refusal(name, "есть пропуск или бесконечность", "Запишите 0 там, где потока нет")
    return rows


def chunks(rows: Array) -> Iterator[slice]:
    """Slices of the scenarios that are worked on at once, so that memory stays bounded."""
    step = max(1, CHUNK // rows.shape[1])
    return (slice(start, start + step) for start in range(0, len(rows), step))


def rate_per_step(rate: float, name: str = "ставка") -> float:
    """The rate itself, if one can discount by it (above −100 %); `FinanceError` otherwise."""
    if not math.isfinite(rate) or rate <= -1:
        raise refusal(name, f"ставка {rate} не подходит: она должна быть больше −1 (−100 %)")
    return float(rate)


def refusal(place: str, what: str, remedy: str = "") -> FinanceError:
    """An error about one input of an indicator."""
    return FinanceError(Fault("", place, what, remedy))


def discount_factors(rate: float, periods: int) -> Array:
    """α_0 … α_(periods−1): the worth at step 0 of one rouble at the end of every step."""
    return np.asarray((1.0 + rate_per_step(rate)) ** -np.arange(periods, dtype=np.float64))


def discounted(rate: float, flows: ArrayLike) -> Array:
    """The flow with every step brought to step 0."""
    rows = cash_flow(flows)
    return np.asarray(rows * discount_factors(rate, rows.shape[-1]))


def npv(rate: float, flows: ArrayLike) -> float:
    """ЧДД: the sum of the flow brought to step 0; step 0 itself is not discounted."""
    row = cash_flow(flows)
    return float(row @ discount_factors(rate, row.shape[-1]))


def npv_excel(rate: float, flows: ArrayLike) -> float:
    """NPV() as Excel counts it (ЧПС): the first flow is already discounted by one step."""
    return npv(rate, flows) / (1.0 + rate)


def npv_mid_period(rate: float, flows: ArrayLike, first_step: int = 0) -> float:
    """ЧДД when flows stand in the middle of their step: half a step less of discounting.

    Never to be set beside an IRR of flows at the end of steps: the two conventions do not mix.
    """
    return npv_from(rate, flows, first_step) * math.sqrt(1.0 + rate)


def npv_from(rate: float, flows: ArrayLike, first_step: int) -> float:
    """ЧДД of a flow whose first value stands at the end of step `first_step`."""
    return npv(rate, flows) * float((1.0 + rate_per_step(rate)) ** -first_step)


def npv_rows(rates: float | ArrayLike, flows: ArrayLike) -> Array:
    """ЧДД of every scenario: `flows` (scenarios, periods), one rate or one rate a scenario."""
    rows = np.atleast_2d(cash_flow(flows))
    each = np.asarray(rates, dtype=np.float64)
    if each.ndim == 0:
        return np.asarray(rows @ discount_factors(float(each), rows.shape[1]))
    if each.shape != rows.shape[:1] or not np.isfinite(each).all() or (each <= -1).any():
        raise refusal("ставка", "нужна одна ставка больше −1 на каждый сценарий")
    result = np.empty(len(rows))
    for part in chunks(rows):
        result[part] = _horner(np.ascontiguousarray(rows[part].T), 1.0 / (1.0 + each[part]))
    return result


def _horner(columns: Array, factor: Array) -> Array:
    """The value at `factor` of the polynomials whose coefficients stand in `columns`."""
    value: Array = columns[-1].copy()
    for coefficients in columns[-2::-1]:
        value *= factor
        value += coefficients
    return value


def step_rate(annual: float, steps: int = 12) -> float:
    """The rate of one of `steps` equal steps of a year that compound to the annual rate.

    (1+r)^(1/12) − 1 for months: 18 % a year are 1.3888 % a month and not 1.5 %.
    """
    return math.expm1(math.log1p(rate_per_step(annual)) / steps)


def annual_rate(rate: float, steps: int = 12) -> float:
    """The annual rate to which `steps` steps of the rate compound; undoes `step_rate`."""
    return math.expm1(math.log1p(rate_per_step(rate)) * steps)


def effective_rate(nominal: float, compoundings: int) -> float:
    """EFFECT() of Excel (ЭФФЕКТ): what a nominal annual rate yields in a year."""
    if compoundings < 1:
        raise refusal("число начислений", f"{compoundings} начислений в году не бывает")
    return annual_rate(nominal / compoundings, compoundings)


def real_rate(nominal: float, inflation: float) -> float:
    """The rate without inflation, by Fisher: (1+nominal)/(1+inflation) − 1."""
    return (1.0 + nominal) / (1.0 + rate_per_step(inflation, "инфляция")) - 1.0


def nominal_rate(real: float, inflation: float) -> float:
    """The rate with inflation in it; undoes `real_rate`."""
    return (1.0 + real) * (1.0 + inflation) - 1.0
