"""Pages of the whole cluster: another law, and a member that leaves or stands still."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from course import charts, finance, wording
from course.cluster import Member
from course.finance.replay import PRICES
from course.finance.statements import STATEMENTS
from course.reporting.blocks import (
    Block,
    Column,
    Notice,
    Paragraph,
    Section,
    Table,
)
from course.reporting.business.printing import money, picture
from course.reporting.business.study import Offer, Study
from course.reporting.values import Value

STANDSTILL = 6  # months
SECOND, MARKUP = 0.3, 0.1
LISTED = 7  # members, by what their loss costs
SMALL = 1.0  # roubles
FELT = 0.01  # a smaller loss of activity is not drawn


def law(offer: Offer) -> Section:
    """The same projects on the law of another day, line by line."""
    day = wording.day(offer.terms.law_on)
    pairs = [(study, study.replay) for study in offer.studies if study.replay is not None]
    replays = [(study, replay) for study, replay in pairs if replay is not None]
    if not replays:
        return Section(_law_title(day), (Paragraph(f"На {day} нормы этого расчёта не известны."),))
    unknown = dict.fromkeys(title for _, replay in replays for title in replay.unknown)
    kept = (
        (Notice(f"На {day} редакции не известны, оставлены нынешние", tuple(unknown)),)
        if unknown
        else ()
    )
    return Section(
        _law_title(day),
        (
            Paragraph(
                f"Чем отличается ЧДД: {'; '.join(_told(*pair) for pair in replays)}.", strong=True
            ),
            _norms(offer, replays),
            _lines(offer, replays),
            Paragraph(f"{PRICES}."),
            *kept,
        ),
    )


def _told(study: Study, replay: finance.Replay) -> str:
    change = replay.npv_change
    if not replay.norms:
        return f"{study.plan.title} — ничем"
    more = "больше" if change > 0 else "меньше"
    return f"{study.plan.title} — {more} на {wording.money(abs(change))}"


def _law_title(day: str) -> str:
    return f"Те же проекты на праве, действовавшем {day}"


def _norms(offer: Offer, replays: list[tuple[Study, finance.Replay]]) -> Table:
    rows: list[tuple[Value, ...]] = []
    for study, replay in replays:
        rows += [
            (
                study.plan.title,
                change.title,
                "; ".join(dict.fromkeys(edition.words for edition in change.now)),
                change.then.words,
                change.npv,
                change.equity_npv,
            )
            for change in replay.norms
        ]
        if len(replay.norms) > 1:
            rows.append((study.plan.title, "вместе сверх суммы", None, None, replay.joint, None))
    return Table(
        "Какие нормы были другими и что меняет каждая одна",
        (
            Column("Проект"),
            Column("Норма"),
            Column("В расчёте"),
            Column("Тогда"),
            money("ЧДД проекта", 2),
            money("ЧДД собственника", 2),
        ),
        tuple(rows) or (("норм с другим значением нет", None, None, None, None, None),),
        source=offer.model,
    )


def _lines(offer: Offer, replays: list[tuple[Study, finance.Replay]]) -> Table:
    """Lines of the statement of money over the whole horizon: then less now."""
    rows: list[tuple[Value, ...]] = []
    for row in next(one for one in STATEMENTS if one.id == "cash_flow").rows:
        changes = [
            row.sign * sum(line.change for line in replay.lines if line.id == row.line)
            for _, replay in replays
        ]
        if row.way == "sum" and any(abs(change) >= SMALL for change in changes):
            rows.append((row.title, *changes))
    return Table(
        "Что было бы другим в движении денег за весь срок: право того дня минус нынешнее",
        (Column("Строка"), *(money(study.plan.title, 2) for study, _ in replays)),
        tuple(rows) or (("без изменений", *(None for _ in replays)),),
        source=offer.model,
    )


def contagion(offer: Offer) -> Section:
    """Who breaks first when a member leaves or stands still, and what a second source is worth."""
    since = offer.event_on
    hurt = [pair for pair in offer.departures if any(hit.made < 1.0 for hit in pair[1].projects)]
    hurt.sort(key=lambda pair: _cost(pair[1]))
    felt = [(member, offer.spread(member, STANDSTILL), gone) for member, gone in hurt[:LISTED]]
    return Section(
        "Если участник уйдёт или остановится",
        (
            Paragraph(_who_breaks(felt, since), strong=True),
            _events(offer, felt),
            *_losses(offer, felt),
            *_second_sources(offer, since),
            Paragraph(
                "Потеря расходится по подписанным договорам: покупатель теряет долю закупок, "
                "поставщик — долю выпуска. Пропорция — предложение курса. В проекте строже: без "
                "одного материала не делают ничего, а люди, аренда и займы оплачиваются. Запасов "
                "и других поставщиков файл кластера не знает."
            ),
        ),
    )


def _cost(spread: finance.Contagion) -> float:
    return sum(hit.npv_change for hit in spread.projects)


_Row = tuple[Member, finance.Contagion, finance.Contagion]


def _who_breaks(felt: list[_Row], since: datetime.date) -> str:
    if not felt:
        return "Уход любого одного участника проекты не затрагивает."
    member, _, gone = felt[0]
    return (
        f"Дороже всего уход участника «{member.label}»: с {wording.day(since)} проекты теряют "
        f"{wording.money(-_cost(gone), 'млн ₽')} ЧДД. {gone.words}"
    )


def _events(offer: Offer, felt: list[_Row]) -> Table:
    owners = {s.plan.id: offer.titles[s.plan.initiator] for s in offer.studies}

    def told(spread: finance.Contagion) -> tuple[str, float]:
        broken = [hit for hit in spread.projects if hit.breaks is not None]
        if not broken:
            return "денег хватает", _cost(spread)
        owner = owners[broken[0].project]
        return f"{owner}, {wording.month(broken[0].breaks)}", _cost(spread)

    def coverage(spread: finance.Contagion) -> float | None:
        known = [h.after.dscr_min for h in spread.projects if h.after.dscr_min is not None]
        return min(known, default=None)

    half = wording.count(STANDSTILL, "месяц", "месяца", "месяцев")
    return Table(
        "Чей проект первым остаётся без денег",
        (
            Column("Участник"),
            Column(f"Стоит {half}: кто первый"),
            money("ЧДД всех проектов"),
            Column("Худшее покрытие", "number", digits=2),
            Column("Уходит совсем: кто первый"),
            money("ЧДД всех проектов"),
        ),
        tuple(
            (member.label, *told(still), coverage(still), *told(gone))
            for member, still, gone in felt
        ),
        source=offer.model,
    )


def _losses(offer: Offer, felt: list[_Row]) -> Iterator[Block]:
    if not felt:
        return
    member, _, gone = felt[0]
    rows = [(hit.title, hit.activity) for hit in gone.members if hit.activity >= FELT][:LISTED]
    yield picture(
        f"Какую долю дела теряют участники, если уйдёт «{member.label}»",
        charts.losses(rows, unit="потеря закупок или выпуска, что больше, %", source=offer.book),
    )


def _second_sources(offer: Offer, since: datetime.date) -> Iterator[Block]:
    rows: list[tuple[Value, ...]] = []
    for study in offer.studies:
        suppliers = dict.fromkeys(
            m.supplier for p in study.plan.products for m in p.materials if m.supplier
        )
        for supplier in suppliers:
            found = finance.second_source(
                offer.cluster,
                study.plan.id,
                finance.Event(supplier, since, STANDSTILL),
                share=SECOND,
                markup=MARKUP,
                as_of=offer.terms.as_of,
            )
            rows.append(
                (offer.titles[study.plan.initiator], offer.titles[supplier],
                 found.premium, found.saved, found.worth_from)
            )  # fmt: skip
    if rows:
        yield Table(
            f"Второй поставщик: {wording.share(SECOND)} материала дороже на "
            f"{wording.share(MARKUP)}, сбой {STANDSTILL} месяцев",
            (
                Column("Чей проект"),
                Column("Поставщик"),
                money("Цена запаса, ЧДД"),
                money("Спасёт при сбое, ЧДД"),
                Column("Выгоден, если сбой вероятнее", "share"),
            ),
            tuple(rows),
            source=offer.model,
        )
