"""Courses that are not ours: ps1 of nbgrader's documentation, and what public courses are made of.

Each way of writing here was met in a public course: several notebooks, ids that repeat in them,
modules and packages beside them, IPython's lines, plots, a check that its author does not pass.
"""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import nbformat
import nbgrader
import pytest
from nbgrader.api import Gradebook

from course import grading
from course.folder import CourseFolder
from course.grading import shelf
from tests import tiny

pytestmark = pytest.mark.slow

DOCS = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide"
PEOPLE = ("bitdiddle", "hacker")


def published(person: str) -> dict[str, float]:
    """The points by the outputs that nbgrader's authors published: none where a cell broke off."""
    found = {}
    for path in sorted((DOCS / "autograded" / person / "ps1").glob("*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            marks = cell["metadata"].get("nbgrader", {})
            if cell["cell_type"] == "code" and marks.get("grade") and not marks.get("solution"):
                broke = any(output["output_type"] == "error" for output in cell["outputs"])
                key = f"{path.stem}/{marks['grade_id']}"
                found[key] = 0.0 if broke else float(marks["points"])
    return found


@pytest.mark.sandbox
def test_published_scores_of_nbgraders_documentation(tmp_path: Path) -> None:
    folder = CourseFolder(tmp_path)
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
    shutil.copytree(DOCS / "source" / "ps1", folder.source / "ps1")
    for person in PEOPLE:
        shutil.copytree(DOCS / "submitted" / person / "ps1", folder.submitted / person / "ps1")
    summary = grading.grade(folder, "ps1")
    assert summary.graded == PEOPLE
    assert summary.waiting == PEOPLE
    assert not summary.repaired
    assert summary.unprotected == ("problem1/sum_of_squares_uses_squares",)
    for person in PEOPLE:
        outcome = shelf.outcome(folder, person, "ps1")
        assert outcome
        assert {cell.cell: cell.score for cell in outcome.cells} == published(person)
        made = folder.autograded / person / "ps1"
        for path in (DOCS / "source" / "ps1").glob("*.ipynb"):
            assert ids(made / path.name) == ids(path)
    with Gradebook(f"sqlite:///{folder.gradebook}") as book:
        for row in csv.DictReader((DOCS / "grades.csv").read_text("utf-8").splitlines()):
            submission = book.find_submission("ps1", row["student_id"])
            assert submission.score == float(row["raw_score"])
            assert submission.max_score == 13  # of the two notebooks that the wheel holds
            assert str(submission.timestamp) == row["timestamp"]


def ids(path: Path) -> list[str]:
    """The ids of the assignment's own cells, in order."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    found = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in cells]
    return [identity for identity in found if identity]


def code(source: str, id: str, **marks: object) -> nbformat.NotebookNode:
    return tiny.cell("code", source, id, **marks)


def answer(id: str, source: str) -> nbformat.NotebookNode:
    text = f"### BEGIN SOLUTION\n{source}\n### END SOLUTION"
    return code(text, id, solution=True, locked=False)


FIRST = [
    tiny.cell("code", "%matplotlib inline\nimport numpy as np\nimport helper\nfrom own import part",
              "imports", locked=True),
    answer("answer", "def twice(x):\n    return 2 * x"),
    code("%precision 3\nhelper.same(twice(2), part.FOUR)", "check", grade=True, points=2),
    answer("big", "def total(table):\n    return float(table['x'].sum())"),
    code("import time\nimport pandas as pd\ntable = pd.DataFrame({'x': np.arange(200_000)})\n"
         "start = time.perf_counter()\nassert total(table) == 19999900000.0\n"
         "assert time.perf_counter() - start < 5", "check_fast", grade=True, points=1),
]  # fmt: skip
SECOND = [
    answer("answer", "import matplotlib.pyplot as plt\naxes = plt.gca()\naxes.plot([1, 2])"),
    code("assert len(axes.lines) == 1", "check", grade=True, points=4),
    code("assert twice(2) == 4", "check_apart", grade=True, points=1),
]


@pytest.mark.sandbox
def test_what_public_courses_are_made_of(tmp_path: Path) -> None:
    folder = tiny.course(tmp_path, FIRST, "hw")
    place = folder.source / "hw"
    (place / "hw.ipynb").rename(place / "1 first.ipynb")
    notebook = nbformat.read(place / "1 first.ipynb", 4)
    notebook.cells = SECOND
    nbformat.write(notebook, place / "2 second.ipynb")
    (place / "helper.py").write_text("def same(a, b):\n    assert a == b\n", "utf-8")
    (place / "own").mkdir()
    (place / "own" / "__init__.py").write_text("", "utf-8")
    (place / "own" / "part.py").write_text("FOUR = 4\n", "utf-8")
    shutil.copytree(place, folder.submitted / "author" / "hw")
    half = folder.submitted / "half" / "hw"
    half.mkdir(parents=True)
    shutil.copy(place / "2 second.ipynb", half)  # and nothing of the first
    (half / "helper.py").write_text("def same(a, b):\n    pass\n", "utf-8")
    summary = grading.grade(folder, "hw")
    assert summary.graded == ("author", "half")
    assert summary.unprotected == ("2 second/check",)
    assert any("не проходит проверку «2 second/check_apart»" in each for each in summary.faults)
    assert any("Тетради «1 first.ipynb» в работе нет" in each for each in summary.repaired[0][1])
    full = {"1 first/check": 2, "1 first/check_fast": 1, "2 second/check": 4}
    assert points(folder, "author") == {**full, "2 second/check_apart": 0}
    assert points(folder, "half") == {
        "1 first/check": 0, "1 first/check_fast": 0, "2 second/check": 4,
        "2 second/check_apart": 0,
    }  # fmt: skip


def points(folder: CourseFolder, person: str) -> dict[str, float]:
    outcome = shelf.outcome(folder, person, "hw")
    assert outcome
    return {cell.cell: cell.score for cell in outcome.cells}
