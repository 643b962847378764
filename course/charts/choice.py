"""Figures of choosing a product: candidates against signals, an analogue against one's own."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Sequence

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
from course.wording import NBSP, number, share

_SHADES = (DARK, WARM, LIGHT)
_HATCHES = (None, HATCH, "....")
_ABOVE, _BELOW = 1.0, -1.0


@drawn
def candidates(
    points: Sequence[tuple[str, float, int]],
    passing: Collection[str],
    *,
    dependence: float,
    buyers: int,
    title: str = "",
    source: str,
) -> Picture:
    """Products by the share of imports and the number of buyers; those that pass are filled.

    A point is `(title, share of imports, buyers)`. The dashed lines are the least values of both;
    a third signal is not on the axes, so that a point beyond both lines may still be hollow.
    """
    picture = canvas(
        92.0,
        title=title,
        unit="по горизонтали — доля ввоза на рынке, %; по вертикали — покупателей в кластере",
        source=source,
    )
    axes = picture.add_subplot()
    plain(axes, "both")
    most = max([count for _, _, count in points] + [buyers])
    axes.plot([dependence] * 2, [-0.5, most + 0.9], color=INK, lw=1.1, ls="--")
    axes.plot([-0.02, 1.06], [buyers - 0.5] * 2, color=INK, lw=1.1, ls="--")
    taken: list[tuple[float, int, float]] = []
    for name, value, count in sorted(points, key=lambda point: point[1]):
        good = name in passing
        axes.plot(
            value, count, marker="o" if good else "X", ms=11 if good else 9,
            mfc=DARK if good else "white", mec=INK, ls="",
        )  # fmt: skip
        side = _side(taken, value, count)
        taken.append((value, count, side))
        axes.annotate(
            textwrap.fill(name, 22), (value, count), xytext=(0, 9 * side),
            textcoords="offset points", ha="center", va="bottom" if side > 0 else "top",
            fontsize=8.5, linespacing=0.95, bbox=ON_WHITE, color=INK if good else MUTED,
        )  # fmt: skip
    axes.set_xlim(-0.02, 1.06)
    axes.set_ylim(-0.5, most + 0.9)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value * 100)))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    return picture


@drawn
def landed_price(
    parts: Sequence[tuple[str, float]], own: float, *, title: str = "", source: str
) -> Picture:
    """An imported piece's price laid together from its parts, above the price of one's own.

    A part is `(title, roubles)`; all without VAT.
    """
    whole = sum(value for _, value in parts)
    picture = canvas(58.0, title=title, unit="рубли за штуку без НДС", source=source)
    axes = picture.add_subplot()
    plain(axes, "x")
    start = 0.0
    for place, (name, value) in enumerate(parts):
        shade = place % len(_SHADES)
        axes.barh(
            0, value, 0.56, left=start, color=_SHADES[shade], hatch=_HATCHES[shade], ec=INK,
            lw=0.7, label=f"{name}: {number(value, 1)}{NBSP}₽",
        )  # fmt: skip
        start += value
    cheaper = own <= whole
    axes.barh(1, own, 0.56, color=LIGHT if cheaper else "white", ec=INK, lw=0.7)
    for place, value in ((0, whole), (1, own)):
        axes.annotate(
            f"{number(value, 1)}{NBSP}₽", (value, place), xytext=(4, 0),
            textcoords="offset points", va="center", fontsize=8.5, bbox=ON_WHITE,
        )  # fmt: skip
    gap = share(abs(1 - own / whole)) if whole else ""
    told = "дешевле аналога" if cheaper else "дороже аналога"
    axes.set_yticks((0, 1), ["Аналог у покупателя", f"Наша цена:\n{told} на{NBSP}{gap}"])
    axes.set_ylim(1.5, -0.95)
    axes.set_xlim(0, max(whole, own) * 1.14)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    axes.legend(loc="upper left", ncols=len(parts), borderaxespad=0.0, handlelength=1.4)
    return picture


def _side(taken: Sequence[tuple[float, int, float]], value: float, count: int) -> float:
    """Above the point, or below it when a neighbour's name already stands above."""
    near = [side for other, level, side in taken if level == count and value - other < 0.2]
    return _BELOW if _ABOVE in near and _BELOW not in near[-1:] else _ABOVE
