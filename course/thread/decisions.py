"""What the captain chose where people differed: `decisions.yaml` of a team.

A decision holds for the values that it was made about: when somebody says something new, the
conflict is open again.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from course import shapes
from course.errors import ClusterError
from course.files import read_yaml, write_text
from course.thread import papers
from course.thread.merging import Decision

NAME = "decisions.yaml"
_HEAD = """\
Что решил капитан там, где участники вписали разное.
Записывает команда proclusters team choose. Уберите запись, и спор откроется снова."""

Text = Annotated[str, Field(max_length=20_000)]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    code: Annotated[str, Field(pattern=r"^[0-9a-f]{6}$")]
    person: Text
    value: Text
    among: Annotated[tuple[Text, ...], Field(strict=False)]
    by: Text
    at: Text
    about: Text = ""


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    decisions: Annotated[tuple[_Record, ...], Field(strict=False)] = ()


def load(path: Path) -> dict[str, Decision]:
    """The decisions by the code of their conflict; `ClusterError` with all faults."""
    return {code: decision for code, (decision, _) in _load(path).items()}


def add(path: Path, decision: Decision, about: str) -> None:
    """Keep a decision in place of an earlier one on the same conflict."""
    kept: Mapping[str, tuple[Decision, str]] = {**_load(path), decision.code: (decision, about)}
    records = [
        {"about": said, **{key: _plain(value) for key, value in vars(each).items()}}
        for each, said in kept.values()
    ]
    write_text(path, papers.text({"decisions": records}, _HEAD))


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _load(path: Path) -> dict[str, tuple[Decision, str]]:
    if not path.exists():
        return {}
    text = read_yaml(path)
    try:
        found = _File.model_validate(text.data)
    except ValidationError as error:
        raise ClusterError(shapes.located(shapes.faults(error, _File), text)) from None
    return {
        each.code: (
            Decision(each.code, each.person, each.value, each.among, each.by, each.at),
            each.about,
        )
        for each in found.decisions
    }
