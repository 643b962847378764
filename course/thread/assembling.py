"""Agreed values as the data of a cluster file, each place of which still knows who entered it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from course.steps import step
from course.thread import names
from course.thread.directory import INDICES, Directory, directory, post, reading
from course.thread.entries import KEPT, Entry, Slot
from course.thread.merging import Agreed, Conflict, Merged

Location = tuple[str | int, ...]
_ELSEWHERE = {"buyer": "external", "founder": "name"}  # where a name goes that is no member's
# Which price index belongs to which entries of a project.
_INDEXED = {
    "products": "sales", "materials": "materials", "staff": "wages", "overheads": "services",
}  # fmt: skip


@dataclass(frozen=True)
class Misplaced:
    """A value that can't go to its place in the file, and what to do."""

    entry: Entry
    location: Location
    what: str
    remedy: str


@dataclass
class Draft:
    """The data of a cluster file, whole or not, and who entered what stands at its places.

    `conflicts` are the places of open conflicts, `misplaced` what could not be put.
    """

    data: dict[str, Any] = field(default_factory=dict)
    origins: dict[Location, tuple[Entry, ...]] = field(default_factory=dict)
    conflicts: dict[Location, Conflict] = field(default_factory=dict)
    misplaced: list[Misplaced] = field(default_factory=list)


def assemble(team: str, merged: Merged) -> Draft:
    """The draft of the cluster file of the team with this name."""
    draft = Draft({"format": 1, "standing": "declared"})
    draft.data["team"] = {"id": names.identifiers({"": team}, "team")[""]}
    known = directory(merged)
    words: dict[Location, list[Agreed]] = {}
    for each in merged.agreed:
        if each.slot.kept:
            continue
        if reading(each.entries[0]) == "words":
            location = known.location(each.slot)
            words.setdefault(location, []).append(each)
        else:
            _put(draft, known, each)
    for location, said in words.items():
        _put_words(draft, location, said)
    for conflict in merged.conflicts:
        if not conflict.slot.kept:
            draft.conflicts[known.location(conflict.slot)] = conflict
    _answer_for_figures(draft, known, merged)
    _complete(draft, known)
    return draft


# ------------------------------------------------------------------ values in their places


def _put(draft: Draft, known: Directory, each: Agreed) -> None:
    location, value = known.location(each.slot), each.value
    match reading(each.entries[0]):
        case "region":
            value = known.regions[names.region(value)][0]
        case "member":
            id = known.member(value)
            if id is None:
                _nobody(draft, known, each, location)
                return
            value = id
        case "buyer" | "founder" as how:
            id = known.member(value)
            location = (*location[:-1], "member" if id else _ELSEWHERE[how])
            value = id or value
    draft.origins[location] = each.entries
    put(draft.data, location, list(value) if isinstance(value, tuple) else value)


def _nobody(draft: Draft, known: Directory, each: Agreed, location: Location) -> None:
    near = known.near(each.value)
    remedy = f"Возможно, это {names.quoted(near)}" if near else "Впишите его в вебинаре 2"
    what = f"участника {names.quoted(each.value)} нет в списке команды"
    draft.misplaced.append(Misplaced(each.entries[0], location, what, remedy))


def _put_words(draft: Draft, location: Location, said: list[Agreed]) -> None:
    """A list that people fill word by word; «none» says that it is empty."""
    values = [each.value for each in said]
    if "none" in values and len(values) > 1:
        entry = next(each.entries[0] for each in said if each.value == "none")
        what = "сказано и что участник нигде не состоит, и что состоит"
        draft.misplaced.append(Misplaced(entry, location, what, "Оставьте что-то одно"))
        return
    draft.origins[location] = said[0].entries
    put(draft.data, location, sorted(value for value in values if value != "none"))


