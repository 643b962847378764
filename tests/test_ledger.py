"""The history of points: sealed, only added to, and able to forget."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course.errors import GradingError
from course.folder import CourseFolder
from course.grading import ledger

AT = datetime.datetime(2026, 11, 22, 12, 0)


@pytest.fixture
def folder(tmp_path: Path) -> CourseFolder:
    course = CourseFolder(tmp_path)
    ledger.add(course, ledger.REGRADE, "t1", AT, [{"person": "anna"}, {"person": "petr"}])
    ledger.add(course, ledger.BACK, "t1", AT, [{"person": "anna"}])
    return course


def test_lines_are_numbered_and_chained(folder: CourseFolder) -> None:
    entries = ledger.verify(folder)
    assert [(each.number, each.what) for each in entries] == [
        (1, "regrade"), (2, "regrade"), (3, "back"),
    ]  # fmt: skip
    assert len({each.seal for each in entries}) == 3


def test_forgetting_blanks_and_the_chain_holds(folder: CourseFolder) -> None:
    assert ledger.blank(folder, "anna") == 2
    assert [each.record is None for each in ledger.verify(folder)] == [True, False, True]
    assert "anna" not in (folder.root / ledger.FILE).read_text("utf-8")
    ledger.add(folder, ledger.REGRADE, "t1", AT, [{"person": "petr"}])
    assert len(ledger.verify(folder)) == 4


def changed(lines: list[dict[str, Any]]) -> None:
    lines[1]["record"]["person"] = "anna"


def redated(lines: list[dict[str, Any]]) -> None:
    lines[0]["at"] = "2020-01-01T00:00:00"


def taken_out(lines: list[dict[str, Any]]) -> None:
    del lines[1]


def swapped(lines: list[dict[str, Any]]) -> None:
    lines[0], lines[1] = lines[1], lines[0]


def foreign(lines: list[dict[str, Any]]) -> None:
    lines[2] = {"x": 1}


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (changed, "строка 2: .*сведения о баллах"), (redated, "строка 1: .*изменили после"),
        (taken_out, "строка 2: .*чего-то не хватает"), (swapped, "строка 1: .*переставлены"),
        (foreign, "строка 3: .*это не запись истории"),
    ],
)  # fmt: skip
def test_every_harm_is_found(
    folder: CourseFolder, harm: Callable[[list[dict[str, Any]]], None], words: str
) -> None:
    path = folder.root / ledger.FILE
    lines = [json.loads(text) for text in path.read_text("utf-8").splitlines()]
    harm(lines)
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    with pytest.raises(GradingError, match=words):
        ledger.verify(folder)
    with pytest.raises(GradingError):
        ledger.add(folder, ledger.REGRADE, "t1", AT, [{"person": "x"}])
