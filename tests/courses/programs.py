"""A small course in which participants write code: functions, pandas, one plot, one cell by hand.

`T` is the source of a tests cell with its hidden part, which carries `CANARY`.
"""

from __future__ import annotations

import json
from pathlib import Path

import nbformat

from course.folder import CourseFolder
from tests import tiny

NAME = "p1_code"
CANARY = "CANARY-44e1-hidden-in-code"

HELPERS = "import math\nimport pandas as pd\n\ndef near(a, b):\n    return math.isclose(a, b)"
SHARE = '''def share(part, whole):
    """The share of a part."""
    ### BEGIN SOLUTION
    if whole <= 0:
        raise ValueError("whole")
    return part / whole
    ### END SOLUTION'''
CHECK_SHARE = f"""assert near(share(1, 4), 0.25)
### BEGIN HIDDEN TESTS
# {CANARY}
assert near(share(3, 4), 0.75)
try:
    share(1, 0)
except ValueError:
    pass
else:
    raise AssertionError("{CANARY}")
### END HIDDEN TESTS"""
TABLE = """### BEGIN SOLUTION
firms = pd.read_csv("firms.csv")
by_region = firms.groupby("region")["staff"].sum()
### END SOLUTION"""
CHECK_TABLE = f"""### BEGIN HIDDEN TESTS
# {CANARY}
points = 0
points += int(len(firms) == 3)
points += 2 * bool(by_region["Орёл"] == 30 and list(by_region.index) == ["Курск", "Орёл"])
points
### END HIDDEN TESTS"""
PLOT = """import matplotlib.pyplot as plt
### BEGIN SOLUTION
figure, axes = plt.subplots()
axes.bar(by_region.index, by_region.values)
heights = [bar.get_height() for bar in axes.patches]
### END SOLUTION"""
CHECK_PLOT = "assert len(heights) == 2"
CHECK_INSIDE = """kept = share
del share
try:
    part_of_two(1)
except NameError:
    pass
else:
    raise AssertionError
share = kept"""

GOOD = {
    "share": "def share(part, whole):\n    if whole <= 0:\n        raise ValueError\n"
    "    return part / whole",
    "table": "firms = pd.read_csv('firms.csv')\nby_region = firms.groupby('region')['staff'].sum()",
    "plot": "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\n"
    "axes.bar(by_region.index, by_region.values)\nheights = [1, 2]",
    "two": "def part_of_two(x):\n    return share(x, 2)",
    "essay": "print('Мой вывод')",
}
WORTH = {"check_share": 2, "check_table": 3, "check_plot": 1, "check_inside": 1}


def course(root: Path) -> CourseFolder:
    """The course with its assignment."""

    def tests(source: str, id: str, points: int) -> nbformat.NotebookNode:
        return tiny.cell("code", source, id, grade=True, points=points)

    def answer(source: str, id: str) -> nbformat.NotebookNode:
        return tiny.cell("code", source, id, solution=True, locked=False)

    two = "### BEGIN SOLUTION\ndef part_of_two(x):\n    return share(x, 2)\n### END SOLUTION"
    folder = tiny.course(root, [
        tiny.cell("code", HELPERS, "helpers", locked=True),
        answer(SHARE, "share"), tests(CHECK_SHARE, "check_share", 2),
        answer(TABLE, "table"), tests(CHECK_TABLE, "check_table", 3),
        answer(PLOT, "plot"), tests(CHECK_PLOT, "check_plot", 1),
        answer(two, "two"), tests(CHECK_INSIDE, "check_inside", 1),
        tiny.cell("code", "# Ваш вывод", "essay", grade=True, solution=True, locked=False,
                  points=2),
    ], NAME)  # fmt: skip
    data = "firm,region,staff\nа,Курск,10\nб,Орёл,10\nв,Орёл,20\n"
    (folder.source / NAME / "firms.csv").write_text(data, "utf-8")
    return folder


def hand_in(folder: CourseFolder, person: str, **sources: str) -> Path:
    """Put a submission into the course: the release with the good answers but for `sources`.

    A source by the name `added` becomes a cell of the participant's own, at the top.
    """
    place = folder.submitted / person / NAME
    place.mkdir(parents=True, exist_ok=True)
    notebook = nbformat.read(folder.source / NAME / f"{NAME}.ipynb", 4)
    for each in notebook.cells:
        answers = {**GOOD, **sources}
        each.source = answers.get(each.id, each.source.split("### BEGIN HIDDEN")[0])
    if "added" in sources:
        notebook.cells.insert(0, nbformat.v4.new_code_cell(sources["added"]))
    (place / f"{NAME}.ipynb").write_text(json.dumps(notebook), "utf-8")
    (place / "firms.csv").write_bytes((folder.source / NAME / "firms.csv").read_bytes())
    return place
