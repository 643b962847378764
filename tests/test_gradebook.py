"""The gradebook as CSV and XLSX: right columns, no formulas, absent is not zero."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from course import grading
from course.errors import GradingError
from course.folder import CourseFolder
from tests import tiny

EVIL = '=HYPERLINK("http://192.0.2.1";"Иванов, Петрович")'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    course = tiny.course(tmp_path_factory.mktemp("gradebook"))
    grading.write_roster(course, [
        {"id": "evil", "name": EVIL, "team": "-1+1", "region": 'Орёл; "центр"'},
        {"id": "late", "name": "Опоздавший, Олег", "team": "zeta", "region": "Курск"},
    ])  # fmt: skip
    tiny.hand_in(course, "evil", {**tiny.GOOD, "share": 0.75})
    grading.grade(course, tiny.NAME)
    return course


def test_csv_keeps_columns_and_defuses_formulas(folder: CourseFolder, tmp_path: Path) -> None:
    path = grading.write_gradebook(folder, tmp_path / "итог.csv")
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert rows == [
        ["id", "Команда", "Участник", "Регион", tiny.NAME],
        ["evil", "'-1+1", f"'{EVIL}", 'Орёл; "центр"', "5"],
        ["late", "zeta", "Опоздавший, Олег", "Курск", ""],
    ]


def test_xlsx_has_totals_and_exercises(folder: CourseFolder, tmp_path: Path) -> None:
    path = grading.write_gradebook(folder, tmp_path / "итог.xlsx")
    book = load_workbook(path)
    assert book.sheetnames == ["Итог", tiny.NAME]
    assert book["Итог"]["C2"].value == EVIL
    assert book["Итог"]["C2"].data_type == "s"
    assert book["Итог"]["E3"].value is None
    head, row = list(book[tiny.NAME].iter_rows(values_only=True))
    assert head[2] == "Какая доля? (до 2)"
    assert row == ("evil", EVIL, 1, 1, 3, None)


def test_other_endings_are_refused(folder: CourseFolder, tmp_path: Path) -> None:
    with pytest.raises(GradingError, match=r"итог\.pdf: журнал записывается"):
        grading.write_gradebook(folder, tmp_path / "итог.pdf")
