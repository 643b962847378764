"""Lines of time: months, years, phases, discounting, price indices, and delays by days."""

from __future__ import annotations

from course.cluster.projects import Phase, Project
from course.finance.book import Book
from course.finance.lines import Expression, Number, Ref, apply

START = Ref("time.start")
OPERATION = Ref("time.operation")


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


def during(phase: Phase) -> Expression:
    """The share of a month in which a phase runs: 1 or 0."""
    return {
        Phase.CONSTRUCTION: 1.0 - OPERATION,
        Phase.OPERATION: OPERATION,
        Phase.WHOLE: Number(1.0),
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


def corkscrew(book: Book, id: str, title: str, change: Expression) -> Ref:
    """A balance: what was, plus what came, is what is."""
    book.line(
        f"{id}.opening",
        f"{title} на начало",
        "₽",
        apply("previous", Ref(f"{id}.closing")),
        "balance",
    )
    return book.line(
        f"{id}.closing", f"{title} на конец", "₽", apply("cumulative", change), "balance"
    )
