"""Who sees badly, has no mouse, or brings thirty rows from Excel gets through a webinar as well."""

import contextlib
import json
import time

import pytest
from playwright.sync_api import expect

from course import authoring
from course.folder import CourseFolder
from tests.browser.conftest import BAR, ROOT, opened

NAME = "03_cooperation"
TEXTS = "() => " + (ROOT / "tests" / "browser" / "contrast.js").read_text("utf-8")
MOST = 400  # presses of Tab that a webinar may take

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_texts_stand_out_from_their_ground(theme, server, place, page):
    address, _ = place(NAME)
    with themed(page, server[0], theme):
        opened(page, address)
        page.get_by_label("5. Какую сумму").fill("сорок")  # a problem, in its own colour
        expect(page.get_by_text("Не удалось прочитать")).to_be_visible()
        page.get_by_role("button", name="Что осталось").click()
        dark = page.locator("body").get_attribute("data-jp-theme-light") == "false"
        assert dark == theme.endswith("Dark")
        pale = page.evaluate(TEXTS)
    assert pale["seen"] > 60
    assert pale["pale"] == []


def test_at_150_per_cent_nothing_runs_off_the_page(browser, place):
    address, _ = place(NAME)
    page = browser.new_page(viewport={"width": 911, "height": 512}, device_scale_factor=1.5)
    opened(page, address)
    for name in ("Что осталось", "Проверить", "Сдать", "Показать код"):
        box = page.get_by_role("button", name=name, exact=True).bounding_box()
        assert box["x"] + box["width"] <= 911
    right = page.evaluate(
        "() => Math.max(...[...document.querySelectorAll('.proclusters')]"
        ".map(e => e.getBoundingClientRect().right))"
    )
    assert right <= 911
    page.close()


def test_thirty_rows_of_eight_columns_from_excel(place, page):
    address, folder = place(NAME)
    opened(page, address)
    table = page.locator(".proclusters", has_text="Связи вашего кластера").last
    grid = table.locator(".proclusters-table")
    grid.scroll_into_view_if_needed()
    titles = grid.locator(".proclusters-head").all_inner_texts()
    columns = len(titles) - 2
    first = grid.locator("input[type=text]").first
    first.focus()
    cells = [f"Ряд {row}\tФирма {row}" for row in range(1, 31)]
    begun = time.monotonic()
    page.evaluate(PASTE, "\r\n".join(cells) + "\r\n")
    rows = wait_for_rows(folder, "team_contracts", 30)
    assert time.monotonic() - begun < 20
    assert [row["supplier"] for row in rows] == [f"Ряд {row}" for row in range(1, 31)]
    assert grid.locator("input[type=text], select").count() == 30 * columns

    narrow = grid.locator("input[type=text], select").evaluate_all(
        "cells => Math.min(...cells.map(cell => cell.getBoundingClientRect().width))"
    )
    assert narrow >= 66
    last = grid.locator("input[type=text]").nth(-1)
    last.focus()
    head = grid.locator(".proclusters-head").first.bounding_box()
    cell = last.bounding_box()
    assert cell["y"] >= head["y"] + head["height"] - 1  # the head stays above, covering no cell

    grid.get_by_title("Удалить строку 2", exact=True).click()
    assert [row["supplier"] for row in wait_for_rows(folder, "team_contracts", 29)][1] == "Ряд 3"
    table.get_by_role("button", name="Вернуть удалённую строку").click()
    assert [row["supplier"] for row in wait_for_rows(folder, "team_contracts", 30)][1] == "Ряд 2"
    expect(grid.get_by_title("Удалить строку 30", exact=True)).to_have_count(1)

    first.focus()
    page.keyboard.press("ArrowDown" if not first.get_attribute("list") else "Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("!")  # two rows down, at the end of what stands there
    assert "Ряд 3" in page.evaluate("document.activeElement.value")


def test_a_whole_webinar_by_keyboard_alone(place, page):
    """Tab leads to every field, and every kind of field is filled without a mouse."""
    address, folder = place(NAME)
    opened(page, address)
    page.locator(".proclusters input").first.evaluate("e => e.focus({preventScroll: false})")
    graded = set(authoring.model_answers(CourseFolder(ROOT), NAME))
    graded = {id for id in graded if not id.startswith("team_")}
    met = []
    for _ in range(MOST):
        field = page.evaluate(FOCUS)
        met.append(field["id"])
        fill(page, field)
        if field["id"].startswith("team_"):
            break
        page.keyboard.press("Tab")
    page.wait_for_timeout(1500)
    kept = json.loads((folder / "answers.json").read_text("utf-8"))["answers"]
    missing = {id for id in graded if not kept.get(id, {}).get("value")}
    assert missing == set(), met
    expect(page.locator(BAR)).to_contain_text("Заполнено 15 из")


def fill(page, field):
    """What a person presses in a field of this kind, once for each."""
    match field["kind"]:
        case "radio" | "checkbox":
            if not field["checked"]:
                page.keyboard.press("Space")
        case "SELECT" if field["empty"]:
            page.keyboard.press("ArrowDown")
        case "TEXTAREA" if field["empty"]:
            page.keyboard.type("Своими словами")
        case "text" if field["empty"]:
            page.keyboard.type("28.09.2023" if "Каким днём" in field["label"] else "12,5")


FOCUS = """() => {
    const field = document.activeElement;
    const form = field.closest('.proclusters');
    const kind = ['INPUT'].includes(field.tagName) ? field.type : field.tagName;
    const label = form ? form.innerText.slice(0, 80) : '';
    const id = form && form.innerText.includes('отчётный год') ? 'team_' : label;
    const empty = field.tagName === 'SELECT' ? field.selectedIndex <= 0 : !field.value;
    return {kind, label, id, empty, checked: !!field.checked};
}"""

PASTE = """text => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    const options = {clipboardData: data, bubbles: true, cancelable: true};
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', options));
}"""


def wait_for_rows(folder, id, count):
    rows = []
    for _ in range(100):
        path = folder / "answers.json"
        if path.exists():
            kept = json.loads(path.read_text("utf-8"))["answers"].get(id, {})
            rows = kept.get("value") or []
        if len(rows) == count and all(row["buyer"] for row in rows):
            return rows
        time.sleep(0.2)
    return rows


@contextlib.contextmanager
def themed(page, address, theme):
    """JupyterLab in this theme, as a person would choose it in the settings."""
    page.goto(f"{address}/lab")
    url = f"{address}/lab/api/settings/@jupyterlab/apputils-extension:themes"
    page.evaluate(SETTINGS, [url, {"theme": theme}])
    yield
    page.evaluate(SETTINGS, [url, {}])


SETTINGS = """async ([url, settings]) => {
    const token = /_xsrf=([^;]+)/.exec(document.cookie)[1];
    const body = JSON.stringify({raw: JSON.stringify(settings)});
    await fetch(url, {method: 'PUT', headers: {'X-XSRFToken': token}, body});
}"""
