"""Pages for participants, the grade table and the roster."""

from __future__ import annotations

import datetime
import io
import math
import subprocess
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from pypdf import PdfReader

from course import gradebook, grading, people
from course.errors import GradingError
from course.folder import CourseFolder
from course.grading import master, shelf
from course.grading.page import Group, Item, Page, answer_of, asked, html, printed
from course.grading.results import Outcome
from course.people.roster import Person, roster
from tests import tiny

PEOPLE = [
    {"id": "petrov", "name": "Петров Пётр", "team": "radio", "region": "Курская область"},
    {"id": "ivanova", "name": "Иванова Анна", "team": "agro", "region": "=cmd()"},
    {"id": "late", "name": "Опоздавший Олег", "team": "agro", "region": ""},
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    course = tiny.course(tmp_path_factory.mktemp("feedback"))
    people.write_roster(course, PEOPLE)
    tiny.hand_in(course, "ivanova", tiny.GOOD)
    place = tiny.hand_in(course, "petrov", {"share": 0.75, "law": "news", "picks": ["a", "b"]})
    (place / "timestamp.txt").write_text("2026-10-20 22:00:00 UTC", "utf-8")
    tiny.hand_in(course, "nobody", b"{")
    grading.grade(course, tiny.NAME)
    grading.feedback(course, tiny.NAME)
    return course


def page(folder: CourseFolder, person: str) -> str:
    return (folder.feedback / person / tiny.NAME / f"{tiny.NAME}.html").read_text("utf-8")


def test_the_page_says_what_was_wrong_and_what_to_read(folder: CourseFolder) -> None:
    text = page(folder, "petrov")
    for words in (
        "Петров Пётр, сдано 21.10.2026",  # the day in Moscow
        "3 из 10\u00a0баллов", "Верно 0 из 3\u00a0ответов. Ещё не проверено преподавателем: 1.",
        "Какая доля?", "Ваш ответ: 0,75", "Это доля остальных.", "Перечитайте раздел «Доли».",
        "Напишите министру.", "до 4", "Ещё не проверено преподавателем.",
    ):  # fmt: skip
        assert words in text, words


def test_a_right_answer_asks_for_no_reading(folder: CourseFolder) -> None:
    text = page(folder, "ivanova")
    assert "6 из 10" in text
    assert "Верно 3 из 3" in text
    assert "Перечитайте" not in text


def test_who_was_refused_reads_why(folder: CourseFolder) -> None:
    text = page(folder, "nobody")
    assert "Работа не проверена" in text
    assert "это не JSON или файл обрезан" in text


def test_points_and_words_by_hand_are_on_the_page(folder: CourseFolder) -> None:
    with Gradebook(f"sqlite:///{folder.gradebook}") as book:
        grade = book.find_grade("memo", tiny.NAME, tiny.NAME, "ivanova")
        grade.manual_score, grade.needs_manual_grade = 3.5, False
        comment = book.find_comment("memo", tiny.NAME, tiny.NAME, "ivanova")
        comment.manual_comment = "Хорошо <b>обосновано</b>."
        book.db.commit()
    grading.feedback(folder, tiny.NAME)
    text = page(folder, "ivanova")
    assert "9,5 из 10" in text
    assert "3,5 из 4" in text
    assert "Хорошо &lt;b&gt;обосновано&lt;/b&gt;." in text


def test_a_newer_work_is_mentioned(folder: CourseFolder) -> None:
    tiny.hand_in(folder, "petrov", b"[")
    grading.feedback(folder, tiny.NAME)
    assert "Потом сдана новая работа, но проверить её не удалось." in page(folder, "petrov")
    tiny.hand_in(folder, "petrov", {"share": 0.25})
    grading.feedback(folder, tiny.NAME)
    assert "Потом сдана новая работа. Она ещё не проверена." in page(folder, "petrov")


def test_unchanged_pages_are_not_written_again(folder: CourseFolder) -> None:
    paths = grading.feedback(folder, tiny.NAME)
    before = [path.stat().st_mtime_ns for path in paths]
    assert [path.stat().st_mtime_ns for path in grading.feedback(folder, tiny.NAME)] == before


def test_every_word_of_a_page_is_escaped() -> None:
    evil = "<script>x</script>{{ 7*7 }}"
    item = Item("part", evil, evil, evil, evil, evil, evil)
    text = html(
        Page(evil, evil, evil, "", evil, evil, evil, evil, evil, (evil,), (Group(evil, (item,)),))
    )
    assert "<script" not in text
    assert "{{ 7*7 }}" in text


def test_a_pdf_of_the_same_words_lies_beside_the_page(folder: CourseFolder) -> None:
    paper = folder.feedback / "petrov" / tiny.NAME / f"{tiny.NAME}.pdf"
    text = "".join(page.extract_text() for page in PdfReader(paper).pages).replace("\n", " ")
    for words in ("Петров Пётр", "Какая доля?", "неверно", "Это доля остальных.",
                  "Перечитайте раздел «Доли»."):  # fmt: skip
        assert words in text, words
    assert tiny.CANARY not in text
    assert "MARK SCHEME" not in text


def test_words_on_paper_are_data_and_never_markup() -> None:
    evil = '#panic("x") $x$ @ref <b> `c` \\ */ //'
    for item in (Item("part", evil, evil, evil, evil, evil, evil), Item("wait", "", "", "")):
        sheet = Page(evil, evil, evil, "", "1", "2", evil, evil, evil, evil, (evil,),
                     (Group(evil, (item,)),))  # fmt: skip
        paper = printed(sheet, datetime.date(2026, 11, 22))
        assert paper == printed(sheet, datetime.date(2026, 11, 22))
    assert (
        "Почему"
        in PdfReader(io.BytesIO(printed(Page("Т", "И", refused=evil), datetime.date(2026, 11, 22))))
        .pages[0]
        .extract_text()
    )


@pytest.mark.browser
def test_the_page_prints_on_paper(folder: CourseFolder, chromium: str, tmp_path: Path) -> None:
    source = folder.feedback / "ivanova" / tiny.NAME / f"{tiny.NAME}.html"
    target = tmp_path / "page.pdf"
    subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--print-to-pdf={target}", source.as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pages = PdfReader(target).pages
    assert len(pages) == 1
    assert "Ответы, проверенные программой" in pages[0].extract_text()


def test_the_table_is_sorted_and_keeps_the_missing_missing(folder: CourseFolder) -> None:
    table = gradebook.table(folder)
    assert list(table.columns) == ["Команда", "Участник", "Регион", tiny.NAME]
    assert list(table.index) == ["ivanova", "late", "petrov"]
    assert math.isnan(table.loc["late", tiny.NAME])
    assert table.loc["petrov", tiny.NAME] == 3


def test_the_table_without_a_roster_has_ids(tmp_path: Path) -> None:
    course = tiny.course(tmp_path)
    tiny.hand_in(course, "ivanova", tiny.GOOD)
    grading.grade(course, tiny.NAME)
    table = gradebook.table(course)
    assert list(table.columns) == ["Участник", tiny.NAME]


def test_roster_reads_what_a_spreadsheet_saves(tmp_path: Path) -> None:
    course = CourseFolder(tmp_path)
    (tmp_path / "roster.csv").write_text(
        'id;ФИО;Регион\r\nivanova;"Иванова; Анна";Орёл\r\n\r\n', "utf-8-sig"
    )
    assert roster(course) == {"ivanova": Person("ivanova", "Иванова; Анна", "", "Орёл")}


def test_roster_is_left_alone_when_unchanged(tmp_path: Path) -> None:
    course = CourseFolder(tmp_path)
    people.write_roster(course, PEOPLE)
    before = (tmp_path / "roster.csv").stat().st_mtime_ns
    people.write_roster(course, PEOPLE)
    assert (tmp_path / "roster.csv").stat().st_mtime_ns == before
    assert roster(course)["petrov"].team == "radio"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ФИО\nИванова", "нет столбца id"),
        ("id,ФИО\n../x,Иванова", "строка 2: недопустимый id"),
        ("id\na\na", "id «a» стоит дважды"),
        ("", "нет столбца id"),
    ],
)
def test_a_faulty_roster_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "roster.csv").write_text(text, "utf-8")
    with pytest.raises(GradingError, match=words):
        roster(CourseFolder(tmp_path))


def test_a_question_with_words_of_its_day_is_asked_and_answered_as_it_was_read() -> None:
    cell = {"cell_type": "code", "source": 'ask.date("due", f"8. Когда исполнилось {term}?")'}
    ((_, label),) = master._fields(cell)
    assert label == "8. Когда исполнилось …?"
    shown = {"f_due": "8. Когда исполнилось пять (5) лет?\nОтвет: 01.02.2026"}
    outcome = Outcome("anna", "t", "", "", (), (), shown)
    assert asked(outcome, label) == "8. Когда исполнилось пять (5) лет?"
    assert answer_of(outcome, label) == "01.02.2026"
    assert asked(outcome, "Какая доля?") == "Какая доля?"
    assert answer_of(outcome, "Когда исполнилось") == ""


def test_lines_of_an_answer_fit_formgrader() -> None:
    text = shelf._wrapped("Вопрос\nОтвет: " + "слово " * 60 + "\n\nвторой абзац")
    assert max(map(len, text.splitlines())) <= 110
    assert text.replace("\n", " ").split() == ["Вопрос", "Ответ:", *["слово"] * 60,
                                                "второй", "абзац"]  # fmt: skip
