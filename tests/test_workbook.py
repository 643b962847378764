"""The live workbook: recalculated by two other programs, changed there, and read as a form."""

from __future__ import annotations

import datetime
import io
import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from course import finance
from course.cluster import load
from course.errors import FinanceError
from course.finance.reference_sheets import FUNCTIONS
from course.finance.workbook import workbook_bytes
from tests.conftest import tool
from tests.finance import recalculation, small

TOLERANCE = 1e-9
SHEETS = [
    "Вводные", "Расчёт", "Итоги", "Проверки", "Чувствительность", "Источники", "Глоссарий", "Числа",
]  # fmt: skip
PRICE = "products.module.price"


@cache
def full() -> finance.Result:
    return finance.run(small.case())


@cache
def short() -> finance.Result:
    """Six months over a New Year with every kind of line: `formulas` compiles cell by cell."""
    plan = small.cluster().projects[0]
    day = datetime.date(2027, 2, 10)
    return finance.run(
        small.case(
            start=datetime.date(2026, 11, 1),
            construction_months=2,
            horizon_months=6,
            capex=tuple(item.model_copy(update={"date": day}) for item in plan.capex),
            grants=tuple(item.model_copy(update={"date": day}) for item in plan.grants),
        )
    )


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("book") / "книга проекта.xlsx"
    finance.write_workbook(full(), target)
    return target


def plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return float((value - datetime.datetime(1899, 12, 30)).days)
    return value.item() if isinstance(value, np.generic) else value


def compare(expected: recalculation.Cells, found: recalculation.Cells) -> None:
    far = {
        key: (plain(value), plain(found.get(key)))
        for key, value in expected.items()
        if recalculation.difference(plain(value), plain(found.get(key))) > TOLERANCE
    }
    assert not far, f"{len(far)} of {len(expected)} cells differ: {dict(list(far.items())[:8])}"


def where(path: Path, title: str, sheet: str = "Вводные") -> str:
    """The address of the value beside a title."""
    page = openpyxl.load_workbook(path)[sheet]
    return next(f"B{row[0].row}" for row in page.iter_rows(max_col=1) if row[0].value == title)


def without_irr(path: Path, result: finance.Result) -> recalculation.Cells:
    """The cached values; where ВНД does not exist, without what IRR happens to find instead."""
    page = openpyxl.load_workbook(path)["Итоги"]
    rows: dict[str, list[int]] = {"проект": [], "собственный капитал": []}
    for row in page.iter_rows(max_col=1):
        title = str(row[0].value)
        if title.startswith("ВНД за месяц"):
            rows[title.split(": ")[1]].append(row[0].row)
        if title == "Внутренняя норма доходности (ВНД) за год":
            rows["собственный капитал" if rows["проект"] else "проект"].append(row[0].row)
    found = finance.indicators_of(result)
    cells = recalculation.cached(path)
    for flow, irr in (("проект", found.irr), ("собственный капитал", found.equity_irr)):
        if irr.value is None or irr.value > 10:  # 1000 % a year: no search gets there
            for number in rows[flow]:
                del cells["Итоги", f"B{number}"]
    return cells


@pytest.mark.slow
def test_formulas_package_comes_to_the_same_numbers(tmp_path: Path) -> None:
    source, twin = tmp_path / "short.xlsx", tmp_path / "twin.xlsx"
    finance.write_workbook(short(), source)
    expected = without_irr(source, short())
    assert recalculation.spoil(source, twin) >= len(expected) > 1500
    recalculate = recalculation.by_formulas(twin)
    compare(_upper(expected), recalculate({}))
    price = where(source, "Модуль: цена без НДС")
    changed = finance.run(short().case, {PRICE: [6123.0]})
    finance.write_workbook(changed, source)
    compare(_upper(without_irr(source, changed)), recalculate({("Вводные", price): 6123.0}))


