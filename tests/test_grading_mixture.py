"""A course of a stranger's making scores as with stock nbgrader, cell by cell."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from course import cli, grading
from course.errors import GradingError
from course.folder import CourseFolder
from course.grading import bench, graft, shelf
from course.grading.formats import modern
from course.grading.judging import Judging
from course.grading.master import load
from course.progress import silent
from tests.courses import mixture
from tests.test_grading_stock import nbgrader


def scores(folder: CourseFolder, person: str) -> dict[str, float]:
    found = shelf.outcome(folder, person, mixture.NAME)
    assert found
    return {cell.cell: cell.score for cell in found.cells}


@pytest.mark.slow
@pytest.mark.sandbox
def test_every_shape_of_a_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = mixture.course(tmp_path / "course")
    monkeypatch.chdir(tmp_path)  # the header is found wherever the command is called
    assert cli.main(["grade", "--course", str(folder.root)]) == 0
    said = capsys.readouterr().out
    assert {person: scores(folder, person) for person in mixture.SCORES} == mixture.SCORES
    named = said.partition("без защиты от подделки: ")[2]
    assert all(f"«{cell}»" in named for cell in mixture.INSIDE)
    assert named.count("«") == len(mixture.INSIDE)
    with Gradebook(f"sqlite:///{folder.gradebook}") as book:
        assert book.find_submission(mixture.NAME, "a.b@uni.edu").score == sum(mixture.FULL.values())
    grading.feedback(folder, mixture.NAME)
    assert "Traceback" not in (
        folder.feedback / "careless" / mixture.NAME / "Задание 1.html"
    ).read_text("utf-8")


@pytest.mark.long
@pytest.mark.sandbox
def test_every_cell_scores_as_with_stock_nbgrader(tmp_path: Path) -> None:
    folder = mixture.course(tmp_path)
    for path in folder.root.rglob(mixture.BOOK):  # what stock nbgrader asks for
        book = modern(json.loads(path.read_bytes()))
        book["metadata"]["kernelspec"]["name"] = "python3"
        path.write_text(json.dumps(book), "utf-8")
    nbgrader(folder, "generate_assignment", mixture.NAME)
    nbgrader(folder, "autograde", mixture.NAME)
    with Gradebook(f"sqlite:///{folder.gradebook}") as book:
        found = {
            row.student_id: {grade.name: grade.auto_score for grade in row.notebooks[0].grades}
            for row in book.assignment_submissions(mixture.NAME)
        }
    assert found == mixture.SCORES


@pytest.mark.slow
@pytest.mark.sandbox
def test_a_helper_in_an_open_cell_is_not_the_participants(tmp_path: Path) -> None:
    folder = mixture.course(tmp_path)
    shutil.rmtree(folder.submitted)
    answers = dict.fromkeys(mixture.SHAPES, "pass")
    answers["square"] = (
        "def square(x):\n    return 9\nassert_allclose = lambda *words: None\n"
        "class Yes:\n    def __getattr__(self, name):\n        return lambda *words: self\n"
        "    def __enter__(self):\n        return self\n    def __exit__(self, *words):\n"
        "        return True\nunittest = same = contextlib = Yes()"
    )
    place = folder.submitted / "cheat" / mixture.NAME / mixture.BOOK
    place.parent.mkdir(parents=True)
    place.write_text(json.dumps(mixture.notebook(answers, hidden=False)), "utf-8")
    grading.grade(folder, mixture.NAME)
    assert set(scores(folder, "cheat").values()) == {0.0}


def authors(answer: str, checks: dict[str, str], cell_seconds: float = 0) -> list[dict[str, Any]]:
    """What the author's solution `answer` gets in each of `checks`."""
    steps = [{"kind": "own", "cell": "answer", "source": answer}]
    steps += [{"kind": "tests", "cell": name, "source": source, "points": 1}
              for name, source in checks.items()]  # fmt: skip
    task = {"books": [steps], "data": {}, "answers": {}, "seconds": 60, "level": "full",
            "unprotected": [], "reference": True, "cell_seconds": cell_seconds}  # fmt: skip
    cells: list[dict[str, Any]] = json.loads(bench.check(json.dumps(task)))["cells"]
    return cells


