"""What of a project can be moved by itself: a figure of the team, or a whole ramp-up.

Days, terms and norms are not moved: they are decisions and law.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course.errors import FinanceError
from course.finance.discounting import Array
from course.finance.lines import Input, Schedule
from course.finance.model import Case


@dataclass(frozen=True)
class Handle:
    """What is moved at once: one input, or all rows of a schedule (then `value` is the first's)."""

    id: str
    title: str
    unit: str
    inputs: tuple[Input, ...]

    @property
    def value(self) -> float:
        """The value of the figure; of a ramp-up the share of the plan, 1."""
        return self.inputs[0].value if self.inputs[0].from_month is None else 1.0

    def values(self, item: Input, spread: float | None) -> tuple[float, float]:
        """The two values of an input: ±`spread` of itself, or with `None` its owner's bounds."""
        if spread is None and item.low is not None and item.high is not None:
            return item.low, item.high
        part = 0.1 if spread is None else spread
        high = item.value * (1 + part)
        return item.value * (1 - part), min(high, 1.0) if item.from_month is not None else high

    def columns(self, factors: Array) -> dict[str, Array]:
        """Scenarios in which the handle is multiplied by each factor; shares of a ramp-up to 1."""
        return {
            item.id: np.minimum(item.value * factors, 1.0)
            if item.from_month is not None
            else item.value * factors
            for item in self.inputs
        }


def handle(case: Case, id: str) -> Handle:
    """The handle with this id; `FinanceError` when the input is not there or does not move."""
    found = next((one for one in handles(case) if one.id == id), None)
    if found is None:
        what = f"исходного данного «{id}» нет, или его не меняют: это решение, норма или ноль"
        raise FinanceError(what)
    return found


def handles(case: Case) -> list[Handle]:
    """All that can be moved, in the order of the model."""
    single = [
        Handle(item.id, item.title, item.unit, (item,))
        for item in case.network.inputs
        if item.owner and item.value
    ]
    grouped = [
        Handle(schedule.id, _title(schedule), moved[0].unit, moved)
        for schedule in case.network.schedules
        if (moved := tuple(row for row in schedule.rows if row.owner and not row.norm))
    ]
    return single + grouped


def _title(schedule: Schedule) -> str:
    """The title of a schedule; of a dated one with the word that all of it moves."""
    dated = schedule.rows[0].since is not None
    return f"{schedule.title}, весь ряд" if dated else schedule.title
