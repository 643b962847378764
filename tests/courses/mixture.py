"""A course as strangers write them: its own names of folders, old marks, and checks of many shapes.

Nothing in it has cell ids, the marks are of nbgrader's first version, the imports stand in a cell
that anybody may edit, and the checks capture prints, expect errors, look at what a function did to
its argument, seed chance, and give part of the points.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from course.folder import CourseFolder

NAME = "Набор 1"
BOOK = "Задание 1.ipynb"
SETTINGS = """c = get_config()
c.CourseDirectory.course_id = "mixture"
c.CourseDirectory.source_directory = "исходники"
c.CourseDirectory.submitted_directory = "сдано"
c.IncludeHeaderFooter.header = "исходники/header.ipynb"
"""
HEAD = """import contextlib
import io
import random
import unittest
import warnings
import numpy as np
import pandas as pd
from numpy.testing import assert_allclose
same = unittest.TestCase()"""

# the answer's id: the author's answer, the check, its points, and the points of each person
SHAPES: dict[str, tuple[str, str, float]] = {
    "square": ("def square(x):\n    return x * x",
               "assert_allclose(square(np.arange(3)), [0, 1, 4])\nassert square(3) == 9", 1),
    "evens": ("def evens(numbers):\n    return [n for n in numbers if n % 2 == 0]",
              "# скрытая проверка\n### BEGIN HIDDEN TESTS\n"
              "assert sorted(evens(range(7))) == [0, 2, 4, 6]\n### END HIDDEN TESTS", 2),
    "greet": ("def greet(name):\n    print('Здравствуйте,', name)",
              "with contextlib.redirect_stdout(io.StringIO()) as said:\n    greet('Анна')\n"
              "assert said.getvalue().strip() == 'Здравствуйте, Анна'", 1),
    "order": ("def order(rows):\n    rows.sort(reverse=True)",
              "rows = [1, 3, 2]\norder(rows)\nassert rows == [3, 2, 1]", 1),
    "largest": ("largest = max(rows)", "assert largest == 3", 1),  # by a name of the check above
    "account": ("class Account:\n    def __init__(self):\n        self.held = 0\n"
                "    def put(self, amount):\n        self.held += amount",
                "mine = Account()\nmine.put(5)\nmine.put(2)\nassert mine.held == 7", 2),
    "divide": ("def divide(a, b):\n    if b == 0:\n        raise ValueError('b')\n    return a / b",
               "with same.assertRaises(ValueError):\n    divide(1, 0)\nassert divide(1, 2) == 0.5",
               1),
    "mean": ("def mean(values):\n    return sum(values) / len(values)",
             "score = 0.0\nscore += 0.5 * (mean([1, 3]) == 2)\nscore += 1.5 * (mean([1, 2]) == 1.5)"
             "\nscore", 2),
    "dice": ("def dice():\n    return random.randint(1, 6)",
             "random.seed(7)\nthrown = [dice() for _ in range(3)]\nrandom.seed(7)\n"
             "assert thrown == [random.randint(1, 6) for _ in range(3)]", 1),
    "capital": ("capital = 'Ижевск'", "assert capital.lower() == 'ижевск'", 1),
    "totals": ("def totals(table):\n    return table.groupby(['kind', 'year'])['sum'].sum()",
               "table = pd.DataFrame({'kind': list('aab'), 'year': [1, 1, 2], 'sum': [1, 2, 4]})\n"
               "found = totals(table)\nassert found.loc[('a', 1)] == 3\n"
               "assert found.index.nlevels == 2",
               2),
}  # fmt: skip
# what only the participant's program can show: a class, an object of the open cell, chance
INSIDE = ("check_account", "check_divide", "check_dice")

OTHERS: dict[str, dict[str, str]] = {
    "Иванов И.И.": {},
    "a.b@uni.edu": {  # right, but in other types than the author's
        "square": "import functools\n@functools.cache\ndef power(x, n):\n    return x ** n\n"
                  "square = lambda x: x * x",
        "evens": "def evens(numbers):\n    for n in numbers:\n        if n % 2 == 0:\n"
                 "            yield n",
        "mean": "import functools, statistics\nmean = functools.partial(statistics.fmean)",
        "divide": "class Wrong(ValueError):\n    pass\ndef divide(a, b):\n    try:\n"
                  "        return a / b\n    except ZeroDivisionError:\n        raise Wrong",
    },
    "careless": {  # half right, and warned of it
        "square": "def square(x):\n    warnings.warn('careful')\n    return x * x",
        "evens": "def evens(numbers):\n    return filter(lambda n: n % 2, numbers)",
        "greet": "def greet(name):\n    print('Привет,', name)",
        "order": "def order(rows):\n    return sorted(rows, reverse=True)",
        "account": "class Account:\n    held = 0\n    def put(self, amount):\n"
                   "        self.held = 5",
        "divide": "def divide(a, b):\n    return a / b",
        "mean": "def mean(values):\n    return sum(values) // len(values)",
        "dice": "def dice():\n    return 4",
        "capital": "capital = 'Киров'",
        "totals": "def totals(table):\n    return table.groupby('kind')['sum'].sum()",
    },
    "blank": dict.fromkeys(SHAPES, "# YOUR CODE HERE\nraise NotImplementedError()"),
}  # fmt: skip
FULL = {f"check_{name}": worth for name, (_, _, worth) in SHAPES.items()}
SCORES: dict[str, dict[str, float]] = {
    "Иванов И.И.": FULL,
    "a.b@uni.edu": FULL,
    # the list stays as it was made, and so does what is the largest in it
    "careless": {**dict.fromkeys(FULL, 0.0), "check_largest": 1, "check_mean": 0.5},
    "blank": dict.fromkeys(FULL, 0.0),
}


def _cell(source: str, **marks: Any) -> dict[str, Any]:
    """A code cell of notebook format 4.0, with marks of nbgrader's first version."""
    metadata = {"nbgrader": {"schema_version": 1, **marks}} if marks else {}
    return {"cell_type": "code", "metadata": metadata, "source": source.splitlines(keepends=True),
            "outputs": [], "execution_count": None}  # fmt: skip


def notebook(sources: dict[str, str], hidden: bool) -> dict[str, Any]:
    """The notebook with the answers `sources`, and the checks with their hidden part or without."""
    cells = [{"cell_type": "markdown", "metadata": {}, "source": "# Разное"}, _cell(HEAD)]
    for name, (_, check, worth) in SHAPES.items():
        text = sources[name]
        text = f"### BEGIN SOLUTION\n{text}\n### END SOLUTION" if hidden else text
        cells.append(_cell(text, grade_id=name, grade=False, solution=True, points=""))
        shown = check if hidden else check.split("### BEGIN")[0]
        cells.append(_cell(shown, grade_id=f"check_{name}", grade=True, solution=False,
                           points=str(worth)))  # fmt: skip
    spec = {"name": "some_kernel", "display_name": "Ours", "language": "python"}
    return {"cells": cells, "metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 0}


def course(root: Path) -> CourseFolder:
    """The course with what everybody handed in."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "nbgrader_config.py").write_text(SETTINGS, "utf-8")
    folder = CourseFolder(root)
    answers = {name: answer for name, (answer, _, _) in SHAPES.items()}
    _write(folder.source / NAME / BOOK, notebook(answers, hidden=True))
    head = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 0}
    _write(folder.source / "header.ipynb", head)
    for person, other in OTHERS.items():
        _write(folder.submitted / person / NAME / BOOK, notebook(answers | other, hidden=False))
    return folder


def _write(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
