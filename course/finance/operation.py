"""Lines of the running business: sales by buyer, materials by supplier, people, overheads."""

from __future__ import annotations

from course.cluster.members import Member
from course.cluster.projects import Contributions, Origin, Phase, Project
from course.finance.book import PLAN, Book
from course.finance.lines import Expression, Input, Number, Ref, Schedule, add_up, apply
from course.finance.rules import Rules

START = Ref("time.start")
OPERATION = Ref("time.operation")
VAT = Ref("rule.vat")


def calendar(book: Book, project: Project) -> None:
    """The rows of time, and what every other line counts with."""
    book.group("Время")
    start = book.day("start", "Начало проекта", project.start)
    construction = book.plain(
        "construction_months", "Строительство и пуск", "мес.", project.construction_months
    )
    rate = book.sourced(
        "discount.rate", "Ставка дисконтирования за год", "доля", project.discount.rate
    )
    book.convention("days_in_month", "Дней в месяце для отсрочек и запаса", "дни", 30.0,
                    "Соглашение модели: дни отсрочки делятся на 30")  # fmt: skip
    step = book.line("time.step", "Номер шага", "мес.", apply("cumulative", 1.0), "time",
                     opening=-1.0)  # fmt: skip
    book.line(
        "time.start", "Первое число месяца", "дата", apply("month_start", start, step), "time"
    )
    book.line("time.year", "Год", "год", apply("year_of", START), "time")
    book.line("time.month", "Месяц года", "мес.", apply("month_of", START), "time")
    operation = apply("at_least", step, construction)
    book.line("time.operation", "Идёт эксплуатация (1 — да)", "признак", operation, "time")
    month = apply("maximum", 0.0, step - construction + 1.0)
    book.line("time.operation_month", "Месяц эксплуатации", "мес.", month, "time")
    factor = apply("power", 1.0 + rate, apply("negate", step) / Number(12.0))
    book.line("time.discount", "Коэффициент дисконтирования", "раз", factor, "level")


def indices(book: Book, project: Project) -> None:
    """Price indices: 1 in the project's first calendar year, growing every January."""
    book.group("Индексы цен")
    years = Ref("time.year") - apply("year_of", Ref("start"))
    for index in project.indices:
        growth = book.sourced(
            f"indices.{index.id}.growth", f"{index.title}: рост за год", "доля", index.growth
        )
        level = apply("power", 1.0 + growth, years)
        book.line(f"index.{index.id}", f"Индекс: {index.title}", "раз", level, "level")


def indexed(value: Expression, index: str | None) -> Expression:
    """A price of the project's first year at the prices of the month."""
    return value * Ref(f"index.{index}") if index else value


def late(
    book: Book, line: Ref, days: str, title: str, share: Expression | None = None
) -> Expression:
    """A line moved by a number of days: whole months, and the rest in proportion."""
    whole, rest = f"{days}.whole", f"{days}.rest"
    if not any(known.id == whole for known in book.lines):
        months = Ref(days) / Ref("days_in_month")
        book.line(whole, f"{title}: целых месяцев", "мес.", apply("floor", months), "level")
        book.line(rest, f"{title}: доля следующего месяца", "доля", months - Ref(whole), "level")
    now, then = apply("delayed", line, Ref(whole)), apply("delayed", line, Ref(whole) + 1.0)
    return now * (1.0 - Ref(rest)) + then * Ref(rest)


