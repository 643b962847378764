"""What the team and the organiser read about a merge, as Russian lines."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator

from course.programme import Programme, programme
from course.steps import steps
from course.thread import names
from course.thread.entries import Entry, Gathered, Place
from course.thread.judging import Verdict
from course.thread.merging import Conflict, Decision, Merged
from course.wording import NBSP

_LINES = 60  # of one kind that a person reads
_LONG = 100  # names of a list: in a longer one each is not compared with each
_ALIKE = 0.85  # of two names: more alike than this are told


def moment(at: str) -> str:
    """A participant's clock as people write it: «25.11.2026 14:02»."""
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d:\d\d)", at)
    return f"{found[3]}.{found[2]}.{found[1]} {found[4]}" if found else "время не записано"


def about(entry: Entry) -> str:
    """A cell by webinar, field, row and column."""
    parts = [f"Вебинар {entry.step.webinar}, «{entry.step.label}»"]
    parts += [f"строка {names.quoted(entry.row_title)}"] if entry.row_title else []
    parts += [f"столбец «{entry.column_title}»"] if entry.column_title else []
    return ", ".join(parts)


def said(entry: Entry) -> str:
    """Who entered which value and when."""
    return f"{entry.author.name} ({entry.author.id}) — {entry.shown}, {moment(entry.at)}"


def conflict(each: Conflict) -> str:
    """A conflict with all its sides."""
    sides = "; ".join(said(entry) for side in each.sides for entry in side)
    return f"{about(each.entry)}: {sides} [спор {each.code}]"


def settled(each: Conflict, decision: Decision) -> str:
    """A conflict that was settled: all sides, and who chose which."""
    who = next((e for side in each.sides for e in side if e.author.id == decision.person), None)
    chosen = f"взято от {who.author.name}" if who else "решено"
    return f"{conflict(each)}: {chosen}, решил {decision.by}, {moment(decision.at)}"


def open_questions(merged: Merged, verdict: Verdict) -> tuple[str, ...]:
    """What stands between the team and a whole file: conflicts, faults, gaps."""
    return (
        *(f"Спор. {conflict(each)}" for each in merged.conflicts),
        *(f"Ошибка. {each}".rstrip(".") for each in verdict.faults),
        *(str(each) for each in verdict.gaps),
    )


def progress(gathered: Gathered) -> Iterator[str]:
    """For each webinar how many fields are filled, and by whom."""
    plan: Programme = programme
    for webinar in plan.webinars:
        asked = steps(webinar.number)
        here = [entry for entry in gathered.entries if entry.step.webinar == webinar.number]
        filled = {entry.step.id for entry in here}
        authors = {entry.author.id: entry.author.name for entry in here}
        alone = Counter(authors.values())  # a namesake is told by the id
        people = sorted(n if alone[n] == 1 else f"{n} ({id})" for id, n in authors.items())
        who = f": {', '.join(people)}" if people else ""
        yield f"  Вебинар {webinar.number}. Полей заполнено: {len(filled)} из {len(asked)}{who}"
        empty = [f"«{each.label}»" for each in asked if each.id not in filled]
        if filled and empty:
            yield f"    Пусто: {', '.join(empty)}"


def alike(gathered: Gathered) -> Iterator[str]:
    """Names that are nearly the same: likely one thing written in two ways."""
    first: dict[Place, Entry] = {}
    for entry in gathered.entries:
        for slot in entry.slots:
            if slot.place and not slot.kept and isinstance(slot.place[-1], tuple):
                first.setdefault(slot.place, entry)
    lists = Counter((place[:-1], place[-1][0]) for place in first)
    places = sorted((p for p in first if lists[p[:-1], p[-1][0]] <= _LONG), key=repr)
    for number, one in enumerate(places):
        for other in places[number + 1 :]:
            if _comparable(one, other) and _near(one, other):
                left, right = about(first[one]), about(first[other])
                yield f"{left} и {right}: если это одно и то же, впишите одинаково"


def _comparable(one: Place, other: Place) -> bool:
    """Whether both stand in one list; or one names a buyer or founder, the other a member."""
    lists = {one[-1][0], other[-1][0]}
    if "members" in lists and lists & {"sales", "founders"}:
        return len(lists) > 1
    return one[:-1] == other[:-1] and len(lists) == 1


def _near(one: Place, other: Place) -> bool:
    *head, left = str(one[-1][1]).split(" / ")
    *rest, right = str(other[-1][1]).split(" / ")
    if one[-1][0] == "people":
        return names.person(left, right)
    digits = [re.findall(r"\d+", name) for name in (left, right)]
    if head != rest or digits[0] != digits[1] or left == right:
        return False
    return difflib.SequenceMatcher(None, left, right).ratio() >= _ALIKE


def listed(title: str, lines: list[str]) -> Iterator[str]:
    """A heading with a count, and the lines below it; nothing without lines."""
    if lines:
        yield f"{title}:{NBSP}{len(lines)}"
        yield from (f"  {line.rstrip('.')}." for line in lines[:_LINES])
    if len(lines) > _LINES:
        yield f"  … и ещё {len(lines) - _LINES}"
