"""Slides: a deck of 16:9 pages whose figures stand in named shapes and native charts."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.util import Mm, Pt

from course.claims.book import has_hole, pieces, plain
from course.claims.printed import PICTURE, Printed, digest
from course.documents import archive
from course.documents.word import AUTHOR

WIDTH, HEIGHT = 338.7, 190.5  # millimetres
INK, MUTED, PALE = (
    RGBColor(0x1A, 0x1A, 0x1A),
    RGBColor(0x5B, 0x5B, 0x5B),
    RGBColor(0xD9, 0xD9, 0xD9),
)
DARK, LIGHT, WARM = (
    RGBColor(0x1F, 0x4E, 0x79),
    RGBColor(0xA9, 0xC8, 0xE6),
    RGBColor(0xE6, 0xC5, 0x83),
)
WHITE, YELLOW = RGBColor(0xFF, 0xFF, 0xFF), RGBColor(0xFF, 0xF2, 0x9A)
FONT = "Calibri"
COLUMNS = XL_CHART_TYPE.COLUMN_CLUSTERED
FIGURE, CHART, WORDS = "figure:", "chart:", "words:"
PLACE = "@"  # between the id of a figure and the names of the words beside it
FORM = "#,##0;−#,##0;"  # a nought is left out
Frame = tuple[float, float, float, float]


class Deck:
    """Slides under one footer; every slide says one thing in its title."""

    def __init__(self, footer: str) -> None:
        self.show = Presentation()
        self.show.slide_width, self.show.slide_height = Mm(WIDTH), Mm(HEIGHT)
        self.footer = footer
        self.slide: Any = None
        self.places = 0

    def page(self, title: str, kicker: str = "") -> None:
        """A new slide."""
        self.slide = self.show.slides.add_slide(self.show.slide_layouts[6])
        number = len(self.show.slides)
        if kicker:
            self.text((14, 6, 310, 8), [kicker], 12, colour=MUTED)
        self.text((14, 12, 310, 22), [title], 26, bold=True)
        self.text((14, 180, 290, 7), [self.footer], 10, colour=MUTED)
        self.text((310, 180, 16, 7), [str(number)], 10, colour=MUTED)

    def text(
        self, frame: Frame, lines: Sequence[str], size: float, *, bold: bool = False,
        colour: RGBColor = INK, name: str = "",
    ) -> Any:  # fmt: skip
        """Paragraphs in a box; a hole in them is highlighted by its own background."""
        box = self.slide.shapes.add_textbox(*map(Mm, frame))
        if name:
            box.name = name
        body = box.text_frame
        body.word_wrap = True
        for number, line in enumerate(lines):
            paragraph = body.paragraphs[0] if number == 0 else body.add_paragraph()
            run = paragraph.add_run()
            run.text = plain(line)
            run.font.name, run.font.size, run.font.bold = FONT, Pt(size), bold
            run.font.color.rgb = colour
            paragraph.space_after = Pt(3)
        if any(map(has_hole, lines)):
            box.fill.solid()
            box.fill.fore_color.rgb = YELLOW
        return box

    def figure(
        self, frame: Frame, marked: str, size: float = 28, colour: RGBColor = DARK, *, beside: str
    ) -> None:
        """One figure of the model in a shape that bears its id, and where its words stand."""
        piece = next(iter(pieces(marked)))
        name = f"{FIGURE}{piece.claim}{PLACE}{beside}" if piece.claim else ""
        size = min(size, 11) if has_hole(marked) else size
        self.text(frame, [marked], size, bold=True, colour=colour, name=name)

    def card(self, frame: Frame, marked: str, label: str) -> None:
        """A large figure over the words that say what it is."""
        left, top, width, height = frame
        self.places += 1
        beside = f"{self.places}"
        self.figure((left, top, width, height * 0.55), marked, beside=beside)
        self.text((left, top + height * 0.5, width, height * 0.5), [label], 14, colour=MUTED,
                  name=WORDS + beside)  # fmt: skip

    def table(
        self, frame: Frame, heads: Sequence[str], rows: Sequence[Sequence[str]],
        widths: Sequence[float], size: float = 13,
    ) -> None:  # fmt: skip
        """Cells as boxes on a grid of rows: so that a figure in a cell has a name of its own."""
        left, top, width, height = frame
        scale = width / sum(widths)
        step = min(height / (len(rows) + 1), 20.0)
        self.places += 1
        for line, cells in enumerate([heads, *rows]):
            x = left
            for place, (cell, share) in enumerate(zip(cells, widths, strict=True)):
                box = (x, top + line * step, share * scale, step)
                self._cell(box, cell, size, line, place)
                x += share * scale

    def _cell(self, frame: Frame, marked: str, size: float, line: int, place: int) -> None:
        """A cell: a figure with the names of its row's and column's heads, or such a head."""
        piece, head = next(iter(pieces(marked)), None), line == 0
        name = f"{WORDS}{self.places}.{line}.{place}"
        if piece and piece.claim:
            heads = f"{self.places}.{line}.0{PLACE}{self.places}.0.{place}"
            name = f"{FIGURE}{piece.claim}{PLACE}{heads}"
        box = self.text(frame, [marked], size, bold=head, name=name)
        body = box.text_frame
        body.auto_size = MSO_AUTO_SIZE.NONE
        box.height = Mm(frame[3])
        body.vertical_anchor = MSO_ANCHOR.MIDDLE
        body.margin_top = body.margin_bottom = Mm(0.5)
        if head:
            box.fill.solid()
            box.fill.fore_color.rgb = PALE
        box.line.color.rgb = PALE

    def picture(self, frame: Frame, png: bytes, name: str, description: str) -> None:
        """A picture fitted into the frame."""
        left, top, width, height = map(Mm, frame)
        made = self.slide.shapes.add_picture(io.BytesIO(png), left, top)
        scale = min(width / made.width, height / made.height)
        made.width, made.height = int(made.width * scale), int(made.height * scale)
        made.left = int(left + (width - made.width) / 2)
        made.name = name
        made._element.nvPicPr.cNvPr.set("descr", description)

    def chart(
        self, frame: Frame, name: str, categories: Sequence[str],
        series: Sequence[tuple[str, Sequence[float | None]]], *, kind: Any = COLUMNS,
        form: str = FORM, floor: float | None = None,
    ) -> Any:  # fmt: skip
        """A chart that people can edit; its name is the id of its figures."""
        data = CategoryChartData(number_format=form)
        data.categories = [_harmless(category) for category in categories]
        for title, values in series:
            data.add_series(
                _harmless(title), [v if v is None else round(float(v), 6) for v in values]
            )
        made = self.slide.shapes.add_chart(kind, *map(Mm, frame), data)
        made.name = CHART + name
        chart = made.chart
        chart.has_title = False
        chart.font.size, chart.font.name = Pt(12), FONT
        chart.has_legend = len(series) > 1
        if chart.has_legend:
            chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        if floor is not None:
            chart.value_axis.minimum_scale = floor
        _dress(chart, form, len(series))
        return chart

    def bytes(self, *, title: str, identifier: str, on: datetime.date) -> bytes:
        """The finished file."""
        core = self.show.core_properties
        core.title, core.identifier, core.author = title, identifier, AUTHOR
        core.last_modified_by, core.language = AUTHOR, "ru-RU"
        core.created = core.modified = datetime.datetime.combine(on, datetime.time())
        core.revision = 1
        stream = io.BytesIO()
        self.show.save(stream)
        return archive.settled(stream.getvalue(), on)


def _dress(chart: Any, form: str, count: int) -> None:
    """Colours that grey print keeps apart, labels on the bars, pale grid."""
    plot = chart.plots[0]
    colours = (DARK, WARM, LIGHT)
    stacked = "STACKED" in str(chart.chart_type)
    for series, colour in zip(plot.series, colours, strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour
        series.invert_if_negative = False
        if stacked and colour is DARK:
            own = series.data_labels
            own.show_value, own.number_format, own.number_format_is_linked = True, form, False
            own.font.size, own.font.color.rgb = Pt(12), WHITE
    if hasattr(plot, "gap_width"):
        plot.gap_width = 60
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = form, False
    labels.font.size = Pt(12)
    if count == 1:
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
    axis = chart.value_axis
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = PALE
    axis.format.line.fill.background()
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "#,##0", False
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW


def _harmless(text: str) -> str:
    """A name for the chart's workbook, which would take «=…» for a formula and https for a link."""
    said = plain(text)
    risky = said.startswith(("=", "{=", "+", "-", "@")) or ":" in said.split(" ")[0]
    return f"’{said}" if risky else said


