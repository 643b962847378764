"""The legislation data read from YAML: every fault is told at once, with its file and line."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import itertools
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from course.errors import Fault, FileError, NormError
from course.files import Yaml, read_yaml
from course.norms.edition import Comparison, Edition, Pace, Standing, Unit, Value
from course.norms.registry import Norm, Norms, Source

LEGISLATION = Path(__file__).parents[1] / "legislation"

_FILE_KEYS = {"title", "note", "norms", "sources"}
_NORM_KEYS = {"title", "unit", "pace", "editions"}
_SHARED_KEYS = {"standing", "reference", "source", "address", "published", "checked", "note",
                "comparison"}  # fmt: skip
_OWN_KEYS = {"value", "since", "until", "seen", "quotation", "open", "preliminary"}
_EDITION_KEYS = _SHARED_KEYS | _OWN_KEYS
_SOURCE_KEYS = {"address", "about", "published"}
_DAYS = ("since", "until", "published", "checked", "seen")
_TEXTS = ("reference", "address", "quotation", "note", "open")
_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+|[a-z0-9.-]+\.[a-z]{2,}(/[^\s<>\"]*)?( [^<>\"]*)?")


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _between(low: float, high: float) -> Callable[[Any], bool]:
    def check(value: Any) -> bool:
        return (
            isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
        )

    return check


_MONEY = (_between(0, 1e15), "сумма в рублях, не меньше нуля")
_WHOLE = (_whole, "целое число, не меньше нуля")
_FIT: Mapping[Unit, tuple[Callable[[Any], bool], str]] = {
    Unit.SHARE: (_between(0, 1), "доля от 0 до 1: 20 % пишется 0.2"),
    Unit.PERCENTAGE_POINT: (_between(-1, 1), "доля: 3 процентных пункта пишутся 0.03"),
    Unit.INDEX: (_between(0, 20), "индекс долей: 107,6 % пишется 1.076"),
    Unit.MULTIPLE: (_between(0, 1000), "число: «в полтора раза» пишется 1.5"),
    Unit.RUB: _MONEY,
    Unit.RUB_PER_MONTH: _MONEY,
    Unit.RUB_PER_YEAR: _MONEY,
    Unit.RUB_PER_APPLICANT: _MONEY,
    Unit.COUNT: _WHOLE,
    Unit.YEARS: _WHOLE,
    Unit.MONTHS: _WHOLE,
    Unit.DAYS: _WHOLE,
    Unit.TEXT: (lambda value: isinstance(value, str) and bool(value.strip()), "текст"),
    Unit.LIST: (
        lambda value: (
            isinstance(value, list)
            and bool(value)
            and all(isinstance(item, str) and item.strip() for item in value)
            and len(set(value)) == len(value)
        ),
        "список слов без повторов",
    ),
    Unit.DAY: (lambda value: isinstance(value, datetime.date), "день: 2026-01-31"),
    Unit.FLAG: (lambda value: isinstance(value, bool), "true или false"),
}


@functools.cache
def load(folder: Path = LEGISLATION) -> Norms:
    """The norms of all YAML files under `folder`; `NormError` with every fault of every file."""
    faults: list[Fault] = []
    files: list[tuple[str, Yaml]] = []
    paths = sorted(folder.rglob("*.yaml"))
    if not paths:
        raise NormError(Fault(folder.name, "", "в папке нет данных законодательства (*.yaml)"))
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            files.append((name, read_yaml(path)))
        except FileError as error:
            faults += [dataclasses.replace(fault, file=name) for fault in error.faults]
    sources: dict[str, Source] = {}
    readers = [_Reader(name, yaml, sources, faults) for name, yaml in files]
    for reader in readers:
        reader.read_sources()
    norms: dict[str, Norm] = {}
    for reader in readers:
        reader.read_norms(norms)
    if faults:
        raise NormError(faults)
    return Norms(norms, sources, {reader.name: reader.title for reader in readers})


class _Reader:
    """Reads one file, adding to `sources`, to the norms of all files, and to `faults`."""

    def __init__(
        self, name: str, yaml: Yaml, sources: dict[str, Source], faults: list[Fault]
    ) -> None:
        self.name = name
        self.yaml = yaml
        self.sources = sources
        self.faults = faults
        self.data = yaml.data if isinstance(yaml.data, dict) else {}
        self.title = str(self.data.get("title", name))

    def fault(self, place: str, what: str, remedy: str = "") -> None:
        line = self.yaml.line_of(place) or 1
        shown = re.sub(r"^(norms|sources)\.", "", place)
        where = f"строка {line}, {shown}" if shown else f"строка {line}"
        self.faults.append(Fault(self.name, where, what, remedy))

    def unknown_keys(self, place: str, entry: Mapping[str, Any], allowed: set[str]) -> None:
        for key in sorted(set(entry) - allowed):
            below = f"{place}.{key}" if place else key
            self.fault(below, f"неизвестный ключ «{key}»", f"Можно: {', '.join(sorted(allowed))}")

    def section(self, key: str) -> dict[str, dict[str, Any]]:
        """The entries of a section of the file; what is not a mapping is refused."""
        content = self.data.get(key) or {}
        if not isinstance(content, dict):
            self.fault(key, "здесь должны стоять записи с именами")
            return {}
        for name, entry in content.items():
            if not isinstance(entry, dict):
                self.fault(f"{key}.{name}", "запись пуста или не состоит из ключей")
        return {name: entry for name, entry in content.items() if isinstance(entry, dict)}

    def read_sources(self) -> None:
        self.unknown_keys("", self.data, _FILE_KEYS)
        if not ("norms" in self.data or "sources" in self.data):
            self.fault("", "в файле нет ни норм (norms), ни источников (sources)")
        for key, entry in self.section("sources").items():
            place = f"sources.{key}"
            self.unknown_keys(place, entry, _SOURCE_KEYS)
            if key in self.sources:
                self.fault(place, f"источник «{key}» уже есть в другом файле")
            address = entry.get("address")
            addresses = address if isinstance(address, list) else [address] if address else []
            for item in addresses:
                if not isinstance(item, str) or not _ADDRESS.fullmatch(item):
                    self.fault(place, f"«{item}» не похоже на адрес страницы")
            about, published = entry.get("about"), entry.get("published")
            if not isinstance(about, str):
                self.fault(place, "не сказано, что это за источник (about)")
            if published is not None and not isinstance(published, datetime.date):
                self.fault(f"{place}.published", "published: нужен день, например 2026-01-31")
            self.sources[key] = Source(key, tuple(map(str, addresses)), str(about), published)

    def read_norms(self, norms: dict[str, Norm]) -> None:
        for name, entry in self.section("norms").items():
            place = f"norms.{name}"
            if not _NAME.fullmatch(name):
                self.fault(place, f"имя «{name}» не годится", "Пишите так: tax.vat.rate")
            if name in norms:
                self.fault(place, f"норма «{name}» уже есть в файле {norms[name].file}")
                continue
            norm = self.norm(name, place, entry)
            if norm is not None:
                norms[name] = norm

    def norm(self, name: str, place: str, entry: dict[str, Any]) -> Norm | None:
        """One norm with all its editions, or `None` when what it needs itself is missing."""
        single = "editions" not in entry
        own = _EDITION_KEYS if single else _SHARED_KEYS
        self.unknown_keys(place, entry, _NORM_KEYS | own)
        title = entry.get("title")
        if not isinstance(title, str) or not title.strip():
            self.fault(place, "у нормы нет названия (title)")
        unit = self.word(Unit, place, entry, "unit", "единица измерения")
        pace = self.word(Pace, place, entry, "pace", "частота проверки")
        items = [{}] if single else entry["editions"]
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            self.fault(f"{place}.editions", "редакции пишутся списком, каждая со знака «-»")
            return None
        if unit is None or pace is None or not isinstance(title, str):
            return None
        shared = {key: value for key, value in entry.items() if key in own}
        blank = Norm(name, title, unit, pace, self.name, self.yaml.line_of(place) or 1, ())
        found = []
        for index, item in enumerate(items):
            where = place if single else f"{place}.editions[{index}]"
            self.unknown_keys(where, item, _EDITION_KEYS)
            found.append((where, self.edition(blank, where, {**shared, **item})))
        self.order(found)
        editions = [edition for _, edition in found]
        return dataclasses.replace(
            blank,
            editions=tuple(
                sorted(
                    (edition for edition in editions if edition.seen is None),
                    key=lambda edition: edition.since or datetime.date.min,
                )
            ),
            snapshots=tuple(edition for edition in editions if edition.seen is not None),
        )

    def word(self, words: Any, place: str, entry: Mapping[str, Any], key: str, what: str) -> Any:
        """The member of the closed list `words` under `key`; refused when unknown or missing."""
        text = entry.get(key)
        try:
            return words(text)
        except ValueError:
            shown = "не указана" if text is None else f"«{text}» неизвестна"
            self.fault(f"{place}.{key}", f"{what} {shown} ({key})", f"Можно: {', '.join(words)}")
            return None

    def edition(self, norm: Norm, place: str, entry: dict[str, Any]) -> Edition:
        """One edition; what is wrong goes to the faults."""
        for key in _DAYS:
            if key in entry and not isinstance(entry[key], datetime.date):
                self.fault(f"{place}.{key}", f"{key}: нужен день, например 2026-01-31")
                entry[key] = None
        for key in _TEXTS:
            if key in entry and not (isinstance(entry[key], str) and entry[key].strip()):
                what = "напишите, что нужно прочесть" if key == "open" else "нужен текст"
                self.fault(f"{place}.{key}", f"{key}: {what}")
                entry[key] = ""
        if not isinstance(entry.get("preliminary", False), bool):
            self.fault(f"{place}.preliminary", "preliminary: нужно true или false")
        if "reference" not in entry:
            self.fault(place, "нет ссылки на акт или публикацию (reference)")
        self.days(place, entry)
        standing = self.standing(place, entry)
        sources, addresses = self.addresses(place, entry, standing)
        return Edition(
            name=norm.name,
            title=norm.title,
            value=self.value(norm.unit, place, entry),
            unit=norm.unit,
            pace=norm.pace,
            standing=standing,
            sources=sources,
            addresses=addresses,
            preliminary=entry.get("preliminary") is True,
            comparison=self.comparison(place, entry),
            reference=entry.get("reference", "").strip(),
            quotation=entry.get("quotation", "").strip(),
            note=entry.get("note", "").strip(),
            open=entry.get("open", "").strip(),
            **{key: entry.get(key) for key in _DAYS},
        )

    def value(self, unit: Unit, place: str, entry: Mapping[str, Any]) -> Value:
        """The value, if it fits the unit; an open edition has none."""
        value = entry.get("value")
        if "open" in entry:
            if value is not None:
                self.fault(f"{place}.value", "значение есть, а запись названа открытой (open)")
            return None
        if value is None:
            self.fault(place, "нет значения (value)", "Неизвестное запишите ключом open")
            return None
        fits, wanted = _FIT[unit]
        if not fits(value):
            self.fault(
                f"{place}.value", f"значение не подходит к единице {unit}", f"Нужно: {wanted}"
            )
            return None
        return tuple(value) if isinstance(value, list) else value

    def comparison(self, place: str, entry: Mapping[str, Any]) -> Comparison | None:
        """How data are compared with the value, where the source says it."""
        if "comparison" not in entry:
            return None
        what = "пометка сравнения"
        found: Comparison | None = self.word(Comparison, place, entry, "comparison", what)
        return found

    def days(self, place: str, entry: Mapping[str, Any]) -> None:
        """Refuse a value without a day, and days in an impossible order."""
        since, until, seen = entry.get("since"), entry.get("until"), entry.get("seen")
        if not {"since", "seen", "open"} & set(entry):
            self.fault(
                place,
                "у значения нет дня, с которого оно действует (since)",
                "Для снимка без даты укажите seen, неизвестное запишите ключом open",
            )
        if seen is not None and (since is not None or until is not None):
            self.fault(place, "у снимка (seen) не бывает дней действия (since, until)")
        if until is not None and (since is None or until < since):
            self.fault(f"{place}.until", "последний день раньше первого или первого дня нет")
        checked = entry.get("checked")
        for key in ("published", "seen"):
            if checked is not None and entry.get(key) is not None and checked < entry[key]:
                self.fault(f"{place}.checked", f"проверено раньше, чем {key}")

    def standing(self, place: str, entry: Mapping[str, Any]) -> Standing:
        """The standing; an open edition without one counts as not confirmed."""
        if "open" in entry and "standing" not in entry:
            return Standing.RECALLED
        standing: Standing | None = self.word(Standing, place, entry, "standing", "надёжность")
        if standing is Standing.RECALLED and entry.get("checked") is not None:
            self.fault(f"{place}.checked", "записанное по памяти не бывает проверенным (checked)")
        return standing or Standing.RECALLED

    def addresses(
        self, place: str, entry: Mapping[str, Any], standing: Standing
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The keys of the sources and their addresses; a confirmed value needs a source."""
        keys = entry.get("source") or []
        keys = keys if isinstance(keys, list) else [keys]
        address = entry.get("address", "")
        if address and not _ADDRESS.fullmatch(address):
            self.fault(f"{place}.address", f"«{address}» не похоже на адрес страницы")
        found = [address] if address else []
        for key in keys:
            if key not in self.sources:
                self.fault(f"{place}.source", f"источника «{key}» нет в списке", "См. sources.yaml")
            else:
                found += self.sources[key].addresses
        if standing.confirmed and not keys and not address:
            self.fault(place, "не назван источник (source или address)")
        return tuple(map(str, keys)), tuple(found)

    def order(self, found: list[tuple[str, Edition]]) -> None:
        """Refuse editions of one norm that overlap or stand beside an open one without a day."""
        dated = sorted(
            ((place, edition) for place, edition in found if edition.since is not None),
            key=lambda pair: pair[1].since or datetime.date.min,
        )
        for (_, before), (place, after) in itertools.pairwise(dated):
            if after.since is None or (before.until is not None and before.until < after.since):
                continue
            ends = f"до {before.until:%d.%m.%Y}" if before.until else "без последнего дня (until)"
            self.fault(
                place,
                f"редакции пересекаются: предыдущая с {before.since:%d.%m.%Y} {ends}",
                "Исправьте until предыдущей или since этой",
            )
        undated = [pair for pair in found if pair[1].since is None and pair[1].seen is None]
        if undated and len(dated) + len(undated) > 1:
            self.fault(undated[0][0], "рядом с другими редакциями у открытой записи нужен since")
