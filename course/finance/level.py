"""The level of break-even by calendar years: the share of revenue at which profit is zero."""

from __future__ import annotations

import numpy as np

from course.finance.ratios import break_even_level
from course.finance.results import Result

VARIABLE = "materials.used"
FIXED = (
    "payroll", "contributions", "overheads", "property.tax", "depreciation.book", "debt.interest",
)  # fmt: skip


def break_even_by_year(result: Result, scenario: int = 0) -> dict[int, float | None]:
    """Уровень безубыточности by ВК 477 for every calendar year that has revenue.

    Materials move with the volume; pay, contributions, overheads, property tax, depreciation and
    interest do not. 0.8 means that a fifth of the year's sales may be lost before a loss appears;
    `None` where sales do not even pay for materials.
    """
    years = result.row("time.year", scenario).astype(int)
    revenue, materials = _yearly(result, "revenue", scenario), _yearly(result, VARIABLE, scenario)
    known = [id for id in FIXED if id in result.case.network.ids]
    fixed = np.sum([_yearly(result, id, scenario) for id in known], axis=0)
    return {
        int(year): break_even_level(sold, used + kept, used)
        for year, sold, used, kept in zip(
            np.unique(years), revenue.tolist(), materials.tolist(), fixed.tolist(), strict=True
        )
        if sold > 0
    }


def _yearly(
    result: Result, line: str, scenario: int
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    starts = np.flatnonzero(np.diff(result.row("time.year", scenario), prepend=0.0))
    return np.asarray(np.add.reduceat(result.row(line, scenario), starts), dtype=np.float64)
