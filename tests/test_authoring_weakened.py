"""Every check of a webinar is held by its typical mistakes: a weaker one is seen at once."""

from dataclasses import replace

import pytest

from course.authoring import cases, making
from course.authoring.verifying import _pack, _run, _sheet
from course.folder import CourseFolder
from tests.test_authoring import ROOT
from tests.test_authoring_course import ONE
from tests.weakening import weakened

FOLDER = CourseFolder(ROOT)


def survivors(text, given):
    """The weaker checks that give every typical mistake the score its author wrote down."""
    sources = {cell.id: cell for cell in text.cells}
    mutants, names = [], {}
    for exercise in text.survey.exercises:
        for number, (what, source) in enumerate(weakened(sources[exercise.cell].source)):
            id = f"{exercise.cell}-{number}"
            names[id] = f"{exercise.id}: {what}"
            mutants.append(
                (replace(exercise, cell=id), replace(sources[exercise.cell], id=id, source=source))
            )
    packed = _pack(given, text.survey.exercises)
    weaker = replace(
        text,
        cells=(sources["setup"], *(cell for _, cell in mutants)),
        survey=replace(text.survey, exercises=tuple(exercise for exercise, _ in mutants)),
    )
    outcomes = _run(weaker, [_sheet(sheet) for sheet, _ in packed])
    seen = set()
    for (_, members), outcome in zip(packed, outcomes, strict=True):
        wrong = {exercise.id: given.mistakes[number].earned for exercise, number in members}
        for exercise, _ in mutants:
            got = outcome[exercise.cell]
            if exercise.id in wrong and (
                got["error"] or got["points"] > wrong[exercise.id] + 0.005
            ):
                seen.add(exercise.cell)
    assert mutants
    return [name for id, name in names.items() if id not in seen]


@pytest.mark.parametrize("name", ONE)
def test_a_weakened_check_makes_some_mistake_score_too_much(name):
    text = making.read(FOLDER, name)
    assert survivors(text, cases.read(text.folder)) == []
