"""The form of one notebook: `ask`, by which an assignment asks, keeps and checks answers."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from course import wording
from course.errors import AnswerError, Fault
from course.files import parse_yaml, read_bytes, read_json, read_text, write_text
from course.folder import safe_name
from course.forms import fields, pages
from course.forms.answers import LIMIT, NAME, Answer, AnswerFile, problem, text_of
from course.forms.checks import Check
from course.forms.tables import empty
from course.forms.team import TeamFile, drawn, team_file
from course.forms.variants import own, read_token
from course.programme import Programme, programme


class Form:
    """What `open_form` returns; an assignment calls it `ask`.

    `folder` is where the notebook and its `data/` lie. `results` holds, after each check, its
    result as plain data.
    """

    def __init__(self, assignment: str, folder: Path) -> None:
        self.assignment = assignment
        self.folder = folder
        self.results: dict[str, dict[str, Any]] = {}
        self._file = AnswerFile(folder / NAME, assignment, writable=not pages.grading())
        self._fields: dict[str, fields.Field] = {}
        self._waiting: dict[str, Callable[[], None]] = {}
        self._file.read()

    # What to ask. Each draws one field; what is entered is kept as it changes.

    def number(self, id: str, label: str, *, unit: str = "", decimals: int | None = None) -> None:
        """Asks for a number. The value is in roubles if `unit` is money, a share if it is %."""
        self._ask(fields.Number(id, label, unit, decimals))

    def choice(self, id: str, label: str, options: Mapping[str, str]) -> None:
        """Asks to pick one of `options`. The value is its key."""
        self._ask(fields.Choice(id, label, options))

    def choices(self, id: str, label: str, options: Mapping[str, str]) -> None:
        """Asks to pick all that fit. The value is the list of keys, in the options' order."""
        self._ask(fields.Choices(id, label, options))

    def text(self, id: str, label: str, *, rows: int = 6) -> None:
        """Asks for a text of some lines. The value is the text."""
        self._ask(fields.Text(id, label, rows))

    def date(self, id: str, label: str) -> None:
        """Asks for a day. The value is the day as `2026-11-22`."""
        self._ask(fields.Date(id, label))

    def match(self, id: str, label: str, left: Mapping[str, str], right: Mapping[str, str]) -> None:
        """Asks for one of `right` to each of `left`. The value maps keys to keys."""
        self._ask(fields.Match(id, label, left, right))

    def table(
        self,
        id: str,
        label: str,
        *,
        columns: Mapping[str, str | fields.Column],
        rows: Mapping[str, str] | int,
        corner: str = "",
    ) -> None:
        """Asks for a small table: columns by key, rows by key or a number of empty ones.

        A column is its title (then cells hold text) or is made by `number_column`,
        `choice_column`. The value is a list of rows: see `fields.Table`.
        """
        whole = {key: fields.column(given) for key, given in columns.items()}
        self._ask(fields.Table(id, label, whole, rows, corner))

    @staticmethod
    def number_column(title: str, *, unit: str = "") -> fields.Column:
        """A column of numbers counted in `unit`."""
        return fields.Column(title, "number", unit)

    @staticmethod
    def choice_column(title: str, options: Mapping[str, str]) -> fields.Column:
        """A column whose cells are picked from `options`."""
        return fields.Column(title, "choice", options=options)

    def step(self, id: str) -> None:
        """Asks a field of the team's own project, as `course.steps` describes it.

        Above the first one stands what the team's merged file says, where there is one.
        """
        from course import steps  # the checks of a webinar never need them

        described, team = steps.step(id), self.team
        if team.there and not any(known.startswith("team_") for known in self._fields):
            pages.say(team.told(described.webinar))
        self._ask(drawn(described, team))

    # What is kept.

    def answer(self, id: str) -> Any:
        """The kept value of an answer, or `None`; so also for cells that do not fit a table."""
        kept = self._file.read().get(id)
        declared = self._fields.get(id)
        if kept and isinstance(declared, fields.Table):
            return declared.fitted(kept.value)
        return kept.value if kept else None

    def set(self, id: str, value: Any) -> None:
        """Keeps a value as the answer, for people who like code. Plain data only."""
        self._keep(id, value, "")

    def check(self, exercise: str, *, points: float) -> Check:
        """Begins the check of an exercise; call its parts, then `done()`."""
        return Check(exercise, float(points), self.answer(exercise), self._report)

    # What the notebook knows of itself, and what lies beside it.

    @property
    def day(self) -> datetime.date:
        """The day on which norms are taken in this webinar: the one it is released on."""
        plan: Programme = programme
        return plan.webinar(self.assignment).released

    def path(self, name: str) -> Path:
        """The path of a file in the assignment's `data/`."""
        whole = (self.folder / "data" / name).resolve()
        if not whole.is_relative_to((self.folder / "data").resolve()) or not whole.is_file():
            raise AnswerError(
                Fault(f"data/{name}", "", "файла нет рядом с тетрадью", "Получите тетрадь заново")
            )
        return whole

    @property
    def team(self) -> TeamFile:
        """What the team has entered so far, from the merged file beside the notebook if any."""
        return team_file(self.folder)

    @property
    def variant(self) -> int:
        """The participant's variant: 0 without a token."""
        token = read_token(self._file.token)
        return token.variant if token else 0

    def vary(self, name: str, base: float, *, spread: float, step: float) -> float:
        """The participant's own value around `base`, by whole `step`s within `spread` (a share)."""
        return own(self.assignment, name, self.variant, base, spread=spread, step=step)

    def data(self, name: str) -> Any:
        """Plain data from a JSON or YAML file in the assignment's `data/`."""
        path = self.path(name)
        return read_json(path) if path.suffix == ".json" else parse_yaml(read_text(path), path).data

    def summary(self, topics: Mapping[str, str]) -> None:
        """Shows which exercises are filled in, and for each what to read again."""
        answers = self._file.read()
        done = [id for id in topics if id in answers and not empty(answers[id].value)]
        lines = [f"Заполнено заданий: {len(done)} из {len(topics)}.", ""]
        lines += ["| Задание | Ответ | Что перечитать |", "|---|---|---|"]
        for id, topic in topics.items():
            declared = self._fields.get(id)
            label = _cell(declared.label if declared else id)
            state = "записан" if id in done else "**ответа нет**"
            lines.append(f"| {label} | {state} | {_cell(topic)} |")
        pages.show("\n".join(lines))

    def _ask(self, declared: fields.Field) -> None:
        faults = fields.faults_of(declared)
        if faults:
            raise AnswerError(Fault(self.assignment, declared.id, fault) for fault in faults)
        self._fields[declared.id] = declared
        kept = self._file.read().get(declared.id)
        if pages.grading() or not pages.in_kernel():
            print(f"{declared.label}\nОтвет: {declared.told(kept.value if kept else None)}")
            return
        from course.forms import widgets

        widgets.draw(declared, kept, self._keep)

    def _keep(self, id: str, value: Any, text: str) -> Answer:
        answer = self._file.keep(id, value, text)
        if id in self._waiting:
            self._waiting[id]()
        return answer

    def _report(self, check: Check) -> float | None:
        result = check.result()
        if not check.parts:  # the participant's version: the parts are with the graders
            answered = not empty(check.answer)
            if pages.grading():
                # `nbgrader validate` runs this before handing in: there points mean «filled in»
                validating = pages.execution() == "validate"
                return check.points if validating and answered else 0.0
            self._wait(check)
            return None
        self.results[check.exercise] = result.as_data()
        sentence = " ".join(part for part in (result.message, result.hint) if part)
        if pages.grading():
            print(sentence)
            return result.earned
        tone = "good" if result.earned >= result.max else "partial" if result.earned else "bad"
        pages.say(sentence, "missing" if empty(check.answer) else tone)
        return None

    def _wait(self, check: Check) -> None:
        """Says whether the exercise is answered, and goes on saying it as answers change."""

        def state() -> tuple[str, str]:
            points = wording.trimmed(check.points)
            whole = int(check.points) if check.points.is_integer() else 2  # «1,5 балла»
            head = f"{points}{wording.NBSP}{wording.plural(whole, 'балл', 'балла', 'баллов')}."
            if empty(self.answer(check.exercise)):
                return f"{head} Ответа пока нет.", "missing"
            return f"{head} Ответ записан, оценка появится после проверки.", "good"

        change = pages.say(*state())
        self._waiting[check.exercise] = lambda: change(*state())


def open_form(assignment: str, folder: Path | None = None) -> Form:
    """The form of the notebook of `assignment`; answers are kept in `folder` (the current one)."""
    form = Form(safe_name(assignment), folder or Path.cwd())
    pages.hide_code()
    for aside in form._file.kept_aside:
        pages.say(
            f"Файл ответов был повреждён. Он сохранён рядом под именем {aside.name}, "
            "прочитанные ответы возвращены в поля. Проверьте их и заполните недостающие.",
            "bad",
        )
    return form


def write_answers(
    path: Path, assignment: str, values: Mapping[str, Any], at: str = "", token: str = ""
) -> None:
    """Writes an answer file with these values, as if a person had entered them at the time `at`.

    Nothing is written where the file already holds just that.
    """
    faults = [Fault(path.name, id, what) for id in values if (what := problem(values[id]))]
    if faults:
        raise AnswerError(faults)
    text = text_of(assignment, {id: Answer(values[id], at=at) for id in values}, token)
    if not path.exists() or read_bytes(path, LIMIT) != text.encode():
        write_text(path, text)


def _cell(text: str) -> str:
    """A text inside a Markdown table."""
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())
