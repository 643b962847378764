"""Where the grader is the superuser, a control group holds a program, or nothing does."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from course.sandbox import pen

FORKS = """import os, time
input()
made = 0
for _ in range(40):
    try:
        if not os.fork():
            time.sleep(60)
        made += 1
    except OSError:
        pass
print(made, flush=True)
time.sleep(60)"""


@pytest.fixture
def program() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", FORKS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip


def made(program: subprocess.Popen[str]) -> int:
    """How many processes it could start."""
    assert program.stdin
    assert program.stdout
    program.stdin.write("\n")
    program.stdin.flush()
    found = int(program.stdout.readline())
    os.killpg(program.pid, 9)
    program.wait()
    program.stdin.close()
    program.stdout.close()
    return found


def groups() -> set[Path]:
    found = set()
    for mount in pen._MOUNTS:
        with contextlib.suppress(OSError):
            found |= set(pen._around(mount).glob("proclusters-*"))
    return found


def test_no_more_than_allowed(program: subprocess.Popen[str]) -> None:
    before = groups()
    held = pen.Pen(program.pid, 10)
    if not held.holds:
        made(program)
        pytest.skip("здесь нельзя завести контрольную группу")
    assert len(groups() - before) == 1
    assert made(program) == 9
    held.close()
    held.close()
    assert not groups() - before


def test_what_was_started_before_counts_too() -> None:
    words = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"
    outer = subprocess.Popen(
        [sys.executable, "-c", words, FORKS], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, start_new_session=True,
    )  # fmt: skip
    time.sleep(0.5)
    held = pen.Pen(outer.pid, 10)
    found = made(outer)
    held.close()
    if not held.holds:
        pytest.skip("здесь нельзя завести контрольную группу")
    assert found == 8


def test_only_for_the_superuser(
    program: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pen, "_superuser", lambda: False)
    held = pen.Pen(program.pid, 10)
    assert not held.holds
    assert made(program) == 40
    held.close()


def test_a_system_that_allows_none_is_left_as_it_is(
    program: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pids").mkdir()
    monkeypatch.setattr(pen, "_MOUNTS", (tmp_path / "pids", tmp_path / "none"))
    monkeypatch.setattr(pen, "_superuser", lambda: True)
    held = pen.Pen(program.pid, 10)
    assert not held.holds
    assert made(program) == 40
    assert not list((tmp_path / "pids").iterdir())


def test_groups_of_killed_graders_go(program: subprocess.Popen[str]) -> None:
    held = pen.Pen(program.pid, 100)
    pen.sweep()
    assert not held.holds or held._place in groups()  # its process lives
    made(program)
    time.sleep(0.1)
    pen.sweep()
    assert not held.holds or held._place not in groups()
