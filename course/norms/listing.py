"""What `proclusters law list|show|open|stale|diff` answers: plain data, and lines of Russian."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from course import wording
from course.errors import Fault, NormError
from course.norms.edition import Edition
from course.norms.reader import load
from course.norms.registry import Norm, Norms

Day = datetime.date | None


@dataclass(frozen=True)
class Answer:
    """An answer of the command: `data` of JSON values only, and the same as `lines` to print."""

    data: Any
    lines: tuple[str, ...]


def answer(
    what: str, name: str | None, day: Day, since: Day, until: Day, norms: Norms | None = None
) -> Answer:
    """Answer `law WHAT`: `list`, `show`, `open`, `stale` or `diff`.

    `name` is a norm or the beginning of names; `day` the day of `list`, `show` and `stale`;
    `since` and `until` the two days of `diff`. What is missing for the question is a `NormError`.
    """
    norms = load() if norms is None else norms
    if what == "diff":
        return diff(
            norms, _given(since, "--from", "law diff"), _given(until, "--to", "law diff"), name
        )
    if what == "stale":
        return stale(norms, _given(day, "--today", "law stale"))
    if what == "show":
        if not name:
            raise NormError(Fault("", "law show", "не названа норма", "Имена: law list"))
        return show(norms, name, day)
    plain: dict[str, Callable[[], Answer]] = {
        "list": lambda: overview(norms, name, day),
        "open": lambda: unread(norms, name),
    }
    if what not in plain:
        raise NormError(
            Fault("", "law", f"вопрос «{what}» неизвестен", "list|show|open|stale|diff")
        )
    return plain[what]()


def _given(day: Day, option: str, place: str) -> datetime.date:
    if day is None:
        raise NormError(Fault("", place, "не указан день", f"Добавьте {option} ГГГГ-ММ-ДД"))
    return day


def select(norms: Norms, name: str | None) -> tuple[Norm, ...]:
    """The norm `name`, or all norms whose names begin with it; `NormError` when there is none."""
    if not name:
        return tuple(norms.values())
    return norms.under(name) or (norms[name],)


def edition_data(edition: Edition, day: Day = None) -> dict[str, Any]:
    """An edition as JSON values; with `day`, also whether it is expired on that day."""
    value = edition.value
    if isinstance(value, tuple):
        value = list(value)  # type: ignore[assignment]
    elif isinstance(value, datetime.date):
        value = value.isoformat()
    dates = {
        key: date.isoformat() if date else None
        for key in ("since", "until", "published", "checked", "seen")
        for date in (getattr(edition, key),)
    }
    data = {
        "name": edition.name,
        "title": edition.title,
        "value": value,
        "unit": str(edition.unit),
        "words": edition.words,
        "comparison": str(edition.comparison) if edition.comparison else None,
        "standing": str(edition.standing),
        "standing_words": edition.standing.words,
        "reference": edition.reference,
        "sources": list(edition.sources),
        "addresses": list(edition.addresses),
        "quotation": edition.quotation,
        "note": edition.note,
        "open": edition.open,
        "preliminary": edition.preliminary,
        "pace": str(edition.pace),
        **dates,
    }
    if day is not None:
        data["expired"] = edition.expired_on(day)
    return data


def period(edition: Edition) -> str:
    """When the edition holds, in Russian."""
    if edition.seen:
        return f"снимок без даты, прочитан {wording.day(edition.seen)}"
    if edition.since is None:
        return "день не известен"
    if edition.until is None:
        return f"с {wording.day(edition.since)}"
    if edition.since == edition.until:
        return f"на {wording.day(edition.since)}"
    return f"с {wording.day(edition.since)} по {wording.day(edition.until)}"


def expiry(edition: Edition, day: datetime.date) -> str:
    """Why the value is expired on `day`, in Russian; empty when it is not."""
    if edition.ended_on(day):
        return f"срок истёк {wording.day(edition.until)}"
    if edition.stale_on(day):
        if edition.checked:
            return f"давно не проверялось: {wording.day(edition.checked)}"
        return "ни разу не проверялось"
    return ""


def brief(edition: Edition, day: Day = None) -> str:
    """The value with its standing on one line: `22 % (по публикации; с 01.01.2026)`."""
    parts = [period(edition)]
    if edition.known:
        parts.insert(0, edition.standing.words)
    if edition.preliminary:
        parts.append("предварительно")
    if day is not None and expiry(edition, day):
        parts.append(expiry(edition, day))
    return f"{edition.words} ({'; '.join(parts)})"


def describe(edition: Edition, day: Day = None) -> list[str]:
    """Everything that the data say of an edition, one line each."""
    lines = [f"  {brief(edition, day)}"]
    rows = [
        ("прочесть", edition.open),
        ("предел", edition.limit if edition.comparison and edition.known else ""),
        ("основание", edition.reference),
        ("источник", "; ".join(edition.addresses)),
        ("цитата", f"«{edition.quotation}»" if edition.quotation else ""),
        ("примечание", edition.note),
        ("опубликовано", wording.day(edition.published) if edition.published else ""),
        ("проверено", wording.day(edition.checked) if edition.checked else "не проверялось"),
    ]
    return lines + [f"    {label}: {text}" for label, text in rows if text]


def _held(norm: Norm, day: Day) -> Edition | None:
    """The edition on `day`; without a day the latest one, or a snapshot when there is no other."""
    if day is None:
        return (norm.editions or norm.snapshots)[-1]
    try:
        return norm.on(day)
    except NormError:
        return None


def overview(norms: Norms, name: str | None, day: Day) -> Answer:
    """The norms with their values on `day`, or with their latest ones."""
    data, lines = [], []
    for norm in select(norms, name):
        edition = _held(norm, day)
        if edition is None:
            data.append({"name": norm.name, "title": norm.title, "value": None})
            lines.append(f"{norm.name} — {norm.title}: на этот день редакции нет")
        else:
            data.append(edition_data(edition, day))
            lines.append(f"{norm.name} — {norm.title}: {brief(edition, day)}")
    return Answer(data, tuple(lines))


def show(norms: Norms, name: str, day: Day) -> Answer:
    """A norm on `day` with its source; without a day, all its editions and snapshots."""
    found = (norms[name],) if name in norms else select(norms, name)
    data, lines = [], []
    for norm in found:
        if day is not None and len(found) > 1:
            editions: Iterable[Edition] = filter(None, [_held(norm, day)])
        else:
            editions = [norm.on(day)] if day else (*norm.editions, *norm.snapshots)
        lines.append(f"{norm.name} — {norm.title}")
        for edition in editions:
            data.append(edition_data(edition, day))
            lines += describe(edition, day)
    return Answer(data, tuple(lines))


def unread(norms: Norms, name: str | None = None) -> Answer:
    """What nobody has read yet: the list for a person with a legal database."""
    data, lines = [], []
    for norm in select(norms, name):
        for edition in norm.editions:
            if edition.known:
                continue
            data.append(edition_data(edition) | {"file": norm.file, "line": norm.line})
            lines.append(f"{norm.name} — {norm.title} ({period(edition)})")
            lines.append(f"  {edition.open}")
            lines.append(f"  файл {norm.file}, строка {norm.line}; {edition.reference}")
    total = wording.count(len(data), "открытая запись", "открытые записи", "открытых записей")
    return Answer(data, (*lines, f"Всего: {total}."))


def stale(norms: Norms, today: datetime.date) -> Answer:
    """What is past its end or was not checked within its pace, as of `today`."""
    data, lines = [], []
    for norm in norms.values():
        held = _held(norm, today)
        for edition in (*((held,) if held else ()), *norm.snapshots):
            reason = expiry(edition, today) if edition.known else ""
            if reason and edition.pace.days is not None:
                data.append(edition_data(edition, today) | {"reason": reason, "file": norm.file})
                lines.append(f"{norm.name} — {norm.title}: {edition.words}; {reason}")
    total = wording.count(len(data), "норма", "нормы", "норм")
    return Answer(data, (*lines, f"На {wording.day(today)} перепроверить: {total}."))


def diff(norms: Norms, since: datetime.date, until: datetime.date, name: str | None) -> Answer:
    """What differs between the law of two days, norm by norm."""
    data, lines = [], []
    for norm in select(norms, name):
        before, after = _held(norm, since), _held(norm, until)
        if before is after:
            continue
        if before and after and before.known and after.known and before.value == after.value:
            continue
        data.append(
            {
                "name": norm.name,
                "title": norm.title,
                "from": edition_data(before, since) if before else None,
                "to": edition_data(after, until) if after else None,
            }
        )
        lines.append(f"{norm.name} — {norm.title}")
        lines.append(f"  {wording.day(since)}: {brief(before) if before else 'редакции нет'}")
        lines.append(f"  {wording.day(until)}: {brief(after) if after else 'редакции нет'}")
        lines += [f"  основание: {after.reference}"] if after else []
    total = wording.count(len(data), "норма", "нормы", "норм")
    return Answer(data, (*lines, f"Изменилось: {total}."))
