from __future__ import annotations

import datetime
import io
import re

import pypdf
import pytest

from course import typesetting
from course.errors import ReportError

DAY = datetime.date(2026, 11, 22)
STYLE = """#set text(font: "PT Serif", lang: "ru")
#let data = json("data.json")
#for line in data.lines [#line #linebreak()]
"""
HOSTILE = "«Ёлка & Ко» #1 $5 _x_ @ref <b> `//` \\u{41} */ #panic(1)"


def text_of(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return "\n".join(page.extract_text() for page in pages)


def test_text_is_data_and_never_markup() -> None:
    content = typesetting.pdf(STYLE, {"lines": [HOSTILE]}, as_of=DAY)
    assert HOSTILE in " ".join(text_of(content).split())


def test_cyrillic_rouble_and_nonbreaking_space_have_glyphs() -> None:
    line = "Ёё № 1\u00a0234,5\u00a0млн\u00a0₽ «—» −5\u00a0%"
    content = typesetting.pdf(STYLE, {"lines": [line]}, as_of=DAY)
    assert line.replace("\u00a0", " ") in text_of(content).replace("\u00a0", " ")


def test_same_input_gives_the_same_bytes_on_the_day_asked_for() -> None:
    first = typesetting.pdf(STYLE, {"lines": ["а"]}, as_of=DAY)
    assert first == typesetting.pdf(STYLE, {"lines": ["а"]}, as_of=DAY)
    metadata = pypdf.PdfReader(io.BytesIO(first)).metadata
    assert metadata is not None
    assert metadata["/CreationDate"].startswith("D:20261122")
    assert first != typesetting.pdf(STYLE, {"lines": ["а"]}, as_of=DAY + datetime.timedelta(1))


def test_only_the_packaged_fonts_are_embedded() -> None:
    content = typesetting.pdf(STYLE, {"lines": ["Шрифт"]}, as_of=DAY)
    names = {name.decode() for name in re.findall(rb"/FontName\s*/([^\s/]+)", content)}
    assert names
    assert all("PTSerif" in name or "PTSans" in name for name in names)


def test_a_sign_that_our_fonts_lack_comes_from_another_font_and_is_no_empty_box() -> None:
    content = typesetting.pdf(STYLE, {"lines": ["Поставка → Покупка ✓ ≥"]}, as_of=DAY)
    assert "→ Покупка ✓ ≥" in text_of(content)
    fonts = [
        font.get_object()["/BaseFont"]
        for font in pypdf.PdfReader(io.BytesIO(content)).pages[0]["/Resources"]["/Font"].values()
    ]
    assert any("PTSerif" not in name for name in fonts)


def test_a_picture_is_passed_as_a_file() -> None:
    style = STYLE + '\n#image("a.svg", alt: "круг")\n'
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>'
    assert typesetting.pdf(style, {"lines": []}, as_of=DAY, files={"a.svg": svg})


@pytest.mark.parametrize("name", ["../a.svg", "data.json", "main.typ", ".a", "a/b.svg"])
def test_a_file_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(ReportError, match="недопустимое имя файла"):
        typesetting.pdf(STYLE, {"lines": []}, as_of=DAY, files={name: b""})


@pytest.mark.parametrize(
    "style",
    [
        "#let x = (",
        '#set text(font: "Comic Sans MS")\nтекст',
        '#import "@preview/cetz:0.3.0"\n',
        '#read("/etc/passwd")',
        '#read("../../etc/passwd")',
    ],
)
def test_a_faulty_style_is_a_report_error(style: str) -> None:
    with pytest.raises(ReportError, match="Typst не принял оформление"):
        typesetting.pdf(style, {}, as_of=DAY)
