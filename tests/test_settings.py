"""Settings of a course are read as nbgrader would have them, and nothing is run."""

from __future__ import annotations

from pathlib import Path

import pytest

from course import settings

FILE = Path("/courses/one/nbgrader_config.py")


@pytest.mark.parametrize(("lines", "value"), [
    ("{} = 'in'", "in"),
    ("{} = os.path.join('in', 'works')", "in/works"),
    ("{} = 'in' + '/' + 'works'", "in/works"),
    ("TERM = 'autumn'\n{} = f'{{TERM}}/in'", "autumn/in"),
    ("BASE = Path(__file__).parent\n{} = str(BASE / 'in')", "/courses/one/in"),
    ("BASE = os.path.dirname(os.path.abspath(__file__))\n{} = os.path.join(BASE, 'in')",
     "/courses/one/in"),
    ("{} = str(pathlib.Path(__file__).resolve().parent.parent / 'in')", "/courses/in"),
    ("{} = 'first'\n{} = 'second'", "second"),
    ("{} = True", True),
    ("d = c.CourseDirectory\nd.submitted_directory = 'in'", "in"),
    # what only a run would tell
    ("{} = os.environ['PLACE']", None),
    ("{} = input()", None),
    ("{} = f'{{TERM}}'", None),
    ("{} = f'{{3:>5}}'", None),
    ("{} = 7", None),
    ("{} = os.path.join()", None),
    ("{} = os.path.join(*words)", None),

    ("TERM = 'a'\nif late:\n    TERM = 'b'\n{} = TERM", None),
    ("TERM = 'a'\nfor TERM in range(3): pass\n{} = TERM", None),
    ("{} = 'in'\n{} += 'put'", None),
    ("if late:\n    {} = 'other'", None),
    ("def more(c):\n    {} = 'other'", None),
])  # fmt: skip
def test_the_value_of_a_setting(lines: str, value: str | bool | None) -> None:
    name = "c.CourseDirectory.submitted_directory"
    text = "c = get_config()\nraise SystemExit\n" + lines.replace("{}", name).replace("{{", "{")
    assert settings.directory(text.replace("}}", "}"), FILE) == {"submitted_directory": value}


@pytest.mark.parametrize("text", [
    "", "c = get_config()", "c.Exchange.root = '/x'", "c.CourseDirectory = {}", "no python (",
    "x" + "+x" * 5_000, "a\0b",
])  # fmt: skip
def test_no_settings(text: str) -> None:
    assert settings.directory(text, FILE) == {}


@pytest.mark.parametrize(("text", "seconds"), [
    ("c.ExecutePreprocessor.timeout = 600", 600),
    ("c.ExecutePreprocessor.timeout = 600\nc.Execute.timeout = 5", 5),
    ("c.Execute.timeout = None", 0), ("c.Execute.timeout = -1", 0), ("no python (", None),
    ("c.Execute.timeout = LONG", None), ("c.Other.timeout = 5", None),
])  # fmt: skip
def test_the_seconds_of_a_cell(text: str, seconds: float | None) -> None:
    assert settings.patience(text) == seconds


BEGIN = "c.ClearHiddenTests.begin_test_delimeter = "
END = "c.ClearHiddenTests.end_test_delimeter = "


@pytest.mark.parametrize(("text", "around"), [
    ("", ("BEGIN HIDDEN TESTS", "END HIDDEN TESTS")),
    ("no python (", ("BEGIN HIDDEN TESTS", "END HIDDEN TESTS")),
    (f"{BEGIN}'# hide'\n{END}'# show'", ("# hide", "# show")),
    (f"{BEGIN}'# hide'", ("# hide", "END HIDDEN TESTS")),
    (f"{BEGIN}WORDS\n{END}'# show'", ("", "")),
])  # fmt: skip
def test_the_words_around_what_is_hidden(text: str, around: tuple[str, str]) -> None:
    assert settings.hidden(text) == around
