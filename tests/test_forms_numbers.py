from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from course.forms import numbers

CASES = yaml.safe_load((Path(__file__).parent / "forms" / "numbers.yaml").read_text("utf-8"))
UNITS = ("", "%", "доля", "₽", "млн ₽", "тыс. чел.", "мес.")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['typed']}|{case.get('unit', '')}")
def test_typed_number(case):
    reading = numbers.read(case["typed"], case.get("unit", ""))
    assert reading.value == case.get("value")
    assert case.get("wrong", "") in reading.problem
    assert bool(reading.problem) == ("wrong" in case)
    assert case.get("note", "") in reading.note.replace("\u00a0", " ")
    assert bool(reading.note) == ("note" in case)


@given(st.text(max_size=80), st.sampled_from(UNITS))
def test_any_text_is_read_or_told_why(text, unit):
    reading = numbers.read(text, unit)
    assert reading.value is None or abs(reading.value) <= 1e18
    assert not (reading.problem and reading.value is not None)
    if reading.value is None and not reading.problem:
        assert (
            not text.strip(" \u200b\u200e\u200f\u2060\ufeff\u00ad")
            or not text.translate(numbers._FOLD).strip()
        )


@given(st.text("0123456789 ,.-−%eE()млнтыс₽", max_size=20), st.sampled_from(UNITS))
def test_number_like_text_never_raises(text, unit):
    numbers.read(text, unit)


@given(
    st.decimals(-(10**12), 10**12, places=4, allow_nan=False, allow_infinity=False),
    st.sampled_from(UNITS),
)
def test_shown_number_is_read_back(amount, unit):
    scale = numbers.unit(unit).scale
    value = float(amount * scale)
    reading = numbers.read(numbers.shown(value, unit), unit)
    assert reading.problem == ""
    assert reading.value == pytest.approx(value, abs=float(scale) * 1e-6, rel=1e-12)


def test_told_number_has_its_unit():
    assert numbers.told(1_234_500_000, "млн ₽") == "1\u00a0234,5\u00a0млн ₽"
    assert numbers.told(0.214, "%") == "21,4\u00a0%"
    assert numbers.told(None, "%") == ""
