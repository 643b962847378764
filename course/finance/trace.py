"""Any number of the model in Russian words: its formula with values, and what it stands on.

    print(finance.trace(result, "tax.profit", datetime.date(2029, 3, 1)))

The explanation names the formula, the values that went into it, then everything put in by people
(with owner, source, status) and by norms (with edition and standing) that the number depends on.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from course import wording
from course.finance.lines import VOCABULARY, Apply, Expression, Input, Number, Ref, names
from course.finance.network import Network
from course.finance.results import Result

_INFIX = {"add", "subtract", "multiply", "divide", "power", "negate", "ratio"}


@dataclass(frozen=True)
class Precedent:
    """A value that went into the formula directly; `kind` is line, input or norm."""

    id: str
    title: str
    value: float
    words: str
    kind: str
    period: str = ""


@dataclass(frozen=True)
class Explanation:
    """A number explained: `formula` in words with values, `precedents`, and all that it stands on.

    `inputs` are numbers of the team, `norms` numbers of the law; both down to the last one.
    """

    id: str
    title: str
    period: str
    value: float
    words: str
    formula: str
    precedents: tuple[Precedent, ...]
    inputs: tuple[Input, ...]
    norms: tuple[Input, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The explanation as Russian sentences: the formula, the inputs, the norms."""
        where = f", {self.period}" if self.period else ""
        said = [f"«{self.title}»{where}: {self.words} = {self.formula}."]
        said += [
            f"Исходное данное «{item.title}»: {value_words(item.value, item.unit)}; "
            f"{_who(item)}источник: {item.source or 'не указан'}; статус: {item.status}."
            for item in self.inputs
        ]
        said += [
            f"Норма «{item.title}»: {value_words(item.value, item.unit)}"
            f"{_since(item)}; {item.source}; {item.status}."
            for item in self.norms
        ]
        return tuple(said)

    def __str__(self) -> str:
        return "\n".join(self.sentences)


def _since(item: Input) -> str:
    return f" с {wording.day(item.since)}" if item.since else ""


def _who(item: Input) -> str:
    return f"отвечает {item.owner}; " if item.owner else ""


def value_words(value: float, unit: str) -> str:
    """A value with its unit as a Russian page prints it."""
    if unit == "доля":
        return wording.share(value, 4)
    if unit == "дата":
        return wording.day(datetime.date(1899, 12, 30) + datetime.timedelta(days=int(value)))
    if unit in ("признак", "год"):
        return str(int(value))
    digits = 2 if unit.startswith("₽") else 6
    return f"{wording.trimmed(value, digits)}{wording.NBSP}{unit}"


def trace(
    result: Result,
    line: str,
    period: datetime.date | int | None = None,
    scenario: int = 0,
) -> Explanation:
    """Explain a line in a month (a day in it, or its number), or a figure without a month.

    Raises `FinanceError` for a line or figure that the model does not have, or a month outside.
    """
    figure = next((f for f in result.case.network.figures if f.id == line), None)
    if figure is not None:
        value = float(result.values.figure(line)[scenario])
        teller = _Teller(result, None, scenario)
        return teller.explain(line, figure.title, figure.unit, figure.expression, value)
    known = result.case.network.line(line)
    month = result.month(0 if period is None else period)
    value = float(result.row(line, scenario)[month])
    teller = _Teller(result, month, scenario, known.id)
    return teller.explain(line, known.title, known.unit, known.expression, value)


