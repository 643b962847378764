"""A program that makes processes without end is over in seconds, at every level of the sandbox."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from course.sandbox import crew, landlock, levels, pen, seating, warm, watch
from tests import killing

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="программы выполняются только в Linux"),
    pytest.mark.slow,
]
SECONDS = 10.0
BOMBS = {
    "all": "import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass",
    # whoever forks ends: nobody lives long enough to be looked at twice
    "comets": "import os, time\nfor _ in range(50):\n    if os.fork() == 0:\n        break\nelse:\n"
    "    time.sleep(600)\nwhile True:\n    try:\n        if os.fork():\n            os._exit(0)\n"
    "    except OSError:\n        pass",
}


@pytest.fixture(autouse=True)
def _dismissed() -> Iterator[None]:
    yield
    crew.dismiss()


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("way", [
    pytest.param("forked", marks=pytest.mark.sandbox),
    pytest.param("started", marks=pytest.mark.sandbox),
    "reduced",
])  # fmt: skip
def test_a_fork_bomb_is_over_in_seconds(
    way: str, bomb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way == "reduced" and landlock.edition() < landlock.ABI:
        pytest.skip("в этом ядре нет Landlock версии 6")

    def refuse(*_: object) -> None:
        raise warm.ColdError("asked for")

    if way == "started":
        monkeypatch.setattr(warm, "child", refuse)
    level = levels.REDUCED if way == "reduced" else levels.FULL
    answers = tmp_path / "answers.json"
    answers.write_text("{}", "ascii")
    seat = seating.Room(level, str(tmp_path), {}, str(answers), 60).seat()
    assert seat.ask({"run": "print(1)"}, 60)["fine"]
    held, eye = pen.Pen(seat.pid), watch.Watch(seat)
    first = (seat.pid, killing.birth(seat.pid))
    start = time.monotonic()
    with pytest.raises(crew.CheckerDiedError, match="end"):
        seat.ask({"run": BOMBS[bomb]}, 60)
    eye.stop()
    seat.close()
    held.close()
    took = time.monotonic() - start
    assert took < SECONDS * max(1.0, os.getloadavg()[0] / 4)  # its own processes among them
    killing.ended({first})
