"""Lines of running costs: materials by supplier, their stock, and overheads."""

from __future__ import annotations

from course.cluster.members import Member
from course.cluster.projects import Material, Origin, Product, Project
from course.finance.book import Book
from course.finance.calendar import after_last, corkscrew, during, ends, indexed, late, settled
from course.finance.lines import Expression, Kind, Ref, add_up, apply

VAT = Ref("rule.vat")


def materials(book: Book, project: Project, members: dict[str, Member]) -> None:
    """Materials by supplier: used, kept in stock, bought, and paid for later."""
    book.group("Материалы")
    capital = project.working_capital
    book.sourced(
        "working_capital.inventory_days", "Запас материалов", "дни", capital.inventory_days
    )
    book.sourced(
        "working_capital.payable_days", "Отсрочка от поставщиков", "дни", capital.payable_days
    )
    used: dict[str, list[Expression]] = {}
    by_origin: dict[Origin, list[Expression]] = {origin: [] for origin in Origin}
    for n, product in enumerate(project.products):
        for m, material in enumerate(product.materials):
            place = f"products[{n}].materials[{m}]"
            line = _material(book, product, material, place)
            supplier = _bought_from(book, material, members)
            used.setdefault(supplier, []).append(line)
            by_origin[material.origin].append(line)
    for number, (supplier, costs) in enumerate(used.items(), 1):
        _supplier(book, project, number, supplier, add_up(costs))
    count = range(1, len(used) + 1)
    for id, title in (
        ("materials.used", "Материалы в затратах"),
        ("materials.bought", "Закуплено материалов без НДС"),
        ("materials.paid", "Оплачено поставщикам материалов с НДС"),
        ("materials.stock", "Запас материалов на конец"),
    ):
        kind: Kind = "balance" if id == "materials.stock" else "flow"
        parts = add_up([Ref(f"{id}.{i}") for i in count])
        book.line(id, title, "₽", parts, kind)
    _origins(book, by_origin)
    owed = Ref("materials.bought") * (1.0 + VAT) - Ref("materials.paid")
    closing: Expression = apply("cumulative", owed)
    if ends(project):
        closing = after_last(add_up([Ref(f"materials.paid.{i}.left") for i in count]))
    corkscrew(book, "payable", "Долг поставщикам", closing)


def _material(book: Book, product: Product, material: Material, place: str) -> Ref:
    """What a material costs in a month: volume, use of a unit, price, its index, its currency."""
    key = f"products.{product.id}.materials.{material.id}"
    quantity = book.sourced(
        f"{key}.quantity",
        f"{material.title}: расход на единицу",
        material.unit,
        material.quantity,
        f"{place}.quantity",
    )
    price: Expression = book.sourced(
        f"{key}.price",
        f"{material.title}: цена без НДС",
        f"₽/{material.unit}",
        material.price,
        f"{place}.price",
    )
    if material.currency:
        price = price * Ref(f"fx.{material.currency}.change")
    cost = Ref(f"products.{product.id}.volume") * quantity * indexed(price, material.index)
    return book.line(f"{key}.cost", f"{material.title}: затраты", "₽", cost)


def _bought_from(book: Book, material: Material, members: dict[str, Member]) -> str:
    """The participant that is paid for a material."""
    if material.origin is Origin.CLUSTER and material.supplier:
        return book.participant(material.supplier, members[material.supplier].label)
    return book.participant(f"market:{material.origin.value}", _SUPPLIERS[material.origin])


_SUPPLIERS = {
    Origin.CLUSTER: "Участники кластера",
    Origin.RUSSIAN: "Российские поставщики",
    Origin.IMPORTED: "Зарубежные поставщики",
}


def _supplier(book: Book, project: Project, number: int, supplier: str, costs: Expression) -> None:
    """One supplier's materials; stock that is no longer needed is used up, not sold back."""
    title = book.participants[supplier]
    used = book.line(f"materials.used.{number}", f"Израсходовано: {title}", "₽", costs)
    stock = Ref(f"materials.stock.{number}")
    days: Expression = Ref("working_capital.inventory_days")
    if ends(project):  # what is no longer needed before the end is not bought
        days = apply("minimum", days, Ref("time.left") * Ref("days_in_month"))
    need = used * days / Ref("days_in_month")
    left = apply("previous", stock) - used
    book.line(stock.id, f"Запас на конец: {title}", "₽", apply("maximum", left, need), "balance")
    bought = book.line(
        f"materials.bought.{number}",
        f"Закуплено без НДС: {title}",
        "₽",
        used + stock - apply("previous", stock),
    )
    billed = book.line(
        f"materials.billed.{number}", f"Счета с НДС: {title}", "₽", bought * (1.0 + VAT)
    )
    paid = f"Оплачено поставщику: {title}"
    in_time = late(book, billed, "working_capital.payable_days", "Отсрочка от поставщиков")
    money = settled(book, project, f"materials.paid.{number}", paid, billed, in_time)
    book.money(f"materials.paid.{number}", paid, money, project.initiator, supplier)


def _origins(book: Book, by_origin: dict[Origin, list[Expression]]) -> None:
    """Materials used by where they come from, and what of the revenue is not imported."""
    for origin, title in _ORIGINS.items():
        book.line(f"origin.{origin.value}", title, "₽", add_up(by_origin[origin]))
    local = Ref("revenue") - Ref("origin.imported")
    book.line("origin.local", "Выручка без импортных материалов", "₽", local)


_ORIGINS = {
    Origin.CLUSTER: "Материалы участников кластера",
    Origin.RUSSIAN: "Российские материалы вне кластера",
    Origin.IMPORTED: "Импортные материалы",
}


def overheads(book: Book, project: Project) -> None:
    """Costs of every month that do not depend on the volume, paid in their month with VAT."""
    book.group("Постоянные затраты")
    lines, taxed = [], []
    for n, cost in enumerate(project.overheads):
        key = f"overheads.{cost.id}"
        monthly = book.sourced(
            f"{key}.monthly",
            f"{cost.title}: в месяц без НДС",
            "₽/мес.",
            cost.monthly,
            f"overheads[{n}].monthly",
        )
        line = book.line(
            f"{key}.cost",
            cost.title,
            "₽",
            indexed(monthly, cost.index) * during(cost.phase, project),
        )
        lines.append(line)
        if cost.with_vat:
            taxed.append(line)
    book.line("overheads", "Постоянные затраты без НДС", "₽", add_up(lines))
    book.line("overheads.taxed", "в том числе с НДС поставщика", "₽", add_up(taxed))
    payee = book.participant("market:services", "Поставщики услуг и энергии")
    book.money(
        "overheads.paid",
        "Постоянные затраты с НДС",
        Ref("overheads") + Ref("overheads.taxed") * VAT,
        project.initiator,
        payee,
    )
