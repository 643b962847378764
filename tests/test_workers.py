"""Work on other machines: a real Dask cluster of two processes, one of them killed midway."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from course import cli, grading, workers
from course.errors import CourseError
from course.folder import CourseFolder
from tests import tiny
from tests.test_grading_killed import PEOPLE, assert_whole, cohort

ROOT = Path(__file__).parents[1]
pytestmark = [
    pytest.mark.slow,
    # what distributed and tornado warn of when a worker is gone is not ours
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster.scheduler_address


def end_a_worker(address: str) -> int:
    """Kill one of the worker processes, and say which."""
    from distributed import Client

    with Client(address) as client:
        process = min(client.run(os.getpid).values())
    os.kill(process, signal.SIGKILL)
    return int(process)


def test_a_worker_is_killed_and_everything_ends_once_and_right(
    tmp_path: Path, address: str
) -> None:
    folder = cohort(tmp_path)
    killed: list[int] = []

    def midway(done: int, total: int, what: str) -> None:
        if done >= 2 and not killed:
            killed.append(end_a_worker(address))

    with workers.dask(address) as executor:
        summary = grading.grade(folder, tiny.NAME, executor=executor, seconds=120, progress=midway)
    assert killed
    assert not summary.quarantined
    assert sorted(summary.graded) == [f"p{number:02}" for number in range(PEOPLE)]
    assert_whole(folder)
    with workers.dask(address) as executor:
        assert grading.grade(folder, tiny.NAME, executor=executor).graded == ()


def test_the_command_sends_its_work_there(tmp_path: Path, address: str) -> None:
    folder = tiny.course(tmp_path)
    tiny.hand_in(folder, "right", tiny.GOOD)
    assert cli.main(["grade", tiny.NAME, "--course", str(tmp_path), "--dask", address]) == 0
    with Gradebook(f"sqlite:///{CourseFolder(tmp_path).gradebook}") as book:
        assert book.find_submission(tiny.NAME, "right").score == 6


@pytest.mark.long
def test_reports_are_made_there(tmp_path: Path, address: str) -> None:
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
    for team in ("alpha", "beta"):
        shutil.copytree(ROOT / "teams" / "radioelectronics", tmp_path / "teams" / team)
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    command = ["report", "all", "--template", "cooperation", "--course", str(tmp_path)]
    assert cli.main([*command, "--dask", address]) == 0
    made = {path: path.read_bytes() for path in (tmp_path / "reports").glob("*/*.pdf")}
    assert {path.parent.name for path in made} == {"alpha", "beta"}
    assert cli.main([*command, "--dask", address]) == 0
    assert {path: path.read_bytes() for path in made} == made  # nothing changed, nothing is redone


class Gone:
    """What distributed says of a task that ended one worker after another."""

    def result(self) -> str:
        from distributed import KilledWorker

        raise KilledWorker("task", "worker", 3)


def test_a_task_that_ends_its_workers_is_given_up() -> None:
    promised: Future[str] = Future()
    workers._pass_on(Gone(), promised)
    assert promised.result() == workers.LOST


def test_nobody_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "SECONDS", 1)
    with (
        pytest.raises(CourseError, match=r"--dask: по адресу .* никто не отвечает"),
        workers.dask("tcp://127.0.0.1:9"),
    ):
        pass
