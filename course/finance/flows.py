"""Lines of what it all comes to: cash, the flows that are judged, the balance sheet, the checks."""

from __future__ import annotations

from course.cluster.projects import Project
from course.finance import payouts
from course.finance.book import Book
from course.finance.calendar import started
from course.finance.lines import Expression, Ref, add_up, apply

FACTOR = Ref("time.discount")


def cash(book: Book, project: Project) -> None:
    """Three activities, and the money at the end of every month."""
    book.group("Денежный поток")
    before_tax: Expression = (
        Ref("receipts")
        - Ref("materials.paid")
        - Ref("payroll")
        - Ref("contributions")
        - Ref("overheads.paid")
        - Ref("vat.paid")
        + Ref("vat.refunded")
    )
    before_tax = book.closed("cash.operating", before_tax)
    book.line("cash.before_tax", "Операционный поток до налога на прибыль", "₽", before_tax)
    book.line(
        "cash.operating",
        "Поток от операционной деятельности",
        "₽",
        Ref("cash.before_tax") - Ref("tax.profit"),
    )
    investing = book.closed("cash.investing", -Ref("capex.paid"))
    book.line("cash.investing", "Поток от инвестиционной деятельности", "₽", investing)
    financing: Expression = Ref("own") + Ref("grants") + Ref("debt.drawn") - Ref("debt.service")
    financing = book.closed("cash.financing", financing)
    if project.dividends is not None:
        financing = payouts.dividends(book, project, project.dividends, financing)
    book.line("cash.financing", "Поток от финансовой деятельности", "₽", financing)
    net = Ref("cash.operating") + Ref("cash.investing") + Ref("cash.financing")
    book.line("cash.net", "Изменение денег за месяц", "₽", net)
    book.line(
        "cash.opening", "Деньги на начало", "₽", apply("previous", Ref("cash.closing")), "balance"
    )
    closing = apply("cumulative", Ref("cash.net"))
    if project.dividends is not None:  # they depend on the money of the month before
        closing = apply("previous", Ref("cash.closing")) + Ref("cash.net")
    book.line("cash.closing", "Деньги на конец", "₽", closing, "balance")
    if project.minimum_cash is not None:
        payouts.minimum(book, project.minimum_cash, started(project))


def judged(book: Book, project: Project) -> None:
    """The flows that indicators are taken from, each with its accumulated row."""
    book.group("Потоки для оценки")
    own = Ref("cash.before_tax") - Ref("unlevered.profit") + Ref("cash.investing")
    judged = book.closed("flow.project", own)
    _flow(book, "flow.project", "Поток проекта без учёта финансирования", judged)
    _below_zero(book, "flow.project", "Поток проекта")
    book.line(
        "invested.discounted",
        "Капитальные вложения с дисконтированием",
        "₽",
        Ref("capex.paid") * FACTOR,
    )
    equity: Expression = Ref("cash.net") - Ref("own")
    if project.dividends is not None:
        equity = equity + Ref("dividends")
    equity = book.closed("flow.equity", equity)
    _flow(book, "flow.equity", "Поток на собственный капитал", equity)
    _below_zero(book, "flow.equity", "Поток на капитал")
    if project.dividends is not None:
        _flow(book, "flow.owner", "Поток собственника по дивидендам", payouts.owner())
    book.group("Потоки бюджетов")
    levels = [_budget(book, id) for id in _BUDGETS if id in book.participants]
    _flow(book, "flow.budget", "Поток бюджетов и фондов, всего", add_up(levels))


def coverage(book: Book) -> None:
    """What pays for debt, as a bank counts it: DSCR is the one over the other by calendar years.

    Years after the one of the launch: what is due before then is paid from the project's sources.
    A refund of VAT is no income of operations: it comes once, for investments.
    """
    book.group("Покрытие долга")
    launch = apply("year_of", apply("month_start", Ref("start"), Ref("construction_months")))
    counts = book.line(
        "coverage.counts",
        "Год после года пуска (1 — да)",
        "признак",
        apply("less", launch, Ref("time.year")),
        "time",
    )
    cash = Ref("cash.operating") - Ref("vat.refunded")
    book.line("coverage.cash", "Деньги для платежей по займам", "₽", cash * counts)
    due = Ref("debt.service") * counts
    book.line("coverage.service", "Платежи по займам после года пуска", "₽", due)


_BUDGETS = {
    "budget.federal": "Федеральный бюджет",
    "budget.regional": "Региональный бюджет",
    "budget.local": "Местные бюджеты",
    "funds": "Внебюджетные фонды",
}


def _budget(book: Book, id: str) -> Ref:
    """What one budget gets from the project less what it gives."""
    got = book.known(lambda line: line.payee == id)
    given = book.known(lambda line: line.payer == id)
    total: Expression = add_up(got)
    for line in given:
        total = total - line
    return book.line(f"flow.{id}", f"Поток: {_BUDGETS[id]}", "₽", total)


