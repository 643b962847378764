"""Rules on who and what a cluster consists of, and on the clocks of its confirmation."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from course.cluster import Cluster, Role
from course.norms import Comparison, Edition
from course.requirements.contracts import years_after
from course.requirements.verdict import Finding, Outcome, Verdict, judge
from course.wording import day


@dataclass(frozen=True)
class Least:
    """A rule that wants at least so many of something that the file counts."""

    rule: str
    what: str
    found: Callable[[Cluster], int]

    def verdict(self, cluster: Cluster, on: datetime.date) -> Verdict:
        """The verdict, with the number found and the number wanted."""

        def look(edition: Edition) -> Finding:
            found, wanted = self.found(cluster), edition.number
            limit = edition.limit if edition.comparison else f"не меньше {edition.words}"
            said = f"{self.what}: {found}, нужно {limit}"
            if edition.met(found, Comparison.AT_LEAST):
                return Finding(Outcome.PASS, (said,))
            lacking = max(wanted - found, 1)
            return Finding(Outcome.FAIL, (said,), (f"{self.what}: не хватает {lacking:g}",))

        return judge(self.rule, on, look)


def _with_role(*roles: Role) -> Callable[[Cluster], int]:
    return lambda cluster: sum(member.role in roles for member in cluster.members)


LEAST = (
    Least("cluster.members.minimum", "Участников промышленности",
          lambda cluster: sum(member.industrial for member in cluster.members)),
    Least("cluster.members.final_producers_min", "Производителей конечной продукции",
          lambda cluster: sum(member.final_producer for member in cluster.members)),
    Least("cluster.members.education_min", "Образовательных организаций",
          _with_role(Role.UNIVERSITY)),
    Least("cluster.members.infrastructure_min", "Объектов инфраструктуры",
          _with_role(Role.INFRASTRUCTURE)),
    Least("cluster.projects.minimum", "Проектов импортозамещения",
          lambda cluster: len(cluster.projects)),
)  # fmt: skip

# What the file does not tell; the rule is named so that nobody thinks it was checked.
UNTOLD = (
    ("cluster.members.nonprofit_min", "В файле нет сведений о некоммерческих организациях"),
    ("cluster.members.financial_min", "В файле нет сведений о финансовых организациях"),
    ("cluster.jobs.high_productivity_share", "В файле нет сведений о рабочих местах по зарплате"),
    ("cluster.productivity.above_region", "В файле нет добавленной стоимости участников"),
    ("cluster.agreement.required", "В файле нет подписей под соглашением"),
    ("cluster.payroll.separate_accounting", "В файле нет сведений об учёте зарплаты"),
    ("cluster.programme.required", "В файле нет программы развития"),
    (
        "cluster.functional_map.required",
        "Карта строится из договоров файла, утверждённой карты нет",
    ),
)


def untold(rule: str, said: str, on: datetime.date) -> Verdict:
    """The verdict on a rule about which the file has no data."""

    def look(edition: Edition) -> Finding:
        outcome = Outcome.NOT_APPLICABLE if edition.value is False else Outcome.UNKNOWN
        return Finding(outcome, ("Правило отменено",) if edition.value is False else (said,))

    return judge(rule, on, look)


def organisation_named(cluster: Cluster, on: datetime.date) -> Verdict:
    """The documents are filed by the specialised organisation, so there has to be one."""

    def look(_: Edition) -> Finding:
        organisation = cluster.specialised_organisation
        if organisation is None:
            said = "Специализированная организация не названа"
            return Finding(Outcome.FAIL, (said,), ("Назовите её в specialised_organisation",))
        return Finding(Outcome.PASS, (f"Названа: {organisation.name}",))

    return judge("cluster.organisation.files_documents", on, look)


def founders_half(cluster: Cluster, on: datetime.date) -> Verdict:
    """At least half of the members are founders of the specialised organisation."""

    def look(edition: Edition) -> Finding:
        if edition.value is False:
            return Finding(Outcome.NOT_APPLICABLE, ("Правило отменено",))
        organisation = cluster.specialised_organisation
        if organisation is None or not organisation.founders:
            return Finding(Outcome.UNKNOWN, ("Учредители не названы",), ("Впишите founders",))
        founders = {founder.member for founder in organisation.founders if founder.member}
        said = f"Учредителей из участников: {len(founders)} из {len(cluster.members)}"
        if 2 * len(founders) >= len(cluster.members):
            return Finding(Outcome.PASS, (said,))
        return Finding(Outcome.FAIL, (said,), ("Нужна хотя бы половина участников",))

    return judge("cluster.organisation.founders_half", on, look)


def confirmation_clocks(cluster: Cluster, on: datetime.date) -> tuple[Verdict, ...]:
    """The two clocks of a confirmed cluster: five years, and the re-confirmation of 2022."""
    return (
        judge("cluster.registry.decision_years", on, lambda e: _old_decision(cluster, on, e)),
        judge("cluster.registry.reconfirmation_years", on, lambda e: _term(cluster, on, e)),
        judge("cluster.confirmation.transitional_2372", on, lambda _: Finding(Outcome.UNKNOWN)),
    )


def _old_decision(cluster: Cluster, on: datetime.date, edition: Edition) -> Finding:
    """A decision from before the edition lives for its own term."""
    if cluster.confirmed is None:
        return Finding(Outcome.NOT_APPLICABLE, ("Кластер ещё не подтверждён",))
    if edition.since is None or cluster.confirmed >= edition.since:
        return Finding(Outcome.NOT_APPLICABLE, ("Решение принято по новым правилам",))
    return _term(cluster, on, edition)


def _term(cluster: Cluster, on: datetime.date, edition: Edition) -> Finding:
    if cluster.confirmed is None:
        return Finding(Outcome.NOT_APPLICABLE, ("Кластер ещё не подтверждён",))
    if on < cluster.confirmed:
        return Finding(
            Outcome.NOT_APPLICABLE, (f"Решение принято позже, {day(cluster.confirmed)}",)
        )
    last = years_after(cluster.confirmed, int(edition.number))
    said = f"Решение от {day(cluster.confirmed)}, срок {edition.words} — по {day(last)}"
    if on <= last:
        return Finding(Outcome.PASS, (said,))
    return Finding(Outcome.FAIL, (said,), ("Подтвердить соответствие заново",))
