import json
import os
import subprocess
import sys

import ipywidgets
import pytest

from course.errors import AnswerError
from course.forms import cite, open_form, pages, play, show, status, widgets
from course.forms.form import Form


class Screen:
    """What the front end was sent, and the widgets in it."""

    def __init__(self):
        self.bundles = []

    def publish(self, bundle, metadata=None, **options):
        shown = dict(bundle)
        self.bundles.append(shown)

        class Handle:
            def update(self, bundle, **options):
                shown.clear()
                shown.update(bundle)

        return Handle()

    def fields(self, kind=None):
        id = next(b[widgets._VIEW]["model_id"] for b in self.bundles if widgets._VIEW in b)
        found, waiting = [], [ipywidgets.widgets.widget._instances[id]]
        while waiting:
            widget = waiting.pop(0)
            waiting += getattr(widget, "children", ())
            found += [widget] if kind is None or isinstance(widget, kind) else []
        return found

    def status(self):
        return next(
            w.value for w in self.fields(ipywidgets.HTML) if "proclusters-status" in w._dom_classes
        )


@pytest.fixture
def screen(monkeypatch):
    screen = Screen()
    monkeypatch.setattr(pages, "in_kernel", lambda: True)
    monkeypatch.setattr(pages, "publish", screen.publish)
    monkeypatch.setattr(widgets, "publish", screen.publish)
    return screen


@pytest.fixture
def ask(tmp_path, screen):
    ask = open_form("01_tiny", tmp_path)
    screen.bundles.clear()
    return ask


def test_number_field_keeps_what_is_typed_and_says_so(ask, screen):
    ask.number("density", "Плотность", unit="%")
    (field,) = screen.fields(ipywidgets.Text)
    field.value = "21,4"
    assert ask.answer("density") == 0.214
    assert "Записано: 21,4\u00a0%. Сохранено в\u00a0" in screen.status()
    assert field.description == "Плотность"
    assert screen.bundles[1]["text/plain"] == "Ответ: 21,4\u00a0%"
    field.value = "двадцать"
    assert ask.answer("density") is None
    assert "Не удалось прочитать число" in screen.status()


def test_what_was_left_is_drawn_again_after_a_restart(ask, screen, tmp_path):
    ask.number("density", "Плотность", unit="%")
    screen.fields(ipywidgets.Text)[0].value = "двадцать"
    ask.table("team", "Договоры", columns={"who": "Кто", "sum": ask.number_column("Сумма")}, rows=1)
    screen.bundles[:2] = []
    for field, text in zip(screen.fields(ipywidgets.Text), ("Луч", "много"), strict=True):
        field.value = text
    assert ask.answer("team") == [{"who": "Луч", "sum": None}]
    again = Form("01_tiny", tmp_path)
    screen.bundles.clear()
    again.number("density", "Плотность", unit="%")
    assert screen.fields(ipywidgets.Text)[0].value == "двадцать"
    assert "Не удалось прочитать число" in screen.status()
    screen.bundles.clear()
    again.table(
        "team", "Договоры", columns={"who": "Кто", "sum": ask.number_column("Сумма")}, rows=1
    )
    assert [field.value for field in screen.fields(ipywidgets.Text)] == ["Луч", "много"]


def test_value_that_was_set_by_code_is_drawn(ask, screen):
    ask.set("density", 0.214)
    ask.set("rows", [{"row": "b", "x": 2_000_000}])
    ask.number("density", "Плотность", unit="%")
    assert screen.fields(ipywidgets.Text)[0].value == "21,4"
    screen.bundles.clear()
    ask.table("rows", "Матрица", columns={"x": ask.number_column("X", unit="млн ₽")},
              rows={"a": "А", "b": "Б"})  # fmt: skip
    assert [field.value for field in screen.fields(ipywidgets.Text)] == ["", "2"]


