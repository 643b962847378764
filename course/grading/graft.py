"""A participant's program, grafted onto our own notebook.

Of what was handed in only the sources of answer cells and of cells that the participant added
count. Every other cell, its place and its points come from us, whatever became of them there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from course.errors import Fault, GradingError
from course.grading import parcel
from course.grading.given import given_names
from course.grading.master import Book, Master
from course.grading.ours import imports, lent, ours
from course.plain import line, visible

SIGNS = 200_000  # signs of one cell

# after which of our cells (only the notebook's prefix: before all of it), and the source
Added = tuple[tuple[str, str], ...]


def read(
    content: Mapping[str, bytes], master: Master, notes: list[str]
) -> tuple[dict[str, str], Added]:
    """The answers by cell id, and the added code cells; `GradingError` if nothing can be read."""
    answers: dict[str, str] = {}
    added: list[tuple[str, str]] = []
    for book in master.books:
        if book.file in content:
            found, more = _read(content[book.file], book, master, notes)
            answers |= found
            added += more
        elif len(master.books) > 1:
            notes.append(f"Тетради «{line(book.file, 100)}» в работе нет, или её нельзя открыть.")
    if not any(book.file in content for book in master.books):
        name = f"{master.stem}.ipynb"
        raise GradingError(Fault(name, "", "тетради в работе нет, или её нельзя открыть"))
    return answers, tuple(added)


def _read(
    content: bytes, book: Book, master: Master, notes: list[str]
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """What was answered and added in one notebook."""
    name = book.file
    try:
        found = [part for part in map(_part, parcel.cells(content)) if part]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise GradingError(Fault(name, "", "тетрадь повреждена или слишком велика")) from None
    kinds = {cell["metadata"].get("nbgrader", {}).get("grade_id"): cell["cell_type"]
             for cell in book.cells}  # fmt: skip
    answers: dict[str, str] = {}
    added: list[tuple[str, str]] = []
    after = book.prefix
    for own, kind, source in found:
        identity = book.prefix + own
        if identity in answers:
            notes.append(f"Ячейка «{line(identity, 200)}» стоит в тетради дважды: учтена первая.")
        elif identity in master.answered:
            text = kinds[identity] == "markdown"
            answers[identity] = visible(source) if text else source
        elif identity not in kinds and kind == "code" and source.strip():
            added.append((after, source))
        after = identity if identity in kinds else after
    lost = [each for each in master.answered if each in kinds and each not in answers]
    notes += [f"Ячейки с ответом «{identity}» в тетради нет." for identity in lost]
    return answers, added


def _part(cell: Any) -> tuple[str, str, str] | None:
    """The id, the kind and the source of a cell; nothing if it is none."""
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown"):
        return None
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    if not isinstance(source, str) or len(source) > SIGNS:
        return None
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    identity = marks.get("grade_id") if isinstance(marks, dict) else None
    return identity if isinstance(identity, str) else "", str(cell["cell_type"]), source


def steps(
    book: Book, master: Master, answers: Mapping[str, str] | None, added: Added
) -> list[dict[str, Any]]:
    """What is to be run of `book`, in order; without `answers`, the author's own solution."""
    points = {cell.id: cell.points for cell in master.tests}
    own, rest = _sources(book, points)
    given = given_names(book.cells, points, master.hidden)
    made = list(_added(added, book.prefix)) if answers is not None else []
    for cell in book.cells:
        identity = str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))
        if cell["cell_type"] == "code":
            made += given.before.get(cell["id"], ())
            made += _steps(cell, identity, answers, points)
            made += given.after.get(cell["id"], ())
        if answers is not None and identity:
            made += _added(added, identity)
    known = {"ours": ours(own, rest), "lent": lent(own, rest), "imports": imports(own, rest)}
    return [{**step, **known} if step["kind"] == "tests" else step for step in made]


def _sources(book: Book, tests: Collection[str]) -> tuple[list[str], list[str]]:
    """The code of a notebook: what a participant writes anew, and everything else."""
    own: list[str] = []
    rest: list[str] = []
    for cell in book.cells:
        marks = cell["metadata"].get("nbgrader", {})
        locked = marks.get("locked") and not marks.get("solution")
        if cell["cell_type"] == "code":
            kept = marks.get("grade_id") in tests or locked
            (rest if kept else own).append(str(cell["source"]))
    return own, rest


def _steps(
    cell: Mapping[str, Any],
    identity: str,
    answers: Mapping[str, str] | None,
    points: Mapping[str, float],
) -> Iterator[dict[str, Any]]:
    marks = cell["metadata"].get("nbgrader", {})
    if identity in points:
        yield {"kind": "tests", "cell": identity, "source": cell["source"],
               "points": points[identity]}  # fmt: skip
    elif identity and marks.get("locked") and not marks.get("solution"):
        yield {"kind": "locked", "cell": cell["id"], "source": cell["source"]}
    elif answers is None:
        yield {"kind": "own", "cell": cell["id"], "source": cell["source"]}
    elif identity in answers:
        yield {"kind": "own", "cell": cell["id"], "source": answers[identity]}


def _added(added: Added, after: str) -> Iterator[dict[str, Any]]:
    for place, source in added:
        if place == after:
            yield {"kind": "own", "cell": "", "source": source}
