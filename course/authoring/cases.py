"""Model answers and typical mistakes of a webinar, as its authors write them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.errors import AuthoringError, Fault
from course.files import Yaml, read_yaml
from course.forms.answers import problem

_KEYS = {"exercise", "answer", "earned", "why"}


@dataclass(frozen=True)
class Mistake:
    """A wrong `answer`, the points that it must earn, and `why` people give it.

    `hint`, if any, is a part of the sentence that must be told.
    """

    exercise: str
    answer: Any
    earned: float
    why: str
    hint: str = ""


@dataclass(frozen=True)
class Cases:
    """What stands in `answers.yaml` and `mistakes.yaml`, with lines for messages."""

    answers: Mapping[str, Any]
    mistakes: tuple[Mistake, ...]
    lines: tuple[int, ...]  # of each mistake


def read(folder: Path) -> Cases:
    """The cases in an assignment's folder; `AuthoringError` with all faults."""
    faults: list[Fault] = []
    answers = _answers(read_yaml(folder / "answers.yaml"), faults)
    wrong = read_yaml(folder / "mistakes.yaml")
    mistakes = _mistakes(wrong, faults)
    if faults:
        raise AuthoringError(faults)
    lines = tuple(wrong.line_of(f"[{index}]") or 0 for index in range(len(mistakes)))
    return Cases(answers, mistakes, lines)


def _answers(text: Yaml, faults: list[Fault]) -> dict[str, Any]:
    name = text.path.name
    if not isinstance(text.data, dict):
        faults.append(Fault(name, "", "нужны строки вида «упражнение: ответ»"))
        return {}
    answers = {str(key): _plain(value) for key, value in text.data.items()}
    for key, value in answers.items():
        if value is None or problem(value):
            place = f"строка {text.line_of(key)}, {key}"
            faults.append(Fault(name, place, problem(value) or "ответ пуст"))
    return answers


def _mistakes(text: Yaml, faults: list[Fault]) -> tuple[Mistake, ...]:
    name = text.path.name
    if not isinstance(text.data, list):
        faults.append(Fault(name, "", "нужен список ошибок: exercise, answer, earned, why"))
        return ()
    found = []
    for index, entry in enumerate(text.data):
        place = f"строка {text.line_of(f'[{index}]')}"
        what = _entry_problem(entry)
        if what:
            faults.append(Fault(name, place, what, "Ключи: exercise, answer, earned, why, hint"))
            continue
        found.append(
            Mistake(
                exercise=entry["exercise"],
                answer=_plain(entry["answer"]),
                earned=float(entry["earned"]),
                why=entry["why"],
                hint=entry.get("hint", ""),
            )
        )
    return tuple(found)


def _entry_problem(entry: object) -> str:
    if not isinstance(entry, dict):
        return "ошибка записана не по форме"
    absent = _KEYS - set(entry)
    if absent:
        return f"нет {', '.join(sorted(absent))}"
    stray = set(entry) - _KEYS - {"hint"}
    if stray:
        return f"неизвестный ключ «{sorted(map(str, stray))[0]}»"
    texts = (entry["exercise"], entry["why"], entry.get("hint", ""))
    if not all(isinstance(text, str) for text in texts) or not entry["why"].strip():
        return "exercise, why и hint должны быть текстом"
    if isinstance(entry["earned"], bool) or not isinstance(entry["earned"], int | float):
        return "earned должно быть числом баллов"
    return problem(_plain(entry["answer"]))


def _plain(value: Any) -> Any:
    """YAML's days as the texts that forms keep."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return value
