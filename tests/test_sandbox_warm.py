"""Warm seats: what a program finds in one is what it finds in a started one, and nobody else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from course import grading
from course.folder import CourseFolder
from course.grading import bench, shelf
from course.sandbox import crew, levels, probe, seating, talk, warm, watch
from course.sandbox.talk import Talk
from tests.courses import programs
from tests.hostile import programs as hostile

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="только в Linux процессы ветвятся"),
    pytest.mark.sandbox,
    pytest.mark.slow,
]
SECRET = ("CANARY-of-a-", "sibling")  # in two parts, so that looking for it does not find itself


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    place = tmp_path_factory.mktemp("data")
    (place / "firms.csv").write_text("a,b\n1,2\n")
    (place / "deep").mkdir()
    (place / "deep" / "more.txt").write_text("more")
    return {name: str(place / name) for name in ("firms.csv", "deep/more.txt")}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("answers") / "answers.json"
    path.write_text(json.dumps({"mine": "".join(SECRET)}))
    return str(path)


@pytest.fixture(scope="module", autouse=True)
def _dismissed() -> Iterator[None]:
    yield
    crew.dismiss()


@pytest.fixture
def seats(files: dict[str, str], answers: str) -> Iterator[list[Talk]]:
    made = [warm.child("seat", files, answers, 60), warm.child("seat", files, os.devnull, 60)]
    yield made
    for each in made:
        each.close()


def said(seat: Talk, source: str) -> str:
    reply = seat.ask({"run": source}, 60)
    assert reply["fine"], (source, reply)
    return str(reply["text"]).strip()


def cold(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> Talk:
        raise warm.ColdError("asked for")

    monkeypatch.setattr(warm, "child", refuse)


SEEN = (
    "import os, sys; print(sorted(os.environ.items()))",
    "print(os.getcwd(), sorted(os.listdir('.')), os.getuid(), os.getgid(), os.getppid())",
    "print(os.listdir('/proc/self/fd') and sorted(n for n in os.listdir('/proc') if n.isdigit()))",
    "import resource\nprint([resource.getrlimit(n) for n in (0, 1, 4, 7, 8, 9)])",
    "print(sys.flags, sys.path, __name__, sys.argv)",
    "print(open('firms.csv').read(), open('deep/more.txt').read(), open('answers.json').read())",
    "print(os.statvfs('.').f_blocks, os.statvfs('/tmp').f_blocks, os.statvfs('/dev/shm').f_blocks)",
    "import socket; print(socket.gethostname(), os.cpu_count(), os.getpgrp() > 0)",
    "import signal; print(signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGCHLD))",
    "import os, pty; print(len(pty.openpty()), os.listdir('/dev/pts'))",
    "!echo by a shell",
    "print([line for line in open('/proc/self/status') if line[:3] in ('Cap', 'NoN', 'Sec')])",
    "import numpy as np; print(np.random.default_rng(7).random(3)); np.float64(1) / 0",
    "try:\n    matplotlib\nexcept NameError as error:\n    print(error)",
    "import matplotlib as m\ntry:\n    m.pyplot\nexcept AttributeError as error:\n    print(error)",
    "import pandas as pd, decimal; print(pd.read_csv('firms.csv'), decimal.getcontext())",
    "import matplotlib.pyplot as plt; plt.plot([1, 3, 2]); print(plt.get_backend())",
    "print(__builtins__ is not None, 'gc' in sys.modules or 'gc hidden', dir())",
    "open('statistics.py', 'w').write('mean = 7'); import statistics; print(statistics.mean)",
    "1 / 0",
)  # fmt: skip


def test_a_program_sees_what_it_sees_in_a_started_seat(
    files: dict[str, str], answers: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = seating.Room(levels.FULL, str(tmp_path), files, answers, 60)
    forked = room.seat()
    assert isinstance(forked._life, warm.Forked)
    cold(monkeypatch)
    started = room.seat()
    assert isinstance(started._life, talk.Started)
    try:
        for source in SEEN:
            replies = [each.ask({"run": source}, 120) for each in (forked, started)]
            assert replies[0] == replies[1], source
            assert replies[0]["text"] or source == SEEN[-1], source
    finally:
        forked.close()
        started.close()


QUICK = (
    "equal_share",
    "run_cell",
    "reply",
    "seat",
    "internet",
    "told",
    "exit",
    "deep",
    "namespace",
)
HONEST: dict[str, dict[str, str]] = {
    "right": {},
    "no_error": {"share": "def share(part, whole):\n    return part / (whole or 1)"},
    "half": {"table": "firms = pd.read_csv('firms.csv')\nby_region = firms"},
    "broken": {"plot": "heights = [1, 2", "two": "def part_of_two(x):\n    return x / 2"},
    "empty": {"share": "", "table": "", "plot": "", "two": "", "essay": ""},
}  # fmt: skip


def graded(folder: CourseFolder) -> dict[str, Any]:
    """What grading gave for everybody, but for the picture's bytes."""
    for person, sources in HONEST.items():
        programs.hand_in(folder, person, **sources)
    for case in hostile.CASES:
        if case.name in QUICK:
            programs.hand_in(folder, case.name, **case.sources)
    summary = grading.grade(folder, programs.NAME)
    found: dict[str, Any] = {each.person: each.reason for each in summary.quarantined}
    for person in summary.graded:
        outcome = shelf.outcome(folder, person, programs.NAME)
        assert outcome
        points = [(cell.cell, cell.score) for cell in outcome.cells]
        found[person] = (outcome.unprotected, outcome.level, points)
        if person in HONEST:  # a hostile one that reaches into its own seat finds another inside
            found[person] += (outcome.cells, outcome.shown)
    return found


