"""Grading: intake → check → record, and what comes after: pages for participants, the grade table.

No code of a participant is ever executed here. Each name is imported when it is first asked for,
so that the checking process starts without what only recording needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.grading.attendance import take_attendance
    from course.grading.batch import grade
    from course.grading.delivery import Delivery, collect
    from course.grading.experts import issue_sheet
    from course.grading.final import write_list
    from course.grading.forgetting import forget
    from course.grading.gradebook import write_gradebook
    from course.grading.page import feedback
    from course.grading.register import take_in
    from course.grading.retention import over
    from course.grading.returned import take_sheet
    from course.grading.roster import write_roster
    from course.grading.standings import table
    from course.grading.summary import Summary
    from course.grading.tokens import issue

__all__ = [
    "Delivery",
    "Summary",
    "collect",
    "feedback",
    "forget",
    "grade",
    "issue",
    "issue_sheet",
    "over",
    "table",
    "take_attendance",
    "take_in",
    "take_sheet",
    "write_gradebook",
    "write_list",
    "write_roster",
]

_ORIGIN = {
    "Delivery": "delivery",
    "Summary": "summary",
    "collect": "delivery",
    "feedback": "page",
    "forget": "forgetting",
    "grade": "batch",
    "issue": "tokens",
    "issue_sheet": "experts",
    "over": "retention",
    "table": "standings",
    "take_attendance": "attendance",
    "take_in": "register",
    "take_sheet": "returned",
    "write_gradebook": "gradebook",
    "write_list": "final",
    "write_roster": "roster",
}


def __getattr__(name: str) -> Any:
    if name not in _ORIGIN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ORIGIN[name]}"), name)