def _flow(book: Book, id: str, title: str, expression: Expression) -> None:
    """A flow, its sum so far, and both discounted."""
    flow = book.line(id, title, "₽", expression)
    book.line(
        f"{id}.sum", f"{title}, нарастающим итогом", "₽", apply("cumulative", flow), "balance"
    )
    worth = book.line(f"{id}.discounted", f"{title} с дисконтированием", "₽", flow * FACTOR)
    book.line(
        f"{id}.discounted.sum",
        f"{title} с дисконтированием, нарастающим итогом",
        "₽",
        apply("cumulative", worth),
        "balance",
    )


def _below_zero(book: Book, id: str, title: str) -> None:
    """The months in which the accumulated flow is below zero: payback is after the last one."""
    for part, words in (("sum", ""), ("discounted.sum", " с дисконтированием")):
        below = apply("less", Ref(f"{id}.{part}"), 0.0)
        book.line(
            f"{id}.{part}.below",
            f"{title}{words}: номер месяца, пока накоплено меньше нуля",
            "мес.",
            apply("choose", below, Ref("time.step") + 1.0, 0.0),
            "level",
        )


def income(book: Book, project: Project) -> None:
    """The income statement, by the depreciation of the books."""
    book.group("Прибыль")
    gross = Ref("revenue") - Ref("materials.used") - Ref("payroll") - Ref("contributions")
    running = book.closed("income.ebitda", gross - Ref("overheads"))
    ebitda = book.line("income.ebitda", "Прибыль до процентов, налога и амортизации", "₽", running)
    own = ebitda - Ref("depreciation.book") - Ref("debt.interest")
    profit = book.closed("income.before_tax", own)
    before = book.line("income.before_tax", "Прибыль до налога", "₽", profit)
    net = book.line("income.net", "Чистая прибыль", "₽", before - Ref("tax.profit"))
    kept: Expression = net
    if project.dividends is not None:
        kept = net - Ref("dividends")
    book.line(
        "income.retained", "Нераспределённая прибыль", "₽", apply("cumulative", kept), "balance"
    )


def balance(book: Book) -> None:
    """The balance sheet at the end of every month."""
    book.group("Баланс")
    assets: Expression = (
        Ref("assets.closing")
        + Ref("materials.stock")
        + Ref("receivable.closing")
        + Ref("vat.closing")
        + Ref("cash.closing")
    )
    assets = book.closed("assets", assets)
    book.line("balance.assets", "Активы", "₽", assets, "balance")
    book.line(
        "balance.capital",
        "Средства собственника и гранты",
        "₽",
        apply("cumulative", Ref("own") + Ref("grants")),
        "balance",
    )
    liabilities: Expression = (
        Ref("balance.capital")
        + Ref("income.retained")
        + Ref("debt.closing")
        + Ref("debt.owed")
        + Ref("payable.closing")
    )
    liabilities = book.closed("liabilities", liabilities)
    book.line("balance.liabilities", "Пассивы", "₽", liabilities, "balance")


def checks(book: Book, project: Project) -> None:
    """Rows that are zero in every month if the model is whole."""
    book.group("Контроль по месяцам")
    book.line(
        "check.balance",
        "Активы минус пассивы",
        "₽",
        apply("kopecks", Ref("balance.assets") - Ref("balance.liabilities")),
        "level",
    )
    got = add_up(book.known(lambda line: line.payee == project.initiator))
    paid = add_up(book.known(lambda line: line.payer == project.initiator))
    book.line(
        "check.ledger",
        "Деньги по книге платежей минус изменение денег",
        "₽",
        apply("kopecks", got - paid - Ref("cash.net")),
        "level",
    )
    came: Expression = (
        Ref("own") + Ref("grants") + Ref("debt.drawn") + Ref("receipts") + Ref("vat.refunded")
    )
    went: Expression = (
        Ref("materials.paid")
        + Ref("payroll")
        + Ref("contributions")
        + Ref("overheads.paid")
        + Ref("vat.paid")
        + Ref("tax.profit")
        + Ref("capex.paid")
        + Ref("debt.service")
    )
    came, went = book.closed("sources", came), book.closed("uses", went)
    book.line(
        "sources.sum", "Источники нарастающим итогом", "₽", apply("cumulative", came), "balance"
    )
    book.line(
        "uses.sum", "Направления нарастающим итогом", "₽", apply("cumulative", went), "balance"
    )
    book.line(
        "check.sources",
        "Источники минус направления минус деньги на конец",
        "₽",
        apply("kopecks", Ref("sources.sum") - Ref("uses.sum") - Ref("cash.closing")),
        "level",
    )
    book.line(
        "check.vat",
        "НДС: заявлено минус возмещено минус остаток",
        "₽",
        apply(
            "kopecks",
            Ref("vat.opening") + Ref("vat.claimed") - Ref("vat.refunded") - Ref("vat.closing"),
        ),
        "level",
    )
    book.line(
        "check.shortage",
        "Нехватка денег",
        "₽",
        apply("kopecks", apply("maximum", 0.0, 0.0 - Ref("cash.closing"))),
        "level",
    )
