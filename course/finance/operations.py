"""What each operator of the vocabulary does with rows of numbers: scenarios × months.

A row has the shape (1 or S, T or 1); what no scenario changes is one row and is broadcast.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from course.finance.discounting import Array
from course.finance.lines import EPOCH


def _ratio(a: Array, b: Array) -> Array:
    zero = b == 0
    return np.asarray(np.where(zero, 0.0, a / np.where(zero, 1.0, b)), dtype=np.float64)


def _kopecks(a: Array) -> Array:
    return np.asarray(np.round(a, 2) + 0.0, dtype=np.float64)  # no minus zero


def _choose(condition: Array, a: Array, b: Array) -> Array:
    return np.asarray(np.where(condition == 1, a, b), dtype=np.float64)


def _days(a: Array) -> NDArray[np.datetime64]:
    days: NDArray[np.datetime64] = np.datetime64(EPOCH, "D") + np.floor(a).astype("timedelta64[D]")
    return days


def _month_start(day: Array, months: Array) -> Array:
    first = _days(day).astype("datetime64[M]") + np.floor(months).astype("int64")
    days = first.astype("datetime64[D]") - np.datetime64(EPOCH, "D")
    return np.asarray(days.astype(np.float64))


def _year_of(day: Array) -> Array:
    return _days(day).astype("datetime64[Y]").astype("int64").astype(np.float64) + 1970.0


def _month_of(day: Array) -> Array:
    return _days(day).astype("datetime64[M]").astype("int64").astype(np.float64) % 12 + 1


ELEMENTWISE: dict[str, Callable[..., Array]] = {
    "add": np.add,
    "subtract": np.subtract,
    "multiply": np.multiply,
    "divide": np.divide,
    "ratio": _ratio,
    "power": np.power,
    "negate": np.negative,
    "minimum": np.minimum,
    "maximum": np.maximum,
    "floor": np.floor,
    "kopecks": _kopecks,
    "less": lambda a, b: np.less(a, b).astype(np.float64),
    "at_least": lambda a, b: np.greater_equal(a, b).astype(np.float64),
    "same": lambda a, b: np.equal(a, b).astype(np.float64),
    "both": lambda a, b: ((a == 1) & (b == 1)).astype(np.float64),
    "choose": _choose,
    "month_start": _month_start,
    "year_of": _year_of,
    "month_of": _month_of,
}


def narrow(row: Array) -> Array:
    """One column of a row that is the same in all months, so that it is computed with only once."""
    return row[:, :1] if row.strides[1] == 0 else row


def finite(row: Array) -> bool:
    """Whether all values are numbers: their sum is none as soon as one is not."""
    return bool(np.isfinite(row.sum())) or bool(np.isfinite(row).all())


def fit(values: Array, position: NDArray[np.int64]) -> tuple[Array, NDArray[np.int64]]:
    """Both with the same number of scenarios."""
    count = max(values.shape[0], position.shape[0])
    return (
        np.broadcast_to(values, (count, values.shape[1])),
        np.broadcast_to(position, (count, position.shape[1])),
    )


def delayed(row: Array, months: Array) -> Array:
    """The row moved to the right by a number of months; zero where nothing arrives yet."""
    shift = np.floor(months).astype("int64")
    if (shift >= 0).all() and (shift == shift[:, :1]).all():
        return _shifted(row, shift[:, 0])
    position = np.arange(row.shape[1])[None, :] - shift
    values, fitted = fit(row, position)
    moved = np.take_along_axis(values, np.clip(fitted, 0, row.shape[1] - 1), axis=1)
    return np.where((fitted >= 0) & (fitted < row.shape[1]), moved, 0.0)


def _shifted(row: Array, shift: NDArray[np.int64]) -> Array:
    """The row moved by a number of months that is the same all along it: few different ones."""
    months = row.shape[1]
    moved = np.zeros((max(row.shape[0], shift.size), months))
    for by in np.unique(np.minimum(shift, months)).tolist():
        if shift.size == 1:
            moved[:, by:] = row[:, : months - by]
            continue
        chosen = np.flatnonzero(np.minimum(shift, months) == by)
        moved[chosen, by:] = (row if row.shape[0] == 1 else row[chosen])[:, : months - by]
    return moved


def year_to_date(row: Array, month: Array) -> Array:
    """Sums from January, month by month, in the order in which a sheet adds them."""
    count = max(row.shape[0], month.shape[0])
    result = np.empty((count, row.shape[1]))
    running = np.zeros(count)
    for t in range(row.shape[1]):
        running = np.where(month[:, t] == 1, 0.0, running) + row[:, t]
        result[:, t] = running
    return result
