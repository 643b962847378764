"""The law as dated data: `norms["tax.vat.rate"].on(day)` is the edition in force on that day.

The data are the YAML files of `course/legislation/`, one for an act or a measure; they are read
once in a process, when the first norm is asked for. The module itself answers like the registry
(`course.norms["tax.vat.rate"]`), so that a notebook needs one import.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from course.norms.edition import Edition, Pace, Standing, Unit, Value, value_words
from course.norms.reader import LEGISLATION, load
from course.norms.registry import Norm, Norms, Source

__all__ = [
    "LEGISLATION",
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


class _Registry(ModuleType):
    """This module, readable like the registry: importing a submodule binds its name in `course`."""

    def __getattr__(self, name: str) -> Any:
        if name == "norms":
            return load()
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __getitem__(self, name: str) -> Norm:
        return load()[name]

    def __contains__(self, name: object) -> bool:
        return name in load()

    def __iter__(self) -> Iterator[str]:
        return iter(load())

    def __len__(self) -> int:
        return len(load())


sys.modules[__name__].__class__ = _Registry
