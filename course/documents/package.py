"""The package: which papers each of the two ways has, and what they are filled with."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from course import requirements, support
from course.claims.book import COUNT, Book
from course.cluster import Cluster, Project
from course.documents import drawing, joining, law, measures
from course.documents.desk import Desk, Paper
from course.documents.entry import Entry, attachments, heading
from course.documents.fields import Fields, matrix_fields, member_fields
from course.documents.inventory import inventory
from course.documents.programme import embedded, programme_fields, put_arcs
from course.documents.scope import Way
from course.errors import Fault, ReportError
from course.folder import CourseFolder
from course.progress import Progress, silent
from course.wording import quoted


def compose(
    folder: CourseFolder, cluster: Cluster, way: Way, as_of: datetime.date,
    progress: Progress = silent,
) -> tuple[tuple[Paper, ...], Book]:  # fmt: skip
    """All papers of a way in memory, and the book of the figures that they may print."""
    if way not in WAYS:
        raise ReportError(Fault("", "way", f"пути «{way}» нет", f"Есть: {', '.join(WAYS)}"))
    if way == "join" and cluster.join is None:
        raise ReportError(
            Fault("cluster.yaml", "join", "раздела join нет: кто и в какой кластер вступает",
                  "Допишите join: enterprise, cluster, partners")
        )  # fmt: skip
    desk = Desk(folder, cluster, way, as_of, WAYS[way])
    papers: list[Paper] = []
    for place, entry in enumerate(WAYS[way]):
        progress(place, len(WAYS[way]), entry.title)
        if entry.make is not None:
            papers += entry.make(desk, entry)
    return tuple(papers), desk.book


# ------------------------------------------------------------------ papers of a new cluster


def _application(desk: Desk, entry: Entry) -> list[Paper]:
    portal = law.under("cluster.confirmation.portal", desk.as_of)
    return [desk.word(
        entry.file(), "application", entry.title, sources=desk.sources(portal),
        attachments=attachments(desk.entries, entry),
    )]  # fmt: skip


def _plain(template: str) -> Callable[[Desk, Entry], list[Paper]]:
    """A paper whose fields are those of the cluster alone, and the norm that it proves."""
    return lambda desk, entry: [
        desk.word(entry.file(), template, entry.title, sources=desk.sources(
            law.under(entry.norm, desk.as_of) if entry.norm else ()))
    ]  # fmt: skip


def _services(desk: Desk, entry: Entry) -> list[Paper]:
    """An agreement with each member."""
    return [
        desk.word(f"{entry.number}_{entry.title.replace(' ', '_')}/{entry.number}_{member.id}.docx",
                  "service", f"{entry.title}: {member.label}",
                  member=member_fields(desk.cluster, member, desk.book))
        for member in desk.cluster.members
    ]  # fmt: skip


def _matrix(desk: Desk, entry: Entry) -> list[Paper]:
    rules = [v for v in requirements.check(desk.cluster, on=desk.as_of)
             if v.rule == "cluster.cooperation.contracts"]  # fmt: skip
    used = [verdict.edition for verdict in rules if verdict.edition]
    return [
        desk.word(entry.file(), "matrix", entry.title, heading=heading(desk),
                  sources=desk.sources(used),
                  **_matrix_fields(desk)),
        desk.matrix(entry.file(".xlsx"), entry.title),
    ]  # fmt: skip


def _matrix_fields(desk: Desk) -> Fields:
    found = matrix_fields(desk.scope, desk.contracts, desk.book)
    join = desk.cluster.join
    if desk.way == "join" and join:
        bound = any(contract.signed for contract in desk.contracts)
        label = quoted(desk.cluster.member(join.enterprise).label)
        found["isolated"] = "таких участников нет" if bound else label
    return found


def _map(desk: Desk, entry: Entry) -> list[Paper]:
    shown = {member.id for member in desk.scope.members}
    fields = {
        **desk.map_fields,
        "members": [member for member in desk.base["members"] if member["id"] in shown],
    }
    if desk.way == "join":
        fields["gaps"] = []
        fields["infrastructure"] = joining.infrastructure(desk.scope)
    picture = desk.picture
    put_arcs(desk.scope, desk.book)
    name = entry.file(".svg")
    svg = Paper(name, entry.title, drawing.signed(picture.svg(), desk.identifier(name)))
    return [
        desk.word(
            entry.file(), "map", entry.title, heading=heading(desk), picture=embedded(picture),
            sources=desk.sources(law.under(entry.norm, desk.as_of)), **fields,
        ),
        svg,
    ]  # fmt: skip


def _passports(desk: Desk, entry: Entry) -> list[Paper]:
    return [
        desk.word(entry.file(more=fields["id"]), "passport", f"{entry.title}: {fields['title']}",
                  p=fields,
                  sources=desk.sources(model.case.editions, _last(model.project)))
        for fields, model in zip(desk.projects, desk.models, strict=True)
    ]  # fmt: skip


def _last(plan: Project) -> datetime.date:
    """The last day that a project's figures reach."""
    return plan.end - datetime.timedelta(days=1)


