"""What a command shows: lines, progress, answers; safe for a terminal, in the person's language."""

from __future__ import annotations

import gettext
import json
import os
import sys
import unicodedata
from pathlib import Path
from typing import Any

_ = gettext.gettext
LOCALE = Path(__file__).parents[1] / "locale"


def prepare() -> None:
    """Russian (or English) messages, UTF-8 output, and our own programs first on the path."""
    language = "en" if os.environ.get("PROCLUSTERS_LANG", "").lower().startswith("en") else "ru"
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("messages", str(LOCALE))
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
    programs = str(Path(sys.executable).parent)  # nbgrader calls alembic by its bare name
    if programs not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = programs + os.pathsep + os.environ.get("PATH", "")


def plain(text: str) -> str:
    """`text` without characters that could steer a terminal."""
    return "".join(
        sign if sign == "\n" or unicodedata.category(sign)[0] != "C" else "�" for sign in text
    )


def say(text: str = "") -> None:
    """Print a line, safe for a terminal."""
    print(plain(text))


def show(done: int, total: int, what: str) -> None:
    """A progress line with counts."""
    if what:  # the last call only says that all is done
        say(f"  [{done + 1}/{total}] {what}" if total else f"  {what}")


def tell(answer: Any, *, json_wanted: bool) -> None:
    """An answer's `data` as JSON, or its `lines`."""
    if json_wanted:
        print(json.dumps(answer.data, ensure_ascii=False, indent=2, sort_keys=True))
    else:
        for line in answer.lines:
            say(line)
