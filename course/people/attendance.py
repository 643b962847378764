"""Who was at which webinar: taken in from a table, kept in `attendance.csv` by ids.

    id,01_regime,02_diagnosis
    ivanova-anna,1,0

A table may come after each webinar: its columns are put in place of earlier ones, others stay.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from course.errors import Fault, GradingError
from course.files import read_text, write_text
from course.folder import CourseFolder
from course.people import register
from course.people.roster import Person, roster
from course.programme import programme
from course.spreadsheets import tables
from course.spreadsheets.tables import Formula, Row, Table
from course.wording import count

FILE = "attendance.csv"
_DEPTH = 60  # rows in which the head is looked for
_THERE = frozenset(
    {"+", "да", "1", "был", "была", "присутствовал", "присутствовала", "v", "✓", "✔"}
)
_AWAY = frozenset({"", "-", "−", "–", "—", "нет", "0", "н", "нб", "н/я", "не был", "не была",
                   "отсутствовал", "отсутствовала"})  # fmt: skip
_WEBINAR = re.compile(r"(?:вебинар|занятие|в)?\s*№?\s*(\d{1,2})\b.*", re.IGNORECASE)


@dataclass(frozen=True)
class Attended:
    """What an intake found: how many `people`, and how many came to each webinar, by name."""

    people: int
    came: Mapping[str, int]

    @property
    def lines(self) -> tuple[str, ...]:
        """The intake as Russian lines for the terminal."""
        people = count(self.people, "участник", "участника", "участников")
        told = [f"Посещения записаны: {people}."]
        for name, came in self.came.items():
            told.append(f"  Вебинар {programme.webinar(name).number}: были {came}.")
        return (*told, "Дальше: proclusters gradebook журнал.xlsx или proclusters final.")


def attendance(folder: CourseFolder) -> dict[str, dict[str, bool]]:
    """By person, the webinars of which it is known whether the person was there."""
    path = folder.root / FILE
    if not path.exists():
        return {}
    head, *rows = list(csv.reader(io.StringIO(read_text(path)))) or [[]]
    return {
        row[0]: {name: mark == "1" for name, mark in zip(head[1:], row[1:], strict=False) if mark}
        for row in rows
        if row
    }


def take_attendance(folder: CourseFolder, path: Path) -> Attended:
    """Read the table in `path` into `attendance.csv`; `GradingError` with all that is wrong."""
    people = roster(folder)
    table, head, webinars = _headed(tables.read(path))
    where = register.columns(head)
    faults: list[Fault] = []
    found: dict[str, dict[str, bool]] = {}
    rows: dict[str, int] = {}
    for row in table.rows:
        if row.number <= head.number or not set(where.values()) & set(row.filled):
            continue
        if any(register.total(row.text(at)) for at in where.values()):
            continue
        person = _owner(row, where, table.file, people, faults)
        marks = dict(_marks(row, webinars, table.file, faults))
        if person in rows:
            what = f"тот же участник, что в строке {rows[person]}"
            faults.append(Fault(table.file, f"строка {row.number}", what, "Оставьте одну строку"))
        elif person:
            rows[person], found[person] = row.number, marks
    if not rows and not faults:
        faults.append(Fault(table.file, "", "под шапкой таблицы нет ни одного участника"))
    if faults:
        raise GradingError(faults)
    before = attendance(folder)
    merged = {
        person: {**before.get(person, {}), **found.get(person, {})}
        for person in sorted({*before, *found})
    }
    _write(folder, merged)
    came = {name: sum(marks[name] for marks in found.values()) for name in webinars}
    return Attended(len(found), came)


def _headed(found: tuple[Table, ...]) -> tuple[Table, Row, dict[str, int]]:
    """The table with a head that names people and webinars, its head, the webinars' columns."""
    for table in found:
        for row in table.rows[:_DEPTH]:
            named = register.columns(row)
            webinars = _webinars(row, set(named.values()))
            if webinars and {"id", "name", "surname", "mail"} & named.keys():
                return table, row, webinars
    file = found[0].file if found else ""
    remedy = "Нужна строка: ФИО (или e-mail, или id) и столбцы «Вебинар 1», «Вебинар 2»"
    raise GradingError(Fault(file, "", "не найдена шапка таблицы посещений", remedy))


def _webinars(head: Row, others: set[int]) -> dict[str, int]:
    """The columns of webinars by name: told by number or by name."""
    numbers = {str(webinar.number): webinar.name for webinar in programme.webinars}
    found: dict[str, int] = {}
    for at in head.filled:
        text = head.text(at)
        number = _WEBINAR.fullmatch(text)
        name = text if text in numbers.values() else numbers.get(number[1] if number else "", "")
        if name and at not in others:
            found.setdefault(name, at)
    return found


def _owner(
    row: Row, where: Mapping[str, int], file: str, people: Mapping[str, Person],
    faults: list[Fault],
) -> str:  # fmt: skip
    """The id of the person in a row; empty, with a fault, if that can't be told."""
    told = {key: row.text(at).casefold() for key, at in where.items()}
    name = told.get("name") or " ".join(
        filter(None, (told.get(key) for key in ("surname", "given", "patronymic")))
    )
    if told.get("id"):
        meant = [each for each in people if each.casefold() == told["id"]]
    elif told.get("mail"):
        meant = [each.id for each in people.values() if each.mail.casefold() == told["mail"]]
    else:
        meant = [each.id for each in people.values() if _same(each.name, name)]
    if len(meant) == 1:
        return meant[0]
    what = "такого участника нет в списке" if not meant else "в списке несколько таких участников"
    remedy = "Исправьте строку" if not meant else "Добавьте столбец e-mail или id"
    faults.append(Fault(file, f"строка {row.number}", what, remedy))
    return ""


def _same(one: str, other: str) -> bool:
    return one.casefold().replace("ё", "е").split() == other.replace("ё", "е").split()


def _marks(
    row: Row, webinars: Mapping[str, int], file: str, faults: list[Fault]
) -> Iterator[tuple[str, bool]]:
    for name, at in webinars.items():
        text = row.text(at).casefold()
        if isinstance(row.at(at), Formula):
            faults.append(Fault(file, row.place(at), "вместо отметки стоит формула"))
        elif text in _THERE or text in _AWAY:
            yield name, text in _THERE
        else:
            what = "отметка не читается"
            faults.append(Fault(file, row.place(at), what, "Нужно: «+» или «−», да или нет"))


def _write(folder: CourseFolder, marks: Mapping[str, Mapping[str, bool]]) -> None:
    names = [each.name for each in programme.webinars]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["id", *names])
    for person, came in marks.items():
        writer.writerow([person, *(_mark(came.get(name)) for name in names)])
    write_text(folder.root / FILE, stream.getvalue())


def _mark(came: bool | None) -> str:
    return "" if came is None else str(int(came))
