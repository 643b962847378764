"""Switching values: how far one figure has to move for ЧДД of the project to become zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from course.finance.discounting import Array
from course.finance.engine import evaluate
from course.finance.handles import Handle, handles
from course.finance.model import Case

REACH = 3.0  # a figure is tried from zero to three times its value
GRID = 31
HALVINGS = 40


@dataclass(frozen=True)
class SwitchingValue:
    """A figure, its value, and the nearest value at which ЧДД is zero; the others keep their own.

    `at_zero` is `None` when ЧДД keeps its sign from zero to three times the value (a share: up
    to 1). Of a ramp-up the value is the share of the plan.
    """

    id: str
    title: str
    unit: str
    value: float
    at_zero: float | None

    @property
    def change(self) -> float | None:
        """How far the figure has to move, as a share of itself: −0.1 is ten per cent less."""
        return None if self.at_zero is None else self.at_zero / self.value - 1.0


def switching_values(case: Case, figure: str = "project.npv") -> tuple[SwitchingValue, ...]:
    """Rows from the figure that needs to move least; figures that cannot do it stand last.

    `figure` may name another figure of the model, `equity.npv` for example.
    """
    movable = handles(case)
    grid = np.linspace(0.0, REACH, GRID)
    tops = np.array([min(REACH, 1.0 / h.value) if _bounded(h) else REACH for h in movable])
    factors = np.minimum(grid[None, :], tops[:, None])
    worth = _worth(case, movable, factors, figure)
    brackets = [_bracket(row, values) for row, values in zip(factors, worth, strict=True)]
    roots = _halved(case, movable, brackets, figure)
    rows = [
        SwitchingValue(h.id, h.title, h.unit, h.value, None if root is None else root * h.value)
        for h, root in zip(movable, roots, strict=True)
    ]
    return tuple(sorted(rows, key=lambda r: np.inf if r.change is None else abs(r.change)))


def _bounded(handle: Handle) -> bool:
    """Whether more than 1 has no sense: shares of capacity or of a plan, but not rates."""
    id = handle.id
    return handle.unit == "доля" and (id.endswith((".utilisation", ".ramp_up")))


def _worth(case: Case, movable: Sequence[Handle], factors: Array, figure: str) -> Array:
    """The figure for every handle and factor, (handles, factors), in one call."""
    count, tries = factors.shape
    scenarios: dict[str, Array] = {}
    for n, handle in enumerate(movable):
        for id, moved in handle.columns(factors[n]).items():
            column = np.full(count * tries, case.input(id).value)
            column[n * tries : (n + 1) * tries] = moved
            scenarios[id] = column
    if not scenarios:
        return np.empty((0, tries))
    values = evaluate(case.network, scenarios, keep=(), figures=(figure,))
    return values.figure(figure).reshape(count, tries)


def _bracket(factors: Array, worth: Array) -> tuple[float, float, bool] | None:
    """The two neighbours of the grid, nearest to 1, between which the sign turns.

    The third value tells whether the figure is above zero at the first of them.
    """
    above = worth >= 0
    turns = np.flatnonzero(above[1:] != above[:-1])
    if not len(turns):
        return None
    middle = (factors[turns] + factors[turns + 1]) / 2.0
    near = int(turns[np.argmin(np.abs(middle - 1.0))])
    return float(factors[near]), float(factors[near + 1]), bool(above[near])


def _halved(
    case: Case,
    movable: Sequence[Handle],
    brackets: Sequence[tuple[float, float, bool] | None],
    figure: str,
) -> list[float | None]:
    """The factor of zero within every bracket, all of them halved at once."""
    known = [n for n, bracket in enumerate(brackets) if bracket is not None]
    moved = [movable[n] for n in known]
    found: list[float | None] = [None] * len(brackets)
    if not known:
        return found
    ends = np.array([brackets[n] for n in known], dtype=np.float64)
    low, high, above = ends[:, 0], ends[:, 1], ends[:, 2] == 1
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        same = (_worth(case, moved, middle[:, None], figure)[:, 0] >= 0) == above
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    for n, root in zip(known, (low + high) / 2.0, strict=True):
        found[n] = float(root)
    return found