def test_choice_choices_match_date_and_text(ask, screen):
    ask.choice("one", "Один?", {"a": "А", "b": "Б"})
    screen.fields(ipywidgets.RadioButtons)[0].value = "b"
    screen.bundles.clear()
    ask.choices("many", "Все?", {"a": "А", "b": "Б"})
    for box in screen.fields(ipywidgets.Checkbox):
        box.value = True
    screen.bundles.clear()
    ask.match("pairs", "Пары", {"x": "Икс"}, {"1": "Один", "2": "Два"})
    screen.fields(ipywidgets.Dropdown)[0].value = "2"
    screen.bundles.clear()
    ask.date("day", "День?")
    screen.fields(ipywidgets.Text)[0].value = "31 мая 2026 г."
    screen.bundles.clear()
    ask.text("memo", "Записка")
    screen.fields(ipywidgets.Textarea)[0].value = "<script>alert(1)</script>"
    assert {id: ask.answer(id) for id in ("one", "many", "pairs", "day", "memo")} == {
        "one": "b", "many": ["a", "b"], "pairs": {"x": "2"}, "day": "2026-05-31",
        "memo": "<script>alert(1)</script>",
    }  # fmt: skip
    assert "<script>" not in screen.bundles[1]["text/html"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("22.11.2026", "2026-11-22"), ("2026-11-22", "2026-11-22"), ("1 марта 2026", "2026-03-01"),
     ("22/11/2026", "2026-11-22"), ("31.02.2026", None), ("22.11.26", None), ("вчера", None),
     ("5 мартобря 2026", None)],
)  # fmt: skip
def test_typed_day(ask, screen, typed, kept):
    ask.date("day", "День?")
    screen.fields(ipywidgets.Text)[0].value = typed
    assert ask.answer("day") == kept
    assert ("Не удалось прочитать дату" in screen.status()) == (kept is None)


def test_labels_with_markup_are_escaped_everywhere(ask, screen):
    evil = "<img src=x onerror=alert(1)>"
    ask.table("t", evil, columns={"a": evil}, rows={"r": evil}, corner=evil)
    html = [widget.value for widget in screen.fields(ipywidgets.HTML)]
    assert not any("<img" in text for text in html)
    assert not any("<img" in bundle["text/html"] for bundle in screen.bundles)
    assert not any(widget.description_allow_html for widget in screen.fields(ipywidgets.Text))


def test_cells_of_a_table_are_named_for_screen_readers(ask, screen):
    ask.table("t", "Матрица", columns={"a": "Буква"}, rows={"r": "Строка"})
    assert [field.tooltip for field in screen.fields(ipywidgets.Text)] == ["Строка, Буква"]


def test_rows_are_added_as_needed(ask, screen):
    ask.table("t", "Договоры", columns={"a": "Кто"}, rows=1)
    button(screen, "Добавить строку").click()
    first, second = screen.fields(ipywidgets.Text)
    second.value = "Ток"
    assert ask.answer("t") == [{"a": "Ток"}]
    assert (first.tooltip, second.tooltip) == ("1, Кто", "2, Кто")


def test_a_removed_row_can_be_brought_back(ask, screen):
    ask.table("t", "Договоры", columns={"a": "Кто"}, rows=3)
    for field, text in zip(screen.fields(ipywidgets.Text), ("Ток", "Луч", "Нить"), strict=True):
        field.value = text
    back = button(screen, "Вернуть удалённую строку")
    assert back.layout.display == "none"
    next(b for b in screen.fields(ipywidgets.Button) if b.tooltip == "Удалить строку 2").click()
    assert ask.answer("t") == [{"a": "Ток"}, {"a": "Нить"}]
    assert [field.tooltip for field in screen.fields(ipywidgets.Text)] == ["1, Кто", "2, Кто"]
    assert back.layout.display is None
    back.click()
    assert ask.answer("t") == [{"a": "Ток"}, {"a": "Луч"}, {"a": "Нить"}]
    assert [field.tooltip for field in screen.fields(ipywidgets.Text)][2] == "3, Кто"


