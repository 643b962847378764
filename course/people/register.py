"""The list of participants as a ministry sends it, taken into `roster.csv`.

Any spelling of the head is understood, whatever stands above it. Ids are made from names in Latin
letters; a namesake gets a number; who is in the roster already keeps the id. Messages name rows,
never people: what they say may end up in a log.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from course.errors import Fault, GradingError
from course.folder import NAME, CourseFolder
from course.people import region
from course.people.roster import Person, roster, write_roster
from course.people.translit import latin
from course.spreadsheets import tables
from course.spreadsheets.tables import Formula, Row, Table
from course.wording import count

_DEPTH = 60  # rows in which the head is looked for
HEADS = {
    "id": r"id|код участника|логин",
    "name": r"ф ?и ?о\b.*|фамилия,? имя.*|участник|слушатель|(фио )?(участника|слушателя)",
    "surname": r"фамилия",
    "given": r"имя",
    "patronymic": r"отчество.*",
    "region": r".*\b(регион|субъект).*|область",
    "post": r".*\bдолжность.*",
    "mail": r".*(e ?mail|почт|мейл|мэйл).*",
    "team": r".*\bкоманд[аы]\b.*",
}
_WORD = r"(?:[А-Яа-яЁёӀ-ӿҐґІі’'ʼ.-]+|[A-Za-zÀ-ž’'.-]+)"
_NAME = re.compile(rf"{_WORD}( \(?{_WORD}\)?){{1,5}}")
_TOTAL = re.compile(r"(итого|всего|из них)\b.*", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>.]+(\.[^\s@,;<>.]+)+")


@dataclass(frozen=True)
class Intake:
    """What an intake made of a list: the whole roster now, and whose ids are new or kept.

    `absent` are ids of the roster that the list does not have; they stay. `skipped` are rows that
    hold nobody. `teams` are titles that had to be written in Latin letters, with the result.
    """

    people: tuple[Person, ...]
    new: tuple[str, ...]
    kept: tuple[str, ...]
    absent: tuple[str, ...]
    skipped: tuple[int, ...]
    teams: Mapping[str, str]

    @property
    def lines(self) -> tuple[str, ...]:
        """The intake as Russian lines for the terminal: ids, no names."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[str]:
        people = count(len(self.people), "участник", "участника", "участников")
        yield f"В списке теперь {people}: новых {len(self.new)}, прежних {len(self.kept)}."
        if self.absent:
            yield (
                "В присланном файле нет тех, кто был в списке раньше; они оставлены: "
                f"{', '.join(self.absent)}. Удалить человека: proclusters forget ID."
            )
        if self.skipped:
            yield f"Пропущены строки без участника: {', '.join(map(str, self.skipped))}."
        yield from (f"Команда «{title}» записана как {name}." for title, name in self.teams.items())
        for names in region.alike(person.region for person in self.people):
            told = ", ".join(f"«{name}»" for name in names)
            yield f"Похоже, один регион назван по-разному: {told}. Ведомость сочтёт их разными."
        yield "Дальше: коды участников, proclusters tokens."


def take_in(folder: CourseFolder, path: Path) -> Intake:
    """Read the list in `path` and write `roster.csv`; `GradingError` with everything wrong in it.

    Nothing is written unless the whole list is sound.
    """
    table, head, where = _headed(tables.read(path))
    faults: list[Fault] = []
    skipped: list[int] = []
    told: list[tuple[Row, Person]] = []
    for row in table.rows:
        if row.number <= head:
            continue
        person = _person(row, where, table.file, faults)
        if person is None:
            skipped.append(row.number)
        else:
            told.append((row, person))
    faults += _doubles(table.file, told)
    if not told:
        faults.append(Fault(table.file, "", "под шапкой таблицы нет ни одного участника"))
    if faults:
        raise GradingError(faults)
    before = roster(folder)
    found = _identified(table.file, told, before)
    absent = [person for identity, person in before.items() if identity not in found]
    people = (*found.values(), *absent)
    write_roster(folder, [asdict(person) for person in people])
    titles = {row.text(where["team"]) for row, _ in told} if "team" in where else set()
    return Intake(
        people=people,
        new=tuple(each for each in found if each not in before),
        kept=tuple(each for each in found if each in before),
        absent=tuple(person.id for person in absent),
        skipped=tuple(skipped),
        teams={title: team(title) for title in sorted(titles) if title and team(title) != title},
    )


