"""Single figures out of the rows: what Excel shows as results, computed by the same expressions."""

from __future__ import annotations

from course.finance.book import Book
from course.finance.lines import Expression, Number, Ref, apply

YEAR = Number(12.0)


def figures(book: Book) -> None:
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
