"""Pages of a project: what moves ЧДД, what may come, and how likely it is."""

from __future__ import annotations

from collections.abc import Iterator

from course import charts, finance, wording
from course.finance.lines import Input
from course.finance.maps import Axis
from course.finance.spreads import Spread
from course.reporting.blocks import (
    Block,
    Card,
    Cards,
    Column,
    Paragraph,
    Section,
    Table,
)
from course.reporting.business.printing import bounds, money, picture, shown
from course.reporting.business.study import Offer, Study
from course.reporting.values import Value

DRAWN, LISTED, DRIVERS = 8, 5, 5


def sensitivity(offer: Offer, study: Study) -> Section:
    """The tornado, and the assumptions that weigh most with owner, source and turning point."""
    rows = study.tornado
    return Section(
        f"{study.plan.title}: что сильнее всего влияет на ЧДД",
        (
            Paragraph(
                f"Проверены все {len(rows)} исходных данных. Каждое взято на нижней и верхней "
                "границе, которые назвал его владелец; где границ нет — на 10 % меньше и больше. "
                "Остальные при этом не меняются."
            ),
            picture(
                "Чувствительность ЧДД к допущениям",
                charts.tornado(
                    [
                        (
                            row.title,
                            shown(row.low, row.unit) or "",
                            row.npv_low,
                            shown(row.high, row.unit) or "",
                            row.npv_high,
                        )
                        for row in rows[:DRAWN]
                    ],
                    study.figures.npv,
                    source=offer.model,
                ),
            ),
            _weighty(offer, study),
            *_map(offer, study),
        ),
    )


def _weighty(offer: Offer, study: Study) -> Table:
    inputs = {item.id: item for item in study.case.inputs}
    return Table(
        "Самые весомые допущения и точки перелома; все — в книге Excel, лист «Чувствительность»",
        (
            Column("Допущение"),
            Column("Значение"),
            Column("Границы"),
            Column("ЧДД = 0 при"),
            Column("Владелец"),
            Column("Источник"),
            Column("Статус"),
        ),
        tuple(_assumption(study, row, inputs.get(row.id)) for row in study.tornado[:LISTED]),
        source=offer.book,
    )


def _assumption(study: Study, row: finance.TornadoRow, item: Input | None) -> tuple[Value, ...]:
    turning = study.switching.get(row.id)
    at = None if turning is None else shown(turning.at_zero, turning.unit)
    change = None if turning is None else turning.change
    if at is not None and change is not None:
        sign = "+" if change > 0 else ""
        at = f"{at} ({sign}{wording.share(change, 0)})"
    if item is None:
        value = None if turning is None else shown(turning.value, turning.unit)
        return (row.title, value, None, at or "нигде", None, None, None)
    return (
        row.title,
        shown(item.value, item.unit),
        bounds(item),
        at or "нигде",
        item.owner,
        item.source,
        item.status,
    )


