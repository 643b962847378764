"""The programme: eight webinars, their days, points and outcomes.

This is the only place that knows there are eight. The data stand in `programme.yaml`, which a
methodologist edits.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from course import shapes
from course.errors import Fault, ProgrammeError
from course.files import read_yaml

FILE = Path(__file__).with_name("programme.yaml")
Text = Annotated[str, Field(min_length=1, max_length=300)]


class Correction(BaseModel):
    """What was mended in a webinar after its release, as participants are told, and when."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    on: datetime.date
    what: Text


class Webinar(BaseModel):
    """One webinar: the work of `minutes` minutes for `points` points.

    `released` is the day on which its norms are taken; `due` is the last day to hand in.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    number: Annotated[int, Field(ge=1, le=99)]
    name: Annotated[str, Field(pattern=r"^[0-9]{2}_[a-z0-9_]+$")]
    title: Text
    minutes: Annotated[int, Field(ge=10, le=240)]
    points: Annotated[int, Field(ge=1, le=1000)]
    released: datetime.date
    due: datetime.date
    outcomes: Annotated[tuple[Text, ...], Field(min_length=1, strict=False)]
    corrected: Annotated[tuple[Correction, ...], Field(strict=False)] = ()


class Late(BaseModel):
    """What a late work loses: a share of its points for each day begun, up to a share in all."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    per_day: Annotated[float, Field(gt=0, le=1)]
    at_most: Annotated[float, Field(gt=0, le=1)]

    def share(self, days: int) -> float:
        """The share of the points that a work loses which came `days` days late."""
        return min(self.per_day * max(0, days), self.at_most)


class Extension(BaseModel):
    """A later last day for one person, told by the id, in one webinar."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    person: Annotated[str, Field(pattern=r"^[a-zA-Z0-9_][a-zA-Z0-9_-]{0,99}$")]
    webinar: Annotated[int, Field(ge=1, le=99)]
    until: datetime.date


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    title: Text
    pass_share: Annotated[float, Field(gt=0, le=1)]
    webinars: Annotated[tuple[Webinar, ...], Field(min_length=1, strict=False)]
    attend_share: Annotated[float, Field(gt=0, le=1)] | None = None
    retention_days: Annotated[int, Field(ge=1, le=36_500)] | None = None
    late: Late | None = None
    extensions: Annotated[tuple[Extension, ...], Field(strict=False)] = ()


@dataclass(frozen=True)
class Programme:
    """The webinars in their order, and the share of points that passes (0 to 1).

    Without `attend_share` nobody has to be there to pass; without `late` nothing is taken off;
    without `retention_days` no term is set for keeping people's data.
    """

    title: str
    pass_share: float
    webinars: tuple[Webinar, ...]
    attend_share: float | None = None
    retention_days: int | None = None
    late: Late | None = None
    extensions: tuple[Extension, ...] = ()

    def extended(self, person: str, name: str) -> datetime.date | None:
        """The last day of one person for the webinar `name`, if it is a later one than others'."""
        numbers = {webinar.name: webinar.number for webinar in self.webinars}
        days = [
            each.until
            for each in self.extensions
            if each.person == person and each.webinar == numbers.get(name)
        ]
        return max(days, default=None)

    def webinar(self, key: int | str) -> Webinar:
        """The webinar with the number or the name `key`; `ProgrammeError` if there is none."""
        for webinar in self.webinars:
            if str(key) in (str(webinar.number), webinar.name):
                return webinar
        known = ", ".join(webinar.name for webinar in self.webinars)
        raise ProgrammeError(
            Fault(FILE.name, "", f"вебинара «{key}» нет в программе", f"Есть: {known}")
        )


def load(path: Path = FILE) -> Programme:
    """The programme that stands in `path`; `ProgrammeError` with all faults."""
    text = read_yaml(path)
    try:
        content = _File.model_validate(text.data)
    except ValidationError as error:
        raise ProgrammeError(shapes.located(shapes.faults(error, _File), text)) from None
    faults = [
        Fault("", f"webinars[{index}]", what)
        for index, webinar in enumerate(content.webinars)
        for what in _contradictions(webinar, content.webinars[:index])
    ]
    faults += _wrong_extensions(content)
    if faults:
        raise ProgrammeError(shapes.located(faults, text))
    return Programme(**{name: getattr(content, name) for name in _File.model_fields})


def _wrong_extensions(content: _File) -> Iterator[Fault]:
    """Extensions for webinars that there are not, and those that extend nothing."""
    due = {webinar.number: webinar.due for webinar in content.webinars}
    for index, each in enumerate(content.extensions):
        place = f"extensions[{index}]"
        if each.webinar not in due:
            yield Fault("", place, f"вебинара {each.webinar} нет в программе")
        elif each.until <= due[each.webinar]:
            yield Fault("", place, "личный срок (until) не позже общего срока сдачи (due)")


def _contradictions(webinar: Webinar, earlier: tuple[Webinar, ...]) -> list[str]:
    found = []
    if webinar.due < webinar.released:
        found.append("срок сдачи (due) раньше дня выдачи (released)")
    if any(correction.on < webinar.released for correction in webinar.corrected):
        found.append("исправлено (corrected) раньше дня выдачи (released): до выдачи просто правят")
    if any(webinar.number == other.number for other in earlier):
        found.append(f"номер {webinar.number} уже занят")
    if any(webinar.name == other.name for other in earlier):
        found.append(f"имя {webinar.name} уже занято")
    return found


@cache
def _shipped() -> Programme:
    return load()


def __getattr__(name: str) -> Programme:
    """The programme that ships with the course, read when it is first asked for."""
    if name == "programme":
        return _shipped()
    raise AttributeError(name)
