"""Loans and equal payments: hand arithmetic, identities, an independent reference."""

from __future__ import annotations

import math

import numpy as np
import numpy_financial as npf
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from course.errors import FinanceError
from course.finance import annuities, loans
from course.finance.returns import irr_nearest

PRINCIPAL = st.floats(1, 1e9)
RATE = st.floats(0.001, 0.4)
PERIODS = st.integers(1, 60)


def test_equal_principal_by_hand() -> None:
    """1,200 for a year at 1 % a month: 100 of principal and interest on what is left."""
    loan = loans.equal_principal(1200, 0.01, 12)
    assert loan.payment[0] == pytest.approx(112)
    assert loan.payment[-1] == pytest.approx(101)
    assert loan.total_interest == pytest.approx(78)
    assert loan.opening.tolist() == pytest.approx([1200 - 100 * month for month in range(12)])


def test_a_fund_loan_repays_in_equal_quarters_at_the_end() -> None:
    """100 at 3 % a year, 20 quarters, principal in the last 8: 12 · 0.75 + 0.75 · (1 + … + 8)/8."""
    loan = loans.equal_principal(100, 0.03 / 4, 8, grace=12)
    assert loan.principal[:12].tolist() == [0] * 12
    assert loan.principal[12:].tolist() == pytest.approx([12.5] * 8)
    assert loan.interest[12] == pytest.approx(0.75)
    assert loan.total_interest == pytest.approx(12 * 0.75 + 0.75 * 36 / 8)
    assert loan.closing[-1] == 0


def test_capitalised_grace_by_hand() -> None:
    """100 at 12 %, two years added to the debt: 125.44; then three equal payments."""
    loan = loans.annuity(100, 0.12, 3, grace=2, capitalised=True)
    assert loan.opening[2] == pytest.approx(125.44)
    assert loan.payment.tolist() == pytest.approx([0, 0, 52.2268161, 52.2268161, 52.2268161])
    assert loan.lender_rate() == pytest.approx(0.12)


def test_a_bullet_loan_is_one_part_of_principal() -> None:
    loan = loans.equal_principal(1000, 0.1, 1, grace=2)
    assert loan.payment.tolist() == pytest.approx([100, 100, 1100])


def test_a_floating_rate_counts_the_annuity_anew() -> None:
    loan = loans.annuity(1000, [0.1, 0.2], 2)
    # 1000 · 0.1 / (1 − 1.1⁻²) = 576.19; left 1000 + 100 − 576.19 = 523.81; · 1.2 = 628.57
    assert loan.payment.tolist() == pytest.approx([576.190476, 628.571428])
    assert loan.closing[-1] == 0


@pytest.mark.parametrize("shape", [loans.annuity, loans.equal_principal])
@pytest.mark.parametrize("capitalised", [False, True])
@settings(deadline=None)
@given(principal=PRINCIPAL, rate=RATE, periods=PERIODS, grace=st.integers(0, 12))
def test_the_lender_earns_the_rate_of_the_loan(
    shape: type, capitalised: bool, principal: float, rate: float, periods: int, grace: int
) -> None:
    loan = shape(principal, rate, periods, grace=grace, capitalised=capitalised)
    assert loan.lender_rate() == pytest.approx(rate, rel=1e-7)
    added = (loan.interest - loan.paid_interest).sum()
    assert loan.principal.sum() == pytest.approx(principal + added)
    assert (loan.closing >= -1e-9 * loan.opening.max()).all()
    assert loan.opening[1:] == pytest.approx(loan.closing[:-1])
    assert loan.payment.sum() == pytest.approx(principal + loan.total_interest)


@settings(deadline=None)
@given(PRINCIPAL, st.one_of(st.just(0.0), RATE), PERIODS)
def test_payments_of_an_annuity_are_equal(principal: float, rate: float, periods: int) -> None:
    loan = loans.annuity(principal, rate, periods)
    assert loan.payment == pytest.approx(-annuities.payment(rate, periods, principal))


def test_a_rate_tied_to_the_key_rate() -> None:
    assert loans.subsidised_rate([0.16, 0.21], 0.3, 0.03).tolist() == pytest.approx([0.078, 0.093])
    rates = loans.soft_rates([0.16, 0.16, 0.14], 0.3, 0.03, soft_periods=2, market_margin=0.02)
    assert rates.tolist() == pytest.approx([0.078, 0.078, 0.16])


