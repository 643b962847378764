"""Lines of sales: volumes, revenue by product and by buyer, money that comes in later."""

from __future__ import annotations

from course.cluster.members import Member
from course.cluster.projects import Product, Project
from course.finance.book import PLAN, Book
from course.finance.calendar import after_last, corkscrew, ends, indexed, late, settled
from course.finance.lines import Expression, Input, Ref, Schedule, add_up, apply

VAT = Ref("rule.vat")


def sales(book: Book, project: Project, members: dict[str, Member]) -> None:
    """Volumes, revenue by product and by buyer, and the money that comes in later."""
    book.group("Продажи")
    days = project.working_capital.receivable_days
    book.sourced("working_capital.receivable_days", "Отсрочка покупателям", "дни", days)
    by_buyer: dict[str, list[Expression]] = {}
    for n, product in enumerate(project.products):
        _made(book, project, product, n)
        _sold(book, product, n, members, by_buyer)
    book.line(
        "revenue",
        "Выручка без НДС",
        "₽",
        add_up([Ref(f"products.{p.id}.revenue") for p in project.products]),
    )
    for number, (buyer, parts) in enumerate(by_buyer.items(), 1):
        _receipts(book, project, number, buyer, add_up(parts))
    _inside(book, list(by_buyer))
    count = range(1, len(by_buyer) + 1)
    book.line("billed", "Отгружено с НДС, всего", "₽", add_up([Ref(f"billed.{i}") for i in count]))
    book.line(
        "receipts", "Поступления от покупателей", "₽", add_up([Ref(f"receipts.{i}") for i in count])
    )
    closing: Expression = apply("cumulative", Ref("billed") - Ref("receipts"))
    if ends(project):
        closing = after_last(add_up([Ref(f"receipts.{i}.left") for i in count]))
    corkscrew(book, "receivable", "Дебиторская задолженность", closing)


def _made(book: Book, project: Project, product: Product, n: int) -> None:
    """Volume and revenue of one product."""
    key, place = f"products.{product.id}", f"products[{n}]"
    price = book.sourced(
        f"{key}.price",
        f"{product.title}: цена без НДС",
        f"₽/{product.unit}",
        product.price,
        f"{place}.price",
    )
    capacity = book.sourced(
        f"{key}.capacity",
        f"{product.title}: мощность в месяц",
        f"{product.unit}/мес.",
        product.capacity,
        f"{place}.capacity",
    )
    use = book.sourced(
        f"{key}.utilisation",
        f"{product.title}: плановая загрузка",
        "доля",
        product.utilisation,
        f"{place}.utilisation",
    )
    ramp = book.schedule(_ramp_up(book, key, place, product.title, project, n))
    share = book.line(
        f"{key}.ramp",
        f"{product.title}: выход на загрузку",
        "доля",
        apply("looked_up", ramp, Ref("time.operation_month")),
        "level",
    )
    volume = book.line(
        f"{key}.volume", f"{product.title}: объём", product.unit, capacity * use * share
    )
    book.line(
        f"{key}.revenue",
        f"{product.title}: выручка без НДС",
        "₽",
        volume * indexed(price, product.index),
    )


def _sold(
    book: Book,
    product: Product,
    n: int,
    members: dict[str, Member],
    by_buyer: dict[str, list[Expression]],
) -> None:
    """What each buyer takes of a product, and what it is worth."""
    key, place = f"products.{product.id}", f"products[{n}]"
    for m, sale in enumerate(product.sales):
        title = members[sale.member].label if sale.member else str(sale.external)
        buyer = book.participant(sale.member or f"market:{sale.external}", title)
        part = book.input(
            Input(
                f"{key}.sales.{m + 1}",
                f"{product.title}: доля объёма, {title}",
                "доля",
                sale.share,
                source=f"План продаж: {sale.status.words}",
                status="решение команды",
                place=f"{book.place}.{place}.sales[{m}].share",
            )
        )
        book.line(
            f"{key}.volume.{m + 1}",
            f"{product.title}: объём, {title}",
            product.unit,
            Ref(f"{key}.volume") * part,
        )
        by_buyer.setdefault(buyer, []).append(Ref(f"{key}.revenue") * part)


def _receipts(book: Book, project: Project, number: int, buyer: str, sold: Expression) -> None:
    """What one buyer is billed and what it pays later."""
    title = book.participants[buyer]
    net = book.line(f"sold.{number}", f"Отгружено без НДС: {title}", "₽", sold)
    billed = book.line(f"billed.{number}", f"Отгружено с НДС: {title}", "₽", net * (1.0 + VAT))
    days = "working_capital.receivable_days"
    paid = f"Поступило от покупателя: {title}"
    in_time = late(book, billed, days, "Отсрочка покупателям")
    money = settled(book, project, f"receipts.{number}", paid, billed, in_time)
    book.money(f"receipts.{number}", paid, money, buyer, project.initiator)


def _inside(book: Book, buyers: list[str]) -> None:
    """Revenue from members of the cluster and from others."""
    for id, title, inside in (
        ("revenue.inside", "Выручка от участников кластера без НДС", True),
        ("revenue.outside", "Выручка от покупателей вне кластера без НДС", False),
    ):
        sold = [
            Ref(f"sold.{number}")
            for number, buyer in enumerate(buyers, 1)
            if buyer.startswith("market:") is not inside
        ]
        book.line(id, title, "₽", add_up(sold))


def _ramp_up(
    book: Book, key: str, place: str, title: str, project: Project, number: int
) -> Schedule:
    """Shares of the steady volume by month of operation: 0 before the first, 1 after the last."""
    ramp = project.products[number].ramp_up
    rows = [
        Input(
            f"{key}.ramp_up.0",
            f"{title}: загрузка до пуска",
            "доля",
            0.0,
            source=PLAN,
            status="соглашение модели",
            from_month=0.0,
        )
    ]
    for month, share in enumerate(ramp.shares, 1):
        rows.append(
            Input(
                f"{key}.ramp_up.{month}",
                f"{title}: доля загрузки, месяц {month}",
                "доля",
                share,
                owner=ramp.owner,
                source=ramp.source,
                status=ramp.status.words,
                from_month=float(month),
                place=f"{book.place}.{place}.ramp_up.shares[{month - 1}]",
            )
        )
    rows.append(
        Input(
            f"{key}.ramp_up.full",
            f"{title}: плановая загрузка достигнута",
            "доля",
            1.0,
            source=PLAN,
            status="соглашение модели",
            from_month=float(len(ramp.shares) + 1),
        )
    )
    return Schedule(f"{key}.ramp_up", f"{title}: доля плановой загрузки", tuple(rows))
