"""Productivity of a project, and a case with other values of its figures."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from course import cluster, finance
from course.errors import FinanceError

ROOT = Path(__file__).parents[1]
PRICE = "products.driver_60.price"


@pytest.fixture(scope="module")
def project() -> finance.Case:
    plan = cluster.load(ROOT / "assignments" / "06_economics" / "data" / "cluster.yaml")
    return finance.case(plan, "driver", as_of=datetime.date(2026, 11, 9))


def test_value_added_is_what_revenue_leaves_after_bought_goods_and_wear(
    project: finance.Case,
) -> None:
    result = finance.run(project)
    found = finance.productivity(result, 2030)
    income = finance.statements(result)["income"][2030]
    bought = -income["Материалы"] - income["Постоянные затраты"] - income["Амортизация"]
    assert found.value_added == pytest.approx(income["Выручка без НДС"] - bought)
    assert found.workers == 32
    assert found.per_worker == pytest.approx(found.value_added / 32)
    assert found.output == pytest.approx(income["Выручка без НДС"] / 32)


def test_workers_are_those_of_the_average_month(project: finance.Case) -> None:
    found = finance.productivity(finance.run(project), 2027)
    assert found.workers == pytest.approx(6 + 26 * 3 / 12)  # the launch is in October


def test_a_year_without_workers_is_refused(project: finance.Case) -> None:
    with pytest.raises(FinanceError, match="никто не работает"):
        finance.productivity(finance.run(project), 2050)


def test_revised_case_is_the_scenario_with_the_same_value(project: finance.Case) -> None:
    revised = finance.revise(project, {PRICE: 1_000})
    again = finance.indicators_of(finance.run(project, {PRICE: [1_000.0]}))
    assert finance.indicators_of(finance.run(revised)).npv == pytest.approx(again.npv)
    assert revised.input(PRICE).owner == project.input(PRICE).owner
    assert project.input(PRICE).value == 1_055


def test_unknown_input_is_not_revised(project: finance.Case) -> None:
    with pytest.raises(FinanceError, match=r"исходного данного «price»"):
        finance.revise(project, {"price": 1.0})
