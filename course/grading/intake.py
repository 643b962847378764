"""Taking in what a person handed in: only the answers, and only as plain data.

The notebook of a participant is opened for its text answers alone, if the assignment has any; no
setting, tag, score or cell of it has a say. What could be mended is told to the participant in a
note, what can't be used is put aside with a reason and stops nobody else.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from course.errors import AnswerError, CourseError, Fault, GradingError
from course.folder import GIVEN, CourseFolder
from course.forms import answers as sheets
from course.grading import graft, parcel
from course.grading.master import Master
from course.plain import line, visible

ZONE = ZoneInfo("Europe/Moscow")  # the programme's days are Moscow's
YEARS = range(2000, 2100)  # in which a work may have been handed in
PEOPLE = 50_000  # folders in `submitted/`
_TEXT = 100_000  # signs in one text answer
_NOBODY = frozenset(
    {".ds_store", ".gitignore", ".gitkeep", ".ipynb_checkpoints", "desktop.ini", "readme.md"}
)
_ZONES = {"UTC": "Z", "MSK": "+03:00"}  # an exchange in Moscow's time calls it so
_STAMP = re.compile(
    r"(\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)"
    r"(?: ?(UTC|Z|MSK|[+-]\d{2}:?\d{2})| ([A-Z][A-Za-z]{1,30}/[A-Z][A-Za-z_]{1,30}))?"
)


@dataclass(frozen=True)
class Submission:
    """What one person answered: `answers` in the form of the answer file, `texts` by cell id.

    `added` are code cells of the person's own, each with the cell of ours that it stands after.
    `notes` tell the participant in Russian what was put right. `at` is when it was handed in, as
    nbgrader wrote it: UTC without a zone.
    """

    person: str
    assignment: str
    answers: Mapping[str, Any]
    texts: Mapping[str, str]
    notes: tuple[str, ...]
    at: datetime.datetime | None
    added: graft.Added = ()

    @property
    def day(self) -> datetime.date | None:
        """The day in Moscow on which it was handed in."""
        return self.at.replace(tzinfo=datetime.UTC).astimezone(ZONE).date() if self.at else None

    @cached_property
    def work(self) -> str:
        """A digest of what the person answered."""
        added = [self.added] if self.added else []
        variant = [self.token] if self.token else []
        return _digest([self.answers["answers"], self.texts, *added, *variant])

    @property
    def token(self) -> str:
        """The token that the answers were given under; empty without one."""
        return str(self.answers.get("token", ""))

    def key(self, master: Master) -> str:
        """A digest of all that the recorded result of this submission depends on."""
        stamp = self.at.isoformat() if self.at else ""
        return _digest([self.work, self.notes, stamp, master.digest])


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode("ascii")).hexdigest()


@dataclass(frozen=True)
class Quarantined:
    """A submission that can't be graded, and the reason in Russian."""

    person: str
    reason: str


def people(folder: CourseFolder, assignment: str) -> tuple[list[str], list[Quarantined]]:
    """Who handed in `assignment`; and the folders whose names can't be anybody's."""
    found: list[str] = []
    refused: list[Quarantined] = []
    for name in parcel.names(folder.submitted, PEOPLE):
        if name.casefold() in _NOBODY:
            continue
        if not GIVEN.fullmatch(name):
            reason = "недопустимое имя папки: первой пишется буква или цифра, без / * ? и подобных"
            refused.append(Quarantined(line(name, 60), reason))
            continue
        try:
            if assignment in parcel.names(folder.submitted / name):
                found.append(name)
        except CourseError as error:
            refused.append(Quarantined(name, str(error)))
    return found, refused


def take(folder: CourseFolder, master: Master, person: str) -> Submission | Quarantined:
    """The submission of `person`, or why it can't be graded."""
    try:
        return _take(folder.submitted, master, person)
    except CourseError as error:
        return Quarantined(person, line(" ".join(str(fault) for fault in error.faults), 500))
    except (OSError, ValueError, RecursionError, OverflowError, MemoryError):
        return Quarantined(person, "Работа не читается: файлы в ней повреждены.")


