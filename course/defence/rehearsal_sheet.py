"""The rehearsal as a workbook: evidence beside each criterion, the team's own marks, the total.

The team picks marks and yes or no from lists; the total with its cap and the difference to what
the data bear are formulas. Everything else is text, written as text.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from course.defence.evidence import Sentence, grouped
from course.defence.rehearsal import NOTICE, Evidence
from course.defence.rubric import Rubric
from course.defence.sheets import NO, YES, midnight
from course.wording import day

TITLE = "Репетиция"
HEADS = ("№", "Критерий", "Вес", "Ваша отметка", "Держат данные", "Сравнение",
         "Что говорят данные", "Чего не хватает", "О чём спросят")  # fmt: skip
WIDTHS = (5, 30, 7, 10, 10, 14, 78, 30, 28)
LINE = 13.5  # points of height for a line of small print
SIGNS = 84  # letters of the evidence that fit in a line


def workbook(rubric: Rubric, found: Evidence) -> bytes:
    """The rehearsal sheet as an XLSX file; equal input, equal bytes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False,
                                        "strings_to_urls": False})  # fmt: skip
    book.set_properties({"title": TITLE, "created": midnight(found.on)})
    _Writer(book, rubric, found).write()
    book.close()
    return stream.getvalue()


class _Writer:
    """Writes the sheet from top to bottom; rows from 0."""

    def __init__(self, book: Any, rubric: Rubric, found: Evidence) -> None:
        self.sheet, self.rubric, self.found = book.add_worksheet(TITLE), rubric, found
        base = {"font_name": "Times New Roman", "font_size": 11, "valign": "top",
                "text_wrap": True, "locked": False}  # fmt: skip
        self.cell = book.add_format({**base, "border": 1})
        self.small = book.add_format({**base, "border": 1, "font_size": 10})
        self.middle = book.add_format({**base, "border": 1, "align": "center"})
        self.head = book.add_format({**base, "border": 1, "bold": True, "bg_color": "#E7E6E6"})
        self.title = book.add_format({**base, "bold": True, "font_size": 15, "text_wrap": False})
        self.line = book.add_format({**base, "text_wrap": False})
        self.input = book.add_format({**base, "border": 2, "align": "center", "bold": True,
                                      "bg_color": "#FFF8E1"})  # fmt: skip
        self.formula = book.add_format({**base, "border": 1, "bold": True, "align": "center",
                                        "num_format": "0.0", "locked": True})  # fmt: skip
        self.told = book.add_format({**base, "border": 1, "locked": True})
        self.gates = range(5, 5 + len(rubric.gates))
        start = self.gates.stop + 2
        self.criteria = range(start, start + len(rubric.criteria))

    def write(self) -> None:
        """The whole sheet."""
        self._page()
        self._gates()
        self._criteria()
        self._total()
        self.sheet.protect("", {"format_columns": True, "format_rows": True})

    def _page(self) -> None:
        sheet = self.sheet
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, f"{TITLE}: {self.found.team}", self.title)
        sheet.write_string(1, 0, f"{self.found.title}. Данные и нормы на {day(self.found.on)}",
                           self.line)  # fmt: skip
        sheet.write_string(2, 0, NOTICE, self.line)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        sheet.set_footer("&CСтраница &P из &N")

    def _gates(self) -> None:
        sheet, rows = self.sheet, self.gates
        heads = ("№", "Условие допуска", "", "да / нет", "По данным", "", "Что говорят данные")
        for column, word in enumerate(heads):
            sheet.write_string(rows.start - 1, column, word, self.head)
        for row, gate in zip(rows, self.found.gates, strict=True):
            sheet.write_string(row, 0, gate.gate.id, self.middle)
            sheet.merge_range(row, 1, row, 2, "", self.cell)
            sheet.write_string(row, 1, gate.gate.text, self.cell)
            sheet.write_blank(row, 3, None, self.input)
            sheet.merge_range(row, 4, row, 5, "", self.cell)
            sheet.write_string(row, 4, gate.outcome.words, self.cell)
            self._evidence(row, gate.sentences)
        sheet.data_validation(rows.start, 3, rows.stop - 1, 3, {
            "validate": "list", "source": [YES, NO],
            "error_title": "Выберите из списка", "error_message": f"Можно только: {YES}, {NO}",
        })  # fmt: skip

    def _evidence(self, row: int, sentences: Sequence[Sentence]) -> None:
        lines = [
            line
            for texts, origin in grouped(sentences)
            for line in (*(f"• {text}" for text in texts), f"   [{origin}]")
        ] or ["—"]
        height = sum(-(-len(line) // SIGNS) for line in lines)
        self.sheet.set_row(row, max(30, LINE * height + 4))
        self.sheet.write_string(row, 6, "\n".join(lines), self.small)

    def _criteria(self) -> None:
        sheet, rows = self.sheet, self.criteria
        sheet.set_row(rows.start - 1, 32)
        sheet.set_h_pagebreaks([rows.start - 1])
        for column, word in enumerate(HEADS):
            sheet.write_string(rows.start - 1, column, word, self.head)
        for number, (row, found) in enumerate(zip(rows, self.found.rows, strict=True), 1):
            criterion = found.criterion
            sheet.write_number(row, 0, number, self.middle)
            sheet.write_string(row, 1, f"{criterion.title}. {criterion.text}", self.cell)
            sheet.write_number(row, 2, criterion.weight, self.middle)
            sheet.write_blank(row, 3, None, self.input)
            if found.held is None:
                sheet.write_string(row, 4, "—", self.middle)
            else:
                sheet.write_number(row, 4, found.held, self.middle)
            sheet.write_formula(row, 5, _comparison(row + 1), self.told, "")
            self._evidence(row, found.sentences)
            sheet.write_string(row, 7, found.lacking or "—", self.small)
            sheet.write_string(row, 8, found.question or "—", self.small)
        marks = list(self.rubric.marks)
        sheet.data_validation(rows.start, 3, rows.stop - 1, 3, {
            "validate": "list", "source": marks,
            "error_title": "Выберите из списка",
            "error_message": f"Отметка — целое число от {marks[0]} до {marks[-1]}",
        })  # fmt: skip

    def _total(self) -> None:
        rules, row = self.rubric, self.criteria.stop
        first, last = self.criteria.start + 1, self.criteria.stop
        raw = f"SUMPRODUCT(C{first}:C{last},D{first}:D{last})/{rules.top}"
        gates = f'COUNTIF(D{self.gates.start + 1}:D{self.gates.stop},"{YES}")'
        lines = (
            ("Итог по отметкам, из 100", f"={raw}"),
            (f"Итог: не выше {rules.cap}, пока не выполнены все условия",
             f"=IF({gates}={len(rules.gates)},{raw},MIN({raw},{rules.cap}))"),
        )  # fmt: skip
        for step, (word, formula) in enumerate(lines):
            self.sheet.merge_range(row + step, 1, row + step, 2, "", self.head)
            self.sheet.write_string(row + step, 1, word, self.head)
            self.sheet.set_row(row + step, 32)
            self.sheet.write_formula(row + step, 3, formula, self.formula, 0)


def _comparison(row: int) -> str:
    """The formula of the difference in a row, counted from 1."""
    return (
        f'=IF(OR(D{row}="",NOT(ISNUMBER(E{row}))),"",IF(D{row}>E{row},"выше данных",'
        f'IF(D{row}<E{row},"ниже данных","совпадает")))'
    )
