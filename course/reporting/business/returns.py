"""Pages of a project: its indicators, the four views, budgets by level, support."""

from __future__ import annotations

from collections.abc import Iterator

from course import charts, finance, wording
from course.finance import indicators as computed
from course.finance.results import yearly
from course.reporting.blocks import (
    Card,
    Cards,
    Column,
    Heading,
    Paragraph,
    Section,
    Table,
)
from course.reporting.business.printing import by_years, irr_note, money, picture
from course.reporting.business.study import Calibrated, Offer, Study
from course.reporting.values import Value

# rows of the statement of taxes that only lead to the others; the workbook has them
INNER = (
    "НДС с отгрузки", "НДС к вычету", "НДС к возмещению на конец", "Прибыль для налога",
    "Зачтено убытков прошлых лет", "Убытки к переносу на конец",
)  # fmt: skip


def indicators(offer: Offer, study: Study) -> Section:
    """ЧДД, ВНД with all that has to be known about it, paybacks, coverage of the debt."""
    card = finance.irr_card(study.result)
    failed = [check.title for check in finance.checks(study.result)[:-1] if not check.passed]
    return Section(
        f"{study.plan.title}: показатели",
        (
            Heading("Проект до финансирования"),
            Cards(tuple(_project_cards(study))),
            Heading("Собственник, кредитор, запас прочности"),
            Cards(tuple(_owner_cards(study))),
            picture(
                "ЧДД при разных ставках дисконтирования",
                charts.npv_profile(
                    card.rates.tolist(),
                    card.profile.tolist(),
                    (card.discount_rate, card.npv),
                    source=offer.model,
                    height=42.0,
                ),
            ),
            Paragraph(f"Карточка ВНД. {card.words}"),
            _views(offer, study),
            Paragraph(f"Не выполнено: «{'»; «'.join(failed)}».", strong=True)
            if failed
            else Paragraph("Все проверки модели пройдены, баланс сходится до копейки."),
        ),
    )


def _project_cards(study: Study) -> Iterator[Card]:
    figures, sign = study.figures, f"{study.plan.id}."
    rate = f"при ставке {wording.share(figures.discount_rate)}"
    yield Card(f"{sign}npv", "ЧДД", figures.npv, "money", "млн ₽", note=rate)
    yield Card(f"{sign}irr", "ВНД", figures.irr.value, "share", note=figures.irr.verdict.words)
    yield Card(f"{sign}mirr", "Модифицированная ВНД", figures.mirr, "share", note=rate)
    start = "от начала проекта"
    yield Card(f"{sign}payback_months", "Окупаемость", figures.payback_months, "span", note=start)
    yield Card(
        f"{sign}discounted_payback_months", "С дисконтированием",
        figures.discounted_payback_months, "span", note=start,
    )  # fmt: skip
    need = "наибольший накопленный недостаток"
    yield Card(
        f"{sign}funding_need", "Потребность в деньгах", figures.funding_need, "money", "млн ₽",
        note=need,
    )  # fmt: skip
    yield Card(
        f"{sign}pi", "ИДДИ", figures.pi, "number", digits=2, note="1 + ЧДД ÷ дисконт. вложения"
    )
    yield Card(
        f"{sign}pi_undiscounted", "ИДИ", figures.pi_undiscounted, "number", digits=2,
        note="1 + чистый доход ÷ вложения",
    )  # fmt: skip
    yield Card(
        f"{sign}pi_costs", "ИДДЗ", finance.cost_index_of(study.result), "number", digits=2,
        note="дисконт. притоки ÷ дисконт. оттоки",
    )  # fmt: skip


def _owner_cards(study: Study) -> Iterator[Card]:
    figures, sign = study.figures, f"{study.plan.id}."
    yield Card(
        f"{sign}equity_npv", "ЧДД собственника", figures.equity_npv, "money", "млн ₽",
        note="после займов и грантов",
    )  # fmt: skip
    yield Card(
        f"{sign}equity_irr", "ВНД собственника", figures.equity_irr.value, "share",
        note=irr_note(figures.equity_irr),
    )  # fmt: skip
    enough = "денег хватает в каждом месяце" if figures.feasible else "денег не хватает"
    yield Card(
        f"{sign}cash_min", "Наименьший остаток", figures.cash_min, "money", "млн ₽", note=enough
    )
    yield Card(
        f"{sign}dscr_min", "Покрытие долга (DSCR)", figures.dscr_min, "number", digits=2,
        note=f"худший год; в среднем {wording.number(figures.dscr_avg, 2)}",
    )  # fmt: skip
    yield Card(
        f"{sign}llcr", "Покрытие за срок займа (LLCR)", figures.llcr, "number", digits=2,
        note="дисконт. деньги ÷ дисконт. платежи",
    )  # fmt: skip
    known = [(year, level) for year, level in study.levels.items() if level is not None]
    if known:
        year, level = known[min(2, len(known) - 1)]
        yield Card(
            f"{sign}break_even", f"Безубыточность, {year} год", level, "share",
            note="доля продаж, при которой прибыль ноль",
        )  # fmt: skip


