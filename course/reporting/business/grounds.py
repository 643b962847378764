"""The last pages: a number followed down to people and norms, reservations, sources."""

from __future__ import annotations

from course import finance, wording
from course.norms import Standing
from course.reporting.blocks import Column, Notice, Paragraph, Section, Source, Table
from course.reporting.business.printing import bounds, shown
from course.reporting.business.study import Offer
from course.reporting.norms_page import references

CONFIRMED = {standing.words for standing in Standing if standing.confirmed}
DEPTH = 6
FROM = "flow.project"
AFTER = 24  # months of operation: a month in which all norms and sales are at work
LISTED = 6


def trace(offer: Offer) -> Section:
    """One number of the model followed down, step by step, to who answers for it."""
    study = offer.studies[0]
    month = min(study.plan.construction_months + AFTER, study.case.months - 1)
    steps = _chain(study.result, month)
    last = steps[-1]
    owned = [item for item in last.inputs if item.owner]
    taxed = finance.trace(study.result, "tax.profit", month)
    return Section(
        "Откуда берётся число: пример",
        (
            Paragraph(
                f"Так раскрывается любое число модели. Проект «{study.plan.title}»: "
                "на каждом шаге взято самое большое слагаемое.",
                strong=True,
            ),
            Table(
                "От ЧДД до исходного данного",
                (Column("Шаг", "number", digits=0), Column("Число и его формула со значениями")),
                tuple((place, step.sentences[0]) for place, step in enumerate(steps, 1)),
                source=offer.model,
            ),
            Table(
                f"На чём стоит последнее число: {last.title}",
                (
                    Column("Исходное данное"),
                    Column("Значение"),
                    Column("Границы"),
                    Column("Владелец"),
                    Column("Источник"),
                    Column("Статус"),
                ),
                tuple(
                    (item.title, shown(item.value, item.unit), bounds(item), item.owner or None,
                     item.source, item.status)
                    for item in owned[:LISTED]
                ),
                source=offer.book,
            ),
            Table(
                f"Нормы, от которых зависит «{taxed.title}», {taxed.period}: {taxed.words}",
                (
                    Column("Норма"),
                    Column("Значение"),
                    Column("Редакция"),
                    Column("Действует с", "day"),
                    Column("Подтверждение"),
                ),
                tuple(
                    (item.title, shown(item.value, item.unit), item.source,
                     item.since.isoformat() if item.since else None, item.status)
                    for item in taxed.norms[:LISTED]
                ),
                source=offer.model,
            ),
        ),
    )  # fmt: skip


def _chain(result: finance.Result, month: int) -> list[finance.Explanation]:
    """ЧДД, the flow of a month, and each time the greatest flow that went into it.

    A balance in a formula only decides or limits: it is no part of the sum.
    """
    flows = {line.id for line in result.case.network.lines if line.kind == "flow"}
    steps = [finance.trace(result, "project.npv"), finance.trace(result, FROM, month)]
    seen = {FROM}
    while len(steps) < DEPTH:
        lines = [
            one
            for one in steps[-1].precedents
            if one.kind == "line" and one.id not in seen and one.id in flows
        ]
        if not lines:
            break
        greatest = max(lines, key=lambda one: abs(one.value))
        seen.add(greatest.id)
        steps.append(finance.trace(result, greatest.id, month))
    return steps


def notices(offer: Offer) -> Section:
    """What holds for all projects once, what holds for one with its name."""
    told: dict[str, list[str]] = {}
    for study in offer.studies:
        for notice in study.case.notices:
            told.setdefault(notice, []).append(study.plan.title)
    everywhere = [n for n, plans in told.items() if len(plans) == len(offer.studies)]
    groups = {"Для всех проектов" if len(offer.studies) > 1 else "Для проекта": everywhere}
    for notice, plans in told.items():
        if len(plans) < len(offer.studies):
            groups.setdefault("; ".join(plans), []).append(notice)
    return Section(
        "Оговорки к расчёту",
        (
            Paragraph("Что важно знать, читая цифры."),
            *(Notice(title, tuple(lines)) for title, lines in groups.items() if lines),
        ),
    )


def sources(offer: Offer) -> Section:
    """The norms behind all projects."""
    editions = [edition for study in offer.studies for edition in study.case.editions]
    if any(s.market for s in offer.studies):
        editions += [s.market for s in offer.studies[:1] if s.market]
    until = max(study.plan.end for study in offer.studies)
    intro = f"Нормы, на которых стоит расчёт до {wording.day(until)}."
    titles = {edition.title for edition in editions}
    derived = [
        Source(
            row.name,
            shown(row.value, row.unit) or "",
            row.reference,
            wording.day(row.since),
            row.standing,
            row.address,
            row.standing in CONFIRMED,
        )
        for study in offer.studies
        for row in study.case.sources
        if row.name not in titles
    ]
    return references(editions, offer.terms.as_of, until=until, intro=intro, more=derived)
