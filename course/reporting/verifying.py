"""Verifying a report that somebody sends back, by the record that was kept when it was made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from course import files
from course.claims.comparison import Discrepancy, Kind, compare
from course.claims.verification import Paper, Verification
from course.errors import CourseError, Fault, FileError, ReportError
from course.folder import CourseFolder
from course.reporting import returned, sheet_cells
from course.reporting.figures import figures
from course.reporting.report import Report, identifier_of

LIMIT = 40 << 20
BOOK = ".xlsx"
READERS: dict[str, Callable[[bytes], returned.Returned]] = {
    ".pdf": returned.pdf,
    ".html": returned.html,
}


def verify(path: Path, folder: CourseFolder) -> Verification:
    """Compare every figure of a report's PDF, web page or workbook with what was made.

    Raises `FileError` for what is no such file, `ReportError` when no report fits it.
    """
    ending = path.suffix.lower()
    if ending == BOOK:
        return _verify_book(path, folder)
    if ending not in READERS:
        what = "такие файлы не сверяются"
        raise FileError(Fault(path.name, "", what, f"Подходят: {', '.join(READERS)}"))
    try:
        found = READERS[ending](files.read_bytes(path, LIMIT))
    except FileError as error:
        raise FileError(
            Fault(path.name, fault.place, fault.what, fault.remedy) for fault in error.faults
        ) from None
    paper = _paper(folder, path.name, found)
    findings = compare(paper.printed, found.printed, paper.titles)
    if paper.cluster and _digest(folder, paper.team) != paper.cluster:
        findings = (*findings, Discrepancy(Kind.STALE, "", ""))
    return Verification(path.name, paper, findings)


def is_model_book(path: Path) -> bool:
    """Whether a file is the workbook of a model; `FileError` for a damaged workbook."""
    if path.suffix.lower() != BOOK:
        return False
    return sheet_cells.is_model(files.read_bytes(path, LIMIT), path.name)


def _verify_book(path: Path, folder: CourseFolder) -> Verification:
    """Compare a model's workbook with the one that the report was made with."""
    from course.reporting import books

    back = sheet_cells.read(files.read_bytes(path, LIMIT), path.name)
    paper = _paper(folder, path.name, returned.Returned(back.identifier, ()))
    current = _digest(folder, paper.team) == paper.cluster
    made, findings = books.compared(folder, paper, back, current)
    if not current:
        findings = (*findings, Discrepancy(Kind.STALE, "", ""))
    return Verification(path.name, replace(paper, printed=made), findings)


def _paper(folder: CourseFolder, name: str, found: returned.Returned) -> Paper:
    """The report that a page is of: by its identifier, its name, or its figures."""
    same = [paper for paper in _made(folder) if Path(paper.name).suffix == Path(name).suffix]
    tags = {one.tag for one in found.printed}

    def likeness(paper: Paper) -> tuple[bool, bool, int]:
        ids = {one.tag for one in paper.printed}
        mark = paper.identifier.replace(":", " ")  # LibreOffice writes keywords without colons
        same = found.identifier.replace(":", " ") == mark
        return same, paper.name == name, len(ids & tags)

    best = max(same, key=likeness, default=None)
    if best is None or not any(likeness(best)):
        what = "не найдено, из какого отчёта этот файл"
        raise ReportError(Fault(name, "", what, "Сначала сделайте отчёт: proclusters report"))
    return best


def _made(folder: CourseFolder) -> Iterator[Paper]:
    """The pages of all teams' reports, as their records tell."""
    for record in sorted(folder.reports.glob("*/*.json")):
        try:
            data = files.read_json(record, 64 * files.MEBIBYTE)
            if not isinstance(data, dict) or "report" not in data:
                continue  # the record of a package of documents
            report = Report.from_data(data["report"])
            names = [str(name) for name in data["files"]]
        except (CourseError, KeyError, TypeError):
            continue  # a damaged record: the report is made anew when it is asked for
        printed, titles = figures(report)
        team, cluster = record.parent.name, str(data.get("cluster", ""))
        for name in names:
            if Path(name).suffix in (*READERS, BOOK):
                mark = identifier_of(team, report.day, name)
                yield Paper(mark, team, report.day, name, report.title, printed, titles, cluster)


def _digest(folder: CourseFolder, team: str) -> str:
    try:
        return hashlib.sha256(folder.cluster_file(team).read_bytes()).hexdigest()
    except CourseError:
        return ""
