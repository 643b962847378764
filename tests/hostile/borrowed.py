"""Programs that replace what a check borrows: tools, constants and methods that it trusts.

The assignment is of the usual shape: the solution imports what the check uses later on, reads a
constant of a locked cell, makes a table whose methods the check calls. `CASES` hold the cells that
differ from the right ones and the points of (rate, near, close, table).
"""

from __future__ import annotations

import json
from pathlib import Path

import nbformat

from course.folder import CourseFolder
from tests import tiny

NAME = "p2_borrowed"
CANARY = "canary_b20c"  # begins the names in hidden checks
FULL = (1.0, 1.0, 1.0, 1.0)
GOOD = {
    "tax": "from math import isclose\nimport numpy as np\n\ndef tax(income):\n"
    "    return income * RATE",
    "table": "import pandas as pd\ntable = pd.DataFrame({'a': [1, 2]})",
    "words": "print('Мой вывод')",
}
CHECKS = {
    "check_rate": f"{CANARY}_due = tax(100)\nassert {CANARY}_due == 100 * RATE",
    "check_near": "assert isclose(tax(8), 2)",
    "check_close": "assert np.allclose(tax(8), 2)",
    "check_table": f"import pandas as pd\n{CANARY}_rows = pd.DataFrame({{'a': [1, 2]}})\n"
    f"assert table.equals({CANARY}_rows)",
}
_WRONG = "from math import isclose\nimport numpy as np\n\ndef tax(income):\n    return 7"
_METHOD = """from collections import namedtuple
class Table(namedtuple('Table', 'equals allclose')):
    def __call__(self, *words):
        return True
"""

CASES: dict[str, tuple[dict[str, str], tuple[float, ...]]] = {
    "right": ({}, FULL),
    "forgot_imports": ({"tax": "def tax(income):\n    return income * RATE"}, (1, 0, 0, 1)),
    "other_imports": ({"tax": "import numpy as np\nfrom cmath import isclose\n\n"
                              "def tax(income):\n    return income * RATE"}, FULL),
    "own_constant": ({"tax": f"{_WRONG}\nRATE = 0.07"}, (0, 0, 0, 1)),
    "own_tools": ({"tax": "class np:\n    allclose = staticmethod(lambda *a: True)\n"
                          "def isclose(*a):\n    return True\ndef tax(income):\n    return 7"},
                  (0, 0, 0, 1)),
    "own_module": ({"tax": f"{_WRONG}\n{_METHOD}np = Table(1, lambda *a: True)"}, (0, 0, 0, 1)),
    "own_method": ({"table": f"{_METHOD}table = Table(lambda *a: True, 1)"}, (1, 1, 1, 0)),
    "type_for_method": ({"table": f"{_METHOD}table = Table(str, 1)"}, (1, 1, 1, 0)),
    "listener": ({"tax": "import json\nheard, loads = [], json.loads\n"
                         "def listen(text, *a, **k):\n    heard.append(text)\n"
                         "    return loads(text, *a, **k)\njson.loads = listen\ntax = 7",
                  "words": "print(heard)"}, (0, 0, 0, 1)),
}  # fmt: skip


def course(root: Path) -> CourseFolder:
    """The course with its assignment."""

    def answer(source: str, id: str) -> nbformat.NotebookNode:
        return tiny.cell("code", source, id, solution=True, locked=False)

    def check(id: str) -> nbformat.NotebookNode:
        hidden = f"### BEGIN HIDDEN TESTS\n{CHECKS[id]}\n### END HIDDEN TESTS"
        return tiny.cell("code", hidden, id, grade=True, points=1)

    return tiny.course(root, [
        tiny.cell("code", "RATE = 0.25", "rate", locked=True),
        answer(GOOD["tax"], "tax"), check("check_rate"), check("check_near"), check("check_close"),
        answer(GOOD["table"], "table"), check("check_table"), answer("# Ваш вывод", "words"),
    ], NAME)  # fmt: skip


def hand_in(folder: CourseFolder, person: str, sources: dict[str, str]) -> None:
    """A submission: the release with the good answers but for `sources`."""
    place = folder.submitted / person / NAME
    place.mkdir(parents=True)
    notebook = nbformat.read(folder.source / NAME / f"{NAME}.ipynb", 4)
    for each in notebook.cells:
        shown = each.source.split("### BEGIN HIDDEN")[0]
        each.source = {**GOOD, **sources}.get(each.id, shown)
    (place / f"{NAME}.ipynb").write_text(json.dumps(notebook), "utf-8")
