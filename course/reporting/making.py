"""Making a report: parameters → notebook → one `Report` → files in `reports/<team>/`.

The files appear whole or not at all, and a report whose template, parameters, cluster file, norms
and program are unchanged is not made again.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import course
from course import files
from course.cluster import Cluster
from course.errors import FileError
from course.folder import CourseFolder
from course.progress import Progress, silent
from course.reporting import parameters as settling
from course.reporting.report import Report, identifier_of
from course.reporting.template import Template

STEPS = 5
ENDINGS = (".ipynb", ".html", ".pdf", ".xlsx")


def make(
    folder: CourseFolder,
    team: str,
    template: str = "business_case",
    parameters: Mapping[str, Any] | None = None,
    progress: Progress = silent,
) -> tuple[Path, ...]:
    """Make the report of a team; returns the paths of its files: notebook, HTML, PDF, Excel.

    Raises `ParameterError` for parameters, an unknown team or a file outside the course,
    `ClusterError` for a faulty cluster file, and `ReportError` for everything that fails later.
    """
    progress(0, STEPS, f"{team}: проверка параметров и файла кластера")
    chosen = Template.find(folder, template)
    values = settling.settle(chosen, folder, team, parameters or {})
    team = folder.cluster_file(team).parent.name
    target = folder.inside(folder.reports / team)
    stem = "-".join(part for part in (template, values.get("project")) if part)
    key = _key(chosen, values, folder)
    record = target / f"{stem}.json"
    made = _unchanged(record, key)
    if made:
        progress(STEPS, STEPS, f"{team}: без изменений")
        return made
    cluster = settling.cluster_of(folder, values)
    content = _content(chosen, values, folder, cluster, team, stem, progress)
    return _publish(target, stem, content, {"key": key, "cluster": _source(values, folder)})


def _content(
    template: Template,
    values: Mapping[str, Any],
    folder: CourseFolder,
    cluster: Cluster | None,
    team: str,
    stem: str,
    progress: Progress,
) -> dict[str, bytes]:
    """The files of the report by their endings."""
    # imported only when something has changed: papermill and nbconvert take a second
    from course.reporting import pages, running, web

    def within(done: int, total: int, _: str) -> None:
        progress(1, STEPS, f"{team}: расчёт, часть {done + 1} из {total}")

    executed = running.run(template.notebook, values, folder.root, within)
    report = running.report_of(executed)
    progress(2, STEPS, f"{team}: веб-страница")

    def marks(ending: str) -> str:
        return identifier_of(team, report.day, f"{stem}{ending}")

    content = {
        "ipynb": running.text_of(executed).encode(),
        "html": web.page(executed, report, template, marks(".html")).encode(),
    }
    progress(3, STEPS, f"{team}: страницы для печати")
    content["pdf"] = pages.pdf(report, template.style(pages.STYLE), marks(".pdf"))
    if report.models and cluster is not None:
        progress(4, STEPS, f"{team}: книга Excel")
        content["xlsx"] = _workbook(report, cluster, marks(".xlsx"))
    content["report"] = files.json_text(report.data()).encode()
    return content


def _workbook(report: Report, cluster: Cluster, identifier: str) -> bytes:
    from course import finance
    from course.reporting import workbook

    with tempfile.TemporaryDirectory(prefix="workbook-") as place:
        path = Path(place) / "model.xlsx"
        results = workbook.results(report, cluster)
        finance.write_workbook(results, path, identifier=identifier)
        return path.read_bytes()


def _publish(
    target: Path, stem: str, content: dict[str, bytes], about: Mapping[str, str]
) -> tuple[Path, ...]:
    """Write all files beside their places, then rename them; the record comes last."""
    target.mkdir(parents=True, exist_ok=True)
    data = files.parse_json(content.pop("report").decode(), "report.json")
    with tempfile.TemporaryDirectory(prefix=f".{stem}.", dir=target) as beside:
        for ending, each in content.items():
            files.write_bytes(Path(beside) / f"{stem}.{ending}", each)
        (target / f"{stem}.json").unlink(missing_ok=True)
        for ending in content:
            shutil.move(Path(beside) / f"{stem}.{ending}", target / f"{stem}.{ending}")
    digests = {f"{stem}.{ending}": _digest(each) for ending, each in content.items()}
    files.write_json(target / f"{stem}.json", {**about, "files": digests, "report": data})
    return tuple(sorted((target / name for name in digests), key=_place))


def _source(values: Mapping[str, Any], folder: CourseFolder) -> str:
    """The digest of the cluster file, by which an outdated page is told; empty without one."""
    name = values.get("cluster_file")
    return _digest(folder.inside(Path(name)).read_bytes()) if name else ""


def _unchanged(record: Path, key: str) -> tuple[Path, ...]:
    """The files of an earlier run if it had the same input and nobody has changed them since."""
    try:
        data = files.read_json(record, limit=64 * files.MEBIBYTE)
        if data["key"] != key:
            return ()
        paths = {record.parent / name: digest for name, digest in data["files"].items()}
        if all(_digest(path.read_bytes()) == digest for path, digest in paths.items()):
            return tuple(sorted(paths, key=_place))
    except (FileError, OSError, KeyError, TypeError, AttributeError):
        pass  # no record or a damaged one: the report is made anew
    return ()


def _place(path: Path) -> int:
    return ENDINGS.index(path.suffix)


def _key(template: Template, values: Mapping[str, Any], folder: CourseFolder) -> str:
    """A digest of all that the report depends on."""
    digest = hashlib.sha256(files.json_text([template.text, dict(values)]).encode())
    package = Path(course.__file__).parent
    inputs = [
        *sorted((template.root / "styles").rglob("*")),
        *sorted(path for path in package.rglob("*") if path.suffix in (".py", ".yaml")),
    ]
    if "cluster_file" in values:
        inputs.append(folder.inside(Path(values["cluster_file"])))
    for path in inputs:
        if path.is_file():
            digest.update(f"\0{path.name}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
