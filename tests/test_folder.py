"""The course folder: where a team's file is, and names that are no team's."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.errors import CourseFolderError
from course.folder import CourseFolder, given_name


@pytest.fixture
def folder(tmp_path: Path) -> CourseFolder:
    place = tmp_path / "teams" / "alpha"
    place.mkdir(parents=True)
    (place / "cluster.yaml").write_text("format: 1\n", "utf-8")
    return CourseFolder(tmp_path)


@pytest.mark.parametrize("said", ["alpha", "teams/alpha", "teams/alpha/"])
def test_a_team_is_told_by_name_or_by_folder(folder: CourseFolder, said: str) -> None:
    assert folder.cluster_file(said) == folder.teams / "alpha" / "cluster.yaml"


@pytest.mark.parametrize("said", ["beta", "../alpha", "teams/../alpha", "", "/etc", "a/b", "."])
def test_what_is_no_team_is_refused_with_those_that_are(folder: CourseFolder, said: str) -> None:
    with pytest.raises(CourseFolderError, match=r"команды «.*» нет.*Есть: alpha"):
        folder.cluster_file(said)


def test_folders_are_called_as_the_course_says(tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text(
        "import os\nc = get_config()\nraise SystemExit  # never run here\n"
        "c.CourseDirectory.source_directory = 'задания'\n"
        "c.CourseDirectory.submitted_directory = 'hand/in'\n"
        "c.CourseDirectory.release_directory = '../away'\n"
        "c.CourseDirectory.feedback_directory = os.environ['PLACE']\n",
        "utf-8",
    )
    folder = CourseFolder.find(tmp_path)
    assert folder.source == tmp_path / "задания"
    assert folder.submitted == tmp_path / "hand" / "in"
    with pytest.raises(CourseFolderError, match=r"release_directory: папка лежит не внутри"):
        _ = folder.release
    with pytest.raises(CourseFolderError, match=r"feedback_directory: имя .* вычисляет программа"):
        _ = folder.feedback
    assert folder.autograded == tmp_path / "autograded"


def test_a_relative_root_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = CourseFolder(Path())
    monkeypatch.chdir("/")
    assert folder.source == tmp_path / "source"


def test_another_order_of_folders_is_refused(tmp_path: Path) -> None:
    text = (
        "c.CourseDirectory.directory_structure = '{nbgrader_step}/{assignment_id}/{student_id}'\n"
    )
    (tmp_path / "nbgrader_config.py").write_text(text, "utf-8")
    with pytest.raises(
        CourseFolderError, match=r"directory_structure: такое расположение.*обычное"
    ):
        _ = CourseFolder(tmp_path).submitted


@pytest.mark.parametrize("name", [
    "Иванов И.И.", "a.b@uni.edu", "Lab 1", "O'Brien, J. (2)", "_x", "3",
])  # fmt: skip
def test_names_that_a_course_of_nbgrader_may_give(name: str) -> None:
    assert given_name(name) == name


@pytest.mark.parametrize("name", [
    "", ".", "..", ".hidden", "-rf", "=1+1", "a/b", "a\\b", "a\nb", "x ", "\u202eabc", "a\u202eb",
    "<b>", "a" * 101, "..%2f",
])  # fmt: skip
def test_names_that_nobody_may_have(name: str) -> None:
    with pytest.raises(CourseFolderError, match="недопустимое имя"):
        given_name(name)
