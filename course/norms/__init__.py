"""The law as dated data: `norms["tax.vat.rate"].on(day)` is the edition in force on that day.

The data are the YAML files of `course/legislation/`, one for an act or a measure; they are read
once in a process, when `norms` is first asked for; assignments know it as `course.law`.
"""

from __future__ import annotations

from typing import Any

from course.norms.edition import Comparison, Edition, Pace, Standing, Unit, Value, value_words
from course.norms.reader import LEGISLATION, load
from course.norms.registry import Norm, Norms, Source

__all__ = [
    "LEGISLATION",
    "Comparison",
    "Edition",
    "Norm",
    "Norms",
    "Pace",
    "Source",
    "Standing",
    "Unit",
    "Value",
    "load",
    "norms",
    "value_words",
]

norms: Norms


def __getattr__(name: str) -> Any:
    """The registry itself is read when `norms` is first asked for."""
    if name == "norms":
        return load()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
