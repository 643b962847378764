"""Works from nbgrader's exchange, taken out of its `inbound` folder as if they came from an enemy.

Everybody may put anything into that folder, under any name. `nbgrader collect` copies it with the
instructor's own rights: through links into other people's works and the course, and it stops for
all at the first pipe. Here only what grading reads is copied, never through a link, within limits,
and only if the person whom the name tells owns it.
"""

from __future__ import annotations

import datetime
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.errors import CourseError, Fault, GradingError
from course.folder import GIVEN, CourseFolder
from course.grading import intake, parcel

INBOUND = "inbound"  # how nbgrader calls the folder of every exchange
EARLIER = ".earlier"
WORKS = 200_000  # in one exchange
FOREIGN = "папка названа именем участника, а положил её другой"
_TRIES = 20  # works of one person that are looked at for one that can be read
_SECRET = "submission_secret.txt"  # noqa: S105 - nbgrader hands feedback out by it
_MAKING = ".coming-"
_LATER = datetime.timedelta(hours=1)  # by which clocks and copies may differ
_NAME = re.compile(
    r"(.+)\+(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})? ?[A-Za-z0-9:+/_-]{0,60}?)"
    r"(?:\+([A-Za-z0-9_=-]{4,64}))?",
    re.DOTALL,
)
_REMEDY = "Попросите участника сдать работу заново"


@dataclass(frozen=True)
class Work:
    """A folder of the exchange by its `name`: whose, for which assignment, handed in when (UTC)."""

    name: str
    person: str
    assignment: str
    at: datetime.datetime


@dataclass(frozen=True)
class Exchange:
    """What lies in the folder `inbound` of a course, for the people `known`; all if there are none.

    `trusting` leaves out the question who owns a work: nbgrader's own setting for servers where
    all participants are one user of the system.
    """

    folder: CourseFolder
    inbound: Path
    known: frozenset[str]
    trusting: bool

    def works(self, refuse: Callable[[str, str], None]) -> list[list[Work]]:
        """The works of each person for each assignment, the last first; who is whose is told."""
        given = {path.name for path in self.folder.source.glob("*") if path.is_dir()}
        found: dict[tuple[str, str], list[Work]] = {}
        for name in parcel.names(self.inbound, WORKS):
            try:
                work = self._work(name, given)
            except GradingError as error:
                refuse(name, error.faults[0].what)
            else:
                found.setdefault((work.person, work.assignment), []).append(work)
        return [
            sorted(each, key=lambda work: (work.at, work.name), reverse=True)
            for _, each in sorted(found.items())
        ]

    def _work(self, name: str, given: set[str]) -> Work:
        match = _NAME.fullmatch(name)
        if not match:
            raise _refusal("имя папки не такое, какое даёт nbgrader submit")
        at = intake.stamp(match[2].encode("ascii", "replace"), [])
        if at is None:
            raise _refusal("время в имени папки не читается")
        whose = [
            (match[1][:each.start()], match[1][each.end() :])
            for each in re.finditer(r"\+", match[1])
            if match[1][each.end() :] in given
        ]  # fmt: skip
        if len(whose) != 1:
            raise _refusal("такого вебинара в курсе нет" if not whose else "неясно, чья работа")
        person, assignment = whose[0]
        if not GIVEN.fullmatch(person):
            raise _refusal("недопустимое имя участника")
        if self.known and person not in self.known:
            raise _refusal("такого участника нет в списке")
        return Work(name, person, assignment, at)

    def newest(
        self, works: list[Work], refuse: Callable[[str, str], None]
    ) -> tuple[Work, dict[str, bytes]] | None:
        """The last of one person's works that can be read, and its files; others are refused."""
        for work in works[:_TRIES]:
            try:
                return work, self._read(work)
            except GradingError as error:
                refuse(work.name, "; ".join(_told(fault) for fault in error.faults))
            except OSError:
                refuse(work.name, "папка не читается")
        if len(works) > _TRIES:
            refuse(works[_TRIES].name, f"остальные не смотрели: {_TRIES} работ подряд повреждены")
        return None

    def _read(self, work: Work) -> dict[str, bytes]:
        """The files of a work that grading needs; `GradingError` if it can't be trusted."""
        place = self.inbound / work.name
        books = [path.name for path in (self.folder.source / work.assignment).glob("*.ipynb")]
        limits = {parcel.ANSWERS: parcel.LIMITS[parcel.ANSWERS], _SECRET: 1024}
        handed = parcel.sent(place, {**dict.fromkeys(books, parcel.NOTEBOOK), **limits})
        if handed.refused:
            raise GradingError(handed.refused)
        if not handed.content.keys() - {_SECRET}:
            raise _refusal("в папке нет ни файла ответов, ни тетради с нужным именем")
        owners = {_user(number) for number in handed.owners}
        if not self.trusting and not owners <= {work.person, _OURSELVES}:
            others = ", ".join(sorted(owners - {work.person, _OURSELVES}))
            raise _refusal(f"{FOREIGN}: {others}")
        if work.at > self.put(work) + _LATER:
            raise _refusal("время в имени папки позже, чем она положена")
        return handed.content

    def put(self, work: Work) -> datetime.datetime:
        """When the folder of a work was last changed, by the system's clock; UTC without a zone."""
        changed = (self.inbound / work.name).lstat().st_ctime
        return datetime.datetime.fromtimestamp(changed, datetime.UTC).replace(tzinfo=None)

    def doubt(self, work: Work) -> str:
        """What an instructor should ask about a work that was taken; empty if nothing."""
        days = (self.put(work) - work.at - _LATER).days
        return f"время в имени на {days} сут. раньше, чем папка положена" if days >= 1 else ""