def declared() -> finance.Result:
    """Eight months of whole.yaml: all that may be declared, launched, run and closed."""
    whole = load(small.HERE / "whole.yaml")
    plan, day = whole.projects[0], datetime.date(2026, 12, 10)

    def since(rows: Any, *days: datetime.date) -> Any:
        return tuple(
            row.model_copy(update={"since": day}) for row, day in zip(rows, days, strict=True)
        )

    autumn, spring = datetime.date(2026, 10, 1), datetime.date(2027, 3, 1)
    money = plan.currencies[0]
    moved = {"draws": (), "drawn": day, "grace_months": 3, "term_months": 6}
    changes: dict[str, Any] = {
        "start": datetime.date(2026, 11, 1),
        "construction_months": 2,
        "horizon_months": 8,
        "loans": tuple(loan.model_copy(update=moved) for loan in plan.loans),
        "currencies": (money.model_copy(update={"rates": since(money.rates, autumn, spring)}),),
        "key_rate": since(plan.key_rate, autumn, spring),
        "start_batches": since(plan.start_batches, datetime.date(2027, 1, 1)),
        "dividends": plan.dividends.model_copy(update={"since": 2027}),
    }
    for key in ("capex", "own_funds", "grants"):
        changes[key] = tuple(i.model_copy(update={"date": day}) for i in getattr(plan, key))
    bent = whole.model_copy(update={"projects": (plan.model_copy(update=changes),)})
    return finance.run(finance.case(bent, "modules", as_of=small.AS_OF))


@pytest.mark.long
def test_formulas_package_comes_to_the_same_numbers_for_all_that_may_be_declared(
    tmp_path: Path,
) -> None:
    source, twin = tmp_path / "declared.xlsx", tmp_path / "twin.xlsx"
    result = declared()
    finance.write_workbook(result, source)
    expected = without_irr(source, result)
    assert recalculation.spoil(source, twin) >= len(expected) > 3000
    compare(_upper(expected), recalculation.by_formulas(twin)({}))


def _upper(cells: recalculation.Cells) -> recalculation.Cells:
    """As the `formulas` package names sheets."""
    return {(sheet.upper(), cell): value for (sheet, cell), value in cells.items()}


@pytest.mark.office
def test_libreoffice_comes_to_the_same_numbers(path: Path, tmp_path: Path) -> None:
    twin = tmp_path / "twin.xlsx"
    expected = recalculation.cached(path)
    assert recalculation.spoil(path, twin) == len(expected) > 10_000
    office = tool("office")
    assert office
    compare(expected, recalculation.by_office(twin, tmp_path, office))


@pytest.mark.slow
@pytest.mark.office
def test_libreoffice_comes_to_the_same_numbers_for_all_that_may_be_declared(
    tmp_path: Path,
) -> None:
    """Recalculated with other inputs of the declared terms than those that are cached."""
    case = finance.case(load(small.HERE / "whole.yaml"), "modules", as_of=small.AS_OF)
    source, changed = tmp_path / "whole.xlsx", tmp_path / "changed.xlsx"
    finance.write_workbook(finance.run(case), source)
    changes = {
        "minimum_cash": ("Неснижаемый остаток денег", 60e6),
        "capex.building.residual": ("Корпус: цена продажи при ликвидации, без НДС", 12e6),
        "loans.bank.refund.lag": ("Кредит: возмещение, выплата через", 4.0),
        "dividends.month": ("Дивиденды: месяц выплаты", 7.0),
        "closing.months": ("Ликвидация", 3.0),
        "vat_first_payment": ("НДС: первый платёж после квартала через", 2.0),
        "loans.kip.floating.soft": ("Кредит платформы: льготная ставка", 20.0),
        "batches.first.cap": ("Субсидия прибору: предел", 15e6),
    }
    book = openpyxl.load_workbook(source)
    for title, value in changes.values():
        book["Вводные"][where(source, title)] = value
    book.save(changed)
    expected = finance.run(case, {id: [value] for id, (_, value) in changes.items()})
    assert finance.checks(expected)[0].passed
    again = tmp_path / "expected.xlsx"
    finance.write_workbook(expected, again)
    office = tool("office")
    assert office
    compare(without_irr(again, expected), recalculation.by_office(changed, tmp_path, office))


def test_printed_tables_are_whole() -> None:
    """No table of «Итоги» is parted by a page break, and the months are not printed."""
    stream = io.BytesIO(workbook_bytes(full()))
    book = openpyxl.load_workbook(stream)
    page = book["Итоги"]
    heads = [row[0].row for row in page.iter_rows(max_col=1) if row[0].value == "Рубли"]
    breaks = [one.id for one in page.row_breaks.brk]
    assert breaks
    assert {at + 2 for at in breaks} <= {*heads, _ledger_row(page) + 1}
    assert book["Расчёт"].print_area.endswith(f"$E${book['Расчёт'].max_row}")


