"""Word documents: a template filled with marked text, and the figures of a finished file read back.

A figure stands in a content control whose tag is its id, a hole is highlighted. What a person
typed never becomes markup or a field: the template escapes it.
"""

from __future__ import annotations

import copy
import datetime
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.run import Run
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from course.claims.book import Book, Piece, pieces
from course.claims.printed import PICTURE, SHORT, Printed, digest, short
from course.documents import archive
from course.errors import Fault, ReportError

AUTHOR = "PROКЛАСТЕРЫ"
BOOKMARK = "_f"


@dataclass(frozen=True)
class Picture:
    """A picture for a template: PNG, its width in millimetres, and the id that it is known by."""

    png: bytes
    width: float
    id: str
    description: str


def render(
    template: Path, context: Mapping[str, Any], book: Book, *, day: datetime.date,
    title: str, identifier: str,
) -> bytes:  # fmt: skip
    """The filled template; `ReportError` when it asks for what `context` does not have."""
    filled = DocxTemplate(str(template))
    pictures = [value for value in context.values() if isinstance(value, Picture)]
    values = {key: _embedded(value, filled) for key, value in context.items()}
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        filled.render(values, environment, autoescape=True)
    except TemplateError as error:
        what = f"шаблон не заполняется: {error}"
        remedy = "Проверьте имена полей: они перечислены в docs/documents.md"
        raise ReportError(Fault(template.name, "", what, remedy)) from None
    document = filled.docx
    _mark(document.element.body, book)
    for section in document.sections:
        for part in (section.header, section.footer):
            _mark(part._element, book)
    _name(document.element.body, pictures)
    _describe(document.core_properties, title, identifier, day)
    stream = io.BytesIO()
    document.save(stream)
    return archive.settled(stream.getvalue(), day)


def _embedded(value: Any, template: Any) -> Any:
    if isinstance(value, Picture):
        return InlineImage(template, io.BytesIO(value.png), width=Mm(value.width))
    return value


def _describe(core: Any, title: str, identifier: str, day: datetime.date) -> None:
    moment = datetime.datetime.combine(day, datetime.time())
    core.title, core.identifier, core.author = title, identifier, AUTHOR
    core.last_modified_by, core.language, core.comments = AUTHOR, "ru-RU", ""
    core.created = core.modified = moment
    core.revision = 1


def _name(body: Any, pictures: list[Picture]) -> None:
    """Give the pictures of a document, in their order, the ids that they are known by."""
    for properties, picture in zip(body.iter(qn("wp:docPr")), pictures, strict=False):
        properties.set("name", picture.id)
        properties.set("descr", picture.description)


def _mark(element: Any, book: Book) -> None:
    """Put controls around figures and light behind holes, wherever marked text stands."""
    number = 0
    for run in list(element.iter(qn("w:r"))):
        texts = [child.text or "" for child in run.iter(qn("w:t"))]
        if all(piece.text == text for text in texts for piece in pieces(text)):
            continue
        for child in list(run):
            if child.tag == qn("w:rPr"):
                continue
            parts = pieces(child.text or "") if child.tag == qn("w:t") else [child]
            for part in parts:
                number += 1
                for made in _part(run, part, book, number):
                    run.addprevious(made)
        run.getparent().remove(run)


def _part(run: Any, part: Any, book: Book, number: int) -> list[Any]:
    """A run with the look of `run` that holds one piece of its text, or another child of it."""
    made = OxmlElement("w:r")
    if run.rPr is not None:
        made.append(copy.deepcopy(run.rPr))
    if not isinstance(part, Piece):
        made.append(copy.deepcopy(part))
        return [made]
    text = OxmlElement("w:t")
    text.text = part.text
    text.set(qn("xml:space"), "preserve")
    made.append(text)
    if part.hole:
        Run(made, run.getparent()).font.highlight_color = WD_COLOR_INDEX.YELLOW
    return _control(made, part.claim, book, number) if part.claim else [made]


