"""JupyterLab as we start it: the folder a person works in, the start page, the list of cells."""

import hashlib
import json
import queue
import re
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from course import authoring, forms, lab
from course.errors import CourseFolderError
from course.files import json_text, read_json, write_text
from course.folder import CourseFolder
from course.lab import desk, proof
from course.programme import Correction, programme

ROOT = Path(__file__).parents[1]
NAME = "03_cooperation"


def test_the_list_of_cells_is_that_of_the_released_webinars():
    told = "обновите список: proclusters release"
    assert read_json(lab.VOUCHED) == lab.vouched(ROOT / "release"), told


def test_the_list_holds_no_cell_of_a_participant_and_no_text(tmp_path):
    cells = [
        {
            "cell_type": "code",
            "source": ["a = 1\n", "a"],
            "metadata": {"proclusters": {"role": role}},
        }
        for role in ("form", "solution")
    ]
    cells[1]["source"] = "theirs"
    cells.append({"cell_type": "markdown", "source": "# text", "metadata": {}})
    write_text(tmp_path / "01_x" / "01_x.ipynb", json_text({"cells": cells}))
    digest = hashlib.sha256(b"a = 1\na").hexdigest()
    assert lab.vouched(tmp_path)["cells"] == {"01_x": [digest]}


def test_another_course_does_not_change_the_list(tmp_path):
    (tmp_path / "nbgrader_config.py").touch()
    assert lab.vouch(CourseFolder(tmp_path)) is None


def test_released_webinars_are_laid_out_once_and_never_over_answers(tmp_path):
    root = lab.workspace(tmp_path)
    assert root == tmp_path.resolve()
    assert (root / NAME / f"{NAME}.ipynb").is_file()
    assert not list(root.rglob("answers.json"))
    forms.write_answers(root / NAME / "answers.json", NAME, {"vat": 1.0})
    (root / NAME / f"{NAME}.ipynb").write_text("{}")
    lab.workspace(tmp_path)
    assert (root / NAME / f"{NAME}.ipynb").read_text() == "{}"
    assert {each.webinar.name: each.filled for each in lab.found(root)}[NAME] == 1


def test_a_course_folder_keeps_its_release_untouched(tmp_path):
    (tmp_path / "nbgrader_config.py").touch()
    shutil.copytree(ROOT / "release" / NAME, tmp_path / "release" / NAME)
    assert lab.workspace(tmp_path / "release") == tmp_path.resolve() / "build" / "participant"


def corrected(folder, times):
    path = folder / f"{NAME}.ipynb"
    content = read_json(path, 1 << 24)
    content["metadata"]["proclusters"]["corrections"] = times
    path.write_text(json_text(content), "utf-8")


def test_a_corrected_webinar_replaces_the_old_one_and_keeps_every_answer(tmp_path, monkeypatch):
    release = tmp_path / "release"
    shutil.copytree(ROOT / "release" / NAME, release / NAME)
    monkeypatch.setattr(desk, "released", lambda: release)
    root = lab.workspace(tmp_path / "участник")
    forms.write_answers(root / NAME / "answers.json", NAME, {"vat": 1.0})
    answers = (root / NAME / "answers.json").read_bytes()
    old = (root / NAME / f"{NAME}.ipynb").read_bytes()
    corrected(release / NAME, 1)
    for _ in range(2):  # the second time there is nothing to do
        lab.workspace(root)
        assert (
            read_json(root / NAME / f"{NAME}.ipynb")["metadata"]["proclusters"]["corrections"] == 1
        )
        assert (root / NAME / f"{NAME} (до исправления).ipynb").read_bytes() == old
        assert (root / NAME / "answers.json").read_bytes() == answers


def test_the_start_page_tells_what_was_corrected(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "release" / NAME, tmp_path / NAME)
    assert "Исправлено" not in lab.start_page(tmp_path)
    correction = Correction(on=date(2026, 10, 21), what="В карточке 5 назван верный год")
    plan = replace(
        programme,
        webinars=tuple(
            w.model_copy(update={"corrected": (correction,)}) if w.name == NAME else w
            for w in programme.webinars
        ),
    )
    monkeypatch.setattr(desk, "programme", plan)
    page = lab.start_page(tmp_path)
    assert "- 21.10.2026, вебинар 3: В карточке 5 назван верный год" in page


def test_a_participant_may_keep_settings_of_an_exchange(tmp_path):
    (tmp_path / "nbgrader_config.py").touch()
    assert lab.workspace(tmp_path) == tmp_path.resolve()


def test_a_course_without_releases_is_told_so(tmp_path):
    (tmp_path / "nbgrader_config.py").touch()
    (tmp_path / "release").mkdir()
    with pytest.raises(CourseFolderError, match="ни одного выданного вебинара"):
        lab.workspace(tmp_path)


def test_the_start_page_links_what_is_there_and_names_the_rest(tmp_path):
    shutil.copytree(ROOT / "release" / NAME, tmp_path / NAME)
    page = lab.start_page(tmp_path)
    assert f"({NAME}/{NAME}.ipynb) | 19.10.2026 | 25.10.2026 | 0 |" in page
    assert page.count("ещё не выдан") == 7
    assert page.count(".ipynb)") == 1


def test_a_participant_has_no_instructor_tools(tmp_path):
    lab.prepare(tmp_path / "one", instructor=False)
    lab.prepare(tmp_path / "two", instructor=True)
    off = read_json(tmp_path / "one" / "settings" / "page_config.json")["disabledExtensions"]
    assert off["@jupyter/nbgrader:formgrader"] is True
    assert not read_json(tmp_path / "two" / "settings" / "page_config.json")["disabledExtensions"]
    one = lab.command(tmp_path, tmp_path, 1, instructor=False, browser=True)
    two = lab.command(tmp_path, tmp_path, 1, instructor=True, browser=True)
    assert any("formgrader=False" in argument for argument in one)
    assert not any("formgrader" in argument for argument in two)


