"""The kernels of reports: their environment, and what their zygote loads ahead for a template."""

from __future__ import annotations

import ast
import os
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path

import course
from course import charts

PYTHON = [sys.executable]
# what every template ends with, whether it says so or not
_ALWAYS = ("course.cluster", "course.norms", "course.reporting.markup",
           "course.reporting.norms_page", "course.reporting.report")  # fmt: skip
_BUSINESS = "course.reporting.business"
_DRAWING = (
    "matplotlib.backends.backend_mixed",
    "matplotlib.backends.backend_svg",
    *(f"course.charts.{part.name}" for part in pkgutil.iter_modules(charts.__path__)),
)


def environment(home: str) -> dict[str, str]:
    """This process's environment with UTF-8, this package, and no settings of the person."""
    folder = str(Path(course.__file__).parent.parent)
    paths = [folder, *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    return {
        **os.environ,
        "PYTHONUTF8": "1",
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        "IPYTHONDIR": home,
        "JUPYTER_RUNTIME_DIR": home,
        "MPLBACKEND": "agg",
    }


def ahead(text: str) -> tuple[str, ...]:
    """The modules of this toolkit that the template `text` is going to use."""
    found = {*_ALWAYS, *filter(_exists, _names(text))}
    if found & {"course.charts", _BUSINESS}:
        found.update(_DRAWING)  # a package of figures loads its parts only when something is drawn
    return tuple(sorted(found))


def computes(text: str) -> bool:
    """Whether a report by the template `text` comes with models, and so with a workbook."""
    return _BUSINESS in ahead(text)


def _names(text: str) -> Iterator[str]:
    """Dotted names that may be modules: what is imported from `course`, and `name.attribute`."""
    tree = ast.parse(text)
    known = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "course"
        for alias in node.names
    }
    yield from (f"course.{name}" for name in known)
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(ast.Name(name), attribute) if name in known:
                yield f"course.{name}.{attribute}"


def _exists(name: str) -> bool:
    """Whether a name is a module: looked for on the disk, since importing it takes a second."""
    path = Path(course.__file__).parent.joinpath(*name.split(".")[1:])
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()