def _control(run: Any, tag: str, book: Book, number: int) -> list[Any]:
    """A figure in a content control between two ends of a bookmark.

    The bookmark is a second bearer of the id: older LibreOffice keeps controls but not their tags.
    """
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(1000 + number))
    start.set(qn("w:name"), f"{BOOKMARK}{short(tag)}_{number}")
    control, properties = OxmlElement("w:sdt"), OxmlElement("w:sdtPr")
    for name, value in (("w:alias", book.title(tag)[:60]), ("w:tag", tag), ("w:id", str(number))):
        child = OxmlElement(name)
        child.set(qn("w:val"), value)
        properties.append(child)
    properties.append(OxmlElement("w:text"))
    content = OxmlElement("w:sdtContent")
    content.append(run)
    control.append(properties)
    control.append(content)
    return [start, control, end]


def read(content: bytes) -> tuple[Printed, ...]:
    """The figures and pictures of a Word file, in their order, with the words around them."""
    document = Document(io.BytesIO(content))
    body = document.element.body
    found: list[Printed] = []
    for element in body.iter(qn("w:sdt"), qn("wp:docPr")):
        if element.tag == qn("wp:docPr"):
            found += _picture(element, document)
        elif (tag := _tag(element)) is not None:
            found.append(Printed(tag, _visible(element), _around(element)))
    return tuple(found)


def _tag(control: Any) -> str | None:
    tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    if tag is not None:
        return str(tag.get(qn("w:val")))
    for mark in (*control.iter(qn("w:bookmarkStart")), *_before(control)):
        name = str(mark.get(qn("w:name")))
        if name.startswith(BOOKMARK):
            return SHORT + name.removeprefix(BOOKMARK).split("_")[0]
    return None


def _before(control: Any) -> Iterator[Any]:
    """The bookmarks that begin right before a control."""
    mark = control.getprevious()
    while mark is not None and mark.tag in (qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
        if mark.tag == qn("w:bookmarkStart"):
            yield mark
        mark = mark.getprevious()


def _picture(properties: Any, document: Any) -> Iterator[Printed]:
    """A picture that carries an id, by the digest of its bytes."""
    name = str(properties.get("name") or "")
    blip = next(properties.getparent().iter(qn("a:blip")), None)
    if not name.startswith(PICTURE) or blip is None:
        return
    part = document.part.related_parts.get(blip.get(qn("r:embed")))
    yield Printed(name, digest(part.blob) if part is not None else "", "")


def _visible(element: Any) -> str:
    """The text that a reader sees: hidden and deleted runs are left out."""
    return "".join(text.text or "" for text in element.iter(qn("w:t")) if not _hidden(text))


def _hidden(text: Any) -> bool:
    vanish = text.getparent().find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    hidden = vanish is not None and vanish.get(qn("w:val")) not in ("0", "false")
    return hidden or next(text.iterancestors(qn("w:del")), None) is not None


def _around(control: Any) -> str:
    """The words of the paragraph without its figures, and of the first cell of a table's row."""
    paragraph = next(control.iterancestors(qn("w:p")), None)
    words = "" if paragraph is None else _without_figures(paragraph, control)
    row = next(control.iterancestors(qn("w:tr")), None)
    first = None if row is None else row.find(qn("w:tc"))
    return words if first is None else f"{_without_figures(first, control)} | {words}"


def _without_figures(element: Any, control: Any) -> str:
    words = []
    for text in element.iter(qn("w:t")):
        inside = next(text.iterancestors(qn("w:sdt")), None)
        if inside is None and not _hidden(text):
            words.append(text.text or "")
        elif inside is control:
            words.append("{}")
    return "".join(words)


def identifier(content: bytes) -> str:
    """The identifier that the file was made with, empty when it is lost."""
    return str(Document(io.BytesIO(content)).core_properties.identifier or "")
