"""Evidence beside the criteria of the rubric, out of the file, the model, the audit and the law.

Each function answers for one criterion; its ladder follows the descriptors of `rubric.yaml`, one
rung for each mark above 0.
"""

from __future__ import annotations

from collections.abc import Callable

from course.cluster import Project, SaleStatus, figures
from course.defence.evidence import Desk, Finding, Plan, Rung, Sentence, by_law, weakest
from course.documents.rules import Kind
from course.requirements import Outcome
from course.support import Offer
from course.wording import NBSP, count, day, money, quoted, share, span, trimmed

HALF = 0.5  # the descriptor of mark 2 for documents: «готово от 50 до 90 %»
_BY_HAND = "в файле кластера этого нет, покажите отдельной бумагой"


def finding(desk: Desk, criterion: str) -> Finding | None:
    """What the data say of a criterion; `None` when they say nothing."""
    rule = _RULES.get(criterion)
    return rule(desk) if rule else None


def _of_projects(desk: Desk, look: Callable[[Desk, Plan], Finding]) -> Finding:
    """The finding of the weakest project; without projects nothing is shown."""
    if not desk.plans:
        return Finding(
            (desk.told("Проектов импортозамещения в файле нет"),),
            (Rung(False, "в файле нет ни одного проекта"),) * 3,
            "С каким проектом вы пришли?",
        )
    titles = [quoted(plan.project.title) for plan in desk.plans]
    return weakest([look(desk, plan) for plan in desk.plans], titles)


def _demand(project: Project) -> dict[SaleStatus, float]:
    """The share of the volume by how firm it is; of several products the mean."""
    shares = dict.fromkeys(SaleStatus, 0.0)
    for product in project.products:
        for sale in product.sales:
            shares[sale.status] += sale.share / len(project.products)
    return shares


def _need(desk: Desk, plan: Plan) -> Finding:
    project, analogue, imports = plan.project, plan.project.analogue, plan.project.import_share
    firm = _demand(project)
    codes = f"ОКПД2 {project.okpd2}, аналог {quoted(analogue.title)} ({analogue.country}), ТН ВЭД"
    said = (
        f"{quoted(project.title)}: {codes} {analogue.tnved}",
        f"Доля импорта {share(imports.value)} за {imports.year} год; {imports.status.words}; "
        f"источник: {imports.source}",
        f"Сбыт: по договорам {share(firm[SaleStatus.SIGNED])}, по письмам "
        f"{share(firm[SaleStatus.LETTER])}, план {share(firm[SaleStatus.PLANNED])}",
    )
    top = [f"доля импорта в файле за один год, {imports.year}"]
    if not project.risks:
        top.append("риск поставщика не назван")
    if firm[SaleStatus.PLANNED]:
        top.append(f"{share(firm[SaleStatus.PLANNED])} сбыта ничем не подтверждены")
    return Finding(
        tuple(desk.of(project, text) for text in said),
        (Rung(True, ""), Rung(bool(imports.source), "нет источника объёма"),
         Rung(False, "; ".join(top))),
        "Кто уже обещал купить и на каком языке это записано: договор, письмо или слова?",
    )  # fmt: skip


def _cooperation(desk: Desk) -> Finding:
    rule, contracts = desk.contract_rule, desk.cluster.contracts
    signed = [contract for contract in contracts if contract.signed]
    gaps = [f for f in desk.audit.about("Матрица") if "нет в матрице" in f.what]
    said = [
        *by_law(rule),
        desk.told(
            f"Договоров: подписано {len(signed)}, планируется {len(contracts) - len(signed)}"
        ),
    ]
    if gaps:
        flows = count(len(gaps), "поставки", "поставок", "поставок")
        said.append(desk.told(f"В матрице нет {flows} из паспортов проектов"))
    top = [] if rule.outcome is Outcome.PASS else list(rule.evidence) or [rule.outcome.words]
    top += [f"карта расходится с договорами: {len(gaps)}"] if gaps else []
    return Finding(
        tuple(said),
        (Rung(bool(contracts), "в файле нет связей"),
         Rung(bool(signed), "ни один договор не подписан"),
         Rung(not top, "; ".join(top))),
        "Что останется от кооперации, если уйдёт главный покупатель?",
    )  # fmt: skip


