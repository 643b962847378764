"""The three import rules, and the public surface of the package."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import course

ROOT = Path(__file__).parents[1]

# From the cellar to the roof; a module imports only what stands in a row above its own.
ROWS = [
    ["errors"],
    ["files", "wording", "progress", "plain", "settings"],
    ["folder", "shapes", "claims", "workers", "spreadsheets", "imports"],
    ["norms"],
    ["programme"],
    ["cluster"],
    ["cooperation", "regions"],
    ["requirements"],
    ["finance"],
    ["support"],
    ["typesetting"],
    ["charts"],
    ["steps", "kernels"],
    ["forms"],
    ["people", "sandbox"],
    ["authoring", "grading", "reporting", "documents"],
    ["gradebook"],
    ["defence"],
    ["thread"],
    ["demo", "inspection", "lab"],
    ["cli"],
]
RANK = {name: row for row, names in enumerate(ROWS) for name in names}
JUPYTER = {
    "IPython", "ipykernel", "ipywidgets", "jupyter", "jupyter_client", "jupyterlab", "jupytext",
    "nbclient", "nbconvert", "nbformat", "nbgrader", "papermill", "traitlets",
}  # fmt: skip


def imports(path: Path) -> Iterator[str]:
    """Dotted names of all modules that the file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: imports are absolute"
            yield node.module or ""
            if node.module == "course":
                yield from (f"course.{alias.name}" for alias in node.names)


def modules() -> list[tuple[str, Path]]:
    """Every file of the package with the name of its row."""
    folder = ROOT / "course"
    return [
        (path.relative_to(folder).parts[0].removesuffix(".py"), path)
        for path in sorted(folder.rglob("*.py"))
        if path.relative_to(folder).parts[0] not in ("__init__.py", "__main__.py")
    ]


@pytest.mark.parametrize(("name", "path"), modules(), ids=lambda value: str(value)[-40:])
def test_a_module_imports_only_what_stands_above_it(name: str, path: Path) -> None:
    assert name in RANK, f"{name} has no row: say in ROWS where it stands"
    for imported in imports(path):
        parts = imported.split(".")
        if parts[0] == "course" and len(parts) > 1 and parts[1] != name:
            other = {"law": "norms"}.get(parts[1], parts[1])
            assert RANK[other] < RANK[name], f"{path.relative_to(ROOT)} imports course.{other}"


@pytest.mark.parametrize(("name", "path"), modules(), ids=lambda value: str(value)[-40:])
def test_the_domain_knows_no_jupyter(name: str, path: Path) -> None:
    if RANK[name] <= RANK["charts"]:
        found = {imported.split(".")[0] for imported in imports(path)} & JUPYTER
        assert not found, f"{path.relative_to(ROOT)} imports {found}"


def authored() -> list[Path]:
    return sorted([*ROOT.glob("assignments/*/*.py"), *ROOT.glob("templates/*.py")])


@pytest.mark.parametrize("path", authored(), ids=lambda path: "/".join(path.parts[-2:]))
def test_authored_texts_import_only_the_public_surface(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "course":
            assert node.module == "course"
            assert {alias.name for alias in node.names} <= set(course.__all__)
        elif isinstance(node, ast.Import):
            assert not any(alias.name.startswith("course.") for alias in node.names)


def test_the_public_surface_is_a_sorted_list_of_at_most_thirty_names() -> None:
    assert course.__all__ == sorted(course.__all__)
    assert len(course.__all__) <= 30
    for name in course.__all__:
        assert getattr(course, name) is not None


def test_importing_the_package_loads_nothing_heavy() -> None:
    script = (
        "import sys, course; heavy = {'numpy', 'pandas', 'matplotlib', 'IPython', 'nbgrader'};"
        "sys.exit(repr(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
