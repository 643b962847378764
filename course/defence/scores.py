"""Scores of the teams: medians, spreads, gates and places; the verdict is left to the jury.

A team's total is Σ weight · median mark / top mark, at most 100. A gate counts as met when more
than half of the jurors who marked the team say so; a team with an unmet gate gets at most the
rubric's cap. All arithmetic is exact (`Fraction`), so that ties are ties.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from course.defence.returned import Sheet
from course.defence.rubric import Rubric
from course.defence.session import Session, Team


@dataclass(frozen=True)
class CriterionScore:
    """Marks of all jurors for one criterion, in the order of the sheets."""

    id: str
    title: str
    weight: int
    marks: tuple[int, ...]
    discuss: bool

    @property
    def median(self) -> Fraction:
        """The middle mark, or the half sum of the two in the middle."""
        return median([Fraction(mark) for mark in self.marks])

    @property
    def spread(self) -> int:
        """The highest mark less the lowest."""
        return max(self.marks) - min(self.marks)


@dataclass(frozen=True)
class GateScore:
    """How many jurors say that a gate is met."""

    id: str
    title: str
    yes: int
    asked: int

    @property
    def met(self) -> bool:
        """More than half say so."""
        return 2 * self.yes > self.asked


@dataclass(frozen=True)
class TeamScore:
    """What the jury's sheets say of a team; `place` is shared by teams with equal totals."""

    team: Team
    jurors: tuple[str, ...]
    criteria: tuple[CriterionScore, ...]
    gates: tuple[GateScore, ...]
    raw: Fraction
    total: Fraction
    pending: tuple[str, ...]
    place: tuple[int, int]

    @property
    def capped(self) -> bool:
        """Whether an unmet gate lowered the total."""
        return self.total < self.raw

    @property
    def unmet(self) -> tuple[GateScore, ...]:
        """The gates that are not met."""
        return tuple(gate for gate in self.gates if not gate.met)


def of(rubric: Rubric, session: Session, sheets: Sequence[Sheet]) -> tuple[TeamScore, ...]:
    """The scores of all teams that have a sheet, best first; ties in the session's order."""
    scored = [
        _team(rubric, team, own)
        for team in session.teams
        if (own := [sheet for sheet in sheets if sheet.team == team.id])
    ]
    totals = [score.total for score in scored]
    placed = [
        TeamScore(**{**vars(score), "place": _place(score.total, totals)}) for score in scored
    ]
    return tuple(sorted(placed, key=lambda score: -score.total))


def by_marks(rubric: Rubric, marks: Mapping[str, Fraction | int]) -> Fraction:
    """Σ weight · mark / top mark, of 100; a criterion without a mark counts 0."""
    weighed = (c.weight * Fraction(marks.get(c.id, 0)) for c in rubric.criteria)
    return sum(weighed, Fraction()) / rubric.top


def capped(rubric: Rubric, raw: Fraction, *, met: bool) -> Fraction:
    """The total: `raw`, but at most the rubric's cap when the gates are not all met."""
    return raw if met else min(raw, Fraction(rubric.cap))


def _team(rubric: Rubric, team: Team, sheets: Sequence[Sheet]) -> TeamScore:
    criteria = []
    for criterion in rubric.criteria:
        marks = tuple(sheet.marks[criterion.id] for sheet in sheets)
        discuss = max(marks) - min(marks) >= rubric.discussion
        criteria.append(
            CriterionScore(criterion.id, criterion.title, criterion.weight, marks, discuss)
        )
    gates = tuple(
        GateScore(gate.id, gate.title, sum(sheet.gates[gate.id] for sheet in sheets), len(sheets))
        for gate in rubric.gates
    )
    raw = by_marks(rubric, {score.id: score.median for score in criteria})
    total = capped(rubric, raw, met=all(gate.met for gate in gates))
    return TeamScore(
        team=team,
        jurors=tuple(sheet.juror for sheet in sheets),
        criteria=tuple(criteria),
        gates=gates,
        raw=raw,
        total=total,
        pending=tuple(dict.fromkeys(sheet.pending for sheet in sheets if sheet.pending)),
        place=(0, 0),
    )


def _place(total: Fraction, totals: Sequence[Fraction]) -> tuple[int, int]:
    """The first and the last place that teams with this total share."""
    better = sum(other > total for other in totals)
    return better + 1, better + totals.count(total)
