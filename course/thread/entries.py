"""What the members of a team entered in the steps of its project, cell by cell.

Answer files come from people and are read as grading reads them: never through a link, within
limits, entry by entry. What can't be used is told and stops nobody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from course.errors import CourseError
from course.folder import CourseFolder
from course.forms import answers as sheets
from course.forms.tables import empty
from course.grading import parcel
from course.people.roster import Person
from course.plain import line
from course.programme import Programme, Webinar, programme
from course.steps import Column, Row, Step, steps
from course.thread import names
from course.thread.reading import Value, how, read

Place = tuple[str | tuple[str, str], ...]  # sections, and (list, identity) for an entry of a list
KEPT = "kept"
ROWS = 200  # a person types no longer table
_SHOWN = 300  # signs of a value that messages and the history repeat


@dataclass(frozen=True, order=True)
class Author:
    """Who entered something: the id in the roster and the name there."""

    id: str
    name: str
    post: str = ""


@dataclass(frozen=True)
class Slot:
    """One value of the team's file: the entry that it belongs to, and the field in it."""

    place: Place
    field: str

    @property
    def kept(self) -> bool:
        """Whether the cluster file has no field for it, so that it is kept with the team."""
        return self.place[:1] == (KEPT,)


@dataclass(frozen=True)
class Entry:
    """A cell that somebody filled: where it stands, what it holds, which slots it speaks for.

    With a `problem` it speaks for none. `at` is the participant's own clock, `row` counts from 1.
    """

    author: Author
    step: Step
    row: int
    row_title: str
    column: str
    raw: Any
    value: Any
    problem: str
    at: str
    slots: tuple[Slot, ...]

    @property
    def column_title(self) -> str:
        """The column as people see it; empty for a single field."""
        column = self.step.columns.get(self.column)
        return column.title if column else ""

    @property
    def shown(self) -> str:
        """The value as people read it."""
        column = self.step.columns.get(self.column)
        options = column.options if column else self.step.options
        if options and isinstance(self.raw, str):
            return line(options.get(self.raw, self.raw), _SHOWN)
        if isinstance(self.raw, int | float):
            from course.forms.numbers import told

            return told(float(self.raw), column.unit if column else self.step.unit)
        return line(str(self.raw), _SHOWN)

    @property
    def rank(self) -> tuple[int, int, str, str]:
        """The place of the cell among all: by step, row, person. Never by the order of reading."""
        return (_ORDER[self.step.id], self.row, self.author.id, self.column)


_ORDER = {each.id: number for number, each in enumerate(steps())}


@dataclass(frozen=True)
class Gathered:
    """All cells of a team, and `notes` on what could not be read.

    `unread` are the works (person and webinar) of which something could not be read.
    """

    entries: tuple[Entry, ...]
    notes: tuple[str, ...]
    unread: frozenset[tuple[str, int]] = frozenset()


def gather(folder: CourseFolder, members: Mapping[str, Person]) -> Gathered:
    """The cells that these people have handed in, of all webinars."""
    entries: list[Entry] = []
    notes: list[str] = []
    unread: set[tuple[str, int]] = set()
    plan: Programme = programme
    for person in sorted(members):
        known = members[person]
        author = Author(person, known.name or person, known.region)
        for webinar in plan.webinars:
            before = len(notes)
            try:
                entries += _handed_in(folder, author, webinar, notes)
            except CourseError as error:
                said = line(" ".join(str(fault) for fault in error.faults), 400)
                notes.append(
                    f"{author.name}, вебинар {webinar.number}: работа не прочитана. {said}"
                )
            if len(notes) > before:
                unread.add((person, webinar.number))
    ordered = sorted(entries, key=lambda each: each.rank)
    return Gathered(tuple(ordered), tuple(notes), frozenset(unread))


def _handed_in(
    folder: CourseFolder, author: Author, webinar: Webinar, notes: list[str]
) -> Iterator[Entry]:
    if webinar.name not in parcel.names(folder.submitted / author.id):
        return
    handed = parcel.opened(folder.submitted, author.id, webinar.name, None)
    content = handed.content.get(parcel.ANSWERS)
    if content is None:
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        notes.append(f"{author.name}, вебинар {webinar.number}: файл ответов не в UTF-8")
        return
    sheet = sheets.parse(text, webinar.name)
    mine = {each.id: each for each in steps(webinar.number)}
    for fault in sheet.faults:
        if fault.place.removeprefix("answers.") in mine:
            said = line(str(fault), 300)
            notes.append(f"{author.name}, вебинар {webinar.number}: не принято. {said}")
    for id, answer in sheet.answers.items():
        if id in mine and not empty(answer.value):
            yield from entries_of(author, mine[id], answer.value, line(answer.at, 40), notes)


