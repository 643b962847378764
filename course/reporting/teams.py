"""Reports of all teams, each in its own process, and one page that shows the teams side by side."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from course import files
from course.errors import CourseError, Fault, ReportError
from course.folder import CourseFolder
from course.kernels import warm
from course.progress import Progress, silent
from course.reporting import blocks
from course.reporting.making import make
from course.reporting.report import Report
from course.reporting.template import Template

OVERVIEW = "overview"
_AHEAD = ("course.finance", "course.charts", "course.cooperation", "course.support",
          "course.requirements", "course.regions", "course.reporting.report")  # fmt: skip
TITLES = {"discounted_payback_months": "Окупаемость с дисконтом", "loss": "Риск ЧДД ниже нуля"}
PROJECT = (
    "npv", "irr", "discounted_payback_months", "pi", "equity_npv", "dscr_min", "loss",
)  # fmt: skip


def make_all(
    folder: CourseFolder,
    template: str = "business_case",
    parameters: Mapping[str, Any] | None = None,
    *,
    workers: int = 2,
    executor: Executor | None = None,
    progress: Progress = silent,
) -> tuple[Path, ...]:
    """Make the reports of all teams; returns their files and the overview of the teams.

    A team whose report fails does not stop the others: at the end `ReportError` tells all faults.
    `executor` takes the place of local processes; only JSON text goes to it and comes back.
    """
    teams = sorted(path.parent.name for path in folder.teams.glob("*/cluster.yaml"))
    if not teams:
        raise ReportError(Fault("teams", "", "нет ни одной команды", "Создайте папку команды"))
    tasks = {
        team: json.dumps([str(folder.root), team, template, dict(parameters or {})])
        for team in teams
    }
    if executor is None:
        with ProcessPoolExecutor(workers, get_context("spawn"), _warm) as pool:
            answers = _answers(tasks, pool, progress)
    else:
        answers = _answers(tasks, executor, progress)
    made = {team: answers[team]["files"] for team in teams if "files" in answers[team]}
    paths = [Path(name) for names in made.values() for name in names]
    faults = [
        Fault(f"{team}: {fault[0]}".rstrip(": "), *fault[1:])
        for team in teams
        for fault in answers[team].get("faults", ())
    ]
    if made:
        paths += _overview(folder, template, made, faults)
    if faults:
        raise ReportError(faults)
    return tuple(paths)


def _warm() -> None:
    """Have a worker fork the kernels of its reports; what templates import is loaded ahead."""
    os.environ["JUPYTER_DEFAULT_PROVISIONER_NAME"] = warm.NAME
    os.environ[warm.ASKED] = ",".join(_AHEAD)


def _answers(
    tasks: Mapping[str, str], executor: Executor, progress: Progress
) -> dict[str, dict[str, Any]]:
    """What became of each team, in whatever order they finish."""
    pending = {executor.submit(run_task, task): team for team, task in tasks.items()}
    answers: dict[str, dict[str, Any]] = {}
    for future in as_completed(pending):
        team = pending[future]
        progress(len(answers), len(tasks) + 1, team)
        answers[team] = json.loads(future.result())
    progress(len(tasks), len(tasks) + 1, "обзор команд")
    return answers


def run_task(task: str) -> str:
    """One team's report in a worker process: JSON text in, JSON text out."""
    root, team, template, parameters = json.loads(task)
    try:
        paths = make(CourseFolder(Path(root)), team, template, parameters)
    except CourseError as error:
        faults = [[fault.file, fault.place, fault.what, fault.remedy] for fault in error.faults]
        return json.dumps({"faults": faults})
    return json.dumps({"files": [str(path) for path in paths]})


def _overview(
    folder: CourseFolder,
    template: str,
    made: Mapping[str, list[str]],
    faults: Sequence[Fault],
) -> list[Path]:
    """The teams' answers side by side: a page to print, a web page, a sheet to sort."""
    from course.reporting import pages, sheets, web

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
        targets.append(folder.reports / f"{OVERVIEW}.{ending}")
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
