"""A participant's JupyterLab as `proclusters lab` starts it, and the same in Notebook 7."""

import hashlib
import json
import os
import shutil
import signal
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from course import grading, lab, people
from course.folder import CourseFolder
from tests.browser.conftest import BAR, ROOT, opened, stored

NAME = "03_cooperation"
SAVE = "[data-command='docmanager:save']"

pytestmark = pytest.mark.browser


@pytest.fixture
def webinar(place):
    """A fresh copy of webinar 3: the address and the folder."""
    return place(NAME)


def test_from_the_start_page_to_a_file_that_the_course_takes_in(server, page, tmp_path):
    address, root = server
    page.goto(f"{address}/lab/tree/{lab.START}")
    page.get_by_role("link", name="Кооперация и функциональная карта").click()
    expect(page.locator(BAR)).to_have_text("Заполнено 0 из\u00a015")
    expect(page.locator(".jp-Notebook .jp-InputArea:visible")).to_have_count(
        page.locator(".jp-MarkdownCell .jp-InputArea:visible").count()
    )  # no code, no grey line
    expect(page.locator("strong", has_text="Как открыть поля")).to_be_hidden()

    page.get_by_role("button", name="Что осталось").click()
    page.locator(".proclusters-sheet").get_by_role("button", name="5. Какую сумму").click()
    page.keyboard.type("48,5")  # the line has led to the field itself
    assert stored(root / NAME, "vat", 48_500_000) == 48_500_000
    expect(page.locator(BAR)).to_contain_text("Заполнено 1 из\u00a015 · сохранено в")

    page.get_by_role("button", name="Проверить").click()
    line = page.locator(".proclusters-sheet li", has_text="5. Какую сумму")
    expect(line).to_contain_text("Ответ записан, оценка появится после проверки.")
    expect(page.locator(".proclusters-sheet li", has_text="Ответа пока нет")).to_have_count(14)

    page.get_by_role("button", name="Сдать", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Без ответа: 14")
    expect(dialog).to_contain_text("1. Что проверяет прочитанное требование")
    dialog.get_by_role("button", name="Всё равно сдать").click()
    page.get_by_label("Ваш код участника").fill("иванов")
    page.get_by_role("button", name="Продолжить").click()
    expect(page.get_by_role("alert")).to_contain_text("латинские буквы")
    page.get_by_label("Ваш код участника").fill("ivanov")
    page.get_by_role("button", name="Продолжить").click()
    expect(page.get_by_role("dialog")).to_contain_text("Контрольная сумма")
    page.get_by_role("dialog").get_by_role("button", name="Закрыть").click()
    expect(page.locator(BAR)).to_contain_text("файл для отправки от")

    course = CourseFolder(tmp_path / "course")
    (course.source / NAME).mkdir(parents=True)
    people.write_roster(course, [{"id": "ivanov", "name": "Иванов", "team": "", "region": ""}])
    delivery = grading.collect(course, root / "Отправить")
    assert delivery.taken == (("ivanov", NAME),)
    taken = course.submitted / "ivanov" / NAME / "answers.json"
    assert taken.read_bytes() == (root / NAME / "answers.json").read_bytes()


def test_a_webinar_open_in_two_tabs_is_saved_without_a_question(webinar, browser, page):
    address, folder = webinar
    with second_tab(browser, page, address) as second:
        page.get_by_label("5. Какую сумму").fill("48,5")
        assert stored(folder, "vat", 48_500_000) == 48_500_000
        save(page, folder)
        save(second, folder)
        save(page, folder)
        expect(second.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_what_was_written_elsewhere_is_not_overwritten_unasked(webinar, page):
    address, folder = webinar
    opened(page, address)
    page.locator("[data-command='notebook:insert-cell-below']").first.click()
    page.locator(".jp-mod-active .cm-content").click()
    page.keyboard.type("# note-here")
    path = folder / f"{NAME}.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    notebook["cells"].append({**notebook["cells"][0], "id": "other", "metadata": {},
                              "source": "note-elsewhere"})  # fmt: skip
    path.write_text(json.dumps(notebook), "utf-8")
    page.locator(SAVE).dispatch_event("click")  # or JupyterLab has just begun to save by itself
    expect(page.get_by_role("dialog")).to_contain_text("Файл изменён")
    assert "note-elsewhere" in path.read_text("utf-8")
    page.get_by_role("button", name="Перезаписать").click()
    until(lambda: "# note-here" in path.read_text("utf-8"))
    assert "note-elsewhere" not in path.read_text("utf-8")


