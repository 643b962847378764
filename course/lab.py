"""JupyterLab for a participant or an instructor: Russian, quiet, with the course's own extension.

start(Path.cwd())                     # a participant: no instructor tools
start(Path.cwd(), instructor=True)

The settings lie in a folder that lives as long as the server: nobody's own JupyterLab is changed.
`vouch` writes the list of cells that the extension may run by itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from course import wording
from course.errors import CourseFolderError, Fault
from course.files import MEBIBYTE, json_text, read_json, read_text, write_text
from course.folder import MARK, CourseFolder
from course.forms.answers import NAME as ANSWERS
from course.forms.answers import load
from course.forms.tables import empty
from course.programme import Webinar, programme

EXTENSION = Path(__file__).with_name("labextension")
VOUCHED = EXTENSION / "static" / "vouched.json"
START = "Начало.md"
SHIPPED = Path(__file__).with_name("_shipped") / "release"

_NOTEBOOK_LIMIT = 16 * MEBIBYTE
_RUN = ("read", "form", "tests")  # roles of cells that are ours and no participant's
_TOOLS = ("formgrader", "create-assignment", "course-list", "validate-assignment")
_SERVERS = ("formgrader", "validate_assignment")
_SETTINGS = {
    "@jupyterlab/translation-extension:plugin": {"locale": "ru_RU"},
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True,
    },
    "@jupyterlab/docmanager-extension:plugin": {
        "autosave": True, "autosaveInterval": 15,
        "defaultViewers": {"markdown": "Markdown Preview"},
    },
    # a saved state would show fields that look alive and keep nothing
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": False},
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A webinar in a workspace: its `folder`, and how much of it is filled in."""

    webinar: Webinar
    folder: Path
    filled: int


def start(
    place: Path, *, instructor: bool = False, browser: bool = True, say: Callable[[str], None]
) -> int:
    """Starts JupyterLab in `place` and waits until it is stopped. Returns its exit code.

    Ctrl+C is the usual end and gives 0.
    """
    root = CourseFolder.find(place).root if instructor else workspace(place)
    if not instructor:
        write_text(root / START, start_page(root))
    with tempfile.TemporaryDirectory(prefix="proclusters-lab-") as temporary:
        settings = Path(temporary)
        prepare(settings, instructor=instructor)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        token = secrets.token_urlsafe(24)
        page = "lab" if instructor else f"lab/tree/{quote(START)}"
        arguments = command(settings, root, port, instructor=instructor, browser=browser)
        environment = {
            **os.environ,
            "JUPYTER_TOKEN": token,  # the list of processes shows arguments, not this
            # nbgrader calls its programs by their bare names; a venv need not be activated
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        }
        say(f"Папка: {root}")
        say(f"Адрес: http://127.0.0.1:{port}/{page}?token={token}")
        say("Остановить: Ctrl+C")
        server = subprocess.Popen([*arguments, f"--LabApp.default_url=/{page}"], env=environment)  # noqa: S603
        try:
            return server.wait()
        except KeyboardInterrupt:  # the server got it too and closes in order
            server.terminate()
            server.wait()
            return 0


def command(settings: Path, root: Path, port: int, *, instructor: bool, browser: bool) -> list[str]:
    """The command line of the server with the settings that `prepare` has written."""
    arguments = [
        sys.executable, "-m", "jupyterlab", f"--port={port}", "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={root}", "--ServerApp.log_level=ERROR",
        # LabServerApp stands for both JupyterLab and Notebook 7
        f"--LabServerApp.app_settings_dir={settings / 'settings'}",
        f"--LabServerApp.extra_labextensions_path={settings / 'labextensions'}",
        "--LabApp.extension_manager=readonly", "--ServerApp.answer_yes=True",
    ]  # fmt: skip
    if not instructor:
        arguments += [
            f"--ServerApp.jpserver_extensions=nbgrader.server_extensions.{name}=False"
            for name in _SERVERS
        ]
    if not browser:
        arguments.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--allow-root")  # a container
    return arguments


