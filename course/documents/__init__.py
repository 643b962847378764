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
    from course.claims.verification import Verification
    from course.documents.auditing import Audit, Finding, audit
    from course.documents.making import make
    from course.documents.verifying import verify

_ORIGIN = {
    "Audit": "course.documents.auditing",
    "Discrepancy": "course.claims.comparison",
    "Finding": "course.documents.auditing",
    "Verification": "course.claims.verification",
    "audit": "course.documents.auditing",
    "make": "course.documents.making",
    "verify": "course.documents.verifying",
}

__all__ = ["Audit", "Discrepancy", "Finding", "Verification", "audit", "make", "verify"]


def __getattr__(name: str) -> Any:
    if name not in _ORIGIN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_ORIGIN[name]), name)
