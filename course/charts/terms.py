"""A figure of terms: from which day to which each one runs, and which has run out by a day."""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Sequence

from matplotlib.axes import Axes

from course.charts.frame import (
    DARK,
    HATCH,
    INK,
    LIGHT,
    MUTED,
    ON_WHITE,
    Picture,
    canvas,
    drawn,
    plain,
)
from course.wording import day as told

Term = tuple[str, datetime.date, datetime.date]
_YEAR = 365.25


@drawn
def clocks(
    terms: Sequence[Term],
    day: datetime.date,
    *,
    until: datetime.date,
    title: str = "",
    source: str,
) -> Picture:
    """Terms as bars, with a line at `day`: dark while a term runs, hatched when it is over.

    A term is `(what runs, its first day, its last day)`. A term that has not begun is white. The
    last day stands at the end of the bar; the axis ends with the year of `until` at the earliest.
    """
    picture = canvas(
        26.0 + 7.4 * len(terms),
        title=title,
        unit="тёмная — срок идёт; штрих — срок вышел; белая — ещё не начался; "
        "у края — последний день",
        source=source,
    )
    axes = picture.add_subplot()
    plain(axes, "x")
    for place, term in enumerate(terms):
        _bar(axes, place, term, day)
    line = _years(day)
    axes.plot([line] * 2, [-0.7, len(terms) - 0.45], color=INK, lw=1.2, ls="--")
    axes.text(line, -0.8, told(day), ha="center", va="bottom", fontsize=8.5, bbox=ON_WHITE)
    axes.set_yticks(range(len(terms)), [textwrap.fill(name, 34) for name, _, _ in terms])
    axes.set_ylim(len(terms) - 0.4, -1.4)
    days = [day, until, *(edge for _, since, last in terms for edge in (since, last))]
    years = range(min(days).year, max(days).year + 2)
    axes.set_xticks([float(year) for year in years], [str(year) for year in years])
    axes.set_xlim(years[0] - 0.1, years[-1] + 0.9)
    return picture


def _bar(axes: Axes, place: int, term: Term, day: datetime.date) -> None:
    _, since, last = term
    over, ahead = day > last, day < since
    start, end = _years(since), _years(last)
    axes.barh(
        place, end - start, 0.56, left=start,
        color=LIGHT if over else "white" if ahead else DARK,
        hatch=HATCH if over else None, ec=INK, lw=0.7,
    )  # fmt: skip
    axes.text(
        end + 0.06, place, told(last), va="center", fontsize=8.5,
        color=MUTED if over else INK, bbox=ON_WHITE, zorder=5,
    )  # fmt: skip


def _years(day: datetime.date) -> float:
    """A day as a number of years, such as 2021.87."""
    return day.year + (day - datetime.date(day.year, 1, 1)).days / _YEAR
