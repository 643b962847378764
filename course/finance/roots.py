"""Real roots of cash flows: every rate at which a flow is worth nothing, none missed.

A flow c is worth p(v) = Σ c_k v^k at the discount factor v = 1/(1+r). Positive rates are v in
(0, 1); rates between −100 % and zero are w = 1/v in (0, 1) of the flow read backwards. Roots in
(0, 1) are isolated by the signs of Bernstein coefficients (Descartes' rule): no change of sign
means no root, one change exactly one root, and otherwise the interval is halved. All weights of
these steps are positive and at most 1, so nothing overflows at any number of periods.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course.finance.discounting import CHUNK, Array, cash_flow

EPSILON = float(np.finfo(np.float64).eps)
HALVINGS = 48  # an interval of 2⁻⁴⁸ that still seems to hold several roots holds a multiple one
CLOSE = 1e-6  # a multiple root is known to half the digits only: nearer ones are the same
FLAT = 1e-10  # a slope so small that rounding would move a simple root by more than this


@dataclass(frozen=True)
class Brackets:
    """Intervals of the discount factor with one root each; `row` says of which flow.

    `sign` is the sign of the worth next to `low`. It is 0 where the root is not a simple one
    inside an interval but was met on the way, at `low` = `high`.
    """

    row: NDArray[np.intp]
    low: Array
    high: Array
    sign: Array

    @staticmethod
    def joined(parts: list[Brackets]) -> Brackets:
        """All brackets of several chunks."""
        names = ("row", "low", "high", "sign")
        return Brackets(*(np.concatenate([getattr(part, n) for part in parts]) for n in names))


def real_roots(flows: ArrayLike) -> tuple[float, ...]:
    """All rates above −100 % at which the flow is worth nothing, in rising order.

    A multiple root stands once. A flow of zeros only has no root that would mean anything.
    """
    row = np.trim_zeros(cash_flow(flows).ravel())
    if len(row) < 2:
        return ()
    row = row / np.abs(row).max()
    signs = np.sign(row[row != 0])
    if (signs[1:] != signs[:-1]).sum() == 1:
        return (_only_root(row),)
    rates = [1.0 / factor - 1.0 for factor in factors_of(row)]
    rates += [growth - 1.0 for growth in factors_of(row[::-1])]
    if abs(row.sum()) <= _noise(row[None])[0]:
        rates = [rate for rate in rates if abs(rate) > CLOSE / len(row)] + [0.0]
    return tuple(sorted(rates))


def _only_root(row: Array) -> float:
    """The root of a flow that changes its sign once, be it as near to −100 % as may be.

    Halves ln(1 + r) by comparing logarithms of the worth of outflows and of inflows, so that
    neither the smallest nor the greatest powers are lost.
    """
    if abs(row.sum()) <= _noise(row[None])[0]:
        return 0.0
    steps = np.arange(len(row), dtype=np.float64)
    early = np.sign(row) == np.sign(row[0])
    late = np.sign(row) == -np.sign(row[0])
    sizes = np.log(np.abs(row[early])), np.log(np.abs(row[late]))

    def early_weighs_more(growth: float) -> bool:
        one, other = sizes[0] - steps[early] * growth, sizes[1] - steps[late] * growth
        return bool(np.logaddexp.reduce(one) > np.logaddexp.reduce(other))

    low, high = -1.0, 1.0
    while early_weighs_more(low):
        low *= 2
    while not early_weighs_more(high):
        high *= 2
    while low < (middle := (low + high) / 2) < high:
        low, high = (low, middle) if early_weighs_more(middle) else (middle, high)
    return float(np.expm1(high))


def factors_of(row: Array) -> list[float]:
    """All roots inside (0, 1) of the polynomial with coefficients `row`."""
    found = isolate(row[None])
    simple = found.sign != 0
    columns = np.repeat(row[:, None], int(simple.sum()), axis=1)
    low, high, sign = found.low[simple], found.high[simple], found.sign[simple]
    roots = refine(columns, low, high, sign, (low + high) / 2).tolist()
    for met in np.sort(found.low[~simple]).tolist():
        if all(abs(met - root) > CLOSE for root in roots):
            roots.append(_settled(row, met))
    return sorted(roots)


def _settled(row: Array, met: float) -> float:
    """The root near `met` to more digits: of the slope, if the root there is a multiple one."""
    steepness = abs(_horner(row[:, None], np.array([met]))[1][0])
    flat = steepness * FLAT <= _noise(row[None])[0]
    target = row[1:] * np.arange(1.0, len(row)) if flat else row
    root = met
    for _ in range(8):
        value, change = (float(part[0]) for part in _horner(target[:, None], np.array([root])))
        if not change:
            break
        root -= value / change
    return root if abs(root - met) <= CLOSE * 10 else met


def isolate(rows: Array) -> Brackets:
    """Brackets of all roots inside (0, 1) of every row of coefficients, chunk by chunk."""
    step = max(1, 2 * CHUNK // rows.shape[1])
    starts = range(0, len(rows), step)
    return Brackets.joined([_isolate(rows[start : start + step], start) for start in starts])


def _isolate(rows: Array, offset: int) -> Brackets:
    """The halving: all intervals that are still undecided, one level of width at a time."""
    degree = rows.shape[1] - 1
    halves = _halves(degree)
    level, noise = rows @ _bernstein(degree).T, _noise(rows)
    row, low, width = np.arange(len(rows)) + offset, np.zeros(len(rows)), 1.0
    found = []
    for depth in range(HALVINGS + 1):
        changes, sign = _sign_changes(level, noise)
        one, met = changes == 1, (sign == 0) | ((changes > 1) & (depth == HALVINGS))
        middle = low[met] + width / 2
        found.append(Brackets(row[one], low[one], low[one] + width, sign[one]))
        found.append(Brackets(row[met], middle, middle, np.zeros(len(middle))))
        several = (changes > 1) & ~met
        if not several.any():
            break
        row, low, noise, level = row[several], low[several], noise[several], level[several]
        left, right = np.split(level @ halves, 2, axis=1)
        width /= 2
        root = np.abs(right[:, 0]) <= noise
        point = low[root] + width
        found.append(Brackets(row[root], point, point, np.zeros(len(point))))
        row, noise = np.tile(row, 2), np.tile(noise, 2)
        low, level = np.concatenate([low, low + width]), np.concatenate([left, right])
    return Brackets.joined(found)


def refine(columns: Array, low: Array, high: Array, sign: Array, start: Array) -> Array:
    """The root in every bracket, to rounding: Newton's steps, halving where they lead astray.

    `columns` (periods, brackets) are the coefficients, `sign` the sign of the worth next to `low`.
    """
    root, low, high = start.copy(), low.copy(), high.copy()
    last = high - low
    active = np.arange(len(root))
    for _ in range(200):
        if not len(active):
            break
        at = root[active]
        value, slope = _horner(columns, at)
        before = value * sign[active] > 0
        low[active] = np.where(before, at, low[active])
        high[active] = np.where(before, high[active], at)
        with np.errstate(divide="ignore", invalid="ignore"):
            change = np.where(value == 0, 0.0, -value / slope)
        left, right = low[active], high[active]
        target = at + change
        astray = ~((left <= target) & (target <= right)) | (2 * np.abs(change) > last[active])
        target = np.where(astray & (value != 0), (left + right) / 2, target)
        moved = np.abs(target - at)
        root[active], last[active] = target, moved
        going = (moved > 2 * EPSILON * at) & (right - left > 2 * EPSILON * at)
        if not going.all():
            active = active[going]
            columns = columns[:, going]
    return root


def _horner(columns: Array, at: Array) -> tuple[Array, Array]:
    """The value and the slope at `at` of polynomials whose coefficients stand in columns."""
    value, slope = columns[-1].copy(), np.zeros(columns.shape[1])
    for coefficients in columns[-2::-1]:
        slope *= at
        slope += value
        value *= at
        value += coefficients
    return value, slope


def _noise(rows: Array) -> Array:
    """What rounding can make of a coefficient that is zero."""
    return np.asarray(4.0 * EPSILON * np.abs(rows).sum(axis=1))


def _sign_changes(level: Array, noise: Array) -> tuple[NDArray[np.intp], Array]:
    """How often each row changes its sign, zeros apart, and its first sign (0 if all are zero)."""
    negative = level < 0
    changes = (negative[:, 1:] != negative[:, :-1]).sum(axis=1)
    first = np.where(negative[:, 0], -1.0, 1.0)
    unclear = np.flatnonzero((np.abs(level) <= noise[:, None]).any(axis=1))
    if len(unclear):
        changes[unclear], first[unclear] = _clear_changes(level[unclear], noise[unclear])
    return changes, first


def _clear_changes(level: Array, noise: Array) -> tuple[NDArray[np.intp], Array]:
    """The same where some coefficients may be zero."""
    signs = np.sign(level) * (np.abs(level) > noise[:, None])
    place = np.where(signs != 0, np.arange(level.shape[1]), 0)
    filled = np.take_along_axis(signs, np.maximum.accumulate(place, axis=1), axis=1)
    changes = (filled[:, 1:] * filled[:, :-1] < 0).sum(axis=1)
    first = np.take_along_axis(signs, (signs != 0).argmax(axis=1)[:, None], axis=1)[:, 0]
    return changes, first


@functools.lru_cache(maxsize=16)
def _bernstein(degree: int) -> Array:
    """Weights C(j,k)/C(n,k) that turn coefficients into Bernstein coefficients on (0, 1)."""
    j = np.arange(degree + 1.0)
    weights = np.ones((degree + 1, degree + 1))
    for k in range(1, degree + 1):
        weights[:, k] = weights[:, k - 1] * np.maximum(j - k + 1, 0.0) / (degree - k + 1)
    return weights


@functools.lru_cache(maxsize=16)
def _halves(degree: int) -> Array:
    """Weights C(j,i)/2^j from Bernstein coefficients to those of both halves, side by side."""
    weights = np.zeros((degree + 1, degree + 1))
    weights[0, 0] = 1.0
    for j in range(1, degree + 1):
        weights[j] = weights[j - 1] / 2
        weights[j, 1:] += weights[j - 1, :-1] / 2
    left = weights.T
    return np.concatenate([left, left[::-1, ::-1]], axis=1)