_OURSELVES = ""  # whoever takes the works: what the instructor put there is the instructor's matter


def _user(number: int) -> str:
    """What the system calls a user."""
    if sys.platform == "win32":
        return _OURSELVES
    import os
    import pwd

    if number == os.getuid():
        return _OURSELVES
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"№ {number}"


def exchange(folder: CourseFolder, inbound: Path, known: frozenset[str]) -> Exchange:
    """The exchange whose works lie in `inbound`, with the course's own setting about owners."""
    from course.grading.opening import config  # nbgrader's imports take a second: mail needs none

    asked: Mapping[str, Any] = config(folder).get("ExchangeCollect", {})
    return Exchange(folder, inbound, known, asked.get("check_owner", True) is False)


def put(folder: CourseFolder, work: Work, content: Mapping[str, bytes]) -> bool:
    """Put a work in its place in `submitted/`, whole, unless a newer one or itself is there.

    What it replaces is kept beside. `GradingError` if something else stands there.
    """
    person = folder.submitted / work.person
    place, kept = person / work.assignment, person / EARLIER / work.assignment
    for each in (person, place, kept.parent, kept):
        if each.is_symlink() or (each.exists() and not each.is_dir()):
            raise _refusal("в submitted/ на этом месте ссылка или файл")
    before = _before(folder, work, content)
    if before is not None:
        moment = intake.stamp(before.get(parcel.STAMP), [])
        same = all(before.get(name) == held for name, held in content.items())
        if moment and (moment > work.at or (moment == work.at and same)):
            return False
    person.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=person, prefix=_MAKING))
    coming = beside / "new"  # open to whom the system's settings say, unlike the one around it
    try:
        coming.mkdir()
        stamp = f"{work.at:%Y-%m-%d %H:%M:%S.%f} UTC"
        for name, held in {**content, parcel.STAMP: stamp.encode()}.items():
            (coming / name).write_bytes(held)
        if place.exists():
            kept.mkdir(parents=True, exist_ok=True)
            place.rename(next(each for each in _names(kept) if not each.exists()))
        coming.rename(place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return True


def _before(
    folder: CourseFolder, work: Work, content: Mapping[str, bytes]
) -> Mapping[str, bytes] | None:
    """The files that stand in the place of a work; nothing if none does, or none can be read."""
    limits = {**dict.fromkeys(content, parcel.NOTEBOOK), **parcel.LIMITS}
    try:
        return parcel.sent(folder.submitted / work.person / work.assignment, limits).content
    except CourseError:
        return None


def _names(kept: Path) -> Iterator[Path]:
    """Names for what is kept: the first, the second …"""
    number = 1
    while True:
        yield kept / str(number)
        number += 1


def _told(fault: Fault) -> str:
    return f"{fault.file}: {fault.what}" if fault.file.endswith((".json", ".ipynb")) else fault.what


def _refusal(what: str) -> GradingError:
    return GradingError(Fault("", "", what, _REMEDY))