def _map(offer: Offer, study: Study) -> Iterator[Block]:
    found = study.map
    if found is None:
        return
    yield picture(
        "ЧДД, если меняются сразу два самых весомых показателя; план в рамке",
        charts.worth_map(
            _axis(found.down),
            _axis(found.across),
            found.npv.tolist(),
            (len(found.down.values) // 2, len(found.across.values) // 2),
            source=offer.model,
        ),
    )


def _axis(axis: Axis) -> tuple[str, list[str]]:
    return axis.title, [shown(value, axis.unit) or "" for value in axis.values.tolist()]


def risk(offer: Offer, study: Study) -> Section:
    """Named scenarios; then very many drawn ones: how likely a loss is and what drives it."""
    drawn = study.risk
    return Section(
        f"{study.plan.title}: сценарии и риск",
        (
            _scenarios(offer, study),
            *(_drawn(offer, study, drawn) if drawn else _undrawn()),
        ),
    )


def _scenarios(offer: Offer, study: Study) -> Table:
    return Table(
        "Сценарии по границам, которые назвали владельцы допущений",
        (
            Column("Сценарий"),
            Column("Что меняется"),
            money("ЧДД"),
            Column("ВНД", "share"),
            money("ЧДД собственника"),
            Column("Покрытие, худший год", "number", digits=2),
            money("Наименьший остаток"),
        ),
        tuple(
            (
                outcome.scenario.title,
                outcome.scenario.note,
                outcome.indicators.npv,
                outcome.indicators.irr.value,
                outcome.indicators.equity_npv,
                outcome.indicators.dscr_min,
                outcome.indicators.cash_min,
            )
            for outcome in study.outcomes
        ),
        source=offer.model,
    )


def _undrawn() -> tuple[Block, ...]:
    return (Paragraph("Границ не назвал никто: распределение ЧДД не посчитать."),)


def _drawn(offer: Offer, study: Study, drawn: finance.Risk) -> tuple[Block, ...]:
    sign, count = study.plan.id, wording.number(drawn.scenarios)
    loss = drawn.loss_probability
    error = wording.number(drawn.error_of(loss) * 100, 2)
    return (
        Paragraph(
            f"Из {count} случайных сценариев ЧДД ниже нуля в {wording.share(loss)} "
            f"(погрешность счёта ±{error} п.п.).",
            strong=True,
        ),
        Cards(
            (
                Card(f"{sign}.loss", "ЧДД ниже нуля", loss, "share", note="доля сценариев"),
                Card(f"{sign}.mean", "Средний ЧДД", drawn.mean, "money", "млн ₽",
                     note=f"в плане {wording.money(study.figures.npv, 'млн ₽')}"),
                Card(f"{sign}.loss_mean", "Средний ЧДД, если он ниже нуля", drawn.mean_loss,
                     "money", "млн ₽", note="чего ждать в плохом случае"),
                Card(f"{sign}.q05", "Хуже только в 5 % сценариев", drawn.quantile(0.05),
                     "money", "млн ₽", note="ЧДД"),
                Card(f"{sign}.shortfall", "Денег не хватит", drawn.shortfall_probability,
                     "share", note="хотя бы в одном месяце"),
                Card(f"{sign}.irr_exists", "ВНД существует", drawn.irr_probability, "share",
                     note="доля сценариев"),
            )
        ),
        picture(
            "Как распределён ЧДД",
            charts.distribution(
                drawn.npv.tolist(), study.figures.npv, source=offer.model, height=60.0
            ),
        ),
        _drivers(offer, drawn),
        Paragraph(
            "Расчёт вне Excel. Каждое число берётся между границами владельца. Форма "
            "распределения — предложение курса: у факта бета-PERT, у оценки треугольник, "
            f"у допущения равномерное. {_linked(study)} "
            f"Начальное число генератора {drawn.seed}: повторный расчёт даст то же."
        ),
    )  # fmt: skip


def _linked(study: Study) -> str:
    """Which figures move together, by whose word."""
    links = study.plan.correlations
    if not links:
        return "Числа меняются независимо, годы одного курса — вместе."
    titles = {index.id: index.title for index in study.plan.indices}
    pairs = "; ".join(
        f"«{titles[link.index]}» и «{titles[link.other]}» {wording.number(link.rank, 2)} "
        f"({link.owner}, {link.status.words})"
        for link in links
    )
    return f"Связаны (ранговая корреляция): {pairs}. Остальные независимы, годы курса — вместе."


def _drivers(offer: Offer, drawn: finance.Risk) -> Table:
    spreads = {spread.id: spread for spread in drawn.spreads}
    return Table(
        "Что движет ЧДД в этих сценариях",
        (
            Column("Показатель"),
            Column("Границы и распределение"),
            Column("Связь с ЧДД, −1…1", "number", digits=2),
        ),
        tuple(
            (
                driver.title,
                _between(spreads[driver.id]),
                driver.correlation,
            )
            for driver in drawn.drivers[:DRIVERS]
        ),
        source=f"{offer.model}; ранговая корреляция Спирмена",
    )


def _between(spread: Spread) -> str:
    low, high = shown(spread.low, spread.unit), shown(spread.high, spread.unit)
    return f"{low} – {high}, {spread.shape.words}"
