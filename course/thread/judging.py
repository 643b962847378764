"""What a draft still lacks and what is wrong in it, told by webinar, row and person."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from course import cluster
from course.cluster import Cluster
from course.errors import ClusterError, Fault
from course.files import Yaml
from course.plain import line
from course.shapes import place_of
from course.steps import Step, steps
from course.thread import names, targets
from course.thread.assembling import Draft, Location, at, put
from course.thread.entries import Entry

_LACKING = "не хватает ключа"  # how the cluster file's reader begins; here gaps tell it
_TITLES = ("title", "name", "product", "measure")
_OURS = ("id", "owner", "index")  # never asked for: they follow from what is
_ROUNDS = 8  # sections inside sections


@dataclass(frozen=True)
class Gap:
    """Something that nobody has entered yet: where it is asked for, and in which row."""

    step: Step
    row: str
    asked: str

    def __str__(self) -> str:
        row = f", строка {names.quoted(self.row)}" if self.row else ""
        what = f"не заполнено «{self.asked}»" if self.asked else "не заполнено"
        return f"Вебинар {self.step.webinar}, «{self.step.label}»{row}: {what}"


@dataclass(frozen=True)
class Verdict:
    """A draft judged: the whole cluster or nothing, gaps, faults, and what was left out of it."""

    draft: Draft
    cluster: Cluster | None
    gaps: tuple[Gap, ...]
    faults: tuple[Fault, ...]
    left_out: tuple[str, ...]


def judge(draft: Draft, faulty: Iterable[Entry]) -> Verdict:
    """What a draft lacks and what is wrong in it and in the `faulty` cells that are not in it.

    Conflicts are not told again as gaps.
    """
    draft, left_out = _without_unfinished(draft)
    order = {step: number for number, step in enumerate(steps())}
    gaps = tuple(sorted(dict.fromkeys(_gaps(draft)), key=lambda gap: order[gap.step]))
    found, faults = _read(draft)
    unread = [fault(entry, entry.problem) for entry in faulty]
    faults = [*unread, *_misplaced(draft), *faults]
    whole = found if not (gaps or faults or draft.conflicts) else None
    return Verdict(draft, whole, gaps, tuple(dict.fromkeys(faults)), tuple(left_out))


def where(entry: Entry) -> str:
    """The cell as people find it: row, column and who filled it."""
    row = f"строка {names.quoted(entry.row_title)}" if entry.row_title else ""
    column = f"столбец «{entry.column_title}»" if entry.column_title else ""
    return ", ".join(part for part in (row, column, entry.author.name) if part)


def fault(entry: Entry, what: str, remedy: str = "") -> Fault:
    """A fault in a cell."""
    return Fault(f"Вебинар {entry.step.webinar}, «{entry.step.label}»", where(entry), what, remedy)


# ------------------------------------------------------------------ what is missing


def _missing(data: dict[str, Any]) -> list[Location]:
    """The keys that the cluster file needs and the data has not."""
    try:
        Cluster.model_validate(data)
    except ValidationError as error:
        return [tuple(each["loc"]) for each in error.errors() if each["type"] == "missing"]
    return []


def _gaps(draft: Draft) -> Iterator[Gap]:
    data = copy.deepcopy(draft.data)
    yield from _needed(data)
    for _ in range(_ROUNDS):
        sections = []
        for location in _missing(data):
            if targets.section(_path(location)) and not targets.filling(_path(location)):
                sections.append(location)
            elif not _told_already(draft, location):
                yield from _gap(data, location)
        if not sections:
            return
        for location in sections:  # look inside: what of the section is asked where
            put(data, location, {})


def _needed(data: dict[str, Any]) -> Iterator[Gap]:
    """Tables that the cluster file can do without, but the programme can't."""
    for step in steps():
        path = targets.base(step).removesuffix("[]").split("[]")[0]
        if step.needed and not data.get(path):
            yield Gap(step, "", "")


def _gap(data: dict[str, Any], location: Location) -> Iterator[Gap]:
    path = _path(location)
    target = targets.filling(path)
    if target is not None:
        row = _title(data, location) if target.step.listed else target.row
        yield Gap(target.step, row, target.column)
        return
    table = targets.table(path)
    if table is not None:
        yield Gap(table, _title(data, location), "")


