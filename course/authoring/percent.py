"""The authored text of a webinar: percent cells with roles, read strictly.

    # %% [markdown] role="read" id="intro"
    # %% role="form" id="ask_density"
    # %% role="tests" id="check_density" points=2
    # %% [markdown] role="task" id="memo" points=4

Roles: `read` (text or locked code), `form` (fields, locked), `solution` (a participant's code),
`tests` (a check with points), `task` (a rubric with points, graded by hand). jupytext does the
reading; what it would put aside in silence (a malformed header, stray words) is refused here.
"""

from __future__ import annotations

import io
import re
import tokenize
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.errors import AuthoringError, Fault
from course.files import read_text
from course.imports import quickly

with quickly():
    import jupytext

ROLES = ("read", "form", "solution", "tests", "task")
ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")

_KEYS = {"role", "id", "points"}
_READER = {"cell_marker", "lines_to_next_cell"}  # jupytext's own: how the cell was written
_KINDS = {
    "read": ("markdown", "code"),
    "form": ("code",),
    "solution": ("code",),
    "tests": ("code",),
    "task": ("markdown",),
}
_GRADED = ("tests", "task")


@dataclass(frozen=True)
class Cell:
    """One authored cell. `line` is the line of its first line of text in the file, from 1."""

    role: str
    id: str
    kind: str
    source: str
    line: int
    points: float = 0.0


def read(path: Path) -> tuple[Cell, ...]:
    """The cells of the authored text at `path`; `AuthoringError` with all faults."""
    return parse(read_text(path), f"{path.parent.name}/{path.name}")


def parse(text: str, name: str) -> tuple[Cell, ...]:
    """The cells of the authored `text`; `name` names the file in messages."""
    headers = _headers(text, name)
    cells = jupytext.reads(text.lstrip("\n"), fmt="py:percent").cells
    if len(cells) != len(headers):
        what = "до первой ячейки стоит текст, или заголовок ячейки записан не с начала строки"
        raise AuthoringError(Fault(name, "", what, "Начните файл с «# %%» и роли ячейки"))
    lines = text.splitlines()
    faults: list[Fault] = []
    read_cells: list[Cell] = []
    seen: dict[str, int] = {}
    for number, cell in zip(headers, cells, strict=True):
        place = f"строка {number}"
        found = _faults(cell, lines, number)
        id = cell.metadata.get("id")
        if isinstance(id, str) and id in seen:
            found.append((f"имя «{id}» уже занято в строке {seen[id]}", "Имена ячеек различны"))
        faults += [Fault(name, place, what, remedy) for what, remedy in found]
        if not found:
            seen[id] = number
            read_cells.append(_cell(cell, _first_line(lines, number)))
    if faults:
        raise AuthoringError(faults)
    return tuple(read_cells)


def _headers(text: str, name: str) -> list[int]:
    """The lines of cell headers: comments that begin with `%%`, outside of texts."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError) as error:
        line = error.args[1][0] if isinstance(error.args[1], tuple) else ""
        what = "это не текст на Python: не закрыта кавычка или скобка, или сбит отступ"
        raise AuthoringError(Fault(name, f"строка {line}", what)) from None
    return [
        token.start[0]
        for token in tokens
        if token.type == tokenize.COMMENT
        and token.start[1] == 0
        and re.match(r"#\s*%%", token.string)
    ]


def _faults(cell: Any, lines: list[str], number: int) -> list[tuple[str, str]]:
    """What is wrong with the header and the shape of one cell, with remedies."""
    metadata = cell.metadata
    if "incorrectly_encoded_metadata" in metadata:
        sample = '# %% role="form" id="ask_density"'
        return [("заголовок ячейки нельзя прочитать", f"Запишите его так: {sample}")]
    faults = [
        (f"неизвестный ключ «{key}» в заголовке", "Есть role, id и points")
        for key in sorted(set(metadata) - _KEYS - _READER)
    ]
    role, id = metadata.get("role"), metadata.get("id")
    if role is None:
        faults.append(("у ячейки нет роли (role)", f"Роли: {', '.join(ROLES)}"))
    elif role not in ROLES:
        faults.append((f"неизвестная роль «{role}»", f"Роли: {', '.join(ROLES)}"))
    elif cell.cell_type not in _KINDS[role]:
        kind = {"markdown": "текстом", "code": "кодом"}.get(cell.cell_type, cell.cell_type)
        faults.append((f"ячейка с ролью {role} не бывает {kind}", "Проверьте [markdown]"))
    if not isinstance(id, str):
        faults.append(("у ячейки нет имени (id)", 'Добавьте id="…" латинскими буквами'))
    elif not ID.fullmatch(id):
        faults.append((f"недопустимое имя ячейки «{id}»", "Латинские буквы, цифры, «_» и «-»"))
    faults += _points_faults(role, metadata)
    if not cell.source.strip():
        faults.append(("ячейка пуста", "Удалите её или допишите"))
    if cell.cell_type == "markdown":
        first = lines[_first_line(lines, number) - 1]
        if not first.startswith(('r"""', "r'''", "#")):
            faults.append(('текст начинается не с r"""', "Иначе «\\» в тексте пропадёт"))
    return faults


def _points_faults(role: Any, metadata: Any) -> list[tuple[str, str]]:
    points = metadata.get("points")
    if role not in _GRADED:
        return [] if points is None else [(f"баллы (points) у ячейки с ролью {role}", "Уберите их")]
    if points is None:
        return [("у ячейки с оценкой нет баллов (points)", "Добавьте points=2")]
    if isinstance(points, bool) or not isinstance(points, int | float) or not 0 < points <= 1000:
        return [(f"баллы «{points}» не положительное число", "Запишите points=2")]
    return []


def _first_line(lines: list[str], number: int) -> int:
    """The line of the first text below the header in line `number`."""
    for line in range(number + 1, len(lines) + 1):
        if lines[line - 1].strip():
            return line
    return number


def _cell(cell: Any, line: int) -> Cell:
    return Cell(
        role=cell.metadata["role"],
        id=cell.metadata["id"],
        kind=cell.cell_type,
        source=cell.source,
        line=line,
        points=float(cell.metadata.get("points", 0)),
    )
