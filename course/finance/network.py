"""A network of lines: checked once, and put in the order in which it can be computed.

Lines that need each other through `previous` form a block, which is computed month by month; all
others are computed as whole rows. A cycle within one month is refused with the names in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from course.errors import Fault, FinanceError
from course.finance.lines import (
    AGGREGATES,
    Apply,
    Expression,
    Figure,
    Input,
    Line,
    Ref,
    Schedule,
    names,
    same_month_names,
    walk,
)

MONTHS_LIMIT = 300  # 25 years


@dataclass(frozen=True)
class Block:
    """Lines that are computed together: one whole row, or several month by month.

    `parts` are, for each line of a recurrent block, the largest parts of its expression that do
    not depend on the block: they are computed as whole rows first.
    """

    lines: tuple[Line, ...]
    recurrent: bool
    parts: tuple[tuple[Expression, ...], ...] = ()


@dataclass(frozen=True)
class Network:
    """Inputs, dated inputs, lines and figures over a number of months; faults are all told at once.

    Raises `FinanceError` for ids that stand twice or are unknown, for operators in a wrong place
    and for lines that need each other within the same month.
    """

    months: int
    inputs: tuple[Input, ...]
    schedules: tuple[Schedule, ...]
    lines: tuple[Line, ...]
    figures: tuple[Figure, ...] = ()
    blocks: tuple[Block, ...] = field(init=False, repr=False, compare=False)
    needs: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    risky: frozenset[str] = field(init=False, repr=False, compare=False)
    finished: tuple[tuple[str, ...], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not 1 <= self.months <= MONTHS_LIMIT:
            raise FinanceError(f"в модели может быть от 1 до {MONTHS_LIMIT} месяцев")
        faults = [*_double_ids(self), *_unknown_names(self), *_misplaced(self)]
        if faults:
            raise FinanceError(faults)
        object.__setattr__(self, "blocks", tuple(_blocks(self.lines)))
        object.__setattr__(self, "needs", {one.id: _needs(one) for one in self.formulas})
        object.__setattr__(self, "risky", frozenset(one.id for one in self.lines if _risky(one)))
        object.__setattr__(self, "finished", _finished(self.blocks, self.needs))

    @property
    def values(self) -> tuple[Input, ...]:
        """All numbers that were put in, the rows of dated inputs included."""
        return self.inputs + tuple(row for schedule in self.schedules for row in schedule.rows)

    @property
    def formulas(self) -> tuple[Line | Figure, ...]:
        """Everything that has an expression: lines, then figures."""
        return self.lines + self.figures

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all lines."""
        return frozenset(line.id for line in self.lines)

    def line(self, id: str) -> Line:
        """The line with this id; `FinanceError` when there is none."""
        found = next((line for line in self.lines if line.id == id), None)
        if found is None:
            raise FinanceError(f"в модели нет строки «{id}»")
        return found


def _finished(
    blocks: Sequence[Block], needs: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, ...], ...]:
    """By block: the lines that no later block needs."""
    last: dict[str, int] = {}
    for number, block in enumerate(blocks):
        for line in block.lines:
            last.update(dict.fromkeys((line.id, *needs[line.id]), number))
    found: list[list[str]] = [[] for _ in blocks]
    for id, number in last.items():
        found[number].append(id)
    return tuple(map(tuple, found))


def _needs(item: Line | Figure) -> tuple[str, ...]:
    """The ids that a line or figure is made of, the calendar of `year_to_date` included."""
    found = names(item.expression)
    if any(isinstance(n, Apply) and n.operator == "year_to_date" for n in walk(item.expression)):
        return (*found, "time.month")
    return found


def _risky(line: Line) -> bool:
    """Whether a line divides or raises to a power: only there numbers stop being numbers."""
    found = (node.operator for node in walk(line.expression) if isinstance(node, Apply))
    return any(operator in {"divide", "power"} for operator in found)


def _independent(expression: Expression, members: set[str]) -> Iterator[Expression]:
    """The largest parts of an expression that do not depend on the lines of a block."""
    if not members & set(names(expression)):
        yield expression
    elif isinstance(expression, Apply):
        for argument in expression.arguments:
            yield from _independent(argument, members)


def _double_ids(network: Network) -> Iterable[Fault]:
    ids = [item.id for item in network.values]
    ids += [schedule.id for schedule in network.schedules]
    ids += [item.id for item in network.formulas]
    for twice in sorted({id for id in ids if ids.count(id) > 1}):
        yield Fault("", twice, "это имя в модели стоит дважды")


