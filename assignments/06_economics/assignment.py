# %% [markdown] role="read" id="title"
r"""
# Вебинар 6. Экономика проекта и программа развития

**После вебинара вы сможете:**

- прочитать отчёт о движении денег и найти в нём дыру;
- посчитать ЧДД, а про ВНД сказать, есть ли она вообще;
- назвать, что ломает проект: цена, загрузка, налог, год платежей по займу;
- оценить бюджетный эффект по уровням и не пообещать лишнего.

**Время:** около 80 минут. **Баллы:** 40. Из них 36 — за 15 упражнений, их проверит программа; 4 — за записку, её прочтёт преподаватель.

**Ответы записываются сами**, при каждом изменении. До сдачи любой ответ можно исправить. Программировать не нужно. Понадобится калькулятор или таблица: часть чисел у каждого участника своя. Прислали код? Сначала нажмите «Код участника» на полосе сверху. Как сдать, сказано в самом конце.
"""

# %% role="form" id="setup"
from course import charts, cite, finance, law, load_cluster, open_form, play, show, wording

ask = open_form("06_economics")
papers = ask.data("papers.yaml")
figures = finance.indicators

# The project of the story: the participant's own price, everything else from the file.
cluster = load_cluster(ask.path("cluster.yaml"))
price = ask.vary("price", 1_055, spread=0.009, step=3)
case = finance.revise(
    finance.case(cluster, "driver", as_of=ask.day), {"products.driver_60.price": price}
)
plan = finance.run(case)
worth = finance.indicators_of(plan)
cash = finance.statements(plan)["cash_flow"]
debt = finance.statements(plan)["loan"]
card = cluster.projects[0]

# The small examples, each with the participant's own number.
bench_rate = papers["bench"]["rate"]
bench = [
    -ask.vary("bench", papers["bench"]["outlay"], spread=0.1, step=1_000_000),
    *papers["bench"]["inflows"],
]
inflation = ask.vary("inflation", 0.06, spread=0.35, step=0.01)
first = papers["pump"]["first_root"]
second = ask.vary("second_root", 0.24, spread=0.34, step=0.02)
pump = [
    -papers["pump"]["outlay"],
    papers["pump"]["outlay"] * (2 + first + second),
    -papers["pump"]["outlay"] * (1 + first) * (1 + second),
]
plot_cost = ask.vary("plot", papers["payback"]["outlay"], spread=0.1, step=1_000_000)
plots = {
    key: [-(papers["payback"]["outlay"] if key == "c" else plot_cost), *inflows]
    for key, inflows in papers["payback"]["plots"].items()
}
equipment = ask.vary("equipment", papers["equipment"], spread=0.1, step=1_000_000)
vat = law["tax.vat.rate"].on(ask.day)
lag = papers["lag_months"]
principal = ask.vary("principal", papers["offers"]["principal"], spread=0.2, step=1_000_000)


def offer(shape, rate):
    """An offer of the webinar's sum: the shape of payments and the yearly rate."""
    terms = papers["offers"]
    return finance.LoanOffer(
        title=shape,
        principal=principal,
        rate=rate,
        months=terms["months"],
        shape=shape,
        grace=terms["grace"] if shape == "quarterly" else 0,
        fee=0.0 if shape == "quarterly" else terms["fee"],
    )


# %% [markdown] role="read" id="marks"
r"""
> **Пометки.** «По тексту акта» — прочитан сам акт. «По публикации» — прочитаны обзор или новость. «Не подтверждено» — источника у курса нет. «Учебные данные» — число придумано для упражнения.

## 1. Проект на одном листе

Все фирмы и числа в этой истории вымышлены.

В кластере наружного освещения «Луч-Драйвер» из Курской области предлагает делать драйвер светодиодов, который сегодня ввозят. Область готова дать субсидию, региональный фонд — заём. Через час у вас комиссия. Сверху папки лист:
"""

# %% role="read" id="sheet"
grant = card.grants[0].amount.value
notices = "\n".join(f"- {notice}." for notice in case.notices)
show(f"""
> **Драйвер светодиодов взамен ввозимого.** Вложения {wording.money(sum(item.amount.value for item in card.capex))} без НДС. Собственные средства {wording.money(card.own_funds[0].amount.value)}, займы {wording.money(sum(loan.principal.value for loan in card.loans))}, субсидия {wording.money(grant)}.
>
> Цена драйвера {wording.number(price)} ₽ без НДС. **ЧДД {wording.money(worth.npv)}, ВНД {wording.share(worth.irr.value)}** при ставке {wording.share(worth.discount_rate)}. Срок окупаемости {wording.number(worth.payback_months / 12, 1)} года. Деньги есть во все месяцы.
>
> Предлагаем одобрить.

Арифметика на листе верная: её дала модель курса. Но лист отвечает на вопрос «сколько», а комиссия спросит «**что сломается первым и что вы тогда сделаете**». К концу вебинара у вас будет ответ на полстраницы.

Слова листа:

| Слово | Что значит |
|---|---|
| **Поток** | деньги пришли минус деньги ушли, за месяц или год |
| **ЧДД** (чистый дисконтированный доход, NPV) | сумма потока, приведённая к сегодняшнему дню |
| **ВНД** (внутренняя норма доходности, IRR) | ставка, при которой ЧДД равен нулю. Бывает, что её нет |
| **Дисконт** | скидка за ожидание: рубль через год дешевле рубля сегодня |
| **DSCR** (покрытие) | деньги года, делённые на платежи по займам того же года |

Правила счёта взяты из Методических рекомендаций № ВК 477 от 21.06.1999. Это рекомендации, а не норма: у фонда и у банка могут быть свои. Раздел с определениями курс не читал. Формулы сверены с опубликованными примерами, сами слова — **не подтверждено**.

<details><summary>Чего модель не знает и что допустила: {wording.count(len(case.notices), "оговорка", "оговорки", "оговорок")}</summary>

{notices}

</details>
""")

# %% role="read" id="statement"
show("""
## 2. Деньги и прибыль — разные вещи

Отчёт о движении денег прост: что пришло, что ушло, сколько осталось. В нём три части. **Операционная** — работа завода. **Инвестиционная** — покупка оборудования. **Финансовая** — чужие и свои деньги: займы, проценты, субсидия.

Два правила держат весь отчёт:

- *изменение денег = операционная + инвестиционная + финансовая*;
- *деньги на конец = деньги на начало + изменение*.

Вот четыре года из отчёта. В четырёх клетках числа пропали.
""")

# %% role="read" id="holes_table"
years = [2028, 2029, 2030, 2031]
gaps = {
    ("Операционная деятельность, итого", 2028): "А",
    ("Финансовая деятельность, итого", 2030): "Б",
    ("Изменение денег", 2031): "В",
    ("Деньги на конец", 2031): "Г",
}
shown = [
    title for title in cash.index if cash.loc[title, years].abs().sum() > 0 or "итого" in title
]


def row_of(title):
    """A row of the statement with its holes, totals in bold."""
    cells = [
        f"**({gaps[title, year]})**"
        if (title, year) in gaps
        else wording.number(cash.loc[title, year] / 1e6, 1)
        for year in years
    ]
    bold = "**" if "итого" in title or title in ("Изменение денег", "Деньги на конец") else ""
    return f"| {bold}{title}{bold} | " + " | ".join(cells) + " |"


show(
    "| Млн ₽ | " + " | ".join(map(str, years)) + " |\n|---|" + "--:|" * len(years) + "\n"
    + "\n".join(row_of(title) for title in shown)
    + "\n\n*Источник: модель курса, учебные данные. Отток показан с минусом.*\n\n"
    "### Упражнения 1–2. Дыры и строки"
)  # fmt: skip

