"""Who takes part: the roster, attendance, and the tokens by which a work is known to be theirs.

Personal data stay in the course folder, in files that git ignores. Each name is imported when it
is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.imports import on_demand

if TYPE_CHECKING:
    from course.people.attendance import take_attendance
    from course.people.register import take_in
    from course.people.roster import write_roster
    from course.people.tokens import issue

__all__ = ["issue", "take_attendance", "take_in", "write_roster"]

__getattr__ = on_demand(__name__, {
    "issue": "tokens",
    "take_attendance": "attendance",
    "take_in": "register",
    "write_roster": "roster",
})  # fmt: skip
