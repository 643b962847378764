"""The steps of a team's own project: what one member hands in counts for the whole team.

Steps bring no points. A step is handed in when its fields were filled by the members together;
each one's part is the number of fields in which the person wrote something.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from course.errors import CourseError
from course.folder import CourseFolder
from course.forms import answers as sheets
from course.forms.tables import empty
from course.grading import parcel
from course.people.roster import Person
from course.programme import Webinar, programme
from course.steps import steps
from course.wording import NBSP, alphabetical, plural


@dataclass(frozen=True)
class Step:
    """The step of one team in one webinar: `filled` of `asked` fields, and `parts` by person.

    Everybody of the team has a part, perhaps none (0). `missing` are the labels of empty fields.
    """

    team: str
    webinar: Webinar
    asked: int
    filled: int
    missing: tuple[str, ...]
    parts: Mapping[str, int]

    @property
    def handed(self) -> bool:
        """Whether anybody of the team handed something in: it counts for every member."""
        return self.filled > 0

    def told(self, person: str) -> str:
        """The step as one of the team reads it: what counts for everybody, and the own part."""
        if not self.handed:
            return "Шаг проекта команды ещё не сдан ни одним из её участников."
        fields = plural(self.parts[person], "поле", "поля", "полей")
        part = f"Ваша часть: {self.parts[person]}{NBSP}{fields}."
        filled = f"заполнено полей {self.filled} из {self.asked}"
        return f"Шаг проекта команды сдан, он засчитан всем её участникам: {filled}. {part}"

    @property
    def whole(self) -> bool:
        """Whether no field is empty."""
        return self.filled == self.asked


def team_steps(folder: CourseFolder, people: Mapping[str, Person]) -> tuple[Step, ...]:
    """The steps of all teams in all webinars that ask for one, by team and webinar."""
    names = sorted({person.team for person in people.values() if person.team}, key=alphabetical)
    found = (
        team_step(folder, people, team, webinar.name)
        for team in names
        for webinar in programme.webinars
    )
    return tuple(step for step in found if step)


def team_step(
    folder: CourseFolder, people: Mapping[str, Person], team: str, name: str
) -> Step | None:
    """The step of one team in the webinar `name`; nothing if that webinar asks for none."""
    webinar = next((each for each in programme.webinars if each.name == name), None)
    if webinar is None or not team or not steps(webinar.number):
        return None
    members = sorted(person.id for person in people.values() if person.team == team)
    return _step(folder, team, webinar, members)


def _step(folder: CourseFolder, team: str, webinar: Webinar, members: list[str]) -> Step:
    asked = steps(webinar.number)
    wrote = {person: _filled(folder, person, webinar.name) for person in members}
    fields = {each.id: each.label for each in asked}
    together = set().union(*wrote.values()) & fields.keys()
    return Step(
        team=team,
        webinar=webinar,
        asked=len(fields),
        filled=len(together),
        missing=tuple(label for id, label in fields.items() if id not in together),
        parts={person: len(ids & fields.keys()) for person, ids in wrote.items()},
    )


def _filled(folder: CourseFolder, person: str, assignment: str) -> set[str]:
    """The ids of the fields in which a person wrote something; none of what can't be read."""
    try:
        if assignment not in parcel.names(folder.submitted / person):
            return set()
        handed = parcel.opened(folder.submitted, person, assignment, None)
        text = handed.content.get(parcel.ANSWERS, b"").decode("utf-8-sig")
        found = sheets.parse(text, assignment).answers
    except (CourseError, UnicodeDecodeError):
        return set()
    return {id for id, answer in found.items() if _said(answer.value)}


def _said(value: object) -> bool:
    if isinstance(value, list):
        return any(_said(each) for each in value)
    if isinstance(value, dict):
        return any(not empty(each) for each in value.values())
    return not empty(value)
