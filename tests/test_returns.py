"""ВНД: existence by ВК 477, all roots, many scenarios at once."""

from __future__ import annotations

import math

import numpy as np
import numpy_financial as npf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.errors import FinanceError
from course.finance.discounting import npv
from course.finance.returns import (
    VERDICTS,
    Irr,
    IrrVerdict,
    irr,
    irr_nearest,
    irr_rows,
    mirr,
    mirr_rows,
)
from course.finance.roots import real_roots

SUMS = st.floats(-1e6, 1e6).map(lambda value: round(value, 2))


@pytest.mark.parametrize(
    ("flow", "value", "verdict"),
    [
        ([-100, 110], 0.10, IrrVerdict.EXISTS),
        ([-100, 0, 0, 0, 0], None, IrrVerdict.ONE_SIGN),
        ([0, 0], None, IrrVerdict.ONE_SIGN),
        ([50, 60], None, IrrVerdict.ONE_SIGN),
        ([-100, 90], None, IrrVerdict.NO_POSITIVE_ROOT),  # a loss: −10 %
        ([-100, 100], None, IrrVerdict.NO_POSITIVE_ROOT),  # zero is not positive
        ([100, -150, 100], None, IrrVerdict.NO_POSITIVE_ROOT),
        ([100, -110], None, IrrVerdict.REVERSED),  # a borrower's flow
        ([-100, 230, -132], None, IrrVerdict.SEVERAL_ROOTS),  # 10 % and 20 %
        ([-1600, 10000, -10000], None, IrrVerdict.SEVERAL_ROOTS),  # the pump: 25 % and 400 %
        ([-100, 220, -121], None, IrrVerdict.TOUCHES),  # 10 % twice
        ([-50, -100, 600, 300, -100], 1.8544178, IrrVerdict.EXISTS),  # the other root is negative
        ([0, 0, -100, 110], 0.10, IrrVerdict.EXISTS),
        ([-100, 110, 0, 0], 0.10, IrrVerdict.EXISTS),
        ([-1000, 3300, -3630, 1331], 0.10, IrrVerdict.EXISTS),  # 10 % three times, falling
    ],
)
def test_it_exists_only_by_the_rule(
    flow: list[float], value: float | None, verdict: IrrVerdict
) -> None:
    found = irr(flow)
    assert found.verdict is verdict
    assert found.value == (None if value is None else pytest.approx(value, abs=1e-6))
    row = irr_rows([flow])
    assert VERDICTS[row.codes[0]] is verdict
    assert row.exists[0] == (value is not None)


@pytest.mark.parametrize("rates", [(0.1, 0.2), (-0.5, 0.05), (0.0, 1.0), (0.1, 0.2, 0.3), (3.0,)])
def test_all_roots_are_listed(rates: tuple[float, ...]) -> None:
    flow = np.array([-1000.0])
    for rate in rates:
        flow = np.convolve(flow, [1.0, -(1.0 + rate)])
    assert real_roots(flow) == pytest.approx(rates, abs=1e-9)
    assert real_roots(np.concatenate([[0, 0], flow, [0]])) == pytest.approx(rates, abs=1e-9)


def test_the_verdict_speaks_russian() -> None:
    assert len({verdict.words for verdict in IrrVerdict}) == len(IrrVerdict)
    assert IrrVerdict.EXISTS.words == "ВНД существует"
    assert all("ВНД не существует" in verdict.words for verdict in VERDICTS[1:])


def test_the_nearest_root_is_another_question() -> None:
    assert irr_nearest([-100, 230, -132], 0.1) == pytest.approx(0.1)
    assert irr_nearest([-100, 230, -132], 0.3) == pytest.approx(0.2)
    assert irr_nearest([-100, 90]) == pytest.approx(-0.1)
    assert irr_nearest([1, 1]) is None


@settings(deadline=None)
@given(st.lists(SUMS, min_size=2, max_size=12))
def test_worth_is_zero_at_every_root(flow: list[float]) -> None:
    for root in real_roots(flow):
        if root > -0.9:
            turnover = npv(root, np.abs(flow))
            assert abs(npv(root, flow)) <= 1e-7 * turnover


@settings(deadline=None)
@given(st.lists(SUMS, min_size=2, max_size=12))
def test_no_root_is_missed(flow: list[float]) -> None:
    """Where the worth changes its sign between two rates there is a root between them."""
    roots = real_roots(flow)
    rates = np.expm1(np.linspace(-1.5, 3.0, 200))
    worth = np.array([npv(rate, flow) for rate in rates])
    clear = np.abs(worth) > 1e-9 * (1 + np.abs(flow).sum())
    for at in range(len(rates) - 1):
        if clear[at] and clear[at + 1] and worth[at] * worth[at + 1] < 0:
            assert any(rates[at] <= root <= rates[at + 1] for root in roots)


