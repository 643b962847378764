"""How cells of the workbook look: fonts, number formats by unit, set-up of the printed page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

MONEY = "[>=0.5]#,##0;[<=-0.5]-#,##0;0"  # no minus before a rounded zero
FONT = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
_FORMATS = {
    "₽": MONEY,
    "доля": "0.00%",
    "дата": "dd.mm.yyyy",
    "год": "0",
    "мес.": "#,##0",
    "раз": "0.0000",
    "признак": "0",
    "₽/мес.": "#,##0.00",
    "₽/год": "#,##0",
}
INPUT_BACK, HEAD_BACK, GROUP_BACK = "#FFF7D6", "#D9E2EC", "#EEF2F6"


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def get(self, **properties: Any) -> Format:
        """The format with these properties over the common font."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self.book.add_format({**FONT, **properties})
        return self._made[key]

    @property
    def title(self) -> Format:
        """The title of a sheet."""
        return self.get(bold=True, font_size=14)

    @property
    def note(self) -> Format:
        """A remark under a title."""
        return self.get(italic=True, font_color="#444444")

    @property
    def head(self) -> Format:
        """The head of a table."""
        return self.get(
            bold=True, bg_color=HEAD_BACK, bottom=1, text_wrap=True, valign="vcenter",
            align="center",
        )  # fmt: skip

    @property
    def group(self) -> Format:
        """The title of a group of rows."""
        return self.get(bold=True, bg_color=GROUP_BACK)

    @property
    def text(self) -> Format:
        """Text that may take several lines."""
        return self.get(text_wrap=True, align="left", indent=1)

    @property
    def wrapped(self) -> Format:
        """The first column: text that may take several lines."""
        return self.get(text_wrap=True)

    @property
    def unit(self) -> Format:
        """The unit behind a number."""
        return self.get(align="left", indent=1)

    @property
    def plain(self) -> Format:
        """Text on one line."""
        return self.get()

    def number(self, unit: str, *, bold: bool = False, entered: bool = False) -> Format:
        """A number in a unit; `entered` ones, which a person may change, are blue on yellow."""
        properties: dict[str, Any] = {"num_format": number_format(unit)}
        if bold:
            properties["bold"] = True
        if entered:
            properties |= {"font_color": "#0000C0", "bg_color": INPUT_BACK, "border": 4}
        return self.get(**properties)


def height(texts: list[tuple[str, float]]) -> float:
    """The height of a row whose texts are wrapped to the widths of their columns."""
    lines = max((-(-len(text) // max(1, int(width * 1.05))) for text, width in texts), default=1)
    return 13.5 * max(1, lines)


def number_format(unit: str) -> str:
    """The number format that fits a unit."""
    return _FORMATS.get(unit, "#,##0.00" if unit.startswith("₽") else "#,##0.###")


def page(sheet: Worksheet, title: str, *, wide: int = 1) -> None:
    """A4 landscape with the title above and the page number below; `wide` 0 leaves the scale."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    text = title.replace("&", "&&")[:200]
    sheet.set_header(f"&L&9{text}")
    sheet.set_footer("&R&9Стр. &P из &N")
    sheet.hide_gridlines(1)
    if wide:
        sheet.fit_to_pages(wide, 0)


PIXEL = 25.4 / 96  # millimetres
PAPER = (297 - 20.4, 210 - 33.1)  # what is left of A4 landscape, as `page` sets its margins
ROW = 20 * PIXEL  # the height of a row of 15 points
LEAST_SCALE = 45  # below this nobody reads the figures
SPARE = 0.93  # programs draw columns a little wider than the file says


def printed(sheet: Worksheet, widths: Sequence[float], most: int = 100) -> int:
    """Scale the columns to one page, as far as they stay legible; returns the rows on a page.

    A scale, and no «fit to width»: with the latter programs pass over page breaks.
    """
    whole = sum(7 * width + 5 for width in widths) * PIXEL
    scale = max(LEAST_SCALE, min(most, int(100 * SPARE * PAPER[0] / whole)))
    sheet.set_print_scale(scale)
    return int(SPARE * PAPER[1] / (ROW * scale / 100))


def set_breaks(sheet: Worksheet, blocks: Sequence[tuple[int, int]], height: int) -> None:
    """Page breaks between blocks of rows: no table begins on a page that it does not fit on."""
    breaks, top = [], 0
    for first, last in blocks:
        if last + 1 - top > height and first > top:
            breaks.append(first)
            top = first
        while last + 1 - top > height:  # a table longer than a page goes on on the next
            top += height
    sheet.set_h_pagebreaks(breaks)
