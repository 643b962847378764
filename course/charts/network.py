"""The cooperation graph: members on an oval by region, contracts as arrows between them."""

from __future__ import annotations

import itertools
import math
import textwrap
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import networkx
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from course.charts.frame import DARK, INK, LIGHT, MUTED, WARM, Picture, canvas, drawn
from course.wording import number

Point = tuple[float, float]
MARKERS = ("o", "s", "^", "D", "v", "P", "h", "X")
SIGNED, PLANNED = "signed", "planned"
_AXES = (1.45, 1.0)  # of the oval: wide, since names stand at its sides
_STEPS = (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8, 0.15, 0.85)


@dataclass(frozen=True)
class _Arc:
    """All contracts of one supplier with one buyer of one status."""

    supplier: Hashable
    buyer: Hashable
    status: str
    value: float


@dataclass(frozen=True)
class _Curve:
    """A quadratic curve from `start` to `end`, drawn to `control`."""

    start: Point
    control: Point
    end: Point

    @property
    def path(self) -> Path:
        """The curve as matplotlib draws it."""
        points = [self.start, self.control, self.end]
        return Path(points, [Path.MOVETO, Path.CURVE3, Path.CURVE3])

    def at(self, share: float) -> Point:
        """The point that parts the curve at `share`."""
        a, b, c = (1 - share) ** 2, 2 * share * (1 - share), share**2
        x, y = (
            a * s + b * m + c * e
            for s, m, e in zip(self.start, self.control, self.end, strict=True)
        )
        return x, y


@drawn
def cooperation_graph(
    graph: networkx.MultiDiGraph,
    *,
    titles: Mapping[Hashable, str],
    groups: Mapping[Hashable, str],
    highlight: Collection[Hashable] = (),
    highlight_title: str = "выделенный участник",
    title: str = "",
    source: str,
) -> Picture:
    """Who supplies whom: signed contracts solid, planned dashed, sums on the arrows.

    Edges carry `value` (roubles) and `status` (`signed` or `planned`); contracts of the same pair
    and status are drawn as one arrow. `titles` are short Russian names, `groups` the regions. A
    member without any contract, and each of `highlight`, gets a ring; `highlight_title` tells
    the reader why.
    """
    arcs = _arcs(graph)
    places = _places(_order(graph, groups, arcs), groups)
    picture = canvas(
        128.0, title=title, unit="Суммы договоров за год без НДС, млн ₽", source=source
    )
    axes = picture.add_subplot()
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.set(xlim=(-2.2, 2.2), ylim=(-1.24, 1.24))
    lonely = {node for node in graph if not graph.degree(node)}
    _draw_members(axes, places, titles, groups, lonely, set(highlight))
    if not highlight and lonely:
        highlight_title, highlight = "нет договоров в кластере", lonely
    _legend(axes, groups, {arc.status for arc in arcs}, highlight_title if highlight else "")
    _draw_arcs(picture, axes, places, arcs)
    return picture


def _arcs(graph: networkx.MultiDiGraph) -> tuple[_Arc, ...]:
    sums: dict[tuple[Hashable, Hashable, str], float] = {}
    for supplier, buyer, data in graph.edges(data=True):
        key = (supplier, buyer, str(data["status"]))
        sums[key] = sums.get(key, 0.0) + float(data["value"])
    return tuple(_Arc(*key, value) for key, value in sorted(sums.items(), key=str))


def _order(
    graph: networkx.MultiDiGraph, groups: Mapping[Hashable, str], arcs: tuple[_Arc, ...]
) -> list[Hashable]:
    """Members of a region side by side, swapped inside it while fewer arrows cross."""
    names = list(dict.fromkeys(groups[node] for node in graph))
    order = [node for name in names for node in graph if groups[node] == name]
    pairs = sorted({(arc.supplier, arc.buyer) for arc in arcs}, key=str)
    best = _tangle(order, pairs)
    improved = True
    while improved:
        improved = False
        for first, second in itertools.combinations(range(len(order)), 2):
            if groups[order[first]] != groups[order[second]]:
                continue
            order[first], order[second] = order[second], order[first]
            trial = _tangle(order, pairs)
            if trial < best:
                best, improved = trial, True
            else:
                order[first], order[second] = order[second], order[first]
    return order


def _tangle(order: list[Hashable], pairs: list[tuple[Hashable, Hashable]]) -> float:
    """How many chords cross, and half as bad: how many squeeze between neighbours."""
    spot = {node: place for place, node in enumerate(order)}
    chords = [sorted((spot[a], spot[b])) for a, b in pairs]
    crossed = sum(
        low < start < high < end or start < low < end < high
        for (low, high), (start, end) in itertools.combinations(chords, 2)
    )
    return crossed + 0.5 * sum(high - low in (1, len(order) - 1) for low, high in chords)


def _places(order: list[Hashable], groups: Mapping[Hashable, str]) -> dict[Hashable, Point]:
    """Points on the oval, clockwise from the top left, with a gap between regions."""
    breaks = sum(groups[a] != groups[b] for a, b in zip(order, order[1:] + order[:1], strict=True))
    step = 2 * math.pi / (len(order) + 0.6 * breaks)
    angle, places = math.pi * 0.5 + step * 0.3, {}
    for index, node in enumerate(order):
        if index and groups[node] != groups[order[index - 1]]:
            angle -= 0.6 * step
        places[node] = (_AXES[0] * math.cos(angle), _AXES[1] * math.sin(angle))
        angle -= step
    return places


