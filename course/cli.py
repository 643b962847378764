"""The command `proclusters`: what a person can ask for, and nothing else.

Messages are Russian; `PROCLUSTERS_LANG=en` makes help and progress English. Every command works
from any folder inside a course. Exit codes: 0 done, 1 done but something needs attention, 2
refused, 130 interrupted.
"""

from __future__ import annotations

import argparse
import datetime
import gettext
import json
import os
import sys
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from course.errors import CourseError, Fault, NormError, ParameterError
from course.folder import CourseFolder

_ = gettext.gettext
LOCALE = Path(__file__).with_name("locale")
Arguments = argparse.Namespace


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code. Tracebacks are shown only with `--debug`."""
    _prepare()
    parser = _parser()
    try:
        asked = parser.parse_args(arguments)
        return int(asked.command(asked) or 0)
    except CourseError as error:
        if "--debug" in (sys.argv if arguments is None else arguments):
            raise
        for fault in error.faults:
            print(_plain(str(fault)), file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("\n" + _("Прервано. Сделанное сохранено; команду можно повторить."), file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 — the reader went away
        return 0
    except Exception as error:
        if "--debug" in (sys.argv if arguments is None else arguments):
            raise
        kind = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        print(_("Внутренняя ошибка: {}").format(_plain(kind)), file=sys.stderr)
        print(_("Подробности покажет ключ --debug."), file=sys.stderr)
        return 2


def _prepare() -> None:
    """Russian (or English) messages, UTF-8 output, and our own programs first on the path."""
    language = "en" if os.environ.get("PROCLUSTERS_LANG", "").lower().startswith("en") else "ru"
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("messages", str(LOCALE))
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
    programs = str(Path(sys.executable).parent)  # nbgrader calls alembic by its bare name
    if programs not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = programs + os.pathsep + os.environ.get("PATH", "")


def _plain(text: str) -> str:
    """`text` without characters that could steer a terminal."""
    return "".join(
        sign if sign == "\n" or unicodedata.category(sign)[0] != "C" else "�" for sign in text
    )


def say(text: str = "") -> None:
    """Print a line, safe for a terminal."""
    print(_plain(text))


def show(done: int, total: int, what: str) -> None:
    """A progress line with counts."""
    say(f"  [{done + 1}/{total}] {what}" if total else f"  {what}")


# ------------------------------------------------------------------ the commands


def _build(asked: Arguments) -> None:
    from course import authoring

    folder = _folder(asked)
    for name in _names(asked.webinar, folder):
        say(_("Собираю {}").format(name))
        authoring.build(folder, [name], show)


def _release(asked: Arguments) -> None:
    from course import authoring, lab

    folder = _folder(asked)
    for name in _names(asked.webinar, folder):
        say(_("Готовлю к выдаче {}").format(name))
        authoring.release(folder, [name], show)
    lab.vouch(folder)


def _grade(asked: Arguments) -> int:
    from course import grading

    folder, attention = _folder(asked), 0
    for name in _names(asked.webinar, folder):
        say(_("Проверяю {}").format(name))
        summary = grading.grade(folder, name, workers=asked.workers, progress=show)
        for line in summary.lines:
            say(line)
        attention |= bool(summary.quarantined)
    return attention


def _feedback(asked: Arguments) -> None:
    from course import grading

    folder = _folder(asked)
    for name in _names(asked.webinar, folder):
        say(_("Пишу отзывы: {}").format(name))
        grading.feedback(folder, name, show)


def _table(asked: Arguments) -> None:
    from course import grading

    say(grading.table(_folder(asked)).to_string())


def _gradebook(asked: Arguments) -> None:
    from course import grading

    say(f"  {grading.write_gradebook(_folder(asked), Path(asked.file))}")


def _collect(asked: Arguments) -> int:
    from course import grading

    delivery = grading.collect(_folder(asked), Path(asked.source), show)
    for line in delivery.lines:
        say(line)
    return bool(delivery.refused)


def _report(asked: Arguments) -> None:
    from course import reporting

    folder = _folder(asked)
    parameters = {"as_of": asked.as_of} if asked.as_of else {}
    parameters |= _pairs(asked.parameter)
    if asked.team == "all":
        made = reporting.make_all(folder, asked.template, parameters, progress=show)
    else:
        made = reporting.make(folder, asked.team, asked.template, parameters, show)
    for path in made:
        say(f"  {path}")


def _documents(asked: Arguments) -> None:
    from course import documents

    folder = _folder(asked)
    for path in documents.make(folder, asked.team, way=asked.way, as_of=asked.as_of, progress=show):
        say(f"  {path.relative_to(folder.root)}")


def _verify(asked: Arguments) -> int:
    from course import documents

    found = documents.verify(Path(asked.file), _folder(asked))
    for line in found.lines:
        say(line)
    return bool(found.findings)


def _support(asked: Arguments) -> None:
    from course import cluster, support

    read = cluster.load(_folder(asked).cluster_file(asked.team))
    _print(support.answer(read, asked.on), json_wanted=asked.json)


def _law(asked: Arguments) -> None:
    from course import files
    from course.norms import listing, norms, page

    if asked.what == "page":
        if asked.on is None:
            raise NormError(Fault("", "law page", "не указан день", "Добавьте --on ГГГГ-ММ-ДД"))
        files.write_text(Path("law.html"), page.html(norms, asked.on))
        say("law.html")
        return
    day = asked.today if asked.what == "stale" else asked.on
    answer = listing.answer(asked.what, asked.name, day, asked.since, asked.until)
    _print(answer, json_wanted=asked.json)


def _print(answer: Any, *, json_wanted: bool) -> None:
    """An answer's `data` as JSON, or its `lines`."""
    if json_wanted:
        print(json.dumps(answer.data, ensure_ascii=False, indent=2, sort_keys=True))
    else:
        for line in answer.lines:
            say(line)


