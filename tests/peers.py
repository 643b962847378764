"""nbgrader's and papermill's own tests, from their wheels, with a cold kernel and with a warm one.

    python -m tests.peers                     those that are quick: some minutes
    python -m tests.peers all                 all that their wheels bring and that have kernels
    python -m tests.peers papermill.execute   one file: tests/test_execute.py of papermill

Prints, file by file, how many pass each way and how many kernels they had; ends with 1 if a test
passes with cold kernels and fails with warm. Two run at a time; a test that hangs is ended.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from course.kernels.warm import NAME

ROOT = Path(__file__).parents[1]
QUICK = (
    "papermill.execute", "papermill.engines", "papermill.clientwrap", "papermill.parameterize",
    "papermill.cli", "papermill.autosave", "nbgrader.preprocessors", "nbgrader.validator",
)  # fmt: skip
APPS = tuple(
    f"nbgrader.apps/{name}" for name in (
        "nbgrader_autograde", "nbgrader_validate", "nbgrader_generate_feedback",
        "nbgrader_generate_solution", "nbgrader_generate_assignment", "nbgrader_releasefeedback",
        "nbgrader_fetchfeedback", "nbgrader_export", "nbgrader_list", "nbgrader_update",
        "nbgrader_db", "api", "nbgrader_quickstart",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Result:
    """What became of one test, and how many kernels it had in its own process."""

    file: str
    passed: bool
    cold: int = 0
    warm: int = 0


def place(name: str) -> Path:
    """A test file, or a folder of them, below the installed packages."""
    package, _, rest = name.partition(".")
    folder, _, stem = rest.rpartition("/")
    tests = site(package) / package / "tests"
    whole = tests / rest
    return whole if whole.is_dir() else tests / folder / f"test_{stem}.py"


def site(package: str) -> Path:
    """The folder that a package is installed in."""
    spec = importlib.util.find_spec(package)
    assert spec
    assert spec.origin
    return Path(spec.origin).parents[1]


def results(package: str, paths: list[Path], provisioner: str, home: Path) -> dict[str, Result]:
    """What becomes of each test with a kernel provisioner; skipped ones are left out."""
    home.mkdir()
    report = home / "report.xml"
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "USER": os.environ.get("USER", "root"), "HOME": str(home),
                   "PATH": path, "PYTHONPATH": str(ROOT),
                   # fonts are looked for once, not anew for each home that a test invents
                   "MPLCONFIGDIR": str(home.parent / "matplotlib"),
                   "JUPYTER_DEFAULT_PROVISIONER_NAME": provisioner}  # fmt: skip
    with (home / "output.txt").open("w") as output:
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-n", "2", "-c", os.devnull,
             "--rootdir", str(site(package)), "-p", "no:cacheprovider", "-p", "no:warnings",
             "-p", "tests.peers_watch", f"--junitxml={report}", *map(str, paths)],
            cwd=site(package), env=environment, stdout=output, stderr=output, check=False,
        )  # fmt: skip
    if not report.exists():
        raise SystemExit((home / "output.txt").read_text())
    return {
        f"{case.get('classname')}.{case.get('name')}": result(case)
        for case in ET.parse(report).iter("testcase")
        if case.find("skipped") is None
    }


def result(case: ET.Element) -> Result:
    """One test of a report."""
    known = {each.get("name"): each.get("value") for each in case.iter("property")}
    words = str(case.get("classname") or case.get("name")).split(".")
    file = ".".join(word for word in words if word.islower() and word != "tests")
    passed = case.find("failure") is None and case.find("error") is None
    return Result(file, passed, int(known.get("cold") or 0), int(known.get("warm") or 0))


def tell(cold: Mapping[str, Result], warm: Mapping[str, Result]) -> bool:
    """Print both, file by file; whether a test passes with cold kernels only."""
    for file in sorted({each.file for each in cold.values()}):
        mine, theirs = ([each for each in run.values() if each.file == file]
                        for run in (warm, cold))  # fmt: skip
        print(f"  {file}: cold {sum(each.passed for each in theirs)} of {len(theirs)} "
              f"({sum(each.cold for each in theirs)} kernels), "
              f"warm {sum(each.passed for each in mine)} of {len(mine)} "
              f"({sum(each.warm for each in mine)} warm kernels, "
              f"{sum(each.cold for each in mine)} cold)")  # fmt: skip
    lost = sorted(name for name, each in cold.items()
                  if each.passed and not (name in warm and warm[name].passed))  # fmt: skip
    for name in sorted(name for name, each in cold.items() if not each.passed):
        also = "cold kernels only" if name in warm and warm[name].passed else "both"
        print(f"  fails with {also}: {name}")
    for name in lost:
        print(f"  fails with warm kernels only: {name}")
    return bool(lost)


def main(names: list[str]) -> int:
    """Run the files both ways."""
    chosen = {"": QUICK, "all": (*QUICK, *APPS)}.get(" ".join(names), names)
    worse = False
    for package in ("papermill", "nbgrader"):
        paths = [place(name) for name in chosen if name.startswith(package + ".")]
        if not paths:
            continue
        with tempfile.TemporaryDirectory() as beside:
            runs, spent = [], []
            for provisioner in ("local-provisioner", NAME):
                start = time.monotonic()
                runs.append(results(package, paths, provisioner, Path(beside, provisioner)))
                spent.append(time.monotonic() - start)
        passed = [sum(each.passed for each in run.values()) for run in runs]
        print(f"{package}: cold {passed[0]} of {len(runs[0])} pass in {spent[0]:.0f} s, "
              f"warm {passed[1]} of {len(runs[1])} in {spent[1]:.0f} s", flush=True)  # fmt: skip
        worse |= tell(*runs)
    return int(worse)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
