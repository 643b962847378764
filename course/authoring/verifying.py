"""Whether a webinar grades as its authors say: model answers, each mistake, an empty sheet.

Mistakes are packed: the first mistake of every exercise makes one sheet, the second another, so
that a webinar takes a few sheets and one process. Exercises with own values are tried on further
variants: there the neighbour's answer must not get full marks, and the variant's own must.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import course
from course.authoring import cases, making
from course.authoring.cases import Cases, Mistake
from course.authoring.rules import SETUP, Exercise
from course.errors import AuthoringError, Fault
from course.files import write_bytes
from course.folder import CourseFolder
from course.forms.variants import Token
from course.programme import Programme

VARIANTS = (1, 2, 3)  # besides 0, which the authors' cases are written for

_SECONDS = 300
_MISTAKES = "mistakes.yaml"


@dataclass(frozen=True)
class Verification:
    """What was tried, and what graded otherwise than its authors say (`faults`)."""

    faults: tuple[Fault, ...]
    exercises: int
    mistakes: int


def verify(folder: CourseFolder, name: str, *, plan: Programme | None = None) -> Verification:
    """Grades model answers, every mistake and an empty sheet of `name` by its own checks."""
    text = making.read(folder, name, plan)
    given = cases.read(text.folder)
    faults = _unmatched(text, given)
    if faults:
        return Verification(tuple(faults), len(text.survey.exercises), len(given.mistakes))
    packed = _pack(given, text.survey.exercises)
    sheets = [_sheet(answers) for answers in (given.answers, {}, *(sheet for sheet, _ in packed))]
    copied = [_sheet(given.answers, variant) for variant in VARIANTS]
    outcomes = _run(text, [*sheets, *copied])
    for exercise in text.survey.exercises:
        faults += _judge_model(exercise, outcomes[0][exercise.cell], outcomes[1][exercise.cell])
    for (_, members), outcome in zip(packed, outcomes[2:], strict=False):
        for exercise, index in members:
            faults += _judge_mistake(exercise, given, index, outcome[exercise.cell])
    if not faults:
        faults += _judge_variants(text, given, outcomes[0], outcomes[len(sheets) :])
    return Verification(tuple(faults), len(text.survey.exercises), len(given.mistakes))


def model_answers(folder: CourseFolder, name: str, variant: int = 0) -> dict[str, Any]:
    """The model answers of `name`, by exercise, for a variant."""
    given = cases.read(folder.assignments / name)
    if variant == 0:
        return dict(given.answers)
    sheets = [_sheet(given.answers), _sheet(given.answers, variant)]
    text = making.read(folder, name)
    base, own = _run(text, sheets)
    return _own_answers(text, given, base, own)


def typical_mistakes(folder: CourseFolder, name: str) -> list[Mistake]:
    """The typical mistakes of `name`, in the authors' order."""
    return list(cases.read(folder.assignments / name).mistakes)


def _unmatched(text: making.Text, given: Cases) -> list[Fault]:
    """Answers to nothing, exercises without an answer, mistakes that cost nothing."""
    exercises = {exercise.id: exercise for exercise in text.survey.exercises}
    faults = [
        Fault("answers.yaml", id, "такого поля в тетради нет")
        for id in given.answers
        if id not in text.survey.asks
    ]
    faults += [
        Fault("answers.yaml", id, "нет образцового ответа") for id in exercises
        if id not in given.answers
    ]  # fmt: skip
    for mistake, line in zip(given.mistakes, given.lines, strict=True):
        place = f"строка {line}, {mistake.exercise}"
        exercise = exercises.get(mistake.exercise)
        if exercise is None:
            faults.append(Fault(_MISTAKES, place, "такого упражнения с проверкой нет"))
        elif not 0 <= mistake.earned < exercise.points:
            faults.append(
                Fault(_MISTAKES, place, f"ошибка должна стоить баллов из {exercise.points:g}")
            )
    return faults


def _pack(
    given: Cases, exercises: tuple[Exercise, ...]
) -> list[tuple[dict[str, Any], list[tuple[Exercise, int]]]]:
    """Sheets with one mistake for each exercise that still has one; model answers elsewhere."""
    queues = {
        exercise: [i for i, m in enumerate(given.mistakes) if m.exercise == exercise.id]
        for exercise in exercises
    }
    packed = []
    for turn in range(max(map(len, queues.values()), default=0)):
        members = [
            (exercise, queue[turn]) for exercise, queue in queues.items() if len(queue) > turn
        ]
        sheet = dict(given.answers)
        sheet.update({exercise.id: given.mistakes[index].answer for exercise, index in members})
        packed.append((sheet, members))
    return packed


def _judge_model(exercise: Exercise, model: Any, blank: Any) -> list[Fault]:
    faults = []
    if model["error"] or model["points"] != exercise.points:
        what = f"образцовый ответ: {_told(model)} вместо {exercise.points:g}"
        faults.append(Fault("answers.yaml", exercise.id, what))
    if blank["error"] or blank["points"] != 0:
        faults.append(Fault("answers.yaml", exercise.id, f"пустой ответ: {_told(blank)} вместо 0"))
    return faults


