"""The inventory with its checklist: what each paper proves, and what is still to be done."""

from __future__ import annotations

from collections.abc import Sequence

from course import requirements
from course.documents import law
from course.documents.auditing import BY_HAND, Finding
from course.documents.desk import Desk, Paper
from course.documents.entry import Entry, heading
from course.documents.fields import Fields
from course.norms import Edition
from course.requirements import Outcome
from course.wording import number

NAMED = 6  # so many are named in a line of the to-do list; the command names all


def inventory(desk: Desk, entry: Entry) -> list[Paper]:
    """The checklist: papers, what they prove, what is missing, what to write by hand."""
    verdicts = [v for v in requirements.check(desk.cluster, on=desk.as_of)
                if v.edition and v.outcome is not Outcome.NOT_APPLICABLE]  # fmt: skip
    used: list[Edition] = []
    if desk.way == "new":
        used = [verdict.edition for verdict in verdicts if verdict.edition]
    for other in desk.entries:
        used += law.under(other.norm, desk.as_of) if other.norm else ()
    return [desk.word(
        entry.file(), "inventory", entry.title, heading=heading(desk),
        ready=desk.audit.ready,
        documents=[_line(desk, other) for other in desk.entries if other is not entry],
        todo=_grouped(desk.audit.todo),
        by_hand=list(BY_HAND),
        sources=desk.sources(used),
    )]  # fmt: skip


def _line(desk: Desk, entry: Entry) -> Fields:
    """A paper in the inventory: what it proves by which norm, and how ready it is."""
    missing = desk.audit.about(entry.about) if entry.about else ()
    norms = law.under(entry.norm, desk.as_of) if entry.norm else ()
    proves = "; ".join(f"{norm.title}: {law.said(norm, desk.as_of)}" for norm in norms[:2])
    owners = dict.fromkeys(finding.owner for finding in missing)
    return {
        "number": entry.number,
        "title": entry.title,
        "proves": proves or "принято в курсе [К]",
        "status": f"замечаний: {number(len(missing))}" if missing else "замечаний нет",
        "owner": ", ".join(list(owners)[:3]) + (" и другие" if len(owners) > 3 else "") or "—",
    }


def _grouped(findings: Sequence[Finding]) -> list[Fields]:
    """The to-do list with equal remarks on many members put into one line."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.document, finding.what, finding.remedy), []).append(finding)
    rows = []
    for (document, what, remedy), found in groups.items():
        subjects = [finding.subject for finding in found if finding.subject]
        named = ", ".join(subjects[:NAMED])
        more = f" и ещё {len(subjects) - NAMED}" if len(subjects) > NAMED else ""
        said = f"{what}: {named}{more}" if named else what
        owners = list(dict.fromkeys(finding.owner for finding in found))
        rows.append({
            "document": document,
            "what": f"{said}. {remedy}." if remedy else f"{said}.",
            "owner": ", ".join(owners[:2]) + (" и другие" if len(owners) > 2 else ""),
        })  # fmt: skip
    return rows
