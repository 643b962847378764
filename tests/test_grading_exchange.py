"""nbgrader's exchange under attack: exact points or a refusal that says why, and nothing leaks."""

from __future__ import annotations

import json
import os
import pwd
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbgrader.api import Gradebook

from course import grading, people
from course.errors import GradingError
from course.folder import GIVEN, CourseFolder
from course.grading import Delivery, Summary, exchange, intake
from course.grading.delivery import EARLIER
from tests import tiny
from tests.hostile.corpus import SECRET
from tests.hostile.exchange import CASES, DAY, GIANT, LATER, WRONG, Case, Place, prepared

Run = tuple[Place, Delivery, Summary]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    place = prepared(tmp_path_factory.mktemp("exchange"))
    people.write_roster(place.course, [{"id": case.name} for case in CASES] + [{"id": "victim"}])
    delivery = grading.collect(place.course, place.inbound)
    summary = grading.grade(place.course, tiny.NAME, seconds=60)
    grading.feedback(place.course, tiny.NAME)
    return place, delivery, summary


@pytest.fixture(scope="module")
def points(run: Run) -> dict[str, tuple[float, ...]]:
    names = ("check_share", "check_law", "check_picks")
    with Gradebook(f"sqlite:///{run[0].course.gradebook}") as book:
        return {
            each.student_id: tuple(
                grade.auto_score
                for name in names
                for grade in each.notebooks[0].grades
                if grade.name == name
            )
            for each in book.assignment_submissions(tiny.NAME)
        }


def told(run: Run, name: str) -> str:
    """All that was said about the works of a case, whatever their folders are called."""
    _, delivery, summary = run
    begins = RENAMED.get(name) or (f"{name}+", f"{name} ")
    said = [why for path, why in (*delivery.refused, *delivery.doubts) if path.startswith(begins)]
    return " ".join([*said, *(q.reason for q in summary.quarantined if q.person == name)])


