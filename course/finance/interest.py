"""Lines of interest: the key rate, rates by dates, rates that follow the key rate, refunds."""

from __future__ import annotations

from course.cluster.funding import Floating, InterestRefund
from course.cluster.projects import Loan, Project
from course.finance.book import Book
from course.finance.funding import LEVELS
from course.finance.lines import Number, Ref, Schedule, add_up, apply
from course.finance.rules import Rules

YEAR = Number(12.0)


def by_dates(book: Book, project: Project, loan: Loan, number: int) -> Ref:
    """A rate that changes on stated days."""
    key, place, title = f"loans.{loan.id}.rate", f"loans[{number}]", f"{loan.title}: ставка за год"
    first = book.sourced_input(key, title, "доля", loan.rate, f"{place}.rate", project.start)
    rows = [
        book.sourced_input(
            f"{key}.{n}", title, "доля", row.rate, f"{place}.rates[{n - 2}].rate", row.since
        )
        for n, row in enumerate(loan.rates, 2)
    ]
    schedule = book.schedule(Schedule(f"{key}.by_date", title, (first, *rows)))
    looked_up = apply("looked_up", schedule, Ref("time.start"))
    return book.line(f"{key}.now", title, "доля", looked_up, "level")


def key_rate(book: Book, project: Project, rules: Rules) -> None:
    """The key rate by months: the team's forecast, or the last one that is known."""
    if not any(loan.floating or loan.refund for loan in project.loans):
        return
    book.group("Ключевая ставка")
    if not project.key_rate:
        rules.level("norm.key_rate", "key_rate")
        return
    rows = tuple(
        book.sourced_input(f"key_rate.{n}", "Ключевая ставка, прогноз", "доля", row.rate,
                    f"key_rate[{n - 1}].rate",
                    min(row.since, project.start) if n == 1 else row.since)
        for n, row in enumerate(project.key_rate, 1)
    )  # fmt: skip
    schedule = book.schedule(Schedule("key_rate", "Ключевая ставка, прогноз", rows))
    looked_up = apply("looked_up", schedule, Ref("time.start"))
    book.line("rule.key_rate", "Ключевая ставка, прогноз", "доля", looked_up, "level")


def floating(
    book: Book, terms: Floating, key: str, place: str, title: str, age: Ref, rules: Rules
) -> Ref:
    """A share of the key rate with a margin for a time, then the key rate with another margin."""
    where, key_rate = f"{place}.floating", Ref("rule.key_rate")
    if terms.key_rate_share is None:
        share = rules.level(f"norm.{key}.share", "loan.kip.key_rate_share")
    else:
        share = book.sourced(f"{key}.floating.share", f"{title}: доля ключевой ставки", "доля",
                             terms.key_rate_share, f"{where}.key_rate_share")  # fmt: skip
    if terms.margin is None:
        margin = rules.level(f"norm.{key}.margin", "loan.kip.margin")
    else:
        margin = book.sourced(f"{key}.floating.margin", f"{title}: прибавка в льготный срок",
                              "доля", terms.margin, f"{where}.margin")  # fmt: skip
    if terms.soft_months is None:
        years = rules.level(f"norm.{key}.soft", "loan.kip.low_rate_after_investment")
        soft = apply("less", Ref("time.step"), Ref("construction_months") + years * 12.0)
    else:
        months = book.plain(f"{key}.floating.soft", f"{title}: льготная ставка", "мес.",
                            terms.soft_months, f"{where}.soft_months")  # fmt: skip
        soft = apply("less", age, months)
    later = book.sourced(f"{key}.floating.later", f"{title}: прибавка после льготного срока",
                         "доля", terms.later_margin, f"{where}.later_margin")  # fmt: skip
    rate = apply("choose", soft, key_rate * share + margin, key_rate + later)
    return book.line(f"{key}.rate.now", f"{title}: ставка за год", "доля", rate, "level")


def refunds(book: Book, project: Project) -> None:
    """Refunds of interest: income when interest is charged, money after the lag."""
    given = [
        (loan, loan.refund, n) for n, loan in enumerate(project.loans) if loan.refund is not None
    ]
    if not given:
        return
    book.group("Возмещение процентов")
    lines = [_refund(book, project, loan, refund, n) for loan, refund, n in given]
    due = book.line(
        "refund.due", "Возмещение процентов начисленное", "₽", add_up([d for d, _, _ in lines])
    )
    taxed = [d for d, _, refund in lines if refund.taxed]
    if taxed:
        base = book.line("refund.taxed", "Возмещение в базе налога", "₽", add_up(taxed))
        book.count("tax.base", base)
    got = book.line(
        "refund.received", "Возмещение процентов полученное", "₽", add_up([g for _, g, _ in lines])
    )
    left = book.line(
        "refund.closing",
        "Возмещение процентов к получению",
        "₽",
        apply("cumulative", due - got),
        "balance",
    )
    book.count("income.before_tax", due)
    book.count("cash.financing", got)
    book.count("sources", got)
    book.count("assets", left)


def _refund(
    book: Book, project: Project, loan: Loan, refund: InterestRefund, number: int
) -> tuple[Ref, Ref, InterestRefund]:
    """A share of the key rate on the debt, never more than the interest of the month."""
    key, place = f"loans.{loan.id}.refund", f"loans[{number}].refund"
    title = f"{loan.title}: {refund.title[0].lower()}{refund.title[1:]}"
    share = book.sourced(
        f"{key}.share", f"{title}, доля ключевой ставки", "доля", refund.key_rate_share,
        f"{place}.key_rate_share",
    )  # fmt: skip
    lag = book.plain(
        f"{key}.lag", f"{title}, выплата через", "мес.", refund.lag_months, f"{place}.lag_months"
    )
    part = Ref(f"loans.{loan.id}.opening") * Ref("rule.key_rate") * share / YEAR
    due = book.line(
        f"{key}.due",
        f"{title}, начислено",
        "₽",
        apply("minimum", Ref(f"loans.{loan.id}.interest"), part),
    )
    payer = book.participant(*LEVELS[refund.payer])
    got = book.money(
        key, f"{title}, получено", apply("delayed", due, lag), payer, project.initiator
    )
    return due, got, refund
