"""The sheets «Источники» and «Глоссарий»: what the figures stand on, what the words mean."""

from __future__ import annotations

import xlsxwriter

from course import wording
from course.finance.lines import serial
from course.finance.results import Result
from course.finance.styles import Styles, height, page

_HEADS = (
    ("Норма", 50),
    ("Значение", 15),
    ("Ед. изм.", 11),
    ("Действует с", 12),
    ("Известно до", 12),
    ("Основание", 46),
    ("Подтверждение", 18),
    ("Адрес", 44),
)
TERMS = (
    ("ЧДД", "чистый дисконтированный доход: сумма потока проекта, приведённая к его началу"),
    ("ВНД", "внутренняя норма доходности: ставка, при которой ЧДД равен нулю"),
    ("ИДДИ", "индекс доходности дисконтированных инвестиций: 1 + ЧДД ÷ дисконтированные вложения"),
    ("ПФ", "потребность в финансировании: самый глубокий минус накопленного потока проекта"),
    (
        "DSCR",
        "покрытие долга: операционный поток за год без возмещения НДС ÷ погашение и проценты "
        "за год; считается с года, следующего за годом пуска",
    ),
    ("Поток проекта", "без займов, грантов и собственных средств; налог посчитан без процентов"),
    ("Поток на капитал", "то, что остаётся собственнику после займов, до его собственных взносов"),
    ("Шаг 0", "первый месяц; он не дисконтируется, потоки стоят в конце шага"),
)
FUNCTIONS = (
    ("SUM", "СУММ"),
    ("SUMIF", "СУММЕСЛИ"),
    ("IF", "ЕСЛИ"),
    ("AND", "И"),
    ("IFERROR", "ЕСЛИОШИБКА"),
    ("MIN", "МИН"),
    ("MAX", "МАКС"),
    ("ABS", "ABS"),
    ("INT", "ЦЕЛОЕ"),
    ("ROUND", "ОКРУГЛ"),
    ("AVERAGE", "СРЗНАЧ"),
    ("COUNT", "СЧЁТ"),
    ("COUNTIF", "СЧЁТЕСЛИ"),
    ("INDEX", "ИНДЕКС"),
    ("MATCH", "ПОИСКПОЗ"),
    ("LOOKUP", "ПРОСМОТР"),
    ("COLUMNS", "ЧИСЛСТОЛБ"),
    ("DATE", "ДАТА"),
    ("YEAR", "ГОД"),
    ("MONTH", "МЕСЯЦ"),
    ("ISNUMBER", "ЕЧИСЛО"),
    ("IRR", "ВСД"),
    ("NPV", "ЧПС: первый поток дисконтируется, поэтому здесь ЧДД — сумма строки"),
)


def write_sources(book: xlsxwriter.Workbook, styles: Styles, results: list[Result]) -> None:
    """Norms with their standing, and what has to be known before a figure is used."""
    sheet = book.add_worksheet("Источники")
    page(sheet, "Источники и оговорки")
    sheet.write_string(0, 0, "Источники и оговорки", styles.title)
    days = ", ".join(dict.fromkeys(wording.day(result.case.as_of) for result in results))
    sheet.write_string(1, 0, f"Нормы, на которых стоит расчёт, на {days}", styles.note)
    for column, (head, width) in enumerate(_HEADS):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, head, styles.head)
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(2)
    norms = {
        (item.norm, item.since): item
        for result in results
        for item in result.case.inputs
        if item.norm
    }
    row = 3
    for item in norms.values():
        sheet.write_string(row, 0, item.title, styles.wrapped)
        sheet.write_number(row, 1, item.value, styles.number(item.unit))
        sheet.write_string(row, 2, item.unit, styles.text)
        for column, day in ((3, item.since), (4, item.expires)):
            if day is None:
                sheet.write_string(row, column, wording.ABSENT, styles.get(align="right"))
            else:
                sheet.write_number(row, column, serial(day), styles.number("дата"))
        sheet.write_string(row, 5, item.source, styles.text)
        sheet.write_string(row, 6, item.status, styles.text)
        sheet.write_string(row, 7, item.address, styles.text)
        texts = (item.title, "", item.unit, "", "", item.source, item.status, item.address)
        widths = (float(width) for _, width in _HEADS)
        sheet.set_row(row, height(list(zip(texts, widths, strict=True))))
        row += 1
    for result in results:
        row += 1
        sheet.merge_range(
            row, 0, row, len(_HEADS) - 1, f"Оговорки: {result.case.title}", styles.group
        )
        for notice in result.case.notices:
            row += 1
            sheet.merge_range(row, 0, row, len(_HEADS) - 1, notice, styles.text)
        row += 1


def write_glossary(book: xlsxwriter.Workbook, styles: Styles) -> None:
    """Words of the field, and Russian names of the functions in the formulas."""
    sheet = book.add_worksheet("Глоссарий")
    page(sheet, "Глоссарий")
    widths = (24.0, 100.0)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, "Глоссарий", styles.title)
    row = 2
    for title, pairs in (
        ("Показатели", TERMS),
        ("Функции Excel: в файле и в русской программе", FUNCTIONS),
    ):
        sheet.merge_range(row, 0, row, 1, title, styles.group)
        for word, meaning in pairs:
            row += 1
            sheet.write_string(row, 0, word, styles.get(bold=True))
            sheet.write_string(row, 1, meaning, styles.text)
            sheet.set_row(row, height(list(zip((word, meaning), widths, strict=True))))
        row += 2
