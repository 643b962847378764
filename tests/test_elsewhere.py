"""Forms are graded where Python has nothing of Linux, as on Windows and macOS.

Not a run on those systems: their modules, calls and flags are taken away from this one's Python.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course.errors import GradingError
from course.folder import CourseFolder
from course.grading import parcel
from course.sandbox import bubblewrap, reduced
from tests import tiny

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_all_is_imported_and_forms_are_graded(platform: str, tmp_path: Path) -> None:
    folder = tiny.course(tmp_path)
    tiny.hand_in(folder, "right", tiny.GOOD)
    linked = tiny.hand_in(folder, "linked", tiny.GOOD) / "answers.json"
    linked.unlink()
    linked.symlink_to("/etc/passwd")
    mail = tmp_path / "mail" / "mailed"
    mail.mkdir(parents=True)
    shutil.copy(folder.submitted / "right" / tiny.NAME / "answers.json", mail)
    done = subprocess.run(
        [sys.executable, "-m", "tests.elsewhere", platform, str(tmp_path)],
        cwd=ROOT, env={**os.environ, "USER": "x"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["taken"] == [["mailed", tiny.NAME]]
    assert (found["graded"], found["unchanged"]) == (["mailed", "right"], ["mailed", "right"])
    assert "ссылка или особый файл" in found["refused"]["linked"]
    assert found["pages"] == 3


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CourseFolder:
    """A course where folders can't be opened."""
    monkeypatch.setattr(parcel, "_HANDLES", False)
    folder = tiny.course(tmp_path)
    tiny.hand_in(folder, "right", tiny.GOOD)
    return folder


def test_a_parcel_is_read_by_its_paths(place: CourseFolder) -> None:
    assert parcel.names(place.submitted) == ["right"]
    assert parcel.names(place.root / "nowhere") == []
    found = parcel.opened(place.submitted, "right", tiny.NAME, [f"{tiny.NAME}.ipynb"])
    assert set(found.content) == {"answers.json", f"{tiny.NAME}.ipynb"}
    assert not found.refused


@pytest.mark.parametrize("kind", ["answers", "folder", "person", "hard", "pipe"])
def test_links_are_refused_without_handles_too(
    place: CourseFolder, tmp_path: Path, kind: str
) -> None:
    away = tmp_path / "away"
    work = place.submitted / "right" / tiny.NAME
    path = {"folder": work, "person": work.parent}.get(kind, work / "answers.json")
    path.rename(away)
    if kind == "hard":
        path.hardlink_to(away)
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(away)
    with pytest.raises(GradingError, match="ссылка"):
        parcel.opened(place.submitted, "right", tiny.NAME, [])


def test_programs_are_refused_in_words_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert bubblewrap.refusal.__wrapped__() == "она есть только в Linux"
    assert reduced.refusal.__wrapped__() == "она есть только в Linux"
