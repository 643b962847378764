"""Letters: the files of a folder or of a zip, as they came by e-mail, with any names.

Nothing is unpacked: members of a zip are read within limits, one at a time; links are not followed.
"""

from __future__ import annotations

import datetime
import os
import re
import stat
import struct
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from course.errors import Fault, GradingError
from course.files import MEBIBYTE, PACKED, below
from course.grading.intake import ZONE

FILES = 10_000
_LIMIT = 4 * MEBIBYTE
_TOTAL = 256 * MEBIBYTE
_NEVER = datetime.datetime.min.replace(tzinfo=datetime.UTC)
_SYSTEM = re.compile(  # what systems and offices leave beside people's files
    r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$|\.~lock\.)", re.IGNORECASE
)


@dataclass(frozen=True)
class Letter:
    """A file that came: its `path` as sent, when it was made, its bytes or why there are none."""

    path: str
    at: datetime.datetime
    content: bytes = b""
    fault: str = ""
    unpacked: int = 0  # bytes that had to be unpacked to see that it is too large

    @property
    def cost(self) -> int:
        """How much of what may be read at once it has used up."""
        return max(len(self.content), self.unpacked)


def opened(source: Path) -> list[Letter]:
    """All files of a folder or a zip, but for what systems leave there."""
    came = _zip(source) if source.is_file() else _folder(source)
    return _bounded(source, (letter for letter in came if not _SYSTEM.search(letter.path)))


def _bounded(source: Path, letters: Iterable[Letter]) -> list[Letter]:
    """All that came; `GradingError` if it is more than any memory should hold."""
    found: list[Letter] = []
    left = _TOTAL
    for letter in letters:
        left -= letter.cost
        if left < 0:
            raise GradingError(
                Fault(source.name, "", "прислано больше 256 МБ ответов", "Разделите их")
            )
        found.append(letter)
    return found


def _folder(source: Path) -> Iterator[Letter]:
    """The regular files below a folder; links are not followed."""
    if not source.is_dir():
        raise GradingError(Fault(source.name, "", "нет такой папки или такого файла"))
    number = 0
    for path in below(source):
        name = path.relative_to(source).as_posix()
        try:
            status = path.lstat()
            at = datetime.datetime.fromtimestamp(status.st_mtime, datetime.UTC)
        except (OSError, ValueError, OverflowError):  # a path too long, a year beyond all
            yield Letter(name, _NEVER, fault="файл не читается")
            continue
        if stat.S_ISDIR(status.st_mode):
            if not os.access(path, os.R_OK | os.X_OK):
                yield Letter(name, at, fault="папка не открывается")
            continue
        number += 1
        if number > FILES:
            raise GradingError(Fault(source.name, "", f"файлов больше {FILES}", "Разделите их"))
        if not stat.S_ISREG(status.st_mode):
            yield Letter(name, at, fault="не обычный файл")
        elif status.st_size > _LIMIT:
            yield Letter(name, at, fault="файл больше 4 МБ")
        else:
            yield _letter(path, name, at)


def _letter(path: Path, name: str, at: datetime.datetime) -> Letter:
    try:
        with path.open("rb") as stream:
            content = stream.read(_LIMIT + 1)
    except OSError:
        return Letter(name, at, fault="файл не читается")
    if len(content) > _LIMIT:  # it has grown meanwhile
        return Letter(name, at, fault="файл больше 4 МБ")
    return Letter(name, at, content)


def _zip(source: Path) -> Iterator[Letter]:
    """The members of a zip, read within limits whatever their heads say."""
    try:
        with zipfile.ZipFile(source) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if len(members) > FILES:
                raise GradingError(Fault(source.name, "", f"файлов больше {FILES}", "Разделите их"))
            for member in members:
                yield _member(archive, member)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, struct.error,
            NotImplementedError, RuntimeError):  # fmt: skip
        raise GradingError(Fault(source.name, "", "это не архив zip или он повреждён")) from None


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Letter:
    try:  # a zip keeps local time without a zone
        at = datetime.datetime(*member.date_time, tzinfo=ZONE).astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        at = _NEVER
    name = member.filename
    if member.flag_bits & 1:
        return Letter(name, at, fault="файл в архиве закрыт паролем")
    if stat.S_ISLNK(member.external_attr >> 16):
        return Letter(name, at, fault="не обычный файл")
    if member.compress_type not in PACKED:  # a kilobyte of such may be gigabytes
        return Letter(name, at, fault="файл сжат необычным способом: соберите архив обычным zip")
    try:
        with archive.open(member) as stream:
            content = stream.read(_LIMIT + 1)
    except Exception:  # zipfile and its decompressors raise what they like on damaged members
        return Letter(name, at, fault="файл в архиве повреждён")
    if len(content) > _LIMIT:  # a bomb costs the time that it takes, though nothing of it is kept
        return Letter(name, at, fault="файл больше 4 МБ", unpacked=_LIMIT)
    return Letter(name, at, content)
