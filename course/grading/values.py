"""Values that cross from a participant's process to the checks: plain data, exact types, no code.

`encode` turns a value into JSON data by its exact type, so that no subclass with an `__eq__` of its
own arrives as what it pretends to be. `decode` builds the plain value anew from data it does not
trust. A function becomes a stub, a module its name, anything else an `Opaque` that fits no check.
"""

from __future__ import annotations

import base64
import collections
import datetime
import decimal
import fractions
import importlib
import math
import re
import sys
import types
from collections.abc import Callable
from typing import Any, NoReturn

DEPTH = 40
NODES = 500_000
_NUMBERS = "biufc"  # the kinds of arrays that cross as bytes
_ISO: dict[str, Any] = {"date": datetime.date, "datetime": datetime.datetime, "time": datetime.time}
_ITEMS: dict[str, Callable[[list[Any]], Any]] = {
    "list": list, "tuple": tuple, "set": set, "frozenset": frozenset,
    "deque": collections.deque,
}  # fmt: skip
_PAIRS: dict[str, Callable[[list[tuple[Any, Any]]], Any]] = {
    "dict": dict,
    "OrderedDict": collections.OrderedDict,
    "Counter": lambda pairs: collections.Counter(dict(pairs)),
    "defaultdict": dict,
}
_EXACT: dict[type, str] = {
    list: "list", tuple: "tuple", set: "set", frozenset: "frozenset", collections.deque: "deque",
}  # fmt: skip
_MAPS: dict[type, str] = {
    dict: "dict", collections.OrderedDict: "OrderedDict", collections.Counter: "Counter",
    collections.defaultdict: "defaultdict",
}  # fmt: skip
_FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType, types.MethodType)
_DTYPE = re.compile(r"[<>|=]?(b1|[iuf]\d{1,2}|c\d{1,2}|U\d{1,4}|[Mm]8(\[\w{1,5}\])?)")
MODULES = frozenset(
    ("math", "cmath", "statistics", "datetime", "decimal", "fractions", "collections", "itertools",
     "functools", "random", "re", "string", "json", "calendar", "time", "operator", "textwrap",
     "typing", "copy", "numpy", "numpy.testing", "pandas", "pandas.testing", "scipy", "networkx",
     "matplotlib", "matplotlib.pyplot")
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


def encode(value: Any, depth: int = 0) -> list[Any]:
    """A value as JSON data: a list of its kind and its content."""
    kind = type(value)
    if depth > DEPTH:
        return ["opaque", "depth"]
    if value is None or kind is bool or kind is str:
        return ["plain", value]
    if kind is int:
        return ["int", hex(value)]
    if kind is float:
        return ["float", value.hex() if math.isfinite(value) else repr(value)]
    if kind in _EXACT:
        return [_EXACT[kind], [encode(item, depth + 1) for item in list(value)]]
    if kind in _MAPS:
        pairs = [[encode(k, depth + 1), encode(v, depth + 1)] for k, v in list(value.items())]
        return [_MAPS[kind], pairs]
    if kind is types.ModuleType:
        return ["module", value.__name__]
    if isinstance(value, _FUNCTIONS) or kind is type(len) or _ufunc(kind):
        return ["function", ""]
    return _rare(value, kind, depth)


def _rare(value: Any, kind: type, depth: int) -> list[Any]:
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
    if kind is bytes:
        return ["bytes", value.hex()]
    if kind is range:
        return ["range", [value.start, value.stop, value.step]]
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    if numpy is not None:
        if kind is numpy.ndarray:
            return _array(value, depth)
        if issubclass(kind, numpy.generic) and kind.__module__ == "numpy":
            return ["scalar", _array(numpy.asarray(value), depth)]
    if pandas is not None:
        if kind is pandas.Series:
            return ["Series", [encode(value.name, depth + 1), encode(value.index, depth + 1),
                               _column(value, depth)]]  # fmt: skip
        if kind is pandas.DataFrame:
            columns = [_column(value.iloc[:, at], depth) for at in range(value.shape[1])]
            axes = [encode(value.index, depth + 1), encode(value.columns, depth + 1)]
            return ["DataFrame", [*axes, columns]]
        if isinstance(value, pandas.Index):
            return ["Index", [_column(value, depth), encode(value.name, depth + 1)]]
        if kind is pandas.Timestamp:
            return ["Timestamp", value.isoformat()]
    return ["opaque", f"{kind.__module__}.{kind.__qualname__}"[:100]]


def _ufunc(kind: type) -> bool:
    return kind.__module__ == "numpy" and kind.__name__ == "ufunc"


def _array(value: Any, depth: int) -> list[Any]:
    if value.dtype.kind in _NUMBERS:  # a check on speed would else measure this border
        content = base64.b64encode(value.tobytes()).decode("ascii")
        return ["ndarray", [value.dtype.str, list(value.shape), content]]
    items = [encode(item, depth + 1) for item in value.ravel().tolist()]
    return ["ndarray", [value.dtype.str, list(value.shape), items]]


def _column(value: Any, depth: int) -> list[Any]:
    """A column as an array where numpy has its type, else as a list."""
    kind = getattr(value.dtype, "str", "|O")
    if _DTYPE.fullmatch(kind) and not kind.lstrip("<>|=").startswith(("M", "m")):
        return _array(value.to_numpy(), depth)
    return ["list", [encode(item, depth + 1) for item in value.tolist()]]


class Decoder:
    """Builds plain values from data that a participant's process sent; `ValueError` if it lies.

    `stub` makes the function that stands for one of theirs.
    """

    def __init__(self, stub: Callable[[], Any]) -> None:
        self._stub = stub
        self._left = NODES

    def read(self, data: Any, depth: int = 0) -> Any:
        """The value that `data` describes."""
        self._left -= 1
        if self._left < 0 or depth > 2 * DEPTH or type(data) is not list or len(data) != 2:
            raise ValueError("no value")
        kind, content = data
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
        return self._tables(kind, content, depth)

    def _tables(self, kind: Any, content: Any, depth: int) -> Any:
        if kind in ("ndarray", "scalar"):
            import numpy as np

            if kind == "scalar":
                return self.read(content, depth + 1)[()]
            dtype, shape, items = content
            if dtype not in ("|O", "O") and not _DTYPE.fullmatch(dtype):
                raise ValueError("no array")
            if type(items) is str:
                return _numbers(dtype, shape, items)
            array = np.empty(len(items), dtype=np.dtype(dtype))
            for at, item in enumerate(items):
                array[at] = self.read(item, depth + 1)
            return array.reshape([int(size) for size in shape])
        if kind in ("Series", "DataFrame", "Index", "Timestamp"):
            import pandas as pd

            if kind == "Timestamp":
                return pd.Timestamp(str(content))
            if kind == "Index":
                items = self.read(content[0], depth + 1)
                return pd.Index(items, name=self.read(content[1], depth + 1))
            if kind == "Series":
                name, index, column = (self.read(part, depth + 1) for part in content)
                return pd.Series(column, index=index, name=name)
            index, names = self.read(content[0], depth + 1), self.read(content[1], depth + 1)
            columns = {at: self.read(part, depth + 1) for at, part in enumerate(content[2])}
            frame = pd.DataFrame(columns, index=index)
            frame.columns = names
            return frame
        return Opaque(str(content)[:100])


def _numbers(dtype: str, shape: list[Any], content: str) -> Any:
    """An array of plain numbers from its bytes."""
    import numpy as np

    kind = np.dtype(dtype)
    if kind.kind not in _NUMBERS:
        raise ValueError("no array of numbers")
    raw = base64.b64decode(content, validate=True)
    if kind.kind == "b":  # a truth value is a byte of 0 or 1, whatever was sent
        return (np.frombuffer(raw, np.uint8) != 0).reshape([int(size) for size in shape])
    return np.frombuffer(raw, kind).copy().reshape([int(size) for size in shape])


_SIMPLE: dict[Any, Callable[[Any], Any]] = {
    "int": lambda text: int(str(text)[:100_000], 16),
    "float": lambda text: float.fromhex(str(text)),
    "complex": lambda parts: complex(float(parts[0]), float(parts[1])),
    "bytes": lambda text: bytes.fromhex(str(text)),
    "range": lambda parts: range(*(int(part) for part in parts)),
    "timedelta": lambda parts: datetime.timedelta(*(int(part) for part in parts)),
    "Decimal": lambda text: decimal.Decimal(str(text)),
    "Fraction": lambda parts: fractions.Fraction(*(int(str(part), 16) for part in parts)),
    **{name: kind.fromisoformat for name, kind in _ISO.items()},
}
