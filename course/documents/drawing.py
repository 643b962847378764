"""Figures of drawings: an SVG whose numbers stand under ids, and the numbers read back.

A number is text in a group whose id names it; the drawing bears the identifier of its paper.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html import escape

from course.claims.printed import Printed
from course.errors import Fault, FileError

MARK = "proclusters"  # the id of the element with the identifier
FIGURE = "figure:"
LIMIT = 4_000_000
_FONT = "'PT Sans'"
_SVG = "{http://www.w3.org/2000/svg}"


def signed(svg: str, identifier: str) -> bytes:
    """The drawing with the identifier of its paper, legible without our fonts."""
    head, tag, rest = svg.partition(">")
    mark = f'<desc id="{MARK}">{escape(identifier)}</desc>'
    return f"{head}{tag}{mark}{rest.replace(_FONT, f'{_FONT}, Arial, sans-serif')}".encode()


def read(content: bytes) -> tuple[Printed, ...]:
    """The numbers of a drawing, in their order; beside each stands where it is drawn."""
    found = []
    for group in _tree(content).iter(f"{_SVG}g"):
        name = group.get("id", "")
        if name.startswith(FIGURE):
            texts = list(group.iter(f"{_SVG}text"))
            words = "".join("".join(text.itertext()) for text in texts)
            places = " ".join(text.get("transform", "") for text in texts)
            found.append(Printed(name.removeprefix(FIGURE), words, places))
    return tuple(found)


def identifier(content: bytes) -> str:
    """The identifier that the drawing was made with, empty when it is lost."""
    marks = (each for each in _tree(content).iter(f"{_SVG}desc") if each.get("id") == MARK)
    return next(("".join(mark.itertext()) for mark in marks), "")


def _tree(content: bytes) -> ET.Element:
    """The drawing as a tree; entities are refused, since they could grow without end."""
    if len(content) > LIMIT or re.search(rb"<!(DOCTYPE|ENTITY)[^>]*\[|<!ENTITY", content):
        raise FileError(Fault("", "", "рисунок слишком велик или в нём есть сущности XML"))
    try:
        root = ET.fromstring(content)  # noqa: S314 — entities are refused above
    except ET.ParseError as error:
        raise FileError(Fault("", "", f"это не рисунок SVG ({error})")) from None
    if root.tag != f"{_SVG}svg":
        raise FileError(Fault("", "", "это не рисунок SVG"))
    return root
