"""Figures of specialisation: what stands on them, in Russian, inside the page, readable in grey."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from course import charts

SOURCE = "учебные данные"
PARTS = [("Рост страны", 160.0), ("Рост отрасли", 320.0), ("Остаток области", 320.0)]

FIGURES: dict[str, Callable[[], charts.Picture]] = {
    "quotients": lambda: charts.quotients(
        [("Вся отрасль", 1.2444), ("Без крупнейшего завода", 0.47), ("Компоненты", None)],
        title="Один завод",
        source=SOURCE,
    ),
    "indices": lambda: charts.indices(
        [("Класс в целом, 2025 год", 1.337), ("Микросхемы, девять месяцев", 0.526)], source=SOURCE
    ),
    "shift": lambda: charts.shift(8000, PARTS, unit="занятых, человек", source=SOURCE),
    "fall": lambda: charts.shift(
        8000,
        [("Рост страны", 400.0), ("Рост отрасли", -900.0), ("Остаток области", -7500.0)],
        unit="занятых, человек",
        source=SOURCE,
    ),
}


def words(picture: charts.Picture) -> list[str]:
    picture.draw_without_rendering()
    found = picture.findobj(Text)
    return [text.get_text() for text in found if isinstance(text, Text) and text.get_visible()]


@pytest.mark.parametrize("name", FIGURES)
def test_figure_is_russian_inside_the_page_and_the_same_each_time(name: str) -> None:
    picture = FIGURES[name]()
    told = " ".join(words(picture))
    assert f"Источник: {SOURCE}" in told
    assert not re.search("[A-Za-z]", told)
    drawn = picture.get_tightbbox()
    width, height = picture.get_size_inches()
    assert min(drawn.x0, drawn.y0) >= -0.02
    assert drawn.x1 <= width + 0.02
    assert drawn.y1 <= height + 0.02
    assert FIGURES[name]().png(40) == FIGURES[name]().png(40)


def test_a_closed_cell_gets_words_and_no_bar() -> None:
    picture = FIGURES["quotients"]()
    assert "данные закрыты" in words(picture)
    bars = [patch for patch in picture.axes[0].patches if isinstance(patch, Rectangle)]
    assert [bar.get_width() for bar in bars] == [1.2444, 0.47]
    assert [bool(bar.get_hatch()) for bar in bars] == [False, True]


def test_values_stand_beside_the_bars() -> None:
    assert "1,24" in words(FIGURES["quotients"]())
    assert "52,6\u00a0%" in words(FIGURES["indices"]())


def test_steps_begin_where_the_one_before_ends() -> None:
    picture = FIGURES["shift"]()
    bars = [patch for patch in picture.axes[0].patches if isinstance(patch, Rectangle)]
    assert [bar.get_y() for bar in bars] == [0, 8000, 8160, 8480, 0]
    assert bars[-1].get_height() == 8800
    told = words(picture)
    assert {"8\u00a0000", "+160", "+320", "8\u00a0800"} <= set(told)


def test_a_step_down_is_hatched_and_signed() -> None:
    picture = FIGURES["fall"]()
    bars = [patch for patch in picture.axes[0].patches if isinstance(patch, Rectangle)]
    assert [bool(bar.get_hatch()) for bar in bars] == [False, False, True, True, False]
    assert "−900" in words(picture)
