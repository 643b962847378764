"""How figures of a model are printed: with their units, in tables by years, as pictures."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pandas as pd

from course import finance, wording
from course.charts import Picture
from course.finance.indicators import Irr
from course.finance.lines import Input
from course.finance.statements import STATEMENTS
from course.finance.trace import value_words
from course.reporting.blocks import Column, Figure, Table
from course.reporting.values import Value

CLOSE, FAR = 10.0, 1000.0  # up to which values keep three decimals, one decimal
SMALL = 0.5  # roubles: a row that never exceeds it is not printed
HIGHEST_ROOT = 10.0


def money(title: str, digits: int = 1) -> Column:
    """A column of sums in millions."""
    return Column(title, "money", "млн ₽", digits)


def shown(value: float | None, unit: str) -> str | None:
    """A value of the model with its unit."""
    if value is None:
        return None
    if unit == "доля":
        return wording.share(value, 2)
    if unit in ("дата", "признак", "год"):
        return value_words(value, unit)
    if unit == "₽" and abs(value) >= 1e6:
        return wording.money(value, "млн ₽", 2)
    if unit == "дни":
        return _days(value)
    digits = 3 if abs(value) < CLOSE else 1 if abs(value) < FAR else 0
    return f"{wording.trimmed(value, digits)}{wording.NBSP}{unit}"


def _days(value: float) -> str:
    """A number of days: a fraction of a day goes with «дня»."""
    if float(value).is_integer():
        return wording.count(int(value), "день", "дня", "дней")
    return f"{wording.trimmed(value, 1)}{wording.NBSP}дня"


def bounds(item: Input) -> str | None:
    """The bounds that the owner of a figure gave."""
    low, high = shown(item.low, item.unit), shown(item.high, item.unit)
    if low is None or high is None:
        return None
    unit = low.lstrip(f"0123456789,−{wording.NBSP}") or " "
    short = low.removesuffix(unit).rstrip(wording.NBSP) if high.endswith(unit) else low
    return f"{short} – {high}"


def picture(caption: str, figure: Picture) -> Figure:
    """A drawn figure as a block of a page."""
    return Figure(caption, figure.svg("path"))


@cache
def _totals() -> frozenset[str]:
    return frozenset(row.title for one in STATEMENTS for row in one.rows if row.total)


def by_years(title: str, frame: pd.DataFrame, source: str, without: tuple[str, ...] = ()) -> Table:
    """A statement as a table; rows of zeros and those called `without` are left out."""
    kept = frame[(frame.abs() >= SMALL).any(axis=1)].drop(index=list(without), errors="ignore")
    return Table(
        title,
        (Column("Статья"), *(Column(str(year), "money", "", 1) for year in kept.columns)),
        tuple(
            (str(name), *map(float, row))
            for name, row in zip(kept.index, kept.to_numpy(), strict=True)
        ),
        totals=tuple(place for place, name in enumerate(kept.index) if name in _totals()),
        unit="млн ₽",
        source=source,
    )


def of_years(result: finance.Result, line: str) -> dict[int, list[float]]:
    """The months of a line of the model by calendar year."""
    years: dict[int, list[float]] = {}
    for month, value in zip(result.case.timeline, result.row(line).tolist(), strict=True):
        years.setdefault(month.year, []).append(value)
    return years


def rows(titles: Mapping[str, tuple[Value, ...]]) -> tuple[tuple[Value, ...], ...]:
    """Rows of a table out of titles with values."""
    return tuple((title, *values) for title, values in titles.items())


def irr_note(irr: Irr) -> str:
    """What stands below a ВНД: its verdict, and the roots where it does not exist."""
    if irr.value is not None or not irr.roots:
        return irr.verdict.words
    roots = [wording.share(root) if root <= HIGHEST_ROOT else "больше 1000 %" for root in irr.roots]
    return f"{irr.verdict.words}; найденные корни: {', '.join(dict.fromkeys(roots))}"
