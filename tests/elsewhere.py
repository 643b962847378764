"""A run in which Python lacks what only Linux or Unix has: `python -m tests.elsewhere WIN FOLDER`.

What others wrote is loaded first, for it has its own ways on other systems; then our modules are
imported, and a course with forms is graded. `WIN` is "win32" or "darwin".
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import select
import signal
import socket
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

# of what others wrote: all that grading loads
import matplotlib.pyplot as _pyplot  # noqa: F401
import nbgrader.apps.api as _nbgrader  # noqa: F401
import pandas as _pandas  # noqa: F401

PACKAGES = ("course.grading", "course.sandbox", "course.gradebook", "course.people")
_LINUX = {
    os: ("pidfd_open", "unshare", "setns", "memfd_create", "sched_setaffinity", "getrandom",
         "O_PATH", "O_TMPFILE"),
    signal: ("pidfd_send_signal",),
    select: ("epoll",),
    socket: ("AF_NETLINK", "AF_VSOCK"),
}  # fmt: skip
_UNIX = {
    os: ("O_NOFOLLOW", "O_NONBLOCK", "O_DIRECTORY", "O_CLOEXEC", "killpg", "getuid", "geteuid",
         "getgid", "fork", "forkpty", "setsid", "setpgid", "getpgid", "sysconf", "mkfifo", "mknod",
         "chown", "fchmod", "statvfs", "setuid", "setgid", "chroot", "getloadavg", "uname",
         "sched_getaffinity", "set_blocking", "nice"),
    signal: ("SIGKILL", "SIGHUP", "SIGALRM", "SIGSTOP", "SIGUSR1", "SIGCHLD", "setitimer",
             "pthread_sigmask"),
    socket: ("AF_UNIX", "send_fds", "recv_fds", "SOCK_SEQPACKET", "SCM_RIGHTS"),
    select: ("poll",),
}  # fmt: skip
_MODULES = {"fcntl", "grp", "pty", "pwd", "resource", "termios"}


class _Absent:
    """Modules that are not there."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Called by the import system."""
        if name in _MODULES:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


def bereave(platform: str) -> None:
    """Take from Python what it has not got on another system."""
    windows = platform == "win32"
    for table in (_LINUX, _UNIX) if windows else (_LINUX,):
        for module, names in table.items():
            for name in names:
                vars(module).pop(name, None)
    if windows:
        for name in _MODULES:
            sys.modules.pop(name, None)
        sys.meta_path.insert(0, _Absent())
        os.supports_fd = set()
        os.supports_dir_fd = set()
    ctypes.CDLL = None  # type: ignore[assignment, misc]
    sys.platform = platform


def main() -> None:
    """Import every module, grade, and print what came of it as JSON."""
    platform, root = sys.argv[1], Path(sys.argv[2])
    bereave(platform)
    here = Path(__file__).parents[1]
    for package in PACKAGES:
        for path in sorted((here / package.replace(".", "/")).glob("*.py")):
            importlib.import_module(f"{package}.{path.stem}".removesuffix(".__init__"))
    signal.SIGKILL = 9  # type: ignore[misc, assignment]  # this system's own subprocess needs it
    from course import grading
    from course.folder import CourseFolder
    from tests import tiny

    folder = CourseFolder(root)
    mail = grading.collect(folder, root / "mail")
    summary = grading.grade(folder, tiny.NAME)
    again = grading.grade(folder, tiny.NAME)
    pages = grading.feedback(folder, tiny.NAME)
    print(json.dumps({
        "taken": mail.taken,
        "graded": summary.graded,
        "unchanged": again.unchanged,
        "refused": {each.person: each.reason for each in summary.quarantined},
        "pages": len(list(folder.feedback.rglob("*.html"))),
        "told": str(pages)[:200],
    }))  # fmt: skip


if __name__ == "__main__":
    main()
