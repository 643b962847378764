"""Answers that came by e-mail: a folder or a zip of files with any names, put into `submitted/`.

An answer file says itself which webinar it belongs to; whose it is stands in its token, or else in
its path: the id of one person of the roster. The latest counts, earlier ones are kept beside.
Nothing is unpacked: members of a zip are read within limits, one at a time, and only answer files
are taken.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import re
import stat
import struct
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from course.errors import CourseError, Fault, GradingError
from course.files import MEBIBYTE, parse_json, write_bytes, write_text
from course.folder import NAME, CourseFolder
from course.grading.intake import ZONE
from course.people import tokens
from course.people.roster import roster
from course.plain import line
from course.progress import Progress, silent
from course.wording import count

FILES = 10_000
_LIMIT = 4 * MEBIBYTE
_TOTAL = 256 * MEBIBYTE
EARLIER = ".earlier"
_NOBODY = "в файле нет кода участника, в пути нет id участника из списка"
_SYSTEM = re.compile(  # what systems and offices leave beside people's files
    r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$|\.~lock\.)", re.IGNORECASE
)
_KINDS = {
    ".zip": "архив внутри присланного: распакуйте его",
    ".rar": "архив внутри присланного: распакуйте его",
    ".7z": "архив внутри присланного: распакуйте его",
    ".ipynb": "это тетрадь, а нужен файл ответов answers.json, он лежит рядом с ней",
}


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


@dataclass(frozen=True)
class Delivery:
    """What came: `taken` as (person, assignment), `known` already, `refused` as (path, reason)."""

    taken: tuple[tuple[str, str], ...]
    known: int
    refused: tuple[tuple[str, str], ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The delivery as Russian lines for the terminal."""
        files = count(len(self.taken), "файл ответов", "файла ответов", "файлов ответов")
        told = [f"Принято: {files}."]
        works = Counter(assignment for _, assignment in self.taken)
        told += [f"  {name}: {amount}" for name, amount in sorted(works.items())]
        if self.known:
            told.append(f"Уже приняты раньше: {self.known}.")
        if self.refused:
            told.append(f"Не приняты: {len(self.refused)}.")
        told += [f"  {line(path, 120)}: {reason}." for path, reason in self.refused]
        if any(reason == _NOBODY for _, reason in self.refused):
            told.append("Положите такой файл в папку с id участника из roster.csv и повторите.")
        if not (self.taken or self.known or self.refused):
            told.append("В том, что вы указали, нет ни одного файла.")
        if self.taken:
            told.append("Дальше: proclusters grade.")
        return tuple(told)


def collect(folder: CourseFolder, source: Path, progress: Progress = silent) -> Delivery:
    """Put the answer files of a folder or a zip into `submitted/`; may be called many times."""
    came = _zip(source) if source.is_file() else _folder(source)
    letters = _bounded(source, (letter for letter in came if not _SYSTEM.search(letter.path)))
    people = set(roster(folder))
    secret = tokens.key(folder)
    taken: list[tuple[str, str]] = []
    refused: list[tuple[str, str]] = []
    known = 0
    for done, letter in enumerate(sorted(letters, key=lambda each: each.at)):
        progress(done, len(letters), line(PurePosixPath(letter.path).name, 60))
        try:
            person, assignment = _addressed(folder, letter, people, secret)
            if _put(folder, letter, person, assignment):
                taken.append((person, assignment))
            else:
                known += 1
        except CourseError as error:
            refused.append((letter.path, error.faults[0].what))
        except OSError:  # a file where the person's folder must be, or no right to it
            refused.append((letter.path, "в submitted/ на этом месте файл, или нет прав"))
    progress(len(letters), len(letters), "")
    return Delivery(tuple(taken), known, tuple(refused))


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


def _addressed(
    folder: CourseFolder, letter: Letter, people: set[str], secret: bytes | None
) -> tuple[str, str]:
    """Whose answers these are, and to which webinar; `GradingError` if that can't be told."""
    if letter.fault:
        raise _refusal(letter.fault)
    kind = PurePosixPath(letter.path).suffix.casefold()
    if kind in _KINDS:
        raise _refusal(_KINDS[kind])
    try:
        data = parse_json(letter.content.decode("utf-8-sig"), "answers.json")
    except UnicodeDecodeError:
        raise _refusal("это не файл ответов") from None
    assignment = data.get("assignment") if isinstance(data, dict) else None
    if not isinstance(assignment, str) or "answers" not in data:
        raise _refusal("это не файл ответов")
    if not NAME.fullmatch(assignment) or not (folder.source / assignment).is_dir():
        raise _refusal("такого вебинара в курсе нет")
    return tokens.owner(secret, data.get("token")) or _person(letter.path, people), assignment


