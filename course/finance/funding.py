"""Lines of the money that the project is paid with: own funds, grants and loans."""

from __future__ import annotations

import datetime

from course.cluster.projects import Loan, Payer, Project, Shape
from course.finance.book import Book
from course.finance.lines import Expression, Kind, Number, Ref, add_up, apply

_LEVELS = {
    Payer.FEDERAL: ("budget.federal", "Федеральный бюджет"),
    Payer.REGIONAL: ("budget.regional", "Региональный бюджет"),
    Payer.FUND: ("fund", "Фонд развития"),
}


def sources(book: Book, project: Project) -> None:
    """Own funds, grants and loans, as the money comes in and goes back."""
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
        payer = book.participant(*_LEVELS[grant.payer])
        paid = _on_its_day(book, key, grant.title, grant.date, amount, f"{place}.date")
        grants.append(book.money(key, grant.title, paid, payer, project.initiator))
    book.line("grants", "Гранты и субсидии", "₽", add_up(grants))
    _loans(book, project)


def _on_its_day(
    book: Book, key: str, title: str, day: datetime.date, amount: Ref, place: str
) -> Expression:
    date = book.day(f"{key}.date", f"{title}: дата", day, place)
    here = apply("same", Ref("time.start"), apply("month_start", date, 0.0))
    return apply("choose", here, amount, 0.0)


def _loans(book: Book, project: Project) -> None:
    for number, loan in enumerate(project.loans):
        book.group(f"Заём: {loan.title}")
        _loan(book, project, loan, number)
    book.group("Долг и проценты")
    ids = [f"loans.{loan.id}" for loan in project.loans]
    parts: tuple[tuple[str, str, Kind], ...] = (
        ("drawn", "Получено займов", "flow"),
        ("repaid", "Погашено займов", "flow"),
        ("added", "Проценты, добавленные к долгу", "flow"),
        ("interest", "Проценты начисленные", "flow"),
        ("paid", "Проценты уплаченные", "flow"),
        ("opening", "Долг на начало", "balance"),
        ("closing", "Долг на конец", "balance"),
        ("owed", "Проценты начисленные и не уплаченные", "balance"),
    )
    for part, title, kind in parts:
        whole = add_up([Ref(f"{id}.{part}") for id in ids])
        book.line(f"debt.{part}", title, "₽", whole, kind)
    book.line("debt.service", "Обслуживание долга", "₽", Ref("debt.repaid") + Ref("debt.paid"))


def _loan(book: Book, project: Project, loan: Loan, number: int) -> None:
    """One loan: interest on what was owed at the month's start, repayment in its shape."""
    key, place, title = f"loans.{loan.id}", f"loans[{number}]", loan.title
    principal = book.sourced(
        f"{key}.principal", f"{title}: сумма", "₽", loan.principal, f"{place}.principal"
    )
    rate = book.sourced(
        f"{key}.rate", f"{title}: ставка за год", "доля", loan.rate, f"{place}.rate"
    )
    day = book.day(f"{key}.date", f"{title}: дата выдачи", loan.drawn, f"{place}.drawn")
    grace = book.plain(
        f"{key}.grace",
        f"{title}: льготный срок",
        "мес.",
        loan.grace_months,
        f"{place}.grace_months",
    )
    term = book.plain(
        f"{key}.term", f"{title}: срок", "мес.", loan.term_months, f"{place}.term_months"
    )
    lender = book.participant(f"lender:{loan.lender}", loan.lender)
    years = Ref("time.year") - apply("year_of", day)
    age = book.line(
        f"{key}.age",
        f"{title}: месяцев с выдачи",
        "мес.",
        years * 12.0 + Ref("time.month") - apply("month_of", day),
        "level",
    )
    drawn = book.money(
        f"{key}.drawn",
        f"Получен заём: {title}",
        apply("choose", apply("same", age, 0.0), principal, 0.0),
        lender,
        project.initiator,
    )
    opening = book.line(
        f"{key}.opening",
        f"{title}: долг на начало",
        "₽",
        apply("previous", Ref(f"{key}.closing")),
        "balance",
    )
    interest = book.line(
        f"{key}.interest", f"{title}: проценты за месяц", "₽", opening * (rate / Number(12.0))
    )
    in_grace = apply("at_least", grace, age)
    capitalised = apply("choose", in_grace, interest, 0.0)
    added = book.line(
        f"{key}.added",
        f"{title}: проценты, добавленные к долгу",
        "₽",
        capitalised if loan.shape is Shape.CAPITALISED else 0.0,
    )
    due = _principal_due(loan.shape, opening, age, principal, rate / Number(12.0), grace, term)
    repaid = book.money(
        f"{key}.repaid", f"Погашение займа: {title}", due, project.initiator, lender
    )
    book.line(
        f"{key}.closing",
        f"{title}: долг на конец",
        "₽",
        opening + drawn + added - repaid,
        "balance",
    )
    owed = apply("previous", Ref(f"{key}.owed")) + interest - added
    pays: Expression = owed
    if loan.shape is Shape.QUARTERLY:
        pays = apply("choose", apply("both", _quarter(age), apply("at_least", age, 1.0)), owed, 0.0)
    paid = book.money(f"{key}.paid", f"Уплата процентов: {title}", pays, project.initiator, lender)
    book.line(
        f"{key}.owed", f"{title}: проценты начисленные и не уплаченные", "₽", owed - paid, "balance"
    )


def _principal_due(
    shape: Shape,
    opening: Expression,
    age: Expression,
    principal: Expression,
    rate: Expression,
    grace: Expression,
    term: Expression,
) -> Expression:
    """What is paid back of the principal in a month; the last month settles what is left."""
    end = apply("same", age, term)
    if shape is Shape.BULLET:
        return apply("choose", end, opening, 0.0)
    due = _before_end(shape, opening, age, principal, rate, grace, term)
    running = apply("both", apply("less", grace, age), apply("less", age, term))
    return apply("choose", end, opening, apply("choose", running, due, 0.0))


def _before_end(
    shape: Shape,
    opening: Expression,
    age: Expression,
    principal: Expression,
    rate: Expression,
    grace: Expression,
    term: Expression,
) -> Expression:
    """What is due in a month between grace and the last month."""
    if shape is Shape.QUARTERLY:
        share = principal / (apply("floor", (term - grace) / Number(3.0)))
        return apply("choose", _quarter(age - grace), share, 0.0)
    if shape is Shape.DIFFERENTIATED:
        return principal / (term - grace)
    growth = apply("power", 1.0 + rate, term - age + 1.0) - 1.0
    return opening * rate / growth


def _quarter(months: Expression) -> Expression:
    """Whether a number of months is a whole number of quarters."""
    return apply("same", months, 3.0 * apply("floor", months / Number(3.0)))