def sales(book: Book, project: Project, members: dict[str, Member]) -> None:
    """Volumes, revenue by product and by buyer, and the money that comes in later."""
    book.group("Продажи")
    days = project.working_capital.receivable_days
    book.sourced("working_capital.receivable_days", "Отсрочка покупателям", "дни", days)
    by_buyer: dict[str, list[Expression]] = {}
    for n, product in enumerate(project.products):
        key, place = f"products.{product.id}", f"products[{n}]"
        price = book.sourced(f"{key}.price", f"{product.title}: цена без НДС",
                             f"₽/{product.unit}", product.price, f"{place}.price")  # fmt: skip
        capacity = book.sourced(f"{key}.capacity", f"{product.title}: мощность в месяц",
                                f"{product.unit}/мес.", product.capacity, f"{place}.capacity")  # fmt: skip
        use = book.sourced(f"{key}.utilisation", f"{product.title}: плановая загрузка", "доля",
                           product.utilisation, f"{place}.utilisation")  # fmt: skip
        ramp = book.schedule(_ramp_up(book, key, place, product.title, project, n))
        share = book.line(f"{key}.ramp", f"{product.title}: выход на загрузку", "доля",
                          apply("looked_up", ramp, Ref("time.operation_month")), "level")  # fmt: skip
        volume = book.line(f"{key}.volume", f"{product.title}: объём", product.unit,
                           capacity * use * share)  # fmt: skip
        revenue = book.line(f"{key}.revenue", f"{product.title}: выручка без НДС", "₽",
                            volume * indexed(price, product.index))  # fmt: skip
        for m, sale in enumerate(product.sales):
            title = members[sale.member].label if sale.member else str(sale.external)
            buyer = book.participant(sale.member or f"market:{sale.external}", title)
            part = book.input(Input(
                f"{key}.sales.{m + 1}", f"{product.title}: доля объёма, {title}", "доля",
                sale.share, source=f"План продаж: {sale.status.words}",
                status="решение команды", place=f"{book.place}.{place}.sales[{m}].share",
            ))  # fmt: skip
            by_buyer.setdefault(buyer, []).append(revenue * part)
    book.line("revenue", "Выручка без НДС", "₽",
              add_up([Ref(f"products.{p.id}.revenue") for p in project.products]))  # fmt: skip
    for number, (buyer, parts) in enumerate(by_buyer.items(), 1):
        title = book.participants[buyer]
        billed = book.line(f"billed.{number}", f"Отгружено с НДС: {title}", "₽",
                           add_up(parts) * (1.0 + VAT))  # fmt: skip
        book.money(f"receipts.{number}", f"Поступило от покупателя: {title}",
                   late(book, billed, "working_capital.receivable_days", "Отсрочка покупателям"),
                   buyer, project.initiator)  # fmt: skip
    count = range(1, len(by_buyer) + 1)
    book.line("billed", "Отгружено с НДС, всего", "₽", add_up([Ref(f"billed.{i}") for i in count]))
    book.line("receipts", "Поступления от покупателей", "₽",
              add_up([Ref(f"receipts.{i}") for i in count]))  # fmt: skip
    corkscrew(book, "receivable", "Дебиторская задолженность", Ref("billed") - Ref("receipts"))


def _ramp_up(
    book: Book, key: str, place: str, title: str, project: Project, number: int
) -> Schedule:
    """Shares of the steady volume by month of operation: 0 before the first, 1 after the last."""
    ramp = project.products[number].ramp_up
    rows = [Input(f"{key}.ramp_up.0", f"{title}: загрузка до пуска", "доля", 0.0,
                  source=PLAN, status="соглашение модели", from_month=0.0)]  # fmt: skip
    for month, share in enumerate(ramp.shares, 1):
        rows.append(Input(
            f"{key}.ramp_up.{month}", f"{title}: доля загрузки, месяц {month}", "доля", share,
            owner=ramp.owner, source=ramp.source, status=ramp.status.words,
            from_month=float(month), place=f"{book.place}.{place}.ramp_up.shares[{month - 1}]",
        ))  # fmt: skip
    rows.append(Input(
        f"{key}.ramp_up.full", f"{title}: плановая загрузка достигнута", "доля", 1.0,
        source=PLAN, status="соглашение модели", from_month=float(len(ramp.shares) + 1),
    ))  # fmt: skip
    return Schedule(f"{key}.ramp_up", f"{title}: доля плановой загрузки", tuple(rows))


