"""Works that came, by e-mail or by an exchange, put into `submitted/`.

An answer file (`letters`) says itself which webinar it belongs to; whose it is stands in its token,
or else in its path: the id of one person of the roster. In an `exchange` both stand in the name of
a work's folder. The latest counts, earlier ones are kept beside.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from course.errors import CourseError, Fault, GradingError
from course.files import parse_json, write_bytes, write_text
from course.folder import NAME, CourseFolder
from course.grading import exchange
from course.grading.exchange import EARLIER
from course.grading.letters import Letter, opened
from course.people import tokens
from course.people.roster import roster
from course.plain import line
from course.progress import Progress, silent
from course.wording import count

_SHOWN = 100  # refusals that are told one by one
_NOBODY = "в файле нет кода участника, в пути нет id участника из списка"
_KINDS = {
    ".zip": "архив внутри присланного: распакуйте его",
    ".rar": "архив внутри присланного: распакуйте его",
    ".7z": "архив внутри присланного: распакуйте его",
    ".ipynb": "это тетрадь, а нужен файл ответов answers.json, он лежит рядом с ней",
}


@dataclass(frozen=True)
class Delivery:
    """What came: `taken` as (person, assignment), `known` already, `refused` as (path, reason).

    `doubts` are (path, what to ask) of works that were taken all the same, `older` counts works
    that stay in the exchange, since the same person handed in another one later.
    """

    taken: tuple[tuple[str, str], ...]
    known: int
    refused: tuple[tuple[str, str], ...]
    doubts: tuple[tuple[str, str], ...] = ()
    older: int = 0

    @property
    def lines(self) -> tuple[str, ...]:
        """The delivery as Russian lines for the terminal."""
        told = [f"Принято: {count(len(self.taken), 'работа', 'работы', 'работ')}."]
        works = Counter(assignment for _, assignment in self.taken)
        told += [f"  {name}: {amount}" for name, amount in sorted(works.items())]
        if self.known:
            told.append(f"Уже приняты раньше: {self.known}.")
        if self.older:
            told.append(f"Более ранние, остались в обмене: {self.older}.")
        if self.doubts:
            told.append(f"Приняты, но проверьте: {len(self.doubts)}.")
            told += _listed(self.doubts)
        if self.refused:
            told.append(f"Не приняты: {len(self.refused)}.")
            told += _listed(self.refused)
        if any(reason.startswith(exchange.FOREIGN) for _, reason in self.refused):
            told.append(
                "Если на вашем сервере все участники работают под одним именем, добавьте в "
                "nbgrader_config.py строку c.ExchangeCollect.check_owner = False."
            )
        if any(reason == _NOBODY for _, reason in self.refused):
            told.append("Положите такой файл в папку с id участника из roster.csv и повторите.")
        if not (self.taken or self.known or self.refused):
            told.append("В том, что вы указали, нет ни одного файла.")
        if self.taken:
            told.append("Дальше: proclusters grade.")
        return tuple(told)


def _listed(told: tuple[tuple[str, str], ...]) -> list[str]:
    more = [f"  … и ещё {len(told) - _SHOWN}."] if len(told) > _SHOWN else []
    return [f"  {line(path, 120)}: {line(reason, 300)}." for path, reason in told[:_SHOWN]] + more


def collect(folder: CourseFolder, source: Path, progress: Progress = silent) -> Delivery:
    """Put the works of an exchange, a folder or a zip into `submitted/`; may be called many times.

    A folder by the name `inbound` is that of nbgrader's exchange.
    """
    if source.is_dir() and source.resolve().name == exchange.INBOUND:
        return _exchanged(folder, source.resolve(), progress)
    letters = opened(source)
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


def _exchanged(folder: CourseFolder, inbound: Path, progress: Progress) -> Delivery:
    """Put the last work of everybody for every assignment into `submitted/`."""
    known = older = 0
    taken: list[tuple[str, str]] = []
    refused: list[tuple[str, str]] = []
    doubts: list[tuple[str, str]] = []

    def refuse(name: str, reason: str) -> None:
        refused.append((name, reason))

    place = exchange.exchange(folder, inbound, frozenset(roster(folder)))
    groups = place.works(refuse)
    for done, works in enumerate(groups):
        progress(done, len(groups), line(works[0].person, 60))
        try:
            found = place.newest(works, refuse)
            if found is None:
                continue
            work, content = found
            older += len(works) - 1 - works.index(work)
            doubt = place.doubt(work)
            if not exchange.put(folder, work, content):
                known += 1
                continue
        except (CourseError, OSError) as error:
            what = error.faults[0].what if isinstance(error, CourseError) else str(error.strerror)
            refuse(works[0].name, what)
            continue
        taken.append((work.person, work.assignment))
        if doubt:
            doubts.append((work.name, doubt))
    progress(len(groups), len(groups), "")
    return Delivery(tuple(taken), known, tuple(refused), tuple(doubts), older)


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
        # most ids are not there at all, and a pattern for each of thousands takes minutes
        if person in path
        and re.search(rf"(?<![a-zA-Z0-9]){re.escape(person)}(?![a-zA-Z0-9])", path)
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


def _refusal(what: str) -> GradingError:
    return GradingError(Fault("", "", what))
