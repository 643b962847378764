"""A look around from inside a seat: what its program could see and do, if it wanted to.

Two children of a nursery look, one after the other, and say it as data; `faults` compares that with
what must be. So a seat that is not shut in is found out before anybody's program sits in it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from course.sandbox import bubblewrap

WORLDS = ("cgroup", "ipc", "mnt", "net", "pid", "user", "uts")
_ROOMS = ("/tmp", "/dev/shm", bubblewrap.HOME)  # noqa: S108 - the sandbox's own
_LEFT = "left-by-a-sibling"
_RIGHTS = ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")


def worlds() -> dict[str, str]:
    """The namespaces of this process by kind."""
    return {name: str(Path("/proc/self/ns", name).readlink()) for name in WORLDS}


def look() -> dict[str, Any]:
    """What can be seen and done here."""
    status = dict(
        line.split(":", 1) for line in Path("/proc/self/status").read_text("utf-8").splitlines()
    )
    return {
        "worlds": worlds(),
        "processes": sorted(
            int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit()
        ),
        "handles": _handles(),
        "user": [os.getuid(), os.geteuid(), os.getgid()],
        "rights": "".join(status[name].strip() for name in _RIGHTS).strip("0"),
        "filter": [status["NoNewPrivs"].strip(), status["Seccomp"].strip()],
        "environment": sorted(os.environ),
        "writable": [place for place in _outside() if _written(place)],
        "changeable": [file for file in _ours() if _opened(file)],
        "covered": [place for place in bubblewrap.toolkit() if not any(Path(place).glob("*"))],
        "rooms": [place for place in _ROOMS if _written(place)],
        "found": [place for place in _ROOMS if Path(place, _LEFT).exists()],
        "allowed": [name for name, words in _forbidden().items() if _done(name, words)],
        "sockets": [kind for kind in (2, 10, 16, 17, 40) if _socket(kind)],
        "left": [Path(place, _LEFT).write_text("") for place in _ROOMS],
    }


def faults(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """What is not as it must be in what two siblings saw; each fault is a word or two for a log."""
    outside = worlds()
    wrong = [
        f"{kind} namespace"
        for kind in WORLDS
        if len({each["worlds"].get(kind) for each in (first, second)} | {outside[kind]}) != 3
    ]
    must = {
        "processes": [1, 2], "handles": [0, 1, 2], "user": [65534] * 3, "rights": "",
        "filter": ["1", "2"], "writable": [], "changeable": [], "covered": [], "found": [],
        "rooms": list(_ROOMS), "allowed": [], "sockets": [],
        "environment": sorted([*bubblewrap.environment(), "PWD"]),
    }  # fmt: skip
    for each in (first, second):
        wrong += [f"{name}: {each.get(name)}"[:200] for name in must if each[name] != must[name]]
    return wrong


def _handles() -> list[int]:
    found = []
    for number in range(1024):
        with contextlib.suppress(OSError):
            os.fstat(number)
            found.append(number)
    return found


def _outside() -> list[str]:
    """Folders that are not this seat's own."""
    package = str(Path(__file__).parents[1])
    return ["/", "/usr", "/dev", "/etc", "/proc/self", bubblewrap.GIVEN, sys.prefix, package]


def _ours() -> list[str]:
    """Files that a program may read and nobody may change."""
    given = [path for path in Path(bubblewrap.HOME).rglob("*") if path.is_file()]
    return ["/proc/self/comm", "/proc/sys/kernel/hostname", *map(str, given)]


def _opened(file: str) -> bool:
    try:
        os.close(os.open(file, os.O_WRONLY))
    except OSError:
        return False
    return True


def _written(place: str) -> bool:
    try:
        handle = os.open(f"{place}/probe", os.O_CREAT | os.O_WRONLY)
    except OSError:
        return False
    os.close(handle)
    os.unlink(f"{place}/probe")  # noqa: PTH108 - as it was opened
    return True


def _forbidden() -> dict[str, tuple[object, ...]]:
    """Functions of the C library that must fail here, with words on which they might not."""
    return {
        "unshare": (0x10000000,),
        "mount": (b"tmpfs", b"/tmp", b"tmpfs", 0, None),
        "umount2": (b"/tmp", 2),
        "setns": (0, 0),
        "chroot": (b"/",),
        "sethostname": (b"x", 1),
        "ptrace": (0, 0, 0, 0),
        "setuid": (0,),
    }


def _done(name: str, words: tuple[object, ...]) -> bool:
    return bool(getattr(ctypes.CDLL(None), name)(*words) == 0)


def _socket(kind: int) -> bool:
    try:
        socket.socket(kind, socket.SOCK_DGRAM).close()
    except OSError:
        return False
    return True
