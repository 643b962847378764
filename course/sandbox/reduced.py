"""The sandbox where namespaces are denied, as in a pod without privileges: level `reduced`.

`python -I -m course.sandbox.reduced seat|split SECONDS FOLDER` becomes one of the two with which a
program is graded. It can read the system and the toolkit, and read and write its own folder: by
Landlock, a filter of system calls, limits.
It is less than bubblewrap gives. The program counts as the same user, is told names and sizes of
files elsewhere if it guesses where they are, and writes to the disk itself; were there a hole in
one of the three, nothing else would stand in its way. So it is had only where an administrator
allows it (`levels.ALLOWED`), and what was graded so is marked.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import runpy
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from course.sandbox import bubblewrap, kernel, landlock, scratch

PROCESSES = 128  # more than the user has already
FILES = 10_000  # in the program's own folder
_PACE = 0.1  # seconds between two looks at it
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")

# numbers of system calls by machine, besides those that `launcher` denies: whatever Landlock does
# not judge and could reach a file, a process or a socket outside, or leave the process group
_DENIED = {
    "x86_64": {
        "socket": 41, "connect": 42, "accept": 43, "bind": 49, "listen": 50, "accept4": 288,
        "setpgid": 109, "setsid": 112, "chown": 92, "fchown": 93, "lchown": 94, "fchownat": 260,
        "setxattr": 188, "lsetxattr": 189, "fsetxattr": 190, "removexattr": 197,
        "lremovexattr": 198, "fremovexattr": 199, "setpriority": 141, "sched_setparam": 142,
        "sched_setscheduler": 144, "sched_setaffinity": 203, "sched_setattr": 314,
        "ioprio_set": 251, "inotify_add_watch": 254, "fanotify_init": 300, "shmctl": 31,
        "semop": 65, "semctl": 66, "semtimedop": 220, "msgsnd": 69, "msgrcv": 70, "msgctl": 71,
        "migrate_pages": 256, "move_pages": 279,
    },
    "aarch64": {
        "socket": 198, "connect": 203, "accept": 202, "bind": 200, "listen": 201, "accept4": 242,
        "setpgid": 154, "setsid": 157, "fchown": 55, "fchownat": 54,
        "setxattr": 5, "lsetxattr": 6, "fsetxattr": 7, "removexattr": 14,
        "lremovexattr": 15, "fremovexattr": 16, "setpriority": 140, "sched_setparam": 118,
        "sched_setscheduler": 119, "sched_setaffinity": 122, "sched_setattr": 274,
        "ioprio_set": 30, "inotify_add_watch": 27, "fanotify_init": 262, "shmctl": 195,
        "semop": 193, "semctl": 191, "semtimedop": 192, "msgsnd": 189, "msgrcv": 188,
        "msgctl": 187, "migrate_pages": 238, "move_pages": 239,
    },
}  # fmt: skip
_EVERYWHERE = {
    "pidfd_getfd": 438, "process_madvise": 440, "process_mrelease": 448, "setxattrat": 463,
    "removexattrat": 466, "file_setattr": 469,
}  # fmt: skip
# rights and times of any file of the same user: said to be done, since honest programs ask too
_PRETENDED = {
    "x86_64": {"chmod": 90, "fchmod": 91, "fchmodat": 268, "fchmodat2": 452, "utime": 132,
               "utimes": 235, "futimesat": 261, "utimensat": 280},
    "aarch64": {"fchmod": 52, "fchmodat": 53, "fchmodat2": 452, "utimensat": 88},
}  # fmt: skip
_PAIRS, _LIMITS = {"x86_64": 53, "aarch64": 199}, {"x86_64": 302, "aarch64": 261}
_ALLOW, _EPERM, _DONE = 0x7FFF0000, 0x00050001, 0x00050000
_LOAD, _EQUAL, _AND, _RETURN = 0x20, 0x15, 0x54, 0x06


def room(home: str, name: str, files: Mapping[str, str]) -> Path:
    """A new folder below `home` for a program, with our data `files`, which it can't change."""
    place = Path(home, name)
    place.mkdir(mode=0o700)
    scratch.copy(files, place)
    for each in files:
        (place / each).chmod(0o444)
    return place


def command(kind: str, place: Path, seconds: int) -> list[str]:
    """The command that starts a `seat` or a `split` which lives in the folder `place`."""
    python = [sys.executable, "-I", "-X", "utf8", "-m"]
    return [*python, "course.sandbox.reduced", kind, str(seconds), str(place)]


def environment(place: Path) -> dict[str, str]:
    """All that the program inside finds in its environment."""
    homes = dict.fromkeys(("HOME", "TMPDIR", "MPLCONFIGDIR", "IPYTHONDIR"), str(place))
    return {**bubblewrap.environment(), **homes}


@cache
def refusal() -> str:
    """Why this sandbox can't be had here, by starting a real one; empty if it can."""
    if sys.platform != "linux":
        return "она есть только в Linux"
    if platform.machine() not in _DENIED:
        return f"для процессора {platform.machine()} она не описана"
    found = landlock.edition()
    if found < landlock.ABI:
        have = f"Landlock версии {found}" if found else "нет Landlock"
        return f"в ядре {have}, а нужна версия {landlock.ABI}"
    try:
        wrong = _tried()
    except (OSError, subprocess.TimeoutExpired, ValueError, LookupError, TypeError) as error:
        return f"она не отвечает ({type(error).__name__})"
    return f"она не удержала программу: {wrong}" if wrong else ""


