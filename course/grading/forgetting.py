"""Forgetting a person: everything that the course keeps about one participant is erased.

What other people's files still say of the person is told with the file's name, so that somebody
can look. Copies that left the course folder (letters, backups, printed lists) nobody here can see.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from course.errors import CourseError, Fault, GradingError
from course.files import MEBIBYTE, PACKED, below, parse_json, read_text, remove, write_text
from course.folder import CourseFolder, given_name
from course.grading import ledger, opening, shelf
from course.people import tokens
from course.people.attendance import FILE as ATTENDANCE
from course.people.roster import roster, write_roster
from course.sandbox import scratch
from course.wording import count

ERASED = "erased"
_NAME = "данные удалены"
_LEFT_ALONE = frozenset({".git", ".venv", "node_modules", "__pycache__", "source", "release"})
_OURS = frozenset({"assignments", "benchmarks", "docs", "tests"})  # of the project, about nobody
_SHOWN = 40  # files that the report names
_LARGEST = 32 * MEBIBYTE
_BOOKS = frozenset({".xlsx", ".docx", ".pptx", ".zip"})


@dataclass(frozen=True)
class Forgotten:
    """What was `erased`, and which files still `mention` the person (relative paths)."""

    erased: tuple[str, ...]
    mention: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The report as Russian lines for the terminal."""
        told = [f"Удалено: {each}." for each in self.erased]
        if not self.erased:
            told.append("Данных этого участника больше нет.")
        if self.mention:
            told.append("Человек ещё упомянут здесь; посмотрите и удалите или сделайте заново:")
            told += [f"  {path}" for path in self.mention[:_SHOWN]]
            if len(self.mention) > _SHOWN:
                told.append(f"  и ещё {len(self.mention) - _SHOWN}")
        told.append("Копии вне папки курса (письма, архивы, бумага) удалите сами.")
        return tuple(told)


def forget(folder: CourseFolder, person: str) -> Forgotten:
    """Erase the person with the id `person`; `GradingError` if nothing is known of such a one."""
    identity = given_name(person)
    known = roster(folder).get(identity)
    scratch.sweep()  # a killed run leaves work behind under no person's name
    with shelf.alone(folder):
        shelf.sweep(folder)
        erased = tuple(_erased(folder, identity, known.name if known else ""))
    said = filter(None, (identity, known.name, known.mail)) if known else (identity,)
    mention = tuple(_mentions(folder, tuple(said)))
    if not (erased or mention):
        what = "об этом участнике в папке курса ничего нет"
        raise GradingError(Fault("", identity, what, "Проверьте id: он стоит в roster.csv"))
    return Forgotten(erased, mention)


def _erased(folder: CourseFolder, person: str, name: str) -> Iterator[str]:
    """Erase place after place; the roster goes last, so that a broken run can be repeated."""
    for place, words in (
        (folder.submitted, "сданные работы"),
        (folder.autograded, "проверенные работы"),
        (folder.feedback, "отзывы"),
        (folder.root / tokens.PLACE, "код участника"),
    ):
        if files := _removed(place / person):
            yield f"{words} ({count(files, 'файл', 'файла', 'файлов')})"
    works = opening.strike(folder, person)
    if works is not None:
        yield f"журнал оценок ({count(works, 'работа', 'работы', 'работ')})"
    if lines := ledger.blank(folder, person):
        yield f"история изменения баллов ({count(lines, 'запись', 'записи', 'записей')})"
    for path in sorted(folder.teams.glob("*/history.jsonl")):
        if lines := _blanked(path, {person: ERASED, **({name: _NAME} if name else {})}):
            words = count(lines, "запись", "записи", "записей")
            yield f"имя в истории команды {path.parent.name} ({words}; сами значения остались)"
    if _row_removed(folder.root / ATTENDANCE, person):
        yield "строка в ведомости посещений"
    people = roster(folder)
    if people.pop(person, None) is not None:
        tokens.list_again(folder, people)
        write_roster(folder, [asdict(each) for each in people.values()])
        yield "строка в списке участников"


def _removed(place: Path) -> int:
    """Remove a folder, or the link in its place; how many files were in it."""
    if place.is_symlink() or place.is_file():
        place.unlink()
        return 1
    if not place.is_dir():
        return 0
    files = sum(map(_file, below(place)))
    remove(place)
    return max(1, files)


def _file(path: Path) -> bool:
    """Whether a path is a file's; one too long for the system is nobody's."""
    with contextlib.suppress(OSError):
        return not path.is_symlink() and path.is_file()
    return False


def _blanked(path: Path, instead: dict[str, str]) -> int:
    """Replace whole values in the lines of a team's history; how many lines changed."""
    changed, texts = 0, []
    for text in read_text(path, 64 * MEBIBYTE).splitlines():
        try:
            line = parse_json(text, path.name)
        except CourseError:
            texts.append(text)
            continue
        new = _replaced(line, instead)
        changed += new != line
        texts.append(json.dumps(new, ensure_ascii=False) if new != line else text)
    if changed:
        write_text(path, "\n".join(texts) + "\n")
    return changed


def _replaced(data: Any, instead: dict[str, str]) -> Any:
    if isinstance(data, dict):
        return {key: _replaced(value, instead) for key, value in data.items()}
    if isinstance(data, list):
        return [_replaced(value, instead) for value in data]
    return instead.get(data, data) if isinstance(data, str) else data


def _row_removed(path: Path, person: str) -> bool:
    """Remove the row that begins with the id; whether there was one."""
    if not path.exists():
        return False
    rows = list(csv.reader(io.StringIO(read_text(path))))
    left = [row for row in rows if row[:1] != [person]]
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(left)
    if len(left) < len(rows):
        write_text(path, stream.getvalue())
    return len(left) < len(rows)


def _mentions(folder: CourseFolder, said: tuple[str, ...]) -> Iterator[str]:
    """The files of the course folder that still hold one of these words, as a word of its own.

    A name counts with other spaces between its words and with «е» in place of «ё» too.
    """
    forms = "|".join(r"\s+".join(map(_spelled, words.split())) for words in said)
    wanted = re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])", re.IGNORECASE)
    for path in sorted(below(folder.root)):
        inside = path.relative_to(folder.root)
        if set(inside.parts) & _LEFT_ALONE or inside.parts[0] in _OURS or not _file(path):
            continue
        if any(wanted.search(text) for text in (inside.as_posix(), *_texts(path))):
            yield inside.as_posix()


def _spelled(word: str) -> str:
    return re.sub("[её]", "[её]", re.escape(word), flags=re.IGNORECASE)


def _texts(path: Path) -> Iterator[str]:
    """What stands in a file, and in the parts of an office file."""
    if path.stat().st_size > _LARGEST:
        return
    content = path.read_bytes()
    if path.suffix.casefold() not in _BOOKS:
        yield content.decode("utf-8", "replace")
        yield content.decode("cp1251", "replace")  # a list as an office saves it
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            left = 4 * _LARGEST
            for member in archive.infolist():
                left -= member.file_size
                if left < 0:
                    return
                yield member.filename
                if member.compress_type in PACKED:
                    yield archive.read(member).decode("utf-8", "replace")
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError):
        return
