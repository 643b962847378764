"""What is made of points: the grade table, the gradebook, experts' sheets, the final list.

It reads what `grading` recorded; only marks that experts send back are written. Each name is
imported when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.imports import on_demand

if TYPE_CHECKING:
    from course.gradebook.book import write_gradebook
    from course.gradebook.experts import issue_sheet
    from course.gradebook.final import write_list
    from course.gradebook.returned import take_sheet
    from course.gradebook.standings import table

__all__ = ["issue_sheet", "table", "take_sheet", "write_gradebook", "write_list"]

__getattr__ = on_demand(__name__, {
    "issue_sheet": "experts",
    "table": "standings",
    "take_sheet": "returned",
    "write_gradebook": "book",
    "write_list": "final",
})  # fmt: skip
