"""What stands beside a criterion: sentences with figures, and the mark that the data bear.

A ladder has a rung for each mark above 0: whether the cluster file shows what the rubric's
descriptor of that mark asks for, and if not, what is lacking. `held` is the last rung that is
reached without a gap. It is no mark: the file does not show everything that a jury sees.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from course import documents, finance, requirements, support
from course.cluster import Cluster, Project
from course.defence.rubric import Criterion, Gate
from course.documents import Audit
from course.finance import Case, Indicators, Result, SwitchingValue
from course.norms import Edition
from course.requirements import Outcome, Verdict
from course.support import Ranking
from course.wording import NBSP, count, day, quoted

CONTRACT_RULE = "cluster.cooperation.contracts"


@dataclass(frozen=True)
class Sentence:
    """One thing that the data say, where it is from, and how firm that is."""

    said: str
    source: str
    standing: str


@dataclass(frozen=True)
class Rung:
    """Whether the data show what the next mark asks for; `lacking` says what they do not show."""

    shown: bool
    lacking: str


@dataclass(frozen=True)
class Finding:
    """What the data say of one criterion: sentences, the ladder of marks, what a jury would ask."""

    sentences: tuple[Sentence, ...]
    ladder: tuple[Rung, ...]
    question: str


@dataclass(frozen=True)
class Row:
    """A criterion with its evidence; `held` is `None` where the file says nothing of it."""

    criterion: Criterion
    sentences: tuple[Sentence, ...]
    held: int | None
    lacking: str
    question: str


@dataclass(frozen=True)
class GateRow:
    """A gate with the verdict of the data on it."""

    gate: Gate
    outcome: Outcome
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Plan:
    """A project with its model worked out on the day."""

    project: Project
    case: Case
    result: Result
    indicators: Indicators
    switches: tuple[SwitchingValue, ...]


@dataclass(frozen=True)
class Desk:
    """All that evidence is taken from, each worked out once and only when somebody asks."""

    cluster: Cluster
    on: datetime.date

    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        """The projects with their models."""
        return tuple(_plan(self.cluster, project, self.on) for project in self.cluster.projects)

    @cached_property
    def audit(self) -> Audit:
        """The audit of the package of a new cluster."""
        return documents.audit(self.cluster, self.on)

    @cached_property
    def contract_rule(self) -> Verdict:
        """The verdict on requirement (а)."""
        found = requirements.check(self.cluster, on=self.on)
        return next(verdict for verdict in found if verdict.rule == CONTRACT_RULE)

    @cached_property
    def ranking(self) -> Ranking:
        """All measures of support for members and projects."""
        return support.rank(self.cluster, on=self.on)

    def of(self, project: Project, said: str) -> Sentence:
        """A sentence of a project's passport."""
        number = self.cluster.projects.index(project) + 1
        return self.told(said, f"паспорт проекта{NBSP}{number}")

    def told(self, said: str, where: str = "") -> Sentence:
        """A sentence of the cluster file itself."""
        source = f"файл кластера, {where}" if where else "файл кластера"
        return Sentence(said, source, self.cluster.standing.words)

    def reckoned(self, said: str, plan: Plan) -> Sentence:
        """A sentence of the financial model."""
        source = f"модель проекта, нормы на {day(self.on)}"
        standing = f"{self.cluster.standing.words}; {normed(plan.case.editions)}"
        return Sentence(said, source, standing)


def _plan(cluster: Cluster, project: Project, on: datetime.date) -> Plan:
    case = finance.case(cluster, project.id, as_of=on)
    result = finance.run(case)
    return Plan(
        project, case, result, finance.indicators_of(result), finance.switching_values(case)
    )


def normed(editions: Sequence[Edition]) -> str:
    """How firm the norms of a computation are: `норм 12, из них не подтверждено 1`."""
    doubted = sum(not edition.standing.confirmed for edition in editions)
    said = count(len(editions), "норма", "нормы", "норм")
    return f"{said}, не подтверждено {doubted}" if doubted else f"{said}, все с источником"


def by_law(verdict: Verdict) -> tuple[Sentence, ...]:
    """A verdict of the requirements as sentences, with the edition and its standing."""
    edition = verdict.edition
    source = edition.reference if edition else "правило не читали"
    standing = edition.standing.words if edition else "не установлено"
    said = f"{quoted(verdict.title)} на этих данных: {verdict.outcome.words}"
    return tuple(Sentence(text, source, standing) for text in (said, *verdict.evidence))


def grouped(sentences: Sequence[Sentence]) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Neighbouring sentences of one source together: their texts, and the source with standing."""
    found: list[tuple[list[str], str]] = []
    for sentence in sentences:
        origin = f"{sentence.source}; {sentence.standing}"
        if not found or found[-1][1] != origin:
            found.append(([], origin))
        found[-1][0].append(sentence.said)
    return tuple((tuple(texts), origin) for texts, origin in found)


def held(ladder: Sequence[Rung]) -> tuple[int, str]:
    """The mark that a ladder bears, and what is lacking for the next one."""
    for mark, rung in enumerate(ladder):
        if not rung.shown:
            return mark, rung.lacking
    return len(ladder), ""


def row(criterion: Criterion, finding: Finding | None) -> Row:
    """The row of a criterion; a ladder that is not the length of its descriptors says nothing."""
    if finding is None:
        nothing = "По этому критерию в файле кластера данных нет: он виден только на защите"
        return Row(criterion, (), None, nothing, "")
    if len(finding.ladder) != len(criterion.descriptors) - 1:
        return Row(criterion, finding.sentences, None, "", finding.question)
    mark, lacking = held(finding.ladder)
    return Row(criterion, finding.sentences, mark, lacking, finding.question)


def weakest(findings: Sequence[Finding], titles: Sequence[str]) -> Finding:
    """One finding out of those of the projects: all sentences, the ladder of the weakest one."""
    place = min(range(len(findings)), key=lambda n: held(findings[n].ladder)[0])
    ladder = findings[place].ladder
    if len(findings) > 1:
        ladder = tuple(Rung(r.shown, f"{titles[place]}: {r.lacking}") for r in ladder)
    sentences = tuple(sentence for finding in findings for sentence in finding.sentences)
    questions = dict.fromkeys(finding.question for finding in findings)
    return Finding(sentences, ladder, " ".join(q for q in questions if q))
