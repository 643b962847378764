"""The protocol of a session: a Word document, a workbook, and a slide for each team.

All three print the same scores. They state what the jury's sheets say; who passes is the jury's
decision, for which the document leaves a place.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from course import wording
from course.defence import pages
from course.defence.returned import Decisions
from course.defence.rubric import Rubric
from course.defence.scores import TeamScore
from course.defence.session import Session

FONT = "Times New Roman"


def points(value: Fraction) -> str:
    """A total or a median for print: `66,7`, `2,5`, `3`."""
    return wording.trimmed(float(value), 1)


def place(score: TeamScore) -> str:
    """A place, shared places as a span: `1`, `2–3`."""
    first, last = score.place
    return str(first) if first == last else f"{first}–{last}"


def document(
    rubric: Rubric, session: Session, scores: Sequence[TeamScore], decisions: Decisions
) -> bytes:
    """The protocol as a Word file."""
    paper = _Paper()
    paper.heading("Протокол очной защиты проектов")
    paper.text(f"{session.title}. {wording.day(session.day)}, {session.place}")
    paper.text(
        f"Присутствовали эксперты: {wording.number(len(session.jurors))}. Защищались команды: "
        f"{wording.number(len(scores))}. Критерии: {rubric.title} (предложение курса, редакция "
        f"{rubric.edition})."
    )
    paper.section("1. Итоги")
    paper.table(
        ["Место", "Команда", "Итог", "По отметкам", "Не выполнены условия"],
        [
            [place(s), s.team.title, points(s.total), points(s.raw),
             ", ".join(gate.id for gate in s.unmet) or "—"]
            for s in scores
        ],
        [16, 62, 18, 24, 50],
    )  # fmt: skip
    paper.text(
        f"Итог — сумма весов, умноженных на медиану отметок и делённых на {rubric.top}; "
        f"наибольший — 100. Условие выполнено, если так считает больше половины экспертов. "
        f"Пока не выполнено хотя бы одно условие, итог не выше {rubric.cap}. Равные итоги делят "
        "место."
    )
    for number, score in enumerate(scores, 2):
        _team(paper, number, score)
    _closing(paper, session, len(scores) + 2, decisions)
    return paper.bytes()


def _team(paper: _Paper, number: int, score: TeamScore) -> None:
    paper.page()
    paper.section(f"{number}. {score.team.title}: {points(score.total)}, место {place(score)}")
    paper.text(f"Проект: {score.team.project}. Листов экспертов: {len(score.jurors)}.")
    paper.table(
        ["Критерий", "Вес", "Отметки", "Медиана", "Размах"],
        [
            [c.title, str(c.weight), " ".join(map(str, c.marks)), points(c.median),
             f"{c.spread}{' — обсудить' if c.discuss else ''}"]
            for c in score.criteria
        ],
        [78, 14, 28, 20, 30],
    )  # fmt: skip
    if score.unmet:
        unmet = "; ".join(f"{gate.id} {gate.title} ({gate.yes} из {gate.asked} за)"
                          for gate in score.unmet)  # fmt: skip
        paper.text(f"Не выполнены условия допуска: {unmet}.")
    if score.pending:
        paper.text("Что показать в течение 30 дней:")
        for wish in score.pending:
            paper.text(f"— {wish}")


def _closing(paper: _Paper, session: Session, number: int, decisions: Decisions) -> None:
    paper.page()
    if decisions.absent or decisions.chosen:
        paper.section(f"{number}. Решения секретаря")
        for (juror, team), reason in sorted(decisions.absent.items()):
            paper.text(f"Без листа: эксперт {_name(session, juror)}, команда {team}: {reason}")
        for (juror, team), file in sorted(decisions.chosen.items()):
            paper.text(f"Из нескольких листов взят {file}: {_name(session, juror)}, {team}")
        number += 1
    paper.section(f"{number}. Решение жюри")
    paper.text("Решение принимает жюри. Место для решения:")
    for _ in range(3):
        paper.text("_" * 78)
    paper.text(f"Председатель: ____________________ {session.chair}")
    paper.text(f"Секретарь: ____________________ {session.secretary}")


def _name(session: Session, juror: str) -> str:
    known = session.juror(juror)
    return known.name if known else juror


class _Paper:
    """A Word document in the style of Russian official papers."""

    def __init__(self) -> None:
        self.document = Document()
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(12)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:eastAsia", "w:cs", "w:hAnsi"):
            fonts.set(qn(script), FONT)
        style.paragraph_format.space_after = Pt(4)
        page = self.document.sections[0]
        page.orientation = WD_ORIENT.PORTRAIT
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin, page.right_margin = Mm(25), Mm(15)
        page.top_margin = page.bottom_margin = Mm(20)

    def heading(self, text: str) -> None:
        """The title of the paper."""
        paragraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.bold, run.font.size = True, Pt(14)

    def page(self) -> None:
        """What follows begins a page."""
        self.document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)

    def section(self, text: str) -> None:
        """A heading that stays with what follows."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(10)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run(text).bold = True

    def text(self, text: str) -> None:
        """A paragraph."""
        self.document.add_paragraph(text)

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: list[int]) -> None:
        """A bordered table whose columns are `widths` millimetres wide; its head repeats."""
        table = self.document.add_table(rows=1 + len(rows), cols=len(heads), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for line, cells in enumerate([heads, *rows]):
            for column, (text, width) in enumerate(zip(cells, widths, strict=True)):
                cell = table.cell(line, column)
                cell.width = Mm(width)
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(0)
                run = paragraph.add_run(text)
                run.font.size, run.bold = Pt(10.5), line == 0
        properties = table.rows[0]._tr.get_or_add_trPr()
        properties.append(properties.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
        self.document.add_paragraph().paragraph_format.space_after = Pt(0)

    def bytes(self) -> bytes:
        """The finished file."""
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()


def workbook(session: Session, scores: Sequence[TeamScore]) -> bytes:
    """The scores as a workbook: one sheet with totals, one with every mark of every juror."""
    stream = io.BytesIO()
    book = pages.book(stream, "Протокол очной защиты", session.day)
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#E7E6E6", "text_wrap": True})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    exact = book.add_format({"border": 1, "num_format": "0.0", "valign": "top"})

    totals: list[list[Any]] = [
        [place(s), s.team.title, s.team.project, float(s.total), float(s.raw),
         ", ".join(gate.id for gate in s.unmet)]
        for s in scores
    ]  # fmt: skip
    _sheet(book, "Итоги", ["Место", "Команда", "Проект", "Итог", "По отметкам", "Не выполнены"],
           totals, [9, 30, 40, 10, 14, 20], (head, cell, exact))  # fmt: skip
    marks: list[list[Any]] = [
        [s.team.title, c.title, c.weight, juror, mark, float(c.median), c.spread]
        for s in scores
        for c in s.criteria
        for juror, mark in zip(s.jurors, c.marks, strict=True)
    ]
    _sheet(book, "Отметки",
           ["Команда", "Критерий", "Вес", "Эксперт", "Отметка", "Медиана", "Размах"],
           marks, [30, 44, 7, 18, 10, 10, 10], (head, cell, exact))  # fmt: skip
    book.close()
    return stream.getvalue()


def _sheet(
    book: Any, name: str, heads: list[str], rows: list[list[Any]], widths: list[int],
    formats: tuple[Any, Any, Any],
) -> None:  # fmt: skip
    head, cell, exact = formats
    sheet = book.add_worksheet(name)
    for column, (text, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, text, head)
    for line, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(line, column, value, cell)
            else:
                sheet.write_number(line, column, value, exact if isinstance(value, float) else cell)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
