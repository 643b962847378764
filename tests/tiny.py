"""A course of one small assignment by forms, and people who hand it in: what grading tests need."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode

from course.folder import CourseFolder

NAME = "t1_forms"
CANARY = "CANARY-7f3a-hidden-check"

SETUP = f"""from course import open_form
ask = open_form("{NAME}")"""

SHARE = f"""check = ask.check("share", points=2)
### BEGIN HIDDEN TESTS
# {CANARY}
check.number(0.25, tolerance=0.001, mistakes=[(0.75, 0.5, "Это доля остальных.")])
### END HIDDEN TESTS
check.done()"""

LAW = """check = ask.check("law", points=1)
### BEGIN HIDDEN TESTS
check.choice("act", hint="Найдите слово «постановление».")
### END HIDDEN TESTS
check.done()"""

PICKS = """check = ask.check("picks", points=3)
### BEGIN HIDDEN TESTS
check.choices(["a", "b", "c"])
### END HIDDEN TESTS
check.done()"""

GOOD: dict[str, Any] = {
    "share": 0.25,
    "law": "act",
    "picks": ["a", "b", "c"],
    "memo": "Кластер есть: связи подтверждены договорами.",
}


def cell(kind: str, source: str, id: str, **marks: Any) -> NotebookNode:
    """A cell with nbgrader's metadata of schema 3."""
    new = {
        "code": nbformat.v4.new_code_cell,
        "markdown": nbformat.v4.new_markdown_cell,
    }[kind](source)
    new.id = id
    if marks:
        new.metadata["nbgrader"] = {
            "schema_version": 3, "grade_id": id, "grade": False, "solution": False,
            "locked": True, "task": False, "cell_type": kind, **marks,
        }  # fmt: skip
    return new


def cells() -> list[NotebookNode]:
    """The cells of the assignment: three checked exercises and one for a person's hand."""
    return [
        cell("markdown", "# Проба\n\n## Доли", "title", locked=True),
        cell("code", SETUP, "setup", locked=True),
        cell("code", 'ask.number("share", "Какая доля?")', "f_share", locked=True),
        cell("code", SHARE, "check_share", grade=True, points=2),
        cell("markdown", "## Право", "law_head", locked=True),
        cell("code", 'ask.choice("law", "Что это?", {"act": "Акт", "news": "Новость"})', "f_law",
             locked=True),
        cell("code", LAW, "check_law", grade=True, points=1),
        cell("code", 'ask.choices("picks", "Что верно?", {k: k for k in "abcd"})', "f_picks",
             locked=True),
        cell("code", PICKS, "check_picks", grade=True, points=3),
        cell("markdown", "## Записка", "memo_head", locked=True),
        cell("code", 'ask.text("memo", "Напишите министру.")', "f_memo", locked=True),
        cell("markdown", "Записка.\n\n=== BEGIN MARK SCHEME ===\nПо 2 балла.\n"
             "=== END MARK SCHEME ===", "memo", task=True, points=4),
    ]  # fmt: skip


def course(root: Path, content: list[NotebookNode] | None = None, name: str = NAME) -> CourseFolder:
    """A course folder with the built assignment."""
    notebook = nbformat.v4.new_notebook(cells=content or cells())
    notebook.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python",
    }  # fmt: skip
    place = root / "source" / name
    place.mkdir(parents=True)
    (root / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
    nbformat.write(notebook, place / f"{name}.ipynb")
    return CourseFolder(root)


def answers(values: dict[str, Any], name: str = NAME) -> dict[str, Any]:
    """An answer file as data."""
    entries = {key: {"value": value, "text": "", "at": ""} for key, value in values.items()}
    return {"format": 1, "assignment": name, "answers": entries}


def hand_in(folder: CourseFolder, person: str, values: dict[str, Any] | bytes | None) -> Path:
    """Put a submission into the course: the notebook as released, and the answers."""
    place = folder.submitted / person / NAME
    place.mkdir(parents=True, exist_ok=True)
    source = folder.source / NAME / f"{NAME}.ipynb"
    notebook = nbformat.read(source, 4)
    for each in notebook.cells:
        each.source = each.source.split("### BEGIN")[0] if "BEGIN" in each.source else each.source
    nbformat.write(notebook, place / f"{NAME}.ipynb")
    if isinstance(values, dict):
        (place / "answers.json").write_text(json.dumps(answers(values)), "utf-8")
    elif values is not None:
        (place / "answers.json").write_bytes(values)
    return place
