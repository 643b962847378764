"""Landlock: a process shuts itself, and all below it, off from the files of this machine.

What is not named can be neither read nor written, whoever owns it. From the sixth edition (`ABI`)
on the kernel also keeps such a process from signalling any process outside. Landlock leaves open
what needs no file to be opened: names and sizes of files, rights, times, sockets that lie in
folders; for these there is the filter of system calls.
"""

from __future__ import annotations

import ctypes
import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from course.sandbox import kernel

ABI = 6  # the edition that is needed: it knows signals and abstract sockets

# linux/landlock.h; the three calls have the same numbers on every machine
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION, _BENEATH = 1, 1
_EXECUTE, _WRITE, _READ, _LIST = 1, 2, 4, 8
_DEVICES = (1 << 6) | (1 << 9) | (1 << 11)  # making devices and sockets
_TRUNCATE, _CONTROL = 1 << 14, 1 << 15
_ALL = (1 << 16) - 1
_NETWORK = 3  # listening and connecting by TCP
_SCOPES = 3  # abstract sockets and signals
_SEEN = _EXECUTE | _READ | _LIST
_FILE = _EXECUTE | _WRITE | _READ | _TRUNCATE | _CONTROL  # what can be allowed for a file itself


class _Rules(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64),
    )  # fmt: skip


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def edition() -> int:
    """Which edition of Landlock the running kernel has; 0 if none, or if it is switched off."""
    try:
        return _ask(_CREATE, None, 0, _VERSION)
    except OSError as error:
        if error.errno in (errno.ENOSYS, errno.EOPNOTSUPP):
            return 0
        raise


def restrict(seen: Iterable[str], own: Iterable[str]) -> None:
    """From now on only read what is `seen`, and read and write what lies in `own`.

    Paths that are not there are passed over. This process must have no other threads, and must
    have given up new rights before (`kernel.renounce`). `OSError` if the kernel refuses.
    """
    rules = _Rules(_ALL, _NETWORK, _SCOPES)
    held = _ask(_CREATE, ctypes.byref(rules), ctypes.sizeof(rules), 0)
    try:
        for path in seen:
            _allow(held, path, _SEEN)
        for path in own:
            _allow(held, path, _ALL & ~_DEVICES)
        _ask(_RESTRICT, held, 0)
    finally:
        os.close(held)


def _allow(held: int, path: str, rights: int) -> None:
    if not Path(path).exists():
        return
    handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not stat.S_ISDIR(os.fstat(handle).st_mode):
            rights &= _FILE
        rule = _Beneath(rights, handle)
        _ask(_ADD, held, _BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(handle)


def _ask(number: int, *words: object) -> int:
    longs = (ctypes.c_long(word) if isinstance(word, int) else word for word in words)
    return kernel.call("syscall", ctypes.c_long(number), *longs)
