"""Defence day: sheets go out, come back marked or damaged, and become a protocol."""

from __future__ import annotations

import datetime
import io
import shutil
import zipfile
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pptx import Presentation

from course import defence
from course.defence import returned, rubric, scores, session, sheets
from course.defence.pages import MARK_COLUMN
from course.defence.returned import Decisions, Sheet
from course.errors import DefenceError
from course.folder import CourseFolder

RULES = rubric.load()
CRITERIA = [criterion.id for criterion in RULES.criteria]
MEETING = session.Session.model_validate(
    {
        "title": "Очная защита",
        "day": datetime.date(2026, 12, 4),
        "place": "Москва",
        "chair": "Громова Е. П.",
        "secretary": "Лукин А. С.",
        "jurors": [
            {"id": f"juror{n}", "name": f"Эксперт {n}", "position": "эксперт фонда"}
            for n in range(1, 4)
        ],
        "teams": [
            {"id": "alpha", "title": "Альфа", "project": "=HYPERLINK(«x») #1 $5 <b>"},
            {"id": "beta", "title": "Бета", "project": "Подшипники"},
        ],
    }
)
SESSION_TEXT = """\
title: Очная защита
day: 2026-12-04
place: Москва
chair: Громова Е. П.
secretary: Лукин А. С.
jurors:
  - {id: juror1, name: Эксперт 1, position: эксперт фонда}
  - {id: juror2, name: Эксперт 2, position: эксперт фонда}
  - {id: juror3, name: Эксперт 3, position: эксперт фонда}
teams:
  - {id: alpha, title: Альфа, project: "=HYPERLINK(«x») #1 $5 <b>"}
  - {id: beta, title: Бета, project: Подшипники}
"""
LAYOUT = sheets.Layout(RULES)


@pytest.fixture
def course(tmp_path: Path) -> CourseFolder:
    """A course with a session, with all sheets marked 2 and all gates met."""
    folder = CourseFolder(tmp_path)
    folder.defence.mkdir()
    (folder.defence / "session.yaml").write_text(SESSION_TEXT, "utf-8")
    defence.make_sheets(folder)
    (folder.defence / "returned").mkdir()
    for path in folder.defence.glob("sheets/*/*.xlsx"):
        fill(path, folder.defence / "returned" / path.name)
    return folder


def fill(
    source: Path,
    target: Path,
    marks: Mapping[str, Any] | None = None,
    gates: Mapping[str, Any] | None = None,
    pending: str = "",
) -> Path:
    """Mark a sheet as a juror would in Excel."""
    book = load_workbook(source)
    page = book[sheets.TITLE]
    for row, gate in zip(LAYOUT.gates, RULES.gates, strict=True):
        page.cell(row + 1, MARK_COLUMN + 1).value = (gates or {}).get(gate.id, "да")
    for row, criterion in zip(LAYOUT.criteria, RULES.criteria, strict=True):
        page.cell(row + 1, MARK_COLUMN + 1).value = (marks or {}).get(criterion.id, 2)
    if pending:
        page.cell(LAYOUT.pending + 1, 3).value = pending
    book.save(target)
    return target


def blank(course: CourseFolder, juror: str = "juror1", team: str = "alpha") -> Path:
    return course.defence / "sheets" / juror / f"{juror}--{team}.xlsx"


def refusal(course: CourseFolder) -> str:
    with pytest.raises(DefenceError) as caught:
        defence.make_protocol(course)
    assert not list(course.defence.glob("protocol.*")), "nothing is written before a decision"
    return str(caught.value)


# ---------------------------------------------------------------- the rubric


