"""JupyterLab as we start it: the folder a person works in, the start page, the list of cells."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course import authoring, forms, lab
from course.errors import CourseFolderError
from course.files import json_text, read_json, write_text
from course.folder import CourseFolder

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
