"""Open answers for experts: a workbook that goes out with answers, rubric and cells for marks.

An expert sees ids, never names. Each row carries a code that binds the mark to one person's answer
as it was when the sheet was made; a hidden sheet lists the codes, so that a row that got lost is
missed. `returned` reads the workbook back.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from course.errors import Fault, GradingError
from course.files import write_bytes
from course.folder import CourseFolder
from course.grading import intake, shelf
from course.grading.intake import Submission
from course.grading.master import GradedCell, Master, load
from course.grading.page import answer_of, heading
from course.grading.record import Record
from course.grading.results import Outcome
from course.plain import shortened, visible
from course.wording import count, trimmed

SHEET, PASSPORT = "Оценки", "Паспорт"
HEAD = ("id", "Вопрос", "Ответ участника", "Критерии", "Балл", "Замечание участнику",
        "Код строки")  # fmt: skip
MARK, COMMENT, CODE = 4, 5, 6
STEP = 0.5  # marks are given in halves, as the rubrics say
TOP = 3  # the row of the head, from 0
_WIDTHS = (16, 26, 62, 56, 8, 36, 15)
_CELL = 30_000  # signs in one cell of Excel, with room to spare
_RUBRIC = re.compile(r"^.*BEGIN MARK SCHEME[^\n]*\n(.*?)^[^\n]*END MARK SCHEME",
                     re.MULTILINE | re.DOTALL)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """One open answer to be read: whose, for which cell, and the `code` of its row."""

    person: str
    cell: GradedCell
    text: str
    rubric: str
    code: str


def issue_sheet(folder: CourseFolder, name: str, path: Path) -> int:
    """Write the answers of `name` that wait for a person's marks to `path`; how many they are.

    `GradingError` if nothing waits, or `path` is no workbook.
    """
    if path.suffix != ".xlsx":
        raise GradingError(Fault(path.name, "", "лист эксперта — книга .xlsx", "Измените имя"))
    if path.exists():
        what = "такой файл уже есть, и в нём могут стоять оценки эксперта"
        raise GradingError(Fault(path.name, "", what, "Назовите новый лист иначе"))
    master = load(folder, name)
    found = tuple(answers(folder, master))
    with Record(folder, master) as record:
        given = {person: record.by_hand(person) for person in {each.person for each in found}}
    waiting = tuple(
        each
        for each in found
        if each.cell.id in given[each.person] and given[each.person][each.cell.id].score is None
    )
    if not waiting:
        what = "развёрнутых ответов, которые ждут проверки, нет"
        raise GradingError(Fault(name, "", what, "Сначала проверьте работы: proclusters grade"))
    write_bytes(path, workbook(master, waiting))
    return len(waiting)


def answers(folder: CourseFolder, master: Master) -> Iterator[Answer]:
    """The open answers of all graded works, by person and cell."""
    rubrics = {cell.id: rubric(master, cell.id) for cell in master.hand}
    for person in intake.people(folder, master.name)[0]:
        outcome = shelf.outcome(folder, person, master.name)
        if outcome is None:
            continue
        taken = intake.take(folder, master, person) if master.answered else None
        for cell in master.hand:
            text = _text(master, cell, outcome, taken)
            code = _code(master.name, person, cell.id, outcome.work)
            yield Answer(person, cell, text, rubrics[cell.id], code)


def rubric(master: Master, cell: str) -> str:
    """The rubric for the grader as it stands between the marks in the cell; perhaps empty."""
    source = next(
        str(each["source"])
        for each in master.notebook["cells"]
        if each["metadata"].get("nbgrader", {}).get("grade_id") == cell
    )
    return visible("\n\n".join(part.strip() for part in _RUBRIC.findall(source)).replace("**", ""))


def workbook(master: Master, found: tuple[Answer, ...]) -> bytes:
    """The workbook for experts; every word in it is text."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False,
                                        "strings_to_urls": False})  # fmt: skip
    sheet = book.add_worksheet(SHEET)
    scales = _passport(book.add_worksheet(PASSPORT), master, found)
    title = book.add_format({"bold": True, "font_size": 14})
    sheet.write_string(0, 0, f"{heading(master)}: развёрнутые ответы", title)
    works = count(len(found), "ответ", "ответа", "ответов")
    told = "Заполните столбцы «Балл» и «Замечание участнику» в каждой строке. Остальное не меняйте."
    sheet.write_string(1, 0, f"Здесь {works}. {told}")
    _table(book, sheet, found, scales)
    sheet.freeze_panes(TOP + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(TOP)
    sheet.set_footer("&CСтраница &P из &N")
    sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True,
                       "autofilter": True})  # fmt: skip
    book.close()
    return stream.getvalue()


