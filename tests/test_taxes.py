"""Taxes by hand arithmetic; the rates are those of the examples and no statement about the law."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.errors import FinanceError
from course.finance import taxes

BASES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20)


def test_losses_reduce_at_most_half_of_a_profit() -> None:
    """Losses 150; profits 60, 80, 200: 30, 40 and the last 80 are used, tax 25 % of the rest."""
    result = taxes.profit_tax([-100, -50, 60, 80, 200], 0.25, 0.5)
    assert result.used.tolist() == pytest.approx([0, 0, 30, 40, 80])
    assert result.pool.tolist() == pytest.approx([100, 150, 120, 80, 0])
    assert result.tax.tolist() == pytest.approx([0, 0, 7.5, 10, 30])


@settings(deadline=None)
@given(BASES)
def test_tax_over_life_is_equal_with_and_without_the_limit(base: list[float]) -> None:
    base = [*base, 3 * sum(abs(value) for value in base) + 1]  # the last profit bears all losses
    limited, free = (taxes.profit_tax(base, 0.25, limit) for limit in (0.5, 1.0))
    assert limited.tax.sum() == pytest.approx(free.tax.sum(), abs=1e-6)
    assert limited.tax.sum() == pytest.approx(0.25 * sum(base), abs=1e-6)
    assert (np.cumsum(limited.tax) >= np.cumsum(free.tax) - 1e-6).all()
    assert (limited.used <= 0.5 * np.maximum(base, 0) + 1e-9).all()


@settings(deadline=None)
@given(st.lists(BASES.filter(lambda row: len(row) >= 5).map(lambda row: row[:5]), min_size=1))
def test_a_row_of_many_is_the_single_one(rows: list[list[float]]) -> None:
    many = taxes.profit_tax(rows, 0.25, 0.5)
    for index, row in enumerate(rows):
        single = taxes.profit_tax(row, 0.25, 0.5)
        assert many.tax[index].tolist() == single.tax.tolist()
        assert many.pool[index].tolist() == single.pool.tolist()


def test_rate_and_limit_may_change_on_a_day() -> None:
    result = taxes.profit_tax([-100, 100, 100], [0.2, 0.2, 0.25], [0.5, 0.5, 1.0])
    assert result.tax.tolist() == pytest.approx([0, 10, 12.5])


def test_vat_inside_and_without() -> None:
    assert taxes.vat_inside(122, 0.22) == pytest.approx(22)
    assert taxes.without_vat(122, 0.22) == pytest.approx(100)
    assert taxes.vat_inside(120, 0.20) == pytest.approx(20)


def test_vat_on_purchases_comes_back_later() -> None:
    assert taxes.vat_on_purchases(100, 0.22, 1).tolist() == pytest.approx([-122, 22])
    assert taxes.vat_on_purchases([100, 50], 0.2, 1).tolist() == pytest.approx([-120, -40, 10])
    assert taxes.vat_on_purchases([100], 0.2, 0).tolist() == pytest.approx([-100])
    with pytest.raises(FinanceError, match="возмещение НДС"):
        taxes.vat_on_purchases(100, 0.2, -1)


def test_contributions_fall_above_the_limit_of_the_base() -> None:
    # 2,979,000 · 0.30 + 621,000 · 0.151 = 893,700 + 93,771
    assert taxes.contributions(3_600_000, 2_979_000, 0.30, 0.151) == pytest.approx(987_471)
    assert taxes.contributions([100, 200], 150, 0.3, 0.1).tolist() == pytest.approx([30, 50])


@settings(deadline=None)
@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=12))
def test_months_add_up_to_the_year(pay: list[float]) -> None:
    months = taxes.contributions_by_month(pay, 2_000_000, 0.3, 0.151)
    year = taxes.contributions(sum(pay), 2_000_000, 0.3, 0.151)
    assert months.sum() == pytest.approx(float(year), abs=1e-6)
    assert (months >= -1e-6).all()


def test_contributions_of_small_firms_fall_above_a_threshold() -> None:
    # 40,639.50 · 0.30 + 59,360.50 · 0.076 = 12,191.85 + 4,511.398
    due = taxes.contributions_above_threshold(100_000, 40_639.5, 0.30, 0.076)
    assert due == pytest.approx(16_703.248)
    assert taxes.contributions_above_threshold(10_000, 40_639.5, 0.3, 0.076) == pytest.approx(3000)


def test_the_investment_deduction_is_carried_on() -> None:
    given_ = taxes.investment_deduction(1000, [10, 15, 20], 0.03, limit=0.5, carry_years=10)
    assert given_.granted == pytest.approx(30)
    assert given_.used.tolist() == pytest.approx([10, 15, 5])
    assert given_.left == pytest.approx(0)
    short = taxes.investment_deduction(1000, [10, 15, 20], 0.03, limit=0.5, carry_years=2)
    assert (short.used.tolist(), short.left) == (pytest.approx([10, 15, 0]), pytest.approx(5))
    assert taxes.investment_deduction(1000, 12, 0.8, 0.5, 10).granted == pytest.approx(500)
