"""Verification of a paper that somebody sends back: every figure that is not as it was is named."""

from __future__ import annotations

import copy
import datetime
import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from pptx import Presentation
from pptx.chart.data import CategoryChartData

from course import documents
from course.claims.comparison import compare
from course.claims.printed import Printed
from course.documents import drawing
from course.errors import FileError, ReportError
from course.folder import CourseFolder
from tests import packages

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "teams" / "radioelectronics" / "cluster.yaml"
DAY = datetime.date(2026, 11, 22)
NPV, NEED = "led_drivers.npv", "led_drivers.funding_need"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    return packages.course(tmp_path_factory.mktemp("course"), "join", "new")


@pytest.fixture
def sent(folder: CourseFolder, tmp_path: Path) -> Callable[[str], Path]:
    """A copy of a paper, as it comes back by mail."""

    def copied(part: str, name: str = "") -> Path:
        source = next((folder.reports / "radioelectronics").rglob(f"*{part}"))
        return Path(shutil.copy(source, tmp_path / (name or source.name)))

    return copied


PASSPORT, MATRIX, SLIDES = "05_Паспорт_проекта_led_drivers.docx", "06_Матрица*.xlsx", "12_*.pptx"


def controls(document: Any, tag: str) -> list[Any]:
    return [
        control
        for control in document.element.body.iter(qn("w:sdt"))
        if control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) == tag
    ]


def text_of(control: Any) -> Any:
    return next(control.iter(qn("w:t")))


def edited(path: Path, edit: Callable[[Any], None]) -> Path:
    document = Document(str(path))
    edit(document)
    document.save(str(path))
    return path


def said(path: Path, folder: CourseFolder) -> dict[str, str]:
    return {f.tag: f.statement for f in documents.verify(path, folder).findings}


# ------------------------------------------------------------------ Word


@pytest.mark.parametrize("part", [PASSPORT, MATRIX, SLIDES, "07_Функциональная_карта.docx"])
def test_an_untouched_paper_holds(part: str, sent: Any, folder: CourseFolder) -> None:
    outcome = documents.verify(sent(part), folder)
    assert outcome.findings == ()
    assert "все совпадают" in outcome.lines[0]
    assert "22.11.2026" in outcome.lines[0]


def test_a_changed_figure_is_named(sent: Any, folder: CourseFolder) -> None:
    def edit(document: Any) -> None:
        text_of(controls(document, NPV)[0]).text = "125,0 млн ₽"

    found = said(edited(sent(PASSPORT), edit), folder)
    assert list(found) == [NPV]
    assert found[NPV].startswith("ЧДД")
    assert "стоит «125,0 млн ₽»" in found[NPV]


def test_two_figures_swapped_by_hand_are_both_named(sent: Any, folder: CourseFolder) -> None:
    def edit(document: Any) -> None:
        one, two = text_of(controls(document, NPV)[0]), text_of(controls(document, NEED)[0])
        one.text, two.text = two.text, one.text

    found = said(edited(sent(PASSPORT), edit), folder)
    assert set(found) == {NPV, NEED}
    assert "это потребность в финансировании" in found[NPV]
    assert "это ЧДД" in found[NEED]


def test_whole_controls_swapped_are_named(sent: Any, folder: CourseFolder) -> None:
    """Cut and paste takes the id along: the place tells."""

    def edit(document: Any) -> None:
        one, two = controls(document, NPV)[0], controls(document, NEED)[0]
        here, there = OxmlElement("w:r"), OxmlElement("w:r")
        one.addprevious(here)
        two.addprevious(there)
        here.addnext(two)
        there.addnext(one)

    found = said(edited(sent(PASSPORT), edit), folder)
    assert {NPV, NEED} & set(found)


def test_words_changed_beside_a_figure_are_told(sent: Any, folder: CourseFolder) -> None:
    def edit(document: Any) -> None:
        for text in document.element.body.iter(qn("w:t")):
            if text.text == "Чистый дисконтированный доход (ЧДД)":
                text.text = "ВНД"

    assert "изменены слова" in said(edited(sent(PASSPORT), edit), folder)[NPV]


