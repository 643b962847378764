"""Internal rate of return (ВНД) with the proof that it exists, and its modified form.

The Methodical Recommendations (ВК 477 of 21.06.1999) call ВНД the positive rate at which ЧДД is
zero, while ЧДД is above zero at every smaller rate and below zero at every greater one. If there
is no such rate, ВНД does not exist; all rates at which ЧДД is zero are listed all the same.
Rates are per step of the flow: a monthly flow gives a monthly rate (`discounting.annual_rate`).
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course.finance.discounting import Array, cash_flow, chunks, discount_factors, npv
from course.finance.roots import EPSILON, isolate, real_roots, refine


class IrrVerdict(StrEnum):
    """Whether ВНД exists by ВК 477, and if not, why."""

    EXISTS = "exists"
    ONE_SIGN = "one_sign"
    NO_POSITIVE_ROOT = "no_positive_root"
    SEVERAL_ROOTS = "several_roots"
    REVERSED = "reversed"
    TOUCHES = "touches"

    @property
    def words(self) -> str:
        """The verdict in Russian, as it stands in a report."""
        return _WORDS[self]


_WORDS = {
    IrrVerdict.EXISTS: "ВНД существует",
    IrrVerdict.ONE_SIGN: "ВНД не существует: поток не меняет знака",
    IrrVerdict.NO_POSITIVE_ROOT: "ВНД не существует: ЧДД не обращается в ноль ни при какой "
    "положительной ставке",
    IrrVerdict.SEVERAL_ROOTS: "ВНД не существует: ЧДД обращается в ноль при нескольких "
    "положительных ставках",
    IrrVerdict.REVERSED: "ВНД не существует: ЧДД растёт вместе со ставкой, как у заёмщика",
    IrrVerdict.TOUCHES: "ВНД не существует: ЧДД касается нуля, но не меняет знака",
}
VERDICTS = tuple(IrrVerdict)
_UNDECIDED = -1


@dataclass(frozen=True)
class Irr:
    """ВНД of one flow: its `value` (`None` if it does not exist), the `verdict`, and all `roots`.

    The roots are all rates above −100 % at which ЧДД is zero, negative ones included.
    """

    value: float | None
    roots: tuple[float, ...]
    verdict: IrrVerdict


@dataclass(frozen=True)
class IrrRows:
    """ВНД of many scenarios: `values` (NaN where it does not exist) and `codes` of verdicts."""

    values: Array
    codes: NDArray[np.int8]

    @property
    def exists(self) -> NDArray[np.bool_]:
        """In which scenarios ВНД exists."""
        return np.asarray(self.codes == VERDICTS.index(IrrVerdict.EXISTS))

    def count(self) -> dict[IrrVerdict, int]:
        """How many scenarios came to each verdict; verdicts that nobody got are left out."""
        number = np.bincount(self.codes, minlength=len(VERDICTS))
        return {verdict: int(n) for verdict, n in zip(VERDICTS, number, strict=True) if n}


def irr(flows: ArrayLike) -> Irr:
    """ВНД of one flow by ВК 477, with the verdict and all rates at which ЧДД is zero."""
    row = cash_flow(flows).ravel()
    roots = real_roots(row)
    verdict = _verdict(row, roots)
    value = next((root for root in roots if root > 0), None)
    return Irr(value if verdict is IrrVerdict.EXISTS else None, roots, verdict)


def _verdict(row: Array, roots: tuple[float, ...]) -> IrrVerdict:
    """The verdict on a flow whose roots are known."""
    if not ((row > 0).any() and (row < 0).any()):
        return IrrVerdict.ONE_SIGN
    positive = [root for root in roots if root > 0]
    if not positive:
        return IrrVerdict.NO_POSITIVE_ROOT
    if len(positive) > 1:
        return IrrVerdict.SEVERAL_ROOTS
    below, above = npv(positive[0] / 2, row) > 0, row[np.flatnonzero(row)[0]] > 0
    if below == above:
        return IrrVerdict.TOUCHES
    return IrrVerdict.EXISTS if below else IrrVerdict.REVERSED


def irr_nearest(flows: ArrayLike, guess: float = 0.1) -> float | None:
    """The rate nearest to the guess at which ЧДД is zero, as spreadsheets mean IRR (ВСД).

    It may be negative, or one of several: for a decision take `irr`, which says whether ВНД exists.
    """
    return min(real_roots(flows), key=lambda root: abs(root - guess), default=None)


def irr_rows(flows: ArrayLike) -> IrrRows:
    """ВНД of every scenario: `flows` (scenarios, periods).

    Accumulated flows that change their sign once settle most rows: then exactly one positive
    root exists (Norstrom). Rows that this does not settle get all their positive roots isolated.
    """
    rows = np.atleast_2d(cash_flow(flows))
    values = np.full(len(rows), np.nan)
    codes = np.full(len(rows), _UNDECIDED, dtype=np.int8)
    for part in chunks(rows):
        columns = np.ascontiguousarray(rows[part].T)
        codes[part] = _settle(columns)
        settled = np.flatnonzero(codes[part] == VERDICTS.index(IrrVerdict.EXISTS))
        if len(settled):
            chosen = columns if len(settled) == columns.shape[1] else columns[:, settled]
            values[part.start + settled] = _climb(chosen)
        hard = part.start + np.flatnonzero(codes[part] == _UNDECIDED)
        if len(hard):
            values[hard], codes[hard] = _isolated(rows[hard])
    return IrrRows(values, codes)


@functools.lru_cache(maxsize=16)
def _ladder(periods: int) -> tuple[Array, Array]:
    """Discount factors at which ЧДД is looked at first, and their powers by period.

    They are denser towards a rate of zero and end with it.
    """
    factors = np.append(1.0 - np.geomspace(0.9, 1e-4, 24), 1.0)
    return factors, factors[:, None] ** np.arange(periods)


def _settle(columns: Array) -> NDArray[np.int8]:
    """Verdicts that the accumulated flow alone proves; the others stay undecided."""
    total = np.cumsum(columns, axis=0)
    noise = 4 * EPSILON * np.abs(columns).sum(axis=0)
    below, above = total < -noise, total > noise
    ever_below, ever_above = below.any(axis=0), above.any(axis=0)
    last_below = len(total) - 1 - below[::-1].argmax(axis=0)
    last_above = len(total) - 1 - above[::-1].argmax(axis=0)
    ends_at_zero = ~(below[-1] | above[-1])
    codes = np.full(columns.shape[1], _UNDECIDED, dtype=np.int8)
    rises = ever_below & ever_above & (last_below < above.argmax(axis=0)) & ~ends_at_zero
    falls = ever_below & ever_above & (last_above < below.argmax(axis=0)) & ~ends_at_zero
    codes[rises] = VERDICTS.index(IrrVerdict.EXISTS)
    codes[falls] = VERDICTS.index(IrrVerdict.REVERSED)
    never = ~(ever_below & ever_above)
    mixed = (columns[:, never] > 0).any(axis=0) & (columns[:, never] < 0).any(axis=0)
    codes[never] = np.where(
        mixed,
        VERDICTS.index(IrrVerdict.NO_POSITIVE_ROOT),
        VERDICTS.index(IrrVerdict.ONE_SIGN),
    )
    return codes


def _climb(columns: Array) -> Array:
    """The only positive root of every column: a bracket from the ladder, then Newton's steps.

    ЧДД is above zero between a rate of zero and the root.
    """
    factors, powers = _ladder(len(columns))
    worth = powers @ columns
    worth[-1] = np.maximum(worth[-1], np.finfo(np.float64).tiny)  # known; rounding must not deny it
    upper = (worth > 0).argmax(axis=0)
    each = np.arange(columns.shape[1])
    high, at_high = factors[upper], worth[upper, each]
    lower = np.maximum(upper - 1, 0)
    low = np.where(upper > 0, factors[lower], 0.0)
    at_low = np.where(upper > 0, worth[lower, each], columns[0])
    with np.errstate(invalid="ignore", divide="ignore"):
        start = low - at_low * (high - low) / (at_high - at_low)
    start = np.where((low < start) & (start < high), start, (low + high) / 2)
    factor = refine(columns, low, high, np.full(len(each), -1.0), start)
    return np.asarray(1.0 / factor - 1.0)


def _isolated(rows: Array) -> tuple[Array, NDArray[np.int8]]:
    """ВНД and verdicts of rows whose accumulated flow changes its sign more than once."""
    values = np.full(len(rows), np.nan)
    codes = np.full(len(rows), VERDICTS.index(IrrVerdict.SEVERAL_ROOTS), dtype=np.int8)
    open_ = np.flatnonzero(~_seen_several(rows))
    if len(open_):
        values[open_], codes[open_] = _proved(rows[open_])
    return values, codes


def _seen_several(rows: Array) -> NDArray[np.bool_]:
    """Which rows change the sign of ЧДД twice or more on the ladder alone."""
    worth = rows @ _ladder(rows.shape[1])[1].T
    clear = np.abs(worth) > 16 * EPSILON * np.abs(rows).sum(axis=1, keepdims=True)
    flips = (worth[:, 1:] > 0) != (worth[:, :-1] > 0)
    return np.asarray((flips & clear[:, 1:] & clear[:, :-1]).sum(axis=1) >= 2)


def _proved(rows: Array) -> tuple[Array, NDArray[np.int8]]:
    """ВНД and verdicts of rows by isolating all their positive roots."""
    found = isolate(rows)
    values = np.full(len(rows), np.nan)
    number = np.bincount(found.row, minlength=len(rows))
    codes = np.where(
        number > 1,
        VERDICTS.index(IrrVerdict.SEVERAL_ROOTS),
        VERDICTS.index(IrrVerdict.NO_POSITIVE_ROOT),
    ).astype(np.int8)
    one = (number[found.row] == 1) & (found.sign != 0)
    row, sign = found.row[one], found.sign[one]
    codes[row] = np.where(
        sign < 0, VERDICTS.index(IrrVerdict.EXISTS), VERDICTS.index(IrrVerdict.REVERSED)
    )
    good = row[sign < 0]
    if len(good):
        values[good] = _climb(np.ascontiguousarray(rows[good].T))
    for place in np.unique(found.row[found.sign == 0]).tolist():
        single = irr(rows[place])
        values[place] = np.nan if single.value is None else single.value
        codes[place] = VERDICTS.index(single.verdict)
    return values, codes


def mirr(flows: ArrayLike, finance_rate: float, reinvest_rate: float) -> float | None:
    """MIRR() of Excel (МВСД): outflows financed at one rate, inflows reinvested at another.

    `None` if the flow has no outflow or no inflow.
    """
    value = float(mirr_rows(cash_flow(flows).ravel()[None], finance_rate, reinvest_rate)[0])
    return None if np.isnan(value) else value


def mirr_rows(flows: ArrayLike, finance_rate: float, reinvest_rate: float) -> Array:
    """MIRR of every scenario: `flows` (scenarios, periods); NaN where there is none."""
    rows = np.atleast_2d(cash_flow(flows))
    last = rows.shape[1] - 1
    at_finance = discount_factors(finance_rate, last + 1)
    at_reinvest = discount_factors(reinvest_rate, last + 1)
    parts = list(chunks(rows))
    paid = np.concatenate([-np.minimum(rows[part], 0.0) @ at_finance for part in parts])
    earned = np.concatenate([np.maximum(rows[part], 0.0) @ at_reinvest for part in parts])
    usable = (paid > 0) & (earned > 0) & (last > 0)
    ratio = np.divide(earned, paid, out=np.full(len(rows), np.nan), where=usable)
    return np.asarray(ratio ** (1.0 / max(last, 1)) * (1.0 + reinvest_rate) - 1.0)
