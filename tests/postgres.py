"""A PostgreSQL server of one's own for a test: in a temporary folder, as an unprivileged user."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

USER = "postgres"  # whom the server runs as when the tests run as root, which it refuses


def program(name: str) -> str | None:
    """A server's program: Debian keeps them out of PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


def demanded() -> None:
    """Skip with a sentence where there is no server's program; fail where CI=true."""
    if program("initdb") and program("pg_ctl"):
        return
    sentence = "для этой проверки нужен сервер PostgreSQL (пакет postgresql)"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The address of an empty database, reached by a socket in a folder that others can't open."""
    root = os.name == "posix" and os.geteuid() == 0
    place = Path(tempfile.mkdtemp(prefix="proclusters-pg-"))
    if root:
        shutil.chown(place, USER)

    def run(name: str, *words: str) -> None:
        path = program(name)
        assert path
        subprocess.run(
            [path, *words], check=True, cwd=place, stdout=subprocess.DEVNULL,
            user=USER if root else None, group=USER if root else None,
            extra_groups=[] if root else None,
        )  # fmt: skip

    data = str(place / "data")
    try:
        run("initdb", "-D", data, "-A", "trust", "-U", "course", "-E", "UTF8", "--no-sync",
            "--locale=C.UTF-8")  # fmt: skip
        run("pg_ctl", "-D", data, "-w", "-l", str(place / "log"), "-o",
            f"-c listen_addresses='' -c unix_socket_directories='{place}' -c fsync=off",
            "start")  # fmt: skip
        try:
            run("createdb", "-h", str(place), "-U", "course", "gradebook")
            yield f"postgresql+psycopg://course@/gradebook?host={place}"
        finally:
            run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(place, ignore_errors=True)
