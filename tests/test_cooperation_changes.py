"""What if a member leaves, a contract falls away or a plan is signed; sums by region; dues."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import cluster as c
from course import cooperation as k
from course.errors import ClusterError

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def rivers() -> c.Cluster:
    return c.load(ROOT / "assignments/05_members/data/cluster.yaml")


def test_the_webinars_copy_is_the_teams_file(rivers: c.Cluster) -> None:
    team = c.load(ROOT / "teams/radioelectronics/cluster.yaml")
    assert [member.id for member in rivers.members] == [member.id for member in team.members]
    for ours, theirs in zip(rivers.members, team.members, strict=True):
        for key in ("name", "role", "region", "production_region", "group", "output", "joined"):
            assert getattr(ours, key) == getattr(theirs, key), (ours.id, key)
    for contract in rivers.contracts:
        theirs_too = team.contract(contract.id)
        for key in ("supplier", "buyer", "link", "value", "since", "until", "status"):
            assert getattr(contract, key) == getattr(theirs_too, key), (contract.id, key)
    assert len(rivers.contracts) == len(team.contracts)


@pytest.mark.parametrize(
    ("leaver", "affiliates", "alone"),
    [
        ("seimokontakt", True, ["tuskopolimer"]),
        ("donelement", True, ["university"]),
        ("okaluch", True, []),
        ("okaluch", False, ["vereya_sborka"]),
        ("mikrovereya", True, []),
        ("ferrolad", True, []),
    ],
)
def test_who_is_left_alone(
    rivers: c.Cluster, leaver: str, affiliates: bool, alone: list[str]
) -> None:
    found = k.left_alone(rivers, leaver, affiliates=affiliates)
    assert [member.id for member in found] == alone


def test_who_was_alone_before_is_not_named(rivers: c.Cluster) -> None:
    inside = k.without_contract(rivers, "k16")  # the assembler keeps only its own group
    assert k.left_alone(inside, "okaluch", affiliates=False) == ()
    assert [member.id for member in k.left_alone(inside, "mikrovereya")] == ["vereya_sborka"]


def test_a_member_leaves_with_its_contracts(rivers: c.Cluster) -> None:
    left = k.without_member(rivers, "seimokontakt")
    assert len(left.members) == len(rivers.members) - 1
    gone = {contract.id for contract in rivers.contracts} - {each.id for each in left.contracts}
    assert gone == {"k11", "k12", "k13", "k14", "k18", "k25"}
    with pytest.raises(KeyError):
        k.without_member(rivers, "nobody")


def test_a_signed_plan_binds(rivers: c.Cluster) -> None:
    assert [member.id for member in k.isolated(rivers)] == ["ferrolad"]
    bound = k.signed(rivers, "k26")
    assert k.isolated(bound) == ()
    assert rivers.contract("k26").status is c.Standing.PLANNED
    assert [member.id for member in k.isolated(k.without_contract(bound, "k26"))] == ["ferrolad"]


def test_one_contract_more(rivers: c.Cluster) -> None:
    new = rivers.contract("k26").model_copy(
        update={"id": "k99", "buyer": "okaluch", "status": c.Standing.SIGNED}
    )
    assert k.isolated(k.with_contract(rivers, new)) == ()
    with pytest.raises(KeyError):
        k.with_contract(rivers, new.model_copy(update={"buyer": "nobody"}))


def test_sums_by_region(rivers: c.Cluster) -> None:
    here, there = k.regional(rivers), k.regional(rivers, "registration")
    assert here.loc["orel", "voronezh"] == 101_000_000
    assert here.loc["voronezh", "kursk"] == 6_000_000
    assert there.loc["orel", "voronezh"] == 38_000_000  # one assembler is registered elsewhere
    total = sum(contract.value for contract in k.counted(rivers))
    assert here.to_numpy().sum() == there.to_numpy().sum() == total == 1_248_000_000
    assert k.crossing(here) == pytest.approx(449 / 1248)
    assert k.crossing(there) == pytest.approx(404 / 1248)
    assert k.crossing(here * 0) is None


def test_the_crossing_share_agrees_with_the_contracts_between_regions(rivers: c.Cluster) -> None:
    counted = {contract.id for contract in k.counted(rivers)}
    over = sum(each.value for each in k.between_regions(rivers) if each.id in counted)
    share = k.crossing(k.regional(rivers))
    assert share == pytest.approx(over / sum(each.value for each in k.counted(rivers)))


def test_dues_by_hand(rivers: c.Cluster) -> None:
    paid = k.dues(rivers, 12_000_000, 0.5)
    # 6 million over 15 members, 6 million over 8 105 million of output
    assert paid["ferrolad"] == pytest.approx(400_000 + 6_000_000 * 60 / 8105)
    assert paid["university"] == 400_000
    heavy = k.burdens(rivers, paid)
    assert max(heavy, key=heavy.__getitem__) == "ferrolad"
    assert "university" not in heavy


@given(st.floats(0, 1e9), st.floats(0, 1))
def test_dues_add_up(budget: float, equal: float) -> None:
    paid = k.dues(c.load(ROOT / "assignments/05_members/data/cluster.yaml"), budget, equal)
    assert sum(paid.values()) == pytest.approx(budget, abs=1e-3)
    assert min(paid.values()) >= 0


def test_dues_that_cannot_be_split(rivers: c.Cluster) -> None:
    silent = rivers.model_copy(
        update={"members": tuple(m.model_copy(update={"output": None}) for m in rivers.members)}
    )
    for cluster, budget, equal in ((rivers, -1, 0.5), (rivers, 1, 1.5), (silent, 1, 0.5)):
        with pytest.raises(ClusterError, match="взносы не считаются"):
            k.dues(cluster, budget, equal)