def _ledger_row(page: Any) -> int:
    title = "Кто сколько получил и заплатил за весь срок"
    return next(row[0].row for row in page.iter_rows(max_col=1) if row[0].value == title)


@pytest.mark.slow
@pytest.mark.office
def test_input_changed_in_the_workbook_changes_everything_as_in_python(
    path: Path, tmp_path: Path
) -> None:
    changes = {
        PRICE: ("Модуль: цена без НДС", 6123.0),
        "discount.rate": ("Ставка дисконтирования за год", 0.17),
        "vat_refund_lag": ("Возмещение НДС через", 5.0),
        "construction_months": ("Строительство и пуск", 9.0),
        "loans.frp.grace": ("Заём: льготный срок", 30.0),
        "working_capital.receivable_days": ("Отсрочка покупателям", 75.0),
    }
    book = openpyxl.load_workbook(path)
    for title, value in changes.values():
        book["Вводные"][where(path, title)] = value
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    office = tool("office")
    assert office
    found = recalculation.by_office(changed, tmp_path, office)
    expected = finance.run(small.case(), {id: [value] for id, (_, value) in changes.items()})
    assert expected.values.figure("project.npv")[0] != full().values.figure("project.npv")[0]
    again = tmp_path / "expected.xlsx"
    finance.write_workbook(expected, again)
    compare(without_irr(again, expected), found)


# form

REFERENCE = re.compile(r"(?<![A-Za-z'$])(\$?)([A-Z]{1,3})(\$?)(\d+)")


def relative(formula: str, row: int, column: int) -> str:
    """A formula in R1C1, so that copies along a row read the same."""

    def one(match: re.Match[str]) -> str:
        fixed_column, letters, fixed_row, number = match.groups()
        at = range_boundaries(f"{letters}{number}")
        across = f"C{at[0]}" if fixed_column else f"C[{at[0] - column}]"
        down = f"R{at[1]}" if fixed_row else f"R[{at[1] - row}]"
        return down + across

    return REFERENCE.sub(one, formula)


def test_every_row_has_one_formula(path: Path) -> None:
    page = openpyxl.load_workbook(path)["Расчёт"]
    rows = 0
    for row in page.iter_rows(min_row=3, min_col=7):
        written = {relative(c.value, c.row, c.column) for c in row if isinstance(c.value, str)}
        assert len(written) <= 1, f"row {row[0].row}: {written}"
        assert all(c.value is not None for c in row) or all(c.value is None for c in row)
        rows += bool(written)
    assert rows == len(full().case.network.lines) + 1


def test_formulas_hold_no_numbers_of_their_own(path: Path) -> None:
    allowed = {"0", "1", "2", "3", "12"}
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    bare = re.sub(r"'[^']*'!|\"[^\"]*\"|\$?[A-Z]{1,3}\$?\d+", "", cell.value)
                    numbers = set(re.findall(r"\d+(?:\.\d+)?", bare))
                    assert numbers <= allowed, (sheet.title, cell.coordinate, cell.value)


def test_functions_are_old_english_and_in_the_glossary(path: Path) -> None:
    used: set[str] = set()
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    used |= set(re.findall(r"([A-Z][A-Z0-9.]*)\(", cell.value))
    assert used <= {english for english, _ in FUNCTIONS}
    assert not used & {"OFFSET", "INDIRECT", "XLOOKUP", "LET", "NPV"}


