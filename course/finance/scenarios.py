"""Named scenarios: several figures moved at once, side by side with the plan.

The three that every project has are made from the bounds that the owners gave themselves: all of
them half-way, or all the way, to the side that is worse or better for ЧДД.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from course.errors import FinanceError
from course.finance.model import Case
from course.finance.results import Indicators, Result, indicators_of, run
from course.finance.spreads import FIXED, SHAPES
from course.finance.tornado import tornado


@dataclass(frozen=True)
class Scenario:
    """A name, what it means, and the values of the figures that it changes."""

    id: str
    title: str
    note: str = ""
    changes: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """A scenario, its number in the result, and its indicators."""

    scenario: Scenario
    number: int
    indicators: Indicators


PLAN = Scenario("plan", "План", "Все величины такие, как в карточке проекта")


def bound_scenarios(case: Case) -> tuple[Scenario, ...]:
    """The plan, and the scenarios made of all owners' bounds at once.

    The rate of discounting, norms and figures without bounds stay. Which bound is worse is found
    by moving each figure alone.
    """
    bounded = {
        item.id: item
        for item in case.inputs
        if item.low is not None
        and item.high is not None
        and item.low < item.high
        and item.status in SHAPES
        and item.id not in FIXED
    }
    worse: dict[str, float] = {}
    better: dict[str, float] = {}
    for row in tornado(case, spread=None):
        if row.id in bounded and row.swing:
            falls = row.npv_low < row.npv_high
            worse[row.id] = row.low if falls else row.high
            better[row.id] = row.high if falls else row.low

    def towards(bounds: Mapping[str, float], part: float) -> dict[str, float]:
        return {id: bounded[id].value + part * (b - bounded[id].value) for id, b in bounds.items()}

    return (
        PLAN,
        Scenario("cautious", "Осторожный", "Все величины на полпути к худшей границе",
                 towards(worse, 0.5)),
        Scenario("worst", "Худший", "Все величины на худшей границе сразу", towards(worse, 1.0)),
        Scenario("best", "Лучший", "Все величины на лучшей границе сразу", towards(better, 1.0)),
    )  # fmt: skip


def outcomes(case: Case, scenarios: Sequence[Scenario]) -> tuple[Outcome, ...]:
    """The indicators of every scenario, computed in one call."""
    result = run_scenarios(case, scenarios)
    return tuple(
        Outcome(scenario, number, indicators_of(result, number))
        for number, scenario in enumerate(scenarios)
    )


def run_scenarios(case: Case, scenarios: Sequence[Scenario]) -> Result:
    """The whole model in every scenario: scenario k of the result is the k-th of the list."""
    if not scenarios:
        raise FinanceError("нужен хотя бы один сценарий")
    twice = {s.id for s in scenarios if [o.id for o in scenarios].count(s.id) > 1}
    if twice:
        raise FinanceError(f"сценарий «{min(twice)}» назван дважды")
    changed = dict.fromkeys(id for scenario in scenarios for id in scenario.changes)
    if not changed:
        changed = dict.fromkeys(["discount.rate"])  # one column tells how many scenarios there are
    columns = {
        id: np.array([s.changes.get(id, case.input(id).value) for s in scenarios]) for id in changed
    }
    return run(case, columns)
