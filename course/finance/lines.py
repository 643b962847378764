"""Lines of a financial model: each is one expression from a closed vocabulary.

The same expression is evaluated by numpy (`engine`), written as a live Excel formula (`formula`)
and told in Russian words (`trace`). So an expression holds no Python callable: only numbers,
names of inputs and lines, and the operators of `VOCABULARY`.

A line has one value a month and one more before the first month: its opening value, which stands
in a column of its own, so that every month of a row has the same formula.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from course.errors import FinanceError

Kind = Literal["flow", "balance", "level", "time"]


@dataclass(frozen=True)
class Operator:
    """A word of the vocabulary: how many arguments, how it is written in Excel and in Russian.

    `binding` orders brackets: an argument that binds weaker is put in brackets. `excel` and
    `words` are patterns over the arguments; an empty `excel` means that the address of a cell is
    needed, which `formula` works out.
    """

    arity: int
    excel: str
    words: str
    binding: int = 9


VOCABULARY: dict[str, Operator] = {
    # arithmetic
    "add": Operator(2, "{0}+{1}", "{0} + {1}", 4),
    "subtract": Operator(2, "{0}-{1}", "{0} − {1}", 4),
    "multiply": Operator(2, "{0}*{1}", "{0} × {1}", 5),
    "divide": Operator(2, "{0}/{1}", "{0} ÷ {1}", 5),
    "ratio": Operator(2, "IF({1}=0,0,({0})/({1}))", "{0} ÷ {1}", 5),
    "power": Operator(2, "{0}^{1}", "{0} в степени {1}", 7),
    "negate": Operator(1, "0-{0}", "минус {0}", 4),
    "minimum": Operator(2, "MIN({0},{1})", "меньшее из [{0}; {1}]"),
    "maximum": Operator(2, "MAX({0},{1})", "большее из [{0}; {1}]"),
    "floor": Operator(1, "INT({0})", "целая часть [{0}]"),
    "kopecks": Operator(1, "ROUND({0},2)", "[{0}] с точностью до копейки"),
    # conditions: 1 is true, 0 is false
    "less": Operator(2, "IF({0}<{1},1,0)", "{0} меньше {1}", 2),
    "at_least": Operator(2, "IF({0}>={1},1,0)", "{0} не меньше {1}", 2),
    "same": Operator(2, "IF({0}={1},1,0)", "{0} равно {1}", 2),
    "both": Operator(2, "IF(AND({0}=1,{1}=1),1,0)", "{0} и {1}", 1),
    "choose": Operator(3, "IF({0}=1,{1},{2})", "если {0}, то {1}, иначе {2}", 0),
    # the calendar
    "month_start": Operator(
        2, "DATE(YEAR({0}),MONTH({0})+{1},1)", "первое число месяца [{0}], сдвинутое на {1}"
    ),
    "year_of": Operator(1, "YEAR({0})", "год даты {0}"),
    "month_of": Operator(1, "MONTH({0})", "номер месяца даты {0}"),
    # along the row
    "previous": Operator(1, "", "{0} в прошлом месяце"),
    "delayed": Operator(2, "", "{0} с задержкой на {1}"),
    "cumulative": Operator(1, "", "значение прошлого месяца + {0}", 4),
    "year_to_date": Operator(1, "", "с начала года: {0}", 4),
    # inputs by date or by month of operation
    "looked_up": Operator(2, "", "{0} на «{1}»"),
    # one value out of a row: only in figures
    "total": Operator(1, "SUM({0})", "сумма по всем месяцам: {0}"),
    "lowest": Operator(1, "MIN({0})", "наименьшее за все месяцы: {0}"),
    "highest": Operator(1, "MAX({0})", "наибольшее за все месяцы: {0}"),
    "last": Operator(1, "", "в последнем месяце: {0}"),
    "value_at": Operator(2, "INDEX({0},1,{1})", "{0} в месяце № [{1}]"),
    "months_in": Operator(1, "COLUMNS({0})", "число месяцев в строке {0}"),
}

EPOCH = datetime.date(1899, 12, 30)  # day 0 of a spreadsheet


def serial(day: datetime.date) -> float:
    """A day as spreadsheets count it: days since 30.12.1899."""
    return float((day - EPOCH).days)


AGGREGATES = frozenset({"total", "lowest", "highest", "last", "value_at", "months_in"})


class Expression:
    """Something that has a value each month; arithmetic builds larger expressions."""

    def __add__(self, other: Expression | float) -> Apply:
        return apply("add", self, other)

    def __radd__(self, other: float) -> Apply:
        return apply("add", other, self)

    def __sub__(self, other: Expression | float) -> Apply:
        return apply("subtract", self, other)

    def __rsub__(self, other: float) -> Apply:
        return apply("subtract", other, self)

    def __mul__(self, other: Expression | float) -> Apply:
        return apply("multiply", self, other)

    def __rmul__(self, other: float) -> Apply:
        return apply("multiply", other, self)

    def __truediv__(self, other: Expression | float) -> Apply:
        return apply("divide", self, other)

    def __neg__(self) -> Apply:
        return apply("negate", self)


@dataclass(frozen=True)
class Number(Expression):
    """A number that belongs to the formula itself: 0, 1, 12. What may change is an input."""

    value: float


@dataclass(frozen=True)
class Ref(Expression):
    """The value of an input, a dated input or a line, by its id."""

    id: str


@dataclass(frozen=True)
class Apply(Expression):
    """An operator of the vocabulary over its arguments."""

    operator: str
    arguments: tuple[Expression, ...]


def apply(operator: str, *arguments: Expression | float) -> Apply:
    """An expression with an operator of `VOCABULARY`; numbers become `Number`."""
    if operator not in VOCABULARY:
        raise FinanceError(f"оператора «{operator}» нет в словаре модели")
    if len(arguments) != VOCABULARY[operator].arity:
        raise FinanceError(f"у оператора «{operator}» другое число аргументов")
    return Apply(
        operator, tuple(a if isinstance(a, Expression) else Number(float(a)) for a in arguments)
    )


def add_up(expressions: Sequence[Expression]) -> Expression:
    """The sum of several expressions; zero when there is none."""
    if not expressions:
        return Number(0.0)
    total = expressions[0]
    for expression in expressions[1:]:
        total = total + expression
    return total


def walk(expression: Expression) -> Iterator[Expression]:
    """The expression and all expressions inside of it, outer ones first."""
    yield expression
    if isinstance(expression, Apply):
        for argument in expression.arguments:
            yield from walk(argument)


def names(expression: Expression) -> tuple[str, ...]:
    """The ids that an expression uses, each once, in the order of reading."""
    return tuple(dict.fromkeys(node.id for node in walk(expression) if isinstance(node, Ref)))


def same_month_names(expression: Expression) -> tuple[str, ...]:
    """The ids whose value of the same month is needed: all but those under `previous`."""
    if isinstance(expression, Ref):
        return (expression.id,)
    if not isinstance(expression, Apply) or expression.operator == "previous":
        return ()
    found = (name for a in expression.arguments for name in same_month_names(a))
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Input:
    """A number that a person or a norm puts into the model, with where it comes from.

    `status` is факт, оценка, допущение, or the standing of a norm in words. `since` is the day from
    which a row of a schedule holds, `from_month` the month of operation. `norm` names the norm when
    the value is one, `expires` its last known day. `place` is where it stands in the cluster's
    file. `low` and `high` bound an assumption.
    """

    id: str
    title: str
    unit: str
    value: float
    owner: str = ""
    source: str = ""
    status: str = ""
    since: datetime.date | None = None
    from_month: float | None = None
    norm: str = ""
    expires: datetime.date | None = None
    address: str = ""
    note: str = ""
    place: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Schedule:
    """A value that changes: rows of `Input` in the order of their days or months of operation."""

    id: str
    title: str
    rows: tuple[Input, ...]

    @property
    def keys(self) -> tuple[float, ...]:
        """Where each row begins: a day counted as spreadsheets do, or a month of operation."""
        return tuple(
            serial(row.since) if row.since is not None else float(row.from_month or 0.0)
            for row in self.rows
        )


@dataclass(frozen=True)
class Line:
    """A row of the model: id, Russian title, unit and the expression of its months.

    A `flow` may be summed over months; a `balance` is taken at the end of a period; a `level` is a
    rate, a price or an index; `time` belongs to the calendar. A line with `payer` and `payee` is
    money that moves between two participants and stands in the ledger. `opening` is the value
    before the first month. `location` is the place in the code, for messages.
    """

    id: str
    title: str
    unit: str
    expression: Expression
    kind: Kind = "flow"
    group: str = ""
    payer: str = ""
    payee: str = ""
    opening: float = 0.0
    location: str = ""


@dataclass(frozen=True)
class Figure:
    """A single value made from whole rows: an indicator. `text` replaces a value that is not."""

    id: str
    title: str
    unit: str
    expression: Expression
    text: str = ""
    group: str = ""