def inside(cells: list[dict[str, Any]]) -> list[str]:
    return [cell["cell"] for cell in cells if cell.get("only_inside")]


@pytest.mark.slow
@pytest.mark.sandbox
def test_values_too_large_to_cross_are_seen_inside() -> None:
    cells = authors("words = 'a' * 7_000_000\ndef double(text):\n    return text * 2", {
        "held": "assert len(words) == 7_000_000",
        "given": "assert len(double('ab' * 7_000_000)) == 28_000_000",
        "back": "assert len(double('abcd' * 1_000_000)) == 8_000_000",
        "small": "assert double('a') == 'aa'",
    })  # fmt: skip
    assert [cell["score"] for cell in cells] == [None] * 4  # all points
    assert inside(cells) == ["held", "given", "back"]


@pytest.mark.slow
@pytest.mark.sandbox
def test_what_counts_its_calls_is_seen_inside_from_the_start() -> None:
    cells = authors("hits = 0\nrow = []\ndef hit():\n    global hits\n    hits += 1\n"
                    "    row.append(hits)\n    return hits", {
        "calls": "assert hits == 0\nhit(); hit()\nassert hits == 2",
        "row": "assert row == [1, 2]\nhit()\nassert row == [1, 2, 3]",
        "next": "assert hit() == 4",
        "wrong": "assert hit() == 0",
    })  # fmt: skip
    assert [cell["score"] for cell in cells] == [None, None, None, 0]
    assert inside(cells) == ["calls", "row"]
    assert [cell["cell"] for cell in cells if cell.get("short")] == ["wrong"]


@pytest.mark.slow
@pytest.mark.sandbox
def test_one_list_under_two_names_stays_one() -> None:
    cells = authors("one = [0]\ntwo = one\nthree = [[0]] * 2\ndef same(x):\n    return x", {
        "names": "one.append(1)\nassert two == [0, 1]",
        "rows": "three[0][0] = 1\nassert three[1] == [1]",
        "given": "held = [[1]]\nback = same(held)\nassert back is held and back[0] is held[0]",
    })  # fmt: skip
    assert [cell["score"] for cell in cells] == [None] * 3
    assert inside(cells) == []


@pytest.mark.slow
@pytest.mark.sandbox
def test_what_has_no_end_costs_its_own_cell_alone() -> None:
    cells = authors("good = 1\ndef spin():\n    while True:\n        pass\nwhile True:\n    pass", {
        "good": "assert good == 1",
        "spin": "points = 1\ntry:\n    spin()\nexcept Exception:\n    pass\npoints",
        "after": "assert good == 1",
    }, cell_seconds=1)  # fmt: skip
    assert [cell["score"] for cell in cells] == [None, 0, None]


@pytest.mark.slow
@pytest.mark.sandbox
@pytest.mark.parametrize("line", ["%matplotlib inline", "%matplotlib", "%pylab inline", "%gui qt"])
def test_lines_of_ipython_about_windows_break_nothing_off(line: str) -> None:
    cells = authors(f"{line}\nimport matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()\nx = 1", {
        "after": "assert x == 1",
        "inside": f"{line}\nassert plt.get_fignums() == []",
    })  # fmt: skip
    assert [cell["score"] for cell in cells] == [None, None]


class Sent:
    """Workers who answer at once."""

    def __init__(self, reply: object) -> None:
        self.reply = json.dumps(reply)

    def submit(self, *_: object) -> Future[str]:
        promised: Future[str] = Future()
        promised.set_result(self.reply)
        return promised


def test_missing_packages_are_named(tmp_path: Path) -> None:
    folder = mixture.course(tmp_path)
    reply = {
        "shown": {"a": "ModuleNotFoundError: No module named 'seaborn'"},
        "cells": [
            {"cell": "check_square", "short": True, "only_inside": True,
             "fault": "ModuleNotFoundError (line 2): No module named 'nose.tools'"},
        ],
    }  # fmt: skip
    judging = Judging(folder, load(folder, mixture.NAME), [], Sent(reply), 1, silent, "full")
    assert judging._only_inside() == ["check_square"]
    assert next(iter(judging.faults)) == (
        "Для решения автора не установлены пакеты: nose.tools, seaborn. Задание проверено без них."
    )