def columns(row: Row) -> dict[str, int]:
    """The columns of a head by what they hold; of two alike the first."""
    found: dict[str, int] = {}
    for at in row.filled:
        text = _plain(row.text(at))
        key = next((key for key, form in HEADS.items() if re.fullmatch(form, text)), None)
        if key is not None:
            found.setdefault(key, at)
    return found


def team(title: str) -> str:
    """The folder of a team: its title if that may name one, else the title in Latin letters."""
    return title if NAME.fullmatch(title) else latin(title)


def total(text: str) -> bool:
    """Whether a row that begins with `text` sums up others and names nobody."""
    return bool(_TOTAL.fullmatch(text))


def _plain(text: str) -> str:
    """A heading without case, dots, hyphens and doubled spaces."""
    bare = re.sub(r"[^\w,]+", " ", text.casefold().replace("ё", "е")).replace("_", " ")
    return " ".join(bare.replace(" ,", ",").split())


def _headed(found: Sequence[Table]) -> tuple[Table, int, dict[str, int]]:
    """The table that has a head, the number of its row, and its columns."""
    headed = []
    for table in found:
        for row in table.rows[:_DEPTH]:
            where = columns(row)
            if len(where) > 1 and ("name" in where or {"surname", "given"} <= where.keys()):
                headed.append((table, row.number, where))
                break
    if len(headed) == 1:
        return headed[0]
    file = found[0].file if found else ""
    if headed:
        names = ", ".join(f"«{table.sheet}»" for table, *_ in headed)
        raise GradingError(
            Fault(file, "", f"списков в книге несколько: {names}", "Оставьте один лист")
        )
    raise GradingError(
        Fault(file, "", "не найдена шапка таблицы",
              "Нужна строка с названиями столбцов: ФИО, регион, должность, e-mail, команда")
    )  # fmt: skip


def _person(row: Row, where: Mapping[str, int], file: str, faults: list[Fault]) -> Person | None:
    """The person in a row, without an id of our own; nothing if nobody stands there."""
    seen = [at for at in where.values() if at in row.filled]
    if row.filled and total(row.text(row.filled[0])):
        return None
    formulas = [
        at for at in seen if isinstance(row.at(at), Formula) or _begins_formula(row.text(at))
    ]
    faults += [
        Fault(file, row.place(at), "вместо значения стоит формула", "Впишите само значение")
        for at in formulas
    ]
    told = {key: row.text(at) for key, at in where.items()}
    name = _name(told)
    sound = bool(_NAME.fullmatch(name))
    if not seen or _numbering(row) or (len(row.filled) == 1 and not sound and not formulas):
        return None
    if {where.get("name"), where.get("surname")} & set(formulas):
        return Person("")
    at = where.get("name", where.get("surname", 0))
    if not sound:
        what = "ФИО не указано" if not name else "ФИО не читается"
        remedy = "Нужны фамилия и имя, каждое слово одним алфавитом, без цифр и пояснений"
        faults.append(Fault(file, row.place(at), what, remedy))
    mail = told.get("mail", "").removeprefix("mailto:")
    if mail and not _MAIL.fullmatch(mail):
        what = "в столбце e-mail не один адрес"
        faults.append(Fault(file, row.place(where["mail"]), what, "Оставьте один адрес"))
    identity = told.get("id", "")
    if identity and not NAME.fullmatch(identity):
        what = "недопустимый id: нужны латинские буквы, цифры, «_» и «-»"
        faults.append(Fault(file, row.place(where["id"]), what))
    group = told.get("team", "")
    if group and not NAME.fullmatch(team(group)):
        what = "из названия команды не получается имя папки"
        faults.append(Fault(file, row.place(where["team"]), what, "Нужны буквы или цифры"))
    return Person(
        identity,
        name,
        team(group),
        region.named(told.get("region", "")),
        told.get("post", ""),
        mail,
    )


