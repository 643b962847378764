"""Workbooks that would take a machine with them, refused before they are opened."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from course.errors import FileError
from course.spreadsheets import tables
from course.spreadsheets.weight import weigh

Edit = Callable[[bytes], bytes]
SHEET = "xl/worksheets/sheet1.xml"
END = b"</sheetData>"


def workbook(path: Path, part: str = "", edit: Edit | None = None) -> Path:
    """A sound list of one person, or one part of it changed."""
    book = openpyxl.Workbook()
    for row in (("ФИО", "Регион"), ("Иванова Анна", "Воронежская область")):
        book.active.append(row)
    whole, changed = io.BytesIO(), io.BytesIO()
    book.save(whole)
    with zipfile.ZipFile(whole) as given, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as z:
        for name in given.namelist():
            content = given.read(name)
            z.writestr(name, edit(content) if edit and name == part else content)
    path.write_bytes(changed.getvalue())
    return path


def after(more: bytes) -> Edit:
    return lambda content: content.replace(END, END + more, 1)


def inside(more: bytes) -> Edit:
    return lambda content: content.replace(END, more + END, 1)


def before(more: bytes) -> Edit:
    return lambda content: content.replace(b"<worksheet", more + b"<worksheet", 1)


HEAVY: dict[str, tuple[str, Edit, str]] = {
    "one_merged_block": (SHEET, after(b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
                         "объединённые ячейки"),
    "many_merged_blocks": (SHEET, after(b"<mergeCells>" + b'<mergeCell ref="A1:A19999"/>' * 3_000
                                        + b"</mergeCells>"), "объединённые ячейки"),
    "block_of_nothing": (SHEET, after(b'<mergeCells><mergeCell ref="?"/></mergeCells>'),
                         "объединённые ячейки"),
    "cells": (SHEET, inside(b"<c/>" * 900_000), "слишком много ячеек"),
    "depth": (SHEET, after(b"<a>" * 500 + b"</a>" * 500), "слишком много ячеек"),
    "far_corner": (SHEET, inside(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
                   "20\u00a0000 строк"),
    "grid": (SHEET, inside(b'<row r="19999"><c r="GR19999"><v>1</v></c></row>'),
             "слишком много столбцов"),
    "own_entities": (SHEET, before(b'<!DOCTYPE x [<!ENTITY a "b">]>'), "определения"),
    "own_files": (SHEET, before(b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
                  "определения"),
    "sheets": ("xl/workbook.xml", lambda content: content.replace(
        b"<sheets>", b"<sheets>" + b'<sheet name="x" sheetId="1"/>' * 100, 1), "листов"),
    "styles": ("xl/styles.xml", lambda content: content.replace(
        b"</cellXfs>", b"<xf/>" * 900_000 + b"</cellXfs>", 1), "слишком много ячеек"),
}  # fmt: skip


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_workbook_is_refused(tmp_path: Path, name: str) -> None:
    part, edit, words = HEAVY[name]
    path = workbook(tmp_path / "список.xlsx", part, edit)
    assert path.stat().st_size < 30_000
    with pytest.raises(FileError, match=words):
        tables.read(path)


def test_what_would_be_unpacked_at_once_stays_packed(tmp_path: Path) -> None:
    path = workbook(tmp_path / "список.xlsx")
    with zipfile.ZipFile(path, "a") as book:
        book.writestr("xl/media/1.png", bytes(1_000_000), zipfile.ZIP_BZIP2)
    with pytest.raises(FileError, match="сжата так, как Excel не сжимает"):
        tables.read(path)


def test_a_sound_workbook_is_read(tmp_path: Path) -> None:
    (table,) = tables.read(workbook(tmp_path / "список.xlsx"))
    assert [row.text(0) for row in table.rows] == ["ФИО", "Иванова Анна"]


def test_a_usual_list_weighs_little(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(3_000):
        sheet.append([f"Иванова {number}", "Воронежская область", "начальник отдела", number])
    path = tmp_path / "список.xlsx"
    book.save(path)
    weigh(path.name, path.read_bytes())
    assert len(tables.read(path)[0].rows) == 3_000


def test_a_juror_sends_no_heavier_one(tmp_path: Path) -> None:
    from course.defence import returned

    part, edit, _ = HEAVY["one_merged_block"]
    with pytest.raises(FileError, match="объединённые ячейки"):
        returned._cells(workbook(tmp_path / "лист.xlsx", part, edit))
