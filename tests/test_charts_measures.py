"""Figures of measures of support: what is drawn is what was given."""

import math

import pytest

from course import charts, wording
from course.charts.frame import Picture


def texts(picture: Picture) -> list[str]:
    """All words of a figure, with ordinary spaces."""
    found = [text.get_text() for text in picture.texts]
    for axes in picture.axes:
        found += [text.get_text() for text in axes.texts]
        legend = axes.get_legend()
        if legend:
            found += [text.get_text() for text in (*legend.get_texts(), legend.get_title())]
    return [text.replace(wording.NBSP, " ") for text in found]


def responses(at: int) -> Picture:
    return charts.responses(
        [0, 1, 2],
        {"Доля": [0.0, 0.5, 1.0], "Предел": [0.0, 0.5, 0.6]},
        at,
        words=lambda value: wording.share(value),
        input_words=lambda value: wording.number(value),
        axis="Затраты",
        unit="%",
        source="учебный пример",
    )


def test_responses_name_the_results_at_the_chosen_input():
    assert "Доля: 100 %" in texts(responses(2))
    assert "Предел: 60 %" in texts(responses(2))
    assert "Предел: 50 %" in texts(responses(1))
    assert responses(1).axes[0].get_xlabel() == "Затраты. Выбрано: 1"


def test_responses_refuse_an_input_that_was_not_computed():
    with pytest.raises(ValueError, match="5"):
        responses(5)


def test_a_line_stops_where_nobody_has_read_the_value():
    picture = charts.responses(
        [1, 2],
        {"Общий": [0.3, 0.3], "Льготный": [0.076, None]},
        2,
        words=lambda value: wording.share(value),
        input_words=lambda value: wording.number(value),
        axis="Зарплата",
        unit="%",
        source="учебный пример",
    )
    assert "Льготный: не прочитано" in texts(picture)
    reduced = picture.axes[0].get_lines()[2].get_ydata()
    assert reduced[0] == 0.076
    assert math.isnan(reduced[1])


def test_calendar_frames_the_chosen_month_and_tells_states_apart_in_grey():
    picture = charts.calendar(
        {"Окно": ["yes", "no", "unknown"]}, ["12.2023", "01.2024", "02.2024"], 1, source="пример"
    )
    *cells, frame = picture.axes[0].patches
    assert (frame.get_x(), frame.get_width(), frame.get_fill()) == (1, 1, False)
    assert [cell.get_hatch() for cell in cells] == [None, "////", None]
    lightness = [sum(cell.get_facecolor()[:3]) for cell in cells]
    assert lightness[0] < 1.0 < lightness[1] < lightness[2]
    assert "01.2024" in texts(picture)


def test_calendar_refuses_a_state_that_is_none():
    with pytest.raises(KeyError):
        charts.calendar({"Окно": ["maybe"]}, ["01.2024"], 0, source="пример")


def test_soft_loan_shows_interest_of_each_year_and_both_sums():
    picture = charts.soft_loan([18e6, 9e6], [5e6, 2.5e6], 15.7e6, source="пример")
    heights = [bar.get_height() for bar in picture.axes[0].patches]
    assert heights == [18.0, 9.0, 5.0, 2.5]
    said = " ".join(texts(picture))
    assert "19,5 млн ₽" in said
    assert "около 16 млн ₽" in said
