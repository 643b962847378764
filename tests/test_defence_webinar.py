"""Webinar 8 tells the package, the rubric and the planted faults as the domain has them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from course import cluster, documents, files
from course.defence import rehearsal, rubric
from course.documents.package import WAYS
from course.norms import norms
from course.programme import programme
from course.requirements import Outcome

FOLDER = Path(__file__).parents[1] / "assignments" / "08_defence"
DAY = programme.webinar(8).released
TEXT = (FOLDER / "assignment.py").read_text("utf-8")


def data(name: str):
    return files.read_yaml(FOLDER / "data" / name).data


@pytest.fixture(scope="module")
def taught():
    return cluster.load(FOLDER / "data" / "cluster.yaml")


def test_the_package_is_the_one_that_is_made() -> None:
    told = [(paper["number"], paper["title"], paper["norm"]) for paper in data("package.yaml")]
    assert told == [(entry.number, entry.title, entry.norm) for entry in WAYS["new"]]
    assert all(norms.under(norm) for *_, norm in told if norm)
    assert "бумаг семь" in TEXT
    assert len(WAYS["join"]) == 7


def test_the_planted_faults_are_what_the_audit_finds(taught) -> None:
    said = " | ".join(finding.statement for finding in documents.audit(taught, DAY).todo)
    for words in ("«Ферролад»: нет подписанного договора", "k02 (Платоград → Доноэлемент): срок",
                  "k26 (Ферролад → Намоткон): планируется", "банковских реквизитов",
                  "«Кристалегра»: нет ОГРН", "k04 (Микроверея → Доноэлемент): не назван",
                  "нет производителя аналога"):  # fmt: skip
        assert words in said
    assert len(documents.audit(taught, DAY).todo) == 7, said


def test_the_rehearsed_cluster_misses_one_gate_and_bears_what_the_text_says(taught) -> None:
    found = rehearsal.evidence(taught, on=DAY)
    gates = {row.gate.id: row.outcome for row in found.gates}
    assert [key for key, outcome in gates.items() if outcome is Outcome.FAIL] == ["G1"]
    assert all(row.sentences for row in found.rows if row.criterion.id != "defence")
    told = " ".join(sentence.said for row in found.rows for sentence in row.sentences)
    for figure in ("96,6", "−3,8", "1,01", "62\u00a0%", "40\u00a0%"):
        assert figure in told, f"the model opening and the mark scheme say {figure}"


def test_the_self_scoring_forms_have_the_rubric_s_rows() -> None:
    rules = rubric.load()
    for form, ids in (
        ("own_marks", [criterion.id for criterion in rules.criteria]),
        ("own_gates", [gate.id for gate in rules.gates]),
    ):
        cell = TEXT[TEXT.index(f'"{form}",') :]
        rows = cell[cell.index("rows={") : cell.index("},\n)")]
        assert re.findall(r'^\s+"(\w+)":', rows, re.MULTILINE) == ids


def test_marks_in_the_data_are_the_rubric_s() -> None:
    rules, panel = rubric.load(), data("jury.yaml")
    assert set(panel["sample"]) == {criterion.id for criterion in rules.criteria}
    assert set(panel["total"]) | {"cooperation", "economics"} == set(panel["sample"])
    for marks in (*panel["marks"].values(), *panel["others"].values()):
        assert len(marks) == len(panel["jurors"])
        assert set(marks) <= set(rules.marks)
