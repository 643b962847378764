"""Reports of all teams, two at a time, and one page that shows the teams side by side."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import Executor, as_completed
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from course.errors import CourseError, Fault, ReportError
from course.folder import CourseFolder
from course.progress import Progress, silent
from course.reporting.pool import pool
from course.reporting.template import Template


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
    chosen = Template.find(folder, template)
    tasks = {
        team: json.dumps([str(folder.root), team, template, dict(parameters or {})])
        for team in teams
    }
    new = sum(not any((folder.reports / team).glob(f"{template}*.json")) for team in teams)
    given: AbstractContextManager[Executor] = (
        pool(chosen.text, workers, new) if executor is None else nullcontext(executor)
    )
    with given as processes:
        answers = _answers(tasks, processes, progress)
        made = {team: answers[team]["files"] for team in teams if "files" in answers[team]}
        faults = [fault for team in teams for fault in _faults(team, answers[team])]
        paths = [name for names in made.values() for name in names]
        if made:
            told = [[fault.file, fault.place, fault.what, fault.remedy] for fault in faults]
            task = json.dumps([str(folder.root), template, made, told])
            paths += json.loads(processes.submit(run_overview, task).result())["files"]
    if faults:
        raise ReportError(faults)
    return tuple(map(Path, paths))


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


def _faults(team: str, answer: Mapping[str, Any]) -> list[Fault]:
    """Why the report of a team was not made."""
    if "files" not in answer and "faults" not in answer:
        what = "программа отчёта остановлена: не хватило памяти, или её завершили"
        return [Fault(team, "", what, "Сделайте отчёт этой команды отдельно")]
    return [
        Fault(f"{team}: {fault[0]}".rstrip(": "), *fault[1:]) for fault in answer.get("faults", ())
    ]


def run_task(task: str) -> str:
    """One team's report in a worker process: JSON text in, JSON text out."""
    from course.reporting.making import make  # the parent, which only waits, does without

    root, team, template, parameters = json.loads(task)
    try:
        paths = make(CourseFolder(Path(root)), team, template, parameters)
    except CourseError as error:
        faults = [[fault.file, fault.place, fault.what, fault.remedy] for fault in error.faults]
        return json.dumps({"faults": faults})
    return json.dumps({"files": [str(path) for path in paths]})


def run_overview(task: str) -> str:
    """The overview in a worker process: JSON text in, JSON text out."""
    from course.reporting import overview

    root, template, made, faults = json.loads(task)
    found = [Fault(*fault) for fault in faults]
    paths = overview.write(CourseFolder(Path(root)), template, made, found)
    return json.dumps({"files": [str(path) for path in paths]})
