"""The roster: who takes part, from `roster.csv` in the course folder, which is never committed.

    id,ФИО,команда,регион
    ivanova,Иванова Анна Петровна,radioelectronics,Воронежская область

Columns «должность» and «e-mail» may follow. The file may be missing: then people are known by
their ids alone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from course.errors import Fault, GradingError
from course.files import read_text, write_text
from course.folder import GIVEN, CourseFolder
from course.wording import alphabetical

FILE = "roster.csv"
_COLUMNS = {"id": "id", "name": "ФИО", "team": "команда", "region": "регион",
            "post": "должность", "mail": "e-mail"}  # fmt: skip
_ALWAYS = ("id", "name", "team", "region")


@dataclass(frozen=True)
class Person:
    """One participant; what is not known is empty."""

    id: str
    name: str = ""
    team: str = ""
    region: str = ""
    post: str = ""
    mail: str = ""


def roster(folder: CourseFolder) -> dict[str, Person]:
    """The people of the course by id, nobody without a roster; `GradingError` if it is faulty."""
    path = folder.root / FILE
    return _parsed(path) if path.exists() else {}


def in_order(people: Iterable[Person]) -> list[Person]:
    """People by team and name, as every list of them stands."""
    return sorted(
        people,
        key=lambda person: (
            alphabetical(person.team), alphabetical(person.name or person.id), person.id
        ),
    )  # fmt: skip


def write_roster(folder: CourseFolder, rows: Sequence[Mapping[str, str]]) -> None:
    """Write `roster.csv` from rows with the keys id, name, team, region; nothing if unchanged.

    Posts and addresses (`post`, `mail`) are written where there are any.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    keys = [key for key in _COLUMNS if key in _ALWAYS or any(row.get(key) for row in rows)]
    writer.writerow([_COLUMNS[key] for key in keys])
    writer.writerows([row.get(key, "") for key in keys] for row in rows)
    path = folder.root / FILE
    if not path.exists() or path.read_text("utf-8") != stream.getvalue():
        write_text(path, stream.getvalue())


def _parsed(path: Path) -> dict[str, Person]:
    text = read_text(path)
    head = text.partition("\n")[0]
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in head else ","))
    titles = [title.strip().casefold() for title in rows[0]] if rows else []
    where = {
        key: titles.index(title)
        for key, word in _COLUMNS.items()
        for title in (word.casefold(), key)
        if title in titles
    }
    if "id" not in where:
        what = "в первой строке нет столбца id"
        remedy = f"Первая строка: {','.join(_COLUMNS[key] for key in _ALWAYS)}"
        raise GradingError(Fault(path.name, "строка 1", what, remedy))
    people: dict[str, Person] = {}
    faults: list[Fault] = []
    for number, row in enumerate(rows[1:], start=2):
        values = {key: row[at].strip() if at < len(row) else "" for key, at in where.items()}
        if not any(values.values()):
            continue
        identity = values["id"]
        if not GIVEN.fullmatch(identity):
            what = "недопустимый id: первой пишется буква или цифра, без / * ? и подобных"
            faults.append(Fault(path.name, f"строка {number}", what))
        elif identity in people:
            faults.append(Fault(path.name, f"строка {number}", f"id «{identity}» стоит дважды"))
        else:
            people[identity] = Person(**values)
    if faults:
        raise GradingError(faults)
    return people
