"""The model's workbook that somebody sends back: figures by id, formulas, inputs, damage."""

from __future__ import annotations

import datetime
import hashlib
import io
import re
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from course import cli, files, finance, inspection
from course.claims.verification import Verification
from course.cluster import load
from course.errors import FileError, ReportError
from course.finance.workbook import workbook_bytes
from course.folder import CourseFolder
from course.reporting import book_comparison, books, sheet_cells
from course.reporting.blocks import Model
from course.reporting.report import Report
from course.reporting.verifying import identifier_of
from tests.conftest import tool
from tests.finance import small

DAY = datetime.date(2026, 11, 22)
NAME = "business_case.xlsx"
MARK = identifier_of("alpha", DAY, NAME)
SHEETS = {"Вводные": 1, "Расчёт": 2, "Итоги": 3, "Проверки": 4, "Источники": 6}
SHORTER = (
    ("horizon_months: 84", "horizon_months: 14"),
    ("2028-02-10", "2027-11-10"),
    ("grace_months: 6, term_months: 30", "grace_months: 3, term_months: 9"),
    ("grace_months: 24, term_months: 60", "grace_months: 3, term_months: 12"),
)
FORMULA = re.compile(r'<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f><v>[^<]*</v></c>')
Edit = Callable[[str], str]


class Made(NamedTuple):
    """A course in which the team alpha has published the workbook of a short project."""

    folder: CourseFolder
    result: finance.Result
    content: bytes
    cells: sheet_cells.Cells

    def at(self, id: str) -> tuple[str, str]:
        """The sheet and the cell of a figure of the list."""
        found = next(f for f in book_comparison.listed(self.cells) if f.id == f"modules.{id}")
        return found.sheet, book_comparison._coordinate(found.at)

    def number(self, sheet: str, cell: str) -> float:
        """The number in a cell of the second column."""
        value = self.cells.sheets[sheet][int(cell[1:]), 2].value
        assert isinstance(value, float)
        return value

    def verified(self, content: bytes, name: str = "из письма.xlsx") -> Verification:
        path = self.folder.root / name
        path.write_bytes(content)
        return inspection.verify(path, self.folder)

    def kinds(self, content: bytes) -> Counter[str]:
        """What the verification finds, by kinds."""
        return Counter(str(one.kind) for one in self.verified(content).findings)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    root = tmp_path_factory.mktemp("course")
    text = (small.HERE / "small.yaml").read_text("utf-8")
    for old, new in SHORTER:
        assert old in text
        text = text.replace(old, new)
    source = root / "teams" / "alpha" / "cluster.yaml"
    files.write_text(source, text)
    files.write_text(root / "nbgrader_config.py", "")
    result = finance.run(finance.case(load(source), "modules", as_of=DAY))
    content = workbook_bytes(result, identifier=MARK)
    report = Report(
        title="Бизнес-план", subtitle="", as_of=DAY.isoformat(), mark="", facts=(), sections=(),
        models=(Model("modules"),),
    )  # fmt: skip
    kept = root / "reports" / "alpha"
    files.write_bytes(kept / NAME, content)
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    names = {NAME: hashlib.sha256(content).hexdigest()}
    about = {"key": "k", "cluster": digest, "files": names, "report": report.data()}
    files.write_json(kept / "business_case.json", about)
    return Made(CourseFolder(root), result, content, sheet_cells.read(content, NAME))


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The book that was made is the same in all tests: it is read once."""
    monkeypatch.setattr(books, "read", READ)


READ = cache(sheet_cells.read)


def edited(content: bytes, *edits: tuple[str, Edit]) -> bytes:
    """The workbook with the text of some sheets edited; cached values stay, as Excel keeps them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for item in old.infolist():
            text = old.read(item)
            for name, edit in edits:
                if item.filename == f"xl/worksheets/sheet{SHEETS[name]}.xml":
                    text = edit(text.decode("utf-8")).encode("utf-8")
            new.writestr(item, text)
    return stream.getvalue()


def cell(at: str, pattern: str, replacement: str) -> Edit:
    """An edit of one cell: `pattern` within it becomes `replacement`."""

    def edit(text: str) -> str:
        def one(match: re.Match[str]) -> str:
            made, count = re.subn(pattern, replacement, match[0])
            assert count == 1, match[0]
            return made

        done, count = re.subn(rf'<c r="{at}"[^>]*>.*?</c>', one, text)
        assert count == 1, at
        return done

    return edit


def typed(at: str, value: float) -> Edit:
    """A formula replaced by a number."""
    return cell(at, "<f>.*</f><v>.*</v>", f"<v>{value!r}</v>")


