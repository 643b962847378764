"""The gates on a cluster file: met, not met, or not to be told from the data."""

from __future__ import annotations

import re
from collections.abc import Callable

from course import cooperation
from course.cluster import Link, SaleStatus, figures
from course.defence.evidence import Desk, GateRow, Sentence, by_law
from course.defence.rubric import Gate
from course.requirements import Outcome
from course.wording import count, day, money, quoted, trimmed

Verdict = tuple[Outcome, tuple[Sentence, ...]]
_YEAR = re.compile(r"\b(19|20)\d\d\b")


def gate_row(desk: Desk, gate: Gate) -> GateRow:
    """The verdict of the data on a gate; a gate that nobody wrote a rule for is not told."""
    rule = _RULES.get(gate.id)
    if rule is None:
        return GateRow(gate, Outcome.UNKNOWN, (desk.told("В файле кластера об этом данных нет"),))
    return GateRow(gate, *rule(desk))


def _judged(met: bool) -> Outcome:
    return Outcome.PASS if met else Outcome.FAIL


def _contracts(desk: Desk) -> Verdict:
    """G1: a qualifying contract, or a plan with a day that is still ahead."""
    rule = desk.contract_rule
    if rule.outcome is Outcome.PASS:
        return rule.outcome, by_law(rule)
    cluster = desk.cluster
    bare = cooperation.isolated(cluster)
    planned = {name: contract for contract in cluster.contracts
               if not contract.signed and contract.link is not Link.OTHER
               and contract.since >= desk.on
               for name in (contract.supplier, contract.buyer)}  # fmt: skip
    without = [member for member in bare if member.id not in planned]
    said = [
        desk.told(
            f"{quoted(m.label)}: подписанного договора нет, есть план с {day(planned[m.id].since)}"
        )
        for m in bare
        if m.id in planned
    ]
    said += [
        desk.told(f"{quoted(m.label)}: нет ни договора, ни плана с будущим днём") for m in without
    ]
    if bare or not cluster.members:
        return _judged(not without and bool(cluster.members)), (*by_law(rule), *said)
    return rule.outcome, by_law(rule)


def _organisation(desk: Desk) -> Verdict:
    known = desk.cluster.specialised_organisation
    said = f"Названа: {known.name}" if known else "Специализированная организация не названа"
    return _judged(known is not None), (desk.told(said, "сведения об организации"),)


def _project(desk: Desk) -> Verdict:
    """G3: a project with an initiator and a buyer who has a name."""
    said, met = [], False
    for plan in desk.cluster.projects:
        sales = [sale for product in plan.products for sale in product.sales]
        firm = sum(sale.status is not SaleStatus.PLANNED for sale in sales)
        inside = [quoted(desk.cluster.member(name).label) for name in plan.buyers]
        buyers = ", ".join(inside) or "среди участников нет"
        met = met or bool(inside)
        starter = desk.cluster.member(plan.initiator).label
        text = (
            f"{quoted(plan.title)}: инициатор {quoted(starter)}, покупатели из кластера: "
            f"{buyers}; договоров и писем {firm} из {len(sales)}"
        )
        said.append(desk.of(plan, text))
    return _judged(met), tuple(said) or (desk.told("Проектов импортозамещения нет"),)


def _sources(desk: Desk) -> Verdict:
    """G4: the file keeps a source with each figure; whether it has a date only a reader sees."""
    found = [figure for plan in desk.cluster.projects for figure in figures(plan)]
    if not found:
        return Outcome.UNKNOWN, (desk.told("Чисел проектов в файле нет"),)
    dated = sum(bool(_YEAR.search(figure.figure.source)) for figure in found)
    total = count(len(found), "числа", "чисел", "чисел")
    said = (
        f"Источник назван у каждого из {total} проектов",
        f"Год виден в источнике у {dated} из {len(found)}; у остальных день проверьте сами",
    )
    outcome = Outcome.PASS if dated == len(found) else Outcome.UNKNOWN
    return outcome, tuple(desk.told(text) for text in said)


def _editions(desk: Desk) -> Verdict:
    """G5: norms of the models carry their edition; so must loans of funds and grants."""
    used = {edition for plan in desk.plans for edition in plan.case.editions}
    known = [edition for edition in used if edition.since or edition.seen]
    late = sum(edition.known and edition.expired_on(desk.on) for edition in used)
    unnamed = [
        quoted(grant.title) for plan in desk.cluster.projects for grant in plan.grants
        if not grant.measure
    ]  # fmt: skip
    said = [f"Норм в моделях проектов: {len(used)}, день редакции есть у {len(known)}"]
    if late:
        said.append(f"Из них пора сверить заново на {day(desk.on)}: {late}")
    if unnamed:
        said.append(f"Норма не названа: {', '.join(unnamed)}")
    if not used:
        return Outcome.UNKNOWN, (desk.told("Ставок и порогов в файле нет"),)
    source = f"модель проекта, нормы на {day(desk.on)}"
    standing = "реестр норм курса"
    met = len(known) == len(used) and not unnamed
    return _judged(met), tuple(Sentence(text, source, standing) for text in said)


def _budget(desk: Desk) -> Verdict:
    said, met = [], bool(desk.cluster.projects)
    for plan in desk.cluster.projects:
        uses, sources = plan.budget, sum(source.amount for source in plan.sources)
        met = met and abs(uses - sources) < 1
        text = f"{quoted(plan.title)}: источники {money(sources)}, расходы {money(uses)}"
        said.append(desk.of(plan, f"{text}, разница {trimmed(sources - uses, 2)} ₽"))
    return _judged(met), tuple(said) or (desk.told("Проектов импортозамещения нет"),)


_RULES: dict[str, Callable[[Desk], Verdict]] = {
    "G1": _contracts,
    "G2": _organisation,
    "G3": _project,
    "G4": _sources,
    "G5": _editions,
    "G6": _budget,
}
