"""Law replay: the same project on the law of another day, line by line.

    replay(cluster, "power_modules", law_on=date(2025, 6, 1), as_of=day)

Every norm of the model takes the value that it had on that day and keeps it over all months. What
each changed norm does alone is found by replacing it alone; what is left is their joint effect.
Prices without VAT stay the same, so another rate of VAT moves only the timing of money: `PRICES`
says so on the page.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass, replace

from course import norms as legislation
from course import wording
from course.cluster import Cluster
from course.errors import FinanceError, NormError
from course.finance.model import Case, case
from course.finance.results import Result, run
from course.norms import Edition, Norm, Norms

KOPECK = 0.005
PRICES = "Цены без НДС считаются теми же: ставка НДС меняет только сроки платежей"


@dataclass(frozen=True)
class NormChange:
    """A norm that was another on that day, and what this alone does to ЧДД; roubles.

    `now` holds the editions that the project stands on. `npv` is the change of ЧДД of the project
    and `equity_npv` of the owner's when only this norm is replaced.
    """

    name: str
    title: str
    now: tuple[Edition, ...]
    then: Edition
    npv: float
    equity_npv: float


@dataclass(frozen=True)
class LineChange:
    """A line of money over the whole horizon: on today's law, on the other; roubles."""

    id: str
    title: str
    group: str
    now: float
    then: float

    @property
    def change(self) -> float:
        """How much more it is on the law of the other day."""
        return self.then - self.now


@dataclass(frozen=True)
class Replay:
    """A project on today's law and on that of another day.

    `unknown` names the norms that have no edition on that day: they stay as they are, and the
    page that prints the replay has to say so.
    """

    law_on: datetime.date
    now: Result
    then: Result
    norms: tuple[NormChange, ...]
    lines: tuple[LineChange, ...]
    unknown: tuple[str, ...]

    @property
    def npv_change(self) -> float:
        """How much greater ЧДД of the project is on the law of the other day."""
        return _figure(self.then, "project.npv") - _figure(self.now, "project.npv")

    @property
    def joint(self) -> float:
        """What the norms do together beyond the sum of each alone."""
        return self.npv_change - sum(change.npv for change in self.norms)

    @property
    def words(self) -> str:
        """The answer in one Russian sentence."""
        day = wording.day(self.law_on)
        if not self.norms:
            return f"На праве, действовавшем {day}, расчёт тот же."
        more = "больше" if self.npv_change > 0 else "меньше"
        by = wording.money(abs(self.npv_change))
        return f"На праве, действовавшем {day}, ЧДД проекта {more} на {by}."


def replay(
    cluster: Cluster,
    project: str,
    *,
    law_on: datetime.date,
    as_of: datetime.date,
    norms: Norms | None = None,
) -> Replay:
    """The project on the law of `law_on` beside the project on the law of its own months.

    Only norms that the model takes are replaced. A privilege that the project has today may have
    another value then, or none: then it stays, and is named in `unknown`. Raises `FinanceError`
    when not one norm of the model has an edition on that day.
    """
    known = norms if norms is not None else legislation.norms
    today = case(cluster, project, as_of=as_of, norms=known)
    used = tuple(dict.fromkeys(edition.name for edition in today.editions))
    dated = {name: edition for name in used if (edition := _edition(known[name], law_on))}
    if not dated:
        raise FinanceError(f"на {wording.day(law_on)} нет ни одной редакции норм этого расчёта")
    changed = [name for name in dated if _values(today, name) != {dated[name].value}]

    def computed(names: Collection[str]) -> Result:
        frozen = _frozen(known, [dated[name] for name in names], today.start)
        return run(case(cluster, project, as_of=as_of, norms=frozen))

    now, then = run(today), computed(changed)
    alone = {name: computed([name]) for name in changed}
    return Replay(
        law_on=law_on,
        now=now,
        then=then,
        norms=tuple(
            NormChange(
                name,
                dated[name].title,
                tuple(edition for edition in today.editions if edition.name == name),
                dated[name],
                _figure(alone[name], "project.npv") - _figure(now, "project.npv"),
                _figure(alone[name], "equity.npv") - _figure(now, "equity.npv"),
            )
            for name in changed
        ),
        lines=_lines(now, then),
        unknown=tuple(known[name].title for name in used if name not in dated),
    )


def _edition(norm: Norm, day: datetime.date) -> Edition | None:
    """The edition in force on a day; `None` where none is known for it."""
    try:
        edition = norm.on(day)
    except NormError:
        return None
    return edition if edition.covers(day) and edition.known else None


def _values(project: Case, name: str) -> set[object]:
    return {edition.value for edition in project.editions if edition.name == name}


def _frozen(norms: Norms, editions: Collection[Edition], start: datetime.date) -> Norms:
    """The norms with those editions in force from the project's start and without an end."""
    frozen = dict(norms)
    for edition in editions:
        lasting = replace(edition, since=min(start, edition.since or start), until=None)
        frozen[edition.name] = replace(norms[edition.name], editions=(lasting,))
    return Norms(frozen, norms.sources, norms.files)


def _figure(result: Result, id: str) -> float:
    return float(result.values.figure(id)[0])


def _lines(now: Result, then: Result) -> tuple[LineChange, ...]:
    """Lines of money whose sum over the horizon changes, in the order of the model."""
    rows = []
    for line in now.case.network.lines:
        if line.kind != "flow" or line.unit != "₽" or line.id not in then.values.rows:
            continue
        before, after = float(now.row(line.id).sum()), float(then.row(line.id).sum())
        if abs(after - before) > KOPECK:
            rows.append(LineChange(line.id, line.title, line.group, before, after))
    return tuple(rows)
