"""The command about a team's thread: merging its steps, showing them, settling a conflict."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from course.cli.asking import Arguments, Commands, folder_of
from course.cli.screen import _, say
from course.errors import CourseError, Fault

if TYPE_CHECKING:
    from course.thread import Thread


def register(commands: Commands) -> None:
    """Add the command of this group."""
    team = commands.group("team", _("собрать шаги проекта команды в один файл"))
    merge = _part(team, "merge", _merge, _("собрать сданное и вернуть общий файл участникам"))
    place = _("куда положить файл для каждого участника (иначе feedback)")
    merge.add_argument("--to", metavar=_("ПАПКА"), help=place)
    _part(team, "show", _show, _("показать, что собрано и чего не хватает"))
    choose = _part(team, "choose", _choose, _("решить спор: взять значение одного участника"))
    choose.add_argument("conflict", metavar=_("СПОР"), help=_("код спора из team show"))
    choose.add_argument("person", metavar=_("УЧАСТНИК"), help=_("id того, чьё значение верно"))
    choose.add_argument("--by", metavar=_("КТО"), default="капитан команды",
                        help=_("кто решил"))  # fmt: skip


def _part(
    team: Commands, name: str, function: Callable[[Arguments], int], text: str
) -> argparse.ArgumentParser:
    part = team.add(name, function, text)
    part.add_argument("team", metavar=_("ИМЯ_КОМАНДЫ"), help=_("команда из roster.csv или all"))
    return part


def _merge(asked: Arguments) -> int:
    from course import thread

    to = Path(asked.to).resolve() if asked.to else None
    return _each(asked, lambda team: thread.merge_team(folder_of(asked), team, to))


def _show(asked: Arguments) -> int:
    from course import thread

    return _each(asked, lambda team: thread.thread(folder_of(asked), team))


def _choose(asked: Arguments) -> int:
    from course import thread

    now = datetime.datetime.now().isoformat(timespec="seconds")
    found = thread.choose(
        folder_of(asked), asked.team, asked.conflict, asked.person, asked.by, now
    )  # fmt: skip
    return _told(found)


def _each(asked: Arguments, work: Callable[[str], Thread]) -> int:
    """One team or all of them; what one can't have stops no other."""
    from course import thread

    if asked.team != "all":
        return _told(work(asked.team))
    code, faults = 0, list[Fault]()
    for team in thread.teams(folder_of(asked)):
        try:
            code = max(code, _told(work(team)))
        except CourseError as error:
            faults += error.faults
    if faults:
        raise CourseError(faults)
    return code


def _told(found: Thread) -> int:
    for line in found.lines:
        say(line)
    return int(found.attention)
