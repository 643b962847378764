"""What the defence writes: sheets for the jury, the protocol, a team's rehearsal sheet."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from pathlib import Path

from course import files
from course.cluster import load
from course.defence import protocol, rehearsal, returned, rubric, scores, session, sheets, slides
from course.defence import rehearsal_sheet as own_sheet
from course.errors import DefenceError, Fault
from course.folder import CourseFolder
from course.progress import Progress, silent


def make_sheets(folder: CourseFolder, progress: Progress = silent) -> tuple[Path, ...]:
    """Write a workbook and a printable form for each juror and team; returns their paths.

    The folder `defence/sheets` is replaced as a whole: it is there complete or as it was.
    """
    rules, meeting = rubric.load(), session.load(folder.defence / session.NAME)
    pairs = [(juror, team) for juror in meeting.jurors for team in meeting.teams]
    target = folder.defence / "sheets"
    with tempfile.TemporaryDirectory(dir=folder.defence, prefix=".sheets-") as temporary:
        beside = Path(temporary) / "sheets"
        for number, (juror, team) in enumerate(pairs):
            progress(number, len(pairs), f"{juror.id}, {team.id}")
            name = f"{juror.id}--{team.id}"
            book = sheets.workbook(rules, meeting, juror, team)
            files.write_bytes(beside / juror.id / f"{name}.xlsx", book)
            paper = sheets.form(rules, meeting, juror, team)
            files.write_bytes(beside / juror.id / f"{name}.pdf", paper)
        if target.exists():
            shutil.move(target, Path(temporary) / "old")
        shutil.move(beside, target)
    return tuple(sorted(path for path in target.rglob("*") if path.is_file()))


def make_protocol(folder: CourseFolder) -> tuple[Path, ...]:
    """Write the protocol from the sheets in `defence/returned`; returns its three files.

    `DefenceError` names everything that is damaged, missing, doubled or out of bounds, and then
    nothing is written.
    """
    rules, meeting = rubric.load(), session.load(folder.defence / session.NAME)
    arrived = folder.defence / "returned"
    if not arrived.is_dir():
        raise DefenceError(
            Fault("defence/returned", "", "папки с листами экспертов нет",
                  "Создайте её и положите туда листы, которые прислали эксперты")
        )  # fmt: skip
    decisions = returned.read_decisions(folder.defence / "decisions.yaml")
    marked = returned.collect(arrived, rules, meeting, decisions)
    if not marked:
        raise DefenceError(Fault("defence/returned", "", "нет ни одного листа"))
    found = scores.of(rules, meeting, marked)
    made = {
        "protocol.docx": protocol.document(rules, meeting, found, decisions),
        "protocol.xlsx": protocol.workbook(meeting, found),
        "protocol.pptx": slides.deck(rules, meeting, found),
    }
    for name, content in made.items():
        files.write_bytes(folder.defence / name, content)
    return tuple(folder.defence / name for name in made)


def make_rehearsal(
    folder: CourseFolder, team: str | None, *, on: datetime.date | None
) -> tuple[Path, ...]:
    """Write the team's sheet for a rehearsal on a day: `reports/<team>/rehearsal.xlsx`.

    Raises `DefenceError` when the team or the day was not told, `CourseFolderError` for an unknown
    team, `ClusterError` for a faulty file; then nothing is written.
    """
    missing = [("" if team else "команда", "Назовите папку команды в teams"),
               ("" if on else "день", "Добавьте --on ГГГГ-ММ-ДД")]  # fmt: skip
    faults = [Fault("", "defence rehearse", f"не названо: {what}", remedy)
              for what, remedy in missing if what]  # fmt: skip
    if team is None or on is None:
        raise DefenceError(faults)
    source = folder.cluster_file(team)
    cluster = load(source)
    rules = rubric.load()
    content = own_sheet.workbook(rules, rehearsal.evidence(cluster, on=on, rubric=rules))
    path = folder.inside(folder.reports / source.parent.name / "rehearsal.xlsx")
    files.write_bytes(path, content)
    return (path,)
