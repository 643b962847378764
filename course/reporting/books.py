"""The workbook that a report was made with, and its twin with other inputs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from course import files, finance
from course.claims.comparison import Discrepancy
from course.claims.printed import Printed
from course.claims.verification import Paper
from course.cluster import load
from course.errors import CourseError, Fault, ReportError
from course.finance.workbook import workbook_bytes
from course.folder import CourseFolder
from course.reporting import workbook
from course.reporting.book_comparison import compare_books, listed
from course.reporting.report import Report
from course.reporting.sheet_cells import Cells, read


class Remade:
    """The models of a report computed again from the cluster file, when one is needed."""

    def __init__(self, folder: CourseFolder, paper: Paper) -> None:
        self.paper = paper
        record = folder.reports / paper.team / f"{paper.name.removesuffix('.xlsx')}.json"
        self.record = files.read_json(record, 64 * files.MEBIBYTE)
        self.kept = record.with_name(paper.name)
        self.source = folder.cluster_file(paper.team)
        self.found: tuple[finance.Result, ...] = ()

    def results(self) -> tuple[finance.Result, ...]:
        """The results behind the report, computed once."""
        if not self.found:
            report = Report.from_data(self.record["report"])
            self.found = workbook.results(report, load(self.source))
        return self.found

    def content(self, changes: Mapping[str, float] | None = None) -> bytes:
        """The workbook with inputs changed; their ids begin with the project's."""
        given: dict[str, dict[str, list[float]]] = {}
        for id, value in (changes or {}).items():
            project, _, name = id.partition(".")
            given.setdefault(project, {})[name] = [value]
        results = [
            finance.run(one.case, given[one.case.project]) if one.case.project in given else one
            for one in self.results()
        ]
        return workbook_bytes(results, identifier=self.paper.identifier)

    def original(self, current: bool) -> bytes:
        """The file as it was published, or the same made again; `ReportError` for neither."""
        wanted = self.record["files"][self.paper.name]
        if self.kept.is_file():
            content = files.read_bytes(self.kept, 64 * files.MEBIBYTE)
            if _digest(content) == wanted:
                return content
        content = self.content() if current else b""
        if _digest(content) != wanted:
            what = "выпущенной книги нет, и сделать её той же уже нельзя"
            raise ReportError(Fault(self.paper.name, "", what, "Сделайте отчёт заново"))
        return content


def compared(
    folder: CourseFolder, paper: Paper, back: Cells, current: bool
) -> tuple[tuple[Printed, ...], tuple[Discrepancy, ...]]:
    """The figures of the book that was made, and what differs in the one that came back.

    `current` tells that the cluster file is the one behind the report: only then the model can be
    computed with the inputs of the book.
    """
    remade = Remade(folder, paper)
    original = remade.original(current)
    made = read(original, paper.name)

    def recount(changes: Mapping[str, float]) -> Cells | None:
        if not current:
            return None
        try:
            if remade.content() != original:
                return None  # the program has changed since
            return read(remade.content(changes), paper.name)
        except (CourseError, ArithmeticError, ValueError, IndexError):
            return None  # no model has such inputs

    printed = tuple(Printed(figure.id, figure.title) for figure in listed(made))
    return printed, compare_books(made, back, recount)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