def test_jupyter_lists_the_extension(tmp_path):
    lab.prepare(tmp_path, instructor=False)
    script = (
        "import json, sys; from jupyterlab_server.config import get_federated_extensions as g;"
        "print(json.dumps(g([sys.argv[1]])))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "labextensions")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)["proclusters"]["jupyterlab"]["_build"]
    assert (lab.EXTENSION / found["load"]).is_file()


def test_the_extension_asks_no_other_host_and_puts_no_text_in_as_html():
    for path in sorted((lab.EXTENSION / "static").iterdir()):
        text = path.read_text("utf-8")
        for word in ("http://", "https://", "innerHTML", "insertAdjacentHTML", "eval("):
            assert word not in text, f"{path.name}: {word}"


def test_every_released_webinar_names_its_fields_as_the_extension_reads_them():
    """The extension finds fields by a pattern; the survey of the authored text by its syntax."""
    script = (lab.EXTENSION / "static" / "exercises.js").read_text("utf-8")
    pattern = re.search(r"FIELD = /(.+)/g;", script)
    assert pattern
    course = CourseFolder(ROOT)
    for name in authoring.names(course):
        path = course.release / name / f"{name}.ipynb"
        if not path.is_file():
            continue
        cells = read_json(path, 1 << 24)["cells"]
        shown = [
            id
            for cell in cells
            if cell["metadata"].get("proclusters", {}).get("role") == "form"
            for id in re.findall(pattern[1], "".join(cell["source"]))
        ]
        assert shown == list(authoring.making.read(course, name).survey.asks)


# What a methodologist sees while writing


def test_a_preview_is_the_whole_notebook_and_runs_by_itself(tmp_path):
    folder = a_course(tmp_path)
    root = proof.build(folder, NAME)
    notebook = (root / NAME / f"{NAME}.ipynb").read_text("utf-8")
    assert notebook == (ROOT / "source" / NAME / f"{NAME}.ipynb").read_text("utf-8")
    settings = tmp_path / "settings"
    lab.prepare(settings, instructor=False)
    proof.trust(settings, root)
    listed = read_json(settings / "labextensions/proclusters/static/vouched.json")
    assert listed["cells"][NAME] == lab.vouched(ROOT / "source")["cells"][NAME]


def test_a_saved_text_is_built_anew_and_a_fault_is_told_and_kept_answers_stay(tmp_path):
    folder = a_course(tmp_path)
    root = proof.build(folder, NAME)
    forms.write_answers(root / NAME / "answers.json", NAME, {"vat": 1.0})
    settings = tmp_path / "settings"
    lab.prepare(settings, instructor=False)
    said, stopped = queue.Queue(), threading.Event()
    watch = threading.Thread(target=proof._watch, args=(folder, NAME, settings, stopped, said.put))
    watch.start()
    try:
        text = folder.assignments / NAME / "assignment.py"
        good = text.read_text("utf-8")
        time.sleep(0.1)
        text.write_text(good.replace("points=", "punkte=", 1), "utf-8")
        assert "assignment.py" in said.get(timeout=20)
        while not said.empty():
            said.get()
        text.write_text(good.replace("Кооперация", "Связи", 1), "utf-8")
        told = said.get(timeout=20)
        while "собрана заново" not in told:
            told = said.get(timeout=20)
    finally:
        stopped.set()
        watch.join()
    assert "Связи" in (root / NAME / f"{NAME}.ipynb").read_text("utf-8")
    assert (root / NAME / "answers.json").exists()


def a_course(root):
    (root / "nbgrader_config.py").touch()
    shutil.copytree(ROOT / "assignments" / NAME, root / "assignments" / NAME)
    return CourseFolder(root)


def feedback_page(score, at):
    write_text(at, f'<div class="score">\n<div><b>{score}</b></div>\n</div>')


def test_the_start_page_tells_the_points_once_feedback_has_come(tmp_path):
    root = lab.workspace(tmp_path)
    assert " из " not in lab.start_page(root)
    feedback_page("31,5 из 40", root / "Отзывы" / f"{NAME} (1).html")
    page = lab.start_page(root)
    assert f"[31,5 из 40](%D0%9E%D1%82%D0%B7%D1%8B%D0%B2%D1%8B/{NAME}%20%281%29.html)" in page
    feedback_page("<b>9 из 9</b>", root / "01_regime" / "feedback" / "today" / "01_regime.html")
    assert "[отзыв](01_regime/feedback/today/01_regime.html)" in lab.start_page(root)


def test_the_points_stand_where_the_grader_writes_them():
    """What the start page looks for is what a page of feedback holds."""
    from course.grading.page import Page, html

    told = html(Page(title="t", name="n", earned="31,5", worth="40\u00a0баллов", verdict="v"))
    assert desk._SCORE.search(told).groups() == ("31,5", "40")


def test_the_start_page_tells_what_is_due(tmp_path):
    root = lab.workspace(tmp_path)
    first, second = programme.webinars[:2]
    assert "Сейчас" not in lab.start_page(root, first.released - timedelta(1))
    page = lab.start_page(root, first.due - timedelta(2))
    assert "**Сейчас:** вебинар 1, сдать до" in page
    assert "осталось 2\u00a0дня" in page
    assert "сегодня последний день" in lab.start_page(root, first.due)
    write_text(root / "Отправить" / f"{first.name}-ivanov.json", "{}")
    assert "Сейчас" not in lab.start_page(root, first.due)
    assert "вебинар 2" in lab.start_page(root, second.released)
