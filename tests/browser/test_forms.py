"""A participant in JupyterLab: fills in, reloads, restarts the kernel, opens a second tab."""

import json
import shutil
import socket
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError, expect

from course import authoring
from course.folder import CourseFolder
from course.programme import load
from tests.browser.conftest import SECONDS
from tests.browser.server import serving

ROOT = Path(__file__).parents[2]
TINY = ROOT / "tests" / "authoring" / "tiny"
NAME = "01_tiny"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab in a folder that holds the released notebook."""
    root = tmp_path_factory.mktemp("участник")
    course = tmp_path_factory.mktemp("course")
    shutil.copytree(TINY, course, dirs_exist_ok=True)
    shutil.copyfile(ROOT / "nbgrader_config.py", course / "nbgrader_config.py")
    plan = load(TINY / "programme.yaml")
    authoring.build(CourseFolder(course), (), plan=plan)
    authoring.release(CourseFolder(course), (), plan=plan)
    shutil.copytree(course / "release" / NAME, root / NAME)
    settings = root / ".settings" / "@jupyterlab" / "translation-extension"
    settings.mkdir(parents=True)
    (settings / "plugin.jupyterlab-settings").write_text('{"locale": "ru_RU"}')
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}",
        "--ServerApp.ip=127.0.0.1", "--IdentityProvider.token=", f"--ServerApp.root_dir={root}",
        "--LabApp.news_url=None",
    ]  # fmt: skip
    places = {
        "JUPYTERLAB_SETTINGS_DIR": str(root / ".settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(root / ".workspaces"),
    }
    with serving(arguments, port, root, PYTHONPATH=str(ROOT), **places) as address:
        yield address, root / NAME


def open_notebook(page, address):
    page.goto(f"{address}/lab/workspaces/auto-x/tree/{NAME}/{NAME}.ipynb?reset")
    page.wait_for_selector(".jp-Notebook")


def run_all(page):
    """Do what the guide says: run all, and again if the kernel did not stand yet."""
    page.get_by_text("Python 3 (ipykernel) | Простаивает").wait_for()
    last = page.get_by_label("Напишите министру")
    for _ in range(4):
        page.click(".lm-MenuBar-itemLabel:text-is('Выполнить')")
        page.click(".lm-Menu-itemLabel:text-is('Запустить все ячейки')")
        try:
            last.wait_for(timeout=20_000)
            break
        except TimeoutError:
            continue
    last.wait_for()


def stored(folder, id, wanted, seconds=20):
    """The kept value of an answer, waited for."""
    value = None
    for _ in range(seconds * 5):
        path = folder / "answers.json"
        if path.exists():
            entry = json.loads(path.read_text("utf-8"))["answers"].get(id, {})
            value = entry.get("value")
            if value == wanted:
                break
        time.sleep(0.2)
    return value


def test_participant_fills_in_reloads_restarts_and_opens_a_second_tab(lab, browser, page):
    address, folder = lab
    open_notebook(page, address)
    run_all(page)
    expect(page.locator(".jp-InputPlaceholder:visible")).to_have_count(0)

    density = page.get_by_label("Какова плотность сети")
    density.click()
    page.keyboard.type("21,4")
    assert stored(folder, "density", 0.214) == 0.214
    expect(page.get_by_text("Записано: 21,4 %. Сохранено в")).to_be_visible()
    expect(page.get_by_text("2 балла. Ответ записан")).to_have_count(1)

    page.get_by_label("«Ток», Курск").click()
    assert stored(folder, "isolated", "tok") == "tok"
    page.get_by_label("Производственная услуга").focus()
    page.keyboard.press("Space")  # by keyboard alone
    assert stored(folder, "kept", ["d"]) == ["d"]
    page.get_by_label("Поставка корпусов").select_option("Поставка продукции")
    assert stored(folder, "links", {"two": "supply"}) == {"two": "supply"}
    page.get_by_title("«Луч», «Ток»").fill("12")
    row = [{"row": "luch", "tok": 12_000_000, "nit": None, "kind": None}]
    assert stored(folder, "matrix", row) == row
    page.get_by_label("Напишите министру").fill("Подавать рано <b>")
    assert stored(folder, "memo", "Подавать рано <b>") == "Подавать рано <b>"

    second = browser.new_page(viewport={"width": 1366, "height": 768})
    second.set_default_timeout(SECONDS)
    open_notebook(second, address)
    run_all(second)
    second.get_by_label("С какого дня").fill("1 января 2026")
    assert stored(folder, "since", "2026-01-01") == "2026-01-01"
    assert stored(folder, "density", 0.214) == 0.214
    second.close()
    page.get_by_label("Аренда помещения").click()  # the first tab goes on and keeps the other's
    assert stored(folder, "kept", ["c", "d"]) == ["c", "d"]
    assert stored(folder, "since", "2026-01-01") == "2026-01-01"

    page.click(".lm-MenuBar-itemLabel:text-is('Ядро')")
    page.click(".lm-Menu-itemLabel:has-text('Перезапустить ядро и Запустить все ячейки')")
    page.locator(".jp-Dialog button.jp-mod-warn").click()
    page.wait_for_timeout(3000)
    page.get_by_label("Напишите министру").wait_for()
    expect(density).to_have_value("21,4")
    expect(page.get_by_label("С какого дня")).to_have_value("1 января 2026")
    expect(page.get_by_label("«Ток», Курск")).to_be_checked()
    expect(page.get_by_title("«Луч», «Ток»")).to_have_value("12")
    expect(page.get_by_label("Напишите министру")).to_have_value("Подавать рано <b>")


def test_forms_fit_a_small_screen(lab, page):
    address, _ = lab
    open_notebook(page, address)
    run_all(page)
    wide = page.evaluate(
        """() => [...document.querySelectorAll('.proclusters, .proclusters *')]
        .filter(e => e.offsetParent && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0
                     && getComputedStyle(e).overflowX !== 'visible'
                     && !['INPUT', 'SELECT'].includes(e.tagName))
        .map(e => e.className)"""
    )
    assert wide == []
    right = page.evaluate(
        "() => Math.max(...[...document.querySelectorAll('.proclusters')]"
        ".map(e => e.getBoundingClientRect().right))"
    )
    assert right <= 1366
