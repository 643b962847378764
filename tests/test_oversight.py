"""Slips that would lose somebody's work without a word are told, and what to do next."""

from __future__ import annotations

import datetime
from pathlib import Path

import pandas as pd
import pytest

from course import people
from course.cli import main
from course.folder import CourseFolder
from course.gradebook import standings
from course.grading.oversight import oversights
from course.grading.summary import Summary, closing
from course.programme import Extension, programme


@pytest.fixture
def folder(tmp_path: Path) -> CourseFolder:
    """A course with two people in its roster, who handed in one assignment."""
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
    course = CourseFolder(tmp_path)
    (course.source / "t1").mkdir(parents=True)
    for person in ("anna", "boris"):
        (course.submitted / person / "t1").mkdir(parents=True)
    people.write_roster(course, [{"id": "anna", "name": "Иванова Анна"}, {"id": "boris"}])
    return course


def test_where_all_fits_nothing_is_told(folder: CourseFolder) -> None:
    (folder.submitted / "anna" / ".earlier" / "t1").mkdir(parents=True)
    (folder.submitted / "README.md").write_text("", "utf-8")
    assert oversights(folder) == ()


def test_folders_and_terms_that_fit_nobody_are_named(
    folder: CourseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder.submitted / "ana" / "t1").mkdir(parents=True)
    (folder.submitted / "boris" / "T1").mkdir()
    term = Extension(person="borris", webinar=3, until=datetime.date(2026, 10, 30))
    monkeypatch.setitem(programme.__dict__, "extensions", (term,))
    told = oversights(folder)
    assert [line.partition(":")[2].partition(".")[0].strip() for line in told] == [
        "ana", "boris/T1", "borris",
    ]  # fmt: skip


def test_without_a_roster_nobody_is_a_stranger(folder: CourseFolder) -> None:
    (folder.root / "roster.csv").unlink()
    assert oversights(folder) == ()


def summary(**told: tuple[str, ...]) -> Summary:
    nothing = dict.fromkeys(("graded", "unchanged", "repaired", "quarantined", "waiting", "faults"))
    return Summary("t1", **{key: told.get(key, ()) for key in nothing})  # type: ignore[arg-type]


def test_an_end_tells_the_next_step() -> None:
    assert "proclusters collect" in " ".join(closing([summary()]))
    assert summary().lines == ("t1: никто ещё не сдал.",)
    assert "proclusters feedback" in " ".join(closing([summary(graded=("a",))]))
    total, step = closing([summary(graded=("a", "b"), waiting=("a",)), summary(unchanged=("a",))])
    assert total == "Всего: проверено 2\u00a0работы, без изменений 1, ждут преподавателя 1."
    assert "proclusters experts" in step


def test_the_printed_table_has_ids_and_no_names() -> None:
    frame = pd.DataFrame(
        {"Команда": ["r"], "Участник": ["Иванова Анна"], "Регион": ["Тверь"],
         "Вебинар 1": [12.5], "Вебинар 2": [float("nan")]},
        index=pd.Index(["anna"], name="id"),
    )  # fmt: skip
    text = "\n".join(standings.lines(frame))
    assert text.split() == ["Команда", "Вебинар", "1", "Вебинар", "2", "anna", "r", "12,5", "—"]
    assert standings.lines(frame.head(0)) == (
        "Участников нет. Примите их список: proclusters roster ФАЙЛ.",
    )


def test_one_webinar_is_meant_where_one_is_asked_for(
    folder: CourseFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    course = ["--course", str(folder.root)]
    assert main(["experts", "all", "--to", "лист.xlsx", *course]) == 2
    assert main(["regrade", "all", *course]) == 2
    assert capsys.readouterr().err.count("Назовите его номер или имя") == 2
