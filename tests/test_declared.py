"""What a project may declare: properties of the whole project, values behind the horizon, norms."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course import files, finance
from course.cluster import (
    Basis,
    Closing,
    Floating,
    Loan,
    Money,
    PropertyTax,
    Share,
    Status,
    Terminal,
)
from course.errors import FinanceError
from course.finance import indicators
from course.finance.engine import evaluate
from course.finance.ledger import ledger
from tests.finance import accountant, small
from tests.finance.mutants import mutants
from tests.test_whole import IDENTITIES, case, plan, result

CASES = files.read_yaml(small.HERE.parent / "accounting" / "model.yaml").data


def share(value: float) -> Share:
    return Share(value=value, owner="Иванова И. И.", source="расчёт", status=Status.ESTIMATE)


def money(value: float) -> Money:
    return Money(value=value, owner="Иванова И. И.", source="расчёт", status=Status.ESTIMATE)


def last(found: finance.Result, line: str) -> float:
    return float(found.row(line)[-1])


# sums that an accountant can follow


@pytest.mark.parametrize("given_case", CASES, ids=lambda one: one["name"])
def test_the_sum_by_hand_comes_out(given_case: dict[str, Any]) -> None:
    assert set(given_case) == {"name", "line", "month", "sum", "expected"}
    found = float(result().row(given_case["line"])[given_case["month"]])
    assert found == pytest.approx(given_case["expected"], rel=1e-9, abs=0.005)


# values behind the horizon


def test_book_value_is_what_the_balance_has_besides_money_and_debt() -> None:
    bare = finance.run(small.case())
    book = finance.run(small.case(closing=Closing(method=Terminal.BOOK)))
    worth = (
        last(book, "balance.assets") - last(book, "cash.closing") - last(book, "payable.closing")
    )
    assert worth > 0
    assert last(book, "terminal.value") == pytest.approx(worth)
    assert last(book, "flow.project") == pytest.approx(last(bare, "flow.project") + worth)
    npv = [finance.indicators_of(one).npv for one in (bare, book)]
    assert npv[1] - npv[0] == pytest.approx(worth / 1.2 ** (83 / 12))
    assert book.values.figure("project.terminal")[0] == pytest.approx(npv[1] - npv[0])
    np.testing.assert_allclose(book.row("cash.closing"), bare.row("cash.closing"))


def gordon() -> finance.Case:
    closing = Closing(method=Terminal.GORDON, growth=share(0.03), reinvestment=money(20e6))
    return small.case(closing=closing)


def test_gordon_value_is_next_years_flow_over_rate_less_growth() -> None:
    book = accountant.work()
    year = sum(book["project"][-12:])  # nothing is invested in the last year
    value = (year - 20e6) * 1.03 / (0.20 - 0.03)
    found = finance.run(gordon())
    assert value > 0
    assert last(found, "terminal.value") == pytest.approx(value, rel=1e-9)
    assert indicators.gordon_value(year - 20e6, 0.03, 0.20) == pytest.approx(value)
    lifted = finance.indicators_of(found).npv - accountant.npv(book["project"], 0.2)
    assert lifted == pytest.approx(value / 1.2 ** (83 / 12), rel=1e-9)


def test_flow_that_does_not_pay_its_upkeep_has_no_value() -> None:
    found = finance.run(gordon(), {"closing.reinvestment": [5e9]})
    assert last(found, "terminal.value") == 0


def test_changed_operator_of_a_terminal_value_is_caught() -> None:
    """Against the values that hand arithmetic confirmed above, and the owner's flow."""
    cases = {"book": small.case(closing=Closing(method=Terminal.BOOK)), "gordon": gordon()}
    alive = set()
    for name, known in cases.items():
        right = evaluate(known.network)
        for mutant in mutants(known.network, but=small.case().network.lines):
            if not mutant.name.startswith(("terminal", "flow")):
                continue
            values = evaluate(mutant.network)
            same = all(
                np.allclose(values[line], right[line], rtol=1e-9)
                for line in ("terminal.value", "terminal.value.discounted", "flow.project")
            )
            if same and np.allclose(values["flow.equity"], right["flow.equity"]):
                alive.add(f"{name}:{mutant.name}")
    # no VAT is left to be refunded, and no loan to be paid, at the end of the small project
    zero = {"terminal.debt#0", "flow.equity#0"}
    assert {one.split(":")[1] for one in alive} <= zero | {"terminal.worth#1"}


