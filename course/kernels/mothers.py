"""The processes that warm kernels are forked from, as their owners see them.

A process has a zygote of its own, a `Mother`, or a `Line` to the one that another process has lent
to it. A line is a socket that only processes of this toolkit hold, and on it there is JSON.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from course.kernels.zygote import BEGUN, PRELOAD

NAME = "proclusters-warm"  # of the provisioner, as it is registered with Jupyter
ASKED = "PROCLUSTERS_PRELOAD"  # further modules to load ahead, with commas between
KINDS = 2  # zygotes that one process keeps at most
_START = 60.0  # seconds for the imports ahead
_FORK = 10.0
# what an interpreter or a library reads only once: another value needs another zygote
_EARLY = ("PYTHON", "LD_", "MPL", "OPENBLAS", "OMP_", "MKL_", "NUMEXPR", "BLIS", "XDG_", "LC_",
          "PANDAS", "NPY_", "COV", ASKED)  # fmt: skip
_EARLY_TOO = frozenset({"HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR"})


class ColdError(Exception):
    """No warm kernel can be had; the reason is for a log."""


class Forked:
    """A kernel that was forked: what Jupyter asks of a `Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, handle: int, told: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._handle, self._told = handle, told

    def poll(self) -> int | None:
        """The exit code, or nothing while the kernel lives."""
        if self.returncode is None and self._over(0):
            text = more = BEGUN
            while more and not text.strip() and select.select([self._told], [], [], 1.0)[0]:
                more = os.read(self._told, 16)
                text += more
            self.returncode = int(text.strip() or -signal.SIGKILL)  # the zygote went with it
            os.close(self._handle)
            os.close(self._told)
        return self.returncode

    @property
    def begun(self) -> bool:
        """Whether the kernel has come to listen, or to an end."""
        return self.returncode is not None or bool(select.select([self._told], [], [], 0)[0])

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, when there is one; `TimeoutExpired` after `timeout` seconds."""
        if self.returncode is None and not self._over(timeout):
            raise subprocess.TimeoutExpired("kernel", timeout or 0)
        code = self.poll()
        assert code is not None
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal to this very process, never to another with its number."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._handle, number)

    def kill(self) -> None:
        """End the kernel at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def _over(self, timeout: float | None) -> bool:
        return bool(select.select([self._handle], [], [], timeout)[0])


class Line:
    """A way to a zygote: it forks kernels for whoever holds the line, and ends them with it."""

    def __init__(self, line: socket.socket) -> None:
        self.pid = os.getpid()
        self._line = line
        self._talk = threading.Lock()
        self._greeted = False
        self._lost = False

    @property
    def alive(self) -> bool:
        """Whether there is still somebody at the other end, as far as is known."""
        return not self._lost

    def wait(self) -> None:
        """Wait until the zygote has imported all; `ColdError` where it can't fork safely."""
        with self._talk:
            self._greet()

    def fork(self, cwd: str, env: Mapping[str, str], argv: list[str]) -> Forked:
        """A kernel in the folder `cwd` with the environment `env`; `ColdError` if there is none."""
        with self._talk:
            self._greet()
            try:
                self._line.sendall(json.dumps({"cwd": cwd, "env": env, "argv": argv}).encode())
            except (OSError, UnicodeEncodeError) as error:
                raise ColdError(str(error)) from None
            reply, handles = self._hear(_FORK)
        if not reply["pid"] or len(handles) != 2:
            raise ColdError("a file in the folder stands in the way")
        return Forked(reply["pid"], *handles)

    def share(self) -> socket.socket:
        """The end of another line to the same zygote; `ColdError` if that is gone.

        Nothing is waited for, so that several processes may ask over one line for one of their own.
        """
        mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with self._talk, theirs:
            try:
                socket.send_fds(self._line, [b'{"line": 1}'], [theirs.fileno()])
            except OSError as error:
                mine.close()
                raise ColdError(str(error)) from None
        return mine

    def close(self) -> None:
        """Give the line up, and its kernels with it."""
        self._lost = True
        self._line.close()

    def _greet(self) -> None:
        if self._greeted:
            return
        if self._hear(_START)[0].get("ready") != 1:
            self._lost = True
            raise ColdError("the prepared process has more than one thread")
        self._greeted = True

    def _hear(self, seconds: float) -> tuple[dict[str, Any], list[int]]:
        try:
            self._line.settimeout(seconds)
            text, handles, _, _ = socket.recv_fds(self._line, 4096, 2, socket.MSG_CMSG_CLOEXEC)
            return dict(json.loads(text)), list(handles)
        except (OSError, ValueError) as error:
            self._lost = True  # an answer that comes too late would be taken for the next one
            raise ColdError(str(error) or "no answer") from None


class Mother(Line):
    """A zygote of this process; `close` ends it and all that was forked from it."""

    def __init__(self, python: list[str], environment: Mapping[str, str]) -> None:
        mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        super().__init__(mine)
        names = [*PRELOAD, *filter(None, environment.get(ASKED, "").split(","))]
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own words
                [*python, "-m", "course.kernels.zygote", str(theirs.fileno()), *names],
                cwd="/",  # what lies in a course folder is never imported here
                env={name: value for name, value in environment.items() if name[:4] != "JPY_"},
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )

    @property
    def alive(self) -> bool:
        """Whether the zygote lives and answers."""
        return super().alive and self.process.poll() is None

    def close(self) -> None:
        """End the zygote, and its kernels with it."""
        super().close()
        if self.pid == os.getpid():
            self.process.kill()
            self.process.wait()


class Door(NamedTuple):
    """What a process is given to `join` another one's zygote."""

    line: socket.socket
    key: str


_mothers: dict[str, Line | None] = {}  # nothing where one could not be had
_guard = threading.Lock()


def mother(python: list[str], environment: Mapping[str, str]) -> Line:
    """The zygote for an interpreter and what is read early: lent, or this process's own.

    `ColdError` where there is none.
    """
    key = _key(python, environment)
    with _guard:
        if any(each and each.pid != os.getpid() for each in _mothers.values()):
            _mothers.clear()  # this process was forked itself: those are its parent's
        found = _mothers.get(key)
        if found is not None and found.alive:
            return found
        if key in _mothers and found is None:
            raise ColdError("it could not be had before")
        if len(_mothers) >= KINDS:
            raise ColdError("too many kinds of kernels")
        _mothers[key] = None
        made = Mother(python, environment)
        try:
            made.wait()
        except BaseException:
            made.close()
            raise
        _mothers[key] = made
        return made


@contextmanager
def lend(python: list[str], environment: Mapping[str, str]) -> Iterator[Door | None]:
    """A zygote for all processes that this one starts in the block; nothing if none is to be had.

    It imports while they start: each waits for it when it needs its first kernel.
    """
    if sys.platform != "linux":
        yield None
        return
    lender = Mother(python, environment)
    try:
        with lender.share() as line:
            yield Door(line, _key(python, environment))
    finally:
        lender.close()


def join(door: Door) -> None:
    """Take the kernels of this process from the zygote behind `door`."""
    with door.line as line:
        _mothers[door.key] = Line(Line(line).share())


def dismiss() -> None:
    """End all zygotes of this process."""
    for each in _mothers.values():
        if each is not None:
            each.close()
    _mothers.clear()


atexit.register(dismiss)


def _key(python: list[str], environment: Mapping[str, str]) -> str:
    """What tells zygotes apart."""
    early = {
        name: value
        for name, value in environment.items()
        if name.startswith(_EARLY) or name in _EARLY_TOO
    }
    return json.dumps([python, early], sort_keys=True)
