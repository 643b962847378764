"""The late policy and personal last days of the programme, as nbgrader's own penalty."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.api import Gradebook

from course import gradebook, grading, programme
from course.folder import CourseFolder
from course.gradebook import overview, verdicts
from course.grading import lateness, page, record
from course.programme import Extension, Late
from tests import tiny

DUE = datetime.date(2026, 10, 25)
WORKS = {
    "intime": "2026-10-25 20:59:00 UTC",  # a minute before midnight in Moscow
    "minute": "2026-10-25 21:01:00 UTC",
    "third": "2026-10-28 08:00:00 UTC",
    "never": "2026-12-31 08:00:00 UTC",
    "longer": "2026-10-28 08:00:00 UTC",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CourseFolder:
    course = tiny.course(tmp_path)
    shipped = programme.load()
    webinar = shipped.webinars[2].model_copy(update={"name": tiny.NAME, "due": DUE})
    until = DUE + datetime.timedelta(days=1)
    plan = dataclasses.replace(
        shipped, webinars=(webinar,), late=Late(per_day=0.1, at_most=0.25),
        extensions=(Extension(person="longer", webinar=3, until=until),),
    )  # fmt: skip
    for module in (record, lateness, page, verdicts, overview):
        monkeypatch.setattr(module, "programme", plan)
    for person, at in WORKS.items():
        (tiny.hand_in(course, person, tiny.GOOD) / "timestamp.txt").write_text(at, "utf-8")
    grading.grade(course, tiny.NAME)
    return course


def test_each_day_begun_takes_its_share_up_to_the_limit(folder: CourseFolder) -> None:
    points = gradebook.table(folder)[tiny.NAME].to_dict()
    assert points == {"intime": 6, "minute": 5.4, "third": 4.5, "never": 4.5, "longer": 4.8}
    with Gradebook(f"sqlite:///{folder.gradebook}") as book:
        row = book.find_submission(tiny.NAME, "longer")
        assert row.extension == datetime.timedelta(days=1)
        assert row.late_submission_penalty == pytest.approx(1.2)
    grading.feedback(folder, tiny.NAME)
    text = (folder.feedback / "minute" / tiny.NAME / f"{tiny.NAME}.html").read_text("utf-8")
    assert "5,4 из 10" in text
    assert "Работа сдана после срока: снято 0,6\u00a0балла." in text


def test_marks_by_hand_are_late_too(folder: CourseFolder, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    from course.gradebook import experts

    path = tmp_path / "лист.xlsx"
    gradebook.issue_sheet(folder, tiny.NAME, path)
    book = load_workbook(path)
    for row in range(experts.TOP + 2, experts.TOP + 2 + len(WORKS)):
        book[experts.SHEET].cell(row, experts.MARK + 1).value = 4
    book.save(path)
    gradebook.take_sheet(folder, tiny.NAME, path)
    points = gradebook.table(folder)[tiny.NAME].to_dict()
    assert points == {"intime": 10, "minute": 9, "third": 7.5, "never": 7.5, "longer": 8}


@given(st.integers(-5, 400), st.floats(0.01, 1), st.floats(0.01, 1))
def test_a_share_is_never_more_than_the_limit_and_never_falls(
    days: int, per_day: float, at_most: float
) -> None:
    late = Late(per_day=per_day, at_most=at_most)
    assert 0 <= late.share(days) <= late.share(days + 1) <= at_most
    assert late.share(0) == 0
