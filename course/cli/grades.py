"""Commands about grades: work comes in, scores and feedback go out."""

from __future__ import annotations

import datetime
import os
import sys
from pathlib import Path

from course.cli.asking import Arguments, Commands, day, folder_of, one_webinar, webinars
from course.cli.elsewhere import add_elsewhere, elsewhere
from course.cli.screen import _, say, show
from course.folder import CourseFolder


def register(commands: Commands) -> None:
    """Add the commands of this group."""
    grade = commands.add_for_webinars("grade", _grade, _("проверить сданные работы"))
    grade.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, metavar="N", help=_("сколько процессов")
    )
    add_elsewhere(grade)
    grade.add_argument(
        "--no-sandbox", action="store_true", help=_("выполнять программы участников без песочницы")
    )
    commands.add("tokens", _tokens, _("выдать участникам коды с их числами")).add_argument(
        "--to", default="build/tokens", metavar=_("ПАПКА"), help=_("куда положить коды")
    )
    commands.add_for_webinars("feedback", _feedback, _("написать отзывы участникам"))
    commands.add("table", _table, _("показать таблицу баллов"))
    commands.add("gradebook", _gradebook, _("записать таблицу баллов в файл")).add_argument(
        "file", metavar=_("ФАЙЛ"), help=_("имя файла .xlsx или .csv")
    )
    commands.add(
        "collect", _collect, _("принять работы, присланные письмом или через обмен")
    ).add_argument(
        "source", metavar=_("ОТКУДА"), help=_("папка, архив zip или папка inbound обмена nbgrader")
    )
    _register_experts(commands)
    _register_regrade(commands)
    final = commands.add("final", _final, _("записать итоговую ведомость по регионам"))
    final.add_argument("file", metavar=_("ФАЙЛ"), help=_("имя файла .docx"))
    final.add_argument("--on", type=day, metavar=_("ДЕНЬ"), help=_("на какой день (иначе сегодня)"))


def _register_regrade(commands: Commands) -> None:
    again = commands.add(
        "regrade", _regrade, _("перепроверить работы: сначала показать, что станет")
    )
    again.add_argument("webinar", metavar=_("ВЕБИНАР"), help=_("номер или имя"))
    again.add_argument("--yes", action="store_true", help=_("записать показанное"))
    again.add_argument("--back", action="store_true", help=_("вернуть баллы до перепроверки"))
    commands.add("history", _history, _("показать и сверить историю перепроверок"))


def _register_experts(commands: Commands) -> None:
    experts = commands.add("experts", _experts, _("лист развёрнутых ответов для экспертов"))
    experts.add_argument("webinar", metavar=_("ВЕБИНАР"), help=_("номер или имя"))
    ways = experts.add_mutually_exclusive_group(required=True)
    ways.add_argument("--to", metavar=_("ФАЙЛ"), help=_("выдать лист .xlsx"))
    ways.add_argument("--from", dest="source", metavar=_("ФАЙЛ"), help=_("принять лист обратно"))


def _grade(asked: Arguments) -> int:
    from course import grading
    from course.grading import oversight, summary

    folder, level = folder_of(asked), _level(asked.no_sandbox)
    ended = []
    with elsewhere(asked.dask) as executor:
        for name in webinars(asked.webinar, folder):
            say(_("Проверяю {}").format(name))
            _warn_of_old_notebook(folder, name)
            ended.append(grading.grade(folder, name, workers=asked.workers, level=level,
                                       executor=executor, progress=show))  # fmt: skip
            for line in ended[-1].lines:
                say(line)
    amiss = oversight.oversights(folder)
    for line in (*amiss, *summary.closing(ended)):
        say(line)
    return bool(amiss) or any(each.quarantined for each in ended)


def _warn_of_old_notebook(folder: CourseFolder, name: str) -> None:
    from course import authoring

    if authoring.unbuilt(folder, name):
        say(_("Внимание: текст вебинара изменён после сборки, проверяет прежняя тетрадь."))
        say(_("Собрать новую: proclusters build {0} && proclusters release {0}").format(name))


def _level(bare: bool) -> str:
    """The protection that was asked for; without a sandbox only after a word of consent."""
    from course.sandbox import levels

    if not bare:
        return ""
    say(_("Без песочницы программа участника может прочитать и изменить всё, что доступно вам."))
    say(_("Продолжить? Напишите «да»:"))
    agreed = sys.stdin.readline().strip().lower() in ("да", "yes")
    if not agreed:
        say(_("Остаётся песочница."))
    return levels.NONE if agreed else ""


def _feedback(asked: Arguments) -> None:
    from course import grading

    folder, written = folder_of(asked), 0
    for name in webinars(asked.webinar, folder):
        say(_("Пишу отзывы: {}").format(name))
        written += len(grading.feedback(folder, name, show))
    say(_("Отзывов: {}. Папка: {}").format(written, folder.feedback))


def _table(asked: Arguments) -> None:
    from course.gradebook import standings

    for line in standings.lines(standings.table(folder_of(asked))):
        say(line)


def _gradebook(asked: Arguments) -> None:
    from course import gradebook

    say(_("Записано: {}").format(gradebook.write_gradebook(folder_of(asked), Path(asked.file))))


def _collect(asked: Arguments) -> int:
    from course import grading

    delivery = grading.collect(folder_of(asked), Path(asked.source), show)
    for line in delivery.lines:
        say(line)
    return bool(delivery.refused or delivery.doubts)


def _tokens(asked: Arguments) -> None:
    from course import people

    folder = folder_of(asked)
    target = folder.root / asked.to
    issued = people.issue(folder, target)
    say(_("Выдано кодов: {}. Список и файлы: {}").format(len(issued), target))


def _experts(asked: Arguments) -> None:
    from course import gradebook

    folder = folder_of(asked)
    name = one_webinar(asked.webinar, folder)
    if asked.to:
        written = gradebook.issue_sheet(folder, name, Path(asked.to))
        say(_("Ответов в листе: {}. Файл: {}").format(written, asked.to))
        return
    for line in gradebook.take_sheet(folder, name, Path(asked.source)).lines:
        say(line)


def _regrade(asked: Arguments) -> None:
    from course.grading import regrade

    folder = folder_of(asked)
    name = one_webinar(asked.webinar, folder)
    if asked.back:
        seen = regrade.way_back(folder, name)
    else:
        _warn_of_old_notebook(folder, name)
        seen = regrade.preview(folder, name, workers=os.cpu_count() or 1, progress=show)
    for line in seen.lines:
        say(line)
    if not seen.moved:
        say(_("Баллы не изменятся, записывать нечего."))
    elif asked.yes:
        regrade.write(folder, seen, datetime.datetime.now(datetime.UTC))
        say(_("Записано."))
    else:
        say(_("Ничего не записано. Чтобы записать, повторите команду с ключом --yes."))


def _history(asked: Arguments) -> None:
    from course.grading import ledger, regrade

    for line in regrade.told(ledger.verify(folder_of(asked))):
        say(line)


def _final(asked: Arguments) -> int:
    from course import gradebook
    from course.gradebook import verdicts

    on = asked.on or datetime.date.today()
    listed = gradebook.write_list(folder_of(asked), Path(asked.file), on)
    for line in verdicts.told(listed):
        say(line)
    say(_("Записано: {}").format(asked.file))
    return any(each.waiting for each in listed)
