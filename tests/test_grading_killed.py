"""Killed at any moment: nothing is lost, nothing is graded twice, a rerun finishes the work."""

from __future__ import annotations

import errno
import json
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from course import grading
from course.errors import GradingError
from course.folder import CourseFolder
from course.grading import shelf
from course.grading.opening import ADDRESS
from tests import killing, tiny

PEOPLE = 12
SCRIPT = (
    "import sys; from pathlib import Path; from course import grading;"
    "from course.folder import CourseFolder;"
    f"grading.grade(CourseFolder(Path(sys.argv[1])), '{tiny.NAME}')"
)


def cohort(root: Path) -> CourseFolder:
    folder = tiny.course(root)
    for number in range(PEOPLE):
        share = 0.25 if number % 2 else 0.75
        tiny.hand_in(folder, f"p{number:02}", {**tiny.GOOD, "share": share})
    return folder


def assert_whole(folder: CourseFolder) -> None:
    """Everybody has one submission with the right points, and the shelf agrees."""
    with Gradebook(f"sqlite:///{folder.gradebook}") as book:
        found = {
            row.student_id: {grade.name: grade.auto_score for grade in row.notebooks[0].grades}
            for row in book.assignment_submissions(tiny.NAME)
        }
        assert len(book.assignment_submissions(tiny.NAME)) == PEOPLE
    assert len(found) == PEOPLE
    for person, scores in found.items():
        share = 2 if int(person[1:]) % 2 else 1
        assert scores == {"check_share": share, "check_law": 1, "check_picks": 3, "memo": None}
        outcome = shelf.outcome(folder, person, tiny.NAME)
        assert outcome is not None
        assert sum(cell.score for cell in outcome.cells) == share + 4
        names = {path.name for path in (folder.autograded / person / tiny.NAME).iterdir()}
        assert names == {"answers.json", "outcome.json", f"{tiny.NAME}.ipynb"}
    assert not list(folder.autograded.glob(".*"))


def torture(cohort: killing.Cohort, kills: int, seed: int, again: int) -> None:
    """Kill that many runs, each at a moment of chance in its work; then let one go to its end."""
    moments = random.Random(seed)
    longest = killing.span(cohort)
    cohort.again(moments, again)
    longest = max(killing.span(cohort), longest / 2)
    shutil.rmtree(cohort.folder.autograded)
    cohort.folder.gradebook.unlink()  # the first kills meet a course that was never graded
    state = killing.looked(cohort)
    done = tries = 0
    while done < kills:
        tries += 1
        assert tries <= 5 * kills
        alive = killing.killed(cohort, moments.uniform(0.02, longest))
        done += alive
        longest *= 1 if alive else 0.8  # the machine was busier when the time was taken
        state = killing.sound(cohort, state)
        cohort.again(moments, again)
    kept = {
        person
        for person in cohort.people
        if (found := shelf.outcome(cohort.folder, person, cohort.name)) and found.key
    }
    summary = grading.grade(cohort.folder, cohort.name)
    assert not summary.quarantined
    assert set(summary.graded) | set(summary.unchanged) == set(cohort.people)
    assert set(summary.unchanged) <= kept
    killing.whole(cohort)
    assert grading.grade(cohort.folder, cohort.name).graded == ()


posix = pytest.mark.skipif(sys.platform == "win32", reason="в Windows нет SIGKILL")


@posix
def test_killed_a_few_times(tmp_path: Path) -> None:
    torture(killing.forms(tmp_path, 4), kills=2, seed=1, again=2)


@posix
@pytest.mark.slow
def test_killed_six_times(tmp_path: Path) -> None:
    torture(killing.forms(tmp_path, 6), kills=6, seed=2, again=3)


@posix
@pytest.mark.long
def test_killed_fifty_times(tmp_path: Path) -> None:
    torture(killing.forms(tmp_path, 12), kills=50, seed=3, again=6)


@posix
@pytest.mark.long
@pytest.mark.sandbox
def test_killed_while_programs_run(tmp_path: Path) -> None:
    torture(killing.code(tmp_path, 4), kills=12, seed=4, again=3)


@pytest.mark.parametrize("moment", ["write", pytest.param("put", marks=pytest.mark.slow)])
def test_broken_off_between_gradebook_and_shelf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """The gradebook is written first: what the shelf misses is graded again, to the same points."""
    from course.grading.record import Record

    folder = cohort(tmp_path)
    count = iter(range(100))

    def stop(*_: object, **__: object) -> None:
        if next(count) == 5:
            raise KeyboardInterrupt
        original(*_, **__)

    place, name = (Record, "write") if moment == "write" else (shelf, "put")
    original = getattr(place, name)
    monkeypatch.setattr(place, name, stop)
    with pytest.raises(KeyboardInterrupt):
        grading.grade(folder, tiny.NAME)
    monkeypatch.undo()
    assert len(grading.grade(folder, tiny.NAME).unchanged) <= 5
    assert_whole(folder)


def test_a_full_disk_is_told_and_the_rerun_finishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = cohort(tmp_path)
    count = iter(range(1000))

    def full(handle: int) -> None:
        if next(count) == 10:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("course.grading.shelf.os.fsync", full)
    with pytest.raises(GradingError, match=r"не записывается .No space left.*место на диске"):
        grading.grade(folder, tiny.NAME)
    monkeypatch.undo()
    assert len(grading.grade(folder, tiny.NAME).unchanged) == 3
    assert_whole(folder)


