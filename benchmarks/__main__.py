"""Run every benchmark, one after another, each in a process of its own: `python -m benchmarks`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """The worst exit code of all benchmarks; timings never fail, errors do."""
    worst = 0
    for path in sorted(HERE.glob("[a-z]*.py")):
        print(f"== {path.stem}", flush=True)
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{path.stem}"], cwd=HERE.parent)
        worst = max(worst, abs(done.returncode))
    return worst


if __name__ == "__main__":
    sys.exit(main())