def test_cells_that_change_together_are_saved_once(ask, screen, monkeypatch):
    import asyncio

    saved = []
    monkeypatch.setattr(status.Status, "keep", lambda self, value, *_, **__: saved.append(value))

    async def paste():
        ask.table("t", "Договоры", columns={"a": "Кто"}, rows=30)
        for index, field in enumerate(screen.fields(ipywidgets.Text)):
            field.value = f"Фирма {index}"
        assert saved == []
        await asyncio.sleep(0.3)

    asyncio.run(paste())
    assert [len(rows) for rows in saved] == [30]


def test_the_last_row_stays(ask, screen):
    ask.table("t", "Договоры", columns={"a": "Кто"}, rows=1)
    next(b for b in screen.fields(ipywidgets.Button) if b.description == "×").click()
    assert len(screen.fields(ipywidgets.Text)) == 1


def button(screen, title):
    return next(b for b in screen.fields(ipywidgets.Button) if b.description == title)


def test_disk_that_refuses_is_told_beside_the_field(ask, screen, monkeypatch):
    def refuse(path, text):
        raise OSError(28, "No space left on device")

    ask.number("density", "Плотность")
    monkeypatch.setattr("course.forms.answers.write_text", refuse)
    screen.fields(ipywidgets.Text)[0].value = "1"
    assert "Не сохранено" in screen.status()


def test_problem_waits_until_the_typing_pauses(ask, screen, monkeypatch):
    import asyncio

    monkeypatch.setattr(status, "_PATIENCE", 0.05)

    async def type_slowly():
        ask.number("density", "Плотность")
        field = screen.fields(ipywidgets.Text)[0]
        field.value = "1 2"
        typing = screen.status()
        field.value = "1 234"
        await asyncio.sleep(0.1)
        done = screen.status()
        field.value = "1 234 5"
        await asyncio.sleep(0.1)
        return typing, done, screen.status()

    typing, done, stopped = asyncio.run(type_slowly())
    assert "problem" not in typing
    assert "Записано: 1\u00a0234." in done
    assert "не по разрядам" in stopped


def test_sentence_below_an_exercise_follows_the_answer(ask, screen):
    ask.number("density", "Плотность")
    ask.check("density", points=1.5).done()
    assert screen.bundles[2]["text/plain"] == "1,5\u00a0балла. Ответа пока нет."
    screen.fields(ipywidgets.Text)[0].value = "5"
    assert screen.bundles[2]["text/plain"].startswith("1,5\u00a0балла. Ответ записан")


def test_check_shows_a_sentence_and_never_a_number_outside_grading(ask, screen):
    check = ask.check("density", points=2)
    check.number(1, hint="Подумайте.")
    assert check.done() is None
    assert screen.bundles[0]["text/plain"] == "Ответа нет."
    assert ask.results["density"]["earned"] == 0


@pytest.mark.parametrize(("mode", "points"), [("autograde", 0.0), ("validate", 2.0)])
def test_stripped_check_under_nbgrader(tmp_path, monkeypatch, mode, points):
    Form("01_tiny", tmp_path).set("density", 1)
    monkeypatch.setenv("NBGRADER_EXECUTION", mode)
    ask = open_form("01_tiny", tmp_path)
    assert ask.check("density", points=2).done() == points
    assert ask.check("absent", points=2).done() == 0.0


def test_grading_prints_the_answer_and_builds_no_widget(tmp_path, root):
    code = (
        "import sys\nfrom course.forms import open_form\nask = open_form('01_tiny')\n"
        "ask.text('memo', 'Записка')\nask.number('n', 'Число')\n"
        "check = ask.check('n', points=2); check.number(1, hint='Подумайте.')\n"
        "assert check.done() == 0.0\n"
        "assert not {'ipywidgets', 'IPython', 'matplotlib'} & set(sys.modules)\n"
    )
    Form("01_tiny", tmp_path).set("memo", "Подавать рано")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=tmp_path, capture_output=True,
        env={**os.environ, "NBGRADER_EXECUTION": "autograde", "PYTHONPATH": str(root),
             "PYTHONUTF8": "1"}, encoding="utf-8", timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Записка\nОтвет: Подавать рано\nЧисло\nОтвет: нет ответа\nОтвета нет.\n"