def test_liquidation_turns_everything_into_money() -> None:
    found = result()
    gone = ("assets", "receivable", "payable", "vat", "refund", "debt")
    for line in (*(f"{one}.closing" for one in gone), "materials.stock", "vat.owed", "debt.owed"):
        assert last(found, line) == pytest.approx(0, abs=1e-6), line
    assert last(found, "balance.assets") == pytest.approx(last(found, "cash.closing"))
    gained = found.row("dividends").sum() + last(found, "cash.closing") - found.row("own").sum()
    assert found.row("flow.owner").sum() == pytest.approx(gained)
    assert found.row("income.net").sum() + found.row("grants").sum() == pytest.approx(gained)


# properties of the whole project

SHIFTS = st.floats(0.8, 1.4)


@settings(max_examples=12, deadline=None)
@given(
    price=SHIFTS, rate=st.floats(0.1, 0.35), euro=SHIFTS, paid=st.floats(0, 1), least=SHIFTS,
    residual=st.floats(0, 3), refund=st.floats(0, 1),
)  # fmt: skip
def test_identities_hold_for_any_declaration(
    price: float, rate: float, euro: float, paid: float, least: float, residual: float,
    refund: float,
) -> None:  # fmt: skip
    found = finance.run(
        case(),
        {
            "products.module.price": [5000 * price],
            "loans.bank.rate": [rate],
            "currencies.cny.2": [15 * euro],
            "dividends.share": [paid],
            "minimum_cash": [45e6 * least],
            "capex.building.residual": [30e6 * residual],
            "loans.bank.refund.share": [refund],
        },
    )
    for line in IDENTITIES:
        assert np.abs(found.row(line)).max() == 0, line
    assert np.abs(np.sum(list(ledger(found).values()), axis=0)).max() < 1e-5
    assert last(found, "balance.assets") == pytest.approx(last(found, "cash.closing"), abs=1e-4)
    assert abs(finance.cluster_view([found]).total) < 1e-4


@settings(max_examples=8, deadline=None)
@given(value=st.floats(0.05, 0.35), later=st.floats(0.05, 0.35))
def test_lender_earns_the_rates_of_the_loan_whatever_they_are(value: float, later: float) -> None:
    """The bank's draws and what comes back, at the rate of each month, are worth nothing."""
    found = finance.run(case(), {"loans.bank.rate": [value], "loans.bank.rate.2": [later]})
    flow = -found.row("loans.bank.drawn") + found.row("loans.bank.repaid")
    flow = flow + found.row("loans.bank.paid")
    worth = 0.0
    for month in range(83, -1, -1):  # back from the end: a month's rate belongs to its interest
        worth = flow[month] + worth / (1 + (value if month + 1 < 17 else later) / 12)
    assert worth == pytest.approx(0, abs=1e-3)


def test_npv_is_homogeneous_in_the_scale_of_prices() -> None:
    """All prices, sums and exchange rates three times as high; rates of exchange scale together."""
    scaled = [item for item in case().network.values if item.unit.startswith("₽")]
    scaled = [item for item in scaled if not item.id.startswith("currencies.")]
    both = finance.run(case(), {item.id: [item.value, item.value * 3] for item in scaled})
    npv = both.values.figure("project.npv")
    assert npv[1] == pytest.approx(npv[0] * 3, rel=1e-9)
    np.testing.assert_allclose(both.row("dividends", 1), both.row("dividends") * 3, atol=1e-2)


