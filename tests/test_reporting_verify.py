"""A report that somebody sends back: PDF and web page are read by the ids of their figures."""

from __future__ import annotations

import datetime
import io
import json
from pathlib import Path

import pypdf
import pytest

from course import files, inspection, reporting
from course.errors import FileError, ReportError
from course.folder import CourseFolder
from course.reporting import pages, returned
from course.reporting.figures import figures
from course.reporting.markup import section_markup
from course.reporting.report import Report, identifier_of

ROOT = Path(__file__).parents[1]
STYLE = (ROOT / "templates" / "styles" / "report.typ").read_text(encoding="utf-8")
DAY = datetime.date(2026, 11, 22)
NPV, NEED = 96.6e6, -12.3e6


def report(npv: float = NPV, need: float = NEED) -> Report:
    """Two cards and a table; one cell says that something is never reached."""
    columns = (Report.Column("Проект"), Report.Column("ЧДД", "money", "млн ₽"),
               Report.Column("Срок", "span"))  # fmt: skip
    rows = (("Модули «#1 $5»", npv, 40), ("Драйверы", need, None))
    return Report(
        title="Отчёт", subtitle="Команда", as_of=DAY.isoformat(), mark="Учебные данные", facts=(),
        sections=(Report.Section("Главное", (
            Report.Cards((
                Report.Card("a.npv", "ЧДД", npv, "money", "млн ₽"),
                Report.Card("a.need", "Потребность", need, "money", "млн ₽"),
            )),
            Report.Table("Проекты", columns, rows, totals=(1,)),
        )),),
    )  # fmt: skip


def page(shown: Report, name: str = "case.html") -> str:
    body = "".join(map(section_markup, shown.sections))
    mark = identifier_of("alpha", DAY, name)
    return (
        f'<html><head><meta name="proclusters" content="{mark}"></head><body>{body}</body></html>'
    )


@pytest.fixture
def folder(tmp_path: Path) -> CourseFolder:
    """A course in which the team alpha has made the report."""
    kept = tmp_path / "reports" / "alpha" / "case.json"
    names = dict.fromkeys(("case.pdf", "case.html"), "")
    files.write_json(kept, {"key": "k", "cluster": "", "files": names, "report": report().data()})
    return CourseFolder(tmp_path)


def sent(folder: CourseFolder, name: str, content: bytes) -> dict[str, str]:
    """What the verification of a file says, by ids."""
    path = folder.root / name
    path.write_bytes(content)
    return {one.tag: str(one.kind) for one in inspection.verify(path, folder).findings}


def pdf_of(shown: Report) -> bytes:
    return pages.pdf(shown, STYLE, identifier_of("alpha", DAY, "case.pdf"))


def with_list_of(shown: bytes, listed: bytes | None) -> bytes:
    """A PDF that shows one thing and bears the attached list of another: an edited page."""
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(shown))
    writer._root_object.pop("/Names", None)
    if listed is not None:
        content = pypdf.PdfReader(io.BytesIO(listed)).attachments[returned.LIST][0]
        writer.add_attachment(returned.LIST, content)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_every_number_of_a_report_has_an_id() -> None:
    printed, titles = figures(report())
    assert [one.text.replace("\u00a0", " ") for one in printed] == [
        "96,6 млн ₽", "−12,3 млн ₽", "96,6", "3 года 4 месяца", "−12,3",
    ]  # fmt: skip
    assert len({one.tag for one in printed}) == 5
    assert titles["a.npv"] == "Главное: ЧДД"
    assert any("«Драйверы», ЧДД, млн ₽" in title for title in titles.values())


@pytest.mark.parametrize("name", ["case.pdf", "письмо (2).pdf"])
def test_a_pdf_as_it_was_made_holds(folder: CourseFolder, name: str) -> None:
    assert not sent(folder, name, pdf_of(report()))


def test_two_figures_swapped_in_a_pdf_are_named(folder: CourseFolder) -> None:
    edited = with_list_of(pdf_of(report(NEED, NPV)), pdf_of(report()))
    found = sent(folder, "case.pdf", edited)
    assert found["a.npv"] == found["a.need"] == "swapped"
    assert len(found) == 4


def test_a_changed_figure_of_a_pdf_is_named(folder: CourseFolder) -> None:
    edited = with_list_of(pdf_of(report(npv=97.6e6)), pdf_of(report()))
    found = sent(folder, "case.pdf", edited)
    assert found["a.npv"] == "changed"
    assert "a.need" not in found


def test_a_pdf_without_its_list_has_lost_its_figures(folder: CourseFolder) -> None:
    found = sent(folder, "case.pdf", with_list_of(pdf_of(report()), None))
    assert set(found.values()) == {"lost"}


def test_a_web_page_as_it_was_made_holds(folder: CourseFolder) -> None:
    assert not sent(folder, "из письма.html", page(report()).encode())


def test_swapped_and_lost_figures_of_a_web_page_are_named(folder: CourseFolder) -> None:
    assert sent(folder, "case.html", page(report(NEED, NPV)).encode())["a.npv"] == "swapped"
    bare = page(report()).replace(' data-claim="a.npv"', "")
    assert sent(folder, "case.html", bare.encode()) == {"a.npv": "lost"}


def test_a_changed_cluster_file_is_told(folder: CourseFolder) -> None:
    kept = folder.reports / "alpha" / "case.json"
    data = json.loads(kept.read_text("utf-8"))
    files.write_json(kept, {**data, "cluster": "another"})
    assert sent(folder, "case.html", page(report()).encode()) == {"": "stale"}


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", b"%PDF-1.7 nothing"), ("a.pdf", b""), ("a.html", b"\xff\xfe\x00")],
)
def test_what_is_no_page_is_refused(folder: CourseFolder, name: str, content: bytes) -> None:
    with pytest.raises(FileError, match=name):
        sent(folder, name, content)


def test_a_page_of_nobody_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="из какого отчёта"):
        sent(CourseFolder(tmp_path), "a.html", b"<html></html>")


def test_other_files_are_papers_of_a_package(folder: CourseFolder) -> None:
    with pytest.raises(FileError, match="не сверяются"):
        sent(folder, "a.odt", b"")
    path = folder.root / "a.docx"
    path.write_bytes(b"")
    with pytest.raises(FileError, match="не сверяются"):
        reporting.verify(path, folder)
