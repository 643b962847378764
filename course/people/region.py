"""Regions as offices write them: one name for one region, for lists and totals go by region."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_SHORT = (  # what offices shorten, and what stands for it
    (re.compile(r"\bобл(?:\.|(?=\s|$))", re.IGNORECASE), "область"),
    (re.compile(r"\bресп(?:\.|(?=\s|$))", re.IGNORECASE), "Республика "),
    (re.compile(r"^(?:г\.|гор\.|город\s)\s*(?=\w)", re.IGNORECASE), ""),
)
_COMMON = frozenset({"республика", "область", "край", "автономный", "округ"})


def named(text: str) -> str:
    """A region with its words written out: «Тверская обл.» is «Тверская область»."""
    for short, full in _SHORT:
        text = short.sub(full, text)
    return " ".join(text.split())


def alike(regions: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Names that are surely of one region and still differ, such as «Тверская», «Тверская область».

    They are equal but for the words that many regions share.
    """
    found: dict[tuple[str, ...], set[str]] = {}
    for name in regions:
        words = re.findall(r"\w+", name.casefold().replace("ё", "е"))
        found.setdefault(tuple(word for word in words if word not in _COMMON), set()).add(name)
    yield from (tuple(sorted(names)) for key, names in found.items() if key and len(names) > 1)
