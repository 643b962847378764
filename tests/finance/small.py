"""The small project of small.yaml as a case, whole or with changes."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path
from typing import Any

from course import finance
from course.cluster import Cluster, load
from course.cluster.projects import Project
from course.finance.model import Case

HERE = Path(__file__).parent
AS_OF = datetime.date(2026, 11, 22)


@cache
def cluster() -> Cluster:
    """The cluster with the small project."""
    return load(HERE / "small.yaml")


def case(**changes: Any) -> Case:
    """The case of the small project with fields replaced."""
    whole = cluster()
    plan: Project = whole.projects[0].model_copy(update=changes)
    return finance.case(whole.model_copy(update={"projects": (plan,)}), "modules", as_of=AS_OF)


def valued(figure: Any, value: float) -> Any:
    """The same figure with another value."""
    return figure.model_copy(update={"value": value, "low": None, "high": None})
