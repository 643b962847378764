"""A line of the inventory: which paper it is, what it proves, and who makes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from course.documents.desk import Desk, Paper
from course.documents.fields import Fields
from course.wording import quoted


@dataclass(frozen=True)
class Entry:
    """A paper of the inventory: its number, title, what it proves, whether it is filed."""

    number: str
    title: str
    about: str = ""
    norm: str = ""
    make: Callable[[Desk, Entry], Sequence[Paper]] | None = None
    attached: bool = True

    def file(self, ending: str = ".docx", more: str = "") -> str:
        """The name of the paper's file."""
        name = self.title.replace(" ", "_")
        return f"{self.number}_{name}{f'_{more}' if more else ''}{ending}"


def attachments(entries: Sequence[Entry], entry: Entry) -> list[Fields]:
    """The other papers of the way, as an application lists them."""
    rest = [other for other in entries if other is not entry and other.attached]
    return [{"number": str(n), "title": other.title} for n, other in enumerate(rest, 1)]


def heading(desk: Desk) -> str:
    """Whose paper it is, under its title."""
    join = desk.cluster.join
    if desk.way == "join" and join:
        label = desk.cluster.member(join.enterprise).label
        return f"«{label}» в кластере {quoted(join.cluster)}"
    return f"кластера {quoted(desk.cluster.title)}"
