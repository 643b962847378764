"""Sheets that jurors send back: read, checked, and never guessed at.

A sheet is known by what stands in its last rows, not by its file's name. Every fault is named with
its file; two different sheets of one juror for one team, and sheets that never came, need a
person's decision (`decisions.yaml`) before anything is counted.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from course.defence.pages import MARK_COLUMN, NO, YES
from course.defence.rubric import Rubric
from course.defence.session import Session
from course.defence.sheets import COMMENT_COLUMN, PASSPORT, PENDING_COLUMN, TITLE, Layout
from course.errors import DefenceError, Fault, FileError
from course.files import MEBIBYTE, read_bytes, read_yaml
from course.spreadsheets.weight import weigh

LIMIT = 2 * MEBIBYTE
TEXT_LIMIT = 2000


@dataclass(frozen=True)
class Sheet:
    """One juror's marks for one team: gates met or not, marks, remarks, what to show in 30 days."""

    file: str
    juror: str
    team: str
    gates: Mapping[str, bool]
    marks: Mapping[str, int]
    remarks: Mapping[str, str]
    pending: str


@dataclass(frozen=True)
class Decisions:
    """What the secretary decided: sheets that count as absent, files that count among doubles."""

    absent: Mapping[tuple[str, str], str]
    chosen: Mapping[tuple[str, str], str]


def read_sheet(path: Path, rubric: Rubric, session: Session) -> Sheet:
    """The marks in the workbook `path`; `DefenceError` with everything that is wrong with it."""
    cells = _cells(path)
    layout = Layout(rubric)
    juror, team = _owner(path.name, cells, layout, session)
    faults: list[Fault] = []

    def value(row: int, column: int) -> Any:
        return cells.get((row, column))

    gates: dict[str, bool] = {}
    for row, gate in zip(layout.gates, rubric.gates, strict=True):
        answer = str(value(row, MARK_COLUMN) or "").strip().lower()
        if answer in (YES, NO):
            gates[gate.id] = answer == YES
        else:
            faults.append(
                _wrong(path.name, row, gate.id, value(row, MARK_COLUMN), f"{YES} или {NO}")
            )
    marks: dict[str, int] = {}
    remarks: dict[str, str] = {}
    for row, criterion in zip(layout.criteria, rubric.criteria, strict=True):
        mark = value(row, MARK_COLUMN)
        if isinstance(mark, bool) or not isinstance(mark, int | float) or mark not in rubric.marks:
            bounds = f"целое число от {rubric.marks[0]} до {rubric.top}"
            faults.append(_wrong(path.name, row, criterion.title, mark, bounds))
        else:
            marks[criterion.id] = int(mark)
        remarks[criterion.id] = _text(value(row, COMMENT_COLUMN))
    if faults:
        raise DefenceError(faults)
    return Sheet(
        path.name, juror, team, gates, marks, remarks, _text(value(layout.pending, PENDING_COLUMN))
    )


def _cells(path: Path) -> dict[tuple[int, int], Any]:
    """Cell values by row and column from 0; formulas come as their text."""
    damaged = Fault(path.name, "", "файл повреждён или это не книга Excel",
                    "Попросите эксперта прислать лист ещё раз")  # fmt: skip
    try:
        content = read_bytes(path, LIMIT)
        weigh(path.name, content)
        book = load_workbook(io.BytesIO(content), keep_links=False)
        if TITLE not in book.sheetnames:
            raise DefenceError(Fault(path.name, "", f"в книге нет листа «{TITLE}»"))
        sheet = book[TITLE]
        return {
            (cell.row - 1, cell.column - 1): cell.value
            for row in sheet.iter_rows(max_row=200, max_col=30)
            for cell in row
            if cell.value is not None
        }
    except (DefenceError, FileError):
        raise
    except Exception:  # openpyxl raises whatever a damaged part makes it raise
        raise DefenceError(damaged) from None


