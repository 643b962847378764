"""The declared fields of the steps, read from `steps.yaml` and checked when they are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

import course.cluster
from course import shapes
from course.cluster import Word
from course.errors import Fault, ProgrammeError
from course.files import read_yaml
from course.programme import Programme, programme

FILE = Path(__file__).with_name("steps.yaml")

Reading = Literal[
    "text", "day", "first_day", "whole", "member", "buyer", "founder", "region",
    "codes", "lines", "percents", "truth", "words",
]  # fmt: skip
Kind = Literal["table", "number", "choice", "date", "text"]


def _options(given: Any) -> Any:
    """Options as they stand, or the words of an enumeration of the cluster file by its name."""
    if not isinstance(given, str):
        return given
    words = getattr(course.cluster, given, None)
    if isinstance(words, type) and issubclass(words, Word):
        return {word.value: word.words for word in words}
    raise ValueError(given)


def _paths(given: Any) -> Any:
    """One target or several, as a tuple."""
    return (given,) if isinstance(given, str) else given


Options = Annotated[dict[str, str], BeforeValidator(_options)]
Paths = Annotated[tuple[str, ...], BeforeValidator(_paths), Field(strict=False)]
Text = Annotated[str, Field(min_length=1, max_length=200)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Row(_Part):
    """A named row of a table: its title, and the place that its cells go to."""

    title: Text
    to: str | None = None
    reading: Reading = Field("text", alias="as")


class Column(_Part):
    """A column of a table: how it is drawn (`kind`, `unit`, `options`, `suggest`) and read."""

    title: Text
    declared: Literal["text", "number"] = Field("text", alias="kind")
    unit: str = ""
    options: Options | None = None
    suggest: str = ""
    to: Paths | None = None
    reading: Reading = Field("text", alias="as")

    @property
    def kind(self) -> str:
        """`choice`, `number` or `text`."""
        if self.options:
            return "choice"
        return "number" if self.unit else self.declared


class Step(_Part):
    """One field of a step.

    `part` is the section of the cluster file that its answer goes to, `key` names the columns that
    tell its entries apart, `owner` the row of `team_owners` that says who answers for its figures.
    An entry of an `optional` table that is not whole is left out of the cluster file; without a
    `needed` one the cluster file is not whole.
    """

    id: Annotated[str, Field(pattern=r"^team_[a-z_]{2,40}$")]
    webinar: Annotated[int, Field(ge=1, le=99)]
    kind: Kind
    label: Text
    corner: str = ""
    rows: dict[str, Row] | int = 0
    columns: dict[str, Column] = {}
    key: Annotated[tuple[str, ...], Field(strict=False)] = ()
    options: Options | None = None
    unit: str = ""
    lines: int = 4
    part: str = ""
    to: Paths | None = None
    reading: Reading = Field("text", alias="as")
    owner: str = ""
    optional: bool = False
    needed: bool = False

    def __hash__(self) -> int:
        """Steps differ by their id."""
        return hash(self.id)

    @property
    def named(self) -> Mapping[str, Row]:
        """The named rows; empty where rows are added as needed."""
        return self.rows if isinstance(self.rows, dict) else {}

    @property
    def listed(self) -> bool:
        """Whether each row of the table is an entry of a list in the cluster file."""
        return self.part.endswith("[]")


class _File(_Part):
    steps: Annotated[tuple[Step, ...], Field(min_length=1, strict=False)]


def load(path: Path = FILE) -> tuple[Step, ...]:
    """The steps that stand in `path`, in its order; `ProgrammeError` with all faults."""
    text = read_yaml(path)
    try:
        found = _File.model_validate(text.data).steps
    except ValidationError as error:
        raise ProgrammeError(shapes.located(shapes.faults(error, _File), text)) from None
    faults = [
        Fault("", f"steps[{place}]", what)
        for place, each in enumerate(found)
        for what in _contradictions(each, found[:place])
    ]
    if faults:
        raise ProgrammeError(shapes.located(faults, text))
    return found


def _contradictions(each: Step, earlier: tuple[Step, ...]) -> Iterator[str]:
    """What one step says that cannot hold together."""
    if any(each.id == other.id for other in earlier):
        yield f"поле «{each.id}» уже описано"
    if earlier and each.webinar < earlier[-1].webinar:
        yield f"поле «{each.id}» стоит не по порядку вебинаров"
    plan: Programme = programme
    if not any(each.webinar == webinar.number for webinar in plan.webinars):
        yield f"вебинара {each.webinar} нет в программе"
    if each.kind == "table" and not (each.columns and each.rows):
        yield f"у таблицы «{each.id}» нет столбцов или строк"
    if each.kind == "choice" and not each.options:
        yield f"у поля «{each.id}» нет вариантов"
    if each.kind == "table" and not each.named and not each.key:
        yield f"у таблицы «{each.id}» не сказано, по каким столбцам узнаётся запись (key)"
    named = {*each.key, *re.findall(r"\[([a-z_]+)\]", each.part)}
    for column in sorted(named - set(each.columns)):
        yield f"у таблицы «{each.id}» нет столбца «{column}»"
    if each.owner and each.id != "team_owners":
        owners = next((step for step in earlier if step.id == "team_owners"), None)
        if owners and each.owner not in owners.named:
            yield f"в team_owners нет строки «{each.owner}»"


@cache
def _shipped() -> tuple[Step, ...]:
    return load()


def steps(webinar: int | None = None) -> tuple[Step, ...]:
    """The steps that ship with the course: all, or those of one webinar."""
    return tuple(each for each in _shipped() if webinar in (None, each.webinar))


def step(id: str) -> Step:
    """The step with this id; `ProgrammeError` when there is none."""
    for each in _shipped():
        if each.id == id:
            return each
    raise ProgrammeError(Fault(FILE.name, "", f"поля «{id}» нет среди шагов проекта"))
