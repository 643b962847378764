"""The master of an assignment: our own notebook from `source/`, which grading trusts.

Everything but the answers comes from here: the checks with their hidden parts, the points, the
words around them. A participant's notebook never replaces any of it.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from course.errors import Fault, GradingError
from course.files import MEBIBYTE, read_bytes
from course.folder import CourseFolder, given_name
from course.grading import syntax
from course.grading.formats import modern, require_python, require_written

UNTOLD = "…"  # in a question: words that are known only when its cell runs
_HEADING = re.compile(r"^#{1,2}\s+(.+?)\s*#*$", re.MULTILINE)
_FIELDS = frozenset({"number", "choice", "choices", "table", "text", "date", "match"})


@dataclass(frozen=True)
class GradedCell:
    """A cell that brings points: its id, what it is worth, the heading it stands under.

    `question` is the last form field asked before it.
    """

    id: str
    points: float
    section: str
    question: str


@dataclass(frozen=True)
class Book:
    """One notebook of an assignment: `cells` as the master holds them, the rest as it was.

    nbgrader's cell ids are unique in a notebook only. Where an assignment has several, `prefix`
    stands before each id in the master, and is taken off again in whatever nbgrader reads.
    """

    stem: str
    prefix: str
    cells: tuple[Mapping[str, Any], ...]
    rest: Mapping[str, Any]

    @property
    def file(self) -> str:
        """The name of the notebook's file."""
        return f"{self.stem}.ipynb"

    @property
    def graded(self) -> bool:
        """Whether any cell in it brings points."""
        return any(_role(cell, "grade") or _role(cell, "task") for cell in self.cells)


@dataclass(frozen=True)
class Master:
    """An assignment as its authors built it, all its notebooks one after the other.

    `tests` are checked here, `hand` by a person. `answered` are the ids of cells that a participant
    may edit, `program` tells whether code is among them. `labels` are the questions of the forms,
    by exercise. `hidden` are the words around the hidden part of a check. `code` are the cells that
    the checking process executes, in order; none where a program has to be run. `digest` changes
    with anything that a score depends on, the toolkit's own code included.
    """

    name: str
    path: Path
    notebook: Mapping[str, Any]
    books: tuple[Book, ...]
    tests: tuple[GradedCell, ...]
    hand: tuple[GradedCell, ...]
    answered: tuple[str, ...]
    program: bool
    labels: Mapping[str, str]
    code: tuple[Mapping[str, Any], ...]
    data: Mapping[str, Path]
    digest: str
    hidden: tuple[str, str]

    @property
    def stem(self) -> str:
        """The name of the notebook, of the first one, without its ending."""
        return self.path.stem

    def parted(self, identity: str) -> tuple[str, str]:
        """The notebook's name and the cell's own id there, of a graded or answered cell."""
        book = next(book for book in self.books if identity.startswith(book.prefix))
        return book.stem, identity.removeprefix(book.prefix)

    def joined(self, stem: str, identity: str) -> str:
        """The id by which the master knows a cell of the notebook `stem`."""
        return next((book.prefix for book in self.books if book.stem == stem), "") + identity

    @property
    def locked(self) -> dict[str, str]:
        """The text of the cells that nobody may edit, by id."""
        return {
            cell["metadata"]["nbgrader"]["grade_id"]: cell["source"]
            for cell in self.notebook["cells"]
            if not _role(cell, "solution") and (_role(cell, "grade") or _role(cell, "locked"))
        }

    @property
    def points(self) -> float:
        """The points of all cells together."""
        return sum(cell.points for cell in (*self.tests, *self.hand))


def load(folder: CourseFolder, name: str) -> Master:
    """The master of the assignment `name`; `GradingError` if it is missing or damaged."""
    place = folder.source / given_name(name)
    found = sorted(place.glob(f"{folder.notebooks}.ipynb"))
    if not found:
        remedy = f"Соберите её: proclusters build {name}"
        raise GradingError(Fault(f"source/{name}", "", "тетради нет", remedy))
    contents = [read_bytes(path, 20 * MEBIBYTE) for path in found]
    books = tuple(
        _book(path, content, f"{path.stem}/" if len(found) > 1 else "")
        for path, content in zip(found, contents, strict=True)
    )
    notebook = {**books[0].rest, "cells": [cell for book in books for cell in book.cells]}
    program = any(
        cell["cell_type"] == "code" and _role(cell, "solution") for cell in notebook["cells"]
    )
    data = {
        path.relative_to(place).as_posix(): path
        for path in sorted(place.rglob("*"))
        if path.is_file() and path.suffix != ".ipynb" and path.name != "answers.json"
        and not any(
            part.startswith(".") or part == "__pycache__" for part in path.relative_to(place).parts
        )
    }  # fmt: skip
    tests, hand = _graded(notebook)
    return Master(
        name=name,
        path=found[0],
        notebook=notebook,
        books=books,
        tests=tests,
        hand=hand,
        answered=tuple(
            cell["metadata"]["nbgrader"]["grade_id"]
            for cell in notebook["cells"]
            if cell["cell_type"] in ("markdown", "code") and _role(cell, "solution")
        ),
        program=program,
        labels=dict(_labels(notebook)),
        code=() if program else tuple(_needed(found[0], notebook)),
        data=data,
        digest=_digest(b"".join(contents), data),
        hidden=folder.hidden,
    )


