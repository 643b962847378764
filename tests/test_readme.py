"""The READMEs say what works: commands are run in a fresh clone, links lead somewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
READMES = ["README.md", "README.ru.md"]
GUIDES = sorted(f"docs/{path.name}" for path in ROOT.glob("docs/*.md"))
PAGES = [*READMES, "CONTRIBUTING.md", *GUIDES]


def commands(name: str) -> list[str]:
    """The lines of all ```sh blocks."""
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line]


def test_both_readmes_name_the_same_commands() -> None:
    assert commands("README.md") == commands("README.ru.md") == ["make demo", "make test"]


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert ((ROOT / page).parent / target).exists(), f"{page} → {target}"


@pytest.mark.skipif(os.environ.get("CI") != "true", reason="полная сборка: только с CI=true")
@pytest.mark.slow
def test_make_demo_works_in_a_fresh_clone_and_redoes_only_what_changed(tmp_path: Path) -> None:
    clone = tmp_path / "свежая копия"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    venv = Path(sys.prefix)
    words = ["make", "-o", f"{venv}/.ready", "demo", f"VENV={venv}"]
    first = subprocess.run(words, cwd=clone, capture_output=True, encoding="utf-8")
    assert first.returncode == 0, first.stdout + first.stderr
    listed = [line.strip() for line in first.stdout.split("Откройте:")[1].splitlines()]
    opened = [clone / line for line in listed if line.startswith("build")]
    assert {path.suffix for path in opened} >= {".ipynb", ".html", ".pdf", ".xlsx"}
    assert all(path.stat().st_size > 1000 for path in opened)
    stamps = {path: path.stat().st_mtime_ns for path in opened}
    second = subprocess.run(words, cwd=clone, capture_output=True, encoding="utf-8")
    assert second.returncode == 0, second.stdout + second.stderr
    assert {path: path.stat().st_mtime_ns for path in opened} == stamps
    changed = subprocess.run(
        ["git", "status", "--porcelain"], cwd=clone, capture_output=True, encoding="utf-8"
    )
    assert changed.stdout == "", "the demonstration touched the checkout"


def test_make_test_is_what_runs_these_tests() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(r"^test:.*\n\t\$\(BIN\)/python -m pytest", makefile, re.MULTILINE)
