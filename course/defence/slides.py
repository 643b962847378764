"""A slide for each team: its total, the medians as an editable chart, what to discuss and show."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.util import Mm, Pt

from course import wording
from course.defence.protocol import place, points
from course.defence.rubric import Rubric
from course.defence.scores import TeamScore
from course.defence.session import Session

WIDTH, HEIGHT = Mm(338.7), Mm(190.5)  # 16:9
INK, MUTED, BAR = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x5B, 0x5B, 0x5B), RGBColor(0x1F, 0x4E, 0x79)
WISHES = 4  # more do not fit on a slide; the protocol has them all


def deck(rubric: Rubric, session: Session, scores: Sequence[TeamScore]) -> bytes:
    """The slides as a PowerPoint file."""
    show = Presentation()
    show.slide_width, show.slide_height = WIDTH, HEIGHT
    for score in scores:
        slide = show.slides.add_slide(show.slide_layouts[6])
        _text(slide, (14, 8, 230, 14), [score.team.title], 28, bold=True)
        _text(slide, (14, 24, 230, 10), [score.team.project], 14, colour=MUTED)
        _text(slide, (252, 8, 74, 16), [f"{points(score.total)} из 100"], 28, bold=True)
        _text(slide, (252, 24, 74, 10), [f"место {place(score)}"], 14, colour=MUTED)
        _chart(slide, rubric, score)
        _text(slide, (222, 44, 104, 120), _remarks(score, rubric), 13)
        _text(slide, (14, 176, 300, 8), [
            f"{session.title}, {wording.day(session.day)}. Критерии — предложение курса. "
            "Решение принимает жюри."
        ], 10, colour=MUTED)  # fmt: skip
    stream = io.BytesIO()
    show.save(stream)
    return stream.getvalue()


def _remarks(score: TeamScore, rubric: Rubric) -> list[str]:
    lines = []
    if score.unmet:
        lines.append("Не выполнены условия:")
        lines += [f"— {gate.id}: {gate.title.lower()}" for gate in score.unmet]
        lines.append(f"Итог не выше {rubric.cap} (по отметкам {points(score.raw)}).")
    apart = [c for c in score.criteria if c.discuss]
    if apart:
        lines.append("Обсудить, отметки расходятся:")
        lines += [f"— {c.title} ({min(c.marks)}–{max(c.marks)})" for c in apart]
    if score.pending:
        lines.append("Показать в течение 30 дней:")
        lines += [f"— {wish[:90]}" for wish in score.pending[:WISHES]]
        if len(score.pending) > WISHES:
            lines.append(f"— и ещё {len(score.pending) - WISHES}: см. протокол")
    return lines or ["Все условия выполнены, отметки согласованы."]


def _text(
    slide: Any, frame: tuple[int, int, int, int], lines: Sequence[str], size: int,
    *, bold: bool = False, colour: RGBColor = INK,
) -> None:  # fmt: skip
    box = slide.shapes.add_textbox(*map(Mm, frame)).text_frame
    box.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = box.paragraphs[0] if number == 0 else box.add_paragraph()
        run = paragraph.add_run()
        run.text = line
        run.font.name, run.font.size, run.font.bold = "Calibri", Pt(size), bold
        run.font.color.rgb = colour


def _chart(slide: Any, rubric: Rubric, score: TeamScore) -> None:
    """Medians by criterion, the first on top."""
    data = CategoryChartData(number_format="0.0")
    data.categories = [c.title for c in reversed(score.criteria)]
    data.add_series("Медиана отметок", [float(c.median) for c in reversed(score.criteria)])
    chart = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_CLUSTERED, Mm(10), Mm(40), Mm(206), Mm(132), data
    ).chart
    chart.has_legend, chart.has_title = False, False
    chart.font.size, chart.font.name = Pt(12), "Calibri"
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, rubric.top
    chart.value_axis.major_unit = 1
    chart.value_axis.has_major_gridlines = True
    chart.value_axis.major_gridlines.format.line.color.rgb = RGBColor(0xD9, 0xD9, 0xD9)
    plot = chart.plots[0]
    plot.gap_width = 45
    plot.has_data_labels = True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = "0.#", False
    plot.data_labels.position = XL_LABEL_POSITION.INSIDE_BASE
    plot.data_labels.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    plot.data_labels.font.bold = True
    plot.series[0].format.fill.solid()
    plot.series[0].format.fill.fore_color.rgb = BAR
