"""Figures of measures of support: a sum or a rate by one input, windows by month, a soft loan."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Mapping, Sequence

from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from course.charts.frame import (
    DARK,
    HATCH,
    INK,
    MUTED,
    ON_WHITE,
    PALE,
    WARM,
    Picture,
    canvas,
    drawn,
    plain,
)
from course.wording import number

MILLION = 1e6
_DASHES = ("-", "--", ":", "-.")
_MARKS = ("o", "s", "^", "D")
YES, NO, UNKNOWN = "yes", "no", "unknown"
UNREAD = "не прочитано"
_CELLS = {
    YES: (DARK, None, "да"),
    NO: (WARM, HATCH, "нет"),
    UNKNOWN: ("white", None, UNREAD),
}


@drawn
def responses(
    inputs: Sequence[float],
    lines: Mapping[str, Sequence[float | None]],
    at: float,
    *,
    words: Callable[[float], str],
    input_words: Callable[[float], str],
    axis: str,
    unit: str,
    title: str = "",
    source: str,
) -> Picture:
    """Lines of results over one input, each with its value at the chosen input.

    `lines` holds by title one result for each of `inputs`; `at` is one of `inputs`. `words` prints
    a result and `input_words` an input. A line stops where its value is `None`: nobody has read it.
    """
    picture = canvas(92.0, title=title, unit=unit, source=source)
    axes = picture.add_subplot()
    plain(axes)
    place = list(inputs).index(at)
    known = [value for values in lines.values() for value in values if value is not None]
    top = max([*known, 0.0]) or 1.0
    for index, (name, values) in enumerate(lines.items()):
        value = values[place]
        axes.plot(
            inputs,
            [math.nan if one is None else one for one in values],
            color=INK if index else DARK,
            lw=2.0 - 0.3 * index,
            ls=_DASHES[index % 4],
            label=f"{name}: {UNREAD if value is None else words(value)}",
        )
        if value is not None:
            axes.plot([at], [value], _MARKS[index % 4], ms=6, color=INK, mfc="white", zorder=7,
                      clip_on=False)  # fmt: skip
    axes.axvline(at, color=MUTED, lw=0.8, ls=":")
    axes.legend(loc="upper left")
    axes.set_xlabel(f"{axis}. Выбрано: {input_words(at)}")
    axes.set_xlim(min(inputs), max(inputs))
    axes.set_ylim(0, top * (1.12 + 0.13 * len(lines)))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: input_words(value)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: words(value)))
    return picture


@drawn
def calendar(
    rows: Mapping[str, Sequence[str]],
    months: Sequence[str],
    at: int,
    *,
    title: str = "",
    source: str,
) -> Picture:
    """Month by month: yes, no or unread (`yes`, `no`, `unknown`), with the chosen month framed.

    `months` are titles in order; a title that ends in «01» begins a year and is printed.
    """
    picture = canvas(26.0 + 9.0 * len(rows), title=title, unit="", source=source)
    axes = picture.add_subplot()
    axes.tick_params(length=0)
    for place, states in enumerate(rows.values()):
        for month, state in enumerate(states):
            color, hatch, _ = _CELLS[state]
            axes.barh(place, 1, 0.66, left=month, color=color, hatch=hatch, ec=PALE, lw=0.5,
                      hatchcolor=MUTED)  # fmt: skip
    height = len(rows)
    axes.add_patch(Rectangle((at, -0.5), 1, height - 0.05, fill=False, ec=INK, lw=1.6, zorder=8))
    axes.text(at + 0.5, -0.62, months[at], ha="center", va="bottom", fontsize=8.5, bbox=ON_WHITE)
    axes.set_yticks(range(height), [textwrap.fill(name, 30) for name in rows])
    axes.set_ylim(height - 0.45, -1.25)
    starts = [place for place, month in enumerate(months) if month.startswith("01.")]
    axes.set_xticks([float(place) for place in starts], [months[place][3:] for place in starts])
    axes.set_xlim(0, len(months))
    for spine in axes.spines.values():
        spine.set_visible(False)
    picture.legend(
        handles=[Patch(fc=color, hatch=hatch, ec=MUTED, label=word)
                 for color, hatch, word in _CELLS.values()],
        loc="upper right", ncols=3,
    )  # fmt: skip
    return picture


@drawn
def soft_loan(
    market: Sequence[float], soft: Sequence[float], worth: float, *, title: str = "", source: str
) -> Picture:
    """Interest of each year at the market's rate and at the soft one; `worth` is the gain today.

    All values are roubles; the years are counted from 1.
    """
    picture = canvas(80.0, title=title, unit="проценты за год, млн ₽", source=source)
    axes = picture.add_subplot()
    plain(axes)
    top = max([*market, 1.0]) / MILLION
    bars = (
        (market, "по рыночной ставке", WARM, HATCH, -0.2),
        (soft, "по льготной", DARK, None, 0.2),
    )
    for values, word, color, hatch, shift in bars:
        heights = [value / MILLION for value in values]
        spots = [year + shift for year in range(1, len(values) + 1)]
        axes.bar(spots, heights, 0.38, color=color, hatch=hatch, ec=INK, lw=0.7, label=word)
        for spot, height in zip(spots, heights, strict=True):
            axes.text(spot, height + top * 0.015, number(height, 1), ha="center", fontsize=8.0)
    whole = (sum(market) - sum(soft)) / MILLION
    axes.legend(
        loc="upper right",
        title=f"Разница за все годы: {number(whole, 1)} млн ₽\n"
        f"Она же сегодняшними деньгами: около {number(worth / MILLION)} млн ₽",
    )
    axes.set_xticks(
        range(1, len(market) + 1), [f"{year}-й год" for year in range(1, len(market) + 1)]
    )
    axes.set_ylim(0, top * 1.35)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    return picture