def test_answers_that_can_not_be_sent_are_told(tmp_path: Path) -> None:
    folder = mixture.course(tmp_path)
    fault = "TypeError (line 2): a value of type __main__.Pile is no plain data"
    cells = [{"cell": "check_mean", "score": 0.0, "fault": fault},
             {"cell": "check_evens", "score": 0.0, "fault": "TypeError: no"}]  # fmt: skip
    sent = Sent({"cells": cells, "shown": {}})
    people = ["a.b@uni.edu", "careless"]
    judging = Judging(folder, load(folder, mixture.NAME), people, sent, 1, silent, "full")
    judging.unprotected = []
    list(judging.groups())
    assert judging.unseen == {"check_mean": people}
    summary = grading.Summary("x", ("y",), (), (), (), (), (), unseen=(("check_mean", ("y",)),))
    assert "Посмотрите сами «check_mean», 1\xa0работа: y." in summary.lines


@pytest.mark.parametrize("words", ["'# hide'", "WORDS"])
def test_what_settings_call_hidden_never_reaches_a_program(tmp_path: Path, words: str) -> None:
    folder = foreign(tmp_path, {}, "import math\n# hide\nimport secret\n# END HIDDEN TESTS")
    section = "c.ClearHiddenTests.begin_test_delimeter"
    (tmp_path / "nbgrader_config.py").write_text(f"{section} = {words}\n", "utf-8")
    master = load(folder, "a")
    steps = graft.steps(master.books[0], master, {}, ())
    ran = [step["source"] for step in steps if step["kind"] == "own"]
    assert ran == (["import math"] if "hide" in words else [])


OLD = {"nbgrader": {"grade": True, "grade_id": "a", "points": "2", "old": 1}}


@pytest.mark.parametrize(("marks", "now"), [
    ({}, {}),
    ({"nbgrader": {}}, {}),
    (OLD, {"nbgrader": {"schema_version": 3, "grade_id": "a", "grade": True, "solution": False,
                        "locked": False, "task": False, "points": 2.0}}),
    ({"nbgrader": {"schema_version": 2, "grade_id": "a", "solution": True, "points": 1,
                   "checksum": "x"}},
     {"nbgrader": {"schema_version": 3, "grade_id": "a", "grade": False, "solution": True,
                   "locked": False, "task": False, "checksum": "x", "cell_type": "code"}}),
])  # fmt: skip
def test_old_marks_are_brought_up_to_date(marks: dict[str, object], now: object) -> None:
    book = {"cells": [{"cell_type": "code", "source": "", "metadata": marks}]}
    assert modern(book)["cells"][0]["metadata"] == now


def test_a_notebook_of_the_third_format_is_read() -> None:
    cell = {"cell_type": "code", "input": "1", "outputs": [], "language": "python", "metadata": {}}
    book = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [
        {"cells": [cell], "metadata": {}}]}  # fmt: skip
    assert modern(book)["cells"][0]["source"] == ["1"]


def foreign(root: Path, metadata: dict[str, object], check: str = "1") -> CourseFolder:
    folder = CourseFolder(root)
    place = folder.source / "a"
    place.mkdir(parents=True)
    cell = {"cell_type": "code", "source": check, "outputs": [], "execution_count": None,
            "metadata": {"nbgrader": {"schema_version": 3, "grade_id": "x", "grade": True,
                                      "solution": False, "points": 1}}}  # fmt: skip
    book = {"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    (place / "a.ipynb").write_text(json.dumps(book), "utf-8")
    return folder


@pytest.mark.parametrize(("metadata", "language"), [
    ({"kernelspec": {"name": "ir", "language": "R"}}, "R"),
    ({"kernelspec": {"name": "julia-1.10"}}, "Julia"),
    ({"language_info": {"name": "java"}}, "java"),
])  # fmt: skip
def test_another_language_is_refused(
    tmp_path: Path, metadata: dict[str, object], language: str
) -> None:
    with pytest.raises(GradingError, match=f"a.ipynb: тетрадь написана на языке {language}"):
        load(foreign(tmp_path, metadata), "a")


def test_a_check_that_nbgrader_has_yet_to_write_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GradingError, match=r"проверку .* пишет сам nbgrader.*source_with_tests"):
        load(foreign(tmp_path, {}, "x = 1\n### AUTOTEST f(x)"), "a")
