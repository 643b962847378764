"""A course set up in its instructors' own way gives the points that stock nbgrader gives."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from course import cli, grading
from course.errors import GradingError
from course.folder import CourseFolder
from course.grading import opening
from course.grading.master import load
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


def test_settings_in_json_are_followed(tmp_path: Path) -> None:
    folder = tiny.course(tmp_path)
    (tmp_path / "nbgrader_config.py").unlink()
    (tmp_path / "nbgrader_config.json").write_text(json.dumps({
        "CourseDirectory": {"submitted_directory": "in", "db_url": "sqlite:///other.db"},
        "ClearHiddenTests": {"begin_test_delimeter": "# hide", "end_test_delimeter": "# show"},
        "ExecutePreprocessor": {"timeout": 7},
    }), "utf-8")  # fmt: skip
    assert CourseFolder.find(tmp_path / "source") == folder
    assert (folder.submitted, folder.patience) == (tmp_path / "in", 7)
    assert folder.hidden == ("# hide", "# show")
    course = opening.directory(folder, opening.config(folder))
    assert course.db_url == f"sqlite:///{tmp_path / 'other.db'}"
    (tmp_path / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.submitted_directory = 'works'\n"
        "c.CourseDirectory.autograded_directory = 'out'\n", "utf-8"
    )  # fmt: skip
    other = CourseFolder(tmp_path)
    assert (other.submitted.name, other.autograded.name) == ("in", "out")
    opening.directory(other, opening.config(other))
    (tmp_path / "nbgrader_config.json").write_text("{", "utf-8")
    with pytest.raises(GradingError, match=r"nbgrader_config.json: настройки не читаются"):
        opening.config(other)


def test_a_gradebook_elsewhere_lies_where_nbgrader_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tiny.course(tmp_path)
    monkeypatch.delenv(opening.ADDRESS, raising=False)
    (tmp_path / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.db_url = 'sqlite:///db/g.db'\n", "utf-8"
    )
    place = tmp_path / "db" / "g.db"
    assert opening.directory(folder, opening.config(folder)).db_url == f"sqlite:///{place}"
    assert not opening.has_gradebook(folder)
    place.parent.mkdir()
    place.touch()
    assert opening.has_gradebook(folder)


def test_notebooks_that_the_settings_leave_out_are_left_out(tmp_path: Path) -> None:
    folder = tiny.course(tmp_path)
    place = folder.source / tiny.NAME
    shutil.copy(place / f"{tiny.NAME}.ipynb", place / "draft.ipynb")
    assert len(load(folder, tiny.NAME).books) == 2
    settings = tmp_path / "nbgrader_config.py"
    settings.write_text(
        f"c = get_config()\nc.CourseDirectory.notebook_id = '{tiny.NAME}'\n", "utf-8"
    )
    assert [book.stem for book in load(folder, tiny.NAME).books] == [tiny.NAME]
    opening.directory(folder, opening.config(folder))
    settings.write_text("c = get_config()\nc.CourseDirectory.notebook_id = 'x' + str(1)\n", "utf-8")
    with pytest.raises(GradingError, match=r"notebook_id: nbgrader берёт тетради «x1»"):
        opening.directory(folder, opening.config(folder))
