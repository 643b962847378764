"""Commands about a team's work: reports, documents, support, checks, the defence."""

from __future__ import annotations

from pathlib import Path

from course.cli.asking import Arguments, Commands, day, folder_of, pairs
from course.cli.elsewhere import add_elsewhere, elsewhere
from course.cli.screen import _, say, show, tell


def register(commands: Commands) -> None:
    """Add the commands of this group."""
    _register_papers(commands)
    _register_checks(commands)


def _register_papers(commands: Commands) -> None:
    report = commands.add("report", _report, _("сделать отчёт команды"))
    report.add_argument("team", metavar=_("ИМЯ_КОМАНДЫ"), help=_("папка команды в teams/ или all"))
    report.add_argument("--template", default="business_case", metavar=_("ШАБЛОН"),
                        help=_("имя шаблона из templates/"))  # fmt: skip
    add_elsewhere(report)
    report.add_argument("--as-of", metavar=_("ДЕНЬ"), help=_("на какой день брать нормы"))
    report.add_argument("-p", "--parameter", action="append", default=[],
                        metavar=_("ИМЯ=ЗНАЧЕНИЕ"), help=_("параметр шаблона"))  # fmt: skip

    papers = commands.add_for_team("documents", _documents, _("сделать пакет документов команды"))
    ways = _("новый кластер (new) или вступление в действующий (join)")
    papers.add_argument("--way", choices=["new", "join"], default="new", help=ways)
    papers.add_argument("--as-of", type=day, required=True, metavar=_("ДЕНЬ"),
                        help=_("на какой день брать нормы"))  # fmt: skip
    commands.add(
        "verify", _verify, _("сверить числа присланного документа с моделью")
    ).add_argument(
        "file", metavar=_("ФАЙЛ"), help=_("документ, рисунок SVG, отчёт PDF, HTML или книга модели")
    )


def _register_checks(commands: Commands) -> None:
    support = commands.add_for_team("support", _support, _("подобрать меры поддержки"))
    support.add_argument("--on", type=day, required=True, metavar=_("ДЕНЬ"),
                         help=_("на какой день"))  # fmt: skip
    support.add_argument("--json", action="store_true", help=_("вывод в JSON"))

    check = commands.add("check", _check, _("проверить материалы курса или файл команды"))
    check.add_argument(
        "team", nargs="?", metavar=_("ИМЯ_КОМАНДЫ"), help=_("папка команды в teams/")
    )
    check.add_argument("--on", type=day, metavar=_("ДЕНЬ"),
                       help=_("на какой день проверить готовность пакета документов"))  # fmt: skip


def _report(asked: Arguments) -> None:
    from course import reporting

    folder = folder_of(asked)
    parameters = {"as_of": asked.as_of} if asked.as_of else {}
    parameters |= pairs(asked.parameter)
    if asked.team == "all":
        with elsewhere(asked.dask) as executor:
            made = reporting.make_all(
                folder, asked.template, parameters, executor=executor, progress=show
            )
    else:
        made = reporting.make(folder, asked.team, asked.template, parameters, show)
    for path in made:
        say(f"  {path}")


def _documents(asked: Arguments) -> None:
    from course import documents

    folder = folder_of(asked)
    for path in documents.make(folder, asked.team, way=asked.way, as_of=asked.as_of, progress=show):
        say(f"  {path.relative_to(folder.root)}")


def _verify(asked: Arguments) -> int:
    from course import inspection

    found = inspection.verify(Path(asked.file), folder_of(asked))
    for line in found.lines:
        say(line)
    return bool(found.findings)


def _support(asked: Arguments) -> None:
    from course import cluster, support

    read = cluster.load(folder_of(asked).cluster_file(asked.team))
    tell(support.answer(read, asked.on), json_wanted=asked.json)


def _check(asked: Arguments) -> None:
    from course import inspection

    folder = folder_of(asked)
    if asked.team:
        lines = inspection.inspect_team(folder, asked.team, asked.on)
    else:
        lines = inspection.inspect_course(folder, show)
    for line in lines:
        say(line)
