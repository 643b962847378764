"""Arrays of numpy and tables of pandas as plain data; neither is imported before it is met.

`encode` is the way of the values inside, `read` the way back: both come from `values`, whose border
this is a part of.
"""

from __future__ import annotations

import base64
import re
import sys
from collections.abc import Callable
from typing import Any

Encode = Callable[[Any, int], list[Any]]
Read = Callable[[Any, int], Any]

_NUMBERS = "biufc"  # the kinds of arrays that cross as bytes
_DTYPE = re.compile(r"[<>|=]?(b1|[iuf]\d{1,2}|c\d{1,2}|U\d{1,4}|[Mm]8(\[\w{1,5}\])?)")
_TYPED = re.compile(  # what pandas would not find out from the items
    r"object|str|string|boolean|U?Int(8|16|32|64)|Float(32|64)|(datetime64|timedelta64)\[[mun]?s\]"
    r"|datetime64\[[mun]?s, [\w/+:-]{1,40}\]"
)
KINDS = frozenset(
    ("ndarray", "matrix", "scalar", "dtype", "Series", "DataFrame", "Index", "RangeIndex",
     "MultiIndex", "Column", "Categorical", "Timestamp", "Timedelta", "NaT", "NA")
)  # fmt: skip


def changing(kind: type) -> bool:
    """Whether it is the type of an array or a table, which a program may change in place."""
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    found = numpy is not None and kind in (numpy.ndarray, numpy.matrix)
    return found or (pandas is not None and kind in (pandas.Series, pandas.DataFrame))


def encoded(value: Any, kind: type, depth: int, encode: Encode) -> list[Any] | None:
    """A value of numpy or pandas; nothing if it is none."""
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    if numpy is not None:
        if kind is numpy.ndarray:
            return _array(value, depth, encode)
        if kind is numpy.matrix:
            return ["matrix", _array(numpy.asarray(value), depth, encode)]
        if issubclass(kind, numpy.generic) and kind.__module__ == "numpy":
            return ["scalar", _array(numpy.asarray(value), depth, encode)]
        if issubclass(kind, numpy.dtype) and _DTYPE.fullmatch(value.str):
            return ["dtype", value.str]
    return _pandas(pandas, value, kind, depth, encode) if pandas is not None else None


def _pandas(pandas: Any, value: Any, kind: type, depth: int, encode: Encode) -> list[Any] | None:
    if kind is pandas.Series:
        return ["Series", [encode(value.name, depth + 1), encode(value.index, depth + 1),
                           _column(pandas, value, depth, encode)]]  # fmt: skip
    if kind is pandas.DataFrame:
        axes = [encode(value.index, depth + 1), encode(value.columns, depth + 1)]
        columns = [
            _column(pandas, value.iloc[:, at], depth, encode) for at in range(value.shape[1])
        ]
        return ["DataFrame", [*axes, columns]]
    if kind is pandas.MultiIndex:
        levels = [encode(value.get_level_values(at), depth + 1) for at in range(value.nlevels)]
        return ["MultiIndex", levels]
    if kind is pandas.RangeIndex:
        return ["RangeIndex", [value.start, value.stop, value.step, encode(value.name, depth + 1)]]
    if isinstance(value, pandas.Index):
        return ["Index", [_column(pandas, value, depth, encode), encode(value.name, depth + 1)]]
    if kind is pandas.Categorical:
        return _categories(value, depth, encode)
    if kind is pandas.Timestamp:
        return ["Timestamp", value.isoformat()]
    if kind is pandas.Timedelta:
        return ["Timedelta", value.isoformat()]
    if value is pandas.NaT or value is pandas.NA:
        return ["NaT" if value is pandas.NaT else "NA", None]
    return None


def _array(value: Any, depth: int, encode: Encode) -> list[Any]:
    if value.dtype.kind in _NUMBERS:  # a check on speed would else measure this border
        content = base64.b64encode(value.tobytes()).decode("ascii")
        return ["ndarray", [value.dtype.str, list(value.shape), content]]
    items = [encode(item, depth + 1) for item in value.ravel().tolist()]
    return ["ndarray", [value.dtype.str, list(value.shape), items]]


