"""Lines of people: pay by group, and insurance contributions of one worker from January."""

from __future__ import annotations

from course.cluster.projects import Contributions, Project
from course.cluster.taxes import IncomeTax
from course.finance.book import Book
from course.finance.calendar import during, indexed
from course.finance.levies import FEDERAL, LOCAL, REGIONAL
from course.finance.lines import Expression, Ref, add_up, apply
from course.finance.rules import Rules


def people(book: Book, project: Project, rules: Rules) -> None:
    """Pay and insurance contributions: the base counts for one worker from January."""
    book.group("Оплата труда и взносы")
    tariff = Tariff(book, project, rules)
    pay, contributions = [], []
    for n, staff in enumerate(project.staff):
        key, place = f"staff.{staff.id}", f"staff[{n}]"
        count = book.sourced(
            f"{key}.count", f"{staff.title}: численность", "чел.", staff.count, f"{place}.count"
        )
        monthly = book.sourced(
            f"{key}.monthly_pay",
            f"{staff.title}: оплата до вычета НДФЛ",
            "₽/мес.",
            staff.monthly_pay,
            f"{place}.monthly_pay",
        )
        each = book.line(
            f"{key}.each",
            f"{staff.title}: оплата одного",
            "₽",
            indexed(monthly, staff.index) * during(staff.phase, project),
        )
        pay.append(book.line(f"{key}.pay", f"{staff.title}: фонд оплаты", "₽", each * count))
        dues = tariff.of_one(key, staff.title, each)
        contributions.append(
            book.line(f"{key}.contributions", f"{staff.title}: взносы", "₽", dues * count)
        )
    workers = book.participant("workers", "Работники")
    funds = book.participant("funds", "Внебюджетные фонды (страховые взносы)")
    if project.taxes.ndfl is None:
        book.money("payroll", "Оплата труда с НДФЛ", add_up(pay), project.initiator, workers)
    else:
        _withheld(book, project, project.taxes.ndfl, add_up(pay), workers)
    book.money("contributions", "Страховые взносы", add_up(contributions), project.initiator, funds)


def _withheld(book: Book, project: Project, tax: IncomeTax, pay: Expression, workers: str) -> None:
    """Pay in hand, and НДФЛ that the employer holds back for the budgets."""
    rate = book.sourced("taxes.ndfl.rate", "НДФЛ: средняя ставка", "доля", tax.rate)
    payroll = book.line("payroll", "Оплата труда с НДФЛ", "₽", pay)
    ndfl = book.line("ndfl", "НДФЛ", "₽", payroll * rate)
    book.money(
        "payroll.in_hand", "Оплата труда на руки", payroll - ndfl, project.initiator, workers
    )
    rest: Expression = ndfl
    for level, title, share in (
        (REGIONAL, "региональный бюджет", tax.regional),
        (LOCAL, "местные бюджеты", tax.local),
    ):
        name = level.removeprefix("budget.")
        part = book.sourced(f"taxes.ndfl.{name}", f"НДФЛ: доля, {title}", "доля", share)
        paid = book.money(f"ndfl.{name}", f"НДФЛ в {title}", ndfl * part, project.initiator, level)
        rest = rest - paid
    book.money("ndfl.federal", "НДФЛ в федеральный бюджет", rest, project.initiator, FEDERAL)


class Tariff:
    """The tariff of contributions of one regime."""

    def __init__(self, book: Book, project: Project, rules: Rules) -> None:
        self.book = book
        self.regime = project.taxes.contributions
        self.limit = rules.level("norm.base_limit", "contributions.general.base_limit")
        own = self.regime if self.regime is not Contributions.SME_MANUFACTURING else "general"
        if own == Contributions.GENERAL or self._is_known(rules, f"contributions.{own}.above"):
            above = f"contributions.{own}.above"
        else:
            above = "contributions.general.above"
            rules.notices.append(
                "Тариф взносов радиоэлектроники сверх предельной базы не известен: "
                "в расчёте общий тариф, осторожная оценка"
            )
        self.below = rules.level("norm.contributions_below", f"contributions.{own}.below")
        self.above = rules.level("norm.contributions_above", above)
        if self.regime is Contributions.SME_MANUFACTURING:
            minimum = rules.level("norm.minimum_wage", "wage.minimum")
            name = "contributions.sme_manufacturing"
            multiple = rules.level("norm.sme_multiple", f"{name}.threshold_multiple")
            self.reduced = rules.level("norm.sme_above", f"{name}.above_threshold")
            self.threshold = minimum * multiple

    def _is_known(self, rules: Rules, name: str) -> bool:
        return rules.norms[name].on(self.book.start).known

    def of_one(self, key: str, title: str, each: Ref) -> Expression:
        """Contributions for one worker in a month."""
        year = self.book.line(
            f"{key}.year_to_date",
            f"{title}: оплата одного с начала года",
            "₽",
            apply("year_to_date", each),
            "balance",
        )
        within = self.book.line(
            f"{key}.within",
            f"{title}: в пределах базы",
            "₽",
            apply("maximum", 0.0, apply("minimum", each, self.limit - year + each)),
        )
        whole = within * self.below + (each - within) * self.above
        if self.regime is not Contributions.SME_MANUFACTURING:
            return whole
        low = apply("minimum", each, self.threshold)
        return apply("ratio", whole * low, each) + (each - low) * self.reduced
