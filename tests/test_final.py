"""The final list by region: verdicts, totals, and pages that hold together."""

from __future__ import annotations

import dataclasses
import datetime
import io
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from course import gradebook, grading, people, programme
from course.errors import GradingError
from course.folder import CourseFolder
from course.gradebook import final, verdicts
from course.gradebook.verdicts import Verdict
from course.grading.results import hundredths
from course.people.roster import Person
from course.wording import trimmed
from tests import tiny

DAY = datetime.date(2026, 12, 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    course = tiny.course(tmp_path_factory.mktemp("final"))
    people.write_roster(course, [
        {"id": "good", "name": "Яковлева Анна", "region": "Курская область", "post": "референт"},
        {"id": "evil", "name": '=HYPERLINK("x")<w:p/>', "region": "Курская область"},
        {"id": "gone", "name": "Петров Пётр", "region": ""},
    ])  # fmt: skip
    tiny.hand_in(course, "good", tiny.GOOD)
    tiny.hand_in(course, "evil", {"law": "act"})
    grading.grade(course, tiny.NAME)
    (course.root / "attendance.csv").write_text("id,01_regime\ngood,1\nevil,0\n", "utf-8")
    return course


def results(folder: CourseFolder) -> dict[str, str]:
    from course.gradebook.standings import masters

    return {each.person.id: each.words for each in verdicts.verdicts(folder, masters(folder))}


def test_a_reached_threshold_is_told_at_once_and_waiting_is_no_failure(
    folder: CourseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert results(folder) == {"good": "зачёт", "evil": "ждёт проверки", "gone": "не зачёт"}
    strict = dataclasses.replace(programme.load(), pass_share=0.61, attend_share=1.0)
    monkeypatch.setattr(verdicts, "programme", strict)
    assert results(folder) == {"good": "ждёт проверки", "evil": "не зачёт", "gone": "не зачёт"}


def test_nobody_fails_before_every_webinar_was_handed_in(tmp_path: Path) -> None:
    course = tiny.course(tmp_path)
    people.write_roster(course, [{"id": "gone", "name": "Петров Пётр"}])
    assert results(course) == {"gone": "программа идёт"}
    gradebook.write_list(course, tmp_path / "итог.docx", DAY)
    words = [paragraph.text for paragraph in Document(str(tmp_path / "итог.docx")).paragraphs]
    assert any("часть вебинаров ещё никто не сдал" in word for word in words)


def test_the_list_goes_by_region(folder: CourseFolder, tmp_path: Path) -> None:
    gradebook.write_list(folder, tmp_path / "итог.docx", DAY)
    paper = Document(str(tmp_path / "итог.docx"))
    words = [paragraph.text for paragraph in paper.paragraphs]
    assert words[0] == "Итоговая ведомость"
    assert "На 01.12.2026. В ведомости 3\u00a0участника." in words[1]
    assert any("Ведомость предварительная: 1\u00a0участник" in word for word in words)
    sums, kursk, nowhere = ([[cell.text for cell in row.cells] for row in table.rows]
                            for table in paper.tables)  # fmt: skip
    assert sums[1:] == [
        ["Курская область", "2", "1", "0", "1"], ["Регион не указан", "1", "0", "1", "0"],
        ["Всего", "3", "1", "1", "1"],
    ]  # fmt: skip
    assert kursk[1][1] == '=HYPERLINK("x")<w:p/>'
    assert kursk[2][1:] == [
        "Яковлева Анна", "референт", "1\u00a0из\u00a01", "6", "60\u00a0%", "1\u00a0из\u00a01",
        "зачёт",
    ]  # fmt: skip
    assert nowhere[1][3:] == ["0\u00a0из\u00a01", "0", "0\u00a0%", "0\u00a0из\u00a01", "не зачёт"]


def test_names_stand_as_in_a_dictionary_and_empty_columns_are_left_out() -> None:
    people = [
        Verdict(
            Person(name, name, region="Курская область"), {"03": 1.0}, {}, 0.1, 0, 0, (), "зачёт"
        )
        for name in ("Жуков Олег", "Ёлкин Олег", "Иванов Ян", "Елисеева Анна", "Ежов Пётр")
    ]
    table = Document(io.BytesIO(final.document(people, DAY))).tables[1]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["№", "ФИО", "Сдано работ", "Баллы", "Доля", "Итог"]
    assert [row[1] for row in rows[1:]] == [
        "Ежов Пётр", "Елисеева Анна", "Ёлкин Олег", "Жуков Олег", "Иванов Ян",
    ]  # fmt: skip


def test_refuses(folder: CourseFolder, tmp_path: Path) -> None:
    with pytest.raises(GradingError, match=r"в файл \.docx"):
        gradebook.write_list(folder, tmp_path / "итог.pdf", DAY)
    empty = tiny.course(tmp_path / "empty")
    with pytest.raises(GradingError, match="некого внести"):
        gradebook.write_list(empty, tmp_path / "итог.docx", DAY)


@pytest.mark.office
def test_its_pages_hold_together(soffice: str, tmp_path: Path) -> None:
    people = [
        Verdict(Person(f"p{n}", f"Константинопольская Александра Владиславовна {n}", "radio",
                       f"Регион {n % 3}", "заместитель министра промышленности и торговли"),
                {f"0{w}": 30.25 for w in range(8)}, {}, 0.756, 7, 8, (), "зачёт")
        for n in range(60)
    ]  # fmt: skip
    path = tmp_path / "итог.docx"
    path.write_bytes(final.document(people, DAY))
    subprocess.run(
        [soffice, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path),
         f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    pages = PdfReader(io.BytesIO(path.with_suffix(".pdf").read_bytes())).pages
    assert 3 <= len(pages) <= 7
    for page in pages[1:-1]:
        assert "ФИО" in page.extract_text()


@given(st.lists(st.floats(0, 40), min_size=1, max_size=8))
def test_the_printed_total_is_the_sum_of_the_printed_points(raw: list[float]) -> None:
    points: dict[str, float | None] = {f"w{at}": hundredths(each) for at, each in enumerate(raw)}
    each = Verdict(Person("a"), points, {}, 0.1, 0, 0, (), "зачёт")
    printed = [Decimal(trimmed(one, 2).replace(",", ".")) for one in points.values()]
    assert Decimal(trimmed(each.total, 2).replace(",", ".")) == sum(printed)


def test_halves_of_a_hundredth_go_up() -> None:
    assert [hundredths(each) for each in (2.675, 0.125, 19.0833, 1 / 3)] == [
        2.68,
        0.13,
        19.08,
        0.33,
    ]
