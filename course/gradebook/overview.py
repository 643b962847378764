"""Tables about the whole cohort: teams, regions, exercises, who has not handed in, who was late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import fmean

from course.folder import CourseFolder
from course.gradebook.standings import title
from course.gradebook.verdicts import EARLY, OPEN, PASSED, Verdict
from course.grading.difficulty import SHOWN, exercises
from course.grading.master import Master
from course.grading.teamwork import team_steps
from course.people.roster import Person
from course.plain import line
from course.programme import programme
from course.spreadsheets.sheet import Sheet, Value
from course.wording import alphabetical, day

Points = Mapping[str, dict[str, dict[str, float | None]]]


def sheets(
    folder: CourseFolder, masters: Sequence[Master], people: Sequence[Verdict], points: Points
) -> Iterator[Sheet]:
    """The tables that have something to say; `masters` are those that somebody handed in."""
    known = [each for each in people if each.person.team]
    if known:
        yield _groups("Команды", "Команда", known, masters, lambda person: person.team)
    known = [each for each in people if each.person.region]
    if known:
        yield _groups("Регионы", "Регион", known, masters, lambda person: person.region)
    yield _exercises(folder, masters, points)
    found = (_absent(masters, people), _late(people), _steps(folder, people))
    yield from (sheet for sheet in found if sheet.rows)


def share(value: float | None) -> Value:
    """A share as a percentage to one decimal, as a number."""
    return None if value is None else round(value * 100, 1)


def _groups(
    name: str,
    word: str,
    people: Sequence[Verdict],
    masters: Sequence[Master],
    group: Callable[[Person], str],
) -> Sheet:
    """For each group: people, works, the mean of the works in each webinar, verdicts."""
    head = (word, "Участников", "Сдано работ", "Работ всего",
            *(f"{title(master.name)}, средний балл" for master in masters),
            "Доля баллов в среднем, %", "Зачёт", "Без итога")  # fmt: skip
    rows: list[tuple[Value, ...]] = []
    for each in sorted({group(verdict.person) for verdict in people}, key=alphabetical):
        inside = [verdict for verdict in people if group(verdict.person) == each]
        rows.append((
            line(each), len(inside),
            sum(_handed(verdict, masters) for verdict in inside), len(inside) * len(masters),
            *(_mean([verdict.points.get(master.name) for verdict in inside]) for master in masters),
            share(fmean(verdict.share for verdict in inside)),
            sum(verdict.words == PASSED for verdict in inside),
            sum(verdict.words in (OPEN, EARLY) for verdict in inside),
        ))  # fmt: skip
    return Sheet(name, head, tuple(rows))


def _handed(verdict: Verdict, masters: Sequence[Master]) -> int:
    return sum(verdict.points.get(master.name) is not None for master in masters)


def _mean(points: Sequence[float | None]) -> Value:
    """The mean of the works that were handed in."""
    given = [each for each in points if each is not None]
    return round(fmean(given), 2) if given else None


def _exercises(folder: CourseFolder, masters: Sequence[Master], points: Points) -> Sheet:
    head = ("Вебинар", "Упражнение", "Баллов", "Работ", "Заработано баллов, %", "Полный балл",
            *(f"Типичная ошибка {number}" for number in range(1, SHOWN + 1)))  # fmt: skip
    rows: list[tuple[Value, ...]] = []
    for master in masters:
        for each in exercises(folder, master, points[master.name]):
            told = [f"{amount} чел.: {hint}" for hint, amount in each.mistakes]
            rows.append((
                title(each.assignment), each.question, each.points, each.people,
                share(each.share), each.full, *told, *([None] * (SHOWN - len(told))),
            ))  # fmt: skip
    return Sheet("Упражнения", head, tuple(rows))


def _absent(masters: Sequence[Master], people: Sequence[Verdict]) -> Sheet:
    """Who has not handed in what others have, with the last day for that person."""
    head = ("id", "Участник", "Команда", "Регион", "Вебинар", "Срок")
    due = {webinar.name: webinar.due for webinar in programme.webinars}
    rows = tuple(
        (*_who(each.person), title(master.name),
         day(programme.extended(each.person.id, master.name) or due.get(master.name)))
        for master in masters
        for each in people
        if each.points.get(master.name) is None
    )  # fmt: skip
    return Sheet("Не сдали", head, rows)


def _late(people: Sequence[Verdict]) -> Sheet:
    head = ("id", "Участник", "Команда", "Регион", "Вебинар", "Снято баллов")
    rows = tuple(
        (*_who(each.person), title(name), round(lost, 2))
        for each in people
        for name, lost in sorted(each.penalties.items())
    )
    return Sheet("Опоздания", head, rows)


def _steps(folder: CourseFolder, people: Sequence[Verdict]) -> Sheet:
    """The steps of the teams' own projects that anybody handed in, with everybody's part."""
    head = ("Команда", "Вебинар", "Полей заполнено", "Полей всего", "Шаг сдан",
            "Кто сколько полей заполнил", "Пустые поля")  # fmt: skip
    persons = {each.person.id: each.person for each in people}
    names = Counter(each.name for each in persons.values())
    rows = tuple(
        (line(step.team), f"Вебинар {step.webinar.number}", step.filled, step.asked,
         "полностью" if step.whole else "частично",
         "; ".join(f"{_called(persons[id], names)} — {part}" for id, part in step.parts.items()),
         line("; ".join(step.missing), 1000) or None)
        for step in team_steps(folder, persons)
        if step.handed
    )  # fmt: skip
    return Sheet("Шаги команд", head, rows)


def _called(person: Person, names: Mapping[str, int]) -> str:
    """A person's name; with the id where others bear the same."""
    name = line(person.name or person.id)
    return f"{name} ({person.id})" if names[person.name] > 1 and person.name else name


def _who(person: Person) -> tuple[str, str, str, str]:
    return person.id, line(person.name or person.id), line(person.team), line(person.region)
