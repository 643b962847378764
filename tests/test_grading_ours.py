"""What a check says and no participant can change: built-ins, data of locked cells, the order."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from course import gradebook, grading
from course.grading.ours import imports, lent, ours
from tests import tiny

LOCKED = "EXPECTED = [2, 3]\nrows = [1, 2]\ndef near(a, b):\n    return abs(a - b) < 1e-9"
CHECK = "assert len(rows) == len(EXPECTED) and near(half(1), 0.5)"


def test_built_ins_and_locked_data_are_ours() -> None:
    found = ours(["def half(x): return x / 2\nrows.append(3)"], [LOCKED, CHECK])
    assert {"len", "abs", "EXPECTED", "near"} <= set(found)
    assert not {"rows", "half"} & set(found)


def test_what_the_author_makes_anew_is_the_participants() -> None:
    found = ours(["def sum(xs): return 0\nEXPECTED = []"], [LOCKED, "assert sum([1]) == 1"])
    assert not {"sum", "EXPECTED"} & set(found)


@pytest.mark.parametrize("stub", ["# YOUR CODE HERE", "raise NotImplementedError()", "def ("])
def test_where_no_solution_is_known_locked_data_may_be_worked_on(stub: str) -> None:
    found = ours([stub], [LOCKED, CHECK])
    assert "len" in found
    assert not {"rows", "EXPECTED"} & set(found)


def test_what_a_solution_only_reads_or_imports() -> None:
    solution = "import numpy as np\nfrom math import tan, sin as near\ntan = 1\nuse = RATE * np.pi"
    locked = ["RATE = 0.25\nuse = 0", "assert near(np.abs(use), tan) and RATE"]
    assert lent([solution], locked) == ["RATE"]
    assert lent([solution, "raise NotImplementedError"], locked) == []
    assert imports([solution], locked) == {
        "near": "from math import sin as near", "np": "import numpy as np",
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.sandbox
def test_locked_cells_after_checks(tmp_path: Path) -> None:
    folder = tiny.course(tmp_path, [
        tiny.cell("code", "KEY = [9]", "given", locked=True),
        tiny.cell("code", "### BEGIN SOLUTION\ndef f(x): return x + 1\n### END SOLUTION", "own",
                  solution=True, locked=False),
        tiny.cell("code", "assert f(1) == 2", "first", grade=True, points=1),
        tiny.cell("code", "y = f(3)", "between", locked=True),
        tiny.cell("code", "assert y == 4", "second", grade=True, points=2),
        tiny.cell("code", "assert KEY == [9] and len([f(0)]) == 1", "third", grade=True, points=4),
    ])  # fmt: skip
    answers = {
        "right": "def f(x): return x + 1",
        "wrong": "def f(x): return 7",
        "forger": "def f(x): return 7\nKEY = 5\ndef len(x): return 2",
        "setter": "y = 4",
    }
    for person, source in answers.items():
        place = tiny.hand_in(folder, person, None) / f"{tiny.NAME}.ipynb"
        notebook = nbformat.read(place, 4)
        notebook.cells[1].source = source
        nbformat.write(notebook, place)
    assert not grading.grade(folder, tiny.NAME).quarantined
    points = gradebook.table(folder)[tiny.NAME]
    assert dict(points) == {"right": 7, "wrong": 4, "forger": 4, "setter": 2}
