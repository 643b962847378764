import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.forms.checks import MISSING, UNFIT, Check


def check(answer, points=4):
    return Check("exercise", points, answer, lambda check: check.result().earned)


def earned(answer, kind, *arguments, points=4, **options):
    tried = check(answer, points)
    getattr(tried, kind)(*arguments, **options)
    return tried.done()


@pytest.mark.parametrize(
    ("answer", "points"),
    [(0.214, 4), (0.2144, 4), (0.2135, 4), (0.2146, 0), (0.428, 2), (0.4284, 2), (21.4, 0),
     (None, 0), ("0.214", 0), (True, 0), ([0.214], 0), (float("nan"), 0)],
)  # fmt: skip
def test_number(answer, points):
    twice = [(0.428, 0.5, "дважды")]
    assert earned(answer, "number", 0.214, tolerance=0.0005, mistakes=twice) == points


def test_known_mistake_has_its_own_hint_and_others_the_common_one():
    for answer, hint in ((2, "дважды"), (7, "сколько пар?"), (1, "")):
        tried = check(answer)
        tried.number(1, mistakes=[(2, 0.5, "дважды")], hint="сколько пар?")
        assert tried.result().hint == hint


def test_tolerance_forgives_binary_fractions():
    assert earned(0.1 + 0.2, "number", 0.3) == 4
    assert earned(1.1, "number", 1.0, tolerance=0.1) == 4


@pytest.mark.parametrize(
    ("answer", "points"), [("a", 4), ("b", 1), ("c", 0), (None, 0), (1, 0), (["a"], 0)]
)
def test_choice(answer, points):
    assert earned(answer, "choice", "a", mistakes=[("b", 0.25, "почти")]) == points


def test_choice_with_several_right_ones():
    assert earned("b", "choice", ["a", "b"]) == 4


@pytest.mark.parametrize(
    ("picks", "points"),
    [(["a", "b"], 4), (["b", "a"], 4), (["a"], 2), (["a", "c"], 0), (["a", "b", "c"], 2),
     (["a", "b", "c", "d"], 0), ([], 0), (["c"], 0), ("a", 0), (["a", "a", "b"], 4)],
)  # fmt: skip
def test_choices_earn_in_parts_and_wrong_picks_cost(picks, points):
    assert earned(picks, "choices", ["a", "b"]) == points


def test_choices_hints_belong_to_options():
    tried = check(["a", "c"])
    tried.choices(["a", "b"], hints={"a": "про а", "b": "про б", "c": "про в"})
    assert tried.result().hint == "про б про в"


@pytest.mark.parametrize(
    ("pairs", "points"),
    [({"x": "1", "y": "2"}, 4), ({"x": "1", "y": "1"}, 2), ({"x": "1"}, 2), ({}, 0), ([], 0)],
)
def test_match(pairs, points):
    assert earned(pairs, "match", {"x": "1", "y": "2"}) == points


RIGHT = [{"row": "a", "sum": 10, "kind": "Поставка"}, {"row": "b", "sum": None, "kind": "услуга"}]


@pytest.mark.parametrize(
    ("rows", "points"),
    [
        (RIGHT, 4),
        ([{"row": "a", "sum": 10.4, "kind": " поставка "}, {"row": "b", "kind": "Услуга"}], 4),
        ([{"row": "b", "sum": None, "kind": "услуга"}, {"row": "a", "sum": 10, "kind": "x"}], 3),
        ([{"row": "a", "sum": 10, "kind": "поставка"}], 2),
        ([{"row": "a", "sum": "10", "kind": "поставка"}], 1),
        ([*RIGHT, {"row": "c", "sum": 1}], 2),
        ([{"row": "a", "sum": {"deep": 1}}], 0),
        ([], 0),
        ("text", 0),
        ([1, 2], 0),
    ],
)
def test_table_cell_by_cell(rows, points):
    assert earned(rows, "table", RIGHT, tolerance=0.5) == points


MATRIX = [{"row": "a", "x": 1, "y": None}, {"row": "b", "x": None, "y": None},
          {"row": "c", "x": None, "y": 2}]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "points"),
    [
        ([{"row": "a", "x": 1}, {"row": "c", "y": 2}], 4),
        ([{"row": "a", "x": 1}], 2),
        ([{"row": "a", "x": 1, "y": 1}, {"row": "c", "y": 2}], 2),
        ([{"row": "b", "x": 1}], 0),
        ([{"row": key, "x": 1, "y": 2} for key in "abc"], 0),
    ],
)
def test_sparse_table_earns_by_filled_cells(rows, points):
    assert earned(rows, "table", MATRIX, count="filled") == points


def test_table_of_free_rows_is_found_by_its_key():
    right = [{"firm": "«Луч»", "sum": 1}, {"firm": "Ток", "sum": 2}]
    assert (
        earned([{"firm": "ток", "sum": 2}, {"firm": "луч", "sum": 1}], "table", right, key="firm")
        == 4
    )
    assert earned([{"firm": "ток", "sum": 2}], "table", right, key="firm") == 2


def test_known_wrong_table_has_its_share():
    swapped = [{"row": "a", "sum": 1}, {"row": "b", "sum": 2}]
    options = {"mistakes": [(swapped, 0.25, "переставлены")]}
    right = [{"row": "a", "sum": 2}, {"row": "b", "sum": 1}]
    assert earned(swapped, "table", right, **options) == 1


def test_cell_of_an_answer_never_raises():
    assert check([{"row": "a", "x": 5}]).cell("a", "x") == 5
    assert check("text").cell("a", "x") is None
    assert check([{"row": "a"}]).cell("b", "x") is None


def test_parts_add_up_and_are_clamped():
    tried = check(1)
    tried.part(0.5, True, "Вывод верен.")
    tried.part(0.25, False, hint="Проверьте расчёт.")
    assert tried.result().as_data() == {
        "exercise": "exercise", "earned": 2.0, "max": 4, "message": "Вывод верен.",
        "hint": "Проверьте расчёт.",
    }  # fmt: skip
    tried.part(7, True)
    tried.part(float("nan"), True)
    tried.part(-3, True)
    assert tried.done() == 4


def test_absent_and_unfit_answers_are_told_apart():
    for answer, message in ((None, MISSING), ("  ", MISSING), ([], MISSING), ({"a": "b"}, UNFIT)):
        tried = check(answer)
        tried.number(1)
        assert (tried.result().message, tried.result().earned) == (message, 0)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["row", "sum", "kind", "x"]), inner)
    ),
    max_leaves=10,
)


@given(ANYTHING, st.floats(0, 2))
def test_no_answer_raises_or_leaves_the_bounds(answer, share):
    tried = check(answer)
    tried.number(1, mistakes=[(2, share, "")], share=share)
    tried.choice("a", share=share)
    tried.date("2026-01-01", share=share)
    tried.choices(["a", "b"], hints={"a": "x"}, cost=share)
    tried.match({"a": "b"}, hints={"a": "x"})
    tried.table(RIGHT, hints={"sum": "x"})
    tried.table(MATRIX, count="filled", mistakes=[(RIGHT, share, "")])
    result = tried.result()
    assert 0 <= result.earned <= 4
    assert type(result.earned) is float
