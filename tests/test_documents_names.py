"""Names that look like markup, formulas or paths: printed as they are, or refused."""

from __future__ import annotations

import datetime
import io
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn
from pptx import Presentation

from course import documents, files
from course.claims.book import Piece, pieces
from course.cluster import Cluster
from course.documents import word
from course.documents.desk import Paper
from course.documents.package import compose
from course.errors import CourseError, ReportError
from course.folder import CourseFolder

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "teams" / "radioelectronics" / "cluster.yaml"
DAY = datetime.date(2026, 11, 22)
MARKUP = "«Ёлка & Ко» #1 $5 <b> _x_ @ref \\n {{ day }} {% for %} ]]> &amp;"
FORMULA = '=HYPERLINK("http://example.org";"нажми")'
LONG = "Общество с ограниченной ответственностью " + "Я" * 119  # 160 signs, the longest name


def renamed(name: str) -> Cluster:
    """The example where everything that has a name bears this one."""
    data = files.read_yaml(EXAMPLE).data
    data["title"] = name
    data["team"]["title"] = name
    data["regions"][0]["title"] = name
    for member in data["members"]:
        member["name"] = member["short"] = name
    for contract in data["contracts"]:
        contract["product"] = contract["number"] = name
    for project in data["projects"]:
        project["title"] = name
        project["products"][0]["title"] = name
        project["risks"] = [name]
        for ask in project.get("support", []):
            ask["measure"] = name
    data["specialised_organisation"]["name"] = name
    return Cluster.model_validate(data)


@pytest.fixture(scope="module", params=[MARKUP, FORMULA, LONG], ids=["markup", "formula", "long"])
def named(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = CourseFolder(tmp_path_factory.mktemp("course"))
    papers, _ = compose(folder, renamed(request.param), "new", DAY)
    return request.param, papers


def word_text(paper: Paper) -> str:
    body = Document(io.BytesIO(paper.content)).element.body
    return "".join(text.text or "" for text in body.iter(qn("w:t")))


def of(papers: Sequence[Paper], ending: str) -> list[Paper]:
    return [paper for paper in papers if paper.name.endswith(ending)]


def test_word_prints_a_name_as_it_is(named: Any) -> None:
    name, papers = named
    for paper in of(papers, ".docx"):
        if paper.name[:2] in ("01", "03", "06"):
            assert name in word_text(paper), paper.name


def test_a_name_makes_no_field_and_no_link_in_word(named: Any) -> None:
    _, papers = named
    for paper in of(papers, ".docx"):
        body = Document(io.BytesIO(paper.content)).element.body
        for kind in ("w:fldChar", "w:fldSimple", "w:hyperlink", "w:object"):
            assert next(body.iter(qn(kind)), None) is None
        with zipfile.ZipFile(io.BytesIO(paper.content)) as archive:
            links = archive.read("word/_rels/document.xml.rels").decode()
        assert 'TargetMode="External"' not in links


def test_excel_takes_a_name_for_text(named: Any) -> None:
    name, papers = named
    (paper,) = of(papers, ".xlsx")
    book = openpyxl.load_workbook(io.BytesIO(paper.content))
    cell = book["Договоры"]["B2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (name, "s", None)
    formulas = [
        cell.value
        for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]  # fmt: skip
    assert all(str(formula).startswith("=SUM(") for formula in formulas)


def test_the_workbook_of_a_chart_holds_no_formula(named: Any) -> None:
    _, papers = named
    (paper,) = of(papers, ".pptx")
    for slide in Presentation(io.BytesIO(paper.content)).slides:
        for shape in slide.shapes:
            if shape.has_chart:
                blob = shape.chart.part.chart_workbook.xlsx_part.blob
                sheet = openpyxl.load_workbook(io.BytesIO(blob)).active
                for row in sheet.iter_rows():
                    assert all(cell.data_type != "f" and not cell.hyperlink for cell in row)


def test_a_long_name_stays_on_its_slide(named: Any) -> None:
    _, papers = named
    (paper,) = of(papers, ".pptx")
    show = Presentation(io.BytesIO(paper.content))
    for slide in show.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                assert len(shape.text_frame.text) < 1200


def test_the_map_stays_one_well_formed_picture(named: Any) -> None:
    from xml.etree import ElementTree

    _, papers = named
    (paper,) = of(papers, ".svg")
    root = ElementTree.fromstring(paper.content)
    assert root.tag.endswith("svg")
    assert not [tag for tag in root.iter() if tag.tag.endswith(("script", "foreignObject"))]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Я" * 300, "длиннее"),
        ("Ромашка 🌼", "недопустимый знак"),
        ("Ромашка \ue000a\ue001 1\ue002", "недопустимый знак"),  # our own private marks
        ("Ро\u202eмашка", "недопустимый знак"),
    ],
    ids=["300 signs", "emoji", "private marks", "right to left"],
)
def test_a_name_that_cannot_be_printed_is_refused(name: str, words: str, tmp_path: Path) -> None:
    place = tmp_path / "teams" / "alpha"
    place.mkdir(parents=True)
    text = EXAMPLE.read_text("utf-8")
    changed = text.replace("Акционерное общество «Доноэлемент»", f'"{name}"')
    (place / "cluster.yaml").write_text(changed, "utf-8")
    with pytest.raises(CourseError, match=words):
        documents.make(CourseFolder(tmp_path), "alpha", as_of=DAY)
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: &a [x, x]\nb: *a\n", "ссылки"),
        ("title: " + "Я" * (3 << 20), "больше"),
        ("a: !!python/object/apply:os.system [ls]\n", "метка"),
    ],
    ids=["alias", "ten megabytes", "tag"],
)
def test_a_bomb_is_refused_and_nothing_is_written(text: str, words: str, tmp_path: Path) -> None:
    place = tmp_path / "teams" / "alpha"
    place.mkdir(parents=True)
    (place / "cluster.yaml").write_text(text, "utf-8")
    with pytest.raises(CourseError, match=words):
        documents.make(CourseFolder(tmp_path), "alpha", as_of=DAY)
    assert not (tmp_path / "reports").exists()


def test_a_cluster_file_that_leads_outside_is_refused(tmp_path: Path) -> None:
    course = tmp_path / "course"
    (course / "teams").mkdir(parents=True)
    shutil.copytree(EXAMPLE.parent, tmp_path / "elsewhere")
    (course / "teams" / "alpha").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CourseError, match="за пределы"):
        documents.make(CourseFolder(course), "alpha", as_of=DAY)


def test_a_writer_that_swaps_two_figures_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The finished bytes are read again: a writer that mixes up ids cannot publish a package."""
    shutil.copytree(EXAMPLE.parent, tmp_path / "teams" / "alpha")
    swap = {
        "led_drivers.npv": "led_drivers.funding_need",
        "led_drivers.funding_need": "led_drivers.npv",
    }

    def mixed(text: str) -> list[Piece]:
        return [replace(one, claim=swap.get(one.claim, one.claim)) for one in pieces(text)]

    monkeypatch.setattr(word, "pieces", mixed)
    with pytest.raises(ReportError, match="а в модели"):
        documents.make(CourseFolder(tmp_path), "alpha", way="join", as_of=DAY)
    assert not list((tmp_path / "reports").rglob("*.docx"))
