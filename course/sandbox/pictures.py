"""Pictures that a participant's cells drew: taken as PNG in the seat, built anew here.

The seat is not to be trusted, so nothing of a file that it sent is passed on but the pixels: every
chunk is read by the format's rules (https://www.w3.org/TR/png-3/), what is stored beside the
pixels is left out, and the pixels are packed again. Nothing here decodes a picture.
"""

from __future__ import annotations

import base64
import contextlib
import io
import struct
import sys
import zlib
from collections.abc import Iterator
from typing import Any

COUNT = 4  # pictures of one cell
ALL = 20  # pictures of one submission
SIZE = 1 << 20  # bytes of one picture
SIDE = 4_000  # pixels
PIXELS = 6_000_000
_MAGIC = b"\x89PNG\r\n\x1a\n"
_HEAD = struct.Struct(">IIBBBBB")
# channels by colour type, and the depths of one
_COLOURS = {0: (1, (1, 2, 4, 8, 16)), 2: (3, (8, 16)), 3: (1, (1, 2, 4, 8)), 4: (2, (8, 16)),
            6: (4, (8, 16))}  # fmt: skip


def drawn(value: object = None) -> list[str]:
    """In the seat: the figures that pyplot holds open, and the picture that a cell ended with.

    The figures are closed, as Jupyter does after every cell.
    """
    made: list[bytes] = []
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        for number in pyplot.get_fignums()[:COUNT]:
            with contextlib.suppress(Exception):  # a figure that can't be drawn is no picture
                made.append(_file(pyplot.figure(number)))
        pyplot.close("all")
    own = getattr(type(value), "_repr_png_", None)
    if own is not None and len(made) < COUNT:
        with contextlib.suppress(Exception):
            made.append(bytes(own(value)))
    return [base64.b64encode(each).decode("ascii") for each in made if len(each) <= SIZE]


def _file(figure: Any) -> bytes:
    stream = io.BytesIO()
    pixels = max(figure.get_size_inches()) * figure.dpi
    sharp = figure.dpi * min(1.0, SIDE / 2 / max(pixels, 1.0))
    figure.savefig(stream, format="png", dpi=sharp, bbox_inches="tight")
    return stream.getvalue()


def taken(sent: object, room: int = ALL) -> tuple[str, ...]:
    """Of what a seat sent for a cell, the pictures, each built anew, in base64; at most `room`."""
    found: list[str] = []
    for each in sent[:COUNT] if isinstance(sent, list) else ():
        if len(found) < room and isinstance(each, str) and len(each) <= 2 * SIZE:
            with contextlib.suppress(ValueError, zlib.error, struct.error):
                found.append(
                    base64.b64encode(rebuilt(base64.b64decode(each, validate=True))).decode()
                )
    return tuple(found)


def rebuilt(content: bytes) -> bytes:
    """A PNG file with the same pixels and nothing besides; `ValueError` if it is none."""
    if len(content) > SIZE or not content.startswith(_MAGIC):
        raise ValueError("no picture")
    chunks = list(_chunks(content))
    if len(chunks) < 3 or chunks[0][0] != b"IHDR" or chunks[-1] != (b"IEND", b""):
        raise ValueError("no picture")
    head = chunks[0][1]
    length = _length(head)
    unpack = zlib.decompressobj()
    pixels = unpack.decompress(
        b"".join(data for kind, data in chunks if kind == b"IDAT"), length + 1
    )
    if len(pixels) != length or not unpack.eof or unpack.unused_data:
        raise ValueError("no picture")
    height = _HEAD.unpack(head)[1]
    if max(pixels[:: length // height]) > 4:  # how each line is filtered
        raise ValueError("no picture")
    new = [
        (b"IHDR", head),
        *_colours(head, chunks),
        (b"IDAT", zlib.compress(pixels, 6)),
        (b"IEND", b""),
    ]
    return _MAGIC + b"".join(map(_packed, new))


def _colours(head: bytes, chunks: list[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, bytes]]:
    """The palette, filled up so that no pixel is beyond its end, and what is seen through."""
    depth, colour = _HEAD.unpack(head)[2:4]
    given: dict[bytes, bytes] = {}
    for kind, data in chunks:
        if kind in (b"PLTE", b"tRNS") and given.setdefault(kind, data) is not data:
            raise ValueError("no picture")
    palette, whole = given.get(b"PLTE", b""), 3 << (depth if colour == 3 else 8)
    if len(palette) % 3 or len(palette) > whole:
        raise ValueError("no picture")
    if colour == 3:
        if not palette:
            raise ValueError("no picture")
        yield b"PLTE", palette.ljust(whole, b"\0")
    through = given.get(b"tRNS", b"")
    if through and colour in (0, 2, 3):
        if len(through) > 1 << depth if colour == 3 else len(through) != (2 if colour == 0 else 6):
            raise ValueError("no picture")
        yield b"tRNS", through


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The kind and the content of every chunk; the last one ends the file."""
    at = len(_MAGIC)
    while at < len(content):
        (size,) = struct.unpack_from(">I", content, at)
        kind, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + size]
        (check,) = struct.unpack_from(">I", content, at + 8 + size)
        if len(data) != size or zlib.crc32(kind + data) != check:
            raise ValueError("no picture")
        yield kind, data
        at += 12 + size


def _length(head: bytes) -> int:
    """How many bytes the pixels take, by the head of the file."""
    width, height, depth, colour, compression, filtering, interlace = _HEAD.unpack(head)
    channels, depths = _COLOURS.get(colour, (0, ()))
    sides = 0 < width <= SIDE and 0 < height <= SIDE and width * height <= PIXELS
    if not sides or depth not in depths or compression or filtering or interlace:
        raise ValueError("no picture")
    return int(height * (1 + (width * channels * depth + 7) // 8))


def _packed(chunk: tuple[bytes, bytes]) -> bytes:
    kind, data = chunk
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
