"""The graded submissions in `autograded/`: our notebook with the answers, ready for formgrader.

A submission's folder is made beside its place and then put there whole. It holds the notebook
with every answer as plain text, the answer file, our data files, and `outcome.json`: what the
checks gave, from which pages for participants and tables are made.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course.errors import CourseError, Fault, GradingError
from course.files import json_text, read_json
from course.folder import CourseFolder
from course.grading import graft
from course.grading.intake import Submission
from course.grading.master import Book, Master
from course.grading.results import Outcome
from course.plain import visible
from course.wording import trimmed

if sys.platform != "win32":
    import fcntl

OUTCOME = "outcome.json"
_BESIDE = ".making-"
_LIMIT = 32 << 20
_LINE = 110  # signs of a line in formgrader


def outcome(folder: CourseFolder, person: str, assignment: str) -> Outcome | None:
    """What grading last gave for a submission; nothing if it was never graded, or is damaged."""
    try:
        data = read_json(folder.autograded / person / assignment / OUTCOME, _LIMIT)
        return Outcome.read(data)
    except (CourseError, KeyError, TypeError, ValueError, AttributeError):
        return None


def put(folder: CourseFolder, master: Master, submission: Submission, outcome: Outcome) -> None:
    """Put a graded submission on the shelf, whole, in place of an earlier one."""
    place = folder.autograded / submission.person / master.name
    beside: Path | None = None
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=folder.autograded, prefix=_BESIDE))
        new, old = beside / "new", beside / "old"
        new.mkdir()
        _fill(new, master, submission, outcome)
        with contextlib.suppress(FileNotFoundError):
            place.rename(old)
        new.rename(place)
    except OSError as error:
        raise GradingError(
            Fault(f"autograded/{submission.person}", "",
                  f"проверенная работа не записывается ({error.strerror})",
                  "Проверьте место на диске и права и запустите проверку снова")
        ) from None  # fmt: skip
    finally:
        if beside is not None:
            _back(beside, place)
            shutil.rmtree(beside, ignore_errors=True)


def _back(beside: Path, place: Path) -> None:
    """Put what stood in `place` there again, if it was taken away and nothing came instead."""
    if not place.exists():
        with contextlib.suppress(OSError):
            (beside / "old").rename(place)


def _fill(new: Path, master: Master, submission: Submission, outcome: Outcome) -> None:
    """Write the files of a graded submission, which nobody may edit, as nbgrader has it."""
    for name, path in master.data.items():
        target = new / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    for book in master.books:
        graded = notebook(book, master, submission, outcome)
        # in one line: indentation would take ten times as long, and nobody reads this as text
        _write(new / book.file, json.dumps(graded, ensure_ascii=False))
    _write(new / "answers.json", json_text(submission.answers))
    if submission.at:
        _write(new / "timestamp.txt", f"{submission.at:%Y-%m-%d %H:%M:%S.%f} UTC")
    _write(new / OUTCOME, json_text(outcome.as_data()))
    for path in new.rglob("*"):
        if path.is_file():
            path.chmod(0o444)


@contextlib.contextmanager
def alone(folder: CourseFolder) -> Iterator[None]:
    """Hold the shelf for one run; `GradingError` if another one is grading this course now.

    The lock belongs to the process, so that a killed run leaves none behind. Windows has no such
    lock: there nobody is held off.
    """
    try:
        folder.autograded.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder.autograded, os.O_RDONLY) if sys.platform != "win32" else -1
    except OSError as error:
        raise GradingError(
            Fault("autograded", "", f"папка не открывается ({error.strerror})",
                  "Проверьте место на диске и права и запустите проверку снова")
        ) from None  # fmt: skip
    if sys.platform == "win32":
        yield
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise GradingError(
            Fault("autograded", "", "проверка этого курса уже идёт", "Дождитесь её конца")
        ) from None
    finally:
        os.close(handle)


def sweep(folder: CourseFolder) -> None:
    """Remove what a run that was killed left half made."""
    for beside in folder.autograded.glob(f"{_BESIDE}*"):
        with contextlib.suppress(CourseError, KeyError, TypeError, ValueError, AttributeError):
            held = Outcome.read(read_json(beside / "old" / OUTCOME, _LIMIT))
            _back(beside, folder.inside(folder.autograded / held.person / held.assignment))
        shutil.rmtree(beside, ignore_errors=True)


def notebook(
    book: Book, master: Master, submission: Submission, outcome: Outcome
) -> dict[str, Any]:
    """Our notebook with the answers and the points shown in it as plain text."""
    judged = {cell.cell: cell for cell in outcome.cells}
    cells = [dict(cell) for cell in book.cells]
    for cell in cells:
        marks = cell["metadata"].get("nbgrader", {}).get("grade_id", cell["id"])
        if cell["cell_type"] == "code":
            cell["execution_count"] = None
            cell["outputs"] = []
            if marks in master.answered:  # never the author's solution in place of an answer
                cell["source"] = visible(submission.texts.get(marks, ""), graft.SIGNS)
            if cell["id"] in outcome.shown:
                cell["outputs"] = [_stream(_wrapped(outcome.shown[cell["id"]]))]
            cell["outputs"] += map(_picture, outcome.pictures.get(cell["id"], ()))
            if marks in judged:
                result = judged[marks]
                words = [f"{part.message} {part.hint}".strip() for part in result.parts]
                worth = cell["metadata"]["nbgrader"]["points"]
                points = f"Баллы: {trimmed(result.score)} из {trimmed(float(worth))}."
                cell["outputs"] = [_stream("\n".join([points, *words]))]
        elif marks in master.answered:
            cell["source"] = fenced(submission.texts.get(marks, ""))
    whole = _own(submission, book.prefix)
    for cell in cells:
        whole.append(_named(cell, book.prefix))
        identity = cell["metadata"].get("nbgrader", {}).get("grade_id")
        whole += _own(submission, identity) if identity else []
    return {**book.rest, "cells": whole}


def _own(submission: Submission, after: str) -> list[dict[str, Any]]:
    """The code cells that the participant added after one of ours; they bring no points."""
    return [
        {"cell_type": "code", "id": f"participant-{number}", "metadata": {}, "outputs": [],
         "execution_count": None, "source": visible(source, graft.SIGNS)}
        for number, (place, source) in enumerate(submission.added)
        if place == after
    ]  # fmt: skip


def _named(cell: dict[str, Any], prefix: str) -> dict[str, Any]:
    """A cell under the ids that it has in its own notebook."""
    metadata = dict(cell["metadata"])
    if "grade_id" in metadata.get("nbgrader", {}):
        identity = metadata["nbgrader"]["grade_id"].removeprefix(prefix)
        metadata["nbgrader"] = {**metadata["nbgrader"], "grade_id": identity}
    return {**cell, "id": cell["id"].removeprefix(prefix), "metadata": metadata}


def _wrapped(text: str) -> str:
    """Text in lines that formgrader shows whole: it cuts off what is wider than its page."""
    return "\n".join(
        part
        for each in text.splitlines()
        for part in textwrap.wrap(each, _LINE, replace_whitespace=False) or [""]
    )


def fenced(text: str) -> str:
    """A participant's text as a block of plain text, so that no markup of its own is drawn."""
    longest = max(map(len, re.findall("~+", text)), default=0)  # 100,000 of them are found at once
    fence = "~" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def _stream(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": visible(text) + "\n"}


def _picture(content: str) -> dict[str, Any]:
    data = {"image/png": content, "text/plain": "<Figure>"}
    return {"output_type": "display_data", "metadata": {}, "data": data}


def _write(path: Path, text: str) -> None:
    """Write text that reaches the disk before its folder is put in place."""
    with path.open("wb") as stream:
        stream.write(text.encode("utf-8", "replace"))
        stream.flush()
        os.fsync(stream.fileno())