def cached(at: str, value: float) -> Edit:
    """Another value shown, the formula as it was."""
    return cell(at, "<v>.*</v>", f"<v>{value!r}</v>")


def recounted(made: Made, **changes: float) -> bytes:
    """The book as Excel saves it after inputs were changed: words stay, formulas are recounted."""
    given = {id.replace("__", "."): [value] for id, value in changes.items()}
    other = workbook_bytes(finance.run(made.result.case, given), identifier=MARK)
    edits: list[tuple[str, Edit]] = [
        (*made.at(id)[:1], cached(made.at(id)[1], value)) for id, (value,) in given.items()
    ]
    with zipfile.ZipFile(io.BytesIO(other)) as archive:
        for name in ("Расчёт", "Итоги", "Проверки"):
            text = archive.read(f"xl/worksheets/sheet{SHEETS[name]}.xml").decode("utf-8")
            found = {match[1]: match[0] for match in FORMULA.finditer(text)}
            edits.append((name, lambda old, found=found: FORMULA.sub(lambda m: found[m[1]], old)))  # type: ignore[misc]
    return edited(made.content, *edits)


def test_a_workbook_as_it_was_made_holds(made: Made) -> None:
    found = made.verified(made.content)
    assert not found.findings
    assert "все совпадают" in found.lines[0]
    assert len(found.paper.printed) == len(book_comparison.listed(made.cells)) > 300


def test_every_result_has_an_id_in_the_list_and_every_indicator_a_name(made: Made) -> None:
    listed = {(f.sheet, f.at): f.id for f in book_comparison.listed(made.cells)}
    formulas = {at for at, one in made.cells.sheets["Итоги"].items() if one.formula}
    years = {at for at in formulas if ("Итоги", at) not in listed}
    words = {made.cells.sheets["Итоги"].get((row, 1)) for row, _ in years}
    assert {one.value for one in words if one} <= {"Рубли", "Проверки модели", "Всего"}
    assert made.cells.names["modules.project.npv"][0] == "Итоги"
    assert len(made.cells.names) > 20


def test_two_swapped_results_are_named(made: Made) -> None:
    """Typed one in the place of the other, and with formulas kept but shown values swapped."""
    (sheet, npv), (_, need) = made.at("project.npv"), made.at("project.funding_need")
    values = [made.number(sheet, at) for at in (npv, need)]
    for change in (typed, cached):
        swapped = edited(
            made.content, (sheet, change(npv, values[1])), (sheet, change(need, values[0]))
        )
        found = made.verified(swapped).findings
        kinds = {(one.tag, str(one.kind)) for one in found}
        assert ("modules.project.npv", "swapped") in kinds
        assert ("modules.project.funding_need", "swapped") in kinds
        assert sum(one.kind == "typed" for one in found) == (2 if change is typed else 0)
        assert any("это Потребность в финансировании" in one.statement for one in found)


def test_a_number_typed_over_a_formula_is_caught_even_with_the_same_value(made: Made) -> None:
    sheet, at = made.at("project.npv")
    same = typed(at, made.number(sheet, at))
    assert made.kinds(edited(made.content, (sheet, same))) == {"typed": 1}
    month = next(at for at, one in made.cells.sheets["Расчёт"].items() if one.formula and at[0] > 9)
    where = book_comparison._coordinate(month)
    found = made.verified(edited(made.content, ("Расчёт", typed(where, 5.0)))).findings
    assert [(str(one.kind), one.tag) for one in found] == [("typed", f"Расчёт!{where}")]
    assert "вместо формулы вписано «5»" in found[0].statement


def test_another_formula_is_caught(made: Made) -> None:
    sheet, at = made.at("project.sum")
    other = edited(made.content, (sheet, cell(at, "<f>(.*)</f>", r"<f>\1*1</f>")))
    found = made.verified(other).findings
    assert [str(one.kind) for one in found] == ["formula"]
    assert "*1»" in found[0].statement


def test_a_forged_value_of_a_month_is_named_with_its_row(made: Made) -> None:
    title = next(x.title for x in made.result.case.network.lines if x.id == "flow.project")
    cells = made.cells.sheets["Расчёт"]
    row = next(at[0] for at, one in cells.items() if at[1] == 1 and one.value == title)
    found = made.verified(edited(made.content, ("Расчёт", cached(f"H{row}", 1.0)))).findings
    assert [(str(one.kind), one.title) for one in found] == [("changed", title)]


