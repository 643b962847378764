"""The level `reduced`: what a program can't do there, how it is told, and where it is refused."""

from __future__ import annotations

import os
import platform
import resource
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from course import grading
from course.errors import GradingError
from course.grading import shelf
from course.sandbox import bubblewrap, landlock, levels, reduced, scratch, seating
from course.sandbox.talk import Talk
from tests import killing
from tests.courses import programs
from tests.hostile import programs as hostile
from tests.hostile.corpus import nested
from tests.test_grading_programs import HONEST, scores, whole_corpus

SECRET = "CANARY-reduced-5d1e"
Run = Callable[[str], str]
here = pytest.mark.skipif(
    sys.platform != "linux" or landlock.edition() < landlock.ABI,
    reason="в этом ядре нет Landlock версии 6",
)


def seat(home: Path, seconds: int = 60) -> Talk:
    answers = home / "answers.json"
    answers.write_text("{}", "ascii")
    return seating.Room(levels.REDUCED, str(home), {}, str(answers), seconds).seat()


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """Run lines in a seat at this level, and get what they print."""
    with tempfile.TemporaryDirectory() as home:
        talk = seat(Path(home))

        def ask(lines: str) -> str:
            reply: dict[str, Any] = talk.ask({"run": lines}, 60)
            assert reply["fine"], reply
            return str(reply["text"]).strip()

        yield ask
        talk.close()


def attempt(run: Run, code: str) -> str:
    """What an attempt ends with: the error's name, or "done"."""
    guarded = "\n    ".join(code.splitlines())
    return run(
        f"try:\n    {guarded}\nexcept BaseException as error:\n"
        "    print(type(error).__name__)\nelse:\n    print('done')"
    )


@here
def test_a_real_one_starts() -> None:
    assert reduced.refusal.__wrapped__() == ""


