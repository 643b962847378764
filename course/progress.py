"""How long work tells what it is doing.

A function that takes long has a parameter `progress: Progress = silent` and calls it before each
part of its work: `progress(3, 12, "ivanova")` says that 3 of 12 parts are done and the next is
ivanova's. Who shows it, and how, is the caller's affair.
"""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Receives how many parts of a work are done, of how many, and what comes next."""

    def __call__(self, done: int, total: int, what: str, /) -> None:
        """`done` of `total` parts are done; `what` comes next."""


def silent(done: int, total: int, what: str, /) -> None:
    """Shows nothing."""
