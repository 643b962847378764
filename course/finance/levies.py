"""Lines of taxes: rates, profit tax with losses carried forward, tax on property."""

from __future__ import annotations

from course.cluster.projects import ProfitTax, Project
from course.finance.book import Book
from course.finance.lines import Expression, Input, Number, Ref, Schedule, add_up, apply
from course.finance.rules import Rules

MONTH = Ref("time.month")
FEDERAL, REGIONAL, LOCAL = "budget.federal", "budget.regional", "budget.local"


def rates(book: Book, project: Project, rules: Rules) -> None:
    """The rates of taxes by month."""
    book.group("Ставки налогов")
    rules.level("norm.vat", "tax.vat.rate")
    if project.taxes.profit is ProfitTax.RADIOELECTRONICS:
        for level in ("federal", "regional"):
            rules.level(
                f"norm.profit_{level}",
                f"tax.profit.radioelectronics.rate.{level}",
                after=f"tax.profit.rate.{level}",
            )
        _loss_limit(book, project, rules)
    else:
        rules.level("norm.profit_federal", "tax.profit.rate.federal")
        rules.level("norm.profit_regional", "tax.profit.rate.regional")
        rules.level("norm.loss_limit", "tax.profit.loss_limit")
    book.participant(FEDERAL, "Федеральный бюджет")
    book.participant(REGIONAL, "Региональный бюджет")
    if project.taxes.ndfl is not None:
        book.participant(LOCAL, "Местные бюджеты")


def _loss_limit(book: Book, project: Project, rules: Rules) -> None:
    """No limit on losses while the rate is reduced, the general limit afterwards."""
    applies = rules.edition("tax.profit.loss_limit.applies_at_reduced_rates")
    general = rules.edition("tax.profit.loss_limit")
    last = rules.edition("tax.profit.radioelectronics.rate.federal").until
    title = "Доля прибыли, которую можно уменьшить на прошлые убытки"
    free = Input(
        "norm.loss_limit.reduced",
        f"{title}: при пониженной ставке",
        "доля",
        general.number if applies.value else 1.0,
        owner="законодательство",
        source=applies.reference,
        status=applies.standing.words,
        since=project.start,
        norm=applies.name,
        expires=last,
        address=applies.address,
        note=applies.note,
    )
    rows = [free]
    if last is not None and last < rules.last:
        rows += rules.rows("norm.loss_limit", "tax.profit.loss_limit", after=last)
    schedule = book.schedule(Schedule("norm.loss_limit", title, tuple(rows)))
    book.line(
        "rule.loss_limit", title, "доля", apply("looked_up", schedule, Ref("time.start")), "level"
    )


def profit_tax(book: Book, project: Project) -> None:
    """Profit tax twice: as the project pays it, and as it would be without loans."""
    costs = (
        Ref("materials.used")
        + Ref("payroll")
        + Ref("contributions")
        + Ref("overheads")
        + Ref("depreciation.tax")
        + Ref("depreciation.bonus")
    )
    book.group("Налог на прибыль без учёта займов")
    profit = book.closed("unlevered.base", Ref("revenue") - costs)
    before = book.line("unlevered.base", "Прибыль для налога без процентов", "₽", profit)
    _tax(book, "unlevered", before, " (без займов)")
    book.group("Налог на прибыль")
    profit = book.closed("tax.base", before - Ref("debt.interest"))
    base = book.line("tax.base", "Прибыль для налога за месяц", "₽", profit)
    _tax(book, "tax", base)
    book.money(
        "tax.federal.paid",
        "Налог на прибыль в федеральный бюджет",
        Ref("tax.federal"),
        project.initiator,
        FEDERAL,
    )
    book.money(
        "tax.regional.paid",
        "Налог на прибыль в региональный бюджет",
        Ref("tax.regional"),
        project.initiator,
        REGIONAL,
    )


def _tax(book: Book, id: str, base: Expression, sign: str = "") -> None:
    """Tax on the profit since January, less what was counted before; losses of earlier years.

    `sign` ends the titles.
    """
    january = apply("same", MONTH, 1.0)
    year = book.line(
        f"{id}.year_to_date",
        f"Прибыль с начала года{sign}",
        "₽",
        apply("year_to_date", base),
        "balance",
    )
    old = f"{id}.losses_before"
    closing, used = Ref(f"{id}.losses"), Ref(f"{id}.losses_used")
    before = book.line(
        old,
        f"Убытки прошлых лет на начало года{sign}",
        "₽",
        apply("choose", january, apply("previous", closing), apply("previous", Ref(old))),
        "balance",
    )
    profit = apply("maximum", 0.0, year)
    book.line(
        used.id,
        f"Зачтено прошлых убытков с начала года{sign}",
        "₽",
        apply("minimum", before, Ref("rule.loss_limit") * profit),
        "balance",
    )
    book.line(
        closing.id,
        f"Убытки, которые можно перенести{sign}",
        "₽",
        before - used + apply("maximum", 0.0, 0.0 - year),
        "balance",
    )
    taxable = book.line(
        f"{id}.taxable", f"Налоговая база с начала года{sign}", "₽", profit - used, "balance"
    )
    parts = []
    for level, words in (("federal", "федеральная"), ("regional", "региональная")):
        since = book.line(
            f"{id}.{level}.year_to_date",
            f"Налог с начала года, {words} часть{sign}",
            "₽",
            taxable * Ref(f"rule.profit_{level}"),
            "balance",
        )
        counted = apply("choose", january, 0.0, apply("previous", since))
        parts.append(
            book.line(f"{id}.{level}", f"Налог за месяц, {words} часть{sign}", "₽", since - counted)
        )
    book.line(f"{id}.profit", f"Налог на прибыль за месяц{sign}", "₽", parts[0] + parts[1])


def property_tax(book: Book, project: Project, rules: Rules) -> None:
    """Tax on the book value of immovable property at the month's start, a twelfth a month."""
    tax = project.taxes.property
    if tax is None:
        return
    book.group("Налог на имущество")
    if tax.rate is None:
        rate = rules.level("norm.property", "tax.property.rate.max")
    else:
        rate = book.sourced("taxes.property.rate", "Ставка налога на имущество", "доля", tax.rate)
    keys = [f"capex.{item.id}" for item in project.capex if item.immovable]
    added = add_up([Ref(f"{key}.cost") - apply("previous", Ref(f"{key}.cost")) for key in keys])
    worn = add_up([Ref(f"{key}.depreciation") for key in keys])
    value = book.line(
        "property.value",
        "Недвижимое имущество за вычетом амортизации",
        "₽",
        apply("cumulative", added - worn),
        "balance",
    )
    due = apply("previous", value) * rate / Number(12.0)
    paid = book.money("property.tax", "Налог на имущество", due, project.initiator, REGIONAL)
    for total in ("cash.operating", "unlevered.base", "income.ebitda"):
        book.count(total, paid, -1)
    book.count("uses", paid)
