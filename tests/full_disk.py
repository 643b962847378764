"""Grading on a small disk: `unshare -Urm python -m tests.full_disk PLACE ROOM own|temporary`.

Mounts a file system that has ROOM kilobytes left beside the course, grades until it is full, makes
it larger, and grades again. What it found is printed as JSON; what must hold is asserted here.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from course.errors import GradingError
from course.grading import shelf
from course.grading.batch import grade
from tests import killing

PEOPLE = 6


def main() -> None:
    place, room, temporary = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "temporary"
    mount(place, "size=64m")
    cohort = killing.forms(place / "course", PEOPLE)
    if temporary:  # the system's own temporary place is full as well
        tempfile.tempdir = str(place)
    mount(place, f"remount,size={used(place) + room}k")
    state, refusals = killing.looked(cohort), []
    untouched = read_only(cohort, place)
    try:
        grade(cohort.folder, cohort.name)
    except GradingError as error:
        refusals.append(str(error))
    state = killing.sound(cohort, state)
    kept = [each for each in cohort.people if shelf.outcome(cohort.folder, each, cohort.name)]
    for path in cohort.folder.root.rglob("*.json"):
        json.loads(path.read_bytes())
    mount(place, "remount,size=64m")
    again = grade(cohort.folder, cohort.name)
    killing.whole(cohort)
    assert set(kept) <= set(again.unchanged)
    cohort.again(random.Random(1), 2)
    untouched += read_only(cohort, place)
    grade(cohort.folder, cohort.name)
    killing.whole(cohort)
    left = [path.name for path in place.iterdir() if path.name != "course"]
    print(
        json.dumps({"refusals": refusals, "untouched": untouched, "kept": len(kept), "left": left})
    )


def read_only(cohort: killing.Cohort, place: Path) -> list[str]:
    """What grading says where nothing at all can be written, for which nothing changes."""
    before = killing.looked(cohort)
    mount(place, "remount,ro")
    try:
        grade(cohort.folder, cohort.name)
    except GradingError as error:
        return [str(error)]
    finally:
        mount(place, "remount,rw")
        assert killing.looked(cohort) == before
    return []


def used(place: Path) -> int:
    """Kilobytes in use."""
    found = os.statvfs(place)
    return (found.f_blocks - found.f_bfree) * found.f_frsize // 1024


def mount(place: Path, words: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", words, "tmpfs", str(place)], check=True)


if __name__ == "__main__":
    main()
