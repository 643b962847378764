"""Taking in submissions: nothing raises, nothing honest is lost, nothing foreign gets in."""

from __future__ import annotations

import datetime
import gc
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course import plain
from course.grading import intake, master, parcel, shelf
from course.grading.intake import Quarantined, Submission
from course.grading.master import Master
from tests import tiny

KEYS = tuple(tiny.GOOD)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Master]:
    folder = tiny.course(tmp_path_factory.mktemp("intake"))
    tiny.hand_in(folder, "ivanova", tiny.GOOD)
    return folder, master.load(folder, tiny.NAME)


def take(whole: tuple[Any, Master], content: bytes) -> Submission | Quarantined:
    folder, loaded = whole
    (folder.submitted / "ivanova" / tiny.NAME / "answers.json").write_bytes(content)
    return intake.take(folder, loaded, "ivanova")


@given(st.binary(max_size=300))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_end_in_a_submission_or_a_reason(
    whole: tuple[Any, Master], content: bytes
) -> None:
    assert isinstance(take(whole, content), Submission | Quarantined)


@given(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=3), st.dictionaries(st.text(), JSON))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damaged_entries_never_cost_the_undamaged_ones(
    whole: tuple[Any, Master], damaged: dict[str, Any], extra: dict[str, Any]
) -> None:
    data = tiny.answers(tiny.GOOD)
    data["answers"].update({key: extra[key] for key in extra if key not in KEYS})
    data["answers"].update(damaged)
    try:
        content = json.dumps(data, allow_nan=False).encode()
    except ValueError:  # hypothesis gave a NaN: the whole file is refused then
        assert isinstance(take(whole, json.dumps(data).encode()), Quarantined)
        return
    taken = take(whole, content)
    assert isinstance(taken, Submission), taken
    for key in set(KEYS) - set(damaged):
        assert taken.answers["answers"][key]["value"] == tiny.GOOD[key]
    json.dumps(taken.answers, allow_nan=False)


@given(st.text())
def test_visible_text_is_writable_and_stays_in_its_line(text: str) -> None:
    plain.visible(text).encode("utf-8")
    assert "\n" not in plain.line(text)
    assert "\x1b" not in plain.visible(text)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", " =1", "\r=1"])
def test_cells_of_a_table_are_never_formulas(text: str) -> None:
    assert plain.cell(text).startswith("'")


@pytest.mark.parametrize(
    ("stamp", "moment"),
    [
        ("2026-10-20 10:11:12.131415 UTC", datetime.datetime(2026, 10, 20, 10, 11, 12, 131415)),
        ("2026-10-20 10:11:12 +0300", datetime.datetime(2026, 10, 20, 7, 11, 12)),
        ("2026-10-20T10:11:12Z", datetime.datetime(2026, 10, 20, 10, 11, 12)),
        ("2026-10-20 10:11:12", datetime.datetime(2026, 10, 20, 10, 11, 12)),
        ("2026-13-20 10:11:12 UTC", None),
        ("", None),
    ],
)
def test_time_stamps(whole: tuple[Any, Master], stamp: str, moment: datetime.datetime) -> None:
    path: Path = whole[0].submitted / "ivanova" / tiny.NAME / "timestamp.txt"
    path.write_text(stamp, "utf-8")
    taken = take(whole, json.dumps(tiny.answers(tiny.GOOD)).encode())
    path.unlink()
    assert isinstance(taken, Submission)
    assert taken.at == moment
    assert bool(taken.notes) == (bool(stamp) and moment is None)


def test_text_answers_come_from_their_cells_alone(tmp_path: Path) -> None:
    essay = tiny.cell(
        "markdown", "Ваш ответ", "essay", grade=True, solution=True, locked=False, points=2
    )
    folder = tiny.course(tmp_path, [*tiny.cells(), essay])
    place = tiny.hand_in(folder, "ivanova", tiny.GOOD)
    path = place / f"{tiny.NAME}.ipynb"
    data = json.loads(path.read_bytes())
    data["cells"][-1]["source"] = ["Мой ", "ответ\x1b[2J"]
    data["cells"] += [{"metadata": 5}, 7, {"metadata": {"nbgrader": {"grade_id": ["essay"]}}}]
    path.write_text(json.dumps(data), "utf-8")
    taken = intake.take(folder, master.load(folder, tiny.NAME), "ivanova")
    assert isinstance(taken, Submission)
    assert taken.texts == {"essay": "Мой ответ\ufffd[2J"}


def test_a_damaged_notebook_leaves_a_note(tmp_path: Path) -> None:
    essay = tiny.cell(
        "markdown", "Ваш ответ", "essay", grade=True, solution=True, locked=False, points=2
    )
    folder = tiny.course(tmp_path, [*tiny.cells(), essay])
    place = tiny.hand_in(folder, "ivanova", tiny.GOOD)
    (place / f"{tiny.NAME}.ipynb").write_bytes(b"{")
    taken = intake.take(folder, master.load(folder, tiny.NAME), "ivanova")
    assert isinstance(taken, Submission)
    assert taken.notes == ("Тетрадь повреждена: развёрнутые ответы не прочитаны.",)
    assert taken.answers["answers"]["share"]["value"] == 0.25


@pytest.mark.parametrize("content", [b'{"cells":[' + b"[]," * 2_000_001 + b"[]]}", b"{}", b"[]"])
def test_no_cells_or_too_much_in_them(content: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        parcel.cells(content)
    assert gc.isenabled()


def test_a_fence_is_longer_than_any_in_the_text() -> None:
    text = "a" * 50_000 + "~" * 50_000
    fence, _, rest = shelf.fenced(text).partition("text\n")
    assert fence == "~" * 50_001
    assert rest == f"{text}\n{fence}"
    assert shelf.fenced("x").startswith("~~~text")
