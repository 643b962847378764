"""A changed operator in any line is caught by hand arithmetic or by an identity of the model."""

from __future__ import annotations

import numpy as np
import pytest

from course.errors import FinanceError
from course.finance.engine import Values, evaluate
from tests.finance import accountant, small
from tests.finance.mutants import mutants
from tests.test_model import ROWS

# Changed operators that change nothing on this data, with the reason.
_ONE = "multiplied or divided by a flag that is 1 all the time"
_ZERO = "the operand is zero for this shape of loan"
_NONE = "no refund after the year of the launch; test_refund_of_vat_pays_for_no_debt has one"
_TWIN = "the same formula as for the engineers, whose pay crosses the limit; here it never does"
EQUIVALENT = {
    "staff.engineers.each#0": _ONE,
    "overheads.rent.cost#0": _ONE,
    "staff.workers.within#2": _TWIN,
    "staff.workers.within#3": _TWIN,
    "staff.workers.contributions#1": _TWIN,
    "staff.workers.contributions#3": _TWIN,
    "loans.bank.closing#1": _ZERO,
    "loans.bank.paid#0": _ZERO,
    "loans.bank.owed#1": _ZERO,
    "loans.frp.closing#1": _ZERO,
    "loans.frp.paid#3": _ZERO,
    "loans.frp.owed#1": _ZERO,
    "debt.added#0": _ZERO,
    "coverage.cash#1": _NONE,
    "origin.local#0": "nothing is imported here; whole.yaml has imports",
}
RATE = 0.2
IDENTITIES = ("check.balance", "check.ledger", "check.sources", "check.vat")


def figures(book: accountant.Book) -> dict[str, float]:
    """Indicators of the small project by hand."""
    worth = {
        flow: accountant.discounted(book[flow], RATE) for flow in ("project", "equity", "budget")
    }
    found = {f"{flow}.npv": sum(row) for flow, row in worth.items()}
    for flow in ("project", "equity"):
        found[f"{flow}.payback"] = accountant.payback(book[flow])
        found[f"{flow}.discounted_payback"] = accountant.payback(worth[flow])
    outlay = [cost + (0.22 * 120e6 if m == 2 else 0.0) for m, cost in enumerate(book["capex"])]
    found["project.investment"] = sum(accountant.discounted(outlay, RATE))
    return found


def right(values: Values, book: accountant.Book, by_hand: dict[str, float]) -> bool:
    """Whether everything that was worked by hand comes out, and every identity holds."""
    return (
        all(np.allclose(values[ROWS[k]][0], book[k], rtol=1e-9, atol=1e-4) for k in ROWS)
        and all(np.isclose(values.figure(k)[0], v, rtol=1e-9) for k, v in by_hand.items())
        and not any(np.abs(values[line]).max() for line in IDENTITIES)
    )


@pytest.mark.slow
def test_every_changed_operator_is_caught() -> None:
    case, book = small.case(), accountant.work()
    by_hand = figures(book)
    assert right(evaluate(case.network), book, by_hand)
    alive = []
    for mutant in mutants(case.network):
        try:
            values = evaluate(mutant.network)
        except FinanceError:
            continue
        if right(values, book, by_hand):
            alive.append(mutant.name)
    assert set(alive) == set(EQUIVALENT)
