"""Figures of what a region is strong in: bars against one, and a change parted in three."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from itertools import accumulate

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from course.charts.frame import (
    DARK,
    HATCH,
    INK,
    LIGHT,
    MUTED,
    ON_WHITE,
    WARM,
    Picture,
    canvas,
    drawn,
    plain,
)
from course.wording import number, share

_CLOSED = "данные закрыты"


@drawn
def quotients(rows: Sequence[tuple[str, float | None]], *, title: str = "", source: str) -> Picture:
    """Location quotients against one: a bar below one is hatched.

    A row is `(title, quotient)`; `None` is a closed cell, which gets words and no bar.
    """
    picture = canvas(
        22.0 + 8.5 * len(rows),
        title=title,
        unit="коэффициент локализации, раз (1 = как в стране)",
        source=source,
    )
    axes = picture.add_subplot()
    _bars(axes, rows, lambda value: number(value, 2))
    axes.text(1, -0.62, "как в стране", ha="center", fontsize=8.5, bbox=ON_WHITE)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, 1)))
    return picture


@drawn
def indices(rows: Sequence[tuple[str, float | None]], *, title: str = "", source: str) -> Picture:
    """Indices of output against the year before: a bar below 100 % is hatched.

    A row is `(title, index)`, the index as a share (1.076 is 107,6 %); `None` is a closed cell.
    """
    picture = canvas(
        22.0 + 8.5 * len(rows),
        title=title,
        unit="к тому же периоду прошлого года, %",
        source=source,
    )
    axes = picture.add_subplot()
    _bars(axes, rows, share)
    axes.text(1, -0.62, "без изменений", ha="center", fontsize=8.5, bbox=ON_WHITE)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value * 100)))
    return picture


@drawn
def shift(
    start: float,
    parts: Sequence[tuple[str, float]],
    *,
    unit: str,
    title: str = "",
    source: str,
) -> Picture:
    """A change as steps from `start` to the end: each part begins where the one before it ends.

    A step down is hatched. `unit` names what is counted, as «человек».
    """
    levels = list(accumulate((value for _, value in parts), initial=start))
    low, high = min(levels), max(levels)
    room = max(high - low, 0.02 * abs(high), 1e-9)
    floor = max(0.0, low - 0.6 * room)  # steps are small beside the whole: begin near them
    said = f"{unit}; ось начинается не с нуля" if floor else unit
    picture = canvas(72.0, title=title, unit=said, source=source)
    axes = picture.add_subplot()
    plain(axes)
    axes.bar(0, start, 0.62, color=DARK, ec=INK, lw=0.7)
    for place, (_, value) in enumerate(parts, 1):
        down = value < 0
        axes.bar(
            place, value, 0.62, bottom=levels[place - 1], color=WARM if down else LIGHT,
            hatch=HATCH if down else None, ec=INK, lw=0.7,
        )  # fmt: skip
        axes.plot([place - 1.31, place + 0.31], [levels[place - 1]] * 2, color=MUTED, lw=0.8)
    last = len(parts) + 1
    axes.plot([last - 1.31, last + 0.31], [levels[-1]] * 2, color=MUTED, lw=0.8)
    axes.bar(last, levels[-1], 0.62, color=DARK, ec=INK, lw=0.7)
    _label_steps(axes, levels, [value for _, value in parts])
    names = ["Было", *(textwrap.fill(name, 16) for name, _ in parts), "Стало"]
    axes.set_xticks(range(last + 1), names)
    axes.set_ylim(floor, high + 0.25 * room)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    return picture


def _bars(
    axes: Axes, rows: Sequence[tuple[str, float | None]], told: Callable[[float], str]
) -> None:
    """Horizontal bars against a line at one, the value beside each."""
    plain(axes, "x")
    for place, (_, value) in enumerate(rows):
        if value is None:
            axes.text(0.02, place, _CLOSED, va="center", fontsize=8.5, color=MUTED)
            continue
        low = value < 1
        axes.barh(
            place, value, 0.62, color=WARM if low else LIGHT, hatch=HATCH if low else None,
            ec=INK, lw=0.7,
        )  # fmt: skip
        axes.annotate(
            told(value), (value, place), xytext=(4, 0), textcoords="offset points", va="center",
            fontsize=8.5, bbox=ON_WHITE,
        )  # fmt: skip
    axes.plot([1, 1], [-0.45, len(rows) - 0.5], color=INK, lw=1.2, ls="--")
    axes.set_yticks(range(len(rows)), [textwrap.fill(name, 34) for name, _ in rows])
    axes.set_ylim(len(rows) - 0.5, -0.95)
    greatest = max([value for _, value in rows if value is not None] + [1.0])
    axes.set_xlim(0, greatest * 1.15)


def _label_steps(axes: Axes, levels: Sequence[float], values: Sequence[float]) -> None:
    """The whole above the first and the last bar, the signed step above each between."""
    last = len(levels)
    for place, level, text in (
        (0, levels[0], number(levels[0])),
        *(
            (
                place,
                max(levels[place - 1], levels[place]),
                f"{'+' if value > 0 else ''}{number(value)}",
            )
            for place, value in enumerate(values, 1)
        ),
        (last, levels[-1], number(levels[-1])),
    ):
        axes.annotate(
            text, (place, level), xytext=(0, 3), textcoords="offset points", ha="center",
            va="bottom", fontsize=8.5, bbox=ON_WHITE, zorder=6,
        )  # fmt: skip
