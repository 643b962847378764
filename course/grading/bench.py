"""Grading a notebook in which the participant writes code: run there, check here.

The cells run one after the other in a seat inside the sandbox; each tests cell runs in a clean
process beside it (`split`). A cell that its author's own solution passes only inside the program
is run there, for everybody: such points are `unprotected`, and the summary says so.
"""

from __future__ import annotations

import ast
import contextlib
import json
import os
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from course.grading import seating
from course.grading.checker import parsed
from course.grading.crew import CheckerDiedError
from course.grading.nursery import PLOTS, TABLES
from course.grading.talk import Talk

MEMORY = 1 << 30  # bytes that all processes of one seat may hold together
PROCESSES = 128
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def check(task: str) -> str:
    """Grade one submission; JSON in and out like `crew.check`, with `unprotected` besides."""
    work = json.loads(task)
    whole: dict[str, Any] = {"cells": [], "shown": {}, "unprotected": work["unprotected"]}
    try:
        for steps in work["books"]:  # each notebook in a program of its own, as nbgrader has it
            with _Bench({**work, "steps": steps}) as bench:
                reply = bench.grade()
            whole["cells"] += reply["cells"]
            whole["shown"] |= reply["shown"]
    except CheckerDiedError as death:
        return json.dumps({"died": str(death)})
    return json.dumps(whole)


class _Bench:
    """A seat and a clean checker for one submission; use it in a `with` block."""

    def __init__(self, work: Mapping[str, Any]) -> None:
        self._work = work
        self._end = time.monotonic() + float(work["seconds"])
        self._own: list[str] = []  # sources of our cells, whose names the checks may need
        self._told = False  # whether anything of a hidden check has been in the seat

    def __enter__(self) -> _Bench:
        work = self._work
        self._home = tempfile.TemporaryDirectory(
            prefix="proclusters-check-", ignore_cleanup_errors=True
        )
        answers = Path(self._home.name, "answers.json")
        answers.write_text(json.dumps(work["answers"]), encoding="ascii")
        home, names = self._home.name, _ahead(work["steps"])
        seating.begin(work, names)
        self._seat = seating.seated(
            work["level"], home, work["data"], str(answers), int(work["seconds"])
        )
        try:
            self._clean = seating.judge(home, names)
        except BaseException:
            self._seat.close()
            raise
        self._clean.say({"data": work["data"], "answers": work["answers"]})
        self._done = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        self._seat.close()
        self._clean.close()
        self._home.cleanup()

    def grade(self) -> dict[str, Any]:
        """Points of every tests cell, and what the participant's cells printed."""
        cells: list[dict[str, Any]] = []
        shown: dict[str, str] = {}
        for step in self._work["steps"]:
            if step["kind"] == "tests":
                cells.append({"cell": step["cell"], **self._judge(step)})
                continue
            if step["kind"] == "locked":
                self._own.append(step["source"])
                self._ask(self._clean, {"locked": step["source"]})
            said = self._ask(self._seat, {"run": step["source"]})
            text = said.get("text")
            if isinstance(text, str) and step["cell"] and not self._told:
                shown[step["cell"]] = text.strip()
        return {"cells": cells, "shown": shown}

    @property
    def _loose(self) -> set[str]:
        return set(self._work["unprotected"])

    def _judge(self, step: Mapping[str, Any]) -> dict[str, Any]:
        """The result of one tests cell, where its author's solution says it must be run."""
        if step["cell"] in self._loose:
            return self._inside(step)
        result = self._outside(step)
        if self._work.get("reference") and not _full(result, step):
            inside = self._inside(step)
            full = _full(inside, step)
            return {**inside, "fault": result["fault"], "only_inside": full, "short": not full}
        return result

    def _inside(self, step: Mapping[str, Any]) -> dict[str, Any]:
        """Run the cell in the participant's own program."""
        self._told = True
        said = self._ask(self._seat, {"run": step["source"]})
        fine = said.get("fine") is True
        return {"score": said.get("score") if fine else 0.0, "fault": "", "parts": []}

    def _outside(self, step: Mapping[str, Any]) -> dict[str, Any]:
        """Run the cell in the clean process, passing its calls of functions on to the seat."""
        names = sorted(set().union(*map(_used, [*self._own, step["source"]])))
        said = self._ask(self._seat, {"get": names}).get("values")
        values = {name: value for name, value in (said or {}).items() if _value(value)}
        values = {name: value for name, value in values.items() if name in names}
        reply = self._ask(self._clean, {"check": step["source"], "values": values})
        while "call" in reply:
            self._told = True
            reply = self._ask(self._clean, self._ask(self._seat, reply))
        return {"score": reply["score"], "fault": reply["fault"], "parts": reply["parts"]}

    def _ask(self, whom: Talk, message: object) -> dict[str, Any]:
        reply = whom.ask(message, self._end - time.monotonic())
        return reply if isinstance(reply, dict) else {}

    def _watch(self) -> None:
        """End the seat when its processes together hold too much, or are too many."""
        while not self._done.wait(0.05):
            with contextlib.suppress(OSError, ValueError):
                held, processes = _held(self._seat.pid)
                if held > MEMORY or processes > PROCESSES:
                    self._seat.close()
                    return


def _ahead(steps: Sequence[Mapping[str, Any]]) -> list[str]:
    """The modules that are worth loading before the checks are run."""
    ours = " ".join(step["source"] for step in steps if step["kind"] in ("locked", "tests"))
    return [*TABLES, *(PLOTS if "matplotlib" in ours else ())]


def _full(result: Mapping[str, Any], step: Mapping[str, Any]) -> bool:
    score = result["score"]
    return score is None or score >= step["points"]


def _value(data: Any) -> bool:
    return isinstance(data, list) and len(data) == 2 and isinstance(data[0], str)


def _used(source: str) -> set[str]:
    """The names that a cell uses."""
    try:
        tree = parsed(source)
    except SyntaxError:
        return set()
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _held(root: int) -> tuple[int, int]:
    """Bytes of memory that a process and all below it hold, and how many they are."""
    held, todo, seen = 0, [root], 0
    while todo and seen <= PROCESSES:
        place = Path("/proc", str(todo.pop()))
        seen += 1
        with contextlib.suppress(OSError, ValueError, IndexError):
            held += int((place / "statm").read_text().split()[1]) * _PAGE
            for thread in (place / "task").iterdir():
                todo += [int(word) for word in (thread / "children").read_text().split()]
    return held, seen
