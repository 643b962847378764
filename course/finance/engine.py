"""Evaluates a network of lines by numpy: scenarios × months.

A value that no scenario changes is kept as one row, (1, T), and takes part in everything by
broadcasting. Rows that do not need their own past are computed whole; blocks that do are computed
month by month, after everything in them that does not depend on the block was computed whole.
Every operation is done element by element in the same order for one scenario and for many, so
that a row of many equals the single run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np

from course.errors import Fault, FinanceError
from course.finance.discounting import Array
from course.finance.lines import Apply, Expression, Line, Number, Ref
from course.finance.network import Block, Network
from course.finance.operations import ELEMENTWISE, delayed, finite, fit, narrow, year_to_date

CHUNK = 2_000  # scenarios at a time: the rows in work then stay within the processor's cache


@dataclass(frozen=True)
class Values:
    """What a network came to: rows by line id, (1 or S, T); figures by id, (1 or S,).

    `given` holds the inputs that the scenarios changed, (S,).
    """

    scenarios: int
    months: int
    rows: Mapping[str, Array]
    figures: Mapping[str, Array]
    given: Mapping[str, Array]

    def __getitem__(self, id: str) -> Array:
        """The values of a line, shape (S, T)."""
        if id not in self.rows:
            raise FinanceError(f"в результате нет строки «{id}»")
        return np.broadcast_to(self.rows[id], (self.scenarios, self.months))

    def figure(self, id: str) -> Array:
        """The values of a figure, shape (S,)."""
        return np.broadcast_to(self.figures[id], (self.scenarios,))


def evaluate(
    network: Network,
    scenarios: Mapping[str, Array | Collection[float]] | None = None,
    keep: Collection[str] | None = None,
    chunk: int = CHUNK,
    figures: Collection[str] | None = None,
) -> Values:
    """All lines and figures for all scenarios.

    `scenarios` gives, for ids of inputs, one value per scenario; the others keep their own. `keep`
    names the lines to be kept, `figures` the figures (all by default): with both named, only what
    they need is computed, and many scenarios need little memory and time.
    Raises `FinanceError` for an unknown input, line or figure, for lengths that differ, and for a
    line that comes to no number.
    """
    given = _scenario_values(network, scenarios or {})
    needed = _needed(network, keep, figures)
    held = _held(network, keep, needed)
    count = max((len(column) for column in given.values()), default=1)
    parts = []
    for start in range(0, count, chunk):
        piece = {id: column[start : start + chunk] for id, column in given.items()}
        run = _Run(network, piece, needed, held)
        with np.errstate(all="ignore"):  # what comes to no number is refused line by line
            run.lines()
            single = run.figures()
        parts.append((run.kept(keep), single, min(chunk, count - start)))
    if len(parts) == 1:
        return Values(count, network.months, parts[0][0], parts[0][1], given)
    rows = {id: _joined([(p[0][id], p[2]) for p in parts]) for id in parts[0][0]}
    singles = {id: _joined([(p[1][id], p[2]) for p in parts]) for id in parts[0][1]}
    return Values(count, network.months, rows, singles, given)


def _needed(
    network: Network, keep: Collection[str] | None, figures: Collection[str] | None
) -> frozenset[str]:
    """The ids of everything that the kept lines and figures are made of, themselves included."""
    needs = network.needs
    if keep is None and figures is None:
        return frozenset(needs)
    wanted = list(keep if keep is not None else (line.id for line in network.lines))
    wanted += figures if figures is not None else (item.id for item in network.figures)
    unknown = [id for id in wanted if id not in needs]
    if unknown:
        raise FinanceError([Fault("", id, "в модели нет такой строки") for id in unknown])
    found: set[str] = set()
    while wanted:
        id = wanted.pop()
        if id not in found and id in needs:
            found.add(id)
            wanted += needs[id]
    return frozenset(found)


def _held(
    network: Network, keep: Collection[str] | None, needed: Collection[str]
) -> frozenset[str]:
    """The ids of the lines that somebody looks at when all are computed."""
    if keep is None:
        return network.ids
    counted = (network.needs[item.id] for item in network.figures if item.id in needed)
    return frozenset(keep).union(*counted)


def _joined(pieces: list[tuple[Array, int]]) -> Array:
    if all(piece.shape[0] == 1 for piece, _ in pieces) and any(size > 1 for _, size in pieces):
        return pieces[0][0]
    return np.concatenate(
        [np.broadcast_to(piece, (size, *piece.shape[1:])) for piece, size in pieces]
    )


def _scenario_values(
    network: Network, scenarios: Mapping[str, Array | Collection[float]]
) -> dict[str, Array]:
    known = {item.id for item in network.values}
    given: dict[str, Array] = {}
    faults = []
    for id, column in scenarios.items():
        array = np.asarray(column, dtype=np.float64)
        if id not in known:
            faults.append(Fault("", id, "такого исходного данного в модели нет"))
        elif array.ndim != 1 or not array.size or not np.isfinite(array).all():
            faults.append(Fault("", id, "нужен ряд чисел, по одному на сценарий"))
        given[id] = array
    if len({array.size for array in given.values()}) > 1:
        faults.append(Fault("", ", ".join(given), "рядам сценариев нужна одна и та же длина"))
    if faults:
        raise FinanceError(faults)
    return given


class _Run:
    """One evaluation of a network for one chunk of scenarios."""

    def __init__(
        self,
        network: Network,
        scenarios: Mapping[str, Array],
        needed: Collection[str],
        held: Collection[str],
    ) -> None:
        self.network = network
        self.needed = needed
        self.held = held
        self.inputs = {
            item.id: (
                scenarios[item.id][:, None] if item.id in scenarios else np.array([[item.value]])
            )
            for item in network.values
        }
        self.schedules = {schedule.id: schedule for schedule in network.schedules}
        self.by_id = {line.id: line for line in network.lines}
        self.rows: dict[str, Array] = {}
        self.singles: dict[str, Array] = {}

    # whole rows

    def lines(self) -> None:
        """Compute every line that is needed, block by block; a block is needed whole.

        A row that nobody needs any more is let go at once: the next rows take its place in the
        cache, and the memory of a chunk does not grow with the number of lines.
        """
        for block, finished in zip(self.network.blocks, self.network.finished, strict=True):
            if block.lines[0].id in self.needed:
                self.block(block)
            for id in finished:
                if id not in self.held:
                    self.rows.pop(id, None)

    def block(self, block: Block) -> None:
        """Compute the lines of one block."""
        if block.recurrent:
            self.months(block)
        else:
            line = block.lines[0]
            self.rows[line.id] = self._whole(self.row(line.expression, line))
        for line in block.lines:
            if line.id in self.network.risky:
                self.refuse_no_number(line)

    def refuse_no_number(self, line: Line) -> None:
        """`FinanceError` when a value of the line is no number: a division by zero, an overflow."""
        if not finite(narrow(self.rows[line.id])):
            what = "значение не вычисляется (деление на ноль или слишком большое число)"
            raise FinanceError(Fault("", f"строка «{line.title}» ({line.id})", what))

    def _whole(self, row: Array) -> Array:
        if row.shape[-1] == self.network.months:
            return row
        return np.broadcast_to(row, (row.shape[0], self.network.months))

    def row(self, expression: Expression, line: Line | None = None) -> Array:
        """The values of an expression for all months, (1 or S, T or 1)."""
        if isinstance(expression, Number):
            return np.array([[expression.value]])
        if isinstance(expression, Ref):
            if expression.id in self.inputs:
                return self.inputs[expression.id]
            if expression.id in self.singles:
                return self.singles[expression.id]
            return narrow(self.rows[expression.id])
        assert isinstance(expression, Apply)
        operator, arguments = expression.operator, expression.arguments
        if operator in ELEMENTWISE:
            return ELEMENTWISE[operator](*(self.row(a, line) for a in arguments))
        return self.along(operator, arguments, line)

    def along(self, operator: str, arguments: tuple[Expression, ...], line: Line | None) -> Array:
        """Operators that look along the row."""
        first = arguments[0]
        if operator == "previous":
            assert isinstance(first, Ref)
            row = self.rows[first.id]
            opening = np.full((row.shape[0], 1), self.by_id[first.id].opening)
            return np.concatenate([opening, row[:, :-1]], axis=1)
        if operator == "delayed":
            assert isinstance(first, Ref)
            return delayed(self.rows[first.id], self.row(arguments[1]))
        if operator == "cumulative":
            assert line is not None
            row = self._whole(self.row(first)).copy()
            row[:, 0] += line.opening
            return np.cumsum(row, axis=1)
        if operator == "year_to_date":
            return year_to_date(self._whole(self.row(first)), self.rows["time.month"])
        assert isinstance(first, Ref)
        if operator == "looked_up":
            return self.looked_up(first.id, self.row(arguments[1]))
        return self.aggregate(operator, first.id, arguments)

    def looked_up(self, id: str, at: Array) -> Array:
        """The value of the last row of a schedule that begins at or before `at`."""
        schedule = self.schedules[id]
        values = np.concatenate(
            np.broadcast_arrays(*(self.inputs[row.id] for row in schedule.rows)), axis=1
        )
        position = np.searchsorted(np.array(schedule.keys), at, side="right") - 1
        if (position < 0).any():
            what = "расчёт начинается раньше первого известного значения"
            raise FinanceError(Fault("", schedule.title, what))
        return np.take_along_axis(*fit(values, position), axis=1)

    # month by month

    def months(self, block: Block) -> None:
        """Compute a block whose lines need each other's past."""
        plans = [
            (line, {id(part): np.asfortranarray(self._whole(self.row(part))) for part in parts})
            for line, parts in zip(block.lines, block.parts, strict=True)
        ]
        count = max(
            [1, *(p.shape[0] for _, plan in plans for p in plan.values())],
        )
        for line in block.lines:  # a month of all scenarios lies together in memory
            self.rows[line.id] = np.empty((count, self.network.months), order="F")
        cells = [(self.rows[line.id], self._cell(line.expression, plan)) for line, plan in plans]
        for month in range(self.network.months):
            for row, cell in cells:
                row[:, month] = cell(month)
        for line in block.lines:
            self.rows[line.id] = np.ascontiguousarray(self.rows[line.id])

    def _cell(self, expression: Expression, plan: Mapping[int, Array]) -> Callable[[int], Array]:
        """What gives the value of an expression in a month: worked out once for all months."""
        known = plan.get(id(expression))
        if known is not None:
            return lambda month: known[:, month]
        if isinstance(expression, Ref):
            row = self.rows[expression.id]
            return lambda month: row[:, month]
        assert isinstance(expression, Apply)
        if expression.operator == "previous":
            before = expression.arguments[0]
            assert isinstance(before, Ref)
            past = self.rows[before.id]
            opening = np.full(past.shape[0], self.by_id[before.id].opening)
            return lambda month: past[:, month - 1] if month else opening
        operation = ELEMENTWISE[expression.operator]
        arguments = [self._cell(argument, plan) for argument in expression.arguments]
        if len(arguments) == 2:  # nearly all of them: worth a shorter way
            left, right = arguments
            return lambda month: operation(left(month), right(month))
        return lambda month: operation(*[argument(month) for argument in arguments])

    # figures

    def figures(self) -> dict[str, Array]:
        """Every figure that is needed, shape (1 or S,)."""
        found: dict[str, Array] = {}
        for figure in self.network.figures:
            if figure.id not in self.needed:
                continue
            single = self.row(figure.expression)
            self.singles[figure.id] = single
            found[figure.id] = single[:, 0]
        return found

    def aggregate(self, operator: str, id: str, arguments: tuple[Expression, ...]) -> Array:
        """One value out of a whole row, shape (1 or S, 1)."""
        row = self.rows[id]
        if operator == "total":
            return np.asarray(row.sum(axis=1, keepdims=True))
        if operator == "lowest":
            return np.asarray(row.min(axis=1, keepdims=True))
        if operator == "highest":
            return np.asarray(row.max(axis=1, keepdims=True))
        if operator == "last":
            return row[:, -1:]
        if operator == "months_in":
            return np.array([[float(row.shape[1])]])
        second = self.row(arguments[1])
        position = np.clip(np.floor(second).astype("int64") - 1, 0, row.shape[1] - 1)
        return np.take_along_axis(*fit(row, position), axis=1)

    def kept(self, keep: Collection[str] | None) -> dict[str, Array]:
        """The rows that the caller wants; none of them may hold what is no number."""
        wanted = self.rows if keep is None else {id: self.rows[id] for id in keep}
        for id in wanted:
            if id not in self.network.risky:  # the others were looked at when they were made
                self.refuse_no_number(self.by_id[id])
        return wanted