@pytest.mark.long
def test_points_are_the_same_forked_or_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forked: list[str] = []
    made = warm.child

    def counted(kind: str, *rest: Any) -> Talk:
        child = made(kind, *rest)
        forked.append(kind)
        return child

    monkeypatch.setattr(warm, "child", counted)
    first = graded(programs.course(tmp_path / "warm"))
    runs = len(HONEST) + len(QUICK) + 1  # and the author's own
    assert (forked.count("seat"), forked.count("judge")) == (runs, runs)
    cold(monkeypatch)
    assert graded(programs.course(tmp_path / "cold")) == first


REFUSED = (
    "import os; os.read(os.open('/proc/1/mem', os.O_RDONLY), 1)",
    "open('/proc/1/environ').read()",
    "open('/proc/self/comm', 'w')",
    "open('/proc/sys/kernel/hostname', 'w')",
    "open('/proc/sysrq-trigger', 'w')",
    "open('/given/firms.csv', 'w')",
    "open('firms.csv', 'w')",
    "open('deep/more.txt', 'a')",
    "open('answers.json', 'w')",
    "import os; os.unlink('firms.csv')",
    "import os; os.rename('answers.json', 'other')",
    "import os; os.setuid(0)",
    "import os; os.mknod('/tmp/device', 0o20666, os.makedev(1, 1))",
    "import os; os.chroot('/tmp')",
    "import os; os.kill(os.getpid() + 1000, 9)",
    "import resource; resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
    "import socket; socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
    "import pathlib, pandas; (pathlib.Path(pandas.__file__).parent / 'x').write_text('')",
)
CALLS = """import ctypes
calls = {
    'unshare': (0x10000000,), 'mount': (b'x', b'/tmp', b'tmpfs', 0, None),
    'umount2': (b'/home/participant', 2), 'umount': (b'/proc',), 'ptrace': (16, 1, 0, 0),
    'shmget': (0, 4096, 0o1600), 'sethostname': (b'x', 1), 'memfd_create': (b'x', 0),
}
print([getattr(ctypes.CDLL(None), name)(*words) for name, words in calls.items()])"""


@pytest.mark.parametrize("source", REFUSED)
def test_what_is_refused_in_a_seat(source: str, seat: Talk) -> None:
    assert seat.ask({"run": source}, 60)["error"] in (
        "OSError", "PermissionError", "ProcessLookupError", "ValueError", "FileNotFoundError",
    )  # fmt: skip


