"""Pages of a project: what it makes, what it spends, its statements, its debt."""

from __future__ import annotations

import math

from course import charts, finance
from course.reporting.blocks import (
    Card,
    Cards,
    Column,
    Figure,
    Notice,
    Paragraph,
    Section,
    Table,
)
from course.reporting.business.printing import by_years, money, of_years, picture
from course.reporting.business.study import Offer, Study

KINDS = {"own": "собственные средства", "loan": "заём", "grant": "грант или субсидия"}


def product(offer: Offer, study: Study) -> Section:
    """The product, its analogue, its buyers, what the money goes for and where it comes from."""
    plan, share = study.plan, study.plan.import_share
    analogue = plan.analogue
    advantage = (Paragraph(f"Сравнение с аналогом. {analogue.advantage}"),)
    return Section(
        f"{plan.title}: продукт и вложения",
        (
            Paragraph(plan.description or ""),
            Cards(
                (
                    Card(
                        f"{plan.id}.import_share", "Доля импорта в потреблении", share.value,
                        "share", note=f"{share.year} год; {share.source}; {share.status.words}",
                    ),
                    Card(
                        f"{plan.id}.analogue", "Импортный аналог", analogue.title,
                        note=f"{analogue.country}, ТН ВЭД {analogue.tnved}",
                    ),
                )
            ),
            *(advantage if analogue.advantage else ()),
            _goods(study),
            _buyers(offer, study),
            _materials(offer, study),
            *_funding(offer, study),
            *((Notice("Риски, названные командой", plan.risks),) if plan.risks else ()),
        ),
    )  # fmt: skip


def _goods(study: Study) -> Table:
    return Table(
        "Продукция проекта",
        (
            Column("Наименование"),
            Column("ОКПД2"),
            Column("Цена без НДС, ₽", "number", digits=0),
            Column("Единица"),
            Column("Мощность в месяц", "number", digits=0),
            Column("Загрузка", "share"),
        ),
        tuple(
            (p.title, p.okpd2, p.price.value, p.unit, p.capacity.value, p.utilisation.value)
            for p in study.plan.products
        ),
    )


def _buyers(offer: Offer, study: Study) -> Table:
    return Table(
        "Кому продаётся продукция",
        (
            Column("Продукция"),
            Column("Покупатель"),
            Column("Доля объёма", "share"),
            Column("Основание"),
        ),
        tuple(
            (p.title, offer.titles[s.member] if s.member else s.external, s.share, s.status.words)
            for p in study.plan.products
            for s in p.sales
        ),
    )


def _materials(offer: Offer, study: Study) -> Table:
    return Table(
        "Материалы на единицу",
        (
            Column("Материал"),
            Column("Происхождение"),
            Column("Поставщик"),
            Column("Расход", "number", digits=2),
            Column("Цена без НДС, ₽", "number", digits=2),
        ),
        tuple(
            (
                m.title,
                m.origin.words,
                offer.titles[m.supplier] if m.supplier else m.country,
                m.quantity.value,
                m.price.value,
            )
            for p in study.plan.products
            for m in p.materials
        ),
    )


def _funding(offer: Offer, study: Study) -> tuple[Table, Table]:
    plan = study.plan
    uses = [
        *((item.title, item.date.isoformat(), item.amount.value) for item in plan.capex),
        *((use.title, None, use.amount.value) for use in plan.other_uses),
    ]
    sources = [(s.title, KINDS[s.kind], s.date.isoformat(), s.amount) for s in plan.sources]
    return (
        Table(
            "На что нужны деньги",
            (Column("Направление"), Column("Оплата", "day"), money("Сумма")),
            (*uses, ("Всего", None, plan.budget)),
            totals=(len(uses),),
        ),
        Table(
            "Откуда деньги",
            (Column("Источник"), Column("Вид"), Column("Поступление", "day"), money("Сумма")),
            (*sources, ("Всего", None, None, sum(s.amount for s in plan.sources))),
            totals=(len(sources),),
            source=offer.book,
        ),
    )


def statements(offer: Offer, study: Study) -> Section:
    """Income, money and the balance sheet by years."""
    books, source = study.books, offer.model
    return Section(
        f"{study.plan.title}: три отчёта по годам",
        (
            by_years("Доходы и расходы", books["income"], source),
            by_years("Движение денег", books["cash_flow"], source),
            by_years("Баланс на конец года", books["balance"], source),
            Paragraph("Из чего сложены эти числа, по месяцам — в книге Excel, лист «Расчёт»."),
        ),
    )


def flows(offer: Offer, study: Study) -> Section:
    """How money runs: the flow of the project, the loans with their payments and coverage."""
    flow, gathered = (of_years(study.result, id) for id in ("flow.project", "flow.project.sum"))
    return Section(
        f"{study.plan.title}: движение денег и займы",
        (
            picture(
                "Денежный поток проекта до финансирования и его накопление",
                charts.cash_flow(
                    [str(year) for year in flow],
                    [math.fsum(months) for months in flow.values()],
                    [months[-1] for months in gathered.values()],
                    source=offer.model,
                    height=70.0,
                ),
            ),
            *((_terms(offer, study), _payments(offer, study)) if study.plan.loans else ()),
            _localisation(offer, study),
        ),
    )


def _terms(offer: Offer, study: Study) -> Table:
    return Table(
        "Условия займов",
        (
            Column("Заём"),
            Column("Займодавец"),
            money("Сумма"),
            Column("Ставка", "share"),
            Column("Выдача", "day"),
            Column("Льготный срок", "span"),
            Column("Срок", "span"),
        ),
        tuple(
            (
                loan.title,
                loan.lender,
                loan.principal.value,
                loan.rate.value,
                loan.drawn.isoformat(),
                loan.grace_months,
                loan.term_months,
            )
            for loan in study.plan.loans
        ),
        source=offer.book,
    )


def _payments(offer: Offer, study: Study) -> Figure:
    loans = study.books["loan"]

    def row(name: str) -> list[float]:
        return [float(value) for value in loans.loc[name].to_numpy()]

    return picture(
        "Платежи по займам и их покрытие",
        charts.loan(
            [str(year) for year in loans.columns],
            [abs(value) for value in row("Погашено")],
            row("Проценты уплаченные"),
            row("Долг на конец"),
            finance.coverage(study.result),
            source=offer.model,
            height=92.0,
        ),
    )


def _localisation(offer: Offer, study: Study) -> Table:
    """Where materials come from, by years: the last rows of the statement, all shares."""
    frame = study.books["localisation"]
    shares = frame.tail(3).astype(float)
    return Table(
        "Импорт и локализация по стоимости",
        (Column("Показатель"), *(Column(str(y), "share", digits=0) for y in frame.columns)),
        tuple(
            (str(name), *(None if math.isnan(value) else value for value in values))
            for name, values in zip(shares.index, shares.to_numpy().tolist(), strict=True)
        ),
        source=offer.model,
    )
