"""Wording: how a Russian page prints numbers, days and counts."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import wording

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (1234567.891, 2, "1 234 567,89"),
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-2.5, 0, "−3"),
        (1.005, 2, "1,01"),
        (-0.4, 0, "0"),
        (None, 0, "—"),
        (float("nan"), 0, "—"),
        (float("inf"), 0, "—"),
    ],
)
def test_number(value: float | None, digits: int, text: str) -> None:
    assert wording.number(value, digits) == text.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("roubles", "unit", "text"),
    [
        (1_234_500_000, "млн ₽", "1 234,5 млн ₽"),
        (1_234_500_000, None, "1,2 млрд ₽"),
        (999, None, "999 ₽"),
        (12_345, None, "12 345 ₽"),
        (123_456, None, "123,5 тыс. ₽"),
        (-5_000_000, "тыс. ₽", "−5 000,0 тыс. ₽"),
        (0, None, "0 ₽"),
        (None, "млн ₽", "—"),
    ],
)
def test_money(roubles: float | None, unit: str | None, text: str) -> None:
    assert wording.money(roubles, unit) == text.replace(" ", NBSP)


def test_shares_days_and_spans() -> None:
    assert wording.share(0.185) == f"18,5{NBSP}%"
    assert wording.share(0.25) == f"25{NBSP}%"
    assert wording.share(None) == "—"
    assert wording.day(datetime.date(2026, 11, 2)) == "02.11.2026"
    assert wording.month(datetime.date(2026, 11, 2)) == f"ноябрь{NBSP}2026"
    assert wording.span(43) == f"3{NBSP}года 7{NBSP}месяцев"
    assert wording.span(43.2) == f"3{NBSP}года 8{NBSP}месяцев"
    assert wording.span(12) == f"1{NBSP}год"
    assert wording.span(0) == f"0{NBSP}месяцев"
    assert wording.span(None) == "не достигается"


@pytest.mark.parametrize(
    ("amount", "word"),
    [(1, "участник"), (2, "участника"), (5, "участников"), (11, "участников"), (12, "участников"),
     (21, "участник"), (22, "участника"), (111, "участников"), (0, "участников")],
)  # fmt: skip
def test_count(amount: int, word: str) -> None:
    assert wording.count(amount, "участник", "участника", "участников") == f"{amount}{NBSP}{word}"


@given(st.floats(min_value=-1e15, max_value=1e15), st.integers(0, 4))
def test_a_printed_number_reads_back(value: float, digits: int) -> None:
    text = wording.number(value, digits)
    back = float(text.replace(NBSP, "").replace(",", ".").replace("−", "-"))
    assert abs(back - value) <= 0.5 * 10**-digits + abs(value) * 1e-12


def test_russian_words_are_ordered_with_yo_among_ye() -> None:
    words = ["Ёж", "Жук", "еж", "Аист", "елка", "ёлка", "Ель"]
    assert sorted(words, key=wording.alphabetical) == [
        "Аист", "еж", "Ёж", "елка", "ёлка", "Ель", "Жук",
    ]  # fmt: skip
