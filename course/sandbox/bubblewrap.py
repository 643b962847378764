"""The full sandbox in which a participant's program runs: bubblewrap.

Inside there is the system and the toolkit, read only; an empty folder with the assignment's data
files; no network, no other process, nothing of the instructor's environment, and neither the
notebook nor its checks.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

HOME = "/home/participant"
GIVEN = "/given"  # where a nursery finds the data files
SPACE = 64 << 20  # bytes of each folder that can be written to
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/fonts",
           "/etc/localtime", "/etc/alternatives", "/etc/mime.types")  # fmt: skip
_PACKAGE = Path(__file__).parents[1]
_SHUT = ("--remount-ro", "/dev", "--remount-ro", "/", "--chdir", HOME)
_LAUNCHER = Path(__file__).with_name("launcher.py")


def command(argv: Sequence[str], files: Mapping[str, str], seconds: int) -> list[str]:
    """The command that runs `argv` in the sandbox, with `files` (name inside: path here)."""
    words = ["--uid", "65534", "--gid", "65534", *_view()]
    for name, path in files.items():
        words += ["--ro-bind", path, f"{HOME}/{name}"]
    launch = [sys.executable, "-I", "-S", str(_LAUNCHER), str(seconds)]
    return [*launch, _bubblewrap(), *words, *_SHUT, *argv]


def around(argv: Sequence[str], files: Mapping[str, str]) -> list[str]:
    """The command that runs a nursery: it sees as much, and may make further namespaces inside."""
    words = ["--uid", "0", "--gid", "0", *_view(), "--dir", GIVEN]
    words += ["--cap-add", "CAP_SYS_ADMIN", "--cap-add", "CAP_SETFCAP"]  # in its own users only
    for name, path in files.items():
        words += ["--ro-bind", path, f"{GIVEN}/{name}"]
    return [_bubblewrap(), *words, *_SHUT, *argv]


def _bubblewrap() -> str:
    return shutil.which("bwrap") or "bwrap"


def _view() -> list[str]:
    """Bubblewrap's words for what is seen inside, before the data files."""
    words = [
        "--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts",
        "--unshare-cgroup-try", "--cap-drop", "ALL", "--die-with-parent", "--clearenv",
        "--new-session", "--hostname", "proclusters",
    ]  # fmt: skip
    for name, value in environment().items():
        words += ["--setenv", name, value]
    for place in ("/tmp", HOME):  # noqa: S108 - the sandbox's own; what is bound below lies over it
        words += ["--size", str(SPACE), "--tmpfs", place]
    for path in _SYSTEM:
        words += ["--ro-bind-try", path, path]
    for place in toolkit():
        words += ["--ro-bind", place, place]
    words += ["--proc", "/proc", "--dev", "/dev"]
    return [*words, "--size", str(SPACE), "--tmpfs", "/dev/shm"]  # noqa: S108 - the sandbox's own


def toolkit() -> list[str]:
    """Where the interpreter, its packages and this package lie, apart from the system."""
    places = dict.fromkeys((sys.base_prefix, sys.prefix, str(_PACKAGE)))
    return [each for each in places if each != "/usr" and not each.startswith(("/usr/", "/lib"))]


def seen() -> tuple[str, ...]:
    """What a program may read of this machine: the system and the toolkit."""
    return (*_SYSTEM, *toolkit())


@cache
def refusal() -> str:
    """Why no sandbox can be had, by starting a real one; empty if it can."""
    if sys.platform != "linux":
        return "она есть только в Linux"
    if shutil.which("bwrap") is None:
        return "программа bwrap не найдена"
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            command([sys.executable, "-I", "-c", "print('ready')"], {}, 10),
            capture_output=True, text=True, timeout=60, check=False, errors="replace",
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{type(error).__name__}"
    if done.returncode == 0 and done.stdout == "ready\n":
        return ""
    return (done.stderr.strip().splitlines() or ["причина неизвестна"])[-1][:200]


def environment() -> dict[str, str]:
    """All that the program inside finds in its environment."""
    return {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": HOME,
        "LANG": "C.UTF-8",
        "MPLBACKEND": "agg",
        "MPLCONFIGDIR": "/tmp/matplotlib",  # noqa: S108 - the sandbox's own
        "IPYTHONDIR": "/tmp/ipython",  # noqa: S108
        "OPENBLAS_NUM_THREADS": "1",
        "NBGRADER_EXECUTION": "autograde",
    }
