"""Hostile works in the `inbound` folder of nbgrader's exchange, made by code.

Everybody may write there whatever they like. Each case puts folders of its own there and says what
a safe intake must do: the exact points of (share, law, picks), or the words of the refusal. Beside
it lies what must not be reached: another person's work, the course, and `SECRET` in both.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from course.folder import CourseFolder
from tests import tiny
from tests.hostile.corpus import FULL, NONE, SECRET, socket_at

NOW = datetime.datetime.now(datetime.UTC)  # for the system knows when a folder was really made
DAY = f"{NOW - datetime.timedelta(minutes=10):%Y-%m-%d %H:%M:%S.%f} UTC"
MOSCOW = f"{NOW + datetime.timedelta(hours=2, minutes=50):%Y-%m-%d %H:%M:%S.%f} MSK"
LATER = f"{NOW:%Y-%m-%d %H:%M:%S.%f} UTC"
WRONG = {"share": 0.9, "law": "news", "picks": ["d"]}
BOOK = f"{tiny.NAME}.ipynb"
GIANT = 10 << 30


@dataclass(frozen=True)
class Place:
    """Where a case puts its folders: the exchange's `inbound`, and the course to be kept safe."""

    inbound: Path
    course: CourseFolder

    def put(
        self, person: str, values: dict[str, object] | None = None, at: str = DAY,
        random: str = "QxR7_a-0pTzw", assignment: str = tiny.NAME,
    ) -> Path:  # fmt: skip
        """A folder as `nbgrader submit` makes it."""
        place = self.inbound / "+".join(filter(None, (person, assignment, at, random)))
        place.mkdir(parents=True)
        given = tiny.GOOD if values is None else values
        (place / "answers.json").write_text(json.dumps(tiny.answers(given)), "utf-8")
        notebook = self.course.source / tiny.NAME / BOOK
        text = notebook.read_text("utf-8").replace(tiny.CANARY, "")
        (place / BOOK).write_text(text, "utf-8")
        (place / "timestamp.txt").write_text(at, "utf-8")
        (place / "submission_secret.txt").write_text("ab" * 64, "ascii")
        return place


Make = Callable[[Place, str], object]


@dataclass(frozen=True)
class Case:
    """What `make` puts there for the person `name`; `expected` points, or words of a refusal.

    `also` are words that a second refusal must hold, beside points.
    """

    name: str
    make: Make
    expected: tuple[float, float, float] | str
    also: str = field(default="")


def instead(name: str, put: Callable[[Path, Place], object]) -> Make:
    """Something else in place of a file of the work."""

    def make(place: Place, person: str) -> None:
        path = place.put(person) / name
        path.unlink()
        put(path, place)

    return make


def beside(put: Callable[[Path, Place], object]) -> Make:
    """Wrong answers, and something else in their folder."""
    return lambda place, person: put(place.put(person, WRONG), place)


def named(name: str) -> Make:
    """A work under a name of any shape; `{}` stands for the person, `{day}` for the time."""

    def make(place: Place, person: str) -> None:
        made = place.put(person)
        made.rename(made.with_name(name.format(person, day=DAY, moscow=MOSCOW)))

    return make


def several(*works: tuple[str, dict[str, object]]) -> Make:
    """Works of one person: (when, answers)."""

    def make(place: Place, person: str) -> None:
        for number, (at, values) in enumerate(works):
            place.put(person, values, at, f"rand{number}")

    return make


def bare(place: Place, person: str) -> Path:
    """The path of a work that is not made yet."""
    return place.inbound / f"{person}+{tiny.NAME}+{DAY}+x999"


def _whole_link(place: Place, person: str) -> None:
    made = place.put(person)
    away = place.inbound.with_name(f"away-{person}")
    made.rename(away)
    made.symlink_to(away)


def _neighbour(place: Place, person: str) -> None:
    """The folder of the work is a link to somebody else's."""
    made = place.put(person, at=LATER)
    for path in made.iterdir():
        path.unlink()
    made.rmdir()
    made.symlink_to(place.put(f"{person}x"))