def _told_already(draft: Draft, location: Location) -> bool:
    """Whether the place is empty because of a conflict or a name that is nobody's."""
    told = [*draft.conflicts, *(each.location for each in draft.misplaced)]
    return location[-1] in _OURS or any(
        other[: len(location)] == location or location[: len(other)] == other
        for other in told
        if other
    )


def _path(location: Location) -> str:
    return re.sub(r"\[\d+\]", "[]", place_of(location))


def _title(data: dict[str, Any], location: Location) -> str:
    """What the entry that a place belongs to is called."""
    for depth in range(len(location) - 1, 0, -1):
        found = at(data, location[:depth])
        if isinstance(location[depth - 1], int) and isinstance(found, dict):
            return next((line(str(found[key]), 80) for key in _TITLES if key in found), "")
    return ""


def _without_unfinished(draft: Draft) -> tuple[Draft, list[str]]:
    """The draft without the entries of optional tables that are not whole, and what they lack."""
    told: list[str] = []
    for step in steps():
        if not step.optional:
            continue
        name = targets.base(step).removesuffix("[]")
        lacking: dict[int, list[str]] = {}
        for location in _missing(draft.data):
            if location[0] == name and len(location) > 2 and not _told_already(draft, location):
                target = targets.filling(_path(location))
                lacking.setdefault(int(location[1]), []).append(target.asked if target else "")
        for number, asked in lacking.items():
            title = _title(draft.data, (name, number, ""))
            said = "», «".join(asked)
            where_ = f"Вебинар {step.webinar}, «{step.label}», строка {names.quoted(title)}"
            told.append(f"{where_}: в файл не вошла, не заполнено «{said}»")
        draft = _without(draft, name, set(lacking))
    return draft, told


def _without(draft: Draft, name: str, numbers: set[int]) -> Draft:
    """The draft without some entries of a list."""
    if not numbers:
        return draft
    left = [number for number in range(len(draft.data[name])) if number not in numbers]

    def moved(location: Location) -> Location | None:
        if location[:1] != (name,):
            return location
        return (name, left.index(int(location[1])), *location[2:]) if location[1] in left else None

    data = {**draft.data, name: [draft.data[name][number] for number in left]}
    if not left:
        del data[name]
    return replace(
        draft,
        data=data,
        origins={to: each for at, each in draft.origins.items() if (to := moved(at))},
        conflicts={to: each for at, each in draft.conflicts.items() if (to := moved(at))},
    )


# ------------------------------------------------------------------ what is wrong


def _read(draft: Draft) -> tuple[Cluster | None, list[Fault]]:
    """The cluster, or what its reader says is wrong, each fault with the cell that it is about."""
    try:
        return cluster.parse(Yaml(Path("cluster.yaml"), draft.data, {})), []
    except ClusterError as error:
        doubted = {location[:-1] for location in draft.conflicts}  # half a figure, for now
        wrong = [
            each for each in error.faults
            if not each.what.startswith(_LACKING) and _location(each.place) not in doubted
        ]  # fmt: skip
        return None, [_at_cell(draft, each) for each in wrong]


def _misplaced(draft: Draft) -> list[Fault]:
    return [fault(each.entry, each.what, each.remedy) for each in draft.misplaced]


def _at_cell(draft: Draft, found: Fault) -> Fault:
    """A fault of the cluster file as one of the cell that was entered."""
    remedy = targets.told(found.remedy)
    entry = _origin(draft, _location(found.place))
    if entry is None:
        title = _title(draft.data, (*_location(found.place), ""))
        return Fault(
            "Файл команды", f"«{title}»" if title else "", targets.told(found.what), remedy
        )
    return fault(entry, targets.told(found.what), remedy)


def _location(place: str) -> Location:
    parts = re.findall(r"[^.\[\]]+|\[\d+\]", place)
    return tuple(int(part[1:-1]) if part.startswith("[") else part for part in parts)


def _origin(draft: Draft, location: Location) -> Entry | None:
    """The cell that a place comes from; for a figure or an entry of a list its first cell."""
    for depth in range(len(location), 0, -1):
        here = location[:depth]
        if here in draft.origins:
            return draft.origins[here][0]
        if depth < 2 or here == ("projects", 0):
            return None
        below = [each[0] for at, each in draft.origins.items() if at[:depth] == here]
        if below and (depth == len(location) or isinstance(here[-1], int)):
            return min(below, key=lambda entry: entry.rank)
    return None
