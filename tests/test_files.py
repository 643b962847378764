"""Files: limits on what is read, wholeness of what is written."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import files
from course.errors import FileError
from tests.hostile.corpus import nested

YAML_REFUSALS = {
    "an alias": ("a: &x 1\nb: *x\n", "ссылки"),
    "a billion laughs": ("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "ссылки"),
    "a tag": ("a: !!python/object:os.system x\n", "метка"),
    "a doubled key": ("a: 1\nа: 2\na: 3\n", "строка 3: ключ «a» стоит дважды"),
    "an open bracket": ("a: [\n", "это не YAML"),
    "nothing": ("", "файл пуст"),
    "a day that is not": ("a: 2026-02-30\n", "2026-02-30"),
    "200,000 brackets": ("[" * 200_000, "вложенность"),
    "300,000 values": ("[" + "1," * 300_000 + "1]", "значений"),
    "two documents": ("a: 1\n---\nb: 2\n", "это не YAML"),
    "a key that is a list": ("? [a]\n: 1\n", "ключ должен быть словом"),
    "a control character": ("a: \x01\n", "недопустимые знаки"),
}

JSON_REFUSALS = {
    "NaN": ('{"a": NaN}', "не является числом"),
    "an endless number": ("1e999", "слишком велико"),
    "6,000 digits": ("9" * 6000, "слишком длинное число"),
    "a doubled key": ('{"a": 1, "a": 2}', "ключ стоит дважды"),
    "a cut file": ('{"a": ', "обрезан"),
    "deep nesting": ("[" * 60 + "]" * 60, "вложенность"),
    "very deep nesting": ("[" * 100_000, "вложенность"),
}


@pytest.mark.parametrize("case", YAML_REFUSALS)
def test_yaml_refuses(case: str) -> None:
    text, words = YAML_REFUSALS[case]
    with pytest.raises(FileError, match=words):
        files.parse_yaml(text, Path("файл.yaml"))


@pytest.mark.parametrize("case", JSON_REFUSALS)
def test_json_refuses(case: str) -> None:
    text, words = JSON_REFUSALS[case]
    with pytest.raises(FileError, match=words):
        files.parse_json(text, "файл.json")


def test_yaml_reports_all_faults_at_once() -> None:
    with pytest.raises(FileError) as caught:
        files.parse_yaml("a: 1\na: 2\nb: !!set {}\nc: 2026-99-99\n", Path("x.yaml"))
    assert len(caught.value.faults) == 3


def test_yaml_keeps_words_that_yaml_1_1_would_change() -> None:
    text = "no: on\nтак: да\nвремя: 1:30\nмного: 1_000_000\nдоля: .5\nдень: 2026-01-31\n"
    assert files.parse_yaml(text, Path("x.yaml")).data == {
        "no": "on",
        "так": "да",
        "время": "1:30",
        "много": 1_000_000,
        "доля": 0.5,
        "день": datetime.date(2026, 1, 31),
    }


def test_yaml_knows_the_line_of_every_place() -> None:
    read = files.parse_yaml("a:\n  - b: 1\n    c: 2\n  - b: 3\n", Path("x.yaml"))
    assert read.line_of("a[0].c") == 3
    assert read.line_of("a[1]") == 4
    assert read.line_of("a[1].missing.deeper") == 4


def test_reading_tells_what_is_wrong_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * 2048)
    (tmp_path / "koi8").write_bytes("привет".encode("koi8-r"))
    for name, words in {"none": "файла нет", ".": "папка", "big": "больше 1 КБ"}.items():
        with pytest.raises(FileError, match=words):
            files.read_bytes(tmp_path / name, limit=1024)
    with pytest.raises(FileError, match="не в UTF-8"):
        files.read_text(tmp_path / "koi8")


def test_a_failed_write_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "отчёт.txt"
    files.write_text(target, "старое")

    def full(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        files.write_text(target, "новое")
    assert target.read_text("utf-8") == "старое"
    assert list(tmp_path.iterdir()) == [target]


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text(), below, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(plain)
def test_json_comes_back_as_it_went(data: object) -> None:
    assert files.parse_json(files.json_text(data), "x.json") == data


@given(st.binary(max_size=200))
def test_no_bytes_make_the_readers_raise_anything_else(content: bytes) -> None:
    text = content.decode("utf-8", "replace")
    for parse in (lambda: files.parse_yaml(text, Path("x")), lambda: files.parse_json(text, "x")):
        try:
            parse()
        except FileError:
            continue


def test_folders_deeper_than_the_stack_are_seen_and_removed(tmp_path: Path) -> None:
    top = tmp_path / "top"
    (top / "beside").mkdir(parents=True)
    (top / "beside" / "file").touch()
    (top / "link").symlink_to(tmp_path)
    nested(top)
    (top / "a" / "shut").mkdir(mode=0)
    found = [path.relative_to(top).as_posix() for path in files.below(top)]
    assert {"a/a", "a/shut", "beside/file", "link"} < set(found)
    assert len(found) > 1_500
    assert not any(each.startswith("link/") for each in found)
    files.remove(top)
    assert list(tmp_path.iterdir()) == []
