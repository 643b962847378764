"""Tables of «Итоги»: statements by years and the ledger, every cell a live formula."""

from __future__ import annotations

import numpy as np
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from course.finance.draft import Draft
from course.finance.formula import Addresses
from course.finance.ledger import turnover
from course.finance.lines_sheet import TOTAL
from course.finance.statements import STATEMENTS, Row, Statement, periods, rows_of, statements

ABSENT = "—"
RATIOS = {"доля": "0.0%", "раз": "0.00"}


class Tables:
    """Writes the statements and the ledger of one project below each other.

    `rows` tells where each row of a statement stands (from 0), `blocks` the first and last row of
    every table, so that no page break falls into one.
    """

    def __init__(self, draft: Draft, sheet: Worksheet, name: str, lines: Addresses) -> None:
        self.draft, self.sheet, self.name, self.lines = draft, sheet, name, lines
        self.labels, _ = periods(draft.result, "year", draft.scenario)
        self.values = statements(draft.result, "year", draft.scenario)
        self.rows: dict[str, int] = {}
        self.blocks: list[tuple[int, int]] = []
        self.ledger_total = ""

    @property
    def last(self) -> int:
        """The last column: sums over all years."""
        return len(self.labels) + 1

    def write(self, row: int) -> None:
        """Write all tables from a row on."""
        for statement in STATEMENTS:
            end = self._statement(statement, row)
            self.blocks.append((row, end))
            row = end + 2
        self.blocks.append((row, self._ledger(row)))

    def _statement(self, statement: Statement, row: int) -> int:
        """One statement; returns its last row."""
        sheet, styles = self.sheet, self.draft.styles
        sheet.merge_range(row, 0, row, self.last, statement.title, styles.group)
        self._years(row + 1)
        head, at = row + 2, row + 1  # the row of the years, counted from 1
        for number, line in enumerate(rows_of(statement, self.draft.result)):
            at = row + 2 + number
            self.rows[f"{statement.id}.{line.title}"] = at
            style = (
                styles.get(num_format=RATIOS[line.unit], align="right")
                if line.way == "ratio"
                else styles.number("₽", bold=line.total)
            )
            sheet.write_string(at, 0, line.title, styles.get(bold=line.total))
            values = self.values[statement.id].iloc[number].to_numpy(float)
            for year, value in enumerate(values.tolist()):
                cell = f"{xl_col_to_name(1 + year)}${head}"
                shown = ABSENT if np.isnan(value) else value
                sheet.write_formula(at, 1 + year, self._by_year(line, cell), style, shown)
                self._mark(f"{statement.id}.{number + 1}.{self.labels[year]}",
                           f"{statement.title}: {line.title}, {self.labels[year]}",
                           (at, 1 + year), shown)  # fmt: skip
            if line.way == "sum":
                last = xl_col_to_name(len(self.labels))
                bold = styles.number("₽", bold=True)
                total = f"=SUM(B{at + 1}:{last}{at + 1})"
                sheet.write_formula(at, self.last, total, bold, float(values.sum()))
                self._mark(f"{statement.id}.{number + 1}.sum",
                           f"{statement.title}: {line.title}, всего",
                           (at, self.last), float(values.sum()))  # fmt: skip
        return at

    def _mark(self, id: str, title: str, at: tuple[int, int], value: float | str) -> None:
        self.draft.mark(id, title, self.name, at, value)

    def _years(self, row: int) -> None:
        styles = self.draft.styles
        self.sheet.write_string(row, 0, "Рубли", styles.head)
        style = styles.get(bold=True, bg_color="#D9E2EC", bottom=1, align="center", num_format="0")
        first = f"{xl_col_to_name(self.lines.first)}{self.lines.rows['time.year']}"
        for year, label in enumerate(self.labels):
            before = f"{xl_col_to_name(year)}{row + 1}+1"
            formula = f"={before}" if year else f"={self.lines.sheet}!{first}"
            self.sheet.write_formula(row, 1 + year, formula, style, int(str(label)))
        self.sheet.write_string(row, self.last, "Всего", styles.head)

    def _by_year(self, line: Row, year: str) -> str:
        years = self.lines.whole_row("time.year", f"{self.lines.sheet}!")
        row = self.lines.whole_row(line.line, f"{self.lines.sheet}!")
        if line.way == "ratio":
            over = self.lines.whole_row(line.over, f"{self.lines.sheet}!")
            part, whole = f"SUMIF({years},{year},{row})", f"SUMIF({years},{year},{over})"
            return f'=IF({whole}=0,"{ABSENT}",{part}/{whole})'
        if line.way == "sum":
            return f"={'-' if line.sign < 0 else ''}SUMIF({years},{year},{row})"
        if line.way == "end":
            return f"=INDEX({row},1,MATCH({year},{years},0)+COUNTIF({years},{year})-1)"
        return f"=INDEX({row},1,MATCH({year},{years},0))"

    def _ledger(self, row: int) -> int:
        """Who got and who paid how much: the last column sums to zero; returns the last row."""
        sheet, styles, case = self.sheet, self.draft.styles, self.draft.result.case
        title = "Кто сколько получил и заплатил за весь срок"
        sheet.merge_range(row, 0, row, self.last, title, styles.group)
        for column, head in enumerate(("Участник", "Получил", "Заплатил", "Итог")):
            sheet.write_string(row + 1, column, head, styles.head)
        view = turnover(self.draft.result, self.draft.scenario).to_numpy(float)
        style = styles.number("₽")
        for n, (id, name) in enumerate(case.participants):
            at = row + 2 + n
            sheet.write_string(at, 0, name, styles.plain)
            got = [line.id for line in case.network.lines if line.payee == id]
            paid = [line.id for line in case.network.lines if line.payer == id]
            for column, ids in ((1, got), (2, paid)):
                value = float(view[n, column - 1])
                sheet.write_formula(at, column, self._totals(ids), style, value)
                word = ("получил", "заплатил")[column - 1]
                self._mark(f"ledger.{n + 1}.{column}", f"{name}: {word}", (at, column), value)
            sheet.write_formula(at, 3, f"=B{at + 1}-C{at + 1}", style, float(view[n, 2]))
            self._mark(f"ledger.{n + 1}.3", f"{name}: итог", (at, 3), float(view[n, 2]))
        end = row + 2 + len(case.participants)
        self._ledger_sum(row + 3, end, view.sum(axis=0).tolist())
        return end

    def _ledger_sum(self, first: int, end: int, sums: list[float]) -> None:
        sheet, styles = self.sheet, self.draft.styles
        self.ledger_total = f"'{self.name}'!$D${end + 1}"
        sheet.write_string(end, 0, "Всего", styles.get(bold=True))
        for column, value in enumerate(sums, 1):
            letter = xl_col_to_name(column)
            formula = f"=ROUND(SUM({letter}{first}:{letter}{end}),2)"
            bold = styles.number("₽", bold=True)
            sheet.write_formula(end, column, formula, bold, round(float(value), 2) + 0.0)

    def _totals(self, ids: list[str]) -> str:
        column = xl_col_to_name(TOTAL)
        return "=" + (
            "+".join(f"{self.lines.sheet}!${column}${self.lines.rows[id]}" for id in ids) or "0"
        )
