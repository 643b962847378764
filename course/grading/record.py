"""Recording in nbgrader's gradebook: the one place that writes to it, from one process.

Formgrader, grading by hand and `nbgrader export` go on working on what stands there. Points given
by hand and comments written by hand are never touched; if the work changed under them, they are
marked to be looked at again.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, scoped_session, sessionmaker
from traitlets.config import Config

from course.errors import CourseError, Fault, GradingError
from course.folder import CourseFolder
from course.grading import lateness, turns
from course.grading.formats import modern
from course.grading.intake import Submission
from course.grading.master import Master
from course.grading.opening import SILENT, config, directory, found, refusing
from course.grading.results import Outcome, hundredths
from course.imports import quickly
from course.people.roster import roster
from course.programme import programme
from course.sandbox import scratch

with quickly():
    from nbgrader.api import Gradebook, MissingEntry
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory


@dataclass(frozen=True)
class ByHand:
    """What a person gave for a cell: `score` is nothing until it was looked at."""

    score: float | None
    comment: str


class _Grouped(Session):
    """A session that leaves it to us when the disk is waited for.

    nbgrader commits three times for each submission, and each time takes as long as the checking.
    """

    def commit(self) -> None:
        """Called by nbgrader's methods: send what changed, inside the same transaction."""
        self.flush()

    def keep(self) -> None:
        """Commit indeed."""
        super().commit()


