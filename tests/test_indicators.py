"""Indicators by hand arithmetic: worth, payback, ratios, capital."""

from __future__ import annotations

import datetime
import math

import numpy as np
import numpy_financial as npf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.errors import FinanceError
from course.finance import indicators as fin

FLOWS = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=40)
RATES = st.floats(-0.3, 2.0)


def test_every_public_name_has_a_sentence_about_it() -> None:
    assert sorted(fin.__all__) == fin.__all__
    for name in fin.__all__:
        assert len((getattr(fin, name).__doc__ or "").split()) > 3, name


# worth


def test_step_0_is_not_discounted() -> None:
    # −100 + 60/1.1 + 60.5/1.21 = −100 + 54.5454… + 50
    assert fin.npv(0.1, [-100, 60, 60.5]) == pytest.approx(4.545454545454545)
    # Excel discounts all three by one step more: 4.5454… / 1.1
    assert fin.npv_excel(0.1, [-100, 60, 60.5]) == pytest.approx(4.132231404958678)
    assert fin.discounted(0.1, [-100, 110, 121]).tolist() == pytest.approx([-100, 100, 100])


@settings(deadline=None)
@given(RATES, FLOWS)
def test_worth_agrees_with_npf(rate: float, flow: list[float]) -> None:
    scale = npf.npv(rate, np.abs(flow))
    assert fin.npv(rate, flow) == pytest.approx(npf.npv(rate, flow), rel=1e-9, abs=1e-12 * scale)


@settings(deadline=None)
@given(st.lists(st.lists(st.floats(-1e6, 1e6), min_size=7, max_size=7), min_size=1, max_size=9))
def test_a_row_of_many_is_the_single_one(rows: list[list[float]]) -> None:
    rates = np.linspace(0.01, 0.9, len(rows))
    one, each = fin.npv_rows(0.2, rows), fin.npv_rows(rates, rows)
    payback, need = fin.payback_rows(rows), fin.funding_need_rows(rows)
    for index, row in enumerate(rows):
        near = {"rel": 1e-9, "abs": 1e-6}
        assert one[index] == pytest.approx(fin.npv(0.2, row), **near)
        assert each[index] == pytest.approx(fin.npv(float(rates[index]), row), **near)
        single = fin.payback(row)
        assert np.isnan(payback[index]) if single is None else payback[index] == single
        assert need[index] == fin.funding_need(row)


def test_many_rates_go_through_chunks() -> None:
    rows = np.ones((3000, 121))
    worth = fin.npv_rows(np.full(3000, 0.01), rows)
    assert worth == pytest.approx(fin.npv(0.01, rows[0]))


def test_a_monthly_rate_compounds_to_the_annual_one() -> None:
    assert fin.step_rate(0.18) == pytest.approx(0.013888430348)
    assert fin.annual_rate(fin.step_rate(0.18)) == pytest.approx(0.18)
    assert fin.effective_rate(0.18, 12) == pytest.approx(0.195618171)  # what 1.5 % a month makes
    assert fin.real_rate(0.18, 0.06) == pytest.approx(0.11320754717)  # and not 12 %
    assert fin.nominal_rate(fin.real_rate(0.18, 0.06), 0.06) == pytest.approx(0.18)


def test_mid_period_is_half_a_step_earlier() -> None:
    assert fin.npv_mid_period(0.21, [0, 121]) == pytest.approx(110.0)
    assert fin.npv_from(0.1, [110, 121], 1) == pytest.approx(200.0)


@pytest.mark.parametrize("rate", [-1.0, -2.0, math.nan, math.inf])
def test_a_rate_that_cannot_discount_is_refused(rate: float) -> None:
    with pytest.raises(FinanceError, match="ставка"):
        fin.npv(rate, [-1, 2])
    with pytest.raises(FinanceError, match="ставка"):
        fin.npv_rows([rate], [[-1, 2]])


# dated flows


def days(*texts: str) -> list[datetime.date]:
    return [datetime.date.fromisoformat(text) for text in texts]


