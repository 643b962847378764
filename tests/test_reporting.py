"""Reports: templates and parameters, the one `Report`, running, writing, skipping, refusals."""

from __future__ import annotations

import dataclasses
import datetime
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pypdf
import pytest
import yaml

from course import reporting
from course.errors import (
    ClusterError,
    CourseError,
    CourseFolderError,
    ParameterError,
    ReportError,
)
from course.folder import CourseFolder
from course.norms import norms
from course.reporting import blocks
from course.reporting.report import MEDIA_TYPE, Report
from course.reporting.running import _Literals
from course.reporting.template import Template
from course.reporting.values import Form

ROOT = Path(__file__).parents[1]
HERE = Path(__file__).parent / "reporting"
CASES = yaml.safe_load((HERE / "refusals.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def folder(tmp_path: Path) -> CourseFolder:
    """A course with small templates and one team."""
    return course(tmp_path)


def course(place: Path) -> CourseFolder:
    """A course in a path with a space and Cyrillic, with small templates and the worked example."""
    root = place / "Курс отчётов 1"
    shutil.copytree(HERE / "templates", root / "templates")
    shutil.copytree(ROOT / "templates" / "styles", root / "templates" / "styles")
    (root / "teams" / "a").mkdir(parents=True)
    shutil.copy(ROOT / "teams/radioelectronics/cluster.yaml", root / "teams/a/cluster.yaml")
    (root / "nbgrader_config.py").write_text("", encoding="utf-8")
    return CourseFolder.find(root)


def small(**changes: Any) -> Report:
    """A report with every kind of block."""
    column = blocks.Column("Сумма", "money", "млн ₽")
    section = blocks.Section(
        "Страница",
        (
            blocks.Heading("Часть"),
            blocks.Paragraph("Текст <script>alert(1)</script>", strong=True),
            blocks.Cards((blocks.Card("a.npv", "ЧДД", 1234567.0, "money", "млн ₽"),)),
            blocks.Table("Т", (blocks.Column("Имя"), column), (("А", 1e6), ("Б", None)), (1,)),
            blocks.Figure("Рис", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
            blocks.Notice("Важно", ("один", "два")),
            blocks.Sources((blocks.Source("НДС", "22 %", "ФЗ", "01.01.2026", "по публикации"),)),
        ),
    )
    report = Report(
        title="Отчёт", subtitle="Кластер", as_of="2026-11-22", mark="Учебные данные",
        facts=(("Команда", "А"),), sections=(section,), models=(blocks.Model("a", 0.2),),
    )  # fmt: skip
    return dataclasses.replace(report, **changes)


class TestReport:
    def test_json_round_trip_keeps_everything(self) -> None:
        report = small()
        assert Report.from_data(json.loads(json.dumps(report.data()))) == report

    @pytest.mark.parametrize(
        ("spoil", "words"),
        [
            (lambda d: d.update(format=2), "формат"),
            (lambda d: d.update(extra=1), "неизвестные поля: extra"),
            (lambda d: d.pop("title"), "повреждён"),
            (lambda d: d.update(title=5), "не того вида"),
            (lambda d: d.update(as_of="вчера"), "не день"),
            (lambda d: d["sections"][0]["blocks"].append({"block": "script"}), "неизвестный вид"),
            (lambda d: d["sections"][0]["blocks"].append("text"), "неизвестный вид"),
            (lambda d: d["sections"][0]["blocks"][2]["items"][0].update(value="x"), "не подходит"),
            (lambda d: d["sections"][0]["blocks"][3]["rows"].append(["В"]), "не столько ячеек"),
            (lambda d: d["sections"][0]["blocks"][3].update(totals=[7]), "итоговой строки"),
            (lambda d: d["sections"][0]["blocks"][4].update(svg="<b>"), "не картинка SVG"),
            (lambda d: d["facts"].append(["a", "b", "c"]), "нужно 2"),
            (lambda d: d.update(sections={}), "нужен список"),
        ],
    )
    def test_damaged_data_is_refused(self, spoil: Any, words: str) -> None:
        data = json.loads(json.dumps(small().data()))
        spoil(data)
        with pytest.raises(ReportError, match=words):
            Report.from_data(data)

    def test_script_in_a_picture_is_refused(self) -> None:
        with pytest.raises(ReportError, match="не картинка"):
            blocks.Figure("Рис", "<svg><SCRIPT>1</SCRIPT></svg>")

    def test_markup_escapes_every_text(self) -> None:
        page = small().sections[0]._repr_html_()
        assert "&lt;script&gt;" in page
        assert "<script" not in page

    @pytest.mark.parametrize(
        ("form", "value", "full", "bare"),
        [
            (Form("money", "млн ₽"), 1234567.0, "1,2 млн ₽", "1,2"),
            (Form("money", "млн ₽"), None, "—", "—"),
            (Form("share"), 0.185, "18,5 %", "18,5 %"),
            (Form("number", "раз", 2), 1.5, "1,50 раз", "1,50"),
            (Form("day"), "2026-11-22", "22.11.2026", "22.11.2026"),
            (Form("span"), 43, "3 года 7 месяцев", "3 года 7 месяцев"),
            (Form("span"), None, "не достигается", "не достигается"),
            (Form(), "слово", "слово", "слово"),
        ],
    )
    def test_values_are_printed_in_russian(
        self, form: Form, value: Any, full: str, bare: str
    ) -> None:
        assert form.full(value).replace("\u00a0", " ") == full
        assert form.bare(value).replace("\u00a0", " ") == bare


class TestTemplate:
    def test_cell_ids_are_fixed_and_code_is_folded(self, folder: CourseFolder) -> None:
        first, second = (Template.find(folder, "small").notebook for _ in range(2))
        assert nbformat.writes(first) == nbformat.writes(second)
        assert [cell.id for cell in first.cells] == ["parameters", "page", "report"]
        assert all(cell.metadata.jupyter.source_hidden for cell in first.cells)

    def test_parameters_are_read_with_types_and_descriptions(self, folder: CourseFolder) -> None:
        found = {p.name: p for p in Template.find(folder, "small").parameters}
        assert found["rows"].kind is int
        assert found["rows"].default == 2
        assert found["rows"].description == "сколько строк"
        assert found["discount_rate"].default is None

    @pytest.mark.parametrize("name", ["nothing", "../small", "Small", ""])
    def test_unknown_template_names_the_known_ones(self, folder: CourseFolder, name: str) -> None:
        with pytest.raises(ReportError, match="small"):
            Template.find(folder, name)

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ('# %% id="А Б"\n1', "заголовок ячейки"),
            ('# %% id="a" extra=1\n1', "заголовок ячейки"),
            ('# %% id="a"\n1\n# %% id="a"\n2', "имя ячейки стоит дважды"),
            ('# %% id="a"\n1', "нужна одна ячейка"),
            ('# %% tags=["parameters"]\nx = 1  # без вида', "записан не по правилам"),
            ('# %% tags=["parameters"]\nx: str = "а"', "записан не по правилам"),
            ('# %% tags=["parameters"]\nx: str = open("а")  # код', "записан не по правилам"),
            ('# %% tags=["parameters"]\nx: dict = {}  # вид', "записан не по правилам"),
        ],
    )
    def test_badly_written_template_is_refused(
        self, folder: CourseFolder, text: str, words: str
    ) -> None:
        with pytest.raises(ReportError, match=words):
            _ = Template("bad", text + "\n", folder.templates).parameters

    def test_values_become_literals_with_readable_cyrillic(self) -> None:
        value = '«Ёлка»"; import os; os.system("x") #\\'
        source = _Literals.codify({"title": value, "n": None, "x": 0.5})
        scope: dict[str, Any] = {}
        exec(source, scope)
        assert (scope["title"], scope["n"], scope["x"]) == (value, None, 0.5)
        assert "Ёлка" in source
        with pytest.raises(ReportError, match="не простое значение"):
            _Literals.translate(["list"])


class TestRefusals:
    @pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
    def test_bad_parameter(self, folder: CourseFolder, case: dict[str, Any]) -> None:
        with pytest.raises(CourseError) as refused:
            reporting.make(folder, "a", "small", case["given"])
        for word in case["words"]:
            assert word in str(refused.value).replace("\u00a0", " ")
        assert not folder.reports.exists()

    def test_all_faults_are_told_at_once(self, folder: CourseFolder) -> None:
        with pytest.raises(ParameterError) as refused:
            reporting.make(
                folder, "nobody", "small",
                {"rows": "x", "other": 1, "as_of": "y", "cluster_file": "/etc/passwd"},
            )  # fmt: skip
        assert len(refused.value.faults) == 5
        assert "команды «nobody» нет" in str(refused.value)

    @pytest.mark.parametrize("team", ["b", "../a", "", "a/b"])
    def test_missing_team_is_named(self, folder: CourseFolder, team: str) -> None:
        with pytest.raises(ParameterError, match="Есть: a"):
            reporting.make(folder, team, "small")

    def test_faulty_cluster_file_is_refused_before_a_kernel_starts(
        self, folder: CourseFolder
    ) -> None:
        (folder.teams / "a" / "cluster.yaml").write_text("format: 1\n", encoding="utf-8")
        with pytest.raises(ClusterError):
            reporting.make(folder, "a", "small")

    def test_link_out_of_the_course_is_refused(self, folder: CourseFolder, tmp_path: Path) -> None:
        outside = tmp_path / "outside.yaml"
        shutil.copy(folder.teams / "a" / "cluster.yaml", outside)
        (folder.teams / "a" / "link.yaml").symlink_to(outside)
        with pytest.raises((ParameterError, CourseFolderError), match="за пределы"):
            reporting.make(folder, "a", "small", {"cluster_file": "teams/a/link.yaml"})

    @pytest.mark.parametrize(
        ("template", "words"),
        [
            ("failing", "ячейка 3.*расчёт остановился: ZeroDivisionError"),
            ("refusing", "проекта «nothing» в кластере нет"),
            ("empty", "вернул отчётов: 0"),
        ],
    )
    def test_failing_template_leaves_nothing_behind(
        self, folder: CourseFolder, template: str, words: str
    ) -> None:
        with pytest.raises(ReportError, match=words):
            reporting.make(folder, "a", template)
        assert not folder.reports.exists() or not list(folder.reports.rglob("*.*"))


class TestMaking:
    def test_files_appear_and_an_unchanged_report_is_skipped(self, folder: CourseFolder) -> None:
        told: list[str] = []
        given = {"rows": "3", "title": "Отчёт «Ёлка»", "marked": "да"}
        paths = reporting.make(folder, "a", "small", given, lambda _d, _t, what: told.append(what))
        assert [path.name for path in paths] == ["small.ipynb", "small.html", "small.pdf"]
        assert any("расчёт, часть" in what for what in told)
        text = pypdf.PdfReader(paths[2]).pages[0].extract_text()
        assert "Страница <b> & «Ёлка» #1 $5 _x_ @ref" in " ".join(text.split())
        page = paths[1].read_text(encoding="utf-8")
        assert "Страница &lt;b&gt; &amp; «Ёлка»" in page
        assert "load_cluster" not in page
        notebook = paths[0].read_text(encoding="utf-8")
        assert "title = 'Отчёт «Ёлка»'" in notebook
        assert str(folder.root) not in notebook
        before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in paths}
        told.clear()
        assert reporting.make(folder, "a", "small", given, lambda *a: told.append(a[2])) == paths
        assert told[-1] == "a: без изменений"
        assert {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in paths} == before
        self._made_again(folder, given, before)

    def _made_again(
        self, folder: CourseFolder, given: dict[str, Any], before: dict[Path, tuple[int, bytes]]
    ) -> None:
        """A damaged file is made again, to the same bytes; nothing else is left beside."""
        paths = list(before)
        paths[2].write_bytes(b"damaged")
        reporting.make(folder, "a", "small", given)
        for path in paths:
            assert path.read_bytes() == before[path][1], path.name
        assert sorted(p.name for p in paths[0].parent.iterdir()) == [
            "small.html", "small.ipynb", "small.json", "small.pdf",
        ]  # fmt: skip

    def test_bare_environment(self, folder: CourseFolder) -> None:
        script = (
            "import pathlib, sys; from course import reporting; from course.folder import "
            "CourseFolder; f = CourseFolder.find(pathlib.Path(sys.argv[1]));"
            "reporting.make(f, 'a', 'small', {'project': 'power_modules'})"
        )
        run = subprocess.run(
            [sys.executable, "-W", "error::ResourceWarning", "-c", script, str(folder.root)],
            env={"LC_ALL": "C", "PATH": "/usr/bin:/bin", "HOME": str(folder.root)},
            cwd=folder.root,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        assert run.stderr == ""
        assert (folder.reports / "a" / "small-power_modules.pdf").is_file()

    def test_stock_papermill_runs_the_same_notebook(
        self, folder: CourseFolder, tmp_path: Path
    ) -> None:
        made = Template.find(folder, "small").notebook
        nbformat.write(made, tmp_path / "small.ipynb")
        run = subprocess.run(
            [sys.executable, "-m", "papermill", "small.ipynb", "out.ipynb", "-p", "rows", "1",
             "-r", "title", "Запуск", "--cwd", str(folder.root), "--no-progress-bar"],
            cwd=tmp_path, capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert run.returncode == 0, run.stderr
        executed = nbformat.read(tmp_path / "out.ipynb", as_version=4)
        report = Report.from_data(executed.cells[-1].outputs[0].data[MEDIA_TYPE])
        assert report.title == "Запуск"


def test_template_becomes_a_notebook_for_papermill(folder: CourseFolder) -> None:
    subprocess.run(
        [sys.executable, "-m", "course.reporting", "small", "build/small.ipynb"],
        cwd=folder.root, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    made = nbformat.read(folder.root / "build" / "small.ipynb", as_version=4)
    assert made.cells[0].metadata.tags == ["parameters"]


def test_the_same_report_gives_the_same_pdf() -> None:
    from course.reporting import pages

    style = (ROOT / "templates/styles/report.typ").read_text(encoding="utf-8")
    first = pages.pdf(small(), style)
    assert first == pages.pdf(small(), style)
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(first)).pages)
    assert "<script>alert(1)</script>" in text
    assert "Учебные данные" in text


def test_a_mark_of_an_edition_stands_in_its_row() -> None:
    source = blocks.Source("НДС", "22 %", "ФЗ", "01.01.2026", "по публикации", mark="срок истёк")
    section = blocks.Section("Справка", (blocks.Sources((source,)),))
    assert "<strong>срок истёк</strong>" in section._repr_html_()


def test_closing_page_marks_what_has_ended_or_ends_too_soon() -> None:
    day = datetime.date(2026, 11, 22)
    key_rate = norms["key_rate"].on(day)
    base = norms["contributions.general.base_limit"].on(day)
    rows = reporting.references([key_rate, base, base], day, until=datetime.date(2030, 1, 1)).blocks
    listed = rows[1].rows  # type: ignore[union-attr]
    assert [row.mark for row in listed] == [
        f"срок истёк {key_rate.until:%d.%m.%Y}, сверить", f"известна до {base.until:%d.%m.%Y}",
    ]  # fmt: skip
    until = datetime.date(2026, 12, 1)
    rows = reporting.references([base], day, until=until).blocks
    assert rows[1].rows[0].mark == ""  # type: ignore[union-attr]
