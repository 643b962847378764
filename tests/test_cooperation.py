"""Cooperation: graph, matrix, isolated members, four readings of one dataset."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import cluster as c
from course import cooperation as k
from course.errors import ClusterError
from course.files import parse_yaml
from course.norms import norms

ROOT = Path(__file__).parents[1]
E3 = datetime.date(2022, 3, 1)
NOW = datetime.date(2026, 11, 22)

# The dataset of the course: A sells to B and C, B to C; C makes the final product.
ABC = k.Dataset(
    outputs={"A": 100, "B": 200, "C": 500},
    final=("C",),
    purchases={"C": 300},
    flows={("A", "B"): 30, ("A", "C"): 20, ("B", "C"): 20},
)


def small(*contracts: str, groups: tuple[str, str] = ("", "")) -> c.Cluster:
    """A cluster of a, b, c (a and b may share a group) with contracts `a>b supply signed 10`."""
    cards = "".join(
        f"  - {{ id: {name}, name: Фирма {name}, role: supplier, region: r, production_region: {r},"
        f" final_producer: false{f', group: {group}' if group else ''} }}\n"
        for name, r, group in (("a", "r", groups[0]), ("b", "r", groups[1]), ("c", "s", ""))
    )
    lines = ""
    for number, contract in enumerate(contracts):
        pair, link, status, value, *years = contract.split()
        supplier, buyer = pair.split(">")
        since, until = years or ("2025", "2026")
        lines += (
            f"  - {{ id: k{number}, supplier: {supplier}, buyer: {buyer}, link: {link},"
            f" product: Деталь, value: {value}, since: {since}-02-01, until: {until}-12-31,"
            f" status: {status} }}\n"
        )
    text = (
        "format: 1\nstanding: synthetic\nteam: { id: t, title: Т }\ntitle: К\nokved: '26'\n"
        "reporting_year: 2025\nregions: [{ id: r, title: Р }, { id: s, title: С }]\n"
        f"members:\n{cards}" + (f"contracts:\n{lines}" if lines else "")
    )
    return c.parse(parse_yaml(text, Path("cluster.yaml")))


def isolated(cluster: c.Cluster, **options: bool) -> list[str]:
    return [member.id for member in k.isolated(cluster, **options)]


@pytest.fixture(scope="module")
def example() -> c.Cluster:
    return c.load(ROOT / "teams" / "radioelectronics" / "cluster.yaml")


def test_r1_each_member() -> None:
    """A 50/100 = 50 %, B 20/200 = 10 %."""
    reading = k.readings(ABC)[0]
    assert reading.values == {"A": pytest.approx(0.5), "B": pytest.approx(0.1)}
    assert reading.holds(0.2) is False
    assert reading.below(0.2) == ("B",)
    assert reading.holds(0.1) is True


def test_r2_aggregate() -> None:
    """70/300 = 23,3 %."""
    reading = k.readings(ABC)[1]
    assert reading.value == pytest.approx(70 / 300)
    assert reading.holds(0.2) is True
    assert reading.holds(0.1) is True


def test_r3_purchases() -> None:
    """40/300 = 13,3 %."""
    reading = k.readings(ABC)[2]
    assert reading.value == pytest.approx(40 / 300)
    assert reading.holds(0.2) is False
    assert reading.holds(0.1) is True


def test_r4_contracts() -> None:
    reading = k.readings(ABC)[3]
    assert reading.values == {"A": 2, "B": 2, "C": 2}
    assert reading.holds(1) is True


def test_thresholds_come_from_the_norms_of_the_day() -> None:
    each, aggregate, purchases, contracts = k.readings(ABC, E3)
    assert each.threshold == norms["cluster.cooperation.share_each"].on(E3)
    assert aggregate.threshold is not None
    assert aggregate.threshold.number == 0.2
    assert purchases.threshold == aggregate.threshold
    assert contracts.threshold is None, "the contract rule is younger than that day"
    assert "порог 20 % (по публикации): ниже порога" in each.statement.replace("\u00a0", " ")
    assert "не ниже порога" in aggregate.statement


def test_unknown_threshold_is_said_to_be_unknown() -> None:
    each, _, _, contracts = k.readings(ABC, NOW)
    assert each.threshold is not None
    assert not each.threshold.known
    assert "Порог на этот день не известен" in each.statement
    assert contracts.threshold is not None
    assert contracts.threshold.number == 1
    assert "не ниже порога" in contracts.statement


def test_no_reading_speaks_of_conformity() -> None:
    for reading in (*k.readings(ABC, E3), *k.readings(ABC, NOW), *k.readings(ABC)):
        assert not re.search("соответствует", reading.statement)
        if reading.threshold is not None and reading.threshold.known:
            assert "а не заключение о соответствии" in reading.statement


def test_missing_data_are_no_zero() -> None:
    each, aggregate, purchases, _ = k.readings(k.Dataset(outputs={}, flows={("A", "B"): 1}))
    assert each.value is aggregate.value is purchases.value is None
    assert "данных не хватает" in each.statement
    assert each.holds(0.2) is None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"outputs": {"A": 10}, "flows": {("A", "B"): 11}}, "продажи в кластере больше выпуска"),
        ({"outputs": {}, "purchases": {"B": 5}, "flows": {("A", "B"): 6}}, "больше всех закупок"),
        ({"outputs": {"A": -1}}, "отрицательна"),
        ({"outputs": {"A": 5}, "flows": {("A", "A"): 1}}, "самому себе"),
    ],
)
def test_contradictory_data_are_refused(data: dict[str, object], words: str) -> None:
    with pytest.raises(ClusterError, match=words):
        k.Dataset(**data)  # type: ignore[arg-type]


def test_planned_contract_is_not_signed() -> None:
    assert isolated(small("a>b supply signed 10", "b>c supply planned 10")) == ["c"]
    assert isolated(small("a>b supply signed 10", "b>c supply signed 10")) == []


@pytest.mark.parametrize("link", ["project", "supply", "production_services", "spic"])
def test_four_kinds_of_contract_bind(link: str) -> None:
    assert isolated(small(f"a>b {link} signed 10")) == ["c"]


def test_other_contracts_do_not_bind() -> None:
    """Rent, a loan or teaching is no cooperation in production."""
    assert isolated(small("a>b other signed 10")) == ["a", "b", "c"]


def test_contract_begun_after_the_year_binds_but_is_not_in_the_sums() -> None:
    cluster = small("a>b supply signed 10 2026 2027", "b>c supply signed 7")
    assert isolated(cluster) == []
    assert k.matrix(cluster).to_numpy().sum() == 7
    assert k.dataset(cluster).partners("a") == 1


def test_contracts_inside_a_group_are_shown_and_can_be_left_out() -> None:
    cluster = small("a>b supply signed 10", "b>c supply signed 7", groups=("Г", "Г"))
    inside = {
        key: arc["affiliated"] for *_, key, arc in k.graph(cluster).edges(keys=True, data=True)
    }
    assert inside == {"k0": True, "k1": False}
    assert isolated(cluster) == []
    assert isolated(cluster, affiliates=False) == ["a"]


def test_firms_without_a_group_are_not_affiliated() -> None:
    assert not any(
        arc["affiliated"] for *_, arc in k.graph(small("a>b supply signed 1")).edges(data=True)
    )


def test_regions_are_those_of_production() -> None:
    cluster = small("a>b supply signed 10", "b>c supply signed 7", "a>c supply planned 7")
    assert [contract.id for contract in k.between_regions(cluster)] == ["k1"]
    assert [contract.id for contract in k.between_regions(cluster, "planned")] == ["k2"]


def test_what_would_mend_an_isolated_member(example: c.Cluster) -> None:
    assert isolated(example) == ["ferrolad"]
    nearest, *_, last = k.mendings(example, "ferrolad")
    assert nearest.contract == "k26"
    assert "Намоткон" in nearest.statement
    assert last.partner is None
    assert "одного из видов" in last.statement


def test_signing_the_planned_contract_mends(example: c.Cluster) -> None:
    planned = k.mendings(example, "ferrolad")[0].contract
    contracts = tuple(
        contract.model_copy(update={"status": c.Standing.SIGNED})
        if contract.id == planned
        else contract
        for contract in example.contracts
    )
    assert isolated(example.model_copy(update={"contracts": contracts})) == []


def test_project_partner_is_offered_as_mending() -> None:
    good = ROOT / "tests" / "cluster" / "good.yaml"
    text = good.read_text("utf-8").replace(
        "until: 2026-12-31, status: signed", "until: 2026-12-31, status: planned"
    )
    said = [mending.statement for mending in k.mendings(c.parse(parse_yaml(text, good)), "parts")]
    assert any("инициатором проекта «Модули»" in statement for statement in said)


def test_example_readings(example: c.Cluster) -> None:
    """By hand: donelement 306/1450 = 21,1 %; galvanolira 53/95 = 55,8 %; izmerogran 352/900."""
    each, aggregate, purchases, contracts = k.readings(k.dataset(example), NOW)
    assert each.values["donelement"] == pytest.approx(306 / 1450)
    assert each.values["galvanolira"] == pytest.approx(53 / 95)
    assert purchases.values["izmerogran"] == pytest.approx(352 / 900)
    assert aggregate.value == pytest.approx(
        sum(each.values[m.id] * (m.output or 0) for m in example.members if m.id in each.values)
        / sum(m.output or 0 for m in example.members if m.id in each.values)
    )
    assert contracts.below(1) == ("ferrolad",)
    assert "university" not in each.values
    assert "gromolad" not in each.values


LINKS = [link.value for link in c.Link]
CONTRACT = st.builds(
    "{}>{} {} {} {} {} {}".format,
    st.sampled_from("abc"), st.sampled_from("abc"), st.sampled_from(LINKS),
    st.sampled_from(["signed", "planned"]), st.integers(0, 10**6),
    st.integers(2024, 2026), st.integers(2026, 2028),
).filter(lambda text: text[0] != text[2])  # fmt: skip


@given(st.lists(CONTRACT, max_size=12))
def test_matrix_sums_equal_the_contracts_sums(contracts: list[str]) -> None:
    cluster = small(*contracts)
    for status in c.Standing:
        sums = k.matrix(cluster, status)
        counted = k.counted(cluster, status)
        assert sums.to_numpy().sum() == pytest.approx(sum(x.value for x in counted))
        for member in cluster.members:
            sold = sum(x.value for x in counted if x.supplier == member.id)
            assert sums.loc[member.id].sum() == pytest.approx(sold)
        assert all(x.link is not c.Link.OTHER and x.status is status for x in counted)


@given(st.lists(CONTRACT, max_size=12))
def test_isolated_exactly_when_no_signed_contract_binds(contracts: list[str]) -> None:
    cluster = small(*contracts)
    bound = {
        name
        for x in cluster.contracts
        if x.status == "signed" and x.link != "other"
        for name in (x.supplier, x.buyer)
    }
    assert set(isolated(cluster)) == {"a", "b", "c"} - bound
    reading = k.readings(k.dataset(cluster))[3]
    assert set(reading.below(1)) == set(isolated(cluster))


NAMES = "ABCDE"
SUMS = st.dictionaries(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda two: two[0] != two[1]),
    st.floats(0, 1e9), max_size=15,
)  # fmt: skip


@given(SUMS, st.sets(st.sampled_from(NAMES)), st.floats(0, 1e9))
def test_readings_lie_between_nothing_and_all(
    flows: dict[tuple[str, str], float], final: set[str], extra: float
) -> None:
    sold = {n: sum(v for (s, _), v in flows.items() if s == n) + extra for n in NAMES}
    bought = {n: sum(v for (_, b), v in flows.items() if b == n) + extra for n in NAMES}
    data = k.Dataset(sold, tuple(sorted(final)), bought, flows)
    for reading in k.readings(data)[:3]:
        assert reading.value is None or 0 <= reading.value <= 1 + 1e-9
        assert all(0 <= value <= 1 + 1e-9 for value in reading.values.values())


@given(SUMS)
def test_graph_of_sums(flows: dict[tuple[str, str], float]) -> None:
    made = k.graph_of(flows, NAMES)
    assert set(made) == set(NAMES)
    assert made.size(weight="value") == pytest.approx(sum(flows.values()))


def test_import_dependence() -> None:
    """40 / (100 − 20 + 40) = 33,3 %."""
    assert k.import_dependence(100, 20, 40) == pytest.approx(1 / 3)
    assert k.import_dependence(0, 0, 5) == 1
    assert k.IMPORT_CAUTIONS


@pytest.mark.parametrize("sums", [(0, 0, 0), (10, 20, 5), (-1, 0, 5), (10, 0, -5)])
def test_import_dependence_refuses(sums: tuple[float, float, float]) -> None:
    with pytest.raises(ClusterError, match="импортозависимость не считается"):
        k.import_dependence(*sums)


def test_localisation_by_value(example: c.Cluster) -> None:
    """Power module: imported components 690 ₽ in a price of 7 050 ₽."""
    product = example.project("power_modules").products[0]
    assert k.localisation(product) == pytest.approx(1 - 690 / 7050)