def _column(pandas: Any, value: Any, depth: int, encode: Encode) -> list[Any]:
    """A column as an array where numpy has its type, else as a list with the name of its type."""
    if isinstance(value.dtype, pandas.CategoricalDtype):
        return _categories(value.values, depth, encode)
    if getattr(value.dtype, "kind", "") in _NUMBERS and _DTYPE.fullmatch(
        getattr(value.dtype, "str", "")
    ):
        return _array(value.to_numpy(), depth, encode)
    return ["Column", [str(value.dtype), [encode(item, depth + 1) for item in value.tolist()]]]


def _categories(value: Any, depth: int, encode: Encode) -> list[Any]:
    return ["Categorical", [_array(value.codes, depth, encode),
                            encode(value.categories, depth + 1), bool(value.ordered)]]  # fmt: skip


def decoded(kind: str, content: Any, depth: int, read: Read) -> Any:
    """The array or table that was encoded as one of `KINDS`; `ValueError` if it lies."""
    if kind in ("ndarray", "matrix", "scalar", "dtype"):
        return _numpy(kind, content, depth, read)
    import pandas as pd

    if kind in ("Timestamp", "Timedelta"):
        return getattr(pd, kind)(str(content))
    if kind in ("NaT", "NA"):
        return getattr(pd, kind)
    if kind == "MultiIndex":
        return pd.MultiIndex.from_arrays([read(level, depth + 1) for level in content])
    if kind == "Categorical":
        codes, categories = (read(part, depth + 1) for part in content[:2])
        return pd.Categorical.from_codes(codes, categories, ordered=content[2] is True)
    if kind == "Column":
        dtype, items = content
        found = [read(item, depth + 1) for item in items]
        return pd.Series(found, dtype=dtype if _TYPED.fullmatch(dtype) else None)
    if kind == "Index":
        column, name = (read(part, depth + 1) for part in content)
        return pd.Index(column, dtype=getattr(column, "dtype", None), name=name)
    if kind == "RangeIndex":
        start, stop, step = (int(part) for part in content[:3])
        return pd.RangeIndex(start, stop, step, name=read(content[3], depth + 1))
    if kind == "Series":
        name, index, column = (read(part, depth + 1) for part in content)
        series = pd.Series(column, dtype=getattr(column, "dtype", None), name=name)
        series.index = index
        return series
    index, names = read(content[0], depth + 1), read(content[1], depth + 1)
    columns = {at: pd.Series(read(part, depth + 1)) for at, part in enumerate(content[2])}
    if any(len(column) != len(index) for column in columns.values()):
        raise ValueError("no table")  # an index may say it is as long as it likes
    frame = pd.DataFrame(columns, index=pd.RangeIndex(len(index)))
    frame.index, frame.columns = index, names
    return frame


def _numpy(kind: str, content: Any, depth: int, read: Read) -> Any:
    import numpy as np

    if kind == "scalar":
        return read(content, depth + 1)[()]
    if kind == "matrix":
        return read(content, depth + 1).view(np.matrix)
    if kind == "dtype":
        return np.dtype(_known(content))
    dtype, shape, items = content
    if dtype not in ("|O", "O"):
        _known(dtype)
    if type(items) is str:
        return _numbers(dtype, shape, items)
    array = np.empty(len(items), dtype=np.dtype(dtype))
    for at, item in enumerate(items):
        array[at] = read(item, depth + 1)
    return array.reshape([int(size) for size in shape])


def _known(dtype: str) -> str:
    if not _DTYPE.fullmatch(dtype):
        raise ValueError("no array")
    return dtype


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


def into(old: Any, new: Any) -> bool:
    """Give an array or a table the content that it has got elsewhere; whether it is one."""
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    if numpy is not None and type(old) is numpy.ndarray:
        if old.shape == new.shape:
            old[...] = new
        return True
    if pandas is not None and type(old) in (pandas.DataFrame, pandas.Series):
        type(old).__init__(old, new)  # the one way in which a table changes its shape in place
        return True
    return False
