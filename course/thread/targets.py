"""Which field of which step fills a place of the cluster file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from course.steps import Step, steps

_WORD = re.compile(r"[a-z][a-z_]{2,}(?:\[\])?")


@dataclass(frozen=True)
class Target:
    """A place (`projects[].capex[].group`) and the cells that fill it: step, row, column."""

    path: str
    step: Step
    row: str = ""
    column: str = ""

    @property
    def asked(self) -> str:
        """What the cell is called: its column, its row, or the field itself."""
        return self.column or self.row or self.step.label


@cache
def targets() -> tuple[Target, ...]:
    """All places that steps fill, in the steps' order."""
    return tuple(each for step in steps() for each in _of(step))


def filling(path: str) -> Target | None:
    """The cells that fill just this place."""
    return next((each for each in targets() if each.path == path), None)


def section(path: str) -> bool:
    """Whether steps fill places below this one as below a section."""
    return any(each.path.startswith(f"{path}.") for each in targets())


def table(path: str) -> Step | None:
    """The first table whose rows become the entries of this list."""
    return next((each.step for each in targets() if each.path.startswith(f"{path}[].")), None)


def base(step: Step) -> str:
    """The section or list that a step is about, as a path."""
    part = re.sub(r"\[[a-z_]+\]", "[]", step.part)
    return re.sub(r"^project\b", "projects[]", part)


def told(text: str) -> str:
    """A message of the cluster file's checks with keys of the file put as people see them."""
    return _WORD.sub(lambda found: _titles().get(found[0].removesuffix("[]"), found[0]), text)


@cache
def _titles() -> dict[str, str]:
    """Keys of the cluster file by what they are called in the steps."""
    titles = {"low": "«Не меньше»", "high": "«Не больше»", "value": "значение"}
    for step in steps():
        label = f"«{step.label.split(':')[0]}»"
        if step.listed:
            titles.setdefault(base(step).removesuffix("[]").split(".")[-1], label)
        for target in step.to or ():
            titles.setdefault(target.split(".")[-1], label)
    for each in targets():
        key = re.sub(r"\[\]", "", each.path.split(".")[-1])
        titles.setdefault(key, f"«{each.asked}»")
    return titles


def _of(step: Step) -> Iterator[Target]:
    below = base(step)
    if step.kind != "table":
        for target in step.to or ():
            yield Target(_joined(below, target), step)
        return
    for column in step.columns.values():
        for target in column.to or ():
            if not step.named:
                yield Target(_joined(below, target), step, "", column.title)
            for row in step.named.values():
                if row.to is not None:
                    path = _joined(below, re.sub(r"\[\w+\]", "[]", row.to), target)
                    title = column.title if target else ""
                    yield Target(path, step, row.title, title)


def _joined(*parts: str) -> str:
    return ".".join(part for part in parts if part)
