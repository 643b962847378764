"""A participant's seat: the process inside the sandbox that runs the program of one notebook.

`python -I -m course.sandbox.seat`, JSON lines in and out. Nothing here is protected from the
program that runs here, and nothing has to be: it can only change what its author answers.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import sys
import warnings
from collections.abc import Iterator
from typing import Any

from course.sandbox import kernel, pictures
from course.sandbox.checker import points_of
from course.sandbox.values import Decoder, Encoder, all_fitting, encode, fitting

TEXT = 20_000  # signs of a cell's output that are kept


def prepared() -> Any:
    """The shell in which cells run; it remembers nothing on a disk, and has no thread for it."""
    sys.path.insert(0, "")
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    class Shell(InteractiveShell):
        """A shell without windows: `%matplotlib inline` breaks the plain one off."""

        def enable_gui(self, _: object = None) -> None:
            """Called by `%gui`; there is nothing to see it by."""

        def enable_matplotlib(self, _: object = None) -> tuple[str, str]:
            """Called by `%matplotlib` and `%pylab`: figures stay open until they are taken."""
            return "inline", "agg"

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shell = Shell.instance(config=Config(HistoryManager={"enabled": False}))
    shell.colors = "nocolor"
    return shell


def serve(shell: Any) -> None:
    """Run what is asked for until the input ends."""
    requests = os.fdopen(os.dup(0), "r", encoding="ascii")
    replies = os.fdopen(os.dup(1), "w", encoding="ascii")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)
    for line in requests:
        try:
            reply = _answer(shell, json.loads(line))
        except BaseException as error:  # the program may have broken anything
            reply = {"broken": type(error).__name__}
        replies.write(json.dumps(reply) + "\n")
        replies.flush()


def _answer(shell: Any, request: dict[str, Any]) -> dict[str, Any]:
    if "run" in request:
        return _run(shell, request["run"], request.get("seconds", 0))
    if "names" in request:
        return {"names": [name for name in list(shell.user_ns) if type(name) is str]}
    if "get" in request:
        space = shell.user_ns
        space.pop("__warningregistry__", None)  # each cell warns anew, a tests cell too
        encoder = Encoder()  # one for all: two names may mean one list
        found = {name: encoder(space[name]) for name in request["get"] if name in space}
        return {"values": all_fitting(found)}
    return _called(shell, request)


def _called(shell: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Call a function of the program: its value or its error, its texts, what it changed."""
    decoder = Decoder(lambda: None)
    words = [decoder.read(item) for item in request["args"]]
    named = {key: decoder.read(item) for key, item in request["kwargs"].items()}
    before = [encode(word) for word in words]
    known = Encoder(decoder.objects)
    out, err = io.StringIO(), io.StringIO()
    reply: dict[str, Any]
    try:
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            _limited(request.get("seconds", 0)),
        ):
            reply = {"value": fitting(known(shell.user_ns[request["call"]](*words, **named)))}
    except BaseException as error:  # what a function raises is its answer
        names = [kind.__name__ for kind in type(error).__mro__]
        reply = {"raised": names, "text": str(error)[:300]}
    after = [encode(word) for word in words]
    changed = [fitting(new) if new != old else None for new, old in zip(after, before, strict=True)]
    texts = {"out": out.getvalue()[:TEXT], "err": err.getvalue()[:TEXT]}
    return {**reply, "changed": changed, **{name: text for name, text in texts.items() if text}}


@contextlib.contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Interrupt what has no end, as nbgrader does; a program that resists meets its whole time."""
    if not seconds or not hasattr(signal, "setitimer"):
        yield
        return

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt(f"{seconds:.0f} s")

    signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _run(shell: Any, source: str, seconds: float) -> dict[str, Any]:
    """Run a cell as a notebook does: its text, what it drew, its last value as points."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        with _limited(seconds):
            result = shell.run_cell(source, store_history=True)
        try:
            files = pictures.drawn(result.result)
        except Exception:  # what can't be drawn is no picture
            files = []
    return {
        "fine": bool(result.success) and not err.getvalue(),
        "score": points_of(result.result),
        "text": out.getvalue()[:TEXT],
        "pictures": files,
        "error": _fault(result.error_before_exec or result.error_in_exec, err.getvalue()),
    }


def _fault(error: BaseException | None, complaints: str) -> str:
    """The kind of a fault, named as the clean side names it: nothing for a failed assertion."""
    if error is None:
        return "stderr" if complaints else ""
    return "" if isinstance(error, AssertionError) else type(error).__name__


if __name__ == "__main__":
    kernel.die_with_parent()
    serve(prepared())
