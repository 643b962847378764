"""The folder in which a participant works: webinars, kept answers, the start page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

from course import wording
from course.errors import CourseError, CourseFolderError, Fault
from course.files import MEBIBYTE, read_json, read_text, write_bytes
from course.folder import CourseFolder
from course.forms.answers import NAME as ANSWERS
from course.forms.answers import load
from course.forms.tables import empty
from course.programme import Webinar, programme

NOTEBOOK_LIMIT = 16 * MEBIBYTE
FEEDBACK_LIMIT = 4 * MEBIBYTE
START = "Начало.md"
SENT = "Отправить"  # where «Сдать» puts the file for the letter
FEEDBACK = "Отзывы"  # where a participant puts what came by letter

# The sum at the top of a page of feedback; nothing else of the page is shown here.
_SCORE = re.compile(
    r'class="score">\s*<div><b>([0-9\u00a0,]{1,9}) из ([0-9\u00a0,]{1,9}?)'
    r"(?:\u00a0балл[а-я]{0,2})?</b>"
)

_PACKAGE = Path(__file__).parents[1]
_UNREADABLE = 1_000_000  # corrections: a notebook that somebody spoiled is not replaced unasked


@dataclass(frozen=True)
class Found:
    """A webinar in a workspace: its `folder`, and how much of it is filled in."""

    webinar: Webinar
    folder: Path
    filled: int


def workspace(place: Path) -> Path:
    """The folder with webinars to fill in; released ones are laid out where there are none.

    Inside a course folder it is `build/participant`: what is released there must stay untouched.
    """
    place = place.resolve()
    try:
        course = CourseFolder.find(place)
    except CourseFolderError:
        return _laid_out(place, released())
    if not course.release.is_dir():  # a participant's folder with settings of an exchange
        return _laid_out(place, released())
    return _laid_out(course.root / "build" / "participant", course.release)


def released() -> Path:
    """The released webinars that came with the program."""
    shipped = _PACKAGE / "_shipped" / "release"
    return shipped if shipped.is_dir() else _PACKAGE.parent / "release"


def found(root: Path) -> Iterator[Found]:
    """The webinars of the programme that lie in `root`, in their order."""
    for webinar in programme.webinars:
        folder = root / webinar.name
        if (folder / f"{webinar.name}.ipynb").is_file():
            answers = load(folder / ANSWERS, webinar.name).answers
            filled = sum(not empty(answer.value) for answer in answers.values())
            yield Found(webinar, folder, filled)


def start_page(root: Path, on: date | None = None) -> str:
    """The start page as Markdown: each webinar with its link, its days, answers and points.

    With the day `on` it also says what is to be handed in next.
    """
    lines = [f"# {programme.title}", "", "Щёлкните название вебинара: он откроется.", ""]
    here = {each.webinar.name: each for each in found(root)}
    lines += _due(root, here.values(), on) if on else []
    lines += ["| № | Вебинар | Выдан | Сдать до | Ответов записано | Баллы |"]
    lines += ["|---|---|---|---|---|---|"]
    for webinar in programme.webinars:
        link = f"[{webinar.title}]({webinar.name}/{webinar.name}.ipynb)"
        there = here.get(webinar.name)
        title, filled = (link, str(there.filled)) if there else (webinar.title, "ещё не выдан")
        days = f"{wording.day(webinar.released)} | {wording.day(webinar.due)}"
        points = _points(root, webinar)
        lines.append(f"| {webinar.number} | {title} | {days} | {filled} | {points} |")
    lines += _corrections(each.webinar for each in here.values())
    lines += ["", "Ответы записываются сами. Вернуться на эту страницу: «Начало.md» слева."]
    lines += [f"Отзыв пришёл письмом? Положите файл в папку «{FEEDBACK}»: здесь появятся баллы."]
    return "\n".join(lines) + "\n"


def _due(root: Path, here: Iterable[Found], on: date) -> list[str]:
    """A Markdown line on the first webinar whose work is not ready to be handed in, if any."""
    for each in here:
        webinar = each.webinar
        if not webinar.released <= on <= webinar.due or _sent(root, webinar):
            continue
        left = (webinar.due - on).days
        days = wording.count(left, "день", "дня", "дней")
        when = f"осталось {days}" if left else "сегодня последний день"
        told = f"вебинар {webinar.number}, сдать до {wording.day(webinar.due)} ({when})"
        return [f"**Сейчас:** {told}.", ""]
    return []


def _sent(root: Path, webinar: Webinar) -> bool:
    """Whether «Сдать» has made a file of this webinar, or its feedback is there already."""
    return any((root / SENT).glob(f"{webinar.name}-*.json")) or _page(root, webinar) is not None


def _page(root: Path, webinar: Webinar) -> Path | None:
    """The newest feedback on a webinar: sent by letter, or fetched through a list of assignments.

    A letter's file may have been saved with a number: `03_cooperation (1).html`.
    """
    pages = [
        path
        for folder, pattern in (
            (root / FEEDBACK, f"{webinar.name}*.html"),
            (root / webinar.name, f"{webinar.name}*.html"),
            (root / webinar.name / "feedback", f"*/{webinar.name}.html"),
        )
        for path in folder.glob(pattern)
    ]
    return max(pages, key=lambda path: (path.stat().st_mtime_ns, str(path)), default=None)


def _points(root: Path, webinar: Webinar) -> str:
    """«31 из 40» with a link to the feedback; empty where none has come."""
    page = _page(root, webinar)
    if page is None:
        return ""
    try:
        score = _SCORE.search(read_text(page, FEEDBACK_LIMIT))
    except CourseError:
        score = None
    told = f"{score[1]} из {score[2]}" if score else "отзыв"
    return f"[{told}]({quote(page.relative_to(root).as_posix())})"


def _corrections(webinars: Iterable[Webinar]) -> list[str]:
    """Markdown lines on what was mended after the release."""
    told = [
        f"- {wording.day(each.on)}, вебинар {webinar.number}: {each.what}"
        for webinar in webinars
        for each in webinar.corrected
    ]
    return ["", "**Исправлено после выдачи.** Ваши ответы сохранены.", "", *told] if told else []


def _laid_out(root: Path, release: Path) -> Path:
    """`root` with each released webinar: copied if it is not there, renewed if it was corrected."""
    for webinar in programme.webinars:
        there, here = release / webinar.name, root / webinar.name
        if not there.is_dir() or there == here:
            continue
        if not here.exists():
            shutil.copytree(there, here)
        elif _corrected(there, webinar) > _corrected(here, webinar):
            _renew(here, there)
    if next(found(root), None) is None:
        raise CourseFolderError(
            Fault(str(root), "", "здесь нет ни одного выданного вебинара",
                  "Положите сюда папки вебинаров, которые прислал организатор")
        )  # fmt: skip
    return root


def _corrected(folder: Path, webinar: Webinar) -> int:
    """How often the notebook in `folder` was corrected; what cannot be read is left alone."""
    path = folder / f"{webinar.name}.ipynb"
    try:
        metadata = read_json(path, NOTEBOOK_LIMIT)["metadata"]["proclusters"]
        return int(metadata.get("corrections", 0))
    except (CourseError, OSError, KeyError, TypeError, ValueError, AttributeError):
        return _UNREADABLE


def _renew(here: Path, there: Path) -> None:
    """Puts the corrected files of `there` in place; answers stay, the old notebook stays beside."""
    for path in sorted(there.rglob("*")):
        if not path.is_file():
            continue
        target = here / path.relative_to(there)
        if path.suffix == ".ipynb" and target.exists():
            target.replace(target.with_name(f"{path.stem} (до исправления).ipynb"))
        write_bytes(target, path.read_bytes())