def _begins_formula(text: str) -> bool:
    """Whether Excel would calculate a text that is written into a file as it stands."""
    return text.startswith(("=", "+", "@", "-")) and bool(text.strip("=+@- "))


def _name(told: Mapping[str, str]) -> str:
    if told.get("name"):
        return told["name"]
    return " ".join(filter(None, (told.get(key) for key in ("surname", "given", "patronymic"))))


def _numbering(row: Row) -> bool:
    """Whether the row only numbers the columns: 1, 2, 3, …"""
    said = [row.text(at) for at in row.filled]
    return len(said) > 1 and said == [str(number) for number in range(1, len(said) + 1)]


def _doubles(file: str, told: Sequence[tuple[Row, Person]]) -> Iterator[Fault]:
    """Two rows with one address, one id, or equal in everything."""
    first: dict[tuple[str, ...], int] = {}
    for row, person in told:
        for key, what in (
            (("mail", person.mail.casefold()), "тот же e-mail"),
            (("id", person.id), "тот же id"),
            (("all", *_key(person), person.mail.casefold()), "тот же человек"),
        ):
            if not key[1]:
                continue
            if key in first:
                yield Fault(file, f"строка {row.number}", f"{what}, что в строке {first[key]}",
                            "Оставьте одну строку или уточните данные")  # fmt: skip
                break
            first[key] = row.number


def _key(person: Person) -> tuple[str, ...]:
    """What a person without an address is known by."""
    said = (person.name, person.region, person.post)
    return tuple(" ".join(each.casefold().replace("ё", "е").split()) for each in said)


def _identified(
    file: str, told: Sequence[tuple[Row, Person]], before: Mapping[str, Person]
) -> dict[str, Person]:
    """Everybody of the list with an id: the one from before, or a new one that nobody has."""
    owners = _known([person for _, person in told], before)
    taken = set(before) | {person.id for _, person in told if person.id}
    found: dict[str, Person] = {}
    for at, (row, person) in enumerate(told):
        identity = person.id or owners.get(at) or _free(person.name, taken)
        if identity in found:  # an id of the list that another row already has from before
            raise GradingError(
                Fault(file, f"строка {row.number}", f"id «{identity}» уже у другого участника",
                      "Уберите столбец id или исправьте его")
            )  # fmt: skip
        taken.add(identity)
        found[identity] = replace(person, id=identity)
    return found


def _known(people: Sequence[Person], before: Mapping[str, Person]) -> dict[int, str]:
    """By their place in the list, the ids of those who are in the roster already.

    An address tells most, then name, region and post together, and at last a name that only one
    person bears, there and here.
    """
    found: dict[int, str] = {}
    for tell in (
        lambda person: (person.mail.casefold(),) if person.mail else (),
        _key,
        lambda person: _key(person)[:1],
    ):
        left = [person for person in before.values() if person.id not in found.values()]
        there = Counter(tell(person) for person in left)
        here = Counter(tell(person) for at, person in enumerate(people) if at not in found)
        owner = {tell(person): person for person in left}
        for at, person in enumerate(people):
            key = tell(person)
            if at in found or not key or there[key] != 1 or here[key] != 1:
                continue
            if not _contradict(person, owner[key]):
                found[at] = owner[key].id
    return found


def _contradict(one: Person, other: Person) -> bool:
    """Whether two people of one name are surely two: both addresses and regions differ."""
    mails = {one.mail.casefold(), other.mail.casefold()}
    regions = {_key(one)[1], _key(other)[1]}
    return all(len(each) == 2 and "" not in each for each in (mails, regions))


def _free(name: str, taken: set[str]) -> str:
    """The id of a new person: surname and first name, with a number for a namesake."""
    base = "-".join(filter(None, (latin(word) for word in name.split()[:2]))) or "uchastnik"
    number = 1
    while (made := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return made
