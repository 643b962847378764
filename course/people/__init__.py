"""Who takes part: the roster, attendance, and the tokens by which a work is known to be theirs.

Personal data stay in the course folder, in files that git ignores. Each name is imported when it
is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.people.attendance import take_attendance
    from course.people.register import take_in
    from course.people.roster import write_roster
    from course.people.tokens import issue

__all__ = ["issue", "take_attendance", "take_in", "write_roster"]

_ORIGIN = {
    "issue": "tokens",
    "take_attendance": "attendance",
    "take_in": "register",
    "write_roster": "roster",
}


def __getattr__(name: str) -> Any:
    if name not in _ORIGIN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ORIGIN[name]}"), name)
