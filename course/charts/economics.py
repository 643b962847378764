"""Figures that teach the economics of a project: ЧДД over rates, money by month, payments, risk."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

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

MILLION = 1e6
_WHOLE = FuncFormatter(lambda value, _: number(value))


@drawn
def npv_profile(
    rates: Sequence[float],
    worth: Sequence[float],
    point: tuple[float, float] | None = None,
    *,
    title: str = "",
    source: str,
    height: float = 82.0,
) -> Picture:
    """ЧДД at every rate of discounting as a line; `point` is the rate looked at and its ЧДД.

    Rates are shares, ЧДД roubles, `height` millimetres. Where the line is below zero its area is
    hatched.
    """
    picture = canvas(height, title=title, unit="ЧДД, млн ₽", source=source)
    axes = picture.add_subplot()
    plain(axes)
    across, up = np.asarray(rates) * 100, np.asarray(worth) / MILLION
    axes.plot(across, up, color=DARK, lw=1.8)
    axes.fill_between(across, up, 0, where=(up < 0).tolist(), fc=WARM, ec=INK, hatch=HATCH, lw=0.0)
    axes.fill_between(across, up, 0, where=(up > 0).tolist(), color=LIGHT, lw=0.0)
    axes.axhline(0, color=INK, lw=0.9)
    if point is not None:
        at, value = point[0] * 100, point[1] / MILLION
        axes.plot([at, at], [0, value], color=INK, lw=1.0, ls=":")
        axes.plot([at], [value], "o", color=DARK, ms=8, mfc="white", mew=2, zorder=7)
        low, high = axes.get_ylim()
        axes.set_ylim(low, high + 0.16 * (high - low))
        axes.text(
            0.99, 0.98, f"при {share(point[0])} ЧДД {number(value, 2)} млн ₽",
            transform=axes.transAxes, ha="right", va="top", fontsize=10, fontweight="bold",
            bbox=ON_WHITE, zorder=8,
        )  # fmt: skip
    axes.set_xlim(float(across[0]), float(across[-1]))
    axes.set_xlabel("Ставка дисконтирования, % годовых")
    axes.yaxis.set_major_locator(MaxNLocator(6))
    digits = 1 if float(np.ptp(up)) < 6 else 0
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, digits)))
    return picture


@drawn
def worth_by_year(
    periods: Sequence[str], worth: Sequence[float], *, title: str = "", source: str
) -> Picture:
    """A discounted flow by period as bars, its sum so far as a line that ends in ЧДД.

    `worth` is roubles brought to the first day, one value for each of `periods`.
    """
    picture = canvas(82.0, title=title, unit="млн ₽, приведено к первому дню", source=source)
    axes = picture.add_subplot()
    plain(axes)
    bars = [value / MILLION for value in worth]
    line = np.cumsum(bars)
    for place, value in enumerate(bars):
        axes.bar(
            place, value, 0.6, color=LIGHT if value >= 0 else WARM, ec=INK, lw=0.7,
            hatch=HATCH if value < 0 else None,
        )  # fmt: skip
    axes.plot(range(len(bars)), line, "-o", color=DARK, lw=1.8, ms=5, mfc="white", zorder=6)
    axes.annotate(
        f"ЧДД {number(float(line[-1]), 1)}", (len(bars) - 1, float(line[-1])), xytext=(10, 0),
        textcoords="offset points", va="center", fontsize=9.5, fontweight="bold", color=DARK,
        bbox=ON_WHITE, zorder=8,
    )  # fmt: skip
    axes.axhline(0, color=INK, lw=0.9)
    handles = [
        *axes.lines[:1],
        Patch(facecolor=LIGHT, edgecolor=INK, lw=0.7),
        Patch(facecolor=WARM, hatch=HATCH, edgecolor=INK, lw=0.7),
    ]
    axes.legend(handles, ["накопленная сумма", "приток", "отток"], loc="lower right")
    axes.set_xticks(range(len(periods)), list(periods))
    axes.set_xlim(-0.6, len(periods) + 0.3)
    axes.yaxis.set_major_locator(MaxNLocator(6))
    axes.yaxis.set_major_formatter(_WHOLE)
    return picture


@drawn
def money_left(
    months: Sequence[str], balance: Sequence[float], *, title: str = "", source: str
) -> Picture:
    """Money at the end of every month; months in which it has run out are hatched.

    `balance` is roubles, one value for each of `months`; the lowest one is named.
    """
    picture = canvas(76.0, title=title, unit="деньги на конец месяца, млн ₽", source=source)
    axes = picture.add_subplot()
    plain(axes)
    values = [value / MILLION for value in balance]
    bars = axes.bar(range(len(values)), values, 0.8, color=LIGHT, ec=INK, lw=0.5)
    for bar, value in zip(bars, values, strict=True):
        if value < 0:
            bar.set(facecolor=WARM, hatch=HATCH)
    axes.axhline(0, color=INK, lw=0.9)
    lowest = min(range(len(values)), key=values.__getitem__)
    low, high = axes.get_ylim()
    axes.set_ylim(low - 0.12 * (high - low), high)
    axes.annotate(
        f"меньше всего: {number(values[lowest], 1)} млн ₽, {months[lowest]}",
        (lowest, min(values[lowest], 0.0)), xytext=(0, -4), textcoords="offset points",
        ha="left" if lowest < len(values) / 2 else "right", va="top", fontsize=8.5,
        fontweight="bold", bbox=ON_WHITE, zorder=7,
    )  # fmt: skip
    step = max(1, len(months) // 8)
    axes.set_xticks(range(0, len(months), step), list(months)[::step])
    axes.set_xlim(-0.7, len(values) - 0.3)
    axes.yaxis.set_major_locator(MaxNLocator(6))
    axes.yaxis.set_major_formatter(_WHOLE)
    return picture


@drawn
def payments(
    principal: Sequence[float],
    interest: Sequence[float],
    *,
    step: str,
    note: str = "",
    title: str = "",
    source: str,
) -> Picture:
    """What a loan asks at the end of every `step` («месяц», «квартал»): principal and interest.

    Sums are roubles, one value a step; `note` is a line of figures above the bars.
    """
    picture = canvas(78.0, title=title, unit="платёж, млн ₽", source=source)
    axes = picture.add_subplot()
    plain(axes)
    paid = [value / MILLION for value in principal]
    due = [value / MILLION for value in interest]
    whole = [a + b for a, b in zip(paid, due, strict=True)]
    edges = np.arange(len(paid) + 1) + 0.5
    axes.stairs(paid, edges, fill=True, fc=LIGHT, ec=INK, lw=0.5, label="возврат долга")
    axes.stairs(
        whole, edges, baseline=paid, fill=True, fc=WARM, hatch=HATCH, ec=INK, lw=0.5,
        label="проценты",
    )  # fmt: skip
    top = max(whole)
    axes.set_ylim(0, top * 1.32)
    axes.set_xlim(0.2, len(paid) + 0.8)
    if note:
        axes.text(
            0.5, 0.985, note, transform=axes.transAxes, ha="center", va="top", fontsize=9,
            fontweight="bold", bbox=ON_WHITE,
        )  # fmt: skip
    axes.legend(loc="upper left", bbox_to_anchor=(0.0, 0.93), ncols=2)
    axes.set_xlabel(f"{step.capitalize()} после выдачи")
    axes.yaxis.set_major_locator(MaxNLocator(5))
    digits = 2 if top < 1 else 1
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, digits)))
    return picture


@drawn
def coverage(
    periods: Sequence[str],
    ratios: Sequence[float | None],
    margin: float,
    *,
    title: str = "",
    source: str,
) -> Picture:
    """How many times money covers payments on loans, by year; below one a bar is hatched.

    `None` is a year in which nothing is due: it gets words and no bar. `margin` is the wanted
    coverage. A bar above 4 is cut and keeps its value.
    """
    picture = canvas(70.0, title=title, unit="покрытие платежей по займам, раз", source=source)
    axes = picture.add_subplot()
    plain(axes)
    top = 4.0
    for place, ratio in enumerate(ratios):
        if ratio is None:
            axes.text(place, 0.12, "год не\nсчитают", ha="center", fontsize=8, color=MUTED)
            continue
        short = ratio < 1
        axes.bar(
            place, max(min(ratio, top), 0.0), 0.6, color=WARM if short else LIGHT,
            hatch=HATCH if short else None, ec=INK, lw=0.7,
        )  # fmt: skip
        axes.annotate(
            number(ratio, 2), (place, max(min(ratio, top), 0.0)), xytext=(0, 3),
            textcoords="offset points", ha="center", fontsize=9, bbox=ON_WHITE, zorder=6,
            fontweight="bold" if short else "normal",
        )  # fmt: skip
    end = len(periods) - 0.5
    for level, look, words in ((1.0, "-", "ровно хватает: 1"), (margin, "--", "с запасом: ")):
        told = words if level == 1.0 else words + number(margin, 1)
        axes.plot([-0.5, end], [level, level], look, color=INK, lw=1.0, label=told, zorder=5)
    axes.legend(loc="upper right", ncols=2)
    axes.set_xticks(range(len(periods)), list(periods))
    axes.set_xlim(-0.6, end)
    axes.set_ylim(0, top * 1.4)
    axes.set_yticks(range(int(top) + 1))
    axes.yaxis.set_major_formatter(_WHOLE)
    return picture


@drawn
def distribution(
    values: Sequence[float],
    plan: float,
    *,
    measure: str = "ЧДД",
    title: str = "",
    source: str,
    height: float = 80.0,
) -> Picture:
    """How often each result came out of many scenarios; results below zero are hatched.

    `values` and `plan`, the result of the plan itself, are roubles; `height` is millimetres.
    """
    picture = canvas(
        height, title=title, unit=f"{measure}, млн ₽; высота — доля сценариев, %", source=source
    )
    axes = picture.add_subplot()
    plain(axes)
    found = np.asarray(values) / MILLION
    width = _bin(float(np.ptp(found)))
    edges = np.arange(np.floor(found.min() / width), np.ceil(found.max() / width) + 1) * width
    shares = np.histogram(found, edges)[0] / len(found) * 100
    for left, height in zip(edges[:-1], shares, strict=True):
        loss = left < -width / 2
        axes.bar(
            left + width / 2, height, width, color=WARM if loss else LIGHT,
            hatch=HATCH if loss else None, ec=INK, lw=0.5,
        )  # fmt: skip
    top = float(shares.max()) * 1.3
    axes.set_ylim(0, top)
    axes.axvline(0, color=INK, lw=1.1)
    _line(axes, plan / MILLION, top * 0.98, f"план {number(plan / MILLION, 1)}", 1)
    mean = float(found.mean())
    _line(axes, mean, top * 0.98, f"среднее {number(mean, 1)}", -1)
    below = float((found < 0).mean())
    patches = [
        Patch(facecolor=WARM, hatch=HATCH, edgecolor=INK, label=f"меньше нуля: {share(below, 0)}"),
        Patch(
            facecolor=LIGHT, edgecolor=INK, label=f"не меньше нуля: {share(1 - round(below, 2), 0)}"
        ),
    ]
    axes.legend(handles=patches, loc="upper left", bbox_to_anchor=(0.0, 0.9))
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.yaxis.set_major_formatter(_WHOLE)
    axes.xaxis.set_major_formatter(_WHOLE)
    return picture


def _bin(spread: float) -> float:
    """A round width that makes about twenty bars; zero is always an edge."""
    rough = max(spread, 1e-9) / 20
    power = 10.0 ** np.floor(np.log10(rough))
    return float(next(power * step for step in (1, 2, 5, 10) if power * step >= rough))


def _line(axes: Axes, at: float, top: float, words: str, side: int) -> None:
    """A dashed upright line with words at its `side`: 1 right, −1 left."""
    axes.axvline(at, color=DARK, lw=1.4, ls="--")
    axes.annotate(
        words, (at, top), xytext=(4 * side, 0), textcoords="offset points", va="top",
        ha="left" if side > 0 else "right", fontsize=8.5, fontweight="bold", color=DARK,
        bbox=ON_WHITE, zorder=8,
    )  # fmt: skip
