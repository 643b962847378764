"""The eye on a program while it runs: how much memory its processes hold, and how many they are."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

from course.sandbox.talk import Talk

MEMORY = 1 << 30  # bytes that all processes of one seat may hold together
PROCESSES = 64  # what their sockets hold in the kernel is counted nowhere
_FAMILY = 8  # processes that may share what they were born with
_EVERY = 0.05  # seconds
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


class Watch:
    """Ends each of some talks whose processes hold too much, or are too many, until `stop`."""

    def __init__(self, *talks: Talk) -> None:
        self._talks = talks
        self._done = threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self._done.set()

    def _look(self) -> None:
        while not self._done.wait(_EVERY):
            for talk in self._talks:
                with contextlib.suppress(OSError, ValueError):
                    if excessive(talk.pid):
                        talk.close()


def excessive(root: int) -> bool:
    """Whether a process and all below it hold too much together, or are too many.

    The first process of a seat never grows: what it holds, the others have from where they were
    forked, and share. That is taken off for a few of them only, for a process may give it back.
    Exact parts (`smaps_rollup`) take seconds while a program forks without end.
    """
    held = [_resident(number) for number in _below(root)]
    if len(held) > PROCESSES:
        return True
    return sum(held) - held[0] * min(len(held), _FAMILY) > MEMORY


def _below(root: int) -> Iterator[int]:
    """The numbers of a process and of those that it and its own have started."""
    todo, seen = [root], 0
    while todo and seen <= PROCESSES:
        number = todo.pop()
        seen += 1
        yield number
        with contextlib.suppress(OSError, ValueError):
            for thread in Path("/proc", str(number), "task").iterdir():
                todo += [int(word) for word in (thread / "children").read_text().split()]


def _resident(number: int) -> int:
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path("/proc", str(number), "statm").read_text().split()[1]) * _PAGE
    return 0
