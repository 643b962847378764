"""The two shipped templates on the worked example: structure, words and figures of pages."""

from __future__ import annotations

import datetime
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from course import cooperation, finance, reporting
from course.cluster import Cluster, load
from course.errors import ParameterError, ReportError
from course.folder import CourseFolder
from course.reporting import parameters, workbook
from course.reporting.report import Report
from course.reporting.template import Template
from course.wording import money, share, span

from .conftest import ROOT, tool

DAY = datetime.date(2026, 11, 22)
TEAM = "radioelectronics"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    root = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "templates", root / "templates")
    shutil.copytree(ROOT / "teams" / TEAM, root / "teams" / TEAM)
    (root / "nbgrader_config.py").write_text("", encoding="utf-8")
    return CourseFolder.find(root)


@pytest.fixture(scope="module")
def cluster() -> Cluster:
    return load(ROOT / "teams" / TEAM / "cluster.yaml")


@pytest.fixture(scope="module")
def case(folder: CourseFolder) -> dict[str, Path]:
    paths = reporting.make(folder, TEAM, parameters={"as_of": "2026-11-22", "draws": 1000})
    return {path.suffix: path for path in paths}


@pytest.fixture(scope="module")
def report(case: dict[str, Path]) -> Report:
    record = json.loads(case[".pdf"].with_suffix(".json").read_text(encoding="utf-8"))
    return Report.from_data(record["report"])


@pytest.fixture(scope="module")
def pages(case: dict[str, Path]) -> list[str]:
    reader = pypdf.PdfReader(case[".pdf"])
    return [" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in reader.pages]


ABBREVIATIONS = {"DSCR", "LLCR", "PERT", "Excel", "WACC"}  # a reader of business plans knows them


def results(cluster: Cluster) -> dict[str, Any]:
    return {
        plan.id: finance.run(finance.case(cluster, plan.id, as_of=DAY)) for plan in cluster.projects
    }


def test_all_four_files_are_made(case: dict[str, Path]) -> None:
    assert list(case) == [".ipynb", ".html", ".pdf", ".xlsx"]
    assert all(path.stat().st_size > 10_000 for path in case.values())


def test_answer_stands_on_the_first_page(pages: list[str], cluster: Cluster) -> None:
    assert 20 <= len(pages) <= 30
    assert "Бизнес-план кластера" in pages[0]
    assert "Учебные данные" in pages[0]
    assert "22.11.2026" in pages[0]
    budget = money(sum(plan.budget for plan in cluster.projects), "млн ₽").replace("\u00a0", " ")
    assert budget in pages[0]
    assert "Что знать до решения" in pages[0]
    assert "Решение принимает читатель" in pages[0]
    for plan in cluster.projects:
        assert plan.title in pages[0].replace("- ", "")


def test_every_project_has_its_pages(pages: list[str], cluster: Cluster) -> None:
    text = " ".join(pages)
    for plan in cluster.projects:
        for part in (
            "продукт и вложения", "три отчёта по годам", "движение денег и займы", "показатели",
            "бюджеты и поддержка", "что сильнее всего влияет на ЧДД", "сценарии и риск",
        ):  # fmt: skip
            assert f"{plan.title}: {part}" in text
    for title in (
        "Взгляд каждого участника", "на праве, действовавшем 31.12.2025",
        "Если участник уйдёт или остановится", "Откуда берётся число", "Оговорки к расчёту",
    ):  # fmt: skip
        assert title in text
    assert "Справка об источниках" in pages[-1] or "Справка об источниках" in pages[-2]


def test_pages_hold_no_english_code_or_markup(pages: list[str]) -> None:
    sources = next(n for n, page in enumerate(pages) if "Нормы, на которых стоит" in page)
    for number, page in enumerate(pages, 1):
        latin = set(re.findall(r"[A-Za-z]+", page.replace("°C", ""))) - ABBREVIATIONS
        assert number > sources or not latin, (number, latin)  # addresses of pages stay Latin
        assert not re.search(r"\*\*|`|</?\w+>|#\w|\{\}|\$\w", page), number


def test_notebook_and_web_page_show_no_code(case: dict[str, Path]) -> None:
    page = case[".html"].read_text(encoding="utf-8")
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.S)
    assert 'lang="ru"' in page
    assert "<script" not in body
    assert "import " not in body
    notebook = json.loads(case[".ipynb"].read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert all(cell["metadata"]["jupyter"]["source_hidden"] for cell in code)
    assert all(o["output_type"] == "execute_result" for cell in code for o in cell["outputs"])


def test_printed_indicators_are_those_of_the_model(
    report: Report, pages: list[str], cluster: Cluster
) -> None:
    text = " ".join(pages)
    for plan in cluster.projects:
        figures = finance.indicators_of(results(cluster)[plan.id])
        assert report.cards[f"{plan.id}.npv"].value == pytest.approx(figures.npv, rel=1e-12)
        assert report.cards[f"{plan.id}.irr"].value == figures.irr.value
        assert report.cards[f"{plan.id}.dscr_min"].value == pytest.approx(figures.dscr_min)
        for words in (
            money(figures.npv, "млн ₽"), share(figures.irr.value),
            money(figures.funding_need, "млн ₽"), span(figures.discounted_payback_months),
        ):  # fmt: skip
            assert words.replace("\u00a0", " ") in text


def test_statement_by_years_is_the_models(report: Report, cluster: Cluster) -> None:
    tables = [
        block
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Report.Table) and block.title == "Движение денег"
    ]
    for table, result in zip(tables, results(cluster).values(), strict=True):
        frame = finance.statements(result)["cash_flow"]
        printed = {row[0]: row[1:] for row in table.rows}
        assert printed["Деньги на конец"] == pytest.approx(list(frame.loc["Деньги на конец"]))
        gone = [name for name in frame.index if name not in printed]
        assert not frame.loc[gone].to_numpy().any()


