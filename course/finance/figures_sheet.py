"""The sheet «Числа»: every input and result under its id, by which a returned book is verified."""

from __future__ import annotations

from collections.abc import Sequence

import xlsxwriter

from course.finance.draft import Mark
from course.finance.styles import Styles, page

NAME = "Числа"
_HEADS = (("Номер числа", 60), ("Что это", 70), ("Лист", 14), ("Ячейка", 9), ("При выпуске", 22))


def write_figures(book: xlsxwriter.Workbook, styles: Styles, marks: Sequence[Mark]) -> None:
    """Write the list of figures: the id, what it is, its cell, its value when the book was made."""
    sheet = book.add_worksheet(NAME)
    page(sheet, "Числа книги")
    sheet.write_string(0, 0, "Числа книги", styles.title)
    note = "По этому списку присланную книгу сверяют с моделью. Значения — на день выпуска."
    sheet.write_string(1, 0, note, styles.note)
    for column, (head, width) in enumerate(_HEADS):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, head, styles.head)
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(2)
    figures = styles.get(num_format="General", align="right")
    for row, mark in enumerate(marks, 3):
        for column, text in enumerate((mark.id, mark.title, mark.sheet, mark.cell)):
            sheet.write_string(row, column, text, styles.plain)
        sheet.write(row, 4, mark.value, figures)