def test_a_sign_typed_before_a_figure_is_told(sent: Any, folder: CourseFolder) -> None:
    def edit(document: Any) -> None:
        control = controls(document, NPV)[0]
        run = OxmlElement("w:r")
        run.append(OxmlElement("w:t"))
        run[0].text = "1"
        control.addprevious(run)

    assert "изменены слова" in said(edited(sent(PASSPORT), edit), folder)[NPV]


def test_a_figure_without_its_control_is_lost(sent: Any, folder: CourseFolder) -> None:
    def edit(document: Any) -> None:
        control = controls(document, NPV)[0]
        control.addprevious(copy.deepcopy(next(control.iter(qn("w:r")))))
        control.getparent().remove(control)

    assert "номер числа потерян" in said(edited(sent(PASSPORT), edit), folder)[NPV]


def test_hidden_and_deleted_text_does_not_count(sent: Any, folder: CourseFolder) -> None:
    def edit(document: Any) -> None:
        run = next(controls(document, NPV)[0].iter(qn("w:r")))
        run.get_or_add_rPr().append(OxmlElement("w:vanish"))
        shown = copy.deepcopy(run)
        shown.rPr.remove(shown.rPr[-1])
        next(shown.iter(qn("w:t"))).text = "99,9 млн ₽"
        run.addnext(shown)

    assert "стоит «99,9 млн ₽»" in said(edited(sent(PASSPORT), edit), folder)[NPV]


def test_a_replaced_picture_is_told(sent: Any, folder: CourseFolder) -> None:
    path = sent("07_Функциональная_карта.docx")
    rewritten = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(rewritten, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry, data + b"\0" if entry.filename.endswith(".png") else data)
    path.write_bytes(rewritten.getvalue())
    assert set(said(path, folder)) == {"picture.map"}


# ------------------------------------------------------------------ Excel and PowerPoint


def test_a_changed_cell_is_named(sent: Any, folder: CourseFolder) -> None:
    path = sent(MATRIX)
    book = openpyxl.load_workbook(path)
    book["Договоры"]["N2"] = 999_000_000
    book.save(path)
    found = said(path, folder)
    assert "стоит «999000000.00»" in found["contracts.k01.value"]


def test_two_cells_swapped_are_named(sent: Any, folder: CourseFolder) -> None:
    path = sent(MATRIX)
    book = openpyxl.load_workbook(path)
    sheet = book["Договоры"]
    sheet["N2"], sheet["N3"] = sheet["N3"].value, sheet["N2"].value
    book.save(path)
    found = {f.tag: f.kind for f in documents.verify(path, folder).findings}
    assert found["contracts.k01.value"] == found["contracts.k02.value"] == "swapped"


def test_a_name_that_is_deleted_is_lost(sent: Any, folder: CourseFolder) -> None:
    path = sent(MATRIX)
    book = openpyxl.load_workbook(path)
    del book.defined_names["f.contracts.k01.value"]
    book.save(path)
    assert "номер числа потерян" in said(path, folder)["contracts.k01.value"]


def test_a_changed_figure_on_a_slide_is_named(sent: Any, folder: CourseFolder) -> None:
    path = sent(SLIDES)
    show = Presentation(str(path))
    shape = next(
        s
        for slide in show.slides
        for s in slide.shapes
        if s.name.startswith("figure:power_modules.npv@")
    )
    shape.text_frame.paragraphs[0].runs[0].text = "900,0 млн ₽"
    show.save(str(path))
    assert "стоит «900,0 млн ₽»" in said(path, folder)["power_modules.npv"]


def test_a_changed_point_of_a_chart_is_named(sent: Any, folder: CourseFolder) -> None:
    path = sent(SLIDES)
    show = Presentation(str(path))
    shape = next(s for slide in show.slides for s in slide.shapes if s.name == "chart:import_share")
    plot = shape.chart.plots[0]
    data = CategoryChartData()
    data.categories = list(plot.categories)
    values = list(plot.series[0].values)
    data.add_series(plot.series[0].name, [values[0] + 7, *values[1:]])
    shape.chart.replace_data(data)
    show.save(str(path))
    assert set(said(path, folder)) == {"import_share.1.1"}


