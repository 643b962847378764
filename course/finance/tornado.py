"""Sensitivity: how ЧДД moves when one input moves, all inputs in one vectorised call."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course.finance.discounting import Array
from course.finance.engine import evaluate
from course.finance.handles import handles
from course.finance.model import Case


@dataclass(frozen=True)
class TornadoRow:
    """An input, its two values, and ЧДД of the project at each; the others keep their own.

    `value` is what the plan has; of a series or a ramp-up the first value that is moved.
    """

    id: str
    title: str
    unit: str
    low: float
    high: float
    npv_low: float
    npv_high: float
    value: float

    @property
    def swing(self) -> float:
        """How far apart the two ЧДД are."""
        return abs(self.npv_high - self.npv_low)


def tornado(case: Case, spread: float | None = 0.1) -> tuple[TornadoRow, ...]:
    """Rows in the order of their weight: every input of the team by ±`spread` of itself.

    With `spread=None` inputs go to the bounds that their owners gave, the others by 10 %. Days,
    terms and norms are not moved. The shares of a ramp-up move together, up to 1.
    """
    movable = handles(case)
    count = 2 * len(movable)
    scenarios: dict[str, Array] = {}
    for n, handle in enumerate(movable):
        for item in handle.inputs:
            column = np.full(count, item.value)
            column[2 * n], column[2 * n + 1] = handle.values(item, spread)
            scenarios[item.id] = column
    if not movable:
        return ()
    npv = evaluate(case.network, scenarios, keep=(), figures=("project.npv",)).figure("project.npv")
    rows = [
        TornadoRow(
            handle.id,
            handle.title,
            handle.unit,
            scenarios[handle.inputs[0].id][2 * n],
            scenarios[handle.inputs[0].id][2 * n + 1],
            float(npv[2 * n]),
            float(npv[2 * n + 1]),
            handle.inputs[0].value,
        )
        for n, handle in enumerate(movable)
    ]
    return tuple(sorted(rows, key=lambda row: -row.swing))
