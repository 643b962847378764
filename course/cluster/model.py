"""The cluster as a whole: what one `cluster.yaml` holds."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from course.cluster.goals import Goals
from course.cluster.join import Join
from course.cluster.members import Contract, Member, Region, SpecialisedOrganisation
from course.cluster.projects import Project
from course.cluster.values import Day, Id, Note, Okved, Part, Provenance, Title, Year


class Person(Part):
    """Somebody of the team who answers for figures."""

    name: Title = Field(title="Фамилия и инициалы")
    post: Title = Field(title="Должность")


class Team(Part):
    """The team that the file belongs to."""

    id: Id = Field(title="Имя команды латиницей", description="Как называется папка команды")
    title: Title = Field(title="Название команды")
    people: tuple[Person, ...] = Field((), title="Кто отвечает за числа", max_length=60)


class Cluster(Part):
    """An industrial cluster: members, contracts, specialised organisation, projects.

    Read from a file by `load`; a value made another way has not been cross-checked.
    """

    format: Literal[1] = Field(title="Версия формата")
    standing: Provenance = Field(
        title="Происхождение данных",
        description="synthetic: учебные данные, вымышленные фирмы; declared: данные команды",
    )
    team: Team = Field(title="Команда")
    title: Title = Field(title="Название кластера")
    description: Note | None = Field(None, title="О кластере")
    okved: Okved = Field(title="Отрасль по ОКВЭД2")
    reporting_year: Year = Field(title="Отчётный год")
    confirmed: Day | None = Field(
        None, title="Дата приказа о подтверждении", description="Нет ключа: ещё не подтверждён"
    )
    regions: tuple[Region, ...] = Field(title="Регионы", min_length=1, max_length=30)
    members: tuple[Member, ...] = Field(title="Участники", max_length=500)
    contracts: tuple[Contract, ...] = Field((), title="Договоры", max_length=5000)
    specialised_organisation: SpecialisedOrganisation | None = Field(
        None, title="Специализированная организация"
    )
    projects: tuple[Project, ...] = Field((), title="Проекты", max_length=40)
    goals: Goals | None = Field(None, title="Цели и потребности кластера")
    join: Join | None = Field(None, title="Вступление в существующий кластер")

    def member(self, name: str) -> Member:
        """The member with this id; `KeyError` when there is none."""
        return {member.id: member for member in self.members}[name]

    def region(self, name: str) -> Region:
        """The region with this id; `KeyError` when there is none."""
        return {region.id: region for region in self.regions}[name]

    def project(self, name: str) -> Project:
        """The project with this id; `KeyError` when there is none."""
        return {project.id: project for project in self.projects}[name]

    def contract(self, name: str) -> Contract:
        """The contract with this id; `KeyError` when there is none."""
        return {contract.id: contract for contract in self.contracts}[name]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the file may say but a jury would ask about, as Russian sentences."""
        from course.cluster.warnings import warnings  # it reads the whole cluster

        return warnings(self)
