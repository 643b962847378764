"""Norms as inputs of a model: every edition that its months need, each with its source.

A norm is taken on the first day of a month. Behind the last day of its last known edition the last
value goes on and a notice says so; a privilege whose last day is known ends with that day, and
the general rule follows, as the careful reading.
"""

from __future__ import annotations

import datetime
from dataclasses import replace

from course import wording
from course.cluster.projects import later
from course.errors import Fault, NormError
from course.finance.book import Book
from course.finance.lines import Input, Ref, Schedule, apply
from course.norms import Edition, Norms, Unit

_UNITS = {
    Unit.SHARE: "доля",
    Unit.RUB: "₽",
    Unit.RUB_PER_MONTH: "₽/мес.",
    Unit.RUB_PER_YEAR: "₽/год",
    Unit.MULTIPLE: "раз",
    Unit.PERCENTAGE_POINT: "доля",
    Unit.YEARS: "лет",
}


class Rules:
    """The norms that a model takes, for its months, as a book's inputs."""

    def __init__(self, norms: Norms, book: Book, as_of: datetime.date) -> None:
        self.norms = norms
        self.book = book
        self.as_of = as_of
        self.editions: dict[tuple[str, datetime.date | None], Edition] = {}
        self.notices: list[str] = []
        self.last = later(book.start, book.months - 1)

    def level(self, id: str, norm: str, after: str = "") -> Ref:
        """A line with the norm's value on the first day of each month.

        `after` names the norm that follows when the known term of a privilege is over.
        """
        editions = self._over_months(norm)
        end = editions[-1].until
        rows = [self._row(id, edition) for edition in editions]
        if after and end is not None and end < self.last:
            rows += self.rows(id, after, end)
            rows = [replace(row, id=f"{id}.{n}") for n, row in enumerate(rows, 1)]
            self.notices.append(
                f"«{editions[-1].title}»: льгота известна до {wording.day(end)}, "
                f"дальше в расчёте общее правило"
            )
        else:
            self._mark(editions[-1])
        schedule = self.book.schedule(Schedule(id, editions[-1].title, tuple(rows)))
        unit = rows[0].unit
        return self.book.line(
            f"rule.{id.removeprefix('norm.')}",
            editions[-1].title,
            unit,
            apply("looked_up", schedule, Ref("time.start")),
            "level",
        )

    def rows(self, id: str, norm: str, after: datetime.date) -> list[Input]:
        """The editions that follow a day, as rows of a schedule that goes on from there."""
        first = after + datetime.timedelta(days=1)
        editions = self._over_months(norm, first)
        self._mark(editions[-1])
        return [
            replace(self._row(id, edition), since=max(first, edition.since or first))
            for edition in editions
        ]

    def edition(self, norm: str) -> Edition:
        """The edition on the project's first day, noted as used."""
        edition = self.norms[norm].on(self.book.start)
        self._note(edition)
        return edition

    def _over_months(self, norm: str, first: datetime.date | None = None) -> list[Edition]:
        """The editions in force from a day to the last month, in order."""
        begin = first or self.book.start
        found: list[Edition] = []
        for months in range(self.book.months):
            day = later(self.book.start, months)
            if day < begin:
                continue
            edition = self.norms[norm].on(day)
            if edition not in found:
                if not edition.known:
                    what = f"значение нормы «{edition.title}» не известно: {edition.open}"
                    raise NormError(Fault("", norm, what.rstrip("."), "Внесите его в данные"))
                found.append(edition)
        return found

    def _row(self, id: str, edition: Edition) -> Input:
        self._note(edition)
        return Input(
            f"{id}.{edition.since:%Y%m%d}" if edition.since else id,
            edition.title,
            _UNITS.get(edition.unit, str(edition.unit)),
            edition.number,
            owner="законодательство",
            source=edition.reference,
            status=edition.standing.words,
            since=edition.since or self.book.start,
            norm=edition.name,
            expires=edition.until,
            address=edition.address,
            note=edition.note,
        )

    def _note(self, edition: Edition) -> None:
        self.editions[edition.name, edition.since] = edition

    def _mark(self, edition: Edition) -> None:
        """Notices on a value that goes on past its last known day, is stale or unconfirmed."""
        if edition.ended_on(self.last) and edition.until is not None:
            self.notices.append(
                f"«{edition.title}»: последняя известная редакция действует до "
                f"{wording.day(edition.until)}, дальше в расчёте её значение, {edition.words}"
            )
        if edition.stale_on(self.as_of):
            self.notices.append(
                f"«{edition.title}»: значение давно не сверяли с источником "
                f"(последний раз {wording.day(edition.checked)})"
            )
        if not edition.standing.confirmed:
            self.notices.append(f"«{edition.title}»: {edition.standing.words}")
