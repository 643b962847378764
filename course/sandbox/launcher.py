"""The last step before the sandbox: limits, the filter of system calls, then bubblewrap.

Run by its path with `python -I -S launcher.py SECONDS bwrap …`; it never returns. The filter
(seccomp) allows only sockets inside this machine's file system, and denies what could make memory
or processes that no limit counts, or a further namespace.
"""

from __future__ import annotations

import os
import platform
import signal
import struct
import sys

MEMORY = 4 << 30  # address space of each process
FILE = 64 << 20
FILES = 128

# numbers of system calls by machine: asm/unistd_64.h; denied with EPERM
_DENIED = {
    "x86_64": (
        0xC000003E,
        {"memfd_create": 319, "memfd_secret": 447,
         "shmget": 29, "shmat": 30, "semget": 64, "msgget": 68,
         "io_uring_setup": 425, "ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311,
         "bpf": 321, "userfaultfd": 323, "keyctl": 250, "add_key": 248, "request_key": 249,
         "perf_event_open": 298, "unshare": 272, "setns": 308, "mount": 165, "pivot_root": 155,
         "mq_open": 240, "kcmp": 312, "open_by_handle_at": 304},
        {"socket": 41, "socketpair": 53, "clone": 56, "clone3": 435},
    ),
    "aarch64": (
        0xC00000B7,
        {"memfd_create": 279, "memfd_secret": 447,
         "shmget": 194, "shmat": 196, "semget": 190, "msgget": 186,
         "io_uring_setup": 425, "ptrace": 117, "process_vm_readv": 270, "process_vm_writev": 271,
         "bpf": 280, "userfaultfd": 282, "keyctl": 219, "add_key": 217, "request_key": 218,
         "perf_event_open": 241, "unshare": 97, "setns": 268, "mount": 40, "pivot_root": 41,
         "mq_open": 180, "kcmp": 272, "open_by_handle_at": 265},
        {"socket": 198, "socketpair": 199, "clone": 220, "clone3": 435},
    ),
}  # fmt: skip
_ALLOW, _EPERM, _ENOSYS, _KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
_NAMESPACES = 0x7E020080  # every CLONE_NEW… flag
_LOAD, _EQUAL, _ANY, _ABOVE, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06


def program(machine: str) -> bytes:
    """The filter as the kernel takes it; `KeyError` for a machine that is not known."""
    arch, denied, special = _DENIED[machine]
    steps = [
        (_LOAD, 0, 0, 4), (_EQUAL, 1, 0, arch), (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
        (_ABOVE, 0, 1, 0x40000000), (_RETURN, 0, 0, _EPERM),  # the x32 way round
    ]  # fmt: skip
    for number in denied.values():
        steps += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _EPERM)]
    steps += [(_EQUAL, 0, 1, special["clone3"]), (_RETURN, 0, 0, _ENOSYS)]
    for name in ("socket", "socketpair"):  # the first argument is 1: AF_UNIX
        steps += [(_EQUAL, 0, 4, special[name]), (_LOAD, 0, 0, 16), (_EQUAL, 0, 1, 1),
                  (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _EPERM)]  # fmt: skip
    steps += [(_EQUAL, 0, 3, special["clone"]), (_LOAD, 0, 0, 16), (_ANY, 0, 1, _NAMESPACES),
              (_RETURN, 0, 0, _EPERM), (_RETURN, 0, 0, _ALLOW)]  # fmt: skip
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def limit(seconds: int) -> None:
    """Limits that everything started from this process inherits."""
    import resource  # Windows has none, and imports this module all the same

    for kind, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, FILE),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
    ):
        resource.setrlimit(kind, (value, value))


def main() -> None:
    """Become bubblewrap, with its limits and its filter."""
    seconds, command = int(sys.argv[1]), sys.argv[2:]
    limit(seconds)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end, start = os.pipe()
    os.write(start, program(platform.machine()))
    os.close(start)
    os.set_inheritable(end, True)
    os.execvp(command[0], [command[0], "--seccomp", str(end), *command[1:]])  # noqa: S606


if __name__ == "__main__":
    main()
