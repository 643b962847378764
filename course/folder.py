"""A course folder: the place with nbgrader's settings, and the folders below it.

A course folder is a checkout of this project, the practice course of `make demo`, or any course
of nbgrader. Commands find it from any folder inside.
"""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from course import settings
from course.errors import CourseError, CourseFolderError, Fault
from course.files import read_text, read_yaml

MARK = "nbgrader_config.py"
STORED = "nbgrader_config.json"  # nbgrader reads it too, and it goes before
CLUSTER = "cluster.yaml"
TEAM = "team.yaml"  # what the team has merged so far, whole or not
NAME = re.compile(r"[a-zA-Z0-9_][a-zA-Z0-9_-]{0,99}")
# what other courses of nbgrader call people and assignments: visible, and one folder anywhere
GIVEN = re.compile(r"\w(?:[\w .,@+&'()-]{0,98}[\w).])?")
_STEPS = ("source", "release", "submitted", "autograded", "feedback")
_STRUCTURE = "{nbgrader_step}/{student_id}/{assignment_id}"


@dataclass(frozen=True)
class CourseFolder:
    """A course at `root`; a relative path is taken from where the program runs now."""

    root: Path

    def __post_init__(self) -> None:
        object.__setattr__(self, "root", self.root.absolute())

    @classmethod
    def find(cls, start: Path) -> CourseFolder:
        """The course that `start` lies in; `CourseFolderError` if it lies in none."""
        place = start.resolve()
        for folder in (place, *place.parents):
            if any((folder / name).is_file() for name in (MARK, STORED)):
                return cls(folder)
        raise CourseFolderError(
            Fault(str(start), "", f"это не папка курса: в ней и выше нет {MARK}",
                  "Перейдите в папку курса или укажите её: --course ПАПКА")
        )  # fmt: skip

    @property
    def assignments(self) -> Path:
        """What authors write: one folder for each webinar."""
        return self.root / "assignments"

    @cached_property
    def steps(self) -> dict[str, str | Fault]:
        """How the course's own settings call the folders that nbgrader works with."""
        return {step: step for step in _STEPS} | _renamed(self.root)

    @property
    def patience(self) -> float | None:
        """The seconds that the course's own settings give a cell to run; `None` if not told."""
        return settings.patience(*_settings(self.root))

    @property
    def hidden(self) -> tuple[str, str]:
        """Between which words the hidden part of a check stands."""
        return settings.hidden(*_settings(self.root))

    @property
    def notebooks(self) -> str:
        """Which notebooks of an assignment the course's own settings speak of: a pattern."""
        text, more = _settings(self.root)
        told = settings.directory(text, self.root / MARK, more).get("notebook_id")
        return told if isinstance(told, str) and told else "*"

    def _step(self, name: str) -> Path:
        """A folder of nbgrader's; `CourseFolderError` if the settings put it where we can't go."""
        folder = self.steps[name]
        if isinstance(folder, Fault):
            raise CourseFolderError(folder)
        return self.root / folder

    @property
    def source(self) -> Path:
        """Built notebooks with hidden checks."""
        return self._step("source")

    @property
    def release(self) -> Path:
        """What participants receive."""
        return self._step("release")

    @property
    def submitted(self) -> Path:
        """What participants handed in."""
        return self._step("submitted")

    @property
    def autograded(self) -> Path:
        """Graded submissions."""
        return self._step("autograded")

    @property
    def feedback(self) -> Path:
        """Pages for participants about their work."""
        return self._step("feedback")

    @property
    def templates(self) -> Path:
        """Report and document templates."""
        return self.root / "templates"

    @property
    def teams(self) -> Path:
        """One folder with `cluster.yaml` for each team."""
        return self.root / "teams"

    @property
    def reports(self) -> Path:
        """Made reports, one folder for each team."""
        return self.root / "reports"

    @property
    def defence(self) -> Path:
        """The session in person: jurors' sheets and the protocol."""
        return self.root / "defence"

    @property
    def gradebook(self) -> Path:
        """nbgrader's SQLite gradebook."""
        return self.root / "gradebook.db"

    def cluster_file(self, team: str) -> Path:
        """The `cluster.yaml` of a team, told by its name or as `teams/NAME`.

        `CourseFolderError` with the teams that there are when the name is no team's.
        """
        name = team.removeprefix(f"{self.teams.name}/").rstrip("/")
        if NAME.fullmatch(name):
            path = self.inside(self.teams / name / CLUSTER)
            if path.is_file():
                return path
            if path.with_name(TEAM).is_file():
                raise CourseFolderError(_unfinished(path.with_name(TEAM)))
        known = ", ".join(sorted(file.parent.name for file in self.teams.glob(f"*/{CLUSTER}")))
        remedy = f"Есть: {known}" if known else "В папке teams нет ни одной команды"
        raise CourseFolderError(Fault("", "team", f"команды «{team[:60]}» нет", remedy))

    def inside(self, path: Path) -> Path:
        """`path` (relative ones from the root), resolved; refused if it leads out of the course."""
        whole = (self.root / path).resolve()
        if not whole.is_relative_to(self.root.resolve()):
            raise CourseFolderError(
                Fault(str(path), "", "путь ведёт за пределы папки курса",
                      "Положите файл в папку курса")
            )  # fmt: skip
        return whole


