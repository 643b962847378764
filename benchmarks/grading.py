"""How fast grading by forms is, against stock nbgrader on the same submissions.

    python -m benchmarks.grading          24 submissions with stock, 120 alone: some minutes
    python -m benchmarks.grading 4 40     so many with stock, so many alone

One JSON line per figure: `name`, `ours`, `peer`, `ratio`, `unit`. Each side runs as a command in a
process of its own, from cold start to exit, with the gradebook made beforehand; the scores of
every cell are compared and must be equal. The webinar is the third, its answers the model ones
with typical mistakes mixed in. The course with code is `tests/courses/programs.py`: functions,
pandas and one plot; our side runs it in the sandbox, stock nbgrader without one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from course import authoring
from course.authoring import cases, verifying
from course.folder import CourseFolder
from course.forms import write_answers
from course.sandbox import crew, levels, seating
from course.sandbox.talk import Talk
from tests.courses import programs

ROOT = Path(__file__).parents[1]
NAME = "03_cooperation"
OURS = (
    "import sys, time; from pathlib import Path; from course import grading;"
    "from course.folder import CourseFolder; marks = [];"
    "done = grading.grade(CourseFolder(Path(sys.argv[1])), sys.argv[2],"
    " progress=lambda *step: marks.append(time.perf_counter()));"
    "assert not done.quarantined, done.lines; print((len(marks) - 2) / (marks[-1] - marks[1]))"
)


def tell(name: str, ours: float, peer: float | None, unit: str) -> None:
    """Print one figure."""
    ratio = None if peer is None else float(f"{peer / ours:.4g}")
    peer = None if peer is None else float(f"{peer:.4g}")
    figure = {"name": name, "ours": float(f"{ours:.4g}"), "peer": peer, "ratio": ratio}
    print(json.dumps({**figure, "unit": unit}, ensure_ascii=False), flush=True)


def cohort(root: Path, people: int) -> CourseFolder:
    """A course with the built webinar, its gradebook made, and work handed in by `people`."""
    shutil.copytree(ROOT / "assignments" / NAME, root / "assignments" / NAME)
    (root / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
    folder = CourseFolder(root)
    authoring.build(folder, [NAME])
    run(folder, "nbgrader", "generate_assignment", NAME)
    model = verifying.model_answers(folder, NAME)
    mistakes = verifying.typical_mistakes(folder, NAME)
    for number in range(people):
        values = answered(model, mistakes, number)
        place = folder.submitted / f"person{number:04}" / NAME
        place.mkdir(parents=True)
        shutil.copy(folder.source / NAME / f"{NAME}.ipynb", place)
        write_answers(place / "answers.json", NAME, values)
    return folder


def answered(
    model: Mapping[str, Any], mistakes: Sequence[cases.Mistake], number: int
) -> dict[str, Any]:
    """The answers of one of the people: the model ones, with a seventh of the typical mistakes."""
    return {**model, **{each.exercise: each.answer for each in mistakes[number % 7 :: 7]}}


def run(folder: CourseFolder, *words: str) -> tuple[float, str]:
    """Run a command in the course: its seconds, and what it printed."""
    home = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{home}{os.pathsep}{os.environ['PATH']}"}
    start = time.perf_counter()
    done = subprocess.run(
        words, cwd=folder.root, env=environment, check=True, capture_output=True, text=True
    )
    return time.perf_counter() - start, done.stdout


def points(folder: CourseFolder, name: str = NAME) -> dict[tuple[str, str], float | None]:
    """The points of every cell of everybody."""
    with Gradebook(f"sqlite:///{folder.gradebook}") as book:
        return {
            (submission.student_id, grade.name): grade.auto_score
            for submission in book.assignment_submissions(name)
            for grade in submission.notebooks[0].grades
        }


def compare(beside: Path, people: int) -> float:
    """Both sides on the same submissions, from cold start to exit; stock's seconds for one."""
    ours = cohort(beside / "ours", people)
    stock = CourseFolder(shutil.copytree(ours.root, beside / "stock"))
    mine, _ = run(ours, sys.executable, "-c", OURS, str(ours.root), NAME)
    theirs, _ = run(stock, "nbgrader", "autograde", NAME)
    if points(ours) != points(stock):
        raise SystemExit("scores differ from stock nbgrader")
    tell(f"forms, {people} submissions, cold start to exit", mine, theirs, "s")
    return theirs / people


def code_course(root: Path, people: int) -> CourseFolder:
    """A course of functions, pandas and one plot, its gradebook made; a third hand in a mistake."""
    folder = programs.course(root)
    run(folder, "nbgrader", "generate_assignment", programs.NAME)
    for number in range(people):
        wrong = {"share": "def share(part, whole):\n    return part / (whole or 1)"}
        programs.hand_in(folder, f"person{number:04}", **(wrong if number % 3 == 2 else {}))
    return folder


def code(beside: Path, people: int) -> None:
    """Both sides on submissions with code, from cold start to exit."""
    ours = code_course(beside / "code", people)
    stock = CourseFolder(shutil.copytree(ours.root, beside / "code_stock"))
    mine, _ = run(ours, sys.executable, "-c", OURS, str(ours.root), programs.NAME)
    theirs, _ = run(stock, "nbgrader", "autograde", programs.NAME)
    if points(ours, programs.NAME) != points(stock, programs.NAME):
        raise SystemExit("scores differ from stock nbgrader")
    tell(f"code in the sandbox, {people} submissions, cold start to exit", mine, theirs, "s")


def memory(beside: Path) -> None:
    """What a live seat and its judge hold, as two workers have them, against 60 MB; all of it."""
    place = beside / "memory"
    place.mkdir()
    (place / "answers.json").write_text("{}")
    room = seating.Room(levels.FULL, str(place), {}, str(place / "answers.json"), 60)
    pairs = [(room.seat(), room.judge()[0]) for _ in range(2)]
    plot = "import pandas as pd, matplotlib.pyplot as plt\nplt.plot(pd.Series([1, 3, 2]))"
    for seat, judge in pairs:
        seat.ask({"run": plot}, 60)
        judge.say({"data": {}, "answers": {}}, 60)
        judge.ask({"locked": "import pandas"}, 60)
    for name, at in (("seat", 0), ("judge", 1)):
        held = sum(part(pair[at]) for pair in pairs) / len(pairs)
        tell(f"memory of a live {name}, proportional, its first process too", held, 60.0, "MB")
    crew.dismiss()


def part(talk: Talk) -> float:
    """Megabytes that a forked process and those below it hold, shared pages in equal shares."""
    numbers = [talk.pid, *map(int, Path(f"/proc/{talk.pid}/task/{talk.pid}/children")
                              .read_text().split())]  # fmt: skip
    lines = [
        line for number in numbers
        for line in Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    ]  # fmt: skip
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def alone(beside: Path, people: int, each: float) -> None:
    """Our side when running, against the `each` seconds that stock needs for a submission."""
    folder = cohort(beside / "alone", people)
    _, rate = run(folder, sys.executable, "-c", OURS, str(folder.root), NAME)
    tell(f"forms, {people} submissions, one when running", 1 / float(rate), each, "s")
    tell("forms, submissions graded in a second", float(rate), None, "1/s")


if __name__ == "__main__":
    few, many = (int(word) for word in [*sys.argv[1:], "24", "120"][:2])
    with tempfile.TemporaryDirectory() as place:
        each = compare(Path(place), few)
        alone(Path(place), many, each)
        code(Path(place), few)
        memory(Path(place))
