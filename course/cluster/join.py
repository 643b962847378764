"""An enterprise that joins a cluster which exists already."""

from __future__ import annotations

from pydantic import Field

from course.cluster.values import Day, Id, Part, Title


class Join(Part):
    """Who joins which cluster, and which members of the file are in that cluster already."""

    enterprise: Id = Field(title="Вступающее предприятие")
    cluster: Title = Field(title="Название существующего кластера")
    organisation: Title | None = Field(None, title="Его специализированная организация")
    order: Title | None = Field(None, title="Номер приказа о подтверждении")
    confirmed: Day | None = Field(None, title="Дата приказа")
    partners: tuple[Id, ...] = Field(
        title="Кто из участников файла уже в этом кластере", min_length=1, max_length=100
    )
