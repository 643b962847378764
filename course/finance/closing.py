"""Lines of the horizon's end: assets sold and written off, or a value of what goes on."""

from __future__ import annotations

from course.cluster.closing import Closing, Terminal
from course.cluster.projects import Project
from course.finance.book import Book
from course.finance.calendar import LAST, ends
from course.finance.lines import Expression, Ref, add_up, apply

VAT = Ref("rule.vat")


def liquidation(book: Book, project: Project) -> None:
    """In the last month assets are sold and written off, and the site is cleared."""
    if not ends(project):
        return
    book.group("Ликвидация")
    sale = _sale(book, project)
    costs = _clearing(book, project)
    _written_off(book, sale, costs)
    sold, paid = Ref("closing.sold"), Ref("closing.costs.paid")
    book.count("cash.investing", sold)
    book.count("cash.investing", paid, -1)
    book.count("sources", sold)
    book.count("uses", paid)


def _sale(book: Book, project: Project) -> Ref:
    """What assets are sold for, without VAT; the money comes with it."""
    prices = [
        book.sourced(
            f"capex.{item.id}.residual",
            f"{item.title}: цена продажи при ликвидации, без НДС",
            "₽",
            item.residual,
            f"capex[{n}].residual",
        )
        for n, item in enumerate(project.capex)
        if item.residual is not None
    ]
    sale = book.line(
        "closing.sale",
        "Продажа имущества без НДС",
        "₽",
        apply("choose", LAST, add_up(prices), 0.0),
    )
    buyers = book.participant("market:assets", "Покупатели имущества")
    book.money(
        "closing.sold", "Продажа имущества с НДС", sale * (1.0 + VAT), buyers, project.initiator
    )
    return sale


def _clearing(book: Book, project: Project) -> Ref:
    """What it costs to clear the site, without VAT; it is paid with it."""
    assert project.closing is not None
    assert project.closing.costs is not None
    price = book.sourced(
        "closing.costs.amount", "Затраты на ликвидацию, без НДС", "₽", project.closing.costs,
        "closing.costs",
    )  # fmt: skip
    costs = book.line(
        "closing.costs", "Затраты на ликвидацию без НДС", "₽", apply("choose", LAST, price, 0.0)
    )
    payee = book.participant("market:contractors", "Поставщики оборудования и подрядчики")
    book.money(
        "closing.costs.paid",
        "Затраты на ликвидацию с НДС",
        costs * (1.0 + VAT),
        project.initiator,
        payee,
    )
    return costs


def _written_off(book: Book, sale: Ref, costs: Ref) -> None:
    """What is not yet depreciated leaves the books and the tax base with the sale."""
    left = book.line(
        "assets.left",
        "Вложения за вычетом амортизации до списания",
        "₽",
        apply("cumulative", Ref("capex") - Ref("depreciation.book")),
        "balance",
    )
    off = book.line(
        "closing.written_off", "Списана остаточная стоимость", "₽", apply("choose", LAST, left, 0.0)
    )
    tax = Ref("depreciation.tax") + Ref("depreciation.bonus")
    tax_left = book.line(
        "assets.tax_left",
        "Остаточная стоимость для налога до списания",
        "₽",
        apply("cumulative", Ref("capex") - tax),
        "balance",
    )
    gone = book.line(
        "closing.tax_written_off",
        "Списана остаточная стоимость для налога",
        "₽",
        apply("choose", LAST, tax_left, 0.0),
    )
    for total, cost in (("unlevered.base", gone), ("income.before_tax", off)):
        book.count(total, sale)
        book.count(total, costs, -1)
        book.count(total, cost, -1)


def terminal(book: Book, project: Project) -> None:
    """The value behind the horizon, counted in the last month of the flows that are judged."""
    closing = project.closing
    if closing is None or closing.method not in (Terminal.BOOK, Terminal.GORDON):
        return
    book.group("Стоимость в конце горизонта")
    if closing.method is Terminal.BOOK:
        title = "Вложения и оборотный капитал по балансу"
        worth: Expression = (
            Ref("assets.closing")
            + Ref("materials.stock")
            + Ref("receivable.closing")
            + Ref("vat.closing")
            - Ref("payable.closing")
        )
        if project.taxes.quarterly_vat is not None:
            worth = worth - Ref("vat.owed")
    else:
        title = "Стоимость по формуле Гордона"
        worth = _gordon(book, closing)
    value = book.line("terminal.worth", title, "₽", worth, "balance")
    added = book.line(
        "terminal.value",
        "Стоимость в конце горизонта",
        "₽",
        apply("choose", LAST, value, 0.0),
    )
    debt = Ref("debt.closing") + Ref("debt.owed")
    owed = book.line(
        "terminal.debt", "Долг в конце горизонта", "₽", apply("choose", LAST, debt, 0.0)
    )
    book.line(
        "terminal.value.discounted",
        "Стоимость в конце горизонта с дисконтированием",
        "₽",
        added * Ref("time.discount"),
    )
    book.count("flow.project", added)
    book.count("flow.equity", added)
    book.count("flow.equity", owed, -1)


def _gordon(book: Book, closing: Closing) -> Expression:
    """Last year's flow after upkeep, growing for ever: flow · (1 + g) / (rate − g)."""
    assert closing.growth is not None
    assert closing.reinvestment is not None
    growth = book.sourced(
        "closing.growth", "Рост потока после горизонта за год", "доля", closing.growth
    )
    upkeep = book.sourced(
        "closing.reinvestment",
        "Вложения, поддерживающие мощность, в год",
        "₽/год",
        closing.reinvestment,
    )
    running = Ref("cash.before_tax") - Ref("unlevered.profit")
    total = book.line(
        "terminal.running",
        "Операционный поток после налога без займов, нарастающим итогом",
        "₽",
        apply("cumulative", running),
        "balance",
    )
    year = book.line(
        "terminal.year",
        "Операционный поток за последние 12 месяцев",
        "₽",
        total - apply("delayed", total, 12.0),
        "balance",
    )
    grown = apply("maximum", 0.0, year - upkeep) * (1.0 + growth)
    return grown / (Ref("discount.rate") - growth)