def test_nothing_is_hidden_or_locked_and_names_are_ids_of_results(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == SHEETS
    listed = {f"f.{row[0].value}" for row in book["Числа"].iter_rows(min_row=4)}
    assert "f.modules.project.npv" in book.defined_names
    assert set(book.defined_names) <= listed
    assert all("'Итоги'!$B$" in name.attr_text for name in book.defined_names.values())
    for sheet in book.worksheets:
        assert sheet.sheet_state == "visible"
        assert not sheet.protection.sheet
        assert not any(d.hidden for d in sheet.row_dimensions.values())
        assert not any(d.hidden for d in sheet.column_dimensions.values())
        assert sheet.freeze_panes or sheet.title == "Глоссарий"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9


def test_every_input_stands_with_owner_source_and_status(path: Path) -> None:
    page = openpyxl.load_workbook(path)["Вводные"]
    rows = {row[0].value: row for row in page.iter_rows(min_row=4, values_only=False)}
    price = [cell.value for cell in rows["Модуль: цена без НДС"]]
    assert price[:3] == ["Модуль: цена без НДС", 5000, "₽/шт."]
    assert price[4:7] == ["Иванова И. И.", "письмо", "оценка"]
    vat = [cell.value for cell in rows["Ставка НДС"]]
    assert vat[1] == 0.22
    assert vat[6] == "по публикации"
    for item in full().case.inputs:
        assert item.title in rows, item.id


def test_sensitivity_shows_every_input_and_says_that_excel_does_not_count_it(path: Path) -> None:
    page = openpyxl.load_workbook(path)["Чувствительность"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=5)]
    drawn = finance.tornado(full().case, spread=None)
    assert [row[0] for row in rows] == [one.title for one in drawn]
    for row, one in zip(rows, drawn, strict=True):
        shown = [one.value, one.low, one.high, one.npv_low, one.npv_high, one.swing]
        assert row[2:8] == pytest.approx(shown, rel=1e-12)
    zeros = {value.title: value.at_zero for value in finance.switching_values(full().case)}
    for row in rows:
        zero = zeros[row[0]]
        assert row[8] == ("нигде" if zero is None else pytest.approx(zero, rel=1e-12))
    assert page["A2"].value.startswith("Расчёт вне Excel")


def test_sensitivity_is_that_of_the_scenario_shown() -> None:
    price = "products.module.price"
    dear = finance.run(short().case, {price: [5000.0, 6000.0]})
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(dear, scenario=1)))
    rows = {row[0]: row for row in book["Чувствительность"].iter_rows(values_only=True)}
    assert rows["Модуль: цена без НДС"][2] == 6000


def test_same_results_give_the_same_bytes() -> None:
    assert workbook_bytes(short()) == workbook_bytes(finance.run(short().case))


def test_text_of_people_never_becomes_a_formula(tmp_path: Path) -> None:
    plan = small.cluster().projects[0]
    product = plan.products[0].model_copy(update={"title": '=HYPERLINK("http://x","y")'})
    result = finance.run(
        small.case(horizon_months=24, products=(product,), title="=1+1 & <b>«Ёлка»</b>")
    )
    target = tmp_path / "text.xlsx"
    finance.write_workbook(result, target)
    page = openpyxl.load_workbook(target)["Вводные"]
    assert page["A1"].value == "=1+1 & <b>«Ёлка»</b>: вводные"
    assert page["A1"].data_type == "s"
    found = [c for row in page.iter_rows(max_col=1) for c in row if "HYPERLINK" in str(c.value)]
    assert found
    assert all(cell.data_type == "s" for cell in found)


def test_several_projects_stand_in_one_workbook(tmp_path: Path) -> None:
    target = tmp_path / "several.xlsx"
    finance.write_workbook([short(), short()], target)
    names = openpyxl.load_workbook(target).sheetnames
    assert names[:2] == ["1 Вводные", "1 Расчёт"]
    assert names[5:] == [*(f"2 {name}" for name in SHEETS[:5]), *SHEETS[5:]]
    cells = recalculation.cached(target)
    formulas = openpyxl.load_workbook(target)["2 Итоги"]
    assert "'2 Расчёт'!" in formulas[where(target, "Чистый доход (ЧД)", "2 Итоги")].value
    assert len({sheet for sheet, _ in cells}) == 6


def test_workbook_without_results_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FinanceError, match="хотя бы один"):
        finance.write_workbook([], tmp_path / "none.xlsx")
    assert not (tmp_path / "none.xlsx").exists()


def test_project_without_irr_says_so(tmp_path: Path) -> None:
    result = finance.run(small.case(horizon_months=24), {PRICE: [1.0]})
    target = tmp_path / "loss.xlsx"
    finance.write_workbook(result, target)
    cells = recalculation.cached(target)
    address = where(target, "Внутренняя норма доходности (ВНД) за год", "Итоги")
    assert cells["Итоги", address] == "нет ВНД"
    text = openpyxl.load_workbook(target)["Итоги"]
    row = int(address[1:]) + 1
    assert "не существует" in text[f"B{row}"].value
    assert "расчёт вне Excel" in text[f"A{row}"].value


def test_column_of_the_last_month() -> None:
    assert get_column_letter(7 + 299) == "KT"
