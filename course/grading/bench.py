"""Grading a notebook in which the participant writes code: run there, check here.

The cells run one after the other in a seat inside the sandbox; each tests cell runs in a clean
process beside it (`split`). A cell that its author's own solution passes only inside the program
is run there, for everybody: such points are `unprotected`, and the summary says so.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from course.grading import syntax
from course.sandbox import scratch, seating, warm
from course.sandbox.crew import CheckerDiedError
from course.sandbox.pen import Pen
from course.sandbox.seat import TEXT
from course.sandbox.talk import Talk
from course.sandbox.watch import Watch

_log = logging.getLogger(__name__)


def check(task: str, *, again: bool = True) -> str:
    """Grade one submission; JSON in and out like `crew.check`, with `unprotected` besides."""
    work = json.loads(task)
    try:
        return json.dumps(_checked(work))
    except CheckerDiedError as death:
        died = str(death)
    except Exception:  # whatever one submission does, it stops nobody else's
        _log.debug("a submission could not be judged", exc_info=True)
        died = "end"
    if warm.orphaned() and again:  # no program's doing: what it was forked from is gone
        return check(task, again=False)
    return json.dumps({"died": died})


def _checked(work: Mapping[str, Any]) -> dict[str, Any]:
    """What all notebooks of a submission give."""
    whole: dict[str, Any] = {
        "cells": [], "shown": {}, "pictures": {}, "unprotected": work["unprotected"],
    }  # fmt: skip
    for steps in work["books"]:  # each notebook in a program of its own, as nbgrader has it
        reply = _book({**work, "steps": steps})
        if work.get("reference") and any(cell.get("short") for cell in reply["cells"]):
            reply["cells"] = _anew({**work, "steps": steps}, reply["cells"])
        whole["cells"] += reply["cells"]
        whole["shown"] |= reply["shown"]
        whole["pictures"] |= reply["pictures"]
    return whole


def _book(work: Mapping[str, Any]) -> dict[str, Any]:
    """What one notebook of a submission gives."""
    with _Bench(work) as bench:
        return bench.grade()


def _anew(work: Mapping[str, Any], cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The results of the author's solution, where it fell short looked at once more.

    A check that was tried outside first had called its functions before it was run inside: what
    counts calls, or appends to a list, had changed by then.
    """
    loose = [cell["cell"] for cell in cells if cell.get("only_inside") or cell.get("short")]
    try:
        again = _book({**work, "unprotected": loose})["cells"]
    except CheckerDiedError:
        return cells
    return [
        new if old.get("short") and new.get("short") is False else old
        for old, new in zip(cells, again, strict=True)
    ]


