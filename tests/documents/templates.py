"""Makes the first version of the Word templates; afterwards a methodologist edits them in Word.

python tests/documents/templates.py templates/documents
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
SIGN = "_" * 24


class Form:
    """A blank official paper: A4, Times New Roman 14, numbered clauses, a page number on top."""

    def __init__(self, *, wide: bool = False) -> None:
        self.document = Document()
        self.width = 247.0 if wide else 165.0
        page = self.document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin, page.right_margin = Mm(30), Mm(15)
        page.top_margin = page.bottom_margin = Mm(20)
        if wide:
            page.orientation = WD_ORIENT.LANDSCAPE
            page.page_width, page.page_height = Mm(297), Mm(210)
            page.left_margin, page.right_margin = Mm(25), Mm(25)
        page.header_distance = page.footer_distance = Mm(9)
        page.different_first_page_header_footer = True
        self._fonts()
        self._styles()
        self._numbering()
        self._edges(page)
        self.document._body.clear_content()

    # ---------------------------------------------------------------- styles

    def _fonts(self) -> None:
        for style in self.document.styles:
            if style.type in (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER):
                fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
                for name in list(fonts.attrib):
                    del fonts.attrib[name]
                for script in ("ascii", "hAnsi", "eastAsia", "cs"):
                    fonts.set(qn(f"w:{script}"), FONT)
        for language in self.document.styles.element.iter(qn("w:lang")):
            language.set(qn("w:val"), "ru-RU")
            language.set(qn("w:eastAsia"), "ru-RU")
        normal = self.document.styles["Normal"]
        normal.font.size = Pt(14)
        normal.paragraph_format.space_after = Pt(0)

    def _styles(self) -> None:
        add = self.document.styles.add_style
        normal = self.document.styles["Normal"]
        for name, size, bold, align, indent, before, after in (
            ("Заголовок документа", 14, True, WD_ALIGN_PARAGRAPH.CENTER, 0, 0, 12),
            ("Раздел", 14, True, WD_ALIGN_PARAGRAPH.LEFT, 0, 12, 4),
            ("Пункт", 14, False, WD_ALIGN_PARAGRAPH.LEFT, 0, 0, 2),
            ("Подпункт", 14, False, WD_ALIGN_PARAGRAPH.LEFT, 0, 0, 0),
            ("Текст", 14, False, WD_ALIGN_PARAGRAPH.LEFT, 12.5, 0, 2),
            ("Справа", 14, False, WD_ALIGN_PARAGRAPH.LEFT, 0, 0, 0),
            ("Таблица", 11, False, WD_ALIGN_PARAGRAPH.LEFT, 0, 0, 0),
            ("Таблица мелкая", 9, False, WD_ALIGN_PARAGRAPH.LEFT, 0, 0, 0),
            ("Примечание", 10, False, WD_ALIGN_PARAGRAPH.LEFT, 0, 4, 0),
        ):
            style = add(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style, style.font.size, style.font.bold = normal, Pt(size), bold
            form = style.paragraph_format
            form.alignment, form.first_line_indent = align, Mm(indent)
            form.space_before, form.space_after = Pt(before), Pt(after)
            form.keep_together = name.startswith("Таблица")
            form.keep_with_next = name in ("Раздел", "Заголовок документа")
        self.document.styles["Справа"].paragraph_format.left_indent = Mm(80)

    def _numbering(self) -> None:
        """1. — 1.1. — а): clauses number themselves by their styles."""
        numbering = self.document.part.numbering_part.element
        for child in list(numbering):
            numbering.remove(child)
        levels = (
            ("decimal", "%1.", "Раздел", 0, 10),
            ("decimal", "%1.%2.", "Пункт", 0, 12.5),
            ("russianLower", "%3)", "Подпункт", 12.5, 8),
        )
        xml = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:pStyle w:val="{self.document.styles[style].style_id}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>'
            f'<w:ind w:left="{int((left + hang) * 56.7)}" w:hanging="{int(hang * 56.7)}"/>'
            "</w:pPr></w:lvl>"
            for n, (kind, text, style, left, hang) in enumerate(levels)
        )
        numbering.append(parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="1">'
            f'<w:multiLevelType w:val="multilevel"/>{xml}</w:abstractNum>'
        ))  # fmt: skip
        numbering.append(parse_xml(
            f'<w:num {nsdecls("w")} w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        ))  # fmt: skip
        for level, (*_, style, _, _) in enumerate(levels):
            properties = self.document.styles[style].element.get_or_add_pPr()
            number = properties.get_or_add_numPr()
            number.get_or_add_ilvl().val = level
            number.get_or_add_numId().val = 1
            self.document.styles[style].paragraph_format.first_line_indent = None

    def _edges(self, page: Any) -> None:
        number = page.header.paragraphs[0]
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            run = number.add_run()
            run.font.size = Pt(12)
            if kind:
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
            else:
                mark = OxmlElement("w:instrText")
                mark.text = text
            run._r.append(mark)
        for footer in (page.footer, page.first_page_footer):
            line = footer.paragraphs[0]
            line.style = self.document.styles["Примечание"]
            line.add_run(
                "Форма предложена курсом [К], официальная не прочитана. {{ mark }}, {{ day }}."
            )

    # ---------------------------------------------------------------- content

    def add(self, text: str, style: str = "Текст", **look: Any) -> Any:
        paragraph = self.document.add_paragraph(text, style=style)
        for name, value in look.items():
            setattr(paragraph.paragraph_format, name, value)
        return paragraph

    def title(self, *lines: str) -> None:
        paragraph = self.add(lines[0], "Заголовок документа")
        for line in lines[1:]:
            paragraph.add_run().add_break()
            paragraph.add_run(line)

    def right(self, *lines: str) -> None:
        for line in lines:
            self.add(line, "Справа")
        self.add("", "Справа")

    def section(self, text: str) -> None:
        self.add(text, "Раздел")

    def head(self, text: str) -> None:
        """A heading without a number."""
        paragraph = self.add(text, "Текст", keep_with_next=True, space_before=Pt(10),
                             first_line_indent=Mm(0), space_after=Pt(4))  # fmt: skip
        paragraph.runs[0].bold = True

    def clause(self, text: str) -> None:
        self.add(text, "Пункт")

    def point(self, text: str) -> None:
        self.add(text, "Подпункт")

    def loop(self, item: str, items: str, text: str, style: str = "Текст") -> None:
        """A paragraph for each of `items`; a text that ends with «;» ends with «.» in the last."""
        if text.endswith(";"):
            text = text[:-1] + "{% if loop.last %}.{% else %};{% endif %}"
        self.add(f"{{%p for {item} in {items} %}}", style)
        self.add(text, style)
        self.add("{%p endfor %}", style)

    def pairs(self, rows: Sequence[tuple[str, str]], left: float = 70.0) -> None:
        """A card: what it is on the left, the value on the right."""
        table = self._table(2, [left, self.width - left])
        for place, (name, value) in enumerate(rows, 1):
            self._row(table, [name, value], "Таблица")
            for cell in table.rows[-1].cells if place < len(rows) else ():
                cell.paragraphs[0].paragraph_format.keep_with_next = True

    def table(
        self, heads: Sequence[str], items: str, cells: Sequence[str], widths: Sequence[float],
        *, small: bool = False, total: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """A table with a row for each of `items` («contract in contracts»); its head repeats."""
        style = "Таблица мелкая" if small else "Таблица"
        scale = self.width / sum(widths)
        table = self._table(len(heads), [width * scale for width in widths])
        self._row(table, heads, style, bold=True)
        first = table.rows[0]._tr.get_or_add_trPr()
        first.append(first.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
        self._row(table, [f"{{%tr for {items} %}}"] + [""] * (len(heads) - 1), style)
        self._row(table, cells, style)
        self._row(table, ["{%tr endfor %}"] + [""] * (len(heads) - 1), style)
        if total:
            self._row(table, total, style, bold=True)

    def _table(self, columns: int, widths: Sequence[float]) -> Any:
        table = self.document.add_table(rows=0, cols=columns, style="Table Grid")
        table.autofit = False
        margins = "".join(
            f'<w:{side} w:w="{width}" w:type="dxa"/>'
            for side, width in (("top", 30), ("left", 80), ("bottom", 30), ("right", 80))
        )
        table._tbl.tblPr.append(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{margins}</w:tblCellMar>"))
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        return table

    def _row(self, table: Any, cells: Sequence[str], style: str, *, bold: bool = False) -> None:
        # No cantSplit: under a repeated head LibreOffice loses such rows. Lines keep together.
        row = table.add_row()
        for cell, text, column in zip(row.cells, cells, table.columns, strict=True):
            cell.width = column.width
            cell.paragraphs[0].style = self.document.styles[style]
            if text.startswith(">"):
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
            first, *more = text.removeprefix(">").split("\n")
            run = cell.paragraphs[0].add_run(first)
            run.bold = bold or None
            for line in more:
                run.add_break()
                run.add_text(line)

    def place_and_day(self) -> None:
        """The town on the left, the day on the right of one line."""
        line = self.add(f"г. {SIGN}\t«___» ____________ 20__ г.", first_line_indent=Mm(0),
                        space_after=Pt(10), alignment=WD_ALIGN_PARAGRAPH.LEFT)  # fmt: skip
        line.paragraph_format.tab_stops.add_tab_stop(Mm(self.width), WD_TAB_ALIGNMENT.RIGHT)

    def signature(self, who: str, name: str) -> None:
        table = self.document.add_table(rows=1, cols=3)
        last = self.document.element.body.xpath("./w:p[last()]")[0]
        if last.getnext() is table._tbl:  # the line above goes with the signature
            Paragraph(last, self.document._body).paragraph_format.keep_with_next = True
        for cell, text, width in zip(
            table.rows[0].cells, (who, SIGN, name), (65, 50, 50), strict=True
        ):
            cell.width = Mm(width * self.width / 165)
            cell.paragraphs[0].style = self.document.styles["Таблица"]
            cell.paragraphs[0].paragraph_format.keep_with_next = True
            cell.paragraphs[0].add_run(text)
        self.add("М.П. (при наличии)        «____» ______________ 20__ г.", "Примечание",
                 space_before=Pt(6))  # fmt: skip

    def sources(self) -> None:
        """The attached reference that tells every short sign in full."""
        self.add("Справка об источниках", "Заголовок документа", page_break_before=True)
        self.add("{{ signs }}", "Примечание", space_after=Pt(6))
        self.table(
            ["Показатель", "Значение", "Источник", "Редакция", "Знак"], "s in sources",
            ["{{ s.name }}", "{{ s.value }}", "{{ s.reference }}", "{{ s.edition }}",
             "{{ s.standing }}"],
            [38, 28, 46, 33, 24], small=True,
        )  # fmt: skip
        self.add(
            "Документ не подтверждает соответствие требованиям: это решает приказ Минпромторга "
            "России.", "Примечание",
        )  # fmt: skip

    def save(self, path: Path) -> None:
        core = self.document.core_properties
        core.title, core.author, core.comments = "", "PROКЛАСТЕРЫ", ""
        core.created = core.modified = datetime.datetime(2026, 11, 22)
        self.document.save(str(path))


def main(folder: Path) -> None:
    from forms import FORMS

    for name, make in FORMS.items():
        make().save(folder / f"{name}.docx")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