def put(data: dict[str, Any], location: Location, value: Any) -> None:
    """Put a value at a location, making the sections and entries on the way."""
    here: Any = data
    for key, following in itertools.pairwise(location):
        if isinstance(key, int):
            here.extend({} for _ in range(len(here), key + 1))
            here = here[key]
        else:
            here = here.setdefault(key, [] if isinstance(following, int) else {})
    here[location[-1]] = value


def at(data: Any, location: Location) -> Any:
    """What stands at a location; nothing where there is nothing."""
    for key in location:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return None
    return data


# ------------------------------------------------------------------ who answers for a figure


def _answer_for_figures(draft: Draft, known: Directory, merged: Merged) -> None:
    """The owner of every figure: by the table of owners, or the one who entered it."""
    owners = _owners(draft, known, merged)
    people: dict[str, str] = {}
    for location, entries in list(draft.origins.items()):
        figure = location[-1] == "value" or location[-2:] == ("ramp_up", "shares")
        if location[0] != "projects" or not figure:
            continue
        entry = entries[0]
        owner = owners.get(entry.step.owner) or known.person(entry.author.name)
        if not owner:
            owner = entry.author.name
            people[owner] = post(entry.author)
        put(draft.data, (*location[:-1], "owner"), owner)
        draft.origins[(*location[:-1], "owner")] = (entry,)
    listed = draft.data["team"].setdefault("people", [])
    listed += [{"name": name, "post": people[name]} for name in sorted(people)]


def _owners(draft: Draft, known: Directory, merged: Merged) -> dict[str, str]:
    """Names by the rows of the table of owners; who is not in the team is told."""
    table = step("team_owners")
    owners: dict[str, str] = {}
    for each in merged.agreed:
        if each.slot.place[:2] != (KEPT, table.id):
            continue
        name = known.person(str(each.value))
        if name:
            owners[str(each.slot.place[2])] = name
        else:
            what = f"{names.quoted(str(each.value))} нет среди людей команды"
            remedy = f"Впишите имя, как в таблице «{step('team_people').label}» вебинара 1"
            draft.misplaced.append(Misplaced(each.entries[0], (), what, remedy))
    return owners


# ------------------------------------------------------------------ what follows by itself


def _complete(draft: Draft, known: Directory) -> None:
    """Ids, regions, price indices, and the links that the forms need not ask for."""
    data = draft.data
    for place, id in known.ids.items():
        entry = at(data, known.location(Slot(place, "id"))[:-1])
        if isinstance(entry, dict):
            entry["id"] = id
    for member in data.get("members", []):
        short = names.brand(str(member.get("name", "")))
        if short:  # maps and charts have no room for a legal form
            member["short"] = short
    if known.regions:
        data["regions"] = [{"id": id, "title": title} for id, title in known.regions.values()]
    if "title" in data:
        data["team"]["title"] = data["title"]
    for project in data.get("projects", []):
        project["id"] = names.identifiers({"": str(project.get("title", ""))}, "project")[""]
        for contract in data.get("contracts", []):
            if contract.get("link") == "project":
                contract["project"] = project["id"]
        for product in project.get("products", []):
            if "ramp_up" in product:  # no shares: the plan is reached at once
                product["ramp_up"].setdefault("shares", [])
        _index(project, known)


def _index(project: dict[str, Any], known: Directory) -> None:
    """Give each price the index of its kind where the team has given one."""
    for number, id in enumerate(known.indices):
        found = at(project, ("indices", number))
        if isinstance(found, dict):
            found |= {"id": id, "title": INDICES[id]}
    products: list[dict[str, Any]] = project.get("products", [])
    materials: Iterable[list[dict[str, Any]]] = (each.get("materials", []) for each in products)
    lists = {
        "products": products,
        "materials": list(itertools.chain.from_iterable(materials)),
        "staff": project.get("staff", []),
        "overheads": project.get("overheads", []),
    }
    for kind, entries in lists.items():
        for entry in entries:
            if _INDEXED[kind] in known.indices:
                entry["index"] = _INDEXED[kind]
