"""What a participant's own cells printed and drew, for the page of feedback: text and pictures.

Only what answer cells gave before any check ran is there. Of an error its last line is kept: the
rest of a traceback tells a reader nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from course.grading.master import Master, headings
from course.grading.results import Outcome
from course.plain import line, shortened

_TEXT = 700  # signs of one cell's text
_MARK = "Traceback (most recent call last)"
_NUMBER = re.compile(r"^Out\[\d+\]: ?", re.MULTILINE)


@dataclass(frozen=True)
class Printout:
    """The text and the pictures (PNG in base64) of one answer cell, under its heading."""

    title: str
    text: str
    pictures: tuple[str, ...]


def printouts(master: Master, outcome: Outcome) -> Iterator[Printout]:
    """What the answer cells of one work gave, in the order of the notebook."""
    if not master.program:
        return
    for cell, heading in headings(master.notebook):
        identity = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if cell["cell_type"] != "code" or identity not in master.answered:
            continue
        text = shortened(_plain(outcome.shown.get(cell["id"], "")), _TEXT)
        drawn = outcome.pictures.get(cell["id"], ())
        if text or drawn:
            yield Printout(line(heading or str(identity), 200), text, drawn)


def _plain(text: str) -> str:
    """What was printed, with the last line of an error in place of its traceback."""
    head, broke, rest = _NUMBER.sub("", text).partition(_MARK)
    if not broke:
        return head
    lines = [each for each in rest.splitlines() if each.strip()]
    before = "\n".join(head.splitlines()[:-1]).rstrip("-\n ")
    return f"{before}\nЯчейка прервалась: {line(lines[-1], 300) if lines else ''}".strip()
