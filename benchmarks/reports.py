"""How long reports of several teams take: papermill's command, a loop over its API, and ours.

    python -m benchmarks.reports [TEAMS]

Every way runs the same template with the same parameters. The first two make only the executed
notebook; ours also checks parameters, writes HTML and PDF, and uses two processes. Ratios of one
run are comparable with each other, not with another machine's.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from course import files, reporting
from course.folder import CourseFolder
from course.reporting.running import text_of
from course.reporting.template import Template

ROOT = Path(__file__).parents[1]
TEMPLATE = "cooperation"


def course(root: Path, teams: int) -> CourseFolder:
    """A course with copies of the worked example, and the template as a notebook."""
    shutil.copytree(ROOT / "templates", root / "templates")
    (root / "nbgrader_config.py").touch()
    for number in range(teams):
        shutil.copytree(ROOT / "teams" / "radioelectronics", root / "teams" / f"team{number}")
    folder = CourseFolder.find(root)
    files.write_text(root / "template.ipynb", text_of(Template.find(folder, TEMPLATE).notebook))
    return folder


def command(folder: CourseFolder, teams: list[str]) -> None:
    """Stock papermill, one command for each team."""
    for team in teams:
        subprocess.run(
            [sys.executable, "-m", "papermill", "template.ipynb", f"{team}.ipynb",
             "-p", "cluster_file", f"teams/{team}/cluster.yaml", "--no-progress-bar"],
            cwd=folder.root, check=True, capture_output=True,
        )  # fmt: skip


def loop(folder: CourseFolder, teams: list[str]) -> None:
    """Papermill's API in one process, one team after another."""
    script = (
        "import sys, papermill\n"
        "for team in sys.argv[1:]:\n"
        "    papermill.execute_notebook('template.ipynb', team + '.ipynb',"
        " {'cluster_file': f'teams/{team}/cluster.yaml'}, progress_bar=False)\n"
    )
    subprocess.run(
        [sys.executable, "-c", script, *teams], cwd=folder.root, check=True, capture_output=True
    )


def ours(folder: CourseFolder, _: list[str]) -> None:
    """All teams in two processes, with HTML, PDF and the overview."""
    reporting.make_all(folder, TEMPLATE)


def again(folder: CourseFolder, _: list[str]) -> None:
    """The same once more: nothing has changed."""
    reporting.make_all(folder, TEMPLATE)


def timed(way: Callable[[CourseFolder, list[str]], None], folder: CourseFolder) -> float:
    """Seconds that a way takes."""
    teams = sorted(path.name for path in folder.teams.iterdir())
    start = time.perf_counter()
    way(folder, teams)
    return time.perf_counter() - start


def main() -> None:
    """Print one JSON line per figure: seconds of ours and of a peer, and their ratio."""
    teams = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    with tempfile.TemporaryDirectory() as place:
        folder = course(Path(place) / "course", teams)
        seconds = {way.__name__: timed(way, folder) for way in (command, loop, ours, again)}
    for name in ("ours", "again"):
        for peer in ("command", "loop"):
            figure = {
                "name": f"{teams} reports, {name} against papermill's {peer}",
                "ours": round(seconds[name], 2),
                "peer": round(seconds[peer], 2),
                "ratio": round(seconds[peer] / seconds[name], 2),
                "unit": "s",
            }
            print(json.dumps(figure))


if __name__ == "__main__":
    main()