def test_npv_moves_the_right_way() -> None:
    found = finance.run(
        case(),
        {
            "products.module.price": [5000, 5500, 5000, 5000, 5000, 5000],
            "currencies.cny.2": [15, 15, 18, 15, 15, 15],
            "capex.building.residual": [30e6, 30e6, 30e6, 40e6, 30e6, 30e6],
            "taxes.property.rate": [0.02, 0.02, 0.02, 0.02, 0.03, 0.02],
            "closing.costs.amount": [3e6, 3e6, 3e6, 3e6, 3e6, 9e6],
        },
    )
    npv = found.values.figure("project.npv")
    assert npv[1] > npv[0] > npv[2]
    assert npv[3] > npv[0] > npv[4]
    assert npv[5] < npv[0]


def test_scenario_row_equals_single_run() -> None:
    prices, rates = np.linspace(4000, 6000, 5), np.linspace(10, 20, 5)
    many = finance.run(case(), {"products.module.price": prices, "currencies.cny.2": rates})
    for n in (0, 4):
        given_ = {"products.module.price": [prices[n]], "currencies.cny.2": [rates[n]]}
        one = finance.run(case(), given_)
        for line in case().network.lines:
            np.testing.assert_allclose(
                many.row(line.id, n), one.row(line.id), rtol=1e-12, atol=1e-12, err_msg=line.id
            )


def test_tax_over_life_is_the_same_with_and_without_the_limit_on_losses() -> None:
    limit = next(item.id for item in case().inputs if item.id.startswith("norm.loss_limit"))
    both = finance.run(case(), {limit: [0.5, 1.0], "products.module.price": [6000.0, 6000.0]})
    assert both.row("tax.losses")[-1] == 0
    assert both.row("tax.profit").sum() == pytest.approx(both.row("tax.profit", 1).sum(), rel=1e-9)


# norms and notices


def test_property_tax_without_a_rate_takes_the_norm_and_says_that_it_is_unconfirmed() -> None:
    building = small.cluster().projects[0].capex[1].model_copy(update={"immovable": True})
    taxes = small.cluster().projects[0].taxes.model_copy(update={"property": PropertyTax()})
    found = finance.run(
        small.case(taxes=taxes, capex=(small.cluster().projects[0].capex[0], building))
    )
    assert found.row("rule.property")[0] == 0.022
    assert found.row("property.tax")[7] == pytest.approx(120e6 * 0.022 / 12)
    notices = " ".join(found.case.notices)
    assert "«Предельная ставка налога на имущество»: не подтверждено" in notices
    row = next(row for row in found.case.sources if "имущество" in row.name)
    assert row.standing == "не подтверждено"


def platform() -> Loan:
    loan = plan().projects[0].loans[2]
    return loan.model_copy(update={"floating": Floating(later_margin=share(0.04))})


def test_platform_loan_takes_its_norms_and_ends_its_soft_rate_two_years_after_the_launch() -> None:
    found = finance.run(small.case(loans=(platform(),)))
    key = found.row("rule.key_rate")
    assert key[0] == 0.155  # the last known one goes on, and a notice says so
    rate = found.row("loans.kip.rate.now")
    assert rate[29] == pytest.approx(0.3 * 0.155 + 0.03)
    assert rate[30] == pytest.approx(0.155 + 0.04)
    notices = " ".join(found.case.notices)
    assert "Ключевая ставка" in notices
    assert "19.03.2026" in notices
    assert finance.checks(found)[0].passed


def test_nominal_loans_among_constant_prices_are_told() -> None:
    real = small.cluster().projects[0].discount.model_copy(update={"basis": Basis.REAL})
    notices = " ".join(small.case(prices=Basis.REAL, discount=real).notices)
    assert "проценты в таком расчёте завышены" in notices
    assert "завышены" not in " ".join(small.case().notices)


def test_notices_follow_what_is_declared() -> None:
    bare, whole_ = " ".join(small.case().notices), " ".join(case().notices)
    for words in ("Остаточной стоимости в конце горизонта нет", "НДС считается помесячно",
                  "Налог на имущество в расчёт не входит"):  # fmt: skip
        assert words in bare
        assert words not in whole_
    for words in ("по календарным кварталам", "порядок учёта подтверждает юрист",
                  "получает покупатель", "прогноза команды"):  # fmt: skip
        assert words in whole_


