"""Opening nbgrader's gradebook: its address, the course's own settings, and refusals in Russian."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Column, MetaData, String, Table, create_engine, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SAWarning, SQLAlchemyError
from traitlets.config import Config
from traitlets.config.loader import ConfigError, JSONFileConfigLoader, PyFileConfigLoader

from course.errors import Fault, GradingError
from course.folder import MARK, STORED, CourseFolder
from course.imports import quickly
from course.plain import line

with quickly():
    import nbgrader
    from nbgrader.api import Base, Gradebook, InvalidEntry, MissingEntry
    from nbgrader.coursedir import CourseDirectory

ADDRESS = "PROCLUSTERS_DB_URL"
_UPGRADES = Path(nbgrader.__file__).with_name("alembic")
SILENT = logging.getLogger("course.grading.record")
SILENT.addHandler(logging.NullHandler())
SILENT.propagate = False


def directory(folder: CourseFolder, settings: Config) -> CourseDirectory:
    """The course as nbgrader sees it, with the gradebook that was asked for."""
    course = CourseDirectory(config=settings, root=str(folder.root), log=SILENT)
    _agreed(folder, course)
    course.db_url = _from_root(folder, course.db_url)
    if os.environ.get(ADDRESS):
        course.db_url = os.environ[ADDRESS]
        # nbgrader's tables refer to the course; only SQLite does not look whether it is there
        if not course.course_id and not course.db_url.startswith("sqlite"):
            raise GradingError(
                Fault(MARK, "c.CourseDirectory.course_id", "у курса нет имени",
                      "Журнал на сервере ведётся только по курсу с именем: добавьте эту строку")
            )  # fmt: skip
    return course


def _from_root(folder: CourseFolder, address: str) -> str:
    """The address of a gradebook whose file is told from where nbgrader runs: the course's root."""
    path = _file(address)
    return address if path is None else f"sqlite:///{folder.root / path}"


def _file(address: str) -> str | None:
    """The file that SQLite keeps a gradebook in; nothing for a server and other addresses."""
    try:
        told = make_url(address)
    except ArgumentError:  # whoever opens it says so
        return None
    kept = told.drivername == "sqlite" and not told.query
    return told.database if kept and told.database != ":memory:" else None


def _agreed(folder: CourseFolder, course: CourseDirectory) -> None:
    """Refuse to grade folders that nbgrader, which runs the settings, takes others for."""
    faults = []
    for step in ("source", "submitted", "autograded"):
        ours = getattr(folder, step)
        name = getattr(course, f"{step}_directory")
        if (folder.root / name).resolve() != ours.resolve():
            what = f"nbgrader берёт папку «{line(name)}», а в настройках прочитано «{ours.name}»"
            place = f"c.CourseDirectory.{step}_directory"
            faults.append(Fault(MARK, place, what, "Напишите имя папки прямо, в кавычках"))
    if course.notebook_id != folder.notebooks:
        what = f"nbgrader берёт тетради «{line(course.notebook_id)}», а прочитано иное"
        place = "c.CourseDirectory.notebook_id"
        faults.append(Fault(MARK, place, what, "Напишите имя тетради прямо, в кавычках"))
    if faults:
        raise GradingError(faults)


def config(folder: CourseFolder) -> Config:
    """The course's own nbgrader settings, of its program and of its JSON file, which goes before.

    `GradingError` if the JSON file can't be read.
    """
    root, whole = str(folder.root), Config()
    if (folder.root / MARK).exists():
        whole.merge(PyFileConfigLoader(MARK, path=root).load_config())
    if (folder.root / STORED).exists():
        try:
            whole.merge(JSONFileConfigLoader(STORED, path=root).load_config())
        except (ConfigError, ValueError, TypeError, AttributeError):
            raise GradingError(
                Fault(
                    STORED, "", "настройки не читаются: это не JSON", "Исправьте или уберите файл"
                )
            ) from None
    return whole


def strike(folder: CourseFolder, person: str) -> int | None:
    """Remove a person from the gradebook; how many works went too, or nothing if unknown there."""
    if not has_gradebook(folder):
        return None
    course = directory(folder, config(folder))
    with refusing(), Gradebook(course.db_url, course.course_id) as book:
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
    """Whether the course has a gradebook: its file, wherever the settings put it, or a server's."""
    if folder.gradebook.exists() or os.environ.get(ADDRESS):
        return True
    told = config(folder).CourseDirectory.get("db_url")
    if not isinstance(told, str):
        return False
    path = _file(_from_root(folder, told))
    return path is None or Path(path).exists()


def found(address: str) -> None:
    """Make the tables of a new gradebook, all in one stroke; nothing if it has some.

    nbgrader makes them one by one and writes their version last, for which it starts a program that
    takes longer than a small cohort: a run killed meanwhile leaves a gradebook that can't be
    upgraded any more.
    """
    engine = create_engine(address)
    try:
        with engine.connect() as line:
            if inspect(line).get_table_names():
                return
            if engine.dialect.name == "sqlite":  # which else keeps each table at once
                line.exec_driver_sql("BEGIN IMMEDIATE")
            Base.metadata.create_all(line)
            versions = Table(
                "alembic_version", MetaData(), Column("version_num", String(32), nullable=False)
            )
            versions.create(line)
            line.execute(versions.insert().values(version_num=_version()))
            line.commit()
    finally:
        engine.dispose()


def _version() -> str:
    """What the tables of the installed nbgrader are called in its upgrades."""
    from alembic.script import ScriptDirectory

    return str(ScriptDirectory(str(_UPGRADES)).get_current_head())


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
    except (SQLAlchemyError, InvalidEntry) as error:  # nbgrader calls some of them so
        words = str(getattr(error, "orig", None) or error)[:200]
        place = ADDRESS if os.environ.get(ADDRESS) else "gradebook.db"
        raise GradingError(
            Fault(place, "", f"журнал оценок не открывается или не пишется: {words}",
                  "Закройте другие программы с журналом, проверьте место на диске и права")
        ) from None  # fmt: skip
