"""Folders in which checks and programs work, and what killed runs left of them.

A folder is held by a lock that ends with the process that made it, however that ends. So a later
run can tell what nobody uses any more from what another run works in just now.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType

from course.errors import Fault, GradingError
from course.files import remove

if sys.platform != "win32":
    import fcntl

_NAME = "proclusters-run-"
_MAKING = f".{_NAME}"  # not locked yet
_OLD = 24 * 60 * 60  # seconds after which nobody makes it any more, or works where no locks are


def copy(files: Mapping[str, str], place: Path) -> None:
    """Copy `files` (name there: path here) into the folder `place`."""
    for name, path in files.items():
        target = place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


class Folder:
    """An empty folder of this process in the system's temporary place, open to nobody else."""

    def __init__(self) -> None:
        try:
            made = Path(tempfile.mkdtemp(prefix=_MAKING))
            self._lock = _locked(made)
            self._path = made.with_name(made.name.removeprefix("."))
            made.rename(self._path)
        except OSError as error:
            raise GradingError(
                Fault("", "", f"временная папка не создаётся ({error.strerror})",
                      "Проверьте место на диске и права или укажите другое место: TMPDIR=ПАПКА")
            ) from None  # fmt: skip

    @property
    def name(self) -> str:
        """Its path."""
        return str(self._path)

    def cleanup(self) -> None:
        """Remove it with all that is in it."""
        with contextlib.suppress(OSError):
            remove(self._path)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> str:
        return self.name

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.cleanup()


def sweep() -> None:
    """Remove what killed runs of this user left; what a live process holds stays."""
    for path in list(_left()):
        with contextlib.suppress(OSError):
            held = _locked(path)
            if held is not None or time.time() - path.stat().st_mtime > _OLD:
                with contextlib.suppress(OSError):
                    remove(path)
            if held is not None:
                os.close(held)


def _left() -> Iterator[Path]:
    """Folders of runs, live or not; never a link, and never another user's."""
    for path in Path(tempfile.gettempdir()).iterdir():
        if path.name.startswith((_NAME, _MAKING)):
            with contextlib.suppress(OSError):
                found = path.lstat()
                ours = not hasattr(os, "getuid") or found.st_uid == os.getuid()
                fresh = path.name.startswith(_MAKING) and time.time() - found.st_mtime <= _OLD
                if stat.S_ISDIR(found.st_mode) and ours and not fresh:
                    yield path


def _locked(path: Path) -> int | None:
    """A handle that holds a folder until this process ends; nothing where there are no locks.

    `BlockingIOError` if another process holds it.
    """
    if sys.platform == "win32":
        return None
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise
    except OSError:  # a file system without locks
        os.close(handle)
        return None
    return handle
