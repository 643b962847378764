"""Grading again after a check was mended: who gains and who loses is told before it is written.

What is written is kept in the sealed history, from which the earlier state can be had back. Points
given by hand stay as they are.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from course.errors import Fault, GradingError
from course.folder import CourseFolder
from course.grading import intake, ledger, shelf
from course.grading.difficulty import question
from course.grading.intake import Quarantined, Submission
from course.grading.judging import Judging, hired
from course.grading.master import Master, load
from course.grading.results import Outcome
from course.plain import line
from course.progress import Progress, silent
from course.sandbox import levels
from course.wording import count, trimmed

_CELLS = 3  # exercises that a line names
_CLOSE = 1e-9


@dataclass(frozen=True)
class Change:
    """What becomes of one work; `before` is nothing for one that was never graded."""

    submission: Submission
    before: Outcome | None
    after: Outcome

    @property
    def person(self) -> str:
        """Whose work it is."""
        return self.submission.person

    @property
    def same(self) -> bool:
        """Whether it is the work that was graded before, and not a new one."""
        return self.before is not None and self.before.work == self.after.work

    @property
    def gain(self) -> float:
        """The points won, negative where they are lost; 0 where there is nothing to compare."""
        return _points(self.after) - _points(self.before) if self.before else 0.0


@dataclass(frozen=True)
class Preview:
    """What a regrade, or the way back from one, would write: nothing is written yet.

    `left` are people whose work can't be treated, with the reason.
    """

    master: Master
    changes: tuple[Change, ...]
    what: str
    left: tuple[tuple[str, str], ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def moved(self) -> tuple[Change, ...]:
        """The works whose points change, the greatest loss first."""
        moved = [each for each in self.changes if abs(each.gain) > _CLOSE]
        return tuple(sorted(moved, key=lambda each: (each.gain, each.person)))

    @property
    def lines(self) -> tuple[str, ...]:
        """Who gains and who loses, as Russian lines for the terminal."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[str]:
        won, lost = (
            count(sum(sign * each.gain > _CLOSE for each in self.moved),
                  "участник", "участника", "участников")
            for sign in (1, -1)
        )  # fmt: skip
        stay = len(self.changes) - len(self.moved)
        yield f"{self.master.name}: выиграют {won}, потеряют {lost}, без изменений {stay}."
        for each in self.moved:
            yield f"  {each.person}: {self._told(each)}"
        if self.moved:
            yield "Показаны баллы программы; баллы преподавателя остаются."
        yield from (f"  {person}: не тронуто. {line(why, 300)}" for person, why in self.left)
        yield from (f"Внимание авторам задания. {line(fault, 300)}" for fault in self.faults)

    def _told(self, each: Change) -> str:
        before = each.before
        assert before is not None  # only what was graded before can move
        points = f"{trimmed(_points(before), 2)} → {trimmed(_points(each.after), 2)}"
        sign = "+" if each.gain > 0 else "−"
        kind = "" if each.same else ", сдана новая работа"
        cells = {cell.id: question(cell, 60) for cell in self.master.tests}
        earlier = {cell.cell: cell.score for cell in before.cells}
        moved = [
            f"«{cells.get(cell.cell, cell.cell)}» {trimmed(earlier.get(cell.cell, 0.0), 2)} → "
            f"{trimmed(cell.score, 2)}"
            for cell in each.after.cells
            if abs(cell.score - earlier.get(cell.cell, 0.0)) > _CLOSE
        ]
        more = f" и ещё {len(moved) - _CELLS}" if len(moved) > _CELLS else ""
        told = f"{points} ({sign}{trimmed(abs(each.gain), 2)}){kind}"
        return f"{told}: {'; '.join(moved[:_CELLS])}{more}"


def preview(
    folder: CourseFolder, name: str, *, workers: int = 2, progress: Progress = silent
) -> Preview:
    """What grading `name` again would change; nothing is written.

    `GradingError` as for grading.
    """
    master = load(folder, name)
    level = levels.chosen() if master.program else ""
    if level:
        levels.require(level)
    people, refused = intake.people(folder, name)
    with hired(workers) as pool, shelf.alone(folder):
        judging = Judging(folder, master, people, pool, workers, progress, level)
        judging.begin()
        judging.know(set())  # what is recorded excuses nobody: everybody is judged again
        found = tuple(
            Change(submission, shelf.outcome(folder, submission.person, name), outcome)
            for group in judging.groups()
            for submission, outcome in group
        )
    progress(len(people), len(people), "")
    left = [(each.person, each.reason) for each in (*refused, *judging.quarantined)]
    return Preview(master, found, ledger.REGRADE, tuple(sorted(left)), tuple(judging.faults))


