"""The jury's rubric: gates to pass, criteria with weights, marks with their descriptors.

It stands in `rubric.yaml`, which a methodologist edits; it is a proposal of the course, since no
official criteria were found. A sheet carries the rubric's `edition`, so that marks given by an
older rubric are never counted by a newer one.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from course import shapes
from course.errors import DefenceError, Fault
from course.files import json_text, read_yaml

FILE = Path(__file__).with_name("rubric.yaml")
Text = Annotated[str, Field(min_length=1, max_length=300)]
Id = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,30}$")]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Gate(_Frozen):
    """A condition that is met or not, before any marks."""

    id: Id
    title: Text
    text: Text


class Criterion(_Frozen):
    """What is judged: its weight in points of 100, and what each mark from 0 means."""

    id: Id
    title: Text
    text: Text
    weight: Annotated[int, Field(ge=1, le=100)]
    descriptors: tuple[Text, ...]


class Rubric(_Frozen):
    """Gates and criteria; `cap` bounds the total of a team that misses a gate."""

    standing: Literal["proposed", "act", "secondary"]
    title: Text
    marks: tuple[int, ...]
    cap: Annotated[int, Field(ge=0, le=100)]
    discussion: Annotated[int, Field(ge=1)]
    gates: tuple[Gate, ...]
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]

    @property
    def edition(self) -> str:
        """Eight signs that change with any change of the rubric."""
        return hashlib.sha256(json_text(self.model_dump(mode="json")).encode()).hexdigest()[:8]

    @property
    def top(self) -> int:
        """The highest mark."""
        return max(self.marks)


def load(path: Path = FILE) -> Rubric:
    """The rubric that stands in `path`; `DefenceError` with all faults."""
    read = read_yaml(path)
    try:
        rubric = Rubric.model_validate(read.data)
    except ValidationError as error:
        raise DefenceError(shapes.located(shapes.faults(error, Rubric), read)) from None
    faults = [Fault("", place, what) for place, what in _contradictions(rubric)]
    if faults:
        raise DefenceError(shapes.located(faults, read))
    return rubric


def _contradictions(rubric: Rubric) -> list[tuple[str, str]]:
    found = []
    total = sum(criterion.weight for criterion in rubric.criteria)
    if total != 100:
        found.append(("criteria", f"веса в сумме дают {total}, а нужно 100"))
    if rubric.marks != tuple(range(len(rubric.marks))) or len(rubric.marks) < 2:
        found.append(("marks", "отметки идут подряд от 0"))
    for criterion in rubric.criteria:
        if len(criterion.descriptors) != len(rubric.marks):
            place = f"criteria.{criterion.id}.descriptors"
            found.append((place, f"описаний {len(criterion.descriptors)}, "
                                 f"а отметок {len(rubric.marks)}"))  # fmt: skip
    ids = [gate.id for gate in rubric.gates] + [criterion.id for criterion in rubric.criteria]
    found.extend(("", f"обозначение {name} повторяется") for name in {
        name for name in ids if ids.count(name) > 1})  # fmt: skip
    return found
