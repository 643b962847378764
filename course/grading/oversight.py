"""What lies in the course folder and fits nobody: such slips lose a person's work without a word.

A folder named like nobody in the roster, a folder of work named like no assignment, a personal last
day for somebody unknown.
"""

from __future__ import annotations

from collections.abc import Iterator

from course.errors import CourseError
from course.folder import CourseFolder
from course.grading import parcel
from course.people.roster import roster
from course.plain import line
from course.programme import programme

_SHOWN = 10  # names that one line repeats


def oversights(folder: CourseFolder) -> tuple[str, ...]:
    """What an instructor should look at, as Russian lines; nothing where all fits."""
    return tuple(_oversights(folder))


def _oversights(folder: CourseFolder) -> Iterator[str]:
    known = set(roster(folder))
    handed = {name for name in _names(folder, "") if (folder.submitted / name).is_dir()}
    if strangers := sorted(handed - known) if known else []:
        yield (
            f"В списке участников нет: {_told(strangers)}. Проверьте имя папки в submitted или "
            "примите новый список: proclusters roster ФАЙЛ."
        )
    if lost := sorted(_lost(folder, handed)):
        yield f"Не проверяются, имя папки — не имя вебинара: {_told(lost)}."
    if unknown := sorted({each.person for each in programme.extensions} - known) if known else []:
        yield f"Личный срок в programme.yaml задан тем, кого в списке нет: {_told(unknown)}."


def _lost(folder: CourseFolder, people: set[str]) -> Iterator[str]:
    """Folders of work that belong to no assignment."""
    for person in people:
        for name in _names(folder, person):
            hidden = name.startswith(".")  # earlier works lie in such a folder
            place = folder.submitted / person / name
            if not hidden and place.is_dir() and not (folder.source / name).is_dir():
                yield f"{person}/{name}"


def _names(folder: CourseFolder, person: str) -> list[str]:
    """The names below `submitted`, or below one person's folder; none if they can't be read."""
    try:
        return [name for name in parcel.names(folder.submitted / person) if name != ".gitkeep"]
    except CourseError:  # told by the grading itself
        return []


def _told(names: list[str]) -> str:
    more = f" и ещё {len(names) - _SHOWN}" if len(names) > _SHOWN else ""
    return line(", ".join(names[:_SHOWN]), 600) + more
