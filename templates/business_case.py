# %% id="tools"
import math
from datetime import date

from course import Report, charts, cooperation, finance, load_cluster, wording

# %% id="parameters" tags=["parameters"]
cluster_file: str = "teams/radioelectronics/cluster.yaml"  # файл кластера внутри папки курса
as_of: str = "2026-11-22"  # день, на который берутся нормы, ГГГГ-ММ-ДД
project: str = ""  # имя проекта из файла кластера; пусто — все проекты
discount_rate: float = None  # ставка дисконтирования долей: 0.2; нет — из файла кластера

# %% id="data"
day = date.fromisoformat(as_of)
cluster = load_cluster(cluster_file)
plans = [plan for plan in cluster.projects if project in ("", plan.id)]
titles = {member.id: member.label for member in cluster.members}
regions = {region.id: region.title for region in cluster.regions}
groups = {member.id: regions[member.production_region] for member in cluster.members}
lonely = cooperation.isolated(cluster)
rates = None if discount_rate is None else {"discount.rate": [discount_rate]}
results = [finance.run(finance.case(cluster, plan.id, as_of=day), rates) for plan in plans]
indicators = [finance.indicators_of(result) for result in results]
tornados = [finance.tornado(result.case, spread=None) for result in results]

BOOK = f"файл кластера, {cluster.reporting_year} год; {cluster.standing.words}"
MODEL = f"финансовая модель, нормы на {wording.day(day)}; {cluster.standing.words}"
Card, Column, Table, Paragraph, Section = (
    Report.Card,
    Report.Column,
    Report.Table,
    Report.Paragraph,
    Report.Section,
)


def money(title):
    return Column(title, "money", "млн ₽")


def shown(value, unit):
    """A value of the model as a page prints it."""
    if value is None:
        return None
    if unit == "доля":
        return wording.share(value, 2)
    if unit == "₽" and abs(value) >= 1e6:
        return wording.money(value, "млн ₽", 2)
    return f"{wording.trimmed(value, 3)}{wording.NBSP}{unit}"


def bounds(item):
    """The bounds that the owner of a figure gave."""
    if item.low is None:
        return None
    low, high = shown(item.low, item.unit), shown(item.high, item.unit)
    unit = low.lstrip(f"0123456789,−{wording.NBSP}")
    short = low.removesuffix(unit).rstrip(wording.NBSP) if high.endswith(unit) else low
    return f"{short} – {high}"


def picture(caption, figure):
    return Report.Figure(caption, figure.svg("path"))


# %% id="summary"
def verdict(figures):
    return "окупает вложения" if figures.npv >= 0 else "не окупает вложения"


def threat(plan, result, figures, rows):
    """The one assumption that moves the project most, to its worse bound."""
    worst = min(rows[:1], key=lambda row: min(row.npv_low, row.npv_high))
    low_is_worse = worst.npv_low < worst.npv_high
    value, npv = (worst.low, worst.npv_low) if low_is_worse else (worst.high, worst.npv_high)
    return (
        f"«{plan.title}». {worst.title}: при значении {shown(value, worst.unit)} вместо "
        f"{shown(result.input(worst.id) if '.' in worst.id else None, worst.unit)} "
        f"ЧДД становится {wording.money(npv, 'млн ₽')} вместо {wording.money(figures.npv, 'млн ₽')}."
    )


def shortfall(plan, figures):
    """A year in which operations do not pay for the debt, told where the answer stands."""
    if figures.dscr_min is None or figures.dscr_min >= 1:
        return ()
    return (
        f"«{plan.title}». В худший год деньги от основной деятельности не покрывают платежи по "
        f"займам: покрытие {wording.number(figures.dscr_min, 2)}. Платежи идут из остатка денег.",
    )


def total(plans, kind):
    return sum(source.amount for plan in plans for source in plan.sources if source.kind == kind)


