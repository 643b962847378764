"""The desk on which a package is made: the cluster, its models, its figures, and the writers."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from course import support
from course.claims.book import Book
from course.claims.printed import Printed
from course.cluster import Cluster, Contract, Project
from course.documents import deck, drawing, excel, law, measures, word
from course.documents.auditing import Audit, audit
from course.documents.fields import Fields, common
from course.documents.programme import map_fields, map_picture, programme_fields
from course.documents.projects import Modelled, modelled, project_fields
from course.documents.scope import Way, scope
from course.documents.slides import slides
from course.errors import Fault, ReportError
from course.folder import CourseFolder
from course.norms import Edition

SIGN = "_" * 24
READERS: dict[str, Callable[[bytes], tuple[Printed, ...]]] = {
    ".docx": word.read,
    ".xlsx": excel.read,
    ".pptx": deck.read,
    ".svg": drawing.read,
}


@dataclass(frozen=True)
class Paper:
    """One file of a package, with what it prints under ids."""

    name: str
    title: str
    content: bytes

    @cached_property
    def printed(self) -> tuple[Printed, ...]:
        """The figures of the file, read out of its bytes."""
        reader = READERS.get(Path(self.name).suffix)
        return reader(self.content) if reader else ()


def identifier_of(team: str, way: str, as_of: datetime.date, name: str) -> str:
    """How a file knows which paper it is: whose, of which way and day, and its name."""
    return f"proclusters:{team}:{way}:{as_of}:{name}"


class Desk:
    """What all papers of a package are made from: the cluster, its models, the book of figures."""

    def __init__(
        self, folder: CourseFolder, cluster: Cluster, way: Way, as_of: datetime.date,
        entries: Sequence[Any] = (),
    ) -> None:  # fmt: skip
        self.folder, self.cluster, self.way, self.as_of = folder, cluster, way, as_of
        self.entries = entries
        self.book = Book()

    @cached_property
    def audit(self) -> Audit:
        """What the file lacks."""
        return audit(self.cluster, self.as_of, self.way)

    @cached_property
    def scope(self) -> Cluster:
        """What of the cluster the papers show."""
        return scope(self.cluster, self.way)

    @property
    def contracts(self) -> tuple[Contract, ...]:
        """The contracts of the package."""
        return self.scope.contracts

    @property
    def plans(self) -> tuple[Project, ...]:
        """The projects of the package."""
        return self.scope.projects

    @cached_property
    def models(self) -> tuple[Modelled, ...]:
        """The projects of the package, computed."""
        whole = self.cluster.model_copy(update={"projects": self.plans})
        return modelled(whole, self.as_of)

    @cached_property
    def base(self) -> Fields:
        """The fields that every template may use."""
        found = common(self.cluster, self.as_of, self.book)
        if self.way == "join":  # the organisation of the existing cluster signs, by hand
            found["organisation"] = {**found["organisation"], "head": SIGN}
        return {
            **found,
            "signs": law.SIGNS,
            "sources": self.sources(()),
        }

    @cached_property
    def projects(self) -> list[Fields]:
        """The fields of every passport."""
        return [
            project_fields(self.cluster, model, self.book, number)
            for number, model in enumerate(self.models, 1)
        ]  # fmt: skip

    @cached_property
    def asked(self) -> tuple[list[Fields], tuple[Edition, ...]]:
        """What the projects ask for, and the norms behind it."""
        return measures.requested(self.ranking, self.plans, self.book)

    @cached_property
    def ranking(self) -> support.Ranking:
        """The measures of support on the day of the package."""
        return support.rank(self.cluster, on=self.as_of)

    @cached_property
    def editions(self) -> tuple[Edition, ...]:
        """The norms that the models stand on."""
        return tuple(edition for model in self.models for edition in model.case.editions)

    @cached_property
    def map_fields(self) -> Fields:
        """The functional map."""
        return map_fields(self.scope, self.contracts, self.book)

    @cached_property
    def picture(self) -> Any:
        """The figure of the map."""
        named = self.cluster.join
        highlight = [named.enterprise] if self.way == "join" and named else []
        return map_picture(self.scope, self.as_of, highlight)

    def sources(
        self, found: Iterable[Edition], until: datetime.date | None = None
    ) -> list[dict[str, str]]:
        """The rows of the reference; `until` is the last day that the paper's figures reach."""
        return law.sources(found, self.as_of, self.cluster.standing, until)

    def identifier(self, name: str) -> str:
        """How a file knows which paper it is, wherever it is sent."""
        return identifier_of(self.cluster.team.id, self.way, self.as_of, name)

    def word(self, name: str, template: str, title: str, **fields: Any) -> Paper:
        """A Word paper from a template."""
        values = {**self.base, **fields}
        path = template_of(self.folder, template)
        content = word.render(path, values, self.book, day=self.as_of, title=title,
                              identifier=self.identifier(name))  # fmt: skip
        return Paper(name, title, content)

    def matrix(self, name: str, title: str) -> Paper:
        """The workbook of the matrix."""
        content = excel.matrix(self.cluster, self.contracts, on=self.as_of,
                               identifier=self.identifier(name))  # fmt: skip
        return Paper(name, title, content)

    def slides(self, name: str, title: str) -> Paper:
        """The slides of the defence."""
        plan = programme_fields(self.cluster, self.models, self.book)
        fields = {**self.base, "plan": plan, "projects": self.projects, "measures": self.asked[0]}
        content = slides(
            self.cluster, self.models, fields, png=self.picture.png(150), on=self.as_of,
            identifier=self.identifier(name),
        )  # fmt: skip
        return Paper(name, title, content)


def template_of(folder: CourseFolder, name: str) -> Path:
    """The team's course may have its own template; else the one shipped with the program."""
    import course

    shipped = Path(course.__file__).parent / "_shipped" / "templates"
    checkout = Path(course.__file__).parents[1] / "templates"
    for root in (folder.templates, shipped, checkout):
        path = root / "documents" / f"{name}.docx"
        if path.is_file():
            return path
    raise ReportError(Fault(f"{name}.docx", "", "шаблона нет", "Верните его в templates/documents"))
