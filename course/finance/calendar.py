"""Lines of time: months, years, phases, discounting, price indices, and delays by days."""

from __future__ import annotations

from course.cluster.closing import Terminal
from course.cluster.projects import Index, Phase, Project
from course.finance.book import Book
from course.finance.lines import Expression, Input, Number, Ref, Schedule, apply

START = Ref("time.start")
OPERATION = Ref("time.operation")
LAST = Ref("time.last")  # there only when something is counted in the last month
STEP = Ref("time.step")


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
    book.convention(
        "days_in_month",
        "Дней в месяце для отсрочек и запаса",
        "дни",
        30.0,
        "Соглашение модели: дни отсрочки делятся на 30",
    )
    step = book.line(
        "time.step", "Номер шага", "мес.", apply("cumulative", 1.0), "time", opening=-1.0
    )
    book.line(
        "time.start", "Первое число месяца", "дата", apply("month_start", start, step), "time"
    )
    book.line("time.year", "Год", "год", apply("year_of", START), "time")
    book.line("time.month", "Месяц года", "мес.", apply("month_of", START), "time")
    month = apply("maximum", 0.0, step - construction + 1.0)
    operation = apply("at_least", step, construction)
    if ends(project):
        stop = _ending(book, project, step)
        book.line("time.started", "Пуск состоялся (1 — да)", "признак", operation, "time")
        operation = apply("both", Ref("time.started"), apply("less", step, stop))
        month = month * OPERATION
    elif project.closing or project.dividends:
        _last(book, project, step)
    book.line("time.operation", "Идёт эксплуатация (1 — да)", "признак", operation, "time")
    book.line("time.operation_month", "Месяц эксплуатации", "мес.", month, "time")
    factor = apply("power", 1.0 + rate, apply("negate", step) / Number(12.0))
    book.line("time.discount", "Коэффициент дисконтирования", "раз", factor, "level")


def ends(project: Project) -> bool:
    """Whether the horizon ends with a liquidation."""
    return project.closing is not None and project.closing.method is Terminal.LIQUIDATION


def started(project: Project) -> Ref:
    """Whether the project was launched: from then on its assets are in use."""
    return Ref("time.started") if ends(project) else OPERATION


def _last(book: Book, project: Project, step: Ref) -> Ref:
    horizon = book.plain("horizon_months", "Горизонт расчёта", "мес.", project.horizon_months)
    last = apply("same", step, horizon - 1.0)
    book.line(LAST.id, "Последний месяц горизонта (1 — да)", "признак", last, "time")
    return horizon


def _ending(book: Book, project: Project, step: Ref) -> Expression:
    """The liquidation: its months, how many months of operation are left before it."""
    assert project.closing is not None
    horizon = _last(book, project, step)
    months = book.plain(
        "closing.months", "Ликвидация", "мес.", project.closing.months or 1, "closing.months"
    )
    stop = horizon - months
    book.line(
        "time.closing",
        "Идёт ликвидация (1 — да)",
        "признак",
        apply("at_least", step, stop),
        "time",
    )
    left = apply("maximum", 0.0, stop - 1.0 - step)
    book.line("time.left", "Осталось месяцев эксплуатации", "мес.", left, "time")
    return stop


def indices(book: Book, project: Project) -> None:
    """Price indices: 1 in the project's first calendar year, growing every January."""
    book.group("Индексы цен")
    years = Ref("time.year") - apply("year_of", Ref("start"))
    for number, index in enumerate(project.indices):
        if index.changes:
            _changing(book, project, index, number)
            continue
        growth = book.sourced(
            f"indices.{index.id}.growth", f"{index.title}: рост за год", "доля", index.growth
        )
        level = apply("power", 1.0 + growth, years)
        book.line(f"index.{index.id}", f"Индекс: {index.title}", "раз", level, "level")


