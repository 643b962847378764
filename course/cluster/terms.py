"""Contradictions within the declared terms of a project: its end, taxes, currencies, loans."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import pairwise

from course.cluster.closing import Closing, Dividends, Terminal
from course.cluster.funding import Accounting, Loan, Purpose, StartBatches
from course.cluster.projects import Capex, Material, Origin, Phase, Project, later
from course.cluster.rates import Currency
from course.errors import Fault
from course.wording import day, share

_CENT = 1e-6
_RATE = 0.0005  # a rate printed with a tenth of a per cent stands within this


def terms(place: str, project: Project) -> Iterator[Fault]:
    """All contradictions within the optional terms of one project."""
    yield from _closing(place, project)
    yield from _taxes(place, project)
    for index, currency in enumerate(project.currencies):
        yield from _currency(f"{place}.currencies[{index}]", currency, project)
    for number, product in enumerate(project.products):
        for index, material in enumerate(product.materials):
            where = f"{place}.products[{number}].materials[{index}]"
            yield from _bought(where, material, "у материала, который")
    for index, item in enumerate(project.capex):
        yield from _bought(f"{place}.capex[{index}]", item, "у вложения, которое")
    for index, loan in enumerate(project.loans):
        yield from _loan(f"{place}.loans[{index}]", loan, project)
    for index, grant in enumerate(project.grants):
        if grant.accounting is Accounting.WITH_COSTS and grant.purpose is Purpose.OPERATING:
            what = "грант на текущие затраты учтён по мере амортизации вложений"
            where = f"{place}.grants[{index}].accounting"
            yield Fault("", where, what, "Впишите at_once или purpose: capex")
    for index, batch in enumerate(project.start_batches):
        yield from _batch(f"{place}.start_batches[{index}]", batch, project)
    for index, grown in enumerate(project.indices):
        yield from _in_order(f"{place}.indices[{index}].changes", [r.since for r in grown.changes])
    for index, link in enumerate(project.correlations):
        if link.index == link.other:
            what = f"индекс «{link.index}» связан сам с собой"
            yield Fault("", f"{place}.correlations[{index}].other", what, "Назовите другой индекс")
    yield from _in_order(f"{place}.key_rate", [row.since for row in project.key_rate])
    yield from _rate(place, project)
    yield from _paid_out(place, project.dividends, project)


def _closing(place: str, project: Project) -> Iterator[Fault]:
    closing = project.closing
    sold = [index for index, item in enumerate(project.capex) if item.residual is not None]
    ends = closing is not None and closing.method is Terminal.LIQUIDATION
    for index in sold if not ends else []:
        what = "цена продажи названа, а ликвидации в конце горизонта нет"
        remedy = "Впишите closing: method: liquidation или уберите residual"
        yield Fault("", f"{place}.capex[{index}].residual", what, remedy)
    phases = [
        *((f"staff[{index}]", group.phase) for index, group in enumerate(project.staff)),
        *((f"overheads[{index}]", cost.phase) for index, cost in enumerate(project.overheads)),
    ]
    for where, phase in phases:
        if phase is Phase.LIQUIDATION and not ends:
            what = "затраты отнесены к ликвидации, а её в конце горизонта нет"
            remedy = "Впишите closing: method: liquidation или смените phase"
            yield Fault("", f"{place}.{where}.phase", what, remedy)
    if closing is None:
        return
    needed = {
        Terminal.GORDON: ("growth", "reinvestment"),
        Terminal.LIQUIDATION: ("months", "costs"),
    }
    for key in ("months", "costs", "growth", "reinvestment"):
        wanted = key in needed.get(closing.method, ())
        if wanted == (getattr(closing, key) is None):
            what = "не хватает значения" if wanted else "значение лишнее"
            remedy = "Впишите его" if wanted else "Уберите его или смените method"
            where = f"{place}.closing.{key}"
            yield Fault("", where, f"{what} для способа «{closing.method.words}»", remedy)
    yield from _closing_terms(f"{place}.closing", closing, project)


def _closing_terms(place: str, closing: Closing, project: Project) -> Iterator[Fault]:
    left = project.horizon_months - project.construction_months
    if closing.months is not None and closing.months >= left:
        what = "ликвидация занимает всё время эксплуатации"
        yield Fault("", f"{place}.months", what, "Сократите months или удлините horizon_months")
    if closing.growth is not None:
        rate, growth = project.discount.rate, closing.growth
        lowest = rate.value if rate.low is None else rate.low
        highest = growth.value if growth.high is None else growth.high
        if highest >= lowest:
            what = (
                f"рост потока {share(highest)} не меньше ставки дисконтирования {share(lowest)}:"
                " стоимость не определена"
            )
            yield Fault("", f"{place}.growth", what, "Уменьшите рост или его верхнюю границу")


def _taxes(place: str, project: Project) -> Iterator[Fault]:
    taxes = project.taxes
    if taxes.property is not None and not any(item.immovable for item in project.capex):
        what = "налог на имущество назван, а недвижимого имущества среди вложений нет"
        yield Fault("", f"{place}.taxes.property", what, "Уберите его или отметьте immovable")
    if taxes.ndfl is not None:
        total = taxes.ndfl.regional.value + taxes.ndfl.local.value
        if total > 1 + _CENT:
            what = f"доли бюджетов в НДФЛ дают в сумме {total:.4g}, больше 1".replace(".", ",")
            yield Fault("", f"{place}.taxes.ndfl", what, "Проверьте regional и local")


def _currency(place: str, currency: Currency, project: Project) -> Iterator[Fault]:
    first = currency.rates[0].since
    if first > project.start:
        what = f"ряд курса начинается {day(first)}, позже проекта {day(project.start)}"
        yield Fault("", f"{place}.rates", what, "Впишите курс на начало проекта")
    if currency.basis is not project.prices:
        what = f"курс {currency.basis.words}, а цены проекта {project.prices.words}"
        yield Fault("", f"{place}.basis", what, "Приведите их к одному")
    if not currency.base.value or not all(row.rate.value for row in currency.rates):
        yield Fault("", place, "курс валюты равен нулю", "Впишите рубли за единицу валюты")
    yield from _in_order(f"{place}.rates", [row.since for row in currency.rates])


def _bought(place: str, bought: Material | Capex, whose: str) -> Iterator[Fault]:
    if bought.currency is not None and bought.origin is not Origin.IMPORTED:
        what = f"валюта названа {whose} не ввозят"
        yield Fault("", f"{place}.currency", what, "Уберите её или впишите origin: imported")


def _in_order(place: str, days: Sequence[datetime.date]) -> Iterator[Fault]:
    for before, after in pairwise(days):
        if after <= before:
            what = f"день {day(after)} стоит после дня {day(before)}"
            yield Fault("", place, what, "Расположите дни по порядку, без повторов")


def _loan(place: str, loan: Loan, project: Project) -> Iterator[Fault]:
    yield from _draws(place, loan)
    if loan.rates and loan.floating is not None:
        what = "названы и даты ставок, и ставка от ключевой"
        yield Fault("", f"{place}.rates", what, "Оставьте rates или floating")
    days = [loan.drawn, *(row.since for row in loan.rates)]
    yield from _in_order(f"{place}.rates", days)
    needs = loan.floating is not None or loan.refund is not None
    if needs and project.key_rate and project.key_rate[0].since > loan.drawn:
        first, drawn = day(project.key_rate[0].since), day(loan.drawn)
        what = f"прогноз ключевой ставки начинается {first}, позже выдачи займа {drawn}"
        yield Fault("", f"{place}.drawn", what, "Дополните key_rate")
    second = loan.co_lender
    if second is not None and not 0 < second.share.value < 1:
        what = "доля второго займодавца не лежит между 0 и 1"
        yield Fault("", f"{place}.co_lender.share", what, "Впишите долю, например 0.3")
    if second is not None and second.lender == loan.lender:
        what = "второй займодавец тот же, что и первый"
        yield Fault("", f"{place}.co_lender.lender", what, "Назовите другого или уберите co_lender")


def _draws(place: str, loan: Loan) -> Iterator[Fault]:
    if not loan.draws:
        return
    days = [draw.date for draw in loan.draws]
    yield from _in_order(f"{place}.draws", days)
    if days[0] != loan.drawn:
        what = f"первая часть выдана {day(days[0])}, а заём {day(loan.drawn)}"
        yield Fault("", f"{place}.draws[0].date", what, "Впишите один и тот же день")
    total = sum(draw.share for draw in loan.draws)
    if abs(total - 1) > _CENT:
        what = f"доли частей займа дают в сумме {total:.4g}, а не 1".replace(".", ",")
        yield Fault("", f"{place}.draws", what, "Проверьте доли")
    last = later(loan.drawn, loan.grace_months)
    if len(days) > 1 and later(days[-1], 0) > last:
        what = f"часть займа выдана {day(days[-1])}, после льготного срока"
        yield Fault("", f"{place}.draws", what, "Удлините grace_months или выдайте раньше")


def _batch(place: str, batch: StartBatches, project: Project) -> Iterator[Fault]:
    if batch.until < batch.since:
        what = f"покупки кончаются {day(batch.until)}, раньше начала {day(batch.since)}"
        yield Fault("", f"{place}.until", what, "Поменяйте дни местами")
    sold = {
        sale.member
        for product in project.products
        if product.id == batch.goods
        for sale in product.sales
    }
    if batch.buyer not in sold:
        what = "этот участник не покупает названный продукт проекта"
        yield Fault("", f"{place}.buyer", what, "Впишите покупателя из sales продукта")


def _rate(place: str, project: Project) -> Iterator[Fault]:
    wacc, stated = project.discount.wacc, project.discount.rate.value
    if wacc is not None and abs(wacc.rate - stated) > _RATE:
        what = f"ставка {share(stated, 2)} не равна сложенной из частей {share(wacc.rate, 2)}"
        yield Fault("", f"{place}.discount.rate", what, "Исправьте ставку или её части")


def _paid_out(place: str, dividends: Dividends | None, project: Project) -> Iterator[Fault]:
    if dividends is None or dividends.since is None:
        return
    if not project.start.year <= dividends.since < project.end.year + 1:
        what = f"{dividends.since} год вне срока проекта"
        yield Fault("", f"{place}.dividends.since", what, "Исправьте год")
