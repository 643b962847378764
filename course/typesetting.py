"""PDF pages by Typst: a style of ours, the text as JSON data, the fonts from PyPI packages.

Text never becomes markup: a style reads `data.json`, so «#1 $5 _x_ @ref» is printed as it is. No
font of the machine is used, and the same style, data and day give the same bytes everywhere.
"""

from __future__ import annotations

import datetime
import importlib.util
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

from course.errors import Fault, ReportError
from course.files import json_text

FONT_PACKAGES = ("fontpkg_pt_serif", "fontpkg_pt_sans")
MAIN, DATA = "main.typ", "data.json"


def pdf(
    style: str,
    data: Any,
    *,
    as_of: datetime.date,
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """A PDF of `data` set by the Typst source `style`, which reads it by `json("data.json")`.

    `files` are pictures that the style includes, by their plain names. `as_of` is the day written
    into the file, so that equal input gives equal bytes. Raises `ReportError` when Typst refuses
    the style or warns about it.
    """
    with tempfile.TemporaryDirectory(prefix="typst-") as folder:
        root = Path(folder)
        for name, content in _files(style, data, files or {}).items():
            (root / name).write_bytes(content)
        return _compile(root, as_of)


def font_folders() -> tuple[Path, ...]:
    """The folders of the font files that reports and figures are set in."""
    return tuple(_font_folder(package) for package in FONT_PACKAGES)


def _font_folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        remedy = f"Установите пакет {package.replace('_', '-')}"
        raise ReportError(Fault("", "", f"нет шрифта ({package})", remedy))
    return Path(spec.origin).parent / "files"


def _files(style: str, data: Any, files: Mapping[str, bytes]) -> dict[str, bytes]:
    for name in files:
        if Path(name).name != name or name in (MAIN, DATA) or name.startswith("."):
            raise ReportError(Fault(name, "", "недопустимое имя файла для набора"))
    return {**files, MAIN: style.encode(), DATA: json_text(data).encode()}


def _signs() -> Path:
    """The folder of fonts with the signs that PT Sans and PT Serif lack: arrows, ticks, Greek."""
    spec = importlib.util.find_spec("matplotlib")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"


@cache
def _fonts() -> typst.Fonts:
    folders = [str(folder) for folder in (*font_folders(), _signs())]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _compile(root: Path, as_of: datetime.date) -> bytes:
    moment = datetime.datetime.combine(as_of, datetime.time(), tzinfo=datetime.UTC)
    empty = root / "packages"  # a style may use no package from the network
    try:
        compiler = typst.Compiler(
            str(root / MAIN),
            root=str(root),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            package_path=str(empty),
            package_cache_path=str(empty),
        )
        content, warnings = compiler.compile_with_warnings(format="pdf", timestamp=moment)
    except typst.TypstError as error:
        raise ReportError(_fault(error.message, error.diagnostic)) from None
    if warnings:
        raise ReportError([_fault(each.message, each.diagnostic) for each in warnings])
    assert isinstance(content, bytes)  # a PDF is one file; pages are several only for pictures
    return content


def _fault(message: str, diagnostic: str) -> Fault:
    place = next((line.strip() for line in diagnostic.splitlines() if MAIN in line), "")
    where = place.rpartition(MAIN)[2].lstrip(":").strip()
    return Fault(MAIN, where, f"Typst не принял оформление: {message}", "Исправьте стиль отчёта")
