"""The cluster file: what is read, what is refused and in which words."""

from __future__ import annotations

import copy
import datetime
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course import cluster as c
from course.errors import ClusterError, CourseError, FileError
from course.files import Yaml, parse_yaml, read_yaml

ROOT = Path(__file__).parents[1]
HERE = ROOT / "tests" / "cluster"
EXAMPLE = ROOT / "teams" / "radioelectronics" / "cluster.yaml"
GOOD = HERE / "good.yaml"
WHOLE = read_yaml(GOOD)
REFUSALS = sorted((HERE / "refusals").glob("*.yaml"))

# Words in Latin letters that a message may hold: keys of the file and values quoted from it.
LATIN = re.compile(r"[A-Za-z]{3,}(?: [A-Za-z]{2,})+")


def spoilt(case: Path) -> tuple[str, list[str]]:
    """The good file with one place replaced, and the words that the refusal must hold."""
    first = case.read_text("utf-8").splitlines()[0].removeprefix("# ")
    change = read_yaml(case).data
    text = GOOD.read_text("utf-8")
    assert text.count(change["was"]) == 1, change["was"]
    return text.replace(change["was"], change["now"]), first.split("; ")


def refusal(text: str) -> CourseError:
    with pytest.raises(CourseError) as caught:
        c.parse(parse_yaml(text, Path("cluster.yaml")))
    return caught.value


@pytest.fixture(scope="module")
def example() -> c.Cluster:
    return c.load(EXAMPLE)


def test_good_file_is_read() -> None:
    cluster = c.load(GOOD)
    assert cluster.member("maker").label == "ООО «Завод»"
    assert cluster.project("modules").buyers == ("user",)
    assert cluster.project("modules").budget == 146_400_000
    assert cluster.project("modules").end == datetime.date(2034, 1, 1)
    assert [source.kind for source in cluster.project("modules").sources] == ["own", "loan"]


@pytest.mark.parametrize("case", REFUSALS, ids=lambda case: case.stem)
def test_refusal(case: Path) -> None:
    text, words = spoilt(case)
    error = refusal(text)
    message = str(error).replace("\u00a0", " ")
    assert all(word in message for word in words), f"{words}\n{message}"
    assert "cluster.yaml" in message
    assert not LATIN.search(message), message


def test_all_faults_at_once() -> None:
    text = GOOD.read_text("utf-8")
    for was, now in (
        ("rate: { value: 0.05", "rate: { value: 18"),
        ("supplier: parts, buyer: maker", "supplier: parts, buyer: nobody"),
        ('inn: "0000000018"', 'inn: "0000000019"'),
        ("status: planned, project: modules", "status: maybe, project: other"),
        ("name: Фонд, share: 0.4", "name: Фонд, share: 0.7"),
        ("price: { value: 900, owner: Иванова И. И.", "price: { value: 900, owner: Петров П. П."),
        ("origin: cluster, supplier: parts", "origin: cluster, supplier: parst"),
    ):
        assert text.count(was) == 1
        text = text.replace(was, now)
    places = [fault.place.split(",")[0] for fault in refusal(text).faults]
    assert places == [
        "members[0].inn",
        "contracts[0].buyer",
        "contracts[1].project",
        "contracts[1].status",
        "specialised_organisation.founders",
        "projects[0].products[0].materials[0].price.owner",
        "projects[0].products[0].materials[0].supplier",
        "projects[0].loans[0].rate.value",
    ]


def test_broken_member_raises_no_noise() -> None:
    """Contracts with a member whose card is faulty are not told that the member is unknown."""
    text = GOOD.read_text("utf-8").replace('"0000000018"', '"0000000019"')
    assert len(refusal(text).faults) == 1


def test_absent_is_not_zero() -> None:
    cluster = c.load(GOOD)
    assert cluster.member("user").output is None
    assert cluster.member("parts").registries is None


def test_values_cannot_be_changed(example: c.Cluster) -> None:
    with pytest.raises(ValueError, match="frozen"):
        example.member("donelement").output = 1.0  # type: ignore[misc]


