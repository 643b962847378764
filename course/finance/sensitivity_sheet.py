"""The sheet «Чувствительность»: ЧДД at both bounds of every input, and where it turns to zero."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from course.finance.draft import Draft
from course.finance.handles import handles
from course.finance.lines import Input
from course.finance.model import Case
from course.finance.revisions import revise
from course.finance.styles import Styles, height, page
from course.finance.switching import switching_values
from course.finance.tornado import TornadoRow, tornado

HEADS = (
    ("Показатель", 44),
    ("Ед. изм.", 12),
    ("В плане", 14),
    ("Меньшее значение", 14),
    ("Большее значение", 14),
    ("ЧДД при меньшем, ₽", 16),
    ("ЧДД при большем, ₽", 16),
    ("Размах ЧДД, ₽", 16),
    ("ЧДД = 0 при", 14),
    ("Кто отвечает", 20),
    ("Статус", 14),
)
HEAD, HEAD_HEIGHT = 3, 28
NOWHERE = "нигде"
NOTES = (
    "Расчёт вне Excel: каждое исходное данное меняется одно, на границах своего владельца, "
    "а где границ нет — на 10 %. Строки идут от самой весомой.",
    "Числа этого листа — на день выпуска: если поменять вводные, они не пересчитаются. "
    "«Нигде» — ЧДД не меняет знака от нуля до трёх значений плана.",
)


def write_sensitivity(draft: Draft) -> None:
    """Write the sheet: what a tornado draws, for every input that a person answers for."""
    sheet, styles = draft.sheet("Чувствительность"), draft.styles
    case = _shown_case(draft)
    page(sheet, f"{case.title}: чувствительность ЧДД")
    sheet.write_string(0, 0, f"{case.title}: чувствительность ЧДД", styles.title)
    for row, note in enumerate(NOTES, 1):
        sheet.write_string(row, 0, note, styles.note)
    for column, (head, width) in enumerate(HEADS):
        sheet.set_column(column, column, width)
        sheet.write_string(HEAD, column, head, styles.head)
    sheet.freeze_panes(HEAD + 1, 1)
    sheet.repeat_rows(HEAD)
    sheet.set_row(HEAD, HEAD_HEIGHT)
    moved = {handle.id: handle.inputs[0] for handle in handles(case)}
    zeros = {value.id: value.at_zero for value in switching_values(case)}
    for place, one in enumerate(tornado(case, spread=None), HEAD + 1):
        _row(sheet, styles, place, one, zeros[one.id], moved[one.id])


def _shown_case(draft: Draft) -> Case:
    """The case with the inputs of the scenario that the workbook shows."""
    given = draft.result.values.given
    known = {item.id for item in draft.result.case.network.inputs}
    changes = {id: float(given[id][draft.scenario]) for id in sorted(known & set(given))}
    return revise(draft.result.case, changes)


def _row(
    sheet: Worksheet,
    styles: Styles,
    place: int,
    one: TornadoRow,
    zero: float | None,
    item: Input,
) -> None:
    number, money = styles.number(one.unit), styles.number("₽")
    sheet.write_string(place, 0, one.title, styles.wrapped)
    sheet.write_string(place, 1, one.unit, styles.unit)
    for column, value in ((2, one.value), (3, one.low), (4, one.high)):
        sheet.write_number(place, column, value, number)
    for column, npv in ((5, one.npv_low), (6, one.npv_high), (7, one.swing)):
        sheet.write_number(place, column, npv, money)
    if zero is None:
        sheet.write_string(place, 8, NOWHERE, styles.get(align="right"))
    else:
        sheet.write_number(place, 8, zero, number)
    sheet.write_string(place, 9, item.owner, styles.text)
    sheet.write_string(place, 10, item.status, styles.text)
    widths = {column: float(width) for column, (_, width) in enumerate(HEADS)}
    sheet.set_row(place, height([(one.title, widths[0]), (item.owner, widths[9])]))