def _table(book: Any, sheet: Any, found: tuple[Answer, ...], scales: dict[float, str]) -> None:
    base = {"text_wrap": True, "valign": "top", "border": 1}
    head = book.add_format({**base, "bold": True, "bg_color": "#E7E6E6"})
    text, small = book.add_format(base), book.add_format({**base, "font_size": 9})
    mark = book.add_format({**base, "bg_color": "#FFF8E1", "locked": False, "align": "center",
                            "bold": True, "num_format": "0.0"})  # fmt: skip
    note = book.add_format({**base, "bg_color": "#FFF8E1", "locked": False})
    for column, (word, width) in enumerate(zip(HEAD, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(TOP, column, word, head)
    for row, each in enumerate(found, start=TOP + 1):
        worth = f"До {trimmed(each.cell.points, 2)}."
        cells = (each.person, each.cell.question or each.cell.section or each.cell.id,
                 each.text or "Ответа нет.", f"{worth} {each.rubric}".strip())  # fmt: skip
        for column, words in enumerate(cells):
            sheet.write_string(row, column, shortened(words, _CELL), small if column == 3 else text)
        sheet.write_blank(row, MARK, None, mark)
        sheet.write_blank(row, COMMENT, None, note)
        sheet.write_string(row, CODE, each.code, small)
        sheet.set_row(row, _height(cells))
        sheet.data_validation(row, MARK, row, MARK, {
            "validate": "list", "source": scales[each.cell.points],
            "error_title": "Выберите балл из списка",
            "error_message": f"От 0 до {trimmed(each.cell.points, 2)} через {trimmed(STEP)}",
        })  # fmt: skip


def _passport(sheet: Any, master: Master, found: tuple[Answer, ...]) -> dict[float, str]:
    """Fill the hidden sheet: the assignment, the codes of all rows, the marks for each worth.

    Returns the range of marks by what a cell is worth.
    """
    sheet.write_string(0, 0, master.name)
    for row, each in enumerate(found, start=1):
        sheet.write_string(row, 0, each.code)
        sheet.write_string(row, 1, each.person)
    ranges = {}
    for column, points in enumerate(sorted({each.cell.points for each in found}), start=2):
        steps = int(points / STEP) + 1
        for row in range(steps):
            sheet.write_number(row, column, row * STEP)
        letter = chr(ord("A") + column)
        ranges[points] = f"={PASSPORT}!${letter}$1:${letter}${steps}"
    sheet.very_hidden()
    return ranges


def _height(cells: tuple[str, ...]) -> float:
    """A height in which the text of a row can be read: Excel keeps it, whatever the text."""
    lines = (
        sum(1 + len(line) // int(width * 1.1) for line in words.splitlines() or [""])
        for words, width in zip(cells, _WIDTHS, strict=False)
    )
    return min(409.0, max(30.0, 14.0 * max(lines)))


def _text(
    master: Master, cell: GradedCell, outcome: Outcome, taken: object
) -> str:  # fmt: skip
    """What a person answered for a cell: in the form before it, or in the cell itself."""
    if cell.id in master.answered:
        same = isinstance(taken, Submission) and taken.work == outcome.work
        return visible(taken.texts.get(cell.id, "")) if same else ""  # type: ignore[attr-defined]
    return answer_of(outcome, cell.question, _CELL) if cell.question else ""


def _code(*parts: str) -> str:
    return hashlib.sha256("/".join(parts).encode()).hexdigest()[:12]
