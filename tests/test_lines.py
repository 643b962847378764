"""Lines of a model: the vocabulary, the order of computation, and what is refused."""

from __future__ import annotations

import pytest

from course.errors import FinanceError
from course.finance.lines import (
    AGGREGATES,
    VOCABULARY,
    Apply,
    Figure,
    Input,
    Line,
    Number,
    Ref,
    Schedule,
    add_up,
    apply,
    names,
    same_month_names,
)
from course.finance.network import Network
from course.finance.operations import ELEMENTWISE


def net(
    *lines: Line, figures: tuple[Figure, ...] = (), schedules: tuple[Schedule, ...] = ()
) -> Network:
    return Network(3, (Input("rate", "Ставка", "доля", 0.1),), schedules, lines, figures)


def row(id: str, expression: object) -> Line:
    return Line(id, f"Строка {id}", "₽", expression, location="test.py:1")  # type: ignore[arg-type]


def test_vocabulary_is_closed_and_small() -> None:
    assert len(VOCABULARY) <= 36
    along = {"previous", "delayed", "cumulative", "year_to_date", "looked_up"}
    assert set(ELEMENTWISE) | along | AGGREGATES == set(VOCABULARY)


def test_arithmetic_builds_expressions() -> None:
    a = Ref("a")
    assert a + 1 == Apply("add", (a, Number(1.0)))
    assert 1 - a == Apply("subtract", (Number(1.0), a))
    assert names(a * Ref("b") / a) == ("a", "b")
    assert add_up([]) == Number(0.0)


def test_unknown_operator_and_wrong_arity_are_refused() -> None:
    with pytest.raises(FinanceError, match="нет в словаре"):
        apply("lambda", 1.0)
    with pytest.raises(FinanceError, match="другое число аргументов"):
        apply("choose", 1.0)


def test_previous_needs_nothing_of_the_same_month() -> None:
    expression = apply("previous", Ref("a")) + Ref("b")
    assert names(expression) == ("a", "b")
    assert same_month_names(expression) == ("b",)


def test_lines_are_put_in_the_order_of_need() -> None:
    network = net(row("c", Ref("b") + 1), row("b", Ref("a") + 1), row("a", Number(1.0)))
    assert [line.id for block in network.blocks for line in block.lines] == ["a", "b", "c"]
    assert not any(block.recurrent for block in network.blocks)


def test_lines_that_need_each_others_past_make_one_block() -> None:
    network = net(
        row("opening", apply("previous", Ref("closing"))),
        row("closing", Ref("opening") + 1.0),
    )
    (block,) = network.blocks
    assert block.recurrent
    assert [line.id for line in block.lines] == ["opening", "closing"]


def test_cycle_within_a_month_names_the_lines() -> None:
    with pytest.raises(FinanceError, match="в одном и том же месяце") as refused:
        net(row("a", Ref("b") + 1), row("b", Ref("a") + 1), row("c", Number(1.0)))
    assert "Строка a" in str(refused.value)
    assert "Строка b" in str(refused.value)
    assert "Строка c" not in str(refused.value)
    assert "test.py:1" in str(refused.value)


def test_line_that_needs_itself_is_refused() -> None:
    with pytest.raises(FinanceError, match="в одном и том же месяце"):
        net(row("a", Ref("a") + 1))


def test_all_faults_of_names_are_told_at_once() -> None:
    with pytest.raises(FinanceError) as refused:
        net(
            row("a", Ref("nowhere")),
            row("a", Ref("rate")),
            row("b", apply("previous", Ref("rate"))),
        )
    said = str(refused.value)
    assert "стоит дважды" in said
    assert "«nowhere»" in said
    assert "берётся только от строки" in said


def test_aggregates_stand_only_in_figures() -> None:
    with pytest.raises(FinanceError, match="допустим только в итогах"):
        net(row("a", Number(1.0)), row("b", apply("total", Ref("a"))))
    assert net(row("a", Number(1.0)), figures=(Figure("t", "Итог", "₽", apply("total", Ref("a"))),))


def test_cumulative_has_to_be_the_whole_formula() -> None:
    with pytest.raises(FinanceError, match="всей формулой"):
        net(row("a", apply("cumulative", 1.0) + 1))


def test_delay_of_a_line_that_depends_on_the_result_is_refused() -> None:
    with pytest.raises(FinanceError, match="зависит от этой же"):
        net(
            row("a", apply("delayed", Ref("b"), 1.0)),
            row("b", apply("previous", Ref("a")) + 1.0),
        )


def test_horizon_is_at_most_25_years() -> None:
    with pytest.raises(FinanceError, match="от 1 до 300"):
        Network(301, (), (), ())