def _unknown_names(network: Network) -> Iterable[Fault]:
    inputs = {item.id for item in network.inputs}
    schedules = {schedule.id for schedule in network.schedules}
    lines = {line.id for line in network.lines}
    figures: set[str] = set()
    for item in network.formulas:
        known = inputs | schedules | lines
        if isinstance(item, Figure):
            known = known | figures
            figures.add(item.id)
        for name in names(item.expression):
            if name not in known:
                yield Fault("", _where(item), f"строка ссылается на «{name}», которой нет")


def _where(item: Line | Figure) -> str:
    location = f", {item.location}" if isinstance(item, Line) and item.location else ""
    return f"строка «{item.title}» ({item.id}{location})"


def _misplaced(network: Network) -> Iterable[Fault]:
    """Operators that need a plain name, and aggregates outside of figures."""
    schedules = {schedule.id for schedule in network.schedules}
    lines = {line.id for line in network.lines}
    for item in network.formulas:
        for node in walk(item.expression):
            if not isinstance(node, Apply):
                continue
            first = node.arguments[0]
            name = first.id if isinstance(first, Ref) else ""
            if node.operator in {"previous", "delayed"} and name not in lines:
                yield Fault("", _where(item), f"«{node.operator}» берётся только от строки")
            if node.operator == "looked_up" and name not in schedules:
                yield Fault("", _where(item), f"«{node.operator}» берётся только от ряда значений")
            if node.operator in AGGREGATES and isinstance(item, Line):
                yield Fault("", _where(item), f"«{node.operator}» допустим только в итогах")
            if node.operator in AGGREGATES and name not in lines:
                yield Fault("", _where(item), f"«{node.operator}» берётся только от строки")
            whole_row = node.operator in {"cumulative", "year_to_date"}
            if whole_row and node is not item.expression:
                yield Fault("", _where(item), f"«{node.operator}» должен быть всей формулой строки")


def _blocks(lines: tuple[Line, ...]) -> Iterable[Block]:
    """The lines in an order in which each can be computed (Tarjan's strong components)."""
    known = {line.id: line for line in lines}
    needs = {line.id: [n for n in names(line.expression) if n in known] for line in lines}
    for component in _components(needs):
        members = set(component)
        recurrent = len(component) > 1 or component[0] in needs[component[0]]
        order = _within_month([known[id] for id in component], members)
        _refuse_whole_rows(order, members)
        parts = tuple(tuple(_independent(line.expression, members)) for line in order)
        yield Block(tuple(order), recurrent, parts if recurrent else ())


def _components(needs: Mapping[str, list[str]]) -> list[list[str]]:
    """Strongly connected components, those needed by others first; iterative, any depth."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    found: list[list[str]] = []
    for root in needs:
        if root in index:
            continue
        work = [(root, iter(needs[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, below = work[-1]
            advanced = False
            for child in below:
                if child not in index:
                    index[child] = low[child] = len(index)
                    stack.append(child)
                    on_stack.add(child)
                    work.append((child, iter(needs[child])))
                    advanced = True
                    break
                if child in on_stack:
                    low[node] = min(low[node], index[child])
            if advanced:
                continue
            work.pop()
            if work:
                parent = work[-1][0]
                low[parent] = min(low[parent], low[node])
            if low[node] == index[node]:
                cut = stack.index(node)
                component, stack[cut:] = stack[cut:], []
                on_stack.difference_update(component)
                found.append(component)
    return found


def _within_month(lines: list[Line], members: set[str]) -> list[Line]:
    """The lines of a block in the order of one month; a cycle is refused with its names."""
    order: list[Line] = []
    done: set[str] = set()
    waiting = list(lines)
    while waiting:
        ready = [
            line
            for line in waiting
            if all(n in done or n not in members for n in same_month_names(line.expression))
        ]
        if not ready:
            cycle = ", ".join(f"«{line.title}» ({line.id}, {line.location})" for line in waiting)
            raise FinanceError(
                Fault(
                    "",
                    "",
                    f"строки ссылаются друг на друга в одном и том же месяце: {cycle}",
                    "Возьмите значение прошлого месяца",
                )
            )
        order.extend(ready)
        done.update(line.id for line in ready)
        waiting = [line for line in waiting if line.id not in done]
    return order


def _refuse_whole_rows(order: list[Line], members: set[str]) -> None:
    """In a block computed month by month nothing may need a whole row of the same block."""
    faults = [
        Fault("", _where(line), f"«{node.operator}» от строки, которая зависит от этой же")
        for line in order
        for node in walk(line.expression)
        if isinstance(node, Apply)
        and node.operator in {"delayed", "cumulative", "year_to_date"}
        and members & set(_below(node))
    ]
    if faults:
        raise FinanceError(faults)


def _below(node: Apply) -> tuple[str, ...]:
    return tuple(name for argument in node.arguments for name in names(argument))
