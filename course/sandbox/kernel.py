"""What grading asks of the Linux kernel itself: that a process dies with its parent, has no rights.

Every function raises `OSError` if the kernel refuses; elsewhere than in Linux there is nothing to
ask, and only `die_with_parent` may be called.
"""

from __future__ import annotations

import contextlib
import ctypes
import itertools
import os
import signal
import sys

# linux/prctl.h, linux/seccomp.h, linux/capability.h: the same numbers on every machine
_DIE_WITH_PARENT, _SECCOMP, _BOUNDING, _ADOPT, _NO_NEW_RIGHTS, _AMBIENT = 1, 22, 24, 36, 38, 47
_FILTER, _CLEAR = 2, 4
_CAPABILITIES = 0x20080522  # the third edition of the call: two words of each set


class _Program(ctypes.Structure):
    _fields_ = (("steps", ctypes.c_ushort), ("code", ctypes.c_char_p))


def call(name: str, *words: object) -> int:
    """What a function of the C library gives, unless it is an error."""
    given = getattr(ctypes.CDLL(None, use_errno=True), name)(*words)
    if given < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return int(given)


def _prctl(what: int, *words: int) -> None:
    call("prctl", what, *(ctypes.c_ulong(word) for word in (*words, 0, 0, 0, 0)[:4]))


def die_with_parent(number: int = 9) -> None:
    """Have the system end this process when the one that started it ends, however that happens.

    What the parent's end was in time for is seen by whoever reads from it: the input ends.
    """
    if sys.platform == "linux":
        _prctl(_DIE_WITH_PARENT, number)


def adopt() -> None:
    """Be the parent of every process below that lost its own, so that none gets away."""
    _prctl(_ADOPT, 1)


def renounce() -> None:
    """Give up every right over the system for good, and the hope to get one by a program."""
    _prctl(_NO_NEW_RIGHTS, 1)
    _prctl(_AMBIENT, _CLEAR)
    with contextlib.suppress(OSError):  # the first number that the kernel doesn't know, or no right
        for right in itertools.count():
            _prctl(_BOUNDING, right)
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES, 0)
    call("capset", header, (ctypes.c_uint32 * 6)())


def install(program: bytes) -> None:
    """Let a filter (seccomp) judge every system call of this process and all below from now on."""
    given = _Program(len(program) // 8, program)
    call("prctl", _SECCOMP, ctypes.c_ulong(_FILTER), ctypes.byref(given), 0, 0)


def kill_group() -> None:
    """End this process's group at once, itself too."""
    os.killpg(0, signal.SIGKILL)
