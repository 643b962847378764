"""Single figures out of the rows: what Excel shows as results, computed by the same expressions."""

from __future__ import annotations

from course.cluster.closing import CapitalCost
from course.cluster.projects import Project
from course.finance.book import Book
from course.finance.lines import Expression, Number, Ref, apply

YEAR = Number(12.0)


def figures(book: Book, project: Project) -> None:
    """ЧДД, payback, PI, need for funding and the sums that a decision needs."""
    _returns(book, "project", "проекта")
    spent = book.figure(
        "project.investment",
        "Капитальные вложения с дисконтированием",
        "₽",
        apply("total", Ref("invested.discounted")),
    )
    book.figure(
        "project.pi",
        "Индекс доходности дисконтированных инвестиций (ИДДИ)",
        "раз",
        1.0 + apply("ratio", Ref("project.npv"), spent),
    )
    lowest = apply("lowest", Ref("flow.project.sum"))
    book.figure(
        "project.funding_need",
        "Потребность в финансировании (ПФ)",
        "₽",
        apply("maximum", 0.0, 0.0 - lowest),
    )
    _returns(book, "equity", "собственного капитала")
    book.group("Деньги и бюджеты")
    book.figure(
        "cash.lowest", "Наименьший остаток денег", "₽", apply("lowest", Ref("cash.closing"))
    )
    book.figure(
        "budget.sum",
        "Бюджеты и фонды получили за вычетом выплат",
        "₽",
        apply("total", Ref("flow.budget")),
    )
    book.figure(
        "budget.npv",
        "Бюджеты и фонды получили, с дисконтированием",
        "₽",
        apply("total", Ref("flow.budget.discounted")),
    )
    book.figure("support.sum", "Гранты и субсидии", "₽", apply("total", Ref("grants")))
    _declared(book, project)


def _declared(book: Book, project: Project) -> None:
    """Figures of what not every project declares: its end, dividends, refunds, its rate."""
    if any(line.id == "terminal.value" for line in book.lines):
        worth = apply("total", Ref("terminal.value.discounted"))
        title = "В том числе стоимость в конце горизонта, с дисконтированием"
        book.figure("project.terminal", title, "₽", worth)
    if project.dividends is not None:
        book.figure("dividends.sum", "Дивиденды", "₽", apply("total", Ref("dividends")))
        worth = apply("total", Ref("flow.owner.discounted"))
        book.figure("owner.npv", "ЧДД собственника по дивидендам", "₽", worth)
    if any(loan.refund for loan in project.loans):
        title = "Возмещение процентов"
        book.figure("refund.sum", title, "₽", apply("total", Ref("refund.received")))
    if project.start_batches:
        title = "Субсидии покупателям стартовых партий"
        book.figure("batches.sum", title, "₽", apply("total", Ref("batches")))
    if project.discount.wacc is not None:
        _wacc(book, project.discount.wacc)


def _wacc(book: Book, cost: CapitalCost) -> None:
    """The rate of discounting from its parts, beside the stated one."""
    parts = {
        key: book.sourced(f"discount.wacc.{key}", title, "доля", figure)
        for key, title, figure in (
            ("equity_share", "Доля собственного капитала", cost.equity_share),
            ("cost_of_equity", "Доходность собственного капитала", cost.cost_of_equity),
            ("cost_of_debt", "Стоимость займов за год", cost.cost_of_debt),
            ("tax", "Ставка налога на прибыль для займов", cost.tax),
        )
    }
    debt = (1.0 - parts["equity_share"]) * parts["cost_of_debt"] * (1.0 - parts["tax"])
    wacc = parts["equity_share"] * parts["cost_of_equity"] + debt
    book.figure("discount.wacc", "Средневзвешенная стоимость капитала (WACC)", "доля", wacc)


def _returns(book: Book, id: str, whose: str) -> None:
    """The indicators that the project's flow and the owner's flow share."""
    book.group(f"Показатели {whose}")
    flow, sums = Ref(f"flow.{id}"), f"flow.{id}.sum"
    book.figure(f"{id}.sum", "Чистый доход (ЧД)", "₽", apply("total", flow))
    book.figure(
        f"{id}.npv",
        "Чистый дисконтированный доход (ЧДД)",
        "₽",
        apply("total", Ref(f"flow.{id}.discounted")),
    )
    _payback(book, f"{id}.payback", "Срок окупаемости", sums, flow)
    _payback(
        book,
        f"{id}.discounted_payback",
        "Срок окупаемости с дисконтированием",
        f"flow.{id}.discounted.sum",
        Ref(f"flow.{id}.discounted"),
    )


def _payback(book: Book, id: str, title: str, sums: str, flow: Expression) -> None:
    """Months until the accumulated flow becomes and stays non-negative; −1: not within the horizon.

    In the month of crossing time runs in proportion to the flow, as ВК 477 does.
    """
    last = apply("highest", Ref(f"{sums}.below"))
    position = book.figure(
        f"{id}.last_below", f"{title}: последний месяц ниже нуля, №", "мес.", last
    )
    months = apply("months_in", Ref(sums))
    following = apply("minimum", position + 1.0, months)
    before = apply("value_at", Ref(sums), apply("maximum", 1.0, position))
    share = apply("ratio", 0.0 - before, apply("value_at", flow, following))
    within = apply("choose", apply("same", position, 0.0), 0.0, position - 1.0 + share)
    book.figure(
        id,
        f"{title} от начала проекта",
        "мес.",
        apply("choose", apply("at_least", position, months), -1.0, within),
    )
