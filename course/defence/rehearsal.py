"""The rehearsal: a team marks itself by the jury's rubric and meets what its own data say.

    found = evidence(cluster, on=day)
    compare(found, {"need": 3, …}, {"G1": True, …}).differences

Nothing here is a verdict: the jury marks, and only an order of the Ministry confirms a cluster.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from course.cluster import Cluster, parse
from course.defence import rubric as rubrics
from course.defence.criteria import finding
from course.defence.evidence import Desk, GateRow, Row, row
from course.defence.gates import gate_row
from course.defence.rubric import Rubric
from course.defence.scores import by_marks, capped
from course.errors import CourseError
from course.files import Yaml
from course.requirements import Outcome
from course.wording import trimmed

TEAM_FILE = Path("team.yaml")  # where a team's merged data are read from, as messages name it
NOTICE = (
    "«Держат данные» — отметка, до которой доводят сведения файла. Это не оценка жюри: жюри видит "
    "и то, чего в файле нет. Критерии — предложение курса."
)


@dataclass(frozen=True)
class Evidence:
    """A team's data beside the whole rubric on a day."""

    team: str
    title: str
    on: datetime.date
    rubric: Rubric
    gates: tuple[GateRow, ...]
    rows: tuple[Row, ...]

    def row(self, criterion: str) -> Row:
        """The row of a criterion; `KeyError` when the rubric has none of that name."""
        return {found.criterion.id: found for found in self.rows}[criterion]


@dataclass(frozen=True)
class Difference:
    """A mark or a gate of the team that its data do not bear, or bear and more."""

    about: str
    said: str


@dataclass(frozen=True)
class SelfScore:
    """What a team gave itself: points of 100 by marks, the total after the cap, differences.

    `missing` are criteria without a mark, which count 0, and gates without an answer, which count
    as not met.
    """

    raw: Fraction
    total: Fraction
    unmet: tuple[str, ...]
    missing: tuple[str, ...]
    differences: tuple[Difference, ...]

    @property
    def words(self) -> str:
        """The total as one Russian sentence."""
        total = f"Итог {trimmed(float(self.total), 1)} из 100"
        if self.total < self.raw:
            by_marks_alone = trimmed(float(self.raw), 1)
            total += f": по отметкам {by_marks_alone}, но не выполнены {', '.join(self.unmet)}"
        return f"{total}. Без ответа: {len(self.missing)}." if self.missing else f"{total}."


def evidence(cluster: Cluster, *, on: datetime.date, rubric: Rubric | None = None) -> Evidence:
    """The data of a cluster file beside each criterion and gate; without `rubric`, the shipped one.

    Raises `NormError` for a day before the decree, `FinanceError` for a project that cannot be
    worked out.
    """
    rules = rubric or rubrics.load()
    desk = Desk(cluster, on)
    return Evidence(
        cluster.team.title,
        cluster.title,
        on,
        rules,
        tuple(gate_row(desk, gate) for gate in rules.gates),
        tuple(row(criterion, finding(desk, criterion.id)) for criterion in rules.criteria),
    )


def attempt(
    data: Mapping[str, Any], *, on: datetime.date
) -> tuple[Evidence | None, tuple[str, ...]]:
    """The evidence of a team's merged data, or what they still lack, as Russian sentences."""
    try:
        return evidence(parse(Yaml(TEAM_FILE, dict(data), {})), on=on), ()
    except CourseError as error:
        return None, tuple(str(fault) for fault in error.faults)


def compare(
    found: Evidence, marks: Mapping[str, int], gates: Mapping[str, bool]
) -> SelfScore:  # fmt: skip
    """The team's own marks and gates beside the evidence: total, cap, and what differs."""
    rules = found.rubric
    kept = {key: mark for key, mark in marks.items() if mark in rules.marks}
    raw = by_marks(rules, kept)
    unmet = tuple(gate.id for gate in rules.gates if not gates.get(gate.id, False))
    missing = [c.title for c in rules.criteria if c.id not in kept]
    missing += [gate.title for gate in rules.gates if gate.id not in gates]
    differences = [_of_gate(row, gates.get(row.gate.id)) for row in found.gates]
    differences += [_of_mark(row, kept.get(row.criterion.id)) for row in found.rows]
    return SelfScore(
        raw,
        capped(rules, raw, met=not unmet),
        unmet,
        tuple(missing),
        tuple(difference for difference in differences if difference),
    )


def _of_gate(row: GateRow, own: bool | None) -> Difference | None:
    """What differs between the team's answer on a gate and the data; an open gate does not."""
    told = {Outcome.PASS: True, Outcome.FAIL: False}.get(row.outcome)
    if own is None or told is None or own == told:
        return None
    said = row.sentences[-1].said
    answer = "выполнено" if own else "не выполнено"
    return Difference(row.gate.id, f"вы отметили «{answer}», а по данным "
                      f"{row.outcome.words}: {said}")  # fmt: skip


def _of_mark(row: Row, own: int | None) -> Difference | None:
    """What differs between the team's mark and the mark that the data bear."""
    if own is None or row.held is None or own == row.held:
        return None
    if own > row.held:
        said = f"вы поставили {own}, а данные держат {row.held}: {row.lacking}"
    else:
        said = f"вы поставили {own}, а данные держат {row.held}: покажите это жюри"
    return Difference(row.criterion.title, said)