def test_dated_flows_by_hand() -> None:
    dates = days("2025-01-01", "2026-01-01", "2027-01-01")  # 365 days apart
    assert fin.xnpv(0.1, dates, [-200, 110, 121]) == pytest.approx(0.0, abs=1e-9)
    assert fin.xirr(dates, [-200, 110, 121]) == pytest.approx(0.1)
    assert fin.xirr(dates, [0, -100, 120]) == pytest.approx(0.2)  # a leading zero is dropped
    assert fin.xirr(list(reversed(dates)), [121, 110, -200]) == pytest.approx(0.1)
    assert fin.xirr(dates, [1, 2, 3]) is None
    assert fin.xirr(dates, [-100, 230, -132]) == pytest.approx(0.1)  # and not 20 %


@settings(deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=8), st.integers(1, 900))
def test_worth_at_xirr_is_zero(amounts: list[float], apart: int) -> None:
    start = datetime.date(2026, 1, 1)
    dates = [start + datetime.timedelta(days=apart * step) for step in range(len(amounts))]
    rate = fin.xirr(dates, amounts)
    if rate is not None:
        turnover = fin.xnpv(rate, dates, [abs(amount) for amount in amounts])
        assert abs(fin.xnpv(rate, dates, amounts)) <= 1e-6 * turnover


def test_faulty_dated_flows_are_refused() -> None:
    with pytest.raises(FinanceError, match="дат 1, а сумм 2"):
        fin.xnpv(0.1, days("2026-01-01"), [1, 2])
    with pytest.raises(FinanceError, match="счёт дней «lunar»"):
        fin.xnpv(0.1, days("2026-01-01"), [1], "lunar")


# payback and funding


@pytest.mark.parametrize(
    ("flow", "moment"),
    [
        ([-100, 40, 40, 40], 2.5),
        ([-100, 80, 60, -70, 50], 3.6),  # crosses at 1.33, falls again, stays from 3.6
        ([-100, 100], 1.0),
        ([-100, 99], None),
        ([100, 50], 0.0),
        ([0, -100, 0, 100], 3.0),
        ([-100, 150, -60, 5], None),  # paid back for a while only
        ([-0.1, -0.2, 0.3], 2.0),  # what is zero but for rounding is zero
    ],
)
def test_payback_is_when_the_flow_stays_non_negative(
    flow: list[float], moment: float | None
) -> None:
    assert fin.payback(flow) == (None if moment is None else pytest.approx(moment))


def test_first_crossing_is_another_thing() -> None:
    assert fin.first_crossing([-100, 80, 60, -70, 50]) == pytest.approx(4 / 3)
    assert fin.first_crossing([-100, 150, -60, 5]) == pytest.approx(2 / 3)
    assert fin.first_crossing([-100, 50]) is None
    assert fin.first_crossing([1]) == 0.0


def test_payback_counts_from_the_start_of_operations_if_asked() -> None:
    moment = fin.discounted_payback(0.1, [-100, -50, 120, 120])
    assert moment == pytest.approx(2.5133333)
    assert fin.from_operations(moment, 2) == pytest.approx(0.5133333)
    assert fin.from_operations(1.0, 2) == 0.0
    assert fin.from_operations(None, 2) is None


@settings(deadline=None)
@given(FLOWS)
def test_after_payback_the_accumulated_flow_is_not_negative(flow: list[float]) -> None:
    moment = fin.payback(flow)
    total = np.cumsum(flow)
    small = 1e-9 * (1 + np.abs(flow).sum())
    if moment is None:
        assert total[-1] < 0
    else:
        assert (total[math.ceil(moment) :] >= -small).all()
        assert moment == 0 or total[math.ceil(moment) - 1] < 0


def test_the_need_for_funding_is_the_deepest_minus() -> None:
    assert fin.funding_need([-100, -50, 120, 120]) == 150
    assert fin.discounted_funding_need(0.1, [-100, -50, 120, 120]) == pytest.approx(145.4545454)
    assert fin.funding_need([10, 10]) == 0
    assert fin.feasible([0, 5, 0])
    assert not fin.feasible([0, 5, -1])


# ratios


def test_three_indices_of_one_project_differ() -> None:
    outlay, earned = [100, 50, 0, 0], [0, 0, 120, 120]
    assert fin.investment_index_discounted(0.1, outlay, earned) == pytest.approx(1.3016528926)
    assert fin.initial_investment_index(0.1, outlay, earned) == pytest.approx(1.4387678437)
    assert fin.investment_index(outlay, earned) == pytest.approx(1.6)
    assert fin.cost_index(0.0, [0, 0, 180], [100, 50, 0]) == pytest.approx(1.2)
    assert fin.investment_index([0, 0], [1, 1]) is None
    assert fin.investment_index_rows(0.1, [outlay], [earned])[0] == pytest.approx(1.3016528926)
    with pytest.raises(FinanceError, match="шагов"):
        fin.investment_index([1], [1, 2])


