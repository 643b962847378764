"""The same project on the law of another day, against the project with those rates as inputs."""

from __future__ import annotations

import datetime

import pytest

from course import finance
from course.errors import FinanceError
from tests.finance import small

BEFORE = datetime.date(2025, 12, 15)


@pytest.fixture(scope="module")
def found() -> finance.Replay:
    return finance.replay(small.cluster(), "modules", law_on=BEFORE, as_of=small.AS_OF)


def test_vat_of_2025_is_the_model_with_twenty_per_cent(found: finance.Replay) -> None:
    case = small.case()
    rates = [item.id for item in case.inputs if item.norm == "tax.vat.rate"]
    by_hand = finance.run(case, {id: [0.2] for id in rates})
    change = next(change for change in found.norms if change.name == "tax.vat.rate")
    assert change.then.value == 0.2
    assert [edition.value for edition in change.now] == [0.22]
    for id, moved in (("project.npv", change.npv), ("equity.npv", change.equity_npv)):
        was = finance.run(case).values.figure(id)[0]
        assert moved == pytest.approx(by_hand.values.figure(id)[0] - was, rel=1e-9)
    assert found.npv_change == pytest.approx(sum(c.npv for c in found.norms) + found.joint)


def test_a_value_of_that_day_lasts_over_all_months(found: finance.Replay) -> None:
    assert set(found.then.row("rule.vat").tolist()) == {0.2}
    assert not any("действует до 31.12.2025" in notice for notice in found.then.case.notices)


def test_lines_tell_what_changed_and_nothing_else(found: finance.Replay) -> None:
    lines = {line.id: line for line in found.lines}
    output = lines["vat.output"]
    assert output.then / output.now == pytest.approx(20 / 22, rel=1e-9)
    assert output.change < 0
    assert "revenue" not in lines
    assert "payroll" not in lines


def test_norms_that_nobody_knew_then_stay_and_are_named(found: finance.Replay) -> None:
    assert any("взносов" in title for title in found.unknown)
    assert found.words.startswith("На праве, действовавшем 15.12.2025, ЧДД проекта больше на ")


def test_law_of_the_projects_own_day_changes_nothing() -> None:
    same = finance.replay(
        small.cluster(), "modules", law_on=datetime.date(2026, 6, 1), as_of=small.AS_OF
    )
    assert same.norms == ()
    assert same.lines == ()
    assert same.npv_change == 0
    assert same.words.endswith("расчёт тот же.")


def test_a_day_before_all_editions_is_refused() -> None:
    with pytest.raises(FinanceError, match="нет ни одной редакции"):
        finance.replay(
            small.cluster(), "modules", law_on=datetime.date(1990, 1, 1), as_of=small.AS_OF
        )
