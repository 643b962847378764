"""No-code exercises: forms over plain-data answers.

    ask = open_form("03_cooperation")
    ask.number("density", "Плотность сети", unit="%")
    ask.answer("density")                       # 0.214, or None
    check = ask.check("density", points=2)
    check.number(0.214, tolerance=0.0005)
    check.done()

What a person enters is kept as it changes in `answers.json` beside the notebook. The widgets are a
view: with none at all the answer is still there.
"""

from course.forms.answers import Answer, AnswerFile, Sheet, parse, text_of
from course.forms.checks import Check, Result
from course.forms.citation import cite
from course.forms.fields import Column
from course.forms.form import Form, open_form, write_answers
from course.forms.pages import play, show

__all__ = [
    "Answer",
    "AnswerFile",
    "Check",
    "Column",
    "Form",
    "Result",
    "Sheet",
    "cite",
    "open_form",
    "parse",
    "play",
    "show",
    "text_of",
    "write_answers",
]
