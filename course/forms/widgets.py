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
from course.forms.grid import Grid, dropdown
from course.forms.pages import publish
from course.forms.status import Status
from course.forms.style import STYLE

Keep = Callable[[str, Any, str], Answer]
Widget = Any  # ipywidgets carries no types

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
        key: dropdown(declared.options, chosen.get(key), description=text)
        for key, text in declared.items.items()
    }

    def changed(_change: object) -> None:
        status.keep({key: drop.value for key, drop in lists.items() if drop.value}, "")

    for drop in lists.values():
        drop.observe(changed, names="value")
    return [_label(declared.label), _group([*lists.values()], "match"), status.view]


def _table(declared: fields.Table, kept: Answer | None, status: Status) -> list[Widget]:
    def changed(value: Any, typed: str, problems: Sequence[str]) -> None:
        status.keep(value, typed, problem=" ".join(problems))

    grid = Grid(declared, _typed_rows(declared, kept), changed)
    return [_label(declared.label), grid.view, *grid.buttons, status.view]


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
