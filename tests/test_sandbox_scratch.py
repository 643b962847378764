"""What a killed grader leaves: no process, and no folder for longer than to the next run."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from course.errors import GradingError
from course.sandbox import landlock, levels, scratch
from tests import killing, tiny
from tests.courses import programs

linux = pytest.mark.skipif(sys.platform != "linux", reason="процессы видны только в Linux")


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary place of the test's own."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    yield place
    assert not [path for path in place.iterdir() if not path.name.startswith("pymp-")]


def test_a_folder_is_closed_to_others_and_goes(temporary: Path) -> None:
    folder = scratch.Folder()
    assert Path(folder.name).parent == temporary
    assert Path(folder.name).stat().st_mode & 0o077 == 0
    (Path(folder.name) / "deep").mkdir()
    folder.cleanup()
    folder.cleanup()
    assert not Path(folder.name).exists()


def test_no_place_for_one_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(GradingError, match=r"временная папка не создаётся .*TMPDIR"):
        scratch.Folder()


@linux
def test_a_live_one_stays_and_a_dead_one_goes(temporary: Path) -> None:
    live = scratch.Folder()
    end, start = os.pipe()
    child = os.fork()
    if not child:  # a run that is killed
        os.write(start, scratch.Folder().name.encode())
        os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    dead = Path(os.read(end, 1000).decode())
    assert dead.is_dir()
    scratch.sweep()
    assert not dead.exists()
    assert Path(live.name).is_dir()
    live.cleanup()


@linux
def test_another_process_leaves_a_live_one_alone() -> None:
    live = scratch.Folder()
    child = os.fork()
    if not child:
        scratch.sweep()
        os._exit(0)
    os.waitpid(child, 0)
    assert Path(live.name).is_dir()
    live.cleanup()


def test_nothing_else_is_swept(temporary: Path) -> None:
    other, link = temporary / "other", temporary / "proclusters-run-link"
    other.mkdir()
    link.symlink_to(other)
    beginning = temporary / ".proclusters-run-young"
    beginning.mkdir()
    scratch.sweep()
    assert sorted(temporary.iterdir()) == [beginning, other, link]
    day = time.time() - 2 * 24 * 3600
    os.utime(beginning, (day, day))
    scratch.sweep()
    assert sorted(temporary.iterdir()) == [other, link]
    link.unlink()
    other.rmdir()


def stopped(run: BaseProcess, below: int) -> None:
    """Kill a run once that many processes are below it; all of them end."""
    assert run.pid
    found: set[tuple[int, str]] = set()
    end = time.monotonic() + 60
    while len(found) < below:
        assert time.monotonic() < end, found
        assert run.is_alive()
        found = set(killing.descendants(run.pid))
        time.sleep(0.05)
    time.sleep(1)
    found |= set(killing.descendants(run.pid))
    run.kill()
    run.join()
    killing.ended(found)
    assert list(scratch._left())
    scratch.sweep()
    assert not list(scratch._left())


@linux
def test_a_check_without_end_ends_with_the_grader(tmp_path: Path) -> None:
    """Nothing is read from the grader meanwhile, so that only the system can tell of its end."""
    cells = [
        tiny.cell("code", tiny.SETUP, "setup", locked=True),
        tiny.cell("code", "while True:\n    pass", "check_share", grade=True, points=2),
    ]
    folder = tiny.course(tmp_path / "course", cells)
    tiny.hand_in(folder, "p00", tiny.GOOD)
    cohort = killing.Cohort(folder, tiny.NAME, ("p00",), lambda *_: None)
    stopped(killing.started(cohort), below=1)


SPAWN = """import os, subprocess
subprocess.Popen(["/bin/sleep", "600"])
if not os.fork() and os.fork():
    os._exit(0)
while True:
    pass"""


@linux
@pytest.mark.slow
@pytest.mark.sandbox
@pytest.mark.parametrize("level", [levels.FULL, levels.REDUCED])
def test_programs_end_with_the_grader(tmp_path: Path, level: str) -> None:
    if level == levels.REDUCED and landlock.edition() < landlock.ABI:
        pytest.skip("в этом ядре нет Landlock версии 6")
    folder = programs.course(tmp_path / "course")
    for person in ("one", "two"):
        programs.hand_in(folder, person, share=SPAWN)
    cohort = killing.Cohort(folder, programs.NAME, ("one", "two"), lambda *_: None)
    stopped(killing.started(cohort, level=level), below=8)
