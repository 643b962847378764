"""Location quotient and shift-share: check values, refusals, cautions."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from course.errors import ClusterError
from course.regions import location_quotient, shift_share


def test_location_quotient() -> None:
    """8 000 of 900 000 in the region, 500 000 of 70 000 000 in the country."""
    found = location_quotient(8_000, 900_000, 500_000, 70_000_000)
    assert found.value == pytest.approx(1.2444, abs=5e-5)
    assert found.regional_share == pytest.approx(8 / 900)
    assert found.national_share == pytest.approx(5 / 700)
    assert len(found.cautions) >= 3


@given(st.floats(1, 1e6), st.floats(1, 1e6), st.floats(1.5, 100))
def test_a_region_like_the_country_has_one(industry: float, rest: float, times: float) -> None:
    region = industry + rest
    found = location_quotient(industry, region, industry * times, region * times)
    assert found.value == pytest.approx(1)


@pytest.mark.parametrize(
    "numbers",
    [
        (900, 800, 5_000, 70_000),  # the industry is larger than its region
        (8, 900, 500, 400),  # larger than its country
        (80, 900, 50, 70_000),  # the region's industry is larger than the country's
        (8, 90_000, 500, 70_000),  # the region is larger than the country
        (0, 0, 500, 70_000),
        (0, 10, 0, 70_000),
        (-8, 900, 500, 70_000),
    ],
)
def test_location_quotient_refuses(numbers: tuple[float, float, float, float]) -> None:
    with pytest.raises(ClusterError, match="коэффициент локализации не считается"):
        location_quotient(*numbers)


def test_shift_share() -> None:
    """8 000 → 8 800, economy +2 %, industry +6 %: 160 + 320 + 320 = 800."""
    found = shift_share(8_000, 8_800, 0.02, 0.06)
    assert (found.national, found.industrial, found.regional) == pytest.approx((160, 320, 320))
    assert found.total == 800
    assert len(found.cautions) >= 3


@given(st.floats(1, 1e9), st.floats(0, 1e9), st.floats(-0.9, 3), st.floats(-0.9, 3))
def test_parts_add_up(start: float, end: float, economy: float, industry: float) -> None:
    assume(end / start < 1e6)
    found = shift_share(start, end, economy, industry)
    parts = found.national + found.industrial + found.regional
    assert parts == pytest.approx(found.total, abs=1e-9 * max(start, end))


@pytest.mark.parametrize("numbers", [(0, 5, 0.1, 0.1), (5, -1, 0.1, 0.1), (5, 5, -2, 0.1)])
def test_shift_share_refuses(numbers: tuple[float, float, float, float]) -> None:
    with pytest.raises(ClusterError, match="сдвиг не считается"):
        shift_share(*numbers)
