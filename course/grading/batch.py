"""Grading a cohort: every submission ends with a score or with a reason, and stops nobody else.

A submission is known by a digest of its answers, our notebook, data and code. What is already
recorded under that digest is not graded again, so a run that was broken off is simply repeated.
"""

from __future__ import annotations

import datetime
import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from course.folder import CourseFolder
from course.grading import bench, crew, graft, intake, ledger, sandbox, shelf, tokens
from course.grading.intake import Quarantined, Submission
from course.grading.master import Master, load
from course.grading.results import CellResult, Outcome
from course.grading.summary import Summary
from course.progress import Progress, silent

SECONDS = 30.0  # for checking one submission
PROGRAM_SECONDS = 120.0  # for running and checking one program, its start included
GROUP = 8  # submissions that are recorded in one stroke, if that many wait
_DEATHS = {
    "time": "Проверка не уложилась в отведённое время.",
    "end": "Проверка этой работы прервалась.",
}
_PROGRAM_DEATHS = {
    "time": "Программа участника не уложилась в отведённое время.",
    "end": "Программа участника прервала проверку: она закрылась сама или заняла слишком много.",
}


def grade(
    folder: CourseFolder,
    name: str,
    *,
    workers: int = 2,
    seconds: float | None = None,
    executor: Executor | None = None,
    level: str = sandbox.FULL,
    progress: Progress = silent,
) -> Summary:
    """Grade all submissions of the assignment `name` that changed since they were last graded.

    `executor` may stand for the local workers: its tasks are `crew.check`, or `bench.check` where
    participants write code; JSON in and out. `GradingError` if the assignment itself can't be
    graded here, and before any submission is read where code needs a sandbox and there is none.
    `level` may be `sandbox.NONE`: then nothing protects from participants' programs.
    """
    master = load(folder, name)
    level = level if master.program else ""
    if level:
        sandbox.require(level)
    people, refused = intake.people(folder, name)
    if not people:
        return Summary(name, (), (), (), tuple(refused), (), ())
    seconds = seconds or (PROGRAM_SECONDS if master.program else SECONDS)
    pool = executor or ThreadPoolExecutor(workers, "proclusters-check")
    try:
        batch = _Batch(folder, master, people, pool, max(1, workers), seconds, progress, level)
        batch.quarantined += refused
        batch.run()
    finally:
        if executor is None:
            crew.dismiss()
            pool.shutdown(cancel_futures=True)
    return batch.summary()


