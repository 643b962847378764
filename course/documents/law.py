"""Norms for papers: a value with its edition and a short sign, and the rows of the reference."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from course.cluster import Provenance
from course.errors import NormError
from course.norms import Edition, Standing, norms
from course.wording import ABSENT, day

SIGNS = (
    "[А] — по тексту акта; [П] — по публикации; [?] — не подтверждено; "
    "[К] — предложение курса; [У] — учебные данные."
)


@dataclass(frozen=True)
class SourceLine:
    """A row of «Справка об источниках»."""

    name: str
    value: str
    reference: str
    edition: str
    standing: str

    @property
    def fields(self) -> dict[str, str]:
        """The row for a template."""
        return {
            "name": self.name, "value": self.value, "reference": self.reference,
            "edition": self.edition, "standing": self.standing,
        }  # fmt: skip


def editions(name: str, on: datetime.date) -> tuple[Edition, ...]:
    """What is known of a norm on a day: its edition, or else all undated readings of it."""
    norm = norms[name]
    if not norm.editions:
        return norm.snapshots
    try:
        return (norm.on(on),)
    except NormError:
        return norm.snapshots


def under(name: str, on: datetime.date) -> tuple[Edition, ...]:
    """The editions of a norm, or of all norms under a name; empty when the name is no norm's."""
    return tuple(edition for norm in norms.under(name) for edition in editions(norm.name, on))


def said(edition: Edition, on: datetime.date) -> str:
    """A value as a signed paper prints it: with the short sign, and with what is wrong with it."""
    value = edition.words if edition.known else "текст не прочитан"
    late = ", устарело" if edition.known and edition.expired_on(on) else ""
    seen = f" (снимок без даты: {edition.reference})" if edition.seen else ""
    return f"{value}{late}{seen} {edition.standing.sign}"


def line(edition: Edition, on: datetime.date, until: datetime.date | None = None) -> SourceLine:
    """A norm's row of the reference; marked where it is stale or ends before the figures do."""
    when = f"с {day(edition.since)}" if edition.since else "день не назван"
    if edition.seen:
        when = f"без даты, прочитано {day(edition.seen)}"
    if edition.until:
        when += f" по {day(edition.until)}"
    if edition.known and edition.expired_on(on):
        when += f"; на {day(on)} устарело, сверить заново"
    elif edition.known and until is not None and edition.ended_on(until):
        when += "; кончается раньше расчёта"
    value = edition.words if edition.known else f"не известно: {edition.open}"
    standing = f"{edition.standing.sign} {edition.standing.words}"
    reference = edition.reference + (f" ({edition.address})" if edition.address else "")
    return SourceLine(edition.title, value, reference, when, standing)


def sources(
    found: Iterable[Edition], on: datetime.date, data: Provenance,
    until: datetime.date | None = None,
) -> list[dict[str, str]]:  # fmt: skip
    """The rows of the reference: norms, each once, then the team's data and the paper's form."""
    rows = dict.fromkeys(line(edition, on, until) for edition in found)
    return [row.fields for row in (*rows, *_own(data))]


def mark(data: Provenance) -> str:
    """What a page says of the data that it prints: invented for teaching, or a team's own."""
    if data is Provenance.SYNTHETIC:
        return f"{data.words.capitalize()} {Standing.SYNTHETIC.sign}"
    return data.words.capitalize()


def _own(data: Provenance) -> tuple[SourceLine, ...]:
    proposed = Standing.PROPOSED
    return (
        SourceLine("Сведения об организациях и проектах", ABSENT, "Файл кластера команды", ABSENT,
                   mark(data)),
        SourceLine("Форма документа", ABSENT, "Официальная форма не прочитана", ABSENT,
                   f"{proposed.sign} {proposed.words}"),
    )  # fmt: skip
