"""A report as one HTML page by nbconvert: what the executed notebook shows, without its code."""

from __future__ import annotations

from typing import Any

from course.imports import quickly
from course.reporting.report import Report
from course.reporting.template import Template
from course.wording import day

with quickly():
    import nbformat.v4
    from nbconvert import HTMLExporter

NAME = "report"  # the folder of our nbconvert template in the styles


def page(executed: Any, report: Report, template: Template, identifier: str) -> str:
    """The page: Russian, no code, pictures inside, prints on A4."""
    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        template_name=NAME,
        extra_template_basedirs=[str(template.root / "styles")],
        exclude_input=True,
    )
    resources = {
        "report": {
            "title": report.title,
            "identifier": identifier,
            "subtitle": report.subtitle,
            "mark": report.mark,
            "day": day(report.day),
            "facts": report.facts,
            "style": template.style(f"{NAME}/style.css"),
        }
    }
    body, _ = exporter.from_notebook_node(executed, resources=resources)
    return str(body)


def of_report(report: Report, template: Template) -> str:
    """The page of a report that no notebook made."""
    shown = [
        nbformat.v4.new_output("display_data", {"text/html": section._repr_html_()})  # type: ignore[no-untyped-call]
        for section in report.sections
    ]
    cell = nbformat.v4.new_code_cell(outputs=shown)  # type: ignore[no-untyped-call]
    made = nbformat.v4.new_notebook(cells=[cell])  # type: ignore[no-untyped-call]
    return page(made, report, template, "")
