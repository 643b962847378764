"""Checks of a computed model: identities that hold if it is whole, and one master check."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course.finance.ledger import ledger
from course.finance.results import Result

TOLERANCE = 0.005  # half a kopeck


@dataclass(frozen=True)
class Check:
    """One check: what has to be zero, how far it is from zero at worst, whether it passed."""

    id: str
    title: str
    value: float
    passed: bool


MONTHLY: tuple[tuple[str, str], ...] = (
    ("check.balance", "Баланс сходится в каждом месяце"),
    ("check.ledger", "Изменение денег равно книге платежей"),
    ("check.sources", "Источники равны направлениям и остатку денег"),
    ("check.vat", "Остаток НДС к возмещению сходится"),
    ("check.shortage", "Денег хватает в каждом месяце"),
    ("check.minimum", "Неснижаемый остаток денег есть в каждом месяце"),
)


def monthly(result: Result) -> tuple[tuple[str, str], ...]:
    """The rows that are zero in every month, of those that this model has."""
    known = result.case.network.ids
    return tuple((id, title) for id, title in MONTHLY if id in known)


def checks(result: Result, scenario: int = 0) -> tuple[Check, ...]:
    """All checks of one scenario; the last one is the master check: all others passed."""
    found = [
        _check(id, title, float(np.abs(result.row(id, scenario)).max()))
        for id, title in monthly(result)
    ]
    debt = float(result.row("debt.closing", scenario)[-1])
    found.append(_check("check.debt", "Займы погашены к концу горизонта", abs(round(debt, 2))))
    everybody = sum(float(flow.sum()) for flow in ledger(result, scenario).values())
    title = "Все участники вместе ничего не выиграли"
    found.append(_check("check.all", title, abs(round(everybody, 2))))
    failed = sum(not check.passed for check in found)
    found.append(Check("check.master", "Все проверки пройдены", float(failed), not failed))
    return tuple(found)


def _check(id: str, title: str, value: float) -> Check:
    return Check(id, title, value, value <= TOLERANCE)
