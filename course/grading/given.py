"""What cells of the author's give to other cells: names to the checks, and names of the checks.

A check may use what an unlocked cell of the author's imports. It gets the real thing, and not the
participant's, who can edit that cell. And a participant's cell may use what a check above it
imported or bound: that is run in the participant's program too, its hidden part never.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from course.grading import syntax

_IMPORTS = (ast.Import, ast.ImportFrom)


@dataclass(frozen=True)
class Given:
    """Steps to run besides, by the id of the code cell that they stand before or after."""

    before: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    after: dict[str, list[dict[str, str]]] = field(default_factory=dict)


def given_names(
    cells: Iterable[Mapping[str, Any]], tests: Collection[str], around: tuple[str, str]
) -> Given:
    """The steps for the cells of one notebook of ours; `tests` are the ids of its checks.

    The hidden part of a check stands between the words `around`.
    """
    found = Given()
    trees = [(cell, tree) for cell in cells if (tree := syntax.tree_of(cell)) is not None]
    checks = [tree for cell, tree in trees if _identity(cell) in tests]
    solved = set[str]().union(
        *(syntax.bound(tree) for cell, tree in trees if _marked(cell, "solution"))
    )
    asked = set[str]().union(*map(syntax.used, checks))
    for at, (cell, tree) in enumerate(trees):
        if _identity(cell) in tests:
            later = {
                name for other, below in trees[at + 1 :]
                if _identity(other) not in tests for name in syntax.used(below)
            }  # fmt: skip
            steps = [
                _step("own", node) for node in _seen(cell, tree, around) if _shared(node, later)
            ]
            found.after[cell["id"]] = steps
        elif not _marked(cell, "locked") or _marked(cell, "solution"):
            found.before[cell["id"]] = [
                _step("clean", node)
                for node in tree.body
                if isinstance(node, _IMPORTS) and syntax.bound(node) & asked
                and not syntax.bound(node) & solved and not _marked(cell, "solution")
            ]  # fmt: skip
    return found


def _step(kind: str, node: ast.stmt) -> dict[str, str]:
    return {"kind": kind, "cell": "", "source": ast.unparse(node)}


def _shared(node: ast.stmt, later: Collection[str]) -> bool:
    """Whether a statement of a check gives a name that a cell further down may need."""
    if isinstance(node, _IMPORTS):
        return True
    kinds = (ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
    return isinstance(node, kinds) and not syntax.bound(node).isdisjoint(later)


def _seen(cell: Mapping[str, Any], tree: ast.Module, around: tuple[str, str]) -> Iterator[ast.stmt]:
    """The statements of a check that participants see."""
    hidden: set[int] = set()
    inside = False
    for number, text in enumerate(str(cell["source"]).splitlines(), start=1):
        inside = inside or around[0] in text
        hidden |= {number} if inside else set()
        inside = inside and (not around[1] or around[1] not in text)
    for node in tree.body:
        if hidden.isdisjoint(range(node.lineno, (node.end_lineno or node.lineno) + 1)):
            yield node


def _marked(cell: Mapping[str, Any], key: str) -> bool:
    return bool(cell["metadata"].get("nbgrader", {}).get(key))


def _identity(cell: Mapping[str, Any]) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))
