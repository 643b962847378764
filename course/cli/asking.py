"""How a command is asked for: its words on the command line, and what they mean."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from course.cli.screen import _
from course.errors import CourseError, CourseFolderError, Fault, ParameterError
from course.folder import CourseFolder

Arguments = argparse.Namespace


class Commands:
    """Collects the commands of a parser; each module adds its own."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._parsers = parser.add_subparsers(
            title=_("команды"), metavar=_("КОМАНДА"), required=True
        )

    def add(
        self, name: str, function: Callable[[Arguments], Any], text: str
    ) -> argparse.ArgumentParser:
        """A command `name` that calls `function`; `text` is its help."""
        sub = self._parsers.add_parser(name, help=text, description=text)
        sub.set_defaults(command=function)
        sub.add_argument("--course", metavar=_("ПАПКА"), help=_("папка курса (иначе текущая)"))
        sub.add_argument("--debug", action="store_true", help=_("показывать подробности ошибок"))
        return sub

    def group(self, name: str, text: str) -> Commands:
        """The commands of a command, such as `team merge`."""
        return Commands(self._parsers.add_parser(name, help=text, description=text))

    def add_for_webinars(
        self, name: str, function: Callable[[Arguments], Any], text: str
    ) -> argparse.ArgumentParser:
        """A command about some webinars, or about all of them."""
        sub = self.add(name, function, text)
        sub.add_argument("webinar", metavar=_("ВЕБИНАР"), nargs="*", default=["all"],
                         help=_("номер, имя или all (если не указать — все)"))  # fmt: skip
        return sub

    def add_for_team(
        self, name: str, function: Callable[[Arguments], Any], text: str
    ) -> argparse.ArgumentParser:
        """A command about one team."""
        sub = self.add(name, function, text)
        sub.add_argument("team", metavar=_("ИМЯ_КОМАНДЫ"), help=_("папка команды в teams/"))
        return sub


def folder_of(asked: Arguments) -> CourseFolder:
    """The course in which the command was called."""
    return CourseFolder.find(Path(asked.course or "."))


def webinars(keys: Sequence[str], folder: CourseFolder) -> list[str]:
    """The webinars meant by numbers, names or `all` (those that the course has written).

    In any other course of nbgrader they are its assignments, by their own names.
    """
    from course.folder import GIVEN
    from course.programme import programme

    foreign = sorted(
        place.name
        for place in folder.source.glob("*/")
        if GIVEN.fullmatch(place.name) and any(place.glob("*.ipynb"))
    )
    written = [w.name for w in programme.webinars if (folder.assignments / w.name).is_dir()]
    if "all" in keys and (written or foreign):
        return written or foreign
    unknown = [key for key in keys if key not in foreign]
    if unknown and not written and not set(foreign) & {w.name for w in programme.webinars}:
        known = f"Есть: {', '.join(foreign)}" if foreign else "В ней нет ни одной тетради"
        raise CourseFolderError(
            Fault(folder.source.name, "", f"задания «{unknown[0][:60]}» в папке нет", known)
        )
    faults: list[Fault] = []
    names: list[str] = []
    for key in keys:
        try:
            names.append(key if key in foreign else programme.webinar(key).name)
        except CourseError as error:
            faults += error.faults
    if faults:
        raise ParameterError(faults)
    return list(dict.fromkeys(names))


def one_webinar(key: str, folder: CourseFolder) -> str:
    """The one webinar that a command is about, by its number or name."""
    if key == "all":
        what = "эта команда работает с одним вебинаром"
        raise ParameterError(Fault("", "all", what, "Назовите его номер или имя"))
    return webinars([key], folder)[0]


def pairs(texts: Sequence[str]) -> dict[str, str]:
    """Texts like `name=value` as a mapping; all that are not are named at once."""
    faults = [
        Fault("", f"-p {text}", "параметр пишется так: имя=значение")
        for text in texts
        if "=" not in text
    ]
    if faults:
        raise ParameterError(faults)
    return dict(text.split("=", 1) for text in texts)


def day(text: str) -> datetime.date:
    """A day on the command line."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        message = _("день пишется так: 2026-11-22")
        raise argparse.ArgumentTypeError(message) from None
