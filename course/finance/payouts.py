"""Lines of money that leaves the project for its owner, and of money that has to stay."""

from __future__ import annotations

from course.cluster.closing import Dividends
from course.cluster.projects import Project
from course.cluster.values import Money
from course.finance.book import Book
from course.finance.calendar import LAST
from course.finance.lines import Expression, Ref, apply


def dividends(book: Book, project: Project, terms: Dividends, financing: Expression) -> Expression:
    """A share of last year's net profit, as far as money above the minimum allows.

    Returns the flow from financing after them.
    """
    share = book.sourced("dividends.share", "Дивиденды: доля чистой прибыли", "доля", terms.share)
    month = book.plain("dividends.month", "Дивиденды: месяц выплаты", "мес.", terms.month)
    year = book.line(
        "income.year_to_date",
        "Чистая прибыль с начала года",
        "₽",
        apply("year_to_date", Ref("income.net")),
        "balance",
    )
    pays: Expression = apply("same", Ref("time.month"), month)
    if terms.since is not None:
        first = book.plain("dividends.since", "Дивиденды: с какого года", "год", terms.since)
        pays = apply("both", pays, apply("at_least", Ref("time.year"), first))
    profit = apply("maximum", 0.0, apply("delayed", year, month)) * share
    due = book.line(
        "dividends.due", "Дивиденды по прибыли прошлого года", "₽",
        apply("choose", pays, profit, 0.0),
    )  # fmt: skip
    before = book.line("cash.financed", "Финансовая деятельность до дивидендов", "₽", financing)
    month_flow = Ref("cash.operating") + Ref("cash.investing") + before
    money = book.line("cash.before_dividends", "Изменение денег до дивидендов", "₽", month_flow)
    free: Expression = apply("previous", Ref("cash.closing")) + money
    if project.minimum_cash is not None:
        free = free - Ref("minimum_cash")
    paid = apply("minimum", due, apply("maximum", 0.0, free))
    line = book.money("dividends", "Дивиденды", paid, project.initiator, "owner")
    book.count("uses", line)
    return before - line


def minimum(book: Book, sum_: Money, in_use: Ref) -> None:
    """How much money is missing to what always has to be there once the project runs."""
    least = book.sourced("minimum_cash", "Неснижаемый остаток денег", "₽", sum_)
    missing = apply("maximum", 0.0, least * in_use - Ref("cash.closing"))
    book.line(
        "check.minimum", "Не хватает до неснижаемого остатка", "₽", apply("kopecks", missing),
        "level",
    )  # fmt: skip


def owner() -> Expression:
    """What the owner really gets: dividends and the money left at the end, less what it put in."""
    return Ref("dividends") - Ref("own") + apply("choose", LAST, Ref("cash.closing"), 0.0)
