"""A page for each participant about the work: what was right, what was not, what to read again.

The page is made from what the checks gave and from what people gave by hand, never from a
notebook: it holds no check, no rubric and no markup of a participant's. It is one file without
scripts or links to other files, safe to open anywhere; a PDF of the same words lies beside it.
"""

from __future__ import annotations

import base64
import datetime
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from course.files import write_bytes, write_text
from course.folder import CourseFolder
from course.grading import intake, shelf
from course.grading.intake import Quarantined, Submission
from course.grading.master import UNTOLD, Master, load
from course.grading.printout import Printout, printouts
from course.grading.record import ByHand, Record
from course.grading.results import CellResult, Outcome
from course.grading.teamwork import team_step
from course.people.roster import Person, roster
from course.plain import line, shortened, visible
from course.programme import programme
from course.progress import Progress, silent
from course.typesetting import pdf
from course.wording import NBSP, day, plural, trimmed

_ANSWER = 700  # signs of an answer that the page repeats
_STYLE = Path(__file__).with_name("page.typ")


@dataclass(frozen=True)
class Item:
    """One exercise on the page; `state` is full, part, none or wait."""

    state: str
    question: str
    points: str
    message: str
    answer: str = ""
    hint: str = ""
    reread: str = ""

    @property
    def sign(self) -> str:
        """A sign that reads in grey print."""
        return {"full": "✓", "part": "±", "none": "✗"}.get(self.state, "…")


@dataclass(frozen=True)
class Group:
    """Exercises under one heading."""

    title: str
    entries: tuple[Item, ...]


@dataclass(frozen=True)
class Page:
    """All words of a page; `refused` is the reason why there is no score."""

    title: str
    name: str
    handed: str = ""
    refused: str = ""
    earned: str = ""
    worth: str = ""
    verdict: str = ""
    late: str = ""
    stale: str = ""
    team: str = ""
    notes: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    printouts: tuple[Printout, ...] = ()


def feedback(folder: CourseFolder, name: str, progress: Progress = silent) -> tuple[Path, ...]:
    """Write a page and its PDF for everybody who handed in `name`; the paths of the pages."""
    master = load(folder, name)
    people, _ = intake.people(folder, name)
    known = roster(folder)
    written = []
    teams = {
        team: team_step(folder, known, team, name)
        for team in {known[person].team for person in people if person in known}
    }
    with Record(folder, master) as record:
        for done, person in enumerate(people):
            progress(done, len(people), person)
            who = known.get(person, Person(person))
            step = teams.get(who.team)
            page = _page(folder, master, record, who)
            page = replace(page, team=step.told(person) if step else "")
            path = folder.feedback / person / name / f"{master.stem}.html"
            text = html(page)
            paper = path.with_suffix(".pdf")
            if not (path.is_file() and paper.is_file() and path.read_text("utf-8") == text):
                write_bytes(paper, printed(page, _day(master)))
                write_text(path, text)
            written.append(path)
    progress(len(people), len(people), "")
    return tuple(written)


def html(page: Page) -> str:
    """The page as one HTML file; every word in it is escaped."""
    # the template is made for each call of the toolkit once: jinja keeps it
    return _TEMPLATES.get_template("page.html").render(page=page)


def printed(page: Page, day: datetime.date) -> bytes:
    """The page as a PDF of A4 sheets; its words are data, never markup."""
    files: dict[str, bytes] = {}
    shown: list[dict[str, Any]] = []
    for each in page.printouts:
        names = [f"picture-{len(files) + at}.png" for at in range(len(each.pictures))]
        files |= zip(names, map(base64.b64decode, each.pictures), strict=True)
        shown.append({"title": each.title, "text": each.text, "pictures": names})
    data = {**asdict(replace(page, printouts=())), "printouts": shown}
    return pdf(_STYLE.read_text("utf-8"), data, as_of=day, files=files)


def _day(master: Master) -> datetime.date:
    """The day written into the PDF: that of the webinar, so that equal pages are equal files."""
    due = {webinar.name: webinar.due for webinar in programme.webinars}
    return due.get(master.name, programme.webinars[-1].due)


_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def _page(folder: CourseFolder, master: Master, record: Record, person: Person) -> Page:
    title, name = heading(master), line(person.name or person.id)
    taken = intake.take(folder, master, person.id)
    outcome = shelf.outcome(folder, person.id, master.name)
    if outcome is None:
        reason = taken.reason if isinstance(taken, Quarantined) else "Очередь ещё не дошла."
        return Page(title, name, refused=reason)
    hand = record.by_hand(person.id)
    tests = tuple(_tests(master, outcome))
    by_hand = tuple(_by_hand(master, outcome, hand))
    earned = sum(cell.score for cell in outcome.cells) + sum(
        hand[cell.id].score or 0 for cell in master.hand if cell.id in hand
    )
    lost = record.penalty(person.id)
    groups = (Group("Ответы, проверенные программой", tests),
              Group("Ответы, которые читает преподаватель", by_hand))  # fmt: skip
    return Page(
        title,
        name,
        handed=day(taken.day) if isinstance(taken, Submission) and taken.day else "",
        earned=trimmed(max(0.0, earned - lost), 2),
        worth=f"{trimmed(master.points, 2)}{NBSP}{_points(master.points)}",
        verdict=_verdict(tests, by_hand),
        late=_late(lost),
        stale=_stale(outcome, taken),
        notes=tuple(line(note, 400) for note in outcome.notes),
        groups=tuple(group for group in groups if group.entries),
        printouts=tuple(printouts(master, outcome)),
    )


