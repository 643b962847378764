"""Grading: intake → check → record, and the page that tells a participant what was right.

No code of a participant is ever executed here: programs run in `course.sandbox`. Each name is
imported when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.imports import on_demand

if TYPE_CHECKING:
    from course.grading.batch import grade
    from course.grading.delivery import Delivery, collect
    from course.grading.forgetting import forget
    from course.grading.page import feedback
    from course.grading.retention import over
    from course.grading.summary import Summary

__all__ = ["Delivery", "Summary", "collect", "feedback", "forget", "grade", "over"]

__getattr__ = on_demand(__name__, {
    "Delivery": "delivery",
    "Summary": "summary",
    "collect": "delivery",
    "feedback": "page",
    "forget": "forgetting",
    "grade": "batch",
    "over": "retention",
})  # fmt: skip
