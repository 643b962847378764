"""Values that cross a process border: exact types arrive whole, everything else fits no check."""

from __future__ import annotations

import collections
import datetime
import functools
import http
import itertools
import json
import math
import types
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.sandbox.launcher import program
from course.sandbox.values import SIZE, Decoder, Encoder, Opaque, all_fitting, encode, fitting, into

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
    | st.dates() | st.datetimes() | st.decimals(allow_nan=False) | st.fractions() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
    max_leaves=20,
)  # fmt: skip


def crossed(value: Any) -> Any:
    return Decoder(lambda: len).read(json.loads(json.dumps(encode(value))))


@given(PLAIN)
def test_plain_data_arrives_as_it_was(value: Any) -> None:
    found = crossed(value)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("value", [
    {1, 2}, frozenset("ab"), range(3), 1 + 2j, collections.Counter("aab"),
    collections.OrderedDict(a=1), collections.deque([1]), datetime.timedelta(days=1),
    Decimal("0.10"), Fraction(1, 3), np.int64(3), np.float64(0.5), np.bool_(True),
    -(2**70), math.inf,
])  # fmt: skip
def test_rarer_data_arrives_too(value: Any) -> None:
    assert crossed(value) == value
    assert type(crossed(value)) is type(value)


def test_tables_arrive_whole() -> None:
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": [0.5, math.nan]}, index=list("xy"))
    pd.testing.assert_frame_equal(crossed(frame), frame)
    pd.testing.assert_series_equal(crossed(frame["c"]), frame["c"])
    np.testing.assert_array_equal(crossed(np.eye(3)), np.eye(3))
    assert crossed(np.eye(3)).dtype == np.float64


def test_what_pandas_programs_are_made_of_arrives_too() -> None:
    frame = pd.DataFrame({
        "kind": pd.Categorical(["a", "b"], ["b", "a"], ordered=True),
        "day": pd.to_datetime(["2026-01-01", None]),
    }, index=pd.MultiIndex.from_tuples([("x", 1), ("y", 2)], names=["k", "n"]))  # fmt: skip
    pd.testing.assert_frame_equal(crossed(frame), frame)
    assert crossed(pd.NaT) is pd.NaT
    assert crossed(pd.Timedelta(hours=30)) == pd.Timedelta(hours=30)
    assert crossed([frame["day"].dtype, np.dtype("f4"), int])[1:] == [np.dtype("f4"), int]


def test_whatever_can_be_called_is_a_function() -> None:
    for value in (functools.cache(abs), functools.partial(pow, 2), np.vectorize(abs), abs):
        assert crossed(value) is len


def test_iterators_arrive_as_what_they_yield() -> None:
    assert list(crossed(map(abs, [-1, 2]))) == [1, 2]
    assert type(crossed(x for x in "ab")) is types.GeneratorType
    assert list(itertools.islice(crossed(itertools.count(5)), 3)) == [5, 6, 7]
    endless = crossed(itertools.repeat(1))
    with pytest.raises(RuntimeError):
        list(endless)
    broken = crossed(1 / x for x in (1, 0))
    assert next(broken) == 1
    with pytest.raises(RuntimeError):
        next(broken)


def test_views_and_named_tuples_arrive_whole() -> None:
    shares = {"a": 1, "b": 2}
    assert crossed(shares.keys()) == shares.keys()
    assert crossed(shares.items()) == shares.items()
    assert list(crossed(shares.values())) == [1, 2]
    point = crossed(collections.namedtuple("Point", "x y")(1, 2))
    assert (point.x, point) == (1, (1, 2))
    for field in (bool, len):  # a check would call it a method
        (held,) = crossed(collections.namedtuple("Table", "equals")(field))
        assert isinstance(held, Opaque)
    with pytest.raises(ValueError, match="named tuple"):
        Decoder(len).read(["namedtuple", ["P", ["x=1):\n pass"], []]])


@pytest.mark.parametrize(("old", "new"), [
    ([2, 1], [1, 2]), ({"a": 1}, {"b": 2}), ({1}, {2}), (bytearray(b"a"), bytearray(b"bc")),
    (collections.deque([1]), collections.deque([2, 3])),
    (collections.Counter("a"), collections.Counter("bb")),
])  # fmt: skip
def test_a_value_takes_over_what_a_function_did_to_it(old: Any, new: Any) -> None:
    into(old, crossed(new))
    assert old == new


def test_tables_take_over_what_a_function_did_to_them() -> None:
    array, series = np.zeros(2), pd.Series([1.0, 2.0])
    frame = pd.DataFrame({"a": [1, 2]})
    into(array, np.ones(2))
    into(series, pd.Series([3.0, 4.0], index=["x", "y"]))
    into(frame, pd.DataFrame({"a": [1], "b": ["z"]}, index=["k"]))
    np.testing.assert_array_equal(array, np.ones(2))
    pd.testing.assert_series_equal(series, pd.Series([3.0, 4.0], index=["x", "y"]))
    pd.testing.assert_frame_equal(frame, pd.DataFrame({"a": [1], "b": ["z"]}, index=["k"]))
    into(frame, [1])
    assert list(frame.columns) == ["a", "b"]


