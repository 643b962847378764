"""Figures of the cooperation requirement: the matrix as a heat map and its readings."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import pandas
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.ticker import FuncFormatter

from course.charts.frame import (
    DARK,
    HATCH,
    INK,
    LIGHT,
    ON_WHITE,
    PALE,
    WARM,
    Picture,
    canvas,
    drawn,
    plain,
)
from course.wording import number, share

_SHADES = LinearSegmentedColormap.from_list("shades", ["#ffffff", LIGHT, DARK])


@drawn
def matrix(
    frame: pandas.DataFrame, *, titles: Mapping[str, str], title: str = "", source: str
) -> Picture:
    """Supplies of each supplier (row) to each buyer (column), darker for larger sums.

    `frame` holds roubles, ids in its index and columns; `titles` are the names to print.
    """
    rows, columns = list(frame.index), list(frame.columns)
    values = frame.to_numpy(dtype=float) / 1e6
    picture = canvas(
        26.0 + 6.6 * len(rows), title=title, unit="Поставки за год без НДС, млн ₽", source=source
    )
    axes = picture.add_subplot()
    greatest = float(values.max()) if values.size else 1.0
    axes.imshow(values, cmap=_SHADES, vmin=0, vmax=greatest or 1.0, aspect="auto")
    for row, column in zip(*values.nonzero(), strict=True):
        value = float(values[row, column])
        axes.text(
            column, row, number(value, 0 if value >= 10 else 1), ha="center", va="center",
            fontsize=7.5, color="white" if value > 0.62 * greatest else INK,
        )  # fmt: skip
    numbers = {name: place for place, name in enumerate(dict.fromkeys([*rows, *columns]), 1)}
    axes.set_xticks(range(len(columns)), [str(numbers[name]) for name in columns])
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(rows)), [f"{titles[name]}  {numbers[name]}" for name in rows])
    axes.set_xticks([place - 0.5 for place in range(1, len(columns))], minor=True)
    axes.set_yticks([place - 0.5 for place in range(1, len(rows))], minor=True)
    axes.grid(which="minor", color=PALE, lw=0.6)
    axes.tick_params(which="both", length=0)
    axes.set_ylabel("Поставщик")
    axes.set_xlabel("Покупатель (номер — по строке слева)")
    axes.xaxis.set_label_position("top")
    for spine in axes.spines.values():
        spine.set_visible(False)
    return picture


@drawn
def readings(
    rows: Sequence[tuple[str, float]], threshold: float, *, title: str = "", source: str
) -> Picture:
    """Shares against a threshold: a bar that does not reach it is hatched.

    A row is `(title, share)`; a reading that is a yes or no is no bar and does not belong here.
    """
    picture = canvas(20.0 + 8.5 * len(rows), title=title, unit="доля, %", source=source)
    axes = picture.add_subplot()
    plain(axes, "x")
    for place, (_, value) in enumerate(rows):
        short = value < threshold
        axes.barh(
            place, value, 0.62, color=WARM if short else LIGHT, hatch=HATCH if short else None,
            ec=INK, lw=0.7,
        )  # fmt: skip
        axes.annotate(
            share(value), (value, place), xytext=(4, 0), textcoords="offset points", va="center",
            fontsize=8.5, bbox=ON_WHITE, zorder=6,
        )  # fmt: skip
    right = max([value for _, value in rows] + [threshold]) * 1.15
    for place in range(
        len(rows)
    ):  # between the bars, so that no bar and no value is struck through
        axes.plot([threshold] * 2, [place - 0.48, place - 0.33], color=INK, lw=1.6)
    axes.plot([threshold] * 2, [len(rows) - 0.67, len(rows) - 0.5], color=INK, lw=1.6)
    late = threshold > 0.8 * right
    axes.annotate(
        f"порог {share(threshold)}", (threshold, -0.66), xytext=(-4 if late else 4, 0),
        textcoords="offset points", ha="right" if late else "left", va="center", fontsize=8.5,
    )  # fmt: skip
    axes.plot([threshold], [-0.66], marker="v", ms=5, color=INK, clip_on=False)
    axes.set_yticks(range(len(rows)), [textwrap.fill(name, 34) for name, _ in rows])
    axes.set_ylim(len(rows) - 0.5, -0.95)
    axes.set_xlim(0, right)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value * 100)))
    return picture
