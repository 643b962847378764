"""Fields drawn with ipywidgets: views over kept answers, saved at every change.

A view never holds an answer of its own: what is entered goes to `keep` at once, and what was kept
is drawn again after a restart, unreadable texts included. All texts are escaped by the widgets or
here; labels are bound to their fields, cells of tables are named by row and column.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ipywidgets

from course import wording
from course.forms import fields
from course.forms.answers import Answer
from course.forms.pages import publish
from course.forms.status import Status
from course.forms.style import STYLE

Keep = Callable[[str, Any, str], Answer]
Widget = Any  # ipywidgets carries no types

_CHOOSE = "— выберите —"
_PICK = "выберите"  # in the narrow cell of a table
_VIEW = "application/vnd.jupyter.widget-view+json"
_FIELD = "application/vnd.proclusters.field+json"


def draw(declared: fields.Field, kept: Answer | None, keep: Keep) -> None:
    """Displays a field with what was kept, and below it the answer as plain text.

    The text is hidden while the field lives. It follows every change, is saved with the notebook,
    and stands there when the notebook is printed or opened without a kernel.
    """

    def keep_both(id: str, value: Any, text: str) -> Answer:
        answer = keep(id, value, text)
        mirror.update(_mirror(declared, answer), raw=True)
        return answer

    status = Status(declared.id, keep_both, kept)
    body = _BUILD[type(declared)](declared, kept, status)
    box = ipywidgets.VBox([ipywidgets.HTML(STYLE, layout={"display": "none"}), *body])
    box.add_class("proclusters")
    bundle = {
        "text/plain": declared.label,
        "text/html": _still(declared.label),
        _VIEW: {"version_major": 2, "version_minor": 0, "model_id": box.model_id},
    }
    publish(bundle)
    mirror = publish(_mirror(declared, kept), display_id=True)


def panel(bars: Sequence[Widget]) -> Widget:
    """A row of controls above a figure."""
    row = ipywidgets.VBox([ipywidgets.HTML(STYLE, layout={"display": "none"}), *bars])
    row.add_class("proclusters")
    row.add_class("proclusters-play")
    return row


def control(given: Any) -> Widget:
    """A slider for `(least, largest, first, label)`, a list for `({value: text}, label)`."""
    if isinstance(given[0], Mapping):
        options, label = given
        return ipywidgets.Dropdown(
            options=[(text, value) for value, text in options.items()],
            value=next(iter(options)),
            description=label,
        )
    least, largest, first, label = given
    whole = all(isinstance(value, int) for value in (least, largest, first))
    kind = ipywidgets.IntSlider if whole else ipywidgets.FloatSlider
    step = 1 if whole else (largest - least) / 100
    return kind(
        value=first, min=least, max=largest, step=step, description=label, continuous_update=False
    )


def _number(declared: fields.Number, kept: Answer | None, status: Status) -> list[Widget]:
    value = kept.value if kept else None
    typed = (
        kept.text if kept and kept.text else fields.Column("", "number", declared.unit).typed(value)
    )
    line = _line(declared, typed, status)
    if declared.decimals is not None:
        digits = wording.count(declared.decimals, "знак", "знака", "знаков")
        line.placeholder = f"{digits} после запятой" if declared.decimals else "целое число"
    unit = declared.unit if declared.unit != "доля" else ""
    return [_row([line, _html(f'<span class="unit">{html.escape(unit)}</span>'), status.view])]


def _date(declared: fields.Date, kept: Answer | None, status: Status) -> list[Widget]:
    typed = kept.text if kept and kept.text else declared.told(kept.value) if kept else ""
    line = _line(declared, typed, status)
    line.placeholder = "дд.мм.гггг"
    return [_row([line, _html(""), status.view])]


def _line(declared: fields.Number | fields.Date, typed: str, status: Status) -> Widget:
    """A one-line field whose text is read at every keystroke."""
    line = ipywidgets.Text(value=typed, description=declared.label, continuous_update=True)

    def changed(change: Mapping[str, Any]) -> None:
        read = declared.read(change["new"])
        told = f"Записано: {declared.told(read.value)}." if read.value is not None else ""
        status.keep(read.value, change["new"], problem=read.problem, note=read.note, told=told)

    line.observe(changed, names="value")
    if typed:
        read = declared.read(typed)
        if read.problem:
            status.say_problem(read.problem)
    return line


def _choice(declared: fields.Choice, kept: Answer | None, status: Status) -> list[Widget]:
    value = kept.value if kept and kept.value in list(declared.options) else None
    radio = ipywidgets.RadioButtons(
        options=[(text, key) for key, text in declared.options.items()],
        value=value,
        description=declared.label,
    )
    radio.observe(lambda change: status.keep(change["new"], ""), names="value")
    return [radio, status.view]


def _choices(declared: fields.Choices, kept: Answer | None, status: Status) -> list[Widget]:
    picked = kept.value if kept and isinstance(kept.value, list) else []
    boxes = {
        key: ipywidgets.Checkbox(value=key in picked, description=text, indent=False)
        for key, text in declared.options.items()
    }

    def changed(_change: object) -> None:
        status.keep([key for key, box in boxes.items() if box.value], "")

    for box in boxes.values():
        box.observe(changed, names="value")
    return [_label(declared.label), _group([*boxes.values()], "choices"), status.view]


def _text(declared: fields.Text, kept: Answer | None, status: Status) -> list[Widget]:
    area = ipywidgets.Textarea(
        value=kept.value if kept and isinstance(kept.value, str) else "",
        description=declared.label,
        rows=declared.rows,
        continuous_update=True,
    )
    area.observe(lambda change: status.keep(change["new"], ""), names="value")
    return [area, status.view]


def _match(declared: fields.Match, kept: Answer | None, status: Status) -> list[Widget]:
    chosen = kept.value if kept and isinstance(kept.value, dict) else {}
    lists = {
        key: _dropdown(declared.options, chosen.get(key), description=text)
        for key, text in declared.items.items()
    }

    def changed(_change: object) -> None:
        status.keep({key: drop.value for key, drop in lists.items() if drop.value}, "")

    for drop in lists.values():
        drop.observe(changed, names="value")
    return [_label(declared.label), _group([*lists.values()], "match"), status.view]


def _table(declared: fields.Table, kept: Answer | None, status: Status) -> list[Widget]:
    rows = _typed_rows(declared, kept)
    cells: list[tuple[str, dict[str, Widget]]] = []
    grid = ipywidgets.GridBox([])
    grid.add_class("proclusters-table")
    first = 180 if declared.named else 34
    widths = [f"minmax({first}px, {'1.6fr' if declared.named else '34px'})"]
    widths += [_WIDTHS[column.kind] for column in declared.columns.values()]
    grid.layout.grid_template_columns = " ".join(widths)
    head = [_html(f"<b>{html.escape(text)}</b>") for text in _titles(declared)]

    def changed(_change: object) -> None:
        value, problems = _read_rows(declared, cells)
        typed = [{key: cell.value for key, cell in row.items()} for _, row in cells]
        status.keep(value, json.dumps(typed, ensure_ascii=False), problem=" ".join(problems))

    def add(name: str, title: str, typed: Mapping[str, str]) -> None:
        row = {
            key: _cell(column, typed.get(key, ""), f"{title}, {column.title}")
            for key, column in declared.columns.items()
        }
        for cell in row.values():
            cell.observe(changed, names="value")
        cells.append((name, row))
        grid.children = (*(grid.children or head), _html(html.escape(title)), *row.values())

    if declared.named:
        for index, (key, title) in enumerate(declared.named.items()):
            add(key, title, rows[index] if index < len(rows) else {})
        more = []
    else:
        for index in range(max(declared.blank, len(rows))):
            add("", str(index + 1), rows[index] if index < len(rows) else {})
        button = ipywidgets.Button(description="Добавить строку", icon="plus")
        button.on_click(lambda _button: add("", str(len(cells) + 1), {}))
        more = [button]
    return [_label(declared.label), grid, *more, status.view]


# Numbers are short; words of a list must not run under its arrow.
_WIDTHS = {
    "number": "minmax(74px, 0.8fr)",
    "choice": "minmax(104px, 1.1fr)",
    "text": "minmax(84px, 1.2fr)",
}  # fmt: skip


def _titles(declared: fields.Table) -> list[str]:
    units = [
        f"{column.title}, {column.unit}" if column.unit else column.title
        for column in declared.columns.values()
    ]
    return [declared.corner or ("" if declared.named else "№"), *units]


def _typed_rows(declared: fields.Table, kept: Answer | None) -> list[dict[str, str]]:
    """What stood in the cells when the table was last left."""
    if kept is None or not isinstance(kept.value, list):
        return []
    try:
        typed = json.loads(kept.text) if kept.text else None
    except ValueError:
        typed = None
    if isinstance(typed, list) and all(isinstance(row, dict) for row in typed):
        return [{key: str(cell or "") for key, cell in row.items()} for row in typed]
    by_name = {row.get("row"): row for row in kept.value}
    rows = [by_name.get(key, {}) for key in declared.named] if declared.named else kept.value
    return [
        {key: column.typed(row.get(key)) for key, column in declared.columns.items()}
        for row in rows
    ]


def _read_rows(
    declared: fields.Table, cells: Sequence[tuple[str, Mapping[str, Widget]]]
) -> tuple[list[dict[str, Any]], list[str]]:
    """The value of a table from its cells, and what could not be read, with the place."""
    value, problems = [], []
    for index, (name, row) in enumerate(cells):
        content: dict[str, Any] = {}
        for key, column in declared.columns.items():
            read = column.read(row[key].value or "")
            content[key] = read.value
            if read.problem:
                title = declared.named.get(name, f"строка {index + 1}")
                problems.append(f"{title}, {column.title}: {read.problem}")
        if any(cell is not None for cell in content.values()):
            value.append({"row": name, **content} if declared.named else content)
    return value, problems


def _cell(column: fields.Column, typed: str, name: str) -> Widget:
    if column.kind == "choice":
        return _dropdown(column.options, typed, _PICK, tooltip=name)
    if column.suggest:
        return ipywidgets.Combobox(
            value=typed, options=list(column.suggest), tooltip=name, continuous_update=True
        )
    return ipywidgets.Text(value=typed, tooltip=name, continuous_update=True)


def _dropdown(
    options: Mapping[str, str], chosen: object, empty: str = _CHOOSE, **names: str
) -> Widget:
    pairs = [(empty, ""), *((text, key) for key, text in options.items())]
    value = chosen if isinstance(chosen, str) and chosen in options else ""
    return ipywidgets.Dropdown(options=pairs, value=value, **names)


def _html(text: str) -> Widget:
    return ipywidgets.HTML(text)


def _label(text: str) -> Widget:
    label = _html(html.escape(text))
    label.add_class("proclusters-label")
    return label


def _row(children: list[Widget]) -> Widget:
    return _group(children, "line")


def _group(children: list[Widget], name: str) -> Widget:
    box = ipywidgets.Box(children)
    box.add_class(f"proclusters-{name}")
    return box


_PAPER = "border-left:4px solid #1f4e79;padding:4px 12px;color:#1a1a1a;background:#f6f7f9"


def _still(label: str) -> str:
    """What stands in place of a field that cannot be shown: its label."""
    return (
        f'<div style="{_PAPER}"><b>{html.escape(label)}</b><br><small>Чтобы открыть поле: '
        "«Выполнить» → «Запустить все ячейки».</small></div>"
    )


def _mirror(declared: fields.Field, kept: Answer | None) -> dict[str, Any]:
    """The answer as plain text, for paper and for a notebook without a kernel.

    The bar above the notebook calls the field by the label that goes with it.
    """
    answer = f"Ответ: {declared.told(kept.value if kept else None)}"
    body = html.escape(answer).replace("\n", "<br>")
    return {
        "text/plain": answer,
        "text/html": f'<div class="proclusters-mirror" style="{_PAPER}">{body}</div>',
        _FIELD: {"id": declared.id, "label": declared.label},
    }


_BUILD: dict[type, Callable[[Any, Answer | None, Status], list[Widget]]] = {
    fields.Number: _number,
    fields.Date: _date,
    fields.Choice: _choice,
    fields.Choices: _choices,
    fields.Text: _text,
    fields.Match: _match,
    fields.Table: _table,
}
