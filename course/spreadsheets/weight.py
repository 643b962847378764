"""How much a workbook would become in memory, found out before it is opened.

A file of some kilobytes may hold millions of cells, or one merged block of seventeen thousand
million. Its parts are read once without keeping anything of them, and refused when they are more
than anybody's list. The parser is the one that reads the sheets later, so that both see the same.
"""

from __future__ import annotations

import io
import zipfile
from typing import NoReturn
from xml.parsers import expat

from course.errors import Fault, FileError
from course.files import MEBIBYTE, PACKED

UNPACKED = 64 * MEBIBYTE
PARTS = 1_000
ELEMENTS = 800_000  # a list of 20,000 people with ten columns has 600,000
SHEETS = 60
MERGED = 200_000  # cells in all merged blocks together
DEPTH = 100
_PIECE = 1 << 16


def weigh(name: str, content: bytes) -> None:
    """Refuse a workbook that is too heavy to open, or that brings definitions of its own.

    `FileError` with the reason; `zipfile`'s own errors if it is no archive.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
            _refuse(name, "книга слишком велика")
        if any(part.compress_type not in PACKED for part in parts):
            _refuse(name, "книга сжата так, как Excel не сжимает")
        scale = _Scale(name)
        for part in parts:
            with archive.open(part) as stream:
                scale.put(stream.read())


class _Scale:
    """Counts what stands in the parts of one workbook."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._elements = self._sheets = self._merged = self._depth = 0

    def put(self, content: bytes) -> None:
        """Add a part; one that is no XML weighs nothing, nobody opens it."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._defines
        self._depth = 0
        try:
            for at in range(0, len(content), _PIECE):
                parser.Parse(content[at : at + _PIECE])
            parser.Parse(b"", True)
        except expat.ExpatError:
            return

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        kind = tag.rpartition(" ")[2]
        if self._elements > ELEMENTS or self._depth > DEPTH:
            _refuse(self._name, "в книге слишком много ячеек")
        if kind == "sheet":
            self._sheets += 1
            if self._sheets > SHEETS:
                _refuse(self._name, f"в книге больше {SHEETS} листов")
        elif kind == "mergeCell":
            self._merged += _area(attributes.get("ref", ""))
            if self._merged > MERGED:
                _refuse(self._name, "объединённые ячейки занимают весь лист")

    def _end(self, _: str) -> None:
        self._depth -= 1

    def _defines(self, *_: object) -> None:
        _refuse(self._name, "в книге есть определения, которых Excel не делает")


def _area(reference: str) -> int:
    """How many cells a block has; a reference that can't be read has more than any."""
    from openpyxl.utils import range_boundaries

    try:
        left, top, right, bottom = map(int, range_boundaries(reference))
        return (right - left + 1) * (bottom - top + 1)
    except (ValueError, TypeError):
        return MERGED + 1


def _refuse(name: str, what: str) -> NoReturn:
    raise FileError(Fault(name, "", what, "Оставьте в книге один лист с одной таблицей"))
