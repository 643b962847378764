"""A conversation with a process of its own over its pipes: one JSON line there, one back."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import select
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from typing import IO, Any, Protocol

from course.sandbox.crew import CheckerDiedError

REPLY = 16 << 20  # a longer line than this is no reply


class Life(Protocol):
    """A process somewhere, started or forked."""

    @property
    def pid(self) -> int:
        """Its number on this machine."""

    def end(self) -> None:
        """End it and all that lives in it, and wait for that."""


class Started:
    """A process that was started here, with all that it starts in its own session."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self.pid = process.pid

    def end(self) -> None:
        """End it at once; what lives in a sandbox ends with it."""
        if hasattr(os, "killpg"):  # without a sandbox, what it started in its own session
            with contextlib.suppress(OSError):
                os.killpg(self.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()


def started(command: Sequence[str], home: str, environment: Mapping[str, str]) -> Talk:
    """Start a process in the folder `home`, to talk to."""
    process = subprocess.Popen(  # noqa: S603 - our own words
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=home,
        env=dict(environment),
        start_new_session=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    return Talk(Started(process), process.stdin, process.stdout)


class Talk:
    """A process to `ask`; `close` ends it, whatever it is doing."""

    def __init__(self, life: Life, to: IO[bytes], back: IO[bytes]) -> None:
        self._life, self._input, self._output = life, to, back
        os.set_blocking(to.fileno(), False)
        # one reply is waited for at a time: what was not asked for is never kept in memory
        self._replies: queue.Queue[bytes] = queue.Queue(maxsize=1)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._life.pid

    def ask(self, message: object, seconds: float) -> Any:
        """The reply to `message`; `CheckerDiedError` if none came in time, or none that is JSON."""
        end = time.monotonic() + seconds
        self.say(message, seconds)
        return self.hear(end - time.monotonic())

    def hear(self, seconds: float) -> Any:
        """What it says next of its own; `CheckerDiedError` as for `ask`."""
        try:
            reply = self._replies.get(timeout=max(0.0, seconds))
            return json.loads(reply)
        except queue.Empty:
            raise CheckerDiedError("time") from None
        except (ValueError, RecursionError):
            raise CheckerDiedError("end") from None

    def say(self, message: object, seconds: float) -> None:
        """Send a message; `CheckerDiedError` if it is not taken in time, or nobody is there."""
        end = time.monotonic() + seconds
        rest = memoryview(json.dumps(message).encode("ascii") + b"\n")
        try:
            while rest:
                try:
                    rest = rest[os.write(self._input.fileno(), rest) :]
                except BlockingIOError:
                    left = end - time.monotonic()
                    if left <= 0 or not select.select([], [self._input], [], left)[1]:
                        raise CheckerDiedError("time") from None
        except (OSError, ValueError):
            raise CheckerDiedError("end") from None

    def close(self) -> None:
        """End the process and, with a sandbox, all that lives in it."""
        self._life.end()
        for _ in range(100):  # what it had said, and nobody asked for
            with contextlib.suppress(queue.Empty):
                self._replies.get(timeout=0.01)
            if not self._listener.is_alive():
                break
        with contextlib.suppress(queue.Full):  # whoever is still waiting hears the end
            self._replies.put_nowait(b"")
        with contextlib.suppress(OSError):
            self._input.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            while line := self._output.readline(REPLY):
                self._replies.put(line)
        with contextlib.suppress(OSError):
            self._output.close()
        self._replies.put(b"")
