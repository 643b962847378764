"""Who and what a team's file names: the order of its entries, their ids, regions and people."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from course.thread import names
from course.thread.entries import Author, Entry, Place, Slot
from course.thread.merging import Agreed, Merged
from course.thread.reading import how

# Lists whose entries have an id, made from the field that names them.
NAMED = {
    "members": "name", "products": "title", "materials": "title", "staff": "title",
    "overheads": "title", "capex": "title", "loans": "title", "grants": "title",
    "contracts": "product",
}  # fmt: skip
# Price indices by the rows of the table of rates.
INDICES = {
    "sales": "Цены на продукцию", "materials": "Цены материалов",
    "wages": "Оплата труда", "services": "Услуги и энергия",
}  # fmt: skip

Entries = tuple[Place, str]  # a list: the entry or section that it belongs to, and its name


@dataclass(frozen=True)
class Directory:
    """What the places of a file are called.

    `order` numbers every entry in its list, `ids` are entries' ids, `regions` are ids and titles by
    what tells regions apart, `members` and `people` are names, `indices` the given price indices.
    """

    order: dict[Place, int]
    ids: dict[Place, str]
    regions: dict[str, tuple[str, str]]
    members: dict[str, str]
    people: tuple[str, ...]
    indices: tuple[str, ...]

    def location(self, slot: Slot) -> tuple[str | int, ...]:
        """Where a slot stands in the data of the cluster file."""
        location: list[str | int] = []
        for depth, part in enumerate(slot.place, start=1):
            if isinstance(part, tuple):
                location += [part[0], self.order[slot.place[:depth]]]
            else:
                location += ["projects", 0] if part == "project" else [part]
        for name in slot.field.split("."):
            stem, _, inner = name.partition("[")
            location.append(stem)
            if stem == "indices":
                location.append(self.indices.index(inner.removesuffix("]")))
        return tuple(location)

    def member(self, name: str) -> str | None:
        """The id of the member with this name."""
        return self.ids.get((("members", names.firm(name)),))

    def near(self, name: str) -> str:
        """The member whose name is nearest to one that nobody has; empty if none is near."""
        found = difflib.get_close_matches(names.firm(name), sorted(self.members), n=1)
        return self.members[found[0]] if found else ""

    def person(self, name: str) -> str:
        """The name in the team's list of people; empty if the person is not there."""
        return next((known for known in self.people if names.person(known, name)), "")


def directory(merged: Merged) -> Directory:
    """The directory of what a team has entered."""
    agreed = [each for each in merged.agreed if not each.slot.kept]
    order = _order(merged)
    return Directory(
        order, _ids(order, agreed), _regions(agreed), _members(agreed),
        tuple(each.value for each in agreed if _is_name(each, "people")), _indices(merged),
    )  # fmt: skip


def reading(entry: Entry) -> str:
    """How the cell was read."""
    rows = [row for row in entry.step.named.values() if row.title == entry.row_title]
    return how(entry.step, rows[0] if rows else None, entry.step.columns.get(entry.column))


def post(author: Author) -> str:
    """What somebody is called who enters figures without standing in the team's list of people."""
    return author.post or "участник команды"


def _is_name(each: Agreed, list_: str) -> bool:
    last = each.slot.place[-1] if each.slot.place else ""
    return each.slot.field == "name" and isinstance(last, tuple) and last[0] == list_


def _order(merged: Merged) -> dict[Place, int]:
    """The number of every entry: as the tables have them, whoever was read first."""
    ranks: dict[Place, tuple[int, int, str, str]] = {}
    said: list[tuple[Slot, Iterable[Entry]]] = [(each.slot, each.entries) for each in merged.agreed]
    said += [(each.slot, (e for side in each.sides for e in side)) for each in merged.conflicts]
    for slot, entries in said:
        if slot.kept:
            continue
        rank = min(entry.rank for entry in entries)
        for depth, part in enumerate(slot.place, start=1):
            if isinstance(part, tuple):
                here = slot.place[:depth]
                ranks[here] = min(ranks.get(here, rank), rank)
    lists: dict[Entries, list[Place]] = {}
    for here in ranks:
        lists.setdefault(_list(here), []).append(here)
    return {
        here: number
        for entries_ in lists.values()
        for number, here in enumerate(sorted(entries_, key=lambda each: (ranks[each], repr(each))))
    }


def _list(place: Place) -> Entries:
    last = place[-1]
    return place[:-1], last[0] if isinstance(last, tuple) else last


def _ids(order: dict[Place, int], agreed: Iterable[Agreed]) -> dict[Place, str]:
    """The id of every entry that has one."""
    named: dict[Entries, dict[str, str]] = {}
    for place in order:
        last = place[-1]
        if isinstance(last, tuple) and last[0] in NAMED:
            named.setdefault(_list(place), {})[last[1]] = last[1]
    for each in agreed:
        last = each.slot.place[-1] if each.slot.place else ""
        if isinstance(last, tuple) and NAMED.get(last[0]) == each.slot.field:
            title = names.firm(each.value) if last[0] == "members" else each.value
            named[_list(each.slot.place)][last[1]] = title
    return {
        (*head, (name, identity)): id
        for (head, name), titles in named.items()
        for identity, id in names.identifiers(titles, name).items()
    }


def _regions(agreed: Iterable[Agreed]) -> dict[str, tuple[str, str]]:
    spelled: dict[str, list[str]] = {}
    for each in agreed:
        if reading(each.entries[0]) == "region":
            spelled.setdefault(names.region(each.value), []).append(each.value)
    ids = names.identifiers({key: key for key in spelled}, "region")
    return {key: (ids[key], names.fullest(spelled[key])) for key in sorted(spelled)}


def _members(agreed: Iterable[Agreed]) -> dict[str, str]:
    return {names.firm(each.value): each.value for each in agreed if _is_name(each, "members")}


def _indices(merged: Merged) -> tuple[str, ...]:
    slots = [each.slot for each in merged.agreed] + [each.slot for each in merged.conflicts]
    given = {found[1] for slot in slots if (found := re.match(r"indices\[(\w+)\]", slot.field))}
    return tuple(key for key in INDICES if key in given)
