"""Risk: distributions from the owners' bounds, correlations, the model behind every scenario."""

from __future__ import annotations

import datetime
from pathlib import Path

import numpy as np
import pytest

from course import cluster
from course.errors import FinanceError
from course.finance import indicators
from course.finance.lines import Input
from course.finance.model import Case, case
from course.finance.results import indicators_of, run
from course.finance.risk import CHUNK, Risk, simulate, verdicts
from course.finance.spreads import Shape, Spread, draws, spreads_of

ROOT = Path(__file__).parents[1]
DAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def project() -> Case:
    plan = cluster.load(ROOT / "teams" / "radioelectronics" / "cluster.yaml")
    return case(plan, "power_modules", as_of=DAY)


@pytest.fixture(scope="module")
def risk(project: Case) -> Risk:
    return simulate(project, 3000, seed=7)


def figure(status: str, low: float | None, high: float | None, **more: str) -> Input:
    return Input("a", "Цена", "₽", 10.0, status=status, low=low, high=high, **more)


def spread(id: str, shape: Shape, low: float = 0.0, value: float = 3.0, high: float = 10.0):
    return Spread(id, id, "", value, low, high, shape)


# distributions


@pytest.mark.parametrize(
    ("status", "shape"),
    [("факт", Shape.PERT), ("оценка", Shape.TRIANGLE), ("допущение", Shape.UNIFORM)],
)
def test_the_less_firm_the_wider(status: str, shape: Shape) -> None:
    (found,) = spreads_of([figure(status, 8.0, 13.0)])
    assert (found.low, found.value, found.high, found.shape) == (8.0, 10.0, 13.0, shape)


def test_what_does_not_vary() -> None:
    rate = Input("discount.rate", "Ставка", "", 0.2, status="допущение", low=0.1, high=0.3)
    norm = figure("допущение", 1.0, 20.0, norm="tax.vat.rate")
    assert (
        spreads_of([figure("факт", None, None), figure("решение команды", 1, 20), norm, rate]) == ()
    )


def test_bounds_that_miss_the_value_are_refused() -> None:
    with pytest.raises(FinanceError, match="не охватывают значение 10"):
        spreads_of([figure("оценка", 11.0, 12.0)])


@pytest.mark.parametrize(
    ("shape", "mean", "variance"),
    [
        (Shape.UNIFORM, 5.0, 100 / 12),
        (Shape.TRIANGLE, 13 / 3, (0 + 9 + 100 - 0 - 0 - 30) / 18),
        (Shape.PERT, (0 + 4 * 3 + 10) / 6, (22 / 6) * (10 - 22 / 6) / 7),
    ],
)
def test_moments_are_those_of_the_textbook(shape: Shape, mean: float, variance: float) -> None:
    values = draws([spread("a", shape)], 200_000, seed=3)["a"]
    assert values.min() >= 0
    assert values.max() <= 10
    assert values.mean() == pytest.approx(mean, abs=0.03)
    assert values.var() == pytest.approx(variance, rel=0.02)


def test_equal_bounds_are_a_constant() -> None:
    values = draws([spread("a", Shape.PERT, 3.0, 3.0, 3.0)], 5, seed=1)["a"]
    assert values.tolist() == [3.0] * 5


def test_a_seed_gives_the_same_scenarios_whoever_else_varies() -> None:
    one = draws([spread("a", Shape.PERT), spread("b", Shape.UNIFORM)], 50, seed=5)
    same = draws([spread("a", Shape.PERT)], 50, seed=5)
    other = draws([spread("a", Shape.PERT)], 50, seed=6)
    assert one["a"].tolist() == same["a"].tolist() != other["a"].tolist()


# correlations


