"""The hostile corpus: exact points or a refusal for everybody, and nothing leaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from course import grading
from course.folder import CourseFolder
from course.grading.summary import Summary
from tests import tiny
from tests.hostile.corpus import CASES, SECRET, Case

ODD_NAMES = (
    "Иванов", "two words", "=cmd()", "-rf", "\x1b[2Jclear", "line\nbreak", "a" * 180, "a.b",
    "<script>", "..%2f", "\u202eturned",
)  # fmt: skip


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[CourseFolder, Summary]:
    folder = tiny.course(tmp_path_factory.mktemp("hostile"))
    for case in CASES:
        case.make(tiny.hand_in(folder, case.name, tiny.GOOD))
    for name in ODD_NAMES:
        tiny.hand_in(folder, name, tiny.GOOD)
    tiny.hand_in(folder, "honest", tiny.GOOD)
    (folder.submitted / "a_file").write_text("no folder", "utf-8")
    summary = grading.grade(folder, tiny.NAME, seconds=60)
    grading.feedback(folder, tiny.NAME)
    return folder, summary


@pytest.fixture(scope="module")
def points(run: tuple[CourseFolder, Summary]) -> dict[str, tuple[float, ...]]:
    with Gradebook(f"sqlite:///{run[0].gradebook}") as book:
        return {
            submission.student_id: tuple(
                grade.auto_score
                for name in ("check_share", "check_law", "check_picks")
                for grade in submission.notebooks[0].grades
                if grade.name == name
            )
            for submission in book.assignment_submissions(tiny.NAME)
        }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_exact_points_or_a_refusal(
    run: tuple[CourseFolder, Summary], points: dict[str, tuple[float, ...]], case: Case
) -> None:
    refused = {each.person: each.reason for each in run[1].quarantined}
    if isinstance(case.expected, str):
        assert case.expected in refused.get(case.name, f"graded: {points.get(case.name)}")
        assert case.name not in points
    else:
        assert case.name not in refused, refused[case.name]
        assert points[case.name] == case.expected


def test_everybody_gets_points_or_a_reason(
    run: tuple[CourseFolder, Summary], points: dict[str, tuple[float, ...]]
) -> None:
    _, summary = run
    assert points["honest"] == (2, 1, 3)
    assert len(summary.graded) + len(summary.quarantined) == len(CASES) + len(ODD_NAMES) + 2
    assert not summary.faults
    assert set(points) == set(summary.graded)


def test_the_summary_is_safe_to_print(run: tuple[CourseFolder, Summary]) -> None:
    text = "".join(run[1].lines)
    assert not {sign for sign in text if ord(sign) < 32 or sign in "\u202e\u2066\x7f\x9b"}
    assert "a_file" in text


def made(folder: CourseFolder) -> list[Path]:
    """Every file that grading made."""
    roots = (folder.autograded, folder.feedback)
    return [path for root in roots for path in root.rglob("*") if path.is_file()] + [
        folder.gradebook
    ]


def test_what_was_out_of_reach_is_in_no_byte(run: tuple[CourseFolder, Summary]) -> None:
    paths = made(run[0])
    assert len(paths) > len(CASES)
    assert not [path for path in paths if SECRET.encode() in path.read_bytes()]
    assert not [path for path in paths if path.is_symlink()]


def test_no_hidden_check_reaches_a_participant(run: tuple[CourseFolder, Summary]) -> None:
    pages = [path.read_text("utf-8") for path in run[0].feedback.rglob("*.html")]
    assert len(pages) >= len(CASES) - 5
    for page in pages:
        for word in (tiny.CANARY, "MARK SCHEME", "По 2 балла", "Traceback", "tolerance", "check."):
            assert word not in page


def test_pages_hold_no_markup_of_a_participant(run: tuple[CourseFolder, Summary]) -> None:
    for path in run[0].feedback.rglob("*.html"):
        page = path.read_text("utf-8")
        assert "<script" not in page
        assert "<img" not in page
        assert page.count("</body>") == 1
        assert "1337" not in page
        assert not {sign for sign in page if ord(sign) < 32 and sign != "\n"}


def test_nothing_is_left_behind_or_touched(run: tuple[CourseFolder, Summary]) -> None:
    folder, _ = run
    assert not list(folder.autograded.glob(".*"))
    beside = {path.name for path in folder.root.iterdir() if not path.name.startswith("away-")}
    assert beside == {
        "autograded", "feedback", "gradebook.db", "nbgrader_config.py", "secret.json", "source",
        "submitted",
    }  # fmt: skip
