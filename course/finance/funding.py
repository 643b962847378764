"""Lines of the money that the project is given: own funds, grants, subsidies to its buyers."""

from __future__ import annotations

import datetime

from course.cluster.funding import Accounting, StartBatches
from course.cluster.projects import Payer, Project
from course.finance.book import Book
from course.finance.calendar import ends
from course.finance.lines import Expression, Ref, add_up, apply

LEVELS = {
    Payer.FEDERAL: ("budget.federal", "Федеральный бюджет"),
    Payer.REGIONAL: ("budget.regional", "Региональный бюджет"),
    Payer.FUND: ("fund", "Фонд развития"),
}


def sources(book: Book, project: Project) -> None:
    """Own funds, grants and subsidies to buyers, as the money comes in."""
    book.group("Собственные средства и гранты")
    owner = book.participant("owner", "Собственник проекта")
    own = []
    for n, money in enumerate(project.own_funds, 1):
        place = f"own_funds[{n - 1}]"
        amount = book.sourced(
            f"own.{n}.amount", f"{money.title}: сумма", "₽", money.amount, f"{place}.amount"
        )
        paid = _on_its_day(book, f"own.{n}", money.title, money.date, amount, f"{place}.date")
        own.append(book.money(f"own.{n}", money.title, paid, owner, project.initiator))
    book.line("own", "Собственные средства", "₽", add_up(own))
    grants = []
    for n, grant in enumerate(project.grants):
        key, place = f"grants.{grant.id}", f"grants[{n}]"
        amount = book.sourced(
            f"{key}.amount", f"{grant.title}: сумма", "₽", grant.amount, f"{place}.amount"
        )
        payer = book.participant(*LEVELS[grant.payer])
        paid = _on_its_day(book, key, grant.title, grant.date, amount, f"{place}.date")
        grants.append(book.money(key, grant.title, paid, payer, project.initiator))
    book.line("grants", "Гранты и субсидии", "₽", add_up(grants))
    _taxed_grants(book, project)
    for n, batch in enumerate(project.start_batches):
        _start_batches(book, project, batch, n)
    if project.start_batches:
        given = add_up([Ref(f"batches.{batch.id}") for batch in project.start_batches])
        book.line("batches", "Субсидии покупателям стартовых партий", "₽", given)


def _on_its_day(
    book: Book, key: str, title: str, day: datetime.date, amount: Ref, place: str
) -> Expression:
    date = book.day(f"{key}.date", f"{title}: дата", day, place)
    here = apply("same", Ref("time.start"), apply("month_start", date, 0.0))
    return apply("choose", here, amount, 0.0)


def _taxed_grants(book: Book, project: Project) -> None:
    """Grants that are income for profit tax: at once, or as what they paid for is written off."""
    ways = {way: [g for g in project.grants if g.accounting is way] for way in Accounting}
    at_once, with_costs = ways[Accounting.AT_ONCE], ways[Accounting.WITH_COSTS]
    if at_once:
        got = add_up([Ref(f"grants.{grant.id}") for grant in at_once])
        line = book.line("grants.at_once", "Гранты в доходах месяца получения", "₽", got)
        book.count("unlevered.base", line)
    if not with_costs:
        return
    got = add_up([Ref(f"grants.{grant.id}") for grant in with_costs])
    spent = Ref("depreciation.tax") + Ref("depreciation.bonus")
    if ends(project):
        spent = spent + Ref("closing.tax_written_off")
    rows = [
        book.line(id, title, "₽", apply("cumulative", change), "balance")
        for id, title, change in (
            ("grants.received", "Гранты, которые учитывают по мере затрат", got),
            ("grants.spent", "Вложения, списанные в налоге", spent),
            ("grants.bought", "Вложения нарастающим итогом", Ref("capex")),
        )
    ]
    part = apply("minimum", 1.0, apply("ratio", rows[1], rows[2]))
    known = book.line(
        "grants.recognised",
        "Гранты, признанные доходом, нарастающим итогом",
        "₽",
        rows[0] * part,
        "balance",
    )
    line = book.line(
        "grants.with_costs",
        "Гранты в доходах по мере амортизации",
        "₽",
        known - apply("previous", known),
    )
    book.count("unlevered.base", line)


def _start_batches(book: Book, project: Project, batch: StartBatches, number: int) -> None:
    """A subsidy to a buyer: it passes the project by, but budgets pay it for the project."""
    key, place = f"batches.{batch.id}", f"start_batches[{number}]"
    share = book.sourced(
        f"{key}.share", f"{batch.title}: доля цены", "доля", batch.share, f"{place}.share"
    )
    cap = book.sourced(f"{key}.cap", f"{batch.title}: предел", "₽", batch.cap, f"{place}.cap")
    lag = book.plain(
        f"{key}.lag", f"{batch.title}: выплата через", "мес.", batch.lag_months,
        f"{place}.lag_months",
    )  # fmt: skip
    bought = _bought_in_window(book, project, batch, place)
    total = book.line(
        f"{key}.bought.sum",
        f"{batch.title}: куплено нарастающим итогом",
        "₽",
        apply("cumulative", bought),
        "balance",
    )
    earned = book.line(
        f"{key}.earned",
        f"{batch.title}: право на субсидию нарастающим итогом",
        "₽",
        apply("minimum", cap, total * share),
        "balance",
    )
    paid = apply("delayed", earned, lag) - apply("delayed", earned, lag + 1.0)
    payer = book.participant(*LEVELS[batch.payer])
    book.money(key, batch.title, paid, payer, batch.buyer)


def _bought_in_window(book: Book, project: Project, batch: StartBatches, place: str) -> Ref:
    """What the buyer pays for the product in the months of the subsidy, without VAT."""
    key, month = f"batches.{batch.id}", Ref("time.start")
    since = book.day(f"{key}.since", f"{batch.title}: покупки с", batch.since, f"{place}.since")
    until = book.day(f"{key}.until", f"{batch.title}: покупки по", batch.until, f"{place}.until")
    within = apply(
        "both",
        apply("at_least", month, apply("month_start", since, 0.0)),
        apply("at_least", until, month),
    )
    product = next(product for product in project.products if product.id == batch.goods)
    parts = [
        Ref(f"products.{product.id}.sales.{n}")
        for n, sale in enumerate(product.sales, 1)
        if sale.member == batch.buyer
    ]
    sold = Ref(f"products.{product.id}.revenue") * add_up(parts)
    spent = apply("choose", within, sold, 0.0)
    return book.line(f"{key}.bought", f"{batch.title}: куплено без НДС", "₽", spent)
