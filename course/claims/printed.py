"""A figure as it was read out of a file, whatever the kind of the file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

PICTURE = "picture."
SHORT = "#"  # before an id of which only the digest is left
_SAME = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "−": "-", "–": "-", "\u2011": "-"}
)


@dataclass(frozen=True)
class Printed:
    """What stands under an id: the text, and the words around it that say what it is."""

    tag: str
    text: str
    around: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture, known by the digest of its bytes."""
        return self.tag.startswith(PICTURE)

    @property
    def settled(self) -> str:
        """The text without differences that an office program may make by itself."""
        return settled(self.text)


def settled(text: str) -> str:
    """`text` with plain spaces and minus signs, without spaces at its ends."""
    return " ".join(text.translate(_SAME).split())


def short(tag: str) -> str:
    """An id as a bookmark can bear it."""
    return hashlib.sha256(tag.encode()).hexdigest()[:16]


def known(printed: Iterable[Printed], tags: Iterable[str]) -> tuple[Printed, ...]:
    """What was read, with the full id wherever only its digest was left and `tags` has it."""
    full = {SHORT + short(tag): tag for tag in tags}
    return tuple(Printed(full.get(one.tag, one.tag), one.text, one.around) for one in printed)


def digest(content: bytes) -> str:
    """The digest by which a picture is compared."""
    return hashlib.sha256(content).hexdigest()[:24]