def read(content: bytes) -> tuple[Printed, ...]:
    """The figures of slides: named shapes, the points of charts, pictures."""
    found: list[Printed] = []
    for slide in Presentation(io.BytesIO(content)).slides:
        words = {
            str(shape.name).removeprefix(WORDS): shape.text_frame.text
            for shape in slide.shapes
            if str(shape.name).startswith(WORDS) and shape.has_text_frame
        }
        for shape in slide.shapes:
            name = str(shape.name)
            if name.startswith(FIGURE) and shape.has_text_frame:
                tag, *beside = name.removeprefix(FIGURE).split(PLACE)
                around = " | ".join(words.get(place, "") for place in beside)
                found.append(Printed(tag, shape.text_frame.text, around))
            elif name.startswith(PICTURE) and hasattr(shape, "image"):
                found.append(Printed(name, digest(shape.image.blob)))
            elif name.startswith(CHART) and getattr(shape, "has_chart", False):
                found += _points(name.removeprefix(CHART), shape.chart)
    return tuple(found)


def _points(name: str, chart: Any) -> list[Printed]:
    """Every point of a chart under the number of its series and category."""
    plot = chart.plots[0]
    categories = [str(category) for category in plot.categories]
    return [
        Printed(f"{name}.{one}.{two}", f"{value:.6f}", f"{series.name}, {categories[two - 1]}")
        for one, series in enumerate(plot.series, 1)
        for two, value in enumerate(series.values, 1)
        if value is not None
    ]


def identifier(content: bytes) -> str:
    """The identifier that the file was made with, empty when it is lost."""
    return str(Presentation(io.BytesIO(content)).core_properties.identifier or "")