def _settings(root: Path) -> tuple[str, settings.Stored]:
    """The text of the course's settings, and what its JSON file holds; nothing where none is."""
    texts = dict.fromkeys((MARK, STORED), "")
    for name in texts:
        with contextlib.suppress(CourseError):
            texts[name] = read_text(root / name, 1 << 20)
    return texts[MARK], settings.stored(texts[STORED])


def _renamed(root: Path) -> dict[str, str | Fault]:
    """Folders that the course's settings call otherwise, or why that can't be followed."""
    text, more = _settings(root)
    told = settings.directory(text, root / MARK, more)
    found = {
        step: _folder_named(root, f"{step}_directory", told[f"{step}_directory"])
        for step in _STEPS
        if f"{step}_directory" in told
    }
    if told.get("directory_structure", _STRUCTURE) != _STRUCTURE:
        fault = Fault(MARK, "c.CourseDirectory.directory_structure",
                      "такое расположение папок не поддерживается",
                      f"Поддерживается обычное: {_STRUCTURE}")  # fmt: skip
        return {**found, **dict.fromkeys(_STEPS, fault)}
    return found


def _folder_named(root: Path, setting: str, value: str | bool | None) -> str | Fault:
    """A folder below the root by its setting, or what is wrong with it."""
    place = f"c.CourseDirectory.{setting}"
    if not isinstance(value, str) or not value:
        return Fault(MARK, place, "имя папки вычисляет программа, заранее оно неизвестно",
                     "Напишите имя папки прямо, в кавычках")  # fmt: skip
    path = os.path.relpath(root / value, root)
    if Path(path).parts[:1] in ((), (os.pardir,)):
        return Fault(MARK, place, "папка лежит не внутри папки курса",
                     "Перенесите её в папку курса")  # fmt: skip
    return path


def _unfinished(path: Path) -> list[Fault]:
    """What a team still has to enter before there is a cluster file, from its merged file."""
    data = read_yaml(path).data
    told = data.get("open", []) if isinstance(data, dict) else []
    head = Fault(f"teams/{path.parent.name}", "", "файл команды пока не полон",
                 "Сдайте недостающее и соберите файл: proclusters team merge")  # fmt: skip
    return [head, *(Fault("", "", str(sentence)) for sentence in told)]


def given_name(name: str) -> str:
    """`name` if a course of nbgrader may call a person or an assignment so; refused otherwise."""
    if not GIVEN.fullmatch(name):
        raise CourseFolderError(
            Fault(repr(name)[:60], "", "недопустимое имя",
                  "Первой должна стоять буква или цифра, без знаков / * ? и подобных")
        )  # fmt: skip
    return name


def safe_name(name: str) -> str:
    """`name` if it may name a person, team or assignment in a path; refused otherwise."""
    if not NAME.fullmatch(name):
        raise CourseFolderError(
            Fault(repr(name)[:60], "", "недопустимое имя",
                  "Можно латинские буквы, цифры, «_» и «-», до 100 знаков")
        )  # fmt: skip
    return name