def test_rows_of_a_series_move_together() -> None:
    """The yuan dear in one year and cheap in the next would hide the risk of the rate."""
    rows = plan().projects[0].currencies[0].rates
    wide = tuple(
        row.model_copy(update={"rate": row.rate.model_copy(update={"low": 10.0, "high": high})})
        for row, high in zip(rows, (14.0, 25.0), strict=True)
    )
    money_ = plan().projects[0].currencies[0].model_copy(update={"rates": wide})
    project = plan().projects[0].model_copy(update={"currencies": (money_,)})
    varied = plan().model_copy(update={"projects": (project,)})
    risk = finance.simulate(finance.case(varied, "modules", as_of=small.AS_OF), 300)
    first, second = risk.inputs["currencies.cny.1"], risk.inputs["currencies.cny.2"]
    assert (np.argsort(first) == np.argsort(second)).all()
    assert 10 <= first.min() < first.max() <= 14
    assert second.max() > 20
    assert [driver.title for driver in risk.drivers].count("Юань: курс") == 1


def test_indices_move_together_as_the_team_says() -> None:
    risk = finance.simulate(case(), 4_000)
    ranks = [
        np.argsort(np.argsort(risk.inputs[f"indices.{index}.growth"]))
        for index in ("sales", "wages")
    ]
    assert np.corrcoef(*ranks)[0, 1] == pytest.approx(0.5, abs=0.05)
    alone = finance.simulate(case(), 4_000, correlations={})
    free = [np.argsort(np.argsort(alone.inputs[f"indices.{i}.growth"])) for i in ("sales", "wages")]
    assert abs(np.corrcoef(*free)[0, 1]) < 0.05
    for index in ("sales", "wages"):  # each keeps its own distribution
        id = f"indices.{index}.growth"
        np.testing.assert_array_equal(np.sort(risk.inputs[id]), np.sort(alone.inputs[id]))


def test_one_rate_is_not_looked_for_where_it_changes_with_time() -> None:
    for loan in ("bank", "kip"):
        with pytest.raises(FinanceError, match="одну подобрать нельзя"):
            finance.calibrate(plan(), "modules", finance.Lever.RATE, as_of=small.AS_OF, loan=loan)


def test_answers_take_declared_terms() -> None:
    """Every other answer of the package on the whole project."""
    moved = {row.id for row in finance.tornado(case())}
    assert {"currencies.cny.rate", "key_rate", "loans.bank.rate.by_date"} <= moved
    assert "currencies.cny.base" not in moved
    yuan = next(row for row in finance.tornado(case()) if row.id == "currencies.cny.rate")
    assert (yuan.title, yuan.unit, yuan.value) == ("Юань: курс, весь ряд", "₽", 12.0)
    assert finance.switching_values(case())
    alone = finance.without_support(plan(), "modules", market_rate=0.2, as_of=small.AS_OF)
    assert "refund.received" not in alone.alone.values.rows
    assert alone.after.equity_npv < alone.before.equity_npv
    assert set(alone.dearer) == {"frp", "kip"}
    increment = finance.increment(result())
    assert increment.bought_abroad == pytest.approx(result().row("materials.paid.2").sum())
    replayed = finance.replay(
        plan(), "modules", law_on=datetime.date(2025, 6, 1), as_of=small.AS_OF
    )
    assert replayed.npv_change != 0


# what is shown


