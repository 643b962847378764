"""A share of members in whole members."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.errors import ClusterError
from course.requirements import at_least


@pytest.mark.parametrize(
    ("share", "total", "members"),
    [(0.3, 10, 3), (0.3, 37, 12), (0.3, 40, 12), (0.5, 15, 8), (0, 5, 0), (1, 5, 5), (0.3, 0, 0)],
)
def test_members_are_whole(share: float, total: int, members: int) -> None:
    assert at_least(share, total) == members


@given(st.integers(0, 100), st.integers(0, 300))
def test_the_smallest_that_reaches_the_share(percent: int, total: int) -> None:
    found = at_least(percent / 100, total)
    assert found * 100 >= percent * total
    assert found == 0 or (found - 1) * 100 < percent * total


@pytest.mark.parametrize(("share", "total"), [(-0.1, 5), (1.1, 5), (0.3, -1)])
def test_what_is_no_share(share: float, total: int) -> None:
    with pytest.raises(ClusterError, match="не годятся"):
        at_least(share, total)
