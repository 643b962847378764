"""What is asked of the model: maps, switching values, scenarios, the card of ВНД, views."""

from __future__ import annotations

import numpy as np
import pytest

from course import finance
from course.errors import FinanceError
from course.finance import indicators
from course.finance.views import SOCIETY
from tests.finance import accountant, small

PRICE, VOLUME = "products.module.price", "products.module.utilisation"


@pytest.fixture(scope="module")
def case() -> finance.Case:
    return small.case()


@pytest.fixture(scope="module")
def result(case: finance.Case) -> finance.Result:
    return finance.run(case)


def npv(case: finance.Case, **changes: float) -> float:
    return finance.indicators_of(
        finance.run(case, {id.replace("__", "."): [value] for id, value in changes.items()})
    ).npv


# switching values


def test_at_its_switching_value_npv_is_zero(case: finance.Case) -> None:
    rows = finance.switching_values(case)
    found = [row for row in rows if row.at_zero is not None]
    assert len(found) > 5
    scale = abs(npv(case))
    for row in found[:6]:
        if row.id.endswith("ramp_up"):
            continue
        at = finance.run(case, {row.id: [row.at_zero]}, keep=("flow.project",))
        assert abs(at.values.figure("project.npv")[0]) < scale * 1e-6, row.id
    changes = [abs(row.change) for row in found if row.change is not None]
    assert changes == sorted(changes)
    assert [row.at_zero for row in rows[len(found) :]] == [None] * (len(rows) - len(found))


def test_switching_rate_of_discount_is_irr(case: finance.Case, result: finance.Result) -> None:
    rate = next(row for row in finance.switching_values(case) if row.id == "discount.rate")
    assert rate.at_zero == pytest.approx(finance.indicators_of(result).irr.value, rel=1e-7)


def test_shares_do_not_switch_above_one(case: finance.Case) -> None:
    dear = small.case(horizon_months=30)  # too short to pay back at any load
    row = next(row for row in finance.switching_values(dear) if row.id == VOLUME)
    assert npv(dear) < 0
    assert row.at_zero is None
    assert row.change is None


# maps


def test_every_point_of_a_map_is_a_single_run(case: finance.Case) -> None:
    found = finance.two_input_map(case, PRICE, VOLUME, spread=0.25, steps=5)
    assert found.down.values.tolist() == pytest.approx([3750, 4375, 5000, 5625, 6250])
    assert found.across.values.tolist() == pytest.approx([0.6, 0.7, 0.8, 0.9, 1.0])
    for i, j in ((0, 0), (2, 2), (1, 4), (4, 3)):
        changes = {PRICE: [found.down.values[i]], VOLUME: [found.across.values[j]]}
        single = finance.run(case, changes).values.figure("project.npv")[0]
        assert found.npv[i, j] == pytest.approx(single, rel=1e-12)
    assert found.share_above_zero == (found.npv >= 0).mean()


def test_a_map_goes_to_the_bounds_of_the_owners(case: finance.Case) -> None:
    found = finance.two_input_map(case, "indices.sales.growth", PRICE, steps=5)
    assert found.down.values.tolist() == pytest.approx([0.02, 0.03, 0.04, 0.05, 0.06])
    assert found.across.values[[0, -1]].tolist() == pytest.approx([4000, 6000])


@pytest.mark.parametrize(
    ("down", "across", "steps", "words"),
    [
        (PRICE, PRICE, 5, "два разных"),
        (PRICE, "start", 5, "его не меняют"),
        (PRICE, "nothing", 5, "исходного данного «nothing» нет"),
        (PRICE, VOLUME, 4, "нечётное"),
    ],
)
def test_bad_maps_are_refused(
    case: finance.Case, down: str, across: str, steps: int, words: str
) -> None:
    with pytest.raises(FinanceError, match=words):
        finance.two_input_map(case, down, across, steps=steps)


# scenarios


