"""Grading a cohort: every submission ends with a score or with a reason, and stops nobody else.

A submission is known by a digest of its answers, our notebook, data and code. What is already
recorded under that digest is not graded again, so a run that was broken off is simply repeated.
"""

from __future__ import annotations

import datetime
from concurrent.futures import Executor
from typing import TYPE_CHECKING, Any

from course.folder import CourseFolder
from course.grading import intake, ledger, shelf
from course.grading.judging import Judged, Judging, hired
from course.grading.master import load
from course.grading.summary import Summary
from course.progress import Progress, silent
from course.sandbox import levels, pen, scratch

if TYPE_CHECKING:
    from course.grading.record import Record


def grade(
    folder: CourseFolder,
    name: str,
    *,
    workers: int = 2,
    seconds: float | None = None,
    executor: Executor | None = None,
    level: str = "",
    progress: Progress = silent,
) -> Summary:
    """Grade all submissions of the assignment `name` that changed since they were last graded.

    `executor` may stand for the local workers: its tasks are `crew.check`, or `bench.check` where
    participants write code; JSON in and out. `GradingError` if the assignment itself can't be
    graded here, and before any submission is read where code needs a sandbox and there is none.
    `level` is the best that is to be had and allowed; it may be `levels.NONE`: then nothing
    protects from participants' programs.
    """
    master = load(folder, name)
    level = (level or levels.chosen()) if master.program else ""
    if level:
        levels.require(level)
    scratch.sweep()
    pen.sweep()
    people, refused = intake.people(folder, name)
    if not people:
        return Summary(name, (), (), (), tuple(refused), (), ())
    with hired(workers, executor) as pool, shelf.alone(folder):
        shelf.sweep(folder)
        judging = Judging(folder, master, people, pool, workers, progress, level, seconds or 0)
        judging.quarantined += refused
        return _recorded(judging)


def _recorded(judging: Judging) -> Summary:
    """Judge and record everybody; what is recorded when this breaks off stays recorded."""
    judging.begin()
    # the workers are starting while nbgrader, which takes a second or two, is imported
    from course.grading.record import Record

    at = datetime.datetime.now(datetime.UTC)
    graded: list[str] = []
    repaired: list[tuple[str, tuple[str, ...]]] = []
    with Record(judging.folder, judging.master) as record:
        judging.know(record.held())
        if judging.busy:
            record.register()
        for group in judging.groups():
            _write(judging, record, group, at)
            graded += [submission.person for submission, _ in group]
            repaired += [(each.person, each.notes) for each, _ in group if each.notes]
        waiting = record.waiting(set(judging.people))
    judging.progress(len(judging.people), len(judging.people), "")
    return Summary(
        judging.master.name,
        tuple(graded),
        tuple(judging.unchanged),
        tuple(repaired),
        tuple(sorted(judging.quarantined, key=lambda each: each.person)),
        waiting,
        tuple(judging.faults),
        tuple(judging.unprotected or ()),
        tuple(sorted(judging.suspect)),
        judging.level,
        tuple((cell, tuple(people)) for cell, people in judging.unseen.items()),
    )


def _write(judging: Judging, record: Record, group: Judged, at: datetime.datetime) -> None:
    """Record outcomes in one stroke of the gradebook, and only then put them on the shelf."""
    folder, master = judging.folder, judging.master
    moved: list[dict[str, Any]] = []
    for submission, outcome in group:
        before = shelf.outcome(folder, submission.person, master.name)
        record.write(submission, outcome, before)
        moved += ledger.moved(before, outcome)
    ledger.add(folder, ledger.GRADE, master.name, at, moved)
    record.save()
    for submission, outcome in group:
        shelf.put(folder, master, submission, outcome)
        for cell in outcome.cells:
            if cell.fault and not master.program:  # there a program may be to blame
                judging.faults[f"Проверка «{cell.cell}» прервалась: {cell.fault}"] = None
