"""A course that is not ours: the first notebook of ps1 in nbgrader's own documentation."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbgrader
import pytest

from course import grading
from course.folder import CourseFolder
from course.grading import shelf

pytestmark = pytest.mark.peer

DOCS = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide"
PEOPLE = ("bitdiddle", "hacker")


def published(person: str) -> dict[str, float]:
    """The points by the outputs that nbgrader's authors published: none where a cell broke off."""
    path = DOCS / "autograded" / person / "ps1" / "problem1.ipynb"
    found = {}
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        marks = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "code" and marks.get("grade") and not marks.get("solution"):
            broke = any(output["output_type"] == "error" for output in cell["outputs"])
            found[marks["grade_id"]] = 0.0 if broke else float(marks["points"])
    return found


@pytest.mark.sandbox
def test_published_scores_of_nbgraders_documentation(tmp_path: Path) -> None:
    folder = CourseFolder(tmp_path)
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
    (folder.source / "ps1").mkdir(parents=True)
    shutil.copy(DOCS / "source" / "ps1" / "problem1.ipynb", folder.source / "ps1")
    for person in PEOPLE:
        place = folder.submitted / person / "ps1"
        place.mkdir(parents=True)
        shutil.copy(DOCS / "submitted" / person / "ps1" / "problem1.ipynb", place)
    summary = grading.grade(folder, "ps1")
    assert summary.graded == PEOPLE
    assert summary.unprotected == ("sum_of_squares_uses_squares",)
    for person in PEOPLE:
        outcome = shelf.outcome(folder, person, "ps1")
        assert outcome
        assert {cell.cell: cell.score for cell in outcome.cells} == published(person)
