import json
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.errors import AnswerError
from course.forms import answers, open_form, write_answers
from course.forms.answers import AnswerFile


@pytest.fixture
def file(tmp_path):
    return AnswerFile(tmp_path / "answers.json", "01_tiny")


def stored(file):
    return json.loads(file.path.read_text("utf-8"))


def test_kept_answer_is_plain_data_in_the_file(file):
    file.keep("density", 0.214, "0,214")
    content = stored(file)
    at = content["answers"]["density"].pop("at")
    assert content == {
        "format": 1,
        "assignment": "01_tiny",
        "answers": {"density": {"value": 0.214, "text": "0,214"}},
    }
    assert len(at) == len("2026-11-22T14:02:11")


def test_second_tab_does_not_overwrite_other_answers(file):
    other = AnswerFile(file.path, "01_tiny")
    file.keep("first", "a")
    other.read()
    file.keep("second", "b")
    other.keep("third", "c")
    assert {key: entry["value"] for key, entry in stored(file)["answers"].items()} == {
        "first": "a", "second": "b", "third": "c",
    }  # fmt: skip


def test_kernels_that_write_at_once_lose_nothing(file, root):
    code = (
        "import sys; from pathlib import Path; from course.forms.answers import AnswerFile\n"
        "file = AnswerFile(Path('answers.json'), '01_tiny')\n"
        "for turn in range(15): file.keep(f'{sys.argv[1]}_{turn}', turn)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(root)}
    kernels = [
        subprocess.Popen([sys.executable, "-c", code, name], cwd=file.path.parent, env=environment)
        for name in ("left", "right")
    ]
    assert [kernel.wait(120) for kernel in kernels] == [0, 0]
    assert len(stored(file)["answers"]) == 30
    assert sorted(path.name for path in file.path.parent.iterdir()) == ["answers.json"]


def test_lock_of_a_killed_kernel_is_stepped_over(file, monkeypatch):
    monkeypatch.setattr(answers, "_LOCK_SECONDS", 0.05)
    file.path.with_name(".answers.lock").touch()
    file.keep("density", 1)
    assert stored(file)["answers"]["density"]["value"] == 1


DAMAGED = {
    "truncated": '{"format": 1, "assignment": "01_tiny", "answers": {"a": {"va',
    "not JSON": "привет",
    "empty": "",
    "NaN": '{"format": 1, "assignment": "01_tiny", "answers": {"a": {"value": NaN}}}',
    "deep": "[" * 3000 + "]" * 3000,
    "other shape": "[]",
    "other version": '{"format": 2, "assignment": "01_tiny", "answers": {}}',
    "someone else's notebook": '{"format": 1, "assignment": "02_other", "answers": {}}',
    "doubled key": '{"format": 1, "format": 1, "assignment": "01_tiny", "answers": {}}',
    "latin-1": b"\xff\xfe{}",
    "50 MB": b'{"format": 1, "x": "' + b"a" * (50 << 20),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_file_is_kept_aside_and_work_goes_on(file, name, capsys):
    content = DAMAGED[name]
    content = content.encode() if isinstance(content, str) else content
    file.path.write_bytes(content)
    ask = open_form("01_tiny", file.path.parent)
    assert "повреждён" in capsys.readouterr().out
    ask.set("density", 1)
    assert ask.answer("density") == 1
    (aside,) = file.path.parent.glob("answers.damaged-*.json")
    assert aside.read_bytes() == content


def test_answers_known_before_the_damage_are_not_lost(file):
    file.keep("first", "a")
    file.path.write_text("{")
    file.keep("second", "b")
    assert set(stored(file)["answers"]) == {"first", "second"}


WRONG = {
    "a boolean": True,
    "a huge integer": 10**400,
    "a lone surrogate": "\ud800",
    "a mixed list": ["a", 1],
    "a nested table": [{"a": [1]}],
    "a too long text": "a" * 100_001,
    "too many rows": [{}] * 1001,
    "a mapping to numbers": {"a": 1},
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_value_is_refused_and_its_neighbours_are_kept(name):
    entry = {"value": WRONG[name]}
    data = {
        "format": 1,
        "assignment": "01_tiny",
        "answers": {"bad": entry, "good": {"value": "yes", "text": "", "at": ""}},
    }
    sheet = answers.read(data, "01_tiny")
    assert set(sheet.answers) == {"good"}
    assert [fault.place for fault in sheet.faults] == ["answers.bad"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), b"a", {1}, True])
def test_set_refuses_what_is_no_plain_data(tmp_path, value):
    ask = open_form("01_tiny", tmp_path)
    with pytest.raises(AnswerError):
        ask.set("density", value)
    assert not list(tmp_path.iterdir())


def test_nothing_is_written_at_grading(tmp_path, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    (tmp_path / "answers.json").write_text("{")
    ask = open_form("01_tiny", tmp_path)
    ask.set("density", 1)
    assert [path.name for path in tmp_path.iterdir()] == ["answers.json"]
    assert (tmp_path / "answers.json").read_text() == "{"


def test_parse_refuses_a_useless_whole():
    with pytest.raises(AnswerError, match="обрезан"):
        answers.parse("{", "01_tiny")


def test_rehearsal_writes_the_same_bytes_once(tmp_path):
    path = tmp_path / "answers.json"
    write_answers(path, "01_tiny", {"a": 1, "b": ["x"]}, at="2026-11-22T14:02:11")
    before = path.stat().st_mtime_ns, path.read_bytes()
    write_answers(path, "01_tiny", {"b": ["x"], "a": 1}, at="2026-11-22T14:02:11")
    assert (path.stat().st_mtime_ns, path.read_bytes()) == before
    assert AnswerFile(path, "01_tiny").read()["a"].at == "2026-11-22T14:02:11"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)


@given(JSON)
def test_any_data_gives_a_sheet(data):
    entries = {"a": data, "b": {"value": data}}
    for content in (data, entries):
        whole = {"format": 1, "assignment": "01_tiny", "answers": content}
        assert answers.read(data, "01_tiny").answers == {} or isinstance(data, dict)
        sheet = answers.read(whole, "01_tiny")
        for answer in sheet.answers.values():
            assert answers.problem(answer.value) == ""
            answers.text_of("01_tiny", sheet.answers).encode()
