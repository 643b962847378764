"""Workers on other machines: a Dask cluster in place of this machine's processes.

What goes there and comes back is JSON text, and what runs there are functions of this package, so
every worker needs the same version of it and the course folder under the same path.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import Any

from course.errors import CourseError, Fault

SECONDS = 30  # for reaching the scheduler
LOST = json.dumps({"died": "end"})  # the reply to a task that ended worker after worker


@contextmanager
def dask(address: str) -> Iterator[Executor]:
    """The workers of the Dask scheduler at `address` (`tcp://host:8786`) as an executor.

    `CourseError` if the extra `dask` is not installed, or nobody answers there.
    """
    try:
        from distributed import Client

        connect: Any = Client  # half typed: its calls count as untyped
    except ImportError:
        raise CourseError(
            Fault("", "--dask", "нет программы связи с кластером вычислений",
                  "Установите её: pip install distributed")
        ) from None  # fmt: skip
    try:
        client = connect(address, timeout=SECONDS)
    except (OSError, ValueError) as error:
        raise CourseError(
            Fault("", "--dask", f"по адресу «{address[:100]}» никто не отвечает ({error})"[:300],
                  "Запустите планировщик: dask scheduler, затем работников: dask worker АДРЕС")
        ) from None  # fmt: skip
    with client:
        yield Workers(client)


class Workers(Executor):
    """A Dask client as an executor of tasks that take a text and give a text.

    A task whose worker dies is given to another one. One that ends several workers is given up and
    answers `LOST`, like a checking process that died here.
    """

    def __init__(self, client: Any) -> None:
        self._client = client

    def submit(  # type: ignore[override]  # of what an executor can, only what is sent here
        self, fn: Callable[[str], str], task: str, /
    ) -> Future[str]:
        """Send a task; its result comes by the future."""
        promised: Future[str] = Future()
        promised.set_running_or_notify_cancel()
        # not pure: the same text may have to be run again, for a checker that died
        sent = self._client.submit(fn, task, pure=False)
        sent.add_done_callback(lambda done: _pass_on(done, promised))
        return promised


def _pass_on(done: Any, promised: Future[str]) -> None:
    """Hand a result over, or say why there is none."""
    from distributed import KilledWorker

    try:
        promised.set_result(done.result())
    except KilledWorker:
        promised.set_result(LOST)
    except BaseException as error:  # whoever waits is to hear of it, whatever it is
        promised.set_exception(error)
