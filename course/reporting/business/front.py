"""The first pages: what a director reads in a minute, who the members are, who supplies whom."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from course import charts, cooperation, finance, wording
from course.finance.joint import Role, Share
from course.reporting.blocks import (
    Block,
    Card,
    Cards,
    Column,
    Notice,
    Paragraph,
    Section,
    Table,
)
from course.reporting.business.answers import answers
from course.reporting.business.printing import money, picture, shown
from course.reporting.business.study import Offer, Study

ENOUGH = 1.0  # coverage at which money just pays for the debt


def summary(offer: Offer) -> Section:
    """The whole offer on one page, figures without a verdict."""
    return Section(
        "Главное",
        (
            Paragraph(_sentence(offer), strong=True),
            Cards(
                (
                    Card("budget", "Бюджет", _budget(offer), "money", "млн ₽"),
                    Card("own", "Собственные", _sum(offer, "own"), "money", "млн ₽"),
                    Card("loans", "Займы и кредиты", _sum(offer, "loan"), "money", "млн ₽"),
                    Card("grants", "Гранты, субсидии", _sum(offer, "grant"), "money", "млн ₽"),
                )
            ),
            _returns(offer),
            answers(offer),
            Notice("Что знать до решения", tuple(_warnings(offer))),
            Paragraph(
                "ЧДД — чистый дисконтированный доход, ВНД — внутренняя норма доходности по ВК 477, "
                "до финансирования. Покрытие — деньги от основной деятельности к платежам по "
                "займам. Отчёт показывает числа и их основания. Решение принимает читатель."
            ),
        ),
    )


def _budget(offer: Offer) -> float:
    return sum(study.plan.budget for study in offer.studies)


def _sum(offer: Offer, kind: str) -> float:
    sources = (source for study in offer.studies for source in study.plan.sources)
    return sum(source.amount for source in sources if source.kind == kind)


def _sentence(offer: Offer) -> str:
    budget = wording.money(_budget(offer), "млн ₽")
    if len(offer.studies) == 1:
        study = offer.studies[0]
        return (
            f"Проект «{study.plan.title}», бюджет {budget}. При ставке "
            f"{wording.share(study.figures.discount_rate)} ЧДД "
            f"{wording.money(study.figures.npv, 'млн ₽')}."
        )
    count = wording.count(len(offer.studies), "проект", "проекта", "проектов")
    gaining = sum(study.figures.npv >= 0 for study in offer.studies)
    return (
        f"{count} импортозамещения, общий бюджет {budget}. "
        f"ЧДД не ниже нуля у {gaining} из {len(offer.studies)}."
    )


def _returns(offer: Offer) -> Table:
    return Table(
        "Проекты: деньги, риск, отдача бюджету",
        (
            Column("Проект"),
            money("Бюджет"),
            money("ЧДД"),
            Column("ВНД", "share"),
            Column("Окупаемость с дисконтом", "span"),
            Column("Покрытие, худший год", "number", digits=2),
            Column("Вероятность ЧДД ниже нуля", "share", digits=0),
            Column("Налогов на рубль поддержки, ₽", "number", digits=1),
        ),
        tuple(
            (
                f"{number}. {study.plan.title}" if len(offer.studies) > 1 else study.plan.title,
                study.plan.budget,
                study.figures.npv,
                study.figures.irr.value,
                study.figures.discounted_payback_months,
                study.figures.dscr_min,
                study.risk.loss_probability if study.risk else None,
                study.budget.per_rouble,
            )
            for number, study in enumerate(offer.studies, 1)
        ),
        source=offer.model,
    )


def _warnings(offer: Offer) -> Iterator[str]:
    if offer.terms.scenario != "plan":
        yield (
            f"Отчёт посчитан по сценарию «{offer.scenario.title}»: {offer.scenario.note.lower()}. "
            "Страницы о праве, поддержке и сбоях посчитаны по плану."
        )
    for study in offer.studies:
        told = " ".join(filter(None, (_chance(study), _threat(study), _shortfall(study))))
        if told:
            yield f"{study.plan.title}. {told}"


def _threat(study: Study) -> str:
    """The one figure that moves the project most, to its worse bound."""
    if not study.tornado:
        return ""
    row = study.tornado[0]
    falls = row.npv_low < row.npv_high
    value, npv = (row.low, row.npv_low) if falls else (row.high, row.npv_high)
    return (
        f"{row.title} {shown(value, row.unit)}: ЧДД {wording.money(npv, 'млн ₽')} вместо "
        f"{wording.money(study.figures.npv, 'млн ₽')}."
    )


def _shortfall(study: Study) -> str:
    """A year in which operations do not pay for the debt, told where the answer stands."""
    lowest = study.figures.dscr_min
    if lowest is None or lowest >= ENOUGH:
        return ""
    return (
        f"В худший год деньги от основной деятельности не покрывают платежи по займам: "
        f"покрытие {wording.number(lowest, 2)}, платежи идут из остатка денег."
    )


def _chance(study: Study) -> str:
    """How likely a loss is, and what to expect: the plan may stand far from the middle."""
    if study.risk is None:
        return ""
    return (
        f"ЧДД ниже нуля в {wording.share(study.risk.loss_probability, 0)} случайных сценариев, "
        f"в среднем он {wording.money(study.risk.mean, 'млн ₽')}."
    )


def members(offer: Offer) -> Section:
    """The members with their size, and who supplies whom."""
    cluster = offer.cluster
    lonely = cooperation.isolated(cluster)
    connected = len(cluster.members) - len(lonely)
    without = f" Без договора: {', '.join(m.label for m in lonely)}." if lonely else ""
    titles: dict[Hashable, str] = {member.id: member.label for member in cluster.members}
    groups: dict[Hashable, str] = {
        member.id: offer.regions[member.production_region] for member in cluster.members
    }
    return Section(
        "Участники и кооперация",
        (
            Paragraph(
                f"Подписанными договорами связаны {connected} из {len(cluster.members)} "
                f"участников.{without}",
                strong=True,
            ),
            _sizes(offer),
            picture(
                "Кооперация участников",
                charts.cooperation_graph(
                    cooperation.graph(cluster),
                    titles=titles,
                    groups=groups,
                    highlight=[member.id for member in lonely],
                    highlight_title="нет подписанного договора",
                    source=offer.book,
                ),
            ),
        ),
    )


def _sizes(offer: Offer) -> Table:
    return Table(
        "Состав и размер участников",
        (
            Column("Участник"),
            Column("Роль"),
            Column("Регион производства"),
            money("Выпуск"),
            Column("Работники, чел.", "number", digits=0),
        ),
        tuple(
            (
                member.label,
                member.role.words,
                offer.regions[member.production_region],
                member.output,
                member.headcount,
            )
            for member in offer.cluster.members
        ),
        source=offer.book,
    )


def everybody(offer: Offer) -> Section:
    """Each member's own view, and everybody else's: one ledger of all projects."""
    view = finance.cluster_view([study.result for study in offer.studies])
    blocks: tuple[Block, ...] = (
        Paragraph(
            "Каждый платёж модели имеет плательщика и получателя. Что получают все вместе, "
            f"то все вместе и платят: сумма по всем равна {wording.number(abs(view.total), 2)} ₽.",
            strong=True,
        ),
        Paragraph(
            "Суммы с НДС, без дисконтирования. У поставщиков и работников видны только платежи: "
            "во что им обходятся товар и труд, модель не знает. Покупатель платит за продукцию и "
            "получает её: его «остаток» — стоимость закупки."
        ),
        _shares("Участники кластера", view.members, offer),
        _shares("Остальные", view.others, offer),
    )
    return Section("Взгляд каждого участника", blocks)


def _shares(title: str, shares: tuple[Share, ...], offer: Offer) -> Table:
    return Table(
        title,
        (
            Column("Участник"),
            Column("Кто он в проектах"),
            money("Получает"),
            money("Платит"),
            money("Остаётся"),
        ),
        tuple(
            (
                share.title,
                ", ".join(dict.fromkeys(_role(role) for role in share.roles)),
                sum(role.got for role in share.roles),
                sum(role.paid for role in share.roles),
                share.net,
            )
            for share in shares
        ),
        source=offer.model,
    )


def _role(role: Role) -> str:
    """What a participant is in a project: a member that only pays is a buyer."""
    if role.side is not finance.Side.MEMBER:
        return "инициатор" if role.side is finance.Side.PROJECT else role.side.words
    if role.got and role.paid:
        return "поставщик и покупатель"
    return "поставщик" if role.got else "покупатель"
