"""Grading that is killed at a moment of chance, and what must hold whenever that is.

A run is forked from a process that has nbgrader imported already: so nearly every moment lies in
the grading itself, and fifty kills take a minute or two.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.util
import random
import signal
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode

from course.folder import CourseFolder
from course.grading import ledger, shelf
from course.grading.batch import grade
from tests import tiny
from tests.courses import programs

# where the fork server's socket lies is settled before any test moves the temporary folder: a
# socket's path may have a hundred signs
multiprocessing.util.get_temp_dir()

GONE = 10.0  # seconds in which all that a killed run had started must have ended


@dataclass
class Cohort:
    """A course whose people hand in again and again; `wanted` is what each cell must give."""

    folder: CourseFolder
    name: str
    people: tuple[str, ...]
    hand_in: Callable[[Cohort, str, random.Random], None]
    wanted: dict[str, dict[str, float]] = field(default_factory=dict)

    def again(self, moments: random.Random, count: int) -> None:
        """Let some people hand in something else than before."""
        for person in moments.sample(self.people, count):
            self.hand_in(self, person, moments)


def forms(root: Path, people: int) -> Cohort:
    """A cohort with forms only."""
    scores = {0.25: 2.0, 0.75: 1.0, 0.5: 0.0}

    def hand_in(cohort: Cohort, person: str, moments: random.Random) -> None:
        share = moments.choice([*scores])
        picks = moments.sample("abc", 3)
        tiny.hand_in(cohort.folder, person, {**tiny.GOOD, "share": share, "picks": picks})
        cohort.wanted[person] = {"check_share": scores[share], "check_law": 1, "check_picks": 3}

    return _filled(Cohort(tiny.course(root), tiny.NAME, _names(people), hand_in))


def code(root: Path, people: int) -> Cohort:
    """A cohort with programs: one function, and a check of it."""

    def cells() -> list[NotebookNode]:
        share = programs.SHARE
        return [
            tiny.cell("code", "import math\ndef near(a, b):\n    return math.isclose(a, b)",
                      "helpers", locked=True),
            tiny.cell("code", share, "share", solution=True, locked=False),
            tiny.cell("code", programs.CHECK_SHARE, "check_share", grade=True, points=2),
        ]  # fmt: skip

    def hand_in(cohort: Cohort, person: str, moments: random.Random) -> None:
        right = moments.random() < 0.5
        number = moments.randrange(10**6)
        source = programs.GOOD["share"] if right else "def share(part, whole):\n    return 0"
        programs.hand_in(cohort.folder, person, share=f"{source}\n# {number}")
        cohort.wanted[person] = {"check_share": 2.0 if right else 0.0}

    course = tiny.course(root, cells(), programs.NAME)
    (course.source / programs.NAME / "firms.csv").write_text("firm\n", "utf-8")
    return _filled(Cohort(course, programs.NAME, _names(people), hand_in))


def _names(people: int) -> tuple[str, ...]:
    return tuple(f"p{number:02}" for number in range(people))


def _filled(cohort: Cohort) -> Cohort:
    chance = random.Random(0)
    for person in cohort.people:
        cohort.hand_in(cohort, person, chance)
    return cohort


def _graded(place: str, folder: CourseFolder, name: str, asked: dict[str, Any]) -> None:
    tempfile.tempdir = place
    grade(folder, name, **asked)


def started(cohort: Cohort, **asked: Any) -> BaseProcess:
    """A run of grading in a process of its own."""
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload(["tests.killing", "course.grading.record"])
    run = forks.Process(
        target=_graded, args=(tempfile.gettempdir(), cohort.folder, cohort.name, asked)
    )
    run.start()
    return run


def span(cohort: Cohort) -> float:
    """How long a run takes on this machine when nobody kills it."""
    start = time.perf_counter()
    run = started(cohort)
    run.join()
    assert run.exitcode == 0
    return time.perf_counter() - start


def killed(cohort: Cohort, seconds: float) -> bool:
    """Start a run and kill it after that time; whether it was still going on."""
    run = started(cohort)
    time.sleep(seconds)
    assert run.pid
    below = set(descendants(run.pid))
    run.kill()
    run.join()
    ended(below)
    return run.exitcode == -signal.SIGKILL


def descendants(pid: int) -> Iterator[tuple[int, str]]:
    """The processes below one, each with the moment of its start: numbers are used again."""
    try:
        tasks = [*Path(f"/proc/{pid}/task").iterdir()]
        for task in tasks:
            for child in (task / "children").read_text().split():
                yield int(child), birth(int(child))
                yield from descendants(int(child))
    except OSError:
        return


def birth(pid: int) -> str:
    """When a process started, in the system's own words; nothing if it is gone or a zombie."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if words[0] == "Z" else words[19]


