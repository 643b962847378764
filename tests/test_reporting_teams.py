"""Reports of all teams: two processes and one zygote, the overview, what is lost on its way."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from course import reporting
from course.errors import Fault, ReportError
from course.folder import CourseFolder
from course.kernels import mothers
from course.reporting import kernel
from course.workers import LOST
from tests.test_reporting import course, small

ROOT = Path(__file__).parents[1]


@pytest.fixture
def folder(tmp_path: Path) -> CourseFolder:
    """A course with small templates and one team."""
    return course(tmp_path)


class Losing(Executor):
    """Workers that end in the middle of every task, as a cluster answers then."""

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        """A future with the answer of nobody."""
        lost: Future[Any] = Future()
        lost.set_result(LOST)
        return lost


def test_only_what_a_template_names_is_loaded_ahead() -> None:
    drawing, plain = (
        kernel.ahead((ROOT / f"templates/{name}.py").read_text(encoding="utf-8"))
        for name in ("cooperation", "support")
    )
    assert "course.charts.network" in drawing
    assert "course.finance" not in drawing
    assert "course.support" in plain
    assert not any(name.startswith("course.charts") for name in plain)
    case = (ROOT / "templates/business_case.py").read_text(encoding="utf-8")
    assert kernel.computes(case)
    assert {"course.charts.money", "course.reporting.business"} <= set(kernel.ahead(case))


def test_who_only_waits_for_workers_imports_none_of_their_libraries() -> None:
    script = (
        "import sys; from pathlib import Path; from course.reporting import kernel, teams;"
        "from course.reporting.template import Template;"
        "kernel.ahead(Path('templates/cooperation.py').read_text('utf-8'));"
        "heavy = {'numpy', 'pandas', 'pydantic', 'nbformat', 'jupytext', 'jupyter_client', 'zmq'};"
        "sys.exit(repr(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


class TestTeams:
    def test_a_failing_team_does_not_stop_the_others(self, folder: CourseFolder) -> None:
        shutil.copytree(folder.teams / "a", folder.teams / "b")
        (folder.teams / "c").mkdir()
        (folder.teams / "c" / "cluster.yaml").write_text("format: 1\n", encoding="utf-8")
        told: list[tuple[int, int]] = []
        with pytest.raises(ReportError, match=r"c: cluster\.yaml"):
            reporting.make_all(folder, "small", progress=lambda d, t, _: told.append((d, t)))
        for team in ("a", "b"):
            assert (folder.reports / team / "small.pdf").is_file()
        assert not (folder.reports / "c").exists()
        assert told[-1] == (3, 4)  # the overview comes last
        pages = pypdf.PdfReader(folder.reports / "overview.pdf").pages
        overview = " ".join(page.extract_text() for page in pages)
        assert overview.count("«Три реки»") >= 2
        assert "Отчёт не сделан" in overview
        page = (folder.reports / "overview.html").read_text(encoding="utf-8")
        assert page.count("«Три реки»") >= 2
        assert "<script" not in page
        book = openpyxl.load_workbook(folder.reports / "overview.xlsx")
        names = [row[1].value for row in book["Команды"].iter_rows(min_row=5)]
        assert len(names) == 2

    def test_each_team_gets_its_own_data(self, folder: CourseFolder) -> None:
        shutil.copytree(folder.teams / "a", folder.teams / "b")
        path = folder.teams / "b" / "cluster.yaml"
        text = path.read_text(encoding="utf-8").replace("«Три реки»", "«Другой»")
        path.write_text(text, encoding="utf-8")
        paths = reporting.make_all(folder, "small")
        assert [path.name for path in paths[-3:]] == [
            "overview.pdf", "overview.html", "overview.xlsx",
        ]  # fmt: skip
        for team, name, other in (("a", "«Три реки»", "«Другой»"), ("b", "«Другой»", "«Три реки»")):
            page = pypdf.PdfReader(folder.reports / team / "small.pdf").pages[0]
            text = " ".join(page.extract_text().split())
            assert name in text
            assert other not in text

    def test_kernels_of_all_teams_are_forked_from_one_process(self, folder: CourseFolder) -> None:
        for team in ("b", "c"):
            shutil.copytree(folder.teams / "a", folder.teams / team)
        reporting.make_all(folder, "forked")
        records = [json.loads(path.read_text()) for path in folder.reports.glob("*/forked.json")]
        titles = [record["report"]["title"].split(" из ") for record in records]
        assert len({own for own, _ in titles}) == 3
        assert len({parent for _, parent in titles}) == 1

    @pytest.mark.slow
    def test_a_report_is_the_same_from_a_kernel_of_its_own(self, folder: CourseFolder) -> None:
        shutil.copy(ROOT / "templates" / "cooperation.py", folder.templates)
        reporting.make_all(folder, "cooperation")
        warm = {path.name: path.read_bytes() for path in (folder.reports / "a").iterdir()}
        shutil.rmtree(folder.reports)
        reporting.make(folder, "a", "cooperation")
        cold = {path.name: path.read_bytes() for path in (folder.reports / "a").iterdir()}
        assert warm == cold
        assert len(cold) == 4
        assert b"image/svg+xml" in cold["cooperation.html"]

    def test_nothing_is_prepared_where_nothing_is_new(
        self, folder: CourseFolder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = reporting.make_all(folder, "small")

        def refuse(*_: Any) -> Any:
            raise AssertionError("a zygote was asked for")

        monkeypatch.setattr(mothers, "Mother", refuse)
        assert reporting.make_all(folder, "small") == first

    def test_what_was_lost_on_its_way_is_a_fault_of_its_team(self, folder: CourseFolder) -> None:
        with pytest.raises(ReportError, match="a: программа отчёта остановлена"):
            reporting.make_all(folder, "small", executor=Losing())

    def test_a_course_without_teams_is_refused(self, folder: CourseFolder) -> None:
        shutil.rmtree(folder.teams)
        with pytest.raises(ReportError, match="нет ни одной команды"):
            reporting.make_all(folder)


def test_overview_puts_projects_side_by_side_and_never_writes_a_formula() -> None:
    from course.reporting import sheets
    from course.reporting.overview import compared

    other = small(subtitle='=HYPERLINK("x")', facts=(("Команда", "=1+1"),))
    report = compared({"a": small(), "b": other}, [Fault("c", "cluster.yaml", "пусто")])
    tables = {block.title: block for block in report.sections[0].blocks if hasattr(block, "rows")}
    assert [row[2] for row in tables["Проекты"].rows] == [1234567.0, 1234567.0]
    content = sheets.book(report)
    assert content == sheets.book(report)
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert "=1+1" in {cell.value for cell in cells}
    assert book["Проекты"]["C5"].value == pytest.approx(1.234567)