def test_another_figure_in_the_report_is_refused(report: Report, cluster: Cluster) -> None:
    data = json.loads(json.dumps(report.data()))
    for section in data["sections"]:
        for block in section["blocks"]:
            for card in block.get("items", ()):
                if card["id"].endswith(".npv"):
                    card["value"] += 1.0
    with pytest.raises(ReportError, match=r"ЧДД.*не равен значению модели"):
        workbook.results(Report.from_data(data), cluster)


def test_norms_are_printed_with_their_standing(report: Report, cluster: Cluster) -> None:
    printed = [
        row
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Report.Sources)
        for row in block.rows
    ]
    assert all(row.reference for row in printed)
    told = {(row.name, row.standing, row.firm) for row in printed}
    for result in results(cluster).values():
        for source in result.case.sources:
            firm = source.standing in ("по тексту акта", "по публикации")
            assert (source.name, source.standing, firm) in told


def test_notices_of_the_model_are_printed(pages: list[str], cluster: Cluster) -> None:
    text = " ".join(pages).replace("- ", "")
    for result in results(cluster).values():
        for notice in result.case.notices:
            assert notice.split(":")[0].replace("\u00a0", " ").split(",")[0] in text


def test_workbook_opens_and_names_every_project(case: dict[str, Path], cluster: Cluster) -> None:
    book = openpyxl.load_workbook(case[".xlsx"], read_only=True)
    names = book.sheetnames
    assert sum(name.startswith("3 ") for name in names) >= 3
    book.close()
    assert len(cluster.projects) == 3


@pytest.mark.slow
@pytest.mark.parametrize("rate", ["0,12", "0.35"])
def test_one_project_at_another_rate(folder: CourseFolder, cluster: Cluster, rate: str) -> None:
    given = {"project": "led_drivers", "discount_rate": rate, "draws": 200}
    paths = reporting.make(folder, TEAM, parameters=given)
    assert paths[2].name == "business_case-led_drivers.pdf"
    result = finance.run(
        finance.case(cluster, "led_drivers", as_of=DAY),
        {"discount.rate": [float(rate.replace(",", "."))]},
    )
    record = json.loads(paths[2].with_suffix(".json").read_text(encoding="utf-8"))
    card = Report.from_data(record["report"]).cards["led_drivers.npv"]
    assert card.value == pytest.approx(finance.indicators_of(result).npv, rel=1e-12)
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(paths[2]).pages[:2])
    assert record["report"]["models"][0]["discount_rate"] == float(rate.replace(",", "."))
    assert "connectors" not in text
    assert "соединителей" not in text


def test_cooperation_report_names_the_isolated_member(
    folder: CourseFolder, cluster: Cluster
) -> None:
    paths = reporting.make(folder, TEAM, "cooperation")
    assert [path.suffix for path in paths] == [".ipynb", ".html", ".pdf"]
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(paths[2]).pages)
    text = " ".join(text.replace("\u00a0", " ").split())
    for member in cooperation.isolated(cluster):
        assert member.label in text
    for reading in cooperation.readings(cooperation.dataset(cluster), DAY):
        assert reading.words.replace("\u00a0", " ") in text
    assert "Минпромторга" in text
    assert not re.findall(r"[A-Za-z]+", text)