def _changing(book: Book, project: Project, index: Index, number: int) -> None:
    """An index whose growth is another one in later years."""
    key, place = f"indices.{index.id}.growth", f"indices[{number}]"
    rows = [
        book.sourced_input(key, f"{index.title}: рост за год", "доля", index.growth,
                    f"{place}.growth", project.start),
        *(
            book.sourced_input(f"{key}.{n}", f"{index.title}: рост за год", "доля", row.rate,
                        f"{place}.changes[{n - 2}].rate", row.since)
            for n, row in enumerate(index.changes, 2)
        ),
    ]  # fmt: skip
    schedule = book.schedule(Schedule(f"{key}.by_date", f"{index.title}: рост за год", tuple(rows)))
    growth = book.line(
        f"index.{index.id}.growth",
        f"{index.title}: рост за год",
        "доля",
        apply("looked_up", schedule, START),
        "level",
    )
    level = Ref(f"index.{index.id}")
    january = apply("both", apply("same", Ref("time.month"), 1.0), apply("less", 0.0, STEP))
    before = apply("previous", level)
    grown = apply("choose", january, before * (1.0 + growth), before)
    book.line(level.id, f"Индекс: {index.title}", "раз", grown, "level", opening=1.0)


def currencies(book: Book, project: Project) -> None:
    """Exchange rates, and by how many times each is above the one that prices were counted at."""
    if not project.currencies:
        return
    book.group("Курсы валют")
    for number, money in enumerate(project.currencies):
        key, place = f"currencies.{money.id}", f"currencies[{number}]"
        title = f"{money.title}: курс"
        base = book.input(  # without an owner: it is no assumption, and is not moved
            Input(
                f"{key}.base",
                f"{title}, по которому посчитаны цены",
                "₽",
                money.base.value,
                source=f"{money.base.source}; {money.base.owner}",
                status=money.base.status.words,
                place=f"{book.place}.{place}.base",
            )
        )
        rows = tuple(
            book.sourced_input(
                f"{key}.{n}", title, "₽", row.rate, f"{place}.rates[{n - 1}].rate", row.since
            )
            for n, row in enumerate(money.rates, 1)
        )
        schedule = book.schedule(Schedule(f"{key}.rate", title, rows))
        rate = book.line(f"fx.{money.id}", title, "₽", apply("looked_up", schedule, START), "level")
        book.line(
            f"fx.{money.id}.change", f"{money.title}: рост курса", "раз", rate / base, "level"
        )


def indexed(value: Expression, index: str | None) -> Expression:
    """A price of the project's first year at the prices of the month."""
    return value * Ref(f"index.{index}") if index else value


def during(phase: Phase, project: Project) -> Expression:
    """The share of a month in which a phase runs: 1 or 0."""
    return {
        Phase.CONSTRUCTION: 1.0 - started(project),
        Phase.OPERATION: OPERATION,
        Phase.WHOLE: Number(1.0),
        Phase.LIQUIDATION: Ref("time.closing"),
    }[phase]


def late(book: Book, line: Ref, days: str, title: str) -> Expression:
    """A line moved by a number of days: whole months, and the rest in proportion."""
    whole, rest = f"{days}.whole", f"{days}.rest"
    if not any(known.id == whole for known in book.lines):
        months = Ref(days) / Ref("days_in_month")
        book.line(whole, f"{title}: целых месяцев", "мес.", apply("floor", months), "level")
        book.line(rest, f"{title}: доля следующего месяца", "доля", months - Ref(whole), "level")
    now, then = apply("delayed", line, Ref(whole)), apply("delayed", line, Ref(whole) + 1.0)
    return now * (1.0 - Ref(rest)) + then * Ref(rest)


def settled(
    book: Book, project: Project, id: str, title: str, due: Ref, late: Expression
) -> Expression:
    """What is paid later; a liquidation settles in the last month all that is still open."""
    if not ends(project):
        return late
    paid = book.line(f"{id}.in_time", f"{title}: в свой срок", "₽", late)
    left = book.line(
        f"{id}.left", f"{title}: ещё не оплачено", "₽", apply("cumulative", due - paid), "balance"
    )
    return paid + apply("choose", LAST, left, 0.0)


def after_last(left: Expression) -> Expression:
    """A balance that the last month settles: exactly zero, without what rounding leaves."""
    return apply("choose", LAST, 0.0, left)


def corkscrew(book: Book, id: str, title: str, closing: Expression) -> Ref:
    """A balance: what it was before, and what it is."""
    book.line(
        f"{id}.opening",
        f"{title} на начало",
        "₽",
        apply("previous", Ref(f"{id}.closing")),
        "balance",
    )
    return book.line(f"{id}.closing", f"{title} на конец", "₽", closing, "balance")
