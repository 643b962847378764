"""Lines of investments: payment, putting into operation, depreciation for books and for tax."""

from __future__ import annotations

from course.cluster.projects import Capex, Project
from course.finance.book import Book
from course.finance.calendar import after_last, ends, indexed, started
from course.finance.lines import Expression, Ref, add_up, apply
from course.finance.rules import Rules

VAT = Ref("rule.vat")
BONUS_GROUPS = range(3, 8)  # groups 3 to 7 have a norm of their own


def investments(book: Book, project: Project, rules: Rules) -> None:
    """Every investment is paid on its day and serves from the end of construction.

    Its sum is at the prices of the project's first year: a named index or currency moves it.
    Depreciation is straight-line from the month after; the bonus is a tax cost of the month in
    which the asset is put into operation.
    """
    book.group("Капитальные вложения")
    items = [_paid(book, item, n) for n, item in enumerate(project.capex)]
    taxed = [line for line, item in zip(items, project.capex, strict=True) if item.with_vat]
    book.line("capex", "Капитальные вложения без НДС", "₽", add_up(items))
    book.line("capex.taxed", "в том числе с НДС поставщика", "₽", add_up(taxed))
    payee = book.participant("market:contractors", "Поставщики оборудования и подрядчики")
    book.money(
        "capex.paid",
        "Капитальные вложения с НДС",
        Ref("capex") + Ref("capex.taxed") * VAT,
        project.initiator,
        payee,
    )
    book.group("Амортизация")
    books, bonuses, tax = [], [], []
    for n, item in enumerate(project.capex):
        book_line, bonus, tax_line = _written_off(book, item, n, rules, started(project))
        books.append(book_line)
        bonuses.append(bonus)
        tax.append(tax_line)
    book.line("depreciation.book", "Амортизация по бухгалтерскому учёту", "₽", add_up(books))
    book.line("depreciation.bonus", "Амортизационная премия", "₽", add_up(bonuses))
    book.line("depreciation.tax", "Амортизация для налога, без премии", "₽", add_up(tax))
    book.line(
        "assets.opening",
        "Вложения за вычетом амортизации на начало",
        "₽",
        apply("previous", Ref("assets.closing")),
        "balance",
    )
    closing: Expression = apply("cumulative", Ref("capex") - Ref("depreciation.book"))
    if ends(project):
        closing = after_last(Ref("assets.left"))
    book.line("assets.closing", "Вложения за вычетом амортизации на конец", "₽", closing, "balance")


def _paid(book: Book, item: Capex, number: int) -> Ref:
    key, place = f"capex.{item.id}", f"capex[{number}]"
    amount: Expression = book.sourced(
        f"{key}.amount", f"{item.title}: сумма без НДС", "₽", item.amount, f"{place}.amount"
    )
    if item.currency:
        amount = amount * Ref(f"fx.{item.currency}.change")
    amount = indexed(amount, item.index)
    day = book.day(f"{key}.date", f"{item.title}: дата оплаты", item.date, f"{place}.date")
    here = apply("same", Ref("time.start"), apply("month_start", day, 0.0))
    return book.line(key, item.title, "₽", apply("choose", here, amount, 0.0))


def _written_off(
    book: Book, item: Capex, number: int, rules: Rules, in_use: Ref
) -> tuple[Expression, Expression, Expression]:
    """Depreciation in the books, the bonus, and depreciation for tax of one investment."""
    key = f"capex.{item.id}"
    life = book.plain(
        f"{key}.life",
        f"{item.title}: срок службы",
        "мес.",
        item.life_months,
        f"capex[{number}].life_months",
    )
    built = book.line(
        f"{key}.built", f"{item.title}: вложено", "₽", apply("cumulative", Ref(key)), "balance"
    )
    cost = book.line(
        f"{key}.cost",
        f"{item.title}: введено в эксплуатацию",
        "₽",
        built * in_use,
        "balance",
    )
    spread = apply("delayed", cost, 1.0) - apply("delayed", cost, life + 1.0)
    written = book.line(f"{key}.depreciation", f"{item.title}: амортизация", "₽", spread / life)
    if not item.bonus:
        return written, add_up([]), written
    name = "groups_3_7" if item.group in BONUS_GROUPS else "general"
    id = f"rule.bonus_{name}"
    if not any(line.id == id for line in book.lines):
        rules.level(f"norm.bonus_{name}", f"tax.depreciation_bonus.{name}")
    added = cost - apply("previous", cost)
    bonus = book.line(f"{key}.bonus", f"{item.title}: амортизационная премия", "₽", added * Ref(id))
    base = book.line(
        f"{key}.base",
        f"{item.title}: стоимость без премии",
        "₽",
        apply("cumulative", added - bonus),
        "balance",
    )
    reduced = apply("delayed", base, 1.0) - apply("delayed", base, life + 1.0)
    tax = book.line(f"{key}.tax", f"{item.title}: амортизация для налога", "₽", reduced / life)
    return written, bonus, tax
