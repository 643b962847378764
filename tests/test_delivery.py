"""Answer files that came by e-mail: whose they are, which counts, and what is never unpacked."""

from __future__ import annotations

import json
import os
import re
import stat
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest

from course import files, grading, people
from course.errors import GradingError
from course.folder import CourseFolder
from course.grading import delivery as addressing
from course.grading import letters
from tests import tiny
from tests.hostile.corpus import nested

RIGHT = json.dumps(tiny.answers(tiny.GOOD)).encode()
WRONG = json.dumps(tiny.answers({"share": 0.9})).encode()


@pytest.fixture
def folder(tmp_path: Path) -> CourseFolder:
    course = tiny.course(tmp_path / "course")
    people.write_roster(course, [{"id": each} for each in ("petrova", "petrova-2", "ivanov")])
    return course


def packed(path: Path, *members: tuple[str, bytes, int]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content, hour in members:
            member = zipfile.ZipInfo(name, (2026, 10, 20, hour, 0, 0))
            archive.writestr(member, content, zipfile.ZIP_DEFLATED)
    return path


def put(folder: CourseFolder, person: str) -> bytes:
    return (folder.submitted / person / tiny.NAME / "answers.json").read_bytes()


def test_a_zip_with_any_names_is_graded(folder: CourseFolder, tmp_path: Path) -> None:
    source = packed(
        tmp_path / "почта.zip",
        ("Письмо 1/petrova answers (1).json", RIGHT, 10),
        ("petrova-2_ответы.json", WRONG, 10),
        ("from ivanov@example.ru/answers.json", RIGHT, 11),
        ("from ivanov@example.ru/photo.jpg", b"\xff\xd8\xff", 11),
    )
    delivery = grading.collect(folder, source)
    assert sorted(person for person, _ in delivery.taken) == ["ivanov", "petrova", "petrova-2"]
    assert delivery.refused == (("from ivanov@example.ru/photo.jpg", "это не файл ответов"),)
    assert put(folder, "petrova-2") == WRONG
    stamp = folder.submitted / "ivanov" / tiny.NAME / "timestamp.txt"
    assert stamp.read_text("utf-8") == "2026-10-20 08:00:00 UTC\n"
    assert grading.grade(folder, tiny.NAME).graded == ("ivanov", "petrova", "petrova-2")


def test_the_last_in_time_counts_whatever_the_order(folder: CourseFolder, tmp_path: Path) -> None:
    late = packed(tmp_path / "late.zip", ("ivanov.json", RIGHT, 15))
    early = packed(tmp_path / "early.zip", ("ivanov.json", WRONG, 9))
    assert grading.collect(folder, late).taken
    assert grading.collect(folder, early).taken
    assert put(folder, "ivanov") == RIGHT
    kept = list((folder.submitted / "ivanov" / ".earlier" / tiny.NAME).iterdir())
    assert WRONG in {path.read_bytes() for path in kept}
    again = grading.collect(folder, early)
    assert (again.taken, again.known) == ((), 1)
    assert grading.grade(folder, tiny.NAME).graded == ("ivanov",)


def test_what_systems_leave_is_passed_over_and_the_rest_is_told(
    folder: CourseFolder, tmp_path: Path
) -> None:
    source = packed(
        tmp_path / "почта.zip",
        ("__MACOSX/._ivanov.json", b"\x00\x05", 9),
        (".DS_Store", b"Bud1", 9),
        ("ivanov.json", RIGHT, 9),
        ("письмо/работа.zip", b"PK", 9),
        ("письмо/t1_forms.ipynb", b"{}", 9),
        ("чьё-то.json", RIGHT, 9),
    )
    delivery = grading.collect(folder, source)
    told = delivery.lines
    assert told[:3] == ("Принято: 1\u00a0работа.", "  t1_forms: 1", "Не приняты: 3.")
    assert "распакуйте" in told[3]
    assert "answers.json" in told[4]
    assert told[-2].startswith("Положите такой файл в папку с id участника")
    assert told[-1] == "Дальше: proclusters grade."
    empty = grading.collect(folder, packed(tmp_path / "пусто.zip"))
    assert "нет ни одного файла" in empty.lines[-1]


def test_a_folder_of_files(folder: CourseFolder, tmp_path: Path) -> None:
    source = tmp_path / "mail"
    (source / "petrova").mkdir(parents=True)
    (source / "petrova" / "answers.json").write_bytes(RIGHT)
    (source / "ivanov.json").symlink_to("/etc/passwd")
    os.mkfifo(source / "ivanov-pipe.json")
    delivery = grading.collect(folder, source)
    assert delivery.taken == (("petrova", tiny.NAME),)
    assert {reason for _, reason in delivery.refused} == {"не обычный файл"}
    assert "  ivanov.json: не обычный файл." in delivery.lines


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("sidorov.json", RIGHT, "нет id участника"),
        ("ivanov and petrova.json", RIGHT, "несколько участников: ivanov, petrova"),
        ("xivanov.json", RIGHT, "нет id участника"),
        ("ivanov.json", b"{", "не JSON"),
        ("ivanov.json", b"[]", "не файл ответов"),
        ("ivanov.json", RIGHT.replace(b"t1_forms", b"../x"), "такого вебинара в курсе нет"),
        ("ivanov.json", RIGHT.replace(b"t1_forms", b"t2"), "такого вебинара в курсе нет"),
        ("ivanov.json", b" " * 5_000_000, "больше 4 МБ"),
    ],
)
def test_refusals(
    folder: CourseFolder, tmp_path: Path, name: str, content: bytes, word: str
) -> None:
    delivery = grading.collect(folder, packed(tmp_path / "a.zip", (name, content, 10)))
    assert delivery.taken == ()
    assert word in delivery.refused[0][1]
    assert not folder.submitted.exists()


