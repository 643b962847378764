"""Rules on contracts: the contract rule as a test of the graph, newcomers, service companies."""

from __future__ import annotations

import datetime

from course import cooperation
from course.cluster import Cluster, Link, Member, Role
from course.norms import Comparison, Edition, norms
from course.requirements.verdict import Finding, Outcome, Verdict, judge
from course.wording import count, day, share


def contract_rule(cluster: Cluster, on: datetime.date) -> Verdict:
    """Requirement (а): a signed contract of a qualifying kind binds every member to another.

    A contract that ended before `on` leaves the outcome unknown: the words of the act, "has
    concluded", do not say whether it counts. So do members on territories with rules of their own.
    """

    return judge("cluster.cooperation.contracts", on, lambda _: _contract_rule(cluster, on))


def _contract_rule(cluster: Cluster, on: datetime.date) -> Finding:
    kinds = norms["cluster.cooperation.link_kinds"].on(on)
    if not isinstance(kinds.value, tuple):
        return Finding(Outcome.UNKNOWN, ("Виды договоров никто не прочитал",), (kinds.open,))
    links = frozenset(map(Link, kinds.value))
    least = norms["cluster.cooperation.contracts_min"].on(on).number
    ever = _partners(cluster, links, None)
    running = _partners(cluster, links, on)
    without = [member for member in cluster.members if len(ever[member.id]) < least]
    ended = [m for m in cluster.members if len(running[m.id]) < least and m not in without]
    special = [member for member in without if elsewhere(cluster, member, on)]
    evidence = [f"Без засчитываемого договора: {_labels(without)}"] if without else []
    if ended:
        evidence.append(f"Только договоры, которые кончились до {day(on)}: {_labels(ended)}")
    if special:
        evidence.append(f"На территориях с особыми правилами до 2028 года: {_labels(special)}")
    evidence += _inside_groups(cluster, links, without)
    changes = tuple(
        mending.statement
        for member in without
        for mending in cooperation.mendings(cluster, member.id)
    )
    if not cluster.members:
        return Finding(Outcome.UNKNOWN, ("Участников в файле нет",))
    if [member for member in without if member not in special]:
        return Finding(Outcome.FAIL, tuple(evidence), changes)
    if special or ended:
        return Finding(Outcome.UNKNOWN, tuple(evidence), changes)
    bound = count(len(cluster.members), "участника", "участников", "участников")
    return Finding(Outcome.PASS, (f"Подписанные договоры есть у всех {bound}", *evidence))


def _partners(
    cluster: Cluster, links: frozenset[Link], on: datetime.date | None
) -> dict[str, set[str]]:
    """With whom a signed contract binds each member; with a day, one that has not ended."""
    found: dict[str, set[str]] = {member.id: set() for member in cluster.members}
    for contract in cluster.contracts:
        if contract.signed and contract.link in links and (on is None or contract.until >= on):
            found[contract.supplier].add(contract.buyer)
            found[contract.buyer].add(contract.supplier)
    return found


def _inside_groups(cluster: Cluster, links: frozenset[Link], without: list[Member]) -> list[str]:
    """Who is bound only inside its own group: the rule is silent on that, experts are not."""
    outside = {
        name
        for contract in cluster.contracts
        if contract.signed and contract.link in links
        and not cooperation.affiliated(cluster, contract)
        for name in (contract.supplier, contract.buyer)
    }  # fmt: skip
    only = [m for m in cluster.members if m.id not in outside and m not in without]
    if not only:
        return []
    return [f"Договоры только внутри своей группы: {_labels(only)}; правило об этом молчит"]


def _labels(members: list[Member]) -> str:
    return ", ".join(f"«{member.label}»" for member in members)


def elsewhere(cluster: Cluster, member: Member, on: datetime.date) -> bool:
    """Whether the member stands on a territory where the article does not apply on that day."""
    norm = norms["cluster.new_territories"]
    first, last = norm.editions[0].since, norm.editions[-1].until
    if first is None or on < first or (last is not None and on > last):
        return False
    names = norm.on(on).value
    titles = {cluster.region(member.region).title, cluster.region(member.production_region).title}
    return isinstance(names, tuple) and bool(titles & set(names))


def new_territories(cluster: Cluster, on: datetime.date) -> Verdict:
    """Whether members stand where, for a time, the Government's own rules hold instead."""

    def look(_: Edition) -> Finding:
        members = [member for member in cluster.members if elsewhere(cluster, member, on)]
        if not members:
            return Finding(Outcome.NOT_APPLICABLE, ("Участников на этих территориях нет",))
        said = f"По особым правилам, которых в данных нет: {_labels(members)}"
        return Finding(Outcome.UNKNOWN, (said,), ("Прочесть правила Правительства",))

    return judge("cluster.new_territories", on, look)