def _programme(desk: Desk, entry: Entry) -> list[Paper]:
    content = law.under("cluster.programme.content", desk.as_of)
    asked = sum(not row["market"] for row in desk.asked[0])
    used = (*law.under("cluster.programme", desk.as_of), *desk.editions)
    end = max(map(_last, desk.plans), default=None)
    return [desk.word(
        entry.file(), "programme", entry.title,
        plan=programme_fields(desk.cluster, desk.models, desk.book),
        projects=desk.projects,
        content="; ".join(law.said(edition, desk.as_of) for edition in content),
        asked=desk.book.put("programme.asked", "запрошено мер", asked, COUNT),
        sources=desk.sources(used, end),
    )]  # fmt: skip


def _support(desk: Desk, entry: Entry) -> list[Paper]:
    rows, used = desk.asked
    best, norms = measures.chosen(desk.ranking, desk.book)
    return [desk.word(
        entry.file(), "support", entry.title, measures=rows, best=best,
        refused=measures.refused(desk.ranking), questions=measures.questions(desk.ranking),
        notice=support.NOTICE, sources=desk.sources((*used, *norms)),
    )]  # fmt: skip


def _slides(desk: Desk, entry: Entry) -> list[Paper]:
    return [desk.slides(entry.file(".pptx"), entry.title)]


WAYS: dict[str, tuple[Entry, ...]] = {
    "new": (
        Entry("01", "Заявление", "Заявление", "cluster.confirmation.portal", _application),
        Entry("02", "Сведения о специализированной организации", "Организация",
              "cluster.organisation.files_documents", _plain("organisation")),
        Entry("03", "Перечень участников", "Участники", "cluster.members.minimum",
              _plain("members")),
        Entry("04", "Соглашение об участии", "", "cluster.agreement.required",
              _plain("participation")),
        Entry("05", "Соглашения с участниками", "", "", _services),
        Entry("06", "Матрица кооперации", "Матрица", "cluster.cooperation.contracts", _matrix),
        Entry("07", "Функциональная карта", "Карта", "cluster.functional_map.required", _map),
        Entry("08", "Паспорт проекта", "Паспорт", "cluster.project_passport.required", _passports),
        Entry("09", "Программа развития", "Программа", "cluster.programme.required", _programme),
        Entry("10", "Карта мер поддержки", "Меры", "", _support),
        Entry("11", "Опись и чек-лист", "", "", inventory),
        Entry("12", "Презентация защиты", "", "", _slides, attached=False),
    ),
    "join": (
        Entry("01", "Заявление о вступлении", "Участники", "", joining.application),
        Entry("02", "Соглашение о присоединении", "", "cluster.agreement.required",
              joining.hosted("accession")),
        Entry("03", "Матрица кооперации", "Матрица", "cluster.cooperation.contracts", _matrix),
        Entry("04", "Функциональная карта", "Карта", "cluster.functional_map.required", _map),
        Entry("05", "Паспорт проекта", "Паспорт", "cluster.project_passport.required", _passports),
        Entry("06", "Уведомление об изменении состава", "", "cluster.confirmation.on_change",
              joining.hosted("notification"), attached=False),
        Entry("07", "Опись и чек-лист", "", "", inventory),
    ),
}  # fmt: skip
