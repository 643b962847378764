"""The figure of editions: dark where it holds, hatched where nobody read, open where unknown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import charts
from course.charts.frame import DARK, HATCH
from tests import figures
from tests.figures import bars, words

END = date(2026, 10, 5)
SPANS = [
    ("№ 1", date(2015, 7, 31), date(2018, 8, 1), "первый текст", True),
    ("№ 2", date(2018, 8, 2), date(2021, 11, 15), "содержание не найдено", False),
    ("№ 3", date(2021, 11, 16), None, "порог для особых территорий", True),
]


def drawn(day: date) -> charts.Picture:
    return charts.editions(SPANS, day, end=END, title="Редакции", source="учебные данные")


def dark(picture: charts.Picture) -> list[int]:
    whole = tuple(int(DARK[place : place + 2], 16) / 255 for place in (1, 3, 5))
    found = [bar.get_facecolor() for bar in bars(picture)]
    return [place for place, colour in enumerate(found) if colour[:3] == pytest.approx(whole)]


@pytest.mark.parametrize(
    ("day", "holding"),
    [
        (date(2015, 7, 30), []),
        (date(2015, 7, 31), [0]),
        (date(2018, 8, 1), [0]),
        (date(2018, 8, 2), [1]),
        (date(2021, 11, 16), [2]),
        (END, [2]),
    ],
)
def test_the_edition_of_the_day_is_dark(day: date, holding: list[int]) -> None:
    assert dark(drawn(day)) == holding


@given(st.integers(0, 4000))
def test_never_two_editions_on_one_day(days: int) -> None:
    day = date(2015, 7, 31) + timedelta(days=days)
    assert len(dark(drawn(day))) == 1


def test_unread_is_hatched_and_the_open_end_is_dashed() -> None:
    assert [bar.get_hatch() for bar in bars(drawn(END))] == [None, HATCH, None]
    assert [bar.get_linestyle() for bar in bars(drawn(END))] == ["-", "-", "--"]
    assert words(drawn(END)).count("?") == 1


def test_figure_is_russian_inside_the_page_and_the_same_each_time() -> None:
    picture = drawn(date(2019, 3, 1))
    figures.check(picture, "учебные данные")
    assert "01.03.2019" in " ".join(words(picture))
    assert drawn(END).png(40) == drawn(END).png(40)