def test_steps_without_debt_service_are_left_out() -> None:
    cash, service = [10, 20, 45], [0, 15, 30]
    assert fin.dscr(cash, service).tolist() == pytest.approx([math.nan, 4 / 3, 1.5], nan_ok=True)
    assert fin.dscr_min(cash, service) == pytest.approx(4 / 3)
    assert fin.dscr_average(cash, service) == pytest.approx((4 / 3 + 1.5) / 2)
    assert fin.dscr_min([10], [0]) is None
    assert fin.dscr_average([10], [0]) is None
    lowest = fin.dscr_min_rows([[10, 20], [5, 5]], [[0, 10], [0, 0]])
    assert lowest.tolist() == pytest.approx([2.0, math.nan], nan_ok=True)


def test_llcr_looks_at_the_life_of_the_loan_only() -> None:
    assert fin.llcr(0.0, [30, 30, 1000], [20, 20, 0]) == pytest.approx(1.5)
    assert fin.llcr(0.1, [10], [0]) is None


def test_break_even() -> None:
    point = fin.break_even(fixed=700, price=10, variable=3, volume=250)
    assert point == fin.BreakEven(units=100, revenue=1000, safety=0.6)
    assert fin.break_even(fixed=1, price=3, variable=3, volume=1) is None
    assert fin.break_even_level(200, 150, 92, 8) == pytest.approx(50 / 108)
    assert fin.break_even_level(100, 150, 100) is None


def test_the_budget_view() -> None:
    effect = fin.budget_effect(0.0, [0, 60], [50, 0])
    assert effect == fin.BudgetEffect(taxes=60, support=50, index=1.2, npv=10)
    assert fin.budget_effect(0.0, [5], [0]).index is None


def test_working_capital_by_days() -> None:
    capital = fin.working_capital(
        revenue=3650, cost_of_sales=1825, purchases=730, vat=0.2,
        receivable_days=30, inventory_days=20, payable_days=10, days=365,
    )  # fmt: skip
    assert (capital.receivables, capital.inventory, capital.payables) == pytest.approx(
        (360, 100, 24)
    )
    assert capital.net == pytest.approx(436)


# capital


def test_cost_of_capital() -> None:
    beta = fin.levered_beta(0.8, tax=0.25, debt=60, equity=40)
    assert beta == pytest.approx(1.7)  # 0.8 · (1 + 0.75 · 1.5)
    assert fin.unlevered_beta(beta, 0.25, 60, 40) == pytest.approx(0.8)
    equity = fin.cost_of_equity(0.14, beta, 0.07)
    assert equity == pytest.approx(0.259)
    cost = fin.wacc(equity=40, debt=60, cost_of_equity=equity, cost_of_debt=0.16, tax=0.25)
    assert cost == pytest.approx(0.1756)  # 0.4 · 0.259 + 0.6 · 0.12
    with pytest.raises(FinanceError, match="капитал"):
        fin.wacc(equity=0, debt=0, cost_of_equity=0.2, cost_of_debt=0.1, tax=0.2)
    with pytest.raises(FinanceError, match="собственный капитал"):
        fin.levered_beta(1, 0.2, 1, 0)


def test_gordon_is_the_sum_of_all_later_flows() -> None:
    value = fin.gordon_value(100, growth=0.04, rate=0.18)
    later = sum(100 * 1.04**step / 1.18**step for step in range(1, 600))
    assert value == pytest.approx(later)
    assert fin.present_value(121, 0.1, 2) == pytest.approx(100)
    with pytest.raises(FinanceError, match="темпа роста"):
        fin.gordon_value(100, growth=0.2, rate=0.2)


def test_expected_effects() -> None:
    assert fin.expected_effect([100, -50], [0.6, 0.4]) == pytest.approx(40)
    assert fin.expected_effect_of_range(-50, 100, optimism=0.3) == pytest.approx(-5)
    with pytest.raises(FinanceError, match="вероятности"):
        fin.expected_effect([1, 2], [0.5, 0.6])
    with pytest.raises(FinanceError, match="λ"):
        fin.expected_effect_of_range(1, 2, optimism=3)
