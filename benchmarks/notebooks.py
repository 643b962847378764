"""Our notebooks of all teams and nothing made from them: what papermill alone does, too.

    python -m benchmarks.notebooks COURSE TEMPLATE '{"team": {"name": "value"}}'

A module of its own, since every worker imports it: nothing here loads what the benchmark measures
with.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from course.folder import CourseFolder
from course.reporting.pool import pool
from course.reporting.template import Template


def notebooks(root: str, template: str, given: str) -> None:
    """Our notebooks alone: the stage of `make_all` before anything is written from them."""
    tasks = [json.dumps([root, template, team, given]) for team in json.loads(given)]
    text = Template.find(CourseFolder(Path(root)), template).text
    with pool(text, 2, len(tasks)) as workers:
        for _ in workers.map(notebook, tasks):
            pass


def notebook(task: str) -> None:
    """One notebook of ours in a worker: parameters and the cluster file checked, then run."""
    from course import files  # only workers do this
    from course.reporting import parameters, running

    root, template, team, given = json.loads(task)
    folder = CourseFolder(Path(root))
    chosen = Template.find(folder, template)
    values = parameters.settle(chosen, folder, team, json.loads(given)[team])
    parameters.cluster_of(folder, values)
    executed = running.run(chosen.notebook, values, folder.root)
    files.write_text(folder.root / "ours" / f"{team}.ipynb", running.text_of(executed))


if __name__ == "__main__":
    notebooks(*sys.argv[1:])
