"""The checking processes of this machine: each worker has one, and gets a new one if it dies.

`check` is what an executor runs: JSON text in, JSON text out, so that a worker may be a thread
here or a process elsewhere. Threads are enough on one machine, because the work itself is done in
the checking processes and a thread only waits for its own.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Protocol

from course.sandbox import scratch

_REPLY = 16 << 20  # a longer reply than this is no reply


class CheckerDiedError(Exception):
    """The checking process ended, hung, or said something that is no reply."""


class Hired(Protocol):
    """A process that works here until it is dismissed."""

    def close(self) -> None:
        """End it."""


class Checker:
    """One checking process for one assignment; `ask` it for results, then `close` it."""

    def __init__(self, master: Mapping[str, Any]) -> None:
        self.digest = master["digest"]
        self._home = scratch.Folder()
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-X", "utf8", "-m", "course.sandbox.checker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._home.name,
            env=environment(self._home.name),
            start_new_session=True,  # Ctrl-C ends the batch, which ends its checkers
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._input: IO[bytes] = self._process.stdin
        self._replies: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(
            target=_listen, args=(self._process.stdout, self._replies), daemon=True
        ).start()
        self._say({"code": master["code"], "data": master["data"]})

    def ask(self, answers: object, seconds: float) -> Any:
        """The results for `answers`; `CheckerDiedError` if none came within `seconds`."""
        self._say(answers)
        try:
            reply = self._replies.get(timeout=seconds)
        except queue.Empty:
            raise CheckerDiedError("time") from None
        try:
            return json.loads(reply)
        except (ValueError, RecursionError):
            raise CheckerDiedError("end") from None

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for stream in (self._input, self._process.stdout):
            with contextlib.suppress(OSError):
                stream.close()  # type: ignore[union-attr]
        self._home.cleanup()

    def _say(self, data: object) -> None:
        try:
            self._input.write(json.dumps(data).encode("ascii") + b"\n")
            self._input.flush()
        except OSError:
            raise CheckerDiedError("end") from None


def _listen(stream: IO[bytes], replies: queue.SimpleQueue[bytes]) -> None:
    """Pass on every line of a checking process; an empty one when there are no more."""
    with contextlib.suppress(OSError, ValueError):
        while line := stream.readline(_REPLY):
            replies.put(line)
    replies.put(b"")


def environment(home: str) -> dict[str, str]:
    """The few variables that a checking process gets: nothing of the instructor's own."""
    return {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.defpath]),
        "HOME": home,
        "TMPDIR": home,
        "MPLCONFIGDIR": home,
        "MPLBACKEND": "agg",
        "LANG": "C.UTF-8",
        "OPENBLAS_NUM_THREADS": "1",
        "NBGRADER_EXECUTION": "autograde",
    }


_own = threading.local()
_live: set[Hired] = set()


def check(task: str) -> str:
    """Check one submission: `{"master", "answers", "seconds"}` as JSON in, the results as JSON out.

    A submission on which the process dies or hangs gives `{"died": "time" | "end"}`, and the next
    one gets a new process.
    """
    work = json.loads(task)
    try:
        return json.dumps(_hired(work["master"]).ask(work["answers"], work["seconds"]))
    except CheckerDiedError as death:
        release(getattr(_own, "checker", None))
        return json.dumps({"died": str(death)})


def keep(process: Hired) -> None:
    """Have a process ended with the others."""
    _live.add(process)


def kept(process: Hired | None) -> bool:
    """Whether a process was not dismissed yet."""
    return process in _live


def release(process: Hired | None) -> None:
    """End one process."""
    if process is not None and process in _live:
        _live.discard(process)
        process.close()


def dismiss() -> None:
    """End all processes that work for this one."""
    for process in list(_live):
        release(process)


def _hired(master: Mapping[str, Any]) -> Checker:
    """This worker's checker for `master`."""
    checker: Checker | None = getattr(_own, "checker", None)
    if checker is None or checker not in _live or checker.digest != master["digest"]:
        release(checker)
        checker = _own.checker = Checker(master)
        _live.add(checker)
    return checker


atexit.register(dismiss)
