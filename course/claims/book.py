"""Figures of the model under ids: whatever prints one can be found in a file and read again.

A text that goes into a document carries a figure between two private signs, together with its id;
the writers of Word, Excel and PowerPoint turn that into a content control, a named cell or a named
shape. No text of a cluster file can hold these signs: its reader refuses them.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from course import wording
from course.wording import NBSP

_OPEN, _MIDDLE, _CLOSE = "\ue000", "\ue001", "\ue002"
_HOLE, _END = "\ue003", "\ue004"
_MARKS = re.compile(
    f"{_OPEN}([^{_MIDDLE}]*){_MIDDLE}([^{_CLOSE}]*){_CLOSE}|{_HOLE}([^{_END}]*){_END}"
)
TAG_LENGTH = 60  # Word keeps 64 signs of a tag


@dataclass(frozen=True)
class Form:
    """How a figure is printed; `name` parts the ids of one figure printed in two ways."""

    name: str
    words: Callable[[float], str]


def _scaled(scale: float, digits: int) -> Callable[[float], str]:
    return lambda value: wording.number(value / scale, digits)


MILLIONS = Form("", lambda value: wording.money(value, "млн ₽"))  # 24,8 млн ₽
BARE_MILLIONS = Form("mln", _scaled(1e6, 1))  # 24,8 under a heading with the unit
THOUSANDS = Form("ths", _scaled(1e3, 0))
ROUBLES = Form("rub", lambda value: wording.money(value, "₽"))
SHARE = Form("", wording.share)
COUNT = Form("", wording.trimmed)
SPAN = Form("", wording.span)
TIMES = Form("", _scaled(1.0, 2))


@dataclass(frozen=True)
class Claim:
    """A figure as it is printed: its id, what it is in Russian, its value and its text."""

    id: str
    title: str
    value: float
    text: str


@dataclass(frozen=True)
class Piece:
    """A part of a text: plain, a figure (with its `claim` id), or a hole."""

    text: str
    claim: str = ""
    hole: bool = False


@dataclass
class Book:
    """All figures that a package may print, by id; one id never has two texts."""

    claims: dict[str, Claim] = field(default_factory=dict)

    def put(self, id: str, title: str, value: float | None, form: Form = MILLIONS) -> str:
        """The marked text of a figure; a visible hole when there is no value."""
        if value is None or not math.isfinite(value):
            return hole(title)
        tag = tag_of(f"{id}.{form.name}" if form.name else id)
        claim = Claim(tag, title, float(value), form.words(value))
        known = self.claims.setdefault(tag, claim)
        if known.text != claim.text:
            raise ValueError(f"{tag}: {known.text} and {claim.text}")
        return f"{_OPEN}{tag}{_MIDDLE}{claim.text}{_CLOSE}"

    def title(self, tag: str) -> str:
        """What a figure is, in Russian; its id when nobody knows it."""
        claim = self.claims.get(tag)
        return claim.title if claim else tag


def tag_of(id: str) -> str:
    """The id, shortened by a digest where Word would cut it off."""
    if len(id) <= TAG_LENGTH:
        return id
    return f"{id[: TAG_LENGTH - 11]}.{hashlib.sha256(id.encode()).hexdigest()[:10]}"


def hole(what: str = "") -> str:
    """A marked place for what the cluster file does not know: never filled with invented text."""
    said = f"не заполнено:{NBSP}{what}" if what else "не заполнено"
    return f"{_HOLE}—{NBSP}{said}{NBSP}—{_END}"


def pieces(text: str) -> Iterator[Piece]:
    """The parts of a marked text, in their order."""
    end = 0
    for match in _MARKS.finditer(text):
        if match.start() > end:
            yield Piece(text[end : match.start()])
        tag, figure, missing = match.groups()
        yield Piece(missing, hole=True) if missing is not None else Piece(figure, tag)
        end = match.end()
    if end < len(text):
        yield Piece(text[end:])


def plain(text: str) -> str:
    """A marked text as people read it."""
    return "".join(piece.text for piece in pieces(text))


def has_hole(text: str) -> bool:
    """Whether a marked text holds a place that nobody has filled."""
    return _HOLE in text
