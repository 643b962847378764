"""The papers of an enterprise that joins an existing cluster."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course.claims.book import COUNT, hole
from course.cluster import Cluster, Role
from course.documents import law
from course.documents.desk import Desk, Paper
from course.documents.entry import Entry, attachments
from course.documents.fields import Fields, member_fields
from course.wording import day, quoted


def _host(desk: Desk) -> Fields:
    """The existing cluster, its order, and the enterprise that joins it."""
    join = desk.cluster.join
    assert join is not None
    order = f"приказ № {join.order}" if join.order else hole("номер приказа")
    when = day(join.confirmed) if join.confirmed else hole("дата приказа")
    terms = law.under("cluster.confirmation.notification_term", desk.as_of)
    signed = sum(contract.signed for contract in desk.contracts)
    return {
        "host": {
            "title": join.cluster,
            "quoted": quoted(join.cluster),
            "organisation": join.organisation or hole("специализированная организация"),
            "order": f"{order} от {when}",
        },
        "member": member_fields(desk.cluster, desk.cluster.member(join.enterprise), desk.book),
        "signed": desk.book.put("join.signed", "подписано договоров", signed, COUNT),
        "planned": desk.book.put("join.planned", "планируется договоров",
                                 len(desk.contracts) - signed, COUNT),
        "term": "; ".join(law.said(term, desk.as_of) for term in terms) or hole("срок"),
        "sources": desk.sources(terms),
    }  # fmt: skip


def infrastructure(shown: Cluster) -> list[str]:
    """The sites and universities among the enterprise's partners; there may be none."""
    roles = (Role.INFRASTRUCTURE, Role.UNIVERSITY)
    return [m.name for m in shown.members if m.role in roles] or ["среди партнёров таких нет"]


def application(desk: Desk, entry: Entry) -> list[Paper]:
    """The application of the enterprise to the specialised organisation."""
    fields: dict[str, Any] = {**_host(desk), "attachments": attachments(desk.entries, entry)}
    return [desk.word(entry.file(), "joining", entry.title, **fields)]


def hosted(template: str) -> Callable[[Desk, Entry], list[Paper]]:
    """A paper about the existing cluster and the enterprise."""
    return lambda desk, entry: [desk.word(entry.file(), template, entry.title, **_host(desk))]
