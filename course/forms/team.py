"""The team's merged file beside a notebook, and the fields of the step of its project.

`proclusters team merge` makes the file and the organiser sends it to every member. It lies beside
the notebook or one folder above, where it serves all webinars; with none, forms work as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.errors import FileError
from course.files import read_yaml
from course.forms import fields

if TYPE_CHECKING:
    from course.steps import Column, Step

NAME = "team.yaml"
FORMAT = 1
_NAMES = 500  # more suggestions than this nobody reads
_QUESTIONS = 12  # open questions that a notebook shows


@dataclass(frozen=True)
class TeamFile:
    """What the team has entered so far: `data` as in the cluster file, empty without a file.

    `day` is when it was merged, `open` are the conflicts and gaps that the team still has, as
    Russian sentences.
    """

    data: Mapping[str, Any] = field(default_factory=dict)
    listed: Mapping[str, Any] = field(default_factory=dict)
    day: str = ""
    open: tuple[str, ...] = ()

    @property
    def there(self) -> bool:
        """Whether there is a merged file."""
        return bool(self.day)

    def names(self, what: str) -> tuple[str, ...]:
        """The names of the team's `members`, `people`, `products`, …; none without a file."""
        found = self.listed.get(what, ())
        return tuple(str(name) for name in found[:_NAMES]) if isinstance(found, list) else ()

    def told(self, webinar: int) -> str:
        """What the team should know when it comes to a webinar: conflicts and earlier gaps."""
        later = re.compile(r"Вебинар (\d+),")
        due = [
            each for each in self.open
            if not (found := later.match(each)) or int(found[1]) < webinar
        ]  # fmt: skip
        head = f"Общий файл команды собран, последний ответ в нём: {self.day}."
        if not due:
            return head
        more = [f"и ещё {len(due) - _QUESTIONS}"] if len(due) > _QUESTIONS else []
        lines = [f"— {each}" for each in (*due[:_QUESTIONS], *more)]
        return "\n".join([f"{head} Осталось решить:", *lines])


def team_file(folder: Path) -> TeamFile:
    """The merged file of the notebook in `folder`; an empty one where there is none to be used."""
    path = next((at for at in (folder / NAME, folder.parent / NAME) if at.is_file()), None)
    if path is None:
        return TeamFile()
    try:
        data = read_yaml(path).data
    except FileError:
        return TeamFile()
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        return TeamFile()
    cluster, names, open_ = data.get("cluster"), data.get("names"), data.get("open")
    return TeamFile(
        cluster if isinstance(cluster, dict) else {},
        names if isinstance(names, dict) else {},
        str(data.get("merged", "")),
        tuple(map(str, open_)) if isinstance(open_, list) else (),
    )


def drawn(step: Step, team: TeamFile) -> fields.Field:
    """The field that a step asks, with the team's names to suggest."""
    match step.kind:
        case "number":
            return fields.Number(step.id, step.label, step.unit)
        case "date":
            return fields.Date(step.id, step.label)
        case "text":
            return fields.Text(step.id, step.label, step.lines)
        case "choice":
            return fields.Choice(step.id, step.label, step.options or {})
    columns = {key: _column(column, team) for key, column in step.columns.items()}
    rows: Mapping[str, str] | int = {key: row.title for key, row in step.named.items()}
    if isinstance(step.rows, int):
        rows = step.rows
    return fields.Table(step.id, step.label, columns, rows, step.corner)


def _column(column: Column, team: TeamFile) -> fields.Column:
    return fields.Column(
        column.title, column.kind, column.unit, column.options or {}, team.names(column.suggest)
    )
