"""Seats and judges that are forked instead of started: the grader's side of a nursery.

`child` gives a process to talk to, or raises `ColdError`: then it is started as ever. The reason is
for a log; the points are the same.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from course.sandbox import bubblewrap, crew, probe
from course.sandbox.talk import Talk

KINDS = 4  # nurseries that one process keeps at most
_START = 60.0  # seconds for the imports ahead
_FORK = 20.0
_PYTHON = (sys.executable, "-I", "-X", "utf8", "-m", "course.sandbox.nursery")
_log = logging.getLogger(__name__)


class ColdError(Exception):
    """No process can be forked; the reason is for a log."""


class Forked:
    """The first process of a small world, by a handle that never means another one."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        text = Path(f"/proc/self/fdinfo/{handle}").read_text("ascii")
        self.pid = int(text.partition("Pid:")[2].split()[0])

    def end(self) -> None:
        """End it, and so all that lives in its world."""
        handle, self._handle = self._handle, -1
        if handle < 0:
            return
        with contextlib.suppress(OSError):
            signal.pidfd_send_signal(handle, signal.SIGKILL)
        select.select([handle], [], [], 10)
        os.close(handle)


class Nursery:
    """A nursery of this process: fork each `child` from it; `close` ends it and them.

    It starts at once and is waited for when the first child is asked for.
    """

    def __init__(self, files: Mapping[str, str]) -> None:
        self._owner = os.getpid()
        self._talk = threading.Lock()
        self._cold: str | None = None  # why nothing can be forked; not known at the start
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own words
                bubblewrap.around([*_PYTHON, str(theirs.fileno())], files),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={"PATH": os.defpath},
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )

    @property
    def lives(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def child(self, request: Mapping[str, Any], *more: int) -> Talk:
        """A forked process for `request`, as soon as it is proven that one may be had."""
        with self._talk:
            if self._cold is None:
                self._cold = self._reason()
                if self._cold:
                    _log.debug("programs are started cold: %s", self._cold)
            if self._cold:
                raise ColdError(self._cold)
            return self._fork(request, *more)

    def _reason(self) -> str:
        """Why nothing can be forked, once all is loaded; empty if it can."""
        try:
            reason = str(self._hear(_START)[0]["cold"])
            if not reason:
                _prove(self._fork)
        except (ColdError, OSError, KeyError) as error:
            return str(error) or type(error).__name__
        return reason

    def _fork(self, request: Mapping[str, Any], *more: int) -> Talk:
        """A child for `request`; it gets the handles `more` after its pipes."""
        theirs, to = os.pipe()
        back, mine = os.pipe()
        try:
            try:
                given = [theirs, mine, *more]
                socket.send_fds(self._line, [json.dumps(request).encode()], given)
            except OSError as error:
                raise ColdError(str(error)) from None
            reply, handles = self._hear(_FORK)
            if len(handles) != 1:
                raise ColdError(str(reply.get("cold", "no handle")))
            life = Forked(handles[0])
        except BaseException:
            os.close(to)
            os.close(back)
            raise
        finally:
            os.close(theirs)
            os.close(mine)
        return Talk(life, os.fdopen(to, "wb"), os.fdopen(back, "rb"))

    def close(self) -> None:
        """End it, and with it what was forked from it."""
        self._line.close()
        if self._owner == os.getpid():
            self._process.kill()
            self._process.wait()

    def _hear(self, seconds: float) -> tuple[dict[str, Any], list[int]]:
        self._line.settimeout(seconds)
        try:
            text, handles, _, _ = socket.recv_fds(self._line, 4096, 1, socket.MSG_CMSG_CLOEXEC)
            return dict(json.loads(text)), list(handles)
        except (OSError, ValueError) as error:
            # what comes later would be taken for the answer to another question
            self._cold = str(error) or "no answer"
            raise ColdError(self._cold) from None


def child(kind: str, files: Mapping[str, str], answers: str, seconds: int) -> Talk:
    """A `seat` or a `judge` in the sandbox, with our `files` and what the file `answers` holds."""
    return _shut_in(_had(files).child, kind, answers, seconds)


def orphaned() -> bool:
    """Whether a nursery of this process has ended by itself, and its children with it."""
    return any(crew.kept(each) and not each.lives for each in list(_nurseries.values()))


def _shut_in(fork: Callable[..., Talk], kind: str, answers: str, seconds: int) -> Talk:
    """A child that has given up its rights and waits for what to run."""
    with Path(answers).open("rb") as stream:
        talk = fork({"kind": kind, "seconds": seconds}, stream.fileno())
    try:
        if talk.hear(_FORK) == {"ready": True}:
            return talk
    except crew.CheckerDiedError:
        pass
    talk.close()
    raise ColdError("a seat could not be shut in")


def _prove(fork: Callable[..., Talk]) -> None:
    """Let two children look around while both live; `ColdError` if anything is not as it must."""
    with contextlib.ExitStack() as stack:
        seen = []
        for _ in range(2):
            talk = _shut_in(fork, "probe", os.devnull, 20)
            stack.callback(talk.close)
            try:
                seen.append(dict(talk.hear(_FORK)))
            except (crew.CheckerDiedError, TypeError, ValueError):
                raise ColdError("a seat could not look around") from None
        try:
            wrong = probe.faults(*seen)
        except (KeyError, TypeError, AttributeError, OSError) as error:
            raise ColdError(f"a seat said nothing of use: {error!r}") from None
    if wrong:
        raise ColdError("; ".join(wrong))


_nurseries: dict[str, Nursery] = {}
_guard = threading.Lock()


def _had(files: Mapping[str, str]) -> Nursery:
    """The nursery of this process for our data files, started if need be."""
    if sys.platform != "linux":
        raise ColdError("only Linux forks safely")
    given = {name: path for name, path in files.items() if name != "answers.json"}
    try:
        marks = {name: [path, *_mark(path)] for name, path in given.items()}
        key = json.dumps([os.getpid(), marks], sort_keys=True)
        with _guard:
            found = _nurseries.get(key)
            if found is not None and crew.kept(found) and found.lives:
                _nurseries[key] = _nurseries.pop(key)  # the one used last goes last
                return found
            crew.release(_nurseries.pop(key, None))
            while len(_nurseries) >= KINDS:  # the data of an assignment that was, perhaps
                crew.release(_nurseries.pop(next(iter(_nurseries))))
            made = _nurseries[key] = Nursery(given)
            crew.keep(made)
            return made
    except OSError as error:
        raise ColdError(str(error)) from None


def _mark(path: str) -> tuple[int, int, int]:
    """What tells a file from the one that stood there before."""
    found = Path(path).stat()
    return found.st_ino, found.st_size, found.st_mtime_ns
