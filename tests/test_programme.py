"""The programme: what ships, and what a faulty file is told."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from course import programme
from course.errors import ProgrammeError
from course.files import read_text

GOOD = read_text(programme.FILE)


def faulty(tmp_path: Path, old: str, new: str) -> str:
    assert old in GOOD
    path = tmp_path / "programme.yaml"
    path.write_text(GOOD.replace(old, new, 1), "utf-8")
    with pytest.raises(ProgrammeError) as caught:
        programme.load(path)
    return str(caught.value)


def test_eight_webinars_one_after_another() -> None:
    shipped = programme.load()
    assert [webinar.number for webinar in shipped.webinars] == list(range(1, 9))
    days = [(webinar.released, webinar.due) for webinar in shipped.webinars]
    assert days == sorted(days)
    assert all(50 <= webinar.minutes <= 80 for webinar in shipped.webinars)


def test_a_webinar_is_found_by_number_or_name() -> None:
    shipped = programme.load()
    assert shipped.webinar(3) is shipped.webinar("03_cooperation") is shipped.webinar("3")
    with pytest.raises(ProgrammeError, match="вебинара «9» нет в программе"):
        shipped.webinar(9)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("minutes: 60", "minutes: 6", "webinars\\[0\\].minutes"),
        ("minutes: 60", "minutes: час", "ожидается целое число"),
        ("points: 40", "punkte: 40", "неизвестный ключ «punkte»"),
        ("due: 2026-10-11", "due: 2026-10-01", "раньше дня выдачи"),
        ("released: 2026-10-05", "released: октябрь", "ожидается день"),
        (
            "due: 2026-10-11",
            "due: 2026-10-11\n    corrected: [{on: 2026-10-01, what: Дата}]",
            "до выдачи просто правят",
        ),
        ("name: 02_diagnosis", "name: 01_regime", "уже занято"),
        ("number: 2", "number: 1", "номер 1 уже занят"),
        ("pass_share: 0.6", "pass_share: 60", "pass_share"),
        ("pass_share: 0.6", "pass_share: 0.6\nattend_share: 0", "attend_share"),
        ("pass_share: 0.6", "pass_share: 0.6\nlate: {per_day: 2, at_most: 1}", "late.per_day"),
        ("pass_share: 0.6", "pass_share: 0.6\nlate: {per_day: 0.1}", "ключа «at_most»"),
        ("retention_days: 365", "retention_days: 0", "retention_days"),
        (
            "pass_share: 0.6",
            "pass_share: 0.6\nextensions: [{person: a, webinar: 12, until: 2027-01-01}]",
            "вебинара 12 нет в программе",
        ),
        (
            "pass_share: 0.6",
            "pass_share: 0.6\nextensions: [{person: a, webinar: 3, until: 2026-10-25}]",
            "не позже общего срока",
        ),
        (
            "pass_share: 0.6",
            "pass_share: 0.6\nextensions: [{person: Иванова, webinar: 3, until: 2027-01-01}]",
            "extensions\\[0\\].person",
        ),
        ("name: 03_cooperation", "name: Кооперация", "«Кооперация»: так не пишут"),
    ],
)
def test_refuses(tmp_path: Path, old: str, new: str, words: str) -> None:
    import re

    assert re.search(words, faulty(tmp_path, old, new))


def test_names_all_faults_and_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "programme.yaml"
    path.write_text(
        GOOD.replace("minutes:", "minuten:").replace("points: 40", "points: x"), "utf-8"
    )
    with pytest.raises(ProgrammeError) as caught:
        programme.load(path)
    assert len(caught.value.faults) == 24
    assert "строка " in str(caught.value)


def test_a_later_personal_day_counts(tmp_path: Path) -> None:
    path = tmp_path / "programme.yaml"
    told = [
        "{person: a, webinar: 3, until: 2026-11-01}",
        "{person: a, webinar: 3, until: 2026-10-30}",
    ]
    path.write_text(f"{GOOD}\nextensions: [{', '.join(told)}]\n", "utf-8")
    plan = programme.load(path)
    assert plan.extended("a", "03_cooperation") == datetime.date(2026, 11, 1)
    assert plan.extended("a", "02_diagnosis") is None
    assert plan.extended("b", "03_cooperation") is None
