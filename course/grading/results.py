"""What checking one submission gave: plain data from end to end.

Results cross a process border as JSON, stand beside the graded notebook and feed the page for the
participant. Whatever arrives is taken for untrusted: points are clamped to what the cell is worth,
and text is made visible.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from course.plain import visible


def hundredths(points: float) -> float:
    """Points as every page prints them, halves up: then a printed sum is that of printed points."""
    return float(Decimal(repr(float(points))).quantize(Decimal("0.01"), ROUND_HALF_UP))


@dataclass(frozen=True)
class Part:
    """One exercise that a check judged: `earned` of `max` points, a `message` and a `hint`."""

    exercise: str
    earned: float
    max: float
    message: str
    hint: str

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Part:
        """A part from what a check handed back."""
        worth = max(0.0, _finite(data.get("max")))
        return cls(
            exercise=visible(str(data.get("exercise", "")), 100),
            earned=min(max(0.0, _finite(data.get("earned"))), worth),
            max=worth,
            message=visible(str(data.get("message") or ""), 2000),
            hint=visible(str(data.get("hint") or ""), 2000),
        )


@dataclass(frozen=True)
class CellResult:
    """One tests cell: its `score`, its parts, and why its check broke off (empty if it did not).

    `fault` is for the author of the check and never shown to a participant.
    """

    cell: str
    score: float
    parts: tuple[Part, ...] = ()
    fault: str = ""

    @classmethod
    def read(cls, data: Mapping[str, Any], worth: float) -> CellResult:
        """A result from what the checking process sent for a cell of `worth` points."""
        return cls(
            cell=str(data["cell"]),
            score=min(max(0.0, _finite(data.get("score"))), worth),
            parts=tuple(Part.read(part) for part in data.get("parts", ())),
            fault=visible(str(data.get("fault") or ""), 500),
        )


@dataclass(frozen=True)
class Outcome:
    """All that is known about a graded submission; `key` tells whether it has to be graded again.

    `unprotected` are cells whose points the participant's own program could have forged, `level`
    is that of the sandbox, empty where no program ran. `work` is a digest of the answers alone.
    `shown` is the plain text of each form cell, or what a program's cell printed, by its id, and
    `pictures` what it drew: PNG files in base64.
    """

    person: str
    assignment: str
    key: str
    work: str
    notes: tuple[str, ...]
    cells: tuple[CellResult, ...]
    shown: Mapping[str, str]
    unprotected: tuple[str, ...] = ()
    level: str = ""
    pictures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """The outcome as JSON data."""
        return asdict(self)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Outcome:
        """The outcome from JSON data that `as_data` made."""
        return cls(
            person=data["person"],
            assignment=data["assignment"],
            key=data["key"],
            work=data["work"],
            notes=tuple(data["notes"]),
            cells=tuple(
                CellResult(
                    cell["cell"],
                    float(cell["score"]),
                    tuple(Part.read(part) for part in cell["parts"]),
                    cell["fault"],
                )
                for cell in data["cells"]
            ),
            shown=dict(data["shown"]),
            unprotected=tuple(data.get("unprotected", ())),
            level=data.get("level", ""),
            pictures={cell: tuple(files) for cell, files in data.get("pictures", {}).items()},
        )


def _finite(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    try:
        number = float(value)
    except OverflowError:
        return 0.0
    return number if math.isfinite(number) else 0.0
