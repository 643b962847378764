"""Scoring sheets: a workbook for each juror and team, and the same form on paper.

In the workbook a juror picks marks from lists; descriptors stand beside them, and only the cells
with formulas are locked. The last rows say whose sheet it is, whatever its file is called.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from course import wording
from course.defence import pages
from course.defence.pages import MARK_COLUMN, Page
from course.defence.rubric import Rubric
from course.defence.session import Juror, Session, Team
from course.typesetting import pdf

STYLE = Path(__file__).with_name("form.typ")
TITLE = "Лист оценки"
WIDTHS = (5, 38, 7, 10, 19, 19, 19, 24, 30)
SMALL = 9
GATES_ROW = 6  # the first gate, rows from 0; criteria follow two rows after the last gate
PENDING_COLUMN, COMMENT_COLUMN = 2, 8
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
    with pages.book(stream, TITLE, session.day) as book:
        _Writer(Page(book, TITLE, rubric, WIDTHS, SMALL)).write(session, juror, team)
    return stream.getvalue()


class _Writer:
    """Writes one sheet, part by part."""

    def __init__(self, page: Page) -> None:
        self.page, self.sheet, self.layout = page, page.sheet, Layout(page.rubric)

    def write(self, session: Session, juror: Juror, team: Team) -> None:
        """The whole sheet."""
        self.sheet.write_string(0, 0, f"{TITLE}: {team.title}", self.page.title)
        for row, text in enumerate((
            f"Проект: {team.project}",
            f"Эксперт: {juror.name}, {juror.position}",
            f"{session.title}. {wording.day(session.day)}, {session.place}",
        ), 1):  # fmt: skip
            self.sheet.write_string(row, 0, text, self.page.line)
        self._gates()
        self._criteria()
        self._closing()
        self._passport(juror, team)

    def _gates(self) -> None:
        page, sheet, rows = self.page, self.sheet, self.layout.gates
        page.heads(rows.start - 1, ("№", "Условие допуска", "", "да / нет"))
        page.answers(rows)
        for row, gate in zip(rows, page.rubric.gates, strict=True):
            sheet.set_row(row, 30)
            sheet.write_string(row, 0, gate.id, page.middle)
            sheet.merge_range(row, 1, row, 2, "", page.cell)
            sheet.write_string(row, 1, gate.text, page.cell)

    def _criteria(self) -> None:
        page, sheet, rows = self.page, self.sheet, self.layout.criteria
        descriptors = (f"Отметка {mark}" for mark in page.rubric.marks)
        page.heads(rows.start - 1, ("№", "Критерий", "Вес", "Отметка", *descriptors, "Замечание"))
        page.marks(rows)
        for number, (row, criterion) in enumerate(zip(rows, page.rubric.criteria, strict=True), 1):
            sheet.set_row(row, 47)
            sheet.write_number(row, 0, number, page.middle)
            sheet.write_string(row, 1, f"{criterion.title}. {criterion.text}", page.cell)
            sheet.write_number(row, 2, criterion.weight, page.middle)
            for column, text in enumerate(criterion.descriptors, MARK_COLUMN + 1):
                sheet.write_string(row, column, text, page.small)
            sheet.write_blank(row, COMMENT_COLUMN, None, page.note)

    def _closing(self) -> None:
        """The total, and what is to be shown in 30 days."""
        page, sheet = self.page, self.sheet
        total, pending = self.layout.total, self.layout.pending
        sheet.write_string(total, 1, "Итог по отметкам, из 100", page.head)
        formula = f"={page.by_marks(self.layout.criteria)}"
        sheet.write_formula(total, MARK_COLUMN, formula, page.formula, 0)
        sheet.set_row(pending, 60)
        sheet.write_string(pending, 1, "Что показать в течение 30 дней", page.head)
        sheet.merge_range(pending, PENDING_COLUMN, pending, COMMENT_COLUMN, "", page.note)

    def _passport(self, juror: Juror, team: Team) -> None:
        values = ("", self.page.rubric.edition, juror.id, team.id)
        for row, (word, value) in enumerate(
            zip(PASSPORT, values, strict=True), self.layout.passport
        ):
            self.sheet.write_string(row, 1, word, self.page.text)
            self.sheet.write_string(row, 2, value, self.page.text)


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
