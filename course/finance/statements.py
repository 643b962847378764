"""Statements: money by activity, income, taxes, loans, balance, by months, quarters or years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from course.errors import FinanceError
from course.finance.discounting import Array
from course.finance.results import Result

Period = Literal["month", "quarter", "year"]
Way = Literal["sum", "start", "end", "ratio"]


@dataclass(frozen=True)
class Row:
    """A row of a statement: a line of the model with a sign, summed or taken at an edge.

    A row of the way `ratio` is the sum of its line over the sum of the line `over`, in `unit`.
    Rows whose line a model does not have are left out.
    """

    title: str
    line: str
    sign: int = 1
    way: Way = "sum"
    total: bool = False
    over: str = ""
    unit: str = "доля"


@dataclass(frozen=True)
class Statement:
    """A statement: its Russian title and its rows."""

    id: str
    title: str
    rows: tuple[Row, ...]


STATEMENTS: tuple[Statement, ...] = (
    Statement(
        "cash_flow",
        "Отчёт о движении денег",
        (
            Row("Поступления от покупателей", "receipts"),
            Row("Возмещение НДС", "vat.refunded"),
            Row("Оплата материалов", "materials.paid", -1),
            Row("Оплата труда", "payroll", -1),
            Row("Страховые взносы", "contributions", -1),
            Row("Постоянные затраты", "overheads.paid", -1),
            Row("Налог на имущество", "property.tax", -1),
            Row("Уплата НДС", "vat.paid", -1),
            Row("Налог на прибыль", "tax.profit", -1),
            Row("Операционная деятельность, итого", "cash.operating", total=True),
            Row("Капитальные вложения с НДС", "capex.paid", -1),
            Row("Продажа имущества с НДС", "closing.sold"),
            Row("Затраты на ликвидацию с НДС", "closing.costs.paid", -1),
            Row("Инвестиционная деятельность, итого", "cash.investing", total=True),
            Row("Собственные средства", "own"),
            Row("Гранты и субсидии", "grants"),
            Row("Получено займов", "debt.drawn"),
            Row("Погашено займов", "debt.repaid", -1),
            Row("Уплачено процентов", "debt.paid", -1),
            Row("Возмещение процентов", "refund.received"),
            Row("Дивиденды", "dividends", -1),
            Row("Финансовая деятельность, итого", "cash.financing", total=True),
            Row("Изменение денег", "cash.net", total=True),
            Row("Деньги на начало", "cash.opening", way="start"),
            Row("Деньги на конец", "cash.closing", way="end", total=True),
        ),
    ),
    Statement(
        "income",
        "Отчёт о финансовых результатах",
        (
            Row("Выручка без НДС", "revenue"),
            Row("Материалы", "materials.used", -1),
            Row("Оплата труда", "payroll", -1),
            Row("Страховые взносы", "contributions", -1),
            Row("Постоянные затраты", "overheads", -1),
            Row("Налог на имущество", "property.tax", -1),
            Row("Прибыль до процентов, налога и амортизации", "income.ebitda", total=True),
            Row("Амортизация", "depreciation.book", -1),
            Row("Проценты", "debt.interest", -1),
            Row("Возмещение процентов", "refund.due"),
            Row("Продажа имущества", "closing.sale"),
            Row("Затраты на ликвидацию", "closing.costs", -1),
            Row("Списанная остаточная стоимость", "closing.written_off", -1),
            Row("Прибыль до налога", "income.before_tax", total=True),
            Row("Налог на прибыль", "tax.profit", -1),
            Row("Чистая прибыль", "income.net", total=True),
        ),
    ),
    Statement(
        "taxes",
        "Налоги и взносы",
        (
            Row("НДС с отгрузки", "vat.output"),
            Row("НДС к вычету", "vat.input"),
            Row("НДС уплачен", "vat.paid"),
            Row("НДС возмещён", "vat.refunded"),
            Row("НДС к возмещению на конец", "vat.closing", way="end"),
            Row("Прибыль для налога", "tax.base"),
            Row("Зачтено убытков прошлых лет", "tax.losses_used", way="end"),
            Row("Убытки к переносу на конец", "tax.losses", way="end"),
            Row("Налог на прибыль, федеральная часть", "tax.federal"),
            Row("Налог на прибыль, региональная часть", "tax.regional"),
            Row("Налог на имущество", "property.tax"),
            Row("НДФЛ", "ndfl"),
            Row("Страховые взносы", "contributions"),
            Row("Федеральный бюджет получил за вычетом выплат", "flow.budget.federal"),
            Row("Региональный бюджет получил за вычетом выплат", "flow.budget.regional"),
            Row("Местные бюджеты получили", "flow.budget.local"),
            Row("Внебюджетные фонды получили", "flow.funds"),
            Row("Бюджеты и фонды получили за вычетом выплат", "flow.budget", total=True),
        ),
    ),
    Statement(
        "loan",
        "Долг",
        (
            Row("Долг на начало", "debt.opening", way="start"),
            Row("Получено", "debt.drawn"),
            Row("Проценты, добавленные к долгу", "debt.added"),
            Row("Погашено", "debt.repaid", -1),
            Row("Долг на конец", "debt.closing", way="end", total=True),
            Row("Проценты начисленные", "debt.interest"),
            Row("Проценты уплаченные", "debt.paid"),
            Row("Обслуживание долга", "debt.service", total=True),
            Row("Деньги для платежей по займам", "coverage.cash"),
            Row("Платежи по займам после года пуска", "coverage.service"),
            Row(
                "Покрытие долга (DSCR), раз",
                "coverage.cash",
                way="ratio",
                over="coverage.service",
                unit="раз",
            ),
        ),
    ),
    Statement(
        "balance",
        "Баланс на конец периода",
        (
            Row("Вложения за вычетом амортизации", "assets.closing", way="end"),
            Row("Запасы", "materials.stock", way="end"),
            Row("Долг покупателей", "receivable.closing", way="end"),
            Row("НДС к возмещению", "vat.closing", way="end"),
            Row("Возмещение процентов к получению", "refund.closing", way="end"),
            Row("Деньги", "cash.closing", way="end"),
            Row("Активы", "balance.assets", way="end", total=True),
            Row("Средства собственника и гранты", "balance.capital", way="end"),
            Row("Нераспределённая прибыль", "income.retained", way="end"),
            Row("Займы", "debt.closing", way="end"),
            Row("Проценты начисленные и не уплаченные", "debt.owed", way="end"),
            Row("Долг поставщикам", "payable.closing", way="end"),
            Row("НДС начисленный и не уплаченный", "vat.owed", way="end"),
            Row("Пассивы", "balance.liabilities", way="end", total=True),
        ),
    ),
    Statement(
        "evaluation",
        "Потоки для оценки",
        (
            Row("Операционный поток до налога на прибыль", "cash.before_tax"),
            Row("Налог на прибыль без учёта займов", "unlevered.profit", -1),
            Row("Инвестиционная деятельность", "cash.investing"),
            Row("Стоимость в конце горизонта", "terminal.value"),
            Row("Поток проекта", "flow.project", total=True),
            Row("Поток проекта нарастающим итогом", "flow.project.sum", way="end"),
            Row("Поток проекта с дисконтированием", "flow.project.discounted"),
            Row(
                "Поток проекта с дисконтированием нарастающим итогом",
                "flow.project.discounted.sum",
                way="end",
            ),
            Row("Поток на собственный капитал", "flow.equity", total=True),
            Row("Поток на собственный капитал с дисконтированием", "flow.equity.discounted"),
            Row("Поток собственника по дивидендам", "flow.owner"),
            Row("Поток бюджетов и фондов", "flow.budget"),
        ),
    ),
    Statement(
        "localisation",
        "Происхождение материалов и локализация по стоимости",
        (
            Row("Выручка от участников кластера", "revenue.inside"),
            Row("Выручка от покупателей вне кластера", "revenue.outside"),
            Row("Материалы участников кластера", "origin.cluster"),
            Row("Российские материалы вне кластера", "origin.russian"),
            Row("Импортные материалы", "origin.imported"),
            Row("Доля импорта в материалах", "origin.imported", way="ratio", over="materials.used"),
            Row("Доля кластера в материалах", "origin.cluster", way="ratio", over="materials.used"),
            Row("Локализация по стоимости", "origin.local", way="ratio", over="revenue"),
        ),
    ),
)


def statements(
    result: Result, period: Period = "year", scenario: int = 0
) -> dict[str, pd.DataFrame]:
    """The statements of one scenario: rows are Russian titles, columns periods, roubles.

    The keys are `cash_flow`, `income`, `taxes`, `loan`, `balance`, `evaluation`, `localisation`;
    the last row of `loan` and the last three of `localisation` are ratios, missing where there is
    nothing to divide by. Years and quarters are those of the calendar; the
    first and the last may be shorter.
    """
    labels, starts = periods(result, period, scenario)
    return {
        statement.id: pd.DataFrame(
            [_row(result, row, starts, scenario) for row in rows_of(statement, result)],
            index=[row.title for row in rows_of(statement, result)],
            columns=labels,
        )
        for statement in STATEMENTS
    }


def rows_of(statement: Statement, result: Result) -> tuple[Row, ...]:
    """The rows of a statement that this model has."""
    known = result.case.network.ids
    return tuple(row for row in statement.rows if row.line in known)


def _row(result: Result, row: Row, starts: list[int], scenario: int) -> Array:
    """One row by periods; a share of nothing is missing."""
    if row.way != "ratio":
        return _in_periods(result.row(row.line, scenario) * row.sign + 0.0, starts, row.way)
    part, whole = (np.add.reduceat(result.row(id, scenario), starts) for id in (row.line, row.over))
    empty = np.full(len(starts), np.nan)
    return np.asarray(np.divide(part, whole, out=empty, where=whole != 0), dtype=np.float64)


def periods(
    result: Result, period: Period = "year", scenario: int = 0
) -> tuple[list[int] | list[str], list[int]]:
    """The labels of the periods, and the number of the first month of each."""
    years = result.row("time.year", scenario).astype(int)
    months = result.row("time.month", scenario).astype(int)
    if period == "year":
        keys = [(int(year), 0) for year in years]
    elif period == "quarter":
        keys = [(int(y), (int(m) + 2) // 3) for y, m in zip(years, months, strict=True)]
    elif period == "month":
        keys = [(int(y), int(m)) for y, m in zip(years, months, strict=True)]
    else:
        raise FinanceError(f"периода «{period}» нет: есть month, quarter, year")
    starts = [n for n, key in enumerate(keys) if n == 0 or key != keys[n - 1]]
    if period == "year":
        return [keys[n][0] for n in starts], starts
    if period == "quarter":
        return [f"{_ROMAN[keys[n][1]]} кв. {keys[n][0]}" for n in starts], starts
    return [f"{keys[n][1]:02d}.{keys[n][0]}" for n in starts], starts


_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


def _in_periods(row: Array, starts: list[int], way: Way) -> Array:
    """A row of months as a row of periods."""
    ends = [*(start - 1 for start in starts[1:]), len(row) - 1]
    if way == "sum":
        return np.add.reduceat(row, starts) + 0.0
    return row[starts] if way == "start" else row[ends]
