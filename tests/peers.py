"""nbgrader's and papermill's own tests, from their wheels, with a cold kernel and with a warm one.

    python -m tests.peers                     all that their wheels bring and that starts a kernel
    python -m tests.peers papermill.execute   one file: tests/test_execute.py of papermill

Prints how many pass each way; ends with 1 if a test passes with cold kernels and fails with warm.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

from course.kernels.warm import NAME

FILES = (
    "papermill.execute", "papermill.engines", "papermill.clientwrap", "papermill.parameterize",
    "papermill.cli", "nbgrader.preprocessors", "nbgrader.validator",
    "nbgrader.apps/nbgrader_autograde", "nbgrader.apps/nbgrader_validate",
    "nbgrader.apps/nbgrader_generate_feedback",
)  # fmt: skip


def place(name: str) -> str:
    """The path of a test file, or of a folder of them, below the installed packages."""
    package, _, rest = name.partition(".")
    folder, _, stem = rest.rpartition("/")
    spec = importlib.util.find_spec(package)
    assert spec
    assert spec.origin
    tests = Path(spec.origin).parent / "tests"
    whole = tests / rest
    return str(whole if whole.is_dir() else tests / folder / f"test_{stem}.py")


def results(paths: list[str], provisioner: str, home: Path) -> dict[str, bool]:
    """Which tests pass with a kernel provisioner; skipped ones are left out."""
    home.mkdir()
    report = home / "report.xml"
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "USER": os.environ.get("USER", "root"), "HOME": str(home),
                   "PATH": path, "JUPYTER_DEFAULT_PROVISIONER_NAME": provisioner}  # fmt: skip
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir", str(home),
         "-p", "no:cacheprovider", "-p", "no:warnings", f"--junitxml={report}", *paths],
        cwd=Path(paths[0]).parents[2], env=environment, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    return {
        f"{case.get('classname')}.{case.get('name')}": case.find("failure") is None
        and case.find("error") is None
        for case in ET.parse(report).iter("testcase")
        if case.find("skipped") is None
    }


def main(names: list[str]) -> int:
    """Run the files both ways."""
    worse = 0
    for package in ("papermill", "nbgrader"):
        paths = [place(name) for name in names or FILES if name.startswith(package + ".")]
        if not paths:
            continue
        with tempfile.TemporaryDirectory() as beside:
            cold = results(paths, "local-provisioner", Path(beside, "cold"))
            warm = results(paths, NAME, Path(beside, "warm"))
        lost = sorted(name for name, passed in cold.items() if passed and not warm.get(name))
        print(f"{package}: cold {sum(cold.values())} of {len(cold)} pass, "
              f"warm {sum(warm.values())} of {len(warm)}", flush=True)  # fmt: skip
        for name in sorted(name for name, passed in cold.items() if not passed):
            print(f"  fails with cold kernels already: {name}")
        for name in lost:
            print(f"  fails with warm kernels only: {name}")
        worse |= bool(lost)
    return worse


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
