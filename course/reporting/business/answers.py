"""What a financier asks of every project, answered in one line each, side by side."""

from __future__ import annotations

from collections.abc import Callable

from course import finance, wording
from course.reporting.blocks import Column, Table
from course.reporting.business.study import Offer, Study

UNREACHABLE = "недостижим"
SMALL = 5e4  # roubles: less is printed as zero


def answers(offer: Offer) -> Table:
    """A row for each question, a column for each project."""
    questions: tuple[tuple[str, Callable[[Study], str]], ...] = (
        ("Хватает ли денег, наименьший остаток", _money_left),
        ("Что получает собственник, ЧДД", lambda study: _sum(study.figures.equity_npv)),
        ("Что остаётся бюджетам и фондам, ЧДД", lambda study: _sum(study.figures.budget_npv)),
        ("Ближайший перелом: ЧДД = 0", _turning),
        ("ЧДД в худшем и в лучшем сценарии", _scenarios),
        ("ЧДД собственника без поддержки", _unsupported),
        ("Грант для целей поддержки по плану", _grant),
        (f"ЧДД на праве {wording.day(offer.terms.law_on)}", _other_law),
        ("Чей уход дороже всего, потеря ЧДД", lambda study: _departure(offer, study)),
    )
    return Table(
        "Ответы по проектам; подробно — на страницах проектов",
        (Column("Вопрос"), *map(Column, _headings(offer))),
        tuple((asked, *map(answer, offer.studies)) for asked, answer in questions),
        source=offer.model,
    )


def _headings(offer: Offer) -> list[str]:
    """The projects by their numbers in the table above and by their initiators."""
    names = [offer.titles[study.plan.initiator] for study in offer.studies]
    if len(names) == 1:
        return names
    return [f"{number}. {name}" for number, name in enumerate(names, 1)]


def _sum(roubles: float) -> str:
    return wording.money(roubles, "млн ₽")


def _money_left(study: Study) -> str:
    lowest = study.figures.cash_min
    return f"да, {_sum(lowest)}" if study.figures.feasible else f"нет, {_sum(lowest)}"


def _turning(study: Study) -> str:
    """The figure that has to move least, and how far."""
    rows = [value for value in study.switching.values() if value.change is not None]
    if not rows:
        return "не найден"
    value = rows[0]
    change = value.change or 0.0
    sign = "+" if change > 0 else ""
    products = {product.title for product in study.plan.products}
    owner, _, rest = value.title.partition(": ")
    title = rest if rest and len(products) == 1 and owner in products else value.title
    return f"{title} {sign}{wording.share(change, 1)}"


def _scenarios(study: Study) -> str:
    worths = [outcome.indicators.npv for outcome in study.outcomes]
    lowest = wording.number(min(worths) / 1e6)
    return f"{lowest} … {wording.money(max(worths), 'млн ₽', 0)}"


def _unsupported(study: Study) -> str:
    pair = study.unsupported
    return _sum(pair.after.equity_npv) if pair.grants or pair.dearer else "поддержки нет"


def _grant(study: Study) -> str:
    found = next(one for one in study.calibrated if one.lever is finance.Lever.GRANT)
    if found.planned is None:
        return found.refused
    if found.planned.value is None:
        return UNREACHABLE
    return _sum(found.planned.value) if found.planned.value >= SMALL else "не нужен"


def _other_law(study: Study) -> str:
    if study.replay is None:
        return "не известно"
    change = study.replay.npv_change
    sign = "+" if change > 0 else ""
    return f"{sign}{wording.money(change, 'млн ₽', 2)}" if study.replay.norms else "тот же"


def _departure(offer: Offer, study: Study) -> str:
    """The member whose loss costs this project most; the initiator's own is no answer."""
    costs = {
        member.label: hit.npv_change
        for member, spread in offer.departures
        for hit in spread.projects
        if hit.project == study.plan.id and member.id != study.plan.initiator
    }
    worst = min(costs, key=lambda label: costs[label], default="")
    if not worst or costs[worst] > -SMALL:
        return "ничей"
    return f"{worst}, {wording.money(-costs[worst], 'млн ₽', 0)}"
