"""What is not known for certain: the bounds that owners gave to their figures, as distributions.

A figure's own bounds (`low`, `high`) are its smallest and greatest possible values. How firm the
figure is chooses the shape between them, the less firm the wider; this choice is the course's own
proposal:

    факт         beta-PERT, close around the value
    оценка       triangular, the value is the likeliest
    допущение    uniform, the value is no likelier than any other between the bounds

Figures without bounds, decisions and norms do not vary. Nor does the discount rate: risk would be
counted twice, in the rate and in the flows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from course.errors import Fault, FinanceError
from course.finance.discounting import Array
from course.finance.lines import Input

FIXED = frozenset({"discount.rate"})
PERT_WEIGHT = 4.0  # of the likeliest value against each bound: the classical PERT


class Shape(StrEnum):
    """The shape of a distribution between two bounds."""

    PERT = "pert"
    TRIANGLE = "triangle"
    UNIFORM = "uniform"

    @property
    def words(self) -> str:
        """The shape in Russian."""
        return {"pert": "бета-PERT", "triangle": "треугольное", "uniform": "равномерное"}[self]


SHAPES = {"факт": Shape.PERT, "оценка": Shape.TRIANGLE, "допущение": Shape.UNIFORM}


@dataclass(frozen=True)
class Spread:
    """One figure that varies: its likeliest value, its bounds and the shape between them.

    Figures of one dated `series` move together: a currency that is dear in one year is dear in all.
    """

    id: str
    title: str
    unit: str
    value: float
    low: float
    high: float
    shape: Shape
    series: str = ""

    def draw(self, count: int, generator: np.random.Generator) -> Array:
        """Independent draws of the figure."""
        if self.low == self.high:
            return np.full(count, self.value)
        width = self.high - self.low
        match self.shape:
            case Shape.UNIFORM:
                return generator.uniform(self.low, self.high, count)
            case Shape.TRIANGLE:
                return generator.triangular(self.low, self.value, self.high, count)
            case Shape.PERT:
                left = 1.0 + PERT_WEIGHT * (self.value - self.low) / width
                right = 1.0 + PERT_WEIGHT * (self.high - self.value) / width
                return np.asarray(self.low + width * generator.beta(left, right, count))


def spreads_of(inputs: Iterable[Input]) -> tuple[Spread, ...]:
    """The figures among the inputs that vary, in their order; wrong bounds are refused."""
    found, faults = [], []
    for item in inputs:
        if item.low is None or item.high is None or item.norm or item.id in FIXED:
            continue
        shape = SHAPES.get(item.status)
        if shape is None:
            continue
        if not item.low <= item.value <= item.high:
            what = f"границы {item.low:g} и {item.high:g} не охватывают значение {item.value:g}"
            faults.append(Fault("", item.place or item.id, what, "Исправьте границы"))
        series = item.title if item.since is not None else ""
        found.append(
            Spread(item.id, item.title, item.unit, item.value, item.low, item.high, shape, series)
        )
    if faults:
        raise FinanceError(faults)
    return tuple(found)


def draws(
    spreads: Sequence[Spread],
    count: int,
    seed: int,
    correlations: Mapping[tuple[str, str], float] | None = None,
) -> dict[str, Array]:
    """`count` scenarios of all figures; the same seed gives the same scenarios.

    `correlations` are rank correlations (Spearman) of pairs of figures; pairs that are not named
    are independent. They order the draws (a Gaussian copula by ranks) and change no distribution.
    """
    if count < 1:
        raise FinanceError(Fault("", "число сценариев", "нужен хотя бы один сценарий"))
    streams = np.random.SeedSequence(seed).spawn(len(spreads) + 1)
    values = {
        spread.id: spread.draw(count, np.random.default_rng(stream))
        for spread, stream in zip(spreads, streams[1:], strict=True)
    }
    if correlations:
        linked = sorted({id for pair in correlations for id in pair})
        factor = _cholesky(linked, correlations, values)
        normal = np.random.default_rng(streams[0]).standard_normal((count, len(linked)))
        for id, score in zip(linked, (normal @ factor.T).T, strict=True):
            ordered = np.empty(count)
            ordered[np.argsort(score, kind="stable")] = np.sort(values[id])
            values[id] = ordered
    _move_together(spreads, values)
    return values


def declared(
    correlations: Iterable[tuple[str, str, float]], spreads: Iterable[Spread]
) -> dict[tuple[str, str], float]:
    """The correlations that a case declares, of those figures that vary."""
    varying = {spread.id for spread in spreads}
    return {(one, other): rank for one, other, rank in correlations if {one, other} <= varying}


def _move_together(spreads: Sequence[Spread], values: dict[str, Array]) -> None:
    """Order the draws of every series by those of its first figure; no distribution changes."""
    ranks: dict[str, NDArray[np.intp]] = {}
    for spread in spreads:
        if not spread.series:
            continue
        if spread.series not in ranks:
            ranks[spread.series] = np.argsort(np.argsort(values[spread.id], kind="stable"))
        values[spread.id] = np.sort(values[spread.id])[ranks[spread.series]]


def _cholesky(
    linked: list[str], correlations: Mapping[tuple[str, str], float], values: Mapping[str, Array]
) -> Array:
    """The factor of the normal correlations behind the rank correlations asked for."""
    faults = [
        Fault("", id, "у величины нет разброса, коррелировать нечему", "Задайте границы")
        for id in linked
        if id not in values
    ]
    matrix = np.eye(len(linked))
    for (one, other), rank in correlations.items():
        if one == other or not -1 < rank < 1:
            what = f"ранговая корреляция {rank:g} невозможна"
            faults.append(Fault("", f"{one} и {other}", what, "Нужна пара и число от −1 до 1"))
            continue
        row, column = linked.index(one), linked.index(other)
        matrix[row, column] = matrix[column, row] = 2.0 * np.sin(np.pi * rank / 6.0)
    if faults:
        raise FinanceError(faults)
    try:
        return np.asarray(np.linalg.cholesky(matrix))
    except np.linalg.LinAlgError:
        raise FinanceError(
            Fault("", "корреляции", "такие связи несовместимы между собой", "Ослабьте их")
        ) from None