class Record:
    """The gradebook of a course, open for one assignment; use it in a `with` block."""

    def __init__(self, folder: CourseFolder, master: Master) -> None:
        self._folder = folder
        self._master = master
        self._config = config(folder)
        self._course = directory(folder, self._config)

    def __enter__(self) -> Record:
        with refusing(), turns.alone(self._course.db_url):
            found(self._course.db_url)
            self._book: Any = Gradebook(self._course.db_url, self._course.course_id)
        # one writer: what it read once need not be read again after each of its commits
        alone = self._book.engine.dialect.name == "sqlite"
        self._book.db.remove()
        self._book.db = scoped_session(
            sessionmaker(bind=self._book.engine, class_=_Grouped, expire_on_commit=not alone)
        )
        self._people = roster(self._folder)
        self._names: dict[str, str] = {}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._book.close()

    def register(self) -> None:
        """Tell the gradebook of the assignment's cells and points, as nbgrader itself does."""
        if self._registered():
            return
        with refusing():
            self.save()  # ends the transaction: on a server it would see nothing newer
            with turns.alone(self._course.db_url):
                self._generate()
            self._book.db.expire_all()
            turns.take(self._book.db())
            self._set_due()

    def _generate(self) -> None:
        """Let nbgrader take in the assignment; it opens the gradebook a second time."""
        with scratch.Folder() as elsewhere:
            source = self._source(Path(elsewhere, "source"))
            course = CourseDirectory(
                config=self._config,
                root=str(self._folder.root),
                release_directory=str(Path(elsewhere, "release")),
                source_directory=str(source),
                assignment_id=self._master.name,
                db_url=self._course.db_url,
                log=SILENT,
            )
            try:
                GenerateAssignment(
                    coursedir=course, config=self._settings(), log=SILENT, force=True
                ).start()
            except (CourseError, SQLAlchemyError):
                raise
            except Exception as error:  # nbgrader raises what it likes
                raise GradingError(
                    Fault(self._master.path.name, "", "журнал оценок не принял задание",
                          "Проверьте место на диске. Если у задания изменились ячейки, когда "
                          "работы уже оценены, верните прежние ячейки. Слова nbgrader: "
                          f"{str(error)[:200]}")
                ) from error  # fmt: skip

    def _source(self, place: Path) -> Path:
        """A source folder that holds the notebooks of this assignment, with today's marks."""
        target = place / self._master.name
        target.mkdir(parents=True)
        for book in self._master.books:
            content = (self._master.path.parent / book.file).read_bytes()
            (target / book.file).write_text(json.dumps(modern(json.loads(content))), "utf-8")
        return place

    def _settings(self) -> Config:
        """The course's settings, with the paths that nbgrader would look for where it is called."""
        settings = copy.deepcopy(self._config)
        for part in ("header", "footer"):
            path = settings.IncludeHeaderFooter.get(part)
            if path:
                settings.IncludeHeaderFooter[part] = str(self._folder.root / path)
        return settings

    def held(self) -> set[str]:
        """The people whose work on this assignment the gradebook knows."""
        with refusing():
            rows = self._book.assignment_submissions(self._master.name) if self._known() else []
            return {row.student_id for row in rows}

    def waiting(self, people: set[str]) -> tuple[str, ...]:
        """Those of `people` whose work has a part that a person has to look at."""
        with refusing():
            rows = self._book.assignment_submissions(self._master.name) if self._known() else []
            return tuple(sorted(
                row.student_id for row in rows
                if row.student_id in people and row.needs_manual_grade
            ))  # fmt: skip

    def scores(self) -> dict[str, float]:
        """The points of everybody for this assignment, late penalties taken off, to hundredths."""
        with refusing():
            rows = self._book.assignment_submissions(self._master.name) if self._known() else []
            return {
                row.student_id: hundredths(row.score - (row.late_submission_penalty or 0))
                for row in rows
            }

    def penalties(self) -> dict[str, float]:
        """The points that were taken off for coming late, of everybody who lost some."""
        with refusing():
            rows = self._book.assignment_submissions(self._master.name) if self._known() else []
            lost = {row.student_id: float(row.late_submission_penalty or 0) for row in rows}
            return {person: points for person, points in lost.items() if points}

    def points(self) -> dict[str, dict[str, float | None]]:
        """The points of everybody for each cell; `None` where a person has yet to look."""
        with refusing():
            rows = self._book.assignment_submissions(self._master.name) if self._known() else []
            return {
                row.student_id: {
                    self._master.joined(notebook.name, grade.name): None
                    if grade.needs_manual_grade and grade.manual_score is None
                    else float(grade.score)
                    for notebook in row.notebooks
                    for grade in notebook.grades
                }
                for row in rows
            }

    def write(
        self, submission: Submission, outcome: Outcome, before: Outcome | None = None
    ) -> None:
        """Record one submission: points, comments, when it was handed in; `save` makes it last.

        `before` is what the last grading gave: what a person already looked at is to be looked at
        again only if it changed since.
        """
        with refusing():
            turns.take(self._book.db())
            person = self._people.get(submission.person)
            names = {"last_name": person.name} if person else {}
            self._book.update_or_create_student(submission.person, **names)
            cells = self._cells()
            stamp = {"timestamp": submission.at.isoformat()} if submission.at else {}
            row = self._book.update_or_create_submission(
                self._master.name, submission.person, **stamp
            )
            scores = {cell.cell: cell.score for cell in outcome.cells}
            same = before is not None and before.work == outcome.work
            for notebook in self._notebooks(row):
                for grade in notebook.grades:
                    self._grade(grade, cells[grade.cell_id], scores, submission, same)
                for comment in notebook.comments:
                    empty = self._untouched(cells[comment.cell_id], submission)
                    comment.auto_comment = "Ответа нет." if empty else None
            self._book.db.flush()
            self._penalise(row, submission.person)

    def save(self) -> None:
        """Keep what was written since the last time, in one stroke: all of it or nothing."""
        with refusing():
            self._book.db().keep()

    def by_hand(self, person: str) -> dict[str, ByHand]:
        """What people gave for the hand-graded cells of one person's work, by cell."""
        with refusing():
            try:
                row = self._book.find_submission(self._master.name, person)
            except MissingEntry:
                return {}
            given: dict[str, ByHand] = {}
            for notebook in self._notebooks(row):
                comments = {each.name: each.manual_comment or "" for each in notebook.comments}
                for grade in notebook.grades:
                    given[self._master.joined(notebook.name, grade.name)] = ByHand(
                        None if grade.needs_manual_grade else float(grade.score),
                        comments.get(grade.name, ""),
                    )
            return given

    def penalty(self, person: str) -> float:
        """The points that were taken off one person's work for coming late."""
        with refusing():
            try:
                row = self._book.find_submission(self._master.name, person)
            except MissingEntry:
                return 0.0
            return float(row.late_submission_penalty or 0)

    def mark(self, person: str, marks: Mapping[str, ByHand]) -> None:
        """Record what a person gave by hand for cells of one work; `save` makes it last.

        It stands there as formgrader itself would have put it: as the manual score, looked at.
        """
        with refusing():
            turns.take(self._book.db())
            row = self._book.find_submission(self._master.name, person)
            for notebook in self._notebooks(row):
                for grade in notebook.grades:
                    mark = marks.get(self._master.joined(notebook.name, grade.name))
                    if mark:
                        grade.manual_score = mark.score
                        grade.needs_manual_grade = False
                for comment in notebook.comments:
                    mark = marks.get(self._master.joined(notebook.name, comment.name))
                    if mark:
                        comment.manual_comment = mark.comment or None
            self._book.db.flush()
            self._penalise(row, person)

    def _grade(
        self,
        grade: Any,
        cell: str,
        scores: dict[str, float],
        submission: Submission,
        same: bool,
    ) -> None:
        score = 0.0 if self._untouched(cell, submission) else scores.get(cell)
        seen = grade.manual_score is not None and not grade.needs_manual_grade
        if not (seen and same and grade.auto_score == score):
            grade.needs_manual_grade = score is None or grade.manual_score is not None
        grade.auto_score = score

    def _untouched(self, cell: str, submission: Submission) -> bool:
        """Whether this is a text cell that still holds what was handed out: there is no answer."""
        if cell not in self._master.answered:
            return False
        stem, own = self._master.parted(cell)
        source = self._book.find_source_cell(own, stem, self._master.name).source
        text = submission.texts.get(cell)
        return text is None or text.strip() == (source or "").strip()

    def _notebooks(self, row: Any) -> list[Any]:
        """The notebooks of a submission that the assignment has now."""
        names = {book.stem for book in self._master.books}
        return [each for each in row.notebooks if each.name in names]

    def _penalise(self, row: Any, person: str) -> None:
        """Take off what the late policy says, notebook by notebook."""
        notebooks = self._notebooks(row)
        for notebook in notebooks:
            notebook.late_submission_penalty = None
        late = lateness.seconds(row, self._master.name, person)
        for notebook in notebooks if late > 0 else ():
            self._book.db().refresh(notebook, ["score"])  # counted by the database from the grades
            notebook.late_submission_penalty = lateness.penalty(
                self._config, self._master.name, person, float(notebook.score), late
            )

    def _registered(self) -> bool:
        """Whether the gradebook already knows the assignment as it is now."""
        known: dict[str, float] = {}
        sources: dict[str, str] = {}
        try:
            for book in self._master.books:
                notebook = self._book.find_notebook(book.stem, self._master.name)
                for cell in (*notebook.grade_cells, *notebook.task_cells):
                    known[book.prefix + cell.name] = cell.max_score
                for cell in notebook.source_cells:
                    if cell.locked:
                        sources[book.prefix + cell.name] = cell.source
        except MissingEntry:
            return False
        ours = {cell.id: cell.points for cell in (*self._master.tests, *self._master.hand)}
        return known == ours and sources == self._master.locked

    def _cells(self) -> dict[str, str]:
        """The names of the assignment's cells by the gradebook's own ids."""
        if not self._names:
            for book in self._master.books:
                notebook = self._book.find_notebook(book.stem, self._master.name)
                cells = (*notebook.grade_cells, *notebook.solution_cells, *notebook.task_cells)
                self._names |= {cell.id: book.prefix + cell.name for cell in cells}
        return self._names

    def _known(self) -> bool:
        try:
            self._book.find_assignment(self._master.name)
        except MissingEntry:
            return False
        return True

    def _set_due(self) -> None:
        """Give the assignment the programme's last day, unless an instructor set another."""
        webinars = {webinar.name: webinar for webinar in programme.webinars}
        webinar = webinars.get(self._master.name)
        assignment = self._book.find_assignment(self._master.name)
        if webinar and assignment.duedate is None:
            assignment.duedate = lateness.end(webinar.due)
            self.save()
