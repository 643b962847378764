"""The option that sends work to other machines."""

from __future__ import annotations

import argparse
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext

from course.cli.screen import _


def add_elsewhere(command: argparse.ArgumentParser) -> None:
    """Add the option to a command."""
    command.add_argument(
        "--dask", metavar=_("АДРЕС"), help=_("раздать работу кластеру Dask по этому адресу")
    )


def elsewhere(address: str | None) -> AbstractContextManager[Executor | None]:
    """The workers that were asked for; none where this machine is to do it itself."""
    if address is None:
        return nullcontext()
    from course import workers

    return workers.dask(address)