def small_disk(place: Path, room: int, temporary: str) -> dict[str, Any]:
    """Grade on a disk with so many kilobytes left, then with more; `tests.full_disk` asserts."""
    place.mkdir()
    words = ["unshare", "--user", "--map-root-user", "--mount"]
    trial = [*words, "mount", "-t", "tmpfs", "tmpfs", str(place)]
    if not shutil.which("unshare") or subprocess.run(trial, check=False).returncode:
        pytest.skip("здесь нельзя завести маленький диск: нет прав на пространства имён")
    run = subprocess.run(
        [*words, sys.executable, "-m", "tests.full_disk", str(place), str(room), temporary],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return dict(json.loads(run.stdout))


@pytest.mark.slow
def test_a_small_disk_is_told_and_the_rerun_finishes(tmp_path: Path) -> None:
    """A real file system that runs full; two works stand on the shelf by then, or a few more."""
    found = small_disk(tmp_path / "small", 220, "own")
    assert re.search("не (записывается|пишется).*место на диске", found["refusals"][0])
    assert not found["left"]
    never, again = found["untouched"]  # a read-only disk, before the first grading and after
    assert re.search("папка не открывается.*права", never)
    assert re.search("журнал оценок .*не пишется.*права", again)


@pytest.mark.long
@pytest.mark.parametrize("temporary", ["own", "temporary"])
def test_disks_of_many_sizes(tmp_path: Path, temporary: str) -> None:
    found = [small_disk(tmp_path / f"{room}", room, temporary) for room in range(4, 280, 24)]
    told = [each["refusals"] for each in found]
    assert all(re.search("[Пп]роверьте место на диске", each[0]) for each in told if each)
    assert told[0]
    assert not told[-1]
    assert any(0 < each["kept"] < 6 for each in found)
    assert not any(each["left"] for each in found)


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    folder = cohort(tmp_path)
    with shelf.alone(folder), pytest.raises(GradingError, match="проверка этого курса уже идёт"):
        grading.grade(folder, tiny.NAME)
    assert len(grading.grade(folder, tiny.NAME).graded) == PEOPLE


def test_a_locked_gradebook_is_told(tmp_path: Path) -> None:
    folder = cohort(tmp_path)
    grading.grade(folder, tiny.NAME)
    tiny.hand_in(folder, "p00", {})
    with sqlite3.connect(folder.gradebook) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(GradingError, match=r"gradebook\.db: .*Закройте другие программы"):
            grading.grade(folder, tiny.NAME)
    assert grading.grade(folder, tiny.NAME).graded == ("p00",)


@pytest.mark.skipif(sys.platform == "win32", reason="в Windows нет предела на размер файла")
@pytest.mark.parametrize("early", [0, pytest.param(2, marks=pytest.mark.slow)])
def test_no_room_for_the_gradebook_is_told_and_the_rerun_finishes(
    tmp_path: Path, early: int
) -> None:
    """A limit on the size of files: the gradebook can't be made, or stops growing midway."""
    folder = cohort(tmp_path)
    size = 40_000
    if early:
        waiting = tmp_path / "waiting"
        folder.submitted.rename(waiting)
        for number in range(early):
            person = f"p{number:02}"
            shutil.copytree(waiting / person, folder.submitted / person)
        grading.grade(folder, tiny.NAME)
        size = folder.gradebook.stat().st_size
        shutil.rmtree(folder.submitted)
        waiting.rename(folder.submitted)
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}));"
    run = subprocess.run(
        [sys.executable, "-c", limited + SCRIPT, str(folder.root)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 1
    assert "GradingError" in run.stderr
    assert "журнал оценок" in run.stderr
    summary = grading.grade(folder, tiny.NAME)
    assert len(summary.graded) + len(summary.unchanged) == PEOPLE
    assert_whole(folder)


def test_a_read_only_gradebook_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = cohort(tmp_path)
    grading.grade(folder, tiny.NAME)
    before = shelf.outcome(folder, "p00", tiny.NAME)
    tiny.hand_in(folder, "p00", {})
    monkeypatch.setenv(ADDRESS, f"sqlite:///file:{folder.gradebook}?mode=ro&uri=true")
    with pytest.raises(GradingError, match=r"не пишется: attempt to write a readonly database"):
        grading.grade(folder, tiny.NAME)
    assert shelf.outcome(folder, "p00", tiny.NAME) == before
    monkeypatch.delenv(ADDRESS)
    assert grading.grade(folder, tiny.NAME).graded == ("p00",)


def test_a_half_made_gradebook_is_named(tmp_path: Path) -> None:
    folder = cohort(tmp_path)
    folder.gradebook.write_bytes(b"not a database at all, but long enough to be looked at" * 20)
    with pytest.raises(GradingError, match=r"gradebook\.db: журнал оценок не открывается"):
        grading.grade(folder, tiny.NAME)
    assert not list(folder.autograded.glob("*/*"))


@pytest.mark.slow
def test_outcomes_are_whole_json_at_any_time(tmp_path: Path) -> None:
    folder = cohort(tmp_path)
    grading.grade(folder, tiny.NAME)
    for path in folder.autograded.glob(f"*/*/{shelf.OUTCOME}"):
        assert json.loads(path.read_bytes())["assignment"] == tiny.NAME