def _socket(path: Path, _: Place) -> None:
    socket_at(path)


def _sparse(path: Path, _: Place) -> None:
    with path.open("wb") as stream:
        stream.truncate(GIANT)


def _crowd(path: Path, _: Place) -> None:
    for number in range(2_100):
        (path / f"{number}").touch()


def _only_links(path: Path, place: Place) -> None:
    for each in path.iterdir():
        each.unlink()
    (path / "all").symlink_to(place.course.root)


def _device(path: Path, place: Place) -> None:
    try:
        os.mknod(path, 0o020666, os.makedev(1, 5))  # endless zeros
    except OSError:  # only the superuser may
        path.symlink_to("/dev/zero")


def _stamped(place: Path, _: Place) -> None:
    """Another time in the file than in the folder's name."""
    (place / "timestamp.txt").write_text("2001-01-01 00:00:00 UTC", "ascii")


LINK = "ссылка или особый файл"
CASES: tuple[Case, ...] = (
    Case("honest", several((DAY, tiny.GOOD)), FULL),
    Case("without_random", lambda place, person: place.put(person, random=""), FULL),
    # times: the last counts, whatever order, and a time that can't be is no time
    Case("twice", several((LATER, tiny.GOOD), (DAY, WRONG)), FULL),
    Case("twice_worse", several((DAY, tiny.GOOD), (LATER, WRONG)), NONE),
    Case("last_broken", lambda place, person: (several((DAY, tiny.GOOD))(place, person),
         (place.put(person, at=LATER, random="late") / "answers.json").write_text("{")),
         "не JSON"),
    Case("last_linked", lambda place, person: (several((DAY, tiny.GOOD))(place, person),
         _relinked(place.put(person, WRONG, LATER, "late"), place)), FULL, LINK),
    Case("future", several((DAY, tiny.GOOD), ("2099-01-01 00:00:00.0 UTC", WRONG)), FULL,
         "позже, чем она положена"),
    Case("far_future", named("{}+t1_forms+9999-12-31 23:59:59.9 UTC+rand"), "не читается"),
    Case("past", several(("2001-01-01 00:00:00.0 UTC", tiny.GOOD)), FULL, "сут. раньше"),
    Case("no_day", named("{}+t1_forms+2026-13-40 10:00:00 UTC+rand"), "не читается"),
    Case("zone", named("{}+t1_forms+2026-10-20 10:00:00 XYZ+rand"), "не читается"),
    Case("moscow", named("{}+t1_forms+{moscow}+rand"), FULL),
    Case("other_stamp", beside(_stamped), NONE),
    # names
    Case("no_time", named("{}+t1_forms"), "имя папки не такое"),
    Case("words", named("{} t1_forms"), "имя папки не такое"),
    Case("injected", named("{}+t1_forms+$(reboot)+rand"), "имя папки не такое"),
    Case("other_assignment", named("{}+t2+{day}+rand"), "такого вебинара"),
    Case("assignment_up", named("{}+..+{day}+rand"), "такого вебинара"),
    Case("nobody", named("+t1_forms+{day}+rand"), "недопустимое имя"),
    Case("stranger", named("intruder+t1_forms+{day}+rand"), "нет в списке"),
    Case("upwards", named("..+t1_forms+{day}+rand"), "недопустимое имя"),
    Case("CASE", named("Case+t1_forms+{day}+rand"), "нет в списке"),
    Case("lookalike", named("lооkalike+t1_forms+{day}+rand"), "нет в списке"),
    Case("turned", named("\u202edenrut+t1_forms+{day}+rand"), "недопустимое имя"),
    Case("escape", named("\x1b[2J{}\n+t1_forms+{day}+rand"), "недопустимое имя"),
    Case("long", named("x" * 200 + "+t1_forms+{day}+rand"), "недопустимое имя"),
    Case("plus+plus", several((DAY, tiny.GOOD)), FULL),
    Case("accent_é", several((DAY, tiny.GOOD)), FULL),
    Case("twin", named("twin+t1_forms+t1_forms+{day}+rand"), "нет в списке"),
    # links and special files, in place of what is read
    Case("link_work", _whole_link, "ссылка или файл"),
    Case("link_neighbour", _neighbour, "ссылка или файл"),
    Case("link_answers", instead("answers.json", lambda path, place: path.symlink_to(
         place.course.submitted / "victim" / tiny.NAME / "answers.json")), LINK),
    Case("link_source", instead(BOOK, lambda path, place: path.symlink_to(
         place.course.source / tiny.NAME / BOOK)), LINK),
    Case("link_book", instead(BOOK, lambda path, place: path.symlink_to(
         place.course.gradebook)), LINK),
    Case("link_passwd", instead("answers.json", lambda path, _: path.symlink_to("/etc/passwd")),
         LINK),
    Case("link_loop", instead("answers.json", lambda path, _: path.symlink_to(path.name)), LINK),
    Case("link_secret", instead("submission_secret.txt", lambda path, place: path.symlink_to(
         place.course.root / "secret.txt")), LINK),
    Case("hard_answers", instead("answers.json", lambda path, place: path.hardlink_to(
         place.course.submitted / "victim" / tiny.NAME / "answers.json")), "жёсткая ссылка"),
    Case("fifo_answers", instead("answers.json", lambda path, _: os.mkfifo(path)), LINK),
    Case("fifo_book", instead(BOOK, lambda path, _: os.mkfifo(path)), LINK),
    Case("socket_answers", instead("answers.json", _socket), LINK),
    Case("device_answers", instead("answers.json", _device), LINK),
    Case("folder_answers", instead("answers.json", lambda path, _: path.mkdir()), LINK),
    Case("sparse_answers", instead("answers.json", _sparse), "больше 4"),
    Case("sparse_book", instead(BOOK, _sparse), "больше 20"),
    # beside what is read: it is not looked at
    Case("link_beside", beside(lambda path, place: (path / "link").symlink_to(place.course.root)
        ), NONE),
    Case("fifo_beside", beside(lambda path, _: os.mkfifo(path / "pipe")), NONE),
    Case("sparse_beside", beside(lambda path, place: _sparse(path / "big", place)), NONE),
    Case("python_beside", beside(lambda path, _: (path / "course").mkdir()), NONE),
    Case("long_beside", beside(lambda path, _: (path / ("x" * 255)).touch()), NONE),
    Case("fifo_time", instead("timestamp.txt", lambda path, _: os.mkfifo(path)), FULL),
    Case("crowd", beside(_crowd), "больше 2000"),
    Case("only_links", beside(_only_links), "ни файла ответов, ни тетради"),
    Case("empty", lambda place, person: bare(place, person).mkdir(),
         "ни файла ответов, ни тетради"),
    Case("file", lambda place, person: bare(place, person).touch(), "ссылка или файл"),
    Case("fifo", lambda place, person: os.mkfifo(bare(place, person)), "ссылка или файл"),
)  # fmt: skip


def _relinked(work: Path, place: Place) -> None:
    (work / "answers.json").unlink()
    (work / "answers.json").symlink_to(place.course.root / "secret.json")


def prepared(root: Path) -> Place:
    """The course with a victim's work and secrets, and the exchange with all cases."""
    course = tiny.course(root / "course")
    tiny.hand_in(course, "victim", {**tiny.GOOD, "memo": SECRET})
    for name in ("secret.json", "secret.txt"):
        (course.root / name).write_text(json.dumps(tiny.answers({"memo": SECRET})), "utf-8")
    place = Place(root / "exchange" / "proclusters" / "inbound", course)
    place.inbound.mkdir(parents=True)
    for case in CASES:
        case.make(place, case.name)
    return place
