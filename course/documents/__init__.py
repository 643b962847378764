"""The package of documents from a cluster file: made, audited, and verified when it comes back.

    documents.make(folder, "radioelectronics", way="new", as_of=day)
    documents.audit(cluster, day).lines
    documents.verify(path, folder).lines

Names are imported when they are first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.claims.comparison import Discrepancy
    from course.documents.auditing import Audit, Finding, audit
    from course.documents.making import make
    from course.documents.verifying import Verification, verify

_ORIGIN = {
    "Audit": "auditing",
    "Discrepancy": "verifying",
    "Finding": "auditing",
    "Verification": "verifying",
    "audit": "auditing",
    "make": "making",
    "verify": "verifying",
}

__all__ = ["Audit", "Discrepancy", "Finding", "Verification", "audit", "make", "verify"]


def __getattr__(name: str) -> Any:
    if name not in _ORIGIN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ORIGIN[name]}"), name)