def _check(asked: Arguments) -> None:
    from course import inspection

    folder = _folder(asked)
    if asked.team:
        lines = inspection.inspect_team(folder, asked.team, asked.on)
    else:
        lines = inspection.inspect_course(folder, show)
    for line in lines:
        say(line)


def _defence(asked: Arguments) -> None:
    from course import defence

    folder = _folder(asked)
    if asked.what == "sheets":
        made = defence.make_sheets(folder, show)
    else:
        made = defence.make_protocol(folder)
    for path in made:
        say(f"  {path.relative_to(folder.root)}")


def _lab(asked: Arguments) -> int:
    from course import lab

    return lab.start(Path(asked.course or "."), instructor=asked.instructor, say=say)


def _demo(asked: Arguments) -> None:
    from course import demo

    demo.run(_folder(asked), say=say, progress=show)


# ------------------------------------------------------------------ reading the command line


def _folder(asked: Arguments) -> CourseFolder:
    return CourseFolder.find(Path(asked.course or "."))


def _names(key: str, folder: CourseFolder) -> list[str]:
    """The webinars meant by a number, a name or `all` (those that the course has written)."""
    from course.programme import programme

    if key == "all":
        return [w.name for w in programme.webinars if (folder.assignments / w.name).is_dir()]
    return [programme.webinar(key).name]


