"""A hard limit on a program's processes where the grader is the superuser.

The kernel's own limit for each user (RLIMIT_NPROC) passes over the superuser, in namespaces too,
and a program that only forks is faster than any watch. So each gets a control group (cgroup), of
the second edition or the first, if the system lets us make one; else the watch stays alone.
"""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

PROCESSES = 96  # more than the watch lets live: that one ends a program, this one its forks
_MOUNTS = (Path("/sys/fs/cgroup/pids"), Path("/sys/fs/cgroup"))
_PATIENCE = 1.0  # seconds in which the last process of a group must be gone


class Pen:
    """The group of a process and of all below it; `close` when they have ended."""

    def __init__(self, pid: int, processes: int = PROCESSES) -> None:
        self._place = _made(pid, processes) if _superuser() else None
        if self._place:
            _move(self._place, pid)

    @property
    def holds(self) -> bool:
        """Whether there is a limit of this kind here."""
        return self._place is not None

    def close(self) -> None:
        """Remove the group; its processes end a moment after they were killed."""
        if not self._place:
            return
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            try:
                self._place.rmdir()
            except FileNotFoundError:
                return
            except OSError:
                time.sleep(0.01)
            else:
                return


def sweep() -> None:
    """Remove the empty groups of graders that were killed."""
    for mount in _MOUNTS if _superuser() else ():
        with contextlib.suppress(OSError):
            for place in _around(mount).glob("proclusters-*"):
                with contextlib.suppress(OSError):  # a live one holds processes and can't go
                    place.rmdir()


def _superuser() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _made(pid: int, processes: int) -> Path | None:
    """A new group with its limit, or nothing if the system has or allows none."""
    for mount in _MOUNTS:
        with contextlib.suppress(OSError):
            place = _around(mount) / f"proclusters-{pid}-{time.monotonic_ns()}"
            place.mkdir()
            try:
                with (place / "pids.max").open("r+") as stream:  # "r+" makes no file of its own
                    stream.write(str(processes))
            except OSError:
                place.rmdir()
            else:
                return place
    return None


def _around(mount: Path) -> Path:
    """The group below `mount` that this process is in."""
    for line in Path("/proc/self/cgroup").read_text("utf-8").splitlines():
        _, kinds, path = line.split(":", 2)
        if kinds == ("pids" if mount.name == "pids" else ""):
            return mount / path.lstrip("/")
    raise FileNotFoundError(mount)


def _move(place: Path, pid: int) -> None:
    """Move a process, then what it had started before: all later ones begin in the group."""
    todo = [pid]
    while todo:
        number = todo.pop()
        with contextlib.suppress(OSError, ValueError):
            (place / "cgroup.procs").write_text(str(number), "ascii")
            for thread in Path("/proc", str(number), "task").iterdir():
                todo += [int(word) for word in (thread / "children").read_text().split()]
