"""The cooperation matrix as a workbook, and the figures of a workbook read back.

Every figure stands in a cell with a defined name that is its id, and in the list «Числа». Text is
written as text: a name that begins with «=» stays a name.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.utils import range_boundaries

from course import cooperation
from course.claims.printed import Printed
from course.cluster import Cluster, Contract, Link
from course.documents import archive
from course.documents.word import AUTHOR
from course.wording import day

NAME = "f."  # Excel refuses names that look like cells: f.contracts.k01.value never does
HEADS = (
    "№", "Поставщик", "ИНН поставщика", "Покупатель", "ИНН покупателя", "Вид связи", "№ договора",
    "Действует с", "Действует по", "Предмет", "ОКПД2", "Единица", "Количество",
    "За год без НДС, ₽", "Валюта", "Статус", "Подтверждение",
)  # fmt: skip
WIDTHS = (4, 22, 12, 22, 12, 22, 12, 11, 11, 26, 10, 9, 10, 14, 7, 12, 18)


class _Book:
    """A workbook whose figures have names."""

    def __init__(self, title: str, identifier: str, on: datetime.date) -> None:
        self.stream = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self.stream,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
             "strings_to_numbers": False},
        )  # fmt: skip
        created = datetime.datetime.combine(on, datetime.time())
        self.book.set_properties({"title": title, "author": AUTHOR, "created": created,
                                  "keywords": identifier})  # fmt: skip
        base = {"font_name": "Times New Roman", "font_size": 10, "border": 1, "valign": "top"}
        self.text = self.book.add_format({**base, "text_wrap": True})
        self.head = self.book.add_format({**base, "text_wrap": True, "bold": True,
                                          "bg_color": "#E7E6E6"})  # fmt: skip
        self.number = self.book.add_format({**base, "num_format": "#,##0"})
        self.total = self.book.add_format({**base, "num_format": "#,##0", "bold": True})
        self.missing = self.book.add_format({**base, "bg_color": "#FFFF00"})
        self.list: list[tuple[str, str, str, str, float]] = []

    def sheet(self, name: str, widths: Sequence[float]) -> Any:
        made = self.book.add_worksheet(name)
        for column, width in enumerate(widths):
            made.set_column(column, column, width)
        made.set_landscape()
        made.set_paper(8)  # A3: seventeen columns
        made.fit_to_pages(1, 0)
        made.repeat_rows(0)
        return made

    def figure(
        self, sheet: Any, row: int, column: int, id: str, title: str, value: float,
        formula: str = "",
    ) -> None:  # fmt: skip
        if formula:
            sheet.write_formula(row, column, formula, self.total, value)
        else:
            sheet.write_number(row, column, value, self.number)
        cell = xlsxwriter.utility.xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
        self.book.define_name(NAME + id, f"='{sheet.get_name()}'!{cell}")
        self.list.append((id, title, sheet.get_name(), cell.replace("$", ""), value))

    def write(self, sheet: Any, row: int, column: int, text: str | None) -> None:
        """A text, or a visible hole."""
        sheet.write_string(row, column, text if text is not None else "— не заполнено —",
                           self.missing if text is None else self.text)  # fmt: skip

    def bytes(self, on: datetime.date) -> bytes:
        sheet = self.sheet("Числа", (44, 50, 14, 10, 18))
        for column, head in enumerate(("Номер числа", "Что это", "Лист", "Ячейка", "Значение")):
            sheet.write_string(0, column, head, self.head)
        for row, (id, title, place, cell, value) in enumerate(self.list, 1):
            for column, text in enumerate((id, title, place, cell)):
                sheet.write_string(row, column, text, self.text)
            sheet.write_number(row, 4, value, self.number)
        sheet.freeze_panes(1, 0)
        sheet.hide()  # for whoever checks: readers see the two sheets before it
        self.book.close()
        return archive.settled(self.stream.getvalue(), on)


def matrix(
    cluster: Cluster, contracts: Sequence[Contract], *, identifier: str, on: datetime.date
) -> bytes:
    """The matrix: a row for each contract, and sums of the signed ones by supplier and buyer."""
    book = _Book("Матрица кооперации", identifier, on)
    _contracts(book, cluster, contracts)
    _sums(book, cluster, contracts)
    return book.bytes(on)


def _contracts(book: _Book, cluster: Cluster, contracts: Sequence[Contract]) -> None:
    sheet = book.sheet("Договоры", WIDTHS)
    sheet.set_row(0, 30)
    for column, head in enumerate(HEADS):
        sheet.write_string(0, column, head, book.head)
    for row, contract in enumerate(contracts, 1):
        supplier, buyer = cluster.member(contract.supplier), cluster.member(contract.buyer)

        none = (
            None if contract.link is Link.SUPPLY else "—"
        )  # a service may have no code, unit or quantity
        sheet.write_number(row, 0, row, book.number)
        texts = (
            supplier.name, supplier.inn, buyer.name, buyer.inn, contract.link.words,
            contract.number or (None if contract.signed else "не подписан"),
            day(contract.since), day(contract.until), contract.product,
            contract.okpd2 or none, contract.unit or none,
            None, None, "RUB", contract.status.words,
            contract.evidence or (None if contract.signed else "—"),
        )  # fmt: skip
        for column, text in enumerate(texts, 1):
            if column not in (12, 13):
                book.write(sheet, row, column, text)
        lines = max(-(-len(t or "") // (w - 2)) for t, w in zip(texts, WIDTHS[1:], strict=True))
        sheet.set_row(row, 13.5 * max(lines, 1))
        about = f"{supplier.label} → {buyer.label}"
        if contract.quantity is None:
            book.write(sheet, row, 12, none)
        else:
            book.figure(sheet, row, 12, f"contracts.{contract.id}.quantity",
                        f"количество: {about}", contract.quantity)  # fmt: skip
        book.figure(sheet, row, 13, f"contracts.{contract.id}.value",
                    f"договор {contract.id}, {about}", contract.value)  # fmt: skip
    sheet.freeze_panes(1, 2)


def _sums(book: _Book, cluster: Cluster, contracts: Sequence[Contract]) -> None:
    """The square of suppliers and buyers: signed contracts that ran in the reporting year."""
    asked = {contract.id for contract in contracts}
    counted = [c for c in cooperation.counted(cluster) if c.id in asked]
    named = {name for contract in contracts for name in (contract.supplier, contract.buyer)}
    members = [member for member in cluster.members if member.id in named]
    sheet = book.sheet("Матрица", (30, *([13] * (len(members) + 1))))
    sheet.set_row(0, 42)
    sheet.write_string(0, 0, f"Поставщик \\ покупатель, {cluster.reporting_year} год, ₽", book.head)
    for place, member in enumerate(members, 1):
        sheet.write_string(0, place, member.label, book.head)
        sheet.write_string(place, 0, member.label, book.text)
    last = len(members) + 1
    sheet.write_string(0, last, "Всего", book.head)
    for row, supplier in enumerate(members, 1):
        total = 0.0
        for column, buyer in enumerate(members, 1):
            value = sum(
                c.value for c in counted if c.supplier == supplier.id and c.buyer == buyer.id
            )
            total += value
            if value:
                title = f"{supplier.label} → {buyer.label}, {cluster.reporting_year} год"
                book.figure(sheet, row, column, f"matrix.{supplier.id}.{buyer.id}", title, value)
            else:
                sheet.write_blank(row, column, None, book.text)
        first = xlsxwriter.utility.xl_rowcol_to_cell(row, 1)
        end = xlsxwriter.utility.xl_rowcol_to_cell(row, last - 1)
        book.figure(sheet, row, last, f"matrix.{supplier.id}.sum", f"продажи: {supplier.label}",
                    total, f"=SUM({first}:{end})")  # fmt: skip
    sheet.freeze_panes(1, 1)


def read(content: bytes) -> tuple[Printed, ...]:
    """The figures of a workbook under their names, with the heads of their row and column."""
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    found = []
    for name, defined in book.defined_names.items():
        if not name.startswith(NAME):
            continue
        for title, area in defined.destinations:
            if title not in book.sheetnames:
                continue
            column, row, _, _ = range_boundaries(area)
            sheet = book[title]
            value = sheet.cell(row, column).value
            second = sheet.cell(row, 2).value if title == "Договоры" else ""
            fourth = sheet.cell(row, 4).value if title == "Договоры" else ""
            around = f"{sheet.cell(row, 1).value} {second} {fourth} | {sheet.cell(1, column).value}"
            found.append(Printed(name.removeprefix(NAME), _text(value), around))
    return tuple(sorted(found, key=lambda printed: printed.tag))


def _text(value: object) -> str:
    """A cell as text that can be compared: numbers to the kopeck."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    return f"{value:.2f}"


def identifier(content: bytes) -> str:
    """The identifier that the file was made with, empty when it is lost."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return str(book.properties.keywords or "")
