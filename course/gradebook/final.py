"""«Итоговая ведомость»: who passed, region by region, as a Word document to be signed."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from course.errors import Fault, GradingError
from course.files import write_bytes
from course.folder import CourseFolder
from course.gradebook.standings import masters
from course.gradebook.verdicts import EARLY, FAILED, OPEN, PASSED, Verdict, verdicts
from course.plain import line
from course.programme import programme
from course.wording import ABSENT, NBSP, alphabetical, count, day, number, share, trimmed

_T = TypeVar("_T")
TITLE = "Итоговая ведомость"
NOWHERE = "Регион не указан"
_FONT = "Times New Roman"
_HEAD = ("№", "ФИО", "Должность", "Команда", "Сдано работ", "Баллы", "Доля", "Посещено", "Итог")
_WIDTHS = (9, 58, 56, 36, 17, 19, 17, 20, 30)
_OPTIONAL = {"Должность", "Команда", "Посещено"}  # left out where nobody has any
_TOTAL = "Всего"
_FIGURE = re.compile(r"[\d,\s]+%?|\d+\sиз\s\d+")
_SUMS = ("Регион", "Участников", "Зачёт", "Не зачёт", "Без итога")
_SUM_WIDTHS = (112, 30, 30, 30, 34)


def write_list(folder: CourseFolder, path: Path, on: datetime.date) -> tuple[Verdict, ...]:
    """Write the final list to `path`, dated `on`; everybody's result as it stands there.

    `GradingError` if `path` is no Word document, or there is nobody to list.
    """
    if path.suffix != ".docx":
        what = "ведомость записывается в файл .docx"
        raise GradingError(Fault(path.name, "", what, "Измените имя файла"))
    people = verdicts(folder, masters(folder))
    if not people:
        raise GradingError(
            Fault("roster.csv", "", "в ведомость некого внести",
                  "Примите список участников: proclusters roster ФАЙЛ")
        )  # fmt: skip
    write_bytes(path, document(people, on))
    return people


def document(people: Sequence[Verdict], on: datetime.date) -> bytes:
    """The list as a Word file: totals by region, then the people of each region by name."""
    paper = _paper(on)
    regions = sorted(
        {_region(each) for each in people}, key=lambda word: (word == NOWHERE, alphabetical(word))
    )
    heading = paper.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(TITLE)
    run.bold, run.font.size = True, Pt(16)
    for words in _preface(people, on):
        paper.add_paragraph(words)
    sums = [_sums(region, [each for each in people if _region(each) == region])
            for region in regions]  # fmt: skip
    if len(regions) > 1:
        sums.append(_sums(_TOTAL, people))
    _table(paper, _SUMS, _SUM_WIDTHS, sums)
    shown = _shown(people)
    for region in regions:
        inside = sorted(
            (each for each in people if _region(each) == region),
            key=lambda each: alphabetical(each.person.name or each.person.id),
        )
        title = paper.add_paragraph()
        title.paragraph_format.keep_with_next = True
        title.paragraph_format.space_before = Pt(12)
        title.add_run(region).bold = True
        rows = [_row(at, each) for at, each in enumerate(inside, 1)]
        _table(paper, shown(_HEAD), _widths(shown(_WIDTHS)), [shown(row) for row in rows])
    for words in ("Руководитель программы", "Ответственный за проверку работ"):
        signature = paper.add_paragraph(f"{words}: ____________________ / ____________________ /")
        signature.paragraph_format.space_before = Pt(16)
        signature.paragraph_format.keep_together = True
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _shown(people: Sequence[Verdict]) -> Callable[[Sequence[_T]], list[_T]]:
    """What takes from a row the columns that the list has: those that say something of anybody."""
    rows = [_row(0, each) for each in people]
    kept = [name not in _OPTIONAL or any(row[at] not in ("", ABSENT) for row in rows)
            for at, name in enumerate(_HEAD)]  # fmt: skip
    return lambda row: [word for word, here in zip(row, kept, strict=True) if here]


def _widths(widths: Sequence[int]) -> list[int]:
    """The widths of the columns that are left; the name takes what the others left."""
    return [widths[0], widths[1] + sum(_WIDTHS) - sum(widths), *widths[2:]]


def _preface(people: Sequence[Verdict], on: datetime.date) -> tuple[str, ...]:
    """What the list is about and how a result follows."""
    rule = f"Зачёт — от {share(programme.pass_share)} баллов всех работ вместе"
    if programme.attend_share is not None:
        rule += f" и не менее {share(programme.attend_share)} посещённых вебинаров"
    total = count(len(people), "участник", "участника", "участников")
    rest = [f"{rule}."]
    waiting = sum(each.words == OPEN for each in people)
    if waiting:
        rest.append(
            f"Ведомость предварительная: {count(waiting, 'участник', 'участника', 'участников')} "
            "ждут проверки развёрнутых ответов."
        )
    if any(each.words == EARLY for each in people):
        rest.append("Ведомость предварительная: программа идёт, часть вебинаров ещё никто не сдал.")
    return (f"Программа «{programme.title}». На {day(on)}. В ведомости {total}.", *rest)


def _sums(name: str, people: Sequence[Verdict]) -> tuple[str, ...]:
    words = [each.words for each in people]
    open_ = words.count(OPEN) + words.count(EARLY)
    amounts = (len(words), words.count(PASSED), words.count(FAILED), open_)
    return (line(name), *map(number, amounts))


def _row(at: int, each: Verdict) -> tuple[str, ...]:
    person = each.person
    return (
        str(at), line(person.name or person.id), line(person.post), line(person.team),
        f"{each.handed}{NBSP}из{NBSP}{len(each.points)}", trimmed(each.total, 2),
        share(each.share), f"{each.came}{NBSP}из{NBSP}{each.held}" if each.held else ABSENT,
        each.words,
    )  # fmt: skip


def _region(each: Verdict) -> str:
    return line(each.person.region) or NOWHERE


def _paper(on: datetime.date) -> Any:
    """An A4 sheet on its side, with page numbers."""
    paper = Document()
    core = paper.core_properties
    moment = datetime.datetime.combine(on, datetime.time())
    core.title, core.author, core.last_modified_by = TITLE, "PROКЛАСТЕРЫ", "PROКЛАСТЕРЫ"
    core.language, core.comments, core.created, core.modified = "ru-RU", "", moment, moment
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(16)
    section.top_margin = section.bottom_margin = Mm(15)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(4)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    footer._p.append(field)
    return paper


def _table(
    paper: Any, head: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[str]]
) -> None:
    """A table whose head stands on every page and whose rows are never torn apart."""
    table = paper.add_table(rows=0, cols=len(head), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):  # the grid that Writer goes by
        column.width = Mm(width)
    for at, words in enumerate((head, *rows)):
        row = table.add_row()
        whole = row._tr.get_or_add_trPr()
        whole.append(OxmlElement("w:cantSplit"))
        if at == 0:
            whole.append(OxmlElement("w:tblHeader"))
        for cell, word, width in zip(row.cells, words, widths, strict=True):
            cell.width = Mm(width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            if _FIGURE.fullmatch(word):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            run = paragraph.add_run(word)
            run.font.size, run.bold = Pt(10), at == 0 or words[0] == _TOTAL