# ------------------------------------------------------------------ which paper it is


def test_a_renamed_paper_is_known_by_its_identifier(sent: Any, folder: CourseFolder) -> None:
    outcome = documents.verify(sent(PASSPORT, "итог (2) правки.docx"), folder)
    assert outcome.paper.name == PASSPORT
    assert not outcome.findings


def test_a_paper_without_identifier_is_known_by_its_ids(sent: Any, folder: CourseFolder) -> None:
    def edit(document: Any) -> None:
        document.core_properties.identifier = ""

    path = edited(sent(PASSPORT, "passport.docx"), edit)
    assert not documents.verify(path, folder).findings


def test_without_its_record_the_package_is_composed_again(
    folder: CourseFolder, sent: Any, tmp_path: Path
) -> None:
    path = sent(PASSPORT)
    (tmp_path / "teams" / "radioelectronics").mkdir(parents=True)
    shutil.copy(EXAMPLE, tmp_path / "teams" / "radioelectronics")
    assert not documents.verify(path, CourseFolder(tmp_path)).findings


def test_a_changed_cluster_file_is_told(folder: CourseFolder, sent: Any, tmp_path: Path) -> None:
    shutil.copytree(folder.reports, tmp_path / "reports")
    (tmp_path / "teams" / "radioelectronics").mkdir(parents=True)
    cluster = tmp_path / "teams" / "radioelectronics" / "cluster.yaml"
    cluster.write_text(EXAMPLE.read_text("utf-8").replace("1450000000", "1460000000"), "utf-8")
    found = documents.verify(sent(PASSPORT), CourseFolder(tmp_path)).findings
    assert [f.kind for f in found] == ["stale"]
    assert "выпустите его заново" in found[0].statement


def test_a_paper_of_nobody_is_refused(folder: CourseFolder, tmp_path: Path) -> None:
    path = tmp_path / "чужой.docx"
    Document().save(str(path))
    with pytest.raises(ReportError, match="не найдено, из какого пакета"):
        documents.verify(path, folder)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("письмо.doc", b"", "такие файлы не сверяются"),
        ("пустой.docx", b"", "не документ Word"),
        ("текст.xlsx", b"<html>", "не документ Word"),
    ],
)
def test_what_is_no_paper_is_refused(
    name: str, content: bytes, words: str, folder: CourseFolder, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileError, match=words):
        documents.verify(path, folder)


def test_an_archive_that_swells_is_refused(folder: CourseFolder, tmp_path: Path) -> None:
    path = tmp_path / "бомба.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * (81 << 20))
    with pytest.raises(FileError, match="слишком большой объём"):
        documents.verify(path, folder)


@pytest.mark.parametrize("ending", ["docx", "xlsx", "pptx"])
def test_a_broken_document_is_refused(ending: str, folder: CourseFolder, tmp_path: Path) -> None:
    path = tmp_path / f"обрывок.{ending}"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types")
    with pytest.raises(FileError, match="не читается"):
        documents.verify(path, folder)


# ------------------------------------------------------------------ other office programs


