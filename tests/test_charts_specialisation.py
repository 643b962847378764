"""Figures of specialisation: what stands on them, in Russian, inside the page, readable in grey."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from course import charts
from tests import figures
from tests.figures import bars, words

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


@pytest.mark.parametrize("name", FIGURES)
def test_figure_is_russian_inside_the_page_and_the_same_each_time(name: str) -> None:
    figures.check(FIGURES[name](), SOURCE)
    assert FIGURES[name]().png(40) == FIGURES[name]().png(40)


def test_a_closed_cell_gets_words_and_no_bar() -> None:
    picture = FIGURES["quotients"]()
    assert "данные закрыты" in words(picture)
    assert [bar.get_width() for bar in bars(picture)] == [1.2444, 0.47]
    assert [bool(bar.get_hatch()) for bar in bars(picture)] == [False, True]


def test_values_stand_beside_the_bars() -> None:
    assert "1,24" in words(FIGURES["quotients"]())
    assert "52,6\u00a0%" in words(FIGURES["indices"]())


def test_steps_begin_where_the_one_before_ends() -> None:
    picture = FIGURES["shift"]()
    assert [bar.get_y() for bar in bars(picture)] == [0, 8000, 8160, 8480, 0]
    assert bars(picture)[-1].get_height() == 8800
    told = words(picture)
    assert {"8\u00a0000", "+160", "+320", "8\u00a0800"} <= set(told)


def test_a_step_down_is_hatched_and_signed() -> None:
    picture = FIGURES["fall"]()
    assert [bool(bar.get_hatch()) for bar in bars(picture)] == [False, False, True, True, False]
    assert "−900" in words(picture)
