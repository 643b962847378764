"""What templates may ask for about the cluster's plans: programme of development, map."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from course import charts, cooperation
from course.claims.book import BARE_MILLIONS, COUNT, MILLIONS, SHARE, Book, Form, hole
from course.cluster import Cluster, Contract, Indicator, Phase, Project, Role, later
from course.cluster.projects import Origin
from course.documents.fields import Fields, contract_fields, shortened, text
from course.documents.projects import Modelled
from course.documents.word import Picture
from course.wording import day, number, quoted

MAP_TITLE = "Договоры участников"
ARROW = Form("", lambda value: number(value / 1e6, 0 if value >= 1e7 else 1))  # as on the figure


def programme_fields(cluster: Cluster, models: Sequence[Modelled], book: Book) -> Fields:
    """Goals, money, timetable and expected effect of the programme of development."""
    plans = [model.project for model in models]

    def total(id: str, title: str, values: Sequence[float]) -> str:
        return book.put(f"programme.{id}", title, sum(values), MILLIONS) if plans else hole(title)

    return {
        "investment": total("capex", "капитальные вложения без НДС",
                            [sum(item.amount.value for item in p.capex) for p in plans]),
        "budget": total("budget", "бюджет проектов", [p.budget for p in plans]),
        "own": total("own", "собственные средства", _money(plans, "own")),
        "lent": total("loans", "займы", _money(plans, "loan")),
        "given": total("grants", "гранты и субсидии", _money(plans, "grant")),
        "budget_sum": total("budget_sum", "бюджетам за вычетом выплат",
                            [m.indicators.budget_sum for m in models]),
        "regions": [_region(cluster, region.id, models, book) for region in cluster.regions],
        "timetable": _timetable(cluster, plans),
        "goals": _goals(cluster),
        "needs": _needs(cluster),
        "indicators": _indicators(cluster, plans, book),
        "infrastructure": [
            {"title": item.title, "project": plan.title,
             "amount": book.put(f"{plan.id}.capex.{item.id}", item.title, item.amount.value,
                                BARE_MILLIONS)}
            for plan in plans for item in plan.capex if item.immovable
        ],
    }  # fmt: skip


def _goals(cluster: Cluster) -> list[Fields]:
    """Strategic goals with their days and owners."""
    if cluster.goals is None:
        return [{"title": hole("стратегические цели"), "until": hole("срок"), "owner": hole()}]
    return [
        {"title": goal.title, "until": day(goal.until), "owner": goal.owner}
        for goal in cluster.goals.goals
    ]


def _needs(cluster: Cluster) -> list[str]:
    """Infrastructure that nobody has yet; an empty list in the file is an answer."""
    needs = cluster.goals.infrastructure if cluster.goals else None
    if needs is None:
        return [hole("сети, дороги, общие площадки")]
    said = [f"{n.title} ({n.place}){f', {n.note}' if n.note else ''}" for n in needs]
    return said or ["сверх вложений проектов ничего не нужно"]


def _indicators(cluster: Cluster, plans: Sequence[Project], book: Book) -> list[Fields]:
    """What can be watched: today by the cluster file, the goal and its day by the council."""
    people = sum(
        group.count.value for plan in plans for group in plan.staff
        if group.phase is not Phase.CONSTRUCTION
    )  # fmt: skip
    signed = sum(contract.signed for contract in cluster.contracts)
    today = {
        Indicator.MEMBERS: ("cluster.members", "участников", len(cluster.members)),
        Indicator.CONTRACTS: ("cluster.contracts.signed", "подписано договоров", signed),
        Indicator.PROJECTS: ("cluster.projects", "проектов", len(cluster.projects)),
        Indicator.JOBS: ("programme.jobs", "рабочих мест проектов", people),
    }
    targets = {one.indicator: one for one in (cluster.goals.targets if cluster.goals else ())}
    rows = []
    for indicator, (id, title, value) in today.items():
        target = targets.get(indicator)
        rows.append({
            "title": indicator.words,
            "now": book.put(id, title, value, COUNT),
            "goal": hole() if target is None else book.put(
                f"goals.{indicator}", f"цель: {title}", target.value, COUNT),
            "until": hole() if target is None else day(target.until),
        })  # fmt: skip
    return rows


def _money(plans: Sequence[Project], kind: str) -> list[float]:
    return [source.amount for plan in plans for source in plan.sources if source.kind == kind]


def _region(cluster: Cluster, id: str, models: Sequence[Modelled], book: Book) -> Fields:
    """The effect by the region of production; no project is counted in two regions."""
    inside = [
        model for model in models if cluster.member(model.project.initiator).production_region == id
    ]
    people = sum(
        group.count.value for model in inside for group in model.project.staff
        if group.phase != "construction"
    )  # fmt: skip
    title = cluster.region(id).title
    here = [member for member in cluster.members if member.production_region == id]
    key = f"regions.{id}"
    return {
        "title": title,
        "members": book.put(f"{key}.members", f"участников: {title}", len(here), COUNT),
        "projects": book.put(f"{key}.projects", f"проектов: {title}", len(inside), COUNT),
        "investment": book.put(
            f"{key}.capex", f"вложения: {title}",
            sum(item.amount.value for m in inside for item in m.project.capex), BARE_MILLIONS,
        ),
        "jobs": book.put(f"{key}.jobs", f"рабочих мест: {title}", people, COUNT),
        "budget_sum": book.put(f"{key}.budget_sum", f"бюджетам: {title}",
                               sum(m.indicators.budget_sum for m in inside), BARE_MILLIONS),
    }  # fmt: skip


def _timetable(cluster: Cluster, plans: Sequence[Project]) -> list[Fields]:
    """Dated steps of the projects, in the order of time."""
    steps: list[tuple[datetime.date, str, str]] = []
    for plan in plans:
        owner = cluster.member(plan.initiator).label
        steps.append((plan.start, f"Начало проекта «{plan.title}»", owner))
        steps += [(loan.drawn, f"Получение: {loan.title}", owner) for loan in plan.loans]
        steps += [(grant.date, f"Получение: {grant.title}", owner) for grant in plan.grants]
        launch = later(plan.start, plan.construction_months)
        steps.append((launch, f"Пуск производства, проект «{plan.title}»", owner))
    rows = [
        {"date": day(date), "what": what, "owner": owner} for date, what, owner in sorted(steps)
    ]
    return rows or [{"date": hole(), "what": hole("этапы"), "owner": hole()}]


def map_fields(cluster: Cluster, contracts: tuple[Contract, ...], book: Book) -> Fields:
    """The functional map: arcs as they are and as they are planned, imports, gaps."""
    rows = [contract_fields(cluster, c, book, n) for n, c in enumerate(contracts, 1)]
    infrastructure = [
        member.name
        for member in cluster.members
        if member.role in (Role.INFRASTRUCTURE, Role.UNIVERSITY)
    ]
    return {
        "arcs": [row for row in rows if not row["planned"]],
        "planned": [row for row in rows if row["planned"]],
        "imports": _imports(cluster, book),
        "final": ", ".join(m.label for m in cluster.members if m.final_producer)
        or hole("производитель конечной продукции"),
        "infrastructure": infrastructure or [hole("объекты инфраструктуры")],
        "gaps": [
            f"{quoted(member.label)}: {mending.statement[0].lower()}{mending.statement[1:]}"
            for member in cooperation.isolated(cluster)
            for mending in cooperation.mendings(cluster, member.id)[:1]
        ],
    }


def _imports(cluster: Cluster, book: Book) -> list[Fields]:
    """Imported materials of the projects with their share of the product's price."""
    return [
        {
            "project": plan.title,
            "title": material.title,
            "country": text(material.country),
            "share": book.put(
                f"{plan.id}.products.{product.id}.materials.{material.id}.share",
                f"доля в цене: {material.title}",
                material.quantity.value * material.price.value / product.price.value, SHARE,
            ),
        }
        for plan in cluster.projects
        for product in plan.products
        for material in product.materials
        if material.origin is Origin.IMPORTED and product.price.value
    ]  # fmt: skip


