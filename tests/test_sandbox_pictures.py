"""Pictures out of a participant's program: the pixels arrive, and nothing else does."""

from __future__ import annotations

import base64
import datetime
import io
import struct
import zlib

import matplotlib as mpl
import pytest
from matplotlib import image
from numpy.testing import assert_array_equal

from course.grading import page, printout
from course.sandbox import pictures


def png(**metadata: str) -> bytes:
    """A small plot, as a participant's cell draws it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(2, 1), dpi=50)
    FigureCanvasAgg(figure)
    figure.subplots().plot([1, 3, 2])
    stream = io.BytesIO()
    figure.savefig(stream, format="png", metadata=metadata)
    return stream.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def head(width: int, height: int, depth: int = 8, colour: int = 2, interlace: int = 0) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace))


END = chunk(b"IEND", b"")


def built(first: bytes, pixels: bytes, last: bytes = END) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + first + chunk(b"IDAT", zlib.compress(pixels)) + last


def test_the_pixels_stay_and_the_rest_goes() -> None:
    old = png(Comment="<script>SECRET</script>")
    new = pictures.rebuilt(old)
    assert b"SECRET" in old
    assert b"SECRET" not in new
    assert_array_equal(image.imread(io.BytesIO(new)), image.imread(io.BytesIO(old)))


@pytest.mark.parametrize("content", [
    b"", b"<svg/>", png()[:-1], png() + b"<script>", png().replace(b"IDAT", b"IDAX", 1),
    b"\x89PNG\r\n\x1a\n",  # no chunk at all
    built(head(2, 1), b"\x09" + bytes(6)),  # no such filter: the page's PDF would break off
    built(head(2, 1, colour=3), bytes(3)),  # no palette
    built(head(2, 1) + chunk(b"tRNS", b"x"), bytes(7)),
    built(head(2, 1), bytes(6)),  # a byte too few
    built(head(2, 1), bytes(8)),
    built(head(50_000, 50_000), b""),
    built(head(0, 1), b""),
    built(head(2, 1, depth=3), bytes(7)),
    built(head(2, 1, interlace=1), bytes(7)),
    built(head(2, 1), bytes(7), b""),
    built(b"", bytes(7)),
    built(head(2, 1) + chunk(b"PLTE", bytes(900)), bytes(7)),
    built(head(4000, 1500), bytes(40 << 20)),  # small when packed, large when unpacked
])  # fmt: skip
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises((ValueError, zlib.error, struct.error)):
        pictures.rebuilt(content)
    assert pictures.taken([base64.b64encode(content).decode()]) == ()


def test_only_so_many_are_taken() -> None:
    good = base64.b64encode(built(head(2, 1), bytes(7))).decode()
    assert len(pictures.taken([good] * 50)) == pictures.COUNT
    assert len(pictures.taken([good] * 50, room=1)) == 1
    assert pictures.taken([5, None, "\x00", good]) == pictures.taken([good])
    for lie in (None, "text", {"a": 1}, 5):
        assert pictures.taken(lie) == ()


def test_figures_are_taken_and_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    mpl.use("agg")
    from matplotlib import pyplot

    for _ in range(6):
        pyplot.figure(figsize=(500, 2)).gca().plot([1, 2])
        pyplot.close(0)
    found = pictures.drawn()
    assert len(pictures.taken(found)) == pictures.COUNT
    assert pyplot.get_fignums() == []
    assert pictures.drawn() == []


def shown(text: str, *drawn: str) -> page.Page:
    return page.Page("Проба", "Анна", earned="1", worth="2", verdict="Верно 1 из 2 ответов.",
                     printouts=(printout.Printout("Доли", text, drawn),))  # fmt: skip


def test_a_page_shows_what_a_program_printed_and_drew() -> None:
    drawn = pictures.taken([base64.b64encode(png()).decode()])
    whole = shown("<b>три</b>", *drawn, *drawn)
    text = page.html(whole)
    assert text.count('<img alt="Рисунок из ячейки «Доли»" src="data:image/png;base64,') == 2
    assert "&lt;b&gt;три" in text
    assert "img-src data:" in text
    paper = page.printed(whole, datetime.date(2026, 11, 22))
    assert paper.count(b"/Subtype/Image") + paper.count(b"/Subtype /Image") >= 1
    assert "<img" not in page.html(shown("три"))


def test_of_an_error_its_last_line_is_shown() -> None:
    said = (
        "начало\nOut[3]: 5\n" + "-" * 75 + "\nZeroDivisionError  Traceback (most recent call last)"
        "\nCell In[3], line 3\n----> 3 print(1/0)\n\nZeroDivisionError: division by zero\n"
    )
    found = printout._plain(said)
    assert found == "начало\n5\nЯчейка прервалась: ZeroDivisionError: division by zero"
    assert printout._plain("просто текст") == "просто текст"


def test_no_pixel_is_beyond_the_palette() -> None:
    old = built(head(2, 1, colour=3) + chunk(b"PLTE", b"\1\2\3"), b"\0\xff\xff")
    new = pictures.rebuilt(old)
    assert chunk(b"PLTE", b"\1\2\3" + bytes(765)) in new