def test_worst_bounds_are_worse_and_best_better(case: finance.Case) -> None:
    plan, cautious, worst, best = finance.outcomes(case, finance.bound_scenarios(case))
    assert worst.indicators.npv < cautious.indicators.npv < plan.indicators.npv
    assert plan.indicators.npv < best.indicators.npv
    assert worst.scenario.changes == {"indices.sales.growth": 0.02}
    assert cautious.scenario.changes["indices.sales.growth"] == pytest.approx(0.03)


def test_a_scenario_of_ones_own_equals_the_single_run(case: finance.Case) -> None:
    own = finance.Scenario("crisis", "Кризис", "", {PRICE: 4500.0, "discount.rate": 0.25})
    (found,) = finance.outcomes(case, [own])
    single = finance.run(case, {PRICE: [4500.0], "discount.rate": [0.25]})
    assert found.indicators == finance.indicators_of(single)
    with pytest.raises(FinanceError, match="назван дважды"):
        finance.outcomes(case, [own, own])


# the card of ВНД


def test_card_holds_the_profile_and_its_zero(result: finance.Result) -> None:
    card = finance.irr_card(result)
    found = finance.indicators_of(result)
    assert card.value == found.irr.value
    assert card.mirr == found.mirr
    at_rate = np.interp(found.discount_rate, card.rates, card.profile)
    assert at_rate == pytest.approx(found.npv, rel=0.02)
    assert card.value is not None
    assert ((card.profile > 0) == (card.rates < card.value)).all()
    assert card.words.startswith("ВНД существует: ")


def test_card_shows_no_root_that_says_nothing(result: finance.Result) -> None:
    card = finance.irr_card(result, "flow.equity")
    every = finance.indicators_of(result).equity_irr.roots
    assert card.roots == tuple(root for root in every if root <= 10)
    assert card.left_out == len(every) - len(card.roots)
    with pytest.raises(FinanceError, match="карточки ВНД"):
        finance.irr_card(result, "revenue")


# views


def test_views_come_to_zero_and_the_public_one_is_a_part(result: finance.Result) -> None:
    seen = finance.views(result)
    assert sum(view.net for view in seen) == pytest.approx(0, abs=1e-4)
    assert sum(view.npv for view in seen) == pytest.approx(0, abs=1e-4)
    assert seen[0].id == "maker"
    outside = sum(view.npv for view in seen if view.side not in SOCIETY)
    assert finance.public_view(result).npv == pytest.approx(-outside, rel=1e-9)


def test_public_view_by_hand(result: finance.Result) -> None:
    """Receipts less suppliers, contractors and people: taxes, loans and support fall out."""
    book = accountant.work()
    flow = [
        book["receipts"][m] - book["materials_paid"][m] - book["payroll"][m] - book["rent"][m]
        - 1.22 * book["energy"][m] - book["capex"][m] - (0.22 * 120e6 if m == 2 else 0.0)
        for m in range(accountant.MONTHS)
    ]  # fmt: skip
    assert finance.public_view(result).npv == pytest.approx(accountant.npv(flow, 0.2), rel=1e-9)


def test_budget_view_by_hand(result: finance.Result) -> None:
    book = accountant.work()
    support = accountant.npv([9e6 if m == 4 else 0.0 for m in range(accountant.MONTHS)], 0.2)
    view = finance.budget_view(result)
    assert view.support == pytest.approx(support, rel=1e-9)
    assert view.taxes == pytest.approx(accountant.npv(book["budget"], 0.2) + support, rel=1e-9)
    assert view.payback_months == pytest.approx(accountant.payback(book["budget"]), rel=1e-9)
    assert view.per_rouble == pytest.approx(view.taxes / support)


def test_nothing_is_divided_by_no_support() -> None:
    view = finance.budget_view(finance.run(small.case(grants=())))
    assert (view.support, view.per_rouble) == (0.0, None)


def test_lender_gains_nothing_at_its_own_rate(result: finance.Result) -> None:
    bank = next(view for view in finance.views(result) if view.id == "lender:Банк")
    assert indicators.npv(0.21 / 12, bank.flow) == pytest.approx(0, abs=1e-3)
