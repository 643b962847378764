"""A course that its instructors set up in their own way, and graded with stock nbgrader before.

The folders' names are put together by the settings, which a group of instructors shares; a late
policy of their own lies beside; points were given by hand in formgrader; people handed in several
times, and are called as people are called.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

from course.folder import CourseFolder
from tests import tiny

NAME = "hw"
SETTINGS = """import os
import sys

c = get_config()
HERE = os.path.dirname(os.path.abspath(__file__))
BASE = "работа"
sys.path.insert(0, HERE)
section = c.CourseDirectory
section.source_directory = os.path.join(BASE, "source")
c.CourseDirectory.submitted_directory = f"{BASE}/in"
c.CourseDirectory.autograded_directory = os.path.join(HERE, BASE, "out")
c.CourseDirectory.groupshared = True
c.AssignLatePenalties.plugin_class = "tardy_of_custom.Tardy"
"""
POLICY = """from nbgrader.plugins import BasePlugin


class Tardy(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return round(total_seconds_late / 3600)
"""
DUE = "2026-10-20 11:00:00 UTC"
IN_TIME, LATE = "2026-10-20 10:00:00.000000 UTC", "2026-10-20 13:00:00.000000 UTC"
GOOD = {"twice": "def twice(x):\n    return 2 * x", "word": "word = 'да'"}
OTHERS: dict[str, dict[str, str]] = {
    "right": {},
    "half.x": {"word": "word = 'нет'"},
    "Пётр Иванов": {"twice": "def twice(x):\n    return 4", "essay": "Мой ответ."},
}
# the points of the whole work, what coming late takes, and by cell: checked, by hand, to look at
Points = tuple[float, float, dict[str, tuple[float | None, float | None, bool]]]
BY_HAND = (None, 4.0, True)  # the work is new: whoever gave the points has to look again
SCORES: dict[str, Points] = {
    "right": (7.5, 0, {"check_twice": (2, None, False), "check_word": (3, 1.5, True),
                       "essay": BY_HAND}),
    "half.x": (6, 2, {"check_twice": (2, None, False), "check_word": (0, None, False),
                      "essay": BY_HAND}),
    "Пётр Иванов": (7, 0, {"check_twice": (0, None, False), "check_word": (3, None, False),
                           "essay": BY_HAND}),
}  # fmt: skip


def course(root: Path) -> CourseFolder:
    """The course with its one assignment, and a gradebook that also knows one that is gone."""

    def code(source: str, id: str, **marks: object) -> nbformat.NotebookNode:
        return tiny.cell("code", source, id, **marks)

    made = tiny.course(root, [
        code("### BEGIN SOLUTION\n" + GOOD["twice"] + "\n### END SOLUTION", "twice",
             solution=True, locked=False),
        code("assert twice(2) == 4\n### BEGIN HIDDEN TESTS\nassert twice(3) == 6\n"
             "### END HIDDEN TESTS", "check_twice", grade=True, points=2),
        code("### BEGIN SOLUTION\n" + GOOD["word"] + "\n### END SOLUTION", "word",
             solution=True, locked=False),
        code("assert word == 'да'", "check_word", grade=True, points=3),
        tiny.cell("markdown", "Ваш ответ", "essay", grade=True, solution=True, locked=False,
                  points=5),
    ], NAME)  # fmt: skip
    (root / "работа").mkdir()
    made.source.rename(root / "работа" / "source")
    (root / "nbgrader_config.py").write_text(SETTINGS, "utf-8")
    (root / "tardy_of_custom.py").write_text(POLICY, "utf-8")
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as book:
        book.add_assignment(NAME, duedate=DUE)
        book.add_assignment("gone")
    return CourseFolder(root)


def hand_in(folder: CourseFolder, person: str, at: str, **sources: str) -> None:
    """Put a work where the settings say, as `nbgrader collect --update` does."""
    place = folder.root / "работа" / "in" / person / NAME
    place.mkdir(parents=True, exist_ok=True)
    notebook = nbformat.read(folder.root / "работа" / "source" / NAME / f"{NAME}.ipynb", 4)
    for each in notebook.cells:
        answers = {**GOOD, **sources}
        each.source = answers.get(each.id, each.source.split("### BEGIN HIDDEN")[0])
    nbformat.write(notebook, place / f"{NAME}.ipynb")
    (place / "timestamp.txt").write_text(at, "ascii")


def first(folder: CourseFolder) -> None:
    """The works that were handed in at first: each wrong."""
    for person in OTHERS:
        hand_in(folder, person, IN_TIME, twice="", word="word = 7")


def by_hand(folder: CourseFolder) -> None:
    """Points that formgrader gives: for the open answer of all, over a check of one."""
    with Gradebook(f"sqlite:///{folder.gradebook}") as book:
        for person in OTHERS:
            for grade in book.find_submission(NAME, person).notebooks[0].grades:
                if grade.name == "essay" or (person, grade.name) == ("right", "check_word"):
                    grade.manual_score = 4.0 if grade.name == "essay" else 1.5
                    grade.needs_manual_grade = False
        book.db.commit()


def again(folder: CourseFolder) -> None:
    """What they handed in later: one of them too late."""
    for person, other in OTHERS.items():
        hand_in(folder, person, LATE if person == "half.x" else IN_TIME, **other)


def points(folder: CourseFolder) -> dict[str, Points]:
    """All that the gradebook holds."""
    with Gradebook(f"sqlite:///{folder.gradebook}") as book:
        return {
            row.student_id: (row.score, row.late_submission_penalty, {
                grade.name: (grade.auto_score, grade.manual_score, grade.needs_manual_grade)
                for grade in row.notebooks[0].grades
            })
            for row in book.assignment_submissions(NAME)
        }  # fmt: skip
