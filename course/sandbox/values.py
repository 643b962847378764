"""Values that cross from a participant's process to the checks: plain data, exact types, no code.

`encode` turns a value into JSON data by its exact type; what is derived from a plain type is sent
as the content of that type, so that no `__eq__` of its own arrives with it. `Decoder` builds the
plain value anew from data it does not trust. What is one list here is one list there. Whatever can
be called becomes a stub, an iterator a generator of what it held, a module its name, anything else
an `Opaque` that fits no check.
"""

from __future__ import annotations

import builtins
import collections
import collections.abc
import contextlib
import datetime
import decimal
import fractions
import importlib
import io
import json
import math
import pathlib
import re
import time
import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn

from course.sandbox import columns

DEPTH = 40
NODES = 500_000
ITEMS = 100_000  # of an iterator, which may have no end
SIZE = 6 << 20  # signs of one value as JSON, half of what the pipe takes in one line
SECONDS = 0.5  # for what an iterator yields, each time it is met
_ISO: dict[str, Any] = {"date": datetime.date, "datetime": datetime.datetime, "time": datetime.time}
_ITEMS: dict[str, Callable[[list[Any]], Any]] = {
    "list": list, "tuple": tuple, "set": set, "frozenset": frozenset,
    "deque": collections.deque,
}  # fmt: skip
_PAIRS: dict[str, Callable[[list[tuple[Any, Any]]], Any]] = {
    "dict": dict,
    "OrderedDict": collections.OrderedDict,
    "Counter": lambda pairs: collections.Counter(dict(pairs)),
}
_EXACT: dict[type, str] = {
    list: "list", tuple: "tuple", set: "set", frozenset: "frozenset", collections.deque: "deque",
}  # fmt: skip
_MAPS: dict[type, str] = {
    dict: "dict", collections.OrderedDict: "OrderedDict", collections.Counter: "Counter",
}  # fmt: skip
# what is derived from them is sent as the content of the plain type
_SCALARS: dict[type, Callable[[Any], Any]] = {
    int: int.__int__, float: float.__float__, str: str.__str__,
}  # fmt: skip
_HOLDERS = (list, set, frozenset, tuple, dict)
_CHANGING = frozenset((list, set, bytearray, collections.deque, collections.defaultdict, *_MAPS))
_VIEWS: dict[type, str] = {
    type({}.keys()): "keys", type({}.values()): "values", type({}.items()): "items",
}  # fmt: skip
_TYPES = frozenset(
    ("bool", "bytes", "complex", "dict", "float", "frozenset", "int", "list", "object", "range",
     "set", "str", "tuple", "type")
)  # fmt: skip
_NAME = re.compile(r"[A-Za-z]\w{0,63}")
MODULES = frozenset(
    ("abc", "bisect", "calendar", "cmath", "collections", "collections.abc", "contextlib", "copy",
     "csv", "dataclasses", "datetime", "decimal", "enum", "fractions", "functools", "glob",
     "hashlib", "heapq", "inspect", "io", "itertools", "json", "math", "numbers", "operator", "os",
     "os.path", "pathlib", "posixpath", "pprint", "random", "re", "sqlite3", "statistics", "string",
     "sys", "textwrap", "time", "types", "typing", "unittest", "unittest.mock", "warnings",
     "matplotlib", "matplotlib.pyplot", "networkx", "nose.tools", "numpy", "numpy.linalg",
     "numpy.ma", "numpy.random", "numpy.testing", "pandas", "pandas.testing", "scipy",
     "scipy.constants", "scipy.fft", "scipy.integrate", "scipy.interpolate", "scipy.linalg",
     "scipy.optimize", "scipy.signal", "scipy.sparse", "scipy.special", "scipy.stats", "seaborn",
     "sklearn", "sympy")
)  # fmt: skip


class Opaque:
    """A value that is no plain data: nothing can be asked of it, so no check passes on it."""

    __slots__ = ("_kind",)

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def _refuse(self, *_: object) -> NoReturn:
        raise TypeError(f"a value of type {self._kind} is no plain data")

    __eq__ = __ne__ = __lt__ = __gt__ = __le__ = __ge__ = _refuse
    __bool__ = __len__ = __iter__ = __call__ = __getitem__ = __contains__ = _refuse
    __float__ = __int__ = __index__ = __abs__ = __add__ = __radd__ = __sub__ = __rsub__ = _refuse
    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{self._kind}>"


def encode(value: Any) -> list[Any]:
    """A value as JSON data: a list of its kind and its content."""
    return Encoder()(value)


