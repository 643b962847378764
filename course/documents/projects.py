"""What templates may ask for about a project: plan, money, and what its model came to."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from course import cooperation, finance
from course.claims.book import (
    BARE_MILLIONS,
    COUNT,
    ROUBLES,
    SHARE,
    SPAN,
    TIMES,
    Book,
    hole,
)
from course.cluster import Cluster, ImportShare, Phase, Product, Project, Readiness, later
from course.cluster.projects import Sale
from course.documents.fields import Fields, text
from course.wording import ABSENT, NBSP, count, day, month, trimmed

TORNADO_ROWS = 5


@dataclass(frozen=True)
class Modelled:
    """A project with its computed model."""

    project: Project
    case: finance.Case
    result: finance.Result
    indicators: finance.Indicators
    tornado: tuple[finance.TornadoRow, ...]


def modelled(cluster: Cluster, as_of: datetime.date) -> tuple[Modelled, ...]:
    """Every project of the cluster, computed on the norms of a day."""
    found = []
    for project in cluster.projects:
        case = finance.case(cluster, project.id, as_of=as_of)
        result = finance.run(case)
        found.append(
            Modelled(project, case, result, finance.indicators_of(result), finance.tornado(case))
        )
    return tuple(found)


def project_fields(cluster: Cluster, model: Modelled, book: Book, number: int) -> Fields:
    """A project's passport as texts."""
    plan = model.project
    initiator = cluster.member(plan.initiator)
    return {
        "id": plan.id,
        "number": str(number),
        "title": plan.title,
        "initiator": initiator.name,
        "initiator_label": initiator.label,
        "initiator_inn": text(initiator.inn),
        "region": cluster.region(initiator.production_region).title,
        "description": text(plan.description, "описание проекта"),
        "okpd2": plan.okpd2,
        "stage": text(plan.stage, "стадия готовности"),
        **_import(plan, book),
        **_schedule(plan),
        **_readiness(plan, book),
        "products": [_product(plan, product, book) for product in plan.products],
        "sales": [
            _sale(cluster, plan, product, place, sale, book)
            for product in plan.products for place, sale in enumerate(product.sales, 1)
        ],
        "buyers": "; ".join(cluster.member(name).name for name in plan.buyers)
        or hole("участник-покупатель"),
        "jobs": _jobs(plan, book),
        "risks": list(plan.risks) or [hole("риски")],
        "support": [
            {"measure": ask.measure, "applicant": cluster.member(ask.applicant).label,
             "amount": book.put(f"{plan.id}.support.{place}.amount", ask.measure,
                                ask.amount.value),
             "note": ask.note or ABSENT}
            for place, ask in enumerate(plan.support, 1)
        ],
        **money_fields(plan, book),
        **result_fields(model, book),
    }  # fmt: skip


def _import(plan: Project, book: Book) -> Fields:
    analogue, share = plan.analogue, plan.import_share
    price = analogue.price.value if analogue.price else None
    return {
        "analogue": analogue.title,
        "analogue_producer": text(analogue.producer, "производитель аналога"),
        "analogue_country": text(analogue.country, "страна"),
        "analogue_tnved": text(analogue.tnved, "код ТН ВЭД"),
        "analogue_price": book.put(f"{plan.id}.analogue.price", "цена аналога", price, ROUBLES),
        "advantage": text(analogue.advantage, "сравнение с аналогом"),
        "import_share": book.put(
            f"{plan.id}.import_share", "доля импорта в потреблении", share.value, SHARE
        ),
        "import_source": _import_source(share),
    }


def _import_source(share: ImportShare) -> str:
    """The source of the share, its year (once), how firm it is."""
    year = "" if str(share.year) in share.source else f", {share.year}{NBSP}год"
    return f"{share.source}{year}; {share.status.words}"


def _readiness(plan: Project, book: Book) -> Fields:
    """Points of localisation now and aimed at, and high-productivity jobs, with their sources."""
    known = plan.readiness or Readiness()
    points = [
        book.put(f"{plan.id}.points.{key}", f"баллы по ПП № 719, {words}", value, COUNT)
        for key, words, value in (("now", "сейчас", known.points_now),
                                  ("target", "цель", known.points_target))
    ]  # fmt: skip
    productive = book.put(f"{plan.id}.productive_jobs", "высокопроизводительных рабочих мест",
                          known.productive_jobs, COUNT)  # fmt: skip
    return {
        "points": f"сейчас{NBSP}— {points[0]}, цель{NBSP}— {points[1]}"
        + (f" ({known.points_source})" if known.points_source else ""),
        "productive": productive
        + (f" ({known.productive_source})" if known.productive_source else ""),
    }


