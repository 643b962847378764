"""What to make instead of importing: signals that veto, re-export, landed prices."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import cooperation as k
from course.errors import ClusterError

CHIP = k.Candidate("chip", "Микросхема", 0.96, 3, k.Skill.NONE)
PLUG = k.Candidate("plug", "Соединитель", 0.7, 3, k.Skill.PROTOTYPE)
BOARD = k.Candidate("board", "Плата", 0.35, 2, k.Skill.SERIES)
FEW = k.Candidate("few", "Резонатор", 0.8, 1, k.Skill.SERIES)


def test_every_signal_is_a_veto() -> None:
    found = k.shortlist((CHIP, PLUG, BOARD, FEW), dependence=0.5, buyers=2, skill=k.Skill.PROTOTYPE)
    assert found == (PLUG,)


def test_a_signal_at_its_least_value_passes() -> None:
    assert PLUG.passes(0.7, 3, k.Skill.PROTOTYPE)
    assert not PLUG.passes(0.71, 3, k.Skill.PROTOTYPE)
    assert not PLUG.passes(0.7, 4, k.Skill.PROTOTYPE)
    assert not PLUG.passes(0.7, 3, k.Skill.SERIES)


def test_a_weighted_sum_hides_what_is_missing() -> None:
    weights = (0.6, 0.3, 0.1)
    assert CHIP.score(weights, 3) == pytest.approx(0.6 * 0.96 + 0.3)
    assert PLUG.score(weights, 3) == pytest.approx(0.6 * 0.7 + 0.3 + 0.05)
    assert max((CHIP, PLUG, BOARD), key=lambda one: one.score(weights, 3)) is CHIP


def test_reexport_lifts_the_apparent_dependence_above_one() -> None:
    # Made 300, sent abroad 600 (520 of them only passing through), brought in 1000.
    market = k.Market(300, 600, 1000, 520)
    assert market.apparent == pytest.approx(1000 / 700)
    assert market.dependence == pytest.approx(480 / 700)


@given(st.floats(1, 1e6), st.floats(0, 1), st.floats(0, 1e6), st.floats(0, 1e6))
def test_without_reexport_the_dependence_is_a_share(
    production: float, exported: float, imports: float, passing: float
) -> None:
    own = production * exported
    market = k.Market(production, own + passing, imports + passing, passing)
    if production - own + imports > 1e-3:
        assert -1e-6 <= market.dependence <= 1 + 1e-6
        assert market.apparent >= market.dependence - 1e-6


def test_a_part_of_a_position() -> None:
    market = k.Market(400, 100, 40_000)
    assert market.within(0.02).dependence == pytest.approx(800 / 1100)
    assert market.within(0.05).dependence == pytest.approx(2000 / 2300)


@pytest.mark.parametrize("share", [-0.1, 1.01])
def test_a_part_is_a_share(share: float) -> None:
    with pytest.raises(ClusterError, match="от 0 до 1"):
        k.Market(1, 0, 1).within(share)


def test_more_reexport_than_trade_is_refused() -> None:
    with pytest.raises(ClusterError, match="реэкспорт больше"):
        _ = k.Market(300, 500, 1000, 520).dependence


def test_no_duty_falls_on_inland_freight() -> None:
    found = k.landed(2, 90, 0.05, 12)
    assert (found.goods, found.duty, found.freight) == pytest.approx((180, 9, 12))
    assert found.price == pytest.approx(201)


def test_unimported_share_of_a_price() -> None:
    assert k.unimported(200, [60, 20]) == pytest.approx(0.6)
    with pytest.raises(ClusterError, match="больше нуля"):
        k.unimported(0, [1])