@pytest.mark.office
@pytest.mark.parametrize(
    ("part", "form"),
    [
        (PASSPORT, "docx:MS Word 2007 XML"),
        pytest.param(MATRIX, "xlsx", marks=pytest.mark.slow),
        pytest.param(SLIDES, "pptx", marks=pytest.mark.slow),
    ],
)
def test_figures_survive_libreoffice(
    part: str, form: str, sent: Any, folder: CourseFolder, tmp_path: Path, soffice: str
) -> None:
    path = sent(part)
    out = tmp_path / "saved"
    home = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [soffice, home, "--headless", "--convert-to", form, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert not documents.verify(out / path.name, folder).findings


# ------------------------------------------------------------------ the comparison itself


def test_a_foreign_id_is_told() -> None:
    found = compare([Printed("a", "1")], [Printed("a", "1"), Printed("b", "2")], {"a": "ЧДД"})
    assert [f.kind for f in found] == ["foreign"]


def test_spaces_and_minus_signs_of_office_programs_are_the_same() -> None:
    assert not compare([Printed("a", "−1\u00a0234,5")], [Printed("a", "-1 234,5 ")], {})


def test_one_of_two_occurrences_lost_is_told() -> None:
    found = compare([Printed("a", "1"), Printed("a", "1")], [Printed("a", "1")], {})
    assert [f.kind for f in found] == ["lost"]


# ------------------------------------------------------------------ drawings


MAP = "07_Функциональная_карта.svg"
FIRST, SECOND = "arcs.donelement.izmerogran.signed", "arcs.donelement.svetopriokye.signed"


def drawn(path: Path, tag: str) -> str:
    """The number that stands under an id in a drawing."""
    found = next(one for one in drawing.read(path.read_bytes()) if one.tag == tag)
    return found.text


def redrawn(path: Path, changes: dict[str, str]) -> Path:
    """The drawing with other numbers under some ids."""
    text = path.read_text("utf-8")
    for tag, value in changes.items():
        start = text.index(f'id="figure:{tag}"')
        was = drawn(path, tag)
        place = text.index(f">{was}<", start)
        text = f"{text[:place]}>{value}<{text[place + len(was) + 2 :]}"
    path.write_text(text, "utf-8")
    return path


def test_a_drawing_as_it_was_made_holds(sent: Any, folder: CourseFolder) -> None:
    outcome = documents.verify(sent(MAP, "карта из письма.svg"), folder)
    assert not outcome.findings
    assert len(outcome.paper.printed) >= 20


def test_a_changed_number_on_a_drawing_is_named(sent: Any, folder: CourseFolder) -> None:
    found = said(redrawn(sent(MAP), {FIRST: "999"}), folder)
    assert set(found) == {FIRST}
    assert "Доноэлемент → Измерогран" in found[FIRST]
    assert "стоит «999»" in found[FIRST]


def test_two_swapped_numbers_on_a_drawing_are_named(sent: Any, folder: CourseFolder) -> None:
    path = sent(MAP)
    path = redrawn(path, {FIRST: drawn(path, SECOND), SECOND: drawn(path, FIRST)})
    found = {one.tag: one.kind for one in documents.verify(path, folder).findings}
    assert found == {FIRST: "swapped", SECOND: "swapped"}


def test_a_drawing_with_entities_is_refused(folder: CourseFolder, tmp_path: Path) -> None:
    path = tmp_path / "бомба.svg"
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><svg>&b;</svg>'
    path.write_text(bomb, "utf-8")
    with pytest.raises(FileError, match="сущности"):
        documents.verify(path, folder)


# ------------------------------------------------------------------ words beside figures


def test_other_words_beside_a_figure_of_a_slide_are_told(sent: Any, folder: CourseFolder) -> None:
    path = sent(SLIDES)
    show = Presentation(str(path))
    card = next(
        s for slide in show.slides for s in slide.shapes
        if s.has_text_frame and s.text_frame.text == "потребность в финансировании"
    )  # fmt: skip
    card.text_frame.paragraphs[0].runs[0].text = "прибыль за год"
    show.save(str(path))
    kinds = {one.kind for one in documents.verify(path, folder).findings}
    assert kinds == {"words"}


def test_two_swapped_figures_of_a_slide_are_named(sent: Any, folder: CourseFolder) -> None:
    path = sent(SLIDES)
    show = Presentation(str(path))
    shapes = {
        s.name.split("@")[0].removeprefix("figure:"): s.text_frame.paragraphs[0].runs[0]
        for slide in show.slides
        for s in slide.shapes
        if s.name.startswith("figure:")
    }
    first, second = shapes["led_drivers.npv"], shapes["connectors.npv"]
    first.text, second.text = second.text, first.text
    show.save(str(path))
    found = {one.tag: one.kind for one in documents.verify(path, folder).findings}
    assert found == {"led_drivers.npv": "swapped", "connectors.npv": "swapped"}
