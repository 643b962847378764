"""Reports of all teams, each in its own process, and one page that shows the teams side by side."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from course import files
from course.errors import CourseError, Fault, ReportError
from course.folder import CourseFolder
from course.progress import Progress, silent
from course.reporting import blocks
from course.reporting.making import make
from course.reporting.report import Report
from course.reporting.template import Template

OVERVIEW = "overview.pdf"


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
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            answers = _answers(tasks, pool, progress)
    else:
        answers = _answers(tasks, executor, progress)
    made = {team: answers[team]["files"] for team in teams if "files" in answers[team]}
    paths = [Path(name) for names in made.values() for name in names]
    if made:
        paths.append(_overview(folder, template, made))
    faults = [
        Fault(f"{team}: {fault[0]}".rstrip(": "), *fault[1:])
        for team in teams
        for fault in answers[team].get("faults", ())
    ]
    if faults:
        raise ReportError(faults)
    return tuple(paths)


def _answers(
    tasks: Mapping[str, str], executor: Executor, progress: Progress
) -> dict[str, dict[str, Any]]:
    """What became of each team, in whatever order they finish."""
    pending = {executor.submit(run_task, task): team for team, task in tasks.items()}
    answers: dict[str, dict[str, Any]] = {}
    for future in as_completed(pending):
        team = pending[future]
        progress(len(answers), len(tasks), team)
        answers[team] = json.loads(future.result())
    progress(len(tasks), len(tasks), "обзор команд")
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


def _overview(folder: CourseFolder, template: str, made: Mapping[str, list[str]]) -> Path:
    """One printed page with the teams' answers side by side."""
    from course.reporting import pages

    reports = {}
    for team, names in made.items():
        record = Path(names[0]).with_suffix(".json")
        data = files.read_json(record, limit=64 * files.MEBIBYTE)
        reports[team] = Report.from_data(data["report"])
    style = Template.find(folder, template).style(pages.STYLE)
    target = folder.reports / OVERVIEW
    files.write_bytes(target, pages.pdf(_compared(reports), style))
    return target


def _compared(reports: Mapping[str, Report]) -> Report:
    """The overview: a row for each team with the indicators of its summary."""
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
            dict(report.facts).get("Команда", team),
            report.subtitle,
            *(report.cards[name].value if name in report.cards else None for name in titles),
        )
        for team, report in reports.items()
    )
    day = max(report.as_of for report in reports.values())
    table = blocks.Table("Команды рядом", columns, rows, source="отчёты команд")
    return Report(
        title="Обзор команд",
        subtitle="Отчёты всех команд курса",
        as_of=day,
        mark=next(iter(reports.values())).mark,
        facts=(("Команд", str(len(reports))),),
        sections=(blocks.Section("Команды рядом", (table,)),),
    )