class Encoder:
    """Turns values into JSON data; what can change and is met again is sent as the same thing.

    `held` are things that the other side has already, by their number there; `labelled` numbers all
    that can change, and keeps it as `objects`, so that the other side may name it.
    """

    def __init__(self, held: Mapping[int, Any] | None = None, *, labelled: bool = False) -> None:
        self.objects: dict[int, Any] = {}
        self._labelled = labelled
        self._first = max(held or (), default=-1) + 1
        self._met: dict[int, tuple[Any, list[Any], int]] = {  # the value too, so that it lives on
            id(value): (value, [], number) for number, value in (held or {}).items()
        }

    def __call__(self, value: Any, depth: int = 0) -> list[Any]:
        """A value as a list of its kind and its content."""
        kind = type(value)
        if depth > DEPTH:
            return ["opaque", "depth"]
        if value is None or kind is bool or kind is str:
            return ["plain", value]
        if kind is int:
            return ["int", hex(value)]
        if kind is float:
            return ["float", value.hex() if math.isfinite(value) else repr(value)]
        if kind in _CHANGING or columns.changing(kind):
            return self._changing(value, kind, depth)
        return self._found(value, kind, depth)

    def _changing(self, value: Any, kind: type, depth: int) -> list[Any]:
        """What can change: its content when it is met first, then only which one it is."""
        if id(value) in self._met:
            _, data, number = self._met[id(value)]
            if data and data[0] != "shared":
                data[:] = ["shared", [number, data[:]]]
            return ["same", number]
        data = self._found(value, kind, depth)
        number = self._first + len(self._met)
        self._met[id(value)] = (value, data, number)
        if self._labelled:
            self.objects[number] = value
            data[:] = ["shared", [number, data[:]]]
        return data

    def _found(self, value: Any, kind: type, depth: int) -> list[Any]:
        if kind in _EXACT:
            return [_EXACT[kind], [self(item, depth + 1) for item in list(value)]]
        if kind in _MAPS:
            pairs = [[self(k, depth + 1), self(v, depth + 1)] for k, v in list(value.items())]
            return [_MAPS[kind], pairs]
        if kind is collections.defaultdict:
            return ["defaultdict", [self(value.default_factory, depth + 1),
                                    self(dict(value), depth + 1)]]  # fmt: skip
        if kind is types.ModuleType:
            return ["module", value.__name__]
        found = _rare(value, kind) or columns.encoded(value, kind, depth, self)
        return self._made(value, kind, depth) if found is None else found

    def _made(self, value: Any, kind: type, depth: int) -> list[Any]:
        """What a program makes: views, iterators, named tuples, and whatever can be called."""
        if kind in _VIEWS:
            return [_VIEWS[kind], [self(item, depth + 1) for item in list(value)]]
        if isinstance(value, collections.abc.Iterator) and not isinstance(value, io.IOBase):
            return ["iterator", _yielded(value, depth, self)]
        fields = getattr(kind, "_fields", None)
        if issubclass(kind, tuple) and type(fields) is tuple:
            items = [self(item, depth + 1) for item in tuple.__iter__(value)]
            return ["namedtuple", [kind.__name__, list(fields), items]]
        if callable(value) and not isinstance(value, type):
            return ["function", ""]
        for plain, content in _SCALARS.items():
            if issubclass(kind, plain):
                return self(content(value), depth)
        for base in _HOLDERS:
            if issubclass(kind, base):
                return self._found(value, base, depth)
        if isinstance(value, collections.abc.Mapping):
            return self._found(dict(value), dict, depth)
        return ["opaque", f"{kind.__module__}.{kind.__qualname__}"[:100]]


def _rare(value: Any, kind: type) -> list[Any] | None:
    if kind in _ISO.values():
        return [kind.__name__, value.isoformat()]
    if kind is datetime.timedelta:
        return ["timedelta", [value.days, value.seconds, value.microseconds]]
    if kind is decimal.Decimal:
        return ["Decimal", str(value)]
    if kind is fractions.Fraction:
        return ["Fraction", [hex(value.numerator), hex(value.denominator)]]
    if kind is complex:
        return ["complex", [repr(value.real), repr(value.imag)]]
    if kind in (bytes, bytearray):
        return [kind.__name__, value.hex()]
    if kind is range:
        return ["range", [value.start, value.stop, value.step]]
    if kind is type and value.__module__ == "builtins" and value.__name__ in _TYPES:
        return ["type", value.__name__]
    if isinstance(value, pathlib.PurePath):
        return ["path", str(value)]
    return None


def _yielded(value: Iterator[Any], depth: int, encode: Encoder) -> list[Any]:
    """What an iterator yields, and whether that is all: there may be no end."""
    items: list[Any] = []
    until = time.monotonic() + SECONDS
    with contextlib.suppress(Exception):  # the check meets the end of it where it broke off
        for item in value:
            items.append(encode(item, depth + 1))
            if len(items) >= ITEMS or time.monotonic() > until:
                return [items, False]
        return [items, True]
    return [items, False]