def _person(path: str, people: set[str]) -> str:
    """The one person whose id stands in the path as a word of its own."""
    if not people:
        first = PurePosixPath(path).parts[0] if "/" in path else ""
        if NAME.fullmatch(first):
            return first
        raise _refusal("неясно, чей это файл: положите его в папку с id участника")
    found = {
        person
        for person in people
        if re.search(rf"(?<![a-zA-Z0-9]){re.escape(person)}(?![a-zA-Z0-9])", path)
    }
    # «petrova-2» holds «petrova» as a word too: the longer id is meant
    whole = {each for each in found if not any(each != other and each in other for other in found)}
    if len(whole) != 1:
        raise _refusal(
            _NOBODY if not whole else
            f"в пути несколько участников: {', '.join(sorted(whole))}"
        )  # fmt: skip
    return whole.pop()


def _put(folder: CourseFolder, letter: Letter, person: str, assignment: str) -> bool:
    """Put an answer file in its place unless it is there; a file it replaces is kept."""
    place = folder.submitted / person / assignment
    kept = folder.submitted / person / EARLIER / assignment
    for each in (folder.submitted / person, place, kept.parent, kept):
        if each.is_symlink():
            raise _refusal("папка участника — ссылка")
    target = place / "answers.json"
    if (kept / _mark(letter.content)).exists():
        return False
    if target.is_symlink() or (target.exists() and not target.is_file()):
        raise _refusal("на месте файла ответов ссылка или папка")
    if target.exists():
        before = target.read_bytes()
        if before == letter.content:
            return False
        write_bytes(kept / _mark(before), before)
        if _time(place) > letter.at:  # what is there is newer
            write_bytes(kept / _mark(letter.content), letter.content)
            return True
    write_bytes(target, letter.content)
    write_text(place / "timestamp.txt", f"{letter.at:%Y-%m-%d %H:%M:%S} UTC\n")
    return True


def _time(place: Path) -> datetime.datetime:
    """When the work that lies there was handed in; long ago if that is not known."""
    try:
        text = (place / "timestamp.txt").read_text("ascii").strip().removesuffix(" UTC")
        return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)
    except (OSError, ValueError):
        return datetime.datetime.min.replace(tzinfo=datetime.UTC)


def _mark(content: bytes) -> str:
    return f"{hashlib.sha256(content).hexdigest()[:16]}.json"


def _folder(source: Path) -> Iterator[Letter]:
    """The regular files below a folder; links are not followed."""
    if not source.is_dir():
        raise GradingError(Fault(source.name, "", "нет такой папки или такого файла"))
    for number, path in enumerate(_walk(source)):
        if number >= FILES:
            raise GradingError(Fault(source.name, "", f"файлов больше {FILES}", "Разделите их"))
        status = path.lstat()
        at = datetime.datetime.fromtimestamp(status.st_mtime, datetime.UTC)
        name = path.relative_to(source).as_posix()
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


def _walk(source: Path) -> Iterable[Path]:
    for place, _, names in os.walk(source):
        yield from (Path(place, name) for name in sorted(names))


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
        at = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    name = member.filename
    if member.flag_bits & 1:
        return Letter(name, at, fault="файл в архиве закрыт паролем")
    if stat.S_ISLNK(member.external_attr >> 16):
        return Letter(name, at, fault="не обычный файл")
    try:
        with archive.open(member) as stream:
            content = stream.read(_LIMIT + 1)
    except Exception:  # zipfile and its decompressors raise what they like on damaged members
        return Letter(name, at, fault="файл в архиве повреждён")
    if len(content) > _LIMIT:  # a bomb costs the time that it takes, though nothing of it is kept
        return Letter(name, at, fault="файл больше 4 МБ", unpacked=_LIMIT)
    return Letter(name, at, content)


def _refusal(what: str) -> GradingError:
    return GradingError(Fault("", "", what))
