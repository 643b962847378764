"""The sheets «Итоги» and «Проверки»: indicators, statements by years, the ledger, the checks."""

from __future__ import annotations

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from course import wording
from course.finance.checks import checks
from course.finance.checks_sheet import MASTER_ROW, VERDICTS, write_checks
from course.finance.formula import Addresses, figure_formula
from course.finance.inputs_sheet import GUESS
from course.finance.ledger import turnover
from course.finance.lines_sheet import TOTAL
from course.finance.results import Indicators, Result, first_root, indicators_of
from course.finance.statements import STATEMENTS, Row, Statement, periods, statements
from course.finance.styles import Styles, page

OUTSIDE = "расчёт вне Excel"
NO_IRR = "нет ВНД"
ABSENT = "—"


FLOWS = {"project": "проект", "equity": "собственный капитал"}
MONTHLY_IRR = "monthly_irr."
INDICATORS_HEAD = 3  # the row of the head of the indicators' table


class ResultsSheet:
    """Writes «Итоги» of one project."""

    def __init__(
        self,
        book: xlsxwriter.Workbook,
        styles: Styles,
        result: Result,
        prefix: str,
        scenario: int,
        lines: Addresses,
    ) -> None:
        self.name = f"{prefix}Итоги"
        self.sheet: Worksheet = book.add_worksheet(self.name)
        self.styles, self.result, self.scenario = styles, result, scenario
        self.found: Indicators = indicators_of(result, scenario)
        self.labels, _ = periods(result, "year", scenario)
        self.tables = statements(result, "year", scenario)
        figures = result.case.network.figures
        self.shown = [f for f in figures if not f.id.endswith(".last_below")]
        self.inner = [f for f in figures if f.id.endswith(".last_below")]
        self.cells = dict(lines.cells)
        self.lines = Addresses(
            lines.sheet, lines.first, lines.last, self.cells, lines.rows, lines.schedules
        )
        self.statement_rows: dict[str, int] = {}
        self._place()

    def _place(self) -> None:
        """Decide on the row of everything, so that formulas may look ahead."""
        row = INDICATORS_HEAD + 1
        self.groups: list[tuple[int, str]] = []
        self.extra: list[tuple[int, str]] = []
        group = None
        for figure in self.shown:
            if figure.group != group:
                self.groups.append((row, figure.group))
                group, row = figure.group, row + 1
            self.cells[figure.id] = f"'{self.name}'!$B${row + 1}"
            row += 1
            if figure.id in ("project.npv", "equity.npv"):
                self.extra.append((row, figure.id.split(".")[0]))
                row += 2
        self.groups.append((row, "Займы"))
        self.coverage_row = row + 1
        row += 3
        self.groups.append((row, "Промежуточные значения"))
        row += 1
        for figure in self.inner:
            self.cells[figure.id] = f"'{self.name}'!$B${row + 1}"
            row += 1
        for flow in FLOWS:
            self.cells[f"{MONTHLY_IRR}{flow}"] = f"'{self.name}'!$B${row + 1}"
            row += 1
        self.tables_row = row + 1

    def write(self, checked: str) -> None:
        """Write the sheet; `checked` is the cell of the master check."""
        self._set_up(checked)
        for row, title in self.groups:
            self.sheet.merge_range(row, 0, row, len(self.labels) + 1, title, self.styles.group)
        for figure in (*self.shown, *self.inner):
            value = float(self.result.values.figure(figure.id)[self.scenario])
            formula = figure_formula(figure.expression, self.lines)
            row = int(self.cells[figure.id].rsplit("$", 1)[1]) - 1
            self._value(row, figure.title, formula, value, figure.unit)
        for row, flow in self.extra:
            self._irr(row, flow)
        end = self._statements()
        self._coverage()
        self._ledger(end)

    def _set_up(self, checked: str) -> None:
        sheet, styles, case = self.sheet, self.styles, self.result.case
        page(sheet, f"{case.title}: итоги")
        sheet.set_column(0, 0, 58)
        sheet.set_column(1, len(self.labels) + 1, 16)
        sheet.write_string(0, 0, f"{case.title}: итоги", styles.title)
        note = (
            f"Кластер «{case.cluster}». Нормы на {wording.day(case.as_of)}. Рубли. "
            "Срок окупаемости — в месяцах от начала проекта"
        )
        sheet.write_string(1, 0, note, styles.note)
        passed = checks(self.result, self.scenario)[-1].passed
        sheet.write_string(2, 0, "Проверки модели", styles.get(bold=True))
        sheet.write_formula(
            2, 1, f"={checked}", styles.get(bold=True, align="right"), VERDICTS[passed]
        )
        for column, head in enumerate(("Показатель", "Значение", "Ед. изм.")):
            sheet.write_string(INDICATORS_HEAD, column, head, styles.head)
        sheet.freeze_panes(INDICATORS_HEAD + 1, 1)

    def _value(self, row: int, title: str, formula: str, value: float | str, unit: str) -> None:
        self.sheet.write_string(row, 0, title, self.styles.plain)
        months = {"num_format": '0.0;"не достигается";0.0', "align": "right"}
        style = self.styles.get(**months) if unit == "мес." else self.styles.number(unit)
        self.sheet.write_formula(row, 1, formula, style, value)
        self.sheet.write_string(row, 2, unit, self.styles.unit)

    def _irr(self, row: int, flow: str) -> None:
        """ВНД as Excel finds it, and below the verdict of ВК 477, which Excel cannot give."""
        whole = self.lines.whole_row(f"flow.{flow}", f"{self.lines.sheet}!")
        guess, monthly = self.cells[f"{GUESS}{flow}"], self.cells[f"{MONTHLY_IRR}{flow}"]
        root = first_root(self.result.row(f"flow.{flow}", self.scenario))
        at = int(monthly.rsplit("$", 1)[1]) - 1
        self._value(
            at,
            f"ВНД за месяц, как её находит Excel: {FLOWS[flow]}",
            f'=IFERROR(IRR({whole},{guess}),"{NO_IRR}")',
            NO_IRR if root is None else root,
            "доля",
        )
        formula = (
            f"=IF(ISNUMBER({monthly}),IF(AND({monthly}>0,{monthly}<1),(1+{monthly})^12-1,"
            f'"{NO_IRR}"),"{NO_IRR}")'
        )
        value = NO_IRR if root is None or not 0 < root < 1 else (1 + root) ** 12 - 1
        self._value(row, "Внутренняя норма доходности (ВНД) за год", formula, value, "доля")
        found = self.found.irr if flow == "project" else self.found.equity_irr
        self.sheet.write_string(row + 1, 0, f"ВНД по ВК 477 ({OUTSIDE})", self.styles.plain)
        words = found.verdict.words
        if found.value is not None:
            words = f"{words}: {wording.share(found.value)}"
        self.sheet.write_string(row + 1, 1, words, self.styles.plain)

    def _statements(self) -> int:
        """The statements by years; returns the first free row."""
        row = self.tables_row
        for statement in STATEMENTS:
            row = self._statement(statement, row)
        return row

    def _statement(self, statement: Statement, row: int) -> int:
        sheet, styles = self.sheet, self.styles
        sheet.merge_range(row, 0, row, len(self.labels) + 1, statement.title, styles.group)
        self._years(row + 1)
        head = row + 2  # the row of the years, counted from 1
        for number, line in enumerate(statement.rows):
            at = row + 2 + number
            self.statement_rows[f"{statement.id}.{line.line}"] = at
            style = styles.number("₽", bold=line.total)
            sheet.write_string(at, 0, line.title, styles.get(bold=line.total))
            values = self.tables[statement.id].iloc[number]
            for year in range(len(self.labels)):
                cell = f"{xl_col_to_name(1 + year)}${head}"
                sheet.write_formula(
                    at, 1 + year, self._by_year(line, cell), style, float(values.iloc[year])
                )
            if line.way == "sum":
                last = xl_col_to_name(len(self.labels))
                sheet.write_formula(
                    at,
                    len(self.labels) + 1,
                    f"=SUM(B{at + 1}:{last}{at + 1})",
                    styles.number("₽", bold=True),
                    float(values.sum()),
                )
        return row + len(statement.rows) + 3 + (statement.id == "loan")

    def _years(self, row: int) -> None:
        self.sheet.write_string(row, 0, "Рубли", self.styles.head)
        style = self.styles.get(
            bold=True, bg_color="#D9E2EC", bottom=1, align="center", num_format="0"
        )
        first = f"{xl_col_to_name(self.lines.first)}{self.lines.rows['time.year']}"
        for year, label in enumerate(self.labels):
            before = f"{xl_col_to_name(year)}{row + 1}+1"
            formula = f"={before}" if year else f"={self.lines.sheet}!{first}"
            self.sheet.write_formula(row, 1 + year, formula, style, int(str(label)))
        self.sheet.write_string(row, len(self.labels) + 1, "Всего", self.styles.head)

    def _by_year(self, line: Row, year: str) -> str:
        years = self.lines.whole_row("time.year", f"{self.lines.sheet}!")
        row = self.lines.whole_row(line.line, f"{self.lines.sheet}!")
        if line.way == "sum":
            return f"={'-' if line.sign < 0 else ''}SUMIF({years},{year},{row})"
        if line.way == "end":
            return f"=INDEX({row},1,MATCH({year},{years},0)+COUNTIF({years},{year})-1)"
        return f"=INDEX({row},1,MATCH({year},{years},0))"

    def _coverage(self) -> None:
        """DSCR by years under the table of debt, its minimum and average among the indicators."""
        at = max(row for key, row in self.statement_rows.items() if key.startswith("loan.")) + 1
        cash, service = (
            self.statement_rows[key] + 1 for key in ("loan.coverage.cash", "loan.coverage.service")
        )
        self.sheet.write_string(at, 0, "Покрытие долга (DSCR), раз", self.styles.plain)
        debt = self.tables["loan"]
        available = debt.loc["Деньги для платежей по займам"].to_numpy(float)
        due = debt.loc["Платежи по займам после года пуска"].to_numpy(float)
        style = self.styles.get(num_format="0.00", align="right")
        for year in range(len(self.labels)):
            column = xl_col_to_name(1 + year)
            formula = f'=IF({column}{service}=0,"{ABSENT}",{column}{cash}/{column}{service})'
            paid = float(due[year])
            value = float(available[year]) / paid if paid else ABSENT
            self.sheet.write_formula(at, 1 + year, formula, style, value)
        whole = f"$B${at + 1}:${xl_col_to_name(len(self.labels))}${at + 1}"
        for n, (title, function, found) in enumerate(
            (
                ("Покрытие долга (DSCR), наименьшее по годам", "MIN", self.found.dscr_min),
                ("Покрытие долга (DSCR), среднее по годам", "AVERAGE", self.found.dscr_avg),
            )
        ):
            formula = f'=IF(COUNT({whole})=0,"{ABSENT}",{function}({whole}))'
            self._value(
                self.coverage_row + n, title, formula, ABSENT if found is None else found, "раз"
            )

    def _ledger(self, row: int) -> None:
        """Who got and who paid how much: the last column sums to zero."""
        sheet, styles, case = self.sheet, self.styles, self.result.case
        sheet.merge_range(
            row,
            0,
            row,
            len(self.labels) + 1,
            "Кто сколько получил и заплатил за весь срок",
            styles.group,
        )
        for column, head in enumerate(("Участник", "Получил", "Заплатил", "Итог")):
            sheet.write_string(row + 1, column, head, styles.head)
        view = turnover(self.result, self.scenario).to_numpy(float)
        style = styles.number("₽")
        for n, (id, title) in enumerate(case.participants):
            at = row + 2 + n
            sheet.write_string(at, 0, title, styles.plain)
            got = [line.id for line in case.network.lines if line.payee == id]
            paid = [line.id for line in case.network.lines if line.payer == id]
            for column, ids in ((1, got), (2, paid)):
                sheet.write_formula(
                    at, column, self._totals(ids), style, float(view[n, column - 1])
                )
            sheet.write_formula(at, 3, f"=B{at + 1}-C{at + 1}", style, float(view[n, 2]))
        first, end = row + 3, row + 2 + len(case.participants)
        self.ledger_total = f"'{self.name}'!$D${end + 1}"
        sheet.write_string(end, 0, "Всего", styles.get(bold=True))
        for column in (1, 2, 3):
            letter = xl_col_to_name(column)
            sheet.write_formula(
                end,
                column,
                f"=ROUND(SUM({letter}{first}:{letter}{end}),2)",
                styles.number("₽", bold=True),
                round(float(view[:, column - 1].sum()), 2) + 0.0,
            )

    def ledger_sum(self) -> str:
        """What all participants together have gained, as a formula for the checks."""
        return f"=ABS(ROUND({self.ledger_total},2))"

    def _totals(self, ids: list[str]) -> str:
        column = xl_col_to_name(TOTAL)
        return "=" + (
            "+".join(f"{self.lines.sheet}!${column}${self.lines.rows[id]}" for id in ids) or "0"
        )


def write_results(
    book: xlsxwriter.Workbook,
    styles: Styles,
    result: Result,
    prefix: str,
    scenario: int,
    lines: Addresses,
) -> None:
    """Write «Итоги» and «Проверки» of one project."""
    sheet = ResultsSheet(book, styles, result, prefix, scenario, lines)
    sheet.write(f"'{prefix}Проверки'!$C${MASTER_ROW + 1}")
    write_checks(book, styles, result, prefix, scenario, lines, sheet.ledger_sum())
