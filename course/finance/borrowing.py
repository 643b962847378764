"""Lines of loans: draws, interest, repayment, one lender or two."""

from __future__ import annotations

from dataclasses import dataclass

from course.cluster.projects import Loan, Project, Shape
from course.finance.book import Book
from course.finance.interest import YEAR, by_dates, floating, key_rate, refunds
from course.finance.lines import Expression, Kind, Number, Ref, add_up, apply
from course.finance.rules import Rules


def loans(book: Book, project: Project, rules: Rules) -> None:
    """Every loan by itself, then all of them together."""
    key_rate(book, project, rules)
    for number, loan in enumerate(project.loans):
        book.group(f"Заём: {loan.title}")
        _loan(book, project, loan, number, rules)
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
    refunds(book, project)


@dataclass(frozen=True)
class _Terms:
    """What the lines of one loan count with; `age` is months since the first draw."""

    key: str
    title: str
    principal: Ref
    monthly: Expression
    age: Ref
    grace: Ref
    term: Ref

    @property
    def opening(self) -> Ref:
        return Ref(f"{self.key}.opening")


def _loan(book: Book, project: Project, loan: Loan, number: int, rules: Rules) -> None:
    """One loan: interest on what was owed at the month's start, repayment in its shape."""
    terms = _terms(book, project, loan, number, rules)
    key, title, age = terms.key, terms.title, terms.age
    drawn = _moved(
        book, project, loan, "drawn", f"Получен заём: {title}", _drawn(book, loan, number, terms)
    )
    opening = book.line(
        f"{key}.opening",
        f"{title}: долг на начало",
        "₽",
        apply("previous", Ref(f"{key}.closing")),
        "balance",
    )
    interest = book.line(
        f"{key}.interest", f"{title}: проценты за месяц", "₽", opening * terms.monthly
    )
    capitalised = apply("choose", apply("at_least", terms.grace, age), interest, 0.0)
    added = book.line(
        f"{key}.added",
        f"{title}: проценты, добавленные к долгу",
        "₽",
        capitalised if _capitalised(loan) else 0.0,
    )
    due = _principal_due(loan, terms)
    repaid = _moved(book, project, loan, "repaid", f"Погашение займа: {title}", due)
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
    paid = _moved(book, project, loan, "paid", f"Уплата процентов: {title}", pays)
    book.line(
        f"{key}.owed", f"{title}: проценты начисленные и не уплаченные", "₽", owed - paid, "balance"
    )


def _terms(book: Book, project: Project, loan: Loan, number: int, rules: Rules) -> _Terms:
    """The inputs of a loan."""
    key, place, title = f"loans.{loan.id}", f"loans[{number}]", loan.title
    principal = book.sourced(
        f"{key}.principal", f"{title}: сумма", "₽", loan.principal, f"{place}.principal"
    )
    fixed = None
    if not loan.rates and loan.floating is None:
        fixed = book.sourced(
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
    years = Ref("time.year") - apply("year_of", day)
    age = book.line(
        f"{key}.age",
        f"{title}: месяцев с выдачи",
        "мес.",
        years * 12.0 + Ref("time.month") - apply("month_of", day),
        "level",
    )
    if fixed is not None:
        rate = fixed
    elif loan.floating is not None:
        rate = floating(book, loan.floating, key, place, title, age, rules)
    else:
        rate = by_dates(book, project, loan, number)
    return _Terms(key, title, principal, rate / YEAR, age, grace, term)


def _drawn(book: Book, loan: Loan, number: int, terms: _Terms) -> Expression:
    """What comes in a month: the whole sum, or parts on days of their own."""
    if not loan.draws:
        return apply("choose", apply("same", terms.age, 0.0), terms.principal, 0.0)
    parts: list[Expression] = []
    for n, draw in enumerate(loan.draws, 1):
        key, place = f"{terms.key}.draws.{n}", f"loans[{number}].draws[{n - 1}]"
        title = f"{terms.title}: часть {n}"
        share = book.plain(f"{key}.share", f"{title}, доля", "доля", draw.share, f"{place}.share")
        day = book.day(f"{key}.date", f"{title}, дата", draw.date, f"{place}.date")
        here = apply("same", Ref("time.start"), apply("month_start", day, 0.0))
        parts.append(apply("choose", here, share, 0.0))
    part = book.line(
        f"{terms.key}.part", f"{terms.title}: выдаваемая доля", "доля", add_up(parts), "level"
    )
    return terms.principal * part


def _moved(
    book: Book, project: Project, loan: Loan, part: str, title: str, sum_: Expression
) -> Ref:
    """Money between the project and its lender, or in shares between it and two of them."""
    key = f"loans.{loan.id}.{part}"
    first = book.participant(f"lender:{loan.lender}", loan.lender)
    second = loan.co_lender
    ways = (lambda who: (who, project.initiator)) if part == "drawn" else (
        lambda who: (project.initiator, who)
    )  # fmt: skip
    if second is None:
        return book.money(key, title, sum_, *ways(first))
    whole = book.line(key, title, "₽", sum_)
    other = book.participant(f"lender:{second.lender}", second.lender)
    theirs = Ref(f"loans.{loan.id}.co_lender.share")
    if not any(item.id == theirs.id for item in book.inputs):
        number = [one.id for one in project.loans].index(loan.id)
        place = f"loans[{number}].co_lender.share"
        book.sourced(theirs.id, f"{loan.title}: доля второго займодавца", "доля",
                     second.share, place)  # fmt: skip
    co = book.money(f"{key}.co", f"{title}, {second.lender}", whole * theirs, *ways(other))
    book.money(f"{key}.main", f"{title}, {loan.lender}", whole - co, *ways(first))
    return whole


def _capitalised(loan: Loan) -> bool:
    """Whether interest of the grace joins the debt."""
    return loan.capitalised or loan.shape is Shape.CAPITALISED


def _principal_due(loan: Loan, terms: _Terms) -> Expression:
    """What is paid back of the debt in a month; the last month settles what is left.

    Equal parts are parts of the principal, or of what the debt has grown to in the grace.
    """
    opening, age, shape = terms.opening, terms.age, loan.shape
    end = apply("same", age, terms.term)
    if shape is Shape.BULLET:
        return apply("choose", end, opening, 0.0)
    months = terms.term - terms.grace
    due: Expression
    if shape is Shape.QUARTERLY:
        share = terms.principal / apply("floor", months / Number(3.0))
        if loan.capitalised:
            share = opening / (apply("floor", (terms.term - age) / Number(3.0)) + 1.0)
        due = apply("choose", _quarter(age - terms.grace), share, 0.0)
    elif shape is Shape.DIFFERENTIATED:
        due = terms.principal / months
        if loan.capitalised:
            due = opening / (terms.term - age + 1.0)
    else:
        growth = apply("power", 1.0 + terms.monthly, terms.term - age + 1.0) - 1.0
        due = opening * terms.monthly / growth
    running = apply("both", apply("less", terms.grace, age), apply("less", age, terms.term))
    return apply("choose", end, opening, apply("choose", running, due, 0.0))


def _quarter(months: Expression) -> Expression:
    """Whether a number of months is a whole number of quarters."""
    return apply("same", months, 3.0 * apply("floor", months / Number(3.0)))
