"""Where the cluster wants to be: its goals, what it lacks for them, and dated targets."""

from __future__ import annotations

from pydantic import Field

from course.cluster.values import Day, Note, Part, Title, Whole, Word


class Indicator(Word):
    """What a target is set for; what it is today, the file itself tells."""

    MEMBERS = "members", "Участников"
    CONTRACTS = "contracts", "Подписанных договоров"
    PROJECTS = "projects", "Проектов импортозамещения"
    JOBS = "jobs", "Рабочих мест проектов после пуска"


class Goal(Part):
    """A strategic goal, with its day and who answers for it."""

    title: Note = Field(title="Цель")
    until: Day = Field(title="К какому дню")
    owner: Title = Field(title="Кто отвечает", description="Имя из списка team.people")


class Target(Part):
    """The value that an indicator is to reach by a day."""

    indicator: Indicator = Field(title="Показатель")
    value: Whole = Field(title="Целевое значение")
    until: Day = Field(title="К какому дню")


class Need(Part):
    """A piece of infrastructure that the projects need and nobody has yet."""

    title: Title = Field(title="Что нужно")
    place: Title = Field(title="Где")
    note: Note | None = Field(None, title="Пояснение")


class Goals(Part):
    """Goals, targets and needs of infrastructure that the programme of development names."""

    goals: tuple[Goal, ...] = Field(title="Стратегические цели", min_length=1, max_length=20)
    targets: tuple[Target, ...] = Field((), title="Целевые показатели", max_length=20)
    infrastructure: tuple[Need, ...] | None = Field(
        None,
        title="Потребности в инфраструктуре",
        description="Пустой список: проверено, не нужно",
        max_length=40,
    )
