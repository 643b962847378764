"""The line beside a field: «Сохранено в 14:02», or what could not be read or saved."""

from __future__ import annotations

import asyncio
import html
from collections.abc import Callable
from typing import Any

import ipywidgets

from course.errors import CourseError
from course.forms.answers import Answer

_PATIENCE = 0.9  # seconds without a keystroke before an unreadable text is reported


class Status:
    """Keeps what is entered into one field and says so beside it."""

    def __init__(
        self, id: str, keep: Callable[[str, Any, str], Answer], kept: Answer | None
    ) -> None:
        self.view = ipywidgets.HTML()
        self.view.add_class("proclusters-status")
        self._id = id
        self._keep = keep
        self._waiting: asyncio.TimerHandle | None = None
        if kept is not None:
            self._say("saved", f"Сохранено {_day(kept.at)} {_hour(kept.at)}".rstrip())

    def keep(
        self, value: Any, text: str, *, problem: str = "", note: str = "", told: str = ""
    ) -> None:
        """Keep a value with its typed text; tell the problem once the typing has paused."""
        if self._waiting:
            self._waiting.cancel()
            self._waiting = None
        try:
            answer = self._keep(self._id, value, text)
        except (CourseError, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            self._say("problem", f"Не сохранено. {reason or 'Файл ответов не записывается.'}")
            return
        if problem:
            self._later(problem)
        else:
            parts = (told, f"Сохранено {_hour(answer.at)}.", note)
            self._say("saved", " ".join(part for part in parts if part))

    def say_problem(self, problem: str) -> None:
        """Say at once what cannot be read."""
        self._say("problem", problem)

    def _later(self, problem: str) -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.say_problem(problem)
            return
        self._say("typing", "…")
        self._waiting = loop.call_later(_PATIENCE, self.say_problem, problem)

    def _say(self, tone: str, text: str) -> None:
        mark = {"saved": "✓ ", "problem": "! "}.get(tone, "")
        self.view.value = (
            f'<span class="{tone}" role="status"><b aria-hidden="true">{mark}</b>'
            f"{html.escape(text)}</span>"
        )


def _hour(at: str) -> str:
    """The time of day of a moment: `в 14:02`."""
    hour = at.partition("T")[2][:5]
    return f"в\u00a0{hour}" if hour else ""


def _day(at: str) -> str:
    """The day of a moment: `22.11`."""
    parts = at.partition("T")[0].split("-")
    return f"{parts[2]}.{parts[1]}" if len(parts) == 3 else ""