def _owner(
    name: str, cells: Mapping[tuple[int, int], Any], layout: Layout, session: Session
) -> tuple[str, str]:
    """Juror and team from the sheet's last rows, checked against the session and the rubric."""
    row = layout.passport
    words = [cells.get((row + step, 1)) for step in range(len(PASSPORT))]
    edition, juror, team = (str(cells.get((row + step, 2)) or "") for step in (1, 2, 3))
    if words != list(PASSPORT) or edition != layout.rubric.edition:
        raise DefenceError(
            Fault(name, f"строка {row + 1}", "лист заполнен по другой редакции критериев",
                  "Выдайте эксперту новый лист: proclusters defence sheets")
        )  # fmt: skip
    faults = []
    if session.juror(juror) is None:
        faults.append(
            Fault(name, f"строка {row + 3}", f"эксперта «{juror[:40]}» нет в session.yaml")
        )
    if session.team(team) is None:
        faults.append(Fault(name, f"строка {row + 4}", f"команды «{team[:40]}» нет в session.yaml"))
    if faults:
        raise DefenceError(faults)
    return juror, team


def _wrong(name: str, row: int, what: str, value: Any, wanted: str) -> Fault:
    place = f"строка {row + 1}, {what}"
    if value is None:
        return Fault(name, place, "отметки нет", f"Нужно: {wanted}")
    if str(value).startswith("="):
        return Fault(name, place, "вместо отметки стоит формула", f"Нужно: {wanted}")
    return Fault(name, place, f"отметка «{str(value)[:40]}» недопустима", f"Нужно: {wanted}")


def _text(value: Any) -> str:
    return "" if value is None else " ".join(str(value)[:TEXT_LIMIT].split())


def read_decisions(path: Path) -> Decisions:
    """The secretary's decisions; none if the file is not there."""
    if not path.exists():
        return Decisions({}, {})
    data = read_yaml(path).data
    try:
        absent = {(e["juror"], e["team"]): str(e["reason"]) for e in data.get("absent") or ()}
        chosen = {(e["juror"], e["team"]): str(e["file"]) for e in data.get("use") or ()}
    except (AttributeError, KeyError, TypeError):
        raise DefenceError(
            Fault(path.name, "", "запись не полна",
                  "В absent нужны juror, team, reason; в use нужны juror, team, file")
        ) from None  # fmt: skip
    return Decisions(absent, chosen)


def collect(
    folder: Path, rubric: Rubric, session: Session, decisions: Decisions
) -> tuple[Sheet, ...]:
    """One sheet for each juror and team, or `DefenceError` with all that is wrong or missing."""
    faults: list[Fault] = []
    found: dict[tuple[str, str], list[Sheet]] = {}
    for path in sorted(folder.rglob("*.xlsx")):
        if path.name.startswith("~$"):
            continue  # Excel's own lock file
        try:
            sheet = read_sheet(path, rubric, session)
        except (DefenceError, FileError) as error:
            faults.extend(error.faults)
            continue
        found.setdefault((sheet.juror, sheet.team), []).append(sheet)
    kept = []
    for juror in session.jurors:
        for team in session.teams:
            key = (juror.id, team.id)
            one, fault = _one(key, found.get(key, []), decisions)
            faults.extend(fault)
            kept.extend(one)
    if faults:
        raise DefenceError(faults)
    return tuple(kept)


def _one(
    key: tuple[str, str], sheets: Sequence[Sheet], decisions: Decisions
) -> tuple[list[Sheet], list[Fault]]:
    """The sheet that counts for `key`, if any, and what a person has to decide first."""
    who = f"эксперт {key[0]}, команда {key[1]}"
    if key in decisions.absent:
        if sheets:
            return [], [Fault(sheets[0].file, who, "лист есть, а решено считать без него",
                              "Уберите запись из absent или файл из папки")]  # fmt: skip
        return [], []
    if not sheets:
        remedy = "Дождитесь листа или запишите в decisions.yaml: absent, с причиной"
        return [], [Fault("", who, "листа нет", remedy)]
    same = {(tuple(s.gates.items()), tuple(s.marks.items()), tuple(s.remarks.items()), s.pending)
            for s in sheets}  # fmt: skip
    if len(same) == 1:
        return [sheets[0]], []
    chosen = [sheet for sheet in sheets if sheet.file == decisions.chosen.get(key)]
    if len(chosen) == 1:
        return chosen, []
    names = ", ".join(sheet.file for sheet in sheets)
    return [], [Fault("", who, f"листов несколько, и они расходятся: {names}",
                      "Запишите в decisions.yaml, какой считать: use, с именем файла")]  # fmt: skip
