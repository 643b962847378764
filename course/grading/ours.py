"""Names in a check that are ours alone: no participant's value ever stands in their place.

A check says `assert len(rows) == len(EXPECTED)`. Whoever defines a `len` or an `EXPECTED` of their
own must not be asked for it: the built-in stays what Python has, the data of a locked cell stays
what the author wrote there. Only what the author's own solution brings, or works on, is theirs. A
constant that it only reads stays ours, and what it imports is the real thing.
"""

from __future__ import annotations

import ast
import builtins
import copy
from collections.abc import Callable, Iterable
from functools import lru_cache

from course.grading import syntax

# a stub in place of the author's solution: what the solution works on can't be known from it
_STUBS = ("YOUR CODE HERE", "NotImplementedError")


def ours(own: Iterable[str], rest: Iterable[str]) -> list[str]:
    """The names of a notebook that are ours, by what its author's cells bind and mention.

    `own` are the sources that a participant writes anew, `rest` those of all other code cells, the
    checks among them. The list holds only names that `rest` speaks of.
    """
    solutions, given, solved = _read(tuple(own), tuple(rest))
    made = _all(syntax.bound, solutions)
    kept = set(dir(builtins)) - made
    if solved:
        kept |= _all(syntax.bound, given) - made - _all(syntax.used, solutions)
    return sorted(kept & (_all(syntax.used, given) | _all(syntax.bound, given)))


def lent(own: Iterable[str], rest: Iterable[str]) -> list[str]:
    """The names that our cells bind and the author's solution reads, but never binds anew."""
    solutions, given, solved = _read(tuple(own), tuple(rest))
    read = _all(syntax.bound, given) & _all(syntax.used, solutions) if solved else set()
    return sorted(read - _all(syntax.bound, solutions))


def imports(own: Iterable[str], rest: Iterable[str]) -> dict[str, str]:
    """What the author's solution only imports and other cells use: the import by the name."""
    solutions, given, _ = _read(tuple(own), tuple(rest))
    lines: dict[str, str] = {}
    made: set[str] = set()
    for node in (node for tree in solutions for node in tree.body):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for each in node.names:
                alone = copy.copy(node)
                alone.names = [each]
                lines |= dict.fromkeys(syntax.bound(alone), ast.unparse(alone))
        else:
            made |= syntax.bound(node)
    return {name: lines[name] for name in sorted(lines.keys() & _all(syntax.used, given) - made)}


@lru_cache(maxsize=8)  # asked for thrice for each submission, always of the same notebooks
def _read(
    own: tuple[str, ...], rest: tuple[str, ...]
) -> tuple[list[ast.Module], list[ast.Module], bool]:
    """The trees of a participant's cells and of ours; and whether the solution is all there."""
    given = [tree for tree in map(syntax.tree, rest) if tree]
    solutions = [tree for tree in map(syntax.tree, own) if tree]
    solved = len(solutions) == len(own) and not any(
        stub in source for source in own for stub in _STUBS
    )
    return solutions, given, solved


def _all(names: Callable[[ast.Module], Iterable[str]], trees: Iterable[ast.Module]) -> set[str]:
    return {name for tree in trees for name in names(tree)}
