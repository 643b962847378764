"""What members pay for the work of their specialised organisation.

No rule sets the dues: members agree on them. The common form parts the budget in two, one shared
equally, the other by output.
"""

from __future__ import annotations

from course.cluster import Cluster
from course.errors import ClusterError, Fault


def dues(cluster: Cluster, budget: float, equal: float) -> dict[str, float]:
    """What each member pays of a year's `budget`, in roubles.

    The share `equal` of the budget is split equally among all members, the rest in proportion to
    output. A member whose output the file does not tell, such as a university, pays only the
    equal part.

    Raises:
        ClusterError: the budget is negative, `equal` is no share, or the file tells no output.
    """
    output = {member.id: member.output or 0.0 for member in cluster.members}
    total = sum(output.values())
    if budget < 0 or not 0 <= equal <= 1 or not total:
        what = "взносы не считаются: бюджет меньше нуля, доля не от 0 до 1 или нет выпуска"
        raise ClusterError(Fault("", "", what, "Проверьте бюджет, долю и выпуск участников"))
    each = budget * equal / len(output)
    rest = budget * (1 - equal)
    return {name: each + rest * value / total for name, value in output.items()}


def burdens(cluster: Cluster, paid: dict[str, float]) -> dict[str, float]:
    """Dues as a share of output, of the members whose output the file tells."""
    return {
        member.id: paid[member.id] / member.output for member in cluster.members if member.output
    }
