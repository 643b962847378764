"""assignments/ → source/ → release/: what is made, and whether it is still fresh.

`source/` holds the whole notebook with its data; `release/` is what nbgrader's own
generate_assignment makes of it, in a course of its own, so that the real gradebook is never left
half made. The same text gives the same bytes.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from course.authoring import percent, rules
from course.authoring.notebook import notebook
from course.errors import AuthoringError, CourseError, Fault
from course.files import MEBIBYTE, read_bytes, write_bytes
from course.folder import MARK, CourseFolder, safe_name
from course.forms.answers import NAME as ANSWERS
from course.programme import Programme, Webinar, programme
from course.progress import Progress, silent

TEXT = "assignment.py"

_DATA_LIMIT = 8 * MEBIBYTE
_SECONDS = 600  # nbgrader on one assignment takes two; on a machine that is very busy, minutes
_SHORT = 12  # a hidden line shorter than this may well stand elsewhere

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Text:
    """An authored assignment that passed all rules."""

    webinar: Webinar
    folder: Path
    cells: tuple[percent.Cell, ...]
    survey: rules.Survey


def names(folder: CourseFolder) -> tuple[str, ...]:
    """The assignments that have an authored text, in their order."""
    return tuple(sorted(path.parent.name for path in folder.assignments.glob(f"*/{TEXT}")))


def read(folder: CourseFolder, name: str, plan: Programme | None = None) -> Text:
    """The authored text of `name`, held against the rules and the programme."""
    place = folder.assignments / safe_name(name)
    path = place / TEXT
    webinar = (plan or programme).webinar(name)
    cells = percent.read(path)
    survey = rules.survey(cells, webinar.name, f"{name}/{TEXT}")
    faults = list(survey.faults)
    points = sum(cell.points for cell in cells)
    if points != webinar.points:
        what = f"баллы ячеек дают {points:g}, а в программе у вебинара {webinar.points}"
        faults.append(Fault(f"{name}/{TEXT}", "", what, "Исправьте points или programme.yaml"))
    if faults:
        raise AuthoringError(faults)
    return Text(webinar, place, cells, survey)


def build(
    folder: CourseFolder,
    chosen: Sequence[str] = (),
    progress: Progress = silent,
    *,
    plan: Programme | None = None,
) -> tuple[Path, ...]:
    """Makes `source/` of the chosen assignments (of all). Returns the files that changed."""
    changed: list[Path] = []
    texts: list[Text] = []
    faults: list[Fault] = []
    for name in chosen or names(folder):
        try:
            texts.append(read(folder, name, plan))
        except CourseError as error:
            faults += error.faults
    if faults:
        raise AuthoringError(faults)
    for index, text in enumerate(texts):
        progress(index, len(texts), text.webinar.name)
        changed += _write(folder.source / text.webinar.name, source_files(text))
    progress(len(texts), len(texts), "")
    return tuple(changed)


def release(
    folder: CourseFolder,
    chosen: Sequence[str] = (),
    progress: Progress = silent,
    *,
    plan: Programme | None = None,
) -> tuple[Path, ...]:
    """Makes `release/` from `source/` by nbgrader. Returns the files that changed."""
    changed: list[Path] = []
    todo = list(chosen or names(folder))
    for index, name in enumerate(todo):
        progress(index, len(todo), name)
        text = read(folder, name, plan)
        files = source_files(text)
        if _tree(folder.source / name) != files:
            what = "тетрадь в source/ не соответствует тексту"
            raise AuthoringError(Fault(name, "", what, f"Соберите её: proclusters build {name}"))
        changed += _write(folder.release / name, release_files(folder, text, files))
    progress(len(todo), len(todo), "")
    return tuple(changed)


def stale(folder: CourseFolder, name: str, *, plan: Programme | None = None) -> tuple[Path, ...]:
    """The files in `source/` and `release/` that a rebuild would change; none if fresh."""
    text = read(folder, name, plan)
    source = source_files(text)
    made = {folder.source / name: source}
    made[folder.release / name] = release_files(folder, text, source)
    differing: list[Path] = []
    for root, files in made.items():
        there = _tree(root)
        paths = sorted({*files, *there})
        differing += [root / path for path in paths if files.get(path) != there.get(path)]
    return tuple(differing)


def unbuilt(folder: CourseFolder, name: str) -> bool:
    """Whether `source/` holds another notebook of `name` than its text would give, or none can."""
    if not (folder.assignments / name / TEXT).is_file():
        return False
    try:
        return source_files(read(folder, name)) != _tree(folder.source / name)
    except CourseError:
        return True


def source_files(text: Text) -> Files:
    """The files of `source/NAME/`, by path in it."""
    files = {f"{text.webinar.name}.ipynb": notebook(text.cells, text.webinar).encode()}
    data = text.folder / "data"
    faults = []
    for path in _walk(data):
        relative = path.relative_to(text.folder).as_posix()
        if path.is_symlink() or path.suffix == ".ipynb" or path.name == ANSWERS:
            faults.append(
                Fault(f"{text.webinar.name}/{relative}", "", "такому файлу не место в data")
            )
        else:
            files[relative] = read_bytes(path, _DATA_LIMIT)
    if faults:
        raise AuthoringError(faults)
    return files


def release_files(folder: CourseFolder, text: Text, source: Files) -> Files:
    """The files of `release/NAME/`, by path in it, as nbgrader makes them."""
    name = text.webinar.name
    with tempfile.TemporaryDirectory(prefix="proclusters-") as temporary:
        root = Path(temporary)
        for path, content in source.items():
            write_bytes(root / "source" / name / path, content)
        config = folder.root / MARK
        shutil.copyfile(config, root / MARK)
        _generate(root, name)
        files = _tree(root / "release" / name)
    _refuse_leaks(text, files)
    return files


def _generate(root: Path, name: str) -> None:
    """Run nbgrader's generate_assignment in the course at `root`."""
    arguments = [sys.executable, "-P", "-X", "utf8", "-m", "nbgrader", "generate_assignment", name]
    with tempfile.TemporaryDirectory(prefix="proclusters-home-") as home:
        environment = {
            **os.environ,
            # nbgrader calls `alembic` by its bare name; a venv need not be activated
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
            # a methodologist's own settings must not change what participants get
            "JUPYTER_CONFIG_DIR": home,
            "JUPYTER_CONFIG_PATH": home,
            "JUPYTER_NO_CONFIG": "",
        }
        try:
            done = subprocess.run(  # noqa: S603  # our own interpreter, a name that `safe_name` passed
                arguments, cwd=root, env=environment, capture_output=True, timeout=_SECONDS,
                check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            what = f"nbgrader не собрал тетрадь за {_SECONDS // 60} минут"
            remedy = "Закройте другие программы и повторите: сделанное сохранено"
            raise AuthoringError(Fault(name, "", what, remedy)) from None
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        what = f"nbgrader не собрал тетрадь: {told[-1] if told else 'без объяснений'}"
        raise AuthoringError(Fault(name, "", what))


def _refuse_leaks(text: Text, files: Files) -> None:
    """Refuse a release that shows a line of a hidden region."""
    visible = "\n".join(
        "\n".join(cell["source"]) if isinstance(cell["source"], list) else cell["source"]
        for path, content in files.items()
        if path.endswith(".ipynb")
        for cell in json.loads(content)["cells"]
    )
    others = b"\n".join(content for path, content in files.items() if not path.endswith(".ipynb"))
    hidden = {line for line in rules.hidden_lines(text.cells) if len(line) >= _SHORT}
    leaks = [line for line in sorted(hidden) if line in visible or line.encode() in others]
    if leaks:
        raise AuthoringError(
            Fault(text.webinar.name, "", f"скрытая строка видна участнику: «{leak[:80]}»",
                  "Уберите её из открытой части")
            for leak in leaks
        )  # fmt: skip


def _write(target: Path, files: Files) -> Iterator[Path]:
    """Make `target` hold just `files`; yields what changed, removed files too."""
    there = _tree(target)
    for path in sorted(set(there) - set(files)):
        (target / path).unlink()
        yield target / path
    for path, content in files.items():
        if there.get(path) != content:
            write_bytes(target / path, content)
            yield target / path


def _tree(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): read_bytes(path, 2 * _DATA_LIMIT)
        for path in _walk(root)
        if not path.is_symlink()
    }


def _walk(root: Path) -> Iterator[Path]:
    """All files below `root` but those that editors and Jupyter leave behind."""
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        hidden = any(part.startswith(".") or part == "__pycache__" for part in parts)
        if not hidden and (path.is_file() or path.is_symlink()):
            yield path