def _draw_members(
    axes: Axes,
    places: Mapping[Hashable, Point],
    titles: Mapping[Hashable, str],
    groups: Mapping[Hashable, str],
    lonely: set[Hashable],
    highlight: set[Hashable],
) -> None:
    shapes = _shapes(groups)
    for node, (x, y) in places.items():
        if node in lonely or node in highlight:
            axes.plot([x], [y], "o", ms=17, mfc="none", mec=INK, mew=1.0, ls="none", zorder=4)
        fill = "white" if node in lonely else shapes[groups[node]][1]
        axes.plot([x], [y], shapes[groups[node]][0], ms=9.5, mfc=fill, mec=INK, mew=1.0, zorder=5)
        side = "left" if x > 0.15 else "right" if x < -0.15 else "center"
        level = "bottom" if y > 0.85 else "top" if y < -0.85 else "center"
        shift = 0.13 if side != "center" else 0.0
        axes.text(
            x + math.copysign(shift, x) * (abs(x) / _AXES[0]) ** 0.3,
            y + (0.1 if level == "bottom" else -0.1 if level == "top" else 0.0),
            textwrap.fill(titles[node], 19),
            ha=side,
            va=level,
            fontsize=8.5,
            linespacing=0.95,
            zorder=6,
        )


def _shapes(groups: Mapping[Hashable, str]) -> dict[str, tuple[str, str]]:
    """A marker and a fill for each region, in the order of their first members."""
    names = dict.fromkeys(groups.values())
    return dict(
        zip(
            names, zip(itertools.cycle(MARKERS), itertools.cycle((DARK, LIGHT, WARM))), strict=False
        )
    )


def _draw_arcs(
    picture: Picture,
    axes: Axes,
    places: Mapping[Hashable, Point],
    arcs: tuple[_Arc, ...],
) -> None:
    greatest = max((arc.value for arc in arcs), default=1.0)
    pairs = {(arc.supplier, arc.buyer) for arc in arcs}
    curves = []
    for arc in arcs:
        curve = _curve(places[arc.supplier], places[arc.buyer], (arc.buyer, arc.supplier) in pairs)
        width = 0.7 + 3.3 * math.sqrt(max(arc.value, 0.0) / greatest)
        dashes = (0, (3.2, 1.8)) if arc.status == PLANNED else "solid"
        axes.add_patch(
            FancyArrowPatch(
                path=curve.path,
                arrowstyle="-|>",
                mutation_scale=9 + 1.8 * width,
                lw=width,
                ls=dashes,
                color=MUTED if arc.status == PLANNED else DARK,
                shrinkB=8,
                alpha=0.85,
                joinstyle="miter",
                capstyle="butt",
                zorder=2,
            )
        )
        curves.append((arc, curve))
    picture.draw_without_rendering()
    _label_arcs(picture, axes, places, curves)


def _curve(start: Point, end: Point, mutual: bool) -> _Curve:
    """An arc bent to the centre, so that arrows between neighbours leave the oval's rim."""
    pull = 0.42
    x, y = ((a + b) / 2 * (1 - pull) for a, b in zip(start, end, strict=True))
    if mutual:  # two opposite arrows must not lie on each other
        length = math.dist(start, end) or 1.0
        x += 0.22 * (start[1] - end[1]) / length
        y += 0.22 * (end[0] - start[0]) / length
    return _Curve(start, (x, y), end)


def _label_arcs(
    picture: Picture,
    axes: Axes,
    places: Mapping[Hashable, Point],
    curves: list[tuple[_Arc, _Curve]],
) -> None:
    """Sums on the arrows, each moved along its arrow until it touches nothing."""
    renderer = picture.canvas.get_renderer()  # type: ignore[attr-defined]
    taken = [text.get_window_extent(renderer) for text in axes.texts]
    for x, y in places.values():
        px, py = axes.transData.transform((x, y))
        taken.append(Bbox.from_extents(px - 8, py - 8, px + 8, py + 8))
    for arc, curve in sorted(curves, key=lambda pair: math.dist(pair[1].start, pair[1].end)):
        text = axes.text(
            0, 0, number(arc.value / 1e6, 0 if arc.value >= 1e7 else 1),
            ha="center", va="center", fontsize=7.5, zorder=7,
            gid=f"figure:arcs.{arc.supplier}.{arc.buyer}.{arc.status}",
            bbox={"boxstyle": "round,pad=0.12", "fc": "white", "ec": "none", "alpha": 0.9},
        )  # fmt: skip
        clashes: list[tuple[float, float]] = []
        for share in _STEPS:
            text.set_position(curve.at(share))
            box = text.get_window_extent(renderer).padded(3.0)
            clash = math.fsum(_overlap(box, other) for other in taken)
            clashes.append((clash, share))
            if not clash:
                break
        text.set_position(curve.at(min(clashes)[1]))
        taken.append(text.get_window_extent(renderer).padded(3.0))


def _overlap(first: Bbox, second: Bbox) -> float:
    common = Bbox.intersection(first, second)
    return 0.0 if common is None else float(common.width * common.height)


def _legend(axes: Axes, groups: Mapping[Hashable, str], statuses: set[str], ringed: str) -> None:
    handles = [
        Line2D([], [], ls="none", marker=marker, ms=7, mfc=fill, mec=INK, label=name)
        for name, (marker, fill) in _shapes(groups).items()
    ]
    if SIGNED in statuses:
        handles.append(Line2D([], [], color=DARK, lw=2, label="договор подписан"))
    if PLANNED in statuses:
        dashes = (0, (3.2, 1.8))
        handles.append(Line2D([], [], color=MUTED, lw=2, ls=dashes, label="договор в плане"))
    ring: dict[str, Any] = {"ls": "none", "marker": "o", "ms": 11, "mfc": "none", "mec": INK}
    if ringed:
        handles.append(Line2D([], [], label=ringed, **ring))
    axes.legend(
        handles=handles, loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=3, columnspacing=1.6
    )