def _book(path: Path, content: bytes, prefix: str) -> Book:
    """A notebook of ours, with `prefix` before the ids of its cells."""
    notebook = _parsed(path, content)
    for cell in notebook["cells"]:
        cell["id"] = prefix + cell["id"]
        marks = cell["metadata"].get("nbgrader")
        if isinstance(marks, dict) and "grade_id" in marks:
            marks["grade_id"] = prefix + str(marks["grade_id"])
    rest = {key: value for key, value in notebook.items() if key != "cells"}
    return Book(path.stem, prefix, tuple(notebook["cells"]), rest)


def _parsed(path: Path, content: bytes) -> dict[str, Any]:
    try:
        notebook = modern(json.loads(content))
        cells = notebook["cells"]
        for index, cell in enumerate(cells):
            if isinstance(cell["source"], list):
                cell["source"] = "".join(cell["source"])
            cell.setdefault("metadata", {})
            cell.setdefault("id", f"cell-{index}")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise GradingError(
            Fault(path.name, "", "тетрадь задания повреждена", "Соберите её: proclusters build")
        ) from None
    require_python(notebook, path.name)
    require_written(notebook, path.name)
    return dict(notebook)


def _role(cell: Mapping[str, Any], key: str) -> bool:
    return bool(cell["metadata"].get("nbgrader", {}).get(key, False))


def _graded(notebook: Mapping[str, Any]) -> tuple[tuple[GradedCell, ...], tuple[GradedCell, ...]]:
    """The cells that bring points: those checked here, and those for a person's hand."""
    tests: list[GradedCell] = []
    hand: list[GradedCell] = []
    question = ""
    for cell, section in headings(notebook):
        question = ([question] + [label for _, label in _fields(cell)])[-1]
        if not (_role(cell, "grade") or _role(cell, "task")):
            continue
        marks = cell["metadata"]["nbgrader"]
        graded = GradedCell(marks["grade_id"], float(marks.get("points", 0)), section, question)
        automatic = cell["cell_type"] == "code" and not _role(cell, "solution")
        (tests if automatic and not _role(cell, "task") else hand).append(graded)
    return tuple(tests), tuple(hand)


def headings(notebook: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Every cell of a notebook with the heading that it stands under."""
    section = ""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown" and not _role(cell, "task"):
            found = _HEADING.findall(cell["source"])
            section = re.sub(r"[*_`]", "", found[-1]) if found else section
        yield cell, section


def _labels(notebook: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The question of every form field, as it stands in the source of its cell."""
    for cell in notebook["cells"]:
        yield from _fields(cell)


def _fields(cell: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The fields that a cell asks for: id and question."""
    for call in _calls(cell):
        words = [text for text in map(_words, call.args) if text]
        if len(words) >= 2:
            yield words[0], words[1]


def _words(argument: ast.expr) -> str:
    """A text in the source of a cell, with «…» for what is known only when the cell runs."""
    if isinstance(argument, ast.Constant):
        return argument.value if isinstance(argument.value, str) else ""
    if isinstance(argument, ast.JoinedStr):
        return "".join(_words(part) or UNTOLD for part in argument.values)
    return ""


def _calls(cell: Mapping[str, Any]) -> list[ast.Call]:
    """The calls of `ask.number(…)` and its siblings in a cell."""
    tree = syntax.tree_of(cell)
    return [
        node
        for node in (ast.walk(tree) if tree else ())
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _FIELDS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "ask"
    ]


def _needed(path: Path, notebook: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The code cells that the checks stand on: forms, checks, and what binds the names they use."""
    wanted: set[str] = set()
    kept: list[Mapping[str, Any]] = []
    for cell in reversed(notebook["cells"]):
        if cell["cell_type"] != "code":
            continue
        tree, tests = syntax.tree_of(cell), _role(cell, "grade")
        if tree is None:
            if tests:
                what = "в ячейке с проверкой ошибка в тексте программы"
                raise GradingError(Fault(path.name, cell["id"], what, "Исправьте задание"))
            continue
        bound, used = _names(tree)
        if tests or _calls(cell) or bound & wanted:
            wanted |= used
            kind = "tests" if tests else ("form" if _calls(cell) else "ground")
            identity = cell["metadata"]["nbgrader"]["grade_id"] if tests else cell["id"]
            kept.append({"cell": identity, "kind": kind, "source": cell["source"]})
    return kept[::-1]


def _names(tree: ast.Module) -> tuple[set[str], set[str]]:
    """The names that a cell binds, and those it uses."""
    bound: set[str] = set()
    used: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                used.add(name)
            case ast.Name(id=name):
                bound.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                bound.add(name)
            case ast.alias(name=name, asname=other):
                bound.add((other or name).split(".")[0])
    return bound, used


def _digest(content: bytes, data: Mapping[str, Path]) -> str:
    digest = hashlib.sha256(content)
    for name, path in data.items():
        digest.update(name.encode())
        digest.update(path.read_bytes())
    digest.update(_toolkit().encode())
    return digest.hexdigest()


@cache
def _toolkit() -> str:
    """A digest of the toolkit's own code and data, and nbgrader's version."""
    digest = hashlib.sha256(version("nbgrader").encode())
    root = Path(__file__).parents[1]
    for path in sorted(root.rglob("*")):
        if path.suffix in {".py", ".yaml"}:
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
