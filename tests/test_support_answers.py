"""What support does to a project: the least that is enough, and the project without it."""

from __future__ import annotations

import pytest

from course import finance
from course.errors import FinanceError
from course.finance import Goals, Lever, calibrate
from course.finance.variants import with_project
from tests.finance import accountant, small

LOW = 3630.0  # a price at which the owner of the small project loses without its grant


def poor() -> finance.Case:
    return finance.case(cluster(), "modules", as_of=small.AS_OF)


def cluster():
    plan = small.cluster().projects[0]
    price = small.valued(plan.products[0].price, LOW)
    product = plan.products[0].model_copy(update={"price": price})
    return with_project(small.cluster(), plan.model_copy(update={"products": (product,)}))


def test_least_grant_by_hand() -> None:
    """Without DSCR a grant of month 4 has to be the owner's loss, taken to month 4."""
    without = finance.without_support(cluster(), "modules", as_of=small.AS_OF)
    loss = -without.after.equity_npv
    assert loss > 0
    found = calibrate(cluster(), "modules", Lever.GRANT, as_of=small.AS_OF, goals=Goals(dscr=None))
    assert found.planned == 9e6
    assert found.value == pytest.approx(loss * 1.2 ** (4 / 12), rel=1e-3)
    assert found.value >= loss * 1.2 ** (4 / 12)  # enough, never a little less
    assert 0 <= found.equity_npv < 0.001 * loss
    assert found.reached == 1


def test_grant_changes_nobodys_cash_but_the_owners() -> None:
    planned = finance.run(poor())
    found = calibrate(cluster(), "modules", Lever.GRANT, as_of=small.AS_OF, goals=Goals(dscr=None))
    assert found.cash_min == pytest.approx(planned.row("cash.closing").min(), abs=1e-3)


def test_least_support_is_least() -> None:
    """One step less of support, and the goal is missed; the loan's rate is the highest."""
    goals = Goals(dscr=None)
    rate = calibrate(cluster(), "modules", Lever.RATE, as_of=small.AS_OF, goals=goals)
    assert rate.title.endswith("Заём")
    if rate.value is None:
        pytest.fail("no rate is low enough")
    at = finance.run(poor(), {"loans.frp.rate": [rate.value, rate.value + 1e-3]})
    worth = at.values.figure("equity.npv")
    assert worth[0] >= 0 > worth[1]
    share = calibrate(cluster(), "modules", Lever.LOAN_SHARE, as_of=small.AS_OF, goals=goals)
    assert share.planned == pytest.approx(100e6 / 175.4e6)
    assert share.value is not None
    assert 0 < share.value < 1


def test_goals_are_reached_together_or_said_to_be_missed() -> None:
    impossible = calibrate(
        cluster(), "modules", Lever.GRANT, as_of=small.AS_OF, goals=Goals(dscr=50.0)
    )
    assert impossible.value is None
    assert impossible.reached == 0
    assert impossible.dscr_min is not None
    assert impossible.dscr_min < 50
    assert "не достигаются" in impossible.words


def test_budget_payback_is_a_goal_against_large_grants() -> None:
    """The budget's months are those of the ledger: a large grant pays back later."""
    early = Goals(dscr=None, equity_npv=None, budget_payback_years=7)
    found = calibrate(cluster(), "modules", Lever.GRANT, as_of=small.AS_OF, goals=early)
    assert found.value == 0
    never = Goals(dscr=None, equity_npv=None, budget_payback_years=0.1)
    assert calibrate(
        cluster(), "modules", Lever.GRANT, as_of=small.AS_OF, goals=never
    ).value is None  # fmt: skip


def test_probability_asks_for_more_support_than_the_plan() -> None:
    plan = calibrate(cluster(), "modules", Lever.GRANT, as_of=small.AS_OF, goals=Goals(dscr=None))
    sure = calibrate(
        cluster(), "modules", Lever.GRANT, as_of=small.AS_OF,
        goals=Goals(dscr=None, probability=0.9), scenarios=200,
    )  # fmt: skip
    assert plan.value is not None
    assert sure.value is not None
    assert sure.value > plan.value
    assert sure.reached >= 0.9
    assert sure.scenarios == 200


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"goals": Goals(probability=1.5)}, "между 0 и 1"),
        ({"loan": "nothing"}, "нет такого займа"),
    ],
)
def test_bad_questions_are_refused(options: dict, words: str) -> None:
    with pytest.raises(FinanceError, match=words):
        calibrate(cluster(), "modules", Lever.RATE, as_of=small.AS_OF, **options)
    with pytest.raises(FinanceError, match=r"Есть: modules"):
        calibrate(cluster(), "none", Lever.RATE, as_of=small.AS_OF)


# without


def test_without_grants_the_owner_pays_them() -> None:
    found = finance.without_support(small.cluster(), "modules", as_of=small.AS_OF)
    assert found.grants == 9e6
    assert found.dearer == {}
    lost = 9e6 / 1.2 ** (4 / 12)
    assert found.before.equity_npv - found.after.equity_npv == pytest.approx(lost, rel=1e-9)
    assert found.after.npv == pytest.approx(found.before.npv, rel=1e-12)
    assert found.after.cash_min == pytest.approx(found.before.cash_min, abs=1e-4)


def test_without_support_cheap_loans_cost_what_the_market_asks() -> None:
    found = finance.without_support(small.cluster(), "modules", market_rate=0.18, as_of=small.AS_OF)
    assert found.dearer == {"frp": 0.05}
    assert found.alone.case.input("loans.frp.rate").value == 0.18
    assert found.alone.case.input("loans.bank.rate").value == 0.21  # dearer than the market stays
    with pytest.raises(FinanceError, match=r"0\.18"):
        finance.without_support(small.cluster(), "modules", market_rate=18, as_of=small.AS_OF)


def test_with_the_project_less_without_it() -> None:
    book = accountant.work()
    found = finance.increment(finance.run(small.case()))
    assert found.revenue == pytest.approx(sum(book["revenue"]))
    assert found.payroll == pytest.approx(sum(book["payroll"]))
    assert found.taxes == pytest.approx(sum(book["budget"]) + 9e6)
    assert found.bought_in_cluster == pytest.approx(sum(book["materials_paid"]))
    assert found.bought_abroad == 0