@pytest.mark.browser
def test_web_page_prints_on_a4_without_cut_tables(case: dict[str, Path], tmp_path: Path) -> None:
    target = tmp_path / "page.pdf"
    program = tool("browser")
    assert program is not None
    subprocess.run(
        [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--print-to-pdf={target}", str(case[".html"])],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    printed = pypdf.PdfReader(target).pages
    assert 20 <= len(printed) <= 60
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in printed} <= {
        (595, 842), (594, 842), (595, 841), (594, 841), (596, 842),
    }  # fmt: skip
    assert any("2036" in page.extract_text() for page in printed[4:12])


@pytest.mark.slow
def test_a_report_in_a_scenario_says_so_and_its_workbook_agrees(
    folder: CourseFolder, cluster: Cluster
) -> None:
    given = {"project": "led_drivers", "scenario": "осторожный", "draws": 200}
    paths = reporting.make(folder, TEAM, parameters=given)
    record = json.loads(paths[2].with_suffix(".json").read_text(encoding="utf-8"))
    card = Report.from_data(record["report"]).cards["led_drivers.npv"]
    case = finance.case(cluster, "led_drivers", as_of=DAY)
    outcome = finance.outcomes(case, finance.bound_scenarios(case))[1]
    assert outcome.scenario.id == "cautious"
    assert card.value == pytest.approx(outcome.indicators.npv, rel=1e-9)
    first = " ".join(pypdf.PdfReader(paths[2]).pages[0].extract_text().split())
    assert "по сценарию «Осторожный»" in first


def test_scenarios_are_those_of_the_model(cluster: Cluster) -> None:
    case = finance.case(cluster, "led_drivers", as_of=DAY)
    known = {scenario.id: scenario.title for scenario in finance.bound_scenarios(case)}
    assert known == parameters.SCENARIOS


def test_nine_answers_are_the_models(report: Report, cluster: Cluster) -> None:
    tables = {
        (section.title, block.title): block.rows
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Report.Table)
    }
    for plan in cluster.projects:
        result = results(cluster)[plan.id]
        rows = tables[f"{plan.title}: бюджеты и поддержка",
                      "Бюджеты и фонды по уровням, с дисконтированием"]  # fmt: skip
        view = finance.budget_view(result)
        assert rows[-1][1:4] == pytest.approx((view.taxes, view.support, view.taxes - view.support))
        assert sum(row[3] for row in rows[:-1]) == pytest.approx(rows[-1][3])
        four = tables[f"{plan.title}: показатели", "Четыре взгляда на один проект"]
        assert len(four) == 4
        assert four[3][2] == pytest.approx(finance.public_view(result).npv)
        scenarios = tables[f"{plan.title}: сценарии и риск",
                           "Сценарии по границам, которые назвали владельцы допущений"]  # fmt: skip
        assert scenarios[2][2] < scenarios[1][2] < scenarios[0][2] < scenarios[3][2]
    every = [*tables["Взгляд каждого участника", "Участники кластера"],
             *tables["Взгляд каждого участника", "Остальные"]]  # fmt: skip
    assert sum(row[4] for row in every) == pytest.approx(0.0, abs=0.01)


def test_a_folded_cell_shows_its_russian_title(case: dict[str, Path]) -> None:
    notebook = json.loads(case[".ipynb"].read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        first = "".join(cell["source"]).splitlines()[0]
        assert re.fullmatch(r"# [А-ЯЁ][^A-Za-z]*", first), first


def test_an_edition_that_ends_is_marked_in_its_row(report: Report) -> None:
    rows = {
        row.name: row
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Report.Sources)
        for row in block.rows
    }
    assert rows["Предельная база взносов на одного работника"].mark == "известна до 31.12.2026"
    assert any(row.mark.startswith("срок истёк") for row in rows.values())
    assert rows["Ставка НДС"].mark == ""


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"scenario": "средний"}, "сценария «средний» нет"),
        ({"draws": "10"}, "от 100 до 1 000 000"),
        ({"draws": "1e9"}, "не число"),
        ({"probability": "80"}, "вероятность записывается долей"),
        ({"budget_years": "0"}, "от 0 до 25"),
        ({"law_on": "весной"}, "«весной» не день"),
    ],
)
def test_parameters_of_the_business_case_are_refused_before_a_kernel_starts(
    folder: CourseFolder, given: dict[str, str], words: str
) -> None:
    template = Template.find(folder, "business_case")
    with pytest.raises(ParameterError) as refused:
        parameters.settle(template, folder, TEAM, given)
    assert words in str(refused.value).replace("\u00a0", " ")


def test_parameters_of_the_business_case_are_read_in_russian(folder: CourseFolder) -> None:
    template = Template.find(folder, "business_case")
    given = {"scenario": "Худший", "law_on": "31.12.2024", "draws": "2 000", "probability": "90 %"}
    settled = parameters.settle(template, folder, TEAM, given)
    assert (settled["scenario"], settled["law_on"]) == ("worst", "2024-12-31")
    assert (settled["draws"], settled["probability"]) == (2000, 0.9)
