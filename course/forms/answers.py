"""The answer file: what a person entered, as plain data beside the notebook.

    {"format": 1, "assignment": "03_cooperation", "token": "PK1.17.ivanova_m.…",
     "answers": {"density": {"value": 0.214, "text": "0,214", "at": "2026-11-22T14:02:11"}}}

`value` is what checks read; `text` is what was typed, so that a field can be drawn again as it
was left; `at` is the participant's own clock, a record and no evidence. A value is nothing, a
number, a text, a list of texts, a table (list of rows) or a mapping of texts to texts. `token` says
whose own values the exercises were shown with; most files have none.

Every write merges one key with what the file holds, under a lock: two tabs or two kernels do not
overwrite each other's answers. A file that cannot be used is kept beside as
`answers.damaged-….json`, whatever can be saved of it is taken over, and work goes on.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from course.errors import AnswerError, Fault, FileError
from course.files import MEBIBYTE, json_text, parse_json, read_text, write_text
from course.forms.variants import TOKEN_FILE, read_token

NAME = "answers.json"
FORMAT = 1
LIMIT = 4 * MEBIBYTE
ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")

_TEXT = 100_000  # signs in one text: an essay of 40 pages
_LARGEST = 1e300  # whatever is larger was never typed by a person
_ITEMS = 1_000  # rows of a table, picks, pairs
_ANSWERS = 500
_LOCK_SECONDS = 2.0  # a lock older than this was left by a killed kernel

Value = float | str | list[str] | list[dict[str, Any]] | dict[str, str] | None


@dataclass(frozen=True)
class Answer:
    """One answer: its plain `value`, the `text` as typed (may be empty) and the time."""

    value: Any
    text: str = ""
    at: str = ""

    def as_data(self) -> dict[str, Any]:
        """The answer as JSON data."""
        return {"value": self.value, "text": self.text, "at": self.at}


@dataclass(frozen=True)
class Sheet:
    """The answers that could be read, what is wrong with the rest, and the token, if any."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    token: str = ""


def problem(value: object) -> str:
    """What forbids `value` as an answer, in Russian; empty if nothing does."""
    match value:
        case None:
            return ""
        case bool():
            return "ответ «да/нет» записывается словом, а не логическим значением"
        case int() | float():
            return "" if abs(value) <= _LARGEST else "число слишком велико"  # NaN too
        case str() if any("\ud800" <= sign <= "\udfff" for sign in value):
            return "в тексте есть недопустимые знаки"
        case str():
            return "" if len(value) <= _TEXT else f"текст длиннее {_TEXT} знаков"
        case list() if len(value) > _ITEMS:
            return f"в ответе больше {_ITEMS} строк"
        case list() if all(isinstance(item, str) for item in value):
            return next(filter(None, map(problem, value)), "")
        case list() if all(isinstance(item, dict) for item in value):
            return next(filter(None, (_row_problem(row) for row in value)), "")
        case dict() if all(isinstance(item, str) for item in value.values()):
            return _row_problem(value)
    return "ответ не число, не текст, не список и не таблица"


def _row_problem(row: dict[Any, Any]) -> str:
    if len(row) > _ITEMS:
        return f"в ответе больше {_ITEMS} значений"
    if not all(isinstance(key, str) and len(key) <= 200 for key in row):
        return "название столбца должно быть коротким текстом"
    if any(isinstance(cell, list | dict) for cell in row.values()):
        return "в ячейке таблицы должны быть число или текст"
    return next(filter(None, map(problem, (*row, *row.values()))), "")


def read(data: object, assignment: str, name: str = NAME) -> Sheet:
    """The answers in parsed JSON `data` of the file `name`, with every fault that was found."""
    whole = _whole(data, assignment, name)
    if whole:
        return Sheet({}, (whole,))
    assert isinstance(data, dict)
    answers: dict[str, Answer] = {}
    faults = [
        Fault(name, key, "лишний ключ")
        for key in data
        if key not in ("format", "assignment", "answers", "token")
    ]
    for key, entry in data["answers"].items():
        what = _entry_problem(key, entry)
        if what:
            faults.append(Fault(name, f"answers.{key[:64]}", what))
        else:
            words, at = _whole_signs(entry.get("text", "")), _whole_signs(entry.get("at", ""))
            answers[key] = Answer(entry["value"], words, at)
    token = data.get("token", "")
    if token != "" and (not isinstance(token, str) or not read_token(token)):
        token = ""
        faults.append(Fault(name, "token", "код участника записан не по форме"))
    return Sheet(answers, tuple(faults), token)


def parse(text: str, assignment: str, name: str = NAME) -> Sheet:
    """The answers in an untrusted `text`, entry by entry.

    What is wrong with single entries stands in the sheet's faults, and they are left out.
    `AnswerError` if the whole cannot be used.
    """
    try:
        data = parse_json(text, name)
    except FileError as error:
        raise AnswerError(error.faults) from None
    whole = _whole(data, assignment, name)
    if whole:
        raise AnswerError(whole)
    return read(data, assignment, name)


