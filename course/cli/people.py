"""Commands about participants' data: lists come in, a person is forgotten, terms are kept."""

from __future__ import annotations

import datetime
from pathlib import Path

from course.cli.asking import Arguments, Commands, day, folder_of
from course.cli.screen import _, say


def register(commands: Commands) -> None:
    """Add the commands of this group."""
    taken = commands.add("roster", _roster, _("принять список участников из XLSX или CSV"))
    taken.add_argument("file", metavar=_("ФАЙЛ"), help=_("список, как его прислали"))
    came = commands.add("attendance", _attendance, _("принять таблицу посещений из XLSX или CSV"))
    came.add_argument("file", metavar=_("ФАЙЛ"), help=_("таблица: участник и столбцы вебинаров"))
    forgotten = commands.add("forget", _forget, _("удалить все данные одного участника"))
    forgotten.add_argument("person", metavar="ID", help=_("id участника из roster.csv"))
    kept = commands.add("retention", _retention, _("показать, чьи данные пора удалить"))
    kept.add_argument("--on", type=day, metavar=_("ДЕНЬ"), help=_("на какой день (иначе сегодня)"))
    kept.add_argument("--erase", action="store_true", help=_("удалить их"))


def _roster(asked: Arguments) -> None:
    from course import people

    for line in people.take_in(folder_of(asked), Path(asked.file)).lines:
        say(line)


def _attendance(asked: Arguments) -> None:
    from course import people

    for line in people.take_attendance(folder_of(asked), Path(asked.file)).lines:
        say(line)


def _forget(asked: Arguments) -> int:
    from course import grading

    found = grading.forget(folder_of(asked), asked.person)
    for line in found.lines:
        say(line)
    return bool(found.mention)


def _retention(asked: Arguments) -> int:
    from course import grading

    folder = folder_of(asked)
    kept = grading.over(folder, asked.on or datetime.date.today())
    if not kept:
        say(_("Данных, срок хранения которых истёк, нет."))
        return 0
    if not asked.erase:
        for each in kept:
            say(_("{}: срок истёк {}").format(each.person, f"{each.until:%d.%m.%Y}"))
        say(_("Всего: {}. Удалить их: proclusters retention --erase").format(len(kept)))
        return 1
    attention = False
    for each in kept:
        say(each.person)
        found = grading.forget(folder, each.person)
        attention |= bool(found.mention)
        for line in found.lines:
            say(f"  {line}")
    return attention
