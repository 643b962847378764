"""Sheets that experts send back: checked whole, then recorded as nbgrader's marks by hand.

Nothing is recorded unless every row is sound. A mark is known by the code of its row: it fits one
person, one question and the answer as it was when the sheet was made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from course.errors import Fault, GradingError
from course.folder import CourseFolder
from course.gradebook.experts import (
    CODE,
    COMMENT,
    HEAD,
    MARK,
    PASSPORT,
    SHEET,
    STEP,
    Answer,
    answers,
)
from course.grading import shelf
from course.grading.master import load
from course.grading.record import ByHand, Record
from course.spreadsheets import tables
from course.spreadsheets.tables import Formula, Row, Table
from course.wording import count, trimmed

_COMMENT = 3_000  # signs of a remark that the participant's page shows
_DECIMAL = re.compile(r"-?[0-9]{1,9}([.,][0-9]{1,9})?")
_AGAIN = "Выдайте лист заново: proclusters experts … --to ФАЙЛ"


@dataclass(frozen=True)
class Marked:
    """What was recorded: marks for so many `works`, and how many of them `changed` earlier ones."""

    works: int
    changed: int

    @property
    def lines(self) -> tuple[str, ...]:
        """The report as Russian lines for the terminal."""
        marks = count(self.works, "оценка", "оценки", "оценок")
        told = f"Записано: {marks}."
        return (f"{told} Прежние оценки изменены: {self.changed}." if self.changed else told,)


def take_sheet(folder: CourseFolder, name: str, path: Path) -> Marked:
    """Record the marks of a returned sheet; `GradingError` with everything that is wrong in it."""
    master = load(folder, name)
    known = {each.code: each for each in answers(folder, master)}
    marks = _read(path, name, known)
    changed = 0
    with shelf.alone(folder), Record(folder, master) as record:
        for person in sorted({each.person for each in marks}):
            given = {each.cell.id: mark for each, mark in marks.items() if each.person == person}
            before = record.by_hand(person)
            changed += sum(
                before[cell].score is not None and before[cell] != mark
                for cell, mark in given.items()
                if cell in before
            )
            record.mark(person, given)
        record.save()
    return Marked(len(marks), changed)


def _read(path: Path, name: str, known: Mapping[str, Answer]) -> dict[Answer, ByHand]:
    """The marks by the answers they are for."""
    sheet, issued = _parts(path, name)
    faults: list[Fault] = []
    marks: dict[Answer, ByHand] = {}
    seen: dict[str, int] = {}
    for row in _body(sheet):
        code = row.text(CODE)
        wrong = _stranger(row, code, issued, known, seen)
        if wrong:
            faults.append(Fault(path.name, f"строка {row.number}", *wrong))
            continue
        seen[code] = row.number
        found = list(_faults(row, known[code], path.name))
        faults += found
        if not found:
            score = _number(row)
            marks[known[code]] = ByHand(score, row.text(COMMENT))
    faults += [
        Fault(path.name, "", f"нет строки с ответом участника «{person}» (код {code})",
              "Верните её из выданного листа")
        for code, person in issued.items()
        if code not in seen and not any(code == row.text(CODE) for row in sheet.rows)
    ]  # fmt: skip
    if faults:
        raise GradingError(faults)
    return marks


def _parts(path: Path, name: str) -> tuple[Table, dict[str, str]]:
    """The sheet with marks, and the people by the codes that were issued."""
    if path.suffix != ".xlsx":
        raise GradingError(Fault(path.name, "", "лист эксперта — книга .xlsx", "Пришлите её"))
    book = tables.sheets(path)
    if SHEET not in book or PASSPORT not in book or not book[PASSPORT].rows:
        raise GradingError(Fault(path.name, "", "это не лист эксперта этого курса", _AGAIN))
    head, *rows = book[PASSPORT].rows
    if head.text(0) != name:
        what = f"лист выдан для другого вебинара: {head.text(0)[:60]}"
        raise GradingError(Fault(path.name, "", what, "Назовите в команде его"))
    return book[SHEET], {row.text(0): row.text(1) for row in rows if row.text(0)}


def _body(sheet: Table) -> Iterator[Row]:
    """The rows below the head."""
    words = tuple(HEAD)
    for at, row in enumerate(sheet.rows):
        if tuple(row.text(column) for column in range(len(words))) == words:
            yield from sheet.rows[at + 1 :]
            return
    what = "шапка таблицы изменена"
    raise GradingError(Fault(sheet.file, "", what, f"Нужны столбцы: {', '.join(words)}"))


def _stranger(
    row: Row, code: str, issued: Mapping[str, str], known: Mapping[str, Answer],
    seen: Mapping[str, int],
) -> tuple[str, str] | None:  # fmt: skip
    """Why a row can't be told to be anybody's: what is wrong, and what to do."""
    person = row.text(0)
    if code not in issued:
        what = "код строки изменён, или строки не было в выданном листе"
        return what, "Верните строку из выданного листа"
    if person != issued[code]:
        return f"id изменён: было «{issued[code][:60]}»", "Верните прежний id"
    if code not in known:
        return "работа изменилась после выдачи листа, или участника больше нет", _AGAIN
    if code in seen:
        return f"тот же ответ, что в строке {seen[code]}", "Оставьте одну строку"
    return None


def _faults(row: Row, answer: Answer, file: str) -> Iterator[Fault]:
    """What is wrong with the mark and the remark of a row."""
    top = answer.cell.points
    wanted = f"Нужно число от 0 до {trimmed(top, 2)} через {trimmed(STEP)}"
    place, cell, score = row.place(MARK), row.at(MARK), _number(row)
    if isinstance(cell, Formula):
        yield Fault(file, place, "вместо балла стоит формула", wanted)
    elif cell is None or row.text(MARK) == "":
        yield Fault(file, place, "балла нет", wanted)
    elif score is None:
        yield Fault(file, place, "балл не читается", wanted)
    elif not 0 <= score <= top:
        yield Fault(file, place, f"балл {trimmed(score, 2)} за пределами", wanted)
    elif score / STEP != int(score / STEP):
        yield Fault(file, place, f"балл {trimmed(score, 2)} не кратен {trimmed(STEP)}", wanted)
    if isinstance(row.at(COMMENT), Formula):
        yield Fault(file, row.place(COMMENT), "вместо замечания стоит формула", "Впишите текст")
    elif len(row.text(COMMENT)) > _COMMENT:
        yield Fault(file, row.place(COMMENT), f"замечание длиннее {_COMMENT} знаков", "Сократите")


def _number(row: Row) -> float | None:
    """The mark as a number; a comma may stand in place of a point."""
    cell = row.at(MARK)
    if isinstance(cell, str) and _DECIMAL.fullmatch(cell.strip()):
        cell = float(cell.strip().replace(",", "."))
    return cell if isinstance(cell, float) and abs(cell) < 1e6 else None
