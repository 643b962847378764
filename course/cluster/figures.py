"""The figures of a project under names that stay the same when entries change places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from course.cluster.projects import Project
from course.cluster.values import Figure, Part


@dataclass(frozen=True)
class NamedFigure:
    """A figure with its id (`products.psu_150.price`), Russian title, and what it is a part of."""

    id: str
    title: str
    of: str
    figure: Figure

    @property
    def unit(self) -> str:
        """`RUB`, `share`, `days` or `count`."""
        return self.figure.unit


def figures(project: Project) -> tuple[NamedFigure, ...]:
    """Every figure of a project, in the file's order."""
    return tuple(_figures(project, (), ""))


def _figures(part: Any, path: tuple[str, ...], of: str) -> Iterator[NamedFigure]:
    """Walk a part: entries of lists are named by their id, or by their number where none is."""
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if isinstance(value, Figure):
            yield NamedFigure(".".join((*path, name)), field.title or name, of, value)
        elif isinstance(value, Part):
            yield from _figures(value, (*path, name), getattr(value, "title", field.title or of))
        elif isinstance(value, tuple):
            for index, entry in enumerate(value):
                if isinstance(entry, Part):
                    key = str(getattr(entry, "id", index + 1))
                    yield from _figures(entry, (*path, name, key), getattr(entry, "title", of))
