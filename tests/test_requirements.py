"""Requirements on a cluster: cases that a lawyer can read, and what no verdict may say."""

from __future__ import annotations

import datetime
import functools
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import cluster as c
from course import requirements
from course.errors import NormError
from course.files import Yaml, read_yaml
from course.requirements import Outcome, Verdict

ROOT = Path(__file__).parents[1]
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted((ROOT / "tests" / "requirements").glob("*.yaml"))
    for case in read_yaml(path).data
]
NOW = datetime.date(2026, 11, 22)


def card(name: str, about: dict[str, Any] | None) -> dict[str, Any]:
    about = dict(about or {})
    region = "special" if about.pop("region", None) else "r"
    return {
        "id": name, "name": f"Фирма {name}", "role": "supplier", "region": "r",
        "production_region": region, "final_producer": False, **about,
    }  # fmt: skip


def contract(number: int, text: str) -> dict[str, Any]:
    pair, link, status, years = text.split()
    (supplier, buyer), (since, until) = pair.split(">"), years.split("-")
    return {
        "id": f"k{number}", "supplier": supplier, "buyer": buyer, "link": link, "status": status,
        "product": "Деталь", "value": 1000, "since": datetime.date(int(since), 1, 1),
        "until": datetime.date(int(until), 12, 31),
    }  # fmt: skip


def cluster_of(case: dict[str, Any]) -> c.Cluster:
    """The cluster of a case: only what the case says, the rest left out."""
    special = [about["region"] for about in case["members"].values() if about and "region" in about]
    data: dict[str, Any] = {
        "format": 1, "standing": "synthetic", "team": {"id": "t", "title": "Т"}, "title": "К",
        "okved": "26", "reporting_year": 2025,
        "regions": [{"id": "r", "title": "Северная область"}]
        + [{"id": "special", "title": title} for title in special],
        "members": [card(name, about) for name, about in case["members"].items()],
        "contracts": [contract(n, text) for n, text in enumerate(case.get("contracts", []))],
    }  # fmt: skip
    if "confirmed" in case:
        data["confirmed"] = case["confirmed"]
    if "organisation" in case:
        part = 1 / len(case["organisation"])
        founders = [{"member": name, "share": part} for name in case["organisation"]]
        data["specialised_organisation"] = {
            "name": "Ассоциация", "form": "ассоциация", "region": "r", "founders": founders,
        }  # fmt: skip
    return c.parse(Yaml(Path("case.yaml"), data, {}))


@pytest.mark.parametrize("case", CASES)
def test_case_that_a_lawyer_can_read(case: dict[str, Any]) -> None:
    known = {
        "name",
        "on",
        "members",
        "contracts",
        "organisation",
        "confirmed",
        "expected",
        "says",
        "silent",
    }
    assert set(case) <= known
    found = {v.rule: v for v in requirements.check(cluster_of(case), on=case["on"])}
    for rule, outcome in case["expected"].items():
        verdict = found[f"cluster.{rule}"]
        assert verdict.outcome == outcome, (rule, verdict.evidence)
    first = found[f"cluster.{next(iter(case['expected']))}"]
    told = "; ".join((*first.evidence, *first.changes)).replace("\u00a0", " ").replace(": ", " — ")
    for words in case.get("says", "").split("; "):
        assert words in told, told
    assert "silent" not in case or case["silent"] not in told


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 40
    assert len({case.values[0]["name"] for case in CASES}) == len(CASES)


@functools.cache
def example() -> c.Cluster:
    return c.load(ROOT / "teams" / "radioelectronics" / "cluster.yaml")


def test_example_lacks_one_contract() -> None:
    verdict = requirements.check(example(), on=NOW)[0]
    assert verdict.outcome is Outcome.FAIL
    assert verdict.evidence == ("Без засчитываемого договора: «Ферролад»",)
    assert "Намоткон" in verdict.changes[0]
    assert verdict.edition is not None
    assert "каждый участник промышленного кластера заключил" in verdict.edition.quotation


def days() -> st.SearchStrategy[datetime.date]:
    return st.dates(datetime.date(2015, 7, 31), datetime.date(2035, 1, 1))


@given(days())
def test_no_verdict_on_what_is_not_confirmed(on: datetime.date) -> None:
    """A pass or a fail stands only on an edition that somebody has read."""
    for verdict in requirements.check(example(), on=on):
        if verdict.outcome in (Outcome.PASS, Outcome.FAIL):
            assert verdict.edition is not None
            assert verdict.edition.known
            assert verdict.edition.standing.confirmed
        if verdict.outcome is Outcome.FAIL:
            assert verdict.changes


@given(days())
def test_every_verdict_names_rule_edition_and_evidence(on: datetime.date) -> None:
    verdicts: tuple[Verdict, ...] = requirements.check(example(), on=on)
    assert len({verdict.rule for verdict in verdicts}) == len(verdicts)
    for verdict in verdicts:
        assert verdict.evidence
        assert not re.search(r"соответству(ет|ют) (постановлению|ПП|закону)", verdict.statement)
        assert "на этих данных" in verdict.statement or verdict.edition is None


def test_day_before_the_decree_is_refused() -> None:
    with pytest.raises(NormError, match="нет редакции"):
        requirements.check(example(), on=datetime.date(2015, 7, 30))


def test_edition_of_a_day() -> None:
    assert str(requirements.edition(datetime.date(2022, 3, 1)).value).startswith("E3")
    assert str(requirements.edition(NOW).value).startswith("E6")


def test_aggregate_reading_takes_the_lower_threshold_where_territories_allow() -> None:
    on = datetime.date(2022, 3, 1)
    members = {name: {"territory": "geostrategic", "output": 100_000} for name in "ab"}
    case = {"members": members, "contracts": ["a>b supply signed 2025-2027"]}
    aggregate = requirements.readings(cluster_of(case), on=on)[1]
    assert aggregate.threshold is not None
    assert aggregate.threshold.number == 0.1
    plain = {name: {"territory": "none", "output": 100_000} for name in "ab"}
    aggregate = requirements.readings(cluster_of({**case, "members": plain}), on=on)[1]
    assert aggregate.threshold is not None
    assert aggregate.threshold.number == 0.2
