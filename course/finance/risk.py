"""Risk of a project: thousands of scenarios drawn from the bounds of its own figures.

    risk = simulate(case, 10_000, seed=1)
    risk.loss_probability, risk.quantile(0.05), risk.drivers[:5]

«Расчёт вне Excel»: a workbook cannot hold it. Every scenario is the model itself, computed anew
with its own inputs; scenario number k equals a single run with the inputs of number k.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from course.errors import FinanceError
from course.finance.discounting import Array, npv_rows, step_rate
from course.finance.model import Case
from course.finance.results import run
from course.finance.returns import IrrRows, IrrVerdict, irr_rows
from course.finance.spreads import Spread, declared, draws, spreads_of
from course.progress import Progress, silent

CHUNK = 1_000  # scenarios computed at once: enough work for a call, rows that fit into the cache
MONTHS = 12


@dataclass(frozen=True)
class Driver:
    """How strongly one figure moves ЧДД: its rank correlation with it (Spearman, −1 … 1)."""

    id: str
    title: str
    correlation: float


@dataclass(frozen=True)
class Risk:
    """What the scenarios came to: one value each, roubles and yearly shares.

    `irr` holds yearly rates. `cash_lowest` is the lowest balance of money of every scenario.
    """

    seed: int
    spreads: tuple[Spread, ...]
    inputs: Mapping[str, Array]
    npv: Array
    equity_npv: Array
    irr: IrrRows
    cash_lowest: Array

    @property
    def scenarios(self) -> int:
        """How many scenarios were computed."""
        return len(self.npv)

    @property
    def loss_probability(self) -> float:
        """The probability that ЧДД is below zero."""
        return float((self.npv < 0).mean())

    @property
    def shortfall_probability(self) -> float:
        """The probability that money runs out in some month."""
        return float((self.cash_lowest < 0).mean())

    @property
    def irr_probability(self) -> float:
        """The probability that ВНД exists by ВК 477."""
        return float(self.irr.exists.mean())

    @property
    def mean(self) -> float:
        """The expected ЧДД."""
        return float(self.npv.mean())

    @property
    def mean_loss(self) -> float | None:
        """The expected ЧДД of the scenarios in which it is below zero; `None` if there are none."""
        losses = self.npv[self.npv < 0]
        return float(losses.mean()) if len(losses) else None

    def quantile(self, share: float) -> float:
        """The ЧДД that the given share of scenarios does not exceed."""
        return float(np.quantile(self.npv, share))

    def error_of(self, probability: float) -> float:
        """The standard error of a probability found by this number of scenarios."""
        return math.sqrt(probability * (1.0 - probability) / self.scenarios)

    @property
    def drivers(self) -> tuple[Driver, ...]:
        """The figures that vary, from the one that moves ЧДД most; a dated series stands once."""
        rank = _ranks(self.npv)
        single = {spread.series or spread.id: spread for spread in reversed(self.spreads)}
        found = [
            Driver(spread.id, spread.title, _correlation(_ranks(self.inputs[spread.id]), rank))
            for spread in reversed(single.values())
            if spread.low < spread.high
        ]
        return tuple(sorted(found, key=lambda driver: -abs(driver.correlation)))


def simulate(
    case: Case,
    scenarios: int = 10_000,
    *,
    seed: int = 1,
    correlations: Mapping[tuple[str, str], float] | None = None,
    spreads: tuple[Spread, ...] | None = None,
    progress: Progress = silent,
) -> Risk:
    """Compute the project in many scenarios drawn from the bounds of its figures.

    `spreads` replaces the distributions that the case itself gives (`spreads_of`), `correlations`
    those that it declares. Raises
    `FinanceError` if nothing varies, or correlations contradict each other.
    """
    varying = spreads_of(case.inputs) if spreads is None else spreads
    if not varying:
        raise FinanceError("ни у одного исходного данного нет границ low и high: нечему меняться")
    linked = declared(case.correlations, varying) if correlations is None else correlations
    inputs = draws(varying, scenarios, seed, linked)
    rate = step_rate(case.input("discount.rate").value, MONTHS)
    parts = []
    for start in range(0, scenarios, CHUNK):
        progress(start, scenarios, "сценарии")
        piece = {id: column[start : start + CHUNK] for id, column in inputs.items()}
        parts.append(_computed(case, piece, rate))
    npv, equity, values, codes, lowest = (
        np.concatenate([part[place] for part in parts]) for place in range(5)
    )
    irr = IrrRows(np.asarray((1.0 + values) ** MONTHS - 1.0), codes.astype(np.int8))
    return Risk(seed, varying, inputs, npv, equity, irr, lowest)


def _computed(
    case: Case, inputs: Mapping[str, Array], rate: float
) -> tuple[Array, Array, Array, NDArray[np.int8], Array]:
    """One chunk: ЧДД, equity ЧДД, monthly ВНД with its verdicts, the lowest balance of money."""
    kept = ("flow.project", "flow.equity", "cash.closing")
    values = run(case, inputs, keep=kept, figures=()).values
    flow = values["flow.project"]
    found = irr_rows(flow)
    return (
        npv_rows(rate, flow),
        npv_rows(rate, values["flow.equity"]),
        found.values,
        found.codes,
        values["cash.closing"].min(axis=1),
    )


def verdicts(risk: Risk) -> dict[IrrVerdict, float]:
    """The share of scenarios with each verdict on ВНД."""
    return {verdict: n / risk.scenarios for verdict, n in risk.irr.count().items()}


def _ranks(values: Array) -> Array:
    """Ranks from 0; equal values share the mean of theirs."""
    _, place, number = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(number)
    return np.asarray((last - (number + 1) / 2.0)[place])


def _correlation(one: Array, other: Array) -> float:
    a, b = one - one.mean(), other - other.mean()
    scale = math.sqrt(float(a @ a) * float(b @ b))
    return float(a @ b) / scale if scale else 0.0
