"""A participant's own values, so that an answer cannot be copied from a neighbour.

The organiser gives each person a token: a variant, an id and a seal. It is kept with the answers.
Here it is only read; whether the seal is genuine is for the graders, who hold the key. Without a
token the variant is 0, and every value is the one that stands in the webinar's text.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from course.folder import NAME

LARGEST = 9_999
TOKEN_FILE = "token.txt"  # noqa: S105 - the name of a file

_FORM = re.compile(rf"PK1\.(0|[1-9][0-9]{{0,3}})\.({NAME.pattern})\.([A-Za-z0-9_-]{{22}})")


@dataclass(frozen=True)
class Token:
    """Who works on which variant. `text` is what a person hands on; `seal` is not checked here."""

    variant: int
    person: str
    seal: str

    @property
    def text(self) -> str:
        """The token as one word."""
        return f"PK1.{self.variant}.{self.person}.{self.seal}"


def read_token(text: str) -> Token | None:
    """The token in `text`, or `None` if it is not formed like one."""
    found = _FORM.fullmatch(text.strip())
    return Token(int(found[1]), found[2], found[3]) if found else None


def own(
    assignment: str, name: str, variant: int, base: float, *, spread: float, step: float
) -> float:
    """The value `name` of a variant: `base` moved by whole `step`s within `spread` (a share).

    Variant 0 has `base` itself; every other one has something else.

    Raises:
        ValueError: there is no room for a single step.
    """
    room = int(abs(base) * spread / step + 1e-9)
    if room < 1:
        raise ValueError(f"{name}: no step of {step} fits into {spread:.0%} of {base}")
    if variant == 0:
        return base
    digest = hashlib.sha256(f"{assignment}/{name}/{variant}".encode()).digest()
    pick = int.from_bytes(digest[:8]) % (2 * room) - room
    moved = base + step * (pick if pick < 0 else pick + 1)
    return moved if isinstance(moved, int) else round(moved, 10)