def data_of(assignment: str, answers: Mapping[str, Answer], token: str = "") -> dict[str, Any]:
    """An answer file with `answers`, given under `token` if there is one, as JSON data."""
    return {
        "format": FORMAT,
        "assignment": assignment,
        **({"token": token} if token else {}),
        "answers": {key: answer.as_data() for key, answer in answers.items()},
    }


def text_of(assignment: str, answers: Mapping[str, Answer], token: str = "") -> str:
    """The text of an answer file: see `data_of`."""
    return json_text(data_of(assignment, answers, token))


def _whole(data: object, assignment: str, name: str) -> Fault | None:
    """The fault that makes the whole file useless, if there is one."""
    if not isinstance(data, dict) or not isinstance(data.get("answers"), dict):
        return Fault(name, "", "это не файл ответов", "Заполните формы заново")
    if data.get("format") != FORMAT or isinstance(data.get("format"), bool):
        return Fault(name, "format", "файл ответов другой версии", "Обновите программу курса")
    if data.get("assignment") != assignment:
        other = str(data.get("assignment"))[:40]
        what = f"ответы из другой тетради («{other}», а нужна «{assignment}»)"
        return Fault(name, "assignment", what, "Положите файл в папку его тетради")
    if len(data["answers"]) > _ANSWERS:
        return Fault(name, "answers", f"больше {_ANSWERS} ответов")
    return None


def _entry_problem(key: str, entry: object) -> str:
    if not ID.fullmatch(key):
        return "недопустимое имя ответа"
    if not isinstance(entry, dict) or "value" not in entry:
        return "ответ записан не по форме"
    if set(entry) - {"value", "text", "at"}:
        return "лишние данные в ответе"
    texts = (entry.get("text", ""), entry.get("at", ""))
    if not all(isinstance(text, str) and len(text) <= _TEXT for text in texts):
        return "запись ответа не текст или слишком длинная"
    return problem(entry["value"])


def _whole_signs(text: str) -> str:
    """Text that can be written: what only repeats a value in words must not cost the value."""
    return text.encode("utf-8", "replace").decode("utf-8")


def load(path: Path, assignment: str) -> Sheet:
    """The answers in the file at `path`; none if there is no file. Never raises for its content."""
    if not path.exists():
        return Sheet()
    try:
        return read(parse_json(read_text(path, LIMIT), path.name), assignment, path.name)
    except FileError as error:
        return Sheet({}, error.faults)


@dataclass
class AnswerFile:
    """The answer file of one notebook, as this process knows it.

    `writable` is false at grading: nothing is ever written then.
    """

    path: Path
    assignment: str
    writable: bool = True
    known: dict[str, Answer] = field(default_factory=dict)
    kept_aside: list[Path] = field(default_factory=list)
    token: str = ""
    _graded: Sheet | None = None

    def read(self) -> Mapping[str, Answer]:
        """All answers now; a damaged file is set aside first. At grading the file is read once."""
        if not self.writable:
            self._graded = self._graded or load(self.path, self.assignment)
            self.token = self._graded.token
            return self._graded.answers
        sheet = load(self.path, self.assignment)
        if sheet.faults:
            self._set_aside()
        lost = bool(sheet.faults) or not self.path.exists()
        self.known = {**(self.known if lost else {}), **sheet.answers}
        self.token = sheet.token or self.token or self._given_token
        return self.known

    def keep(self, key: str, value: Any, text: str = "") -> Answer:
        """Write one answer into the file, leaving the others as they are there."""
        what = "недопустимое имя ответа" if not ID.fullmatch(key) else problem(value)
        what = what or problem(text)
        if what:
            raise AnswerError(Fault("", key[:64], what))
        answer = Answer(value, text, datetime.datetime.now().isoformat(timespec="seconds"))
        if not self.writable:
            return answer
        with self._lock():
            answers = {**self.read(), key: answer}
            text = text_of(self.assignment, answers, self.token)
            if len(text.encode()) > LIMIT:
                raise AnswerError(
                    Fault(NAME, key, "ответы занимают слишком много места", "Сократите текст")
                )
            write_text(self.path, text)
            self.known = answers
        return answer

    @cached_property
    def _given_token(self) -> str:
        """The token that the organiser gave: a file beside the notebook or one folder above."""
        for folder in (self.path.parent, self.path.parent.parent):
            with contextlib.suppress(OSError, FileError):
                found = read_token(read_text(folder / TOKEN_FILE, 200))
                if found:
                    return found.text
        return ""

    def _set_aside(self) -> None:
        """Keep a damaged file beside under a name of its own."""
        stamp = datetime.datetime.now().strftime("%Y%m%d-%H%M%S-%f")
        aside = self.path.with_name(f"answers.damaged-{stamp}.json")
        self.path.replace(aside)
        self.kept_aside.append(aside)

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        """Hold off other kernels for the length of one write."""
        lock = self.path.with_name(".answers.lock")
        give_up = time.monotonic() + _LOCK_SECONDS
        while True:
            try:
                os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
                break
            except (FileExistsError, PermissionError):  # Windows: a lock that is being removed
                if time.monotonic() > give_up:
                    lock.unlink(missing_ok=True)  # left by a killed kernel
                    give_up += _LOCK_SECONDS
                time.sleep(0.01)
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)