def map_picture(
    cluster: Cluster, as_of: datetime.date, highlight: Sequence[str] = ()
) -> charts.Picture:
    """The figure of the map: signed contracts solid, planned dashed."""
    return charts.cooperation_graph(
        cooperation.graph(cluster),
        titles={member.id: shortened(member.label, 38) for member in cluster.members},
        groups={
            m.id: shortened(cluster.region(m.production_region).title, 36) for m in cluster.members
        },
        highlight=tuple(highlight),
        highlight_title="вступающее предприятие",
        title=MAP_TITLE,
        source=f"файл кластера команды на {day(as_of)}, учебные данные",
    )


def put_arcs(cluster: Cluster, book: Book) -> None:
    """The sums on the arrows of the figure, as it prints them: a drawing is verified by them."""
    sums: dict[tuple[str, str, str], float] = {}
    for supplier, buyer, data in cooperation.graph(cluster).edges(data=True):
        key = (str(supplier), str(buyer), str(data["status"]))
        sums[key] = sums.get(key, 0.0) + float(data["value"])
    for (supplier, buyer, status), value in sums.items():
        pair = f"{cluster.member(supplier).label} → {cluster.member(buyer).label}"
        book.put(f"arcs.{supplier}.{buyer}.{status}", f"стрелка {pair}, млн ₽", value, ARROW)


def embedded(picture: charts.Picture) -> Picture:
    """The figure of the map for a Word template."""
    return Picture(picture.png(170), 165, "picture.map", "Функциональная карта кластера")
