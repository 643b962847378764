"""Where a program runs and where it is judged: forked where that can be had, else started.

The level of protection is one thing, warm or cold another: what is forked at the level `full` is as
shut in as what is started, and what can't be forked is started. `warm` is the one that may refuse.
The judge runs our checks, but on what a participant's program sent: it is shut in no less.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from course.sandbox import bubblewrap, crew, levels, reduced, scratch, talk, warm
from course.sandbox.talk import Talk

_PYTHON = (sys.executable, "-I", "-X", "utf8", "-m")
_SEAT = [*_PYTHON, "course.sandbox.seat"]
_JUDGE = [*_PYTHON, "course.sandbox.split"]
_LATER = 5  # seconds that the system gives a program beyond its own


@dataclass(frozen=True)
class Room:
    """A place for one program and its judge, at a `level`: `home` is a folder here for both.

    `data` are our files (name there: path here), `answers` is the path of the answers.
    """

    level: str
    home: str
    data: Mapping[str, str]
    answers: str
    seconds: int

    def seat(self) -> Talk:
        """The process in which the participant's cells run."""
        files = {**self.data, "answers.json": self.answers}
        if self.level == levels.NONE:
            place = Path(self.home, "work")
            place.mkdir()
            scratch.copy(files, place)
            return talk.started(_SEAT, str(place), crew.environment(str(place)))
        if self.level == levels.REDUCED:
            return self._held("seat", files)[0]
        try:
            return warm.child("seat", self.data, self.answers, self.seconds + _LATER)
        except warm.ColdError:
            return self._cold(_SEAT, files)

    def judge(self) -> tuple[Talk, dict[str, str]]:
        """The process in which the checks run, and where it finds our files."""
        if self.level == levels.NONE:
            environment = crew.environment(self.home)
            return talk.started(_JUDGE, self.home, environment), dict(self.data)
        if self.level == levels.REDUCED:
            made, place = self._held("split", self.data)
            return made, {name: str(place / name) for name in self.data}
        try:
            made = warm.child("judge", self.data, os.devnull, self.seconds + _LATER)
            return made, {name: f"{bubblewrap.GIVEN}/{name}" for name in self.data}
        except warm.ColdError:
            made = self._cold(_JUDGE, self.data)
            return made, {name: f"{bubblewrap.HOME}/{name}" for name in self.data}

    def _held(self, kind: str, files: Mapping[str, str]) -> tuple[Talk, Path]:
        """A process that is held by Landlock, and the folder in which it works."""
        place = reduced.room(self.home, kind, files)
        command = reduced.command(kind, place, self.seconds + _LATER)
        return talk.started(command, str(place), reduced.environment(place)), place

    def _cold(self, argv: list[str], files: Mapping[str, str]) -> Talk:
        """A process in a bubblewrap of its own."""
        command = bubblewrap.command(argv, files, self.seconds + _LATER)
        return talk.started(command, self.home, {"PATH": os.defpath})
