"""Models with one operator changed: each must be caught by the hand-worked reference or a check."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from course.finance.lines import Apply, Expression, Line
from course.finance.network import Network

OTHER = {
    "add": "subtract",
    "subtract": "add",
    "multiply": "divide",
    "divide": "multiply",
    "minimum": "maximum",
    "maximum": "minimum",
    "less": "at_least",
    "at_least": "less",
}


@dataclass(frozen=True)
class Mutant:
    """A network in which one operator of one line was changed; `name` says which."""

    name: str
    network: Network


def mutants(network: Network, but: Collection[Line] = ()) -> Iterator[Mutant]:
    """Every operator of every line, one at a time; `but` leaves lines out that are known."""
    known = {(line.id, line.expression) for line in but}
    for at, line in enumerate(network.lines):
        if (line.id, line.expression) in known:
            continue
        for number, expression in enumerate(_changed(line.expression)):
            changed: Line = replace(line, expression=expression)
            lines = (*network.lines[:at], changed, *network.lines[at + 1 :])
            yield Mutant(f"{line.id}#{number}", replace(network, lines=lines))


def _changed(expression: Expression) -> Iterator[Expression]:
    if not isinstance(expression, Apply):
        return
    if expression.operator in OTHER:
        yield replace(expression, operator=OTHER[expression.operator])
    for at, argument in enumerate(expression.arguments):
        for changed in _changed(argument):
            arguments = (*expression.arguments[:at], changed, *expression.arguments[at + 1 :])
            yield replace(expression, arguments=arguments)
