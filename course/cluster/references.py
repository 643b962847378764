"""Names in a cluster file: each stands once, and each reference finds what it names.

Both are checked in the raw data, so that they are told even of an entry that is faulty elsewhere.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from course.errors import Fault

# Which names a key refers to.
_REFERENCES = {
    "supplier": "members",
    "buyer": "members",
    "member": "members",
    "initiator": "members",
    "applicant": "members",
    "enterprise": "members",
    "partners": "members",
    "region": "regions",
    "production_region": "regions",
    "project": "projects",
    "index": "indices",
    "other": "indices",
    "currency": "currencies",
    "goods": "products",
    "owner": "people",
}
_OWN = ("indices", "currencies", "products")  # sections that each project has of its own
_WORDS = {
    "members": "участника",
    "regions": "региона",
    "projects": "проекта",
    "indices": "индекса",
    "currencies": "валюты с рядом курса",
    "products": "продукта",
    "people": "ответственного",
}


def doubled(data: Any, place: str = "") -> Iterator[Fault]:
    """Ids, ИНН and ОГРН that stand twice in one list, at any depth."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from doubled(value, f"{place}.{key}" if place else str(key))
    if not isinstance(data, list):
        return
    for key, words in (("id", "имя"), ("inn", "ИНН"), ("ogrn", "ОГРН")):
        seen: dict[str, int] = {}
        for index, entry in enumerate(data):
            name = entry.get(key) if isinstance(entry, dict) else None
            if not isinstance(name, str):
                continue
            if name in seen:
                what = f"{words} «{name[:40]}» уже занято записью {place}[{seen[name]}]"
                yield Fault("", f"{place}[{index}].{key}", what, "Дайте другое")
            seen.setdefault(name, index)
    for index, entry in enumerate(data):
        yield from doubled(entry, f"{place}[{index}]")


def unknown(data: Mapping[str, Any]) -> Iterator[Fault]:
    """References to what is not in the file."""
    names = {
        section: _values(data.get(section), "id") for section in ("members", "regions", "projects")
    }
    team = data.get("team")
    people = _values(team.get("people"), "name") if isinstance(team, dict) else set()
    return _unknown(data, "", {**names, **{key: set() for key in _OWN}, "people": people})


def _values(entries: Any, key: str) -> set[str]:
    """The texts under one key of the entries of a list; what is no text is passed over."""
    if not isinstance(entries, list):
        return set()
    found = (entry.get(key) for entry in entries if isinstance(entry, dict))
    return {value for value in found if isinstance(value, str)}


def _unknown(data: Any, place: str, names: Mapping[str, set[str]]) -> Iterator[Fault]:
    if isinstance(data, list):
        for index, entry in enumerate(data):
            yield from _unknown(entry, f"{place}[{index}]", names)
    if not isinstance(data, dict):
        return
    if "initiator" in data:  # a project
        names = {**names, **{key: _values(data.get(key), "id") for key in _OWN}}
    for key, value in data.items():
        where = f"{place}.{key}" if place else str(key)
        section = _REFERENCES.get(key)
        if section is None or isinstance(value, dict):
            yield from _unknown(value, where, names)
        elif isinstance(value, list):
            for index, name in enumerate(value):
                yield from _known(f"{where}[{index}]", name, section, names[section])
        else:
            yield from _known(where, value, section, names[section])


def _known(place: str, name: Any, section: str, known: set[str]) -> Iterator[Fault]:
    """A fault when `name` is a text and none of the `known` ones."""
    if not isinstance(name, str) or name in known:
        return
    near = difflib.get_close_matches(name, sorted(known), n=1)
    remedy = f"Есть: {', '.join(sorted(known)[:12])}" if known else "Добавьте запись"
    if near:
        remedy = f"Возможно, имелось в виду «{near[0]}»"
    yield Fault("", place, f"{_WORDS[section]} «{name[:40]}» нет в файле", remedy)