@pytest.fixture(scope="module")
def seat(files: dict[str, str], answers: str) -> Iterator[Talk]:
    made = warm.child("seat", files, answers, 60)
    yield made
    made.close()


def test_no_call_of_the_system_gives_more_rights(seat: Talk) -> None:
    assert set(json.loads(said(seat, CALLS))) == {-1}


def test_handles_are_the_pipes_of_this_seat_alone(seats: list[Talk]) -> None:
    source = (
        "import os, fcntl\nfound = []\nfor n in range(1024):\n    try:\n"
        "        fcntl.fcntl(n, fcntl.F_GETFD); found.append(os.readlink(f'/proc/self/fd/{n}'))\n"
        "    except OSError:\n        pass\nprint(*found)"
    )
    first, second = (said(each, source).split() for each in seats)
    pipes = [{each for each in found if each.startswith("pipe:")} for found in (first, second)]
    assert [len(each) for each in pipes] == [2, 2]
    assert not pipes[0] & pipes[1]
    assert set(first) - pipes[0] == {"/dev/null"}


def test_siblings_share_no_folder_socket_or_terminal(seats: list[Talk]) -> None:
    leave = (
        "import os, socket, pty\nfor place in ('/tmp', '/dev/shm', '.'):\n"
        "    open(f'{place}/left', 'w').write('x')\n"
        "kept = socket.socket(socket.AF_UNIX); kept.bind('\\0meeting'); kept.listen()\n"
        "terminal = pty.openpty()"
    )
    look = (
        "import os, socket\nplaces = '/tmp', '/dev/shm', '.'\n"
        "found = [p for p in places if 'left' in os.listdir(p)]\ntry:\n"
        "    socket.socket(socket.AF_UNIX).connect('\\0meeting'); found.append('socket')\n"
        "except ConnectionRefusedError:\n    pass\nprint(found, os.listdir('/dev/pts'))"
    )
    said(seats[0], leave)
    assert said(seats[1], look) == "[] ['ptmx']"
    seats[0].close()
    assert said(seats[1], look) == "[] ['ptmx']"


def test_memory_holds_nothing_of_a_sibling(seats: list[Talk], files: dict[str, str]) -> None:
    search = (
        f"import re\nword = {SECRET[0]!r}.encode() + {SECRET[1]!r}.encode()\nhits = 0\n"
        "memory = open('/proc/self/mem', 'rb', 0)\nfor line in open('/proc/self/maps'):\n"
        "    low, high = (int(part, 16) for part in line.split()[0].split('-'))\n"
        "    if line.split()[1][0] != 'r' or 'vvar' in line: continue\n"
        "    try:\n        memory.seek(low); hits += memory.read(high - low).count(word)\n"
        "    except (OSError, OverflowError, ValueError):\n        pass\nprint(hits)"
    )
    said(seats[0], "secret = open('answers.json').read()")
    late = warm.child("seat", files, os.devnull, 60)
    try:
        # `word` itself, and what the interpreter made of it
        control = said(seats[1], search)
        assert int(said(seats[0], search)) > int(control)
        assert said(late, search) == control
    finally:
        late.close()


def test_signals_reach_nobody_else(seats: list[Talk], files: dict[str, str]) -> None:
    everybody = (
        "import os, signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGSTOP):\n"
        "    os.kill(1, number)\ntry:\n    os.kill(-1, signal.SIGKILL)\n"
        "except ProcessLookupError:\n    pass\nprint('still here')"
    )
    assert said(seats[0], everybody) == "still here"
    assert said(seats[1], "print('and here')") == "and here"
    late = warm.child("seat", files, os.devnull, 60)
    assert said(late, "print('and new')") == "and new"
    late.close()


