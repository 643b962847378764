"""The frame of every figure: size, fonts, colours, the lines with unit and source."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.layout_engine import ConstrainedLayoutEngine

from course.typesetting import font_folders

WIDTH = 170.0  # millimetres: the text of an A4 page with margins of 20 mm
MILLIMETRES = 25.4  # in an inch
INK, MUTED, PALE = "#1a1a1a", "#5b5b5b", "#d9d9d9"
DARK, LIGHT, WARM = "#1f4e79", "#a9c8e6", "#e6c583"  # apart in grey too: 29, 76 and 78 % with hatch
HATCH = "////"
ON_WHITE = {"boxstyle": "round,pad=0.1", "fc": "white", "ec": "none", "alpha": 0.85}  # under text
_STYLE: dict[Any, Any] = {
    "font.family": ["PT Sans"],
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.labelsize": 9.0,
    "axes.axisbelow": True,
    "grid.color": PALE,
    "grid.linewidth": 0.6,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "hatch.linewidth": 0.7,
    "hatch.color": INK,
    "svg.hashsalt": "proclusters",
    "figure.dpi": 100.0,
}

P = ParamSpec("P")
R = TypeVar("R")


class Picture(Figure):
    """A figure that a notebook shows by itself and that reports take as SVG or PNG."""

    title = ""

    def svg(self, fonttype: str = "none") -> str:
        """The figure as SVG text; letters stay letters, or outlines with `fonttype="path"`."""
        stream = io.StringIO()
        with matplotlib.rc_context({**_STYLE, "svg.fonttype": fonttype}):
            self.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
        text = stream.getvalue()
        return text[text.index("<svg") :]

    def png(self, dots_per_inch: float = 150.0) -> bytes:
        """The figure as a PNG file."""
        stream = io.BytesIO()
        with matplotlib.rc_context(_STYLE):
            self.savefig(stream, format="png", dpi=dots_per_inch, metadata={"Software": None})
        return stream.getvalue()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"image/svg+xml": self.svg("path"), "text/plain": self.title or "Рисунок"}


@cache
def _register_fonts() -> None:
    for folder in font_folders():
        for path in sorted(folder.glob("PT_Sans*.ttf")):
            fontManager.addfont(str(path))


def drawn(draw: Callable[P, R]) -> Callable[P, R]:
    """Run a drawing function with our fonts and style; matplotlib's settings stay as they were."""

    @wraps(draw)
    def within(*args: P.args, **kwargs: P.kwargs) -> R:
        _register_fonts()
        with matplotlib.rc_context(_STYLE):
            return draw(*args, **kwargs)

    return within


def canvas(height: float, *, title: str, unit: str, source: str) -> Picture:
    """An empty figure of the page's width and `height` millimetres with its title, unit, source."""
    picture = Picture(figsize=(WIDTH / MILLIMETRES, height / MILLIMETRES))
    FigureCanvasAgg(picture)
    picture.title = title
    head = _millimetres(picture, 6.0 * bool(title) + 5.0 * bool(unit))
    foot = _millimetres(picture, 5.5)
    picture.set_layout_engine(
        ConstrainedLayoutEngine(rect=(0.0, foot, 1.0, 1.0 - head - foot), h_pad=0.03, w_pad=0.03)
    )
    top = 1.0 - _millimetres(picture, 0.8)
    if title:
        picture.text(0.004, top, title, va="top", fontsize=10.5, fontweight="bold")
        top -= _millimetres(picture, 6.0)
    if unit:
        picture.text(0.004, top, unit, va="top", fontsize=8.5, color=MUTED)
    line = _millimetres(picture, 1.0)
    picture.text(0.004, line, f"Источник: {source}", fontsize=7.5, color=MUTED)
    return picture


def _millimetres(picture: Figure, length: float) -> float:
    """`length` millimetres as a share of the figure's height."""
    return float(length / MILLIMETRES / picture.get_figheight())


def plain(axes: Axes, grid: str = "y") -> None:
    """Light grid lines along one axis, no ticks on the other."""
    axes.grid(axis=grid)  # type: ignore[arg-type]
    axes.tick_params(length=0)
