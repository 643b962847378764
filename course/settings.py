"""A course's own settings in `nbgrader_config.py`, read without running a line of it.

Beside it, or in its place, nbgrader reads `nbgrader_config.json`, whose values go before.

Names of folders are often put together: `os.path.join("in", "works")`, `f"{TERM}/source"`, a path
beside the file. That much is worked out here; what else a program could do is not, and is told.
"""

from __future__ import annotations

import ast
import contextlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Value = str | bool | None
Stored = Mapping[str, Mapping[str, Any]]  # what the JSON file holds, by section
_NONE: Stored = {}
_EXECUTE = ("Execute", "ExecutePreprocessor", "NotebookClient")  # the nearer one is heard first


class _BeyondError(Exception):
    """An expression that is not worked out here."""


def stored(text: str) -> Stored:
    """The sections in the `text` of the JSON file; none if it is no such file."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    sections = data.items() if isinstance(data, dict) else ()
    return {name: section for name, section in sections if isinstance(section, dict)}


def directory(text: str, file: Path, more: Stored = _NONE) -> dict[str, Value]:
    """The settings of nbgrader's `CourseDirectory` in the `text` of the settings' `file`.

    `more` are those of the JSON file. `None` stands for a value that is not known without running
    the program.
    """
    held = more.get("CourseDirectory", {})
    known = {key: value if isinstance(value, str | bool) else None for key, value in held.items()}
    return _written(text, file) | known


def _written(text: str, file: Path) -> dict[str, Value]:
    """What the program gives to `CourseDirectory`, as far as it is known without running it."""
    found: dict[str, Value] = {}
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return found
    known: dict[str, str | bool] = {"__file__": str(file)}
    with contextlib.suppress(RecursionError):  # such a line is no setting
        tree = _Direct().visit(tree)
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            _assign(statement, known, found)
            continue
        for node in ast.walk(statement):  # under a condition, in a loop, in a function
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                known.pop(node.id, None)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                found |= {setting: None for setting in [_setting(node)] if setting}
    return found


def patience(text: str, more: Stored = _NONE) -> float | None:
    """The seconds that nbgrader gives a cell by the `text` of the settings; `None` if not told.

    `more` are those of the JSON file. 0 stands for no limit.
    """
    found: dict[str, float] = {}
    try:
        statements = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError):
        statements = []
    for statement in statements:
        match statement:
            case ast.Assign([ast.Attribute(ast.Attribute(attr=section), attr="timeout")], value):
                with contextlib.suppress(ValueError, TypeError, RecursionError):
                    if section in _EXECUTE:
                        found[section] = max(0.0, float(ast.literal_eval(value) or 0))
    for section in _EXECUTE:
        with contextlib.suppress(KeyError, ValueError, TypeError):
            found[section] = max(0.0, float(more[section]["timeout"] or 0))
    return next((found[section] for section in _EXECUTE if section in found), None)


def hidden(text: str, more: Stored = _NONE) -> tuple[str, str]:
    """Between which words the hidden part of a check stands, by the `text` of the settings.

    `more` are those of the JSON file. Words that are not known without running the program are told
    as empty: all may be hidden then.
    """
    found = {"begin": "BEGIN HIDDEN TESTS", "end": "END HIDDEN TESTS"}
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError):
        nodes = []
    for node in nodes:
        match node:
            case ast.Assign(
                [ast.Attribute(ast.Attribute(attr="ClearHiddenTests"), attr=setting)], value
            ) if (which := setting.partition("_")[0]) in found:
                told = value.value if isinstance(value, ast.Constant) else ""
                found[which] = told if isinstance(told, str) else ""
    for setting, told in more.get("ClearHiddenTests", {}).items():
        if (which := setting.partition("_")[0]) in found:
            found[which] = told if isinstance(told, str) else ""
    return (found["begin"], found["end"]) if all(found.values()) else ("", "")


class _Direct(ast.NodeTransformer):
    """Puts `c.CourseDirectory` where a name stands that was given to it."""

    def __init__(self) -> None:
        self._names: dict[str, ast.Attribute] = {}

    def visit_Assign(self, node: ast.Assign) -> ast.Assign:
        """Note a name for the section, or go on inside."""
        match node:
            case ast.Assign([ast.Name(name)], ast.Attribute(attr="CourseDirectory") as section):
                self._names[name] = section
                return node
        self.generic_visit(node)
        return node

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """What the name stands for."""
        return self._names.get(node.id, node)


def _assign(statement: ast.Assign, known: dict[str, str | bool], found: dict[str, Value]) -> None:
    value: Value
    try:
        value = _value(statement.value, known)
    except (_BeyondError, RecursionError):
        value = None
    for target in statement.targets:
        if setting := _setting(target):
            found[setting] = value
        elif isinstance(target, ast.Name):
            known.pop(target.id, None)
            if value is not None:
                known[target.id] = value


def _setting(target: ast.expr) -> str:
    """The name of the setting that is given a value; empty if it is none of `CourseDirectory`."""
    match target:
        case ast.Attribute(ast.Attribute(attr="CourseDirectory"), attr=setting):
            return setting
    return ""


def _value(node: ast.expr, known: Mapping[str, str | bool]) -> str | bool:
    """The value of an expression that is made of texts and paths."""
    match node:
        case ast.Constant(str(value)) | ast.Constant(bool(value)):
            return value
        case ast.Name(name) if name in known:
            return known[name]
        case ast.JoinedStr(parts):
            return "".join(_text(part, known) for part in parts)
        case ast.FormattedValue(inner, -1, None):
            return _text(inner, known)
        case ast.BinOp(left, ast.Add(), right):
            return _text(left, known) + _text(right, known)
        case ast.BinOp(left, ast.Div(), right):  # of a `Path`
            return os.path.join(_text(left, known), _text(right, known))  # noqa: PTH118
        case ast.Attribute(inner, "parent"):
            return os.path.dirname(_text(inner, known))  # noqa: PTH120
        case ast.Call(ast.Attribute(inner, "resolve" | "absolute" | "as_posix"), [], []):
            return _text(inner, known)
        case ast.Call(called, words, []) if (name := ast.unparse(called)) in _KNOWN:
            return _KNOWN[name](*[_text(word, known) for word in words])
    raise _BeyondError


def _text(node: ast.expr, known: Mapping[str, str | bool]) -> str:
    value = _value(node, known)
    if not isinstance(value, str):
        raise _BeyondError
    return value


def _same(*words: str) -> str:
    if len(words) != 1:
        raise _BeyondError
    return words[0]


def _above(*words: str) -> str:
    return os.path.dirname(_same(*words))  # noqa: PTH120


def _joined(*words: str) -> str:
    if not words:
        raise _BeyondError
    return os.path.join(*words)  # noqa: PTH118


_KNOWN: dict[str, Callable[..., str]] = {
    **dict.fromkeys(("os.path.join", "path.join", "join", "Path", "pathlib.Path"), _joined),
    **dict.fromkeys(("os.path.dirname", "dirname", "path.dirname"), _above),
    **dict.fromkeys(("str", "os.fspath", "os.path.abspath", "os.path.realpath", "abspath",
                     "os.path.normpath"), _same),
}  # fmt: skip
