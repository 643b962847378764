"""A webinar as its methodologist sees it while writing: built at each saving.

The notebook is the whole one of `source/`, with its hidden checks, in `build/preview`: there every
check says at once what the answer earns and which hint is told.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from course import authoring
from course.authoring import making
from course.errors import CourseError
from course.files import json_text, write_bytes, write_text
from course.folder import CourseFolder
from course.forms import write_answers
from course.forms.answers import NAME as ANSWERS
from course.lab.server import prepare, serve
from course.lab.vouching import vouched

_SECONDS = 1.0  # between two looks at the text


def preview(
    folder: CourseFolder,
    name: str,
    *,
    filled: bool = False,
    browser: bool = True,
    say: Callable[[str], None],
) -> int:
    """Opens the webinar `name` and builds it anew whenever its text is saved.

    `filled` puts the model answers into the fields. Returns the exit code of the server.

    Raises:
        AuthoringError: the text cannot be built as it is.
    """
    root = build(folder, name)
    if filled:
        write_answers(root / name / ANSWERS, name, authoring.model_answers(folder, name))
    with tempfile.TemporaryDirectory(prefix="proclusters-lab-") as temporary:
        settings = Path(temporary)
        prepare(settings, instructor=False)
        trust(settings, root)
        stopped = threading.Event()
        watch = threading.Thread(
            target=_watch, args=(folder, name, settings, stopped, say), daemon=True
        )
        watch.start()
        try:
            page = f"lab/tree/{name}/{name}.ipynb"
            return serve(settings, root, page, instructor=False, browser=browser, say=say)
        finally:
            stopped.set()
            watch.join()


def build(folder: CourseFolder, name: str) -> Path:
    """Writes the webinar into `build/preview` and returns that folder; kept answers stay."""
    root = folder.root / "build" / "preview"
    for path, content in making.source_files(making.read(folder, name)).items():
        write_bytes(root / name / path, content)
    return root


def trust(settings: Path, root: Path) -> None:
    """Lets the extension in `settings` run the cells of the notebooks in `root` by itself."""
    listed = settings / "labextensions" / "proclusters" / "static" / "vouched.json"
    write_text(listed, json_text(vouched(root)))


def _watch(
    folder: CourseFolder,
    name: str,
    settings: Path,
    stopped: threading.Event,
    say: Callable[[str], None],
) -> None:
    seen = _stamps(folder.assignments / name)
    while not stopped.wait(_SECONDS):
        now = _stamps(folder.assignments / name)
        if now == seen:
            continue
        seen = now
        try:
            trust(settings, build(folder, name))
            say("Тетрадь собрана заново: обновите страницу в браузере (F5).")
        except CourseError as error:
            for fault in error.faults:
                say(str(fault))


def _stamps(folder: Path) -> dict[Path, int]:
    """When each file of the authored text was last written."""
    stamps = {}
    for path in folder.rglob("*"):
        try:
            stamps[path] = path.stat().st_mtime_ns
        except OSError:  # an editor is just replacing it
            continue
    return stamps
