"""Who entered what and when: `history.jsonl` of a team, a line for each change, only ever added to.

    {"at": "2026-10-30T11:02:00", "person": "ivanova", "name": "Иванова А. П.", "webinar": 2,
     "step": "team_members", "row": "Сириус", "column": "role", "value": "supplier"}

A value taken back has a line with nothing for its value; what the captain chose has a line too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course.errors import FileError
from course.files import MEBIBYTE, parse_json, read_text, write_text
from course.plain import visible
from course.thread.entries import Entry, Gathered
from course.thread.merging import Conflict, Decision

NAME = "history.jsonl"
_LIMIT = 64 * MEBIBYTE
_TEXT = 2_000  # signs of a value that the history repeats; the submission holds the whole

Cell = tuple[str, str, str, str]  # person, step, row, column


def record(path: Path, gathered: Gathered) -> int:
    """Add what has changed since the last time; returns how many lines were added.

    What stood in a work that can't be read now was not taken back.
    """
    last = _last(path)
    now: dict[Cell, dict[str, Any]] = {}
    for entry in gathered.entries:
        now.setdefault(_cell(entry), _line(entry))  # two rows on one thing: the first
    lines = [line for cell, line in now.items() if _value(last.get(cell)) != _value(line)]
    for cell, before in last.items():
        unread = (before["person"], before.get("webinar")) in gathered.unread
        if cell not in now and before.get("value") is not None and not unread:
            lines.append({**before, "at": "", "value": None})
    lines.sort(key=lambda line: (line["at"] or "~", line["person"]))
    _append(path, lines)
    return len(lines)


def record_choice(path: Path, conflict: Conflict, decision: Decision) -> None:
    """Add what the captain chose."""
    chosen = next(
        entry for side in conflict.sides for entry in side if entry.author.id == decision.person
    )
    _append(path, [{
        "at": decision.at, "by": decision.by, "chosen": decision.person, "conflict": decision.code,
        "step": chosen.step.id, "row": chosen.row_title, "column": chosen.column,
        "value": _plain(chosen.raw),
    }])  # fmt: skip


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The lines that can be read, from the oldest on."""
    for text in _texts(path):
        try:
            line = parse_json(text, path.name)
        except FileError:
            continue
        if isinstance(line, dict):
            yield line


def _texts(path: Path) -> list[str]:
    return read_text(path, _LIMIT).splitlines() if path.exists() else []


def _append(path: Path, added: list[dict[str, Any]]) -> None:
    if not added:
        return
    texts = [*_texts(path), *(json.dumps(line, ensure_ascii=False) for line in added)]
    write_text(path, "\n".join(texts) + "\n")


def _last(path: Path) -> dict[Cell, dict[str, Any]]:
    """The newest line of every cell."""
    found: dict[Cell, dict[str, Any]] = {}
    for line in lines(path):
        cell = tuple(str(line.get(key, "")) for key in ("person", "step", "key", "column"))
        if "person" in line and len(cell) == 4:
            found[cell] = line
    return found


def _cell(entry: Entry) -> Cell:
    return (entry.author.id, entry.step.id, _key(entry), entry.column)


def _key(entry: Entry) -> str:
    """The row by what it is about, so that a row moved down is no change."""
    if entry.slots and entry.slots[0].place:
        last = entry.slots[0].place[-1]
        named = entry.row_title if entry.step.named else ""
        return named or (last if isinstance(last, str) else last[1])
    return entry.row_title or str(entry.row)


def _line(entry: Entry) -> dict[str, Any]:
    return {
        "at": entry.at,
        "person": entry.author.id,
        "name": entry.author.name,
        "webinar": entry.step.webinar,
        "step": entry.step.id,
        "key": _key(entry),
        "row": entry.row_title,
        "column": entry.column,
        "value": _plain(entry.raw),
    }


def _value(line: dict[str, Any] | None) -> Any:
    return None if line is None else json.dumps(line.get("value"), sort_keys=True)


def _plain(raw: Any) -> Any:
    """A value as people typed it, safe to show."""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return raw
    return visible(raw if isinstance(raw, str) else str(raw), _TEXT)
