"""JupyterLab as we start it: Russian, quiet, with the course's own extension.

The settings lie in a folder that lives as long as the server: nobody's own JupyterLab is changed.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import quote

from course.files import json_text, write_text
from course.folder import CourseFolder
from course.lab.desk import START, start_page, workspace
from course.lab.vouching import EXTENSION

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


def start(
    place: Path, *, instructor: bool = False, browser: bool = True, say: Callable[[str], None]
) -> int:
    """Starts JupyterLab in `place` and waits until it is stopped. Returns its exit code."""
    with tempfile.TemporaryDirectory(prefix="proclusters-lab-") as temporary:
        settings = Path(temporary)
        prepare(settings, instructor=instructor)
        if instructor:
            root = CourseFolder.find(place).root
            return serve(settings, root, "lab", instructor=True, browser=browser, say=say)
        root = workspace(place)
        write_text(root / START, start_page(root, date.today()))
        page = f"lab/tree/{quote(START)}"
        return serve(settings, root, page, instructor=False, browser=browser, say=say)


def serve(
    settings: Path,
    root: Path,
    page: str,
    *,
    instructor: bool,
    browser: bool,
    say: Callable[[str], None],
) -> int:
    """Serves `root` with the settings that `prepare` has written, until it is stopped.

    `page` opens first. Ctrl+C is the usual end and gives 0.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_urlsafe(24)
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
    # nbgrader looks for the settings of its course in the folder where it was started
    server = subprocess.Popen(  # noqa: S603
        [*arguments, f"--LabApp.default_url=/{page}"], env=environment, cwd=root
    )
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
