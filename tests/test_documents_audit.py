"""The audit of a cluster file, by cases that an official can read."""

from __future__ import annotations

import copy
import datetime
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from course import documents, files
from course.cluster import Cluster

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "teams" / "radioelectronics" / "cluster.yaml"
CASES = yaml.safe_load((ROOT / "tests" / "documents" / "audit.yaml").read_text("utf-8"))
DAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def example() -> Any:
    return files.read_yaml(EXAMPLE).data


def steps(place: str) -> list[str | int]:
    return [int(step) if step.isdigit() else step for step in re.findall(r"[^.\[\]]+", place)]


def changed(data: Any, case: dict[str, Any]) -> Cluster:
    """The example with the case's changes: the audit is asked even about what a loader refuses."""
    made = copy.deepcopy(data)
    for place, value in case.get("set", {}).items():
        *path, last = steps(place)
        part = made
        for step in path:
            part = part[step]
        part[last] = value
    for place in case.get("remove", ()):
        *path, last = steps(place)
        part = made
        for step in path:
            part = part[step]
        part.pop(last, None)
    return Cluster.model_validate(made)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_finding_names_document_place_and_owner(case: dict[str, Any], example: Any) -> None:
    audit = documents.audit(changed(example, case), DAY)
    found = [f for f in audit.findings if case["words"] in f.said]
    assert found, "\n".join(f.statement for f in audit.findings)
    finding = found[0]
    assert finding.kind == case["kind"]
    assert (finding.document, finding.place, finding.owner) == (
        case["document"], case["place"], case["owner"],
    )  # fmt: skip
    assert finding.owner in finding.statement
    assert any(finding.statement in line for line in audit.lines)


def test_readiness_counts_gaps_and_faults_but_no_notes(example: Any) -> None:
    whole = documents.audit(Cluster.model_validate(example), DAY)
    assert whole.passed + len(whole.todo) == whole.total
    assert 0 < whole.share < 1
    less = documents.audit(changed(example, {"remove": ["members[2].inn"]}), DAY)
    assert (less.passed, less.total) == (whole.passed - 1, whole.total)
    note = documents.audit(changed(example, {"set": {"projects[0].import_share.year": 2021}}), DAY)
    assert note.share == whole.share
    assert len(note.findings) == len(whole.findings) + 1


def test_rounding_never_makes_a_file_look_finished() -> None:
    nearly = documents.Audit("team", DAY, (), 9_999, 10_000)
    assert nearly.ready.startswith("99,9")
    assert documents.Audit("team", DAY, (), 3, 3).ready.startswith("100")


def test_a_mending_is_told_for_an_isolated_member(example: Any) -> None:
    audit = documents.audit(Cluster.model_validate(example), DAY)
    lonely = next(f for f in audit.findings if "Ферролад" in f.said and f.document == "Матрица")
    assert "Подписать планируемый договор" in lonely.remedy


def test_an_empty_cluster_is_told_all_that_is_missing() -> None:
    data = {
        "format": 1, "standing": "synthetic", "team": {"id": "empty", "title": "Команда"},
        "title": "Кластер", "okved": "26", "reporting_year": 2025,
        "regions": [{"id": "voronezh", "title": "Воронежская область"}], "members": [],
    }  # fmt: skip
    audit = documents.audit(Cluster.model_validate(data), DAY)
    said = " ".join(f.said for f in audit.todo)
    for words in ("участников нет", "проектов импортозамещения нет", "организация не названа"):
        assert words in said


def test_the_law_is_asked_on_the_day(example: Any) -> None:
    """Service companies could not be members before 28.09.2023 (№ 1585)."""
    cluster = Cluster.model_validate(example)
    early = documents.audit(cluster, datetime.date(2023, 9, 1))
    assert any("услуг" in f.said and f.kind == "fault" for f in early.findings)
    late = documents.audit(cluster, DAY)
    assert not any("услуг" in f.said and f.kind == "fault" for f in late.findings)


def test_the_second_way_asks_only_about_the_enterprise(example: Any) -> None:
    cluster = changed(example, {"remove": ["members[9].inn", "members[1].inn", "join.order"]})
    said = [finding.said for finding in documents.audit(cluster, DAY, "join").todo]
    assert "«Окалуч»: нет ИНН" in said
    assert "о кластере не указано: номер приказа о подтверждении" in said
    assert not [words for words in said if "Кристалегра" in words or "Ферролад" in words]
