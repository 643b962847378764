"""Offers of loans: payments worked by hand, and the price of money with a fee."""

from __future__ import annotations

import pytest

from course.cluster import Shape
from course.errors import FinanceError
from course.finance import LoanOffer


def offered(shape: Shape, **terms: float) -> LoanOffer:
    given = {"principal": 60e6, "rate": 0.18, "months": 60, **terms}
    return LoanOffer(
        title="заём",
        principal=given["principal"],
        rate=given["rate"],
        months=int(given["months"]),
        shape=shape,
        grace=int(given.get("grace", 0)),
        fee=given.get("fee", 0.0),
    )


def test_annuity_pays_the_same_each_month() -> None:
    found = offered(Shape.ANNUITY)
    assert found.first_payment == pytest.approx(60e6 * 0.015 / (1 - 1.015**-60))
    assert found.largest_payment == pytest.approx(found.first_payment)


def test_equal_parts_begin_with_the_greatest_payment() -> None:
    found = offered(Shape.DIFFERENTIATED)
    assert found.first_payment == pytest.approx(1_000_000 + 900_000)
    assert found.largest_payment == pytest.approx(found.first_payment)


def test_fund_asks_a_quarter_of_the_yearly_interest_and_then_parts() -> None:
    found = offered(Shape.QUARTERLY, rate=0.05, grace=36)
    assert len(found.schedule.payment) == 20
    assert found.first_payment == pytest.approx(750_000)
    assert found.largest_payment == pytest.approx(60e6 / 8 + 750_000)


def test_bullet_pays_the_sum_at_the_end() -> None:
    found = offered(Shape.BULLET)
    assert found.first_payment == pytest.approx(900_000)
    assert found.largest_payment == pytest.approx(60_900_000)


def test_interest_of_the_grace_joins_the_debt() -> None:
    found = offered(Shape.CAPITALISED, grace=12)
    assert found.first_payment == 0
    assert found.schedule.opening[12] == pytest.approx(60e6 * 1.015**12)


@pytest.mark.parametrize("shape", list(Shape))
def test_without_a_fee_the_effective_rate_is_the_rate_compounded(shape: Shape) -> None:
    found = offered(shape)
    assert found.effective_rate == pytest.approx(
        (1 + 0.18 * found.step / 12) ** (12 / found.step) - 1
    )


def test_a_fee_makes_money_dearer() -> None:
    plain, charged = offered(Shape.ANNUITY), offered(Shape.ANNUITY, fee=0.01)
    assert plain.effective_rate is not None
    assert charged.effective_rate is not None
    assert charged.effective_rate - plain.effective_rate == pytest.approx(0.0056, abs=0.0002)


def test_a_grace_as_long_as_the_loan_is_refused() -> None:
    with pytest.raises(FinanceError, match="льготный срок"):
        _ = offered(Shape.QUARTERLY, grace=60).schedule