def _schedule(plan: Project) -> Fields:
    launch = later(plan.start, plan.construction_months)
    return {
        "start": month(plan.start),
        "launch": month(launch),
        "end": day(plan.end - datetime.timedelta(days=1)),
        "construction": count(plan.construction_months, "месяц", "месяца", "месяцев"),
        "horizon": count(plan.horizon_months, "месяц", "месяца", "месяцев"),
    }


def _product(plan: Project, product: Product, book: Book) -> Fields:
    id, about = f"{plan.id}.products.{product.id}", product.title
    return {
        "title": about,
        "okpd2": product.okpd2,
        "unit": product.unit,
        "price": book.put(f"{id}.price", f"цена: {about}", product.price.value, ROUBLES),
        "capacity": book.put(f"{id}.capacity", f"мощность в месяц: {about}",
                             product.capacity.value, COUNT),
        "utilisation": book.put(f"{id}.utilisation", f"загрузка: {about}",
                                product.utilisation.value, SHARE),
        "localisation": book.put(
            f"{id}.localisation", f"доля неввозимых затрат в цене: {about}",
            cooperation.localisation(product), SHARE,
        ),
    }  # fmt: skip


def _sale(
    cluster: Cluster, plan: Project, product: Product, place: int, sale: Sale, book: Book
) -> Fields:
    name = cluster.member(sale.member).name if sale.member else str(sale.external)
    return {
        "product": product.title,
        "buyer": name,
        "inside": "участник" if sale.member else "вне кластера",
        "share": book.put(f"{plan.id}.products.{product.id}.sales.{place}.share",
                          f"доля продаж: {name}", sale.share, SHARE),
        "status": sale.status.words,
    }  # fmt: skip


def _jobs(plan: Project, book: Book) -> str:
    people = sum(group.count.value for group in plan.staff if group.phase is not Phase.CONSTRUCTION)
    return book.put(f"{plan.id}.jobs", "рабочих мест после пуска", people, COUNT)


def money_fields(plan: Project, book: Book) -> Fields:
    """Investments, other uses, sources and loans; uses and sources have one sum."""
    uses = [
        (f"capex.{item.id}", item.title, day(item.date), item.amount.value) for item in plan.capex
    ]
    uses += [
        (f"uses.{place}", use.title, ABSENT, use.amount.value)
        for place, use in enumerate(plan.other_uses, 1)
    ]
    kinds = {"own": "собственные средства", "loan": "заём", "grant": "грант, субсидия"}
    sources = [
        (f"sources.{place}", f"{source.title} ({kinds[source.kind]})", day(source.date),
         source.amount)
        for place, source in enumerate(plan.sources, 1)
    ]  # fmt: skip

    def rows(found: list[tuple[str, str, str, float]]) -> list[Fields]:
        return [
            {"title": title, "date": date,
             "amount": book.put(f"{plan.id}.{id}", title, amount, BARE_MILLIONS)}
            for id, title, date, amount in found
        ]  # fmt: skip

    return {
        "uses": rows(uses),
        "sources_of_money": rows(sources),
        "uses_sum": book.put(f"{plan.id}.uses", "направления, всего", plan.budget, BARE_MILLIONS),
        "sources_sum": book.put(f"{plan.id}.sources", "источники, всего",
                                sum(source.amount for source in plan.sources), BARE_MILLIONS),
        "budget": book.put(f"{plan.id}.uses", "бюджет проекта", plan.budget),
        "investment": book.put(f"{plan.id}.capex", "капитальные вложения без НДС",
                               sum(item.amount.value for item in plan.capex)),
        "loans": [_loan(plan, place, book) for place in range(len(plan.loans))],
    }  # fmt: skip


def _loan(plan: Project, place: int, book: Book) -> Fields:
    loan = plan.loans[place]
    id = f"{plan.id}.loans.{loan.id}"
    return {
        "title": loan.title,
        "lender": loan.lender,
        "amount": book.put(f"{id}.principal", loan.title, loan.principal.value, BARE_MILLIONS),
        "rate": book.put(f"{id}.rate", f"ставка: {loan.title}", loan.rate.value, SHARE),
        "terms": f"срок {loan.term_months}, льготный {loan.grace_months} мес.; {loan.shape.words}",
        "source": f"{loan.rate.source}; {loan.rate.status.words}",
    }


