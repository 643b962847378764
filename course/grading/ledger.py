"""The history of points that changed: `history.jsonl`, a sealed line each, only added to.

Each line's seal covers the seal before it, so that a line changed, taken out or put in between is
found. What a line tells of a person is sealed by its digest alone, with salt: when the person has
to be forgotten, it is blanked and the chain still holds.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from course.errors import CourseError, Fault, GradingError
from course.files import MEBIBYTE, parse_json, read_text, write_text
from course.folder import CourseFolder
from course.grading.results import Outcome

FILE = "history.jsonl"
GRADE, REGRADE, BACK = "grade", "regrade", "back"
_CLOSE = 1e-9
_LIMIT = 256 * MEBIBYTE
_KEYS = {"number", "at", "what", "assignment", "digest", "before", "seal", "record"}


@dataclass(frozen=True)
class Entry:
    """One change: `what` was done to the work on `assignment`; `record` is `None` once blanked.

    A record holds the `person`, and the outcomes `before` and `after` as JSON data.
    """

    number: int
    at: str
    what: str
    assignment: str
    seal: str
    record: Mapping[str, Any] | None


def add(
    folder: CourseFolder,
    what: str,
    assignment: str,
    at: datetime.datetime,
    records: Sequence[Mapping[str, Any]],
) -> None:
    """Add a line for each of `records`, all or none; a damaged history is never continued."""
    if not records:
        return
    entries = verify(folder)
    texts, seal = _texts(folder), entries[-1].seal if entries else ""
    for number, told in enumerate(records, start=len(entries) + 1):
        record = {**told, "salt": secrets.token_hex(16)}
        line: dict[str, Any] = {
            "number": number,
            "at": at.isoformat(timespec="seconds"),
            "what": what,
            "assignment": assignment,
            "digest": _digest(record),
            "before": seal,
        }
        line["seal"] = seal = _digest(line)
        texts.append(json.dumps({**line, "record": record}, ensure_ascii=False, sort_keys=True))
    write_text(folder.root / FILE, "\n".join(texts) + "\n")


def moved(before: Outcome | None, after: Outcome) -> list[dict[str, Any]]:
    """The record of a change, if the same work got other points: without the answers themselves."""
    if before is None or before.work != after.work:
        return []
    earlier, later = (sum(cell.score for cell in each.cells) for each in (before, after))
    if abs(later - earlier) <= _CLOSE:
        return []
    told = {name: {**each.as_data(), "shown": {}, "pictures": {}}
            for name, each in (("before", before), ("after", after))}  # fmt: skip
    return [{"person": after.person, **told}]


def verify(folder: CourseFolder) -> tuple[Entry, ...]:
    """The whole history from the oldest line on; `GradingError` at the first line that is wrong."""
    entries: list[Entry] = []
    seal = ""
    for number, text in enumerate(_texts(folder), start=1):
        line = _line(number, text)
        sealed = {key: line[key] for key in _KEYS - {"seal", "record"}}
        if line["number"] != number or line["before"] != seal:
            raise _broken(number, "перед этой строкой чего-то не хватает или строки переставлены")
        if line["seal"] != _digest(sealed):
            raise _broken(number, "строку изменили после записи")
        if line["record"] is not None and line["digest"] != _digest(line["record"]):
            raise _broken(number, "сведения о баллах изменили после записи")
        seal = line["seal"]
        entries.append(
            Entry(number, line["at"], line["what"], line["assignment"], seal, line["record"])
        )
    return tuple(entries)


def blank(folder: CourseFolder, person: str) -> int:
    """Take all that the history tells of a person out of it; how many lines that were."""
    texts, count = _texts(folder), 0
    for at, text in enumerate(texts):
        line = _line(at + 1, text)
        if line["record"] is not None and line["record"].get("person") == person:
            texts[at] = json.dumps({**line, "record": None}, ensure_ascii=False, sort_keys=True)
            count += 1
    if count:
        write_text(folder.root / FILE, "\n".join(texts) + "\n")
    return count


def _texts(folder: CourseFolder) -> list[str]:
    path = folder.root / FILE
    return read_text(path, _LIMIT).splitlines() if path.exists() else []


def _line(number: int, text: str) -> dict[str, Any]:
    try:
        line = parse_json(text, FILE)
    except CourseError:
        raise _broken(number, "строка не читается") from None
    record = line.get("record") if isinstance(line, dict) else None
    if not isinstance(line, dict) or set(line) != _KEYS or not isinstance(record, dict | None):
        raise _broken(number, "это не запись истории")
    return line


def _digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode("ascii")).hexdigest()


def _broken(number: int, what: str) -> GradingError:
    remedy = "Верните history.jsonl из резервной копии"
    return GradingError(
        Fault(FILE, f"строка {number}", f"цепочка истории нарушена: {what}", remedy)
    )
