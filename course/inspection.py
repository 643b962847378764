"""Inspection: is what people wrote sound, and is what was made from it fresh?

`proclusters check` looks at the whole course: the programme, the norms, every team's file, and
every written webinar (model answers must get full marks, each typical mistake the score it names,
an untouched notebook nothing). `proclusters check TEAM` looks at one team's file, and with a day at
the readiness of its package of documents. `proclusters verify FILE` compares what came back.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from pathlib import Path

from course import authoring, cluster, documents, norms, programme, reporting, wording
from course.claims.verification import Verification
from course.errors import AuthoringError, CourseError, Fault
from course.folder import CourseFolder
from course.progress import Progress, silent


def verify(path: Path, folder: CourseFolder) -> Verification:
    """A paper or a report that somebody sends back: each figure that was changed, swapped or lost.

    PDF, HTML and the model's workbook belong to reports, everything else to a package of papers.
    """
    if path.suffix.lower() in (".pdf", ".html") or reporting.is_model_book(path):
        return reporting.verify(path, folder)
    return documents.verify(path, folder)


def inspect_team(
    folder: CourseFolder, team: str, day: datetime.date | None = None
) -> tuple[str, ...]:
    """What stands in a team's file, in Russian lines; `ClusterError` with all its faults.

    With a `day`, also how ready the package of documents is on that day, and what is left to do.
    """
    read = cluster.load(folder.cluster_file(team))
    found = (
        f"{team}: файл прочитан, ошибок нет.",
        f"  {wording.count(len(read.members), 'участник', 'участника', 'участников')}, "
        f"{wording.count(len(read.contracts), 'договор', 'договора', 'договоров')}, "
        f"{wording.count(len(read.projects), 'проект', 'проекта', 'проектов')}",
        *(f"  внимание: {warning}" for warning in read.warnings),
    )
    return found if day is None else (*found, *documents.audit(read, day).lines)


def inspect_course(folder: CourseFolder, progress: Progress = silent) -> tuple[str, ...]:
    """What is written in the course, in Russian lines; `CourseError` with all faults at once."""
    parts: list[tuple[str, Callable[[], Iterable[str]]]] = [
        ("программа", _programme),
        ("нормы", _norms),
    ]
    for path in sorted(folder.teams.glob("*/cluster.yaml")):
        team = path.parent.name
        parts.append((team, lambda team=team: inspect_team(folder, team)))  # type: ignore[misc]
    for name in _written(folder):
        parts.append((name, lambda name=name: _webinar(folder, name)))  # type: ignore[misc]

    lines: list[str] = []
    faults: list[Fault] = []
    for number, (what, look) in enumerate(parts):
        progress(number, len(parts), what)
        try:
            lines.extend(look())
        except CourseError as error:
            faults.extend(error.faults)
    if faults:
        raise AuthoringError(faults)
    return tuple(lines)


def _written(folder: CourseFolder) -> list[str]:
    return [
        webinar.name
        for webinar in programme.load().webinars
        if (folder.assignments / webinar.name).is_dir()
    ]


def _programme() -> Iterable[str]:
    webinars = programme.load().webinars
    yield f"Программа: {wording.count(len(webinars), 'вебинар', 'вебинара', 'вебинаров')}."


def _norms() -> Iterable[str]:
    loaded = norms.load()
    yield f"Нормы: {wording.count(len(loaded), 'норма', 'нормы', 'норм')}, ошибок нет."


def _webinar(folder: CourseFolder, name: str) -> Iterable[str]:
    stale = authoring.stale(folder, name)
    if stale:
        raise AuthoringError(
            Fault(_shown(folder, path), "", "файл не совпадает с авторским текстом",
                  f"Соберите заново: proclusters build {name} и proclusters release {name}")
            for path in stale
        )  # fmt: skip
    found = authoring.verify(folder, name)
    if found.faults:
        raise AuthoringError(found.faults)
    exercises = wording.count(found.exercises, "упражнение", "упражнения", "упражнений")
    mistakes = wording.count(
        found.mistakes, "типичная ошибка", "типичные ошибки", "типичных ошибок"
    )
    yield f"{name}: {exercises}, {mistakes}; верные ответы получают полный балл."


def _shown(folder: CourseFolder, path: Path) -> str:
    return str(path.relative_to(folder.root)) if path.is_relative_to(folder.root) else path.name
