"""Conversations with a process: whoever waits for a reply always hears how it ended."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from course.sandbox import crew, talk


@pytest.mark.skipif(sys.platform == "win32", reason="нужна программа sleep")
def test_who_waits_hears_the_end_when_another_thread_closes(tmp_path: Path) -> None:
    for _ in range(60):  # the end was lost in one of ten
        sleeper = talk.started(["sleep", "60"], str(tmp_path), {"PATH": "/usr/bin:/bin"})
        threading.Timer(0.01, sleeper.close).start()
        with pytest.raises(crew.CheckerDiedError, match="end"):
            sleeper.ask({}, 5)