paying = sum(figures.npv >= 0 for figures in indicators)
count = wording.count(len(plans), "проект", "проекта", "проектов")
summary = Section(
    "Главное",
    (
        Paragraph(
            f"Предложение кластера: {count} импортозамещения с общим бюджетом "
            f"{wording.money(sum(plan.budget for plan in plans), 'млн ₽')}. "
            f"При принятых допущениях вложения окупает {paying} из {len(plans)}."
            if len(plans) > 1
            else f"Предлагается проект «{plans[0].title}» с бюджетом "
            f"{wording.money(plans[0].budget, 'млн ₽')}. При ставке "
            f"{wording.share(indicators[0].discount_rate)} проект {verdict(indicators[0])}.",
            strong=True,
        ),
        Report.Cards(
            (
                Card("budget", "Бюджет", sum(plan.budget for plan in plans), "money", "млн ₽"),
                Card("own", "Собственные средства", total(plans, "own"), "money", "млн ₽"),
                Card("loans", "Займы и кредиты", total(plans, "loan"), "money", "млн ₽"),
                Card("grants", "Гранты и субсидии", total(plans, "grant"), "money", "млн ₽"),
            )
        ),
        Table(
            "Что возвращается",
            (
                Column("Проект"),
                money("Бюджет"),
                Column("Ставка", "share"),
                money("ЧДД"),
                Column("ВНД", "share"),
                Column("Окупаемость с дисконтированием", "span"),
            ),
            tuple(
                (
                    plan.title,
                    plan.budget,
                    figures.discount_rate,
                    figures.npv,
                    figures.irr.value,
                    figures.discounted_payback_months,
                )
                for plan, figures in zip(plans, indicators, strict=True)
            ),
            source=MODEL,
        ),
        Report.Notice(
            "Что может это сорвать",
            tuple(
                line
                for plan, result, figures, rows in zip(
                    plans, results, indicators, tornados, strict=True
                )
                for line in (threat(plan, result, figures, rows), *shortfall(plan, figures))
            ),
        ),
        Paragraph(
            "ЧДД — чистый дисконтированный доход, ВНД — внутренняя норма доходности по "
            "Методическим рекомендациям ВК 477. Проект оценён до финансирования, налог на "
            "прибыль в этой оценке считается без процентов."
        ),
    ),
)
summary

# %% id="members"
members = Section(
    "Участники кластера",
    (
        Paragraph(cluster.description or ""),
        Table(
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
                    regions[member.production_region],
                    member.output,
                    member.headcount,
                )
                for member in cluster.members
            ),
            source=BOOK,
        ),
    ),
)
members

# %% id="cooperation"
signed = cooperation.matrix(cluster, "signed")
connected = wording.count(len(cluster.members) - len(lonely), "участник", "участника", "участников")
cooperation_pages = Report.Chapter(
    (
        Section(
            "Кто кому поставляет",
            (
                Paragraph(
                    f"Подписанными договорами связаны {connected} из {len(cluster.members)}."
                    + (
                        f" Без подписанного договора: {', '.join(m.label for m in lonely)}."
                        if lonely
                        else ""
                    ),
                    strong=True,
                ),
                picture(
                    "Кооперация участников",
                    charts.cooperation_graph(
                        cooperation.graph(cluster),
                        titles=titles,
                        groups=groups,
                        highlight=[member.id for member in lonely],
                        highlight_title="нет подписанного договора",
                        source=BOOK,
                    ),
                ),
            ),
        ),
        Section(
            "Матрица кооперации",
            (
                Paragraph(
                    f"Подписанные договоры кооперации за {cluster.reporting_year} год: "
                    f"{wording.money(float(signed.to_numpy().sum()), 'млн ₽')} без НДС."
                ),
                picture(
                    "Поставки между участниками по подписанным договорам",
                    charts.matrix(signed, titles=titles, source=BOOK),
                ),
            ),
        ),
    )
)
cooperation_pages

