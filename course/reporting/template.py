"""A report template: percent text on the disk, a notebook for papermill, its declared parameters.

A template is looked for in the course's own `templates/` first, then among the shipped ones.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import course
from course import files
from course.errors import Fault, ReportError
from course.folder import CourseFolder
from course.imports import quickly

_METADATA = {
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "language_info": {"name": "python"},
}
PARAMETERS = "parameters"  # papermill's tag
FOLDED = "Расчёт"  # JupyterLab shows the first line of a folded cell
TYPES = {"str": str, "float": float, "int": int, "bool": bool}
_CELL_ID = re.compile(r"[a-z0-9_-]{1,64}")


@dataclass(frozen=True)
class Parameter:
    """A parameter as the template declares it: `name: type = default  # Russian description`."""

    name: str
    kind: type
    default: Any
    description: str


@dataclass(frozen=True)
class Template:
    """A template's text; `root` is the folder that holds it and its styles."""

    name: str
    text: str
    root: Path

    @classmethod
    def find(cls, folder: CourseFolder, name: str) -> Template:
        """The template called `name`; `ReportError` with the known names if there is none."""
        package = Path(course.__file__).parent
        places = (
            folder.templates,
            package / "_shipped" / "templates",
            package.parent / "templates",
        )
        if re.fullmatch(r"[a-z][a-z0-9_]{0,60}", name):
            for place in places:
                path = place / f"{name}.py"
                if path.is_file():
                    return cls(name, files.read_text(path), place)
        known = sorted({path.stem for place in places for path in place.glob("*.py")})
        remedy = f"Есть: {', '.join(known)}" if known else ""
        raise ReportError(Fault("", "", f"шаблона отчёта «{name[:60]}» нет", remedy))

    @property
    def file(self) -> str:
        """The name of the template's file, for messages."""
        return f"{self.name}.py"

    def style(self, name: str) -> str:
        """The text of a style that stands beside the templates."""
        return files.read_text(self.root / "styles" / name)

    @cached_property
    def notebook(self) -> Any:
        """The template as a notebook, for stock papermill too: fixed ids, code folded to titles."""
        with quickly():  # whoever only asks for the text waits for no library
            import jupytext
            import nbformat

        made = jupytext.reads(self.text, fmt="py:percent")
        made.metadata = nbformat.from_dict(_METADATA)  # type: ignore[no-untyped-call]
        made.nbformat, made.nbformat_minor = 4, 5
        for number, cell in enumerate(made.cells):
            cell.id = self._id(cell, number)
            title = cell.metadata.pop("title", FOLDED)
            if cell.cell_type == "code":
                cell.metadata["jupyter"] = {"source_hidden": True}
                cell.source = f"# {title}\n{cell.source}"
        ids = [cell.id for cell in made.cells]
        if len(set(ids)) < len(ids):
            twice = next(name for name in ids if ids.count(name) > 1)
            raise ReportError(Fault(self.file, twice, "имя ячейки стоит дважды"))
        return made

    def _id(self, cell: Any, number: int) -> str:
        for spacing in ("lines_to_next_cell", "lines_to_end_of_cell_marker"):
            cell.metadata.pop(spacing, None)  # jupytext notes how the text was laid out
        name = cell.metadata.pop("id", f"cell-{number}")
        known = {"tags", "jupyter", "title"}
        if not isinstance(name, str) or not _CELL_ID.fullmatch(name) or set(cell.metadata) - known:
            what = "заголовок ячейки записан не по правилам"
            raise ReportError(Fault(self.file, f"ячейка {number + 1}", what))
        return name

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """What the cell tagged `parameters` declares."""
        cells = [c for c in self.notebook.cells if PARAMETERS in c.metadata.get("tags", ())]
        if len(cells) != 1:
            raise ReportError(Fault(self.file, "", "нужна одна ячейка с меткой parameters"))
        try:
            tree = ast.parse(cells[0].source)
            lines = cells[0].source.splitlines()
            return tuple(_declared(node, lines) for node in tree.body)
        except (SyntaxError, ValueError, AttributeError, KeyError):
            what = "параметр записан не по правилам"
            remedy = "Запишите: имя: str = значение  # описание"
            raise ReportError(Fault(self.file, PARAMETERS, what, remedy)) from None


def _declared(node: ast.stmt, lines: list[str]) -> Parameter:
    """One declaration; `ValueError` if it is anything else."""
    if not isinstance(node, ast.AnnAssign) or node.value is None:
        raise ValueError
    target, annotation = node.target, node.annotation
    if not isinstance(target, ast.Name) or not isinstance(annotation, ast.Name):
        raise ValueError
    line = lines[(node.end_lineno or 1) - 1].encode()  # ast counts bytes, not letters
    description = line[node.end_col_offset or 0 :].decode().strip()
    if not description.startswith("# "):
        raise ValueError
    return Parameter(
        target.id, TYPES[annotation.id], ast.literal_eval(node.value), description[2:].strip()
    )
