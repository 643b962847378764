"""Opening nbgrader's gradebook: its address, the course's own settings, and refusals in Russian."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import SAWarning, SQLAlchemyError
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from course.errors import Fault, GradingError
from course.folder import MARK, CourseFolder
from course.grading.host import quickly

with quickly():
    from nbgrader.api import Gradebook, MissingEntry
    from nbgrader.coursedir import CourseDirectory

ADDRESS = "PROCLUSTERS_DB_URL"
SILENT = logging.getLogger("course.grading.record")
SILENT.addHandler(logging.NullHandler())
SILENT.propagate = False


def directory(folder: CourseFolder, settings: Config) -> CourseDirectory:
    """The course as nbgrader sees it, with the gradebook that was asked for."""
    course = CourseDirectory(config=settings, root=str(folder.root), log=SILENT)
    if os.environ.get(ADDRESS):
        course.db_url = os.environ[ADDRESS]
        # nbgrader's tables refer to the course; only SQLite does not look whether it is there
        if not course.course_id and not course.db_url.startswith("sqlite"):
            raise GradingError(
                Fault(MARK, "c.CourseDirectory.course_id", "у курса нет имени",
                      "Журнал на сервере ведётся только по курсу с именем: добавьте эту строку")
            )  # fmt: skip
    return course


def config(folder: CourseFolder) -> Config:
    """The course's own nbgrader settings."""
    return PyFileConfigLoader(MARK, path=str(folder.root)).load_config()


def strike(folder: CourseFolder, person: str) -> int | None:
    """Remove a person from the gradebook; how many works went too, or nothing if unknown there."""
    if not has_gradebook(folder):
        return None
    course = directory(folder, config(folder))
    with alembic_on_path(), refusing(), Gradebook(course.db_url, course.course_id) as book:
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


def has_gradebook(folder: CourseFolder) -> bool:
    """Whether the course has a gradebook: its file, or one on a server."""
    return folder.gradebook.exists() or bool(os.environ.get(ADDRESS))


@contextmanager
def alembic_on_path() -> Iterator[None]:
    """nbgrader calls `alembic`, which lies beside the interpreter, by its bare name."""
    before = os.environ.get("PATH", os.defpath)
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before


@contextmanager
def refusing() -> Iterator[None]:
    """Tell what the database says in Russian; keep nbgrader's own notices to itself."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SAWarning)  # nbgrader with SQLAlchemy 2.1
            yield
    except ModuleNotFoundError as error:
        raise GradingError(
            Fault(ADDRESS, "", f"для этой базы нет программы связи ({error.name})",
                  "Для PostgreSQL: pip install psycopg[binary], адрес postgresql+psycopg://…")
        ) from None  # fmt: skip
    except SQLAlchemyError as error:
        words = str(getattr(error, "orig", None) or error)[:200]
        place = ADDRESS if os.environ.get(ADDRESS) else "gradebook.db"
        raise GradingError(
            Fault(place, "", f"журнал оценок не открывается или не пишется: {words}",
                  "Закройте другие программы с журналом, проверьте место на диске и права")
        ) from None  # fmt: skip
