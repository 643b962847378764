"""What warm kernels bring to unmodified tools: stock nbgrader, and Jupyter's own client.

    python -m benchmarks.kernels          24 submissions with code, 4 kernels of each kind
    python -m benchmarks.kernels 6 3      so many submissions, so many kernels

One JSON line per figure: `name`, `ours` (warm), `peer` (cold), `ratio`, `unit`. nbgrader runs as a
command from cold start to exit, both times the same but for one variable of the environment; the
points of every cell are compared and must be equal. Both find all modules compiled, as pip leaves
them, whatever is set here: each kind runs once before, on one submission, and is not counted.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.grading import code_course, points, run, tell
from course.folder import CourseFolder
from course.kernels.warm import NAME
from tests.courses import programs

ASK = "JUPYTER_DEFAULT_PROVISIONER_NAME"
KERNELS = """
import json, sys, time
from jupyter_client.manager import KernelManager
kept, figures = [], []
for number in range(int(sys.argv[1])):
    start = time.perf_counter()
    manager = KernelManager(kernel_name="python3", transport="ipc", ip=f"{sys.argv[2]}/{number}")
    manager.start_kernel(cwd=sys.argv[2])
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=120)
    ready = time.perf_counter()
    client.execute_interactive("import numpy, pandas, matplotlib.pyplot", timeout=120)
    figures.append([ready - start, time.perf_counter() - ready])
    kept.append((manager, client))
held = []
for manager, client in kept:
    lines = open(f"/proc/{manager.provisioner.pid}/smaps_rollup").read().splitlines()
    held += [int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")]
for manager, client in kept:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
print(json.dumps({"starts": figures, "held": held}))
"""


def kernels(count: int, provisioner: str) -> tuple[float, float, float]:
    """Seconds to be ready, seconds of the import cell (medians without the first), memory in MB."""
    with tempfile.TemporaryDirectory() as place:
        done = subprocess.run(
            [sys.executable, "-c", KERNELS, str(count), place], check=True, text=True,
            env={**os.environ, ASK: provisioner}, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
    found = json.loads(done.stdout.splitlines()[-1])
    ready, imports = (
        statistics.median(each[at] for each in found["starts"][1:] or found["starts"])
        for at in (0, 1)
    )
    return ready, imports, max(found["held"])


def stock(beside: Path, people: int) -> None:
    """Unmodified `nbgrader autograde`, with cold kernels and with warm ones."""
    first = code_course(beside / "first", 1)
    cold = code_course(beside / "cold", people)
    warm = CourseFolder(shutil.copytree(cold.root, beside / "warm"))
    autograde(first, "local-provisioner")
    autograde(first, NAME)
    theirs, mine = autograde(cold, "local-provisioner"), autograde(warm, NAME)
    scores = points(cold, programs.NAME)
    if len(scores) != people * (len(programs.WORTH) + 1) or scores != points(warm, programs.NAME):
        raise SystemExit("scores differ between cold and warm kernels")
    tell(f"stock nbgrader autograde, {people} submissions with code, cold start to exit",
         mine, theirs, "s")  # fmt: skip


def autograde(folder: CourseFolder, provisioner: str) -> float:
    """The seconds of the command, all submissions anew."""
    os.environ[ASK] = provisioner
    spent, _ = run(folder, "nbgrader", "autograde", programs.NAME, "--force")
    del os.environ[ASK]
    return spent


@contextmanager
def compiled() -> Iterator[None]:
    """Let Python keep what it compiles, in a folder of its own, for all that starts in here."""
    with tempfile.TemporaryDirectory() as place:
        os.environ["PYTHONPYCACHEPREFIX"] = place
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        yield
        del os.environ["PYTHONPYCACHEPREFIX"]


if __name__ == "__main__":
    few, several = (int(word) for word in [*sys.argv[1:], "24", "4"][:2])
    with compiled(), tempfile.TemporaryDirectory() as beside:
        stock(Path(beside), few)
        mine, theirs = kernels(several, NAME), kernels(several, "local-provisioner")
    for what, unit, at in (("ready", "s", 0), ("import cell", "s", 1), ("memory, PSS", "MB", 2)):
        tell(f"kernel: {what}, {several} alive", mine[at], theirs[at], unit)