def fitting(data: list[Any]) -> list[Any]:
    """Encoded data, or what fits no check in place of more than the border takes at once."""
    return data if len(json.dumps(data)) <= SIZE else ["opaque", "size"]


def all_fitting(values: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Encoded values by name, as many of them as the border takes at once."""
    left = 2 * SIZE
    found: dict[str, list[Any]] = {}
    for name, data in values.items():
        size = len(json.dumps(data))
        found[name] = data if size <= min(SIZE, left) else ["opaque", "size"]
        left -= size if size <= min(SIZE, left) else 0
    return found


def into(old: Any, new: Any) -> None:
    """Give `old` the content that a participant's function gave its own copy of it."""
    if type(old) is not type(new):
        return
    if type(old) in (list, bytearray):
        old[:] = new
    elif type(old) in (set, dict) or type(old) in _MAPS or type(old) is collections.defaultdict:
        old.clear()
        old.update(new)
    elif type(old) is collections.deque:
        old.clear()
        old.extend(new)
    else:
        columns.into(old, new)


class Decoder:
    """Builds plain values from data that a participant's process sent; `ValueError` if it lies.

    `stub` makes the function that stands for one of theirs, `objects` are those that may be named.
    """

    def __init__(self, stub: Callable[[], Any], objects: dict[int, Any] | None = None) -> None:
        self._stub = stub
        self.objects = dict(objects or {})  # what can change, by its number
        self._left = NODES

    def read(self, data: Any, depth: int = 0) -> Any:
        """The value that `data` describes."""
        self._left -= 1
        if self._left < 0 or depth > 2 * DEPTH or type(data) is not list or len(data) != 2:
            raise ValueError("no value")
        kind, content = data
        if kind == "shared":
            self._left += 1
            self.objects[content[0]] = found = self.read(content[1], depth)
            return found
        if kind == "same":
            return self.objects[content]
        if kind == "plain" and (content is None or type(content) in (bool, str)):
            return content
        if kind in _ITEMS:
            return _ITEMS[kind]([self.read(item, depth + 1) for item in content])
        if kind in _PAIRS:
            pairs = [(self.read(k, depth + 1), self.read(v, depth + 1)) for k, v in content]
            return _PAIRS[kind](pairs)
        if kind == "function":
            return self._stub()
        if kind == "module":
            return importlib.import_module(content) if content in MODULES else Opaque("module")
        simple = _SIMPLE.get(kind)
        if simple:
            return simple(content)
        if kind in columns.KINDS:
            return columns.decoded(kind, content, depth, self.read)
        return self._made(kind, content, depth)

    def _made(self, kind: Any, content: Any, depth: int) -> Any:
        if kind in _VIEWS.values():
            items = [self.read(item, depth + 1) for item in content]
            if kind == "values":
                return dict(enumerate(items)).values()
            return dict.fromkeys(items).keys() if kind == "keys" else dict(items).items()
        if kind == "iterator":
            items, whole = content
            return _replayed([self.read(item, depth + 1) for item in items], whole is True)
        if kind == "defaultdict":
            factory, pairs = (self.read(part, depth + 1) for part in content)
            # a function of theirs can't be asked for what is absent
            return collections.defaultdict(factory if isinstance(factory, type) else None, pairs)
        if kind == "namedtuple":
            name, fields, items = content
            if not all(_NAME.fullmatch(str(word)) for word in (name, *fields)):
                raise ValueError("no named tuple")
            made = collections.namedtuple(name, fields)  # type: ignore[misc]
            held = [self.read(item, depth + 1) for item in items]
            # a field is no method: what a check calls on a table must not be `bool`, say
            return made(*(Opaque("function") if callable(item) else item for item in held))
        if kind == "type" and content in _TYPES:
            return getattr(builtins, content)
        return Opaque(str(content)[:100])


def _replayed(items: list[Any], whole: bool) -> Iterator[Any]:
    """A generator of what a participant's iterator yielded."""
    yield from items
    if not whole:
        raise RuntimeError("the iterator yields no more here")


_SIMPLE: dict[Any, Callable[[Any], Any]] = {
    "int": lambda text: int(str(text)[:100_000], 16),
    "float": lambda text: float.fromhex(str(text)),
    "complex": lambda parts: complex(float(parts[0]), float(parts[1])),
    "bytes": lambda text: bytes.fromhex(str(text)),
    "bytearray": lambda text: bytearray.fromhex(str(text)),
    "path": lambda text: pathlib.Path(str(text)),
    "range": lambda parts: range(*(int(part) for part in parts)),
    "timedelta": lambda parts: datetime.timedelta(*(int(part) for part in parts)),
    "Decimal": lambda text: decimal.Decimal(str(text)),
    "Fraction": lambda parts: fractions.Fraction(*(int(str(part), 16) for part in parts)),
    **{name: kind.fromisoformat for name, kind in _ISO.items()},
}
