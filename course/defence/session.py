"""The session in person: its day and place, the jurors, the teams that defend.

It stands in `defence/session.yaml` of the course folder, which the organiser writes.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from course import shapes
from course.errors import DefenceError, Fault
from course.files import read_yaml

NAME = "session.yaml"
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,40}$")]
Text = Annotated[str, Field(min_length=1, max_length=300)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Juror(_Frozen):
    """Who marks; `id` names the folder of the juror's sheets."""

    id: Id
    name: Text
    position: Text


class Team(_Frozen):
    """Who defends; `id` is the team's folder in teams/."""

    id: Id
    title: Text
    project: Text


Person = TypeVar("Person", Juror, Team)


class Session(_Frozen):
    """One session of the defence."""

    title: Text
    day: datetime.date
    place: Text
    chair: Text
    secretary: Text
    jurors: Annotated[tuple[Juror, ...], Field(min_length=1)]
    teams: Annotated[tuple[Team, ...], Field(min_length=1)]

    def juror(self, key: str) -> Juror | None:
        """The juror with that id."""
        return next((juror for juror in self.jurors if juror.id == key), None)

    def team(self, key: str) -> Team | None:
        """The team with that id."""
        return next((team for team in self.teams if team.id == key), None)


def load(path: Path) -> Session:
    """The session that stands in `path`; `DefenceError` with all faults."""
    read = read_yaml(path)
    try:
        session = Session.model_validate(read.data)
    except ValidationError as error:
        raise DefenceError(shapes.located(shapes.faults(error, Session), read)) from None
    faults = [
        Fault("", place, f"обозначение {key} повторяется")
        for place, ids in (
            ("jurors", [juror.id for juror in session.jurors]),
            ("teams", [team.id for team in session.teams]),
        )
        for key in sorted({key for key in ids if ids.count(key) > 1})
    ]
    if faults:
        raise DefenceError(shapes.located(faults, read))
    return session
