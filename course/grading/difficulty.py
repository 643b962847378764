"""How hard each exercise was: the share of its points that people earned, and typical mistakes.

Made from what the checks gave: a typical mistake is a hint, told by how many people got it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from course.folder import CourseFolder
from course.grading import shelf
from course.grading.master import GradedCell, Master
from course.plain import line

SHOWN = 3  # typical mistakes of one exercise


@dataclass(frozen=True)
class Exercise:
    """One exercise of an assignment: how many `people` were graded, what `share` they earned.

    `share` is nothing as long as nobody was graded. `mistakes` are hints with how many people were
    told them, the most frequent first.
    """

    assignment: str
    question: str
    points: float
    people: int
    share: float | None
    full: int
    mistakes: tuple[tuple[str, int], ...]


def exercises(
    folder: CourseFolder, master: Master, points: dict[str, dict[str, float | None]]
) -> tuple[Exercise, ...]:
    """The exercises of an assignment in its order; `points` are everybody's, by cell."""
    hints = _hints(folder, master, tuple(points))
    return tuple(
        _exercise(master, cell, points, hints.get(cell.id, Counter()))
        for cell in (*master.tests, *master.hand)
    )


def question(cell: GradedCell, limit: int = 120) -> str:
    """The words by which people know an exercise."""
    return line(cell.question or cell.section, limit) or cell.id


def _exercise(
    master: Master,
    cell: GradedCell,
    points: dict[str, dict[str, float | None]],
    hints: Counter[str],
) -> Exercise:
    given = [score for each in points.values() if (score := each.get(cell.id)) is not None]
    worth = cell.points * len(given)
    return Exercise(
        assignment=master.name,
        question=question(cell),
        points=cell.points,
        people=len(given),
        share=sum(given) / worth if worth else None,
        full=sum(score >= cell.points for score in given),
        mistakes=tuple(sorted(hints.items(), key=lambda each: (-each[1], each[0]))[:SHOWN]),
    )


def _hints(
    folder: CourseFolder, master: Master, people: tuple[str, ...]
) -> dict[str, Counter[str]]:
    """For each cell, how many people were told each hint; without one, the message."""
    found: dict[str, Counter[str]] = {}
    for person in people:
        outcome = shelf.outcome(folder, person, master.name)
        for cell in outcome.cells if outcome else ():
            told = {
                line(part.hint or part.message, 300)
                for part in cell.parts
                if part.earned < part.max
            }
            found.setdefault(cell.cell, Counter()).update(told - {""})
    return found
