"""Answers of a team's people from a readable YAML case, entered as a notebook's fields would."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from course.files import read_yaml
from course.folder import CourseFolder
from course.forms import write_answers
from course.forms.fields import Column, Field, Number, Table
from course.forms.team import TeamFile, drawn
from course.people import write_roster
from course.programme import programme
from course.steps import step

Case = Mapping[str, Any]


def case(path: Path) -> Case:
    """A case of a team: its people and what each entered in which webinar."""
    return dict(read_yaml(path).data)


def course_folder(root: Path, told: Case) -> CourseFolder:
    """An empty course whose roster holds the team of a case."""
    (root / "nbgrader_config.py").write_text("")
    folder = CourseFolder(root)
    rows = [{"id": id, "team": told["team"], **person} for id, person in told["people"].items()]
    write_roster(folder, rows)
    return folder


def hand_in(folder: CourseFolder, told: Case, webinar: int) -> None:
    """Put what everybody entered in a webinar where submissions lie."""
    for person, entered in told["webinars"].get(str(webinar), {}).items():
        values = {id: value_of(id, given) for id, given in entered.items() if id != "at"}
        submit(folder, person, webinar, values, entered["at"])


def submit(
    folder: CourseFolder, person: str, webinar: int, values: Mapping[str, Any], at: str = ""
) -> None:
    """Put one person's answers where submissions lie, beside the answer to an exercise."""
    name = programme.webinar(webinar).name
    place = folder.submitted / person / name
    place.mkdir(parents=True, exist_ok=True)
    write_answers(place / "answers.json", name, {"exercise": 0.5, **values}, at)


def value_of(id: str, given: Any) -> Any:
    """The value that a field keeps when people type what the case says."""
    field: Field = drawn(step(id), TeamFile())
    if isinstance(field, Table):
        return _rows(field, given)
    if isinstance(field, Number):
        return _read(field, str(given))
    if hasattr(field, "options"):
        return _key(field.options, given)
    if hasattr(field, "read"):
        return _read(field, str(given))
    return str(given)


def _rows(table: Table, given: Any) -> list[dict[str, Any]]:
    if table.named:
        assert set(given) <= set(table.named), f"{table.id}: {set(given) - set(table.named)}"
        return [{"row": key, **_cells(table, given[key])} for key in table.named if key in given]
    return [_cells(table, row) for row in given]


def _cells(table: Table, cells: list[Any]) -> dict[str, Any]:
    assert len(cells) <= len(table.columns), f"{table.id}: {cells}"
    filled = dict(zip(table.columns, cells, strict=False))
    return {key: _cell(column, filled.get(key)) for key, column in table.columns.items()}


def _cell(column: Column, given: Any) -> Any:
    if given is None:
        return None
    return _key(column.options, given) if column.kind == "choice" else _read(column, str(given))


def _key(options: Mapping[str, str], given: Any) -> str:
    found = [key for key, text in options.items() if text == str(given)]
    assert found, f"{given}: {list(options.values())}"
    return found[0]


def _read(field: Any, typed: str) -> Any:
    read = field.read(typed)
    assert not read.problem, f"{typed}: {read.problem}"
    return read.value