def _late(lost: float) -> str:
    """What was taken off for handing in late."""
    if not lost:
        return ""
    return f"Работа сдана после срока: снято {trimmed(lost, 2)}{NBSP}{_points(lost)}."


def _stale(outcome: Outcome, taken: Submission | Quarantined) -> str:
    """Whether the work was handed in again since, and what became of that."""
    if isinstance(taken, Quarantined):
        return f"Потом сдана новая работа, но проверить её не удалось. {taken.reason}"
    if taken.work != outcome.work:
        return "Потом сдана новая работа. Она ещё не проверена."
    return ""


def _tests(master: Master, outcome: Outcome) -> Iterator[Item]:
    """The exercises that the checks judged, in the order of the notebook."""
    judged = {cell.cell: cell for cell in outcome.cells}
    for cell in master.tests:
        result = judged.get(cell.id, CellResult(cell.id, 0.0))
        state = _state(result.score, cell.points)
        exercises = [part.exercise for part in result.parts]
        words = " ".join(part.message for part in result.parts if part.message)
        hints = " ".join(part.hint for part in result.parts if part.hint)
        labels = [master.labels[each] for each in exercises if each in master.labels]
        questions = [asked(outcome, label) for label in labels]
        yield Item(
            state=state,
            question=line(" · ".join(questions), 400) or cell.section or cell.id,
            points=_of(result.score, cell.points),
            message=words or ("Верно." if state == "full" else "Пока неверно."),
            answer=answer_of(outcome, labels[0]) if len(labels) == 1 else "",
            hint=visible(hints),
            reread="" if state == "full" else cell.section,
        )


def _by_hand(master: Master, outcome: Outcome, hand: dict[str, ByHand]) -> Iterator[Item]:
    """The answers that people read: their points and words, or that they are still to come."""
    for cell in master.hand:
        given = hand.get(cell.id, ByHand(None, ""))
        question = line(asked(outcome, cell.question) or cell.section or cell.id, 400)
        answer = answer_of(outcome, cell.question) if cell.question else ""
        if given.score is None:
            points = f"до {trimmed(cell.points, 2)}"
            yield Item("wait", question, points, "Ещё не проверено преподавателем.", answer)
            continue
        yield Item(
            state=_state(given.score, cell.points),
            question=question,
            points=_of(given.score, cell.points),
            message=visible(given.comment, 3000) or "Проверено преподавателем.",
            answer=answer,
        )


def answer_of(outcome: Outcome, label: str, limit: int = _ANSWER) -> str:
    """What was answered under `label`, as the form cell shows it at grading."""
    found = _shown(outcome, label)
    return shortened(found[2], limit) if found else ""


def asked(outcome: Outcome, label: str) -> str:
    """A question as the participant read it, with the words that only a running cell knows."""
    found = _shown(outcome, label) if UNTOLD in label else None
    return found[1] if found else label


def _shown(outcome: Outcome, label: str) -> re.Match[str] | None:
    """The question `label` and its answer in what the form cells show."""
    words = "[^\n]*?".join(map(re.escape, label.split(UNTOLD)))
    wanted = re.compile(rf"({words})\nОтвет: (.*)", re.DOTALL)
    return next(filter(None, map(wanted.search, outcome.shown.values())), None)


def _verdict(tests: tuple[Item, ...], by_hand: tuple[Item, ...]) -> str:
    right = sum(item.state == "full" for item in tests)
    answers = plural(len(tests), "ответа", "ответов", "ответов")
    words = f"Верно {right} из {len(tests)}{NBSP}{answers}"
    waits = sum(item.state == "wait" for item in by_hand)
    return f"{words}. Ещё не проверено преподавателем: {waits}." if waits else f"{words}."


def _state(score: float, points: float) -> str:
    if score >= points:
        return "full"
    return "part" if score > 0 else "none"


def _of(score: float, points: float) -> str:
    return f"{trimmed(score, 2)} из {trimmed(points, 2)}"


def _points(points: float) -> str:
    return plural(int(points), "балла", "баллов", "баллов") if points == int(points) else "балла"


def heading(master: Master) -> str:
    """The title of the webinar, or the name of the assignment in a course of one's own."""
    for webinar in programme.webinars:
        if webinar.name == master.name:
            return f"Вебинар {webinar.number}. {webinar.title}"
    return master.name