def corkscrew(book: Book, id: str, title: str, change: Expression) -> Ref:
    """A balance: what was, plus what came, is what is."""
    book.line(f"{id}.opening", f"{title} на начало", "₽", apply("previous", Ref(f"{id}.closing")),
              "balance")  # fmt: skip
    return book.line(f"{id}.closing", f"{title} на конец", "₽", apply("cumulative", change),
                     "balance")  # fmt: skip


def materials(book: Book, project: Project, members: dict[str, Member]) -> None:
    """Materials by supplier: used, kept in stock, bought, and paid for later."""
    book.group("Материалы")
    capital = project.working_capital
    book.sourced("working_capital.inventory_days", "Запас материалов", "дни",
                 capital.inventory_days)  # fmt: skip
    book.sourced("working_capital.payable_days", "Отсрочка от поставщиков", "дни",
                 capital.payable_days)  # fmt: skip
    used: dict[str, list[Expression]] = {}
    for n, product in enumerate(project.products):
        for m, material in enumerate(product.materials):
            key = f"products.{product.id}.materials.{material.id}"
            place = f"products[{n}].materials[{m}]"
            quantity = book.sourced(f"{key}.quantity", f"{material.title}: расход на единицу",
                                    material.unit, material.quantity, f"{place}.quantity")  # fmt: skip
            price = book.sourced(f"{key}.price", f"{material.title}: цена без НДС",
                                 f"₽/{material.unit}", material.price, f"{place}.price")  # fmt: skip
            inside = material.supplier if material.origin is Origin.CLUSTER else None
            if inside:
                supplier = book.participant(inside, members[inside].label)
            else:
                supplier = book.participant(
                    f"market:{material.origin.value}", _SUPPLIERS[material.origin]
                )
            cost = Ref(f"products.{product.id}.volume") * quantity * indexed(price, material.index)
            line = book.line(f"{key}.cost", f"{material.title}: затраты", "₽", cost)
            used.setdefault(supplier, []).append(line)
    for number, (supplier, costs) in enumerate(used.items(), 1):
        _supplier(book, project, number, supplier, add_up(costs))
    count = range(1, len(used) + 1)
    for id, title in (
        ("materials.used", "Материалы в затратах"),
        ("materials.bought", "Закуплено материалов без НДС"),
        ("materials.paid", "Оплачено поставщикам материалов с НДС"),
        ("materials.stock", "Запас материалов на конец"),
    ):
        kind = "balance" if id == "materials.stock" else "flow"
        parts = add_up([Ref(f"{id}.{i}") for i in count])
        book.line(id, title, "₽", parts, kind)  # type: ignore[arg-type]
    corkscrew(book, "payable", "Долг поставщикам",
              Ref("materials.bought") * (1.0 + VAT) - Ref("materials.paid"))  # fmt: skip


_SUPPLIERS = {
    Origin.CLUSTER: "Участники кластера",
    Origin.RUSSIAN: "Российские поставщики",
    Origin.IMPORTED: "Зарубежные поставщики",
}


def _supplier(book: Book, project: Project, number: int, supplier: str, costs: Expression) -> None:
    """One supplier's materials; stock that is no longer needed is used up, not sold back."""
    title = book.participants[supplier]
    used = book.line(f"materials.used.{number}", f"Израсходовано: {title}", "₽", costs)
    stock = Ref(f"materials.stock.{number}")
    need = used * Ref("working_capital.inventory_days") / Ref("days_in_month")
    left = apply("previous", stock) - used
    book.line(stock.id, f"Запас на конец: {title}", "₽", apply("maximum", left, need), "balance")
    bought = book.line(f"materials.bought.{number}", f"Закуплено без НДС: {title}", "₽",
                       used + stock - apply("previous", stock))  # fmt: skip
    billed = book.line(f"materials.billed.{number}", f"Счета с НДС: {title}", "₽",
                       bought * (1.0 + VAT))  # fmt: skip
    book.money(f"materials.paid.{number}", f"Оплачено поставщику: {title}",
               late(book, billed, "working_capital.payable_days", "Отсрочка от поставщиков"),
               project.initiator, supplier)  # fmt: skip


