"""What is made of points: the grade table, the gradebook, experts' sheets, the final list.

It reads what `grading` recorded; only marks that experts send back are written. Each name is
imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.gradebook.book import write_gradebook
    from course.gradebook.experts import issue_sheet
    from course.gradebook.final import write_list
    from course.gradebook.returned import take_sheet
    from course.gradebook.standings import table

__all__ = ["issue_sheet", "table", "take_sheet", "write_gradebook", "write_list"]

_ORIGIN = {
    "issue_sheet": "experts",
    "table": "standings",
    "take_sheet": "returned",
    "write_gradebook": "book",
    "write_list": "final",
}


def __getattr__(name: str) -> Any:
    if name not in _ORIGIN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ORIGIN[name]}"), name)