def entries_of(
    author: Author, step: Step, value: Any, at: str = "", notes: list[str] | None = None
) -> Iterator[Entry]:
    """The filled cells of one answer."""
    if step.kind != "table":
        slots = _slots(step, None, None, "", _place(step, {}))
        got = read(step.reading, step.kind, step.options, value)
        yield Entry(author, step, 1, "", "", value, got.value, got.problem, at, slots)
        return
    what = ""
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        what = "это не таблица"
    elif len(value) > ROWS:
        what = f"в таблице больше {ROWS} строк"
    if what:
        if notes is not None:
            notes.append(f"{author.name}, вебинар {step.webinar}, «{step.label}»: {what}")
        return
    for number, row in enumerate(value, start=1):
        yield from _row(author, step, number, row, at)


def _row(
    author: Author, step: Step, number: int, row: Mapping[str, Any], at: str
) -> Iterator[Entry]:
    """The filled cells of one row of a table."""
    named = step.named.get(str(row.get("row"))) if step.named else None
    filled = {key: row[key] for key in step.columns if not empty(row.get(key))}
    problem = "такой строки в таблице нет" if step.named and named is None else ""
    values = {key: _read(step, named, key, raw) for key, raw in filled.items()}
    problem = problem or _unnamed(step, values)
    place = () if problem else _place(step, values)
    title = named.title if named else _title(step, filled)
    for key, raw in filled.items():
        got = values[key]
        what = problem or got.problem
        kept = str(row.get("row")) if named else _identity(step, values)
        slots = () if what else _slots(step, named, key, kept, place, got.value)
        yield Entry(author, step, number, title, key, raw, got.value, what, at, slots)


def _read(step: Step, row: Row | None, key: str, raw: Any) -> Value:
    column = step.columns[key]
    return read(how(step, row, column), column.kind, column.options, raw)


def _unnamed(step: Step, values: Mapping[str, Value]) -> str:
    """What the row lacks to be told from others."""
    lacking = [
        step.columns[key].title
        for key in step.key
        if (key not in values or values[key].problem) and key not in _picked(step)
    ]
    if not lacking:
        return ""
    return f"в строке не названо «{'», «'.join(lacking)}»: неясно, о чём она"


def _title(step: Step, filled: Mapping[str, Any]) -> str:
    """How people recognise the row: what stands in its key cells."""
    return line(", ".join(str(filled[key]) for key in step.key if key in filled), 80)


def _picked(step: Step) -> tuple[str, ...]:
    """The columns that name the entry of a list which the row belongs to; may stay empty."""
    return tuple(re.findall(r"\[([a-z_]+)\]", step.part))


def _identity(step: Step, values: Mapping[str, Value]) -> str:
    """What tells the row's entry from others of its list."""
    parts = []
    for key in step.key:
        if key in _picked(step):
            continue
        parts.append(_folded(step.columns[key], values[key].value) if key in values else "")
    return " / ".join(parts)


def _folded(column: Column, value: Any) -> str:
    if column.suggest == "members" or column.reading in ("member", "buyer", "founder"):
        return names.firm(str(value))
    if column.reading == "region" or column.suggest == "regions":
        return names.region(str(value))
    return names.words(str(value)) or str(value)


def _place(step: Step, values: Mapping[str, Value]) -> Place:
    """The entry of the cluster file that a row speaks of."""
    place: list[str | tuple[str, str]] = []
    for part in filter(None, step.part.split(".")):
        name, _, picked = part.partition("[")
        picked = picked.removesuffix("]")
        if picked:
            value = values.get(picked)
            place.append((name, _folded(step.columns[picked], value.value) if value else ""))
        elif part.endswith("[]"):
            place.append((name, _identity(step, values)))
        else:
            place.append(name)
    return tuple(place)


def _slots(
    step: Step, row: Row | None, key: str | None, kept: str, place: Place, value: Any = None
) -> tuple[Slot, ...]:
    """The slots that a cell speaks for: of the cluster file, or kept with the team."""
    column = step.columns[key] if key else None
    targets = column.to if column else step.to
    if key in _picked(step) and not targets:
        return ()
    if targets is None or (row is not None and row.to is None):
        return (Slot((KEPT, step.id, kept), key or step.id),)
    if how(step, row, column) == "words":
        return tuple(Slot(place, f"{target}[{value}]") for target in targets)
    prefix = row.to if row else ""
    return tuple(
        Slot(place, ".".join(part for part in (prefix, target) if part)) for target in targets
    )