def test_statements_show_declared_rows_and_add_up() -> None:
    tables = finance.statements(result(), "quarter")
    flow = tables["cash_flow"]
    rows = flow.loc["Поступления от покупателей":"Постоянные затраты"].sum()
    rows = rows + flow.loc[["Налог на имущество", "Уплата НДС", "Налог на прибыль"]].sum()
    np.testing.assert_allclose(rows, flow.loc["Операционная деятельность, итого"], atol=1e-4)
    investing = ["Капитальные вложения с НДС", "Продажа имущества с НДС",
                 "Затраты на ликвидацию с НДС"]  # fmt: skip
    np.testing.assert_allclose(
        flow.loc[investing].sum(), flow.loc["Инвестиционная деятельность, итого"], atol=1e-4
    )
    judged = tables["evaluation"]
    assert judged.loc["Поток проекта с дисконтированием"].sum() == pytest.approx(
        finance.indicators_of(result()).npv
    )
    origin = finance.statements(result())["localisation"]
    imported = result().row("origin.imported")[12:24].sum()
    used = result().row("materials.used")[12:24].sum()
    assert origin.loc["Доля импорта в материалах", 2028] == pytest.approx(imported / used)
    local = 1 - imported / result().row("revenue")[12:24].sum()
    assert origin.loc["Локализация по стоимости", 2028] == pytest.approx(local)
    assert "Дивиденды" not in finance.statements(finance.run(small.case()))["cash_flow"].index


def test_budgets_stand_apart_and_add_up() -> None:
    view = finance.budget_view(result())
    levels = {level.id: level for level in view.levels}
    assert list(levels) == ["budget.federal", "budget.regional", "budget.local", "funds"]
    assert sum(level.npv for level in view.levels) == pytest.approx(view.taxes - view.support)
    assert levels["budget.local"].support == 0
    given_ = result().row("refund.received") + result().row("batches")
    given_ = given_ + result().row("grants.wages")
    step = indicators.step_rate(0.2)
    assert levels["budget.federal"].support == pytest.approx(indicators.npv(step, given_))
    flow = levels["budget.regional"].flow
    np.testing.assert_allclose(flow, result().row("flow.budget.regional"), atol=1e-6)


def test_subsidy_to_a_buyer_is_a_transfer_to_the_country() -> None:
    bare = plan().projects[0].model_copy(update={"start_batches": ()})
    without = plan().model_copy(update={"projects": (bare,)})
    other = finance.run(finance.case(without, "modules", as_of=small.AS_OF))
    assert finance.public_view(result()).npv == pytest.approx(finance.public_view(other).npv)
    lost = result().values.figure("budget.npv")[0] - other.values.figure("budget.npv")[0]
    assert lost < -10e6


def test_horizon_of_25_years_is_whole() -> None:
    closing = Closing(method=Terminal.LIQUIDATION, months=6, costs=money(1e6))
    found = finance.run(small.case(horizon_months=300, closing=closing))
    assert finance.checks(found)[0].passed
    assert last(found, "balance.assets") == pytest.approx(last(found, "cash.closing"))
    assert found.row("revenue")[293] > 0 == found.row("revenue")[294]
    assert any("2030" in notice for notice in found.case.notices)


def test_member_is_seen_over_all_projects() -> None:
    found = finance.cluster_view([result(), result()])
    one = finance.cluster_view([result()])
    assert abs(found.total) < 1e-3
    parts = {share_.id: share_ for share_ in found.members}
    assert set(parts) == {"maker", "parts", "user"}
    assert len(parts["parts"].roles) == 2
    single = next(member for member in one.members if member.id == "parts")
    assert parts["parts"].net == pytest.approx(2 * single.net)
    assert parts["parts"].by_year.sum() == pytest.approx(parts["parts"].net)
    assert found.years == tuple(range(2027, 2034))
    together = found.inside + np.sum([share_.by_year for share_ in found.others], axis=0)
    np.testing.assert_allclose(together, 0.0, atol=1e-4)


def test_declared_number_is_explained_down_to_its_owner() -> None:
    told = str(finance.trace(result(), "closing.sold", datetime.date(2033, 12, 1)))
    assert "Корпус: цена продажи при ликвидации" in told
    assert "отвечает Иванова И. И." in told
    assert "Ставка НДС" in told
    told = str(finance.trace(result(), "products.module.materials.chip.cost", 20))
    assert "Юань" in told
    told = str(finance.trace(result(), "dividends", datetime.date(2030, 4, 1)))
    assert "Неснижаемый остаток денег" in told


def test_every_line_and_figure_can_be_explained() -> None:
    for line in case().network.lines:
        assert finance.trace(result(), line.id, 20).formula, line.id
    for figure in case().network.figures:
        assert finance.trace(result(), figure.id).formula, figure.id
