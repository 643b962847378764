"""The folder in which a participant works: webinars, kept answers, the start page."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from course import wording
from course.errors import CourseError, CourseFolderError, Fault
from course.files import MEBIBYTE, read_json, write_bytes
from course.folder import CourseFolder
from course.forms.answers import NAME as ANSWERS
from course.forms.answers import load
from course.forms.tables import empty
from course.programme import Webinar, programme

NOTEBOOK_LIMIT = 16 * MEBIBYTE
START = "Начало.md"

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


def start_page(root: Path) -> str:
    """The start page as Markdown: each webinar with its link, its days and what is filled in."""
    lines = [f"# {programme.title}", "", "Щёлкните название вебинара: он откроется.", ""]
    lines += ["| № | Вебинар | Выдан | Сдать до | Ответов записано |", "|---|---|---|---|---|"]
    here = {each.webinar.name: each for each in found(root)}
    for webinar in programme.webinars:
        link = f"[{webinar.title}]({webinar.name}/{webinar.name}.ipynb)"
        there = here.get(webinar.name)
        title, filled = (link, str(there.filled)) if there else (webinar.title, "ещё не выдан")
        days = f"{wording.day(webinar.released)} | {wording.day(webinar.due)}"
        lines.append(f"| {webinar.number} | {title} | {days} | {filled} |")
    lines += _corrections(each.webinar for each in here.values())
    lines += ["", "Ответы записываются сами. Вернуться на эту страницу: «Начало.md» слева."]
    return "\n".join(lines) + "\n"


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
