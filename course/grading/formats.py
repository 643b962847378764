"""Notebooks of any age as today's: old marks of nbgrader, old forms of the file, other languages.

nbgrader itself refuses marks of its earlier versions until `nbgrader update` has rewritten every
file. Here the notebook in memory is brought up to date, by the same rules, and no file is changed.
"""

from __future__ import annotations

import json
import re
from typing import Any

from course.errors import Fault, GradingError

SCHEMA = 3  # of nbgrader's marks
_AUTOMATIC = re.compile(r"\s*### (HASHED )?AUTOTEST ")
_KEYS = frozenset(
    ("schema_version", "grade_id", "grade", "solution", "locked", "task", "points", "checksum",
     "cell_type")
)  # fmt: skip
# kernels that do not say their language in older notebooks
_KERNELS = {
    "ir": "R", "julia": "Julia", "java": "Java", "ijava": "Java", "xcpp": "C++", "bash": "Bash",
    "octave": "Octave", "matlab": "MATLAB", "scala": "Scala", "sas": "SAS", "stata": "Stata",
    "javascript": "JavaScript", "typescript": "TypeScript", "haskell": "Haskell", "ruby": "Ruby",
}  # fmt: skip


def modern(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook with today's form and marks; it is changed in place where that is enough."""
    if "cells" not in notebook and "worksheets" in notebook:
        import nbformat

        format: Any = nbformat  # whose functions have no types
        notebook = json.loads(format.writes(format.reads(json.dumps(notebook), as_version=4)))
    for cell in notebook["cells"]:
        metadata = cell.setdefault("metadata", {})
        marks = metadata.get("nbgrader")
        if isinstance(marks, dict) and int(marks.get("schema_version") or 0) < SCHEMA:
            _update(metadata, marks, cell["cell_type"])
    return notebook


def _update(metadata: dict[str, Any], marks: dict[str, Any], kind: str) -> None:
    """Marks of the versions 0, 1 and 2 as those of version 3."""
    for key in ("grade", "solution", "locked", "task"):
        marks.setdefault(key, False)
    if not any(marks[key] for key in ("grade", "solution", "locked", "task")):
        del metadata["nbgrader"]
        return
    if marks["grade"]:
        marks["points"] = max(0.0, float(marks.get("points") or 0.0))
    else:
        marks.pop("points", None)
    if "checksum" in marks:
        marks.setdefault("cell_type", kind)
    marks["schema_version"] = SCHEMA
    for key in marks.keys() - _KEYS:
        del marks[key]


def require_python(notebook: dict[str, Any], file: str) -> None:
    """Refuse a notebook whose checks are not written in Python; `GradingError`."""
    other = _language(notebook.get("metadata") or {})
    checks = any(
        cell["cell_type"] == "code" and cell["metadata"].get("nbgrader", {}).get("grade")
        for cell in notebook["cells"]
    )
    if other and checks:
        raise GradingError(
            Fault(file, "", f"тетрадь написана на языке {other}, проверяются тетради на Python",
                  "Проверьте это задание самим nbgrader, там, где стоит ядро этого языка: "
                  "nbgrader autograde")
        )  # fmt: skip


def require_written(notebook: dict[str, Any], file: str) -> None:
    """Refuse checks that nbgrader itself has yet to write into the notebook; `GradingError`."""
    for cell in notebook["cells"]:
        marks = cell["metadata"].get("nbgrader", {})
        lines = str(cell["source"]).splitlines() if marks.get("grade") else ()
        if any(_AUTOMATIC.match(line) for line in lines):
            raise GradingError(
                Fault(file, str(marks.get("grade_id", "")), "проверку в этой ячейке пишет сам "
                      "nbgrader (### AUTOTEST), здесь она ничего бы не проверила",
                      "Соберите задание командой nbgrader generate_assignment --source_with_tests "
                      "и напишите в настройках c.CourseDirectory.source_directory = "
                      "'source_with_tests' или проверьте его командой nbgrader autograde")
            )  # fmt: skip


def _language(metadata: dict[str, Any]) -> str:
    """The language of a notebook, if it is not Python."""
    kernel, about = (metadata.get(key) or {} for key in ("kernelspec", "language_info"))
    said = str(kernel.get("language") or about.get("name") or "")
    name = str(kernel.get("name") or "").lower().split("-")[0]
    said = said or _KERNELS.get(name, "")
    return "" if said.lower() in ("", "python", "ipython", "python3") else said[:40]
