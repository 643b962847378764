"""The table of attendance: matched by id, address or name; every refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from course import people
from course.errors import GradingError
from course.folder import CourseFolder
from course.people.attendance import attendance, take_attendance

BAD = Path(__file__).parent / "grading" / "attendance"


@pytest.fixture
def folder(tmp_path: Path) -> CourseFolder:
    course = CourseFolder(tmp_path)
    people.write_roster(course, [
        {"id": "anna", "name": "Иванова Анна", "mail": "anna@kursk.ru"},
        {"id": "petr", "name": "Петров Пётр", "mail": "p@kursk.ru"},
        {"id": "petr-2", "name": "Петров Пётр", "mail": "p@orel.ru"},
    ])  # fmt: skip
    return course


def sent(folder: CourseFolder, text: str) -> Path:
    path = folder.root / "посещения.csv"
    path.write_text(text, "utf-8")
    return path


def test_tables_add_up(folder: CourseFolder) -> None:
    first = "ФИО;E-mail;Вебинар 1;2\nИванова Анна;;+;-\nПетров Пётр;P@orel.ru;да;\nИтого;;2;0\n"
    found = take_attendance(folder, sent(folder, first))
    assert found.lines[0] == "Посещения записаны: 2\u00a0участника."
    assert found.came == {"01_regime": 2, "02_diagnosis": 0}
    take_attendance(folder, sent(folder, "id,02_diagnosis,03_cooperation\nanna,1,0\npetr,1,1\n"))
    assert attendance(folder) == {
        "anna": {"01_regime": True, "02_diagnosis": True, "03_cooperation": False},
        "petr": {"02_diagnosis": True, "03_cooperation": True},
        "petr-2": {"01_regime": True, "02_diagnosis": False},
    }


@pytest.mark.parametrize("path", sorted(BAD.glob("*.csv")), ids=lambda path: path.stem)
def test_refuses(path: Path, folder: CourseFolder) -> None:
    words = path.read_text("utf-8").partition("\n")[0].removeprefix("# ")
    with pytest.raises(GradingError) as caught:
        take_attendance(folder, path)
    assert words in str(caught.value)
    assert attendance(folder) == {}
