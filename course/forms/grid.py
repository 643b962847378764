"""A table to fill in: rows are added, removed and brought back, cells are read as they change.

Our own grid of plain fields rather than a canvas (ipydatagrid) or a script (itables): every cell
is a field that a screen reader names, that Tab reaches, and that is printed as it stands.
"""

from __future__ import annotations

import asyncio
import html
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ipywidgets

from course.forms import fields

Changed = Callable[[list[dict[str, Any]], str, Sequence[str]], None]
Widget = Any  # ipywidgets carries no types

CHOOSE = "— выберите —"
_PICK = "выберите"  # in the narrow cell of a table
_TOGETHER = 0.15  # seconds in which changes of cells are one

# Numbers are short; words of a list must not run under its arrow. Where all columns together are
# wider than the screen, the table scrolls sideways and its first column stays.
_WIDTHS = {
    "number": "minmax(78px, 0.8fr)",
    "choice": "minmax(108px, 1.1fr)",
    "text": "minmax(104px, 1.2fr)",
}


@dataclass(frozen=True)
class _Row:
    """A row: the key of a named one, the widget with its title, its cells by column."""

    name: str
    title: Widget
    cells: Mapping[str, Widget]
    remover: Widget | None


class Grid:
    """The table of a field. `changed` gets the value, what was typed (JSON), and problems."""

    def __init__(
        self, declared: fields.Table, typed: Sequence[Mapping[str, str]], changed: Changed
    ) -> None:
        self._declared = declared
        self._changed = changed
        self._rows: list[_Row] = []
        self._removed: list[tuple[int, _Row]] = []
        self._waiting: asyncio.TimerHandle | None = None
        self._head = [_text(f"<b>{html.escape(title)}</b>", "head") for title in self._titles()]
        self.view = ipywidgets.GridBox([])
        self.view.add_class("proclusters-table")
        self.view.layout.grid_template_columns = self._columns()
        self.buttons = [] if declared.named else self._tools()
        names = list(declared.named.items()) or [("", "")] * max(declared.blank, len(typed))
        for index, (name, title) in enumerate(names):
            self._rows.append(self._row(name, title, typed[index] if index < len(typed) else {}))
        self._draw()

    def _titles(self) -> list[str]:
        declared = self._declared
        units = [
            f"{column.title}, {column.unit}" if column.unit else column.title
            for column in declared.columns.values()
        ]
        first = declared.corner or ("" if declared.named else "№")
        return [first, *units, *([] if declared.named else [""])]

    def _columns(self) -> str:
        widths = [_WIDTHS[column.kind] for column in self._declared.columns.values()]
        if self._declared.named:
            return " ".join(["minmax(180px, 1.6fr)", *widths])
        self.view.add_class("proclusters-free")
        return " ".join(["34px", *widths, "32px"])

    def _tools(self) -> list[Widget]:
        more = ipywidgets.Button(description="Добавить строку", icon="plus")
        more.add_class("proclusters-more")
        more.on_click(lambda _button: self._add())
        self._back = ipywidgets.Button(description="Вернуть удалённую строку")
        self._back.layout.display = "none"
        self._back.on_click(lambda _button: self._bring_back())
        tools = ipywidgets.Box([more, self._back])
        tools.add_class("proclusters-tools")
        return [tools]

    def _row(self, name: str, title: str, typed: Mapping[str, str]) -> _Row:
        columns = self._declared.columns.items()
        cells = {key: _cell(column, typed.get(key, "")) for key, column in columns}
        for cell in cells.values():
            cell.observe(lambda _change: self._report(), names="value")
        if self._declared.named:
            return _Row(name, _text(html.escape(title), "title"), cells, None)
        remover = ipywidgets.Button(description="×")
        remover.add_class("proclusters-remove")
        row = _Row(name, _text("", "title"), cells, remover)
        remover.on_click(lambda _button: self._remove(row))
        return row

    def _add(self) -> None:
        self._rows.append(self._row("", "", {}))
        self._draw()

    def _remove(self, row: _Row) -> None:
        """Takes a row out; the last one stays, for a table without rows cannot be filled."""
        if row in self._rows and len(self._rows) > 1:
            index = self._rows.index(row)
            self._removed.append((index, row))
            del self._rows[index]
            self._draw()
            self._report()

    def _bring_back(self) -> None:
        if self._removed:
            index, row = self._removed.pop()
            self._rows.insert(index, row)
            self._draw()
            self._report()

    def _draw(self) -> None:
        children = list(self._head)
        for index, row in enumerate(self._rows):
            self._name(index, row)
            children += [row.title, *row.cells.values(), *([row.remover] if row.remover else [])]
        self.view.children = tuple(children)
        if self.buttons:
            self._back.layout.display = None if self._removed else "none"

    def _name(self, index: int, row: _Row) -> None:
        """Names each cell by its row and column, for screen readers."""
        named = self._declared.named
        title = named[row.name] if named else str(index + 1)
        if row.remover:
            row.title.value = title
            row.remover.tooltip = f"Удалить строку {title}"
        for key, cell in row.cells.items():
            cell.tooltip = f"{title}, {self._declared.columns[key].title}"

    def _report(self) -> None:
        """Saves soon, and once for all cells that change together: a paste brings hundreds."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._save()
            return
        if self._waiting is None:
            self._waiting = loop.call_later(_TOGETHER, self._save)

    def _save(self) -> None:
        self._waiting = None
        value, problems = self._read()
        typed = [{key: cell.value for key, cell in row.cells.items()} for row in self._rows]
        self._changed(value, json.dumps(typed, ensure_ascii=False), problems)

    def _read(self) -> tuple[list[dict[str, Any]], list[str]]:
        """The value of the table, and what could not be read, with the place."""
        declared = self._declared
        value, problems = [], []
        for index, row in enumerate(self._rows):
            content: dict[str, Any] = {}
            for key, column in declared.columns.items():
                read = column.read(row.cells[key].value or "")
                content[key] = read.value
                if read.problem:
                    title = declared.named.get(row.name, f"строка {index + 1}")
                    problems.append(f"{title}, {column.title}: {read.problem}")
            if any(cell is not None for cell in content.values()):
                value.append({"row": row.name, **content} if declared.named else content)
        return value, problems


def dropdown(
    options: Mapping[str, str], chosen: object, empty: str = CHOOSE, **names: str
) -> Widget:
    """A list that begins with «выберите», whose value is then empty."""
    pairs = [(empty, ""), *((text, key) for key, text in options.items())]
    value = chosen if isinstance(chosen, str) and chosen in options else ""
    return ipywidgets.Dropdown(options=pairs, value=value, **names)


def _cell(column: fields.Column, typed: str) -> Widget:
    if column.kind == "choice":
        return dropdown(column.options, typed, _PICK)
    if column.suggest:
        return ipywidgets.Combobox(
            value=typed, options=list(column.suggest), continuous_update=True
        )
    return ipywidgets.Text(value=typed, continuous_update=True)


def _text(content: str, name: str) -> Widget:
    cell = ipywidgets.HTML(content)
    cell.add_class(f"proclusters-{name}")
    return cell