# %% id="comparison"
comparison = Section(
    "Проекты рядом",
    (
        Table(
            "Чем проекты различаются",
            (Column("Показатель"), *(Column(plan.title) for plan in plans)),
            tuple(
                (
                    title,
                    *(
                        value(plan, figures)
                        for plan, figures in zip(plans, indicators, strict=True)
                    ),
                )
                for title, value in (
                    ("Инициатор", lambda plan, _: titles[plan.initiator]),
                    ("Импортный аналог", lambda plan, _: plan.analogue.title),
                    ("Страна аналога", lambda plan, _: plan.analogue.country),
                    (
                        "Доля импорта в потреблении",
                        lambda plan, _: (
                            f"{wording.share(plan.import_share.value)}, {plan.import_share.year} год"
                        ),
                    ),
                    ("Стадия", lambda plan, _: plan.stage),
                    ("Начало проекта", lambda plan, _: wording.month(plan.start)),
                    (
                        "Строительство и пуск",
                        lambda plan, _: wording.span(plan.construction_months),
                    ),
                    ("Срок расчёта", lambda plan, _: wording.span(plan.horizon_months)),
                    ("Бюджет", lambda plan, _: wording.money(plan.budget, "млн ₽")),
                    (
                        "Потребность в финансировании",
                        lambda _, f: wording.money(f.funding_need, "млн ₽"),
                    ),
                    ("Ставка дисконтирования", lambda _, f: wording.share(f.discount_rate)),
                    ("ЧДД", lambda _, f: wording.money(f.npv, "млн ₽")),
                    ("ВНД", lambda _, f: wording.share(f.irr.value)),
                    ("Индекс доходности", lambda _, f: wording.number(f.pi, 2)),
                    ("Окупаемость", lambda _, f: wording.span(f.payback_months)),
                    (
                        "Окупаемость с дисконтированием",
                        lambda _, f: wording.span(f.discounted_payback_months),
                    ),
                    ("Гранты и субсидии", lambda _, f: wording.money(f.support_sum, "млн ₽")),
                    (
                        "Поступления бюджетов и фондов за срок расчёта",
                        lambda _, f: wording.money(f.budget_sum, "млн ₽"),
                    ),
                )
            ),
            source=MODEL,
        ),
    ),
)
comparison


# %% id="project-pages"
def product_page(plan):
    share = plan.import_share
    return Section(
        f"{plan.title}: продукт и аналог",
        (
            Paragraph(plan.description or ""),
            Report.Cards(
                (
                    Card(
                        f"{plan.id}.import_share",
                        "Доля импорта в потреблении",
                        share.value,
                        "share",
                        note=f"{share.year} год; {share.source}; {share.status.words}",
                    ),
                    Card(
                        f"{plan.id}.analogue",
                        "Импортный аналог",
                        plan.analogue.title,
                        note=f"{plan.analogue.country}, ТН ВЭД {plan.analogue.tnved}",
                    ),
                )
            ),
            Table(
                "Продукция проекта",
                (
                    Column("Наименование"),
                    Column("ОКПД2"),
                    Column("Цена без НДС, ₽", "number", digits=0),
                    Column("Единица"),
                    Column("Мощность в месяц", "number", digits=0),
                    Column("Плановая загрузка", "share"),
                ),
                tuple(
                    (p.title, p.okpd2, p.price.value, p.unit, p.capacity.value, p.utilisation.value)
                    for p in plan.products
                ),
                source=BOOK,
            ),
            Table(
                "Кому продаётся продукция",
                (
                    Column("Продукция"),
                    Column("Покупатель"),
                    Column("Доля объёма", "share"),
                    Column("Основание"),
                ),
                tuple(
                    (p.title, titles[s.member] if s.member else s.external, s.share, s.status.words)
                    for p in plan.products
                    for s in p.sales
                ),
                source=BOOK,
            ),
            *(
                (Paragraph(f"Сравнение с аналогом. {plan.analogue.advantage}"),)
                if plan.analogue.advantage
                else ()
            ),
        ),
    )


def funding_page(plan):
    kinds = {"own": "собственные средства", "loan": "заём", "grant": "грант или субсидия"}
    uses = [
        *((item.title, item.date.isoformat(), item.amount.value) for item in plan.capex),
        *((use.title, None, use.amount.value) for use in plan.other_uses),
    ]
    sources = [(s.title, kinds[s.kind], s.date.isoformat(), s.amount) for s in plan.sources]
    return Section(
        f"{plan.title}: вложения и источники",
        (
            Table(
                "На что нужны деньги",
                (Column("Направление"), Column("Оплата", "day"), money("Сумма")),
                (*uses, ("Всего", None, plan.budget)),
                totals=(len(uses),),
                source=BOOK,
            ),
            Table(
                "Откуда деньги",
                (Column("Источник"), Column("Вид"), Column("Поступление", "day"), money("Сумма")),
                (*sources, ("Всего", None, None, sum(s.amount for s in plan.sources))),
                totals=(len(sources),),
                source=BOOK,
            ),
        ),
    )


