"""Recording in nbgrader's gradebook: the one place that writes to it, from one process.

Formgrader, grading by hand and `nbgrader export` go on working on what stands there. Points given
by hand and comments written by hand are never touched; if the work changed under them, they are
marked to be looked at again.
"""

from __future__ import annotations

import datetime
import logging
import os
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy.exc import SAWarning, SQLAlchemyError
from sqlalchemy.orm import Session, scoped_session, sessionmaker
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from course.errors import CourseError, Fault, GradingError
from course.folder import MARK, CourseFolder
from course.grading.host import quickly
from course.grading.intake import ZONE, Submission
from course.grading.master import Master
from course.grading.results import Outcome
from course.grading.roster import roster
from course.programme import programme

with quickly():
    from nbgrader.api import Gradebook, MissingEntry
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.preprocessors import AssignLatePenalties

ADDRESS = "PROCLUSTERS_DB_URL"
_SILENT = logging.getLogger("course.grading.record")
_SILENT.addHandler(logging.NullHandler())
_SILENT.propagate = False


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
        self._config = _config(folder)
        self._course = CourseDirectory(config=self._config, root=str(folder.root), log=_SILENT)
        if os.environ.get(ADDRESS):
            self._course.db_url = os.environ[ADDRESS]

    def __enter__(self) -> Record:
        fresh = not self._folder.gradebook.exists()
        try:
            with _alembic_on_path(), _refusing():
                self._book: Any = Gradebook(self._course.db_url, self._course.course_id)
        except BaseException:
            if fresh:  # nbgrader leaves tables without their version behind
                self._folder.gradebook.unlink(missing_ok=True)
            raise
        # one writer: what it read once need not be read again after each of its commits
        self._book.db.remove()
        self._book.db = scoped_session(
            sessionmaker(bind=self._book.engine, class_=_Grouped, expire_on_commit=False)
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
        with tempfile.TemporaryDirectory() as elsewhere:
            course = CourseDirectory(
                config=self._config,
                root=str(self._folder.root),
                release_directory=elsewhere,
                source_directory=str(self._folder.source),
                assignment_id=self._master.name,
                db_url=self._course.db_url,
                log=_SILENT,
            )
            try:
                with _refusing():
                    self.save()  # nbgrader opens the gradebook a second time
                    GenerateAssignment(
                        coursedir=course, config=self._config, log=_SILENT, force=True
                    ).start()
            except CourseError:
                raise
            except Exception as error:  # nbgrader raises what it likes
                raise GradingError(
                    Fault(self._master.path.name, "", "журнал оценок не принял задание",
                          "Если у задания изменились ячейки, когда работы уже оценены, верните "
                          f"прежние ячейки. Слова nbgrader: {str(error)[:200]}")
                ) from error  # fmt: skip
        self._book.db.expire_all()
        self._set_due()

    def held(self) -> set[str]:
        """The people whose work on this assignment the gradebook knows."""
        with _refusing():
            rows = self._book.assignment_submissions(self._master.name) if self._known() else []
            return {row.student_id for row in rows}

    def waiting(self, people: set[str]) -> tuple[str, ...]:
        """Those of `people` whose work has a part that a person has to look at."""
        with _refusing():
            rows = self._book.assignment_submissions(self._master.name) if self._known() else []
            return tuple(sorted(
                row.student_id for row in rows
                if row.student_id in people and row.needs_manual_grade
            ))  # fmt: skip

    def scores(self) -> dict[str, float]:
        """The points of everybody for this assignment, late penalties taken off."""
        with _refusing():
            rows = self._book.assignment_submissions(self._master.name) if self._known() else []
            return {
                row.student_id: float(row.score) - float(row.late_submission_penalty or 0)
                for row in rows
            }

    def points(self) -> dict[str, dict[str, float | None]]:
        """The points of everybody for each cell; `None` where a person has yet to look."""
        with _refusing():
            rows = self._book.assignment_submissions(self._master.name) if self._known() else []
            return {
                row.student_id: {
                    grade.name: None
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
        with _refusing():
            person = self._people.get(submission.person)
            names = {"last_name": person.name} if person else {}
            self._book.update_or_create_student(submission.person, **names)
            cells = self._cells()
            stamp = {"timestamp": submission.at.isoformat()} if submission.at else {}
            row = self._book.update_or_create_submission(
                self._master.name, submission.person, **stamp
            )
            notebook = next(each for each in row.notebooks if each.name == self._master.stem)
            scores = {cell.cell: cell.score for cell in outcome.cells}
            same = before is not None and before.work == outcome.work
            for grade in notebook.grades:
                self._grade(grade, cells[grade.cell_id], scores, submission, same)
            for comment in notebook.comments:
                empty = self._untouched(cells[comment.cell_id], submission)
                comment.auto_comment = "Ответа нет." if empty else None
            self._book.db.flush()
            self._penalise(row, notebook, submission.person)

    def save(self) -> None:
        """Keep what was written since the last time, in one stroke: all of it or nothing."""
        with _refusing():
            self._book.db().keep()

    def by_hand(self, person: str) -> dict[str, ByHand]:
        """What people gave for the hand-graded cells of one person's work, by cell."""
        with _refusing():
            try:
                notebook = self._book.find_submission_notebook(
                    self._master.stem, self._master.name, person
                )
            except MissingEntry:
                return {}
            comments = {each.name: each.manual_comment or "" for each in notebook.comments}
            return {
                grade.name: ByHand(
                    None if grade.needs_manual_grade else float(grade.score),
                    comments.get(grade.name, ""),
                )
                for grade in notebook.grades
            }

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
        source = self._book.find_source_cell(cell, self._master.stem, self._master.name).source
        text = submission.texts.get(cell)
        return text is None or text.strip() == (source or "").strip()

    def _penalise(self, row: Any, notebook: Any, person: str) -> None:
        """Take off what the course's own late policy says; the shipped one takes off nothing."""
        notebook.late_submission_penalty = None
        late = row.total_seconds_late if row.assignment.duedate else 0
        if late > 0:
            policy = AssignLatePenalties(config=self._config, log=_SILENT)
            policy.init_plugin()
            policy.plugin_inst.log = _SILENT
            score = notebook.score
            penalty = policy.plugin_inst.late_submission_penalty(person, score, late)
            if penalty is not None:
                notebook.late_submission_penalty = min(max(0.0, float(penalty)), score)

    def _registered(self) -> bool:
        """Whether the gradebook already knows the assignment as it is now."""
        try:
            notebook = self._book.find_notebook(self._master.stem, self._master.name)
        except MissingEntry:
            return False
        known = {
            cell.name: cell.max_score for cell in (*notebook.grade_cells, *notebook.task_cells)
        }
        ours = {cell.id: cell.points for cell in (*self._master.tests, *self._master.hand)}
        sources = {cell.name: cell.source for cell in notebook.source_cells if cell.locked}
        return known == ours and sources == self._master.locked

    def _cells(self) -> dict[str, str]:
        """The names of the assignment's cells by the gradebook's own ids."""
        if not self._names:
            notebook = self._book.find_notebook(self._master.stem, self._master.name)
            cells = (*notebook.grade_cells, *notebook.solution_cells, *notebook.task_cells)
            self._names = {cell.id: cell.name for cell in cells}
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
            after = datetime.datetime.combine(webinar.due, datetime.time(), ZONE)
            end = (after + datetime.timedelta(days=1)).astimezone(datetime.UTC)
            assignment.duedate = end.replace(tzinfo=None)
            self.save()


def strike(folder: CourseFolder, person: str) -> int | None:
    """Remove a person from the gradebook; how many works went too, or nothing if unknown there."""
    if not folder.gradebook.exists() and not os.environ.get(ADDRESS):
        return None
    course = CourseDirectory(config=_config(folder), root=str(folder.root), log=_SILENT)
    address = os.environ.get(ADDRESS) or course.db_url
    with _alembic_on_path(), _refusing(), Gradebook(address, course.course_id) as book:
        try:
            works = [each.assignment.name for each in book.find_student(person).submissions]
        except MissingEntry:
            return None
        for name in works:  # nbgrader's own loop would lose its place while it deletes
            book.remove_submission(name, person)
        book.remove_student(person)
        if book.engine.dialect.name == "sqlite":  # what was deleted stays in the file until then
            book.db.remove()
            with book.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
                line.exec_driver_sql("VACUUM")
        return len(works)


def _config(folder: CourseFolder) -> Config:
    """The course's own nbgrader settings."""
    return PyFileConfigLoader(MARK, path=str(folder.root)).load_config()


@contextmanager
def _alembic_on_path() -> Iterator[None]:
    """nbgrader calls `alembic`, which lies beside the interpreter, by its bare name."""
    before = os.environ.get("PATH", os.defpath)
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before


@contextmanager
def _refusing() -> Iterator[None]:
    """Tell what the database says in Russian; keep nbgrader's own notices to itself."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SAWarning)  # nbgrader with SQLAlchemy 2.1
            yield
    except SQLAlchemyError as error:
        words = str(getattr(error, "orig", None) or error)[:200]
        raise GradingError(
            Fault("gradebook.db", "", f"журнал оценок не открывается или не пишется: {words}",
                  "Закройте другие программы с журналом, проверьте место на диске и права")
        ) from None  # fmt: skip
