"""Maps of two figures: ЧДД over all pairs of their values, in one vectorised call."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course.errors import FinanceError
from course.finance.discounting import Array
from course.finance.engine import evaluate
from course.finance.handles import Handle, handle
from course.finance.model import Case


@dataclass(frozen=True)
class Axis:
    """One side of a map: a figure and the values that it takes. Of a ramp-up, shares of it."""

    id: str
    title: str
    unit: str
    value: float
    values: Array


@dataclass(frozen=True)
class InputMap:
    """`npv[i, j]` is ЧДД at value i of `down` and value j of `across`; roubles."""

    down: Axis
    across: Axis
    npv: Array

    @property
    def share_above_zero(self) -> float:
        """The share of the map's points at which ЧДД is not below zero."""
        return float((self.npv >= 0).mean())


def two_input_map(
    case: Case,
    down: str,
    across: str,
    *,
    spread: float | None = None,
    steps: int = 11,
    figure: str = "project.npv",
) -> InputMap:
    """ЧДД over two figures: between their owners' bounds, or ±`spread` of each.

    A figure without bounds moves by 20 %. Its own value is always among the values. Raises
    `FinanceError` for a figure that is not there or is no figure of the team.
    """
    if down == across:
        raise FinanceError("для карты нужны два разных исходных данных")
    if steps < 3 or not steps % 2:
        raise FinanceError("у карты нечётное число шагов, не меньше трёх")
    first, second = (_factors(handle(case, id), spread, steps) for id in (down, across))
    pairs = [part.ravel() for part in np.meshgrid(first, second, indexing="ij")]
    scenarios: dict[str, Array] = {}
    for id, factors in zip((down, across), pairs, strict=True):
        scenarios |= handle(case, id).columns(factors)
    worth = evaluate(case.network, scenarios, keep=(), figures=(figure,)).figure(figure)
    return InputMap(
        _axis(handle(case, down), first), _axis(handle(case, across), second),
        worth.reshape(steps, steps),
    )  # fmt: skip


def _factors(moved: Handle, spread: float | None, steps: int) -> Array:
    """Multiples of the figure: evenly from the low bound to it, and from it to the high one."""
    item = moved.inputs[0]
    low, high = 0.8, 1.2
    if spread is not None:
        low, high = 1.0 - spread, 1.0 + spread
    elif item.low is not None and item.high is not None and item.from_month is None:
        low, high = item.low / item.value, item.high / item.value
    half = steps // 2 + 1
    return np.concatenate([np.linspace(low, 1.0, half), np.linspace(1.0, high, half)[1:]])


def _axis(moved: Handle, factors: Array) -> Axis:
    return Axis(moved.id, moved.title, moved.unit, moved.value, moved.value * factors)
