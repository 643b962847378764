"""The check cases of finance, and the runner that puts them to `course`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course import files
from tests import cases

FILE = Path(__file__).parent / "cases" / "finance.json"
CATALOGUE = files.read_json(FILE.with_name("catalogue.json"))
CASES = cases.read(FILE)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_case_holds_at_its_own_tolerance(case: dict) -> None:
    assert cases.check(case).wrong == ""


@pytest.mark.parametrize(
    "entry", CATALOGUE, ids=lambda entry: f"{entry['group']}-{entry['function']}"
)
def test_every_name_of_the_catalogue_is_answered(entry: dict) -> None:
    table = cases.FUNCTIONS[entry["group"]]
    assert any(entry["function"].startswith(key) for key in table)


def run(tmp_path: Path, *items: object) -> tuple[Path, list[dict]]:
    path = tmp_path / "some cases.json"
    path.write_text(json.dumps({"cases": items}), "utf-8")
    return path, list(items)


CASE = {
    "id": "two steps",
    "group": "NPV",
    "function": "NPV",
    "convention": "first flow at t=0 (undiscounted)",
    "inputs": {"rate": 0.1, "cashflows": [-100, 110]},
    "expected": 0.0,
    "tol_abs": 1e-9,
    "tol_rel": 0,
}


def test_the_last_line_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, _ = run(tmp_path, CASE, {**CASE, "expected": 1.0, "id": "wrong"})
    assert cases.main([str(path)]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("wrong: expected 1.0, got ")
    assert out[-1] == "1 passed, 1 failed"


def test_all_passed_is_exit_code_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, _ = run(tmp_path, CASE)
    assert cases.main([str(path)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 passed, 0 failed"


@pytest.mark.parametrize(
    "change",
    [
        {"function": "a thing that course has not"},
        {"group": "NO_SUCH_GROUP"},
        {"inputs": {"rate": 0.1}},
        {"inputs": {"rate": "many", "cashflows": [1]}},
        {"expected": None},
        {"expected": [0.0]},
        {"expected": {"npv": 0.0}},
        {"expected": 2e-9},
        {"vk477_irr_exists": False},
    ],
)
def test_what_is_wrong_or_missing_is_failed(change: dict) -> None:
    assert cases.check({**CASE, **change}).wrong != ""


def test_an_answer_does_not_depend_on_the_id_or_on_what_is_expected() -> None:
    for case in CASES:
        blind = {key: case[key] for key in ("group", "function", "convention", "inputs")}
        assert repr(cases.answer(blind)) == repr(cases.answer(case))


@pytest.mark.parametrize("content", ["[1, 2]", "{}", "{", '{"cases": {"a": 1}}'])
def test_another_file_is_refused(
    tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.json"
    path.write_text(content, "utf-8")
    assert cases.main([str(path)]) == 2
    assert "bad.json" in capsys.readouterr().err


def test_without_a_file_the_usage_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cases.main([]) == 2
    assert "tests.cases" in capsys.readouterr().err
