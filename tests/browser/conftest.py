"""What every test in a browser needs: Chromium, a page of an office laptop's size, a server."""

import json
import shutil
import socket
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from course import lab
from tests.browser.server import serving

ROOT = Path(__file__).parents[2]
BAR = ".proclusters-bar-text"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SECONDS = 150_000  # a machine that does much else is slow, not wrong


@pytest.fixture(scope="module")
def browser(chromium):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser, tmp_path):
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(SECONDS)
    expect.set_options(timeout=SECONDS)
    yield page
    page.screenshot(path=tmp_path / "last.png")  # what a red test saw
    page.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The address of a participant's JupyterLab and its folder with released webinars."""
    home = tmp_path_factory.mktemp("home")
    root = lab.workspace(tmp_path_factory.mktemp("участник"))
    (root / lab.START).write_text(lab.start_page(root), "utf-8")
    lab.prepare(home / "lab", instructor=False)
    port = free_port()
    arguments = lab.command(home / "lab", root, port, instructor=False, browser=False)
    arguments = [*arguments, "--IdentityProvider.token="]
    with serving(arguments, port, home, PYTHONPATH=str(ROOT), JUPYTER_TOKEN="") as address:
        yield address, root


@pytest.fixture
def place(server):
    """Lays a fresh copy of a webinar into a folder of its own: its address and the folder."""
    address, root = server
    laid = []

    def lay(name):
        folder = root / f"проба-{time.time_ns()}" / name
        shutil.copytree(ROOT / "release" / name, folder)
        laid.append(folder.parent)
        path = f"{folder.parent.name}/{name}/{name}.ipynb"
        return f"{address}/lab/workspaces/auto-x/tree/{path}?reset", folder

    yield lay
    for folder in laid:
        shutil.rmtree(folder)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def opened(page, address):
    page.goto(address)
    expect(page.locator(BAR)).to_contain_text("Заполнено")


def stored(folder, id, wanted, seconds=20):
    """The kept value of an answer, waited for."""
    value = None
    for _ in range(seconds * 5):
        path = folder / "answers.json"
        if path.exists():
            value = json.loads(path.read_text("utf-8"))["answers"].get(id, {}).get("value")
            if value == wanted:
                break
        time.sleep(0.2)
    return value
