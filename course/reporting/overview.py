"""The overview: the reports of all teams side by side, as pages, as a web page and as a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from course import files
from course.errors import Fault
from course.folder import CourseFolder
from course.reporting import blocks, pages, sheets, web
from course.reporting.report import Report
from course.reporting.template import Template

NAME = "overview"
TITLES = {"discounted_payback_months": "Окупаемость с дисконтом", "loss": "Риск ЧДД ниже нуля"}
PROJECT = (
    "npv", "irr", "discounted_payback_months", "pi", "equity_npv", "dscr_min", "loss",
)  # fmt: skip


def write(
    folder: CourseFolder, template: str, made: Mapping[str, list[str]], faults: Sequence[Fault]
) -> list[Path]:
    """Write the overview of the reports whose files are `made`; returns its files."""
    reports = {}
    for team, names in made.items():
        record = Path(names[0]).with_suffix(".json")
        data = files.read_json(record, limit=64 * files.MEBIBYTE)
        reports[team] = Report.from_data(data["report"])
    chosen = Template.find(folder, template)
    report = compared(reports, faults)
    content = {
        "pdf": pages.pdf(report, chosen.style(pages.STYLE)),
        "html": web.of_report(report, chosen).encode(),
        "xlsx": sheets.book(report),
    }
    targets = []
    for ending, each in content.items():
        targets.append(folder.reports / f"{NAME}.{ending}")
        files.write_bytes(targets[-1], each)
    return targets


def compared(reports: Mapping[str, Report], faults: Sequence[Fault] = ()) -> Report:
    """The overview: the indicators of every team, then of every project, side by side."""
    names = {team: dict(report.facts).get("Команда", team) for team, report in reports.items()}
    day = max(report.as_of for report in reports.values())
    projects = _projects(reports, names)
    failed = tuple(str(fault) for fault in faults)
    return Report(
        title="Обзор команд",
        subtitle="Отчёты всех команд курса",
        as_of=day,
        mark=next(iter(reports.values())).mark,
        facts=(("Отчётов", str(len(reports))),),
        sections=(
            blocks.Section(
                "Команды рядом",
                (
                    _teams(reports, names),
                    *((projects,) if projects.rows else ()),
                    *((blocks.Notice("Отчёт не сделан", failed),) if failed else ()),
                ),
            ),
        ),
    )


def _teams(reports: Mapping[str, Report], names: Mapping[str, str]) -> blocks.Table:
    """A row for each team with the indicators of its summary."""
    titles: dict[str, blocks.Card] = {}
    for report in reports.values():
        for name, card in report.cards.items():
            if "." not in name:  # indicators of the whole cluster, not of one project
                titles.setdefault(name, card)
    columns = (
        blocks.Column("Команда"),
        blocks.Column("Кластер"),
        *(blocks.Column(c.title, c.kind, c.unit, c.digits) for c in titles.values()),
    )
    rows = tuple(
        (
            names[team],
            report.subtitle,
            *(report.cards[name].value if name in report.cards else None for name in titles),
        )
        for team, report in reports.items()
    )
    return blocks.Table("Команды", columns, rows, source="отчёты команд")


def _projects(reports: Mapping[str, Report], names: Mapping[str, str]) -> blocks.Table:
    """A row for each project; only indicators that some report has become columns."""
    models = [(team, model) for team, report in reports.items() for model in report.models]
    cards = {
        (team, model.project, name): card
        for team, model in models
        for name in PROJECT
        if (card := reports[team].cards.get(f"{model.project}.{name}")) is not None
    }
    heads = {name: card for (_, _, name), card in cards.items()}
    known = [name for name in PROJECT if name in heads]
    columns = (
        blocks.Column("Команда"),
        blocks.Column("Проект"),
        *(
            blocks.Column(
                TITLES.get(n, heads[n].title), heads[n].kind, heads[n].unit, heads[n].digits
            )
            for n in known
        ),
    )
    rows = tuple(
        (
            names[team],
            model.title or model.project,
            *(
                cards[team, model.project, name].value
                if (team, model.project, name) in cards
                else None
                for name in known
            ),
        )
        for team, model in models
        if any((team, model.project, name) in cards for name in known)
    )
    return blocks.Table("Проекты", columns, rows, source="отчёты команд")
