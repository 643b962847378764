"""The course folder: where a team's file is, and names that are no team's."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.errors import CourseFolderError
from course.folder import CourseFolder


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