@contextmanager
def second_tab(browser, page, address):
    """Both tabs show the webinar with its fields; the second one is given."""
    opened(page, address)
    second = browser.new_page(viewport={"width": 1366, "height": 768})
    opened(second, address.replace("auto-x", "auto-y"))
    yield second
    second.close()


def save(tab, folder):
    """Saves by the button and waits until the file is written."""
    path = folder / f"{NAME}.ipynb"
    before = path.stat().st_mtime_ns

    def written():
        tab.locator(SAVE).click()  # it does nothing while JupyterLab saves by itself
        return path.stat().st_mtime_ns > before

    until(written)


def until(done):
    for _ in range(300):
        if done():
            return
        time.sleep(0.2)
    raise AssertionError("the notebook was not written")


def test_code_shows_only_when_asked_for(webinar, page):
    address, _ = webinar
    opened(page, address)
    code = page.locator(".proclusters-code .cm-content:visible")
    expect(code).to_have_count(0)
    page.get_by_role("button", name="Показать код").click()
    expect(code.first).to_be_visible()
    page.get_by_role("button", name="Показать код").click()
    expect(code).to_have_count(0)


def test_a_changed_notebook_runs_only_when_the_reader_agrees(webinar, page):
    address, folder = webinar
    path = folder / f"{NAME}.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    setup = next(cell for cell in notebook["cells"] if cell["id"] == "setup")
    setup["source"] = [*setup["source"], "\nopen('ran', 'w').close()"]
    path.write_text(json.dumps(notebook), "utf-8")
    page.goto(address)
    expect(page.locator(BAR)).to_contain_text("Тетрадь отличается от выданной")
    page.get_by_role("button", name="Проверить").click()
    page.wait_for_timeout(2000)
    assert not (folder / "ran").exists()
    page.get_by_role("button", name="Открыть поля").click()
    page.get_by_role("dialog").get_by_role("button", name="Открыть").click()
    expect(page.locator(BAR)).to_contain_text("Заполнено 0")
    assert (folder / "ran").exists()


def test_a_module_beside_the_notebook_is_never_run_by_itself(webinar, page):
    address, folder = webinar
    (folder / "course.py").write_text("open('ran', 'w').close()")
    page.goto(address)
    expect(page.locator(BAR)).to_contain_text("Рядом с тетрадью лежит постороннее: course.py")
    page.wait_for_timeout(1000)
    assert not (folder / "ran").exists()


def test_a_dead_kernel_is_told_and_the_fields_come_back(server, webinar, page):
    address, folder = webinar
    opened(page, address)
    page.get_by_label("5. Какую сумму").fill("48,5")
    assert stored(folder, "vat", 48_500_000) == 48_500_000
    with urllib.request.urlopen(f"{server[0]}/api/sessions") as answer:
        sessions = json.load(answer)
    kernel = next(each for each in sessions if folder.parent.name in each["path"])["kernel"]["id"]
    process = next(
        int(path.parent.name)
        for path in Path("/proc").glob("[0-9]*/cmdline")
        if kernel.encode() in path.read_bytes()
    )
    os.kill(process, signal.SIGKILL)
    expect(page.locator(BAR)).to_contain_text("ядро остановилось")
    page.locator(".jp-Dialog button").click()  # JupyterLab tells it in its own words too
    expect(page.locator(BAR)).to_contain_text("Заполнено 1")
    expect(page.get_by_label("5. Какую сумму")).to_have_value("48,5")
    page.get_by_label("5. Какую сумму").fill("50")
    assert stored(folder, "vat", 50_000_000) == 50_000_000