def ended(processes: set[tuple[int, str]]) -> None:
    """All of these processes end by themselves, and soon."""
    end = time.monotonic() + GONE
    while left := {pid for pid, born in processes if born and birth(pid) == born}:
        assert time.monotonic() < end, [Path(f"/proc/{pid}/cmdline").read_text() for pid in left]
        time.sleep(0.02)


@dataclass(frozen=True)
class State:
    """What stands on the shelf and in the gradebook: points by person and cell."""

    kept: dict[str, dict[str, float]]
    recorded: dict[str, dict[str, float]]


def looked(cohort: Cohort) -> State:
    """What a killed run left."""
    ledger.verify(cohort.folder)
    kept = {}
    for person in cohort.people:
        outcome = shelf.outcome(cohort.folder, person, cohort.name)
        if outcome:
            kept[person] = {cell.cell: cell.score for cell in outcome.cells}
    return State(kept, recorded(cohort))


def sound(cohort: Cohort, before: State) -> State:
    """What holds at any moment: all stands as it did or as it must, and the gradebook comes first.

    Only the shelf may miss somebody, whose folder was just being changed: the next run mends that.
    """
    after = looked(cohort)
    assert set(before.recorded) <= set(after.recorded)
    for earlier, later in ((before.kept, after.kept), (before.recorded, after.recorded)):
        for person, scores in later.items():
            told = (earlier.get(person), cohort.wanted[person])
            assert scores in told, (person, scores, *told)
    for person, scores in after.kept.items():
        if scores != before.kept.get(person):
            assert after.recorded[person] == scores
    return after


def whole(cohort: Cohort) -> None:
    """Everybody has what was handed in last, in the gradebook and on the shelf."""
    assert recorded(cohort) == cohort.wanted
    for person, scores in cohort.wanted.items():
        outcome = shelf.outcome(cohort.folder, person, cohort.name)
        assert outcome
        assert {cell.cell: cell.score for cell in outcome.cells} == scores
    assert not list(cohort.folder.autograded.glob(".*"))


def recorded(cohort: Cohort) -> dict[str, dict[str, float]]:
    """What the gradebook holds of everybody; a second submission of one person would fail here."""
    path = cohort.folder.gradebook
    if not path.exists():
        return {}
    found: dict[str, dict[str, float]] = {}
    with closing(sqlite3.connect(path)) as book:
        assert book.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not book.execute("SELECT name FROM sqlite_master").fetchall():
            return {}
        assert book.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)
        pairs = book.execute("SELECT student_id, count(*) FROM submitted_assignment GROUP BY 1")
        assert all(count == 1 for _, count in pairs)
        rows = book.execute(
            "SELECT a.student_id, b.name, g.auto_score FROM submitted_assignment a"
            " JOIN submitted_notebook n ON n.assignment_id = a.id"
            " JOIN grade g ON g.notebook_id = n.id JOIN base_cell b ON b.id = g.cell_id"
        )
        for person, cell, score in rows:
            scores = found.setdefault(person, {})
            assert cell not in scores
            if score is not None:
                scores[cell] = score
    return found
