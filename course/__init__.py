"""PROКЛАСТЕРЫ: workbooks of the course, a cluster's business case, the package of documents.

What assignments and templates may use stands in `__all__`; each name is imported when it is first
asked for, so that `import course` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course import (
        charts,
        cooperation,
        defence,
        documents,
        finance,
        regions,
        reporting,
        requirements,
        support,
        wording,
    )
    from course.cluster import Cluster
    from course.cluster import load as load_cluster
    from course.forms import cite, open_form, play, show
    from course.norms import norms as law
    from course.reporting.report import Report

__all__ = [
    "Cluster",
    "Report",
    "charts",
    "cite",
    "cooperation",
    "defence",
    "documents",
    "finance",
    "law",
    "load_cluster",
    "open_form",
    "play",
    "regions",
    "reporting",
    "requirements",
    "show",
    "support",
    "wording",
]

_ORIGIN = {
    "Cluster": ("course.cluster", "Cluster"),
    "Report": ("course.reporting.report", "Report"),
    "cite": ("course.forms", "cite"),
    "law": ("course.norms", "norms"),
    "load_cluster": ("course.cluster", "load"),
    "open_form": ("course.forms", "open_form"),
    "play": ("course.forms", "play"),
    "show": ("course.forms", "show"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _ORIGIN.get(name, (f"course.{name}", ""))
    found = import_module(module)
    value = getattr(found, attribute) if attribute else found
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
