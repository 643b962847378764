"""Everything that a project may declare: against hand arithmetic, mutants, identities, refusals."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from course import cluster, finance
from course.cluster import Cluster
from course.errors import CourseError, FinanceError
from course.files import parse_yaml, read_yaml
from course.finance.engine import Values, evaluate
from course.finance.ledger import ledger
from tests.finance import accountant, small, whole
from tests.finance.mutants import mutants

ROWS = {
    "revenue": "revenue",
    "receipts": "receipts",
    "used": "materials.used",
    "used_imported": "origin.imported",
    "used_cluster": "origin.cluster",
    "used_russian": "origin.russian",
    "local": "origin.local",
    "inside": "revenue.inside",
    "outside": "revenue.outside",
    "volume_inside": "products.module.volume.1",
    "volume_outside": "products.module.volume.2",
    "stock": "materials.stock",
    "bought": "materials.bought",
    "materials_paid": "materials.paid",
    "payroll": "payroll",
    "in_hand": "payroll.in_hand",
    "contributions": "contributions",
    "capex": "capex",
    "book": "depreciation.book",
    "property_value": "property.value",
    "property_tax": "property.tax",
    "off": "closing.written_off",
    "tax_off": "closing.tax_written_off",
    "assets": "assets.closing",
    "drawn": "debt.drawn",
    "repaid": "debt.repaid",
    "interest": "debt.interest",
    "interest_paid": "debt.paid",
    "debt": "debt.closing",
    "opening": "debt.opening",
    "owed": "debt.owed",
    "due": "refund.due",
    "refund": "refund.received",
    "vat_paid": "vat.paid",
    "vat_refunded": "vat.refunded",
    "vat_owed": "vat.owed",
    "with_costs": "grants.with_costs",
    "unlevered_tax": "unlevered.profit",
    "tax": "tax.profit",
    "net": "income.net",
    "dividends": "dividends",
    "project": "flow.project",
    "equity": "flow.equity",
    "owner": "flow.owner",
    "cash": "cash.closing",
    "shortage": "check.shortage",
    "below_minimum": "check.minimum",
    "coverage_cash": "coverage.cash",
    "coverage_service": "coverage.service",
    "federal": "flow.budget.federal",
    "regional": "flow.budget.regional",
    "municipal": "flow.budget.local",
    "budget": "flow.budget",
    "batches": "batches",
}
WHOLE = Path(__file__).parent / "finance" / "whole.yaml"
IDENTITIES = ("check.balance", "check.ledger", "check.sources", "check.vat")


@cache
def plan() -> Cluster:
    return cluster.load(WHOLE)


@cache
def case() -> finance.Case:
    return finance.case(plan(), "modules", as_of=small.AS_OF)


@cache
def result() -> finance.Result:
    return finance.run(case())


@cache
def by_hand() -> whole.Book:
    return whole.work()


@pytest.mark.parametrize("name", ROWS)
def test_line_equals_hand_arithmetic(name: str) -> None:
    np.testing.assert_allclose(result().row(ROWS[name]), by_hand()[name], rtol=1e-9, atol=1e-4)


def test_second_lender_gets_its_share() -> None:
    lent = np.array(by_hand()["co_lender"])
    np.testing.assert_allclose(co_lender(result().values), lent, atol=1e-4)
    np.testing.assert_allclose(ledger(result())["lender:Фонд области"], -lent, atol=1e-4)


def right(values: Values, book: whole.Book, npvs: dict[str, float]) -> bool:
    """Whether all that was worked by hand comes out, and every identity holds."""
    return (
        all(np.allclose(values[line][0], book[k], rtol=1e-9, atol=1e-4) for k, line in ROWS.items())
        and all(np.isclose(values.figure(k)[0], v, rtol=1e-9) for k, v in npvs.items())
        and np.allclose(co_lender(values), book["co_lender"], atol=1e-4)
        and not any(np.abs(values[line]).max() for line in IDENTITIES)
    )


# Changed operators that change nothing on this data, with the reason.
_ZERO = "the operand is zero for this loan, or in this month"
_TWIN = "the same formula as for the engineers, whose pay crosses the limit; here it never does"
_LONG = "written off over more months than the horizon has"
EQUIVALENT = {
    "staff.guards.within#2": _TWIN,
    "staff.guards.within#3": _TWIN,
    "staff.guards.contributions#1": _TWIN,
    "staff.guards.contributions#3": _TWIN,
    "capex.building.depreciation#1": _LONG,
    "capex.building.depreciation#2": _LONG,
    "depreciation.bonus#0": _ZERO,
    "loans.kip.closing#1": _ZERO,
    "loans.kip.paid#0": _ZERO,
    "loans.kip.owed#1": _ZERO,
    "cash.before_dividends#1": _ZERO,
    "debt.added#0": _ZERO,
    "debt.added#1": _ZERO,
    "debt.owed#0": _ZERO,
    "vat.refunded#0": _ZERO,
}


def figures(book: whole.Book) -> dict[str, float]:
    """Indicators of the project by hand."""
    found = {
        f"{flow}.npv": accountant.npv(book[flow], 0.2)
        for flow in ("project", "equity", "owner", "budget")
    }
    for flow in ("project", "equity"):
        found[f"{flow}.payback"] = accountant.payback(book[flow])
        worth = accountant.discounted(book[flow], 0.2)
        found[f"{flow}.discounted_payback"] = accountant.payback(worth)
    outlay = [cost if m == whole.BOUGHT else 1.22 * cost for m, cost in enumerate(book["capex"])]
    found["project.investment"] = sum(accountant.discounted(outlay, 0.2))
    found["discount.wacc"] = 0.4 * 0.275 + 0.6 * 0.2 * 0.75
    found["dividends.sum"] = sum(book["dividends"])
    found["refund.sum"] = sum(book["refund"])
    found["batches.sum"] = 20e6
    return found


def co_lender(values: Values) -> list[float]:
    """What the second lender lent less what it got back, by months."""
    rows = [values[f"loans.frp.{part}.co"][0] for part in ("drawn", "repaid", "paid")]
    return [float(x) for x in rows[0] - rows[1] - rows[2]]


def test_figures_equal_hand_arithmetic() -> None:
    for id, expected in figures(by_hand()).items():
        assert result().values.figure(id)[0] == pytest.approx(expected, rel=1e-9), id


@pytest.mark.slow
def test_every_changed_operator_is_caught() -> None:
    """Of all lines that the small project does not have: the others are caught there."""
    book, npvs = by_hand(), figures(by_hand())
    assert right(evaluate(case().network), book, npvs)
    alive = set()
    for mutant in mutants(case().network, but=small.case().network.lines):
        try:
            values = evaluate(mutant.network)
        except FinanceError:
            continue
        if right(values, book, npvs):
            alive.add(mutant.name)
    assert alive == set(EQUIVALENT)


# what is declared wrongly

REFUSALS = sorted((Path(__file__).parent / "finance" / "refusals").glob("*.yaml"))


@pytest.mark.parametrize("file", REFUSALS, ids=lambda file: file.stem)
def test_refusal(file: Path) -> None:
    words = file.read_text("utf-8").splitlines()[0].removeprefix("# ").split("; ")
    change = read_yaml(file).data
    text = WHOLE.read_text("utf-8")
    assert text.count(change["was"]) == 1
    with pytest.raises(CourseError) as caught:
        cluster.parse(parse_yaml(text.replace(change["was"], change["now"]), Path("cluster.yaml")))
    message = str(caught.value).replace("\u00a0", " ")
    assert all(word in message for word in words), f"{words}\n{message}"