class _Bench:
    """A seat and a clean checker for one submission; use it in a `with` block."""

    def __init__(self, work: Mapping[str, Any]) -> None:
        self._work = work
        self._end = time.monotonic() + float(work["seconds"])
        self._cell = float(work.get("cell_seconds", 0))  # for one cell; 0 for all the time there is
        self._own: set[str] = set()  # the names in our cells, which the checks may need
        self._loose = frozenset(work["unprotected"])
        self._told = False  # whether anything of a hidden check has been in the seat

    def __enter__(self) -> _Bench:
        work = self._work
        self._home = scratch.Folder()
        answers = Path(self._home.name, "answers.json")
        answers.write_text(json.dumps(work["answers"]), encoding="ascii")
        seconds = int(work["seconds"])
        room = seating.Room(work["level"], self._home.name, work["data"], str(answers), seconds)
        self._seat = room.seat()
        try:
            self._clean, given = room.judge()
        except BaseException:
            self._seat.close()
            raise
        self._pen = Pen(self._seat.pid)
        self._watch = Watch(self._seat, self._clean)
        self._clean.say({"data": given, "answers": work["answers"]}, seconds)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._watch.stop()
        self._seat.close()
        self._clean.close()
        self._pen.close()
        self._home.cleanup()

    def grade(self) -> dict[str, Any]:
        """Points of every tests cell, and what the participant's cells printed and drew."""
        cells: list[dict[str, Any]] = []
        shown: dict[str, str] = {}
        pictures: dict[str, list[Any]] = {}
        for step in self._work["steps"]:
            if step["kind"] == "tests":
                cells.append({"cell": step["cell"], **self._judge(step)})
                continue
            if step["kind"] in ("locked", "clean"):
                self._own |= _used(step["source"])
                self._ask(self._clean, {"locked": step["source"]})
            if step["kind"] == "clean":
                continue
            said = self._ask(self._seat, self._run(step))
            if not step["cell"] or self._told:
                continue
            if isinstance(said.get("text"), str):
                shown[step["cell"]] = said["text"][:TEXT].strip()
            if isinstance(said.get("pictures"), list):
                pictures[step["cell"]] = said["pictures"][:4]
        return {"cells": cells, "shown": shown, "pictures": pictures}

    def _judge(self, step: Mapping[str, Any]) -> dict[str, Any]:
        """The result of one tests cell, where its author's solution says it must be run."""
        reference = self._work.get("reference")
        if step["cell"] in self._loose:
            result = self._inside(step)
            known = {"only_inside": True, "short": not _full(result, step)} if reference else {}
            return {**result, **known}
        result = self._outside(step)
        if reference and not _full(result, step):
            inside = self._inside(step)
            full, fault = _full(inside, step), result["fault"]
            # where it fails in another way there, its own program is needed, whatever else is
            only = full or fault.partition(":")[0].split(" ")[0] != inside["error"]
            return {**inside, "fault": fault, "only_inside": only, "short": not full}
        return result

    def _run(self, step: Mapping[str, Any]) -> dict[str, Any]:
        return {"run": step["source"], "seconds": self._cell}

    def _inside(self, step: Mapping[str, Any]) -> dict[str, Any]:
        """Run the cell in the participant's own program."""
        self._told = True
        said = self._ask(self._seat, self._run(step))
        fine = said.get("fine") is True
        score = said.get("score") if fine else 0.0
        return {"score": score, "fault": "", "parts": [], "error": said.get("error")}

    def _outside(self, step: Mapping[str, Any]) -> dict[str, Any]:
        """Run the cell in the clean process, passing its calls of functions on to the seat."""
        known = {key: step[key] for key in ("ours", "lent", "imports") if key in step}
        wanted = (self._own | _used(step["source"])) - set(step.get("ours", ()))
        # only what the program has by itself: to ask for more would tell it a hidden check's words
        there = self._ask(self._seat, {"names": True}).get("names")
        names = [name for name in sorted(wanted) if isinstance(there, list) and name in there]
        said = self._ask(self._seat, {"get": names}).get("values")
        sent = said if isinstance(said, dict) else {}
        values = {name: sent[name] for name in names if _value(sent.get(name))}
        end = time.monotonic() + self._cell
        reply = self._ask(self._clean, {"check": step["source"], "values": values, **known})
        while "call" in reply:
            self._told = True
            left = max(0.1, end - time.monotonic()) if self._cell else 0
            reply = self._ask(self._clean, self._ask(self._seat, {**reply, "seconds": left}))
        fault, parts = reply.get("fault", "no reply"), reply.get("parts", [])
        return {"score": reply.get("score", 0.0), "fault": fault, "parts": parts}

    def _ask(self, whom: Talk, message: object) -> dict[str, Any]:
        reply = whom.ask(message, self._end - time.monotonic())
        return reply if isinstance(reply, dict) else {}


def _full(result: Mapping[str, Any], step: Mapping[str, Any]) -> bool:
    score = result["score"]
    return score is None or score >= step["points"]


def _value(data: Any) -> bool:
    return isinstance(data, list) and len(data) == 2 and isinstance(data[0], str)


def _used(source: str) -> set[str]:
    """The names that a source mentions; none where it is no Python."""
    tree = syntax.tree(source)
    return syntax.used(tree) if tree else set()
