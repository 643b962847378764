"""Grading: intake → check → record, and what comes after: pages for participants, the grade table.

No code of a participant is ever executed here. Each name is imported when it is first asked for,
so that the checking process starts without what only recording needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.grading.batch import grade
    from course.grading.delivery import Delivery, collect
    from course.grading.gradebook import write_gradebook
    from course.grading.page import feedback
    from course.grading.roster import write_roster
    from course.grading.standings import table
    from course.grading.summary import Summary
    from course.grading.tokens import issue

__all__ = [
    "Delivery",
    "Summary",
    "collect",
    "feedback",
    "grade",
    "issue",
    "table",
    "write_gradebook",
    "write_roster",
]

_ORIGIN = {
    "Delivery": "delivery",
    "Summary": "summary",
    "collect": "delivery",
    "feedback": "page",
    "grade": "batch",
    "issue": "tokens",
    "table": "standings",
    "write_gradebook": "gradebook",
    "write_roster": "roster",
}


def __getattr__(name: str) -> Any:
    if name not in _ORIGIN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ORIGIN[name]}"), name)
