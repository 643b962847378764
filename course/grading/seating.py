"""Where a program runs and where it is judged: forked where that can be had, else started.

The level of protection is one thing, warm or cold another: a forked seat at the level `full` is as
shut in as a started one, and what can't be forked is started. `warm` is the one that may refuse.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from course.grading import crew, sandbox, talk, warm
from course.grading.talk import Talk

_PYTHON = (sys.executable, "-I", "-X", "utf8", "-m")
_SEAT = [*_PYTHON, "course.grading.seat"]
_CLEAN = [*_PYTHON, "course.grading.split"]
_LATER = 5  # seconds that the system gives a program beyond its own


def seated(level: str, home: str, files: Mapping[str, str], answers: str, seconds: int) -> Talk:
    """A seat at the `level`, with our data `files` and the answers in the file `answers`."""
    files = {**files, "answers.json": answers}
    if level == sandbox.NONE:
        place = Path(home, "work")
        place.mkdir()
        command = sandbox.bare(_SEAT, files, place)
        return talk.started(command, str(place), crew.environment(str(place)))
    try:
        return warm.seat(files, answers, seconds + _LATER)
    except warm.ColdError:
        command = sandbox.command(_SEAT, files, seconds + _LATER)
        return talk.started(command, home, {"PATH": os.defpath})


def judge(home: str, names: Sequence[str]) -> Talk:
    """A clean checker that works in the folder `home`; the modules `names` may be loaded ahead."""
    try:
        return warm.checker(home, names)
    except warm.ColdError:
        return talk.started(_CLEAN, home, crew.environment(home))


def begin(work: Mapping[str, Any], names: Sequence[str]) -> None:
    """Get ready what both will need, at once."""
    if work["level"] != sandbox.NONE:
        warm.begin(work["data"], names)
