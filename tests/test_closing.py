"""An open norm closed by an edit of one YAML file: everything that names it follows."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OPEN = """      - open: Прочесть действующие Требования ПП № 779 — наименьшее число участников.
        since: 2022-12-22
        reference: ПП РФ № 2372 от 22.12.2022
        source: S5
"""
CLOSED = """      - value: 20
        since: 2022-12-22
        reference: ПП РФ № 779, проверочный пункт
        address: https://example.org/act
        standing: act
        checked: 2026-11-20
"""
ASK = """
import datetime, io
from pathlib import Path
from course import documents, law, requirements
from course.cluster import load
from course.documents.package import compose
from course.folder import CourseFolder
from course.norms import norms
from course.norms.listing import unread
from course.reporting import make
from docx import Document

day, folder = datetime.date(2026, 11, 22), CourseFolder(Path.cwd())
team = folder.cluster_file("radioelectronics")
print("webinar:", law["cluster.members.minimum"].on(day).limit)
print("open:", "cluster.members.minimum" in "".join(unread(norms).lines))
verdict = next(v for v in requirements.check(load(team), on=day) if "members.minimum" in v.rule)
print("verdict:", verdict.outcome, "; ".join((*verdict.evidence, *verdict.changes)))
print("audit:", any("проверочный пункт" in line for line in documents.audit(load(team), day).lines))
papers, _ = compose(folder, load(team), "new", day)
paper = next(p for p in papers if p.name.startswith("03_"))
tables = Document(io.BytesIO(paper.content)).tables
cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
print("document:", any("проверочный пункт" in cell for cell in cells))
made = make(folder, "radioelectronics", "requirements", {"as_of": "2026-11-22"})
print("report:", "нужно не меньше 20" in made[1].read_text("utf-8"))
"""


@pytest.mark.slow
def test_closing_a_norm_is_an_edit_of_one_file(tmp_path: Path) -> None:
    skip = shutil.ignore_patterns("__pycache__", "labextension", "_shipped")
    for name in ("course", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=skip)
    team = tmp_path / "teams" / "radioelectronics"
    team.mkdir(parents=True)
    shutil.copy(ROOT / "teams" / "radioelectronics" / "cluster.yaml", team)
    (tmp_path / "nbgrader_config.py").write_text("", "utf-8")
    norm = tmp_path / "course" / "legislation" / "cluster" / "composition.yaml"
    text = norm.read_text("utf-8")
    assert OPEN in text
    norm.write_text(text.replace(OPEN, CLOSED), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=tmp_path, capture_output=True, text=True, timeout=300,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = dict(line.split(": ", 1) for line in done.stdout.splitlines())
    assert said["webinar"] == "не меньше 20"
    assert said["open"] == "False"
    assert said["verdict"].startswith("fail Участников промышленности: 13, нужно не меньше 20")
    assert "не хватает 7" in said["verdict"]
    assert said["audit"] == said["document"] == said["report"] == "True"
