"""Who passes: points of the whole programme, attendance, and what is still to come.

Nobody fails while something waits for a person's marks, or before every webinar was handed in by
somebody; a threshold that was reached already is told at once, for marks can only add to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from course.folder import CourseFolder
from course.grading.master import Master
from course.grading.opening import has_gradebook
from course.grading.record import Record
from course.people.attendance import attendance
from course.people.roster import Person, in_order, roster
from course.programme import programme
from course.wording import count

PASSED, FAILED, OPEN, EARLY = "зачёт", "не зачёт", "ждёт проверки", "программа идёт"
_CLOSE = 1e-9


@dataclass(frozen=True)
class Verdict:
    """One person's result: points by assignment (`None`: not handed in) and what follows.

    `share` is that of the points of all assignments together; `came` of `held` webinars are those
    at which attendance was kept.
    """

    person: Person
    points: dict[str, float | None]
    penalties: dict[str, float]
    share: float
    came: int
    held: int
    waiting: tuple[str, ...]
    words: str

    @property
    def total(self) -> float:
        """The points of all works."""
        return round(sum(points for points in self.points.values() if points is not None), 2)

    @property
    def handed(self) -> int:
        """How many works were handed in."""
        return sum(points is not None for points in self.points.values())


def told(people: Sequence[Verdict]) -> Iterator[str]:
    """How many passed, as Russian lines for the terminal, and what keeps the list from its end."""
    words = [each.words for each in people]
    total = count(len(people), "участник", "участника", "участников")
    left = words.count(OPEN) + words.count(EARLY)
    yield (
        f"В ведомости {total}: зачёт {words.count(PASSED)}, не зачёт {words.count(FAILED)}, "
        f"без итога {left}."
    )
    if OPEN in words:
        yield f"Ведомость предварительная: ждут проверки ответов {words.count(OPEN)}."
    if EARLY in words:
        yield "Ведомость предварительная: часть вебинаров ещё никто не сдал."


def verdicts(folder: CourseFolder, found: list[Master]) -> tuple[Verdict, ...]:
    """Everybody's result over the assignments `found`, sorted by team and name."""
    scores: dict[str, dict[str, float]] = {}
    penalties: dict[str, dict[str, float]] = {}
    waiting: dict[str, set[str]] = {}
    for master in found:
        if has_gradebook(folder):
            with Record(folder, master) as record:
                scores[master.name] = record.scores()
                penalties[master.name] = record.penalties()
                waiting[master.name] = set(record.waiting(set(scores[master.name])))
    known = roster(folder)
    everybody = {*known, *(person for column in scores.values() for person in column)}
    people = in_order(known.get(identity, Person(identity)) for identity in everybody)
    came = attendance(folder)
    held = {name for marks in came.values() for name in marks}
    worth = sum(master.points for master in found)
    early = not all(scores.get(master.name) for master in found)
    return tuple(
        _verdict(
            person,
            {master.name: scores.get(master.name, {}).get(person.id) for master in found},
            {name: lost[person.id] for name, lost in penalties.items() if lost.get(person.id)},
            tuple(name for name, people in waiting.items() if person.id in people),
            worth,
            (sum(came.get(person.id, {}).values()), len(held)),
            EARLY if early else FAILED,
        )
        for person in people
    )


def _verdict(
    person: Person,
    points: dict[str, float | None],
    penalties: dict[str, float],
    waiting: tuple[str, ...],
    worth: float,
    attended: tuple[int, int],
    otherwise: str,
) -> Verdict:
    share = sum(each or 0.0 for each in points.values()) / worth if worth else 0.0
    came, held = attended
    enough = share >= programme.pass_share - _CLOSE
    there = came >= (programme.attend_share or 0.0) * held - _CLOSE
    missed = OPEN if waiting and there else otherwise
    words = PASSED if enough and there else missed
    return Verdict(person, points, penalties, share, came, held, waiting, words)
