"""The wheel: what is inside, what must never be, and a report made from it elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from course.files import read_yaml

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network."""
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), "."],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


def test_holds_data_templates_and_released_notebooks(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for expected in (
        "course/programme.yaml",
        "course/locale/ru/LC_MESSAGES/messages.mo",
        "course/_shipped/templates/business_case.py",
        "course/_shipped/release/03_cooperation/03_cooperation.ipynb",
    ):
        assert expected in names
    assert any(name.startswith("course/legislation/") for name in names)


def test_holds_no_answers_no_mistakes_no_hidden_checks(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    tops = {name.split("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} <= {"course", *(
        top for top in tops if top.endswith(".data"))}  # fmt: skip
    for name in archive.namelist():
        if "/_shipped/release/" in name:
            text = archive.read(name).decode("utf-8", "replace")
            assert "BEGIN HIDDEN" not in text
            assert "MARK SCHEME" not in text
            assert Path(name).name not in ("answers.yaml", "mistakes.yaml", "answers.json")


def test_no_sentence_of_the_model_answers_is_inside(wheel: Path) -> None:
    """Every word of the answers that is long enough to be recognised is looked for everywhere."""
    archive = zipfile.ZipFile(wheel)
    content = {name: archive.read(name) for name in archive.namelist()}
    for path in sorted(ROOT.glob("assignments/*/answers.yaml")):
        for sentence in sentences(read_yaml(path).data):
            found = [name for name, text in content.items() if sentence.encode() in text]
            assert not found, f"{sentence[:60]}… of {path.parent.name} is in {found}"


def sentences(data: object) -> list[str]:
    """All texts of 40 characters or more in plain data."""
    if isinstance(data, str):
        return [data] if len(data) >= 40 else []
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [text for value in values for text in sentences(value)]


def test_a_report_is_made_from_the_installed_wheel(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "чистое место"
    venv.create(home / "venv", with_pip=False)
    python = home / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    inside = Path(sysconfig.get_path("purelib", vars={"base": str(home / "venv")}))
    # the dependencies of this environment, without its editable checkout
    (inside / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    zipfile.ZipFile(wheel).extractall(inside)

    course = home / "курс"
    shutil.copytree(ROOT / "teams", course / "teams")
    (course / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
    done = subprocess.run(
        [
            python,
            "-I",
            "-m",
            "course.cli",
            "report",
            "radioelectronics",
            "--template",
            "cooperation",
        ],
        cwd=course,
        env={"PATH": os.defpath, "HOME": str(home), "LC_ALL": "C"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    made = {path.suffix for path in (course / "reports" / "radioelectronics").iterdir()}
    assert {".ipynb", ".html", ".pdf"} <= made