def test_inputs_changed_on_purpose_are_told_and_are_no_forgery(made: Made) -> None:
    found = made.verified(recounted(made, products__module__price=6123.0, discount__rate=0.17))
    assert [str(one.kind) for one in found.findings] == ["input", "input"]
    said = " ".join(one.statement for one in found.findings).replace("\u00a0", " ")
    assert "ввод изменён: было 5 000, стало 6 123" in said
    assert "было 0,2, стало 0,17" in said
    assert "все равны модели с этими вводами. Изменено: 2" in found.lines[0].replace("\u00a0", " ")


def test_a_result_forged_beside_a_changed_input_is_caught(made: Made) -> None:
    content = recounted(made, products__module__price=6123.0)
    sheet, at = made.at("project.npv")
    assert made.kinds(edited(content, (sheet, cached(at, 1e9)))) == {"input": 1, "changed": 1}


def test_a_book_that_was_not_recounted_says_so(made: Made) -> None:
    sheet, at = made.at("products.module.price")
    stale = edited(made.content, (sheet, cached(at, 6123.0)))
    assert made.kinds(stale) == {"input": 1, "uncounted": 1}
    stream = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(made.content)).save(stream)
    assert made.kinds(stream.getvalue()) == {"uncounted": 1}


def test_inputs_that_no_model_takes_are_told_as_such(made: Made) -> None:
    sheet, at = made.at("construction_months")
    found = made.kinds(edited(made.content, (sheet, cached(at, -3e9))))
    assert found["input"] == 1
    assert found["unknown"] + found["uncounted"] + found["changed"] > 0


def test_lost_rows_and_added_cells_are_told(made: Made) -> None:
    extra = '<row r="900"><c r="B900"><v>5</v></c></row></sheetData>'
    added = edited(made.content, ("Итоги", lambda text: text.replace("</sheetData>", extra)))
    assert made.kinds(added) == {"layout": 1}
    book = openpyxl.load_workbook(io.BytesIO(made.content))
    book["Итоги"].delete_rows(6)
    stream = io.BytesIO()
    book.save(stream)
    assert made.kinds(stream.getvalue())["layout"] == 1


def test_a_changed_source_is_told(made: Made) -> None:
    first = edited(made.content, ("Источники", cell("B4", "<v>.*</v>", "<v>0.01</v>")))
    assert made.kinds(first) == {"changed": 1}


def test_a_changed_cluster_file_is_told(made: Made, tmp_path: Path) -> None:
    source = made.folder.cluster_file("alpha")
    text = source.read_text("utf-8")
    try:
        source.write_text(f"{text}# later\n", "utf-8")
        assert made.kinds(made.content) == {"stale": 1}
        changed = recounted(made, discount__rate=0.17)
        assert made.kinds(changed) == {"input": 1, "unknown": 1, "stale": 1}
    finally:
        source.write_text(text, "utf-8")


def test_without_the_kept_book_it_is_made_again(made: Made) -> None:
    kept = made.folder.reports / "alpha" / NAME
    kept.unlink()
    try:
        assert not made.verified(made.content).findings
    finally:
        kept.write_bytes(made.content)


def without(content: bytes, part: str) -> bytes:
    """A workbook that has lost a part of its archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for item in old.infolist():
            if item.filename != part:
                new.writestr(item, old.read(item))
    return stream.getvalue()


def test_damaged_files_are_refused(
    made: Made, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(made.folder.root)
    broken = edited(made.content, ("Итоги", lambda text: text[: len(text) // 2]))
    for content in (
        b"", b"PK\x03\x04 nothing", made.content[:2000], broken,
        without(made.content, "xl/workbook.xml"), without(made.content, "[Content_Types].xml"),
    ):  # fmt: skip
        with pytest.raises(FileError, match="порча"):
            made.verified(content, "порча.xlsx")
    assert cli.main(["verify", "порча.xlsx"]) == 2
    assert "порча.xlsx" in capsys.readouterr().err


def test_foreign_workbooks_are_refused(made: Made) -> None:
    foreign = openpyxl.Workbook()
    stream = io.BytesIO()
    foreign.save(stream)
    with pytest.raises(ReportError, match="не найдено"):
        made.verified(stream.getvalue(), "чужая.xlsx")
    nobody = workbook_bytes(made.result, identifier=identifier_of("beta", DAY, "other.xlsx"))
    with pytest.raises(ReportError, match="из какого отчёта"):
        made.verified(nobody, "чужая.xlsx")


@pytest.mark.office
def test_a_book_saved_by_libreoffice_holds(made: Made, tmp_path: Path) -> None:
    office = tool("office")
    assert office
    source = tmp_path / "sent.xlsx"
    source.write_bytes(made.content)
    target = tmp_path / "saved"
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(target), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    found = made.verified((target / "sent.xlsx").read_bytes())
    assert not found.findings, found.lines[:12]
