"""The level of break-even by years, against sums of the printed statement."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from course import finance
from course.cluster import load

ROOT = Path(__file__).parents[1]


def test_profit_before_tax_is_zero_at_the_level() -> None:
    cluster = load(ROOT / "teams/electrical/cluster.yaml")
    case = finance.case(cluster, "dry_transformers", as_of=datetime.date(2026, 11, 22))
    result = finance.run(case)
    income = finance.statements(result)["income"]
    levels = finance.break_even_by_year(result)
    assert levels
    assert set(levels) <= set(income.columns)
    for year, level in levels.items():
        column = income[year]
        margin = column["Выручка без НДС"] + column["Материалы"]
        kept = margin - column["Прибыль до налога"]  # all costs that do not follow the volume
        if level is None:
            assert margin <= 0
        elif "Продажа имущества" not in income.index:
            assert level * margin == pytest.approx(kept)
    assert sorted(levels) == list(levels)


def test_discounted_inflows_less_outflows_are_the_npv() -> None:
    cluster = load(ROOT / "teams/electrical/cluster.yaml")
    result = finance.run(
        finance.case(cluster, "dry_transformers", as_of=datetime.date(2026, 11, 22))
    )
    index = finance.cost_index_of(result)
    step = 1.2 ** (1 / 12)
    gained = [result.row(id) for id in ("receipts", "vat.refunded")]
    inflows = sum(float(v) / step**n for row in gained for n, v in enumerate(row))
    npv = finance.indicators_of(result).npv
    assert index == pytest.approx(inflows / (inflows - npv), rel=0.02)
    assert index is not None
    assert (index > 1) == (npv > 0)
