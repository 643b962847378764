"""The clean side of split checks: `python -I -m course.sandbox.split`, JSON lines in and out.

A tests cell runs here as its author wrote it, hidden part included, in a process that never runs a
participant's code. The names it uses are bound to plain data from the participant's seat, their
functions to stubs that send the arguments there and get data back. What the assignment's own
locked cells define is defined here anew, so that nobody can replace it.
"""

from __future__ import annotations

import builtins
import contextlib
import datetime
import decimal
import fractions
import json
import os
import sys
import types
from collections.abc import Callable
from typing import Any, NoReturn

from course.sandbox import checker, kernel
from course.sandbox.values import SIZE, Decoder, Encoder, Opaque, into

_OWN = (types.FunctionType, types.BuiltinFunctionType, types.ModuleType, type)
_PLAIN = frozenset({"opaque", "function", "module"})
_LASTING = frozenset(
    (bool, int, float, complex, str, bytes, range, datetime.date, datetime.datetime, datetime.time,
     datetime.timedelta, decimal.Decimal, fractions.Fraction)
)  # fmt: skip


def main() -> None:
    """Serve one submission, until the input ends."""
    talk = _Talk()
    checker._limit_memory()
    task = talk.hear()
    space: dict[str, Any] = {"__name__": "__main__", "__builtins__": builtins}
    theirs: set[str] = set()  # names that hold what came from the seat
    with checker._folder(task["data"], task["answers"]):
        while request := talk.hear():
            if "locked" in request:
                _forget(theirs, space)  # a cell of ours must not call a participant's function here
                talk.say({"bound": _prepare(request["locked"], space)})
            else:
                talk.say(_check(request, space, theirs, talk))


class _Talk:
    """The pipe to the grader, kept out of reach of anything that prints."""

    def __init__(self) -> None:
        self._in = os.fdopen(os.dup(0), "r", encoding="ascii")
        self._out = os.fdopen(os.dup(1), "w", encoding="ascii")
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)

    def hear(self) -> Any:
        """The next message; nothing at the end."""
        line = self._in.readline()
        return json.loads(line) if line else None

    def say(self, message: object) -> None:
        """Send a message."""
        self._out.write(json.dumps(message) + "\n")
        self._out.flush()


def _prepare(source: str, space: dict[str, Any]) -> bool:
    """Run a locked cell here too; one that needs the participant's work simply breaks off."""
    before = dict(space)
    try:
        code = checker._compiled(source)
    except SyntaxError:  # magics and the like say nothing to the checks
        return False
    _, _, fault = checker._run(code, space)
    if fault:
        space.clear()
        space.update(before)
    return not fault


def _check(
    request: dict[str, Any], space: dict[str, Any], theirs: set[str], talk: _Talk
) -> dict[str, Any]:
    """Points of one tests cell by nbgrader's rules, the names bound as the seat has them."""
    _forget(theirs, space)
    ours, lent = set(request.get("ours", ())), set(request.get("lent", ()))
    imports = request.get("imports", {})
    objects: dict[int, Any] = {}
    for name, data in request["values"].items():
        value, objects = _value(name, data, talk, objects)
        mine = space.get(name)
        if isinstance(mine, _OWN) or (name in space and data[0] in _PLAIN):
            continue
        if name in ours and (name in space or hasattr(builtins, name)):
            continue
        if name in lent and name in space and _settled(space[name]):
            continue
        theirs.add(name)
        if name in imports and _prepare(imports[name], space):
            continue
        space[name] = value
    before = dict(checker._results(space))
    try:
        code = checker._compiled(request["check"])
    except SyntaxError as error:
        return {"score": 0.0, "fault": f"SyntaxError: {error}", "parts": []}
    score, _, fault = checker._run(code, space)
    after = checker._results(space)
    parts = [after[key] for key in after if after[key] is not before.get(key)]
    return {"score": score, "fault": fault, "parts": parts}


def _forget(theirs: set[str], space: dict[str, Any]) -> None:
    """Take out what came from the seat."""
    for name in theirs:
        space.pop(name, None)
    theirs.clear()


def _settled(value: object) -> bool:
    """Whether a value can't change in place: what an author's solution only reads stays ours."""
    if type(value) in (tuple, frozenset):
        return all(map(_settled, value))  # type: ignore[call-overload]
    return value is None or type(value) in _LASTING


def _value(
    name: str, data: list[Any], talk: _Talk, objects: dict[int, Any]
) -> tuple[Any, dict[int, Any]]:
    """What was sent for a name, and all `objects` known then; a function inside can't be called."""
    if data[0] == "function":
        return _stub(name, talk), objects
    decoder = Decoder(lambda: Opaque("function"), objects)
    try:
        return decoder.read(data), decoder.objects
    except Exception:  # whatever was sent is no value
        return Opaque("damaged"), objects


def _stub(name: str, talk: _Talk) -> Callable[..., Any]:
    """What stands for the participant's function `name`."""

    def stub(*args: Any, **kwargs: Any) -> Any:
        encode = Encoder(labelled=True)
        words = {key: encode(value) for key, value in kwargs.items()}
        given = [encode(value) for value in args]
        if len(json.dumps([given, words])) > 2 * SIZE:
            raise OverflowError("too much to cross at once")
        talk.say({"call": name, "args": given, "kwargs": words})
        reply = talk.hear()
        reply = reply if isinstance(reply, dict) else {}
        _take_over(args, reply.get("changed"))
        for stream, text in ((sys.stdout, reply.get("out")), (sys.stderr, reply.get("err"))):
            if type(text) is str:
                stream.write(text)
        if "value" in reply:
            try:
                stranger = Decoder(lambda: Opaque("function"), encode.objects)
                return stranger.read(reply["value"])
            except Exception as error:
                raise TypeError("the result is no plain data") from error
        _raise(reply)

    stub.__name__ = name
    return stub


def _take_over(words: tuple[Any, ...], changed: object) -> None:
    """Give the arguments of a call the content that the participant's function left in them."""
    if type(changed) is list and len(changed) == len(words):
        for word, data in zip(words, changed, strict=True):
            if data is not None:
                with contextlib.suppress(Exception):  # whatever was sent is no value
                    into(word, Decoder(lambda: Opaque("function")).read(data))


def _raise(reply: dict[str, Any]) -> NoReturn:
    """Raise what the participant's function raised, as far as it is one of Python's own errors."""
    if "KeyboardInterrupt" in reply.get("raised", ()):  # it had no end: neither has the check
        raise KeyboardInterrupt(str(reply.get("text", "")))
    for name in reply.get("raised", ()):
        kind = getattr(builtins, str(name), None)
        if isinstance(kind, type) and issubclass(kind, Exception) and kind is not Exception:
            error: Exception
            if issubclass(kind, StopIteration | StopAsyncIteration):
                break  # it would end a check's own loop before anything was compared
            try:
                error = kind(str(reply.get("text", "")))
            except TypeError:
                break
            raise error
    raise RuntimeError(str(reply.get("text", ""))[:300])


if __name__ == "__main__":
    kernel.die_with_parent()
    with contextlib.suppress(BrokenPipeError):
        main()
    sys.exit(0)