def _technology(desk: Desk, plan: Plan) -> Finding:
    project = plan.project
    said = (
        f"{quoted(project.title)}: стадия — {project.stage or 'не названа'}",
        f"Сравнение с аналогом: {project.analogue.advantage or 'в файле нет'}",
        _points(project),
    )
    return Finding(
        tuple(desk.of(project, text) for text in said),
        (Rung(bool(project.description), "нет описания"),
         Rung(bool(project.analogue.advantage), "нет сравнения с аналогом"),
         Rung(False, f"протокол испытаний и даты пути по ПП № 719: {_BY_HAND}")),
        "Кто испытывал и где протокол?",
    )  # fmt: skip


def _points(project: Project) -> str:
    """What the file says of the points of decree 719."""
    known = project.readiness
    if known is None or known.points_now is None or known.points_target is None:
        return "Баллов по ПП № 719 в файле нет"
    said = f"Баллы по ПП № 719: сейчас {trimmed(known.points_now)}"
    return f"{said}, цель {trimmed(known.points_target)}; {known.points_source or 'без источника'}"


def _economics(desk: Desk, plan: Plan) -> Finding:
    project, found = plan.project, plan.indicators
    irr = found.irr
    rate = f"ВНД {share(irr.value)}" if irr.value is not None else irr.verdict.words
    nearest = next((s for s in plan.switches if s.change is not None), None)
    bounded = any(named.figure.low is not None for named in figures(project))
    planned = _demand(project)[SaleStatus.PLANNED]
    said = [
        f"{quoted(project.title)}: ЧДД {money(found.npv)} при ставке {share(found.discount_rate)}, "
        f"{rate}, окупаемость с учётом ставки: {span(found.discounted_payback_months)}",
        f"Наименьший остаток денег {money(found.cash_min)}; наименьший DSCR "
        f"{trimmed(found.dscr_min, 2)}",
    ]
    if nearest is not None and nearest.change is not None:
        moved = f"{'+' if nearest.change > 0 else ''}{share(nearest.change)}"
        said.append(f"ЧДД равен нулю, если изменится одно: {nearest.title}, {moved}")
    top = [] if bounded else ["у чисел нет границ «от и до», сценарии не построить"]
    top += [] if nearest else ["точка безубыточности не найдена"]
    top += [f"{share(planned)} сбыта только планируется"] if planned else []
    return Finding(
        tuple(desk.reckoned(text, plan) for text in said),
        (Rung(True, ""),
         Rung(found.feasible, f"денег не хватает: остаток опускается до {money(found.cash_min)}"),
         Rung(not top, "; ".join(top))),
        _money_question(found.npv),
    )  # fmt: skip


def _money_question(npv: float) -> str:
    if npv < 0:
        return "ЧДД отрицателен. Зачем проект собственнику и кто покрывает разницу?"
    return "Какое одно число сломает проект и кто за него отвечает?"


def _support(desk: Desk, plan: Plan) -> Finding:
    project = plan.project
    asked = [loan.title for loan in project.loans if loan.programme]
    asked += [grant.title for grant in project.grants]
    asked += [ask.measure for ask in project.support]
    offers = [offer for offer in desk.ranking.offers if offer.project == project.id]
    passed = [offer for offer in offers if offer.outcome is Outcome.PASS]
    unknown = [offer for offer in offers if offer.outcome is Outcome.UNKNOWN]
    listed = "; ".join(map(quoted, asked)) or "не названы"
    said = [desk.of(project, f"{quoted(project.title)}: запрошенные меры — {listed}")]
    said.append(Sentence(
        f"Мер для инициатора на {day(desk.on)}: условия выполнены у {len(passed)}, не установлено "
        f"у {len(unknown)} из {len(offers)}",
        "реестр норм курса", _standings(offers)))  # fmt: skip
    top = "календарь и запасной вариант: " + _BY_HAND
    return Finding(
        tuple(said),
        (Rung(bool(asked), "ни у займа, ни у гранта не названа мера поддержки"),
         Rung(bool(passed), "ни у одной меры не проверены все условия"),
         Rung(False, top)),
        "На какой день эта ставка и есть ли деньги в бюджете этого года?",
    )  # fmt: skip


