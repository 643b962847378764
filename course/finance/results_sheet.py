"""The sheet «Итоги»: indicators, statements by years, the ledger; then the sheet of checks."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from course import wording
from course.finance.checks import checks
from course.finance.checks_sheet import MASTER_ROW, VERDICTS, write_checks
from course.finance.draft import Draft
from course.finance.formula import Addresses, figure_formula
from course.finance.inputs_sheet import GUESS
from course.finance.results import Indicators, first_root, indicators_of
from course.finance.styles import page, printed, set_breaks
from course.finance.tables_sheet import ABSENT, Tables

OUTSIDE = "расчёт вне Excel"
NO_IRR = "нет ВНД"
FLOWS = {"project": "проект", "equity": "собственный капитал"}
MONTHLY_IRR = "monthly_irr."
INDICATORS_HEAD = 3  # the row of the head of the indicators' table
WIDTHS = (58, 16)  # of the first column and of the others


class ResultsSheet:
    """Writes «Итоги» of one project."""

    def __init__(self, draft: Draft, lines: Addresses) -> None:
        self.draft, self.result, self.styles = draft, draft.result, draft.styles
        self.name = draft.name("Итоги")
        self.sheet: Worksheet = draft.sheet("Итоги")
        self.found: Indicators = indicators_of(draft.result, draft.scenario)
        figures = draft.result.case.network.figures
        self.shown = [f for f in figures if not f.id.endswith(".last_below")]
        self.inner = [f for f in figures if f.id.endswith(".last_below")]
        self.cells = dict(lines.cells)
        self.lines = Addresses(
            lines.sheet, lines.first, lines.last, self.cells, lines.rows, lines.schedules
        )
        self.tables = Tables(draft, self.sheet, self.name, self.lines)
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
            self.sheet.merge_range(row, 0, row, self.tables.last, title, self.styles.group)
        for figure in (*self.shown, *self.inner):
            value = float(self.result.values.figure(figure.id)[self.draft.scenario])
            formula = figure_formula(figure.expression, self.lines)
            row = int(self.cells[figure.id].rsplit("$", 1)[1]) - 1
            self._value(row, figure.id, figure.title, formula, value, figure.unit)
        for row, flow in self.extra:
            self._irr(row, flow)
        self.tables.write(self.tables_row)
        self._coverage()
        widths = [WIDTHS[0], *[WIDTHS[1]] * self.tables.last]
        height = printed(self.sheet, widths)
        set_breaks(self.sheet, [(0, self.tables_row - 2), *self.tables.blocks], height)

    def _set_up(self, checked: str) -> None:
        sheet, styles, case = self.sheet, self.styles, self.result.case
        page(sheet, f"{case.title}: итоги", wide=0)
        sheet.set_column(0, 0, WIDTHS[0])
        sheet.set_column(1, self.tables.last, WIDTHS[1])
        sheet.write_string(0, 0, f"{case.title}: итоги", styles.title)
        note = (
            f"Кластер «{case.cluster}». Нормы на {wording.day(case.as_of)}. Рубли. "
            "Срок окупаемости — в месяцах от начала проекта"
        )
        sheet.write_string(1, 0, note, styles.note)
        passed = checks(self.result, self.draft.scenario)[-1].passed
        sheet.write_string(2, 0, "Проверки модели", styles.get(bold=True))
        sheet.write_formula(
            2, 1, f"={checked}", styles.get(bold=True, align="right"), VERDICTS[passed]
        )
        for column, head in enumerate(("Показатель", "Значение", "Ед. изм.")):
            sheet.write_string(INDICATORS_HEAD, column, head, styles.head)
        sheet.freeze_panes(INDICATORS_HEAD + 1, 1)

    def _value(
        self, row: int, id: str, title: str, formula: str, value: float | str, unit: str
    ) -> None:
        self.draft.indicator(id, title, self.name, (row, 1), value)
        self.sheet.write_string(row, 0, title, self.styles.plain)
        months = {"num_format": '0.0;"не достигается";0.0', "align": "right"}
        style = self.styles.get(**months) if unit == "мес." else self.styles.number(unit)
        self.sheet.write_formula(row, 1, formula, style, value)
        self.sheet.write_string(row, 2, unit, self.styles.unit)

    def _irr(self, row: int, flow: str) -> None:
        """ВНД as Excel finds it, and below the verdict of ВК 477, which Excel cannot give."""
        whole = self.lines.whole_row(f"flow.{flow}", f"{self.lines.sheet}!")
        guess, monthly = self.cells[f"{GUESS}{flow}"], self.cells[f"{MONTHLY_IRR}{flow}"]
        root = first_root(self.result.row(f"flow.{flow}", self.draft.scenario))
        at = int(monthly.rsplit("$", 1)[1]) - 1
        self._value(
            at,
            f"{flow}.irr.month",
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
        title = "Внутренняя норма доходности (ВНД) за год"
        self._value(row, f"{flow}.irr", title, formula, value, "доля")
        found = self.found.irr if flow == "project" else self.found.equity_irr
        self.sheet.write_string(row + 1, 0, f"ВНД по ВК 477 ({OUTSIDE})", self.styles.plain)
        words = found.verdict.words
        if found.value is not None:
            words = f"{words}: {wording.share(found.value)}"
        title = f"ВНД по ВК 477 ({OUTSIDE})"
        self.draft.mark(f"{flow}.irr.stated", title, self.name, (row + 1, 1), words)
        self.sheet.write_string(row + 1, 1, words, self.styles.plain)

    def _coverage(self) -> None:
        """The least and the average DSCR by years, from the row of the table of debt."""
        at = self.tables.rows["loan.Покрытие долга (DSCR), раз"]
        whole = f"$B${at + 1}:${xl_col_to_name(self.tables.last - 1)}${at + 1}"
        for n, (id, title, function, found) in enumerate(
            (
                ("least", "Покрытие долга (DSCR), наименьшее по годам", "MIN", self.found.dscr_min),
                ("mean", "Покрытие долга (DSCR), среднее по годам", "AVERAGE", self.found.dscr_avg),
            )
        ):
            formula = f'=IF(COUNT({whole})=0,"{ABSENT}",{function}({whole}))'
            value = ABSENT if found is None else found
            self._value(self.coverage_row + n, f"dscr.{id}", title, formula, value, "раз")

    def ledger_sum(self) -> str:
        """What all participants together have gained, as a formula for the checks."""
        return f"=ABS(ROUND({self.tables.ledger_total},2))"


def write_results(draft: Draft, lines: Addresses) -> None:
    """Write «Итоги» and «Проверки» of one project."""
    sheet = ResultsSheet(draft, lines)
    sheet.write(f"'{draft.name('Проверки')}'!$C${MASTER_ROW + 1}")
    write_checks(draft, lines, sheet.ledger_sum())
