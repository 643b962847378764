"""The sheet «Вводные»: every number that was put in, with its owner, source and status."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from course import wording
from course.finance.draft import Draft
from course.finance.lines import Input, Schedule, serial
from course.finance.results import Result, first_root
from course.finance.styles import Styles, height, page

HEADS = (
    ("Показатель", 52),
    ("Значение", 18),
    ("Ед. изм.", 12),
    ("Действует с", 12),
    ("Кто отвечает", 24),
    ("Источник", 44),
    ("Статус", 18),
    ("Примечание", 46),
)
SECTIONS = (
    ("products", "Продукция и материалы"),
    ("indices", "Индексы цен"),
    ("currencies", "Курсы валют"),
    ("key_rate", "Ключевая ставка"),
    ("staff", "Работники"),
    ("overheads", "Постоянные затраты"),
    ("capex", "Капитальные вложения"),
    ("working_capital", "Оборотный капитал"),
    ("own", "Собственные средства"),
    ("grants", "Гранты и субсидии"),
    ("loans", "Займы"),
    ("batches", "Субсидии покупателям"),
    ("taxes", "Налоги, названные командой"),
    ("closing", "Конец горизонта"),
    ("dividends", "Дивиденды"),
    ("norm", "Нормы законодательства"),
)
GUESS = "service.guess."
TOLERANCE = "service.tolerance"


@dataclass(frozen=True)
class InputCells:
    """Where the inputs stand: cells by id, and keys and values of schedules, with the sheet."""

    cells: dict[str, str]
    schedules: dict[str, tuple[str, str]]


def write_inputs(draft: Draft) -> InputCells:
    """Write the sheet and tell where each input stands."""
    name, sheet = draft.name("Вводные"), draft.sheet("Вводные")
    styles, result = draft.styles, draft.result
    page(sheet, f"{result.case.title}: вводные")
    sheet.write_string(0, 0, f"{result.case.title}: вводные", styles.title)
    note = "Жёлтые ячейки можно менять: книга пересчитается. Деньги в рублях, ставки в долях."
    sheet.write_string(1, 0, note, styles.note)
    for column, (head, width) in enumerate(HEADS):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, head, styles.head)
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(2)
    cells: dict[str, str] = {}
    schedules: dict[str, tuple[str, str]] = {}
    row = 3
    for title, items in _sections(result):
        sheet.merge_range(row, 0, row, len(HEADS) - 1, title, styles.group)
        row += 1
        for item in items:
            rows = item.rows if isinstance(item, Schedule) else (item,)
            for one in rows:
                value = _value(result, one, draft.scenario)
                _input(sheet, styles, row, one, value)
                draft.mark(one.id, one.title, name, (row, 1), value)
                cells[one.id] = f"'{name}'!$B${row + 1}"
                row += 1
            if isinstance(item, Schedule):
                first, last = row - len(rows) + 1, row
                schedules[item.id] = (
                    _range(name, "D", first, last),
                    _range(name, "B", first, last),
                )
    return InputCells(cells, schedules)


def _range(sheet: str, column: str, first: int, last: int) -> str:
    if first == last:
        return f"'{sheet}'!${column}${first}"
    return f"'{sheet}'!${column}${first}:${column}${last}"


def _value(result: Result, item: Input, scenario: int) -> float:
    return item.value if item.id.startswith("service.") else result.input(item.id, scenario)


def _input(sheet: Worksheet, styles: Styles, row: int, item: Input, value: float) -> None:
    sheet.write_string(row, 0, item.title, styles.wrapped)
    sheet.write_number(row, 1, value, styles.number(item.unit, entered=True))
    sheet.write_string(row, 2, item.unit, styles.unit)
    if item.since is not None:
        sheet.write_number(row, 3, serial(item.since), styles.number("дата"))
    elif item.from_month is not None:
        sheet.write_number(row, 3, item.from_month, styles.get(num_format='0" мес."'))
    sheet.write_string(row, 4, item.owner, styles.text)
    sheet.write_string(row, 5, item.source, styles.text)
    sheet.write_string(row, 6, item.status, styles.text)
    sheet.write_string(row, 7, _remark(item), styles.text)
    texts = (item.title, "", "", "", item.owner, item.source, item.status, _remark(item))
    widths = (float(width) for _, width in HEADS)
    sheet.set_row(row, height(list(zip(texts, widths, strict=True))))


def _remark(item: Input) -> str:
    until = f"Известно до {wording.day(item.expires)}. " if item.expires else ""
    return until + item.note


def _sections(result: Result) -> Iterator[tuple[str, list[Input | Schedule]]]:
    """Inputs and schedules by section, in the order of the model."""
    network = result.case.network
    everything: list[Input | Schedule] = [*network.inputs, *network.schedules]
    known = {prefix for prefix, _ in SECTIONS}
    head = [item for item in everything if item.id.split(".")[0] not in known]
    yield "Проект", head
    for prefix, title in SECTIONS:
        items = [item for item in everything if item.id.split(".")[0] == prefix]
        if items:
            yield title, items
    yield "Служебные", service_inputs(result)


def service_inputs(result: Result) -> list[Input | Schedule]:
    """What only Excel needs: where its search for ВНД begins, and the tolerance of checks."""
    guesses: list[Input | Schedule] = [
        Input(
            f"{GUESS}{flow}",
            f"Начальное приближение ВНД за месяц: {title}",
            "доля",
            round(first_root(result.row(f"flow.{flow}")) or 0.01, 4),
            source="Подобрано расчётом вне Excel",
            status="служебное",
        )
        for flow, title in (("project", "проект"), ("equity", "собственный капитал"))
    ]
    tolerance = Input(
        TOLERANCE, "Допуск проверок", "₽/копейка", 0.005, source="Полкопейки", status="служебное"
    )
    return [*guesses, tolerance]
