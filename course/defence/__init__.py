"""Defence day: the jury's rubric, scoring sheets, and the protocol made from what comes back.

In the course folder: `defence/session.yaml` and `defence/decisions.yaml` are written by the
organiser, `defence/sheets/` is made, `defence/returned/` takes what jurors send back, and the
protocol appears beside them.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from course import files
from course.defence import protocol, returned, rubric, scores, session, sheets, slides
from course.errors import DefenceError, Fault
from course.folder import CourseFolder
from course.progress import Progress, silent

__all__ = ["make_protocol", "make_sheets", "protocol", "returned", "rubric", "scores", "session",
           "sheets", "slides"]  # fmt: skip


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