def _take(root: Path, master: Master, person: str) -> Submission:
    files = [book.file for book in master.books]
    handed = parcel.opened(root, person, master.name, files if master.answered else [])
    if not handed.names & {parcel.ANSWERS, *files}:
        raise GradingError(
            Fault("", "", "в папке нет ни файла ответов, ни тетради с нужным именем",
                  f"Нужны {', '.join(['answers.json', *files[:-1]])} и {files[-1]}")
        )  # fmt: skip
    notes = [f"Не прочитано: {fault.file}, {fault.what}." for fault in handed.refused]
    answers = _answers(handed.content.get(parcel.ANSWERS), master, notes)
    added: graft.Added = ()
    if master.program:
        texts, added = graft.read(handed.content, master, notes)
    else:
        texts = _texts(handed.content, master, notes)
    at = stamp(handed.content.get(parcel.STAMP), notes)
    return Submission(person, master.name, answers, texts, tuple(notes), at, added)


def _answers(content: bytes | None, master: Master, notes: list[str]) -> dict[str, Any]:
    """The answer file in our own words: every entry that can be used, and a note for the rest."""
    sheet = sheets.Sheet()
    if content is None and not master.labels:
        pass  # nothing is asked by form
    elif content is None:
        notes.append("Файла ответов answers.json в работе нет: ни одно поле не засчитано.")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise AnswerError(Fault(sheets.NAME, "", "текст не в UTF-8")) from None
        sheet = sheets.parse(text, master.name)
        notes += [f"Не засчитано: {line(str(fault), 300)}" for fault in sheet.faults[:20]]
    return sheets.data_of(master.name, sheet.answers, sheet.token)


def _texts(content: Mapping[str, bytes], master: Master, notes: list[str]) -> dict[str, str]:
    """The participant's text answers by cell id; nothing else of the notebooks is looked at."""
    if not master.answered:
        return {}
    handed = [book for book in master.books if book.file in content]
    if not handed:
        notes.append("Тетради в работе нет: развёрнутые ответы не найдены.")
        return {}
    found: dict[str, str] = {}
    try:
        for book in handed:
            for cell in parcel.cells(content[book.file]):
                own, source = _text(cell)
                identity = book.prefix + own
                if identity in master.answered and identity not in found:
                    found[identity] = source
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        notes.append("Тетрадь повреждена: развёрнутые ответы не прочитаны.")
        return {}
    lost = [identity for identity in master.answered if identity not in found]
    notes += [f"Ячейки с ответом «{identity}» в тетради нет." for identity in lost]
    return found


def _text(cell: Any) -> tuple[str, str]:
    """The id and the source of a cell, whatever it is made of."""
    if not isinstance(cell, dict) or not isinstance(cell.get("metadata"), dict):
        return "", ""
    marks = cell["metadata"].get("nbgrader")
    identity = marks.get("grade_id") if isinstance(marks, dict) else None
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    if not isinstance(identity, str) or not isinstance(source, str):
        return "", ""
    return identity, visible(source, _TEXT)


def stamp(content: bytes | None, notes: list[str]) -> datetime.datetime | None:
    """When the work was handed in, by nbgrader's time stamp; UTC without a zone."""
    text = (content or b"").decode("ascii", "replace").strip()
    if not text:
        return None
    try:
        match = _STAMP.fullmatch(text)
        if not match:
            raise ValueError
        moment = datetime.datetime.fromisoformat(match[1] + _ZONES.get(match[2], match[2] or ""))
        if match[3]:  # the exchange's own time zone, if its settings name one
            moment = moment.replace(tzinfo=ZoneInfo(match[3]))
        moment = moment.astimezone(datetime.UTC).replace(tzinfo=None) if moment.tzinfo else moment
        if moment.year not in YEARS:
            raise ValueError
        return moment
    except (ValueError, OverflowError, OSError, ZoneInfoNotFoundError):  # a zone may be a folder
        notes.append("Отметка времени сдачи повреждена: время сдачи не определено.")
        return None
