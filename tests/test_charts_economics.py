"""Figures of a project's economics: what stands on them, in Russian, inside the page."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.patches import StepPatch

from course import charts
from course.charts.frame import HATCH
from tests import figures
from tests.figures import bars, words

SOURCE = "учебные данные"
RATES = [step / 100 for step in range(51)]
WORTH = [-100e6 + 234e6 / (1 + r) - 136.4e6 / (1 + r) ** 2 for r in RATES]
DRAWS = np.random.default_rng(1).normal(-10e6, 20e6, 500)

FIGURES: dict[str, Callable[[], charts.Picture]] = {
    "profile": lambda: charts.npv_profile(
        RATES, WORTH, (0.45, WORTH[45]), title="Две ставки", source=SOURCE
    ),
    "worth": lambda: charts.worth_by_year(
        ["2027", "2028", "2029"], [-100e6, 60e6, 50e6], title="По годам", source=SOURCE
    ),
    "money": lambda: charts.money_left(
        [f"{month:02d}.2027" for month in range(1, 13)],
        [40e6, 30e6, 20e6, 5e6, -8e6, -3e6, 2e6, 10e6, 15e6, 20e6, 25e6, 30e6],
        source=SOURCE,
    ),
    "payments": lambda: charts.payments(
        [0.0, 0.0, 5e6, 5e6], [7e5, 7e5, 7e5, 3e5], step="квартал", note="всего", source=SOURCE
    ),
    "coverage": lambda: charts.coverage(
        ["2027", "2028", "2029"], [None, 6.5, 0.89], 1.2, title="Покрытие", source=SOURCE
    ),
    "distribution": lambda: charts.distribution(DRAWS.tolist(), 7e6, source=SOURCE),
}


@pytest.mark.parametrize("name", FIGURES)
def test_figure_is_russian_inside_the_page_and_the_same_each_time(name: str) -> None:
    figures.check(FIGURES[name](), SOURCE)
    assert FIGURES[name]().png(40) == FIGURES[name]().png(40)


def test_profile_names_the_rate_looked_at() -> None:
    assert "при 45\u00a0% ЧДД −3,50 млн ₽" in words(FIGURES["profile"]())


def test_the_line_of_worth_ends_in_npv() -> None:
    assert "ЧДД 10,0" in words(FIGURES["worth"]())


def test_months_without_money_are_hatched_and_the_lowest_is_named() -> None:
    picture = FIGURES["money"]()
    assert [bar.get_hatch() == HATCH for bar in bars(picture)] == [False] * 4 + [True] * 2 + [
        False
    ] * 6
    assert "меньше всего: −8,0 млн ₽, 05.2027" in words(picture)


def test_interest_stands_on_the_principal() -> None:
    steps = [
        patch for patch in FIGURES["payments"]().axes[0].patches if isinstance(patch, StepPatch)
    ]
    principal, interest = (step.get_data() for step in steps)
    assert list(principal.values) == list(interest.baseline) == [0.0, 0.0, 5.0, 5.0]
    assert list(interest.values) == pytest.approx([0.7, 0.7, 5.7, 5.3])


def test_a_year_without_payments_gets_words_and_a_high_cover_keeps_its_number() -> None:
    picture = FIGURES["coverage"]()
    told = words(picture)
    assert {"год не\nсчитают", "6,50", "0,89"} <= set(told)
    assert [bar.get_height() for bar in bars(picture)] == [4.0, 0.89]
    assert [bar.get_hatch() for bar in bars(picture)] == [None, HATCH]


def test_losses_are_hatched_and_counted() -> None:
    picture = FIGURES["distribution"]()
    losses = [bar for bar in bars(picture) if bar.get_hatch() == HATCH]
    share = float((DRAWS < 0).mean())
    assert sum(bar.get_height() for bar in losses) == pytest.approx(100 * share)
    assert all(bar.get_x() + bar.get_width() <= 1e-9 for bar in losses)
    legend = picture.axes[0].get_legend()
    assert legend is not None
    assert legend.get_texts()[0].get_text() == f"меньше нуля: {share * 100:.0f}\u00a0%"