def prepare(target: Path, *, instructor: bool) -> None:
    """Writes JupyterLab's settings and our extension into `target`."""
    shutil.copytree(EXTENSION, target / "labextensions" / "proclusters")
    write_text(target / "settings" / "overrides.json", json_text(_SETTINGS))
    off = {} if instructor else {f"@jupyter/nbgrader:{name}": True for name in _TOOLS}
    write_text(target / "settings" / "page_config.json", json_text({"disabledExtensions": off}))


# ------------------------------------------------------------------ where a participant works


def workspace(place: Path) -> Path:
    """The folder with webinars to fill in; released ones are laid out where there are none.

    Inside a course folder it is `build/participant`: what is released there must stay untouched.
    """
    place = place.resolve()
    try:
        course = CourseFolder.find(place)
    except CourseFolderError:
        return _laid_out(place, released())
    if not course.release.is_dir():  # a participant's folder with settings of an exchange
        return _laid_out(place, released())
    return _laid_out(course.root / "build" / "participant", course.release)


def released() -> Path:
    """The released webinars that came with the program."""
    return SHIPPED if SHIPPED.is_dir() else EXTENSION.parents[1] / "release"


def found(root: Path) -> Iterator[Found]:
    """The webinars of the programme that lie in `root`, in their order."""
    for webinar in programme.webinars:
        folder = root / webinar.name
        if (folder / f"{webinar.name}.ipynb").is_file():
            answers = load(folder / ANSWERS, webinar.name).answers
            filled = sum(not empty(answer.value) for answer in answers.values())
            yield Found(webinar, folder, filled)


def start_page(root: Path) -> str:
    """The start page as Markdown: each webinar with its link, its days and what is filled in."""
    lines = [f"# {programme.title}", "", "Щёлкните название вебинара: он откроется.", ""]
    lines += ["| № | Вебинар | Выдан | Сдать до | Ответов записано |", "|---|---|---|---|---|"]
    here = {each.webinar.name: each for each in found(root)}
    for webinar in programme.webinars:
        link = f"[{webinar.title}]({webinar.name}/{webinar.name}.ipynb)"
        there = here.get(webinar.name)
        title, filled = (link, str(there.filled)) if there else (webinar.title, "ещё не выдан")
        days = f"{wording.day(webinar.released)} | {wording.day(webinar.due)}"
        lines.append(f"| {webinar.number} | {title} | {days} | {filled} |")
    lines += ["", "Ответы записываются сами. Вернуться на эту страницу: «Начало.md» слева."]
    return "\n".join(lines) + "\n"


def _laid_out(root: Path, release: Path) -> Path:
    """`root` with a copy of each released webinar that it does not hold yet."""
    for webinar in programme.webinars:
        if (release / webinar.name).is_dir() and not (root / webinar.name).exists():
            shutil.copytree(release / webinar.name, root / webinar.name)
    if next(found(root), None) is None:
        raise CourseFolderError(
            Fault(str(root), "", "здесь нет ни одного выданного вебинара",
                  "Положите сюда папки вебинаров, которые прислал организатор")
        )  # fmt: skip
    return root


# ------------------------------------------------------------------ cells that run by themselves


def vouched(release: Path) -> dict[str, Any]:
    """SHA-256 of the code cells of ours in all notebooks of `release`, by webinar."""
    cells = {
        path.stem: sorted(set(_digests(read_json(path, _NOTEBOOK_LIMIT))))
        for path in sorted(release.glob("*/*.ipynb"))
        if path.stem == path.parent.name
    }
    return {"format": 1, "cells": cells}


def vouch(folder: CourseFolder) -> Path | None:
    """Writes the list for the webinars released in `folder`, if this package is its own.

    Returns the path if the list has changed. Call it after `authoring.release`.
    """
    if not (EXTENSION.is_relative_to(folder.root / "course") and (folder.root / MARK).is_file()):
        return None
    text = json.dumps(vouched(folder.release), indent=1, sort_keys=True) + "\n"
    if VOUCHED.is_file() and read_text(VOUCHED) == text:
        return None
    write_text(VOUCHED, text)
    return VOUCHED


def _digests(notebook: Any) -> Iterator[str]:
    for cell in notebook["cells"]:
        role = cell["metadata"].get("proclusters", {}).get("role")
        if cell["cell_type"] == "code" and role in _RUN:
            yield hashlib.sha256("".join(cell["source"]).encode()).hexdigest()
