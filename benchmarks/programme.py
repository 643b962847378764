"""A whole programme for a cohort, and how grading grows: `python -m benchmarks.programme [N [M]]`.

N invented participants (200) hand in all webinars, and `proclusters grade all` checks them from
cold start to exit. Then one webinar with up to M submissions (2,000) tells by which power the time
grows, and one worker against two tells what the second is worth. One JSON line for each figure;
times never fail, a submission without a score does.
"""

from __future__ import annotations

import math
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.grading import ROOT, answered, code_course, run, tell
from course.authoring import verifying
from course.folder import MARK, CourseFolder
from course.forms import write_answers
from course.programme import programme
from tests.courses import programs

GROWN = "03_cooperation"
HEAVY = "06_economics"
STEPS = (1 / 16, 1 / 4, 1)  # of the largest cohort
GRADE = (
    "import sys, time; from pathlib import Path; from course import grading;"
    "from course.folder import CourseFolder; marks = [];"
    "done = grading.grade(CourseFolder(Path(sys.argv[1])), sys.argv[2], workers=int(sys.argv[3]),"
    " progress=lambda *step: marks.append((time.perf_counter(), time.process_time())));"
    "assert not done.quarantined, done.lines;"
    "print(*(last - first for first, last in zip(marks[0], marks[-1], strict=True)))"
)


def cohort(root: Path, names: Sequence[str], people: int) -> CourseFolder:
    """A course with the built webinars `names` and works of `people`, unlike in their mistakes."""
    folder = CourseFolder(root)
    for name in names:
        shutil.copytree(ROOT / "assignments" / name, folder.assignments / name)
        shutil.copytree(ROOT / "source" / name, folder.source / name)
    shutil.copyfile(ROOT / MARK, root / MARK)
    for name in names:
        model = verifying.model_answers(folder, name)
        mistakes = verifying.typical_mistakes(folder, name)
        for number in range(people):
            values = answered(model, mistakes, number)
            path = folder.submitted / f"person{number:04}" / name / "answers.json"
            write_answers(path, name, values)
    return folder


def whole(beside: Path, people: int) -> None:
    """The command on all webinars, everything new; then again, when nothing has changed."""
    names = [webinar.name for webinar in programme.webinars]
    folder = cohort(beside, names, people)
    command = (str(Path(sys.executable).parent / "proclusters"), "grade", "all", "--workers", "2")
    label = f"{people} people × {len(names)} webinars"
    for what in ("2 workers, cold start to exit", "the same again, nothing changed"):
        try:
            seconds, _ = run(folder, *command)
        except subprocess.CalledProcessError as error:
            raise SystemExit(f"{label}: somebody has no score\n{error.stdout[-2000:]}") from None
        tell(f"{label}, {what}", seconds, None, "s")
    assert len(list(folder.autograded.glob("*/*/outcome.json"))) == people * len(names)


def grown(beside: Path, most: int) -> None:
    """By which power of the number of submissions the time grows: the slope of its logarithm.

    Processor time of the process that takes in, judges and records: other work on the machine does
    not bend it, and the checking processes keep nothing from one submission to the next.
    """
    points = []
    for step in STEPS:
        people = max(8, round(most * step))
        folder = cohort(beside / str(people), [GROWN], people)
        _, said = run(folder, sys.executable, "-c", GRADE, str(folder.root), GROWN, "2")
        seconds, busy = map(float, said.split())
        points.append((math.log(people), math.log(busy)))
        tell(f"{people} submissions of one webinar, 2 workers, when running", seconds, None, "s")
        shutil.rmtree(folder.root)
    middle = [sum(each) / len(points) for each in zip(*points, strict=True)]
    above = sum((x - middle[0]) * (y - middle[1]) for x, y in points)
    tell("growth with submissions, exponent", above / sum((x - middle[0]) ** 2 for x, _ in points),
         None, "1 is linear")  # fmt: skip


def workers(beside: Path, people: int) -> None:
    """One worker against two on the same submissions, when running: light and heavy checks.

    The grader itself takes in and records beside its workers: where a check takes less than
    recording it, one worker and the grader already fill two cores.
    """
    for what, name, many in (
        ("light forms", GROWN, people),
        ("forms with a financial model", HEAVY, people // 2),
        ("code in the sandbox", programs.NAME, people // 4),
    ):
        times = []
        for count in ("2", "1"):
            place = beside / f"{name}{count}"
            folder = code_course(place, many) if name == programs.NAME else cohort(
                place, [name], many)  # fmt: skip
            _, said = run(folder, sys.executable, "-c", GRADE, str(folder.root), name, count)
            times.append(float(said.split()[0]))
        tell(
            f"{what}, {many} submissions when running: 2 workers against 1", times[0], times[1], "s"
        )


if __name__ == "__main__":
    some, most = (int(word) for word in [*sys.argv[1:], "200", "2000"][:2])
    with tempfile.TemporaryDirectory() as place:
        whole(Path(place, "whole"), some)
        workers(Path(place, "workers"), some)
        grown(Path(place, "grown"), most)