def _pairs(texts: Sequence[str]) -> dict[str, str]:
    faults = [
        Fault("", f"-p {text}", "параметр пишется так: имя=значение")
        for text in texts
        if "=" not in text
    ]
    if faults:
        raise ParameterError(faults)
    return dict(text.split("=", 1) for text in texts)


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        message = _("день пишется так: 2026-11-22")
        raise argparse.ArgumentTypeError(message) from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="proclusters",
        description=_("Рабочие тетради программы «PROКЛАСТЕРЫ»: сборка, проверка, отчёты."),
    )
    commands = parser.add_subparsers(title=_("команды"), metavar=_("КОМАНДА"), required=True)

    def command(
        name: str, function: Callable[[Arguments], Any], text: str
    ) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(command=function)
        sub.add_argument("--course", metavar=_("ПАПКА"), help=_("папка курса (иначе текущая)"))
        sub.add_argument("--debug", action="store_true", help=_("показывать подробности ошибок"))
        return sub

    webinar: dict[str, Any] = {
        "metavar": _("ВЕБИНАР"),
        "nargs": "?",
        "default": "all",
        "help": _("номер, имя или all"),
    }
    command("build", _build, _("собрать тетради из авторского текста")).add_argument(
        "webinar", **webinar
    )
    command("release", _release, _("подготовить тетради для участников")).add_argument(
        "webinar", **webinar
    )
    grade = command("grade", _grade, _("проверить сданные работы"))
    grade.add_argument("webinar", **webinar)
    grade.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, metavar="N", help=_("сколько процессов")
    )
    command("feedback", _feedback, _("написать отзывы участникам")).add_argument(
        "webinar", **webinar
    )
    command("table", _table, _("показать таблицу баллов"))

    command("gradebook", _gradebook, _("записать таблицу баллов в файл")).add_argument(
        "file", metavar=_("ФАЙЛ"), help=_("имя файла .xlsx или .csv")
    )
    command("collect", _collect, _("принять работы, присланные письмом")).add_argument(
        "source", metavar=_("ОТКУДА"), help=_("папка или архив zip")
    )

    report = command("report", _report, _("сделать отчёт команды"))
    report.add_argument("team", metavar=_("ИМЯ_КОМАНДЫ"), help=_("папка команды в teams/ или all"))
    report.add_argument("--template", default="business_case", metavar=_("ШАБЛОН"),
                        help=_("имя шаблона из templates/"))  # fmt: skip
    report.add_argument("--as-of", metavar=_("ДЕНЬ"), help=_("на какой день брать нормы"))
    report.add_argument("-p", "--parameter", action="append", default=[],
                        metavar=_("ИМЯ=ЗНАЧЕНИЕ"), help=_("параметр шаблона"))  # fmt: skip

    papers = command("documents", _documents, _("сделать пакет документов команды"))
    papers.add_argument("team", metavar=_("ИМЯ_КОМАНДЫ"), help=_("папка команды в teams/"))
    ways = _("новый кластер (new) или вступление в действующий (join)")
    papers.add_argument("--way", choices=["new", "join"], default="new", help=ways)
    papers.add_argument("--as-of", type=_day, required=True, metavar=_("ДЕНЬ"),
                        help=_("на какой день брать нормы"))  # fmt: skip
    command("verify", _verify, _("сверить числа присланного документа с моделью")).add_argument(
        "file", metavar=_("ФАЙЛ"), help=_("документ Word, Excel или PowerPoint")
    )
    support = command("support", _support, _("подобрать меры поддержки"))
    support.add_argument("team", metavar=_("ИМЯ_КОМАНДЫ"), help=_("папка команды в teams/"))
    support.add_argument("--on", type=_day, required=True, metavar=_("ДЕНЬ"),
                         help=_("на какой день"))  # fmt: skip
    support.add_argument("--json", action="store_true", help=_("вывод в JSON"))

    law = command("law", _law, _("показать нормы и их источники"))
    law.add_argument("what", choices=["list", "show", "open", "stale", "diff", "page"],
                     metavar="list|show|open|stale|diff|page")  # fmt: skip
    law.add_argument("name", nargs="?", metavar=_("НОРМА"))
    law.add_argument("--on", type=_day, metavar=_("ДЕНЬ"), help=_("на какой день"))
    law.add_argument("--from", dest="since", type=_day, metavar=_("ДЕНЬ"), help=_("с какого дня"))
    law.add_argument("--to", dest="until", type=_day, metavar=_("ДЕНЬ"), help=_("по какой день"))
    law.add_argument("--today", type=_day, default=datetime.date.today(), metavar=_("ДЕНЬ"),
                     help=_("какой день считать сегодняшним (для stale)"))  # fmt: skip
    law.add_argument("--json", action="store_true", help=_("вывод в JSON"))

    check = command("check", _check, _("проверить материалы курса или файл команды"))
    check.add_argument(
        "team", nargs="?", metavar=_("ИМЯ_КОМАНДЫ"), help=_("папка команды в teams/")
    )
    check.add_argument("--on", type=_day, metavar=_("ДЕНЬ"),
                       help=_("на какой день проверить готовность пакета документов"))  # fmt: skip

    defence = command("defence", _defence, _("листы жюри и протокол очной защиты"))
    defence.add_argument("what", choices=["sheets", "protocol"], metavar="sheets|protocol")

    command("lab", _lab, _("открыть тетради в браузере")).add_argument(
        "--instructor", action="store_true", help=_("с инструментами преподавателя")
    )
    command("demo", _demo, _("показать всё на учебном примере, в build/demo"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