def _standings(offers: list[Offer]) -> str:
    """The standing of the measures' own rules, each word once."""
    words = {offer.main.standing.words for offer in offers if offer.main and offer.main.known}
    return "; ".join(sorted(words)) or "не установлено"


def _governance(desk: Desk) -> Finding:
    known = desk.cluster.specialised_organisation
    question = "На что организация живёт и кто решает спор между участниками?"
    if known is None:
        unnamed = desk.told("Специализированная организация не названа")
        return Finding((unnamed,), (Rung(False, "организация не названа"),) * 3, question)
    clause = f"п.{NBSP}{known.charter_clause}" if known.charter_clause else "не назван"
    founders = sum(founder.member is not None for founder in known.founders)
    regions = count(len(desk.cluster.regions), "регион", "региона", "регионов")
    said = (
        desk.told(f"Названа: {known.name}", "сведения об организации"),
        desk.told(f"Пункт устава с функциями: {clause}; функций {len(known.functions)}; "
                  f"учредителей из участников {founders}; в кластере {regions}"),
    )  # fmt: skip
    return Finding(
        said,
        (Rung(True, ""),
         Rung(bool(known.charter_clause and known.functions), "полномочия по уставу не названы"),
         Rung(False, f"взносы, показатели и голоса в совете: {_BY_HAND}")),
        question,
    )  # fmt: skip


def _regions(desk: Desk) -> Finding:
    jobs: dict[str, float] = {region.id: 0.0 for region in desk.cluster.regions}
    for plan in desk.plans:
        home = desk.cluster.member(plan.project.initiator).production_region
        staff = (g.count.value for g in plan.project.staff if g.phase != "construction")
        jobs[home] = jobs.get(home, 0.0) + sum(staff)
    listed = "; ".join(f"{desk.cluster.region(name).title} — {trimmed(number)}"
                       for name, number in jobs.items())  # fmt: skip
    said = [desk.told(f"Рабочих мест проектов после пуска: {listed}")]
    said += [
        desk.reckoned(f"{quoted(plan.project.title)}: бюджетам и фондам за срок проекта "
                      f"{money(plan.indicators.budget_sum)}, дисконтированно "
                      f"{money(plan.indicators.budget_npv)}", plan)
        for plan in desk.plans
    ]  # fmt: skip
    said += [
        desk.of(p, f"{quoted(p.title)}: высокопроизводительных мест {known.productive_jobs}; "
                f"{known.productive_source or 'порог не назван'}")
        for p in desk.cluster.projects
        if (known := p.readiness) and known.productive_jobs is not None
    ]  # fmt: skip
    said.append(desk.told("Добавленной стоимости участников в файле нет"))
    return Finding(
        tuple(said),
        (Rung(bool(desk.plans), "проектов нет, считать нечего"),
         Rung(bool(desk.plans), "нет разбивки по регионам"),
         Rung(False, f"проверка на двойной счёт: {_BY_HAND}")),
        "Сколько достанется каждому региону и не посчитано ли одно место дважды?",
    )  # fmt: skip


def _documents(desk: Desk) -> Finding:
    audit = desk.audit
    faults = [f for f in audit.todo if f.kind is Kind.FAULT]
    said = [desk.told(f"Готовность пакета {audit.ready}")]
    said.append(desk.told(f"Исправить: {len(faults)}, дополнить: {len(audit.todo) - len(faults)}"))
    said += [desk.told(f"{fault.document}: {fault.said}") for fault in faults[:3]]
    left = count(len(audit.todo), "замечание", "замечания", "замечаний")
    return Finding(
        tuple(said),
        (Rung(audit.share > 0, "пакета нет"),
         Rung(audit.share >= HALF, f"готовность {audit.ready}"),
         Rung(not audit.todo, f"пакет не проходит проверку: {left}, готовность {audit.ready}")),
        "Какой бумаги не хватает и кто её принесёт?",
    )  # fmt: skip


_RULES: dict[str, Callable[[Desk], Finding]] = {
    "need": lambda desk: _of_projects(desk, _need),
    "cooperation": _cooperation,
    "technology": lambda desk: _of_projects(desk, _technology),
    "economics": lambda desk: _of_projects(desk, _economics),
    "support": lambda desk: _of_projects(desk, _support),
    "governance": _governance,
    "regions": _regions,
    "documents": _documents,
}
