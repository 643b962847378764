"""Depreciation: hand arithmetic, identities, Excel's own examples, LibreOffice's results."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from course.errors import FinanceError
from course.finance import depreciation as dep
from tests.conftest import tool


def test_a_bonus_then_a_straight_line() -> None:
    """10,080 with 30 % at once: 3,024, and 7,056 over 84 months are 84 a month."""
    asset = dep.with_bonus(10080, 0.3, 84)
    assert (asset.bonus, asset.monthly) == pytest.approx((3024, 84))
    assert asset.expense(1, 12) == pytest.approx(3024 + 12 * 84)
    assert asset.expense(13, 24) == pytest.approx(12 * 84)
    assert asset.expense(73, 96) == pytest.approx(12 * 84)
    assert asset.expense(85, 96) == 0
    assert asset.total == pytest.approx(10080)
    assert asset.by_month(120).sum() == pytest.approx(10080)
    assert asset.by_month(120)[:2].tolist() == pytest.approx([3108, 84])


def test_a_line_by_rate_leaves_the_rest_to_the_last_period() -> None:
    assert dep.straight_line_schedule(220, 0.15, 7).tolist() == pytest.approx([33] * 6 + [22])
    assert dep.straight_line_schedule(100, 0.5, 4).tolist() == pytest.approx([50, 50, 0, 0])


def test_the_non_linear_method_takes_from_the_balance() -> None:
    assert dep.group_balance(1000, 0.5, 2) == pytest.approx(250)
    assert dep.group_depreciation(1000, 0.5, 3).tolist() == pytest.approx([500, 250, 125])
    assert dep.group_balance(1000, 0.038, 12) == pytest.approx(628.2042416712)


def test_examples_of_excel() -> None:
    assert dep.straight_line(30000, 7500, 10) == 2250
    assert dep.double_declining(2400, 300, 3650, 1) == pytest.approx(1.3150684932)
    assert dep.double_declining(2400, 300, 120, 1) == pytest.approx(40)
    assert dep.double_declining(2400, 300, 10, 2, 1.5) == pytest.approx(306)
    assert dep.double_declining(2400, 300, 10, 10) == pytest.approx(22.1225472)
    assert dep.variable_declining(2400, 300, 3650, 0, 1) == pytest.approx(1.3150684932)
    assert dep.variable_declining(2400, 300, 120, 6, 18) == pytest.approx(396.3060532649)
    assert dep.variable_declining(2400, 300, 120, 6, 18, 1.5) == pytest.approx(311.8089366582)
    assert dep.variable_declining(2400, 300, 10, 0, 0.875, 1.5) == pytest.approx(315)


LIFE = st.integers(1, 40)


@settings(deadline=None)
@given(st.floats(1, 1e9), st.floats(0, 0.9), LIFE, st.floats(1, 4))
def test_a_whole_life_takes_the_cost_less_salvage(
    cost: float, part: float, life: int, factor: float
) -> None:
    salvage = cost * part
    periods = range(1, life + 1)
    whole = pytest.approx(cost - salvage)
    assert dep.straight_line(cost, salvage, life) * life == whole
    assert sum(dep.sum_of_years(cost, salvage, life, period) for period in periods) == whole
    assert dep.variable_declining(cost, salvage, life, 0, life, factor) == whole
    declining = [dep.double_declining(cost, salvage, life, period, factor) for period in periods]
    assert sum(declining) <= (cost - salvage) * (1 + 1e-9)
    assert min(declining) >= 0


@settings(deadline=None)
@given(st.floats(1, 1e6), st.floats(0, 0.5), st.integers(2, 20), st.data())
def test_parts_of_a_span_add_up(cost: float, part: float, life: int, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, life), min_size=1, max_size=4)))
    for switch in (True, False):
        spans = zip([0, *cuts], [*cuts, life], strict=True)
        total = sum(
            dep.variable_declining(cost, cost * part, life, start, end, switch=switch)
            for start, end in spans
        )
        assert total == pytest.approx(
            dep.variable_declining(cost, cost * part, life, 0, life, switch=switch)
        )


def test_the_fixed_declining_method_has_a_part_year_at_both_ends() -> None:
    years = [dep.fixed_declining(1_000_000, 100_000, 6, year, 7) for year in range(1, 8)]
    assert years == pytest.approx(
        [186083.33, 259639.42, 176814.44, 120410.64, 81999.64, 55841.76, 15845.10], abs=0.01
    )
    assert dep.fixed_declining(0, 0, 5, 1) == 0


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        (lambda: dep.straight_line(1, 0, 0), "срок службы"),
        (lambda: dep.sum_of_years(1, 0, 5, 6), "периода 6 нет"),
        (lambda: dep.double_declining(1, 0, 5, 0), "периода 0 нет"),
        (lambda: dep.fixed_declining(1, 0, 5, 6), "периода 6 нет"),
        (lambda: dep.variable_declining(1, 0, 5, 3, 2), "отрезок от 3 до 2"),
        (lambda: dep.with_bonus(1, 30, 84), "доля должна быть от 0 до 1"),
        (lambda: dep.straight_line_schedule(1, 0, 5), "норма амортизации"),
    ],
)
def test_faulty_assets_are_refused(faulty: object, words: str) -> None:
    with pytest.raises(FinanceError, match=words):
        faulty()


@pytest.mark.office
def test_libreoffice_counts_the_same(tmp_path: Path) -> None:
    """Random assets as formulas without cached values, recalculated by LibreOffice."""
    generator = np.random.default_rng(7)
    formulas, expected = [], []
    for _ in range(150):
        cost = float(generator.integers(1000, 1_000_000))
        salvage = round(cost * float(generator.uniform(0, 0.4)), 2)
        life = int(generator.integers(2, 20))
        start, end = sorted(np.round(generator.uniform(0, life, 2), 2).tolist())
        factor = round(float(generator.uniform(1, 3)), 2)
        straight = int(generator.integers(0, 2))
        asset = f"{cost},{salvage},{life}"
        period = int(generator.integers(1, life + 1))
        month = int(generator.integers(1, 13))
        formulas += [
            f"=VDB({asset},{start},{end},{factor},{straight})",
            f"=DDB({asset},{period},{factor})",
            f"=DB({asset},{period},{month})",
            f"=SYD({asset},{period})",
        ]
        expected += [
            dep.variable_declining(cost, salvage, life, start, end, factor, not straight),
            dep.double_declining(cost, salvage, life, period, factor),
            dep.fixed_declining(cost, salvage, life, period, month),
            dep.sum_of_years(cost, salvage, life, period),
        ]
    book = tmp_path / "assets.xlsx"
    with xlsxwriter.Workbook(book) as workbook:
        sheet = workbook.add_worksheet()
        shape = workbook.add_format({"num_format": "0.0000000000"})
        for row, formula in enumerate(formulas):
            sheet.write_formula(row, 0, formula, shape, "")  # an empty cache is recalculated
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [
        str(tool("office")), profile, "--headless", "--convert-to", "csv",
        "--outdir", str(tmp_path), str(book),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    got = [float(row[0]) for row in csv.reader((tmp_path / "assets.csv").read_text().splitlines())]
    wrong = [
        (formula, value, other)
        for formula, value, other in zip(formulas, expected, got, strict=True)
        if abs(value - other) > 1e-6 * max(1.0, abs(value))
    ]
    assert wrong == []