@settings(deadline=None)
@given(
    st.integers(1, 60).flatmap(
        lambda steps: st.lists(
            st.lists(SUMS, min_size=steps, max_size=steps), min_size=1, max_size=5
        )
    )
)
def test_a_row_of_many_is_the_single_one(rows: list[list[float]]) -> None:
    many = irr_rows(rows)
    for row, value, code in zip(rows, many.values, many.codes, strict=True):
        single = irr(row)
        assert VERDICTS[code] is single.verdict
        if single.value is None:
            assert math.isnan(value)
        else:
            assert value == pytest.approx(single.value, rel=1e-9, abs=1e-12)


@settings(deadline=None)
@given(st.integers(2, 40), st.floats(0.001, 0.5), st.floats(1, 1e9))
def test_an_investor_with_one_outlay_earns_what_npf_says(
    steps: int, rate: float, outlay: float
) -> None:
    flow = np.full(steps + 1, outlay * rate / -math.expm1(-steps * math.log1p(rate)))
    flow[0] = -outlay
    found = irr(flow)
    assert found.verdict is IrrVerdict.EXISTS
    assert found.value == pytest.approx(rate, rel=1e-8)
    assert found.value == pytest.approx(npf.irr(flow), rel=1e-6)
    assert npv(rate, flow) == pytest.approx(0, abs=1e-9 * outlay * steps)


def test_a_monthly_project_of_thirty_years_neither_overflows_nor_fails() -> None:
    flow = np.concatenate([np.full(24, -1e9), np.full(337, 1.5e8)])
    assert irr(flow).value == pytest.approx(0.0046998366886, rel=1e-9)
    assert irr(-flow).verdict is IrrVerdict.REVERSED
    assert irr(np.concatenate([[-1e12], np.full(360, 1.0)])).verdict is IrrVerdict.NO_POSITIVE_ROOT


def test_a_loss_of_nearly_everything_has_its_root() -> None:
    tiny = [2.3926932267015667e-07, 4.1672087103345505e-16, 5.3965110036378706e-25]
    (root,) = real_roots([-3000.0, *tiny])
    w = 1 + root  # digits are lost here, not in the search
    assert 3000 * w**3 == pytest.approx(tiny[0] * w**2 + tiny[1] * w + tiny[2], rel=1e-6)
    assert irr([-1e12, 1e-3]).verdict is IrrVerdict.NO_POSITIVE_ROOT
    assert irr([-1e-3, 1e12]).value == pytest.approx(1e15)


def test_scenarios_count_by_verdict_in_chunks_of_any_number() -> None:
    generator = np.random.default_rng(20261122)
    rows = generator.normal(size=(5000, 121))
    many = irr_rows(rows)
    assert sum(many.count().values()) == 5000
    assert set(many.count()) > {IrrVerdict.EXISTS, IrrVerdict.SEVERAL_ROOTS}
    for place in range(0, 5000, 250):
        assert VERDICTS[many.codes[place]] is irr(rows[place]).verdict


def test_scale_does_not_matter() -> None:
    flow = np.array([-60, -30, 0, 0, 0, 77.67, 69.68])
    for scale in (1e-9, 1.0, 1e15):
        assert irr(flow * scale).value == pytest.approx(irr(flow).value, rel=1e-12)


@pytest.mark.parametrize("flow", [[], [math.nan, 1], [-1, math.inf], ["much", 1], [[[1.0]]]])
def test_what_is_no_flow_is_refused_in_russian(flow: list) -> None:
    with pytest.raises(FinanceError, match="денежный поток"):
        irr(flow)


def test_mirr_agrees_with_npf_where_it_has_one() -> None:
    for flow in ([-120000, 39000, 30000, 21000, 37000, 46000], [100, 200, -50, 300, -200]):
        assert mirr(flow, 0.1, 0.12) == pytest.approx(npf.mirr(flow, 0.1, 0.12))
    assert mirr([39000, 30000], 0.1, 0.12) is None
    assert mirr([-5], 0.1, 0.12) is None
    assert np.isnan(mirr_rows([[1, 2], [-1, 2]], 0.1, 0.1)).tolist() == [True, False]


def test_the_result_is_a_value() -> None:
    assert irr([-100, 110]) == irr([-100, 110])
    assert isinstance(irr([-100, 110]), Irr)
