"""The protocol of a session: a Word document, a workbook, and a slide for each team.

All three print the same scores. They state what the jury's sheets say; who passes is the jury's
decision, for which the document leaves a place.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from fractions import Fraction

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from course import wording
from course.defence.returned import Decisions
from course.defence.rubric import Rubric
from course.defence.scores import TeamScore
from course.defence.session import Session
from course.spreadsheets.sheet import Sheet, xlsx_bytes

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
        f"{wording.number(len(scores))}. {rubric.title}: предложение курса, редакция "
        f"{rubric.edition}."
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
    paper.section(f"{number}. {score.team.title}: {points(score.total)}, место {place(score)}")
    project = f"Проект: {score.team.project}. Листов экспертов:\u00a0{len(score.jurors)}."
    paper.text(project, joined=True)
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
    if decisions.absent or decisions.chosen:
        paper.section(f"{number}. Решения секретаря")
        for (juror, team), reason in sorted(decisions.absent.items()):
            paper.text(f"Без листа: эксперт {_name(session, juror)}, команда {team}: {reason}")
        for (juror, team), file in sorted(decisions.chosen.items()):
            paper.text(f"Из нескольких листов взят {file}: {_name(session, juror)}, {team}")
        number += 1
    paper.section(f"{number}. Решение жюри")
    paper.text("Решение принимает жюри. Место для решения:", joined=True)
    for _ in range(3):
        paper.text("_" * 78, joined=True)
    paper.text(f"Председатель: ____________________ {session.chair}", joined=True)
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

    def section(self, text: str) -> None:
        """A heading that stays with what follows."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(10)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run(text).bold = True

    def text(self, text: str, *, joined: bool = False) -> None:
        """A paragraph; if `joined`, on the page where the next one begins."""
        self.document.add_paragraph(text).paragraph_format.keep_with_next = joined

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: list[int]) -> None:
        """A bordered table whose columns are `widths` millimetres wide, if it can, on one page."""
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
                paragraph.paragraph_format.keep_with_next = line < len(rows)
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
    """The scores as a workbook: a sheet with totals, and one with every mark of every juror."""
    totals = [
        (place(s), s.team.title, s.team.project, _figure(s.total), _figure(s.raw),
         "; ".join(f"{gate.id} {gate.title}" for gate in s.unmet) or None)
        for s in scores
    ]  # fmt: skip
    marks = [
        (s.team.title, c.title, c.weight,
         *(dict(zip(s.jurors, c.marks, strict=True)).get(juror.id) for juror in session.jurors),
         _figure(c.median), c.spread)
        for s in scores
        for c in s.criteria
    ]  # fmt: skip
    jurors = [juror.name for juror in session.jurors]
    return xlsx_bytes(
        [
            Sheet("Итоги", ("Место", "Команда", "Проект", "Итог", "По отметкам",
                            "Не выполнены условия"), tuple(totals)),
            Sheet("Отметки", ("Команда", "Критерий", "Вес", *jurors, "Медиана", "Размах"),
                  tuple(marks)),
        ],
        session.day,
    )  # fmt: skip


def _figure(value: Fraction) -> float:
    """A total or a median as `points` prints it."""
    return round(float(value), 1)