def result_fields(model: Modelled, book: Book) -> Fields:
    """What the model came to: indicators, taxes, years, sensitivity, and its reservations."""
    id, found = model.project.id, model.indicators
    irr = found.irr
    said = book.put(f"{id}.irr", "внутренняя норма доходности", irr.value, SHARE)

    def total(line: str) -> float:
        return float(model.result.row(line).sum())

    return {
        "npv": book.put(f"{id}.npv", "ЧДД", found.npv),
        "irr": said if irr.value is not None else irr.verdict.words,
        "irr_short": said if irr.value is not None else "не существует",
        "pi": ABSENT if found.pi is None else book.put(
            f"{id}.pi", "индекс доходности инвестиций с дисконтированием", found.pi, TIMES),
        "payback": _span(book, f"{id}.payback", "срок окупаемости", found.payback_months),
        "discounted_payback": _span(book, f"{id}.discounted_payback",
                                    "срок окупаемости с дисконтированием",
                                    found.discounted_payback_months),
        "funding_need": book.put(f"{id}.funding_need", "потребность в финансировании",
                                 found.funding_need),
        "dscr": ABSENT if found.dscr_min is None else book.put(
            f"{id}.dscr_min", "наименьшее покрытие долга за год", found.dscr_min, TIMES),
        "cash_min": book.put(f"{id}.cash_min", "наименьший остаток денег", found.cash_min),
        "budget_sum": book.put(f"{id}.budget_sum", "бюджетам за вычетом выплат",
                               found.budget_sum),
        "discount_rate": book.put(f"{id}.discount_rate", "ставка дисконтирования",
                                  found.discount_rate, SHARE),
        "profit_tax": book.put(f"{id}.tax.profit", "налог на прибыль", total("tax.profit")),
        "vat": book.put(f"{id}.vat", "НДС за вычетом возмещённого",
                        total("vat.paid") - total("vat.refunded")),
        "contributions": book.put(f"{id}.contributions", "страховые взносы",
                                  total("contributions")),
        "years": _years(model, book),
        "tornado": [_row(id, row, book) for row in model.tornado[:TORNADO_ROWS]],
        "notices": list(model.case.notices),
        "statuses": _statuses(model),
    }  # fmt: skip


def _span(book: Book, id: str, title: str, months: float | None) -> str:
    return "не достигается в горизонте" if months is None else book.put(id, title, months, SPAN)


def _years(model: Modelled, book: Book) -> list[Fields]:
    """The years of the horizon: revenue, operations, investments, profit, cash at the end."""
    tables = finance.statements(model.result)
    columns = {
        "revenue": ("income", "Выручка без НДС"),
        "operating": ("cash_flow", "Операционная деятельность, итого"),
        "investing": ("cash_flow", "Инвестиционная деятельность, итого"),
        "net": ("income", "Чистая прибыль"),
        "closing": ("cash_flow", "Деньги на конец"),
    }
    rows: list[Fields] = []
    for year in tables["income"].columns:
        row: Fields = {"year": str(year)}
        for key, (table, title) in columns.items():
            value = float(tables[table].loc[title].to_dict()[year])
            id = f"{model.project.id}.{key}.{year}"
            row[key] = book.put(id, f"{title}, {year}", value, BARE_MILLIONS)
        rows.append(row)
    return rows


def _row(id: str, row: finance.TornadoRow, book: Book) -> Fields:
    name = f"{id}.tornado.{row.id}"
    return {
        "title": row.title,
        "low": book.put(f"{name}.low", f"ЧДД при −10 %: {row.title}", row.npv_low, BARE_MILLIONS),
        "high": book.put(f"{name}.high", f"ЧДД при +10 %: {row.title}", row.npv_high,
                         BARE_MILLIONS),
    }  # fmt: skip


def _statuses(model: Modelled) -> str:
    """How many of the team's inputs are facts, estimates and assumptions."""
    given = [item.status for item in model.case.inputs if item.owner]
    words = [f"{word} — {trimmed(given.count(word))}" for word in dict.fromkeys(given)]
    return ", ".join(words) or ABSENT
