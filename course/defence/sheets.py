"""Scoring sheets: a workbook for each juror and team, and the same form on paper.

In the workbook a juror picks marks from lists; descriptors stand beside them, and only the cells
with formulas are locked. The last rows say whose sheet it is, whatever its file is called.
"""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from course import wording
from course.defence.rubric import Criterion, Rubric
from course.defence.session import Juror, Session, Team
from course.typesetting import pdf

STYLE = Path(__file__).with_name("form.typ")
TITLE = "Лист оценки"
YES, NO = "да", "нет"
GATES_ROW = 6  # the first gate, rows from 0; criteria follow two rows after the last gate
PENDING_COLUMN, MARK_COLUMN, COMMENT_COLUMN = 2, 3, 8
PASSPORT = ("Сведения о листе (не менять)", "Редакция критериев", "Эксперт", "Команда")


@dataclass(frozen=True)
class Layout:
    """In which rows (from 0) of a sheet the parts of `rubric` stand."""

    rubric: Rubric

    @property
    def gates(self) -> range:
        """One row for each gate."""
        return range(GATES_ROW, GATES_ROW + len(self.rubric.gates))

    @property
    def criteria(self) -> range:
        """One row for each criterion, below a heading."""
        return range(self.gates.stop + 2, self.gates.stop + 2 + len(self.rubric.criteria))

    @property
    def total(self) -> int:
        """The row of the total."""
        return self.criteria.stop

    @property
    def pending(self) -> int:
        """The row for what must be shown in 30 days."""
        return self.total + 2

    @property
    def passport(self) -> int:
        """The first of the rows that say whose sheet it is."""
        return self.pending + 2


