"""The package of documents: made from the cluster file alone, whole or not at all."""

from __future__ import annotations

import datetime
import io
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from pptx import Presentation

from course import documents, files
from course.claims.book import Book, hole, pieces, plain, tag_of
from course.cluster import Cluster, load
from course.documents.making import FOLDERS
from course.documents.package import WAYS, compose
from course.errors import ClusterError, CourseError, ReportError
from course.folder import CourseFolder
from tests import packages

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "teams" / "radioelectronics" / "cluster.yaml"
DAY = datetime.date(2026, 11, 22)
NEW = (
    "01_Заявление.docx", "02_Сведения_о_специализированной_организации.docx",
    "03_Перечень_участников.docx", "04_Соглашение_об_участии.docx",
    "05_Соглашения_с_участниками/05_ferrolad.docx", "06_Матрица_кооперации.docx",
    "06_Матрица_кооперации.xlsx", "07_Функциональная_карта.docx", "07_Функциональная_карта.svg",
    "08_Паспорт_проекта_power_modules.docx", "09_Программа_развития.docx",
    "10_Карта_мер_поддержки.docx", "11_Опись_и_чек-лист.docx", "12_Презентация_защиты.pptx",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    return packages.course(tmp_path_factory.mktemp("course"), "new", "join")


@pytest.fixture(scope="module")
def made(folder: CourseFolder) -> dict[str, Path]:
    return package(folder, "documents")


def package(folder: CourseFolder, name: str) -> dict[str, Path]:
    """The files of a package by their names in it."""
    base = folder.reports / "radioelectronics" / name
    files_of = sorted(path for path in base.rglob("*") if path.is_file())
    return {path.relative_to(base).as_posix(): path for path in files_of}


def words(path: Path) -> str:
    """All text of a Word file, its tables and footers included."""
    document = Document(str(path))
    parts = [document.element.body, *(s.footer._element for s in document.sections)]
    return "\n".join(
        "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
        for part in parts for paragraph in part.iter(qn("w:p"))
    )  # fmt: skip


def docx_of(made: dict[str, Path]) -> list[Path]:
    return [path for name, path in made.items() if name.endswith(".docx")]


# ------------------------------------------------------------------ what is made


def test_a_new_cluster_gets_every_paper(made: dict[str, Path]) -> None:
    assert set(NEW) <= set(made)
    assert sum(name.startswith("05_") for name in made) == len(load(EXAMPLE).members)
    assert sum(name.startswith("08_") for name in made) == 3
    assert all(path.is_file() for path in made.values())


def test_an_enterprise_that_joins_gets_a_shorter_package(folder: CourseFolder) -> None:
    paths = list(package(folder, "documents_join").values())
    names = [path.name for path in paths]
    assert names == [
        "01_Заявление_о_вступлении.docx", "02_Соглашение_о_присоединении.docx",
        "03_Матрица_кооперации.docx", "03_Матрица_кооперации.xlsx",
        "04_Функциональная_карта.docx", "04_Функциональная_карта.svg",
        "05_Паспорт_проекта_led_drivers.docx", "06_Уведомление_об_изменении_состава.docx",
        "07_Опись_и_чек-лист.docx",
    ]  # fmt: skip
    text = words(paths[0])
    assert "«Промышленный кластер светотехники „Белый луч“»" in text
    assert "Общество с ограниченной ответственностью «Окалуч»" in text
    matrix = words(paths[2])
    assert "Платоград" in matrix
    assert "Сеймоконтакт" not in matrix


@pytest.mark.parametrize("way", [pytest.param("new", marks=pytest.mark.slow), "join"])
def test_a_second_run_gives_the_same_files(folder: CourseFolder, way: Any) -> None:
    """The way of a new cluster takes three times as long and runs with the comparisons."""
    made = package(folder, FOLDERS[way])
    again, _ = compose(folder, load(EXAMPLE), way, DAY)
    assert set(made) == {paper.name for paper in again}
    for paper in again:
        assert made[paper.name].read_bytes() == paper.content, paper.name


def test_a_word_paper_is_official(made: dict[str, Path]) -> None:
    for path in docx_of(made):
        document = Document(str(path))
        page = document.sections[0]
        assert sorted(round(side.mm) for side in (page.page_width, page.page_height)) == [210, 297]
        assert page.right_margin >= Mm(10)
        assert page.top_margin >= Mm(20)
        normal = document.styles["Normal"]
        assert normal.font.size == Pt(14)
        fonts = normal.element.rPr.rFonts
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            assert fonts.get(qn(f"w:{script}")) == "Times New Roman"
        assert document.core_properties.created.date() == DAY
        text = words(path)
        assert "Форма предложена курсом" in text
        assert "Справка об источниках" in text
        assert not re.search(r"\{\{|\{%|[\ue000-\uf8ff]|None", text), path.name


def test_clauses_number_themselves_in_russian(made: dict[str, Path]) -> None:
    with zipfile.ZipFile(made["05_Соглашения_с_участниками/05_ferrolad.docx"]) as archive:
        numbering = archive.read("word/numbering.xml").decode()
    assert 'w:val="russianLower"' in numbering
    assert "%1.%2." in numbering


def test_no_paper_claims_conformity(made: dict[str, Path]) -> None:
    for path in docx_of(made):
        text = words(path)
        assert "соответствует ПП" not in text
        assert "соответствует требованиям" not in text
        assert "это решает приказ Минпромторга" in text


def test_a_norm_in_a_paper_bears_its_standing(made: dict[str, Path]) -> None:
    support = words(made["10_Карта_мер_поддержки.docx"])
    assert "Условия займов ФРП на 04.03.2026, все программы, с 04.03.2026 [П]" in support
    assert "На 22.11.2026 приказа о подтверждении кластера нет" in support
    inventory = words(made["11_Опись_и_чек-лист.docx"])
    assert "текст не прочитан [?]" in inventory


def test_slides_are_twelve_wide_and_editable(made: dict[str, Path]) -> None:
    show = Presentation(str(made["12_Презентация_защиты.pptx"]))
    assert len(show.slides) <= 12
    assert round(show.slide_width / show.slide_height, 3) == round(16 / 9, 3)
    charts = [s for slide in show.slides for s in slide.shapes if s.has_chart]
    assert len(charts) >= 5
    assert all(chart.chart.part.chart_workbook.xlsx_part is not None for chart in charts)
    backup = [
        slide for slide in show.slides
        if any("Запасной слайд" in s.text_frame.text for s in slide.shapes if s.has_text_frame)
    ]  # fmt: skip
    assert len(backup) == 2
    for slide in show.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= show.slide_width + Mm(1)
            assert shape.top + shape.height <= show.slide_height + Mm(1)


def test_the_matrix_is_a_workbook_with_live_sums(made: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(made["06_Матрица_кооперации.xlsx"])
    assert book.sheetnames == ["Договоры", "Матрица", "Числа"]
    assert book["Матрица"].cell(2, book["Матрица"].max_column).value.startswith("=SUM(")
    assert book["Договоры"].max_row == len(load(EXAMPLE).contracts) + 1


# ------------------------------------------------------------------ holes


def bare() -> dict[str, Any]:
    return {
        "format": 1, "standing": "synthetic", "team": {"id": "bare", "title": "Команда"},
        "title": "Кластер", "okved": "26", "reporting_year": 2025,
        "regions": [{"id": "voronezh", "title": "Воронежская область"}],
        "members": [
            {"id": name, "name": f"ООО «{name}»", "role": "supplier", "region": "voronezh",
             "production_region": "voronezh", "final_producer": False}
            for name in ("alpha", "beta")
        ],
    }  # fmt: skip


@pytest.fixture(scope="module")
def empty(folder: CourseFolder) -> dict[str, bytes]:
    """The package of a cluster of which next to nothing is known."""
    papers, _ = compose(folder, Cluster.model_validate(bare()), "new", DAY)
    return {paper.name: paper.content for paper in papers}


def test_holes_stand_where_the_file_knows_nothing(empty: dict[str, bytes]) -> None:
    document = Document(io.BytesIO(empty["01_Заявление.docx"]))
    lit = [
        "".join(text.text or "" for text in run.iter(qn("w:t")))
        for run in document.element.body.iter(qn("w:r"))
        if run.find(f"{qn('w:rPr')}/{qn('w:highlight')}") is not None
    ]
    assert "—\u00a0не заполнено:\u00a0ОГРН\u00a0—" in lit
    assert "—\u00a0не заполнено:\u00a0руководитель\u00a0—" in lit
    assert all("не заполнено" in text for text in lit)


def test_a_bare_cluster_gets_slides_with_holes_and_no_noughts(empty: dict[str, bytes]) -> None:
    slides = Presentation(io.BytesIO(empty["12_Презентация_защиты.pptx"])).slides
    shapes = [shape for slide in slides for shape in slide.shapes]
    text = " ".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)
    assert "не заполнено" in text
    assert "выпуск не указан у 2" in text
    charts = [shape.chart for shape in shapes if shape.has_chart]
    assert [list(chart.plots[0].series[0].values) for chart in charts] == [[None]]


# ------------------------------------------------------------------ refused, whole or not at all


def course_of(tmp_path: Path, text: str) -> CourseFolder:
    place = tmp_path / "teams" / "alpha"
    place.mkdir(parents=True)
    (place / "cluster.yaml").write_text(text, "utf-8")
    return CourseFolder(tmp_path)


@pytest.mark.parametrize("team", ["../radioelectronics", "..", "/etc", "нет", "a/b", "", "no_such"])
def test_a_team_that_is_none_is_refused(folder: CourseFolder, team: str) -> None:
    with pytest.raises(CourseError, match="команды"):
        documents.make(folder, team, as_of=DAY)


def test_an_unknown_way_is_refused(folder: CourseFolder) -> None:
    with pytest.raises(ReportError, match="Есть: new, join"):
        documents.make(folder, "radioelectronics", way="old", as_of=DAY)  # type: ignore[arg-type]


def test_joining_needs_its_section(tmp_path: Path) -> None:
    text = EXAMPLE.read_text("utf-8")
    course = course_of(tmp_path, text[: text.index("\njoin:")])
    with pytest.raises(ReportError, match="join"):
        documents.make(course, "alpha", way="join", as_of=DAY)
    assert not course.reports.exists()


def test_a_faulty_file_writes_nothing(tmp_path: Path) -> None:
    text = EXAMPLE.read_text("utf-8").replace('"0037424060"', '"0037424061"')
    course = course_of(tmp_path, text)
    with pytest.raises(ClusterError, match="контрольная цифра ИНН"):
        documents.make(course, "alpha", as_of=DAY)
    assert not course.reports.exists()


def test_a_template_with_an_unknown_field_writes_nothing(tmp_path: Path) -> None:
    course = course_of(tmp_path, EXAMPLE.read_text("utf-8"))
    own = course.templates / "documents"
    own.mkdir(parents=True)
    document = Document(str(ROOT / "templates" / "documents" / "notification.docx"))
    document.add_paragraph("{{ cluster.colour }}")
    document.save(str(own / "notification.docx"))
    with pytest.raises(ReportError, match=r"notification\.docx.*colour"):
        documents.make(course, "alpha", way="join", as_of=DAY)
    assert not list(course.reports.rglob("*.docx"))


def test_a_template_cannot_reach_the_program(tmp_path: Path) -> None:
    course = course_of(tmp_path, EXAMPLE.read_text("utf-8"))
    own = course.templates / "documents"
    own.mkdir(parents=True)
    document = Document()
    document.add_paragraph("{{ day.__class__.__mro__[1].__subclasses__() }}")
    document.save(str(own / "notification.docx"))
    with pytest.raises(ReportError, match=r"notification\.docx"):
        documents.make(course, "alpha", way="join", as_of=DAY)


def test_a_failure_on_the_way_leaves_the_older_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = packages.course(tmp_path, "join")
    paths = list(package(course, "documents_join").values())
    before = {path: path.read_bytes() for path in paths}

    def full(path: Path, content: bytes) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(files, "write_bytes", full)
    with pytest.raises(OSError, match="no space"):
        documents.make(course, packages.TEAM, way="join", as_of=datetime.date(2026, 12, 1))
    assert {path: path.read_bytes() for path in paths} == before
    assert len(list((course.reports / packages.TEAM).iterdir())) == 2  # the folder and its record


def test_a_package_that_people_changed_is_kept(tmp_path: Path) -> None:
    course = packages.course(tmp_path, "join")
    paths = documents.make(course, packages.TEAM, way="join", as_of=DAY)
    assert not list((course.reports / packages.TEAM).glob("*прежние*"))
    (paths[0].parent / "скан подписи.pdf").write_bytes(b"%PDF")
    documents.make(course, packages.TEAM, way="join", as_of=DAY)
    kept = course.reports / packages.TEAM / "documents_join_прежние_1" / "скан подписи.pdf"
    assert kept.read_bytes() == b"%PDF"
    assert not (paths[0].parent / "скан подписи.pdf").exists()


# ------------------------------------------------------------------ the book of figures


def test_one_id_never_has_two_texts() -> None:
    book = Book()
    book.put("a.npv", "ЧДД", 1e6)
    book.put("a.npv", "ЧДД", 1e6)
    with pytest.raises(ValueError, match=r"a\.npv"):
        book.put("a.npv", "ЧДД", 2e6)


def test_a_value_that_is_absent_is_a_hole_and_no_nought() -> None:
    assert plain(Book().put("a", "ЧДД", None)) == "—\u00a0не заполнено:\u00a0ЧДД\u00a0—"
    assert plain(Book().put("a", "ЧДД", float("nan"))) == plain(hole("ЧДД"))


def test_ids_fit_the_tag_of_a_control() -> None:
    long = [f"{'project' * 10}.materials.{n}.share" for n in range(50)]
    assert all(len(tag_of(id)) <= 60 for id in long)
    assert len({tag_of(id) for id in long}) == 50


def test_pieces_give_back_the_text() -> None:
    book = Book()
    text = f"ЧДД {book.put('a', 'ЧДД', 1e6)}, {hole('срок')}."
    found = list(pieces(text))
    assert [(p.claim, p.hole) for p in found] == [
        ("", False), ("a", False), ("", False), ("", True), ("", False),
    ]  # fmt: skip
    assert "".join(p.text for p in found) == plain(text)


# ------------------------------------------------------------------ templates


def test_every_paper_of_the_inventory_is_made(made: dict[str, Path]) -> None:
    assert {name[:2] for name in made} == {entry.number for entry in WAYS["new"]}


FIELDS = {
    "application": ("cluster.title", "cluster.regions", "cluster.okved", "organisation.name",
                    "organisation.ogrn", "organisation.inn", "organisation.address",
                    "organisation.head", "organisation.contacts", "cluster.members",
                    "cluster.projects", "attachments", "cluster.kind", "day"),
    "organisation": ("organisation.ogrn", "organisation.inn", "organisation.form",
                     "organisation.founders", "organisation.charter", "organisation.functions",
                     "organisation.staff", "organisation.bank"),
    "members": ("m.number", "m.name", "m.inn", "m.ogrn", "m.regions", "m.address", "m.oktmo",
                "m.okved", "m.role", "m.products", "m.output", "m.headcount", "m.payroll", "m.sme",
                "m.joined", "m.registries"),
    "matrix": ("c.supplier_inn", "c.buyer_inn", "c.link", "c.document", "c.since", "c.until",
               "c.product", "c.okpd2", "c.amount", "c.value", "c.evidence", "c.status"),
    "map": ("picture", "m.role", "m.products", "m.output", "arcs", "planned", "infrastructure",
            "imports", "i.country", "i.share", "final", "gaps", "day"),
    "passport": ("p.title", "p.initiator", "p.buyers", "p.okpd2", "p.analogue_tnved", "p.analogue",
                 "p.analogue_producer", "p.analogue_country", "p.import_share", "p.import_source",
                 "p.advantage", "p.stage", "p.points", "g.capacity", "p.start", "p.launch",
                 "p.uses", "p.sources_of_money", "p.sales", "p.jobs", "p.productive",
                 "p.profit_tax", "p.npv", "p.irr", "p.discounted_payback", "p.risks", "p.support"),
    "programme": ("plan.goals", "projects", "members", "plan.infrastructure", "plan.needs",
                  "plan.regions",
                  "plan.timetable", "plan.own", "plan.indicators", "asked"),
    "support": ("a.project", "a.measure", "a.amount", "a.act", "a.formula", "a.source",
                "a.conditions", "a.date", "a.deadline", "a.owner", "a.together", "best", "refused"),
    "inventory": ("d.title", "d.proves", "d.status", "d.owner", "todo", "by_hand", "ready"),
}  # fmt: skip


@pytest.mark.parametrize("name", FIELDS)
def test_a_shipped_template_holds_all_its_fields(name: str) -> None:
    text = words(ROOT / "templates" / "documents" / f"{name}.docx")
    missing = [field for field in FIELDS[name] if not re.search(rf"\b{re.escape(field)}\b", text)]
    assert not missing
    assert "sources" in text


def test_the_passport_prints_every_indicator(made: dict[str, Path]) -> None:
    from course.documents import word

    tags = {
        one.tag for one in word.read(made["08_Паспорт_проекта_power_modules.docx"].read_bytes())
    }
    for name in ("npv", "irr", "pi", "payback", "discounted_payback", "funding_need", "cash_min",
                 "budget_sum", "jobs", "import_share"):  # fmt: skip
        assert f"power_modules.{name}" in tags


# ------------------------------------------------------------------ as pages


@pytest.mark.office
def test_libreoffice_prints_every_row_of_every_table(
    made: dict[str, Path], tmp_path: Path, soffice: str
) -> None:
    """Under a repeated head LibreOffice drops rows that may not be split; no template has them."""
    wanted = [made["10_Карта_мер_поддержки.docx"], made["06_Матрица_кооперации.docx"]]
    home = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [soffice, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, wanted)], check=True, capture_output=True, timeout=180)
    for path in wanted:
        pages = pypdf.PdfReader(tmp_path / f"{path.stem}.pdf").pages
        printed = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
        words = re.findall(r"\b[А-Яа-яё]{5,14}\b", words_of_tables(path))
        lost = {word for word in words if printed.count(word) < 0.85 * words.count(word)}
        assert not lost


