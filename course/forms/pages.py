"""What a notebook shows besides forms: prose with values in it, figures, tables, things to move.

In a kernel it is displayed; in plain Python and at grading it is printed or left out, so that the
authored text runs anywhere.
"""

from __future__ import annotations

import html
import io
import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

GRADING = "NBGRADER_EXECUTION"  # set by nbgrader: «autograde» or «validate»
_DENSITY = 144  # dots per inch of a figure's picture
_SCREEN = 96

Control = tuple[float, float, float, str] | tuple[Mapping[Any, str], str]


def grading() -> bool:
    """Whether answers are only read now, and nothing may be written."""
    return bool(execution())


def execution() -> str:
    """What nbgrader is doing: `autograde`, `validate`, or nothing."""
    return os.environ.get(GRADING, "")


def in_kernel() -> bool:
    """Whether a Jupyter kernel runs this, so that something can be displayed."""
    interactive = sys.modules.get("IPython")
    shell = interactive.get_ipython() if interactive else None
    return getattr(shell, "kernel", None) is not None


def show(*things: Any) -> None:
    """Shows texts (Markdown), matplotlib figures and pandas tables, in their order."""
    for thing in things:
        bundle, metadata = _bundle(thing)
        _display(bundle, metadata)


def play(draw: Callable[..., Figure | str], **controls: Control) -> None:
    """A figure (or a text in Markdown) that the reader moves: `draw(**values)` at each change.

    A control is `(least, largest, first, label)`, a slider, or `({value: text}, label)`, a list to
    choose from. The figure is kept as a picture, which stays when the kernel is gone. At grading
    nothing is drawn.
    """
    if grading():
        return
    if not in_kernel():
        draw(**{name: _first(control) for name, control in controls.items()})
        return
    from course.forms import widgets

    bars = {name: widgets.control(control) for name, control in controls.items()}

    def picture() -> tuple[dict[str, Any], dict[str, Any]]:
        return _bundle(draw(**{name: bar.value for name, bar in bars.items()}))

    publish(widgets.panel(list(bars.values()))._repr_mimebundle_())
    bundle, metadata = picture()
    handle = publish(bundle, metadata, display_id=True)

    def redraw(_change: object) -> None:
        bundle, metadata = picture()
        handle.update(bundle, raw=True, metadata=metadata)

    for bar in bars.values():
        bar.observe(redraw, names="value")


def hide_code() -> None:
    """Takes the grey bars of folded code off the page of this notebook, once its cells run."""
    if grading() or not in_kernel():
        return
    page = ".jp-Notebook:has(.proclusters-open)"
    publish(
        {
            "text/plain": "",
            "text/html": '<div class="proclusters-open"></div><style>'
            f"{page} .jp-Cell-inputWrapper:has(.jp-InputPlaceholder){{display:none}}</style>",
        }
    )


def publish(
    bundle: Mapping[str, Any], metadata: Mapping[str, Any] | None = None, **options: Any
) -> Any:
    """Displays a MIME bundle in the kernel's front end."""
    import IPython.display

    display: Any = IPython.display.display  # carries no types
    return display(dict(bundle), raw=True, metadata=dict(metadata or {}), **options)


def say(text: str, tone: str = "plain") -> Callable[[str, str], None]:
    """Shows one sentence of ours; `tone` is plain, good, partial, missing or bad.

    What is returned puts another sentence in its place, where the front end can.
    """
    if grading() or not in_kernel():
        print(text)
        return lambda _text, _tone: None
    handle = publish(_sentence(text, tone), display_id=True)
    return lambda text, tone: handle.update(_sentence(text, tone), raw=True)


def _sentence(text: str, tone: str) -> dict[str, Any]:
    mark = {"good": "✓", "partial": "◐", "missing": "○", "bad": "!"}.get(tone, "")
    edge = {"good": "#1b6e3c", "partial": "#8a5a00", "missing": "#5f6b7a", "bad": "#a3241b"}
    style = (
        f"border-left:4px solid {edge.get(tone, '#1f4e79')};padding:3px 12px;margin:0 0 6px;"
        "color:#1a1a1a;background:#f3f5f8;max-width:908px;font-size:14px;line-height:1.45"
    )
    body = html.escape(text).replace("\n", "<br>")
    sign = f'<span aria-hidden="true" style="font-weight:700">{mark}</span> ' if mark else ""
    return {"text/plain": text, "text/html": f'<div style="{style}">{sign}{body}</div>'}


def _bundle(thing: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    if isinstance(thing, str):
        return {"text/plain": thing, "text/markdown": thing}, {}
    if hasattr(thing, "savefig"):
        return _picture(thing)
    if hasattr(thing, "to_html"):
        return {"text/plain": str(thing), "text/html": thing.to_html(escape=True, border=0)}, {}
    raise TypeError(f"show() takes texts, figures and tables, not {type(thing).__name__}")


def _picture(figure: Figure) -> tuple[dict[str, Any], dict[str, Any]]:
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=_DENSITY, bbox_inches="tight")
    content = stream.getvalue()
    width = int.from_bytes(content[16:20], "big")  # the PNG header's own
    metadata = {"image/png": {"width": round(width * _SCREEN / _DENSITY)}}
    return {"text/plain": "(рисунок)", "image/png": content}, metadata


def _display(bundle: dict[str, Any], metadata: dict[str, Any] | None = None) -> None:
    if in_kernel():
        publish(bundle, metadata)
    elif not grading():
        print(bundle["text/plain"])


def _first(control: Control) -> Any:
    """The value that a control begins with."""
    head = control[0]
    return next(iter(head)) if isinstance(head, Mapping) else control[2]  # type: ignore[misc]