def test_the_shipped_rubric_is_a_proposal_with_weights_of_100() -> None:
    assert RULES.standing == "proposed"
    assert sum(criterion.weight for criterion in RULES.criteria) == 100
    assert len(RULES.gates) == 6
    assert len(RULES.criteria) == 9


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("weight: 15", "weight: 16", "веса в сумме дают 101"),
        ("marks: [0, 1, 2, 3]", "marks: [0, 1, 2]", "описаний 4, а отметок 3"),
        ("marks: [0, 1, 2, 3]", "marks: [1, 2, 3, 4]", "подряд от 0"),
        ("id: G2", "id: G1", "повторяется"),
        ("weight: 20", "вес: 20", "неизвестный ключ «вес»"),
    ],
)
def test_a_faulty_rubric_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = tmp_path / "rubric.yaml"
    path.write_text(rubric.FILE.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(DefenceError, match=words):
        rubric.load(path)


# ---------------------------------------------------------------- sheets


def test_a_sheet_has_lists_bounds_and_locks_only_formulas() -> None:
    content = sheets.workbook(RULES, MEETING, MEETING.jurors[0], MEETING.teams[0])
    book = load_workbook(io.BytesIO(content))
    assert book.properties.created == datetime.datetime(2026, 12, 4), "not the clock's time"
    page = book[sheets.TITLE]
    lists = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    assert sorted(lists.values()) == ['"0,1,2,3"', '"да,нет"']
    formulas = [c for row in page.iter_rows() for c in row if str(c.value).startswith("=SUM")]
    assert [cell.protection.locked for cell in formulas] == [True]
    typed = [c for row in page.iter_rows() for c in row if c.value and c not in formulas]
    assert not any(cell.protection.locked for cell in typed)
    assert page.sheet_state == "visible"
    texts = {cell.value for row in page.iter_rows() for cell in row}
    assert all(text in texts for c in RULES.criteria for text in c.descriptors)


def test_text_of_people_never_becomes_a_formula() -> None:
    content = sheets.workbook(RULES, MEETING, MEETING.jurors[0], MEETING.teams[0])
    page = load_workbook(io.BytesIO(content))[sheets.TITLE]
    kinds = {cell.coordinate: cell.data_type for row in page.iter_rows() for cell in row}
    assert [place for place, kind in kinds.items() if kind == "f"] == [f"D{LAYOUT.total + 1}"]


def test_sheets_and_forms_are_the_same_every_time() -> None:
    for make in (sheets.workbook, sheets.form):
        one = make(RULES, MEETING, MEETING.jurors[0], MEETING.teams[0])
        assert one == make(RULES, MEETING, MEETING.jurors[0], MEETING.teams[0])


@pytest.mark.office
def test_the_total_in_the_workbook_equals_ours(
    course: CourseFolder, tmp_path: Path, soffice: str
) -> None:
    import subprocess

    marks = dict(zip(CRITERIA, [3, 2, 1, 0, 3, 2, 1, 0, 3], strict=True))
    path = fill(blank(course), tmp_path / "marked.xlsx", marks)
    subprocess.run(
        [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(path)],
        check=True, capture_output=True,
    )  # fmt: skip
    total = sum(c.weight * marks[c.id] for c in RULES.criteria) / 3
    page = load_workbook(tmp_path / "out" / "marked.xlsx", data_only=True)[sheets.TITLE]
    assert page.cell(LAYOUT.total + 1, MARK_COLUMN + 1).value == pytest.approx(total)


# ---------------------------------------------------------------- what comes back


Damage = Callable[[CourseFolder], object]


def arrived(course: CourseFolder, name: str = "juror1--alpha.xlsx") -> Path:
    return course.defence / "returned" / name


def cut(course: CourseFolder) -> None:
    path = arrived(course)
    path.write_bytes(path.read_bytes()[:3000])


def bomb(course: CourseFolder) -> None:
    with zipfile.ZipFile(arrived(course), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (70 << 20))


def passport(step: int, value: str) -> Damage:
    def change(course: CourseFolder) -> None:
        book = load_workbook(arrived(course))
        book[sheets.TITLE].cell(LAYOUT.passport + step + 1, 3).value = value
        book.save(arrived(course))

    return change


REFUSALS: dict[str, tuple[Damage, str]] = {
    "cut file": (cut, "juror1--alpha.xlsx: файл повреждён"),
    "text file": (lambda c: arrived(c).write_text("отметки"), "файл повреждён"),
    "zip bomb": (bomb, "слишком велика"),
    "half filled": (
        lambda c: fill(blank(c), arrived(c), {"need": None}),
        "Потребность в импортозамещении: отметки нет",
    ),
    "mark 4": (lambda c: fill(blank(c), arrived(c), {"need": 4}), "отметка «4» недопустима"),
    "mark −1": (lambda c: fill(blank(c), arrived(c), {"need": -1}), "отметка «-1» недопустима"),
    "mark 1.5": (lambda c: fill(blank(c), arrived(c), {"need": 1.5}), "«1.5» недопустима"),
    "mark as text": (lambda c: fill(blank(c), arrived(c), {"need": "три"}), "«три» недопустима"),
    "mark as formula": (lambda c: fill(blank(c), arrived(c), {"need": "=3"}), "стоит формула"),
    "gate perhaps": (lambda c: fill(blank(c), arrived(c), None, {"G2": "возможно"}), "возможно"),
    "unknown juror": (passport(2, "nobody"), "эксперта «nobody» нет"),
    "unknown team": (passport(3, "gamma"), "команды «gamma» нет"),
    "another edition": (passport(1, "00000000"), "другой редакции"),
    "a sheet is missing": (
        lambda c: arrived(c).unlink(),
        "эксперт juror1, команда alpha: листа нет",
    ),
    "two sheets differ": (
        lambda c: fill(blank(c), arrived(c, "копия.xlsx"), {"need": 0}),
        "листов несколько, и они расходятся: juror1--alpha.xlsx, копия.xlsx",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_is_wrong_is_named_and_nothing_is_written(course: CourseFolder, case: str) -> None:
    damage, words = REFUSALS[case]
    damage(course)
    assert words in refusal(course)


def test_all_faults_are_named_at_once(course: CourseFolder) -> None:
    cut(course)
    fill(blank(course, "juror2", "beta"), arrived(course, "juror2--beta.xlsx"), {"need": 9})
    arrived(course, "juror3--beta.xlsx").unlink()
    words = refusal(course)
    for name in ("juror1--alpha", "juror2--beta", "эксперт juror3, команда beta"):
        assert name in words


def test_a_renamed_sheet_counts_for_whose_it_is(course: CourseFolder) -> None:
    arrived(course).rename(arrived(course, "Новый документ (3).xlsx"))
    assert len(defence.make_protocol(course)) == 3


def test_the_same_sheet_sent_twice_counts_once(course: CourseFolder) -> None:
    shutil.copyfile(arrived(course), arrived(course, "ещё раз.xlsx"))
    defence.make_protocol(course)
    table = Document(course.defence / "protocol.docx").tables[1]
    assert table.cell(1, 2).text == "2 2 2"


def test_a_decision_lets_the_protocol_be_written(course: CourseFolder) -> None:
    arrived(course).unlink()
    fill(blank(course, "juror2"), arrived(course, "второй.xlsx"), {"need": 0})
    (course.defence / "decisions.yaml").write_text(
        "absent:\n  - {juror: juror1, team: alpha, reason: заболел}\n"
        "use:\n  - {juror: juror2, team: alpha, file: второй.xlsx}\n",
        "utf-8",
    )
    defence.make_protocol(course)
    text = "\n".join(p.text for p in Document(course.defence / "protocol.docx").paragraphs)
    assert "заболел" in text
    assert "второй.xlsx" in text


# ---------------------------------------------------------------- scores


def sheet(juror: str, team: str, mark: int, *, unmet: str = "", **marks: int) -> Sheet:
    given_marks = {criterion: marks.get(criterion, mark) for criterion in CRITERIA}
    gates = {gate.id: gate.id != unmet for gate in RULES.gates}
    return Sheet(f"{juror}.xlsx", juror, team, gates, given_marks, {}, "")


def test_total_is_the_weighted_median() -> None:
    """Need has weight 15 and marks 0, 1, 3: its median adds 15·1/3; the rest of 85 has 2/3."""
    marked = [sheet(f"juror{n}", "alpha", 2, need=mark) for n, mark in enumerate((0, 1, 3), 1)]
    (score,) = scores.of(RULES, MEETING, marked)
    assert score.total == Fraction(15, 3) + Fraction(85 * 2, 3)
    need = score.criteria[0]
    assert (need.median, need.spread, need.discuss) == (1, 3, True)
    assert not any(c.discuss for c in score.criteria[1:])


def test_a_spread_of_two_is_discussed_and_of_one_is_not() -> None:
    marked = [sheet("juror1", "alpha", 1, need=0), sheet("juror2", "alpha", 2)]
    (score,) = scores.of(RULES, MEETING, marked)
    assert [c.id for c in score.criteria if c.discuss] == ["need"]
    assert score.criteria[1].median == Fraction(3, 2)


@pytest.mark.parametrize(("against", "total"), [(0, 100), (1, 100), (2, 49), (3, 49)])
def test_a_gate_that_most_find_unmet_caps_the_total(against: int, total: int) -> None:
    marked = [sheet(f"juror{n}", "alpha", 3, unmet="G3" if n <= against else "") for n in (1, 2, 3)]
    (score,) = scores.of(RULES, MEETING, marked)
    assert (score.total, score.raw) == (total, 100)


def test_a_low_total_is_not_raised_to_the_cap() -> None:
    (score,) = scores.of(RULES, MEETING, [sheet("juror1", "alpha", 0, unmet="G1")])
    assert score.total == 0


def test_ties_share_a_place() -> None:
    marked = [sheet("juror1", "alpha", 2), sheet("juror1", "beta", 2)]
    assert [score.place for score in scores.of(RULES, MEETING, marked)] == [(1, 2), (1, 2)]
    marked = [sheet("juror1", "alpha", 1), sheet("juror1", "beta", 2)]
    assert [(s.team.id, s.place) for s in scores.of(RULES, MEETING, marked)] == [
        ("beta", (1, 1)),
        ("alpha", (2, 2)),
    ]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=7), st.integers(0, 2))
def test_a_better_mark_never_lowers_a_total(marks: list[int], which: int) -> None:
    def total(values: list[int]) -> Fraction:
        marked = [sheet(f"j{n}", "alpha", 1, need=mark) for n, mark in enumerate(values)]
        return scores.of(RULES, MEETING, marked)[0].total

    better = list(marks)
    better[which % len(marks)] = 3
    assert 0 <= total(marks) <= total(better) <= 100


def test_sheets_of_nobody_give_no_scores() -> None:
    assert returned.read_decisions(Path("/nowhere/decisions.yaml")) == Decisions({}, {})
    assert scores.of(RULES, MEETING, []) == ()


# ---------------------------------------------------------------- the protocol


def test_the_protocol_says_the_same_in_word_excel_and_slides(course: CourseFolder) -> None:
    for n in (1, 2, 3):
        path = arrived(course, f"juror{n}--beta.xlsx")
        fill(blank(course, f"juror{n}", "beta"), path, {"need": n}, {"G6": "нет"}, "Показать смету")
    made = defence.make_protocol(course)
    assert [path.suffix for path in made] == [".docx", ".xlsx", ".pptx"]

    paper = Document(course.defence / "protocol.docx")
    rows = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert rows[1:] == [["1", "Альфа", "66,7", "66,7", "—"], ["2", "Бета", "49", "66,7", "G6"]]
    text = "\n".join(p.text for p in paper.paragraphs)
    assert "Показать смету" in text
    assert "Решение принимает жюри" in text
    assert "1 — обсудить" not in text

    book = load_workbook(course.defence / "protocol.xlsx")
    totals = list(book["Итоги"].iter_rows(min_row=2, values_only=True))
    assert [row[3] for row in totals] == [66.7, 49]
    assert [str(row[5] or "")[:2] for row in totals] == ["", "G6"]
    head = next(book["Отметки"].iter_rows(values_only=True))
    jurors = [juror.name for juror in MEETING.jurors]
    assert list(head) == ["Команда", "Критерий", "Вес", *jurors, "Медиана", "Размах"]
    beta = next(row for row in book["Отметки"].iter_rows(values_only=True) if row[0] == "Бета")
    assert beta[3:6] == (1, 2, 3)
    slides = Presentation(str(course.defence / "protocol.pptx")).slides
    words = ["\n".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)
             for slide in slides]  # fmt: skip
    assert "66,7 из 100" in words[0]
    assert "49 из 100" in words[1]
    assert "место 2" in words[1]
    assert "G6" in words[1]
    charts = [s.chart for slide in slides for s in slide.shapes if s.has_chart]
    assert [list(chart.plots[0].series[0].values)[-1] for chart in charts] == [2, 2]


def test_a_folder_without_sheets_is_told_what_to_do(tmp_path: Path) -> None:
    folder = CourseFolder(tmp_path)
    folder.defence.mkdir()
    (folder.defence / "session.yaml").write_text(SESSION_TEXT, "utf-8")
    assert "папки с листами" in refusal(folder)
    (folder.defence / "session.yaml").write_text("title: X\nteams: []\n", "utf-8")
    words = refusal(folder)
    assert all(place in words for place in ("day", "jurors", "teams", "chair"))
