"""A figure of dues: what each member pays, and how heavy it is beside its output."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.ticker import FuncFormatter

from course.charts.frame import DARK, HATCH, INK, LIGHT, ON_WHITE, Picture, canvas, drawn, plain
from course.wording import number, share

Due = tuple[str, float, float]


@drawn
def dues(rows: Sequence[Due], *, widest: float, title: str = "", source: str) -> Picture:
    """Dues as shares of output, the roubles beside each bar; the heaviest is dark, if any is.

    A row is `(member, roubles a year, share of its output)`. The axis ends at `widest`, so that
    figures drawn one after another can be compared.
    """
    picture = canvas(
        20.0 + 5.6 * len(rows), title=title, unit="взнос в % выпуска; у полосы — тыс. ₽ в год",
        source=source,
    )  # fmt: skip
    axes = picture.add_subplot()
    plain(axes, "x")
    parts = [part for _, _, part in rows]
    heaviest = max(parts) if parts and max(parts) > 1.01 * min(parts) else None
    for place, (_, roubles, part) in enumerate(rows):
        most = part == heaviest
        axes.barh(
            place, part, 0.64, color=DARK if most else LIGHT, hatch=HATCH if most else None,
            ec=INK, lw=0.7, hatchcolor="white",
        )  # fmt: skip
        axes.annotate(
            f"{share(part, 2)} — {number(roubles / 1000)}", (part, place), xytext=(4, 0),
            textcoords="offset points", va="center", fontsize=8.5, bbox=ON_WHITE, zorder=6,
        )  # fmt: skip
    axes.set_yticks(range(len(rows)), [name for name, _, _ in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, widest * 1.22)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value * 100, 1)))
    return picture
