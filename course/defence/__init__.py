"""Defence day: the jury's rubric, scoring sheets, the protocol; and the team's own rehearsal.

In the course folder: `defence/session.yaml` and `defence/decisions.yaml` are written by the
organiser, `defence/sheets/` is made, `defence/returned/` takes what jurors send back, and the
protocol appears beside them.

    defence.make_sheets(folder), defence.make_protocol(folder)
    defence.rehearsal.evidence(cluster, on=day)     evidence beside each criterion and gate

Names are imported when they are first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.defence import (
        evidence,
        protocol,
        rehearsal,
        returned,
        rubric,
        scores,
        session,
        sheets,
        slides,
    )
    from course.defence.making import make_protocol, make_rehearsal, make_sheets

_MAKING = ("make_protocol", "make_rehearsal", "make_sheets")

__all__ = ["evidence", "make_protocol", "make_rehearsal", "make_sheets", "protocol", "rehearsal",
           "returned", "rubric", "scores", "session", "sheets", "slides"]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name in _MAKING:
        return getattr(import_module("course.defence.making"), name)
    return import_module(f"course.defence.{name}")
