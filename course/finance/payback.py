"""Payback and the need for funding: what the accumulated flow tells.

A cash flow has the shape (periods,) or (scenarios, periods), in roubles, inflows positive; times
are steps from the end of step 0. Within a step the flow is taken as even (linear interpolation).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from course.finance.discounting import Array, cash_flow, chunks, discounted

ROUNDING = 1e-12  # of the turnover: an accumulated flow as near to zero as this is zero


def payback(flows: ArrayLike) -> float | None:
    """Срок окупаемости: the moment after which the accumulated flow becomes and stays not negative.

    ВК 477; from the end of step 0. `None` if that never happens within the flow.
    """
    return _or_none(payback_rows(cash_flow(flows).ravel()[None]))


def discounted_payback(rate: float, flows: ArrayLike) -> float | None:
    """Срок окупаемости с учётом дисконтирования: the same of the discounted flow."""
    return payback(discounted(rate, flows))


def from_operations(moment: float | None, operations_start: int) -> float | None:
    """A payback counted from the end of step `operations_start` instead of step 0.

    Not below zero: a project may have paid back before it starts to operate. Never stays never.
    """
    return None if moment is None else max(moment - operations_start, 0.0)


def first_crossing(flows: ArrayLike) -> float | None:
    """When the accumulated flow first stops being negative, though it may fall again later.

    This is not срок окупаемости: ВК 477 asks that it stay so. `None` if it never happens.
    """
    total = _accumulated(cash_flow(flows).ravel()[None])[0]
    above = np.flatnonzero(total >= 0)
    if not len(above):
        return None
    after = int(above[0])
    if after == 0:
        return 0.0
    return float(after - 1 + total[after - 1] / (total[after - 1] - total[after]))


def payback_rows(flows: ArrayLike) -> Array:
    """Срок окупаемости of every scenario: `flows` (scenarios, periods); NaN where there is none."""
    rows = np.atleast_2d(cash_flow(flows))
    return np.concatenate([_moments(_accumulated(rows[part])) for part in chunks(rows)])


def _moments(total: Array) -> Array:
    """The moment after the last minus of every accumulated flow; NaN where it ends in one."""
    negative = total < 0
    steps = total.shape[1]
    last = np.where(negative.any(axis=1), steps - 1 - negative[:, ::-1].argmax(axis=1), -1)
    each = np.arange(len(total))
    before, after = total[each, np.maximum(last, 0)], total[each, np.minimum(last + 1, steps - 1)]
    share = np.divide(before, before - after, out=np.zeros(len(total)), where=before < after)
    moment = np.where(last < 0, 0.0, last + share)
    return np.where(last == steps - 1, np.nan, moment)


def discounted_payback_rows(rate: float, flows: ArrayLike) -> Array:
    """Срок окупаемости с дисконтированием of every scenario; NaN where there is none."""
    rows = np.atleast_2d(cash_flow(flows))
    return np.concatenate(
        [_moments(_accumulated(discounted(rate, rows[part]))) for part in chunks(rows)]
    )


def funding_need(flows: ArrayLike) -> float:
    """ПФ: the deepest minus of the accumulated flow, as a positive sum of roubles.

    It is the least outside money that the project needs, not the size of a loan: no interest in it.
    Take the flow of operations and investments, without financing.
    """
    return float(funding_need_rows(cash_flow(flows).ravel()[None])[0])


def discounted_funding_need(rate: float, flows: ArrayLike) -> float:
    """ДПФ: the need for funding of the discounted flow."""
    return funding_need(discounted(rate, flows))


def funding_need_rows(flows: ArrayLike) -> Array:
    """ПФ of every scenario: `flows` (scenarios, periods)."""
    rows = np.atleast_2d(cash_flow(flows))
    lowest = [np.cumsum(rows[part], axis=1).min(axis=1) for part in chunks(rows)]
    return np.asarray(np.maximum(-np.concatenate(lowest), 0.0))


def feasible(balance: ArrayLike) -> bool:
    """Финансовая реализуемость: the accumulated balance of all activities is never negative."""
    rows = cash_flow(balance, "остаток денег")
    return bool((rows >= -ROUNDING * np.abs(rows).max()).all())


def _accumulated(rows: Array) -> Array:
    """The accumulated flow; what is zero but for rounding is zero."""
    total = np.cumsum(rows, axis=1)
    total[np.abs(total) <= ROUNDING * np.abs(rows).sum(axis=1, keepdims=True)] = 0.0
    return np.asarray(total)


def _or_none(rows: Array) -> float | None:
    value = float(rows[0])
    return None if np.isnan(value) else value
