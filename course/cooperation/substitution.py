"""What to make instead of importing: candidates, the market behind a code, the analogue's price.

A candidate passes by every signal or not at all; a score that adds the signals up is computed only
to show what it hides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from course.cooperation.imports import import_dependence
from course.errors import ClusterError, Fault


class Skill(IntEnum):
    """How far somebody in the cluster is with a product."""

    NONE = 0
    PROTOTYPE = 1
    SERIES = 2

    @property
    def words(self) -> str:
        """The skill in Russian."""
        return ("никто не делает", "образец испытан", "делают серийно")[self]


@dataclass(frozen=True)
class Candidate:
    """A product that the cluster might make: three signals.

    `dependence` is the share of imports on the country's market, `buyers` how many members would
    buy it outside the maker's own group.
    """

    id: str
    title: str
    dependence: float
    buyers: int
    skill: Skill

    def passes(self, dependence: float, buyers: int, skill: Skill) -> bool:
        """Whether every signal reaches its least value."""
        return self.dependence >= dependence and self.buyers >= buyers and self.skill >= skill

    def score(self, weights: tuple[float, float, float], most_buyers: int) -> float:
        """The weighted sum of the signals, each brought to 0…1: a strong one hides a missing one.

        `most_buyers` is the largest number of buyers among the candidates compared.
        """
        signals = (self.dependence, self.buyers / most_buyers, self.skill / Skill.SERIES)
        return sum(weight * signal for weight, signal in zip(weights, signals, strict=True))


def shortlist(
    candidates: Iterable[Candidate], *, dependence: float, buyers: int, skill: Skill
) -> tuple[Candidate, ...]:
    """The candidates that reach the least value of every signal, in their order."""
    return tuple(one for one in candidates if one.passes(dependence, buyers, skill))


@dataclass(frozen=True)
class Market:
    """A product's market in the country in one year, in one unit.

    `reexports` is what was imported and sent on: statistics count it both in `imports` and in
    `exports`.
    """

    production: float
    exports: float
    imports: float
    reexports: float = 0.0

    @property
    def apparent(self) -> float:
        """The import dependence as the figures stand; re-export may lift it above 1."""
        return import_dependence(self.production, self.exports, self.imports)

    @property
    def dependence(self) -> float:
        """The import dependence without what was only passing through."""
        if not 0 <= self.reexports <= min(self.exports, self.imports):
            what = "реэкспорт больше вывоза или ввоза"
            raise ClusterError(Fault("", "", what, "Проверьте, за один ли год числа"))
        return import_dependence(
            self.production, self.exports - self.reexports, self.imports - self.reexports
        )

    def within(self, share: float) -> Market:
        """The same market if only `share` of the imports under the code is the product."""
        if not 0 <= share <= 1:
            raise ClusterError(Fault("", "", "доля товара в позиции — число от 0 до 1"))
        return Market(self.production, self.exports, share * self.imports)


@dataclass(frozen=True)
class Landed:
    """What an imported piece costs at the buyer's store, in roubles without VAT, by parts."""

    goods: float
    duty: float
    freight: float

    @property
    def price(self) -> float:
        """The sum of the parts."""
        return self.goods + self.duty + self.freight


def landed(price: float, exchange_rate: float, duty: float, freight: float) -> Landed:
    """The price of an analogue: `price` in foreign money, `duty` a share of it in roubles.

    `freight` is roubles a piece from the border on, so that no duty falls on it.
    """
    goods = price * exchange_rate
    return Landed(goods, goods * duty, freight)
