"""The rehearsal as a workbook: evidence beside each criterion, the team's own marks, the total.

The team picks marks and yes or no from lists; the total with its cap and the difference to what
the data bear are formulas. Everything else is text, written as text.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from course.defence import pages
from course.defence.evidence import Sentence, grouped
from course.defence.pages import MARK_COLUMN, YES, Page
from course.defence.rehearsal import NOTICE, Evidence
from course.defence.rubric import Rubric
from course.wording import day

TITLE = "Репетиция"
HEADS = ("№", "Критерий", "Вес", "Ваша отметка", "Держат данные", "Сравнение",
         "Что говорят данные", "Чего не хватает", "О чём спросят")  # fmt: skip
WIDTHS = (5, 30, 7, 10, 10, 14, 78, 30, 28)
SMALL = 10
LINE = 13.5  # points of height for a line of small print
SIGNS = 84  # letters of the evidence that fit in a line


def workbook(rubric: Rubric, found: Evidence) -> bytes:
    """The rehearsal sheet as an XLSX file; equal input, equal bytes."""
    stream = io.BytesIO()
    with pages.book(stream, TITLE, found.on) as book:
        _Writer(Page(book, TITLE, rubric, WIDTHS, SMALL), found).write()
    return stream.getvalue()


class _Writer:
    """Writes the sheet from top to bottom; rows from 0."""

    def __init__(self, page: Page, found: Evidence) -> None:
        self.page, self.sheet, self.found = page, page.sheet, found
        self.gates = range(5, 5 + len(page.rubric.gates))
        start = self.gates.stop + 2
        self.criteria = range(start, start + len(page.rubric.criteria))

    def write(self) -> None:
        """The whole sheet."""
        page, found = self.page, self.found
        self.sheet.write_string(0, 0, f"{TITLE}: {found.team}", page.title)
        said = f"{found.title}. Данные и нормы на {day(found.on)}"
        self.sheet.write_string(1, 0, said, page.line)
        self.sheet.write_string(2, 0, NOTICE, page.line)
        self._gates()
        self._criteria()
        self._total()

    def _gates(self) -> None:
        page, sheet, rows = self.page, self.sheet, self.gates
        page.heads(rows.start - 1, ("№", "Условие допуска", "", "да / нет", "По данным", "",
                                    "Что говорят данные"))  # fmt: skip
        page.answers(rows)
        for row, gate in zip(rows, self.found.gates, strict=True):
            sheet.write_string(row, 0, gate.gate.id, page.middle)
            sheet.merge_range(row, 1, row, 2, "", page.cell)
            sheet.write_string(row, 1, gate.gate.text, page.cell)
            sheet.merge_range(row, 4, row, 5, "", page.cell)
            sheet.write_string(row, 4, gate.outcome.words, page.cell)
            self._evidence(row, gate.sentences)

    def _evidence(self, row: int, sentences: Sequence[Sentence]) -> None:
        lines = [
            line
            for texts, origin in grouped(sentences)
            for line in (*(f"• {text}" for text in texts), f"   [{origin}]")
        ] or ["—"]
        height = sum(-(-len(line) // SIGNS) for line in lines)
        self.sheet.set_row(row, max(30, LINE * height + 4))
        self.sheet.write_string(row, 6, "\n".join(lines), self.page.small)

    def _criteria(self) -> None:
        page, sheet, rows = self.page, self.sheet, self.criteria
        sheet.set_row(rows.start - 1, 32)
        sheet.set_h_pagebreaks([rows.start - 1])
        page.heads(rows.start - 1, HEADS)
        page.marks(rows)
        for number, (row, found) in enumerate(zip(rows, self.found.rows, strict=True), 1):
            criterion = found.criterion
            sheet.write_number(row, 0, number, page.middle)
            sheet.write_string(row, 1, f"{criterion.title}. {criterion.text}", page.cell)
            sheet.write_number(row, 2, criterion.weight, page.middle)
            if found.held is None:
                sheet.write_string(row, 4, "—", page.middle)
            else:
                sheet.write_number(row, 4, found.held, page.middle)
            sheet.write_formula(row, 5, _comparison(row + 1), page.told, "")
            self._evidence(row, found.sentences)
            sheet.write_string(row, 7, found.lacking or "—", page.small)
            sheet.write_string(row, 8, found.question or "—", page.small)

    def _total(self) -> None:
        rules, raw = self.page.rubric, self.page.by_marks(self.criteria)
        gates = f'COUNTIF(D{self.gates.start + 1}:D{self.gates.stop},"{YES}")'
        lines = (
            ("Итог по отметкам, из 100", f"={raw}"),
            (f"Итог: не выше {rules.cap}, пока не выполнены все условия",
             f"=IF({gates}={len(rules.gates)},{raw},MIN({raw},{rules.cap}))"),
        )  # fmt: skip
        for row, (word, formula) in enumerate(lines, self.criteria.stop):
            self.sheet.merge_range(row, 1, row, 2, "", self.page.head)
            self.sheet.write_string(row, 1, word, self.page.head)
            self.sheet.set_row(row, 32)
            self.sheet.write_formula(row, MARK_COLUMN, formula, self.page.formula, 0)


def _comparison(row: int) -> str:
    """The formula of the difference in a row, counted from 1."""
    return (
        f'=IF(OR(D{row}="",NOT(ISNUMBER(E{row}))),"",IF(D{row}>E{row},"выше данных",'
        f'IF(D{row}<E{row},"ниже данных","совпадает")))'
    )
