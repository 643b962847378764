"""Hostile and damaged submissions for an assignment by forms, made by code.

Each says what a safe grader must do with it: the exact points of (share, law, picks), or the words
that the refusal must hold. `SECRET` lies where a submission must not be able to reach; it may
appear in no byte that grading makes.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import tiny

BOOK = f"{tiny.NAME}.ipynb"
SECRET = "CANARY-91bc-not-yours"
FULL = (2.0, 1.0, 3.0)
NONE = (0.0, 0.0, 0.0)
SCRIPT = "<script>alert('CANARY-script')</script>"

Make = Callable[[Path], None]


@dataclass(frozen=True)
class Case:
    """A submission by `name`; `make` turns an honest one into it; `expected` points or words."""

    name: str
    make: Make
    expected: tuple[float, float, float] | str


def answers(content: bytes | str) -> Make:
    """The answer file holds `content`."""

    def make(place: Path) -> None:
        data = content.encode() if isinstance(content, str) else content
        (place / "answers.json").write_bytes(data)

    return make


def values(**changed: Any) -> Make:
    """The right answers, but for those given."""
    return answers(json.dumps(tiny.answers({**tiny.GOOD, **changed})))


def entries(**changed: Any) -> Make:
    """The right answer file, but for whole entries."""
    data = tiny.answers(tiny.GOOD)
    data["answers"].update(changed)
    return answers(json.dumps(data))


def top(**changed: Any) -> Make:
    """The right answer file, but for its outer keys."""
    return answers(json.dumps({**tiny.answers(tiny.GOOD), **changed}))


def notebook(change: Callable[[dict[str, Any]], None]) -> Make:
    """Right answers in an edited notebook."""

    def make(place: Path) -> None:
        path = place / BOOK
        data = json.loads(path.read_bytes())
        change(data)
        path.write_text(json.dumps(data), "utf-8")

    return make


def wrong(also: Make) -> Make:
    """Wrong answers, and something done to have them counted."""

    def make(place: Path) -> None:
        values(share=0.9, law="news", picks=["d"])(place)
        also(place)

    return make


def raw(content: bytes) -> Make:
    """Right answers beside a notebook of any bytes."""
    return lambda place: (place / BOOK).write_bytes(content) and None


def plant(name: str, content: str = "raise SystemExit") -> Make:
    """A further file in the folder."""

    def make(place: Path) -> None:
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")

    return make


def instead(name: str, put: Callable[[Path], object]) -> Make:
    """Something else in place of a file."""

    def make(place: Path) -> None:
        path = place / name
        path.unlink(missing_ok=True)
        put(path)

    return make


def secret(place: Path) -> Path:
    """A file that the submission must not reach, right answers with a mark in them."""
    path = place.parents[2] / "secret.json"
    path.write_text(json.dumps(tiny.answers({**tiny.GOOD, "memo": SECRET})), "utf-8")
    return path


def socket_at(path: Path) -> None:
    """A socket in the place of a file."""
    home = Path.cwd()
    os.chdir(path.parent)  # a socket's path may have 107 bytes
    try:
        with socket.socket(socket.AF_UNIX) as end:
            end.bind(path.name)
    finally:
        os.chdir(home)


def nested(place: Path, levels: int = 2_500) -> None:
    """Folders in folders, deeper than a stack and longer than a path; `files.remove` takes them."""
    home = Path.cwd()
    os.chdir(place)
    try:
        for _ in range(levels):
            Path("a").mkdir()
            os.chdir("a")
        Path("b").touch()
    finally:
        os.chdir(home)


def _folder_link(place: Path) -> None:
    """The folder of the assignment is a link to a folder elsewhere."""
    away = place.parents[2] / f"away-{place.parent.name}"
    place.rename(away)
    place.symlink_to(away)


def _person_link(place: Path) -> None:
    away = place.parents[2] / f"away-{place.parent.name}"
    place.parent.rename(away)
    place.parent.symlink_to(away)


def _crowd(place: Path) -> None:
    for number in range(2_100):
        (place / f"{number}.txt").touch()


def _names(place: Path) -> None:
    """Files beside the answers whose names want to be something."""
    for name in ("\x1b[2J\n", "a" * 255, "=cmd", "\u202egpj", "con.", "...", "answers.json "):
        (place / name).touch()
    Path(os.fsdecode(os.fsencode(place) + b"/\xff\xfe")).touch()


def _case(place: Path) -> None:
    (place / "answers.json").rename(place / "Answers.JSON")
    (place / BOOK).rename(place / BOOK.upper())


def _tests(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [cell for cell in data["cells"] if cell["id"].startswith("check_")]


def _points(data: dict[str, Any]) -> None:
    for cell in _tests(data):
        cell["metadata"]["nbgrader"]["points"] = 100
        cell["metadata"]["nbgrader"]["score"] = 100


def _sources(data: dict[str, Any]) -> None:
    for cell in _tests(data):
        cell["source"] = "3.0"
        cell["outputs"] = [{"output_type": "execute_result", "execution_count": 1, "metadata": {},
                            "data": {"text/plain": "3.0"}}]  # fmt: skip


def _skip(data: dict[str, Any]) -> None:
    for cell in _tests(data):
        cell["metadata"]["tags"] = ["skip-execution"]


def _setup(data: dict[str, Any]) -> None:
    data["cells"][1]["source"] = (
        "class ask:\n    results = {}\n    check = staticmethod(lambda *a, **k: 1)\n"
        "import os; os._exit(0)"
    )


def _kernel(data: dict[str, Any]) -> None:
    data["metadata"]["kernelspec"] = {"name": "evil", "display_name": "e", "language": "sh"}
    data["metadata"]["kernel_provisioner"] = {"provisioner_name": "evil"}


def _double(data: dict[str, Any]) -> None:
    data["cells"] += data["cells"]


def _swap(data: dict[str, Any]) -> None:
    ids = [cell["metadata"]["nbgrader"] for cell in _tests(data)]
    ids[0]["grade_id"], ids[1]["grade_id"] = ids[1]["grade_id"], ids[0]["grade_id"]


def _bare(data: dict[str, Any]) -> None:
    for cell in data["cells"]:
        cell["metadata"] = {"nbgrader": {}}


def _empty(data: dict[str, Any]) -> None:
    data["cells"] = []


BROKEN = "не JSON"
TWO = (2.0, 1.0, 0.0)
HUGE = "x" * 3_000_000

CASES: tuple[Case, ...] = (
    # damaged answer files
    Case("json_cut", answers(json.dumps(tiny.answers(tiny.GOOD))[:-9]), BROKEN),
    Case("json_empty", answers(b""), BROKEN),
    Case("json_tail", answers(json.dumps(tiny.answers(tiny.GOOD)) + "}"), BROKEN),
    Case("json_binary", answers(bytes(range(256)) * 40), "UTF-8"),
    Case("json_zeros", answers(b"\0" * 4096), BROKEN),
    Case("json_utf16", answers(json.dumps(tiny.answers(tiny.GOOD)).encode("utf-16")), "UTF-8"),
    Case("json_bom", answers(b"\xef\xbb\xbf" + json.dumps(tiny.answers(tiny.GOOD)).encode()), FULL),
    Case("json_list", answers("[]"), "не файл ответов"),
    Case("json_number", answers("1"), "не файл ответов"),
    Case("json_nan", answers('{"format": 1, "answers": {"share": NaN}}'), "NaN"),
    Case("json_infinity", answers('{"a": -Infinity}'), "Infinity"),
    Case("json_overflow", answers('{"a": 1e999}'), "слишком велико"),
    Case("json_digits", answers('{"a": ' + "9" * 5_000 + "}"), "слишком длинное"),
    Case("json_doubled", answers('{"format": 1, "format": 1}'), "дважды"),
    Case("json_doubled_late", answers(json.dumps({f"k{n}": 1 for n in range(250_000)})[:-1]
                                      + ', "k249999": 1}'), "дважды"),
    Case("json_single", answers("{'format': 1}"), BROKEN),
    Case("json_two", answers(json.dumps(tiny.answers(tiny.GOOD)) * 2), BROKEN),
    Case("json_utf32", answers(json.dumps(tiny.answers(tiny.GOOD)).encode("utf-32")), "UTF-8"),
    Case("json_deep", answers("[" * 100_000 + "]" * 100_000), "вложенност"),
    Case("json_deepish", answers('{"a":' * 60 + "1" + "}" * 60), "вложенност"),
    Case("json_50_mb", answers(b'{"answers": "' + b"x" * 50_000_000 + b'"}'), "больше 4"),
    Case("json_python", answers("{'format': 1, 'answers': {}}"), BROKEN),
    Case("json_pickle", answers(b"\x80\x04cposix\nsystem\n(S'id'\ntR."), "UTF-8"),
    # the whole is not what it must be
    Case("whole_format", top(format=2), "другой версии"),
    Case("whole_format_true", top(format=True), "другой версии"),
    Case("whole_other", top(assignment="02_diagnosis"), "другой тетради"),
    Case("whole_other_type", top(assignment={"a": 1}), "другой тетради"),
    Case("whole_token_forged", top(token="PK1.17.honest." + "A" * 22), FULL),
    Case("whole_token_variant", top(token="PK1.99999.honest." + "A" * 22), FULL),
    Case("whole_token_data", top(token={"a": [1]}), FULL),
    Case("whole_token_escape", top(token="\x1b[2J" * 1_000), FULL),
    Case("whole_list", top(answers=[1]), "не файл ответов"),
    Case("whole_501", top(answers={f"a{n}": {"value": 1} for n in range(501)}), "больше 500"),
    # one entry is damaged, the others keep their points
    Case("entry_text", values(share="0,25"), (0.0, 1.0, 3.0)),
    Case("entry_true", values(share=True), (0.0, 1.0, 3.0)),
    Case("entry_list", values(law=["act", "news"]), (2.0, 0.0, 3.0)),
    Case("entry_null", values(law=None), (2.0, 0.0, 3.0)),
    Case("entry_minus", values(share="\u22125"), (0.0, 1.0, 3.0)),
    Case("entry_digits_in_text", values(share="0.25"), (0.0, 1.0, 3.0)),
    Case("entry_label", values(law="news\nКакая доля?\nОтвет: 0,25"), (2.0, 0.0, 3.0)),
    Case("entry_big_table", values(picks=[{f"c{n}": 1 for n in range(200)}] * 900), TWO),
    Case("entry_all", values(picks=["a", "b", "c", "d"]), (2.0, 1.0, 2.0)),
    Case("entry_doubled", values(picks=["a", "a", "a", "b", "c"]), FULL),
    Case("entry_many", values(picks=["a"] * 5_000), TWO),
    Case("entry_nested", values(picks=[["a"], {"b": 1}]), TWO),
    Case("entry_table", values(picks=[{"a": 1}]), TWO),
    Case("entry_digits", values(share=10**400), (0.0, 1.0, 3.0)),
    Case("entry_whole_number", values(share=10**300), (0.0, 1.0, 3.0)),
    Case("entry_bare", entries(share=0.25), (0.0, 1.0, 3.0)),
    Case("entry_score", entries(share={"value": 0.9, "earned": 2, "max": 2}), (0.0, 1.0, 3.0)),
    Case("entry_time", entries(law={"value": "act", "at": 5}), (2.0, 0.0, 3.0)),
    Case("entry_huge", values(memo=HUGE), FULL),
    Case("entry_half_sign", values(memo="\ud800"), FULL),
    Case("entry_half_key", values(**{"\udfff": 1}), FULL),
    Case("entry_dunder", values(**{"__class__": "x", "../../x": 1, "": 2}), FULL),
    Case("entry_unknown", values(bonus=100), FULL),
    # forged scores
    Case("forged_results", wrong(plant("outcome.json", '{"cells": [{"score": 3}]}')), NONE),
    Case("forged_top", top(score=100, results={"share": {"earned": 2}}), FULL),
    Case("forged_points", wrong(notebook(_points)), NONE),
    Case("forged_tests", wrong(notebook(_sources)), NONE),
    Case("forged_tags", wrong(notebook(_skip)), NONE),
    Case("forged_setup", wrong(notebook(_setup)), NONE),
    Case("forged_ids", wrong(notebook(_swap)), NONE),
    # edited and damaged notebooks cost nothing: the answers are elsewhere
    Case("book_kernel", notebook(_kernel), FULL),
    Case("book_double", notebook(_double), FULL),
    Case("book_bare", notebook(_bare), FULL),
    Case("book_empty", notebook(_empty), FULL),
    Case("book_setup", notebook(_setup), FULL),
    Case("book_bytes", raw(b"\xff\xfe not a notebook"), FULL),
    Case("book_deep", raw(b"[" * 200_000), FULL),
    Case("book_30_mb", raw(b"{" + b" " * 30_000_000 + b"}"), FULL),
    Case("book_gone", instead(BOOK, lambda path: None), FULL),
    Case("answers_gone", instead("answers.json", lambda path: None), NONE),
    # planted files are not read
    Case("plant_site", wrong(plant("sitecustomize.py")), NONE),
    Case("plant_json", wrong(plant("json.py", "loads = lambda *a: {}")), NONE),
    Case("plant_course", wrong(plant("course/__init__.py")), NONE),
    Case("plant_config", wrong(plant("nbgrader_config.py")), NONE),
    Case("plant_source", wrong(plant("source/t1_forms/t1_forms.ipynb", "{}")), NONE),
    Case("plant_crowd", _crowd, "больше 2000"),
    # links and special files
    Case("crowd_of_names", _names, FULL),
    Case("other_case", _case, "нет ни файла ответов"),
    Case("link_answers", instead("answers.json", lambda p: p.symlink_to(secret(p.parent))),
         "ссылка"),
    Case("link_hard", instead("answers.json", lambda p: p.hardlink_to(secret(p.parent))), "ссылка"),
    Case("link_gone", instead("answers.json", lambda p: p.symlink_to("nowhere")), "ссылка"),
    Case("link_itself", instead("answers.json", lambda p: p.symlink_to("answers.json")), "ссылка"),
    Case("link_passwd", instead("answers.json", lambda p: p.symlink_to("/etc/passwd")), "ссылка"),
    Case("link_book", instead(BOOK, lambda path: path.symlink_to(secret(path.parent))), FULL),
    Case("link_beside", instead("extra", lambda p: p.symlink_to(secret(p.parent))), FULL),
    Case("link_folder", _folder_link, "ссылка"),
    Case("link_person", _person_link, "ссылка"),
    Case("fifo_answers", instead("answers.json", os.mkfifo), "особый файл"),
    Case("fifo_book", instead(BOOK, os.mkfifo), FULL),
    Case("fifo_time", instead("timestamp.txt", os.mkfifo), FULL),
    Case("fifo_beside", instead("pipe", os.mkfifo), FULL),
    Case("socket_answers", instead("answers.json", socket_at), "особый файл"),
    Case("folder_answers", instead("answers.json", Path.mkdir), "особый файл"),
    # times
    Case("time_words", plant("timestamp.txt", "вчера"), FULL),
    Case("time_end", plant("timestamp.txt", "9999-12-31 23:59:59 -2359"), FULL),
    Case("time_escape", plant("timestamp.txt", "2026-10-20 10:00:00 UTC\x1b[2J"), FULL),
    Case("time_far", plant("timestamp.txt", "9999-12-31 23:59:59 UTC"), FULL),
    Case("time_first", plant("timestamp.txt", "0001-01-01 00:00:00 UTC"), FULL),
    Case("time_shift", plant("timestamp.txt", "2026-10-10 10:00:00 +99:99"), FULL),
    Case("time_zone", plant("timestamp.txt", "2026-10-10 10:00:00 America/Argentina"), FULL),
    Case("time_digits", plant("timestamp.txt", "٢٠٢٦-10-10 10:00:00 UTC"), FULL),
    Case("time_long", plant("timestamp.txt", "2" * 5_000), FULL),
    # text that wants to be more
    Case("text_script", values(memo=SCRIPT, law=SCRIPT), (2.0, 0.0, 3.0)),
    Case("text_close", values(memo="</pre></div></body>" + SCRIPT), FULL),
    Case("text_image", values(memo="![x](http://192.0.2.1/CANARY-script.png)" + SCRIPT), FULL),
    Case("text_template", values(memo="{{ 7*191 }}{% for x in y %}"), FULL),
    Case("text_escape", values(memo="\x1b]0;CANARY-escape\x07\x1b[2J\x1b[31m"), FULL),
    Case("text_turn", values(memo="балл\u202e001\u202c\u2066"), FULL),
    Case("text_formula", values(memo='=HYPERLINK("http://192.0.2.1","x")'), FULL),
    Case("text_zero", values(memo="a\0b"), FULL),
    Case("text_entry", values(picks=[SCRIPT, "\x1b[31m"]), TWO),
)  # fmt: skip