def _tried() -> str:
    """What a program inside could do and must not be able to; "" if nothing."""
    with tempfile.TemporaryDirectory(prefix="proclusters-try-") as home:
        place, outside = room(home, "own", {}), Path(home, "outside")
        outside.write_text("seen", "ascii")
        trial = _TRIAL.format(outside=str(outside), grader=os.getpid())
        done = subprocess.run(  # noqa: S603 - our own words
            command("seat", place, 30), input=json.dumps({"run": trial}) + "\n", text=True,
            capture_output=True, timeout=60, cwd=place, env=environment(place), check=False,
            start_new_session=True,
        )  # fmt: skip
        told = json.loads(done.stdout)
        return " ".join(told["text"].split()) if told["fine"] else "она не выполняет программ"


_TRIAL = """
import os, socket
tries = dict(
    read=lambda: open({outside!r}), write=lambda: open({outside!r}, "a"),
    list=lambda: os.listdir("/"), process=lambda: open("/proc/{grader}/environ"),
    signal=lambda: os.kill({grader}, 0), socket=lambda: socket.socket(socket.AF_UNIX),
    network=lambda: socket.socket(), session=os.setsid,
)
for name, action in tries.items():
    try:
        action()
    except OSError:
        continue
    print(name)
open("own", "w").close()
"""


def main() -> None:
    """Start the program, see that it keeps to its bounds, and end all of it when it ends."""
    kind, seconds, place = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    kernel.adopt()
    signal.signal(signal.SIGTERM, lambda *_: kernel.kill_group())
    kernel.die_with_parent(signal.SIGTERM)
    processes = _processes() + PROCESSES
    child = os.fork()
    if child == 0:
        try:
            _shut_in(place, seconds, processes)
            # no program could be started instead: where our package lies can't be listed any more
            runpy.run_module(f"{__package__}.{kind}", run_name="__main__")
        finally:
            os._exit(1)
    os.closerange(0, 3)
    while _lives(child) and _fits(Path(place)):
        time.sleep(_PACE)
    kernel.kill_group()


def _shut_in(place: str, seconds: int, processes: int) -> None:
    """All that holds the program, in the order in which it can be had."""
    import resource

    from course.sandbox import launcher

    kernel.die_with_parent()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.closerange(3, 1 << 16)
    launcher.limit(seconds)
    resource.setrlimit(resource.RLIMIT_NPROC, (processes, processes))
    kernel.renounce()
    landlock.restrict(bubblewrap.seen(), [place, *_DEVICES])
    machine = platform.machine()
    kernel.install(_filter(machine))
    kernel.install(launcher.program(machine))


def _filter(machine: str) -> bytes:
    """The filter for what `launcher.program`, which stands beside it, lets pass."""
    steps = [(_LOAD, 0, 0, 0)]
    for table, answer in (({**_DENIED[machine], **_EVERYWHERE}, _EPERM),
                          (_PRETENDED[machine], _DONE)):  # fmt: skip
        for number in table.values():
            steps += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, answer)]
    # only pairs of streams: what sends single messages could send them to any socket
    steps += [(_EQUAL, 0, 5, _PAIRS[machine]), (_LOAD, 0, 0, 24), (_AND, 0, 0, 0xF),
              (_EQUAL, 0, 1, 1), (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _EPERM)]  # fmt: skip
    # limits of this process, never of another
    steps += [(_EQUAL, 0, 3, _LIMITS[machine]), (_LOAD, 0, 0, 16), (_EQUAL, 1, 0, 0),
              (_RETURN, 0, 0, _EPERM), (_RETURN, 0, 0, _ALLOW)]  # fmt: skip
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def _processes() -> int:
    """How many processes and threads this user has on the machine: the limit counts these too."""
    found = 0
    for path in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if path.name.isdigit() and path.stat().st_uid == os.getuid():
                found += sum(1 for _ in (path / "task").iterdir())
    return found


def _lives(child: int) -> bool:
    """Whether the program still runs; whatever else ended below is cleared away."""
    while True:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return False
        if not ended:
            return True
        if ended == child:
            return False


def _fits(place: Path) -> bool:
    """Whether the program's folder is within its bounds."""
    files = size = 0
    todo = [str(place)]
    while todo:
        try:
            with os.scandir(todo.pop()) as entries:
                for entry in entries:
                    with contextlib.suppress(FileNotFoundError):
                        files += 1
                        size += entry.stat(follow_symlinks=False).st_blocks * 512
                    if files > FILES or size > bubblewrap.SPACE:
                        return False
                    if entry.is_dir(follow_symlinks=False):
                        todo.append(entry.path)
        except FileNotFoundError:  # gone meanwhile
            continue
        except OSError:  # too deep, or shut: nobody could tell what lies there
            return False
    return True


if __name__ == "__main__":
    main()
