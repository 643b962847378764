"""Names as people write them: when two of them are one, and what a file calls it by.

«ООО «Сириус»», «Сириус» and «СИРИУС» are one firm; «АО «Сириус»» beside «ООО «Сириус»» is a
question to the team.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

_FORMS = {
    "общество с ограниченной ответственностью": "ооо",
    "публичное акционерное общество": "пао",
    "непубличное акционерное общество": "нао",
    "открытое акционерное общество": "оао",
    "закрытое акционерное общество": "зао",
    "акционерное общество": "ао",
    "индивидуальный предприниматель": "ип",
    "автономная некоммерческая организация": "ано",
    "муниципальное унитарное предприятие": "муп",
    "государственное унитарное предприятие": "гуп",
    "федеральное государственное унитарное предприятие": "фгуп",
    **{short: short for short in (
        "ооо", "пао", "нао", "оао", "зао", "ао", "ип", "ано", "муп", "гуп", "фгуп",
    )},
}  # fmt: skip
_SHORT = {"обл": "область", "респ": "республика", "кр": "край", "г": "город"}
_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "sch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_LENGTH = 32  # signs of an id made from a name


def words(text: str) -> str:
    """A text without what a reader does not tell apart: case, ё, quotes, dashes, spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return " ".join(re.findall(r"[^\W_]+(?:[.,/][^\W_]+)*", folded))


def form(text: str) -> str:
    """The legal form that a firm's name begins with, shortened; empty if it names none."""
    whole = words(text)
    return next((short for long, short in _FORMS.items() if _begins(whole, long)), "")


def firm(text: str) -> str:
    """What tells a firm from another: its name without the legal form."""
    whole = words(text)
    for long in _FORMS:
        if _begins(whole, long):
            return whole.removeprefix(long).strip()
    return whole


def brand(text: str) -> str:
    """The part of a firm's name in quotation marks; empty if there is none."""
    found = re.fullmatch(r"[^«\"“„]+[«\"“„](.+)[»\"”“][^»\"”“]*", text)
    return found[1].strip() if found else ""


def region(text: str) -> str:
    """What tells a region from another: «Курская обл.» is «курская область»."""
    return " ".join(_SHORT.get(word, word) for word in words(text).split())


def _begins(whole: str, long: str) -> bool:
    return whole.startswith(f"{long} ")


def person(one: str, other: str) -> bool:
    """Whether two names may be one person's: «Крамарова Л. Д.» and «Лидия Крамарова»."""
    first, second = (set(words(name.replace(".", " ")).split()) for name in (one, other))
    common = {word for word in first & second if len(word) > 1}
    if not common:
        return False
    left, right = sorted(first - common), sorted(second - common)
    short, long = sorted((left, right), key=len)
    return all(any(_initial(word, name) for name in long) for word in short)


def _initial(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def quoted(text: str) -> str:
    """A text in quotation marks; those inside it become inner ones."""
    return f"«{text.replace('«', '„').replace('»', '“')}»"


def fullest(spellings: Iterable[str]) -> str:
    """Of several spellings of one name the one that says most: the longest."""
    return max(sorted(set(spellings)), key=len)


def identifiers(names: Mapping[str, str], fallback: str) -> dict[str, str]:
    """A latin id, each another, for every key from its name."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for key in sorted(names):
        stem = _latin(names[key]) or fallback
        name, number = stem, 1
        while name in taken:
            number += 1
            name = f"{stem}_{number}"
        taken.add(name)
        found[key] = name
    return found


def _latin(text: str) -> str:
    letters = "".join(_LATIN.get(sign, sign) for sign in text.casefold())
    plain = re.sub(r"[^a-z0-9]+", "_", letters).strip("_")[:_LENGTH].strip("_")
    return plain if plain[:1].isalpha() else f"n_{plain}" if plain else ""
