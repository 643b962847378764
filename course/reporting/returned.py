"""A page of a report that somebody sends back: its figures read out of PDF and HTML by their ids.

A PDF carries the list of its figures and of their places as an attached file; the text that stands
in each place is what a reader sees.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, NamedTuple

from course.claims.printed import Printed
from course.errors import Fault, FileError

LIST = "figures.json"
NEAR = 0.7  # points: how far a text may lie from its place
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})


class Returned(NamedTuple):
    """A page as it came back: the identifier that it bears, and its figures."""

    identifier: str
    printed: tuple[Printed, ...]


class _Place(NamedTuple):
    id: str
    page: int
    x: float
    y: float
    width: float


class _Piece(NamedTuple):
    x: float
    y: float
    text: str


def html(content: bytes) -> Returned:
    """The figures of a web page; `FileError` when it is no text."""
    reader = _Page()
    try:
        reader.feed(content.decode("utf-8"))
    except UnicodeDecodeError:
        raise FileError(Fault("", "", "это не веб-страница")) from None
    return Returned(reader.identifier, tuple(reader.printed))


class _Page(HTMLParser):
    """Collects the text of every element that bears an id of a figure."""

    def __init__(self) -> None:
        super().__init__()
        self.identifier = ""
        self.printed: list[Printed] = []
        self.id, self.depth, self.words = "", 0, list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the identifier of the page, or the beginning of a figure."""
        known = dict(attrs)
        if tag == "meta" and known.get("name") == "proclusters":
            self.identifier = known.get("content") or ""
        if self.id and tag not in _VOID:
            self.depth += 1
        elif known.get("data-claim"):
            self.id, self.depth, self.words = known["data-claim"] or "", 1, []

    def handle_endtag(self, tag: str) -> None:
        """Close a figure with the element that began it."""
        if self.id and tag not in _VOID:
            self.depth -= 1
            if self.depth == 0:
                self.printed.append(Printed(self.id, "".join(self.words)))
                self.id = ""

    def handle_data(self, data: str) -> None:
        """Keep the text inside a figure."""
        if self.id:
            self.words.append(data)


def pdf(content: bytes) -> Returned:
    """The figures of a PDF: of each id in the attached list, the text that stands in its place.

    `FileError` for what is no PDF; a PDF without the list has no identifier and no figures.
    """
    import pypdf
    from pypdf.errors import PyPdfError

    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        attached = reader.attachments.get(LIST)
        if not attached:
            return Returned("", ())
        listed = json.loads(attached[0])
        places = [_Place(**place) for place in listed["figures"]]
        pages = {place.page for place in places}
        pieces = {page: tuple(_pieces(reader.pages[page - 1])) for page in pages}
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise FileError(Fault("", "", f"PDF не читается ({type(error).__name__})")) from None
    found = (Printed(str(place.id), _text(pieces[place.page], place)) for place in places)
    return Returned(str(listed.get("identifier", "")), tuple(found))


def _pieces(page: Any) -> Iterator[_Piece]:
    """The texts of a page with the points where they begin; y grows downwards, as in the list."""
    height = float(page.mediabox.height)
    found: list[_Piece] = []

    def visit(text: str, cm: Any, tm: Any, _: Any, __: Any) -> None:
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.append(_Piece(float(x), height - float(y), text))

    page.extract_text(visitor_text=visit)
    yield from found


def _text(pieces: tuple[_Piece, ...], place: _Place) -> str:
    """What stands on the line from the place's left to its right."""
    inside = [
        piece
        for piece in pieces
        if abs(piece.y - place.y) < NEAR and -NEAR <= piece.x - place.x < max(place.width, NEAR)
    ]
    words = "".join(piece.text for piece in sorted(inside))
    return " ".join(words.split())
