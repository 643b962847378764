"""Unmodified nbgrader and papermill with warm kernels, by one variable of the environment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbconvert.preprocessors import CoalesceStreamsPreprocessor
from nbgrader.api import Gradebook

from course.folder import CourseFolder
from tests.courses import programs

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="только в Linux ядра ветвятся"),
]

COLD, WARM = "local-provisioner", "proclusters-warm"
WHENCE = "import os\nprint(open(f'/proc/{os.getppid()}/cmdline').read().split('\\0')[1:3])"
ZYGOTE = "['-m', 'course.kernels.zygote']\n"
WRONG = "def share(part, whole):\n    return part / (whole or 1)"


def run(place: Path, provisioner: str, *words: str) -> None:
    """Run a command in a folder, with the variable and no other."""
    home = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{home}{os.pathsep}{os.environ['PATH']}",
                   "JUPYTER_DEFAULT_PROVISIONER_NAME": provisioner}  # fmt: skip
    done = subprocess.run(words, cwd=place, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def outputs(path: Path) -> list[list[nbformat.NotebookNode]]:
    """What each cell of code has put out; on a busy machine a line may come in two pieces."""
    notebook, _ = CoalesceStreamsPreprocessor().preprocess(nbformat.read(path, 4), {})
    return [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]


def scores(folder: CourseFolder) -> dict[tuple[str, str], tuple[float | None, bool]]:
    """Points of each cell of everybody, and whether somebody has to look at it."""
    with Gradebook(f"sqlite:///{folder.gradebook}") as book:
        return {
            (submission.student_id, grade.name): (grade.auto_score, grade.needs_manual_grade)
            for submission in book.assignment_submissions(programs.NAME)
            for grade in submission.notebooks[0].grades
        }


def test_nbgrader_gives_the_same_points_with_warm_kernels(tmp_path: Path) -> None:
    cold = programs.course(tmp_path / "cold")
    run(cold.root, COLD, "nbgrader", "generate_assignment", programs.NAME)
    programs.hand_in(cold, "anna", added=WHENCE)
    programs.hand_in(cold, "boris", added=WHENCE, share=WRONG, plot="plt.plot([1, 2])")
    warm = CourseFolder(shutil.copytree(cold.root, tmp_path / "warm"))
    run(cold.root, COLD, "nbgrader", "autograde", programs.NAME)
    run(warm.root, WARM, "nbgrader", "autograde", programs.NAME)

    assert scores(warm) == scores(cold)
    assert scores(warm)["anna", "check_share"] == (2, False)
    assert scores(warm)["boris", "check_share"] == (0, False)
    for person in ("anna", "boris"):
        place = Path("autograded", person, programs.NAME, f"{programs.NAME}.ipynb")
        mine, theirs = outputs(warm.root / place), outputs(cold.root / place)
        assert mine[0][0].text == ZYGOTE
        assert theirs[0][0].text != ZYGOTE
        assert mine[1:] == theirs[1:]  # pictures and tracebacks too


def test_papermill_makes_the_same_notebook_with_warm_kernels(tmp_path: Path) -> None:
    cells = [
        nbformat.v4.new_code_cell("rows = 1", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell("import pandas as pd\npd.DataFrame({'a': range(rows)})"),
        nbformat.v4.new_code_cell("import matplotlib.pyplot as plt\nplt.plot(range(rows));"),
        nbformat.v4.new_code_cell(WHENCE),
    ]
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), tmp_path / "in.ipynb")
    for provisioner in (COLD, WARM):
        run(tmp_path, provisioner, "papermill", "in.ipynb", f"{provisioner}.ipynb", "-p", "rows",
            "3")  # fmt: skip
    theirs, mine = (outputs(tmp_path / f"{each}.ipynb") for each in (COLD, WARM))
    assert mine[-1][0].text == ZYGOTE
    assert theirs[-1][0].text != ZYGOTE
    assert mine[:-1] == theirs[:-1]
    assert "image/png" in mine[-2][0].data