def by_years(title, frame, bold):
    """A statement as a table: rows of zeros are left out."""
    kept = frame[(frame.abs() >= 0.5).any(axis=1)]
    return Table(
        title,
        (Column("Статья"), *(Column(str(year), "money", "", 1) for year in kept.columns)),
        tuple(
            (name, *map(float, row)) for name, row in zip(kept.index, kept.to_numpy(), strict=True)
        ),
        totals=tuple(place for place, name in enumerate(kept.index) if name in bold),
        unit="млн ₽",
        source=MODEL,
    )


def income_page(plan, result):
    income = finance.statements(result)["income"]
    sums = income.sum(axis=1)
    costs = (
        "Материалы",
        "Оплата труда",
        "Страховые взносы",
        "Постоянные затраты",
        "Амортизация",
        "Проценты",
        "Налог на прибыль",
    )
    return Section(
        f"{plan.title}: доходы и расходы",
        (
            by_years(
                "Доходы и расходы по годам",
                income,
                (
                    "Прибыль до процентов, налога и амортизации",
                    "Прибыль до налога",
                    "Чистая прибыль",
                ),
            ),
            picture(
                "Куда уходит каждый рубль выручки за весь срок расчёта",
                charts.where_money_goes(
                    float(sums["Выручка без НДС"]),
                    [
                        *((name, -float(sums[name])) for name in costs if sums[name]),
                        ("Чистая прибыль", float(sums["Чистая прибыль"])),
                    ],
                    source=MODEL,
                ),
            ),
        ),
    )


def sales_page(plan, result):
    income = finance.statements(result)["income"]
    revenue = income.loc["Выручка без НДС"]
    return Section(
        f"{plan.title}: план продаж",
        (
            picture(
                "Выручка без НДС по годам",
                charts.ramp_up(
                    [str(year) for year in revenue.index],
                    [("Выручка", [float(value) / 1e6 for value in revenue])],
                    unit="млн ₽",
                    source=MODEL,
                ),
            ),
            Table(
                "Из чего складывается себестоимость единицы",
                (
                    Column("Продукция"),
                    Column("Материал"),
                    Column("Происхождение"),
                    Column("Поставщик"),
                    Column("Расход", "number", digits=2),
                    Column("Цена без НДС, ₽", "number", digits=2),
                ),
                tuple(
                    (
                        p.title,
                        m.title,
                        m.origin.words,
                        titles[m.supplier] if m.supplier else m.country,
                        m.quantity.value,
                        m.price.value,
                    )
                    for p in plan.products
                    for m in p.materials
                ),
                source=BOOK,
            ),
        ),
    )


def by_year(result, line):
    """The months of a line of the model by calendar year."""
    years = {}
    for month, value in zip(result.case.timeline, result.row(line), strict=True):
        years.setdefault(month.year, []).append(float(value))
    return years


def money_page(plan, result):
    books = finance.statements(result)
    flow, gathered = by_year(result, "flow.project"), by_year(result, "flow.project.sum")
    return Section(
        f"{plan.title}: движение денег",
        (
            picture(
                "Денежный поток проекта до финансирования и его накопление",
                charts.cash_flow(
                    [str(year) for year in flow],
                    [math.fsum(months) for months in flow.values()],
                    [months[-1] for months in gathered.values()],
                    source=MODEL,
                ),
            ),
            by_years(
                "Движение денег по годам",
                books["cash_flow"],
                (
                    "Операционная деятельность, итого",
                    "Инвестиционная деятельность, итого",
                    "Финансовая деятельность, итого",
                    "Изменение денег",
                    "Деньги на конец",
                ),
            ),
        ),
    )


