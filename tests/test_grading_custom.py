"""A course set up in its instructors' own way gives the points that stock nbgrader gives."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from course import cli, grading
from course.errors import GradingError
from course.folder import CourseFolder
from course.grading import opening
from tests import tiny
from tests.courses import custom
from tests.test_grading_stock import nbgrader


@pytest.fixture(autouse=True)
def _programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """nbgrader looks for the program `alembic` of its own environment."""
    here = str(Path(sys.executable).parent)
    monkeypatch.setenv("PATH", f"{here}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(sys, "path", [*sys.path])


def stock(folder: CourseFolder) -> None:
    nbgrader(folder, "generate_assignment", custom.NAME, "--force")
    nbgrader(folder, "autograde", custom.NAME, "--force")


def after_stock(place: Path) -> CourseFolder:
    """A course that stock nbgrader graded once; then came marks by hand, and works again."""
    folder = custom.course(place)
    custom.first(folder)
    stock(folder)
    custom.by_hand(folder)
    custom.again(folder)
    return folder


@pytest.mark.slow
@pytest.mark.sandbox
def test_points_over_two_rounds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = custom.course(tmp_path)
    custom.first(folder)
    monkeypatch.chdir(tmp_path)
    everybody = tuple(sorted(custom.OTHERS))
    # a relative folder, as whoever writes a program of their own may give
    assert grading.grade(CourseFolder(Path()), custom.NAME).graded == everybody
    custom.by_hand(folder)
    assert grading.grade(folder, custom.NAME).graded == ()
    custom.again(folder)
    assert cli.main(["grade", "all", "--course", str(tmp_path)]) == 0
    assert custom.points(folder) == custom.SCORES
    assert "проверено 3" in capsys.readouterr().out
    assert (tmp_path / "работа" / "out" / "Пётр Иванов" / custom.NAME).is_dir()
    with pytest.raises(GradingError, match=r"gone: тетради нет"):
        grading.grade(folder, "gone")


@pytest.mark.long
def test_the_points_are_those_of_stock_nbgrader(tmp_path: Path) -> None:
    folder = after_stock(tmp_path)
    stock(folder)
    assert custom.points(folder) == custom.SCORES


@pytest.mark.long
@pytest.mark.sandbox
def test_we_go_on_after_stock_nbgrader(tmp_path: Path) -> None:
    folder = after_stock(tmp_path)
    assert len(grading.grade(folder, custom.NAME).graded) == len(custom.OTHERS)
    assert custom.points(folder) == custom.SCORES


def test_folders_that_nbgrader_calls_otherwise_are_refused(tmp_path: Path) -> None:
    folder = tiny.course(tmp_path)
    (tmp_path / "nbgrader_config.py").write_text("load_subconfig('more.py')\n", "utf-8")
    (tmp_path / "more.py").write_text(
        "c = get_config()\nc.CourseDirectory.submitted_directory = 'in'\n", "utf-8"
    )
    with pytest.raises(GradingError, match=r"submitted_directory: nbgrader берёт папку «in»"):
        opening.directory(folder, opening.config(folder))
