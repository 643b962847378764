"""Making a package: composed in memory, read back, then put in place whole or not at all.

Beside the folder stands `documents.json`: what every paper prints under its ids, by which a paper
that somebody sends back is verified.
"""

from __future__ import annotations

import datetime
import hashlib
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from course import files
from course.claims.book import Book
from course.cluster import load
from course.documents.desk import Paper
from course.documents.package import compose
from course.documents.scope import Way
from course.errors import Fault, FileError, ReportError
from course.folder import CourseFolder
from course.progress import Progress, silent

FORMAT = 1
FOLDERS = {"new": "documents", "join": "documents_join"}


def make(
    folder: CourseFolder, team: str, *, way: Way = "new", as_of: datetime.date,
    progress: Progress = silent,
) -> tuple[Path, ...]:  # fmt: skip
    """The team's package of documents in `reports/<team>/`; returns the paths of its files.

    `way` is `new` (a new cluster) or `join` (an enterprise joins an existing one). Raises
    `ClusterError` for a faulty cluster file and `ReportError` for everything else; then nothing is
    written. An older package that people have changed is kept under another name.
    """
    source = folder.cluster_file(team)
    team = source.parent.name
    papers, book = compose(folder, load(source), way, as_of, progress)
    _hold(papers, book)
    target = folder.inside(folder.reports / team / FOLDERS[way])
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".documents.", dir=target.parent) as beside:
        fresh = Path(beside) / "fresh"
        for paper in papers:
            files.write_bytes(fresh / paper.name, paper.content)
        _read_back(fresh, papers)
        record = target.with_suffix(".json")
        _set_aside(target, record, Path(beside) / "old")
        record.unlink(missing_ok=True)
        shutil.move(fresh, target)
        files.write_json(record, _record(papers, book, team, way, as_of, source))
    return tuple(target / paper.name for paper in papers)


def digest_of(path: Path) -> str:
    """The digest by which a changed cluster file is noticed."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _hold(papers: Sequence[Paper], book: Book) -> None:
    """Every figure that the finished files print is the model's own, under its own id."""
    faults = []
    for paper in papers:
        if not paper.name.endswith((".docx", ".pptx", ".svg")):
            continue
        for one in paper.printed:
            claim = book.claims.get(one.tag)
            if claim is not None and claim.text != one.text:
                what = f"напечатано «{one.text}», а в модели «{claim.text}»"
                faults.append(Fault(paper.name, f"{claim.title} [{one.tag}]", what))
            elif claim is None and paper.name.endswith((".docx", ".svg")) and not one.is_picture:
                faults.append(Fault(paper.name, one.tag, "под этим номером числа нет"))
    if faults:
        raise ReportError(faults)


def _read_back(fresh: Path, papers: Sequence[Paper]) -> None:
    """The bytes on the disk are those that were composed and verified."""
    broken = [paper for paper in papers if (fresh / paper.name).read_bytes() != paper.content]
    if broken:
        raise ReportError([Fault(paper.name, "", "файл записан не целиком") for paper in broken])


def _set_aside(target: Path, record: Path, grave: Path) -> None:
    """Put the older package away: for good when it is as it was made, else under a new name."""
    if not target.exists():
        return
    if _untouched(target, record):
        shutil.move(target, grave)
        return
    number = 1
    while (kept := target.with_name(f"{target.name}_прежние_{number}")).exists():
        number += 1
    target.rename(kept)


def _untouched(target: Path, record: Path) -> bool:
    """Whether the folder holds just what was made, byte for byte."""
    try:
        known = {paper["name"]: paper["sha256"] for paper in files.read_json(record)["papers"]}
        found = {
            path.relative_to(target).as_posix(): digest_of(path)
            for path in target.rglob("*")
            if path.is_file()
        }
    except (FileError, OSError, KeyError, TypeError):
        return False
    return known == found


def _record(
    papers: Sequence[Paper], book: Book, team: str, way: Way, as_of: datetime.date, source: Path
) -> dict[str, Any]:
    """What was made, as JSON values."""
    return {
        "format": FORMAT,
        "team": team,
        "way": way,
        "as_of": as_of.isoformat(),
        "cluster": digest_of(source),
        "papers": [
            {
                "name": paper.name,
                "title": paper.title,
                "sha256": hashlib.sha256(paper.content).hexdigest(),
                "printed": [[one.tag, one.text, one.around] for one in paper.printed],
            }
            for paper in papers
        ],
        "titles": titles_of(papers, book),
    }


def titles_of(papers: Sequence[Paper], book: Book) -> dict[str, str]:
    """What each figure is, in Russian; points of charts by their series and category."""
    titles = {claim.id: claim.title for claim in book.claims.values()}
    for paper in papers:
        for one in paper.printed:
            if one.is_picture:
                titles.setdefault(one.tag, "Рисунок")
            elif paper.name.endswith((".pptx", ".xlsx")):
                titles.setdefault(one.tag, one.around or one.tag)
    return titles
