"""The sheet «Проверки»: what has to be zero, how far from it the model is, the master check."""

from __future__ import annotations

from course.finance.checks import checks, monthly
from course.finance.draft import Draft
from course.finance.formula import Addresses
from course.finance.inputs_sheet import TOLERANCE
from course.finance.styles import page

VERDICTS = {True: "верно", False: "есть ошибки"}


MASTER_ROW = 3


def write_checks(draft: Draft, lines: Addresses, ledger_sum: str) -> None:
    """Write the sheet; `ledger_sum` is the formula of what all participants gained together."""
    sheet, styles, result = draft.sheet("Проверки"), draft.styles, draft.result
    page(sheet, f"{result.case.title}: проверки")
    sheet.write_string(0, 0, f"{result.case.title}: проверки", styles.title)
    note = "Отклонение — наибольшее за все месяцы, рубли. Допуск задан на листе вводных."
    sheet.write_string(1, 0, note, styles.note)
    sheet.set_column(0, 0, 58)
    sheet.set_column(1, 2, 18)
    for column, head in enumerate(("Проверка", "Отклонение", "Вывод")):
        sheet.write_string(2, column, head, styles.head)
    sheet.freeze_panes(3, 1)
    done = checks(result, draft.scenario)
    tolerance = lines.cells[TOLERANCE]
    bold = styles.get(bold=True, align="right")
    first, last = MASTER_ROW + 2, MASTER_ROW + len(done)
    sheet.write_string(MASTER_ROW, 0, done[-1].title, styles.get(bold=True))
    failed = f'COUNTIF(C{first}:C{last},"{VERDICTS[False]}")'
    sheet.write_formula(
        MASTER_ROW, 1, f"={failed}", styles.get(bold=True, num_format="0"), done[-1].value
    )
    sheet.write_formula(
        MASTER_ROW,
        2,
        f'=IF(B{MASTER_ROW + 1}=0,"{VERDICTS[True]}","{VERDICTS[False]}")',
        bold,
        VERDICTS[done[-1].passed],
    )
    formulas = [_deviation(id, lines) for id, _ in monthly(result)]
    debt = lines.whole_row("debt.closing", f"{lines.sheet}!")
    formulas.append(f"=ABS(ROUND(INDEX({debt},1,COLUMNS({debt})),2))")
    formulas.append(ledger_sum)
    for row, (check, formula) in enumerate(zip(done[:-1], formulas, strict=True), MASTER_ROW + 1):
        sheet.write_string(row, 0, check.title, styles.plain)
        sheet.write_formula(row, 1, formula, styles.get(num_format="#,##0.000000"), check.value)
        verdict = f'=IF(B{row + 1}<={tolerance},"{VERDICTS[True]}","{VERDICTS[False]}")'
        sheet.write_formula(row, 2, verdict, styles.get(align="right"), VERDICTS[check.passed])


def _deviation(line: str, lines: Addresses) -> str:
    row = lines.whole_row(line, f"{lines.sheet}!")
    return f"=MAX(MAX({row}),-MIN({row}))"