def test_faulty_field_is_told_to_its_author(tmp_path):
    ask = Form("01_tiny", tmp_path)
    with pytest.raises(AnswerError, match="два разных варианта"):
        ask.choice("one", "Один?", {"a": "А", "b": "А"})
    with pytest.raises(AnswerError, match="нет столбцов"):
        ask.table("t", "Таблица", columns={}, rows=2)


def test_data_lies_beside_the_notebook_and_nowhere_else(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.json").write_text('{"x": 1}')
    (tmp_path / "data" / "b.yaml").write_text("- 1\n")
    (tmp_path / "secret.yaml").write_text("- 1\n")
    ask = Form("01_tiny", tmp_path)
    assert (ask.data("a.json"), ask.data("b.yaml")) == ({"x": 1}, [1])
    for name in ("../secret.yaml", "nothing.yaml"):
        with pytest.raises(AnswerError, match="нет рядом"):
            ask.path(name)


def test_summary_counts_answers(tmp_path, capsys):
    ask = Form("01_tiny", tmp_path)
    ask.set("a", 1)
    ask.summary({"a": "раздел 1", "b": "раздел | 2"})
    told = capsys.readouterr().out
    assert "Заполнено заданий: 1 из 2" in told
    assert "| b | **ответа нет** | раздел \\| 2 |" in told


def test_figure_that_moves_is_a_picture_drawn_anew(screen):
    from matplotlib.figure import Figure

    drawn = []

    def draw(**values):
        drawn.append(values)
        return Figure(figsize=(1, 1))

    play(draw, low=(0, 60, 20, "Порог, %"), without=({None: "никого", "a": "А"}, "Без кого"))
    assert drawn == [{"low": 20, "without": None}]
    assert screen.bundles[1]["image/png"].startswith(b"\x89PNG")
    panel = ipywidgets.widgets.widget._instances[screen.bundles[0][widgets._VIEW]["model_id"]]
    panel.children[1].value = 30
    panel.children[2].value = "a"
    assert drawn[1:] == [{"low": 30, "without": None}, {"low": 30, "without": "a"}]


def test_show_refuses_what_it_cannot_show(screen):
    show("**Текст**")
    assert screen.bundles == [{"text/plain": "**Текст**", "text/markdown": "**Текст**"}]
    with pytest.raises(TypeError):
        show(object())


def test_cited_norm_carries_standing_and_reference():
    from course.norms import norms

    name = next(iter(norms))
    edition = norms[name].editions[-1]
    told = cite(name, edition.since)
    assert edition.standing.words in told or "не известно" in told


def test_grading_a_form_again_and_again_changes_nothing(tmp_path, monkeypatch, capsys):
    Form("01_tiny", tmp_path).set("n", 1)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    for _ in range(10):
        ask = open_form("01_tiny", tmp_path)
        ask.number("n", "Число")
        check = ask.check("n", points=2)
        check.number(1)
        assert check.done() == 2.0
    assert json.loads((tmp_path / "answers.json").read_text("utf-8"))["answers"]["n"]["value"] == 1


def test_a_check_sees_only_cells_that_fit_their_column(tmp_path):
    rows = [{"row": "a", "sum": "много", "kind": "x"}, {"row": "b", "sum": 2.5, "kind": 7}]
    form = Form("01_tiny", tmp_path)
    form.set("t", rows)
    columns = {"sum": Form.number_column("Сумма"), "kind": "Вид"}
    form.table("t", "Таблица", columns=columns, rows={"a": "А", "b": "Б"})
    assert form.answer("t") == [
        {"row": "a", "sum": None, "kind": "x"},
        {"row": "b", "sum": 2.5, "kind": None},
    ]
    form.set("t", ["не", "таблица"])
    assert form.answer("t") == ["не", "таблица"]
