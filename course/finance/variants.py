"""Variants of a cluster: one of its projects replaced, or a figure of it with another value."""

from __future__ import annotations

from typing import TypeVar

from course.cluster import Cluster, Figure, Project
from course.errors import Fault, FinanceError

Some = TypeVar("Some", bound=Figure)


def plan_of(cluster: Cluster, project: str) -> Project:
    """The project with this id; `FinanceError` that names those that there are."""
    for plan in cluster.projects:
        if plan.id == project:
            return plan
    known = ", ".join(plan.id for plan in cluster.projects) or "нет ни одного"
    raise FinanceError(
        Fault("", "projects", f"проекта «{project}» в кластере нет", f"Есть: {known}")
    )


def with_project(cluster: Cluster, plan: Project) -> Cluster:
    """The cluster with a project put in the place of the one of the same id."""
    projects = tuple(plan if one.id == plan.id else one for one in cluster.projects)
    return cluster.model_copy(update={"projects": projects})


def with_value(figure: Some, value: float) -> Some:
    """The figure with another value; its bounds belonged to the old one and are dropped."""
    return figure.model_copy(update={"value": value, "low": None, "high": None})
