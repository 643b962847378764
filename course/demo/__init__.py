"""The main job on the worked example, in a practice course of its own.

An invented cohort (`cohort.yaml`) hands in the written webinars; their work is graded, feedback is
written, the business case of the worked example is made, and a jury marks three teams. Everything
happens in `build/demo` below the course folder, so that a real cohort's gradebook is never touched.
A second run redoes only what changed.
"""

from __future__ import annotations

import filecmp
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course import authoring, files, forms, gradebook, grading, people, reporting
from course.demo import rehearsal
from course.folder import MARK, CourseFolder
from course.gradebook import standings
from course.programme import programme
from course.progress import Progress

FILE = Path(__file__).with_name("cohort.yaml")
TEAM = "radioelectronics"
DRAWS = 2_000  # scenarios of chance: a real report draws fifty times as many
Say = Callable[[str], None]


@dataclass(frozen=True)
class Participant:
    """An invented person who makes `errors` typical mistakes in each webinar."""

    id: str
    name: str
    team: str
    region: str
    errors: int


def run(folder: CourseFolder, say: Say, progress: Progress) -> None:
    """Build, hand in, grade, write feedback and the business case; tell which files to open."""
    began = time.monotonic()
    practice = prepare(folder)
    cohort = participants()
    names = [w.name for w in programme.webinars if (practice.assignments / w.name).is_dir()]

    say(f"1. Тетради: {', '.join(names)}")
    authoring.build(practice, names, progress)
    authoring.release(practice, names, progress)

    say(f"2. Учебный поток сдаёт работы: {len(cohort)} участников")
    people.write_roster(practice, [vars(person) for person in cohort])
    for name in names:
        hand_in(practice, name, cohort, progress)

    say("3. Проверка и отзывы")
    for name in names:
        for line in grading.grade(practice, name, progress=progress).lines:
            say(f"  {line}")
        grading.feedback(practice, name, progress)
    say("")
    for line in standings.lines(gradebook.table(practice)):
        say(line)
    say("")

    say(f"4. Бизнес-план кластера: {TEAM}")
    made = reporting.make(practice, TEAM, "business_case", {"draws": DRAWS}, progress)
    made += reporting.make(practice, TEAM, "cooperation", progress=progress)

    say("5. Учебная защита: три команды, пять экспертов")
    made += rehearsal.hold(practice, files.read_yaml(FILE).data["defence"], progress)

    say(f"Готово за {time.monotonic() - began:.0f} с. Откройте:")
    person = cohort[1].id
    for path in (
        *(practice.release / name / f"{name}.ipynb" for name in names),
        *(page for name in names for page in (practice.feedback / person / name).glob("*.html")),
        *made,
    ):
        say(f"  {path.relative_to(folder.root)}")


def prepare(folder: CourseFolder) -> CourseFolder:
    """The practice course below `folder`, with its written parts copied where they changed."""
    root = folder.root / "build" / "demo"
    for name in ("assignments", "templates", "teams"):
        mirror(folder.root / name, root / name)
    shutil.copyfile(folder.root / MARK, root / MARK)
    return CourseFolder(root)


def mirror(source: Path, target: Path) -> None:
    """Make the folder `target` equal to `source`, writing only what differs."""
    target.mkdir(parents=True, exist_ok=True)
    kept = {path.name for path in source.iterdir() if not path.name.startswith((".", "__"))}
    for path in target.iterdir():
        if path.name not in kept:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name in sorted(kept):
        here, there = source / name, target / name
        if here.is_dir():
            mirror(here, there)
        elif not (there.is_file() and filecmp.cmp(here, there, shallow=False)):
            shutil.copyfile(here, there)


def participants() -> tuple[Participant, ...]:
    """The invented cohort."""
    return tuple(Participant(**entry) for entry in files.read_yaml(FILE).data["participants"])


def hand_in(
    folder: CourseFolder, name: str, cohort: Sequence[Participant], progress: Progress
) -> None:
    """Put each person's copy of the released webinar, filled in, where submissions arrive."""
    answers = authoring.model_answers(folder, name)
    mistakes = authoring.typical_mistakes(folder, name)
    for number, person in enumerate(cohort):
        progress(number, len(cohort), person.name)
        target = folder.submitted / person.id / name
        mirror(folder.release / name, target)
        given = filled_in(answers, mistakes, person.errors, number)
        forms.write_answers(target / "answers.json", name, given)


def filled_in(
    answers: Mapping[str, Any], mistakes: Sequence[authoring.Mistake], errors: int, shift: int
) -> dict[str, Any]:
    """The model answers with `errors` of them replaced by typical mistakes, chosen by `shift`."""
    exercises = sorted({mistake.exercise for mistake in mistakes})
    given = dict(answers)
    for step in range(min(errors, len(exercises))):
        exercise = exercises[(shift * 5 + step) % len(exercises)]
        choice = [mistake for mistake in mistakes if mistake.exercise == exercise]
        given[exercise] = choice[(shift + step) % len(choice)].answer
    return given
