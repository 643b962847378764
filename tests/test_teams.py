"""The invented teams: what each file says of its projects is what the model finds."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

import pytest

from course import cluster, finance
from course.cluster import Cluster, Provenance, figures
from course.finance import Goals, Lever
from course.finance.indicators import IrrVerdict

TEAMS = Path(__file__).parents[1] / "teams"
DAY = datetime.date(2026, 11, 22)
NAMES = ("bearings", "electrical", "radioelectronics")


@cache
def team(name: str) -> Cluster:
    return cluster.load(TEAMS / name / "cluster.yaml")


@cache
def result(name: str, project: str) -> finance.Result:
    return finance.run(finance.case(team(name), project, as_of=DAY))


@pytest.mark.parametrize("name", NAMES)
def test_team_is_invented_and_every_figure_has_its_source(name: str) -> None:
    found = team(name)
    assert found.standing is Provenance.SYNTHETIC
    assert found.team.id == name
    assert all((member.inn or "00").startswith("00") for member in found.members)
    people = {person.name for person in found.team.people}
    for plan in found.projects:
        for one in figures(plan):
            assert one.figure.owner in people, one.id
            assert one.figure.source, one.id


@pytest.mark.parametrize("name", NAMES)
def test_model_of_every_team_is_whole(name: str) -> None:
    for plan in team(name).projects:
        failed = {check.id for check in finance.checks(result(name, plan.id)) if not check.passed}
        assert failed <= {"check.shortage", "check.master"}, plan.id


@pytest.mark.parametrize("name", NAMES)
def test_all_who_take_part_in_a_cluster_gain_nothing_together(name: str) -> None:
    view = finance.cluster_view([result(name, plan.id) for plan in team(name).projects])
    assert abs(view.total) < 0.01
    members = {member.id for member in team(name).members}
    assert {share.id for share in view.members} <= members


def test_radioelectronics_shows_what_a_project_may_declare() -> None:
    modules, connectors, drivers = (
        result("radioelectronics", id) for id in ("power_modules", "connectors", "led_drivers")
    )
    last = [modules.row(line)[-1] for line in ("assets.closing", "receivable.closing", "vat.owed")]
    assert last == [0, 0, 0]
    assert modules.row("closing.sold")[-1] == pytest.approx(42e6 * 1.22)
    assert modules.values.figure("batches.sum")[0] == pytest.approx(60e6)
    assert modules.values.figure("dividends.sum")[0] > 0
    assert connectors.values.figure("project.terminal")[0] > 0
    assert any("имущество»: не подтверждено" in notice for notice in connectors.case.notices)
    assert drivers.values.figure("refund.sum")[0] > 0
    assert (drivers.row("loans.bank.drawn") > 0).sum() == 2


def test_firms_of_different_teams_are_different() -> None:
    known = [member.inn for name in NAMES for member in team(name).members]
    assert len(known) == len(set(known))


def test_hub_units_should_not_be_financed() -> None:
    weak = result("bearings", "hub_units")
    found = finance.indicators_of(weak)
    assert found.npv < 0
    assert found.equity_npv < 0
    assert found.irr.value is None
    assert found.irr.verdict is not IrrVerdict.EXISTS
    assert not found.feasible
    assert found.dscr_min is not None
    assert found.dscr_min < 1
    assert found.discounted_payback_months is None


@pytest.mark.parametrize("lever", list(Lever))
def test_no_support_saves_hub_units(lever: Lever) -> None:
    found = finance.calibrate(
        team("bearings"), "hub_units", lever, as_of=DAY, goals=Goals(dscr=None)
    )
    assert found.value is None
    assert found.equity_npv < 0


def test_dry_transformers_live_only_with_support() -> None:
    found = finance.without_support(
        team("electrical"), "dry_transformers", market_rate=0.18, as_of=DAY
    )
    assert found.depends
    assert found.before.npv < 0
    assert found.before.feasible
    assert found.before.dscr_min is not None
    assert found.before.dscr_min >= 1.2
    assert not found.after.feasible
    grant = finance.calibrate(team("electrical"), "dry_transformers", Lever.GRANT, as_of=DAY)
    assert grant.value is not None
    assert 0 < grant.value < grant.planned == 70e6


def test_power_modules_need_no_support() -> None:
    found = finance.indicators_of(result("radioelectronics", "power_modules"))
    assert found.npv > 0
    assert found.irr.value is not None
    assert found.irr.value > found.discount_rate


def test_connectors_lose_as_a_project_and_win_for_their_owner() -> None:
    found = finance.without_support(
        team("radioelectronics"), "connectors", market_rate=0.18, as_of=DAY
    )
    assert found.before.npv < 0
    assert found.depends