def irr_note(irr):
    if irr.value is not None or not irr.roots:
        return irr.verdict.words
    roots = [wording.share(root) if root <= 10 else "больше 1000 %" for root in irr.roots]
    return f"{irr.verdict.words}; найденные корни: {', '.join(dict.fromkeys(roots))}"


def indicators_page(plan, result, figures):
    sign = f"{plan.id}."
    rate = wording.share(figures.discount_rate)
    return Section(
        f"{plan.title}: показатели",
        (
            Paragraph(f"При ставке {rate} проект {verdict(figures)}.", strong=True),
            Report.Heading("Проект до финансирования"),
            Report.Cards(
                (
                    Card(
                        f"{sign}npv",
                        "ЧДД",
                        figures.npv,
                        "money",
                        "млн ₽",
                        note=f"при ставке {rate}",
                    ),
                    Card(
                        f"{sign}irr", "ВНД", figures.irr.value, "share", note=irr_note(figures.irr)
                    ),
                    Card(
                        f"{sign}pi",
                        "Индекс доходности",
                        figures.pi,
                        "number",
                        digits=2,
                        note="дисконтированных инвестиций",
                    ),
                    Card(
                        f"{sign}payback_months",
                        "Срок окупаемости",
                        figures.payback_months,
                        "span",
                        note="от начала проекта",
                    ),
                    Card(
                        f"{sign}discounted_payback_months",
                        "С дисконтированием",
                        figures.discounted_payback_months,
                        "span",
                        note="от начала проекта",
                    ),
                    Card(
                        f"{sign}funding_need",
                        "Потребность в финансировании",
                        figures.funding_need,
                        "money",
                        "млн ₽",
                        note="наибольший накопленный недостаток",
                    ),
                )
            ),
            Report.Heading("Собственник, кредитор, бюджет"),
            Report.Cards(
                (
                    Card(
                        f"{sign}equity_npv",
                        "ЧДД собственника",
                        figures.equity_npv,
                        "money",
                        "млн ₽",
                        note="после займов и грантов",
                    ),
                    Card(
                        f"{sign}equity_irr",
                        "ВНД собственника",
                        figures.equity_irr.value,
                        "share",
                        note=irr_note(figures.equity_irr),
                    ),
                    Card(
                        f"{sign}cash_min",
                        "Наименьший остаток денег",
                        figures.cash_min,
                        "money",
                        "млн ₽",
                        note="денег хватает в каждом месяце"
                        if figures.feasible
                        else "денег не хватает",
                    ),
                    Card(
                        f"{sign}dscr_min",
                        "Покрытие долга, худший год",
                        figures.dscr_min,
                        "number",
                        digits=2,
                        note="поток операций без возмещения НДС к платежам, с года после пуска",
                    ),
                    Card(
                        f"{sign}dscr_avg",
                        "Покрытие долга, среднее",
                        figures.dscr_avg,
                        "number",
                        digits=2,
                        note="по годам с платежами после года пуска",
                    ),
                    Card(
                        f"{sign}budget_sum",
                        "Бюджеты и фонды получат",
                        figures.budget_sum,
                        "money",
                        "млн ₽",
                        note="за срок расчёта, за вычетом выплат",
                    ),
                )
            ),
            Table(
                "Проверки модели",
                (Column("Проверка"), Column("Итог")),
                tuple(
                    (check.title, "пройдена" if check.passed else "НЕ ПРОЙДЕНА")
                    for check in finance.checks(result)
                ),
                source=MODEL,
            ),
        ),
    )


def loan_page(plan, result):
    if not plan.loans:
        return ()
    loans = finance.statements(result)["loan"]

    def row(name):
        return [float(value) for value in loans.loc[name]]

    return (
        Section(
            f"{plan.title}: займы",
            (
                Table(
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
                        for loan in plan.loans
                    ),
                    source=BOOK,
                ),
                picture(
                    "Платежи по займам и их покрытие",
                    charts.loan(
                        [str(year) for year in loans.columns],
                        [abs(value) for value in row("Погашено")],
                        row("Проценты уплаченные"),
                        row("Долг на конец"),
                        finance.coverage(result),
                        source=MODEL,
                    ),
                ),
            ),
        ),
    )


