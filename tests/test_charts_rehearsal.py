"""Figures of a defence say the numbers that they draw."""

from __future__ import annotations

import pytest

from course.charts import jury, minutes, readiness, scorecard
from course.charts.frame import Picture


def words(picture: Picture) -> str:
    texts = [text.get_text() for text in picture.texts]
    for axes in picture.axes:
        texts += [text.get_text() for text in axes.texts]
        texts += [label.get_text() for label in axes.get_yticklabels()]
        texts.append(axes.get_xlabel())
    return " ".join(" ".join(texts).split())


def test_a_scorecard_shows_marks_the_data_s_line_and_the_cap() -> None:
    rows = [("Кооперация", 20, 3, 2), ("Защита", 5, 1, None), ("Экономика", 15, None, 2)]
    picture = scorecard(rows, top=3, raw=61.25, total=49, title="Итог", source="ваши отметки")
    said = words(picture)
    assert "Итог 49 из 100 (по отметкам 61,3" in said
    assert "3 из 3, данные держат 2" in said
    assert "1 из 3" in said
    assert "отметки нет, данные держат 2" in said
    widths = [round(bar.get_width(), 2) for bar in picture.axes[0].patches]
    assert widths == [20, 20, 5, 1.67, 15, 0]
    hatched = [bar.get_hatch() is not None for bar in picture.axes[0].patches]
    assert hatched == [False, True, False, False, False, False]
    assert [line.get_xdata()[0] for line in picture.axes[0].lines] == pytest.approx(
        [20 * 2 / 3, 10]
    )


def test_an_uncapped_total_says_nothing_of_gates() -> None:
    picture = scorecard([("Всё", 100, 2, 2)], top=3, raw=66.7, total=66.7, source="отметки")
    assert "условия" not in words(picture)


def test_the_jury_s_dots_have_a_median_a_mean_and_a_spread() -> None:
    picture = jury([("Кооперация", (3, 3, 2, 2, 0))], top=3, title="Жюри", source="пример")
    assert "медиана 2 среднее 2 размах 3" in words(picture)
    dots = [line for line in picture.axes[0].lines if line.get_marker() == "o"]
    assert len(dots) == 5
    assert len({(tuple(dot.get_xdata()), tuple(dot.get_ydata())) for dot in dots}) == 5


def test_open_remarks_are_counted_by_document() -> None:
    rows = [("Матрица", 2, 1), ("Паспорт", 0, 0)]
    said = words(readiness(rows, 0.953, title="Пакет", source="проверка"))
    assert "Готовность пакета 95,3 %" in said
    assert "исправить 2, дополнить 1" in said
    assert "замечаний нет" in said


@pytest.mark.parametrize(
    ("last", "text", "late"),
    [(3.0, "7 из 7 мин; запас 0 мин", 0), (4.5, "8,5 из 7 мин; лишних 1,5 мин", 1)],
)
def test_a_speech_that_is_too_long_is_hatched(last: float, text: str, late: int) -> None:
    picture = minutes([("Суть", 1.0), ("Проект", 3.0), ("Просьба", last)], 7.0, source="план")
    assert text in words(picture)
    assert sum(bar.get_hatch() is not None for bar in picture.axes[0].patches) == late


def test_an_empty_speech_and_an_empty_package_can_be_drawn() -> None:
    assert "0 из 7 мин" in words(minutes([], 7.0, source="план"))
    assert readiness([], 1.0, source="проверка").png()
