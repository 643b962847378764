"""A figure of editions: which text of a document held when, and which one holds on a day."""

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

Span = tuple[str, datetime.date, datetime.date | None, str, bool]
_YEAR = 365.25


@drawn
def editions(
    spans: Sequence[Span],
    day: datetime.date,
    *,
    end: datetime.date,
    title: str = "",
    source: str,
) -> Picture:
    """Editions as bars over the years up to `end`; the one that holds on `day` is dark.

    A span is `(name, first day, last day or None, what changed, whether anybody read it)`. An
    unread one is hatched. A span without a last day is open: its end is drawn dashed, since
    later editions may be unknown. A line stands at `day`.
    """
    picture = canvas(
        26.0 + 9.5 * len(spans),
        title=title,
        unit="тёмная — действует в день черты; штрих — содержание не прочитано; "
        "пунктир — дальше редакции не известны",
        source=source,
    )
    axes = picture.add_subplot()
    plain(axes, "x")
    for place, span in enumerate(spans):
        _bar(axes, place, span, day, end)
    axes.plot([_years(day)] * 2, [-0.75, len(spans) - 0.45], color=INK, lw=1.2, ls="--")
    axes.text(_years(day), -0.82, told(day), ha="center", va="bottom", fontsize=8.5, bbox=ON_WHITE)
    names = [
        f"{name}\n{textwrap.shorten(said, 44, placeholder='…')}" for name, _, _, said, _ in spans
    ]
    axes.set_yticks(range(len(spans)), names)
    axes.set_ylim(len(spans) - 0.4, -1.45)
    first = min([since for _, since, _, _, _ in spans] + [day])
    years = range(first.year, end.year + 1)
    axes.set_xticks([float(year) for year in years], [str(year) for year in years])
    axes.set_xlim(years[0] - 0.15, years[-1] + 1.05)
    return picture


def _bar(axes: Axes, place: int, span: Span, day: datetime.date, end: datetime.date) -> None:
    """One edition: its known days as a bar, an open end as a dashed frame."""
    _, since, until, _, read = span
    holds = since <= day and (until is None or day <= until)
    start = _years(since)
    axes.barh(
        place, _years(until or end) - start, 0.6, left=start,
        color=DARK if holds else LIGHT, hatch=None if read else HATCH,
        ec=INK, lw=0.7, ls="-" if until else "--", hatchcolor="white" if holds else INK,
    )  # fmt: skip
    if until is None:
        axes.text(
            _years(end) + 0.08,
            place,
            "?",
            va="center",
            fontsize=10.5,
            fontweight="bold",
            color=MUTED,
        )


def _years(day: datetime.date) -> float:
    """A day as a number of years, such as 2021.87."""
    return day.year + (day - datetime.date(day.year, 1, 1)).days / _YEAR
