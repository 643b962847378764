"""What one person handed in for one assignment, read as if it came from an enemy.

Only regular files with one name are opened, never through a link, never more than the limits.
Nothing is read that grading does not need: the answer file, nbgrader's time stamp, and the notebook
where it holds answers. Everything else in the folder is counted and left alone.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import json
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.errors import Fault, GradingError
from course.files import MEBIBYTE

ENTRIES = 2_000  # more names than this in a folder is no submission
ANSWERS = "answers.json"
STAMP = "timestamp.txt"
LIMITS = {ANSWERS: 4 * MEBIBYTE, STAMP: 1024}
NOTEBOOK = 20 * MEBIBYTE
CELLS = 5_000  # in one notebook
CONTAINERS = 2_000_000  # lists and objects in one notebook
# Windows opens no folder: there a link could be put in a file's place while it is looked at, but
# nobody else writes to the instructor's own folder
_HANDLES = os.scandir in os.supports_fd and hasattr(os, "O_NOFOLLOW")
_Place = int | Path  # a folder's handle, or its path where there are no handles


_SPECIAL, _NO_FOLDER = "вместо файла ссылка или особый файл", "вместо папки ссылка или файл"
_RIGHTS = "Проверьте права или попросите участника сдать работу заново"


@dataclass(frozen=True)
class Parcel:
    """The files that grading needs: `content` by name, all `names`, what was `refused` and why.

    `owners` are the numbers of the users whose files they are, the folder's among them.
    """

    content: dict[str, bytes]
    names: frozenset[str]
    refused: tuple[Fault, ...]
    owners: frozenset[int] = frozenset()


def names(folder: Path, limit: int = ENTRIES) -> list[str]:
    """The names in `folder`, sorted; nothing if it is not there.

    `GradingError` if it is a link, or holds more than `limit` names.
    """
    with _opened(folder) as handle:
        if handle is None:
            return []
        found: list[str] = []
        with os.scandir(handle) as entries:
            for entry in entries:
                found.append(entry.name)
                if len(found) > limit:
                    raise _refusal(folder, f"в папке больше {limit} файлов", "Уберите лишнее")
        return sorted(found)


def opened(root: Path, person: str, assignment: str, notebooks: Iterable[str] | None) -> Parcel:
    """The parcel in `root`/`person`/`assignment`; `GradingError` if its answers cannot be trusted.

    `notebooks` are the names of the notebooks to read; without them all stay closed.
    """
    folder = root / person / assignment
    with _opened(root / person) as above:
        if above is None:
            raise _refusal(folder, "папки участника нет")
        with _opened(folder, above) as handle:
            if handle is None:
                raise _refusal(folder, "папки с работой нет")
            return _read(folder, handle, {**dict.fromkeys(notebooks or (), NOTEBOOK), **LIMITS})


def sent(folder: Path, limits: dict[str, int]) -> Parcel:
    """The files named in `limits` of a folder that anybody may have made; sizes in bytes.

    `GradingError` if it is no plain folder, or if its answers cannot be trusted.
    """
    with _opened(folder) as handle:
        if handle is None:
            raise _refusal(folder, "папки с работой нет")
        return _read(folder, handle, limits)


def _read(folder: Path, handle: _Place, limits: dict[str, int]) -> Parcel:
    content: dict[str, bytes] = {}
    found: set[str] = set()
    refused: list[Fault] = []
    owners = {os.stat(handle).st_uid}  # noqa: PTH116 - by its handle
    with os.scandir(handle) as entries:
        for entry in entries:
            found.add(entry.name)
            if len(found) > ENTRIES:
                raise _refusal(folder, f"в папке больше {ENTRIES} файлов", "Уберите лишнее")
            if entry.name not in limits:
                continue
            try:
                held, owner = _file(folder, handle, entry.name, limits[entry.name])
                content[entry.name] = held
                owners.add(owner)
            except GradingError as error:
                if entry.name == ANSWERS:
                    raise
                refused += error.faults
    return Parcel(content, frozenset(found), tuple(refused), frozenset(owners))


def _file(folder: Path, handle: _Place, name: str, limit: int) -> tuple[bytes, int]:
    """The content of a regular file with one name, of at most `limit` bytes; and its owner."""
    file = _descriptor(folder, handle, name)
    status = os.fstat(file)
    if not stat.S_ISREG(status.st_mode):
        os.close(file)
        raise _refusal(folder / name, _SPECIAL)
    with os.fdopen(file, "rb", buffering=0) as stream:
        if status.st_nlink != 1:
            raise _refusal(folder / name, "у файла несколько имён (жёсткая ссылка)")
        if status.st_size > limit:
            raise _refusal(folder / name, f"файл больше {_size(limit)}", "Сохраните тетрадь заново")
        content = bytearray()
        while len(content) <= limit and (piece := stream.read(limit + 1 - len(content))):
            content += piece
        if len(content) > limit:
            raise _refusal(folder / name, f"файл больше {_size(limit)}", "Сохраните тетрадь заново")
        return bytes(content), status.st_uid


def _descriptor(folder: Path, handle: _Place, name: str) -> int:
    """What was opened for reading by its own name: no link, and nothing that one waits for."""
    try:
        if isinstance(handle, int):
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            return os.open(name, flags, dir_fd=handle)
        path = handle / name
        if not stat.S_ISREG(path.lstat().st_mode):
            raise _refusal(path, _SPECIAL)
        return os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except PermissionError:
        raise _refusal(folder / name, "нет права прочитать файл", _RIGHTS) from None
    except OSError:  # a link, a socket
        raise _refusal(folder / name, _SPECIAL) from None


def cells(content: bytes) -> list[Any]:
    """The cells of a notebook that was handed in, each of whatever it is made of.

    `ValueError`, `KeyError`, `TypeError` or `RecursionError` if it has none, or too many.
    """
    if content.count(b"[") + content.count(b"{") > CONTAINERS:
        raise ValueError("no notebook")
    collecting = gc.isenabled()
    gc.disable()  # it would look through millions of new lists again and again: 17 s in place of 2
    try:
        found = json.loads(content.decode("utf-8-sig"))["cells"]
    finally:
        if collecting:
            gc.enable()
    if not isinstance(found, list) or len(found) > CELLS:
        raise ValueError("no notebook")
    return found


@contextlib.contextmanager
def _opened(folder: Path, above: _Place | None = None) -> Iterator[_Place | None]:
    """A handle of `folder`, never through a link; nothing if there is no such folder."""
    if not _HANDLES:
        yield _plain(folder)
        return
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        handle = (
            os.open(folder.name, flags, dir_fd=above)
            if isinstance(above, int)
            else os.open(folder, flags)
        )
    except FileNotFoundError:
        yield None
        return
    except PermissionError:
        raise _refusal(folder, "нет права открыть папку", _RIGHTS) from None
    except OSError as error:
        if error.errno in (errno.EMFILE, errno.ENFILE):
            raise
        raise _refusal(folder, _NO_FOLDER) from None
    try:
        yield handle
    finally:
        os.close(handle)


def _plain(folder: Path) -> Path | None:
    """A folder that is no link, where folders can't be opened; nothing if it is not there."""
    try:
        status = folder.lstat()
    except FileNotFoundError:
        return None
    joined = getattr(status, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_REPARSE_POINT
    if stat.S_ISDIR(status.st_mode) and not joined:
        return folder
    raise _refusal(folder, _NO_FOLDER)


def _size(limit: int) -> str:
    return f"{limit // MEBIBYTE} МБ" if limit >= MEBIBYTE else f"{limit} байт"


def _refusal(path: Path, what: str, remedy: str = "Попросите участника сдать работу заново") -> (
    GradingError
):  # fmt: skip
    return GradingError(Fault(path.name, "", what, remedy))
