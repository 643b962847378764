"""The example's packages of documents, made once for all tests of a run and copied for each."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from functools import cache
from pathlib import Path

from course import documents
from course.folder import CourseFolder

EXAMPLE = Path(__file__).parents[1] / "teams" / "radioelectronics" / "cluster.yaml"
TEAM, DAY = "radioelectronics", datetime.date(2026, 11, 22)


@cache
def _made(way: str) -> tempfile.TemporaryDirectory[str]:
    """A course with the example's package of one way; it is gone when the run ends."""
    place = tempfile.TemporaryDirectory(prefix="package-")
    root = Path(place.name)
    (root / "teams" / TEAM).mkdir(parents=True)
    shutil.copy(EXAMPLE, root / "teams" / TEAM)
    documents.make(CourseFolder(root), TEAM, way=way, as_of=DAY)
    return place


def course(root: Path, *ways: str) -> CourseFolder:
    """A course of its own in `root`, with the packages of these ways."""
    for way in ways:
        shutil.copytree(_made(way).name, root, dirs_exist_ok=True)
    return CourseFolder(root)
