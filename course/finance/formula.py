"""An expression of the model as the text of an Excel formula.

Function names are English, as they stand in the file whatever the language of the program; only
functions that Excel 2007 knows. Brackets keep the order of operations exactly as numpy has it, so
that both come to the same number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from xlsxwriter.utility import xl_col_to_name

from course.finance.lines import AGGREGATES, VOCABULARY, Apply, Expression, Number, Ref

_CONDITIONS = {"less": "<", "at_least": ">=", "same": "="}
_ATOM = 9
NOW, BEFORE = "{now}", "{before}"  # the columns of a month and of the month before


@dataclass(frozen=True)
class Addresses:
    """Where everything stands: cells of inputs and figures, rows of lines, ranges of schedules.

    `sheet` is the quoted name of the sheet with the lines; months run from column `first` to
    `last`, the opening value stands in the column before. Rows count from 1, columns from 0.
    """

    sheet: str
    first: int
    last: int
    cells: Mapping[str, str]
    rows: Mapping[str, int]
    schedules: Mapping[str, tuple[str, str]]

    def whole_row(self, line: str, sheet: str = "") -> str:
        """The months of a line, its columns fixed."""
        row = self.rows[line]
        first, last = xl_col_to_name(self.first), xl_col_to_name(self.last)
        fixed = "$" if sheet else ""
        return f"{sheet}${first}{fixed}{row}:${last}{fixed}{row}"


def month_formulas(expression: Expression, line: str, addresses: Addresses) -> list[str]:
    """The formula of a line in every month; it is printed once and only its columns move."""
    pattern = "=" + _Printer(addresses, line).text(expression, 0)
    columns = [xl_col_to_name(c) for c in range(addresses.first - 1, addresses.last + 1)]
    return [pattern.format(before=before, now=now) for before, now in pairwise(columns)]


def figure_formula(expression: Expression, addresses: Addresses) -> str:
    """The formula of a single figure, from another sheet."""
    return "=" + _Printer(addresses, "").text(expression, 0)


class _Printer:
    """Prints expressions with `{now}` and `{before}` for the columns of a month and the one before.

    A figure has no months: it names whole rows and single cells only.
    """

    def __init__(self, addresses: Addresses, line: str) -> None:
        self.at = addresses
        self.line = line

    def text(self, expression: Expression, binding: int) -> str:
        """The expression, in brackets if it binds weaker than its place wants."""
        text, own = self.printed(expression)
        return f"({text})" if own < binding else text

    def printed(self, expression: Expression) -> tuple[str, int]:
        """The text of an expression, and how strongly it binds."""
        if isinstance(expression, Number):
            value = expression.value
            text = str(int(value)) if value == int(value) else repr(value)
            return text, _ATOM if value >= 0 else 4
        if isinstance(expression, Ref):
            return self.cell(expression.id), _ATOM
        assert isinstance(expression, Apply)
        operator, arguments = expression.operator, expression.arguments
        if operator in AGGREGATES:
            return self.aggregate(operator, arguments), _ATOM
        if operator == "choose":
            parts = [self.condition(arguments[0]), *(self.text(a, 0) for a in arguments[1:])]
            return f"IF({','.join(parts)})", _ATOM
        if operator in _CONDITIONS or operator == "both":
            return f"IF({self.condition(expression)},1,0)", _ATOM
        if not VOCABULARY[operator].excel:
            return self.along(operator, arguments)
        return self.pattern(operator, arguments)

    def pattern(self, operator: str, arguments: tuple[Expression, ...]) -> tuple[str, int]:
        """An operator that is written by its pattern."""
        word = VOCABULARY[operator]
        if word.binding >= _ATOM or operator == "ratio":
            return word.excel.format(*(self.text(a, 0) for a in arguments)), _ATOM
        if operator == "negate":
            return f"-{self.text(arguments[0], word.binding + 1)}", word.binding
        left = self.text(arguments[0], word.binding)
        return word.excel.format(left, self.text(arguments[1], word.binding + 1)), word.binding

    def condition(self, expression: Expression) -> str:
        """A condition as the first argument of IF."""
        if isinstance(expression, Apply) and expression.operator in _CONDITIONS:
            left, right = (self.text(a, 3) for a in expression.arguments)
            return f"{left}{_CONDITIONS[expression.operator]}{right}"
        if isinstance(expression, Apply) and expression.operator == "both":
            return f"AND({','.join(self.condition(a) for a in expression.arguments)})"
        return f"{self.text(expression, 3)}=1"

    def cell(self, id: str, column: str = NOW) -> str:
        """The cell of an input or a figure, or of a line in a month."""
        return self.at.cells.get(id) or f"{column}{self.at.rows[id]}"

    def time(self, id: str) -> str:
        """The cell of a row of the calendar, its row fixed."""
        return f"{{now}}${self.at.rows[id]}"

    def along(self, operator: str, arguments: tuple[Expression, ...]) -> tuple[str, int]:
        """Operators that need other cells of the row, or a range of inputs."""
        first = arguments[0]
        if operator == "cumulative":
            return f"{self.cell(self.line, BEFORE)}+{self.text(first, 5)}", 4
        if operator == "year_to_date":
            before = f"IF({self.time('time.month')}=1,0,{self.cell(self.line, BEFORE)})"
            return f"{before}+{self.text(first, 5)}", 4
        assert isinstance(first, Ref)
        if operator == "previous":
            return self.cell(first.id, BEFORE), _ATOM
        if operator == "delayed":
            step, months = self.time("time.step"), self.text(arguments[1], 5)
            row = self.at.whole_row(first.id)
            return f"IF({step}<{months},0,INDEX({row},1,{step}-{months}+1))", _ATOM
        keys, values = self.at.schedules[first.id]
        if ":" not in values:
            return values, _ATOM
        return f"LOOKUP({self.text(arguments[1], 0)},{keys},{values})", _ATOM

    def aggregate(self, operator: str, arguments: tuple[Expression, ...]) -> str:
        """One value out of a whole row."""
        first = arguments[0]
        assert isinstance(first, Ref)
        row = self.at.whole_row(first.id, f"{self.at.sheet}!")
        if operator == "last":
            return f"INDEX({row},1,COLUMNS({row}))"
        rest = (self.text(a, 0) for a in arguments[1:])
        return VOCABULARY[operator].excel.format(row, *rest)
