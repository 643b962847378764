"""What becomes of submissions: taken in a few ahead, checked by workers, judged one by one.

Nothing is written here: whoever asks for the outcomes records them, or only looks at them.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from course.folder import CourseFolder
from course.grading import bench, graft, intake, shelf
from course.grading.intake import Quarantined, Submission
from course.grading.master import Master
from course.grading.results import CellResult, Outcome
from course.people import tokens
from course.progress import Progress
from course.sandbox import crew, levels, pictures

SECONDS = 30.0  # for checking one submission
PROGRAM_SECONDS = 120.0  # for running and checking one program, its start included
CELL_SECONDS = 30.0  # for one cell of a program, as nbgrader has it unless its settings say else
GROUP = 8  # outcomes that are handed out together, if that many wait
_DEATHS = {
    "time": "Проверка не уложилась в отведённое время.",
    "end": "Проверка этой работы прервалась.",
}
_PROGRAM_DEATHS = {
    "time": "Программа участника не уложилась в отведённое время.",
    "end": "Программа участника прервала проверку: она закрылась сама или заняла слишком много.",
}

_UNSEEN = re.compile(r"TypeError[^:]{0,30}: a value of type .{1,110} is no plain data")
_ABSENT = re.compile(r"ModuleNotFoundError[^']{0,40}: No module named '([\w.]{1,60})")

Judged = list[tuple[Submission, Outcome]]


@contextmanager
def hired(workers: int, executor: Executor | None = None) -> Iterator[Executor]:
    """Workers for one run: those of this machine, which are gone at its end, or `executor`."""
    if executor is not None:
        yield executor
        return
    pool = ThreadPoolExecutor(max(1, workers), "proclusters-check")
    try:
        yield pool
    finally:
        crew.dismiss()
        pool.shutdown(cancel_futures=True)


@dataclass
class Judging:
    """One run over one assignment; call `begin`, then take the `groups` of outcomes.

    `unchanged` are people whose recorded outcome still holds, `quarantined` those who can't be
    judged, with the reason, `unprotected` the cells that only a program can check, unless it is not
    known yet. `level` is that of the sandbox, empty where no program runs. `unseen` are people by
    the cell for which their answer could not be sent out of their program.
    """

    folder: CourseFolder
    master: Master
    people: list[str]
    pool: Executor
    workers: int
    progress: Progress
    level: str
    seconds: float = 0.0  # for one submission; 0 for the usual time
    unchanged: list[str] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    suspect: list[tuple[str, str]] = field(default_factory=list)
    faults: dict[str, None] = field(default_factory=dict)
    unprotected: list[str] | None = None
    unseen: dict[str, list[str]] = field(default_factory=dict)
    _judged: int = 0
    _held: set[str] | None = None  # whom the gradebook knows; nothing before it was opened

    def __post_init__(self) -> None:
        patience = self.folder.patience if self.master.program else None
        self._cell_seconds = CELL_SECONDS if patience is None else patience
        usual = max(PROGRAM_SECONDS, 3 * self._cell_seconds) if self.master.program else SECONDS
        self.seconds = self.seconds or usual
        self.workers = max(1, self.workers)
        self._secret = tokens.key(self.folder)
        self._ahead: deque[tuple[Submission, Future[str]]] = deque()
        self._queue: Iterator[Submission] = self._changed()
        self._reference: Future[str] | None = None  # the author's own solution, if it runs already
        self._data = {name: str(path) for name, path in self.master.data.items()}

    def begin(self) -> None:
        """Give the workers the first thing to do, so that they start while the caller does."""
        first = next(self._queue, None)
        if first is None:
            return
        self._queue = chain([first], self._queue)
        if self.master.program and self.unprotected is None:
            self._reference = self._author()
        else:
            self._fill()

    def know(self, held: set[str]) -> None:
        """Judge those too whom the gradebook, which knows the people `held`, has lost."""
        self._held = held
        self._fill()
        for person in [person for person in self.unchanged if person not in held]:
            self.unchanged.remove(person)
            taken = self._taken(person)
            if taken is not None:
                self._send(taken)

    @property
    def busy(self) -> bool:
        """Whether any submission is being checked."""
        return bool(self._ahead)

    def groups(self) -> Iterator[Judged]:
        """The outcomes, as many at a time as are there."""
        self._fill()
        while self._ahead:
            results: Judged = []
            while (
                self._ahead and len(results) < GROUP and (not results or self._ahead[0][1].done())
            ):
                submission, future = self._ahead.popleft()
                self._fill()
                self.progress(self._done() + len(results), len(self.people), submission.person)
                outcome = self._outcome(submission, json.loads(future.result()))
                if outcome:
                    results.append((submission, outcome))
                if len(results) == GROUP:
                    break
            self._judged += len(results)
            if results:
                yield results

    def _done(self) -> int:
        known = {each.person for each in self.quarantined}
        return self._judged + len(self.unchanged) + len(known & set(self.people))

    def _changed(self) -> Iterator[Submission]:
        """The submissions to grade: taken in, and not recorded as they are."""
        for person in self.people:
            taken = self._taken(person)
            if taken is None:
                continue
            before = shelf.outcome(self.folder, person, self.master.name)
            known = self._held is None or person in self._held
            if before is not None and levels.weaker(before.level, self.level):
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
        doubt = tokens.suspicion(self._secret, person, taken.token) if self.master.labels else ""
        if doubt and (person, doubt) not in self.suspect:
            self.suspect.append((person, doubt))
        return taken

    def _fill(self) -> None:
        """Keep the workers busy without holding the whole cohort in memory."""
        for submission in self._queue:
            self._send(submission)
            if len(self._ahead) >= 4 * self.workers:
                return

    def _send(self, submission: Submission) -> None:
        if self.master.program:
            task = self._program(submission.answers, submission.texts, submission.added)
            self._ahead.append((submission, self.pool.submit(bench.check, json.dumps(task))))
            return
        task = {
            "master": {
                "digest": self.master.digest,
                "code": self.master.code,
                "data": self._data,
            },
            "answers": submission.answers,
            "seconds": self.seconds,
        }
        self._ahead.append((submission, self.pool.submit(crew.check, json.dumps(task))))

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
            "data": self._data,
            "answers": answers,
            "seconds": self.seconds,
            "cell_seconds": self._cell_seconds,
            "level": self.level,
            "unprotected": self.unprotected or [],
            "reference": texts is None,
        }

    def _author(self) -> Future[str]:
        """The author's own solution, run like a participant's."""
        return self.pool.submit(bench.check, json.dumps(self._program({}, None, ())))

    def _only_inside(self) -> list[str]:
        """The cells that the author's own solution passes only inside its program."""
        reply = json.loads((self._reference or self._author()).result())
        if "cells" not in reply:
            self.faults["Решение автора не выполняется до конца."] = None
        absent = ", ".join(sorted(set(_ABSENT.findall(json.dumps(reply)))))
        if absent:
            told = f"Для решения автора не установлены пакеты: {absent}. Задание проверено без них."
            self.faults[told] = None
        for cell in reply.get("cells", ()):
            if cell.get("short"):
                why = f": {cell['fault']}" if cell["fault"] else ""
                self.faults[f"Решение автора не проходит проверку «{cell['cell']}»{why}"] = None
        return [cell["cell"] for cell in reply.get("cells", ()) if cell.get("only_inside")]

    def _outcome(self, submission: Submission, reply: dict[str, Any]) -> Outcome | None:
        """The outcome of one submission; nothing if it had to be put aside."""
        if "cells" in reply:
            try:
                return self._read(submission, reply)
            except (ValueError, KeyError, TypeError, IndexError, AttributeError):
                reply = {"died": "end"}  # whatever one submission sent, it stops nobody else's
        deaths = _PROGRAM_DEATHS if self.master.program else _DEATHS
        reason = deaths.get(str(reply.get("died")), "В самом задании ошибка.")
        if "broken" in reply:
            self.faults[f"Ячейка не выполняется: {reply['broken']}"] = None
        self.quarantined.append(Quarantined(submission.person, reason))
        return None

    def _read(self, submission: Submission, reply: dict[str, Any]) -> Outcome:
        worth = {cell.id: cell.points for cell in self.master.tests}
        cells = []
        for data in reply["cells"]:
            points = worth[data["cell"]]
            full = data["score"] is None  # nbgrader: no number as the last value, all points
            cells.append(CellResult.read({**data, "score": points} if full else data, points))
            if self.master.program and _UNSEEN.match(cells[-1].fault):
                self.unseen.setdefault(cells[-1].cell, []).append(submission.person)
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
            self._pictures(reply.get("pictures")),
        )

    def _pictures(self, sent: Any) -> dict[str, tuple[str, ...]]:
        """What the participant's cells drew, by cell, built anew; only so many in all."""
        found: dict[str, tuple[str, ...]] = {}
        room = pictures.ALL
        for cell, files in sent.items() if isinstance(sent, dict) else ():
            taken = pictures.taken(files, room)
            room -= len(taken)
            if taken:
                found[str(cell)] = taken
        return found
