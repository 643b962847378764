"""Lines of taxes: VAT with the lag of its refund, and profit tax with losses carried forward."""

from __future__ import annotations

from course.cluster.projects import ProfitTax, Project
from course.finance.book import Book
from course.finance.lines import Expression, Input, Ref, Schedule, apply
from course.finance.rules import Rules

MONTH = Ref("time.month")
FEDERAL, REGIONAL = "budget.federal", "budget.regional"


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


def vat(book: Book, project: Project) -> None:
    """VAT of the month: output less input; what is over-paid comes back after the lag."""
    book.group("НДС")
    rate = Ref("rule.vat")
    lag = book.plain(
        "vat_refund_lag",
        "Возмещение НДС через",
        "мес.",
        project.taxes.vat_refund_lag_months,
        "taxes.vat_refund_lag_months",
    )
    output = book.line("vat.output", "НДС с отгрузки", "₽", Ref("revenue") * rate)
    taxed = Ref("materials.bought") + Ref("overheads.taxed") + Ref("capex.taxed")
    inside = book.line("vat.input", "НДС к вычету", "₽", taxed * rate)
    due = apply("maximum", 0.0, output - inside)
    book.money("vat.paid", "Уплата НДС", due, project.initiator, FEDERAL)
    claim = book.line(
        "vat.claimed", "НДС, заявленный к возмещению", "₽", apply("maximum", 0.0, inside - output)
    )
    book.money(
        "vat.refunded", "Возмещение НДС", apply("delayed", claim, lag), FEDERAL, project.initiator
    )
    book.line(
        "vat.opening",
        "НДС к возмещению на начало",
        "₽",
        apply("previous", Ref("vat.closing")),
        "balance",
    )
    book.line(
        "vat.closing",
        "НДС к возмещению на конец",
        "₽",
        apply("cumulative", claim - Ref("vat.refunded")),
        "balance",
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
    before = book.line(
        "unlevered.base", "Прибыль для налога без процентов", "₽", Ref("revenue") - costs
    )
    _tax(book, "unlevered", before, " (без займов)")
    book.group("Налог на прибыль")
    base = book.line("tax.base", "Прибыль для налога за месяц", "₽", before - Ref("debt.interest"))
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