# how the folders are called of the cases that bear another's name
RENAMED = {
    "nobody": "+t1", "stranger": "intruder", "upwards": "..", "CASE": "Case", "lookalike": "lооk",
    "turned": "\u202e", "escape": "\x1b", "long": "xxx", "twin": "twin",
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_exact_points_or_a_refusal(
    run: Run, points: dict[str, tuple[float, ...]], case: Case
) -> None:
    said = told(run, case.name)
    if isinstance(case.expected, str):
        assert case.expected in said
        assert case.name not in points
    else:
        assert points[case.name] == case.expected
        assert case.also in said
        assert bool(said) == bool(case.also)


def test_what_was_out_of_reach_is_in_no_byte(run: Run) -> None:
    course = run[0].course
    roots = (course.autograded, course.feedback, course.submitted)
    made = [path for root in roots for path in root.rglob("*") if "victim" not in path.parts]
    assert not [path for path in made if path.is_symlink()]
    files = [path for path in made if path.is_file()]
    assert len(files) > len(CASES)
    assert not [path for path in files if SECRET.encode() in path.read_bytes()]
    assert not [
        path for path in course.submitted.rglob("*") if not (path.is_dir() or path.is_file())
    ]
    assert sum(path.stat().st_size for path in files) < GIANT / 100
    kept = {path.name for path in (course.submitted / "honest" / tiny.NAME).iterdir()}
    assert kept == {"answers.json", f"{tiny.NAME}.ipynb", "submission_secret.txt", "timestamp.txt"}


def test_what_is_told_is_safe_to_print(run: Run) -> None:
    text = "".join(run[1].lines)
    assert not {sign for sign in text if ord(sign) < 32 or sign in "\u202e\x7f"}
    assert f"Принято: {len(run[1].taken)}" in text


def test_again_nothing_is_new(run: Run) -> None:
    place, first, _ = run
    again = grading.collect(place.course, place.inbound)
    assert (again.taken, again.known) == ((), len(first.taken))
    assert again.refused == first.refused
    assert not list(place.course.submitted.rglob(".coming-*"))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A course without a roster, and an exchange with nothing in it."""
    inbound = tmp_path / "exchange" / "c" / "inbound"
    inbound.mkdir(parents=True)
    return Place(inbound, tiny.course(tmp_path / "course"))


def answers(place: Place, person: str) -> str:
    return (place.course.submitted / person / tiny.NAME / "answers.json").read_text("utf-8")


def test_a_later_work_replaces_an_earlier_one_which_is_kept(place: Place) -> None:
    place.put("ivanova", WRONG)
    assert grading.collect(place.course, place.inbound).taken == (("ivanova", tiny.NAME),)
    before = answers(place, "ivanova")
    place.put("ivanova", at=LATER)
    delivery = grading.collect(place.course, place.inbound)
    assert (delivery.taken, delivery.older) == ((("ivanova", tiny.NAME),), 1)
    assert "Более ранние, остались в обмене: 1." in delivery.lines
    assert answers(place, "ivanova") != before
    kept = place.course.submitted / "ivanova" / EARLIER / tiny.NAME
    assert (kept / "1" / "answers.json").read_text("utf-8") == before
    assert (kept / "1" / "timestamp.txt").read_text("utf-8") == DAY


def test_what_came_later_by_mail_stays(place: Place, tmp_path: Path) -> None:
    mail = tmp_path / "mail" / "ivanova"
    mail.mkdir(parents=True)
    (mail / "answers.json").write_text(json.dumps(tiny.answers(WRONG)), "utf-8")
    os.utime(mail / "answers.json", (4e9, 4e9))
    grading.collect(place.course, tmp_path / "mail")
    place.put("ivanova")
    assert grading.collect(place.course, place.inbound).known == 1
    assert "0.9" in answers(place, "ivanova")


@pytest.mark.parametrize(("owner", "setting", "fine"), [
    ("ivanova", "", True),
    ("petrov", "", False),
    (None, "", False),
    ("petrov", "c.ExchangeCollect.check_owner = False", True),
])  # fmt: skip
def test_whose_folder_it_is(
    place: Place, monkeypatch: pytest.MonkeyPatch, owner: str | None, setting: str, fine: bool
) -> None:
    def looked_up(number: int) -> SimpleNamespace:
        if owner is None:
            raise KeyError(number)
        return SimpleNamespace(pw_name=owner)

    (place.course.root / "nbgrader_config.py").write_text(f"c = get_config()\n{setting}\n", "utf-8")
    place.put("ivanova")
    uid = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: uid + 1)  # the instructor is somebody else
    monkeypatch.setattr(pwd, "getpwuid", looked_up)
    delivery = grading.collect(place.course, place.inbound)
    assert bool(delivery.taken) == fine
    if not fine:
        who = owner or f"№ {uid}"
        assert delivery.refused[0][1] == f"{exchange.FOREIGN}: {who}"
        assert "check_owner = False" in delivery.lines[-1]


def test_one_strange_file_among_ones_own_is_enough(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder of a work is open to everybody who knows its name, as nbgrader makes it."""
    planted = place.put("ivanova") / "answers.json"
    uid = os.getuid()
    whose = {uid: "ivanova", uid + 7: "petrov"}
    if os.geteuid() != 0:
        pytest.skip("чужой файл может положить только root")
    os.chown(planted, uid + 7, -1)
    monkeypatch.setattr(exchange, "_user", whose.__getitem__)
    delivery = grading.collect(place.course, place.inbound)
    assert delivery.refused[0][1] == f"{exchange.FOREIGN}: petrov"


def test_what_may_not_be_read_is_told(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    shut = place.put("ivanova")
    place.put("petrov")
    opened = os.open

    def refusing(path: object, *words: object, **more: object) -> int:
        if path == shut or (path == "answers.json" and more.get("dir_fd") in closed):
            raise PermissionError
        handle = opened(path, *words, **more)  # type: ignore[arg-type]
        if str(path).endswith("petrov+" + shut.name.partition("+")[2]):
            closed.add(handle)
        return handle

    closed: set[int] = set()
    monkeypatch.setattr(os, "open", refusing)
    refused = dict(grading.collect(place.course, place.inbound).refused)
    assert refused[shut.name] == "нет права открыть папку"
    assert "answers.json: нет права прочитать файл" in refused.values()


def test_what_stands_in_the_way_is_told(place: Place, tmp_path: Path) -> None:
    for person in ("linked", "file", "free"):
        place.put(person)
    place.course.submitted.mkdir()
    (tmp_path / "away").mkdir()
    (place.course.submitted / "linked").symlink_to(tmp_path / "away")
    (place.course.submitted / "file").write_text("")
    delivery = grading.collect(place.course, place.inbound)
    assert delivery.taken == (("free", tiny.NAME),)
    assert {why for _, why in delivery.refused} == {"в submitted/ на этом месте ссылка или файл"}
    assert not list((tmp_path / "away").iterdir())


def test_thousands_of_broken_works_are_passed_over(place: Place) -> None:
    for number in range(150):
        (place.inbound / f"ivanova+{tiny.NAME}+{LATER}+r{number:05}").touch()
        (place.inbound / f"{number}").touch()
    place.put("petrov")
    delivery = grading.collect(place.course, place.inbound)
    assert delivery.taken == (("petrov", tiny.NAME),)
    assert "остальные не смотрели" in delivery.refused[-1][1]
    assert len(delivery.lines) < 120
    assert "… и ещё" in "".join(delivery.lines)


def test_a_folder_by_another_name_is_mail(place: Place, tmp_path: Path) -> None:
    place.put("ivanova")
    shutil.move(place.inbound, tmp_path / "mail")
    delivery = grading.collect(place.course, tmp_path / "mail")
    assert delivery.refused
    with pytest.raises(GradingError, match="нет такой папки"):
        grading.collect(place.course, place.inbound)


def test_each_assignment_of_any_course_has_its_own_works(place: Place) -> None:
    other = place.course.source / "Лаб. 2+"
    other.mkdir()
    (other / "часть 1.ipynb").write_text("{}", "utf-8")
    for at, text in ((DAY, "раньше"), (LATER, "позже")):
        work = place.inbound / f"Пётр И.+Лаб. 2++{at}+{len(text)}abc"
        work.mkdir()
        (work / "часть 1.ipynb").write_text(text, "utf-8")
        (work / "заметки.txt").write_text("остаются в обмене", "utf-8")
    place.put("Пётр И.")
    delivery = grading.collect(place.course, place.inbound)
    assert delivery.taken == (("Пётр И.", tiny.NAME), ("Пётр И.", "Лаб. 2+"))
    assert not delivery.refused
    kept = place.course.submitted / "Пётр И." / "Лаб. 2+"
    assert {path.name for path in kept.iterdir()} == {"часть 1.ipynb", "timestamp.txt"}
    assert (kept / "часть 1.ipynb").read_text("utf-8") == "позже"


def test_a_name_that_fits_two_assignments_is_refused(place: Place) -> None:
    (place.course.source / f"x+{tiny.NAME}").mkdir()
    place.put("ivanova+x")
    delivery = grading.collect(place.course, place.inbound)
    assert [why for _, why in delivery.refused] == ["неясно, чья работа"]


PARTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["ivanova", tiny.NAME, DAY, "2026-02-30 10:00:00 UTC", "..", "", "+", "\x1b[2J"]
    ),
)


@settings(max_examples=200)
@given(st.lists(PARTS, max_size=6).map("+".join))
def test_any_name_is_a_work_or_a_refusal(name: str) -> None:
    place = exchange.Exchange(CourseFolder(Path("/")), Path("/"), frozenset(), False)
    try:
        work = place._work(name, {tiny.NAME})
    except GradingError:
        return
    assert work.assignment == tiny.NAME
    assert GIVEN.fullmatch(work.person)
    assert name.startswith(f"{work.person}+{tiny.NAME}+")
    assert work.at.year in intake.YEARS
