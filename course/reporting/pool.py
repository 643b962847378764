"""The processes that make reports, and the one zygote that forks the kernels of all of them.

Two things are imported side by side, each once: what a report is run and written with, in the
server that the workers are forked from, and what templates compute and draw with, in the zygote.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from multiprocessing import get_all_start_methods, get_context

from course.kernels import mothers
from course.reporting import kernel

_SERVER = "course.reporting.server"
_MODELS = ("course.reporting.workbook", "course.finance.workbook")
_CHOICE = "JUPYTER_DEFAULT_PROVISIONER_NAME"  # Jupyter's variable


@contextmanager
def pool(text: str, workers: int, new: int) -> Iterator[Executor]:
    """`workers` processes for reports by the template `text`, `new` of them never made before.

    Where each was made once, all may be unchanged: then a worker gets a zygote of its own when it
    needs one, and none is prepared that nobody would ask.
    """
    asked = {_CHOICE: mothers.NAME, mothers.ASKED: ",".join(kernel.ahead(text))}
    environment = {**kernel.environment(""), **asked}
    method = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
    context = get_context(method)
    context.set_forkserver_preload([*(_MODELS if kernel.computes(text) else ()), _SERVER])
    lent = mothers.lend(kernel.PYTHON, environment) if new else nullcontext()
    with (
        lent as door,
        ProcessPoolExecutor(workers, context, _ready, (asked, door)) as executor,
    ):
        yield executor


def _ready(asked: dict[str, str], door: mothers.Door | None) -> None:
    """Have a worker fork the kernels of its reports."""
    os.environ.update(asked)
    if door is not None:
        mothers.join(door)
