"""Recalculates a workbook by other programs, on a twin whose cached values are wrong."""

from __future__ import annotations

import re
import subprocess
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

WRONG = "999"
Cells = dict[tuple[str, str], Any]


def spoil(source: Path, target: Path) -> int:
    """Copy a workbook with every cached value of a formula replaced; returns how many there were.

    A program that only shows cached values then shows 999 everywhere.
    """
    count = 0
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename.startswith("xl/worksheets/"):
                text, number = re.subn(
                    r'<c r="([A-Z]+\d+)"([^>]*?)(?: t="str")?><f>(.*?)</f><v>.*?</v></c>',
                    rf'<c r="\1"\2><f>\3</f><v>{WRONG}</v></c>',
                    content.decode("utf-8"),
                )
                content, count = text.encode("utf-8"), count + number
            new.writestr(item, content)
    return count


def cached(path: Path) -> Cells:
    """The cached values of all formula cells, by sheet and address."""
    shown = openpyxl.load_workbook(path, data_only=True)
    written = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): shown[sheet.title][cell.coordinate].value
        for sheet in written.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    }


def by_office(path: Path, folder: Path, office: str) -> Cells:
    """All values after a full recalculation by LibreOffice, with a profile of its own."""
    profile = folder / "profile"
    user = profile / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        '<item oor:path="/org.openoffice.Office.Calc/Formula/Load">'
        '<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>'
        "</oor:items>\n",
        encoding="utf-8",
    )
    target = folder / "recalculated"
    target.mkdir()
    subprocess.run(
        [
            office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
            "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(target), str(path),
        ],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return cached(target / path.name)


def by_formulas(path: Path) -> Callable[[Cells], Cells]:
    """Compile a workbook by the `formulas` package; the result recalculates it with changed inputs.

    Sheets are named in upper case.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own modules warn when they are compiled
        import formulas

        model = formulas.ExcelModel().loads(str(path)).finish()

    def recalculate(inputs: Cells) -> Cells:
        given = {f"'[{path.name}]{s.upper()}'!{c}": value for (s, c), value in inputs.items()}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            solution = model.calculate(inputs=given)
        found: Cells = {}
        for key, ranges in solution.items():
            match = re.fullmatch(r"'\[[^\]]+\](.+)'!([A-Z]+\d+)", str(key))
            if match:
                found[match[1], match[2]] = ranges.value[0, 0]
        return found

    return recalculate


def difference(expected: Any, found: Any) -> float:
    """How far two cells are apart, relative to their size beyond 1; texts are equal or not."""
    if isinstance(expected, int | float) and isinstance(found, int | float):
        return abs(expected - found) / max(1.0, abs(expected), abs(found))
    return 0.0 if str(expected) == str(found) else float("inf")