class _Teller:
    """Tells one expression of one month (or of a figure) in words."""

    def __init__(self, result: Result, month: int | None, scenario: int, own: str = "") -> None:
        self.result = result
        self.month = month
        self.scenario = scenario
        self.own = own
        self.network: Network = result.case.network
        self.lines = {line.id: line for line in self.network.lines}
        self.figures = {figure.id: figure for figure in self.network.figures}
        self.schedules = {schedule.id: schedule for schedule in self.network.schedules}
        self.found: dict[tuple[str, str], Precedent] = {}

    def explain(
        self, id: str, title: str, unit: str, expression: Expression, value: float
    ) -> Explanation:
        """The whole explanation."""
        formula = self.told(expression, 0)
        inputs, norms = self.roots(id)
        period = (
            wording.month(self.result.case.timeline[self.month]) if self.month is not None else ""
        )
        return Explanation(
            id,
            title,
            period,
            value,
            value_words(value, unit),
            formula,
            tuple(self.found.values()),
            inputs,
            norms,
        )

    def told(self, expression: Expression, binding: int) -> str:
        """An expression in words, in brackets if it binds weaker than its place."""
        if isinstance(expression, Number):
            return wording.trimmed(expression.value)
        if isinstance(expression, Ref):
            return self.named(expression.id, self.month)
        assert isinstance(expression, Apply)
        operator, arguments = expression.operator, expression.arguments
        if operator == "previous":
            assert isinstance(arguments[0], Ref)
            assert self.month is not None
            return self.named(arguments[0].id, self.month - 1)
        if operator == "cumulative":
            before = self.named(self.own, (self.month or 0) - 1)
            return f"{before} + {self.told(arguments[0], 5)}"
        if operator == "looked_up":
            return self.looked_up(arguments)
        if operator == "delayed":
            return self.delayed(arguments)
        word = VOCABULARY[operator]
        inner = word.binding + 1 if operator in _INFIX else 3
        told = [
            self.told(argument, word.binding if n == 0 and operator in _INFIX else inner)
            for n, argument in enumerate(arguments)
        ]
        text = word.words.format(*told)
        return f"({text})" if word.binding < binding else text

    def named(self, id: str, month: int | None) -> str:
        """A line, a figure or an input by its title with its value."""
        if id in self.lines:
            line = self.lines[id]
            if month is None:
                return f"«{line.title}»"
            opening = month < 0
            value = line.opening if opening else float(self.result.row(id, self.scenario)[month])
            when = (
                ""
                if month == self.month
                else ("до начала" if opening else wording.month(self.result.case.timeline[month]))
            )
            return self.noted(id, line.title, value, line.unit, "line", when)
        if id in self.figures:
            figure = self.figures[id]
            value = float(self.result.values.figure(id)[self.scenario])
            return self.noted(id, figure.title, value, figure.unit, "line", "")
        item = self.result.case.input(id)
        kind = "norm" if item.norm else "input"
        value = self.result.input(id, self.scenario)
        return self.noted(id, item.title, value, item.unit, kind, "")

    def noted(self, id: str, title: str, value: float, unit: str, kind: str, when: str) -> str:
        words = value_words(value, unit)
        self.found[id, when] = Precedent(id, title, value, words, kind, when)
        return f"«{title}»{f' ({when})' if when else ''} {words}"

    def delayed(self, arguments: tuple[Expression, ...]) -> str:
        """The value of the earlier month that arrives in this one."""
        assert isinstance(arguments[0], Ref)
        assert self.month is not None
        before = self.month - int(self.value(arguments[1]))
        title = self.lines[arguments[0].id].title
        if before < 0:
            return f"«{title}» (до начала) 0"
        return self.named(arguments[0].id, before)

    def value(self, expression: Expression) -> float:
        """The value of a sum of numbers, inputs and lines in the month."""
        if isinstance(expression, Number):
            return expression.value
        if isinstance(expression, Ref):
            if expression.id in self.lines and self.month is not None:
                return float(self.result.row(expression.id, self.scenario)[self.month])
            return self.result.input(expression.id, self.scenario)
        assert isinstance(expression, Apply)
        assert expression.operator == "add"
        return self.value(expression.arguments[0]) + self.value(expression.arguments[1])

    def looked_up(self, arguments: tuple[Expression, ...]) -> str:
        """The row of a schedule that was in force."""
        assert isinstance(arguments[0], Ref)
        assert self.month is not None
        schedule = self.schedules[arguments[0].id]
        key = arguments[1]
        assert isinstance(key, Ref)
        at = float(self.result.row(key.id, self.scenario)[self.month])
        item = [
            row for row, begins in zip(schedule.rows, schedule.keys, strict=True) if begins <= at
        ][-1]
        return self.named(item.id, None)

    def roots(self, id: str) -> tuple[tuple[Input, ...], tuple[Input, ...]]:
        """All inputs and norms that a line or figure depends on, in the order of the model."""
        wanted: set[str] = set()
        waiting = [id]
        while waiting:
            name = waiting.pop()
            if name in wanted:
                continue
            wanted.add(name)
            item = self.lines.get(name) or self.figures.get(name)
            if item is not None:
                waiting.extend(names(item.expression))
            elif name in self.schedules:
                waiting.extend(row.id for row in self.schedules[name].rows)
        found = [item for item in self.network.values if item.id in wanted]
        return (
            tuple(item for item in found if not item.norm),
            tuple(item for item in found if item.norm),
        )