def service_companies(cluster: Cluster, on: datetime.date) -> Verdict:
    """Whether members that provide production services may be members on that day."""

    def look(edition: Edition) -> Finding:
        members = [member for member in cluster.members if member.role is Role.SERVICE]
        if not members:
            return Finding(Outcome.NOT_APPLICABLE, ("Таких участников нет",))
        if edition.value is True:
            return Finding(Outcome.PASS, (f"Участники с услугами: {_labels(members)}",))
        said = f"В этот день не могли быть участниками: {_labels(members)}"
        return Finding(Outcome.FAIL, (said,), ("Правило изменено с 28.09.2023",))

    return judge("cluster.cooperation.production_services", on, look)


def newcomers(cluster: Cluster) -> tuple[Member, ...]:
    """Industrial members without output, or without a contract that ran in the reporting year."""
    bound = {name for c in cooperation.counted(cluster) for name in (c.supplier, c.buyer)}
    return tuple(
        member
        for member in cluster.members
        if member.industrial and (member.output == 0 or member.id not in bound)
    )


def newcomers_number(cluster: Cluster, on: datetime.date) -> Verdict:
    """At most so many members that took no part in the cluster's production last year."""

    def look(edition: Edition) -> Finding:
        found = newcomers(cluster)
        said = f"Новичков: {len(found)}" + (f" — {_labels(list(found))}" if found else "")
        if edition.met(len(found), Comparison.AT_MOST):
            return Finding(Outcome.PASS, (said,))
        extra = len(found) - int(edition.number)
        who = count(extra, "новичка", "новичков", "новичков")
        return Finding(Outcome.FAIL, (said,), (f"Заключить договоры хотя бы для {who}",))

    return judge("cluster.cooperation.newcomers_max", on, look)


def newcomers_term(cluster: Cluster, on: datetime.date) -> Verdict:
    """A newcomer concludes contracts with members within so many years of joining."""

    def look(edition: Edition) -> Finding:
        found = newcomers(cluster)
        if not found:
            return Finding(Outcome.NOT_APPLICABLE, ("Новичков нет",))
        late, undated = [], []
        for member in found:
            if member.joined is None:
                undated.append(member)
            elif on > years_after(member.joined, int(edition.number)):
                late.append(member)
        if late:
            said = f"Срок {edition.words} вышел: {_labels(late)}"
            return Finding(Outcome.FAIL, (said,), ("Заключить договор с участником кластера",))
        if undated:
            said = f"Не указан день вступления: {_labels(undated)}"
            return Finding(Outcome.UNKNOWN, (said,), ("Впишите joined",))
        return Finding(Outcome.PASS, (f"Срок {edition.words} не вышел: {_labels(list(found))}",))

    return judge("cluster.cooperation.newcomers_years", on, look)


def years_after(start: datetime.date, years: int) -> datetime.date:
    """The same day so many years later; 29 February becomes 28."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)


def lowered_threshold(cluster: Cluster, on: datetime.date) -> Verdict:
    """Whether enough members stand on special territories for the lower aggregate level.

    A member whose territory is not given may stand on either side: the outcome is told only when
    it does not depend on it.
    """

    def look(edition: Edition) -> Finding:
        special, open_ = _special(cluster)
        total = len(cluster.members)
        if not total:
            return Finding(Outcome.UNKNOWN, ("Участников в файле нет",))
        low, high = special / total, (special + open_) / total
        said = f"На особых территориях не меньше {share(low)} участников"
        if open_:
            said += f"; территория не указана у {open_} из {total}"
        if edition.met(low, Comparison.AT_LEAST):
            return Finding(Outcome.PASS, (said,))
        if edition.met(high, Comparison.AT_LEAST):
            return Finding(Outcome.UNKNOWN, (said,), ("Впишите territory у каждого участника",))
        return Finding(Outcome.FAIL, (said,), (f"Нужно {edition.limit} участников",))

    return judge("cluster.cooperation.special_members_share", on, look)


def _special(cluster: Cluster) -> tuple[int, int]:
    """How many members are on special territories, and of how many nothing is said."""
    known = [member.territory for member in cluster.members if member.territory is not None]
    return sum(territory != "none" for territory in known), len(cluster.members) - len(known)
