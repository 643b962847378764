"""A conversation with a process of its own over its pipes: one JSON line there, one back."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from typing import IO, Any

from course.grading.crew import CheckerDiedError

REPLY = 16 << 20  # a longer line than this is no reply


class Talk:
    """A process to `ask`; `close` ends it, whatever it is doing."""

    def __init__(self, command: Sequence[str], home: str, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own words
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=home,
            env=dict(environment),
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._input: IO[bytes] = self._process.stdin
        self._output: IO[bytes] = self._process.stdout
        # one reply is waited for at a time: what was not asked for is never kept in memory
        self._replies: queue.Queue[bytes] = queue.Queue(maxsize=1)
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def ask(self, message: object, seconds: float) -> Any:
        """The reply to `message`; `CheckerDiedError` if none came in time, or none that is JSON."""
        self.say(message)
        try:
            reply = self._replies.get(timeout=max(0.0, seconds))
            return json.loads(reply)
        except queue.Empty:
            raise CheckerDiedError("time") from None
        except (ValueError, RecursionError):
            raise CheckerDiedError("end") from None

    def say(self, message: object) -> None:
        """Send a message that nothing answers."""
        try:
            self._input.write(json.dumps(message).encode("ascii") + b"\n")
            self._input.flush()
        except (OSError, ValueError):
            raise CheckerDiedError("end") from None

    def close(self) -> None:
        """End the process and, with a sandbox, all that lives in it."""
        if hasattr(os, "killpg"):  # without a sandbox, what it started in its own session
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(queue.Empty):
            self._replies.get_nowait()
        with contextlib.suppress(OSError):
            self._input.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            while line := self._output.readline(REPLY):
                self._replies.put(line)
        with contextlib.suppress(OSError):
            self._output.close()
        self._replies.put(b"")