@here
@pytest.mark.parametrize(
    "code",
    [
        "open({place!r} + '/secret').read()",
        "open({place!r} + '/secret', 'a')",
        "open({place!r} + '/new', 'w')",
        "import os\nos.truncate({place!r} + '/secret', 0)",
        "import os\nos.unlink({place!r} + '/secret')",
        "import os\nos.rename({place!r} + '/secret', 'mine')",
        "import os\nos.link({place!r} + '/secret', 'mine')",
        "import os\nos.symlink({place!r} + '/secret', 'link')\nopen('link').read()",
        "import os\nos.listdir({place!r})",
        "open('/etc/passwd')",
        "open('/proc/self/environ')",
        "open('/proc/{pid}/environ')",
        "open('/proc/{pid}/mem', 'rb')",
        "open('/dev/shm/x', 'w')",
        "open('/tmp/x', 'w')",
        "import os, sys\nopen(os.path.join(sys.prefix, 'x'), 'w')",
        "import os\nos.kill({pid}, 0)",
        "import os\nos.kill(os.getppid(), 9)",
        "import signal\nsignal.pidfd_send_signal(__import__('os').pidfd_open({pid}), 0)",
        "import resource\nresource.prlimit({pid}, resource.RLIMIT_CPU, (1, 1))",
        "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (10**6, 10**6))",
        "import os\nos.setpriority(os.PRIO_PROCESS, {pid}, 19)",
        "import os\nos.sched_setaffinity({pid}, [0])",
        "import os\nos.setsid()",
        "import os\nos.setpgid(0, 0)",
        "import os\nos.chown({place!r} + '/secret', 65534, 65534)",
        "import os\nos.setxattr({place!r} + '/secret', 'user.x', b'1')",
        "import os\nos.mkfifo({place!r} + '/pipe')",
        "import os\nos.mknod('device', 0o600 | 0o020000, os.makedev(1, 3))",
        "import os\nos.memfd_create('x')",
        "import os\nos.setuid(1)",
        "import socket\nsocket.socket()",
        "import socket\nsocket.socket(socket.AF_UNIX)",
        "import socket\na, b = socket.socketpair(type=socket.SOCK_DGRAM)\n"
        "a.sendto(b'x', {place!r} + '/door')",
        "import socket\na, b = socket.socketpair()\na.connect({place!r} + '/door')",
        "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "import socket\nsocket.socket(40, socket.SOCK_STREAM)",
        "import ctypes\nif ctypes.CDLL(None).unshare(1 << 28):\n    raise OSError",
        "import ctypes\nif ctypes.CDLL(None).ptrace(16, {pid}, 0, 0):\n    raise OSError",
        "import ctypes\nif ctypes.CDLL(None).shmget(1, 4096, 0o1777) < 0:\n    raise OSError",
    ],
)
def test_what_a_program_cannot_do(run: Run, tmp_path: Path, code: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text(SECRET, "ascii")
    before = secret.stat()
    limits = resource.getrlimit(resource.RLIMIT_CPU)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as door:
        door.bind(str(tmp_path / "door"))
        door.setblocking(False)
        ended = attempt(run, code.format(place=str(tmp_path), pid=os.getpid()))
        assert ended.endswith("Error"), ended
        with pytest.raises(BlockingIOError):
            door.recv(1)
    after = secret.stat()
    assert secret.read_text("ascii") == SECRET
    assert (after.st_mode, after.st_mtime_ns, after.st_uid, after.st_nlink) == (
        before.st_mode, before.st_mtime_ns, before.st_uid, before.st_nlink,
    )  # fmt: skip
    assert sorted(path.name for path in tmp_path.iterdir()) == ["door", "secret"]
    assert resource.getrlimit(resource.RLIMIT_CPU) == limits


@here
def test_rights_and_times_of_others_stay_whatever_it_is_told(run: Run, tmp_path: Path) -> None:
    """Landlock does not judge these, and honest programs ask for them when they copy a file."""
    secret = tmp_path / "secret"
    secret.write_text(SECRET, "ascii")
    before = secret.stat()
    code = f"import os\nos.chmod({str(secret)!r}, 0o777)\nos.utime({str(secret)!r}, (0, 0))"
    assert attempt(run, code) == "done"
    after = secret.stat()
    assert (after.st_mode, after.st_mtime_ns) == (before.st_mode, before.st_mtime_ns)


@here
@pytest.mark.parametrize(
    "code",
    [
        "open('own', 'w').write('x')\nassert open('own').read() == 'x'",
        "import os\nos.makedirs('a/b')\nopen('a/b/c', 'w').close()\nos.rename('a/b/c', 'd')",
        "import shutil\nopen('e', 'w').close()\nshutil.copy2('e', 'f')",
        "import tempfile\nwith tempfile.TemporaryDirectory() as t:\n    open(t + '/x', 'w')",
        "import subprocess\nassert subprocess.check_output(['/bin/echo', 'a']) == b'a\\n'",
        "import asyncio\nassert asyncio.run(asyncio.sleep(0, 5)) == 5",
        "import random, secrets\nsecrets.token_bytes(8)",
        "import threading\nt = threading.Thread(target=len, args=('',))\nt.start()\nt.join()",
        "import zoneinfo\nzoneinfo.ZoneInfo('Europe/Moscow')",
    ],
)
def test_what_an_honest_program_does(run: Run, code: str) -> None:
    assert attempt(run, code) == "done"


HANDLES = """import os
found = 0
for number in range(1024):
    try:
        os.fstat(number)
        found += 1
    except OSError:
        pass
print(found, *sorted(os.environ), os.getcwd() == os.environ["HOME"] == os.environ["TMPDIR"])"""


@here
def test_nothing_of_the_grader_is_inherited(tmp_path: Path) -> None:
    talk = seat(tmp_path)
    handles, *names, inside = talk.ask({"run": HANDLES}, 60)["text"].split()
    talk.close()
    assert handles == "6"  # four that lead nowhere, and the pipes to the grader
    assert not {"USER", "SHELL", "LOGNAME", "SECRET_TOKEN"} & set(names)
    assert inside == "True"


def left(talk: Talk) -> set[tuple[int, str]]:
    found = {(talk.pid, killing.birth(talk.pid)), *killing.descendants(talk.pid)}
    return {(pid, born) for pid, born in found if born}


SPAWN = """import os, subprocess, time
for _ in range(3):
    subprocess.Popen(["/bin/sleep", "600"])
if os.fork() == 0:
    if os.fork() == 0:
        time.sleep(600)
    os._exit(0)
time.sleep(0.3)"""


@here
def test_all_that_it_started_ends_with_it(tmp_path: Path) -> None:
    talk = seat(tmp_path)
    assert talk.ask({"run": SPAWN}, 60)["fine"]
    below = left(talk)
    assert len(below) == 6
    talk.close()
    killing.ended(below)


@here
def test_a_program_that_fills_the_disk_is_ended(tmp_path: Path) -> None:
    talk = seat(tmp_path)
    fill = "for n in range(99):\n    open(f'f{n}', 'wb').write(bytes(4 << 20))\nimport time"
    with pytest.raises(Exception, match="end"):
        talk.ask({"run": f"{fill}\ntime.sleep(60)"}, 30)
    talk.close()
    held = sum(path.stat().st_size for path in (tmp_path / "seat").iterdir())
    assert held < 1 << 29


@pytest.mark.skipif(sys.platform == "win32", reason="в Windows этой песочницы нет")
def test_what_nobody_can_look_into_does_not_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reduced._fits(tmp_path)
    assert reduced._fits(tmp_path / "gone")
    with scratch.Folder() as home:
        nested(Path(home))  # what lies there has a path too long to be opened
        assert not reduced._fits(Path(home))
    assert not Path(home).exists()

    def shut(place: str) -> None:
        raise PermissionError(place)

    monkeypatch.setattr(reduced.os, "scandir", shut)  # the superuser may look everywhere
    assert not reduced._fits(tmp_path)


@here
@pytest.mark.slow
def test_points_are_those_of_the_full_sandbox(tmp_path: Path) -> None:
    folder = programs.course(tmp_path)
    for person in ("right", "half_table"):
        programs.hand_in(folder, person, **HONEST[person])
    summary = grading.grade(folder, programs.NAME, level=levels.REDUCED)
    full = {key: float(value) for key, value in programs.WORTH.items()}
    assert scores(folder, "right") == full
    assert scores(folder, "half_table") == {**full, "check_table": 1}
    found = shelf.outcome(folder, "right", programs.NAME)
    assert found
    assert found.level == "reduced"
    told = "\n".join(summary.lines)
    assert "в облегчённой песочнице" in told
    assert "Не закрыты имена и размеры файлов" in told
    assert grading.grade(folder, programs.NAME, level=levels.REDUCED).graded == ()


def test_what_was_held_less_is_graded_again() -> None:
    ladder = (levels.NONE, levels.REDUCED, levels.FULL)
    for at, level in enumerate(ladder):
        assert [levels.weaker(level, other) for other in ladder] == [
            other > at for other in range(3)
        ]


def test_only_a_setting_allows_it_and_only_where_there_is_no_better(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bubblewrap, "refusal", lambda: "bwrap: No permissions")
    monkeypatch.delenv(levels.ALLOWED, raising=False)
    assert levels.chosen() == levels.FULL
    with pytest.raises(GradingError, match=r"No permissions.*PROCLUSTERS_SANDBOX=reduced"):
        levels.require(levels.chosen())
    monkeypatch.setenv(levels.ALLOWED, levels.REDUCED)
    assert levels.chosen() == levels.REDUCED
    monkeypatch.setattr(bubblewrap, "refusal", lambda: "")
    assert levels.chosen() == levels.FULL


@pytest.mark.parametrize(("found", "words"), [(0, "нет Landlock"), (4, "Landlock версии 4")])
def test_an_old_kernel_is_told(monkeypatch: pytest.MonkeyPatch, found: int, words: str) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(landlock, "edition", lambda: found)
    monkeypatch.setattr(reduced, "refusal", reduced.refusal.__wrapped__)
    with pytest.raises(GradingError, match=f"облегчённая песочница.*{words}.*нужна версия 6"):
        levels.require(levels.REDUCED)


@here
def test_one_that_holds_nothing_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = [sys.executable, "-I", "-X", "utf8", "-m", "course.sandbox.seat"]
    monkeypatch.setattr(reduced, "command", lambda *_: bare)
    told = reduced.refusal.__wrapped__()
    assert "не удержала программу: read" in told
    assert "socket" in told


@here
@pytest.mark.long
def test_the_whole_hostile_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", hostile.OUT)
    with hostile.planted() as home:
        whole_corpus(programs.course(tmp_path), home, levels.REDUCED)
