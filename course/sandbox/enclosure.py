"""What shuts a forked process in: namespaces and empty folders of its own, limits, no rights.

It does to a process that runs already what bubblewrap does before it starts one. The order counts:
`enter` needs the rights over the namespaces around, `renounce` gives them up for good, and only
then may a line of a participant's program run. Every step raises `OSError` if the system refuses.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
from collections.abc import Iterator, Sequence
from pathlib import Path

from course.sandbox import kernel, launcher

PROCESSES = 96  # more than the grader lets live: that one ends a program, this one only its forks

# linux/sched.h, linux/mount.h, linux/prctl.h: the same numbers on every machine
_MOUNTS, _CGROUP, _UTS, _IPC, _USER, _PIDS, _NET = (
    0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000,
)  # fmt: skip
_READ_ONLY, _NO_SUID, _NO_DEVICES, _NO_PROGRAMS, _REMOUNT, _BIND, _ALL_BELOW, _PRIVATE = (
    1, 2, 4, 8, 32, 4096, 16384, 1 << 18,
)  # fmt: skip
_DUMPABLE = 4  # of the prctl calls
_INODES = 20_000  # files of each folder that can be written to: they hold memory too


def _mount(what: str, where: str, kind: str, flags: int, words: str = "") -> None:
    given = (what.encode(), where.encode(), kind.encode(), ctypes.c_ulong(flags), words.encode())
    kernel.call("mount", *(each or None for each in given))


@contextlib.contextmanager
def counted_anew() -> Iterator[None]:
    """What is forked in this block is the first process of a world of its own."""
    me, here = os.getpid(), os.open("/proc/self/ns/pid", os.O_RDONLY)
    try:
        kernel.call("unshare", _PIDS)
        try:
            yield
        finally:
            if os.getpid() == me:  # what was forked leaves by here too, and can't go back
                kernel.call("setns", here, _PIDS)
    finally:
        os.close(here)


def enter(home: str, space: int, given: str, answers: int, toolkit: Sequence[str]) -> int:
    """Part this process from its siblings: nothing they could write to, or see, is left.

    The files of the folder `given` come into the empty folder `home` read only, beside what can be
    read from the handle `answers`; the folders `toolkit` stay in sight wherever they lie. The
    result is a handle for `renounce`.
    """
    kernel.call("unshare", _MOUNTS | _CGROUP | _UTS | _IPC | _NET)
    _mount("", "/", "", _PRIVATE | _ALL_BELOW)
    _mount("proc", "/proc", "proc", _NO_SUID | _NO_DEVICES | _NO_PROGRAMS)
    # what lies over it is read only; the rights are mapped through this handle to what lies below
    below = os.open("/proc/self", os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    _read_only("/proc", _NO_PROGRAMS)
    kept = {place: os.open(place, os.O_PATH | os.O_DIRECTORY) for place in toolkit}
    for place in ("/tmp", "/dev/shm", home):  # noqa: S108 - the sandbox's own
        words = f"size={space},nr_inodes={_INODES},mode=0755"
        _mount("tmpfs", place, "tmpfs", _NO_SUID | _NO_DEVICES, words)
    for place, handle in kept.items():  # a toolkit below /tmp has just been covered
        if not Path(place).exists():
            Path(place).mkdir(parents=True)
            _show(f"/proc/self/fd/{handle}", place)
        os.close(handle)
    words = "newinstance,ptmxmode=0666,mode=620"
    _mount("devpts", "/dev/pts", "devpts", _NO_SUID | _NO_PROGRAMS, words)
    for path in sorted(Path(given).rglob("*")):
        if path.is_file():
            _hand_out(path, Path(home, path.relative_to(given)))
    with Path(home, "answers.json").open("wb") as target:
        while part := os.read(answers, 1 << 20):
            target.write(part)
    _read_only(f"{home}/answers.json")
    os.chdir(home)
    return below


def _hand_out(path: Path, target: Path) -> None:
    """Show a file of ours, as it is and read only, at another place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch()
    _show(str(path), str(target))


def _read_only(place: str, more: int = 0) -> None:
    """Lay a file or folder over itself, so that nothing can be written there."""
    _show(place, place, more)


def _show(what: str, where: str, more: int = 0) -> None:
    """Let a file or folder be read at another place, and nothing be written there."""
    _mount(what, where, "", _BIND)
    _mount("", where, "", _BIND | _REMOUNT | _READ_ONLY | _NO_SUID | _NO_DEVICES | more)


def renounce(below: int, seconds: int) -> None:
    """Give up every right, for good: users of its own, no capability, limits, the filter."""
    import resource  # Windows has none, and imports this module all the same

    kernel.call("unshare", _USER)
    for name, text in (("setgroups", "deny"), ("uid_map", "65534 0 1"), ("gid_map", "65534 0 1")):
        handle = os.open(name, os.O_WRONLY | os.O_CLOEXEC, dir_fd=below)
        os.write(handle, text.encode())
        os.close(handle)
    os.close(below)
    launcher.limit(seconds)
    # counted in these users alone, so that one seat's processes are nobody else's
    resource.setrlimit(resource.RLIMIT_NPROC, (PROCESSES, PROCESSES))
    kernel.renounce()
    kernel.die_with_parent()
    kernel.install(launcher.program(platform.machine()))


def attend(child: int) -> None:
    """Be the first process of a world until `child` ends, and end all that lives in it."""
    kernel.call("prctl", _DUMPABLE, 0, 0, 0, 0)  # nobody inside looks into this process
    os.closerange(0, 65536)
    while os.waitpid(-1, 0)[0] != child:
        pass
    os._exit(0)