@pytest.mark.parametrize("rank", [-0.8, -0.3, 0.0, 0.5, 0.9])
def test_ranks_correlate_as_asked_and_distributions_stay(rank: float) -> None:
    pair = [spread("a", Shape.PERT), spread("b", Shape.UNIFORM)]
    free = draws(pair, 50_000, seed=2)
    tied = draws(pair, 50_000, seed=2, correlations={("a", "b"): rank})
    for id in ("a", "b"):
        assert np.sort(tied[id]).tolist() == np.sort(free[id]).tolist()
    places = [np.argsort(np.argsort(tied[id])) for id in ("a", "b")]
    assert np.corrcoef(*places)[0, 1] == pytest.approx(rank, abs=0.02)


@pytest.mark.parametrize(
    ("correlations", "words"),
    [
        ({("a", "x"): 0.5}, "x: у величины нет разброса"),
        ({("a", "b"): 1.5}, "ранговая корреляция 1.5 невозможна"),
        ({("a", "a"): 0.5}, "невозможна"),
        ({("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): -0.9}, "несовместимы"),
    ],
)
def test_impossible_correlations_are_refused(correlations: dict, words: str) -> None:
    three = [spread(id, Shape.UNIFORM) for id in "abc"]
    with pytest.raises(FinanceError, match=words):
        draws(three, 10, 1, correlations)


# the model in many scenarios


def test_a_scenario_equals_the_single_run(project: Case, risk: Risk) -> None:
    for number in (0, 499, 500, 2999):  # both sides of a chunk's border
        inputs = {id: [column[number]] for id, column in risk.inputs.items()}
        single = indicators_of(run(project, inputs))
        assert risk.npv[number] == pytest.approx(single.npv, rel=1e-12, abs=1e-3)
        assert risk.equity_npv[number] == pytest.approx(single.equity_npv, rel=1e-12, abs=1e-3)
        assert risk.cash_lowest[number] == pytest.approx(single.cash_min, rel=1e-12)
        if single.irr.value is None:
            assert np.isnan(risk.irr.values[number])
        else:
            assert risk.irr.values[number] == pytest.approx(single.irr.value, rel=1e-9)


def test_probabilities_and_quantiles(risk: Risk) -> None:
    assert risk.scenarios == 3000
    assert risk.loss_probability == np.count_nonzero(risk.npv < 0) / 3000
    assert risk.quantile(0.05) < risk.quantile(0.5) < risk.quantile(0.95)
    assert risk.mean == pytest.approx(risk.npv.mean())
    assert risk.mean_loss is not None
    assert risk.mean_loss < 0
    assert 0 <= risk.shortfall_probability <= 1
    assert sum(verdicts(risk).values()) == pytest.approx(1)
    assert risk.irr_probability == pytest.approx(
        verdicts(risk).get(indicators.IrrVerdict.EXISTS, 0.0)
    )
    assert risk.error_of(0.5) == pytest.approx(0.5 / 3000**0.5)


def test_where_irr_exists_above_the_rate_npv_is_above_zero(project: Case, risk: Risk) -> None:
    rate = project.input("discount.rate").value
    above = risk.irr.values[risk.irr.exists] > rate
    assert ((risk.npv[risk.irr.exists] > 0) == above).all()


def test_prices_drive_up_and_costs_drive_down(risk: Risk) -> None:
    by_id = {driver.id: driver.correlation for driver in risk.drivers}
    assert by_id["products.module_150.price"] > 0.1
    assert by_id["products.module_150.materials.transistors.price"] < 0
    strengths = [abs(driver.correlation) for driver in risk.drivers]
    assert strengths == sorted(strengths, reverse=True)
    assert max(strengths) <= 1


def test_a_project_in_which_nothing_varies_is_refused(project: Case) -> None:
    with pytest.raises(FinanceError, match="нечему меняться"):
        simulate(project, 10, spreads=())
    with pytest.raises(FinanceError, match="хотя бы один сценарий"):
        simulate(project, 0)


def test_progress_is_told(project: Case) -> None:
    told: list[tuple[int, int, str]] = []
    simulate(project, CHUNK + 1, seed=1, progress=lambda *part: told.append(part))
    assert told == [(0, CHUNK + 1, "сценарии"), (CHUNK, CHUNK + 1, "сценарии")]
