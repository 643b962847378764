"""How long reports of several teams take: papermill's command, a loop over its API, and ours.

    python -m benchmarks.reports                               8 teams, the template `cooperation`
    python -m benchmarks.reports 4 business_case draws=1000    so many teams, this template, so set

One JSON line per figure: `name`, `ours`, `peer`, `ratio`, `unit`; every way is a command of its
own, from cold start to exit. First like with like: the executed notebook alone, ours with its
parameters checked. Then what a team gets: ours with a web page, PDF pages and the overview of the
teams; the peers with nbconvert's web page. Stock nbconvert makes its PDF by LaTeX or a browser of
its own, which this toolkit does not install: the peers come without PDF. What the notebooks hand
back is compared and must be equal, pictures included. All modules are compiled before, as pip
leaves them, and each way has run once untimed; then the ways take turns, `ROUNDS` times, and the
shortest time of each counts: whatever else the machine does only adds.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat

from benchmarks.grading import tell
from course import files
from course.folder import CourseFolder
from course.reporting import parameters, running
from course.reporting.template import Template

ROOT = Path(__file__).parents[1]
ROUNDS = 2
LOOP = """
import json, sys, papermill
for team, given in json.loads(sys.argv[1]).items():
    papermill.execute_notebook(
        "template.ipynb", f"peers/{team}.ipynb", given, progress_bar=False
    )
"""
LOOP_PAGES = """
import json, sys
from pathlib import Path
from nbconvert import HTMLExporter
for team in json.loads(sys.argv[1]):
    page, _ = HTMLExporter().from_filename(f"peers/{team}.ipynb")
    Path(f"peers/{team}.html").write_text(page, encoding="utf-8")
"""


def course(root: Path, teams: int, template: str) -> CourseFolder:
    """A course with copies of the worked example, and the template as a notebook."""
    shutil.copytree(ROOT / "templates", root / "templates")
    (root / "peers").mkdir()
    (root / "nbgrader_config.py").touch()
    for number in range(teams):
        shutil.copytree(ROOT / "teams" / "radioelectronics", root / "teams" / f"team{number}")
    folder = CourseFolder.find(root)
    notebook = Template.find(folder, template).notebook
    files.write_text(root / "template.ipynb", running.text_of(notebook))
    return folder


class Ways:
    """Every way to make the reports of a course, each as commands that run to their end."""

    def __init__(self, folder: CourseFolder, template: str, given: dict[str, str]) -> None:
        self.folder, self.template = folder, template
        self.given = given
        self.teams: dict[str, dict[str, Any]] = {}
        for path in sorted(folder.teams.iterdir()):
            settled = parameters.settle(Template.find(folder, template), folder, path.name, given)
            self.teams[path.name] = {name: settled[name] for name in (*given, "cluster_file")}

    def command(self) -> None:
        """Stock papermill's command, once for each team."""
        for team, given in self.teams.items():
            asked = [word for name, value in given.items() for word in ("-p", name, str(value))]
            self._run("-m", "papermill", "template.ipynb", f"peers/{team}.ipynb", *asked,
                      "--no-progress-bar")  # fmt: skip

    def command_pages(self) -> None:
        """Stock nbconvert's command, once for all teams."""
        written = [f"peers/{team}.ipynb" for team in self.teams]
        self._run("-m", "jupyter", "nbconvert", "--to", "html", *written)

    def loop(self) -> None:
        """Papermill's API in one process, one team after another."""
        self._run("-c", LOOP, json.dumps(self.teams))

    def loop_pages(self) -> None:
        """Papermill's API, then nbconvert's, in one process."""
        self._run("-c", LOOP + LOOP_PAGES, json.dumps(self.teams))

    def notebooks(self) -> None:
        """Ours, notebooks alone."""
        shutil.rmtree(self.folder.root / "ours", ignore_errors=True)
        self._run(
            "-m",
            "benchmarks.notebooks",
            str(self.folder.root),
            self.template,
            json.dumps(self.teams),
        )

    def whole(self) -> None:
        """Ours as a team gets it, and the overview."""
        shutil.rmtree(self.folder.reports, ignore_errors=True)
        self.again()

    def again(self) -> None:
        """The same command once more, when nothing has changed."""
        asked = [word for name, value in self.given.items() for word in ("-p", f"{name}={value}")]
        self._run("-m", "course.cli", "report", "all", "--template", self.template, *asked)

    def _run(self, *words: str) -> None:
        subprocess.run(
            [sys.executable, *words],
            cwd=self.folder.root,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def compare(self) -> None:
        """Stop if a notebook of the peers hands back another report than ours."""
        for team in self.teams:
            ours, peers = (
                running.report_of(nbformat.read(self.folder.root / name / f"{team}.ipynb", 4))  # type: ignore[no-untyped-call]
                for name in ("ours", "peers")
            )
            if ours != peers:
                raise SystemExit(f"{team}: the reports differ")


def timed(way: Callable[[], None]) -> float:
    """Seconds that a way takes."""
    start = time.perf_counter()
    way()
    return time.perf_counter() - start


def main(teams: int, template: str, given: dict[str, str]) -> None:
    """Measure every way on the same teams."""
    with tempfile.TemporaryDirectory() as place:
        os.environ["PYTHONPYCACHEPREFIX"] = f"{place}/compiled"
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPATH"] = str(ROOT)
        few = Ways(course(Path(place) / "few", 1, template), template, given)
        for way in (few.command, few.command_pages, few.loop_pages, few.notebooks, few.whole):
            way()
        ways = Ways(course(Path(place) / "course", teams, template), template, given)
        several = (ways.command, ways.command_pages, ways.notebooks, ways.whole, ways.again,
                   ways.loop, ways.loop_pages)  # fmt: skip
        rounds = [[timed(way) for way in several] for _ in range(ROUNDS)]
        ways.compare()
    command, pages, alone, whole, again, loop, loop_pages = map(min, zip(*rounds, strict=True))
    many = f"{teams} reports {template}"
    tell(f"{many}, notebooks: papermill's command", alone, command, "s")
    tell(f"{many}, notebooks: a loop over its API", alone, loop, "s")
    tell(f"{many}, with web page (ours: and PDF): commands", whole, command + pages, "s")
    tell(f"{many}, with web page (ours: and PDF): a loop", whole, loop_pages, "s")
    tell(f"{many}, all ours against notebooks alone: papermill's command", whole, command, "s")
    tell(f"{many}, all ours against notebooks alone: a loop over its API", whole, loop, "s")
    tell(f"{many} again, nothing changed: commands", again, command + pages, "s")


if __name__ == "__main__":
    count, name, *rest = [*sys.argv[1:], *("8", "cooperation")[len(sys.argv) - 1 :]]
    main(int(count), name, dict(word.split("=", 1) for word in rest))
