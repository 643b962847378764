"""«Справка об источниках»: the closing page of every report that stands on norms."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from course import wording
from course.norms import Edition
from course.reporting.blocks import Paragraph, Section, Source, Sources

STANDINGS = (
    "«По тексту акта» — прочитан сам акт; «по публикации» — значение взято из публикации о нём; "
    "«не подтверждено» — источник не найден; «текст не прочитан» — значения нет."
)


def references(
    editions: Iterable[Edition],
    as_of: datetime.date,
    *,
    until: datetime.date | None = None,
    intro: str = "Нормы, на которых стоит отчёт.",
    note: str = "",
    more: Iterable[Source] = (),
) -> Section:
    """The page of sources, each edition once.

    An edition that has ended on `as_of`, was not checked for too long, or is not known up to
    `until`, the end of the computation, says so in its own row. `more` are rows that stand on no
    edition of their own.
    """
    once = dict.fromkeys(editions)
    words = " ".join(part for part in (intro, STANDINGS, note) if part)
    rows = (*(source(edition, as_of, until) for edition in once), *dict.fromkeys(more))
    return Section("Справка об источниках", (Paragraph(words), Sources(rows)))


def source(edition: Edition, as_of: datetime.date, until: datetime.date | None = None) -> Source:
    """One edition as a row."""
    return Source(
        name=edition.title,
        value=edition.words,
        reference=edition.reference,
        since=wording.day(edition.since),
        standing=edition.standing.words if edition.known else "текст не прочитан",
        address=edition.address,
        firm=edition.known and edition.standing.confirmed,
        mark=mark(edition, as_of, until),
    )


def mark(edition: Edition, as_of: datetime.date, until: datetime.date | None = None) -> str:
    """What warns of an edition: that it has ended, is stale, or ends before the computation."""
    if not edition.known:
        return ""
    if edition.until is not None and edition.ended_on(as_of):
        return f"срок истёк {wording.day(edition.until)}, сверить"
    if edition.stale_on(as_of):
        return "давно не сверялось, сверить"
    if edition.until is not None and until is not None and edition.ended_on(until):
        return f"известна до {wording.day(edition.until)}"
    return ""