def test_file_of_another_kind() -> None:
    with pytest.raises(ClusterError, match="разделов"):
        c.parse(Yaml(Path("cluster.yaml"), [1, 2], {}))
    with pytest.raises(FileError, match="файла нет"):
        c.load(HERE / "no_such_file.yaml")


def test_schema_is_current() -> None:
    """Rebuild: python -m course.cluster teams/cluster.schema.json"""
    kept = json.loads((ROOT / "teams" / "cluster.schema.json").read_text("utf-8"))
    assert kept == json.loads(json.dumps(c.schema()))


def test_schema_speaks_russian() -> None:
    """Every key has a Russian title, every list of words a Russian explanation."""

    def parts(node: Any) -> Iterator[dict[str, Any]]:
        if isinstance(node, dict):
            yield node
            for value in node.values():
                yield from parts(value)
        elif isinstance(node, list):
            for value in node:
                yield from parts(value)

    for definition in parts(c.schema()):
        for name, described in (definition.get("properties") or {}).items():
            assert re.search("[а-яё]", described["title"].lower()), name
        if "enum" in definition and "description" not in definition:
            assert definition.get("title"), definition


@pytest.mark.parametrize("path", [EXAMPLE, GOOD], ids=["example", "good"])
def test_schema_accepts_what_is_read(path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    data = json.loads(json.dumps(read_yaml(path).data, default=str))
    validator = jsonschema.Draft202012Validator(c.schema())
    assert [error.message for error in validator.iter_errors(data)] == []


def test_example_names_its_schema() -> None:
    assert EXAMPLE.read_text("utf-8").splitlines()[0] == (
        "# yaml-language-server: $schema=../cluster.schema.json"
    )


def test_example_is_complete(example: c.Cluster) -> None:
    assert {region.id for region in example.regions} == {"voronezh", "kursk", "orel"}
    assert len(example.members) >= 12
    assert len(example.contracts) >= 20
    assert len(example.projects) == 3
    assert {member.role for member in example.members} == set(c.Role)
    assert {contract.status for contract in example.contracts} == set(c.Standing)
    assert {c.Link.OTHER, c.Link.PROJECT, c.Link.SUPPLY, c.Link.PRODUCTION_SERVICES} <= {
        contract.link for contract in example.contracts
    }
    assert example.specialised_organisation is not None
    groups = [member.group for member in example.members if member.group]
    assert len(groups) == 2
    assert len(set(groups)) == 1


def test_example_is_plausible(example: c.Cluster) -> None:
    for member in example.members:
        assert member.inn is not None
        assert member.inn.startswith("00")
        assert member.ogrn is not None
        assert member.ogrn[3:5] == "00"
        if member.headcount and member.payroll:
            assert 40_000 < member.payroll / member.headcount / 12 < 120_000
    for project in example.projects:
        assert project.start >= datetime.date(2027, 1, 1)
        assert 84 <= project.horizon_months <= 120
        assert 120e6 <= sum(item.amount.value for item in project.capex) <= 600e6
        assert project.okpd2 in {"27.11.5", "27.33.13", "26.11.22", "26.11.21"}
        assert all(loan.rate.status is c.Status.ASSUMPTION for loan in project.loans)
        for product in project.products:
            spent = sum(m.quantity.value * m.price.value for m in product.materials)
            assert 0.3 < spent / product.price.value < 0.7


def test_example_warns_of_what_a_jury_would_ask(example: c.Cluster) -> None:
    said = "\n".join(example.warnings)
    assert "У участника «Ферролад» договоры только планируются." in said
    assert "ставка 17 % — допущение команды" in said.replace("\u00a0", " ")
    assert not LATIN.search(said)


def test_regime_without_its_condition_warns() -> None:
    text = GOOD.read_text("utf-8").replace(
        "profit: general, contributions: general",
        "profit: radioelectronics, contributions: cluster_spic",
    )
    said = "\n".join(c.parse(parse_yaml(text, Path("cluster.yaml"))).warnings)
    assert "нет отметки о реестре" in said
    assert "подписанного СПИК у инициатора нет" in said


def test_every_figure_has_owner_source_and_status(example: c.Cluster) -> None:
    people = {person.name for person in example.team.people}
    for project in example.projects:
        named = c.figures(project)
        assert len({figure.id for figure in named}) == len(named) > 30
        assert {figure.figure.owner for figure in named} <= people
        assert all(re.search("[а-яё]", figure.title.lower()) for figure in named)
        assert {figure.unit for figure in named} == {"RUB", "share", "count", "days"}


def test_figure_names_stay_when_entries_change_places(example: c.Cluster) -> None:
    ids = {figure.id for figure in c.figures(example.project("power_modules"))}
    assert {"products.module_150.price", "loans.frp.rate", "discount.rate"} <= ids
    assert "products.module_150.materials.boards.quantity" in ids


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2027-01-01", 12, "2028-01-01"),
        ("2027-11-30", 3, "2028-02-01"),
        ("2027-05-01", 0, "2027-05-01"),
    ],
)
def test_later(start: str, months: int, expected: str) -> None:
    assert c.later(datetime.date.fromisoformat(start), months).isoformat() == expected