def test_more_than_the_border_takes_fits_no_check() -> None:
    large, small = encode("x" * SIZE), encode(1)
    assert fitting(small) is small
    assert fitting(large) == ["opaque", "size"]
    half = encode("x" * (SIZE - 100))
    sent = all_fitting({"a": half, "b": large, "c": half, "d": half, "e": small})
    assert [kind for kind, _ in sent.values()] == ["plain", "opaque", "plain", "opaque", "int"]


class Yes(float):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = float.__hash__


class Names(dict[str, int]):
    pass


@pytest.mark.parametrize(("value", "plain"), [
    (Yes(1), 1.0), (type("L", (list,), {})([1]), [1]), (Names(a=1), {"a": 1}),
    (http.HTTPStatus.OK, 200), (type("S", (str,), {})("x"), "x"), (type("T", (tuple,), {})(), ()),
    (collections.ChainMap({"a": 1}), {"a": 1}), (types.MappingProxyType({"a": 1}), {"a": 1}),
])  # fmt: skip
def test_what_is_derived_arrives_as_its_plain_content(value: Any, plain: Any) -> None:
    found = crossed(value)
    assert found == plain
    assert type(found) is type(plain)
    assert found != 2


def test_what_is_one_thing_here_is_one_thing_there() -> None:
    row = [0]
    frame = pd.DataFrame({"a": [row, row]})
    found = crossed({"same": [row] * 2, "other": [[0], [0]], "frame": [frame, frame, row]})
    found["same"][0].append(1)
    assert found["same"] == [[0, 1], [0, 1]]
    assert found["other"][0] is not found["other"][1]
    assert found["frame"][0] is found["frame"][1]
    assert found["frame"][2] is found["same"][0] is found["frame"][0]["a"][1]


def test_a_thing_that_is_handed_back_is_the_one_that_was_given() -> None:
    given = [[1], np.zeros(2)]
    there = Encoder(labelled=True)
    seat = Decoder(lambda: None)
    taken = seat.read(json.loads(json.dumps(there(given))))
    back = json.loads(json.dumps(Encoder(seat.objects)([taken, taken[1], [1], taken[0]])))
    whole, second, new, first = Decoder(lambda: None, there.objects).read(back)
    assert whole is given
    assert (second is given[1], first is given[0], new is given[0]) == (True, True, False)


def test_columns_keep_their_type() -> None:
    frame = pd.DataFrame({
        "any": pd.Series([True, None], dtype=object), "int": pd.array([1, None], dtype="Int64"),
        "old": pd.Series(["a", "b"], dtype=object), "new": ["a", "b"],
        "day": pd.to_datetime(["2026-01-01", None]).tz_localize("Europe/Moscow"),
        "text": pd.array(["a", None], dtype="string"),
    })  # fmt: skip
    for table in (frame, frame.iloc[:0], frame[[]]):
        pd.testing.assert_frame_equal(crossed(table), table)
        assert type(crossed(table).index) is pd.RangeIndex
    counted = collections.defaultdict(list, {"a": [1]})
    assert crossed(counted) == counted
    assert crossed(counted)["b"] == []
    assert type(crossed(np.eye(2).view(np.matrix))) is np.matrix


@pytest.mark.parametrize("value", [object(), open])
def test_pretenders_fit_no_check(value: Any) -> None:
    found = crossed(value)
    if value is open:
        assert found is len  # a function arrives as what stands for it
        return
    assert isinstance(found, Opaque)
    for ask in (bool, len, float, lambda it: it == 1, lambda it: it != 2, lambda it: it[0]):
        with pytest.raises(TypeError):
            ask(found)


@pytest.mark.parametrize("data", [
    None, 5, [], ["plain"], ["int", "zz"], ["list", 5], ["ndarray", ["|O8,x", [1], []]],
    ["ndarray", ["<f8", [9], []]], ["float", []], ["dict", [["plain", None]]],
])  # fmt: skip
def test_lies_are_refused(data: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        Decoder(lambda: None).read(data)


def test_a_default_that_only_a_function_makes_is_none_here() -> None:
    sums = collections.defaultdict(lambda: 7, {"а": 1})
    found = Decoder(lambda: Opaque("function")).read(encode(sums))
    assert found == {"а": 1}
    assert "б" not in found
    with pytest.raises(KeyError):
        found["б"]
    assert crossed(collections.defaultdict(list))["б"] == []


def test_an_index_longer_than_its_table_is_a_lie() -> None:
    kind, (_, names, columns) = encode(pd.DataFrame({"а": [1, 2]}))
    long = ["RangeIndex", [0, 10**12, 1, ["plain", None]]]
    with pytest.raises(ValueError, match="no table"):
        Decoder(lambda: len).read([kind, [long, names, columns]])


def test_a_value_inside_itself_ends() -> None:
    loop: list[Any] = []
    loop.append(loop)
    assert "opaque" in json.dumps(encode(loop))


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_every_jump_of_the_filter_stays_inside(machine: str) -> None:
    code = program(machine)
    steps = [code[at : at + 8] for at in range(0, len(code), 8)]
    assert len(steps) < 4096
    for at, step in enumerate(steps):
        if step[0] & 7 == 5:
            assert at + 1 + max(step[2], step[3]) < len(steps)
    assert steps[-1][0] == 6
