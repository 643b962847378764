"""The sheet «Расчёт»: one row a line, one column a month, one formula a row."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from course.finance.draft import Draft
from course.finance.formula import Addresses, month_formulas
from course.finance.inputs_sheet import InputCells
from course.finance.lines import Apply, Line, Ref, walk
from course.finance.results import Result
from course.finance.styles import GROUP_BACK, Styles, page, printed, set_breaks

TOTAL, OPENING, FIRST = 4, 5, 6  # columns
HEAD = 2  # the row with the months
WIDTHS = (64, 12, 26, 26, 17, 11)


def write_lines(draft: Draft, inputs: InputCells) -> Addresses:
    """Write the sheet and tell where each line stands."""
    name, sheet = draft.name("Расчёт"), draft.sheet("Расчёт")
    styles, result, scenario = draft.styles, draft.result, draft.scenario
    last = FIRST + result.case.months - 1
    network = result.case.network
    rows, groups = _places(network.lines)
    addresses = Addresses(f"'{name}'", FIRST, last, inputs.cells, rows, inputs.schedules)
    _set_up(sheet, styles, result, last)
    bottom = max(rows.values())
    height = printed(sheet, WIDTHS[: TOTAL + 1], most=70)
    sheet.print_area(0, 0, bottom - 1, TOTAL)
    set_breaks(sheet, _printed_blocks(groups, bottom), height)
    for row, title in groups:
        for column in range(last + 1):
            sheet.write_blank(row, column, None, styles.get(bg_color=GROUP_BACK))
        sheet.write_string(row, 0, title, styles.group)
    names = dict(result.case.participants)
    opened = _opened(network.lines)
    for line in network.lines:
        _line(sheet, styles, result, line, addresses, scenario, names, line.id in opened)
    _months(sheet, styles, result, addresses, scenario)
    return addresses


def _printed_blocks(groups: list[tuple[int, str]], bottom: int) -> list[tuple[int, int]]:
    """The first and last row of every group, so that no title stands last on a page."""
    starts = [row for row, _ in groups]
    ends = [row - 1 for row in starts[1:]] + [bottom - 1]
    return [(0, HEAD), *zip(starts, ends, strict=True)]


def _places(lines: tuple[Line, ...]) -> tuple[dict[str, int], list[tuple[int, str]]]:
    """The row of every line, counted from 1, and the rows (from 0) of the groups' titles."""
    rows: dict[str, int] = {}
    groups: list[tuple[int, str]] = []
    row, group = HEAD + 1, None
    for line in lines:
        if line.group != group:
            groups.append((row, line.group))
            group = line.group
            row += 1
        row += 1
        rows[line.id] = row
    return rows, groups


def _opened(lines: tuple[Line, ...]) -> set[str]:
    """The lines whose opening value some formula needs."""
    needed: set[str] = set()
    for line in lines:
        for node in walk(line.expression):
            if isinstance(node, Apply) and node.operator == "previous":
                needed |= {a.id for a in node.arguments if isinstance(a, Ref)}
            if isinstance(node, Apply) and node.operator in {"cumulative", "year_to_date"}:
                needed.add(line.id)
    return needed


def _set_up(sheet: Worksheet, styles: Styles, result: Result, last: int) -> None:
    title = f"{result.case.title}: расчёт по месяцам"
    page(sheet, title, wide=0)
    sheet.write_string(0, 0, title, styles.title)
    note = (
        "Рубли. Потоки — за месяц, остатки — на конец месяца. В каждой строке одна формула. "
        "Печатаются строки с итогами; по годам числа стоят на листе «Итоги»."
    )
    sheet.write_string(1, 0, note, styles.note)
    heads = ("Строка", "Ед. изм.", "Платит", "Получает", "Всего", "До начала")
    for column, (head, width) in enumerate(zip(heads, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(HEAD, column, head, styles.head)
    sheet.set_column(FIRST, last, 14)
    sheet.freeze_panes(HEAD + 1, 2)
    sheet.repeat_rows(HEAD)
    sheet.repeat_columns(0, 1)


def _months(
    sheet: Worksheet, styles: Styles, result: Result, addresses: Addresses, scenario: int
) -> None:
    """The head of the columns: the first day of each month."""
    row = addresses.rows["time.start"]
    style = styles.get(
        bold=True,
        bg_color="#D9E2EC",
        bottom=1,
        align="center",
        valign="vcenter",
        num_format="mm.yyyy",
    )
    for month, day in enumerate(result.row("time.start", scenario)):
        column = FIRST + month
        sheet.write_formula(HEAD, column, f"={xl_col_to_name(column)}{row}", style, float(day))


def _line(
    sheet: Worksheet,
    styles: Styles,
    result: Result,
    line: Line,
    addresses: Addresses,
    scenario: int,
    names: dict[str, str],
    opened: bool,
) -> None:
    row = addresses.rows[line.id] - 1
    style = styles.number(line.unit)
    sheet.write_string(row, 0, line.title, styles.plain)
    sheet.write_string(row, 1, line.unit, styles.unit)
    if line.payer:
        sheet.write_string(row, 2, names[line.payer], styles.plain)
        sheet.write_string(row, 3, names[line.payee], styles.plain)
    values = result.row(line.id, scenario)
    if line.kind == "flow":
        whole = addresses.whole_row(line.id)
        sheet.write_formula(
            row, TOTAL, f"=SUM({whole})", styles.number(line.unit, bold=True), float(values.sum())
        )
    if opened:
        sheet.write_number(row, OPENING, line.opening, style)
    formulas = month_formulas(line.expression, line.id, addresses)
    for column, (formula, value) in enumerate(zip(formulas, values, strict=True), FIRST):
        sheet.write_formula(row, column, formula, style, float(value))
