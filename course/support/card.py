"""A measure of support as data: its title, its kind, who asks, and the norms that it stands on."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from course import files
from course.errors import Fault, NormError
from course.wording import NBSP

FILE = Path(__file__).with_name("measures.yaml")


class Kind(StrEnum):
    """What a measure helps with."""

    GRANT = "grant"
    LOAN = "loan"
    TARIFF = "tariff"
    TAX = "tax"
    CONTRACT = "contract"
    DEMAND = "demand"
    SITE = "site"

    @property
    def words(self) -> str:
        """The kind in Russian."""
        return _WORDS[self]


_WORDS = {
    Kind.GRANT: "субсидия или грант",
    Kind.LOAN: "заём",
    Kind.TARIFF: "тариф взносов",
    Kind.TAX: "налог",
    Kind.CONTRACT: "контракт с государством",
    Kind.DEMAND: "спрос",
    Kind.SITE: "площадка",
}


@dataclass(frozen=True, kw_only=True)
class Card:
    """One measure: `rule` is the norm without which there is no measure on a day.

    `unread` says what somebody has to read before the answer can be yes; `window` and `budget`
    name norms, where the data know any.
    """

    id: str
    title: str
    kind: Kind
    rule: str
    recipient: str
    unread: tuple[str, ...] = ()
    window: str | None = None
    budget: str | None = None


@functools.cache
def cards() -> dict[str, Card]:
    """The measures by their ids, in the file's order; `NormError` for a card that is not one."""
    data = files.read_yaml(FILE).data
    return {name: _card(name, about) for name, about in data["measures"].items()}


def _card(name: str, about: dict[str, Any]) -> Card:
    try:
        return Card(
            **{**about, "id": name, "kind": Kind(about["kind"]), "title": _bound(about["title"]),
               "unread": tuple(about.get("unread", ()))}
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        what = f"мера записана не по правилам: {error}"
        raise NormError(Fault(FILE.name, name, what, "Сверьте с другими мерами файла")) from None


def _bound(title: str) -> str:
    """The title with an act's number kept on one line."""
    return title.replace("ПП № ", f"ПП{NBSP}№{NBSP}")
