"""Figures of choosing a product: what passes is filled, prices carry their gap, all in Russian."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.lines import Line2D

from course import charts
from tests import figures
from tests.figures import words

SOURCE = "учебные данные"
POINTS = [
    ("Микроконтроллер", 0.95, 3),
    ("Герметичный соединитель", 0.7, 3),
    ("Резонатор", 0.8, 1),
    ("Плата", 0.6, 2),
    ("Датчик", 0.9, 0),
]
PARTS = [("Товар", 171.0), ("Пошлина", 8.55), ("Доставка", 12.0)]

FIGURES: dict[str, Callable[[], charts.Picture]] = {
    "candidates": lambda: charts.candidates(
        POINTS, {"Герметичный соединитель", "Плата"}, dependence=0.5, buyers=2, source=SOURCE
    ),
    "cheaper": lambda: charts.landed_price(PARTS, 185.0, title="Цены", source=SOURCE),
    "dearer": lambda: charts.landed_price(PARTS, 230.0, source=SOURCE),
}


@pytest.mark.parametrize("name", FIGURES)
def test_figure_is_russian_inside_the_page_and_the_same_each_time(name: str) -> None:
    figures.check(FIGURES[name](), SOURCE)
    assert FIGURES[name]().png(40) == FIGURES[name]().png(40)


def test_only_what_passes_is_filled() -> None:
    axes = FIGURES["candidates"]().axes[0]
    marks = [
        line for line in axes.lines if isinstance(line, Line2D) and line.get_marker() != "None"
    ]
    filled = {
        (line.get_xdata()[0], line.get_ydata()[0])  # type: ignore[index]
        for line in marks
        if line.get_markerfacecolor() != "white"
    }
    assert len(marks) == len(POINTS)
    assert filled == {(0.7, 3), (0.6, 2)}


def test_the_gap_is_told_against_the_analogue() -> None:
    assert any("дешевле аналога на\u00a03,4\u00a0%" in text for text in words(FIGURES["cheaper"]()))
    assert any("дороже аналога на\u00a020,1\u00a0%" in text for text in words(FIGURES["dearer"]()))
