"""Every webinar opens wherever a participant may open it: Notebook 7 and Voilà."""

import sys

import pytest
from playwright.sync_api import expect

from course.programme import programme
from tests.browser.conftest import BAR, ROOT, free_port
from tests.browser.server import serving

# one for each change, all of them under `make check-all`
NAMES = [
    webinar.name if webinar.number == 6 else pytest.param(webinar.name, marks=pytest.mark.long)
    for webinar in programme.webinars
]

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", NAMES)
def test_notebook_7_runs_a_webinar_to_its_last_cell(name, server, page):
    address, _ = server
    page.goto(f"{address}/notebooks/{name}/{name}.ipynb")
    expect(page.locator(BAR)).to_contain_text("Заполнено 0 из")
    page.get_by_role("button", name="Что осталось").click()
    lines = page.locator(".proclusters-sheet li")
    expect(lines.nth(12)).to_be_visible()
    assert "_" not in lines.last.inner_text()  # the field has told its question, not its name
    whole_text_ran(page)


@pytest.fixture(scope="module")
def voila(tmp_path_factory):
    """The address of Voilà over the released webinars; nothing is written into them."""
    pytest.importorskip("voila", reason="нет Voilà: pip install voila")
    home = tmp_path_factory.mktemp("home")
    port = free_port()
    arguments = [
        sys.executable, "-m", "voila", str(ROOT / "release"), f"--port={port}", "--no-browser",
        "--Voila.ip=127.0.0.1", "--show_tracebacks=True",
    ]  # fmt: skip
    with serving(arguments, port, home, ready="/", PYTHONPATH=str(ROOT)) as address:
        yield address


@pytest.mark.parametrize("name", NAMES)
def test_voila_runs_a_webinar_to_its_last_cell(name, voila, page):
    page.goto(f"{voila}/voila/render/{name}/{name}.ipynb")
    whole_text_ran(page)
    expect(page.locator(".proclusters input:visible").first).to_be_visible()
    assert not (ROOT / "release" / name / "answers.json").exists()


def whole_text_ran(page):
    """The last cell that runs tells what is filled in; an error before it would have stopped."""
    expect(page.get_by_text("Заполнено заданий: 0 из")).to_have_count(1)
    expect(page.get_by_text("Traceback (most recent call last)")).to_have_count(0)
