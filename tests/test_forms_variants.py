"""Own values: what a token says, and how values of variants lie around the base."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.forms.form import open_form, write_answers
from course.forms.variants import Token, own, read_token

SEAL = "A" * 22
TOKEN = Token(17, "ivanova_m", SEAL)


def test_a_token_reads_back_as_it_was_written():
    assert read_token(TOKEN.text) == TOKEN
    assert read_token(f"  {TOKEN.text}\n") == TOKEN


@pytest.mark.parametrize(
    "text",
    ["", "PK1", f"PK2.17.a.{SEAL}", f"PK1.017.a.{SEAL}", f"PK1.10000.a.{SEAL}", f"PK1.1.А.{SEAL}",
     f"PK1.1.a.{SEAL}A", f"PK1.1.a/b.{SEAL}", f"PK1.-1.a.{SEAL}", "17"],
)  # fmt: skip
def test_what_is_no_token_is_none(text):
    assert read_token(text) is None


@given(
    st.integers(1, 9_999), st.sampled_from([(96_000, 0.1, 500), (0.4, 0.25, 0.01), (-80, 0.5, 5)])
)
def test_own_values_are_whole_steps_inside_the_spread_and_never_the_base(variant, values):
    base, spread, step = values
    value = own("06_economics", "price", variant, base, spread=spread, step=step)
    assert value != base
    assert abs(value - base) <= abs(base) * spread + 1e-9
    assert (value - base) / step == pytest.approx(round((value - base) / step), abs=1e-6)


def test_without_a_token_the_value_is_the_base():
    assert own("06_economics", "price", 0, 96_000, spread=0.1, step=500) == 96_000


def test_values_differ_by_name_and_by_assignment():
    values = {
        own(assignment, name, 5, 1_000_000, spread=0.5, step=1)
        for assignment in ("06_economics", "07_support")
        for name in ("price", "volume")
    }
    assert len(values) == 4


def test_a_spread_too_narrow_for_a_step_is_the_authors_error():
    with pytest.raises(ValueError, match="no step"):
        own("06_economics", "price", 3, 100, spread=0.01, step=5)


def test_a_form_takes_the_variant_from_the_answer_file(tmp_path, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    write_answers(tmp_path / "answers.json", "06_economics", {"npv": 1.0}, token=TOKEN.text)
    form = open_form("06_economics", tmp_path)
    assert form.variant == 17
    assert form.answer("npv") == 1.0
    assert form.vary("price", 100, spread=0.2, step=1) != 100


@pytest.mark.parametrize("above", [False, True])
def test_the_organisers_file_gives_the_token_and_answers_keep_it(tmp_path, above):
    folder = tmp_path / "06_economics"
    folder.mkdir()
    (tmp_path if above else folder).joinpath("token.txt").write_text(TOKEN.text, "utf-8")
    form = open_form("06_economics", folder)
    assert form.variant == 17
    form.set("npv", 2.0)
    assert json.loads((folder / "answers.json").read_text("utf-8"))["token"] == TOKEN.text


def test_a_damaged_token_costs_no_answer(tmp_path):
    write_answers(tmp_path / "answers.json", "06_economics", {"npv": 1.0}, token="PK1.oops")
    form = open_form("06_economics", tmp_path)
    assert form.variant == 0
    assert form.answer("npv") == 1.0
    assert list(tmp_path.glob("answers.damaged-*.json"))