@given(st.from_regex(r"00[0-9]{7}", fullmatch=True))
def test_exactly_one_control_digit_of_inn(nine: str) -> None:
    card = WHOLE.data["members"][0]
    right = 0
    for digit in "0123456789":
        try:
            c.Member.model_validate({**card, "inn": nine + digit})
        except ValueError:
            continue
        right += 1
    assert right == 1


def places(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place of the data below the root."""
    entries = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in entries:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


PLACES = list(places(WHOLE.data))
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 400), st.floats(-1e300, 1e300),
    st.text(max_size=12), st.just([]), st.just({}), st.just([1]), st.just({"a": 1}),
    st.just(datetime.date(1990, 1, 1)), st.text(min_size=700, max_size=701),
)  # fmt: skip


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), JUNK), min_size=1, max_size=3))
def test_no_junk_gets_through_untold(changes: list[tuple[tuple[str | int, ...], Any]]) -> None:
    """Whatever stands anywhere: a cluster, or faults in Russian with a place; nothing else."""
    data = copy.deepcopy(WHOLE.data)
    for path, junk in changes:
        target = data
        try:
            for step in path[:-1]:
                target = target[step]
            target[path[-1]] = junk
        except (KeyError, IndexError, TypeError):
            continue
    try:
        c.parse(Yaml(Path("cluster.yaml"), data, WHOLE.lines))
    except ClusterError as error:
        for fault in error.faults:
            assert re.search("[а-яё]", fault.what), fault
            assert not LATIN.search(re.sub(r"«[^»]*»", "", f"{fault.what} {fault.remedy}")), fault
            assert fault.place, fault


def test_a_team_may_declare_its_own_organisations() -> None:
    """ИНН of existing organisations are accepted in a team's own file, which stays out of git."""
    text = GOOD.read_text("utf-8").replace("standing: synthetic", "standing: declared")
    numbers = sorted(set(re.findall(r'"(00\d{8})"', text)))
    for inn in numbers:
        text = text.replace(inn, with_control(f"77{inn[2:9]}"))
    cluster = c.parse(parse_yaml(text, Path("cluster.yaml")))
    assert cluster.standing.words == "данные команды"


def with_control(nine: str) -> str:
    """Nine digits with the control digit of an organisation's ИНН."""
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    return nine + str(sum(w * int(d) for w, d in zip(weights, nine, strict=True)) % 11 % 10)


def test_a_file_of_faults_ends_in_its_time(tmp_path: Path) -> None:
    path = tmp_path / "cluster.yaml"
    path.write_text("".join(f"k{number}: 1\n" for number in range(20_000)), "utf-8")
    with pytest.raises(ClusterError) as refusal:
        c.load(path)
    assert 500 < len(refusal.value.faults) < 1_100
