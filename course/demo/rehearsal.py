"""The practice session of the defence: invented jurors mark invented teams in real sheets."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from openpyxl import load_workbook

from course import defence, files
from course.defence import rubric, sheets
from course.defence.pages import MARK_COLUMN, NO, YES
from course.folder import CourseFolder
from course.progress import Progress

RESULTS = ("protocol.docx", "protocol.xlsx", "protocol.pptx")


def hold(folder: CourseFolder, script: Mapping[str, Any], progress: Progress) -> tuple[Path, ...]:
    """Send sheets out, let jurors mark them as `script` says, write the protocol.

    `script` has the session and, for each team, the jurors' marks in the order of the criteria.
    What was made from the same script and rubric is left as it is.
    """
    results = tuple(folder.defence / name for name in RESULTS)
    stamp = folder.defence / ".made"
    digest = hashlib.sha256(f"{rubric.load().edition} {script}".encode()).hexdigest()
    if all(path.exists() for path in (*results, stamp)) and stamp.read_text() == digest:
        return results
    text = yaml.safe_dump(script["session"], allow_unicode=True, sort_keys=False)
    files.write_text(folder.defence / "session.yaml", text)
    defence.make_sheets(folder, progress)
    for team, marked in script["marks"].items():
        for entry in marked:
            name = f"{entry['juror']}--{team}.xlsx"
            blank = folder.defence / "sheets" / entry["juror"] / name
            mark(blank, folder.defence / "returned" / name, entry)
    defence.make_protocol(folder)
    files.write_text(stamp, digest)
    return results


def mark(blank: Path, target: Path, entry: Mapping[str, Any]) -> None:
    """Fill in one sheet as a juror would in Excel."""
    rules = rubric.load()
    layout = sheets.Layout(rules)
    book = load_workbook(blank)
    page = book[sheets.TITLE]
    missed = entry.get("gates_missed", ())
    for row, gate in zip(layout.gates, rules.gates, strict=True):
        answer = NO if gate.id in missed else YES
        page.cell(row + 1, MARK_COLUMN + 1).value = answer
    for row, value in zip(layout.criteria, entry["marks"], strict=True):
        page.cell(row + 1, MARK_COLUMN + 1).value = value
    page.cell(layout.pending + 1, sheets.PENDING_COLUMN + 1).value = entry.get("pending")
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