# %% role="form" id="holes"
ask.table(
    "holes",
    "1. Восстановите четыре числа, млн ₽ с одним знаком после запятой. Отток пишите с минусом.",
    columns={"value": ask.number_column("Сумма", unit="млн ₽")},
    rows={
        "a": "А. Операционная деятельность, 2028",
        "b": "Б. Финансовая деятельность, 2030",
        "c": "В. Изменение денег, 2031",
        "d": "Г. Деньги на конец, 2031",
    },
)

# %% role="tests" id="check_holes" points=3
check = ask.check("holes", points=3)
### BEGIN HIDDEN TESTS
lost = {
    "a": cash.loc["Операционная деятельность, итого", 2028],
    "b": cash.loc["Финансовая деятельность, итого", 2030],
    "c": cash.loc["Изменение денег", 2031],
    "d": cash.loc["Деньги на конец", 2031],
}
check.table(
    [{"row": row, "value": float(value)} for row, value in lost.items()],
    tolerance=300_000,
    hint="Сложите строки части отчёта со своими знаками. Итог каждой части нужен для следующей.",
)
check.part(
    0,
    check.cell("b", "value") is None or check.cell("b", "value") < 0,
    hint="В 2030 году займы только гасят. Какой знак у такого года?",
)
check.part(
    0,
    check.cell("c", "value") is None or check.cell("c", "value") < 0,
    hint="В 2031 году денег стало меньше, чем было. Проверьте знак изменения.",
)
check.part(
    0,
    check.cell("d", "value") is None or check.cell("d", "value") > 50_000_000,
    hint="Деньги на конец — это не изменение за год. К нему надо прибавить остаток на начало.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="lines_text"
book = finance.statements(plan)["income"]
show(f"""
### Кто видит какой поток

Прибыль 2030 года — {wording.money(book.loc["Чистая прибыль", 2030])}. А денег за тот же год прибавилось всего {wording.money(cash.loc["Изменение денег", 2030])}. Ошибки нет. Прибыль не знает о возврате долга: {wording.money(-cash.loc["Погашено займов", 2030])} ушли фонду и банку. Зато она вычла амортизацию, {wording.money(-book.loc["Амортизация", 2030])}, которую никто никому не платил.

Один и тот же проект считают тремя потоками:

| Поток | Кто спрашивает | Что внутри |
|---|---|---|
| **Проекта** | министерство: стоит ли вообще строить | операционная и инвестиционная части. Займов, процентов и субсидии нет, налог посчитан так, будто займов нет |
| **Собственника** | директор: что останется мне | всё, что проект оставляет ему после займов, процентов и с субсидией |
| **Бюджета** | область и федерация: вернутся ли налоги | налоги и взносы минус субсидия и возмещённый НДС |

ЧДД и ВНД на листе — по потоку **проекта**. Цена займа в нём уже учтена ставкой дисконтирования. Вычесть ещё и проценты — значит заплатить за заём дважды.
""")

# %% role="form" id="lines"
ask.choices(
    "lines",
    "2. Какие строки входят в поток проекта?",
    {
        "vat_out": "НДС, который платят поставщику оборудования вместе с ценой",
        "depreciation": "Амортизация линии",
        "contributions": "Страховые взносы",
        "interest": "Проценты по займу фонда",
        "stock": "Оплата материалов, которые ещё лежат на складе",
        "principal": "Возврат основного долга банку",
        "profit_tax": "Налог на прибыль, посчитанный без процентов",
        "grant": "Субсидия области",
        "vat_in": "Возмещение НДС из бюджета",
    },
)

# %% role="tests" id="check_lines" points=3
check = ask.check("lines", points=3)
### BEGIN HIDDEN TESTS
check.choices(
    ["vat_out", "contributions", "stock", "profit_tax", "vat_in"],
    hints={
        "vat_out": "НДС поставщику: спросите, ушли ли в этот день деньги со счёта.",
        "depreciation": "Амортизация: кому и когда её перечисляют?",
        "contributions": "Взносы платят каждый месяц, живыми деньгами.",
        "interest": "Проценты: где цена займа уже учтена?",
        "stock": "Материалы на складе: отчёт о прибыли их ещё не видит, а счёт в банке уже видит.",
        "principal": "Возврат долга — финансовая часть. Смотрите таблицу трёх потоков.",
        "profit_tax": "Налог на прибыль проект платит и без займов.",
        "grant": "Субсидия — источник денег. В какой части отчёта она стоит?",
        "vat_in": "Возмещение НДС — такие же деньги, как и сам НДС.",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="npv_text"
factor = figures.discount_factors(bench_rate, 3)
show(f"""
## 3. ЧДД своими руками

Рубль через год дешевле рубля сегодня: его можно было положить под процент, да и проект может не дойти до конца. При ставке {wording.share(bench_rate)} рубль через год стоит 1 ÷ {wording.number(1 + bench_rate, 2)} = {wording.number(factor[1], 3)}, через два года — ещё раз поделить: {wording.number(factor[2], 3)}.

$$\\text{{ЧДД}} = C_0 + \\frac{{C_1}}{{1+E}} + \\frac{{C_2}}{{(1+E)^2}} + \\dots$$

Деньги каждого года считаем пришедшими в его конце. Кто ставит их на середину года, получит ЧДД больше и должен об этом сказать.

Год 0 **не дисконтируют**: это сегодня. Здесь ловушка электронных таблиц. Функция ЧПС (NPV) делит и первое число. Поэтому год 0 прибавляют отдельно: `= C0 + ЧПС(ставка; C1…C5)`.

**Пример «Станок»** (учебные данные), ставка {wording.share(bench_rate)}:

| Год | 0 | 1 | 2 | 3 | 4 | 5 |
|---|--:|--:|--:|--:|--:|--:|
| Поток, млн ₽ | {" | ".join(wording.number(value / 1e6) for value in bench)} |

### Упражнения 3–4. ЧДД и инфляция

Держите коэффициенты с тремя знаками после запятой.
""")

# %% role="form" id="npv"
ask.number("npv", "3. Чему равен ЧДД «Станка»?", unit="млн ₽", decimals=1)

# %% role="tests" id="check_npv" points=3
check = ask.check("npv", points=3)
### BEGIN HIDDEN TESTS
rough = sum(
    flow * round(share, 1)
    for flow, share in zip(bench, figures.discount_factors(bench_rate, len(bench)), strict=True)
)
check.number(
    figures.npv(bench_rate, bench),
    tolerance=100_000,
    mistakes=[
        (
            figures.npv_excel(bench_rate, bench),
            0.5,
            "Вы разделили и год 0. Он уже сегодня: так считает функция таблицы, а не формула выше.",
        ),
        (
            sum(bench),
            0,
            "Это простая сумма, без дисконта. Рубль пятого года у вас стоит как сегодняшний.",
        ),
        (
            figures.npv(bench_rate, bench) - bench[0],
            0.25,
            "Притоки посчитаны верно. А где вложение года 0?",
        ),
        (
            figures.npv(bench_rate, [0, *bench[1:]]) * (1 + bench_rate) + bench[0],
            0.25,
            "Притоки сдвинуты на год раньше: первый приходит через год, а не сегодня.",
        ),
        (rough, 0.25, "Коэффициенты округлены слишком грубо. Держите три знака."),
        (
            figures.npv(bench_rate * 100, bench),
            0,
            "Ставка подставлена в процентах. В формуле стоит доля: сотая часть.",
        ),
    ],
    hint="Умножьте каждый приток на свой коэффициент, сложите и отнимите вложение.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="rate_play_text"
show("""
### Попробуйте: подвиньте ставку

Столбцы — поток нашего проекта по годам, уже приведённый к первому дню. Линия — накопленная сумма; её конец и есть ЧДД. Двигайте ставку и найдите ту, при которой линия кончается ровно на нуле. Это ВНД. Сильнее всего дешевеют поздние годы.
""")


# %% role="read" id="rate_play"
def flow_at(rate):
    """The project's flow by years at a rate of discounting in per cent."""
    months = figures.discounted(figures.step_rate(rate / 100), plan.row("flow.project"))
    calendar = plan.row("time.year").astype(int)
    titles = sorted(set(calendar.tolist()))
    sums = [float(months[calendar == year].sum()) for year in titles]
    return charts.worth_by_year(
        [str(year) for year in titles],
        sums,
        title=f"Поток проекта при ставке {wording.number(rate)} %",
        source="модель курса, учебные данные",
    )


play(flow_at, rate=(0, 40, 20, "Ставка, % годовых"))

# %% role="read" id="real_text"
show(f"""
### С инфляцией или без неё

Потоки бывают **номинальные** — цены растут каждый год, и **реальные** — всё в ценах сегодняшнего дня. Ставки тоже бывают двух видов. Правило одно: **вид потока и вид ставки совпадают**. Номинальный поток с номинальной ставкой, реальный с реальной. Смешали — ЧДД неверен, хотя каждая половина верна.

Перевод — не вычитанием, а делением (формула Фишера):

$$1 + r_{{реал}} = \\frac{{1 + r_{{ном}}}}{{1 + i}}$$

То же с месяцами. Месячная ставка — не двенадцатая часть годовой, а корень двенадцатой степени: при {wording.share(worth.discount_rate)} годовых это {wording.share(figures.step_rate(worth.discount_rate), 2)} в месяц, а не {wording.share(worth.discount_rate / 12, 2)}.

Коллега из соседнего отдела составил поток **в ценах сегодняшнего дня**. Номинальная ставка {wording.share(worth.discount_rate)}, инфляция {wording.share(inflation)} в год (учебное допущение).
""")

# %% role="form" id="real"
ask.number(
    "real", "4. По какой ставке его дисконтировать? С одним знаком после запятой.", unit="%", decimals=1
)  # fmt: skip

# %% role="tests" id="check_real" points=2
check = ask.check("real", points=2)
### BEGIN HIDDEN TESTS
real = figures.real_rate(worth.discount_rate, inflation)
check.number(
    real,
    tolerance=0.0006,
    mistakes=[
        (
            worth.discount_rate - inflation,
            0.25,
            "Вы вычли инфляцию. Это близко, но Фишер делит: и сам процент дешевеет.",
        ),
        (
            worth.discount_rate,
            0,
            "Это номинальная ставка. В потоке цен сегодняшнего дня инфляции нет.",
        ),
        (
            figures.nominal_rate(worth.discount_rate, inflation),
            0,
            "Вы прибавили инфляцию ещё раз. Она в номинальной ставке уже есть.",
        ),
        (round(real, 2), 0.5, "Нужен ещё один знак после запятой."),
    ],
    hint="Поделите одно на другое: единица плюс ставка и единица плюс инфляция.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="irr_text"
show(f"""
## 4. ВНД, которой нет

ВНД любят за простоту: одно число, и сравнивать легко. Но число это — корень уравнения. Корень бывает один, бывает ни одного, бывает два.

Пример (учебные данные). Линия приносит деньги один год, а потом её надо дорого утилизировать:

| Год | 0 | 1 | 2 |
|---|--:|--:|--:|
| Поток, млн ₽ | {" | ".join(wording.number(value / 1e6, 2) for value in pump)} |

Таблица по функции ВСД (IRR) ответила {wording.share(figures.irr_nearest(pump))}. По привычке: наша ставка 15 % выше этой ВНД, значит, отказать. А каков ЧДД при 15 %? Подвиньте точку по кривой и посмотрите, где он становится нулём.
""")

# %% role="read" id="irr_play"
span = [step / 200 for step in range(101)]
curve = [figures.npv(rate, pump) for rate in span]


def point_at(rate):
    """The profile of the flow with two rates, looked at a rate in per cent."""
    return charts.npv_profile(
        span,
        curve,
        (rate / 100, figures.npv(rate / 100, pump)),
        title="ЧДД при разных ставках",
        source="учебные данные",
    )


play(point_at, rate=(0, 50, 5, "Ставка, % годовых"))

# %% [markdown] role="read" id="q_irr"
r"""
### Упражнения 5–6. Два корня
"""

# %% role="form" id="second"
ask.number(
    "second",
    "5. При какой ещё ставке, кроме названной таблицей, ЧДД этого потока равен нулю?",
    unit="%",
    decimals=0,
)

# %% role="tests" id="check_second" points=2
check = ask.check("second", points=2)
### BEGIN HIDDEN TESTS
check.number(
    max(figures.irr(pump).roots),
    tolerance=0.006,
    mistakes=[
        (
            min(figures.irr(pump).roots),
            0,
            "Эту ставку уже назвала таблица. Ищите, где кривая пересекает ноль ещё раз.",
        ),
        (
            sum(figures.irr(pump).roots) / 2,
            0,
            "Посередине ЧДД как раз самый большой. Идите дальше вправо.",
        ),
        (
            sum(figures.irr(pump).roots),
            0,
            "Ставки не складывают. Двигайте точку, пока ЧДД не станет нулём.",
        ),
    ],
    hint="Двигайте точку вправо и следите за знаком ЧДД: он меняется дважды.",
)
### END HIDDEN TESTS
check.done()

# %% role="form" id="verdict"
ask.choice(
    "verdict",
    "6. Что написать о ВНД этого потока в паспорте проекта?",
    {
        "first": "Меньшую из двух ставок: так осторожнее",
        "second": "Большую из двух ставок: так лучше для проекта",
        "mean": "Среднюю из двух ставок",
        "none": "ВНД не существует; показать ЧДД при принятой ставке и обе ставки, где он ноль",
        "hide": "Ничего: строку можно убрать",
    },
)

# %% role="tests" id="check_verdict" points=1
check = ask.check("verdict", points=1)
### BEGIN HIDDEN TESTS
check.choice(
    "none",
    mistakes=[
        ("first", 0, "Ниже этой ставки ЧДД меньше нуля. Осторожность так не работает."),
        ("second", 0, "Выше этой ставки ЧДД меньше нуля, но и ниже первой — тоже."),
        ("mean", 0, "При средней ставке ЧДД не ноль. Что тогда она показывает?"),
        (
            "hide",
            0.5,
            "Лучше, чем неверное число. Но комиссии нужно объяснение, а не пустая строка.",
        ),
    ],
    hint="ВНД есть, только если слева от неё ЧДД больше нуля, а справа меньше. Проверьте обе ставки.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="honesty"
own_card, budget_card = finance.irr_card(plan), finance.irr_card(plan, "flow.budget")
show(f"""
### Карточка честности

Правило рекомендаций ВК 477: ВНД существует, если такая ставка одна, при всех меньших ЧДД больше нуля, а при всех больших — меньше. Разные программы на одном потоке с двумя корнями называют разные числа, поэтому просите не число, а карточку.

- **Наш проект.** {own_card.words} Здесь ВНД говорить можно.
- **Бюджет с субсидией.** {budget_card.words} Сначала бюджет возвращает НДС и даёт субсидию, потом получает налоги. Знак меняется не один раз. О «доходности бюджета» говорить нельзя.

Модифицированная ВНД считает, что притоки вкладывают под ту же ставку дисконтирования, а не под саму ВНД. Она обычно скромнее и почти всегда существует.
""")

# %% role="read" id="payback_text"
titles = {"a": "А", "b": "Б", "c": "В"}
show(
    "## 5. Окупаемость, которой тоже может не быть\n\n"
    "**Срок окупаемости** — момент, после которого накопленный поток стал неотрицательным **и больше не уходит в минус**. "
    "Внутри года деньги приходят ровно: если за год пришло 20, а не хватало 10, это полгода.\n\n"
    "С дисконтом правило то же, но складывают приведённые суммы. Если до конца расчёта в плюс не вышли, пишут «не окупается». "
    "Не «5 лет», не последний год, а прочерк.\n\n"
    f"Три участка (учебные данные), млн ₽, ставка {wording.share(papers['payback']['rate'])}:\n\n"
    "| Участок | 0 | 1 | 2 | 3 | 4 | 5 |\n|---|--:|--:|--:|--:|--:|--:|\n"
    + "\n".join(
        f"| {titles[key]} | " + " | ".join(wording.number(value / 1e6) for value in flow) + " |"
        for key, flow in plots.items()
    )
    + "\n\n### Упражнение 7. Три участка"
)

# %% role="form" id="payback"
ask.table(
    "payback",
    "7. Когда окупится каждый участок?",
    columns={
        "simple": ask.number_column("Без дисконта, лет"),
        "discounted": ask.choice_column(
            "С дисконтом", {"yes": "окупается", "never": "не окупается"}
        ),
    },
    rows={"a": "Участок А", "b": "Участок Б", "c": "Участок В"},
)

# %% role="tests" id="check_payback" points=3
check = ask.check("payback", points=3)
### BEGIN HIDDEN TESTS
check.table(
    [
        {
            "row": key,
            "simple": figures.payback(series),
            "discounted": "never"
            if figures.discounted_payback(papers["payback"]["rate"], series) is None
            else "yes",
        }
        for key, series in plots.items()
    ],
    tolerance=0.06,
    hints={
        "simple": "Складывайте годы подряд. Последний год берут не целиком, а долей.",
        "discounted": "Приведите каждый приток и сложите. Хватило на вложение?",
    },
)
dip = check.cell("c", "simple")
check.part(
    0,
    not isinstance(dip, int | float) or abs(dip - figures.first_crossing(plots["c"])) > 0.06,
    hint="На одном участке накопленный поток вышел в плюс и снова ушёл в минус. Такой выход не считается.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="index_text"
show(f"""
### Индекс доходности: одно имя, разные числа

Рядом с окупаемостью любят писать «индекс доходности». Под этим именем ходят разные дроби. У нашего проекта с дисконтом он {wording.number(worth.pi, 2)}, без дисконта {wording.number(worth.pi_undiscounted, 2)}. Оба числа верны. Увидели индекс — спросите, с дисконтом ли он и на какие вложения делили.
""")

# %% role="read" id="vat_text"
show(f"""
## 6. Где кусает НДС

Ставка НДС — {cite("tax.vat.rate", ask.day)}. Оборудование покупают **вместе с НДС**. Государство его вернёт, но потом. Всё это время деньги лежат не у вас. В учебниках НДС часто пропускают: «он же возвращается». Возвращается — но покупать-то надо сегодня.

Во что обходится ожидание? НДС, который вернут через несколько месяцев, надо привести к сегодняшнему дню. Разница и есть цена:

$$\\text{{цена ожидания}} = \\text{{НДС}} \\times \\left(1 - \\frac{{1}}{{(1+E)^{{\\text{{месяцы}}/12}}}}\\right)$$

### Попробуйте: подвиньте срок возмещения

В карточке проекта стоит {wording.count(card.taxes.vat_refund_lag_months, "месяц", "месяца", "месяцев")}. Подвиньте. ЧДД почти не дрогнет, а вот деньги кончатся. Это и есть беда: **проект хороший, а платить нечем**.
""")


# %% role="read" id="vat_play"
def money_at(months):
    """Money by month if VAT comes back after so many months."""
    late = finance.run(finance.revise(case, {"vat_refund_lag": months}))
    npv = finance.indicators_of(late).npv
    return charts.money_left(
        [f"{day.month:02d}.{day.year}" for day in case.timeline[:30]],
        late.row("cash.closing")[:30],
        title=f"НДС возвращают через {wording.count(int(months), 'месяц', 'месяца', 'месяцев')}; "
        f"ЧДД {wording.money(npv, unit='млн ₽')}",
        source="модель курса, учебные данные",
    )


play(money_at, months=(1, 12, 3, "Возмещение НДС через, месяцев"))

# %% role="read" id="vat_task"
show(f"""
### Упражнение 8. Цена ожидания

Оборудование стоит {wording.money(equipment)} **без НДС**. НДС вернут через {wording.count(lag, "месяц", "месяца", "месяцев")}. Ставка дисконтирования {wording.share(worth.discount_rate)} годовых.
""")

# %% role="form" id="vat_wait"
ask.number("vat_wait", "8. Во что обойдётся ожидание?", unit="млн ₽", decimals=2)

# %% role="tests" id="check_vat_wait" points=2
check = ask.check("vat_wait", points=2)
### BEGIN HIDDEN TESTS
tax = equipment * vat.number
later = figures.npv_from(figures.step_rate(worth.discount_rate), [tax], lag)
inside = equipment * vat.number / (1 + vat.number)
check.number(
    tax - later,
    tolerance=30_000,
    mistakes=[
        (
            tax * worth.discount_rate * lag / 12,
            0.5,
            "Вы взяли простой процент. По формуле выше процент сложный, и делят, а не умножают.",
        ),
        (
            tax * (1 - (1 + worth.discount_rate / 12) ** -lag),
            0.5,
            "Месячную ставку вы взяли как двенадцатую часть годовой. Вспомните раздел 3.",
        ),
        (tax, 0.25, "Это сам НДС. Его вернут; спрашивают, сколько стоит подождать."),
        (later, 0.25, "Это сколько НДС стоит сегодня. Осталось одно действие."),
        (
            tax - tax / (1 + worth.discount_rate),
            0.5,
            "Вы взяли целый год. Переведите месяцы в долю года.",
        ),
        (
            inside * (tax - later) / tax,
            0.5,
            "Вы выделили НДС из цены. Но цена дана без него: налог прибавляют сверху.",
        ),
        (equipment * (tax - later) / tax, 0, "Ждать приходится налог, а не всю цену."),
    ],
    hint="Сначала найдите сам налог, потом сколько он стоит сегодня, потом разницу.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="loan_text"
show(f"""
## 7. Займы: форма важнее ставки

Три предложения на одну сумму, {wording.money(principal)} на {wording.count(papers["offers"]["months"] // 12, "год", "года", "лет")} (учебные данные):

| Предложение | Ставка | Как платят |
|---|--:|---|
| **Банк, аннуитет** | {wording.share(papers["offers"]["bank_rate"])} | каждый месяц одна и та же сумма |
| **Банк, равными долями** | {wording.share(papers["offers"]["bank_rate"])} | каждый месяц равная доля долга и проценты на остаток |
| **Фонд, поквартально** | {wording.share(papers["offers"]["fund_rate"])} | первые {wording.count(papers["offers"]["grace"] // 12, "год", "года", "лет")} только проценты, затем долг равными долями раз в квартал |

У банка проценты месяца — двенадцатая часть годовых на остаток долга, у фонда за квартал — четвёртая. Банк сразу удерживает комиссию {wording.share(papers["offers"]["fee"])}. Поэтому у займа две ставки: та, что в договоре, и **эффективная** — с комиссией и сложным процентом. Сравнивают вторые.

Настоящая базовая ставка федерального ФРП на {wording.day(ask.day)}: {cite("loan.frp.development.rate.base", ask.day)}. Форму погашения курс взял учебную: стандарт фонда не прочитан.

### Попробуйте: форма и ставка
""")


# %% role="read" id="loan_play"
shapes = {
    "annuity": "аннуитет",
    "differentiated": "равными долями",
    "quarterly": "поквартально, льготный срок",
}


def loan_at(shape, rate):
    """Payments of an offer of this shape at a rate in per cent."""
    chosen = offer(shape, rate / 100)
    plan_ = chosen.schedule
    return charts.payments(
        plan_.principal,
        plan_.paid_interest,
        step="квартал" if chosen.step == 3 else "месяц",
        note=f"проценты за весь срок {wording.money(plan_.total_interest, unit='млн ₽')}; "
        f"эффективная ставка {wording.share(chosen.effective_rate)}",
        title=f"{shapes[shape].capitalize()}, {wording.number(rate)} % годовых",
        source="учебные данные",
    )


play(loan_at, shape=(shapes, "Форма"), rate=(1, 25, 18, "Ставка, % годовых"))

# %% [markdown] role="read" id="loan_task"
r"""
### Упражнения 9–10. Первый платёж и трудный год

Для аннуитета есть функция таблицы ПЛТ (PMT): месячная ставка, число месяцев, сумма.
"""

# %% role="form" id="loans"
ask.table(
    "loans",
    "9. Каким будет первый платёж и когда платить тяжелее всего? Ставки — из таблицы предложений.",
    columns={
        "first": ask.number_column("Первый платёж", unit="млн ₽"),
        "peak": ask.choice_column(
            "Тяжелее всего",
            {"start": "в начале", "even": "всегда одинаково", "end": "в конце"},
        ),
    },
    rows={
        "annuity": "Банк, аннуитет (за месяц)",
        "differentiated": "Банк, равными долями (за месяц)",
        "quarterly": "Фонд, поквартально (за квартал)",
    },
)

# %% role="tests" id="check_loans" points=3
check = ask.check("loans", points=3)
### BEGIN HIDDEN TESTS
offers = {
    "annuity": (offer("annuity", papers["offers"]["bank_rate"]), "even"),
    "differentiated": (offer("differentiated", papers["offers"]["bank_rate"]), "start"),
    "quarterly": (offer("quarterly", papers["offers"]["fund_rate"]), "end"),
}
check.table(
    [{"row": key, "first": one.first_payment, "peak": peak} for key, (one, peak) in offers.items()],
    tolerance=20_000,
    hints={
        "first": "Первый платёж — проценты на весь долг и та часть долга, которую уже возвращают.",
        "peak": "Посмотрите на столбцы: где они выше?",
    },
)
yearly = principal * papers["offers"]["fund_rate"]
typed = check.cell("quarterly", "first")
check.part(
    0,
    not isinstance(typed, int | float)
    or min(abs(typed - yearly), abs(typed - yearly / 12)) > 20_000,
    hint="Фонд берёт проценты раз в квартал: какая это часть года?",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="dscr_text"
due = debt.loc["Платежи по займам после года пуска"]
paying = debt.loc["Деньги для платежей по займам"]
show(f"""
### Год, в котором проект спотыкается

**DSCR** (покрытие) — деньги от работы за год, делённые на платежи по займам за тот же год. Возмещённый НДС курс в эти деньги не берёт: он приходит один раз. Считают с года, следующего за пуском.

Меньше единицы — года не хватает, чтобы заплатить. Выручит только остаток прошлых лет. Нужен ещё и запас: какой, скажет ваш банк. Курс берёт **1,2** (предложение курса).

Год, в котором платить нечего, **не считают**: это не ноль и не 999.

| Млн ₽ | 2028 | 2029 | 2030 | 2031 | 2032 | 2033 |
|---|--:|--:|--:|--:|--:|--:|
| Деньги для платежей | {" | ".join(wording.number(paying[year] / 1e6, 1) for year in range(2028, 2034))} |
| Платежи по займам | {" | ".join(wording.number(due[year] / 1e6, 1) for year in range(2028, 2034))} |
""")

# %% role="form" id="dscr"
ask.table(
    "dscr",
    "10. Посчитайте покрытие последних четырёх лет, с двумя знаками. Где считать нечего, оставьте клетку пустой.",
    columns={
        "ratio": ask.number_column("DSCR"),
        "state": ask.choice_column(
            "Что это значит",
            {
                "short": "не хватает",
                "thin": "хватает впритык (до 1,2)",
                "good": "хватает с запасом",
                "none": "платежей нет, год не считают",
            },
        ),
    },
    rows={"2030": "2030 год", "2031": "2031 год", "2032": "2032 год", "2033": "2033 год"},
)

# %% role="tests" id="check_dscr" points=3
check = ask.check("dscr", points=3)
### BEGIN HIDDEN TESTS
ratios = dict(zip(range(2027, 2034), finance.coverage(plan), strict=True))
check.table(
    [
        {
            "row": str(year),
            "ratio": ratios[year],
            "state": "none"
            if ratios[year] is None
            else "short"
            if ratios[year] < 1
            else "thin"
            if ratios[year] < 1.2
            else "good",
        }
        for year in range(2030, 2034)
    ],
    tolerance=0.012,
    count="filled",
    hints={
        "ratio": "Делят деньги на платежи, а не наоборот. На ноль не делят.",
        "state": "Сравните каждое покрытие с единицей и с запасом.",
    },
)
check.part(
    0,
    check.cell("2033", "ratio") is None,
    hint="В последнем году займов уже нет. Любое число в этой клетке испортит среднее.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="grace_text"
show(f"""
### Попробуйте: другой льготный срок

В плане льготный срок займа фонда — {wording.count(card.loans[0].grace_months // 3, "квартал", "квартала", "кварталов")}, его покрытие вы посчитали сами. Весь заём в любом случае надо вернуть за пять лет. Кажется, что чем длиннее льготный срок, тем легче. Выберите другой и посмотрите на 2031 и 2032 годы.
""")


# %% role="read" id="grace_play"
def cover_at(quarters):
    """Coverage by year if the fund's grace lasts so many quarters."""
    moved = finance.run(finance.revise(case, {"loans.fund.grace": 3 * int(quarters)}))
    return charts.coverage(
        [str(year) for year in range(2027, 2034)],
        finance.coverage(moved),
        1.2,
        title=f"Льготный срок {wording.count(int(quarters), 'квартал', 'квартала', 'кварталов')}",
        source="модель курса, учебные данные",
    )


play(
    cover_at,
    quarters=(
        {
            str(number): wording.count(number, "квартал", "квартала", "кварталов")
            for number in (6, 8, 10, 14, 16)
        },
        "Льготный срок",
    ),
)

# %% role="read" id="grace_after"
show("""
Длинная отсрочка не уменьшает долг, она **сжимает** возврат в меньшее число кварталов. Просите не самый длинный льготный срок, а такой, чтобы платежи легли на сильные годы. Это разговор с фондом **до** договора: потом его не переделать.

## 8. Что ломает проект

Лист говорит: ЧДД больше нуля. Но каждое число на нём кто-то предположил. Сдвинем каждое по очереди — на столько же вверх и вниз — и посмотрим, чьё слово весит больше. Такую картинку зовут «торнадо».
""")


# %% role="read" id="tornado_play"
def storm_at(spread):
    """The six strongest figures, each moved by a share in per cent."""
    rows = [row for row in finance.tornado(case, spread / 100) if ".quantity" not in row.id][:6]
    return charts.tornado(
        [
            (row.title, f"−{wording.number(spread)} %", row.npv_low,
             f"+{wording.number(spread)} %", row.npv_high)
            for row in rows
        ],
        worth.npv,
        title=f"ЧДД, если одно число изменить на {wording.number(spread)} %",
        source="модель курса, учебные данные",
    )  # fmt: skip


play(storm_at, spread=(1, 20, 10, "Сдвиг, %"))

# %% role="read" id="switch_text"
fallen = finance.run(case, {"products.driver_60.price": [0.9 * price]})
npv_fallen = finance.indicators_of(fallen).npv
show(f"""
Цена впереди с большим отрывом. Это обычное дело: выручка большая, прибыль тонкая.

Отсюда главный вопрос защиты: **на сколько может упасть цена, прежде чем ЧДД станет нулём?** Ответ зовут точкой переключения. Пока налог и загрузка те же, ЧДД меняется почти по прямой. По двум точкам:

| Цена | ЧДД |
|---|--:|
| как в плане, {wording.number(price)} ₽ | {wording.money(worth.npv, unit="млн ₽", digits=2)} |
| на 10 % ниже | {wording.money(npv_fallen, unit="млн ₽", digits=2)} |

### Упражнение 11. Точка переключения
""")

# %% role="form" id="switch"
ask.number(
    "switch",
    "11. На сколько процентов может упасть цена, чтобы ЧДД стал ровно нулём? С двумя знаками после запятой.",
    unit="%",
    decimals=2,
)

# %% role="tests" id="check_switch" points=2
check = ask.check("switch", points=2)
### BEGIN HIDDEN TESTS
lower = finance.run(case, {"products.driver_60.price": [0.9 * price]})
after = finance.indicators_of(lower).npv
check.number(
    0.1 * worth.npv / (worth.npv - after),
    tolerance=0.0003,
    mistakes=[
        (
            0.1 * worth.npv / -after,
            0.5,
            "Почти. ЧДД прошёл путь от плана до минуса: это больше, чем сам минус.",
        ),
        (
            worth.npv / (worth.npv - after),
            0.5,
            "Доля пути верная. Но весь путь — это десятая часть цены.",
        ),
        (
            0.1 * -after / worth.npv,
            0,
            "Дробь перевёрнута: спрашивают, какая часть пути до нуля.",
        ),
        (
            0.1 * (worth.npv + after) / after,
            0,
            "Это остаток пути после нуля. А нужен путь до нуля.",
        ),
    ],
    hint="За десять процентов цены ЧДД прошёл весь путь вниз. Какую часть этого пути занимает дорога до нуля?",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="switch_after"
points = finance.switching_values(case)[:4]
show(
    "### Запас прочности по модели\n\n"
    "Теперь без прямой: модель сама ищет, где ЧДД равен нулю.\n\n"
    "| Что меняем | В плане | ЧДД равен нулю при | Запас |\n|---|--:|--:|--:|\n"
    + "\n".join(
        f"| {row.title} | {wording.number(row.value, 3 if row.value < 10 else 0)} | "
        f"{wording.number(row.at_zero, 3 if row.value < 10 else 0)} | {wording.share(row.change)} |"
        for row in points
    )
    + "\n\nЗапас в пару процентов — это не запас. Одна скидка покупателю, и проекта нет. "
    "На защите такую таблицу лучше показать самим, чем ждать вопроса."
)

# %% role="read" id="risk_text"
risk = finance.simulate(case, 1_000)
outcome = finance.outcomes(case, finance.bound_scenarios(case))
show(f"""
### Всё сразу: тысяча сценариев

В жизни цены, загрузка и зарплаты меняются вместе. У каждого числа в карточке есть границы: ниже чего и выше чего оно не уйдёт. Границы назвали те, кто за эти числа отвечает. Модель тысячу раз берёт случайные числа внутри границ и каждый раз считает ЧДД заново.

| Сценарий | ЧДД |
|---|--:|
| План: все числа как в карточке | {wording.money(outcome[0].indicators.npv, unit="млн ₽")} |
| Среднее по тысяче сценариев | {wording.money(risk.mean, unit="млн ₽")} |
| Все числа на худшей границе сразу | {wording.money(outcome[2].indicators.npv, unit="млн ₽")} |
| Все числа на лучшей границе сразу | {wording.money(outcome[3].indicators.npv, unit="млн ₽")} |

Вероятность, что ЧДД меньше нуля, — **{wording.share(risk.loss_probability, 0)}**. Две последние строки почти невозможны: все беды и все удачи разом не случаются.

Сильнее всех ЧДД двигают: {"; ".join(f"«{driver.title}»" for driver in risk.drivers[:3])}.

Выберите в списке, что вы закрепили договором. Закреплённое число больше не гуляет.
""")


# %% role="read" id="risk_play"
def risk_at(fixed):
    """The scenarios when some figures are fixed by contracts."""
    ids = {
        "": (),
        "price": ("products.driver_60.price",),
        "load": ("products.driver_60.utilisation",),
        "both": ("products.driver_60.price", "products.driver_60.utilisation"),
    }[fixed]
    left = tuple(spread for spread in risk.spreads if spread.id not in ids)
    found = finance.simulate(case, 400, spreads=left)
    return charts.distribution(
        found.npv,
        worth.npv,
        title="ЧДД в четырёхстах сценариях",
        source="модель курса, учебные данные; расчёт вне таблиц",
    )


play(
    risk_at,
    fixed=(
        {"": "ничего", "price": "цену", "load": "загрузку", "both": "цену и загрузку"},
        "Закреплено договором",
    ),
)

# %% [markdown] role="read" id="q_risk"
r"""
### Упражнение 12. Что сказать о вероятности
"""

# %% role="form" id="risk_words"
ask.choices(
    "risk_words",
    "12. Что из этого можно сказать на комиссии?",
    {
        "proved": "Доказано, что проект скорее убыточен",
        "bounds": "Вероятность посчитана по границам, которые назвали сами авторы чисел: другие границы дадут другую",
        "skewed": "План стоит не в середине, а ближе к хорошему краю: вниз числа могут уйти дальше, чем вверх",
        "cut": "Худшие сценарии можно убрать: они маловероятны",
        "contract": "Сначала надо закрепить договором цену и загрузку: они двигают ЧДД сильнее всего",
        "rate": "Чтобы учесть риск, надо ещё поднять ставку дисконтирования",
    },
)

# %% role="tests" id="check_risk_words" points=2
check = ask.check("risk_words", points=2)
### BEGIN HIDDEN TESTS
check.choices(
    ["bounds", "skewed", "contract"],
    hints={
        "proved": "Модель ничего не доказывает: она пересчитывает чьи-то предположения.",
        "bounds": "Откуда взялись границы? Об этом стоит сказать вслух.",
        "skewed": "Сравните план со средним по сценариям. Что это говорит о плане?",
        "cut": "Убрать неудобные сценарии — значит изменить ответ, а не проект.",
        "contract": "Какие числа названы в тексте самыми сильными и что с ними можно сделать?",
        "rate": "Риск уже в сценариях. Добавить его в ставку — посчитать дважды.",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="budget_text"
effect = finance.budget_view(plan)
levels = {view.id: view.npv for view in finance.views(plan)}
regional = levels["budget.regional"] + effect.support
show(f"""
## 9. Бюджетный эффект

Область даёт {wording.money(grant)}. Что вернётся? Три правила, без которых эффект завышают:

1. **Только прибавка.** Считают налоги, которых без проекта не было бы. Перенесли цех из соседнего города — прибавки нет.
2. **Возмещение НДС — это расход бюджета.** Его вычитают из налогов.
3. **По уровням.** Кто дал деньги и кто получит налоги — часто разные бюджеты.

НДС идёт в федеральный бюджет (так считает модель). Налог на прибыль: {law["tax.profit.rate.federal"].on(ask.day).words} федеральный, {law["tax.profit.rate.regional"].on(ask.day).words} региональный ({law["tax.profit.rate.regional"].on(ask.day).standing.words}). Взносы — во внебюджетные фонды. НДФЛ модель не выделяет: его доли по бюджетам проверьте сами и прибавьте отдельной строкой. Налога на имущество в модели тоже нет. Поэтому местный бюджет в этом расчёте не получает ничего, и это пробел расчёта, а не вывод.

За семь лет, приведено к первому дню по ставке {wording.share(worth.discount_rate)}:

| Куда | Налоги и взносы за вычетом возмещённого НДС |
|---|--:|
| Федеральный бюджет | {wording.money(levels["budget.federal"], unit="млн ₽", digits=2)} |
| Региональный бюджет | {wording.money(regional, unit="млн ₽", digits=2)} |
| Внебюджетные фонды | {wording.money(levels["funds"], unit="млн ₽", digits=2)} |
| **Субсидия области** | **{wording.money(effect.support, unit="млн ₽", digits=2)}** |

Субсидия тоже приведена: её дают не в первый день.

### Упражнение 13. Рубль на рубль
""")

# %% role="form" id="budget"
ask.table(
    "budget",
    "13. Сколько рублей налогов и взносов приходится на рубль субсидии? С двумя знаками.",
    columns={"ratio": ask.number_column("Рублей на рубль")},
    rows={"all": "Всем бюджетам и фондам вместе", "region": "Самой области"},
)

# %% role="tests" id="check_budget" points=2
check = ask.check("budget", points=2)
### BEGIN HIDDEN TESTS
whole = finance.budget_view(plan)
home = {view.id: view.npv for view in finance.views(plan)}["budget.regional"] + whole.support
check.table(
    [
        {"row": "all", "ratio": whole.per_rouble},
        {"row": "region", "ratio": home / whole.support},
    ],
    tolerance=0.02,
    hint="Разделите налоги на субсидию. Обе суммы должны быть приведены к одному дню.",
)
nominal = card.grants[0].amount.value
together, alone = check.cell("all", "ratio"), check.cell("region", "ratio")
check.part(
    0,
    not isinstance(together, int | float) or abs(together - whole.taxes / nominal) > 0.02,
    hint="Субсидию вы взяли в рублях дня выдачи, а налоги — в рублях первого дня.",
)
check.part(
    0,
    not isinstance(together, int | float) or abs(together - whole.per_rouble + 1) > 0.02,
    hint="Субсидию из налогов вычитать не надо: спрашивают, сколько приходится на рубль.",
)
check.part(
    0,
    not isinstance(alone, int | float) or abs(alone - whole.per_rouble) > 0.02,
    hint="Область получает только свою строку таблицы.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="deadweight"
market = papers["offers"]["bank_rate"]
bare = finance.indicators_of(
    finance.run(
        finance.revise(
            case,
            {
                "grants.regional.amount": 0,
                "own.1.amount": card.own_funds[0].amount.value + grant,
            },
        )
    )
)
dear = finance.indicators_of(
    finance.run(
        finance.revise(
            case,
            {
                "grants.regional.amount": 0,
                "own.1.amount": card.own_funds[0].amount.value + grant,
                "loans.fund.rate": market,
            },
        )
    )
)
show(f"""
Около пяти рублей на рубль — звучит прекрасно. Но область за свой рубль вернёт примерно рубль, остальное уйдёт в федеральный бюджет и фонды. Это не значит, что давать нельзя. Это значит, что **областному бюджету говорят его число, а не общее**.

### А без субсидии?

Есть вопрос страшнее: построили бы и так? Тогда весь эффект — не заслуга субсидии. Проверим, что останется **собственнику**, если поддержку убирать по частям:

| Поддержка | ЧДД собственника |
|---|--:|
| Субсидия и заём фонда | {wording.money(worth.equity_npv, unit="млн ₽")} |
| Без субсидии, её сумму внёс собственник | {wording.money(bare.equity_npv, unit="млн ₽")} |
| Без субсидии, заём под {wording.share(market)} вместо {wording.share(card.loans[0].rate.value)} | {wording.money(dear.equity_npv, unit="млн ₽")} |

{"Даже в последней строке собственник в плюсе. Эксперт спросит: зачем тогда субсидия?" if dear.equity_npv > 0 else "Без поддержки собственник в минусе: это довод за неё."} И ещё: дешёвый заём даёт собственнику больше, чем субсидия. Прежде чем просить деньги бюджета, спросите: может, хватит займа?
""")

# %% role="read" id="people_text"
year = finance.productivity(plan, 2030)
formula = law["method.productivity.formula"].on(ask.day)
growth = law["method.productivity.growth.min"].on(ask.day)
output_rule = law["loan.frp.development.productivity_growth"].snapshots[0]
sales_rule = law["loan.frp.development.sales_share_of_loan"].snapshots[0]
jobs_rule = law["method.high_productivity_jobs.rule"].on(ask.day)
programme = law["cluster.programme.content"].snapshots[0]
required = law["cluster.programme.required"].on(ask.day)
show(f"""
## 10. Программа развития: люди и показатели

Нужна ли кластеру программа развития сейчас, источники спорят ({required.standing.words}): {required.note[0].lower() + required.note[1:]} {required.open} Что в ней должно быть, по новости без даты: {programme.words} ({programme.standing.words}). Показатели пригодятся в любом случае: их спросит и фонд, и министерство.

| Показатель | Как считают | Где ошибаются |
|---|---|---|
| **Производительность** | {formula.words} ({formula.standing.words}) | делят выручку, а не добавленную стоимость |
| **Выработка** | выручка на одного работника; в правилах ФРП её рост — не меньше {output_rule.words} в год для проектов автоматизации ({output_rule.standing.words}, снимок без даты) | выдают за производительность |
| **Высокопроизводительные места** | {jobs_rule.words} ({jobs_rule.standing.words}) | считают «современные» места, а порог — по зарплате |
| **Продажи к займу** | в год не меньше {sales_rule.words} займа со второго года серийного выпуска ({sales_rule.standing.words}, снимок без даты) | складывают все годы |

В методике 2019 года производительность должна расти не меньше чем на {growth.words} в год ({growth.standing.words}). Не путайте с тем же числом у ФРП: там растёт выработка.

Наш проект, 2030 год (модель курса, учебные данные). Налога на имущество в модели нет.

| | |
|---|--:|
| Выручка без НДС | {wording.money(year.revenue, unit="млн ₽")} |
| Прибыль от продаж, до процентов | {wording.money(year.sales_profit, unit="млн ₽")} |
| Оплата труда | {wording.money(year.payroll, unit="млн ₽")} |
| Страховые взносы | {wording.money(year.contributions, unit="млн ₽")} |
| Работников | {wording.number(year.workers)} |

Новых рабочих мест столько же. На одно приходится {wording.money(grant / year.workers, unit="тыс. ₽")} субсидии: это число тоже спросят.

### Упражнение 14. Производительность
""")

# %% role="form" id="productivity"
ask.number(
    "productivity",
    "14. Какова производительность труда в 2030 году по методике 2019 года, на одного работника? С двумя знаками.",
    unit="млн ₽",
    decimals=2,
)

# %% role="tests" id="check_productivity" points=2
check = ask.check("productivity", points=2)
### BEGIN HIDDEN TESTS
staffed = finance.productivity(plan, 2030)
check.number(
    staffed.per_worker,
    tolerance=15_000,
    mistakes=[
        (staffed.output, 0.25, "Это выработка. Методика 2019 года делит добавленную стоимость."),
        (
            staffed.sales_profit / staffed.workers,
            0.25,
            "Вы взяли одну прибыль. Добавленная стоимость — это ещё и то, что получили люди и фонды.",
        ),
        (
            (staffed.sales_profit + staffed.payroll) / staffed.workers,
            0.5,
            "Почти. В перечне методики названо ещё одно слагаемое из таблицы.",
        ),
        (staffed.value_added, 0.5, "Добавленная стоимость верная. Теперь на одного работника."),
    ],
    hint="Сложите то, что перечислено в строке «Производительность», и разделите на людей.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="errors_text"
wrong = figures.discount_factors(worth.discount_rate * 100, 3)[2]
show("""
## 11. Найдите ошибки

Ошибаются все. Даже в примере к самим рекомендациям ВК 477, в приложении 10, напечатано 76,67 там, где сумма требует 77,67 (по публикации). Коллега посчитал похожий проект и просит вашу подпись. Вот выписки из его расчёта.

### Упражнение 15. Чужой расчёт
""")

# %% role="form" id="errors"
ask.choices(
    "errors",
    "15. В каких строках ошибка?",
    {
        "percent": f"Коэффициент второго года: 1 ÷ (1 + {wording.number(worth.discount_rate * 100)})² = {wording.number(wrong, 4)}",
        "twice": f"Субсидию {wording.money(grant)} вычли из цены линии и ещё раз показали поступлением",
        "depreciation": "Из денежного потока каждого года вычли амортизацию линии",
        "vat": "НДС по оборудованию показан оттоком в месяц оплаты и притоком в месяц возмещения",
        "coverage": "В год без платежей покрытие принято за 999, среднее покрытие вышло 168",
        "interest": "Из потока проекта вычли проценты, а ставка дисконтирования уже включает цену займа",
        "payback": "Срок окупаемости с дисконтом: прочерк, подпись «в пределах расчёта не окупается»",
        "month": f"Месячная ставка {wording.share(figures.step_rate(worth.discount_rate), 2)} получена из годовой {wording.share(worth.discount_rate)} корнем двенадцатой степени",
    },
)

# %% role="tests" id="check_errors" points=3
check = ask.check("errors", points=3)
### BEGIN HIDDEN TESTS
check.choices(
    ["percent", "twice", "depreciation", "coverage", "interest"],
    hints={
        "percent": "Рубль второго года не может стоить доли копейки. Что подставили в формулу?",
        "twice": "Сколько раз область даёт субсидию?",
        "depreciation": "Вспомните упражнение 2: кому платят амортизацию?",
        "vat": "С НДС поступили так, как он и ходит.",
        "coverage": "Посмотрите, что сказано о годах без платежей в разделе 7.",
        "interest": "Сколько раз в этом расчёте заплатили за заём?",
        "payback": "Прочерк честнее, чем последний год расчёта.",
        "month": "Месячную ставку получают именно корнем.",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="memo_head"
show(f"""
## 12. Записка

До комиссии десять минут. На столе тот же лист: «ЧДД {wording.money(worth.npv)}, предлагаем одобрить». Теперь вы знаете больше:

- какое падение цены обнуляет ЧДД — упражнение 11;
- в каком году денег от работы не хватит на платежи — упражнение 10;
- вероятность ЧДД меньше нуля — {wording.share(risk.loss_probability, 0)};
- что будет с деньгами, если НДС вернут позже, — раздел 6;
- сколько область вернёт на свой рубль — упражнение 13.
""")

# %% role="form" id="memo"
ask.text(
    "memo",
    "16. Напишите 6–9 предложений: что сломает этот проект, что вы сделаете и что скажете комиссии об области.",
    rows=10,
)

# %% [markdown] role="task" id="memo_task" points=4
r"""
Записку читает преподаватель.
### BEGIN MARK SCHEME
По одному баллу за каждый пункт; половина, если сказано, но без числа из вебинара. Числа у каждого участника свои: сверяйте порядок, а не знаки после запятой.

1. **Что ломает.** Названы две поломки из четырёх, каждая с числом: запас цены от долей процента до 2 %; покрытие 2031 года меньше 1; кассовый разрыв при позднем возмещении НДС; вероятность ЧДД < 0 около двух третей. Балл не ставится за «есть риски».
2. **Что сделать.** Два действия, у каждого исполнитель и предмет: закрепить цену или загрузку договором с «Фонарщиком»; договориться с фондом о графике (короче льготный срок, платежи с 2029–2030 годов); кредитная линия или запас денег на срок возмещения НДС; пересмотреть смету. Балл не ставится за «усилить контроль» и за «попросить отсрочку подлиннее».
3. **Область.** Сказано, что область вернёт около рубля на свой рубль, а общее отношение около пяти относится ко всем бюджетам; либо поставлен вопрос, построят ли без субсидии. Достаточно одной мысли, сказанной ясно.
4. **Честность.** Решение или условие решения названо прямо (одобрить при условии…, отложить до…), и сказано хотя бы одно, чего расчёт не знает: границы — мнение авторов, НДФЛ не учтён, ставки после 2030 года не известны, стандарт фонда не прочитан.
### END MARK SCHEME
"""

# %% [markdown] role="read" id="team_head"
r"""
## 13. Шаг вашего проекта

Теперь то же для **вашей** команды. Баллов здесь нет. Это самый длинный шаг: разделите таблицы между собой, каждый заполняет свои, потом части соединит организатор.

- Пустая клетка значит «не знаем». Ноль вместо неё не пишите.
- Даты пишут так: 22.11.2026.
- Не вписывайте закрытые сведения.
"""

# %% [markdown] role="read" id="team_who"
r"""
### Кто за что отвечает

Начните вместе: у каждого числа должен быть человек, который за него ответит на защите.
"""

# %% role="form" id="team_owners"
ask.step("team_owners")

# %% role="form" id="team_basis"
ask.step("team_basis")

# %% [markdown] role="read" id="team_market"
r"""
### Заполняют сбыт и технолог

Названия изделий и материалов пишите так же, как в вебинаре 4. Границы «не меньше» и «не больше» важнее самого числа: из них вырастет вероятность.
"""

# %% role="form" id="team_prices"
ask.step("team_prices")

# %% role="form" id="team_volumes"
ask.step("team_volumes")

# %% role="form" id="team_material_prices"
ask.step("team_material_prices")

# %% [markdown] role="read" id="team_costs"
r"""
### Заполняют кадры и производство
"""

# %% role="form" id="team_staff"
ask.step("team_staff")

# %% role="form" id="team_overheads"
ask.step("team_overheads")

# %% [markdown] role="read" id="team_building"
r"""
### Заполняет тот, кто строит

Вложения пишите **без НДС**. Сам НДС до возврата — в таблице других трат.
"""

# %% role="form" id="team_capex"
ask.step("team_capex")

# %% role="form" id="team_assets"
ask.step("team_assets")

# %% role="form" id="team_uses"
ask.step("team_uses")

# %% [markdown] role="read" id="team_money"
r"""
### Заполняет финансист

Вспомните разделы 6 и 7: срок возврата НДС и график займа ломают проект чаще, чем ставка.
"""

# %% role="form" id="team_turnover"
ask.step("team_turnover")

# %% role="form" id="team_rates"
ask.step("team_rates")

# %% role="form" id="team_vat_lag"
ask.step("team_vat_lag")

# %% role="form" id="team_own"
ask.step("team_own")

# %% role="form" id="team_loans"
ask.step("team_loans")

# %% role="form" id="team_loan_terms"
ask.step("team_loan_terms")

# %% [markdown] role="read" id="closing"
r"""
## 14. Что вы теперь умеете

- Восстановить отчёт о движении денег и отличить деньги от прибыли.
- Посчитать ЧДД, не дисконтируя год 0 и не смешивая цены.
- Сказать «ВНД не существует» и объяснить почему.
- Увидеть, где проекту не хватит денег, хотя он выгоден: НДС и трудный год займа.
- Назвать запас прочности раньше, чем о нём спросят.
- Дать каждому бюджету его число.

Ниже — что заполнено и что перечитать, если ответ дался трудно.
"""

# %% role="form" id="summary"
ask.summary(
    {
        "holes": "раздел 2, два правила отчёта",
        "lines": "раздел 2, «Кто видит какой поток»",
        "npv": "раздел 3, формула ЧДД",
        "real": "раздел 3, «С инфляцией или без неё»",
        "second": "раздел 4, кривая ЧДД",
        "verdict": "раздел 4, «Карточка честности»",
        "payback": "раздел 5, определение срока",
        "vat_wait": "раздел 6, цена ожидания",
        "loans": "раздел 7, таблица предложений",
        "dscr": "раздел 7, «Год, в котором проект спотыкается»",
        "switch": "раздел 8, две точки",
        "risk_words": "раздел 8, «Всё сразу»",
        "budget": "раздел 9, три правила",
        "productivity": "раздел 10, таблица показателей",
        "errors": "разделы 2, 3 и 7",
        "memo": "разделы 6–9",
    }
)

# %% [markdown] role="read" id="hand_in"
r"""
### Как сдать

1. Нажмите **«Сдать»** на полосе над тетрадью. Страница сохранится сама, пустые ответы будут названы, а в конце вы увидите квитанцию: время и контрольную сумму.
2. Если квитанция назовёт файл в папке «Отправить», пошлите этот файл организатору письмом: без письма работа не сдана.
3. Полосы нет? Пошлите организатору файл `answers.json` из папки `06_economics`: в нём все ваши ответы.
4. Сдавать можно несколько раз. Считается последняя сдача до срока.

Баллы и подсказки по каждому упражнению придут с отзывом.
"""
