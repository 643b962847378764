"""A figure of dues: how much heavier each member's are than those of the lightest burdened."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.ticker import FuncFormatter

from course.charts.frame import DARK, HATCH, INK, LIGHT, ON_WHITE, Picture, canvas, drawn, plain
from course.wording import number


@drawn
def dues(burdens: Mapping[str, float], *, widest: float, title: str = "", source: str) -> Picture:
    """Dues as shares of output, each beside the lightest one; the heaviest is dark, if any is.

    `burdens` are dues divided by output, by the member's name. The axis ends at `widest` times the
    lightest, so that figures drawn one after another can be compared.
    """
    picture = canvas(
        20.0 + 5.6 * len(burdens), title=title, source=source,
        unit="взнос в % выпуска: во сколько раз он тяжелее, чем у того, кому легче всех",
    )  # fmt: skip
    axes = picture.add_subplot()
    plain(axes, "x")
    lightest = min(burdens.values())
    times = [burden / lightest for burden in burdens.values()]
    heaviest = max(times) if max(times) > 1.01 else None
    for place, value in enumerate(times):
        most = value == heaviest
        axes.barh(
            place, value, 0.64, color=DARK if most else LIGHT, hatch=HATCH if most else None,
            ec=INK, lw=0.7, hatchcolor="white",
        )  # fmt: skip
        axes.annotate(
            number(value, 1), (value, place), xytext=(4, 0), textcoords="offset points",
            va="center", fontsize=8.5, bbox=ON_WHITE, zorder=6,
        )  # fmt: skip
    axes.set_yticks(range(len(burdens)), list(burdens))
    axes.set_ylim(len(burdens) - 0.4, -0.6)
    axes.set_xlim(0, widest * 1.1)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    return picture