def test_choices_by_arrows_and_a_table_from_excel(webinar, page):
    address, folder = webinar
    opened(page, address)
    group = page.get_by_role("radiogroup", name="1. Что проверяет")
    radios = group.get_by_role("radio")
    radios.first.focus()
    page.keyboard.press("Space")
    first = radios.first.evaluate("e => e.checked")
    page.keyboard.press("ArrowDown")
    assert first
    expect(radios.nth(1)).to_be_checked()
    expect(page.locator(BAR)).to_contain_text("Заполнено 1")
    cells = page.locator(".jp-CodeCell").count()
    page.keyboard.press("d")
    page.keyboard.press("d")
    assert page.locator(".jp-CodeCell").count() == cells

    table = page.locator(".proclusters", has_text="Связи вашего кластера").last
    first = table.locator(".proclusters-table input[type=text]").first
    first.focus()
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData('text/plain', 'Альфа\\tБета\\r\\nГамма\\tДельта\\r\\n');
            const options = {clipboardData: data, bubbles: true, cancelable: true};
            document.activeElement.dispatchEvent(new ClipboardEvent('paste', options));
        }"""
    )
    for _ in range(50):
        text = (folder / "answers.json").read_text("utf-8")
        if "Дельта" in text:
            break
        time.sleep(0.2)
    rows = json.loads(text)["answers"]["team_contracts"]["value"]
    assert [(row["supplier"], row["buyer"]) for row in rows] == [
        ("Альфа", "Бета"), ("Гамма", "Дельта")]  # fmt: skip


def test_a_token_from_the_letter_gives_own_numbers_and_answers_stay(server, page):
    address, root = server
    name = "04_project"
    place = root / f"код-{time.time_ns()}" / name
    shutil.copytree(ROOT / "release" / name, place)
    path = f"{place.parent.name}/{name}/{name}.ipynb"
    page.goto(f"{address}/lab/workspaces/auto-x/tree/{path}?reset")
    page.get_by_role("button", name="Код участника").click()
    page.get_by_label("Ваш код участника").fill("PK1.17")
    page.get_by_role("button", name="Записать").click()
    expect(page.get_by_role("alert")).to_contain_text("начинается с PK1")
    token = f"PK1.17.ivanov.{'x' * 22}"
    page.get_by_label("Ваш код участника").fill(token)
    page.get_by_role("button", name="Записать").click()
    expect(page.get_by_role("button", name="Код участника")).to_be_hidden()
    assert (place.parent / "token.txt").read_text("utf-8").strip() == token
    expect(page.locator(BAR)).to_contain_text("Заполнено 0")
    page.locator(".proclusters input[type=text]").first.fill("1")
    for _ in range(100):
        if (place / "answers.json").exists():
            break
        time.sleep(0.2)
    assert json.loads((place / "answers.json").read_text("utf-8"))["token"] == token
    shutil.rmtree(place.parent)


def test_notebook_7_opens_the_fields_too(webinar, page):
    address, folder = webinar
    page.goto(address.replace("/lab/workspaces/auto-x/tree/", "/notebooks/").removesuffix("?reset"))
    expect(page.locator(BAR)).to_contain_text("Заполнено 0 из")
    page.get_by_label("5. Какую сумму").fill("48,5")
    assert stored(folder, "vat", 48_500_000) == 48_500_000
    expect(page.locator(BAR)).to_contain_text("Заполнено 1")


def test_the_checksum_is_sha_256(server, page):
    page.goto(f"{server[0]}/lab")
    told = page.evaluate(
        """async () => {
            const {sha256} = await import('/lab/extensions/proclusters/static/sha256.js');
            return ['', 'Кластер', 'я'.repeat(55), 'a'.repeat(64), 'я'.repeat(5000)].map(sha256);
        }"""
    )
    texts = ["", "Кластер", "я" * 55, "a" * 64, "я" * 5000]
    assert told == [hashlib.sha256(text.encode()).hexdigest() for text in texts]
