"""Tables and single values compared as a reader would compare them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

Rows = Sequence[Mapping[str, Any]]


def compared(
    right: Rows, given: Rows, key: str, tolerance: float, filled: bool
) -> tuple[float, set[str]]:
    """The share of right cells in `given`, and the columns with a wrong one.

    `filled`: only the cells that have a value in `right` count for the whole.
    """
    rows: dict[Any, Mapping[str, Any]] = {}
    for row in given:
        rows.setdefault(plain(row.get(key)), row)
    total = hits = 0
    wrong: set[str] = set()
    for expected in right:
        row = rows.get(plain(expected.get(key)), {})
        for name, cell in expected.items():
            if name == "row" == key:
                continue
            fits = same_cell(row.get(name), cell, tolerance)
            if not fits:
                wrong.add(name)
            if filled and cell is None:
                hits -= not fits
            else:
                total += 1
                hits += fits and bool(row)
    width = total / len(right) if right else 0
    extra = max(0, len(given) - len(right))
    return (hits - extra * width) / total if total else 0.0, wrong


def same(right: Rows, given: Rows, key: str, tolerance: float) -> bool:
    """Whether every cell of `right` stands in `given`, and no row besides."""
    share, wrong = compared(right, given, key, tolerance, filled=False)
    return share >= 1 and not wrong


def same_cell(value: object, right: object, tolerance: float) -> bool:
    """Whether a cell holds what it should; `None` is an empty one."""
    if right is None:
        return empty(value)
    if is_number(right):
        return is_number(value) and near(value, right, tolerance)
    return isinstance(value, str) and plain(value) == plain(right)


def plain(value: object) -> object:
    """A text without the differences that a reader would not see."""
    if not isinstance(value, str):
        return value if isinstance(value, int | float) else None
    folded = value.replace("\u00a0", " ").casefold().replace("ё", "е")
    return " ".join(folded.split()).strip("«»\"'")


def near(value: Any, right: Any, tolerance: float) -> bool:
    """Whether two numbers differ by at most `tolerance`."""
    # one part in 10^12 more than asked for: 0.1 + 0.2 must pass where 0.3 does
    return bool(abs(value - right) <= tolerance + 1e-12 * max(abs(value), abs(right)))


def is_number(value: object) -> bool:
    """Whether `value` is a finite number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def empty(value: object) -> bool:
    """Whether nothing was answered."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or value == [] or value == {}
