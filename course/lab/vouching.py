"""The list of cells that our extension of JupyterLab may run by itself: ours, by SHA-256."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course.files import read_json, read_text, write_text
from course.folder import MARK, CourseFolder
from course.lab.desk import NOTEBOOK_LIMIT

EXTENSION = Path(__file__).parents[1] / "labextension"
VOUCHED = EXTENSION / "static" / "vouched.json"

_RUN = ("read", "form", "tests")  # roles of cells that are ours and no participant's


def vouched(release: Path) -> dict[str, Any]:
    """SHA-256 of the code cells of ours in all notebooks of `release`, by webinar."""
    cells = {
        path.stem: sorted(set(_digests(read_json(path, NOTEBOOK_LIMIT))))
        for path in sorted(release.glob("*/*.ipynb"))
        if path.stem == path.parent.name
    }
    return {"format": 1, "cells": cells}


def vouch(folder: CourseFolder) -> Path | None:
    """Writes the list for the webinars released in `folder`, if this package is its own.

    Returns the path if the list has changed. Call it after `authoring.release`.
    """
    if not (EXTENSION.is_relative_to(folder.root / "course") and (folder.root / MARK).is_file()):
        return None
    text = json.dumps(vouched(folder.release), indent=1, sort_keys=True) + "\n"
    if VOUCHED.is_file() and read_text(VOUCHED) == text:
        return None
    write_text(VOUCHED, text)
    return VOUCHED


def _digests(notebook: Any) -> Iterator[str]:
    for cell in notebook["cells"]:
        role = cell["metadata"].get("proclusters", {}).get("role")
        if cell["cell_type"] == "code" and role in _RUN:
            yield hashlib.sha256("".join(cell["source"]).encode()).hexdigest()