def risk_page(plan, figures, rows):
    return Section(
        f"{plan.title}: что сильнее всего влияет на ЧДД",
        (
            picture(
                "Чувствительность ЧДД к допущениям",
                charts.tornado(
                    [
                        (
                            row.title,
                            shown(row.low, row.unit),
                            row.npv_low,
                            shown(row.high, row.unit),
                            row.npv_high,
                        )
                        for row in rows[:10]
                    ],
                    figures.npv,
                    source=MODEL,
                ),
            ),
            Paragraph(
                "Каждое допущение взято на нижней и верхней границе, которые назвал его владелец; "
                "где границ нет — на 10 % меньше и больше. Остальные не меняются."
            ),
            *((Report.Notice("Риски, названные командой", plan.risks),) if plan.risks else ()),
        ),
    )


def assumptions_page(plan, result):
    return Section(
        f"{plan.title}: допущения и их владельцы",
        (
            Table(
                "Исходные данные модели",
                (
                    Column("Показатель"),
                    Column("Значение"),
                    Column("Границы"),
                    Column("Владелец"),
                    Column("Источник"),
                    Column("Статус"),
                ),
                (
                    *(
                        (
                            item.title,
                            shown(result.input(item.id), item.unit),
                            bounds(item),
                            item.owner,
                            item.source,
                            item.status,
                        )
                        for item in result.case.inputs
                        if item.owner and not item.norm and item.from_month is None
                    ),
                    *(
                        (
                            f"{product.title}: выход на загрузку по месяцам",
                            ", ".join(wording.share(share) for share in product.ramp_up.shares),
                            None,
                            product.ramp_up.owner,
                            product.ramp_up.source,
                            product.ramp_up.status.words,
                        )
                        for product in plan.products
                    ),
                ),
                source=BOOK,
            ),
        ),
    )


def notices_page(plan, result):
    return Section(
        f"{plan.title}: оговорки к расчёту",
        (Report.Notice("Что важно знать, читая цифры", result.case.notices),),
    )


project_pages = Report.Chapter(
    tuple(
        section
        for plan, result, figures, rows in zip(plans, results, indicators, tornados, strict=True)
        for section in (
            product_page(plan),
            funding_page(plan),
            sales_page(plan, result),
            income_page(plan, result),
            money_page(plan, result),
            indicators_page(plan, result, figures),
            *loan_page(plan, result),
            risk_page(plan, figures, rows),
            assumptions_page(plan, result),
            notices_page(plan, result),
        )
    )
)
project_pages

# %% id="sources"
rows = dict.fromkeys(row for result in results for row in result.case.sources)
sources = Section(
    "Справка об источниках",
    (
        Paragraph(
            "Нормы, на которых стоит расчёт. «По тексту акта» — прочитан сам акт; «по публикации» — "
            "значение взято из публикации о нём; «не подтверждено» — источник не найден."
        ),
        Report.Sources(
            tuple(
                Report.Source(
                    row.name,
                    shown(row.value, row.unit),
                    row.reference,
                    wording.day(row.since),
                    row.standing,
                    row.address,
                    row.standing in ("по тексту акта", "по публикации"),
                )
                for row in rows
            )
        ),
    ),
)
sources

# %% id="report"
organisation = cluster.specialised_organisation
Report(
    title="Бизнес-план кластера" if len(plans) != 1 else f"Бизнес-план: {plans[0].title}",
    subtitle=cluster.title,
    as_of=as_of,
    mark="Учебные данные: организации и люди вымышлены" if cluster.standing == "synthetic" else "",
    facts=(
        ("Команда", cluster.team.title),
        ("Регионы", ", ".join(regions.values())),
        ("Участников", wording.number(len(cluster.members))),
        ("Специализированная организация", organisation.name if organisation else "не названа"),
        ("Проекты", "; ".join(plan.title for plan in plans)),
        ("Нормы на день", wording.day(day)),
    ),
    sections=(
        summary,
        members,
        *cooperation_pages.sections,
        *((comparison,) if len(plans) > 1 else ()),
        *project_pages.sections,
        sources,
    ),
    models=tuple(Report.Model(plan.id, discount_rate) for plan in plans),
)
