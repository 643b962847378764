"""The eye on a program while it runs: how much memory its processes hold, and how many they are."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

from course.grading.talk import Talk

MEMORY = 1 << 30  # bytes that all processes of one seat may hold together
PROCESSES = 128
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

    What each of them sees of memory is quick to ask for, and counts what they share once for each.
    Only where that is too much is their part of it summed up.
    """
    processes = list(_below(root))
    if len(processes) > PROCESSES:
        return True
    return sum(map(_resident, processes)) > MEMORY and sum(map(_part, processes)) > MEMORY


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


def _part(number: int) -> int:
    """A process's part of what it holds: shared pages in equal shares."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in Path("/proc", str(number), "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return _resident(number)
