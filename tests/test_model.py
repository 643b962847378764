"""The model of a project: against hand arithmetic, its identities, and what it refuses."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course import finance
from course.cluster.projects import Contributions, ProfitTax, Shape
from course.errors import FinanceError, NormError
from course.finance import indicators
from course.finance.ledger import ledger, turnover
from tests.finance import accountant, small

ROWS = {
    "revenue": "revenue",
    "volume_inside": "products.module.volume.1",
    "volume_outside": "products.module.volume.2",
    "receipts": "receipts",
    "used": "materials.used",
    "stock": "materials.stock",
    "bought": "materials.bought",
    "materials_paid": "materials.paid",
    "payroll": "payroll",
    "contributions": "contributions",
    "capex": "capex",
    "book": "depreciation.book",
    "drawn": "debt.drawn",
    "repaid": "debt.repaid",
    "interest": "debt.interest",
    "interest_paid": "debt.paid",
    "opening": "debt.opening",
    "debt": "debt.closing",
    "vat_paid": "vat.paid",
    "vat_refunded": "vat.refunded",
    "unlevered_tax": "unlevered.profit",
    "tax": "tax.profit",
    "project": "flow.project",
    "equity": "flow.equity",
    "cash": "cash.closing",
    "coverage_cash": "coverage.cash",
    "coverage_service": "coverage.service",
    "shortage": "check.shortage",
    "federal": "flow.budget.federal",
    "regional": "flow.budget.regional",
    "budget": "flow.budget",
}


@pytest.fixture(scope="module")
def result() -> finance.Result:
    return finance.run(small.case())


@pytest.fixture(scope="module")
def by_hand() -> accountant.Book:
    return accountant.work()


@pytest.mark.parametrize("name", ROWS)
def test_line_equals_hand_arithmetic(
    name: str, result: finance.Result, by_hand: accountant.Book
) -> None:
    np.testing.assert_allclose(result.row(ROWS[name]), by_hand[name], rtol=1e-9, atol=1e-4)


def test_tax_depreciation_equals_hand_arithmetic(
    result: finance.Result, by_hand: accountant.Book
) -> None:
    written = result.row("depreciation.tax") + result.row("depreciation.bonus")
    np.testing.assert_allclose(written, by_hand["tax_write"], rtol=1e-9, atol=1e-4)


def test_npv_equals_hand_arithmetic(result: finance.Result, by_hand: accountant.Book) -> None:
    found = finance.indicators_of(result)
    assert found.npv == pytest.approx(accountant.npv(by_hand["project"], 0.2), rel=1e-9)
    assert found.equity_npv == pytest.approx(accountant.npv(by_hand["equity"], 0.2), rel=1e-9)


def test_coverage_of_debt_by_years_equals_hand_arithmetic(
    result: finance.Result, by_hand: accountant.Book
) -> None:
    def year(name: str, number: int) -> float:
        return sum(by_hand[name][12 * number : 12 * number + 12])

    by_years = [
        year("coverage_cash", n) / year("coverage_service", n)
        if year("coverage_service", n) > 0.01
        else None
        for n in range(7)
    ]
    assert by_years[0] is None
    for ratio, expected in zip(finance.coverage(result), by_years, strict=True):
        assert ratio == (None if expected is None else pytest.approx(expected, rel=1e-9))
    known = [ratio for ratio in by_years if ratio is not None]
    found = finance.indicators_of(result)
    assert found.dscr_min == pytest.approx(min(known), rel=1e-9)
    assert found.dscr_avg == pytest.approx(sum(known) / len(known), rel=1e-9)


def test_refund_of_vat_pays_for_no_debt() -> None:
    """The 26.4 million of VAT of March 2027 come back in June 2028, a year that counts."""
    result = finance.run(small.case(), {"vat_refund_lag": [15.0]})
    cash = result.row("cash.operating")[12:24]
    assert result.row("vat.refunded")[17] == pytest.approx(26.4e6)
    assert result.row("coverage.cash")[12:24].sum() == pytest.approx(cash.sum() - 26.4e6, abs=1e-3)


def test_figures_equal_indicators(result: finance.Result) -> None:
    found, figure = finance.indicators_of(result), result.values.figure
    assert figure("project.npv")[0] == pytest.approx(found.npv, rel=1e-9)
    assert figure("project.pi")[0] == pytest.approx(found.pi, rel=1e-9)
    assert figure("project.payback")[0] == pytest.approx(found.payback_months, rel=1e-9)
    assert figure("project.funding_need")[0] == pytest.approx(found.funding_need, rel=1e-9)
    discounted = found.discounted_payback_months
    assert figure("project.discounted_payback")[0] == pytest.approx(
        -1.0 if discounted is None else discounted, rel=1e-9
    )


def test_checks_pass(result: finance.Result) -> None:
    failed = [check for check in finance.checks(result) if not check.passed]
    assert [check.id for check in failed] in ([], ["check.shortage", "check.master"])
    assert finance.checks(result)[0].passed


def test_ledger_sums_to_zero_every_month(result: finance.Result) -> None:
    together = np.sum(list(ledger(result).values()), axis=0)
    assert np.abs(together).max() < 1e-6
    own = ledger(result)[result.case.initiator]
    np.testing.assert_allclose(own, result.row("cash.net"), atol=1e-6)
    assert abs(turnover(result)["Итог"].sum()) < 1e-5


def test_lender_earns_the_rate_of_the_loan(result: finance.Result) -> None:
    flow = ledger(result)["lender:Банк"]
    found = indicators.irr(flow).value
    assert found == pytest.approx(0.21 / 12, abs=1e-9)


@pytest.mark.parametrize("shape", list(Shape))
def test_every_loan_is_paid_back(shape: Shape) -> None:
    loan = small.cluster().projects[0].loans[0].model_copy(update={"shape": shape})
    result = finance.run(small.case(loans=(loan,)))
    assert result.row("debt.closing")[-1] == 0
    assert result.row("debt.owed")[-1] == pytest.approx(0, abs=1e-6)
    flow = ledger(result)["lender:Банк"]
    if shape is not Shape.QUARTERLY:
        assert indicators.irr(flow).value == pytest.approx(0.21 / 12, abs=1e-9)
    assert finance.checks(result)[0].passed


def test_loan_schedules_equal_the_pure_functions() -> None:
    plan = small.cluster().projects[0].loans[0]
    for shape, schedule in (
        (Shape.ANNUITY, indicators_schedule("annuity")),
        (Shape.DIFFERENTIATED, indicators_schedule("equal")),
        (Shape.CAPITALISED, indicators_schedule("capitalised")),
    ):
        result = finance.run(small.case(loans=(plan.model_copy(update={"shape": shape}),)))
        np.testing.assert_allclose(
            result.row("debt.closing")[3:33], schedule.closing, rtol=1e-9, atol=1e-4
        )
        np.testing.assert_allclose(
            result.row("debt.service")[3:33], schedule.payment, rtol=1e-9, atol=1e-4
        )


@pytest.mark.parametrize("shape", [Shape.DIFFERENTIATED, Shape.BULLET, Shape.QUARTERLY])
def test_interest_of_the_grace_joins_the_debt_in_any_shape(shape: Shape) -> None:
    from course.finance import loans

    plan = small.cluster().projects[0].loans[0]
    joined = plan.model_copy(update={"shape": shape, "capitalised": True})
    result = finance.run(small.case(loans=(joined,)))
    debt = 20e6 * (1 + 0.21 / 12) ** 6  # six months of grace
    assert result.row("debt.closing")[8] == pytest.approx(debt)
    assert result.row("debt.service")[:9].sum() == pytest.approx(0, abs=1e-6)
    assert result.row("debt.closing")[-1] == 0
    assert finance.checks(result)[0].passed
    if shape is Shape.DIFFERENTIATED:
        schedule = loans.equal_principal(20e6, 0.21 / 12, 24, grace=6, capitalised=True)
        np.testing.assert_allclose(result.row("debt.service")[3:33], schedule.payment, rtol=1e-9)
    if shape is Shape.QUARTERLY:
        repaid = result.row("debt.repaid")
        assert repaid[repaid > 0].tolist() == pytest.approx([debt / 8] * 8)


def indicators_schedule(kind: str) -> Any:
    from course.finance import loans

    if kind == "equal":
        return loans.equal_principal(20e6, 0.21 / 12, 24, grace=6)
    return loans.annuity(20e6, 0.21 / 12, 24, grace=6, capitalised=kind == "capitalised")


# properties

SHIFTS = st.floats(0.7, 1.5)


@settings(max_examples=15, deadline=None)
@given(price=SHIFTS, capacity=SHIFTS, pay=SHIFTS, rate=st.floats(0.01, 0.4))
def test_identities_hold_for_any_input(
    price: float, capacity: float, pay: float, rate: float
) -> None:
    case = small.case()
    result = finance.run(
        case,
        {
            "products.module.price": [5000 * price],
            "products.module.capacity": [4000 * capacity],
            "staff.workers.monthly_pay": [90000 * pay],
            "loans.bank.rate": [rate],
        },
    )
    for line in ("check.balance", "check.ledger", "check.sources", "check.vat"):
        assert np.abs(result.row(line)).max() == 0, line
    assert np.abs(np.sum(list(ledger(result).values()), axis=0)).max() < 1e-5


@settings(max_examples=10, deadline=None)
@given(prices=st.lists(st.floats(2000, 9000), min_size=5, max_size=5, unique=True))
def test_npv_grows_with_price(prices: list[float]) -> None:
    given_prices = sorted(prices)
    values = finance.run(small.case(), {"products.module.price": given_prices}, keep=())
    npv = values.values.figure("project.npv")
    assert (np.diff(npv) > 0).all()


def test_npv_is_homogeneous_in_the_scale_of_prices() -> None:
    case = small.case(taxes=small.cluster().projects[0].taxes)
    money = [item for item in case.network.values if item.unit.startswith("₽")]
    scale = 3.0
    both = finance.run(case, {item.id: [item.value, item.value * scale] for item in money})
    npv = both.values.figure("project.npv")
    assert npv[1] == pytest.approx(npv[0] * scale, rel=1e-9)
    np.testing.assert_allclose(both.row("tax.profit", 1), both.row("tax.profit") * scale, atol=1e-3)


def test_tax_over_life_is_the_same_with_and_without_the_limit_on_losses() -> None:
    case = small.case()
    limit = next(item.id for item in case.inputs if item.id.startswith("norm.loss_limit"))
    both = finance.run(case, {limit: [0.5, 1.0], "products.module.price": [5000.0, 5000.0]})
    assert both.row("tax.losses")[-1] == 0
    assert both.row("tax.profit").sum() == pytest.approx(both.row("tax.profit", 1).sum(), rel=1e-9)
    assert (both.row("tax.profit") != both.row("tax.profit", 1)).any()


def test_scenario_row_equals_single_run() -> None:
    case = small.case()
    prices = np.linspace(3000, 7000, 7)
    rates = np.linspace(0.05, 0.3, 7)
    many = finance.run(case, {"products.module.price": prices, "discount.rate": rates})
    for n in (0, 3, 6):
        one = finance.run(case, {"products.module.price": [prices[n]], "discount.rate": [rates[n]]})
        for line in case.network.lines:
            np.testing.assert_allclose(
                many.row(line.id, n), one.row(line.id), rtol=1e-12, atol=1e-12, err_msg=line.id
            )


def test_statements_add_up() -> None:
    result = finance.run(small.case())
    for period in ("year", "quarter", "month"):
        tables = finance.statements(result, period)  # type: ignore[arg-type]
        flow = tables["cash_flow"]
        assert flow.loc["Изменение денег"].sum() == pytest.approx(result.row("cash.net").sum())
        np.testing.assert_allclose(
            flow.loc["Деньги на начало"] + flow.loc["Изменение денег"],
            flow.loc["Деньги на конец"],
            atol=1e-5,
        )
        np.testing.assert_allclose(
            tables["balance"].loc["Активы"], tables["balance"].loc["Пассивы"], atol=1e-5
        )
        debt = tables["loan"]
        np.testing.assert_allclose(
            debt.loc[
                ["Долг на начало", "Получено", "Проценты, добавленные к долгу", "Погашено"]
            ].sum(),
            debt.loc["Долг на конец"],
            atol=1e-5,
        )
    assert list(finance.statements(result)["income"].columns) == list(range(2027, 2034))


def test_tornado_moves_one_input_at_a_time() -> None:
    case = small.case()
    rows = finance.tornado(case)
    assert rows[0].id == "products.module.price"
    price = finance.run(case, {"products.module.price": [4500.0, 5500.0]}).values
    assert [rows[0].npv_low, rows[0].npv_high] == pytest.approx(list(price.figure("project.npv")))
    assert [row.swing for row in rows] == sorted((row.swing for row in rows), reverse=True)
    bounds = next(row for row in finance.tornado(case, None) if row.id == "indices.sales.growth")
    assert (bounds.low, bounds.high) == (0.02, 0.06)


# law


def test_contributions_follow_the_regime() -> None:
    taxes = small.cluster().projects[0].taxes
    paid = {}
    for regime in Contributions:
        result = finance.run(small.case(taxes=taxes.model_copy(update={"contributions": regime})))
        paid[regime] = result.row("staff.workers.contributions")[20] / 20
    assert paid[Contributions.GENERAL] == pytest.approx(27000)
    assert paid[Contributions.RADIOELECTRONICS] == pytest.approx(6840)
    assert paid[Contributions.CLUSTER_SPIC] == pytest.approx(6840)
    threshold = 40639.5
    assert paid[Contributions.SME_MANUFACTURING] == pytest.approx(
        threshold * 0.3 + (90000 - threshold) * 0.076
    )


def test_privilege_ends_with_its_last_known_day() -> None:
    taxes = (
        small.cluster().projects[0].taxes.model_copy(update={"profit": ProfitTax.RADIOELECTRONICS})
    )
    case = small.case(taxes=taxes)
    result = finance.run(case)
    assert result.row("rule.profit_regional")[[11, 12]].tolist() == [0, 0.17]
    assert result.row("rule.profit_regional")[-1] == 0.17
    assert result.row("rule.loss_limit")[0] == 1.0
    assert result.row("rule.loss_limit")[-1] == 0.5
    assert any("льгота известна до 31.12.2027" in notice for notice in case.notices)


def test_notices_tell_what_goes_on_past_its_last_known_day() -> None:
    notices = " ".join(small.case().notices)
    assert "действует до 31.12.2030" in notices
    assert "2 979 000" in notices.replace("\xa0", " ")
    assert "Налог на имущество в расчёт не входит" in notices


def test_sources_name_the_reference_and_the_standing() -> None:
    rows = {row.name: row for row in small.case().sources}
    vat = rows["Ставка НДС"]
    assert (vat.value, vat.unit, vat.standing) == (0.22, "доля", "по публикации")
    assert "425-ФЗ" in vat.reference


def test_day_before_the_first_edition_is_refused() -> None:
    plan = small.cluster().projects[0]
    day = datetime.date(2016, 2, 1)
    moved: dict[str, Any] = {
        "start": datetime.date(2016, 1, 1),
        "capex": tuple(item.model_copy(update={"date": day}) for item in plan.capex),
        "own_funds": (), "loans": (), "grants": (),
    }  # fmt: skip
    with pytest.raises(NormError, match="нет редакции"):
        small.case(**moved)


# refusals


def test_all_contradictions_of_a_plan_are_told_at_once() -> None:
    plan = small.cluster().projects[0]
    loan = plan.loans[1].model_copy(update={"grace_months": 25})
    early = plan.capex[0].model_copy(update={"date": datetime.date(2025, 1, 1)})
    with pytest.raises(FinanceError) as refused:
        small.case(
            loans=(loan,), capex=(early,), construction_months=84, prices="real",
        )  # fmt: skip
    places = [fault.place for fault in refused.value.faults]
    assert places == [
        "projects[0].construction_months",
        "projects[0].discount.basis",
        "projects[0].capex[0].date",
        "projects[0].loans[0].term_months",
    ]


def test_unknown_project_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(FinanceError, match=r"Есть: modules"):
        finance.case(small.cluster(), "nothing", as_of=small.AS_OF)