def test_nothing_is_unpacked(folder: CourseFolder, tmp_path: Path) -> None:
    before = {path for path in tmp_path.rglob("*") if folder.submitted not in path.parents}
    source = packed(
        tmp_path / "a.zip",
        ("../../ivanov/escape.json", RIGHT, 10),
        ("/tmp/petrova/absolute.json", RIGHT, 10),
    )
    link = zipfile.ZipInfo("petrova-2.json")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    delivery = grading.collect(folder, source)
    assert sorted(delivery.taken) == [("ivanov", tiny.NAME), ("petrova", tiny.NAME)]
    assert delivery.refused == (("petrova-2.json", "не обычный файл"),)
    after = {path for path in tmp_path.rglob("*") if folder.submitted not in path.parents}
    assert after - before == {source, folder.submitted}


def test_a_bomb_is_read_within_limits(folder: CourseFolder, tmp_path: Path) -> None:
    source = packed(tmp_path / "a.zip", *[(f"ivanov{n}.json", b" " * 50_000_000, 1) for n in "ab"])
    assert source.stat().st_size < 200_000
    assert {reason for _, reason in grading.collect(folder, source).refused} == {"файл больше 4 МБ"}


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_would_be_unpacked_at_once_stays_packed(
    folder: CourseFolder, tmp_path: Path, way: int
) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("ivanov.json", bytes(30_000_000), way)
        archive.writestr("petrova.json", RIGHT, zipfile.ZIP_DEFLATED)
    tracemalloc.start()
    delivery = grading.collect(folder, tmp_path / "a.zip")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert delivery.taken == (("petrova", tiny.NAME),)
    assert "сжат необычным способом" in delivery.refused[0][1]
    assert most < 10_000_000


def test_thousands_of_letters_are_looked_through_for_thousands(
    folder: CourseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.write_roster(folder, [{"id": f"person-{number}"} for number in range(1_000)])
    names = [f"письмо {number}/answers.json" for number in range(200)] + ["person-77.json"]
    search, searched = re.search, 0

    def counted(*words: Any) -> Any:
        nonlocal searched
        searched += 1
        return search(*words)

    monkeypatch.setattr(addressing.re, "search", counted)
    source = packed(tmp_path / "a.zip", *((name, RIGHT, 9) for name in names))
    came = grading.collect(folder, source)
    assert came.taken == (("person-77", tiny.NAME),)
    assert len(came.refused) == 200
    assert searched < 1_000  # a new pattern takes 0.2 ms


def test_folders_without_end_hide_nobody(folder: CourseFolder, tmp_path: Path) -> None:
    source = tmp_path / "mail"
    source.mkdir()
    nested(source)
    (source / "ivanov.json").write_bytes(RIGHT)
    delivery = grading.collect(folder, source)
    assert delivery.taken == (("ivanov", tiny.NAME),)
    assert {reason for _, reason in delivery.refused} == {"файл не читается"}
    files.remove(source)


def test_a_damaged_zip_is_refused(folder: CourseFolder, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(GradingError, match=r"a\.zip: это не архив zip"):
        grading.collect(folder, tmp_path / "a.zip")
    with pytest.raises(GradingError, match="нет такой папки"):
        grading.collect(folder, tmp_path / "b.zip")


def test_without_a_roster_the_first_folder_is_the_person(tmp_path: Path) -> None:
    course = tiny.course(tmp_path / "course")
    source = packed(tmp_path / "a.zip", ("ivanov/x.json", RIGHT, 1), ("x.json", RIGHT, 1))
    delivery = grading.collect(course, source)
    assert delivery.taken == (("ivanov", tiny.NAME),)
    assert "неясно, чей это файл" in delivery.refused[0][1]


def test_what_stands_in_the_way_stops_nobody_else(folder: CourseFolder, tmp_path: Path) -> None:
    folder.submitted.mkdir()
    (folder.submitted / "ivanov").write_text("a file")
    source = packed(tmp_path / "a.zip", ("ivanov.json", RIGHT, 1), ("petrova.json", RIGHT, 2))
    done = grading.collect(folder, source)
    assert done.taken == (("petrova", tiny.NAME),)
    assert [path for path, _ in done.refused] == ["ivanov.json"]
    assert "на этом месте файл" in done.refused[0][1]


def test_bombs_use_up_what_may_be_read(folder: CourseFolder, tmp_path: Path) -> None:
    bombs = [(f"ivanov/{n}.json", b" " * 5_000_000, 1) for n in range(66)]
    with pytest.raises(GradingError, match="256 МБ"):
        grading.collect(folder, packed(tmp_path / "a.zip", *bombs))


def test_a_folder_holds_no_more_than_memory(
    folder: CourseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters, "_TOTAL", 2 * len(RIGHT))
    (tmp_path / "post").mkdir()
    for number in range(3):
        (tmp_path / "post" / f"ivanov{number}.json").write_bytes(RIGHT)
    with pytest.raises(GradingError, match="256 МБ"):
        grading.collect(folder, tmp_path / "post")
