"""Figures of a project's money: flows, costs, sensitivity, sales, debt."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.text import Annotation
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
from course.wording import number

MILLION = 1e6
GAP, STEPS = 3.0, 20  # dots between a label and the edge; then all is within a dot
_LOWEST, _HIGHEST = -3.0, 5.0  # coverage beyond stands at the edge as a triangle


def _figure_format(digits: int = 0) -> FuncFormatter:
    return FuncFormatter(lambda value, _: number(value, digits))


def _millions(values: Sequence[float]) -> list[float]:
    return [value / MILLION for value in values]


def _digits(values: Sequence[float]) -> int:
    """Decimals that keep the largest of some millions readable."""
    return 1 if max((abs(value) for value in values), default=0.0) < 100 else 0


def _label_bars(axes: Axes, values: Sequence[float], digits: int) -> None:
    """The value above each bar, below it if negative."""
    for index, value in enumerate(values):
        axes.annotate(
            number(value, digits),
            (index, value),
            xytext=(0, 3 if value >= 0 else -3),
            textcoords="offset points",
            ha="center",
            va="bottom" if value >= 0 else "top",
            fontsize=7.5,
            bbox=ON_WHITE,
            zorder=6,
        )


def _years(axes: Axes, periods: Sequence[str]) -> None:
    axes.set_xticks(range(len(periods)), list(periods))
    axes.set_xlim(-0.7, len(periods) - 0.3)


@drawn
def cash_flow(
    periods: Sequence[str],
    flow: Sequence[float],
    accumulated: Sequence[float],
    *,
    title: str = "",
    source: str,
    height: float = 88.0,
) -> Picture:
    """Money in and out by period as bars, and what has accumulated by its end as a line.

    `flow` and `accumulated` are roubles, one value for each of `periods`;
    `height` is millimetres.
    """
    bars, line = _millions(flow), _millions(accumulated)
    digits = _digits([*bars, *line])
    picture = canvas(height, title=title, unit="млн ₽", source=source)
    axes = picture.add_subplot()
    plain(axes)
    _years(axes, periods)
    positions = range(len(periods))
    drawn_bars = axes.bar(positions, bars, 0.62, color=LIGHT, ec=INK, lw=0.7)
    for patch, value in zip(drawn_bars, bars, strict=True):
        if value < 0:
            patch.set(facecolor=WARM, hatch=HATCH)
    axes.plot(
        positions, line, "-o", color=DARK, lw=1.8, ms=5, mfc="white", label="накопленный поток"
    )
    axes.axhline(0, color=INK, lw=0.9)
    _label_bars(axes, bars, digits)
    end = f"накоплено {number(line[-1], digits)}" if line else ""
    if line:
        axes.annotate(
            end, (len(line) - 1, line[-1]), xytext=(0, 8), textcoords="offset points",
            ha="right", fontsize=8.5, fontweight="bold", color=DARK,
        )  # fmt: skip
    axes.margins(y=0.12)
    axes.yaxis.set_major_formatter(_figure_format())
    inflow = Patch(facecolor=LIGHT, edgecolor=INK, lw=0.7, label="приток за год")
    outflow = Patch(facecolor=WARM, hatch=HATCH, edgecolor=INK, lw=0.7, label="отток за год")
    axes.legend(  # above the picture: below it lies a bar or the line in one project or another
        handles=[*axes.lines[:1], inflow, outflow],
        loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=3, borderaxespad=0.1,
    )  # fmt: skip
    return picture


@drawn
def where_money_goes(
    revenue: float, parts: Sequence[tuple[str, float]], *, title: str = "", source: str
) -> Picture:
    """Where each rouble of revenue goes: a staircase of costs down to what is left.

    `parts` are titles with roubles that add up to `revenue`; the last is what remains, negative if
    costs exceed revenue.
    """
    picture = canvas(
        22.0 + 7.5 * len(parts), title=title, unit="копеек из каждого рубля выручки", source=source
    )
    axes = picture.add_subplot()
    plain(axes, "x")
    left = 100.0
    for row, (_, amount) in enumerate(parts):
        kopecks, last = amount / revenue * 100, row == len(parts) - 1
        start = 0.0 if last else left - kopecks
        axes.barh(
            row, kopecks, 0.66, left=start, color=DARK if last else LIGHT, ec=INK, lw=0.7,
            hatch=HATCH if last and kopecks < 0 else None,
        )  # fmt: skip
        edge = max(start, start + kopecks)
        axes.text(
            edge + 1, row, number(kopecks, 1), va="center", fontsize=8.5,
            fontweight="bold" if last else "normal",
        )  # fmt: skip
        if not last:
            axes.plot([start, start], [row + 0.33, row + 0.67], color=MUTED, lw=0.7, ls=":")
        left -= kopecks
    axes.axvline(0, color=INK, lw=0.9)
    axes.set_yticks(range(len(parts)), [name for name, _ in parts])
    axes.set_ylim(len(parts) - 0.5, -0.5)
    axes.set_xlim(min(0.0, axes.get_xlim()[0]), 108)
    axes.xaxis.set_major_formatter(_figure_format())
    return picture


@drawn
def tornado(
    rows: Sequence[tuple[str, str, float, str, float]],
    base: float,
    *,
    title: str = "",
    measure: str = "ЧДД",
    source: str,
) -> Picture:
    """How the result moves when one assumption moves, the strongest on top.

    A row is `(title, low text, result at low, high text, result at high)`; results and `base` are
    roubles.
    """
    ordered = sorted(rows, key=lambda row: -abs(row[4] - row[2]))
    centre = base / MILLION
    digits = _digits([value / MILLION for row in rows for value in (row[2], row[4])])
    picture = canvas(
        23.0 + 7.2 * len(ordered), title=title, unit=f"{measure}, млн ₽", source=source
    )
    axes = picture.add_subplot()
    plain(axes, "x")
    values, labels = [centre], []
    for place, (_, low_text, low, high_text, high) in enumerate(ordered):
        for text, result, colour, hatch in (
            (low_text, low / MILLION, WARM, HATCH),
            (high_text, high / MILLION, LIGHT, None),
        ):
            values.append(result)
            axes.barh(
                place, result - centre, 0.62, left=centre, color=colour, hatch=hatch, ec=INK, lw=0.7
            )
            right = result > centre or (result == centre and text == high_text)
            labels.append(axes.annotate(
                f"{number(result, digits)} ({text})", (result, place),
                xytext=(4 if right else -4, 0), textcoords="offset points",
                ha="left" if right else "right", va="center", fontsize=7.5, bbox=ON_WHITE,
            ))  # fmt: skip
    axes.axvline(centre, color=INK, lw=1.1)
    if min(values) < 0 < max(values):
        axes.axvline(0, color=MUTED, lw=1.0, ls="--")
    axes.set_yticks(range(len(ordered)), [row[0] for row in ordered])
    axes.set_ylim(len(ordered) - 0.4, -0.9)
    _hold(picture, axes, values, labels)
    axes.text(
        centre, -0.52, f"при принятых допущениях {number(centre, digits)}",
        ha="center", fontsize=8.5, fontweight="bold", bbox=ON_WHITE,
    )  # fmt: skip
    axes.xaxis.set_major_locator(MaxNLocator(6))
    axes.xaxis.set_major_formatter(_figure_format())
    return picture


def _hold(
    picture: Picture, axes: Axes, values: Sequence[float], labels: Sequence[Annotation]
) -> None:
    """Make the axis so long that all labels stand within it, none over the names on the left."""
    low, high = min(values), max(values)
    spare = 0.02 * ((high - low) or 1.0)
    low, high = low - spare, high + spare
    axes.set_xlim(low, high)
    picture.draw_without_rendering()
    dots = axes.get_window_extent().width
    needs = []
    for label in labels:
        box, spot = label.get_window_extent(), axes.transData.transform(label.xy)[0]
        needs.append((label.xy[0], spot - box.x0 + GAP, box.x1 - spot + GAP))
    first, last = low, high
    for _ in range(STEPS):  # a longer axis makes shorter bars, not shorter labels
        share = (last - first) / dots
        first = min(low, *(at - before * share for at, before, _ in needs))
        last = max(high, *(at + after * share for at, _, after in needs))
    axes.set_xlim(first, last)


@drawn
def ramp_up(
    periods: Sequence[str],
    output: Sequence[tuple[str, Sequence[float]]],
    *,
    unit: str,
    title: str = "",
    source: str,
) -> Picture:
    """Sales by period, one hatch for each product, stacked; the sum stands above.

    `output` are titles with values in `unit`, one for each of `periods`.
    """
    picture = canvas(78.0, title=title, unit=unit, source=source)
    axes = picture.add_subplot()
    plain(axes)
    _years(axes, periods)
    below = [0.0] * len(periods)
    looks = ((LIGHT, ""), (WARM, HATCH), (DARK, ""), ("white", "...."), (LIGHT, "xxx"))
    for index, (name, values) in enumerate(output):
        colour, hatch = looks[index % len(looks)]
        axes.bar(
            range(len(periods)), values, 0.62, bottom=below, color=colour, hatch=hatch, ec=INK,
            lw=0.7, label=name,
        )  # fmt: skip
        below = [a + b for a, b in zip(below, values, strict=True)]
    _label_bars(axes, below, _digits(below))
    axes.margins(y=0.1)
    axes.yaxis.set_major_formatter(_figure_format())
    if len(output) > 1:
        axes.legend(loc="upper left")
    return picture


@drawn
def loan(
    periods: Sequence[str],
    principal: Sequence[float],
    interest: Sequence[float],
    balance: Sequence[float],
    coverage: Sequence[float | None],
    *,
    title: str = "",
    source: str,
    height: float = 112.0,
) -> Picture:
    """What is paid to lenders and still owed, and below how well the cash flow covers it.

    Sums are roubles; `coverage` is DSCR, `None` where nothing is due; `height` is millimetres.
    """
    picture = canvas(height, title=title, unit="млн ₽; внизу — раз", source=source)
    money, cover = picture.subplots(2, 1, sharex=True, height_ratios=(3, 2))
    plain(money)
    _years(money, periods)
    spots = list(range(len(periods)))
    paid, due, owed = _millions(principal), _millions(interest), _millions(balance)
    money.bar(spots, paid, 0.6, color=LIGHT, ec=INK, lw=0.7, label="возврат долга")
    money.bar(
        spots, due, 0.6, bottom=paid, color=WARM, hatch=HATCH, ec=INK, lw=0.7, label="проценты"
    )
    money.plot(
        spots, owed, "-s", color=DARK, lw=1.6, ms=4.5, mfc="white", label="долг на конец года"
    )
    money.yaxis.set_major_formatter(_figure_format())
    money.legend(loc="upper right")
    plain(cover)
    cover.axhline(1.0, color=INK, lw=1.0, ls="--")
    for spot, value in zip(spots, coverage, strict=True):
        level = 1.0 if value is None else min(max(value, _LOWEST), _HIGHEST)
        if value is not None:
            marker = "^" if value > _HIGHEST else "v" if value < _LOWEST else "o"
            cover.plot([spot], [level], marker, color=DARK, ms=6, zorder=7)
        cover.annotate(
            number(value, 2), (spot, level), xytext=(0, 6), textcoords="offset points",
            ha="center", fontsize=8, bbox=ON_WHITE,
        )  # fmt: skip
    cover.set_title(
        "Покрытие платежей по долгу (штриховая линия: 1,0; треугольник: за краем)",
        fontsize=8.5,
        loc="left",
        color=MUTED,
    )
    low, high = cover.get_ylim()
    cover.set_ylim(min(low, 0.0), high + 0.25 * (high - low))
    cover.yaxis.set_major_formatter(_figure_format(1))
    return picture
