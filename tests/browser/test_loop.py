"""The whole loop: a participant fills in and hands in, an instructor grades, both read."""

import json
import shutil
from contextlib import chdir, redirect_stdout
from io import StringIO
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from course import authoring, forms, grading, lab, people
from course.folder import CourseFolder
from course.forms import fields
from course.people import tokens
from tests.browser.conftest import BAR, ROOT, SECONDS, opened

NAME = "03_cooperation"
PERSON = "ivanov"

pytestmark = pytest.mark.browser


def test_from_the_letter_with_a_token_to_reading_the_feedback(server, browser, page, tmp_path):
    address, root = server
    course = organised(tmp_path / "course")
    (token,) = tokens.issue(course, tmp_path / "letters")
    shutil.copyfile(tmp_path / "letters" / PERSON / "token.txt", root / "token.txt")
    answers = authoring.model_answers(CourseFolder(ROOT), NAME, token.variant)
    asked = {id: field for id, field in declared(tmp_path, token.text).items() if id in answers}
    asked = {id: field for id, field in asked.items() if not id.startswith("team_")}
    half = len(asked) // 2

    notebook = f"{address}/lab/workspaces/auto-x/tree/{NAME}/{NAME}.ipynb?reset"
    opened(page, notebook)
    for id in list(asked)[:half]:
        fill(page, asked[id], answers[id])
    page.reload()
    expect(page.locator(BAR)).to_contain_text(f"Заполнено {half} из")
    page.click(".lm-MenuBar-itemLabel:text-is('Ядро')")
    page.click(".lm-Menu-itemLabel:has-text('Перезапустить ядро…')")
    page.locator(".jp-Dialog button.jp-mod-warn").click()
    expect(page.locator(BAR)).to_contain_text(f"Заполнено {half} из")

    second = browser.new_page(viewport={"width": 1366, "height": 768})
    second.set_default_timeout(SECONDS)
    opened(second, notebook.replace("auto-x", "auto-y"))
    for id in list(asked)[half:]:
        fill(second, asked[id], answers[id])
    expect(second.locator(BAR)).to_contain_text("Заполнено 15 из")
    second.get_by_role("button", name="Проверить").click()
    expect(second.locator(".proclusters-sheet li", has_text="Ответ записан")).to_have_count(15)
    second.get_by_role("button", name="Сдать", exact=True).click()
    dialog = second.get_by_role("dialog")
    expect(dialog).to_contain_text("Контрольная сумма")  # the token has told whose work it is
    dialog.get_by_role("button", name="Закрыть").click()
    second.close()

    delivery = grading.collect(course, root / lab.desk.SENT)
    assert delivery.taken == ((PERSON, NAME),)
    summary = grading.grade(course, NAME, workers=1)
    assert summary.quarantined == ()
    (feedback,) = grading.feedback(course, NAME)
    (root / lab.desk.FEEDBACK).mkdir()
    shutil.copyfile(feedback, root / lab.desk.FEEDBACK / feedback.name)

    (root / lab.START).write_text(lab.start_page(root), "utf-8")
    # a workspace of its own: one that is restored may put the notebook in front of the page
    page.goto(f"{address}/lab/workspaces/auto-z/tree/{quote(lab.START)}?reset")
    page.get_by_role("link", name="36 из 40").click()
    text = page.frame_locator("iframe").locator("body")
    expect(text).to_contain_text("36 из 40")
    expect(text).to_contain_text("Ещё не проверено преподавателем: 1")


def organised(root):
    """A course folder with webinar 3 and one participant."""
    for part in ("assignments", "source", "release"):
        shutil.copytree(ROOT / part / NAME, root / part / NAME)
    shutil.copyfile(ROOT / "nbgrader_config.py", root / "nbgrader_config.py")
    course = CourseFolder(root)
    person = {"id": PERSON, "name": "Иванов Пётр", "team": "", "region": ""}
    people.write_roster(course, [person])
    return course


def declared(folder, token):
    """The fields that the webinar asks of the owner of a token, by exercise."""
    place = folder / "declared"
    shutil.copytree(ROOT / "release" / NAME, place)
    forms.write_answers(place / "answers.json", NAME, {}, token=token)
    cells = json.loads((place / f"{NAME}.ipynb").read_text("utf-8"))["cells"]
    names = {}
    with chdir(place), redirect_stdout(StringIO()):
        for cell in cells:
            ours = cell["metadata"].get("proclusters", {}).get("role")
            if cell["cell_type"] == "code" and ours == "form":
                exec("".join(cell["source"]), names)
    return names["ask"]._fields


def fill(page, field, answer):
    """Enters an answer as a person would, by mouse or by keyboard."""
    match field:
        case fields.Number():
            typed = fields.Column("", "number", field.unit).typed(answer)
            page.get_by_label(field.label).fill(typed)
        case fields.Date():
            page.get_by_label(field.label).fill(field.told(answer))
        case fields.Text():
            box = page.get_by_label(field.label)
            box.focus()
            page.keyboard.insert_text(answer)
        case fields.Choice():
            group = page.get_by_role("radiogroup", name=field.label)
            group.get_by_label(field.options[answer], exact=True).check()
        case fields.Choices():
            form = page.locator(".proclusters", has_text=field.label)
            for key in answer:
                form.get_by_label(field.options[key], exact=True).focus()
                page.keyboard.press("Space")
        case fields.Match():
            form = page.locator(".proclusters", has_text=field.label)
            for key, value in answer.items():
                drop = form.get_by_label(field.items[key], exact=True)
                drop.select_option(label=field.options[value])
        case fields.Table():
            fill_table(page.locator(".proclusters", has_text=field.label), field, answer)


def fill_table(form, field, rows):
    for row in rows:
        for key, column in field.columns.items():
            if row.get(key) is None:
                continue
            cell = form.get_by_title(f"{field.named[row['row']]}, {column.title}", exact=True)
            if column.kind == "choice":
                cell.select_option(label=column.options[row[key]])
            else:
                cell.fill(column.typed(row[key]))
