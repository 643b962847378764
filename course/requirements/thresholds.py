"""How many whole members a share of members means."""

from __future__ import annotations

from course.errors import ClusterError, Fault


def at_least(share: float, total: int) -> int:
    """The smallest number of `total` members that is not less than `share` of them.

    Members are whole: 30 % of 37 are 11.1, so 12 are needed.
    """
    if not 0 <= share <= 1 or total < 0:
        what = f"доля {share} или число участников {total} не годятся"
        raise ClusterError(Fault("", "", what, "Доля — от 0 до 1, число участников — не меньше 0"))
    return next(number for number in range(total + 1) if number >= share * total - 1e-9)
