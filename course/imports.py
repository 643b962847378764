"""Imports that wait until they are needed: of a package's own names, and of a slow library.

Half of the import of nbformat, and so of nbgrader, papermill and nbconvert, goes into 37 parsers
that `rfc3987_syntax` builds when it is loaded, for the one question whether a text is an
internationalised address, which no notebook's schema asks. While they are imported, a stand-in
takes that module's place: it loads the real one when it is asked.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any

_SLOW = "rfc3987_syntax"


def on_demand(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` of a package: each name is imported from its module when it is asked for.

    `homes` tells the module of the package in which each of its names stands.
    """

    def found(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{package}.{homes[name]}"), name)

    return found


@contextmanager
def quickly() -> Iterator[None]:
    """Import libraries of notebooks in this block; the deferred part is loaded at its first use."""
    if _SLOW in sys.modules:
        yield
        return
    sys.modules[_SLOW] = stand_in = _Later(_SLOW)
    try:
        yield
    finally:
        if sys.modules.get(_SLOW) is stand_in:
            del sys.modules[_SLOW]


class _Later(ModuleType):
    """The one function that `jsonschema` takes from the slow module."""

    @staticmethod
    def is_valid_syntax(term: str, value: str) -> Any:
        """What the real function says."""
        return importlib.import_module(_SLOW).is_valid_syntax(term, value)