def _phase(phase: Phase) -> Expression:
    return {
        Phase.CONSTRUCTION: 1.0 - OPERATION,
        Phase.OPERATION: OPERATION,
        Phase.WHOLE: Number(1.0),
    }[phase]


def people(book: Book, project: Project, rules: Rules) -> None:
    """Pay and insurance contributions: the base counts for one worker from January."""
    book.group("Оплата труда и взносы")
    tariff = Tariff(book, project, rules)
    pay, contributions = [], []
    for n, staff in enumerate(project.staff):
        key, place = f"staff.{staff.id}", f"staff[{n}]"
        count = book.sourced(f"{key}.count", f"{staff.title}: численность", "чел.", staff.count,
                             f"{place}.count")  # fmt: skip
        monthly = book.sourced(f"{key}.monthly_pay", f"{staff.title}: оплата до вычета НДФЛ",
                               "₽/мес.", staff.monthly_pay, f"{place}.monthly_pay")  # fmt: skip
        each = book.line(f"{key}.each", f"{staff.title}: оплата одного", "₽",
                         indexed(monthly, staff.index) * _phase(staff.phase))  # fmt: skip
        pay.append(book.line(f"{key}.pay", f"{staff.title}: фонд оплаты", "₽", each * count))
        dues = tariff.of_one(key, staff.title, each)
        contributions.append(book.line(f"{key}.contributions", f"{staff.title}: взносы", "₽",
                                       dues * count))  # fmt: skip
    workers = book.participant("workers", "Работники")
    funds = book.participant("funds", "Внебюджетные фонды (страховые взносы)")
    book.money("payroll", "Оплата труда с НДФЛ", add_up(pay), project.initiator, workers)
    book.money("contributions", "Страховые взносы", add_up(contributions), project.initiator, funds)


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
        year = self.book.line(f"{key}.year_to_date", f"{title}: оплата одного с начала года", "₽",
                              apply("year_to_date", each), "balance")  # fmt: skip
        within = self.book.line(
            f"{key}.within", f"{title}: в пределах базы", "₽",
            apply("maximum", 0.0, apply("minimum", each, self.limit - year + each)),
        )  # fmt: skip
        whole = within * self.below + (each - within) * self.above
        if self.regime is not Contributions.SME_MANUFACTURING:
            return whole
        low = apply("minimum", each, self.threshold)
        return apply("ratio", whole * low, each) + (each - low) * self.reduced


def overheads(book: Book, project: Project) -> None:
    """Costs of every month that do not depend on the volume, paid in their month with VAT."""
    book.group("Постоянные затраты")
    lines, taxed = [], []
    for n, cost in enumerate(project.overheads):
        key = f"overheads.{cost.id}"
        monthly = book.sourced(f"{key}.monthly", f"{cost.title}: в месяц без НДС", "₽/мес.",
                               cost.monthly, f"overheads[{n}].monthly")  # fmt: skip
        line = book.line(f"{key}.cost", cost.title, "₽",
                         indexed(monthly, cost.index) * _phase(cost.phase))  # fmt: skip
        lines.append(line)
        if cost.with_vat:
            taxed.append(line)
    book.line("overheads", "Постоянные затраты без НДС", "₽", add_up(list(lines)))
    book.line("overheads.taxed", "в том числе с НДС поставщика", "₽", add_up(list(taxed)))
    payee = book.participant("market:services", "Поставщики услуг и энергии")
    book.money("overheads.paid", "Постоянные затраты с НДС",
               Ref("overheads") + Ref("overheads.taxed") * VAT, project.initiator, payee)  # fmt: skip
