"""Figures of what may come: ЧДД over two figures at once, and who loses when a member stops."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter

from course.charts.frame import (
    DARK,
    HATCH,
    INK,
    LIGHT,
    ON_WHITE,
    WARM,
    Picture,
    canvas,
    drawn,
    plain,
)
from course.wording import number, share

MILLION = 1e6


@drawn
def worth_map(
    down: tuple[str, Sequence[str]],
    across: tuple[str, Sequence[str]],
    worth: Sequence[Sequence[float]],
    plan: tuple[int, int],
    *,
    measure: str = "ЧДД",
    title: str = "",
    source: str,
) -> Picture:
    """ЧДД at every pair of values of two figures; below zero a cell is hatched, the plan is framed.

    `down` and `across` are titles with the words of their values; `worth` is roubles, a row for
    each value of `down`; `plan` is the place of the plan in it.
    """
    values = np.asarray(worth) / MILLION
    rows, columns = values.shape
    picture = canvas(24.0 + 6.2 * rows, title=title, source=source,
                     unit=f"{measure}, млн ₽. По строкам: {down[0]}")  # fmt: skip
    axes = picture.add_subplot()
    for row in range(rows):
        for column in range(columns):
            value = float(values[row, column])
            loss = value < 0
            axes.add_patch(
                Rectangle((column - 0.5, row - 0.5), 1, 1, fc=WARM if loss else LIGHT,
                          hatch=HATCH if loss else None, ec="white", lw=0.8, hatchcolor="#ffffff")
            )  # fmt: skip
            axes.text(column, row, number(value), ha="center", va="center", fontsize=8,
                      bbox=ON_WHITE if loss else None)  # fmt: skip
    axes.add_patch(
        Rectangle((plan[1] - 0.5, plan[0] - 0.5), 1, 1, fill=False, ec=INK, lw=1.8, zorder=8)
    )
    axes.set_xlim(-0.5, columns - 0.5)
    axes.set_ylim(rows - 0.5, -0.5)
    axes.set_xticks(range(columns), list(across[1]))
    axes.set_yticks(range(rows), list(down[1]))
    axes.set_xlabel(f"По столбцам: {across[0]}")
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return picture


@drawn
def losses(
    rows: Sequence[tuple[str, float]], *, unit: str, title: str = "", source: str
) -> Picture:
    """Shares that are lost, the greatest on top; a loss of all is dark."""
    picture = canvas(15.0 + 5.4 * len(rows), title=title, unit=unit, source=source)
    axes = picture.add_subplot()
    plain(axes, "x")
    for place, (_, value) in enumerate(rows):
        axes.barh(place, value, 0.62, color=DARK if value >= 1 else WARM, ec=INK, lw=0.7,
                  hatch=None if value >= 1 else HATCH)  # fmt: skip
        axes.annotate(
            share(value, 0), (value, place), xytext=(4, 0), textcoords="offset points",
            va="center", fontsize=8.5, bbox=ON_WHITE,
        )  # fmt: skip
    axes.set_yticks(range(len(rows)), [name for name, _ in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, 1.1)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value * 100)))
    return picture
