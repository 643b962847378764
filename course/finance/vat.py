"""Lines of VAT: by months or by quarters, paid later and refunded later."""

from __future__ import annotations

from course.cluster.projects import Project
from course.cluster.taxes import QuarterlyVat
from course.finance.book import Book
from course.finance.calendar import LAST, after_last, ends, settled
from course.finance.levies import FEDERAL
from course.finance.lines import Expression, Number, Ref, add_up, apply

RATE = Ref("rule.vat")


def vat(book: Book, project: Project) -> None:
    """Output less input of a period; what is over-paid comes back after the lag."""
    book.group("НДС")
    lag = book.plain(
        "vat_refund_lag",
        "Возмещение НДС через",
        "мес.",
        project.taxes.vat_refund_lag_months,
        "taxes.vat_refund_lag_months",
    )
    sold: Expression = Ref("revenue")
    taxed = Ref("materials.bought") + Ref("overheads.taxed") + Ref("capex.taxed")
    if ends(project):
        sold, taxed = sold + Ref("closing.sale"), taxed + Ref("closing.costs")
    output = book.line("vat.output", "НДС с отгрузки", "₽", sold * RATE)
    inside = book.line("vat.input", "НДС к вычету", "₽", taxed * RATE)
    terms = project.taxes.quarterly_vat
    over: Expression = apply("maximum", 0.0, inside - output)
    if terms is None:
        due = apply("maximum", 0.0, output - inside)
        book.money("vat.paid", "Уплата НДС", due, project.initiator, FEDERAL)
    else:
        over = _by_quarters(book, project, terms, output - inside)
    claim = book.line("vat.claimed", "НДС, заявленный к возмещению", "₽", over)
    back = settled(book, project, "vat.refunded", "Возмещение НДС", claim,
                       apply("delayed", claim, lag))  # fmt: skip
    book.money("vat.refunded", "Возмещение НДС", back, FEDERAL, project.initiator)
    book.line(
        "vat.opening",
        "НДС к возмещению на начало",
        "₽",
        apply("previous", Ref("vat.closing")),
        "balance",
    )
    closing: Expression = apply("cumulative", claim - Ref("vat.refunded"))
    if ends(project):
        closing = after_last(Ref("vat.refunded.left"))
    book.line("vat.closing", "НДС к возмещению на конец", "₽", closing, "balance")


def _by_quarters(
    book: Book, project: Project, terms: QuarterlyVat, excess: Expression
) -> Expression:
    """VAT of calendar quarters: paid in equal parts afterwards; returns what is over-paid."""
    first = book.plain(
        "vat_first_payment",
        "НДС: первый платёж после квартала через",
        "мес.",
        terms.first_payment_months,
        "taxes.quarterly_vat.first_payment_months",
    )
    month = book.line("vat.net", "НДС с отгрузки за вычетом входного", "₽", excess)
    parts = (Ref("time.month"), apply("floor", Ref("time.month") / Number(3.0)) * 3.0)
    closes = apply("same", *parts)
    if ends(project):  # the last quarter is settled with the last month
        closes = apply("maximum", closes, LAST)
    book.line("time.quarter_end", "Квартал закрыт (1 — да)", "признак", closes, "time")
    running = Ref("vat.quarter")
    opened = apply("choose", Ref("time.quarter_end"), 0.0, running)
    book.line("vat.open", "НДС незакрытого квартала на конец месяца", "₽", opened, "balance")
    book.line(
        running.id,
        "НДС с начала квартала",
        "₽",
        apply("previous", Ref("vat.open")) + month,
        "balance",
    )
    closed = apply("choose", Ref("time.quarter_end"), running, 0.0)
    whole = book.line("vat.whole", "НДС закрытого квартала", "₽", closed)
    due = book.line("vat.due", "НДС квартала к уплате", "₽", apply("maximum", 0.0, whole))
    later = [apply("delayed", due, first + float(n) if n else first) for n in range(terms.payments)]
    part = add_up(later) / Number(float(terms.payments)) if terms.payments > 1 else later[0]
    paid = settled(book, project, "vat.paid", "Уплата НДС", due, part)
    book.money("vat.paid", "Уплата НДС", paid, project.initiator, FEDERAL)
    left: Expression = after_last(Ref("vat.paid.left"))
    if not ends(project):
        unpaid = apply("cumulative", due - Ref("vat.paid"))
        left = book.line("vat.unpaid", "НДС закрытых кварталов к уплате", "₽", unpaid, "balance")
    owed = left + Ref("vat.open")
    book.line("vat.owed", "НДС начисленный и не уплаченный", "₽", owed, "balance")
    book.count("liabilities", Ref("vat.owed"))
    return apply("maximum", 0.0, 0.0 - whole)
