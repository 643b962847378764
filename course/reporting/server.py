"""What the workers of reports are forked from imports this, once for all of them.

Importing it also lets the libraries build what they build at their first use: the check of a
notebook against its schema, and the patterns that a web page is searched with. Collecting garbage
waits until everything is there, and what is there is never looked through again.
"""

from __future__ import annotations

import gc

gc.disable()

from course.imports import quickly  # noqa: E402
from course.reporting import making, overview, running, web  # noqa: E402, F401

with quickly():
    import jinja2.ext  # noqa: F401
    import jupytext  # noqa: F401
    import nbformat.v4
    from nbconvert import HTMLExporter

    from course.kernels import warm  # noqa: F401


def _rehearse() -> None:
    """Check and convert a notebook that says nothing."""
    shown = nbformat.v4.new_output("display_data", {"text/html": "<p>"})  # type: ignore[no-untyped-call]
    cell = nbformat.v4.new_code_cell(outputs=[shown])  # type: ignore[no-untyped-call]
    notebook = nbformat.v4.new_notebook(cells=[cell])  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    HTMLExporter(template_name="basic").from_notebook_node(notebook)  # type: ignore[no-untyped-call]


_rehearse()
gc.freeze()
gc.enable()
