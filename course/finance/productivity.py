"""Labour productivity of a project: value added per worker, beside revenue per worker.

The two are different measures: the method of January 2019 divides value added, rules of the
Industry Development Fund speak of output. A page has to say which it prints.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course.errors import FinanceError
from course.finance.results import Result

MONTHS = 12


@dataclass(frozen=True)
class Productivity:
    """One calendar year of a project; roubles without VAT, workers on the average of the year.

    Value added is profit from sales (before interest), pay and insurance contributions; property
    tax, which the method adds too, is not in the model.
    """

    year: int
    revenue: float
    sales_profit: float
    payroll: float
    contributions: float
    workers: float

    @property
    def value_added(self) -> float:
        """Profit from sales with pay and contributions."""
        return self.sales_profit + self.payroll + self.contributions

    @property
    def per_worker(self) -> float:
        """Value added per worker: the productivity of the method of 2019."""
        return self.value_added / self.workers

    @property
    def output(self) -> float:
        """Revenue per worker (выработка)."""
        return self.revenue / self.workers


def productivity(result: Result, year: int, scenario: int = 0) -> Productivity:
    """The productivity of one calendar year; `FinanceError` for a year without paid workers."""
    inside = result.row("time.year", scenario) == year
    workers = sum(
        result.input(f"staff.{id}.count", scenario)
        * np.count_nonzero(inside & (result.row(f"staff.{id}.each", scenario) > 0))
        for id in _staff(result)
    )
    if not workers:
        raise FinanceError(f"в {year} году в проекте никто не работает: делить не на кого")

    def of_year(line: str) -> float:
        return float(result.row(line, scenario)[inside].sum())

    return Productivity(
        year,
        of_year("revenue"),
        of_year("income.ebitda") - of_year("depreciation.book"),
        of_year("payroll"),
        of_year("contributions"),
        float(workers) / MONTHS,
    )


def _staff(result: Result) -> list[str]:
    """Ids of the groups of workers."""
    ids = (line.id.split(".") for line in result.case.network.lines)
    return [parts[1] for parts in ids if parts[0] == "staff" and parts[-1] == "each"]
