"""A person grades an open answer in nbgrader's formgrader, from the command to the gradebook."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest
from nbgrader.api import Gradebook

from course import grading
from tests import tiny
from tests.browser.conftest import SECONDS

pytestmark = pytest.mark.browser


@contextmanager
def instructor(course, elsewhere):
    """The instructor's JupyterLab as the command starts it from another folder: its address."""
    words = [sys.executable, "-m", "course.cli", "lab", "--instructor", "--course", course.root]
    environment = {
        **os.environ, "HOME": str(elsewhere), "BROWSER": "true", "PYTHONUNBUFFERED": "1",
        "JUPYTER_CONFIG_DIR": str(elsewhere / ".jupyter"),
    }  # fmt: skip
    with (elsewhere / "said.txt").open("w+b") as said:
        lab = subprocess.Popen(words, cwd=elsewhere, env=environment, stdout=said, stderr=said,
                               start_new_session=True)  # fmt: skip
        try:
            yield found(elsewhere / "said.txt")
        finally:
            os.killpg(lab.pid, signal.SIGINT)
            assert lab.wait(60) == 0


def found(said):
    for _ in range(SECONDS // 500):
        time.sleep(0.5)
        told = re.search(r"(http://[\d.:]+)/lab\?token=(\S+)", said.read_text("utf-8"))
        try:
            if told:
                urllib.request.urlopen(f"{told[1]}/api", timeout=5).close()
                return told[1], told[2]
        except OSError:
            continue
    raise AssertionError(said.read_text("utf-8"))


def test_a_person_reads_the_rubric_beside_the_answer_and_gives_points(page, tmp_path):
    course = tiny.course(tmp_path / "курс с пробелом")
    tiny.hand_in(course, "anna", {**tiny.GOOD, "memo": "Связи подтверждены договорами. " * 9})
    grading.grade(course, tiny.NAME)
    with Gradebook(f"sqlite:///{course.gradebook}") as book:
        work = book.find_submission_notebook(tiny.NAME, tiny.NAME, "anna").id
    (tmp_path / "elsewhere").mkdir()
    with instructor(course, tmp_path / "elsewhere") as (address, token):
        page.goto(f"{address}/api/status?token={token}")  # the token becomes a cookie
        page.goto(f"{address}/formgrader/submissions/{work}")
        page.wait_for_load_state("networkidle")  # until then nothing that is typed is kept
        score = page.locator("input.score").last
        score.wait_for()
        answer = page.get_by_text("Связи подтверждены договорами.").first
        assert answer.evaluate("element => element.scrollWidth <= element.clientWidth")
        assert page.get_by_text("По 2 балла.").is_visible()
        score.fill("99")  # formgrader itself holds it to what the cell is worth
        with page.expect_response(lambda reply: "/api/grade/" in reply.url):
            score.press("Tab")
        page.locator("textarea.comment").last.fill("Назовите срок.")
        with page.expect_response(lambda reply: "/api/comment/" in reply.url):
            score.click()  # formgrader saves a remark when it is left
    with Gradebook(f"sqlite:///{course.gradebook}") as book:
        given = book.find_grade("memo", tiny.NAME, tiny.NAME, "anna")
        assert (given.manual_score, given.needs_manual_grade) == (given.max_score, False)
    grading.feedback(course, tiny.NAME)
    (written,) = (course.feedback / "anna").rglob("*.html")
    assert "Назовите срок." in written.read_text("utf-8")