@pytest.mark.parametrize(
    "source",
    ["import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass",
     "kept = []\nwhile True:\n    try:\n        kept.append(bytearray(b'x') * (1 << 24))\n"
     "    except MemoryError:\n        pass"],
    ids=["forks", "memory"],
)  # fmt: skip
def test_a_hog_ends_alone(source: str, seats: list[Talk], files: dict[str, str]) -> None:
    eye = watch.Watch(*seats)
    with pytest.raises(crew.CheckerDiedError, match="end"):
        seats[0].ask({"run": source}, 100)
    eye.stop()
    assert said(seats[1], "print(sorted(int(n) for n in __import__('os').listdir('/proc')"
                " if n.isdigit()))") == "[1, 2]"  # fmt: skip
    late = warm.child("seat", files, os.devnull, 60)
    assert said(late, "print(6 * 7)") == "42"
    late.close()


def test_closing_ends_all_that_a_program_started(seats: list[Talk]) -> None:
    said(seats[0], "import subprocess\nfor _ in range(3):\n    subprocess.Popen(['/bin/sh', '-c',"
         " 'trap \"\" TERM HUP; sleep 600'], start_new_session=True)")  # fmt: skip
    processes = list(watch._below(seats[0].pid))
    assert len(processes) >= 5
    seats[0].close()
    assert not [each for each in processes if Path(f"/proc/{each}").exists()]


def test_all_ends_with_a_killed_grader(files: dict[str, str]) -> None:
    script = (
        "import json, os, sys, time\nfrom course.sandbox import warm, watch\n"
        f"seat = warm.child('seat', {files!r}, os.devnull, 60)\n"
        "nursery, = warm._nurseries.values()\n"
        "print(json.dumps([*watch._below(nursery._process.pid)]), flush=True)\ntime.sleep(600)"
    )
    grader = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    assert grader.stdout
    with grader.stdout:
        processes = json.loads(grader.stdout.readline())
    grader.send_signal(signal.SIGKILL)
    grader.wait()
    assert len(processes) >= 4  # bubblewrap's two, the nursery, the seat's first
    end = time.monotonic() + 20
    while left := [each for each in processes if Path(f"/proc/{each}").exists()]:
        assert time.monotonic() < end, left
        time.sleep(0.05)


def test_a_nursery_that_was_killed_is_nobodys_fault(tmp_path: Path) -> None:
    source = "import time\ntime.sleep(1.5)"
    task = {
        "books": [[{"kind": "own", "cell": "own", "source": source},
                   {"kind": "tests", "cell": "check", "source": "1", "points": 1}]],
        "data": {}, "answers": {}, "seconds": 60, "level": levels.FULL, "unprotected": [],
    }  # fmt: skip
    warm.child("seat", {}, os.devnull, 60).close()
    nursery = next(iter(reversed(warm._nurseries.values())))
    killed = threading.Timer(1.0, nursery._process.kill)
    killed.start()
    reply = json.loads(bench.check(json.dumps(task)))
    assert killed.finished.is_set()
    assert not nursery.lives
    assert [each["score"] for each in reply["cells"]] == [1.0]