def workbook(rubric: Rubric, session: Session, juror: Juror, team: Team) -> bytes:
    """The scoring sheet of `juror` for `team` as an XLSX file; equal input, equal bytes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False,
                                        "strings_to_urls": False})  # fmt: skip
    book.set_properties({"title": TITLE, "created": midnight(session.day)})
    sheet = book.add_worksheet(TITLE)
    _Writer(book, sheet, rubric).write(session, juror, team)
    book.close()
    return stream.getvalue()


class _Writer:
    """Writes one sheet, part by part."""

    def __init__(self, book: Any, sheet: Any, rubric: Rubric) -> None:
        self.sheet, self.rubric, self.layout = sheet, rubric, Layout(rubric)
        base = {"font_name": "Times New Roman", "font_size": 11, "valign": "top",
                "text_wrap": True, "locked": False}  # fmt: skip
        self.text = book.add_format(base)
        self.cell = book.add_format({**base, "border": 1})
        self.small = book.add_format({**base, "border": 1, "font_size": 9})
        self.number = book.add_format({**base, "border": 1, "align": "center"})
        self.head = book.add_format({**base, "border": 1, "bold": True, "bg_color": "#E7E6E6"})
        self.title = book.add_format({**base, "bold": True, "font_size": 15, "text_wrap": False})
        self.line = book.add_format({**base, "text_wrap": False})
        self.input = book.add_format({**base, "border": 2, "align": "center", "bold": True,
                                      "bg_color": "#FFF8E1"})  # fmt: skip
        self.note = book.add_format({**base, "border": 1, "bg_color": "#FFF8E1"})
        self.formula = book.add_format({**base, "border": 1, "bold": True, "align": "center",
                                        "num_format": "0.0", "locked": True})  # fmt: skip

    def write(self, session: Session, juror: Juror, team: Team) -> None:
        """The whole sheet."""
        self._page()
        for row, text in enumerate((
            f"{TITLE}: {team.title}",
            f"Проект: {team.project}",
            f"Эксперт: {juror.name}, {juror.position}",
            f"{session.title}. {wording.day(session.day)}, {session.place}",
        )):  # fmt: skip
            self.sheet.write_string(row, 0, text, self.title if row == 0 else self.line)
        self._gates()
        self._criteria()
        self._passport(juror, team)
        self.sheet.protect("", {"format_columns": True, "format_rows": True, "sort": False})

    def _page(self) -> None:
        sheet = self.sheet
        for column, width in enumerate((5, 38, 7, 10, 19, 19, 19, 24, 30)):
            sheet.set_column(column, column, width, self.text)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        sheet.set_footer("&CСтраница &P из &N")

    def _gates(self) -> None:
        sheet, rows = self.sheet, self.layout.gates
        for column, word in enumerate(("№", "Условие допуска", "", "да / нет")):
            sheet.write_string(rows.start - 1, column, word, self.head)
        for row, gate in zip(rows, self.rubric.gates, strict=True):
            sheet.set_row(row, 30)
            sheet.write_string(row, 0, gate.id, self.number)
            sheet.merge_range(row, 1, row, 2, "", self.cell)
            sheet.write_string(row, 1, gate.text, self.cell)
            sheet.write_blank(row, MARK_COLUMN, None, self.input)
        sheet.data_validation(rows.start, MARK_COLUMN, rows.stop - 1, MARK_COLUMN, {
            "validate": "list", "source": [YES, NO],
            "error_title": "Выберите из списка", "error_message": f"Можно только: {YES}, {NO}",
        })  # fmt: skip

    def _criteria(self) -> None:
        sheet, rows = self.sheet, self.layout.criteria
        heads = ["№", "Критерий", "Вес", "Отметка", *(f"Отметка {mark}" for mark in
                 self.rubric.marks), "Замечание"]  # fmt: skip
        for column, word in enumerate(heads):
            sheet.write_string(rows.start - 1, column, word, self.head)
        for number, (row, criterion) in enumerate(zip(rows, self.rubric.criteria, strict=True), 1):
            self._criterion(row, number, criterion)
        marks = list(self.rubric.marks)
        sheet.data_validation(rows.start, MARK_COLUMN, rows.stop - 1, MARK_COLUMN, {
            "validate": "list", "source": marks,
            "error_title": "Выберите из списка",
            "error_message": f"Отметка — целое число от {marks[0]} до {marks[-1]}",
        })  # fmt: skip
        first, last = rows.start + 1, rows.stop
        total = self.layout.total
        sheet.write_string(total, 1, "Итог по отметкам, из 100", self.head)
        sheet.write_formula(
            total, MARK_COLUMN,
            f"=SUMPRODUCT(C{first}:C{last},D{first}:D{last})/{self.rubric.top}", self.formula, 0,
        )  # fmt: skip
        sheet.set_row(self.layout.pending, 60)
        sheet.write_string(self.layout.pending, 1, "Что показать в течение 30 дней", self.head)
        row = self.layout.pending
        sheet.merge_range(row, PENDING_COLUMN, row, COMMENT_COLUMN, "", self.note)

    def _criterion(self, row: int, number: int, criterion: Criterion) -> None:
        sheet = self.sheet
        sheet.set_row(row, 47)
        sheet.write_number(row, 0, number, self.number)
        sheet.write_string(row, 1, f"{criterion.title}. {criterion.text}", self.cell)
        sheet.write_number(row, 2, criterion.weight, self.number)
        sheet.write_blank(row, MARK_COLUMN, None, self.input)
        for column, text in enumerate(criterion.descriptors, MARK_COLUMN + 1):
            sheet.write_string(row, column, text, self.small)
        sheet.write_blank(row, COMMENT_COLUMN, None, self.note)

    def _passport(self, juror: Juror, team: Team) -> None:
        values = ("", self.rubric.edition, juror.id, team.id)
        for step, (word, value) in enumerate(zip(PASSPORT, values, strict=True)):
            self.sheet.write_string(self.layout.passport + step, 1, word, self.text)
            self.sheet.write_string(self.layout.passport + step, 2, value, self.text)


def midnight(day: datetime.date) -> datetime.datetime:
    """The beginning of a day: a workbook without a time of its own would take the clock's."""
    return datetime.datetime.combine(day, datetime.time())


def form(rubric: Rubric, session: Session, juror: Juror, team: Team) -> bytes:
    """The same sheet as a PDF for those who mark by pen."""
    data = {
        "rubric": rubric.model_dump(mode="json"),
        "heading": f"{TITLE}: {team.title}",
        "project": team.project,
        "juror": f"{juror.name}, {juror.position}",
        "session": f"{session.title}. {wording.day(session.day)}, {session.place}",
        "passport": f"{rubric.edition} · {juror.id} · {team.id}",
    }
    return pdf(STYLE.read_text("utf-8"), data, as_of=session.day)
