"""A board of verdicts: what each rule says of the data, in words, with what was found."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from course.charts.frame import DARK, HATCH, INK, MUTED, PALE, WARM, Picture, canvas, drawn

Line = tuple[str, str, str, str]
_LINE, _GAP = 4.4, 3.2  # millimetres: a line of text, and what parts two rows
_COLUMNS = (0.0, 0.335, 0.545)  # the rule, its verdict, what was found
_WIDTHS = (33, 50)  # letters of the rule and of what was found


@drawn
def board(lines: Sequence[Line], *, title: str = "", unit: str = "", source: str) -> Picture:
    """Verdicts one below the other: dark where a rule holds, hatched where it does not.

    A line is `(rule, outcome, outcome in words, what was found)`; outcomes are `pass`, `fail`,
    `unknown` and `not_applicable`. What is unknown has a dashed frame, so that nobody takes it for
    a pass.
    """
    texts = [
        (textwrap.wrap(rule, _WIDTHS[0]), textwrap.wrap(found, _WIDTHS[1]) or ["—"])
        for rule, _, _, found in lines
    ]
    heights = [max(len(rule), len(found)) * _LINE + _GAP for rule, found in texts]
    total = sum(heights)
    picture = canvas(total + 20.0, title=title, unit=unit, source=source)
    axes = picture.add_subplot()
    axes.set_axis_off()
    axes.set(xlim=(0, 1), ylim=(total, 0))
    top = 0.0
    for (_, outcome, words, _), (rule, found), height in zip(lines, texts, heights, strict=True):
        axes.plot([0, 1], [top, top], color=PALE, lw=0.7)
        middle = top + height / 2
        axes.text(_COLUMNS[0], middle, "\n".join(rule), va="center", fontsize=8.5)
        _stamp(axes, middle, outcome, words)
        axes.text(_COLUMNS[2], middle, "\n".join(found), va="center", fontsize=8.5, color=INK)
        top += height
    return picture


def _stamp(axes: Axes, middle: float, outcome: str, words: str) -> None:
    """The outcome in a box that is told apart without colour."""
    fill, letters, hatch, edge = {
        "pass": (DARK, "white", None, "-"),
        "fail": (WARM, INK, HATCH, "-"),
        "unknown": ("white", INK, None, "--"),
    }.get(outcome, ("#f4f4f4", MUTED, None, "-"))
    axes.add_patch(
        FancyBboxPatch(
            (_COLUMNS[1], middle - 2.5), 0.19, 5.0, boxstyle="square,pad=0",
            fc=fill, ec=INK, lw=0.8, ls=edge, hatch=hatch, hatchcolor="#b98f3c",
        )
    )  # fmt: skip
    axes.text(
        _COLUMNS[1] + 0.095, middle, words, ha="center", va="center", fontsize=8.5,
        color=letters, fontweight="bold" if outcome in ("pass", "fail") else "normal",
        bbox={"boxstyle": "square,pad=0.1", "fc": fill, "ec": "none"} if hatch else None,
    )  # fmt: skip