def test_the_judge_is_shut_in_too(files: dict[str, str], tmp_path: Path) -> None:
    book = tmp_path / "gradebook.db"
    book.write_text("points")
    judge, given = seating.Room(levels.FULL, str(tmp_path), files, os.devnull, 60).judge()
    judge.say({"data": given, "answers": {}}, 20)
    check = (
        "import os\nassert open('firms.csv').read() and open('deep/more.txt').read() == 'more'\n"
        f"assert not os.path.exists({str(book)!r})\n"
        "for name in ('display', 'get_ipython', '__IPYTHON__'):\n"
        "    assert name not in dir(__builtins__)\n"
        "try:\n    pd\nexcept NameError:\n    pass\nelse:\n    raise AssertionError\n0.5"
    )
    assert judge.ask({"check": check, "values": {}}, 60) == {"score": 0.5, "fault": "", "parts": []}
    judge.close()


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [("processes", [1, 2, 3], "processes"), ("handles", [0, 1, 2, 9], "handles"),
     ("rights", "2", "rights"), ("filter", ["1", "0"], "filter"), ("writable", ["/"], "writable"),
     ("found", ["/tmp"], "found"),
     ("changeable", ["x"], "changeable"), ("allowed", ["mount"], "allowed"),
     ("sockets", [2], "sockets"),
     ("user", [0, 0, 0], "user"), ("environment", ["HOME", "TOKEN"], "environment")],
)  # fmt: skip
def test_whatever_is_not_shut_in_is_told(
    name: str, value: object, word: str, reports: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    first, second = reports
    assert probe.faults(first, second) == []
    assert probe.faults(first, {**second, name: value})[0].startswith(word)
    assert probe.faults({**first, "worlds": second["worlds"]}, second)


@pytest.fixture(scope="module")
def reports(files: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    nursery = warm._had(files)
    talks = [warm._shut_in(nursery.child, "probe", os.devnull, 20) for _ in range(2)]
    first, second = (each.hear(20) for each in talks)
    for each in talks:
        each.close()
    return first, second


@pytest.mark.long
@pytest.mark.parametrize(
    ("broken", "word"),
    [("e._NET = 0", "net namespace"), ("e._IPC = 0", "ipc namespace"), ("e._PIDS = 0", ""),
     ("e._READ_ONLY = 0", "changeable: ['/proc/self/comm'"), ("e._CGROUP = 0", "cgroup namespace"),
     ("e.kernel.renounce = lambda: None", "rights"),
     ("e.kernel.install = lambda program: None", "filter"),
     ("e.renounce = lambda below, seconds: None", "user"),
     ("n.Nursery._forget = lambda self, given: [n.os.dup2(h, p) for h, p in zip(given, (0, 1, 3))]",
      "handles"),
     ("n.socket.recv_fds = lambda *words: (b'', [], 0, None)", ""),
     ("n.os.environ['TOKEN'] = 'x'", "environment"),
     ("import threading; threading.Thread(target=n.signal.pause, daemon=True).start()", "thread"),
     ("import mmap; kept = mmap.mmap(-1, 4096)", "shared memory")],
)  # fmt: skip
def test_a_nursery_that_shuts_nobody_in_is_not_used(
    broken: str, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = f"from course.sandbox import enclosure as e, nursery as n; {broken}; n.main()"
    monkeypatch.setattr(warm, "_PYTHON", (sys.executable, "-I", "-X", "utf8", "-c", script))
    (tmp_path / "data.csv").write_text("")
    data = {"data.csv": str(tmp_path / "data.csv")}
    with pytest.raises(warm.ColdError) as refusal:
        warm.child("seat", data, os.devnull, 10)
    assert word in str(refusal.value)


def test_what_cannot_be_forked_is_started(
    tmp_path: Path, files: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warm.bubblewrap, "around", lambda *_: ["/bin/false"])
    (tmp_path / "data.csv").write_text("")
    data = {"data.csv": str(tmp_path / "data.csv")}
    with pytest.raises(warm.ColdError):
        warm.child("seat", data, os.devnull, 10)
    started = seating.Room(levels.FULL, str(tmp_path), data, os.devnull, 10).seat()
    assert isinstance(started._life, talk.Started)
    started.close()


def test_a_data_file_that_stands_for_a_module_is_never_passed_over(tmp_path: Path) -> None:
    (tmp_path / "pandas.py").write_text("mine = True")
    data = {"pandas.py": str(tmp_path / "pandas.py")}
    with pytest.raises(warm.ColdError, match="in place of what is loaded"):
        warm.child("seat", data, os.devnull, 10)


def test_a_seat_that_reads_no_more_stops_nobody(seats: list[Talk]) -> None:
    forged = (
        "import os, time\nfor n in range(3, 64):\n    try:\n"
        '        os.write(n, b\'{"fine": true, "text": "forged"}\\n\'); break\n'
        "    except OSError:\n        pass\ntime.sleep(60)"
    )
    assert seats[0].ask({"run": forged}, 20)["text"] == "forged"
    start = time.monotonic()
    with pytest.raises(crew.CheckerDiedError, match="time"):
        seats[0].say({"run": "#" * 1_000_000}, 1.0)
    assert time.monotonic() - start < 10
