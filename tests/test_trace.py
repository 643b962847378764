"""Any number in words: the formula with values, and all that it stands on."""

from __future__ import annotations

import datetime

import pytest

from course import finance
from course.errors import FinanceError
from tests.finance import small

DAY = datetime.date(2029, 3, 1)


@pytest.fixture(scope="module")
def result() -> finance.Result:
    return finance.run(small.case())


def said(result: finance.Result, line: str, day: datetime.date | None = DAY) -> str:
    return str(finance.trace(result, line, day)).replace("\xa0", " ")


def test_formula_is_told_with_values(result: finance.Result) -> None:
    assert said(result, "products.module.revenue").startswith(
        "«Модуль: выручка без НДС», март 2029: 17 305 600 ₽ = «Модуль: объём» 3 200 шт. × "
        "(«Модуль: цена без НДС» 5 000 ₽/шт. × «Индекс: Цены» 1,0816 раз)."
    )


def test_value_of_the_month_before_names_its_month(result: finance.Result) -> None:
    first = finance.trace(result, "cash.closing", DAY)
    assert "«Деньги на конец» (февраль 2029)" in first.formula.replace("\xa0", " ")
    assert "(до начала) 0 ₽" in said(result, "cash.closing", datetime.date(2027, 1, 1))


def test_delay_shows_the_months_that_arrive(result: finance.Result) -> None:
    formula = said(result, "receipts.1")
    assert "(февраль 2029)" in formula
    assert "(январь 2029)" in formula


def test_norm_is_told_with_edition_and_standing(result: finance.Result) -> None:
    explained = finance.trace(result, "vat.output", DAY)
    vat = next(norm for norm in explained.norms if norm.norm == "tax.vat.rate")
    assert (vat.value, vat.status) == (0.22, "по публикации")
    text = said(result, "vat.output")
    assert "Норма «Ставка НДС»: 22 % с 01.01.2026; 425-ФЗ от 28.11.2025" in text


def test_inputs_are_told_with_owner_source_and_status(result: finance.Result) -> None:
    text = said(result, "products.module.revenue")
    assert (
        "Исходное данное «Модуль: цена без НДС»: 5 000 ₽/шт.; отвечает Иванова И. И.; "
        "источник: письмо; статус: оценка." in text
    )
    explained = finance.trace(result, "products.module.revenue", DAY)
    assert "loans.frp.rate" not in {item.id for item in explained.inputs}
    assert not explained.norms


def test_npv_stands_on_nearly_everything(result: finance.Result) -> None:
    explained = finance.trace(result, "project.npv")
    ids = {item.id for item in explained.inputs}
    assert {"discount.rate", "products.module.price", "capex.line.amount"} <= ids
    assert "loans.frp.rate" not in ids, "the project's flow knows no loans"
    assert "loans.frp.rate" in {i.id for i in finance.trace(result, "equity.npv").inputs}
    assert explained.period == ""
    assert explained.value == pytest.approx(finance.indicators_of(result).npv)


def test_every_number_of_the_model_can_be_told(result: finance.Result) -> None:
    for line in result.case.network.lines:
        for month in (0, 13, 83):
            assert finance.trace(result, line.id, month).formula
    for figure in result.case.network.figures:
        assert finance.trace(result, figure.id).formula


def test_scenario_is_told_with_its_own_values() -> None:
    result = finance.run(small.case(), {"products.module.price": [5000.0, 6000.0]})
    other = str(finance.trace(result, "products.module.revenue", DAY, scenario=1))
    assert "6\xa0000\xa0₽/шт." in other.splitlines()[0]


def test_unknown_line_and_month_outside_are_refused(result: finance.Result) -> None:
    with pytest.raises(FinanceError, match="нет строки «nothing»"):
        finance.trace(result, "nothing", DAY)
    with pytest.raises(FinanceError, match="горизонте"):
        finance.trace(result, "cash.net", datetime.date(2050, 1, 1))