def words_of_tables(path: Path) -> str:
    tables = Document(str(path)).tables
    return " ".join(c.text for table in tables for row in table.rows for c in row.cells)


def test_no_row_under_a_repeated_head_is_forbidden_to_split(made: dict[str, Path]) -> None:
    for path in docx_of(made):
        for table in Document(str(path)).tables:
            repeated = any(True for _ in table._tbl.iter(qn("w:tblHeader")))
            assert not (repeated and any(True for _ in table._tbl.iter(qn("w:cantSplit")))), path


def test_a_loan_of_the_market_is_no_measure(made: dict[str, Path]) -> None:
    """Five of the seven lines of the plans ask for support; two are loans of banks."""
    support = words(made["10_Карта_мер_поддержки.docx"])
    assert support.count("рыночный кредит, не мера поддержки") == 2
    assert "Запрошено мер: 5" in words(made["09_Программа_развития.docx"])
    show = Presentation(str(made["12_Презентация_защиты.pptx"]))
    asked = " ".join(s.text_frame.text for s in show.slides[9].shapes if s.has_text_frame)
    assert "Заём ФРП" in asked
    assert "банка" not in asked


def test_declared_data_are_not_called_invented() -> None:
    from course.cluster import Provenance
    from course.documents import law

    assert law.mark(Provenance.SYNTHETIC) == "Учебные данные [У]"
    assert law.mark(Provenance.DECLARED) == "Данные команды"
