"""Runs the checks of a webinar on sheets of answers, in a process of its own.

    python -m course.authoring.runner < request.json > outcome.json

The request holds the sources of the setup cell and of the tests cells, and answer sheets; the
working folder holds the data files. For each sheet and tests cell the outcome says the value of
its last expression, the result that the check recorded, the answer that would be right, and what
went wrong.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

from course.forms.answers import NAME
from course.forms.form import write_answers
from course.forms.pages import GRADING


def run(request: dict[str, Any]) -> list[dict[str, Any]]:
    """The outcomes of all sheets, in their order, by the id of the tests cell."""
    os.environ[GRADING] = "autograde"
    return [_sheet(request, sheet) for sheet in request["sheets"]]


def _sheet(request: dict[str, Any], sheet: dict[str, Any]) -> dict[str, Any]:
    write_answers(Path(NAME), request["assignment"], sheet["answers"], token=sheet["token"])
    namespace: dict[str, Any] = {"__name__": "__main__"}
    outcome: dict[str, Any] = {}
    try:
        _execute(request["setup"], namespace)
    except Exception as error:
        return {id: {"error": f"setup: {error!r}"} for id, _, _ in request["cells"]}
    for id, exercise, source in request["cells"]:
        noise = io.StringIO()
        scope = dict(namespace)
        try:
            with contextlib.redirect_stderr(noise):
                value = _execute(source, scope)
            result = namespace["ask"].results.get(exercise, {})
            wrong = "пишет в stderr" if noise.getvalue() else ""
            fits = type(value) is float
            outcome[id] = {
                "points": value if fits else None,
                "result": result,
                "model": scope["check"].model,
                "error": wrong or ("" if fits else "последнее значение не число"),
            }
        except Exception as error:
            outcome[id] = {"error": repr(error)}
    return outcome


def _execute(source: str, namespace: dict[str, Any]) -> Any:
    """Run a cell like a notebook does: the value of its last expression, or `None`."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(tree, "<cell>", "exec"), namespace)  # noqa: S102  # our own authors' cells
        if last is None:
            return None
        assert isinstance(last, ast.Expr)
        return eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace)  # noqa: S307


if __name__ == "__main__":
    outcome_text = json.dumps(run(json.load(sys.stdin)), ensure_ascii=False)
    sys.stdout.write(outcome_text)
