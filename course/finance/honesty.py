"""The honesty card of ВНД: not one number, but all that has to be known about it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course import wording
from course.errors import FinanceError
from course.finance import indicators
from course.finance.discounting import Array
from course.finance.results import Result, yearly

LARGEST = 10.0  # 1 000 % a year: a root above it says nothing about a project
POINTS = 61
TITLES = {
    "flow.project": "Проект без учёта финансирования",
    "flow.equity": "Собственный капитал",
    "flow.budget": "Бюджеты и фонды",
}


@dataclass(frozen=True)
class IrrCard:
    """ВНД of a flow with its verdict, all roots, MIRR and the profile of ЧДД.

    Rates are yearly. `roots` are those up to 1 000 % a year, `left_out` counts the greater ones.
    `profile` is ЧДД at `rates`. MIRR finances and reinvests at the rate of discounting.
    """

    flow: str
    title: str
    value: float | None
    verdict: indicators.IrrVerdict
    roots: tuple[float, ...]
    left_out: int
    mirr: float | None
    discount_rate: float
    npv: float
    rates: Array
    profile: Array

    @property
    def words(self) -> str:
        """The card in one or two Russian sentences."""
        text = self.verdict.words
        if self.value is not None:
            text = f"{text}: {wording.share(self.value)} годовых"
        elif self.roots:
            listed = "; ".join(wording.share(root) for root in self.roots)
            text = f"{text}. Ставки, при которых ЧДД равен нулю: {listed}"
            if self.left_out:
                more = wording.count(self.left_out, "ставка", "ставки", "ставок")
                text = f"{text} (и ещё {more} выше {wording.share(LARGEST)})"
        if self.mirr is not None:
            text = f"{text}. Модифицированная ВНД: {wording.share(self.mirr)}"
        return f"{text}."


def irr_card(result: Result, flow: str = "flow.project", scenario: int = 0) -> IrrCard:
    """The honesty card of a flow: `flow.project`, `flow.equity` or `flow.budget`."""
    if flow not in TITLES:
        raise FinanceError(f"карточки ВНД для «{flow}» нет. Есть: {', '.join(TITLES)}")
    row = result.row(flow, scenario)
    found = yearly(indicators.irr(row))
    shown = tuple(root for root in found.roots if root <= LARGEST)
    rate = result.input("discount.rate", scenario)
    step = indicators.step_rate(rate)
    modified = indicators.mirr(row, step, step)
    furthest = max([0.6, 1.25 * rate, *(1.25 * root for root in shown)])
    rates = np.linspace(0.0, furthest, POINTS)
    return IrrCard(
        flow=flow,
        title=TITLES[flow],
        value=found.value,
        verdict=found.verdict,
        roots=shown,
        left_out=len(found.roots) - len(shown),
        mirr=None if modified is None else indicators.annual_rate(modified),
        discount_rate=rate,
        npv=indicators.npv(step, row),
        rates=rates,
        profile=np.array([indicators.npv(indicators.step_rate(r), row) for r in rates.tolist()]),
    )
