"""The syntax of a code cell: its tree, the names that it binds, and those that it mentions."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from course.sandbox.checker import parsed


def tree(source: str) -> ast.Module | None:
    """The tree of a source; nothing for what is no Python."""
    try:
        return parsed(source)
    except SyntaxError:
        return None


def tree_of(cell: Mapping[str, Any]) -> ast.Module | None:
    """The tree of a code cell; nothing for text and for what is no Python."""
    return tree(str(cell["source"])) if cell["cell_type"] == "code" else None


def used(node: ast.AST) -> set[str]:
    """The names that a cell or a statement mentions, wherever in it."""
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def bound(node: ast.AST) -> set[str]:
    """The names that a cell or a statement binds, wherever in it."""
    names: set[str] = set()
    for each in ast.walk(node):
        match each:
            case ast.Name(id=name, ctx=ast.Store()):
                names.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                names.add(name)
            case ast.ClassDef(name=name):
                names.add(name)
            case ast.alias(name=name, asname=other):
                names.add((other or name).split(".")[0])
    return names
