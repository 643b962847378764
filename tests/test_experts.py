"""The sheet for experts goes out and comes back: marks in nbgrader's own place, every refusal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from openpyxl import load_workbook

from course import gradebook, grading, people
from course.errors import GradingError
from course.folder import CourseFolder
from course.gradebook import experts
from course.grading.master import load
from tests import tiny

ROW = experts.TOP + 2  # the first answer, as openpyxl counts
PEOPLE = ("anna", "boris", "evil")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    course = tiny.course(tmp_path_factory.mktemp("experts"))
    people.write_roster(course, [{"id": "anna", "name": "Иванова Анна"}])
    for person in PEOPLE:
        memo = '=HYPERLINK("http://192.0.2.1")' if person == "evil" else tiny.GOOD["memo"] * 40
        tiny.hand_in(course, person, {**tiny.GOOD, "memo": memo})
    grading.grade(course, tiny.NAME)
    return course


@pytest.fixture(scope="module")
def blank(folder: CourseFolder) -> Path:
    path = folder.root / "лист.xlsx"
    assert gradebook.issue_sheet(folder, tiny.NAME, path) == 3
    return path


def returned(
    blank: Path, tmp_path: Path, change: Callable[[Any], None] = lambda sheet: None
) -> Path:
    """The sheet as an expert sends it: marks in every row, and then what else was done to it."""
    book = load_workbook(blank)
    sheet = book[experts.SHEET]
    for row in range(ROW, ROW + 3):
        sheet.cell(row, experts.MARK + 1, 2.5)
        sheet.cell(row, experts.COMMENT + 1, "Назовите <b>срок</b>.")
    change(sheet)
    path = tmp_path / "лист.xlsx"
    book.save(path)
    return path


def marks(folder: CourseFolder) -> dict[str, tuple[float | None, bool, str | None]]:
    with Gradebook(f"sqlite:///{folder.gradebook}") as book:
        return {
            person: (
                (grade := book.find_grade("memo", tiny.NAME, tiny.NAME, person)).manual_score,
                grade.needs_manual_grade,
                book.find_comment("memo", tiny.NAME, tiny.NAME, person).manual_comment,
            )
            for person in PEOPLE
        }


def test_the_sheet_holds_answers_rubric_and_bounds(blank: Path) -> None:
    book = load_workbook(blank)
    sheet = book[experts.SHEET]
    assert book[experts.PASSPORT].sheet_state == "veryHidden"
    rows = list(sheet.iter_rows(min_row=ROW, values_only=True))
    assert [row[0] for row in rows] == list(PEOPLE)
    assert rows[0][1] == "Напишите министру."
    assert rows[0][2] == (tiny.GOOD["memo"] * 40).strip()
    assert rows[0][3] == "До 4. По 2 балла."
    assert sheet.cell(ROW + 2, 3).data_type == "s"
    assert len(sheet.data_validations.dataValidation) >= 1
    assert sheet.protection.sheet
    assert not sheet.cell(ROW, experts.MARK + 1).protection.locked
    assert sheet.cell(ROW, 1).protection.locked
    assert "Иванова" not in str(rows)


CODE_OF_A_STRANGER = "0" * 12


def put(row: int, column: int, value: Any) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        sheet.cell(ROW + row, column + 1).value = value

    return change


def double(sheet: Any) -> None:
    sheet.append([cell.value for cell in sheet[ROW]])


def swap_ids(sheet: Any) -> None:
    one, other = sheet.cell(ROW, 1), sheet.cell(ROW + 1, 1)
    one.value, other.value = other.value, one.value


def lose_a_row(sheet: Any) -> None:
    sheet.delete_rows(ROW + 1)


def lose_the_head(sheet: Any) -> None:
    sheet.cell(experts.TOP + 1, experts.MARK + 1, "Оценка")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (put(0, experts.MARK, None), "строка 5, столбец E: балла нет"),
        (put(0, experts.MARK, "хорошо"), "строка 5, столбец E: балл не читается"),
        (put(0, experts.MARK, True), "балл не читается"),
        (put(0, experts.MARK, 1e308), "балл не читается"),
        (put(0, experts.MARK, "\u0663"), "балл не читается"),
        (put(0, experts.MARK, "1_0"), "балл не читается"),
        (put(0, experts.MARK, 4.5), "балл 4,5 за пределами. Нужно число от 0 до 4 через 0,5"),
        (put(0, experts.MARK, -1), "балл −1 за пределами"),
        (put(0, experts.MARK, 2.3), "балл 2,3 не кратен 0,5"),
        (put(0, experts.MARK, "=1+1"), "вместо балла стоит формула"),
        (put(0, experts.COMMENT, "=A1"), "вместо замечания стоит формула"),
        (put(0, experts.COMMENT, "х" * 3001), "замечание длиннее"),
        (put(0, 0, "boris"), "строка 5: id изменён: было «anna»"),
        (put(0, experts.CODE, CODE_OF_A_STRANGER), "строка 5: код строки изменён"),
        (swap_ids, "строка 6: id изменён: было «boris»"),
        (double, "строка 8: тот же ответ, что в строке 5"),
        (lose_a_row, "нет строки с ответом участника «boris»"),
        (lose_the_head, "шапка таблицы изменена"),
    ],
)
def test_refuses_and_records_nothing(
    folder: CourseFolder, blank: Path, tmp_path: Path, change: Callable[[Any], None], words: str
) -> None:
    before = marks(folder)
    with pytest.raises(GradingError) as caught:
        gradebook.take_sheet(folder, tiny.NAME, returned(blank, tmp_path, change))
    assert words in str(caught.value)
    assert marks(folder) == before


def test_all_faults_are_told_at_once(folder: CourseFolder, blank: Path, tmp_path: Path) -> None:
    def harm(sheet: Any) -> None:
        put(0, experts.MARK, 5)(sheet)
        put(1, experts.MARK, None)(sheet)
        sheet.delete_rows(ROW + 2)

    with pytest.raises(GradingError) as caught:
        gradebook.take_sheet(folder, tiny.NAME, returned(blank, tmp_path, harm))
    assert len(caught.value.faults) == 3


def test_a_sheet_of_another_webinar_or_no_sheet(
    folder: CourseFolder, blank: Path, tmp_path: Path
) -> None:
    book = load_workbook(blank)
    book[experts.PASSPORT]["A1"] = "03_cooperation"
    book.save(tmp_path / "чужой.xlsx")
    with pytest.raises(GradingError, match="выдан для другого вебинара: 03_cooperation"):
        gradebook.take_sheet(folder, tiny.NAME, tmp_path / "чужой.xlsx")
    del book[experts.PASSPORT]
    book.save(tmp_path / "без.xlsx")
    with pytest.raises(GradingError, match="это не лист эксперта"):
        gradebook.take_sheet(folder, tiny.NAME, tmp_path / "без.xlsx")
    with pytest.raises(GradingError, match=r"книга \.xlsx"):
        gradebook.take_sheet(folder, tiny.NAME, tmp_path / "a.csv")


def test_marks_become_nbgraders_marks_by_hand(
    folder: CourseFolder, blank: Path, tmp_path: Path
) -> None:
    def sort_and_write(sheet: Any) -> None:  # an expert sorts the rows and types a comma
        rows = [[cell.value for cell in sheet[ROW + at]] for at in (2, 0, 1)]
        for at, values in enumerate(rows):
            for column, value in enumerate(values, start=1):
                sheet.cell(ROW + at, column).value = value
        sheet.cell(ROW, experts.MARK + 1, "3,5")

    path = returned(blank, tmp_path, sort_and_write)
    assert gradebook.take_sheet(folder, tiny.NAME, path).lines == ("Записано: 3\u00a0оценки.",)
    note = "Назовите <b>срок</b>."
    assert marks(folder) == {
        "anna": (2.5, False, note), "boris": (2.5, False, note), "evil": (3.5, False, note),
    }  # fmt: skip
    assert gradebook.table(folder).loc["evil", tiny.NAME] == 9.5
    again = gradebook.take_sheet(folder, tiny.NAME, returned(blank, tmp_path))
    assert again.changed == 1
    with pytest.raises(GradingError, match="которые ждут проверки, нет"):
        gradebook.issue_sheet(folder, tiny.NAME, tmp_path / "новый.xlsx")
    # a new work makes the mark of the old one worthless
    tiny.hand_in(folder, "anna", {**tiny.GOOD, "memo": "Другая записка."})
    grading.grade(folder, tiny.NAME)
    with pytest.raises(GradingError, match="работа изменилась после выдачи листа"):
        gradebook.take_sheet(folder, tiny.NAME, path)


def test_every_rubric_of_the_course_is_found(root: Path) -> None:
    for place in sorted((root / "source").glob("0*")):
        master = load(CourseFolder(root), place.name)
        for cell in master.hand:
            text = experts.rubric(master, cell.id)
            assert len(text) > 100, (place.name, cell.id)
            assert "MARK SCHEME" not in text


def test_a_sheet_that_may_hold_marks_is_never_written_over(
    folder: CourseFolder, tmp_path: Path
) -> None:
    path = tmp_path / "занято.xlsx"
    path.write_bytes(b"marks")
    with pytest.raises(GradingError, match="такой файл уже есть"):
        gradebook.issue_sheet(folder, tiny.NAME, path)
    assert path.read_bytes() == b"marks"
