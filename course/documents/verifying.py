"""Verifying a paper that somebody sends back: which figures are no longer what was made."""

from __future__ import annotations

import datetime
import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course import files
from course.claims import archive
from course.claims.comparison import Discrepancy, Kind, compare
from course.claims.printed import Printed, known
from course.claims.verification import Paper, Verification
from course.cluster import load
from course.documents import deck, drawing, excel, word
from course.documents.desk import READERS, identifier_of
from course.documents.making import FOLDERS, digest_of, titles_of
from course.documents.package import compose
from course.errors import CourseError, Fault, FileError, ReportError
from course.folder import CourseFolder

LIMIT = 40 << 20
_IDENTIFIERS = {
    ".docx": word.identifier, ".xlsx": excel.identifier, ".pptx": deck.identifier,
    ".svg": drawing.identifier,
}  # fmt: skip


def verify(path: Path, folder: CourseFolder) -> Verification:
    """Compare every figure of a Word, Excel, PowerPoint or SVG file with what was made.

    The paper is known by its identifier, or else by its name, or by the ids that it holds. Raises
    `FileError` for what is no such file, `ReportError` when no team's paper fits it.
    """
    ending = path.suffix.lower()
    if ending not in READERS:
        what = "такие файлы не сверяются"
        raise FileError(Fault(path.name, "", what, f"Подходят: {', '.join(READERS)}"))
    content = files.read_bytes(path, LIMIT)
    if ending != ".svg":
        archive.inspect(content, path.name)
    try:
        found, identifier = READERS[ending](content), _IDENTIFIERS[ending](content)
    except CourseError:
        raise
    except (
        KeyError,
        ValueError,
        AttributeError,
        OSError,
        SyntaxError,
        zipfile.BadZipFile,
    ) as error:
        what = f"файл не читается ({type(error).__name__})"
        raise FileError(Fault(path.name, "", what, "Сохраните его ещё раз")) from None
    paper = _paper(folder, path.name, identifier, found)
    findings = compare(paper.printed, found, paper.titles)
    if digest_of(folder.cluster_file(paper.team)) != paper.cluster:
        findings = (*findings, Discrepancy(Kind.STALE, "", ""))
    return Verification(path.name, paper, findings)


def _paper(folder: CourseFolder, name: str, identifier: str, found: tuple[Printed, ...]) -> Paper:
    """The paper that a file is: by its identifier, its name, or its ids."""
    papers = list(_made(folder))
    made = _again(folder, identifier, papers)
    spaced = identifier.replace(":", " ")  # LibreOffice writes keywords without colons
    same = [
        paper for paper in (*papers, *made) if Path(paper.name).suffix == Path(name).suffix.lower()
    ]

    def likeness(paper: Paper) -> tuple[bool, bool, int]:
        ids = {one.tag for one in paper.printed}
        tags = {one.tag for one in known(found, ids)}
        return (
            paper.identifier.replace(":", " ") == spaced,
            Path(paper.name).name == name,
            len(ids & tags) - len(ids ^ tags),
        )

    best = max(same, key=likeness, default=None)
    if best is None or not (any(likeness(best)[:2]) or _shared(best, found)):
        what = "не найдено, из какого пакета этот документ"
        raise ReportError(Fault(name, "", what, "Сначала выпустите пакет: proclusters documents"))
    return best


def _shared(paper: Paper, found: tuple[Printed, ...]) -> bool:
    """Whether a file bears at least one id of the paper."""
    ids = {one.tag for one in paper.printed}
    return any(one.tag in ids for one in known(found, ids))


def _made(folder: CourseFolder) -> Iterator[Paper]:
    """The papers of all teams, as their records tell."""
    for way, place in FOLDERS.items():
        for record in sorted(folder.reports.glob(f"*/{place}.json")):
            try:
                data = files.read_json(record, 64 * files.MEBIBYTE)
                day_of = datetime.date.fromisoformat(data["as_of"])
                team, titles, cluster = data["team"], dict(data["titles"]), data["cluster"]
                rows = [(one["name"], one["title"], _printed(one)) for one in data["papers"]]
            except (KeyError, TypeError, ValueError):
                what = "запись о пакете повреждена"
                raise ReportError(Fault(record.name, "", what, "Выпустите пакет заново")) from None
            for name, title, printed in rows:
                mark = identifier_of(team, way, day_of, name)
                yield Paper(mark, team, day_of, name, title, printed, titles, cluster)


def _printed(row: Any) -> tuple[Printed, ...]:
    return tuple(Printed(str(tag), str(text), str(around)) for tag, text, around in row["printed"])


def _again(folder: CourseFolder, identifier: str, papers: list[Paper]) -> list[Paper]:
    """The papers of a package whose record is gone, composed again from the cluster file."""
    parts = identifier.split(":")
    if len(parts) != 5 or parts[0] != "proclusters":
        return []
    _, team, way, when, _ = parts
    if any(paper.identifier.startswith(f"proclusters:{team}:{way}:{when}:") for paper in papers):
        return []
    try:
        source, as_of = folder.cluster_file(team), datetime.date.fromisoformat(when)
    except (CourseError, ValueError):
        return []
    if way not in FOLDERS:
        return []
    made, book = compose(folder, load(source), "join" if way == "join" else "new", as_of)
    titles = titles_of(made, book)
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    return [
        Paper(
            identifier_of(team, way, as_of, paper.name),
            team,
            as_of,
            paper.name,
            paper.title,
            paper.printed,
            titles,
            digest,
        )
        for paper in made
    ]
