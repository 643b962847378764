"""The command: both languages, odd places to start from, and how it refuses."""

from __future__ import annotations

import ast
import gettext
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from course.cli import screen

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "course" / "locale"


def proclusters(
    *words: str, cwd: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command in a process with a poor environment."""
    return subprocess.run(
        [sys.executable, "-I", "-m", "course.cli", *words],
        cwd=cwd,
        env={"HOME": os.environ.get("HOME", ""), "PATH": os.defpath, **environment},
        capture_output=True,
        encoding="utf-8",
    )


def catalogue(language: str) -> set[str]:
    with (LOCALE / language / "LC_MESSAGES" / "messages.po").open("rb") as stream:
        return {str(message.id) for message in read_po(stream) if message.id}


def test_every_message_of_the_command_has_an_english_twin() -> None:
    trees = [ast.parse(path.read_text("utf-8")) for path in (ROOT / "course/cli").glob("*.py")]
    said = {
        node.args[0].value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "_"
        and isinstance(node.args[0], ast.Constant)
    }
    assert said == catalogue("en")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_compiled_messages_are_fresh(language: str) -> None:
    folder = LOCALE / language / "LC_MESSAGES"
    fresh = io.BytesIO()
    with (folder / "messages.po").open("rb") as stream:
        write_mo(fresh, read_po(stream))
    compiled = gettext.GNUTranslations(io.BytesIO((folder / "messages.mo").read_bytes()))
    expected = gettext.GNUTranslations(io.BytesIO(fresh.getvalue()))
    messages = [{k: v for k, v in each._catalog.items() if k} for each in (compiled, expected)]
    assert messages[0] == messages[1], "исправить: make messages"


@pytest.mark.parametrize("words", [["--help"], ["grade", "--help"], ["law", "--help"]])
def test_help_is_russian_without_a_locale(words: list[str]) -> None:
    done = proclusters(*words, LC_ALL="C")
    assert done.returncode == 0
    assert "использование:" in done.stdout
    assert "show this help" not in done.stdout


def test_help_is_english_on_request() -> None:
    done = proclusters("--help", LC_ALL="C", PROCLUSTERS_LANG="en")
    assert "grade what was handed in" in done.stdout
    assert "использование" not in done.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "не указано"),
        (["laugh"], "нет варианта"),
        (["law", "show", "tax.vat.rate", "--on", "вчера"], "день пишется так"),
        (["grade", "11"], "вебинара «11» нет"),
        (["report", "radioelectronics", "-p", "ставка"], "имя=значение"),
        (["report", "../../etc"], "etc"),
        (["report", "atlantis"], "atlantis"),
        (["law", "show", "tax.on.air", "--on", "2026-01-01"], "tax.on.air"),
    ],
)
def test_refuses_with_a_russian_sentence_and_code_2(words: list[str], message: str) -> None:
    done = proclusters(*words)
    assert done.returncode == 2, done.stdout
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_no_course_is_refused(tmp_path: Path) -> None:
    done = proclusters("grade", cwd=tmp_path)
    assert done.returncode == 2
    assert "не папка курса" in done.stderr


def test_a_traceback_is_shown_only_on_request(tmp_path: Path) -> None:
    assert "Traceback" in proclusters("grade", "--debug", cwd=tmp_path).stderr


def test_works_from_a_folder_inside_a_course_with_a_difficult_name(tmp_path: Path) -> None:
    course = tmp_path / "Мой курс 2026"
    inner = course / "teams" / "а б"
    inner.mkdir(parents=True)
    (course / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
    done = proclusters("check", "нет-такой", cwd=inner, LC_ALL="C")
    assert done.returncode == 2
    assert "не папка курса" not in done.stderr


def test_what_is_printed_cannot_steer_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    screen.say("имя\x1b[31m\x07\u202e.txt")
    printed = capsys.readouterr().out
    assert not set("\x1b\x07\u202e") & set(printed)


def test_grading_says_that_a_webinar_was_changed_and_not_built(tmp_path: Path) -> None:
    name = "01_regime"
    for part in ("assignments", "source"):
        shutil.copytree(ROOT / part / name, tmp_path / part / name)
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
    told = "текст вебинара изменён после сборки"
    assert told not in proclusters("grade", "1", cwd=tmp_path).stdout
    text = tmp_path / "assignments" / name / "assignment.py"
    text.write_text(text.read_text("utf-8") + "\n# Конец.\n", "utf-8")
    assert told in proclusters("grade", "1", cwd=tmp_path).stdout
