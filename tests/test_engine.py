"""The engine: every operator worked by hand, scenarios by chunks, and what it refuses."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest

from course.errors import FinanceError
from course.finance.engine import evaluate
from course.finance.lines import (
    Expression,
    Figure,
    Input,
    Line,
    Number,
    Ref,
    Schedule,
    apply,
    serial,
)
from course.finance.network import Network
from tests.finance import small

MONTHS = 6
START = datetime.date(2027, 10, 1)

X = [5.0, -2.0, 0.0, 7.0, 1.0, 3.0]


def network(*lines: Line, figures: tuple[Figure, ...] = ()) -> Network:
    """Six months from October 2027, with x and y as inputs by months."""
    calendar = (
        Line("time.step", "Шаг", "мес.", apply("cumulative", 1.0), "time", opening=-1.0),
        Line("time.start", "Месяц", "дата", apply("month_start", Ref("start"), Ref("time.step"))),
        Line("time.month", "Месяц года", "мес.", apply("month_of", Ref("time.start"))),
        Line("time.year", "Год", "год", apply("year_of", Ref("time.start"))),
        Line("x", "Икс", "₽", apply("looked_up", Ref("xs"), Ref("time.step"))),
    )
    rows = tuple(Input(f"x{n}", "Икс", "₽", v, from_month=float(n)) for n, v in enumerate(X))
    by_day = (
        Input("rate1", "Ставка", "доля", 0.2, since=datetime.date(2026, 1, 1)),
        Input("rate2", "Ставка", "доля", 0.25, since=datetime.date(2028, 1, 1)),
    )
    return Network(
        MONTHS,
        (Input("start", "Начало", "дата", serial(START)), Input("k", "Число", "₽", 2.0)),
        (Schedule("xs", "Иксы", rows), Schedule("rates", "Ставки", by_day)),
        (*calendar, *lines),
        figures,
    )


def values(expression: Expression, **options: Any) -> list[float]:
    line = Line("y", "Игрек", "₽", expression, **options)
    return [float(v) for v in evaluate(network(line))["y"][0]]


K, XX = Ref("k"), Ref("x")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (XX + K, [7, 0, 2, 9, 3, 5]),
        (XX - K, [3, -4, -2, 5, -1, 1]),
        (XX * K, [10, -4, 0, 14, 2, 6]),
        (XX / K, [2.5, -1, 0, 3.5, 0.5, 1.5]),
        (apply("ratio", K, XX), [0.4, -1, 0, 2 / 7, 2, 2 / 3]),
        (apply("power", K, XX), [32, 0.25, 1, 128, 2, 8]),
        (-XX, [-5, 2, 0, -7, -1, -3]),
        (apply("minimum", XX, K), [2, -2, 0, 2, 1, 2]),
        (apply("maximum", XX, K), [5, 2, 2, 7, 2, 3]),
        (apply("floor", XX / K), [2, -1, 0, 3, 0, 1]),
        (apply("kopecks", XX / Number(3.0)), [1.67, -0.67, 0, 2.33, 0.33, 1]),
        (apply("less", XX, K), [0, 1, 1, 0, 1, 0]),
        (apply("at_least", XX, Number(1.0)), [1, 0, 0, 1, 1, 1]),
        (apply("same", XX, Number(0.0)), [0, 0, 1, 0, 0, 0]),
        (apply("both", apply("less", XX, K), apply("less", 0.0, XX)), [0, 0, 0, 0, 1, 0]),
        (apply("choose", apply("less", XX, K), 10.0, XX), [5, 10, 10, 7, 10, 3]),
        (Ref("time.step"), [0, 1, 2, 3, 4, 5]),
        (Ref("time.month"), [10, 11, 12, 1, 2, 3]),
        (Ref("time.year"), [2027, 2027, 2027, 2028, 2028, 2028]),
        (apply("previous", XX), [0, 5, -2, 0, 7, 1]),
        (apply("delayed", XX, K), [0, 0, 5, -2, 0, 7]),
        (apply("delayed", XX, 0.0), X),
        (apply("cumulative", XX), [5, 3, 3, 10, 11, 14]),
        (apply("year_to_date", XX), [5, 3, 3, 7, 8, 11]),
        (apply("looked_up", Ref("rates"), Ref("time.start")), [0.2, 0.2, 0.2, 0.25, 0.25, 0.25]),
    ],
)
def test_operator_by_hand(expression: Expression, expected: list[float]) -> None:
    assert values(expression) == pytest.approx(expected)


def test_month_starts_are_days_of_the_spreadsheet() -> None:
    days = evaluate(network())["time.start"][0]
    assert days.tolist() == [
        serial(d)
        for d in (
            datetime.date(2027, 10, 1), datetime.date(2027, 11, 1), datetime.date(2027, 12, 1),
            datetime.date(2028, 1, 1), datetime.date(2028, 2, 1), datetime.date(2028, 3, 1),
        )
    ]  # fmt: skip
    assert serial(datetime.date(2027, 1, 1)) == 46388


def test_opening_value_stands_before_the_first_month() -> None:
    assert values(apply("cumulative", XX), opening=100.0)[0] == 105


def test_recurrent_block_by_hand() -> None:
    """What is left of ten after taking x, never below zero."""
    lines = (
        Line("before", "Было", "₽", apply("previous", Ref("left"))),
        Line("left", "Стало", "₽", apply("maximum", 0.0, Ref("before") - XX), opening=10.0),
    )
    found = evaluate(network(*lines))
    assert found["left"][0].tolist() == [5, 7, 7, 0, 0, 0]
    assert found["before"][0].tolist() == [10, 5, 7, 7, 0, 0]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (apply("total", XX), 14),
        (apply("lowest", XX), -2),
        (apply("highest", XX), 7),
        (apply("last", XX), 3),
        (apply("value_at", XX, 2.0), -2),
        (apply("months_in", XX), 6),
        (apply("total", XX) / K, 7),
    ],
)
def test_figure_by_hand(expression: Expression, expected: float) -> None:
    found = evaluate(network(figures=(Figure("f", "Итог", "₽", expression),)))
    assert found.figure("f").tolist() == [expected]


def test_scenarios_change_inputs_rows_of_schedules_and_days() -> None:
    given = {"k": [1.0, 2.0, 3.0], "x3": [7.0, 70.0, 7.0], "start": [serial(START)] * 3}
    line = Line("y", "Игрек", "₽", XX * K)
    found = evaluate(network(line), given)
    assert found["y"].tolist() == [
        [5, -2, 0, 7, 1, 3],
        [10, -4, 0, 140, 2, 6],
        [15, -6, 0, 21, 3, 9],
    ]
    assert found["time.step"].shape == (3, MONTHS)


def test_chunks_change_nothing() -> None:
    lines = (
        Line("y", "Игрек", "₽", apply("cumulative", XX * K)),
        Line("z", "Зет", "₽", apply("previous", Ref("z")) * K + Ref("y"), opening=1.0),
    )
    figure = (Figure("f", "Итог", "₽", apply("total", Ref("z"))),)
    given = {"k": np.linspace(0, 1, 17)}
    whole = evaluate(network(*lines, figures=figure), given)
    parts = evaluate(network(*lines, figures=figure), given, chunk=5)
    for id in ("x", "y", "z"):
        assert (whole[id] == parts[id]).all()
    assert (whole.figure("f") == parts.figure("f")).all()


def test_only_what_is_asked_for_is_kept() -> None:
    found = evaluate(network(), {"k": [1.0, 2.0]}, keep=("x",))
    assert set(found.rows) == {"x"}
    with pytest.raises(FinanceError, match="нет строки"):
        found["time.step"]


def test_only_what_the_kept_lines_need_is_computed() -> None:
    whole = network(
        Line("good", "Хорошая", "₽", apply("year_to_date", XX * 2.0)),
        Line("bad", "Плохая", "₽", XX / (K - 2.0)),
        figures=(
            Figure("sum", "Сумма", "₽", apply("total", Ref("good"))),
            Figure("wrong", "Беда", "₽", apply("total", Ref("bad"))),
        ),
    )
    found = evaluate(whole, keep=("good",), figures=("sum",))
    assert list(found.rows) == ["good"]
    assert found["good"][0].tolist() == [10, 6, 6, 14, 16, 22]  # from January, the 4th month, anew
    assert {id: float(value[0]) for id, value in found.figures.items()} == {"sum": 74.0}
    with pytest.raises(FinanceError, match="Плохая"):
        evaluate(whole, keep=("good",))  # the figures stand on the bad line
    with pytest.raises(FinanceError, match=r"nothing: .*(?s:.)*none"):
        evaluate(whole, keep=("nothing",), figures=("none",))


@pytest.mark.parametrize("shift", [[0.0, 2.0, 9.0], [1.7, 1.2, 1.0]])
def test_a_delay_of_its_own_in_every_scenario(shift: list[float]) -> None:
    whole = network(Line("y", "Игрек", "₽", apply("delayed", Ref("x"), K)))
    found = evaluate(whole, {"k": shift, "x0": [5.0, 6.0, 7.0]})["y"]
    for number, months in enumerate(shift):
        row = [5.0 + number, *X[1:]]
        by = min(int(months), MONTHS)
        assert found[number].tolist() == [0.0] * by + row[: MONTHS - by]


def test_bad_scenarios_are_told_at_once() -> None:
    with pytest.raises(FinanceError) as refused:
        evaluate(network(), {"nothing": [1.0], "k": [1.0, float("nan")], "x1": [1.0]})
    said = str(refused.value)
    assert "такого исходного данного" in said
    assert "ряд чисел" in said
    assert "одна и та же длина" in said


def test_line_without_a_number_is_named() -> None:
    with pytest.raises(FinanceError, match="«Игрек»"):
        values(XX / (K - 2.0))


def test_schedule_that_begins_too_late_is_refused() -> None:
    with pytest.raises(FinanceError, match="раньше первого известного"):
        values(apply("looked_up", Ref("xs"), Ref("time.step") - 1.0))


def test_a_row_that_nobody_needs_any_more_is_let_go() -> None:
    project = small.case().network
    scenarios = {"products.module.price": np.linspace(4000.0, 6000.0, 7)}
    whole = evaluate(project, scenarios)
    few = evaluate(project, scenarios, keep=("flow.project", "revenue"), figures=("equity.npv",))
    assert set(few.rows) == {"flow.project", "revenue"}
    for id in few.rows:
        np.testing.assert_array_equal(few[id], whole[id])
    np.testing.assert_array_equal(few.figure("equity.npv"), whole.figure("equity.npv"))
    late = {id for finished in project.finished for id in finished}
    assert project.ids <= late
    assert len([id for finished in project.finished for id in finished]) == len(late)