def _views(offer: Offer, study: Study) -> Table:
    """The four views: whose money, what is left of it."""
    figures, result = study.figures, study.result
    public = finance.public_view(result)
    budget = finance.irr_card(result, "flow.budget")

    def whole(line: str) -> float:
        return float(result.row(line).sum())

    rows: tuple[tuple[Value, ...], ...] = (
        ("Проект в целом, до финансирования", whole("flow.project"), figures.npv,
         figures.irr.value, figures.payback_months),
        ("Собственник, после займов и поддержки", whole("flow.equity"), figures.equity_npv,
         figures.equity_irr.value, figures.equity_payback_months),
        ("Бюджеты и фонды", figures.budget_sum, figures.budget_npv, budget.value,
         study.budget.payback_months),
        ("Общество: проект, собственник, займодавцы, бюджеты вместе", public.net, public.npv,
         yearly(computed.irr(public.flow)).value, computed.payback(public.flow)),
    )  # fmt: skip
    return Table(
        "Четыре взгляда на один проект",
        (
            Column("Взгляд"),
            money("Чистый доход"),
            money("ЧДД"),
            Column("ВНД", "share"),
            Column("Окупаемость", "span"),
        ),
        rows,
        source=f"{offer.model}; для общества — рыночные, не теневые цены",
    )


def parties(offer: Offer, study: Study) -> Section:
    """Budgets by level, what support changes and how much of it is needed."""
    view = study.budget
    per = (
        f"На рубль поддержки бюджеты и фонды получают {wording.number(view.per_rouble, 1)} ₽ "
        "налогов и взносов, с дисконтированием."
        if view.per_rouble is not None
        else "Грантов, субсидий и возмещений у проекта нет: делить налоги не на что."
    )
    return Section(
        f"{study.plan.title}: бюджеты и поддержка",
        (
            Paragraph(per, strong=True),
            _levels(offer, study),
            by_years("Налоги и взносы по годам", study.books["taxes"], offer.model, INNER),
            _with_project(study),
            *_without_support(offer, study),
            *_calibrator(offer, study),
        ),
    )


def _levels(offer: Offer, study: Study) -> Table:
    view = study.budget
    rows: list[tuple[Value, ...]] = [
        (
            level.title,
            level.taxes,
            level.support,
            level.npv,
            wording.span(level.payback_months) if level.support else "поддержки не даёт",
        )
        for level in view.levels
    ]
    total = ("Все вместе", view.taxes, view.support, view.taxes - view.support,
             wording.span(view.payback_months))  # fmt: skip
    return Table(
        "Бюджеты и фонды по уровням, с дисконтированием",
        (
            Column("Бюджет или фонд"),
            money("Налоги и взносы"),
            money("Поддержка"),
            money("Остаётся"),
            Column("Поддержка возвращается за"),
        ),
        (*rows, total),
        totals=(len(rows),),
        source=offer.model,
    )


def _with_project(study: Study) -> Paragraph:
    """What there would not be without the project."""
    more = finance.increment(study.result)
    return Paragraph(
        "Без проекта за срок расчёта не будет: выручки "
        f"{wording.money(more.revenue, 'млн ₽')}, оплаты труда "
        f"{wording.money(more.payroll, 'млн ₽')}, налогов и взносов "
        f"{wording.money(more.taxes, 'млн ₽')}, закупок у участников кластера "
        f"{wording.money(more.bought_in_cluster, 'млн ₽')}; закупок за рубежом — "
        f"{wording.money(more.bought_abroad, 'млн ₽')}."
    )


def _without_support(offer: Offer, study: Study) -> Iterator[Table | Paragraph]:
    pair, day = study.unsupported, offer.terms.as_of
    if not pair.grants and not pair.dearer:
        yield Paragraph("Грантов и займов дешевле рынка у проекта нет: сравнивать не с чем.")
        return
    rate = study.market
    asked = ""
    if rate is not None:
        expired = "; последняя известная, сверьте" if rate.expired_on(day) else ""
        asked = f", займы не дешевле ключевой ставки {rate.words}{expired}"
    before, after = pair.before, pair.after
    yield Table(
        f"С поддержкой и без неё: вместо грантов платит собственник{asked}",
        (
            Column("Взгляд"),
            money("ЧДД проекта"),
            money("ЧДД собственника"),
            Column("Покрытие, худший год", "number", digits=2),
            money("Наименьший остаток"),
        ),
        tuple(
            (title, one.npv, one.equity_npv, one.dscr_min, one.cash_min)
            for title, one in (("С поддержкой", before), ("Без поддержки", after))
        ),
        source=offer.model,
    )


def _calibrator(offer: Offer, study: Study) -> Iterator[Table | Paragraph]:
    goals, chance = study.goals, wording.share(offer.terms.probability)
    yield Table(
        "Сколько поддержки достаточно",
        (
            Column("Что подбирается"),
            Column("В плане"),
            Column("Хватит по плану"),
            Column(f"Хватит в {chance} сценариев"),
            money("ЧДД собственника"),
            Column("Покрытие", "number", digits=2),
            Column("Окупаемость бюджета", "span"),
        ),
        tuple(_lever(one) for one in study.calibrated),
        source=offer.model,
    )
    yield Paragraph(
        f"Цели вместе: ЧДД собственника не ниже нуля, покрытие долга не меньше "
        f"{wording.number(goals.dscr, 1)}, поддержка возвращается в бюджет за "
        f"{wording.span(12.0 * (goals.budget_payback_years or 0.0))} от начала проекта. "
        "Каждая мера подобрана одна, остальные как в плане; недостающее платит собственник. "
        "Три последних столбца — при найденном по плану значении или при лучшем из недостаточных."
    )


def _lever(one: Calibrated) -> tuple[Value, ...]:
    if one.planned is None or one.likely is None:
        return (one.lever.words.capitalize(), one.refused, None, None, None, None, None)

    def told(value: float | None) -> str:
        if value is None:
            return "недостижимо"
        if one.lever is finance.Lever.GRANT:
            return wording.money(value, "млн ₽")
        return wording.share(value, 2)

    plan = one.planned
    return (
        one.lever.words.capitalize(),
        told(plan.planned),
        told(plan.value),
        told(one.likely.value),
        plan.equity_npv,
        plan.dscr_min,
        plan.budget_payback_months,
    )
