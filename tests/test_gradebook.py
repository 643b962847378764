"""The gradebook as CSV and XLSX: right columns, no formulas, absent is not zero."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from course import gradebook, grading, people
from course.errors import GradingError
from course.folder import CourseFolder
from tests import tiny

EVIL = '=HYPERLINK("http://192.0.2.1";"Иванов, Петрович")'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    course = tiny.course(tmp_path_factory.mktemp("gradebook"))
    people.write_roster(course, [
        {"id": "evil", "name": EVIL, "team": "-1+1", "region": 'Орёл; "центр"'},
        {"id": "late", "name": "Опоздавший, Олег", "team": "zeta", "region": "Курск"},
    ])  # fmt: skip
    tiny.hand_in(course, "evil", {**tiny.GOOD, "share": 0.75})
    grading.grade(course, tiny.NAME)
    return course


def test_csv_keeps_columns_and_defuses_formulas(folder: CourseFolder, tmp_path: Path) -> None:
    path = gradebook.write_gradebook(folder, tmp_path / "итог.csv")
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert rows == [
        ["id", "Команда", "Участник", "Регион", tiny.NAME, "Доля баллов, %", "Итог"],
        ["evil", "'-1+1", f"'{EVIL}", 'Орёл; "центр"', "5", "50", "ждёт проверки"],
        ["late", "zeta", "Опоздавший, Олег", "Курск", "", "0", "не зачёт"],
    ]


def test_xlsx_has_totals_and_exercises(folder: CourseFolder, tmp_path: Path) -> None:
    path = gradebook.write_gradebook(folder, tmp_path / "итог.xlsx")
    book = load_workbook(path)
    assert book.sheetnames == [
        "Итог", "Команды", "Регионы", "Упражнения", "Не сдали", tiny.NAME,
    ]  # fmt: skip
    assert book["Итог"]["C2"].value == EVIL
    assert book["Итог"]["C2"].data_type == "s"
    assert book["Итог"]["E3"].value is None
    head, row = list(book[tiny.NAME].iter_rows(values_only=True))
    assert head[2] == "Какая доля? (до 2)"
    assert row == ("evil", EVIL, 1, 1, 3, None)


def rows(folder: CourseFolder, sheet: str) -> list[tuple[object, ...]]:
    path = gradebook.write_gradebook(folder, folder.root / "build" / "журнал.xlsx")
    return list(load_workbook(path)[sheet].iter_rows(values_only=True))


def test_groups_count_people_works_and_means(folder: CourseFolder) -> None:
    assert rows(folder, "Команды")[1:] == [
        ("-1+1", 1, 1, 1, 5, 50, 0, 1),
        ("zeta", 1, 0, 1, None, 0, 0, 0),
    ]
    assert [row[0] for row in rows(folder, "Регионы")[1:]] == ["Курск", 'Орёл; "центр"']


def test_exercises_have_difficulty_and_typical_mistakes(folder: CourseFolder) -> None:
    head, share, law, _, memo = rows(folder, "Упражнения")
    assert head[3:7] == ("Работ", "Заработано баллов, %", "Полный балл", "Типичная ошибка 1")
    assert share[1:7] == ("Какая доля?", 2, 1, 50, 0, "1 чел.: Это доля остальных.")
    assert law[3:7] == (1, 100, 1, None)
    assert memo[3:6] == (0, None, 0)  # nobody has read it yet: no share, and not zero


def test_who_has_not_handed_in_is_listed(folder: CourseFolder) -> None:
    assert rows(folder, "Не сдали")[1:] == [
        ("late", "Опоздавший, Олег", "zeta", "Курск", tiny.NAME, "—"),
    ]


def test_other_endings_are_refused(folder: CourseFolder, tmp_path: Path) -> None:
    with pytest.raises(GradingError, match=r"итог\.pdf: журнал записывается"):
        gradebook.write_gradebook(folder, tmp_path / "итог.pdf")