def test_the_refund_of_interest_never_exceeds_the_interest() -> None:
    part = loans.interest_refund(1000, rate=0.18, key_rate=0.15, share=2 / 3)
    assert (part.interest, part.refund, part.net) == pytest.approx((180, 100, 80))
    assert loans.interest_refund(1000, rate=0.05, key_rate=0.15, share=2 / 3).net == 0
    loan = loans.equal_principal(1200, 0.18 / 12, 12)
    refunds = loans.interest_refunds(loan, 0.15 / 12, 2 / 3)
    assert refunds[0] == pytest.approx(10)
    assert (refunds <= loan.paid_interest).all()


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        (lambda: loans.annuity(100, 0.1, 0), "срок займа"),
        (lambda: loans.annuity(100, [0.1, 0.2], 3), "ставок 2, а периодов 3"),
        (lambda: loans.equal_principal(-1, 0.1, 3), "сумма займа"),
        (lambda: loans.equal_principal(1, math.nan, 3), "ставка займа"),
        (lambda: annuities.payment(0.1, 0, 5), "число периодов"),
        (lambda: annuities.interest_part(0.1, 4, 3, 5), "периода 4 нет"),
        (lambda: annuities.interest_between(0.1, 4, 5, 3, 2), "платежей с 3 по 2"),
    ],
)
def test_faulty_terms_are_refused(faulty: object, words: str) -> None:
    with pytest.raises(FinanceError, match=words):
        faulty()


# equal payments as in spreadsheets

BEGIN = st.booleans()


@settings(deadline=None)
@given(RATE, PERIODS, st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), BEGIN)
def test_payments_agree_with_npf(rate: float, n: int, pv: float, fv: float, begin: bool) -> None:
    assume((1 + rate) ** n < 1e6)  # npf loses the digits beyond
    when = "begin" if begin else "end"
    near = {"rel": 1e-7, "abs": 1e-4}
    assert annuities.payment(rate, n, pv, fv, begin) == pytest.approx(
        float(npf.pmt(rate, n, pv, fv, when)), **near
    )
    for period in {1, (n + 1) // 2, n}:
        assert annuities.interest_part(rate, period, n, pv, fv, begin) == pytest.approx(
            float(npf.ipmt(rate, period, n, pv, fv, when)), **near
        )
        assert annuities.principal_part(rate, period, n, pv, fv, begin) == pytest.approx(
            float(npf.ppmt(rate, period, n, pv, fv, when)), **near
        )


def test_no_digit_is_lost_in_a_long_dear_loan() -> None:
    """Principal grows by the rate, and its last part is the debt before it, less its interest."""
    parts = [annuities.principal_part(0.38, period, 60, 1e6) for period in range(1, 61)]
    assert sum(parts) == pytest.approx(-1e6, rel=1e-12)
    last = annuities.payment(0.38, 60, 1e6) / 1.38
    assert parts[-1] == pytest.approx(last, rel=1e-12)


@settings(deadline=None)
@given(RATE, PERIODS, st.floats(1, 1e6), BEGIN)
def test_principal_of_all_payments_is_the_debt(rate: float, n: int, pv: float, begin: bool) -> None:
    assert annuities.principal_between(rate, n, pv, 1, n, begin) == pytest.approx(-pv)
    paid = annuities.payment(rate, n, pv, begin=begin) * n
    interest = annuities.interest_between(rate, n, pv, 1, n, begin)
    assert interest == pytest.approx(paid + pv, abs=1e-6 * pv)


@settings(deadline=None)
@given(RATE, st.integers(1, 120), st.floats(1, 1e6), BEGIN)
def test_number_and_rate_undo_the_payment(rate: float, n: int, pv: float, begin: bool) -> None:
    assume((1 + rate) ** n < 1e6)  # beyond that the payment is interest to the last digit
    pmt = annuities.payment(rate, n, pv, begin=begin)
    assert annuities.balance(rate, n, pmt, pv, begin) == pytest.approx(0, abs=1e-8 * pv)
    assert annuities.number_of_payments(rate, pmt, pv, begin=begin) == pytest.approx(n, rel=1e-6)
    if n > 1 or not begin:
        assert annuities.payment_rate(n, pmt, pv, begin=begin) == pytest.approx(rate, rel=1e-6)


def test_what_has_no_answer_is_none() -> None:
    assert annuities.number_of_payments(0.1, -5, 100) is None  # interest alone is 10
    assert annuities.number_of_payments(0.0, 0, 100) is None
    assert annuities.number_of_payments(0.0, -25, 100) == 4
    assert annuities.payment_rate(5, 10, 100) is None  # nobody is paid for having a loan
    assert annuities.payment_rate(4, -25, 100) == pytest.approx(0, abs=1e-12)


def test_a_rate_from_a_monthly_payment() -> None:
    rate = annuities.payment_rate(48, -200, 8000)
    assert rate == pytest.approx(0.00770147248823)
    assert rate == pytest.approx(irr_nearest(np.array([8000] + [-200] * 48)))
