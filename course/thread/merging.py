"""Joining what the members of a team entered: what is agreed, and where two people differ.

A person's later webinar speaks for the person; two people who say the same are one voice; two who
differ are a conflict, which is settled by them or by the captain, never by who came last. The
result does not depend on the order in which the answers were read.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from course.steps import step
from course.thread import names
from course.thread.entries import Entry, Place, Slot

ONLY = ""  # a row that does not say which product it is about means the only one


@dataclass(frozen=True)
class Agreed:
    """A value that nobody contradicts, with all cells that say it."""

    slot: Slot
    value: Any
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Conflict:
    """A value on which people differ: each side with its cells. `code` names it for a choice."""

    code: str
    slot: Slot
    sides: tuple[tuple[Entry, ...], ...]

    @property
    def entry(self) -> Entry:
        """A cell that the conflict is about, for its webinar, row and column."""
        return self.sides[0][0]


@dataclass(frozen=True)
class Decision:
    """What the captain chose: for a conflict, whose value, out of which values."""

    code: str
    person: str
    value: str
    among: tuple[str, ...]
    by: str
    at: str


@dataclass(frozen=True)
class Merged:
    """All that a team entered: agreed values, open and settled conflicts, cells with a problem."""

    agreed: tuple[Agreed, ...]
    conflicts: tuple[Conflict, ...]
    settled: tuple[tuple[Conflict, Decision], ...]
    faulty: tuple[Entry, ...]


def merge(entries: Iterable[Entry], decisions: Mapping[str, Decision]) -> Merged:
    """What these cells come to, with the captain's decisions by the code of their conflict."""
    ordered = sorted(entries, key=lambda entry: entry.rank)
    ordered, faulty = _with_products(ordered)
    voices: dict[Slot, list[Entry]] = {}
    for entry in ordered:
        for slot in entry.slots:
            voices.setdefault(slot, []).append(entry)
    agreed: list[Agreed] = []
    conflicts: list[Conflict] = []
    settled: list[tuple[Conflict, Decision]] = []
    for slot, said in voices.items():
        sides = _sides(slot, said)
        if len(sides) == 1:
            agreed.append(Agreed(slot, _spelled(sides[0]), tuple(sides[0])))
            continue
        conflict = Conflict(code_of(slot), slot, tuple(map(tuple, sides)))
        decision = decisions.get(conflict.code)
        chosen = _chosen(conflict, decision)
        if decision is None or chosen is None:
            conflicts.append(conflict)
        else:
            settled.append((conflict, decision))
            agreed.append(Agreed(slot, _spelled(chosen), tuple(chosen)))
    return Merged(tuple(agreed), tuple(conflicts), tuple(settled), tuple(faulty))


def code_of(slot: Slot) -> str:
    """A short name of a slot that stays the same from one merge to the next."""
    return hashlib.sha256(repr((slot.place, slot.field)).encode()).hexdigest()[:6]


def decide(conflict: Conflict, person: str, by: str, at: str) -> Decision | None:
    """The decision for the side of `person`; nothing if the person is on none or on two."""
    sides = [side for side in conflict.sides if any(e.author.id == person for e in side)]
    if len(sides) != 1:
        return None
    return Decision(
        conflict.code, person, key(conflict.slot, sides[0][0].value), _among(conflict), by, at
    )


def _chosen(conflict: Conflict, decision: Decision | None) -> tuple[Entry, ...] | None:
    """The side that was chosen, unless somebody has said something new since."""
    if decision is None or not set(_among(conflict)) <= set(decision.among):
        return None
    keys = {key(conflict.slot, side[0].value): side for side in conflict.sides}
    return keys.get(decision.value)


def _among(conflict: Conflict) -> tuple[str, ...]:
    return tuple(sorted(key(conflict.slot, side[0].value) for side in conflict.sides))


def _latest(said: list[Entry]) -> list[Entry]:
    """Each person's cells of the latest webinar in which the person spoke of the slot."""
    last: dict[str, int] = {}
    for entry in said:
        last[entry.author.id] = max(last.get(entry.author.id, 0), entry.step.webinar)
    return [entry for entry in said if entry.step.webinar == last[entry.author.id]]


def _sides(slot: Slot, said: list[Entry]) -> list[list[Entry]]:
    """The cells parted by what they say."""
    if _names_a_firm(slot):
        return _by_form(said)
    sides: dict[str, list[Entry]] = {}
    naming = all(entry.column in entry.step.key for entry in said)  # spellings of one name
    for entry in said if naming else _latest(said):
        sides.setdefault(key(slot, entry.value), []).append(entry)
    return [sides[each] for each in sorted(sides)]


def _by_form(said: list[Entry]) -> list[list[Entry]]:
    """Spellings of a firm's name are one side, unless they name two legal forms."""
    bare = [entry for entry in said if not names.form(str(entry.value))]
    forms: dict[str, list[Entry]] = {}
    for entry in _latest([entry for entry in said if entry not in bare]):
        forms.setdefault(names.form(str(entry.value)), []).append(entry)
    sides = [forms[each] for each in sorted(forms)]
    if len(sides) == 1:
        return [[*sides[0], *bare]]
    return sides or [bare]


def _names_a_firm(slot: Slot) -> bool:
    return slot.field == "name" and slot.place[:1] != () and slot.place[0][0] == "members"


def key(slot: Slot, value: Any) -> str:
    """What makes two values of a slot one."""
    if isinstance(value, bool) or value is None:
        return repr(value)
    if isinstance(value, int | float):
        return f"{value:.10g}" if math.isfinite(value) else repr(value)
    if isinstance(value, tuple):
        return "; ".join(key(slot, each) for each in value)
    text = str(value)
    if slot.field in ("region", "production_region"):
        return names.region(text)
    if slot.field in ("supplier", "buyer", "initiator", "applicant", "member"):
        return names.firm(text)
    return names.words(text) or text


def _spelled(side: Iterable[Entry]) -> Any:
    """The value of a side: of several spellings of one text the fullest."""
    values = [entry.value for entry in side]
    if all(isinstance(value, str) for value in values):
        return names.fullest(values)
    return min(values, key=repr)


def _with_products(entries: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    """The cells that can be merged, each saying which product it is about; and the others."""
    products = {
        part[1]
        for entry in entries
        for slot in entry.slots
        for part in slot.place
        if part[0] == "products" and part[1] != ONLY
    }
    whole: list[Entry] = []
    faulty: list[Entry] = []
    for entry in entries:
        if entry.problem:
            faulty.append(entry)
        elif any(("products", ONLY) in slot.place for slot in entry.slots):
            if len(products) == 1:
                only = next(iter(products))
                slots = tuple(Slot(_about(slot.place, only), slot.field) for slot in entry.slots)
                whole.append(replace(entry, slots=slots))
            else:
                column = step("team_products").columns["title"].title
                problem = f"не сказано, о каком изделии строка: заполните столбец «{column}»"
                faulty.append(replace(entry, problem=problem, slots=()))
        else:
            whole.append(entry)
    return whole, faulty


def _about(place: Place, product: str) -> Place:
    return tuple(("products", product) if part == ("products", ONLY) else part for part in place)
