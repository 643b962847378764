"""Figures of members: running terms, the board of verdicts, dues beside output."""

from __future__ import annotations

from datetime import date

import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import FancyBboxPatch

from course import charts
from course.charts.frame import DARK, HATCH, LIGHT, WARM
from tests.figures import bars, words

TERMS = [
    ("Приказ", date(2024, 3, 1), date(2029, 3, 1)),
    ("Новичок", date(2021, 12, 10), date(2024, 12, 10)),
    ("Договор", date(2027, 1, 1), date(2027, 12, 31)),
]


def said(picture: charts.Picture) -> str:
    return " ".join(words(picture))


@pytest.mark.parametrize(
    ("day", "colours"),
    [
        (date(2026, 11, 2), [DARK, LIGHT, "#ffffff"]),
        (date(2024, 12, 10), [DARK, DARK, "#ffffff"]),
        (date(2024, 12, 11), [DARK, LIGHT, "#ffffff"]),
        (date(2021, 12, 9), ["#ffffff", "#ffffff", "#ffffff"]),
        (date(2029, 3, 2), [LIGHT, LIGHT, LIGHT]),
    ],
)
def test_a_term_runs_to_its_last_day(day: date, colours: list[str]) -> None:
    picture = charts.clocks(TERMS, day, until=date(2030, 1, 1), source="учебные данные")
    assert [to_hex(bar.get_facecolor()) for bar in bars(picture)] == colours
    assert [bar.get_hatch() == HATCH for bar in bars(picture)] == [c == LIGHT for c in colours]


def test_clocks_tell_their_last_days() -> None:
    picture = charts.clocks(
        TERMS, date(2026, 11, 2), until=date(2030, 1, 1), title="Сроки", source="учебные данные"
    )
    told = said(picture)
    for day in ("01.03.2029", "10.12.2024", "31.12.2027", "02.11.2026"):
        assert day in told
    assert "Источник: учебные данные" in told
    assert picture.svg().startswith("<svg")


def test_a_board_tells_outcomes_apart_without_colour() -> None:
    lines = [
        ("Правило договора", "fail", "не выполняется", "Без договора: «Ферролад»"),
        ("Услуги", "pass", "выполняется", "Участники с услугами"),
        ("Новички", "unknown", "не установлено", ""),
        ("Учредители", "not_applicable", "не применяется", "Правило отменено"),
    ]
    picture = charts.board(lines, title="Табло", source="учебные данные")
    boxes = [p for p in picture.axes[0].patches if isinstance(p, FancyBboxPatch)]
    assert [box.get_hatch() for box in boxes] == [HATCH, None, None, None]
    assert to_hex(boxes[0].get_facecolor()) == WARM
    assert to_hex(boxes[1].get_facecolor()) == DARK
    assert boxes[2].get_linestyle() == "--"
    told = said(picture)
    assert "«Ферролад»" in told
    assert "не установлено" in told
    assert "—" in told


def test_a_board_grows_with_its_text() -> None:
    short = charts.board([("Правило", "pass", "выполняется", "Да")], source="данные")
    long = charts.board([("Правило", "pass", "выполняется", "слово " * 60)], source="данные")
    assert long.get_figheight() > short.get_figheight() + 0.5


def test_the_heaviest_due_is_marked() -> None:
    picture = charts.dues({"Большой": 0.001, "Малый": 0.0074}, widest=20, source="учебные данные")
    assert [to_hex(bar.get_facecolor()) for bar in bars(picture)] == [LIGHT, DARK]
    assert [bar.get_width() for bar in bars(picture)] == pytest.approx([1, 7.4])
    assert picture.axes[0].get_xlim()[1] > 20
    assert "7,4" in said(picture)


def test_equal_burdens_have_no_heaviest() -> None:
    picture = charts.dues({"А": 0.001, "Б": 0.001 + 1e-18}, widest=2, source="учебные данные")
    assert [to_hex(bar.get_facecolor()) for bar in bars(picture)] == [LIGHT, LIGHT]