def _judge_mistake(exercise: Exercise, given: Cases, index: int, outcome: Any) -> list[Fault]:
    mistake = given.mistakes[index]
    place = f"строка {given.lines[index]}, {exercise.id}"
    points = outcome.get("points")
    if outcome["error"] or points is None or abs(points - mistake.earned) > 0.005:
        what = f"ошибка «{mistake.why[:60]}»: {_told(outcome)} вместо {mistake.earned:g}"
        return [Fault(_MISTAKES, place, what)]
    hint = " ".join((outcome["result"].get("message", ""), outcome["result"].get("hint", "")))
    if mistake.hint and mistake.hint not in hint:
        return [
            Fault(_MISTAKES, place, f"нет подсказки «{mistake.hint[:60]}», сказано «{hint[:80]}»")
        ]
    return []


def _judge_variants(
    text: making.Text, given: Cases, base: Any, copied: Sequence[Any]
) -> list[Fault]:
    """Own values: the neighbour's answer must not get full marks, the variant's own must."""
    faults = []
    sheets = []
    for variant, outcome in zip(VARIANTS, copied, strict=True):
        for exercise in _changed(text, base, outcome):
            if outcome[exercise.cell]["points"] == exercise.points:
                what = f"вариант {variant}: чужой ответ получает полный балл"
                faults.append(
                    Fault("answers.yaml", exercise.id, what, "Сделайте шаг значений шире")
                )
        sheets.append(_sheet(_own_answers(text, given, base, outcome), variant))
    if all(sheet["answers"] == given.answers for sheet in sheets):
        return faults  # no exercise has own values
    for variant, outcome in zip(VARIANTS, _run(text, sheets), strict=True):
        for exercise in text.survey.exercises:
            got = outcome[exercise.cell]
            if got["error"] or got["points"] != exercise.points:
                what = (
                    f"вариант {variant}: образцовый ответ: {_told(got)} вместо {exercise.points:g}"
                )
                faults.append(Fault("answers.yaml", exercise.id, what))
    return faults


def _changed(text: making.Text, base: Any, outcome: Any) -> list[Exercise]:
    """The exercises whose right answer is another one in this variant."""
    return [
        exercise
        for exercise in text.survey.exercises
        if outcome[exercise.cell]["model"] != base[exercise.cell]["model"]
    ]


def _own_answers(text: making.Text, given: Cases, base: Any, outcome: Any) -> dict[str, Any]:
    """The authors' answers, with those put in their place that are others in this variant."""
    own = dict(given.answers)
    for exercise in _changed(text, base, outcome):
        own[exercise.id] = _overlaid(own[exercise.id], outcome[exercise.cell]["model"])
    return own


def _overlaid(answer: Any, model: Any) -> Any:
    """`model`, with the cells of a table that the check does not look at taken from `answer`."""
    rows = isinstance(answer, list) and isinstance(model, list) and len(answer) == len(model)
    if rows and all(isinstance(row, dict) for row in (*answer, *model)):
        return [{**ours, **right} for ours, right in zip(answer, model, strict=True)]
    return model


def _sheet(answers: Mapping[str, Any], variant: int = 0) -> dict[str, Any]:
    """A sheet of answers for the runner, as if handed in under a token of this variant."""
    token = Token(variant, "author", "0" * 22).text if variant else ""
    return {"answers": dict(answers), "token": token}


def _told(outcome: Mapping[str, Any]) -> str:
    return str(outcome["error"]) if outcome["error"] else f"{outcome['points']:g}"


def _run(text: making.Text, sheets: list[dict[str, Any]]) -> list[Any]:
    """The outcomes of `sheets`, from a process that holds nothing but the course."""
    sources = {cell.id: cell.source for cell in text.cells}
    request = {
        "assignment": text.webinar.name,
        "setup": sources[SETUP],
        "cells": [(item.cell, item.id, sources[item.cell]) for item in text.survey.exercises],
        "sheets": sheets,
    }
    with tempfile.TemporaryDirectory(prefix="proclusters-") as temporary:
        for path, content in making.source_files(text).items():
            if not path.endswith(".ipynb"):
                write_bytes(Path(temporary) / path, content)
        home = str(Path(course.__file__).parents[1])
        arguments = [sys.executable, "-P", "-X", "utf8", "-m", "course.authoring.runner"]
        done = subprocess.run(  # noqa: S603  # our own interpreter and module
            arguments,
            cwd=temporary,
            input=json.dumps(request).encode(),
            env={**os.environ, "PYTHONPATH": home},
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        what = f"проверки не запустились: {told[-1] if told else 'без объяснений'}"
        raise AuthoringError(Fault(text.webinar.name, "", what))
    outcomes: list[Any] = json.loads(done.stdout)
    return outcomes