@dataclass
class _Batch:
    """One run: submissions are taken in a few ahead, checked by workers, recorded here."""

    folder: CourseFolder
    master: Master
    people: list[str]
    pool: Executor
    workers: int
    seconds: float
    progress: Progress
    level: str  # of the sandbox, empty where no program runs
    graded: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    repaired: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    waiting: tuple[str, ...] = ()
    held: set[str] | None = None  # whom the gradebook knows; nothing before it was opened
    suspect: list[tuple[str, str]] = field(default_factory=list)
    faults: dict[str, None] = field(default_factory=dict)
    unprotected: list[str] | None = None  # cells that only a program can check; not known before
    secret: bytes | None = None  # with which tokens are sealed, if they were issued
    at: datetime.datetime = field(default_factory=lambda: datetime.datetime.now(datetime.UTC))

    def run(self) -> None:
        """Grade everybody; what is recorded when this breaks off stays recorded."""
        self.secret = tokens.key(self.folder)
        with shelf.alone(self.folder):
            shelf.sweep(self.folder)
            self._grade()
        self.progress(len(self.people), len(self.people), "")

    def _grade(self) -> None:
        ahead: deque[tuple[Submission, Future[str]]] = deque()
        queue = self._changed()
        self._fill(ahead, queue)
        # the workers are starting while nbgrader, which takes a second or two, is imported
        from course.grading.record import Record

        with Record(self.folder, self.master) as record:
            self.held = record.held()
            for person in [person for person in self.unchanged if person not in self.held]:
                self.unchanged.remove(person)
                self._send(ahead, self._taken(person))
            if ahead:
                record.register()
            while ahead:
                self._finish(record, self._answered(ahead, queue))
            self.waiting = record.waiting(set(self.people))

    def summary(self) -> Summary:
        """What the run ended with."""
        return Summary(
            self.master.name,
            tuple(self.graded),
            tuple(self.unchanged),
            tuple(self.repaired),
            tuple(sorted(self.quarantined, key=lambda each: each.person)),
            self.waiting,
            tuple(self.faults),
            tuple(self.unprotected or ()),
            tuple(sorted(self.suspect)),
            self.level,
        )

    def _done(self) -> int:
        known = {each.person for each in self.quarantined}
        return len(self.graded) + len(self.unchanged) + len(known & set(self.people))

    def _changed(self) -> Iterator[Submission]:
        """The submissions to grade: taken in, and not recorded as they are."""
        for person in self.people:
            taken = self._taken(person)
            if taken is None:
                continue
            before = shelf.outcome(self.folder, person, self.master.name)
            known = self.held is None or person in self.held
            if before is not None and before.level == sandbox.NONE != self.level:
                before = None  # what ran unprotected is run again where it is protected
            if known and before is not None and before.key == taken.key(self.master):
                self.unchanged.append(person)
                continue
            yield taken

    def _taken(self, person: str) -> Submission | None:
        taken = intake.take(self.folder, self.master, person)
        if isinstance(taken, Quarantined):
            self.quarantined.append(taken)
            return None
        doubt = tokens.suspicion(self.secret, person, taken.token) if self.master.labels else ""
        if doubt and (person, doubt) not in self.suspect:
            self.suspect.append((person, doubt))
        return taken

    def _fill(
        self, ahead: deque[tuple[Submission, Future[str]]], queue: Iterable[Submission]
    ) -> None:
        """Keep the workers busy without holding the whole cohort in memory."""
        for submission in queue:
            self._send(ahead, submission)
            if len(ahead) >= 4 * self.workers:
                return

    def _send(
        self, ahead: deque[tuple[Submission, Future[str]]], submission: Submission | None
    ) -> None:
        if submission is None:
            return
        if self.master.program:
            task = self._program(submission.answers, submission.texts, submission.added)
            ahead.append((submission, self.pool.submit(bench.check, json.dumps(task))))
            return
        task = {
            "master": {
                "digest": self.master.digest,
                "code": self.master.code,
                "data": {name: str(path) for name, path in self.master.data.items()},
            },
            "answers": submission.answers,
            "seconds": self.seconds,
        }
        ahead.append((submission, self.pool.submit(crew.check, json.dumps(task))))

    def _program(
        self, answers: Any, texts: Mapping[str, str] | None, added: graft.Added
    ) -> dict[str, Any]:
        """The task of running one person's program, or without `texts` the author's own."""
        if texts is not None and self.unprotected is None:
            self.unprotected = self._only_inside()
        return {
            "books": [
                graft.steps(book, self.master, texts, added)
                for book in self.master.books
                if book.graded
            ],
            "data": {name: str(path) for name, path in self.master.data.items()},
            "answers": answers,
            "seconds": self.seconds,
            "level": self.level,
            "unprotected": self.unprotected or [],
            "reference": texts is None,
        }

    def _only_inside(self) -> list[str]:
        """The cells that the author's own solution passes only inside its program."""
        task = self._program({}, None, ())
        reply = json.loads(self.pool.submit(bench.check, json.dumps(task)).result())
        if "cells" not in reply:
            self.faults["Решение автора не выполняется до конца."] = None
        for cell in reply.get("cells", ()):
            if cell.get("short"):
                why = f": {cell['fault']}" if cell["fault"] else ""
                self.faults[f"Решение автора не проходит проверку «{cell['cell']}»{why}"] = None
        return [cell["cell"] for cell in reply.get("cells", ()) if cell.get("only_inside")]

    def _answered(
        self, ahead: deque[tuple[Submission, Future[str]]], queue: Iterable[Submission]
    ) -> list[tuple[Submission, Outcome]]:
        """The next few results: as many as are there, and the next one in any case."""
        results: list[tuple[Submission, Outcome]] = []
        while ahead and len(results) < GROUP and (not results or ahead[0][1].done()):
            submission, future = ahead.popleft()
            self._fill(ahead, queue)
            self.progress(self._done() + len(results), len(self.people), submission.person)
            outcome = self._judged(submission, json.loads(future.result()))
            if outcome:
                results.append((submission, outcome))
        return results

    def _judged(self, submission: Submission, reply: dict[str, Any]) -> Outcome | None:
        """The outcome of one submission; nothing if it had to be put aside."""
        if "cells" in reply:
            return self._outcome(submission, reply)
        deaths = _PROGRAM_DEATHS if self.master.program else _DEATHS
        reason = deaths.get(str(reply.get("died")), "В самом задании ошибка.")
        if "broken" in reply:
            self.faults[f"Ячейка не выполняется: {reply['broken']}"] = None
        self.quarantined.append(Quarantined(submission.person, reason))
        return None

    def _finish(self, record: Any, results: list[tuple[Submission, Outcome]]) -> None:
        """Record results in one stroke of the gradebook, and only then put them on the shelf."""
        moved: list[dict[str, Any]] = []
        for submission, outcome in results:
            before = shelf.outcome(self.folder, submission.person, self.master.name)
            record.write(submission, outcome, before)
            moved += ledger.moved(before, outcome)
        ledger.add(self.folder, ledger.GRADE, self.master.name, self.at, moved)
        record.save()
        for submission, outcome in results:
            shelf.put(self.folder, self.master, submission, outcome)
            self.graded.append(submission.person)
            if submission.notes:
                self.repaired.append((submission.person, submission.notes))
            for cell in outcome.cells:
                if cell.fault and not self.master.program:  # there a program may be to blame
                    self.faults[f"Проверка «{cell.cell}» прервалась: {cell.fault}"] = None

    def _outcome(self, submission: Submission, reply: dict[str, Any]) -> Outcome:
        worth = {cell.id: cell.points for cell in self.master.tests}
        cells = []
        for data in reply["cells"]:
            points = worth[data["cell"]]
            full = data["score"] is None  # nbgrader: no number as the last value, all points
            cells.append(CellResult.read({**data, "score": points} if full else data, points))
        return Outcome(
            submission.person,
            self.master.name,
            submission.key(self.master),
            submission.work,
            submission.notes,
            tuple(cells),
            {str(cell): str(text) for cell, text in reply["shown"].items()},
            tuple(reply.get("unprotected", ())),
            self.level,
        )
