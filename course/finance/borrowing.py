"""Lines of loans: draws, rates by dates, interest, repayment, what a budget gives back of it."""

from __future__ import annotations

from dataclasses import dataclass

from course.cluster.funding import Floating, InterestRefund
from course.cluster.projects import Loan, Project, Shape
from course.finance.book import Book
from course.finance.calendar import dated
from course.finance.funding import LEVELS
from course.finance.lines import Expression, Kind, Number, Ref, Schedule, add_up, apply
from course.finance.rules import Rules

YEAR = Number(12.0)


def loans(book: Book, project: Project, rules: Rules) -> None:
    """Every loan by itself, then all of them together."""
    _key_rate(book, project, rules)
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
    _refunds(book, project)


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
        capitalised if loan.shape is Shape.CAPITALISED else 0.0,
    )
    due = _principal_due(loan.shape, terms)
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
        rate = _floating(book, loan.floating, key, place, title, age, rules)
    else:
        rate = _by_dates(book, project, loan, number)
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


def _principal_due(shape: Shape, terms: _Terms) -> Expression:
    """What is paid back of the principal in a month; the last month settles what is left."""
    opening, age = terms.opening, terms.age
    end = apply("same", age, terms.term)
    if shape is Shape.BULLET:
        return apply("choose", end, opening, 0.0)
    months = terms.term - terms.grace
    due: Expression
    if shape is Shape.QUARTERLY:
        share = terms.principal / apply("floor", months / Number(3.0))
        due = apply("choose", _quarter(age - terms.grace), share, 0.0)
    elif shape is Shape.DIFFERENTIATED:
        due = terms.principal / months
    else:
        growth = apply("power", 1.0 + terms.monthly, terms.term - age + 1.0) - 1.0
        due = opening * terms.monthly / growth
    running = apply("both", apply("less", terms.grace, age), apply("less", age, terms.term))
    return apply("choose", end, opening, apply("choose", running, due, 0.0))


def _quarter(months: Expression) -> Expression:
    """Whether a number of months is a whole number of quarters."""
    return apply("same", months, 3.0 * apply("floor", months / Number(3.0)))


# rates


def _by_dates(book: Book, project: Project, loan: Loan, number: int) -> Ref:
    """A rate that changes on stated days."""
    key, place, title = f"loans.{loan.id}.rate", f"loans[{number}]", f"{loan.title}: ставка за год"
    first = dated(book, key, title, "доля", project.start, loan.rate, f"{place}.rate")
    rows = [
        dated(
            book, f"{key}.{n}", title, "доля", row.since, row.rate, f"{place}.rates[{n - 2}].rate"
        )
        for n, row in enumerate(loan.rates, 2)
    ]
    schedule = book.schedule(Schedule(f"{key}.by_date", title, (first, *rows)))
    looked_up = apply("looked_up", schedule, Ref("time.start"))
    return book.line(f"{key}.now", title, "доля", looked_up, "level")


def _key_rate(book: Book, project: Project, rules: Rules) -> None:
    """The key rate by months: the team's forecast, or the last one that is known."""
    if not any(loan.floating or loan.refund for loan in project.loans):
        return
    book.group("Ключевая ставка")
    if not project.key_rate:
        rules.level("norm.key_rate", "key_rate")
        return
    rows = tuple(
        dated(book, f"key_rate.{n}", "Ключевая ставка, прогноз", "доля",
              min(row.since, project.start) if n == 1 else row.since, row.rate,
              f"key_rate[{n - 1}].rate")
        for n, row in enumerate(project.key_rate, 1)
    )  # fmt: skip
    schedule = book.schedule(Schedule("key_rate", "Ключевая ставка, прогноз", rows))
    looked_up = apply("looked_up", schedule, Ref("time.start"))
    book.line("rule.key_rate", "Ключевая ставка, прогноз", "доля", looked_up, "level")


def _floating(
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


# what budgets give back


def _refunds(book: Book, project: Project) -> None:
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
