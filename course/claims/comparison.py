"""Two readings of a paper compared: figures changed, swapped, moved, lost or foreign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from course.claims.printed import Printed, known, settled


class Kind(StrEnum):
    """What happened to a figure."""

    CHANGED = "changed"
    SWAPPED = "swapped"
    MOVED = "moved"
    LOST = "lost"
    FOREIGN = "foreign"
    WORDS = "words"
    STALE = "stale"
    INPUT = "input"
    FORMULA = "formula"
    TYPED = "typed"
    LAYOUT = "layout"
    FOLLOWED = "followed"
    UNCOUNTED = "uncounted"
    UNKNOWN = "unknown"


_SAID = {
    Kind.CHANGED: "число изменено: было «{expected}», стоит «{found}»",
    Kind.SWAPPED: "число переставлено: было «{expected}», стоит «{found}» — это {other}",
    Kind.MOVED: "число стоит в другом месте документа",
    Kind.LOST: "номер числа потерян: «{expected}» нельзя сверить",
    Kind.FOREIGN: "под этим номером ничего не выпускалось: стоит «{found}»",
    Kind.WORDS: "изменены слова рядом с числом «{found}»: прочтите их",
    Kind.STALE: "файл кластера изменился после выпуска документа: выпустите его заново",
    Kind.INPUT: "ввод изменён: было {expected}, стало {found}",
    Kind.FORMULA: "формула изменена: было «{expected}», стоит «{found}»",
    Kind.TYPED: "вместо формулы вписано «{found}»: было «{expected}»",
    Kind.LAYOUT: "лист не тот, что выпущен: {found}",
    Kind.FOLLOWED: "вслед за этим изменились и другие числа: {found}",
    Kind.UNCOUNTED: "книга не пересчитана: откройте её в Excel, сохраните и сверьте снова",
    Kind.UNKNOWN: "числа не сверены: {found}",
}


@dataclass(frozen=True)
class Discrepancy:
    """One figure that is not as it was made: its id, what it is, what was and what stands."""

    kind: Kind
    tag: str
    title: str
    expected: str = ""
    found: str = ""
    other: str = ""

    @property
    def statement(self) -> str:
        """The discrepancy as a Russian sentence."""
        said = _SAID[self.kind].format(
            expected=self.expected, found=self.found or "пусто", other=self.other
        )
        if self.tag:
            return f"{self.title} [{self.tag}]: {said}."
        return f"{self.title}: {said}." if self.title else f"{said.capitalize()}."


def compare(
    expected: Sequence[Printed], found: Sequence[Printed], titles: Mapping[str, str]
) -> tuple[Discrepancy, ...]:
    """What differs between a paper as it was made and as it is now, each figure named once."""
    found = known(found, (one.tag for one in expected))
    was, stands = _by_tag(expected), _by_tag(found)
    discrepancies: list[Discrepancy] = []
    for tag, printed in was.items():
        discrepancies += _one(tag, printed, stands.get(tag, []), was, titles)
    for tag, printed in stands.items():
        if tag not in was:
            title = titles.get(tag, "неизвестное число")
            discrepancies.append(Discrepancy(Kind.FOREIGN, tag, title, found=printed[0].text))
    told = {discrepancy.tag for discrepancy in discrepancies}
    for tag in _moved(expected, found):
        if tag not in told:
            discrepancies.append(Discrepancy(Kind.MOVED, tag, titles.get(tag, tag)))
            told.add(tag)
    return (*discrepancies, *_words(was, stands, told, titles))


def _by_tag(printed: Sequence[Printed]) -> dict[str, list[Printed]]:
    found: dict[str, list[Printed]] = {}
    for one in printed:
        found.setdefault(one.tag, []).append(one)
    return found


def _one(
    tag: str, was: list[Printed], stands: list[Printed], all_: Mapping[str, list[Printed]],
    titles: Mapping[str, str],
) -> list[Discrepancy]:  # fmt: skip
    """The discrepancies of one id: each occurrence is compared with its own."""
    title, made = titles.get(tag, tag), []
    if len(stands) < len(was):
        made.append(Discrepancy(Kind.LOST, tag, title, was[0].text))
    wanted = Counter(one.settled for one in was)
    for one in stands:
        if wanted[one.settled] > 0:
            wanted[one.settled] -= 1
            continue
        if one.settled in {each.settled for each in was}:
            made.append(Discrepancy(Kind.MOVED, tag, title))  # one occurrence too many
            continue
        other = _owner(one.settled, tag, all_)
        kind = Kind.SWAPPED if other else Kind.CHANGED
        made.append(Discrepancy(kind, tag, title, was[0].text, one.text, titles.get(other, other)))
    return made


def _owner(text: str, tag: str, all_: Mapping[str, list[Printed]]) -> str:
    """Whose figure it is that stands in a wrong place; empty when it is nobody's."""
    return next(
        (other for other, printed in all_.items()
         if other != tag and any(one.settled == text for one in printed)),
        "",
    )  # fmt: skip


def _moved(expected: Sequence[Printed], found: Sequence[Printed]) -> list[str]:
    """Ids that stand in another order than they were made in."""
    was, stands = [one.tag for one in expected], [one.tag for one in found]
    if was == stands:
        return []
    common = Counter(was) & Counter(stands)
    was, stands = [tag for tag in was if tag in common], [tag for tag in stands if tag in common]
    matcher = SequenceMatcher(None, was, stands, autojunk=False)
    moved: list[str] = []
    for kind, first, last, _, _ in matcher.get_opcodes():
        if kind in ("delete", "replace"):
            moved += was[first:last]
    return list(dict.fromkeys(moved))


def _words(
    was: Mapping[str, list[Printed]], stands: Mapping[str, list[Printed]], told: set[str],
    titles: Mapping[str, str],
) -> tuple[Discrepancy, ...]:  # fmt: skip
    """Figures that are as they were, among words that are not."""
    changed = []
    for tag, printed in was.items():
        if tag in told or tag not in stands:
            continue
        before = Counter(settled(one.around) for one in printed)
        after = Counter(settled(one.around) for one in stands[tag])
        if before != after:
            changed.append(
                Discrepancy(Kind.WORDS, tag, titles.get(tag, tag), found=stands[tag][0].text)
            )
    return tuple(changed)
