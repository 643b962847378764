"""The checking process: `python -I -m course.sandbox.checker`, JSON lines in and out.

The first line says what to execute: the code cells of our own notebook and our data files. Each
further line holds the answers of one person; the reply holds the points of every tests cell. All
that a participant brings in is the answer file, already read and written anew by intake.

Points follow nbgrader's rules: an error or anything written to stderr gives 0, a number as the
last value gives that many points, anything else gives all of them.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import re
import sys
import tempfile
import traceback
import types
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from course.sandbox import kernel, scratch

_MAGIC = re.compile(r"^([ \t]*)[%!][^\n]*", re.MULTILINE)
SHOWN = 20_000  # signs of a form cell's plain text that are kept
MEMORY = 4 << 30  # address space of this process


def main() -> None:
    """Serve until the input ends."""
    kernel.die_with_parent()
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing but replies may reach the parent
    _limit_memory()
    os.environ["NBGRADER_EXECUTION"] = "autograde"
    task = json.loads(sys.stdin.readline())
    cells = [(cell["cell"], cell["kind"], _compiled(cell["source"])) for cell in task["code"]]
    for line in sys.stdin:
        reply = _check(cells, task["data"], json.loads(line))
        replies.write(json.dumps(reply) + "\n")
        replies.flush()


Compiled = tuple[types.CodeType, types.CodeType | None]


def _compiled(source: str) -> Compiled:
    """A cell as its statements, and its last expression if it ends in one (without `;`)."""
    tree = parsed(source)
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr) and not source.rstrip().endswith(";"):
        last = ast.Expression(tree.body.pop().value)  # type: ignore[attr-defined]
    return (
        compile(tree, "<cell>", "exec"),
        compile(last, "<cell>", "eval") if last else None,
    )


def parsed(source: str) -> ast.Module:
    """The syntax of a cell; where lines of IPython stand in it (`%matplotlib inline`), without."""
    try:
        return ast.parse(source)
    except SyntaxError:
        return ast.parse(_MAGIC.sub(r"\1pass", source))


def _check(
    cells: list[tuple[str, str, Compiled]], data: Mapping[str, str], answers: Any
) -> dict[str, Any]:
    """The results of all cells for one person's answers, in a folder and a namespace of its own."""
    namespace: dict[str, Any] = {"__name__": "__main__", "__builtins__": __builtins__}
    results: list[dict[str, Any]] = []
    shown: dict[str, str] = {}
    with _folder(data, answers):
        for name, kind, code in cells:
            before = dict(_results(namespace))
            value, output, fault = _run(code, namespace)
            if kind == "tests":
                after = _results(namespace)
                parts = [after[key] for key in after if after[key] is not before.get(key)]
                results.append({"cell": name, "score": value, "parts": parts, "fault": fault})
            elif kind == "ground" and fault:  # nobody's answer is to blame: our own cell is broken
                return {"broken": f"{name}: {fault}"}
            elif kind == "form":
                shown[name] = output[:SHOWN].strip()
    return {"cells": results, "shown": shown}


def _run(code: Compiled, namespace: dict[str, Any]) -> tuple[float | None, str, str]:
    """Run a cell: its points (`None` for all of them), what it printed, why it broke off."""
    out, err = io.StringIO(), io.StringIO()
    value: object = None
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        warnings.catch_warnings(),
    ):
        try:
            exec(code[0], namespace)  # noqa: S102 - our own cell, never a participant's
            if code[1] is not None:
                value = eval(code[1], namespace)  # noqa: S307
        except BaseException as error:  # whatever a check does, the next person is checked
            # a failed assertion is a wrong answer, anything else a broken check
            fault = "" if isinstance(error, AssertionError) else _where(error)
            return 0.0, out.getvalue(), fault
    if err.getvalue():
        return 0.0, out.getvalue(), f"stderr: {err.getvalue()[-300:]}"
    return points_of(value), out.getvalue(), ""


def points_of(value: object) -> float | None:
    """The points that the last value of a cell gives, `None` for all of them.

    nbgrader takes the text of the value for a number. So does what it takes for none: `True`, and
    `np.float64(0.5)` as numpy 2 writes it.
    """
    if value is None or type(value) in (str, bool):
        return None
    try:
        return float(repr(value))
    except Exception:  # a value may refuse its text as well
        return None


def _where(error: BaseException) -> str:
    """The kind of an error and the line of our cell in which it arose."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__)
             if frame.filename == "<cell>"]  # fmt: skip
    place = f" (line {lines[-1]})" if lines else ""
    return f"{type(error).__name__}{place}: {error}"[:300]


def _results(namespace: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the notebook's forms have judged so far: plain data by exercise."""
    found = getattr(namespace.get("ask"), "results", None)
    return found if isinstance(found, Mapping) else {}


@contextlib.contextmanager
def _folder(data: Mapping[str, str], answers: Any) -> Iterator[None]:
    """Work in a fresh folder that holds the answers and our data files, and nothing else."""
    home = Path.cwd()
    with tempfile.TemporaryDirectory(dir=home) as place:
        scratch.copy(data, Path(place))
        # escaped, so that half a surrogate pair in an answer can be written
        Path(place, "answers.json").write_text(json.dumps(answers), encoding="ascii")
        os.chdir(place)
        sys.path.insert(0, place)  # modules that the author gives out beside the notebook
        try:
            yield
        finally:
            sys.path.remove(place)
            os.chdir(home)


def _limit_memory() -> None:
    """Keep a runaway check from taking the machine with it, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