def write(folder: CourseFolder, seen: Preview, at: datetime.datetime) -> None:
    """Write what a preview showed: the history first, then gradebook and shelf.

    `GradingError` if anything was graded or handed in since the preview.
    """
    from course.grading.record import Record

    with shelf.alone(folder), Record(folder, seen.master) as record:
        _hold_still(folder, seen)
        record.register()
        told = [each for one in seen.changes for each in ledger.moved(one.before, one.after)]
        ledger.add(folder, seen.what, seen.master.name, at, told)
        for each in seen.changes:
            record.write(each.submission, each.after, each.before)
        record.save()
        for each in seen.changes:
            shelf.put(folder, seen.master, each.submission, each.after)


def way_back(folder: CourseFolder, name: str) -> Preview:
    """What going back before the last change of points of `name` would do; nothing is written.

    A work that was handed in anew since stays as it is. `GradingError` if there is no change to
    go back from.
    """
    master = load(folder, name)
    runs: list[list[ledger.Entry]] = []
    last = None
    for entry in ledger.verify(folder):
        if entry.assignment != name:
            continue
        if (entry.what, entry.at) != last:
            last = (entry.what, entry.at)
            if entry.what != ledger.BACK:
                runs.append([])
            elif runs:
                runs.pop()
        if entry.what != ledger.BACK:
            runs[-1].append(entry)
    if not runs:
        raise GradingError(
            Fault(name, "", "возвращаться не к чему: баллы за те же работы не менялись")
        )
    found: list[Change] = []
    left: list[tuple[str, str]] = []
    for entry in runs[-1]:
        if entry.record is not None:
            change = _restored(folder, master, entry.record)
            if isinstance(change, Change):
                found.append(change)
            else:
                left.append((str(entry.record["person"]), change))
    return Preview(master, tuple(found), ledger.BACK, tuple(left))


def _restored(folder: CourseFolder, master: Master, record: Any) -> Change | str:
    """The earlier outcome of one work in place of today's, or why it can't be had."""
    person = str(record["person"])
    now = shelf.outcome(folder, person, master.name)
    taken = intake.take(folder, master, person)
    if now is None or isinstance(taken, Quarantined):
        return "Работы больше нет, или она не читается."
    if taken.work != record["before"]["work"] or now.work != taken.work:
        return "После перепроверки сдана новая работа."
    if {cell["cell"] for cell in record["before"]["cells"]} != {cell.id for cell in master.tests}:
        return "Упражнения в вебинаре с тех пор стали другими."
    before = Outcome.read({**record["before"], "shown": now.shown, "pictures": now.pictures})
    # under today's key, so that the next grading does not take it for a work to be checked again
    return Change(taken, now, replace(before, key=taken.key(master)))


def _hold_still(folder: CourseFolder, seen: Preview) -> None:
    """Refuse to write what was shown if the works or the checks are others by now."""
    name = seen.master.name
    moved = [
        each.person
        for each in seen.changes
        if shelf.outcome(folder, each.person, name) != each.before
        or getattr(intake.take(folder, seen.master, each.person), "work", "") != each.after.work
    ]
    if moved or load(folder, name).digest != seen.master.digest:
        raise GradingError(
            Fault(name, "", "пока вы смотрели, работы или проверки изменились",
                  "Запустите перепроверку снова")
        )  # fmt: skip


def _points(outcome: Outcome) -> float:
    return sum(cell.score for cell in outcome.cells)


def told(entries: Sequence[ledger.Entry]) -> Iterator[str]:
    """The history as Russian lines: what was done when, and the seal to compare with."""
    words = {ledger.GRADE: "проверка", ledger.REGRADE: "перепроверка", ledger.BACK: "возврат"}
    runs: dict[tuple[str, str, str], int] = {}
    for entry in entries:
        key = (entry.at, entry.assignment, entry.what)
        runs[key] = runs.get(key, 0) + 1
    for (at, assignment, what), works in runs.items():
        moment = datetime.datetime.fromisoformat(at).astimezone(intake.ZONE)
        amount = count(works, "работа", "работы", "работ")
        yield f"{moment:%d.%m.%Y %H:%M} МСК  {assignment}: {words.get(what, what)}, {amount}"
    lines = count(len(entries), "запись", "записи", "записей")
    yield f"В истории {lines}, цепочка цела."
    if entries:
        yield f"Печать последней записи: {entries[-1].seal[:16]}"
