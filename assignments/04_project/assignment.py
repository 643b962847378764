# %% [markdown] role="read" id="title"
r"""
# Вебинар 4. Импортозамещающий проект

**После вебинара вы сможете:**

- выбрать изделие для проекта по трём признакам и объяснить, почему баллы здесь не складывают;
- найти коды изделия и назвать зарубежный аналог так, чтобы его можно было проверить;
- посчитать зависимость рынка от ввоза и вовремя заметить, что число врёт;
- не спутать долю ввозных деталей, баллы, реестр и меру поддержки;
- найти в паспорте проекта строки, за которые будет стыдно на защите.

**Время:** около 75 минут. **Баллы:** 40. Из них 36 — за 15 упражнений, их проверит программа; 4 — за записку, её прочтёт преподаватель.

**Ответы записываются сами**, при каждом изменении. Можно закрыть страницу и продолжить завтра. До сдачи любой ответ можно исправить. Программировать не нужно: поля заполняют как анкету. Для счёта хватит калькулятора. Числа в некоторых упражнениях у каждого свои. Прислали код? Сначала нажмите «Код участника» на полосе сверху. Как сдать, сказано в самом конце.
"""

# %% role="form" id="setup"
from datetime import date

from course import charts, cite, cooperation, law, open_form, play, show, wording

ask = open_form("04_project")
given = ask.data("candidates.yaml")
markets = ask.data("markets.yaml")
goods = ask.data("products.yaml")
draft = ask.data("passport.yaml")
signals, weights = given["signals"], tuple(given["weights"])
products = {
    item["id"]: cooperation.Candidate(
        item["id"],
        item["title"],
        item["estimate"],
        len(item["buyers"]) - item["own_group"],
        cooperation.Skill(item["skill"]),
    )
    for item in given["products"]
}

# Everybody's own numbers of the exercises; millions of roubles, dollars, roubles.
board = cooperation.Market(
    ask.vary("board_production", markets["board"]["production"], spread=0.1, step=10),
    markets["board"]["exports"],
    ask.vary("board_imports", markets["board"]["imports"], spread=0.1, step=10),
)
plug = cooperation.Market(
    markets["plug"]["production"],
    markets["plug"]["exports"],
    ask.vary("plug_imports", markets["plug"]["imports"], spread=0.05, step=10),
    ask.vary("plug_reexports", markets["plug"]["reexports"], spread=0.1, step=10),
)
quartz = cooperation.Market(
    ask.vary("quartz_production", markets["quartz"]["production"], spread=0.2, step=20),
    markets["quartz"]["exports"],
    ask.vary("quartz_imports", markets["quartz"]["imports"], spread=0.1, step=1000),
)
foreign = {
    **goods["analogue"],
    "price": ask.vary("analogue_price", goods["analogue"]["price"], spread=0.11, step=0.1),
    "rate": ask.vary("exchange_rate", goods["analogue"]["rate"], spread=0.1, step=1),
}
own_price = ask.vary("own_price", goods["own_price"], spread=0.08, step=5)


def code(product, classifier):
    """The codes of a kind of products in a classifier, as one text."""
    return law[f"classifier.{product}.{classifier}"].editions[-1].words.replace("; ", ", ")


# The kinds of products whose codes the course knows, in the order of the table.
kinds = (
    "transistors",
    "semiconductors",
    "integrated_circuits",
    "component_parts",
    "bare_boards",
    "assembled_boards",
    "capacitors",
    "resistors",
    "connectors",
    "power_supplies",
)
crowded = law["classifier.transistors.tnved"].editions[-1].value[0]
sealed = law["classifier.connectors.tnved"].editions[-1].value[-1]
costs_from = law["measure.decree_41.start_batches.costs_from"].on(ask.day)

# %% [markdown] role="read" id="story"
r"""
> **Пометки у правовых норм.** «По тексту акта» — прочитан сам акт. «По публикации» — прочитаны обзор, новость или копия. «Не подтверждено» — вывод курса или память, источника нет. «Учебные данные» — всё выдумано для примера.

## 1. Понедельник, шесть изделий

Фирмы, рынки и цены в этой истории вымышлены. Акты и публикации — настоящие.

Вы — заместитель министра промышленности Воронежской области. Кластер наружного освещения из вебинара 3 почти собран: восемь фирм, три области, договоры. Министр полистал карту связей и спросил: «Драйвер взамен ввозимого уже осваивают. А что дальше?» Ответа нет. К среде нужен **один новый проект**.

Помощник подготовил три бумаги:

1. Список из шести изделий с баллами. Победил микроконтроллер.
2. Лист с таможенными числами. По нему соединителей ввозят больше, чем потребляют.
3. Черновик паспорта проекта. На первый взгляд готовый.

Разберём все три. В конце вы напишете министру, какое изделие выбрать и почему.
"""

# %% role="read" id="regime"
rule = law["cluster.cooperation.contracts"].on(ask.day)
clusters = law["registry.clusters"].on(ask.day)
count = law["registry.projects"].on(ask.day)
passport = law["cluster.project_passport.required"].snapshots[0]
payroll = law["cluster.payroll.separate_accounting"].on(ask.day)
undefined = law["cluster.projects.product_definition"].editions[-1]
least = law["cluster.projects.minimum"].on(ask.day)
match_map = law["measure.decree_41.selection_2018.criterion"].editions[0]
hopes = law["measure.decree_41.expectations_2016"].editions[0]
fund = law["loan.frp.criteria"].snapshots[0]
show(f"""
## 2. Что такое проект в глазах государства

Слово «проект» стоит в самом требовании к кластеру. Пункт (а), который вы читали в вебинаре 3, первым видом связи называет договор «о реализации проекта по производству импортозамещающей промышленной продукции промышленного кластера» ([копия]({rule.address}), {rule.standing.words}). Проектами меряют и весь режим: в {wording.month(clusters.since).replace("ноябрь", "ноябре")} года в реестре было {clusters.words} кластера и больше {count.words} проектов ([новость]({count.address}), {count.standing.words}).

А что именно требуется от проекта? Вот всё, что нашёл курс.

| Вопрос | Что известно | Откуда и насколько надёжно |
|---|---|---|
| Что такое «импортозамещающая продукция кластера»? | **Не известно.** Надо {undefined.open[0].lower() + undefined.open[1:]} | определение не прочитано |
| Сколько проектов нужно? | Хотя бы {wording.count(round(least.number), "проект", "проекта", "проектов")} | {least.standing.words}, это память |
| Нужен ли паспорт проекта? | Обязателен для проектов импортозамещения | [новость без даты]({passport.address}), {passport.standing.words}; номера акта в ней нет. О споре источников — вебинар 3, раздел 8 |
| Надо ли отдельно считать зарплату занятых в проекте? | Больше не надо | {payroll.reference}, {payroll.standing.words} |
| Чему соответствовал совместный проект при отборе 2018 года? | Функциональной карте и программе развития кластера | [{match_map.reference}]({match_map.address}), {match_map.standing.words}; с тех пор правила менялись |
| Чего ждали от таких проектов в 2016 году? | {hopes.words[0].upper() + hopes.words[1:]} | [публикация]({hopes.address}), {hopes.standing.words} |
| На что смотрит региональный фонд развития промышленности? | {fund.words[0].upper() + fund.words[1:]} | [страница фонда Орловской области]({fund.address}), {fund.standing.words}, снимок без даты |

Паспорт, который мы соберём ниже, — **форма курса**. Официальной формы курс не читал. Поля в ней такие, чтобы на любой вопрос из таблицы нашёлся ответ с источником.
""")

# %% role="form" id="known"
ask.choices(
    "known",
    "1. Какие фразы можно написать в письме в Минпромторг так, как они есть?",
    {
        "link": "Договор о реализации проекта импортозамещения — один из видов связи участников (пункт (а) по прочитанной копии)",
        "defined": "Импортозамещающей считается продукция, у которой ввозят больше половины",
        "registry": f"В {wording.month(clusters.since).replace('ноябрь', 'ноябре')} года в реестре было {clusters.words} кластера и больше {count.words} проектов, по новости",
        "since": "Паспорт проекта обязателен с 22 декабря 2022 года",
        "press": "По публикации без даты, паспорт проекта обязателен; просим назвать акт и форму",
        "payroll": "По-прежнему требуется раздельный учёт зарплаты занятых в проекте",
    },
)

# %% role="tests" id="check_known" points=2
check = ask.check("known", points=2)
### BEGIN HIDDEN TESTS
check.choices(
    ["link", "registry", "press"],
    hints={
        "link": "Договор о проекте: эти слова стоят в прочитанном пункте. Где вы их видели?",
        "defined": "Определение: посмотрите первую строку таблицы.",
        "registry": "Числа реестра: есть ли у них месяц и источник?",
        "since": "День обязательности: назван ли он хоть в одном источнике?",
        "press": "Паспорт: честная фраза называет источник и то, чего в нём нет.",
        "payroll": "Зарплата: что с этой обязанностью сделало постановление 2023 года?",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="choose_text"
rows = "\n".join(
    f"| {item['title']} | около {wording.share(item['estimate'], 0)} | {', '.join(item['buyers'])} "
    f"| {item['about']} |"
    for item in given["products"]
)
show(f"""
## 3. Выбрать изделие

Хорошее изделие для кластера отвечает «да» на три вопроса. Каждый из них отсекает.

| Признак | Вопрос | Если «нет» |
|---|---|---|
| **Ввоз** | Эту вещь и правда привозят? | Замещать нечего |
| **Покупатели в кластере** | Её купят участники, и не один? | Это забота одного завода, а не проект кластера |
| **Умение** | Кто-то из участников её уже сделал хотя бы в образце? | Это научная работа на годы, а не проект |

Порог по каждому признаку выбирает команда, акта о нём нет. Возьмём такой (предложение курса): ввозят **не меньше {wording.share(signals["dependence"])}**; покупателей **не меньше двух**, и фирмы из группы изготовителя не в счёт; образец **хотя бы испытан**.

Шесть изделий со стола помощника (учебные данные):

| Изделие | Ввозят, оценка | Кто в кластере купит | Кто делает |
|---|---|---|---|
{rows}

**Подвигайте пороги.** Закрашенные кружки проходят по двум первым признакам, белые крестики — нет. Умения на рисунке не видно: его сверьте по таблице сами.
""")


# %% role="read" id="play_choice"
def field_of_choice(dependence, buyers):
    """The six products against the least values of the first two signals."""
    passing = cooperation.shortlist(
        products.values(),
        dependence=dependence / 100,
        buyers=buyers,
        skill=cooperation.Skill.NONE,
    )
    return charts.candidates(
        [(one.title, one.dependence, one.buyers) for one in products.values()],
        {one.title for one in passing},
        dependence=dependence / 100,
        buyers=buyers,
        title="Что пройдёт по ввозу и покупателям",
        source="учебные данные, доли ввоза — оценка помощника",
    )


play(
    field_of_choice,
    dependence=(0, 100, 10, "Ввозят не меньше, %"),
    buyers=(0, 3, 0, "Покупателей не меньше"),
)

# %% role="form" id="shortlist"
ask.choices(
    "shortlist",
    "2. Какие изделия проходят по трём порогам из текста?",
    {item["id"]: item["title"] for item in given["products"]},
)

# %% role="tests" id="check_shortlist" points=3
check = ask.check("shortlist", points=3)
### BEGIN HIDDEN TESTS
check.choices(
    [
        one.id
        for one in cooperation.shortlist(
            list(products.values()),
            dependence=signals["dependence"],
            buyers=signals["buyers"],
            skill=cooperation.Skill(signals["skill"]),
        )
    ],
    hints={
        "chip": "Микроконтроллер: что стоит в последнем столбце?",
        "plug": "Соединитель: испытанного образца довольно, серия не нужна.",
        "sensor": "Датчик: чья группа покупает у чьей?",
        "quartz": "Резонатор: сколько у него покупателей в кластере?",
        "board": "Плата на алюминии: сверьте с порогом все три столбца по очереди.",
        "power": "Источник питания: какую часть рынка занимает ввоз?",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="score_text"
most = max(one.buyers for one in products.values())
ranked = sorted(products.values(), key=lambda one: one.score(weights, most), reverse=True)
rows = "\n".join(
    f"| {place} | {one.title} | {wording.share(one.dependence, 0)} | {one.buyers} | {one.skill.words} "
    f"| **{wording.number(100 * one.score(weights, most))}** |"
    for place, one in enumerate(ranked, 1)
)
show(f"""
### Почему победил микроконтроллер

Помощник поступил привычно: дал признакам веса и сложил баллы. Вес ввоза — {wording.share(weights[0])}, покупателей — {wording.share(weights[1])}, умения — {wording.share(weights[2])}. Сто баллов — лучшее возможное.

| Место | Изделие | Ввоз | Покупателей | Умение | Баллов из 100 |
|---|---|---|---|---|---|
{rows}

Посчитано верно. Сравните первое место с вашим ответом на упражнение 2.
""")

# %% role="form" id="score"
ask.choice(
    "score",
    "3. Что в таблице помощника не так?",
    {
        "veto": "Сумма прячет ноль: сильный ввоз закрыл то, что изделия никто в кластере не делает",
        "weights": "Веса неудачные: надо было дать ввозу меньше, тогда метод верен",
        "sum": "Баллы сложены с ошибкой",
        "chip": "Ничего: больше всего ввозят микроконтроллер, его и надо делать",
        "more": "Мало признаков: с десятью сумма была бы точнее",
    },
)

# %% role="tests" id="check_score" points=2
check = ask.check("score", points=2)
### BEGIN HIDDEN TESTS
check.choice(
    "veto",
    mistakes=[
        (
            "weights",
            0.5,
            "Веса и правда решают всё, это замечено верно. Но при любых весах сумма позволит одному признаку закрыть пустоту в другом.",
        ),
        ("sum", 0, "Сложено верно. Посмотрите, что стоит у победителя в столбце «Умение»."),
        ("chip", 0, "Ввоз — только один вопрос из трёх. Кто из восьми фирм возьмётся?"),
        ("more", 0, "Чем больше слагаемых, тем легче спрятать среди них пустое место."),
    ],
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="codes_text"
titles = {
    kind: law[f"classifier.{kind}.okpd2"].editions[-1].title.removesuffix(": ОКПД2")
    for kind in kinds
}
known = law["classifier.connectors.okpd2"].editions[-1]
rows = "\n".join(
    f"| {titles[kind]} | {code(kind, 'okpd2')} | {code(kind, 'tnved')} |" for kind in kinds
)
components = law["loan.frp.components.products"].snapshots[0]
positions = law["loan.kip.product_positions"].on(ask.day)
show(f"""
Баллы годятся, чтобы выбрать лучшее **из тех, кто прошёл**. Сначала отсев, потом сравнение. Микроконтроллер от этого не перестаёт быть нужным, но это другая бумага и другие годы.

## 4. Коды

У изделия два кода, и живут они в разных мирах.

- **ОКПД2** — код продукции. По нему считают выпуск, ищут изделие в реестрах и перечнях. Перечень приоритетной продукции для кластерной инвестиционной платформы, например, — это {positions.words} позиции ОКПД2 ([{wording.month(positions.since)}]({positions.address}), {positions.standing.words}).
- **ТН ВЭД** — код таможни. По нему считают ввоз и вывоз. Его пишут у **аналога**.

Ошиблись в коде — и дальше неверно всё: рынок, реестр, мера поддержки.

| Изделие | ОКПД2 | ТН ВЭД ЕАЭС |
|---|---|---|
{rows}

**Надёжность этой таблицы: {known.standing.words}.** Коды записаны по памяти, у конденсаторов, резисторов и источников питания память хуже. Ни одной редакции классификатора курс не читал. Для учёбы таблицы хватит. Для паспорта возьмите действующую редакцию и запишите рядом с кодом, какую именно.
""")


# %% role="form" id="codes"
ask.table(
    "codes",
    "4. Найдите коды по таблице курса.",
    columns={
        "okpd2": ask.choice_column(
            "ОКПД2", {code(kind, "okpd2"): code(kind, "okpd2") for kind in kinds}
        ),
        "tnved": ask.choice_column(
            "ТН ВЭД", {code(kind, "tnved"): code(kind, "tnved") for kind in kinds}
        ),
    },
    rows={key: item["title"] for key, item in goods["coded"].items()},
    corner="Изделие",
)

# %% role="tests" id="check_codes" points=4
check = ask.check("codes", points=4)
### BEGIN HIDDEN TESTS
check.table(
    [
        {
            "row": key,
            "okpd2": code(item["norm"], "okpd2"),
            "tnved": code(item["norm"], "tnved"),
        }
        for key, item in dict(goods["coded"]).items()
    ],
    hint="Прочтите название строки в таблице кодов до конца, а не только первое слово.",
)
check.part(
    0,
    check.cell("board", "okpd2") != code("assembled_boards", "okpd2"),
    hint="Плата: на ней уже стоят детали или ещё нет?",
)
check.part(
    0,
    check.cell("quartz", "okpd2") != code("integrated_circuits", "okpd2"),
    hint="Резонатор: это пьезокристалл, а не схема.",
)
check.part(
    0,
    check.cell("chip", "okpd2")
    not in (code("transistors", "okpd2"), code("component_parts", "okpd2")),
    hint="Микроконтроллер: это не отдельный прибор и не часть, а целая схема на кристалле.",
)
check.part(
    0,
    check.cell("quartz", "tnved") != code("component_parts", "tnved"),
    hint="Резонатор: это готовый прибор, а не его часть.",
)
### END HIDDEN TESTS
check.done()

# %% role="form" id="position"
ask.choices(
    "position",
    "5. Против каких кодов ОКПД2 стоит та же позиция таможни, что у диодов и транзисторов? Отметьте и их.",
    {kind: code(kind, "okpd2") for kind in kinds},
)

# %% role="tests" id="check_position" points=2
check = ask.check("position", points=2)
### BEGIN HIDDEN TESTS
check.choices(
    [kind for kind in kinds if crowded in law[f"classifier.{kind}.tnved"].editions[-1].value],
    hints={
        "transistors": "Диоды и транзисторы: найдите их строку. Их код тоже надо отметить.",
        "semiconductors": "Светодиоды и пьезокристаллы: таможня кладёт их туда же, куда диоды?",
        "component_parts": "Части: в этой клетке не одна позиция, а несколько. Прочтите их все.",
        "integrated_circuits": "Микросхемы: сверьте последнюю цифру.",
    },
    hint="Ищите эту позицию в правом столбце. Строк больше одной.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="import_text"
sample = markets["example"]
show(f"""
Одна позиция таможни, несколько кодов продукции. И наоборот: у соединителей один код продукции и две позиции. Переводного словаря «один в один» нет. Запомните это: через две страницы из-за этого ввоз «вырастет» в двадцать раз.

## 5. Сколько ввозят на самом деле

Формула из вебинара 3 прежняя. Ввоз делят на то, что внутри страны **потребили**:

$$ID = \\frac{{M}}{{Q - X + M}}$$

$Q$ — выпуск, $X$ — вывоз, $M$ — ввоз, всё за один год. Помощник оценил ввоз на глаз. Проверим три изделия.

### Плата на алюминии: простой случай

За 2025 год (учебные данные): выпуск {wording.number(board.production)} млн ₽, вывоз {wording.number(board.exports)} млн ₽, ввоз {wording.number(board.imports)} млн ₽.
""")

# %% role="form" id="dependence"
ask.number("dependence", "6. Какая часть рынка плат приходится на ввоз?", unit="%", decimals=1)

# %% role="tests" id="check_dependence" points=2
check = ask.check("dependence", points=2)
### BEGIN HIDDEN TESTS
made, sent, brought = board.production, board.exports, board.imports
check.number(
    board.apparent,
    tolerance=0.001,
    mistakes=[
        (brought / made, 0, "Ввоз разделили на выпуск. Внизу должно стоять потребление."),
        (
            brought / (made + brought),
            0.5,
            "Почти. Вывезенное внутри страны не потребили: отнимите его.",
        ),
        (
            (brought - sent) / (made - sent + brought),
            0.25,
            "Низ верный. Наверху — весь ввоз, вывоз из него не вычитают.",
        ),
        (1 - board.apparent, 0, "Это доля своих плат. А вопрос — о ввозных."),
    ],
    hint="Сначала посчитайте потребление: выпуск минус вывоз плюс ввоз. Потом разделите на него ввоз.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="reexport_text"
show(f"""
### Герметичный соединитель: больше ста процентов

Выпуск {wording.number(plug.production)} млн ₽, вывоз {wording.number(plug.exports)} млн ₽, ввоз {wording.number(plug.imports)} млн ₽ (учебные данные). По формуле ввоз — **{wording.share(plug.apparent)}** рынка. Больше, чем потребили. И вывезли вдвое больше, чем сделали.

Так бывает, когда часть ввоза страну только проезжает: привезли, подержали на складе, вывезли. Это **реэкспорт**. Он сидит и во ввозе, и в вывозе, а потребления не касается. Чтобы получить настоящую долю, его вычитают **из обоих**.

Доля больше ста процентов — подарок: она кричит об ошибке. Хуже, когда реэкспорт есть, а доля правдоподобная. **Подвигайте** на другом рынке: выпуск {wording.number(sample["production"])}, вывоз {wording.number(sample["exports"])}, ввоз {wording.number(sample["imports"])} млн ₽.
""")


# %% role="read" id="play_reexport"
def passing_through(reexports):
    """The example's import dependence with and without what only passes through."""
    market = cooperation.Market(
        sample["production"], sample["exports"], sample["imports"], reexports
    )
    return charts.readings(
        [
            ("Как в статистике", market.apparent),
            ("Без проезжающего товара", market.dependence),
        ],
        signals["dependence"],
        title="Сколько ввозят на самом деле",
        source="учебные данные",
    )


play(passing_through, reexports=(0, 880, 300, "Реэкспорт, млн ₽"))

# %% role="read" id="reexport_task"
show(f"""
Вернёмся к соединителю. Из {wording.number(plug.exports)} млн ₽ вывоза **{wording.number(plug.reexports)} млн ₽** — товар, который раньше ввезли.
""")

# %% role="form" id="reexport"
ask.number(
    "reexport",
    "7. Какая часть рынка соединителей приходится на ввоз, если убрать реэкспорт?",
    unit="%",
    decimals=1,
)

# %% role="tests" id="check_reexport" points=3
check = ask.check("reexport", points=3)
### BEGIN HIDDEN TESTS
made, sent, brought, passed = plug.production, plug.exports, plug.imports, plug.reexports
check.number(
    plug.dependence,
    tolerance=0.001,
    mistakes=[
        (plug.apparent, 0, "Это число из статистики, вместе с проезжающим товаром."),
        (
            (brought - passed) / (made - sent + brought - passed),
            0.5,
            "Из ввоза реэкспорт убран. Он сидит ещё в одном месте.",
        ),
        (
            brought / (made - (sent - passed) + brought),
            0.5,
            "Из вывоза реэкспорт убран. Он сидит ещё в одном месте.",
        ),
        (
            (brought - passed) / made,
            0.25,
            "Ввоз очищен верно. Но делить надо на потребление, а не на выпуск.",
        ),
        (
            (brought - passed) / (made + brought - passed),
            0.5,
            "Ввоз очищен верно. А весь ли вывоз был реэкспортом?",
        ),
    ],
    hint="Вычтите реэкспорт и из ввоза, и из вывоза. Потом считайте по формуле.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="position_text"
whole = cooperation.Market(**markets["position"])
show(f"""
### Кварцевый резонатор: чужой товар под тем же кодом

В позиции {crowded} лежат и диоды, и светодиоды, и кварц. Вы видели это в упражнении 5. Подробных чисел, по десяти цифрам кода, обычно нет: с 2022 года их большей частью не печатают (не подтверждено). Если взять всю позицию, «ввоз кварца» выйдет огромным.

Что делать? Узнать, какую **долю позиции** занимает ваше изделие: у таможенных брокеров, у покупателей, по старым подробным данным. Точной доли никто не скажет, скажут «от и до». Так и пишите: **вилку, а не точку**.

**Подвигайте** долю на другом рынке: выпуск {wording.number(whole.production)}, вывоз {wording.number(whole.exports)}, ввоз по всей позиции {wording.number(whole.imports)} млн ₽. Смотрите, где нижняя полоса перестанет доставать до порога.
""")


# %% role="read" id="play_position"
def part_of_position(percent):
    """The import dependence if all of a position, or a part of it, is the product."""
    return charts.readings(
        [
            ("Вся позиция — наш товар", whole.apparent),
            (f"Наш товар — {percent} % позиции", whole.within(percent / 100).apparent),
        ],
        signals["dependence"],
        title="Один код, разные товары",
        source="учебные данные",
    )


play(part_of_position, percent=(1, 40, 10, "Доля нашего товара, %"))

# %% role="read" id="bounds_task"
part = markets["quartz"]
show(f"""
**Рынок резонаторов** (учебные данные): выпуск {wording.number(quartz.production)} млн ₽, вывоз {wording.number(quartz.exports)} млн ₽. Ввоз по всей позиции {crowded} — {wording.number(quartz.imports)} млн ₽. Опрошенные говорят: кварц занимает в позиции **от {wording.share(part["low"])} до {wording.share(part["high"])}**. Вывоз — только кварц, реэкспорта нет.
""")

# %% role="form" id="bounds"
ask.table(
    "bounds",
    "8. Между чем и чем лежит доля ввоза на рынке резонаторов?",
    columns={"value": ask.number_column("Доля ввоза", unit="%")},
    rows={
        "low": f"Если кварц — {wording.share(part['low'])} позиции",
        "high": f"Если кварц — {wording.share(part['high'])} позиции",
    },
    corner="Граница",
)

# %% role="tests" id="check_bounds" points=2
check = ask.check("bounds", points=2)
### BEGIN HIDDEN TESTS
shares = {row: markets["quartz"][row] for row in ("low", "high")}
check.table(
    [{"row": row, "value": quartz.within(part).dependence} for row, part in shares.items()],
    tolerance=0.002,
    hint="Сначала найдите ввоз самого кварца: доля от всей позиции. Потом считайте по формуле.",
)
typed = check.cell("low", "value")
typed = typed if type(typed) in (int, float) else 0
check.part(
    0,
    abs(typed - quartz.apparent) > 0.002,
    hint="Вы взяли всю позицию. Кварц занимает в ней лишь малую часть.",
)
check.part(
    0,
    abs(typed - shares["low"] * quartz.apparent) > 0.002,
    hint="Умножать надо ввоз, а не готовую долю: потребление от этого тоже изменится.",
)
brought = shares["low"] * quartz.imports
check.part(
    0,
    abs(typed - brought / (quartz.production + brought)) > 0.002,
    hint="Вывезенное внутри страны не потребили: отнимите его.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="cautions_text"
show("""
Вилка широкая, но обе границы выше порога. Значит, вывод «кварц в основном ввозят» держится при любой из них. **Так и проверяют вилку: меняется ли вывод?** Если меняется, ищите данные дальше.

### Ещё три ловушки

**Зеркало.** Если своя статистика закрыта, смотрят чужую: страна-поставщик печатает, сколько она вывезла к нам. Зеркало кривое. Товар через третью страну в нём записан не на того. Часть поставок не видна. Цены другие: там — на границе поставщика, здесь — на нашей.

**Цены.** Ввоз считают по таможенной цене, выпуск — по цене завода. Если изделие простое и одинаковое, надёжнее считать в штуках.

**Рынок и изделие.** Доля ввоза на рынке говорит о стране. Доля ввозных деталей в **вашем** изделии — другое число, его считают по составу изделия. К нему мы придём в разделе 7.
""")

# %% role="form" id="cautions"
ask.match(
    "cautions",
    "9. Что делать в каждом случае?",
    {
        "transit": "Ввоз больше потребления: товар привезли и вывезли дальше",
        "wide": "Под вашей позицией ТН ВЭД лежат и чужие товары",
        "closed": "Своих таможенных данных по изделию не печатают",
        "route": "По данным поставщика изделие пришло из страны, где его не делают",
        "inside": "Спрашивают, сколько ввозных деталей в вашем соединителе",
    },
    {
        "both": "Вычесть и из ввоза, и из вывоза",
        "range": "Взять долю «от и до» и дать вилку",
        "mirror": "Взять данные стран-поставщиков и сказать, что они неполны",
        "maker": "Назвать страну изготовителя, а не отправителя",
        "recipe": "Считать по составу изделия, а не по рынку",
    },
)

# %% role="tests" id="check_cautions" points=2
check = ask.check("cautions", points=2)
### BEGIN HIDDEN TESTS
check.match(
    {
        "transit": "both",
        "wide": "range",
        "closed": "mirror",
        "route": "maker",
        "inside": "recipe",
    },
    hints={
        "transit": "Проезжающий товар: вспомните соединитель из упражнения 7.",
        "wide": "Чужие товары: вспомните кварц из упражнения 8.",
        "closed": "Закрытые данные: кто ещё видел этот товар на границе?",
        "route": "Чужая страна: замещают изготовителя или перевозчика?",
        "inside": "Детали: о рынке или об изделии этот вопрос?",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="analogue_text"
rows = "\n".join(
    f"| {item['title']} | {item['about']} | {item['country']} | {item['market']} |"
    for item in goods["goods"]
)
show(f"""
## 6. Аналог

Аналог — это **та самая вещь, которую перестанут ввозить**. Не «лучший мировой образец» и не «похожая продукция». У него есть марка, изготовитель, страна, код, цена и покупатель, который покупает его сегодня.

Годный аналог отвечает на четыре вопроса:

1. **То же ли дело** он делает?
2. **Те же ли главные свойства**, без которых покупатель не возьмёт?
3. **Ввозят ли его** сейчас?
4. **Кто из названных покупателей** его берёт?

«Контакт-Сейм» испытал **герметичный соединитель на 4 контакта, 10 А**. Его ждут «Фонарщик», «Луч-Драйвер» и «Ватт-Модуль». Вот что нашлось у поставщиков (учебные данные):

| Изделие | Свойства | Страна | Что с ним сейчас |
|---|---|---|---|
{rows}
""")

# %% role="form" id="analogue"
ask.choice(
    "analogue",
    "10. Какое изделие записать аналогом?",
    {item["id"]: item["title"] for item in goods["goods"]},
)

# %% role="tests" id="check_analogue" points=2
check = ask.check("analogue", points=2)
### BEGIN HIDDEN TESTS
check.choice(
    "bought",
    mistakes=[
        ("plain", 0, "Ввозят его много, но фонарю под дождём он не поможет. Проверьте вопрос 2."),
        ("gone", 0.5, "Свойства те же. Проверьте вопрос 3: перестанут ли его ввозить из-за вас?"),
        ("ship", 0, "Герметичен, но ток и число контактов другие. Проверьте вопрос 2."),
        ("local", 0.25, "Свойства те же. Но откуда он приходит к покупателю?"),
    ],
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="price_text"
vat = law["tax.vat.rate"].on(ask.day)
shown = goods["example"]
show(f"""
### Цена, которую видит покупатель

Цена в каталоге поставщика — ещё не цена аналога. Покупатель сравнивает то, что лежит **у него на складе**. Складывают так:

1. цена за штуку, переведённая в рубли;
2. плюс пошлина — доля от первого;
3. плюс доставка от границы до склада, на неё пошлины нет.

Всё **без НДС** (ставка {vat.words}, {vat.standing.words}): своё изделие в паспорте тоже стоит без налога, иначе сравнения не выйдет. Это счёт для паспорта. Настоящий таможенный расчёт сложнее, его делает брокер.

**Подвигайте** курс и пошлину. Цена в примере — {wording.number(shown["price"], 2)} доллара, доставка — {wording.number(shown["freight"])} ₽, наша цена — {wording.number(shown["own"])} ₽ (учебные данные). При каком курсе своё становится дешевле?
""")


# %% role="read" id="play_price"
def at_the_store(rate, duty):
    """The price of an imported piece at the buyer's store against one's own."""
    found = cooperation.landed(shown["price"], rate, duty / 100, shown["freight"])
    return charts.landed_price(
        [("Товар", found.goods), ("Пошлина", found.duty), ("Доставка", found.freight)],
        shown["own"],
        title="Аналог и своё изделие",
        source="учебные данные",
    )


play(
    at_the_store,
    rate=(60, 130, 85, "Курс, ₽ за доллар"),
    duty=(0, 20, 5, "Пошлина, %"),
)

# %% role="read" id="price_task"
show(f"""
Проект живёт годы, а курс меняется за неделю. Поэтому в паспорте рядом с ценой аналога пишут **курс и день**. А в модели проверяют, при каком курсе проект ломается: этим займётся вебинар 6.

**Аналог из упражнения 10** (учебные данные): {wording.number(foreign["price"], 2)} доллара за штуку, курс {wording.number(foreign["rate"])} ₽, пошлина {wording.share(foreign["duty"])}, доставка от границы {wording.number(foreign["freight"])} ₽ за штуку.
""")

# %% role="form" id="price"
ask.number("price", "11. Сколько стоит аналог на складе покупателя, без НДС?", unit="₽", decimals=2)

# %% role="tests" id="check_price" points=2
check = ask.check("price", points=2)
### BEGIN HIDDEN TESTS
found = cooperation.landed(foreign["price"], foreign["rate"], foreign["duty"], foreign["freight"])
tax = law["tax.vat.rate"].on(ask.day).number
check.number(
    found.price,
    tolerance=0.06,
    mistakes=[
        (found.price * (1 + tax), 0.5, "Посчитано вместе с НДС. В паспорт идёт цена без него."),
        (
            (found.goods + found.freight) * (1 + foreign["duty"]),
            0.5,
            "Пошлину посчитали и с доставки. В нашем правиле она только с товара.",
        ),
        (found.goods + found.duty, 0.5, "Товар ещё на границе. Довезите его до склада."),
        (found.goods + found.freight, 0.5, "Забыта пошлина."),
        (found.goods, 0.25, "Это цена поставщика в рублях. Покупатель платит больше."),
        (
            (found.goods + found.freight) * (1 + foreign["duty"]) * (1 + tax),
            0.25,
            "Лишнее дважды: налог и пошлина с доставки.",
        ),
    ],
    hint="Три слагаемых: товар в рублях, пошлина с товара, доставка.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="points_text"
operations, need = goods["operations"], goods["required"]
rows = "\n".join(
    f"| {item['title']} | {item['points']} | {'да' if item['now'] else 'нет'} | {'да' if item['after'] else 'нет'} |"
    for item in operations
)
imported = {
    when: ", ".join(f"{title} {wording.number(sum)} ₽" for title, sum in parts.items())
    for when, parts in goods["imported"].items()
}
show(f"""
## 7. «Российское» — в каком смысле?

О соединителе говорят: «локализация 60 процентов». Спросите: **по чему?** Есть два разных счёта.

**Счёт по деньгам.** Единица минус доля ввозных деталей в цене. Удобен для модели и для разговора с директором. Признания изделия российским не даёт.

**Счёт по операциям.** Постановление № 719 подтверждает производство российской продукции: изделие набирает баллы за операции, которые делают здесь, и попадает в реестр ({law["act.decree_719"].on(ask.day).standing.words}; таблиц баллов курс не читал). Деталь может стоить копейки, а операция — дать много баллов. И наоборот.

Пример с соединителем. **Баллы и порог в нём придуманы**, настоящие возьмите в действующей редакции по коду ОКПД2.

| Операция | Баллы | Делают сейчас | После проекта |
|---|---|---|---|
{rows}
| **Порог** | **{need}** | | |

Цена соединителя — **{wording.number(own_price)} ₽**, до и после проекта она одна. Ввозные детали в одной штуке сейчас: {imported["now"]}. После проекта: {imported["after"]}.
""")

# %% role="form" id="points"
ask.table(
    "points",
    "12. Посчитайте оба счёта.",
    columns={
        "points": ask.number_column("Баллы"),
        "share": ask.number_column("Не ввозное в цене", unit="%"),
    },
    rows={"now": "Сейчас", "after": "После проекта"},
    corner="Когда",
)

# %% role="tests" id="check_points" points=3
check = ask.check("points", points=3)
### BEGIN HIDDEN TESTS
expected = [
    {
        "row": when,
        "points": sum(item["points"] for item in goods["operations"] if item[when]),
        "share": cooperation.unimported(own_price, goods["imported"][when].values()),
    }
    for when in ("now", "after")
]
check.table(
    expected,
    tolerance=0.002,
    hints={
        "points": "Баллы: сложите те операции, против которых стоит «да».",
        "share": "Деньги: сложите ввозные детали, разделите на цену, отнимите от ста процентов.",
    },
)
typed = check.cell("now", "share")
typed = typed if type(typed) in (int, float) else 0
check.part(
    0,
    abs(typed - (1 - expected[0]["share"])) > 0.002,
    hint="Это доля ввозного. А столбец спрашивает об остальном.",
)
check.part(
    0,
    check.cell("after", "points") != sum(item["points"] for item in goods["operations"]),
    hint="Не все операции появятся даже после проекта: проверьте последнюю строку.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="ways_text"
day719, day878 = law["act.decree_719"].on(ask.day), law["act.decree_878"].on(ask.day)
left878 = law["act.decree_878.after_2025"].on(ask.day)
regime = law["act.decree_1875"].on(ask.day)
order = law["cluster.confirmation.decision"].on(ask.day)
profit = law["tax.profit.radioelectronics.rate.federal"].on(ask.day)
payer = law["loan.kip.recipient"].on(ask.day)
outsider = law["loan.kip.cluster_membership_required"].on(ask.day)
start = next(item for item in operations if item["id"] == "contacts")
papers = next(item for item in operations if item["id"] == "papers")
show(f"""
Два счёта растут вместе, но говорят о разном. Штамповка контактов даёт {start["points"]} баллов и убирает из цены самую дорогую ввозную деталь. А права на чертежи прибавили бы {papers["points"]} баллов и не сдвинули бы цену ни на рубль. В паспорт пишут **оба** счёта и день, к которому порог будет взят.

### Шесть разных «подтверждено»

| Что подтверждают | Чем | Пометка |
|---|---|---|
| Изделие **произведено в России**: операции и баллы по ОКПД2 | {day719.value} | {day719.standing.words} |
| Изделие — **российская радиоэлектронная продукция** | [{day878.value}]({day878.address}), единый реестр | {day878.standing.words}. Что осталось от него после 2025 года, не известно |
| **Что вправе купить заказчик**: запрет, ограничение «второй лишний», преимущество российскому | [{regime.reference}]({regime.address}) | {regime.standing.words} |
| **Организация** состоит в реестре радиоэлектронной промышленности, от этого зависит её налог на прибыль | [{profit.reference}]({profit.address}) | {profit.standing.words} |
| **Кластер** и его специализированная организация отвечают требованиям | ПП РФ № 779: [приказ Минпромторга]({order.address}) | {order.standing.words} |
| Изделие стоит в **перечне приоритетной продукции**: от этого зависит кредит кластерной инвестиционной платформы | [{payer.reference}]({payer.address}) | {payer.standing.words}. Быть участником кластера для этого, видимо, не нужно ({outsider.standing.words}) |

Одно не заменяет другого. Кластер в реестре — не значит, что соединитель российский. Соединитель российский — не значит, что завод платит пониженный налог.

И связь с деньгами: заём по программе «Комплектующие изделия» Фонда развития промышленности дают {components.words} ([страница фонда Амурской области]({components.address}), {components.standing.words}, снимок без даты; МВК — межведомственная комиссия). Поэтому код и баллы нужны **до** разговора о займе.
""")

# %% role="form" id="ways"
ask.match(
    "ways",
    "13. Где искать ответ на каждый вопрос?",
    {
        "made": "«Контакт-Сейм»: какие операции нам надо освоить, чтобы соединитель признали сделанным здесь?",
        "board": "«Фонарщик»: как внести плату управления в реестр радиоэлектроники?",
        "school": "Директор школы выбирает фонари по 44-ФЗ: можно ли взять ввозные?",
        "tax": "Бухгалтер завода: какая у нас ставка налога на прибыль?",
        "subsidy": "Отдел поддержки: подтверждён ли кластер, прежде чем просить субсидию?",
        "bank": "Банк: входит ли изделие в перечень для льготного кредита?",
    },
    {
        "d719": "ПП № 719: операции и баллы",
        "d878": "ПП № 878: реестр радиоэлектронной продукции",
        "d1875": "ПП № 1875: национальный режим закупок",
        "register": "Реестр организаций радиоэлектроники и Налоговый кодекс",
        "d779": "ПП № 779 и приказ Минпромторга",
        "d295": "ПП № 295: перечень приоритетной продукции",
    },
)

# %% role="tests" id="check_ways" points=3
check = ask.check("ways", points=3)
### BEGIN HIDDEN TESTS
check.match(
    {
        "made": "d719",
        "board": "d878",
        "school": "d1875",
        "tax": "register",
        "subsidy": "d779",
        "bank": "d295",
    },
    hints={
        "made": "Соединитель: вопрос об операциях на заводе.",
        "board": "Плата: вопрос об изделии и его отраслевом реестре.",
        "school": "Школа: вопрос о том, что можно покупать заказчику.",
        "tax": "Налог: его платит изделие или организация?",
        "subsidy": "Кластер: кто и чем подтверждает его соответствие?",
        "bank": "Банк: вопрос о перечне, по которому дают кредит.",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="batches_text"
window = law["measure.decree_41.start_batches.window"].editions[0]
later = law["measure.decree_41.start_batches.window"].on(ask.day)
meaning = law["measure.decree_41.start_batches.definition"].editions[-1]
rows = "\n".join(
    f"| {wording.day(date.fromisoformat(str(deal['day'])))} | {deal['who']} | {deal['what']} |"
    for deal in draft["purchases"]
)
show(f"""
## 8. Паспорт

### Кто просит деньги на первые партии

Самая «кластерная» мера — возмещение затрат на **стартовые партии** по {costs_from.reference.replace("ПП РФ", "постановлению")}. Подробно о ней — вебинар 7. Здесь важно одно: **кто её просит и за что**.

- Платят {cite("measure.decree_41.start_batches.recipient", ask.day)}.
- Считаются затраты не раньше **{costs_from.words}** ({costs_from.standing.words}).
- Последнее окно, о котором курс знает: {window.value.split(",")[0]} ({window.standing.words}). Дальше — **не известно**: {later.open[0].lower() + later.open[1:]}
- Что именно считать стартовой партией, тоже не известно: определения курс не читал.

Пять закупок соседнего кластера, который подтвердил соответствие по обновлённым правилам (учебные данные):

| День | Кто платил | За что |
|---|---|---|
{rows}
""")

# %% role="form" id="purchase"
ask.date(
    "purchase",
    "14. Каким днём оплачена самая ранняя закупка, которая подходит и по дню, и по тому, кто у кого купил?",
)

# %% role="tests" id="check_purchase" points=1
check = ask.check("purchase", points=1)
### BEGIN HIDDEN TESTS
fitting = [
    str(deal["day"])
    for deal in list(draft["purchases"])
    if deal["buyer"] and deal["member"] and deal["batch"]
]
check.date(
    min(day for day in fitting if date.fromisoformat(day) >= costs_from.value),
    mistakes=[
        (
            min(fitting),
            0,
            "Купил участник у участника, это верно. Проверьте, с какого дня считают.",
        ),
        ("2023-01-11", 0, "Кто платил: покупатель комплектующих или сам изготовитель?"),
        ("2023-02-16", 0, "День подходит. А продавец — участник кластера?"),
        (max(fitting), 0, "Эта закупка тоже подходит. Нужна самая ранняя."),
    ],
    hint="Отсейте строки по трём вопросам: день, покупатель, продавец.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="passport_text"
money, plan = draft["money"], draft["plan"]
after = cooperation.unimported(own_price, goods["imported"]["after"].values())
begins = date.fromisoformat(str(plan["start"]))
sells = date.fromisoformat(str(plan["sales"]))
show(f"""
### Что в паспорте должно быть

| Поле | Чем доказывают |
|---|---|
| Название, инициатор, участники-покупатели | договор, письмо, план — с пометкой, что из них что |
| Изделие, ОКПД2, ТН ВЭД аналога | редакция классификатора |
| Аналог: марка, изготовитель, страна, цена | предложение поставщика, день, курс |
| Доля ввоза и объём рынка | источник, год, как сопоставили коды |
| Свойства рядом с аналогом | протокол испытаний |
| Стадия: образец, испытания, серия | кто и когда испытал |
| Подтверждение: баллы сейчас, цель, день цели | таблица по ОКПД2 |
| Мощность, график, вложения по статьям | предложения поставщиков |
| Источники денег | сумма равна сумме вложений |
| План продаж по покупателям | договоры и письма |
| Рабочие места, налоги, ЧДД и сроки | модель, вебинар 6 |
| Риски и запрошенные меры | условие, редакция, окно |

Состав — предложение курса. И одна сверка: покупатель из паспорта стоит **и в матрице кооперации, и на функциональной карте** — договором или планом.

### Черновик помощника

| № | Поле | Написано |
|---|---|---|
| 1 | Покупатели | «Фонарщик» — договор; «Луч-Драйвер» — письмо о намерениях; «Ватт-Модуль» — план |
| 2 | Коды | ОКПД2 {code("connectors", "okpd2")}; ТН ВЭД аналога {sealed}. С редакцией классификатора сверить до подачи |
| 3 | Аналог | Лучшие мировые образцы |
| 4 | Доля ввоза | {wording.share(plug.apparent)}, таможенная статистика |
| 5 | Свойства | Ток 10 А против 10 А у аналога; мороз −50 °C против −40 °C; протокол испытаний приложен |
| 6 | Подтверждение | Неввозимое в цене — {wording.share(after)}, значит, соединитель российский по ПП № 719 |
| 7 | График | Начало — {wording.day(begins)}, строительство и пуск — {plan["construction_months"]} месяцев, первые продажи — {wording.day(sells)} |
| 8 | Деньги | Вложения {wording.money(money["capex"])}. Источники: свои {wording.money(money["own"])}, заём {wording.money(money["loan"])}, субсидия {wording.money(money["grant"])} |
| 9 | Рабочие места | {plan["jobs"]}, все высокопроизводительные: линия новая |
| 10 | Меры | Возмещение за стартовую партию просит «Фонарщик», покупатель. Есть ли отбор в этом году, уточняем |
""")

# %% role="form" id="passport"
ask.choices(
    "passport",
    "15. В каких строках черновика ошибка?",
    {
        "buyers": "№ 1. Покупатели",
        "codes": "№ 2. Коды",
        "analogue": "№ 3. Аналог",
        "share": "№ 4. Доля ввоза",
        "parameters": "№ 5. Свойства",
        "proof": "№ 6. Подтверждение",
        "schedule": "№ 7. График",
        "money": "№ 8. Деньги",
        "jobs": "№ 9. Рабочие места",
        "measures": "№ 10. Меры",
    },
)

# %% role="tests" id="check_passport" points=3
check = ask.check("passport", points=3)
### BEGIN HIDDEN TESTS
check.choices(
    ["analogue", "share", "proof", "schedule", "money", "jobs"],
    hints={
        "buyers": "Покупатели: план и письмо можно писать, если они так и названы.",
        "codes": "Коды: честная оговорка — не ошибка.",
        "analogue": "Аналог: можно ли узнать, кто его делает и почём?",
        "share": "Доля ввоза: бывает ли столько? И за какой год?",
        "parameters": "Свойства: есть и сравнение, и протокол.",
        "proof": "Подтверждение: каким из двух счетов здесь считали?",
        "schedule": "График: прибавьте месяцы к началу.",
        "money": "Деньги: сложите источники.",
        "jobs": "Рабочие места: по чему их считают высокопроизводительными? Это было в вебинаре 2.",
        "measures": "Меры: тот ли участник просит? Сказано ли о том, чего не знают?",
    },
)
### END HIDDEN TESTS
check.done()

# %% [markdown] role="read" id="memo_head"
r"""
Заметьте: ни одной лжи в черновике нет. Помощник просто переписал то, что было под рукой. Поэтому паспорт и читают построчно, с одним вопросом: **чем докажете?**

## 9. Записка

Среда. Министр ждёт одно изделие и одну причину. Черновик у вас исправлен, три числа проверены.
"""

# %% role="form" id="memo"
ask.text(
    "memo",
    "16. Напишите министру 6–9 предложений: какое изделие выбрать для проекта и почему оно, а не микроконтроллер; чем это доказано; что сделать первым; чего мы не знаем.",
    rows=11,
)

# %% [markdown] role="task" id="memo_task" points=4
r"""
Записку читает преподаватель.
### BEGIN MARK SCHEME
По одному баллу за каждый пункт; половина, если сказано, но без опоры на число, фирму или таблицу.

1. **Выбор.** Названо одно изделие из прошедших отсев (герметичный соединитель или плата на алюминии) и все три признака с фактами: ввоз, покупатели поимённо, испытанный образец. Сказано, почему не микроконтроллер: в кластере его никто не делает, сумма баллов это спрятала.
2. **Число.** Доля ввоза названа так, чтобы её можно было проверить: без реэкспорта (у соединителя) или по формуле (у платы), с годом и словами «учебные данные» либо «оценка». Для соединителя не повторено число больше ста процентов.
3. **Первый шаг.** Кто, что и к какому дню: договор с «Фонарщиком», код по действующему классификатору, баллы по настоящей таблице, протокол испытаний, цена аналога на день. Балл не ставится за «проработать вопрос».
4. **Честность.** Сказано хотя бы одно неизвестное: определение импортозамещающей продукции, форма паспорта, таблица баллов, окно отбора. Нет обещаний «проект соответствует» и «субсидия будет».
### END MARK SCHEME
"""

# %% [markdown] role="read" id="team_head"
r"""
## 10. Шаг вашего проекта

Теперь **ваш** проект. Впишите паспорт настолько, насколько знаете. Баллов здесь нет. Из этих таблиц вырастает файл вашего кластера: в вебинаре 6 к проекту добавятся деньги, в вебинаре 7 — меры.

Разделите таблицы между собой: каждый заполняет свои, потом организатор или капитан команды сложит их вместе. Названия фирм пишите так же, как в прошлых вебинарах. Пустая клетка значит «не знаем»; ноль — это «ничего нет». Не вписывайте закрытые сведения.

### Паспорт и аналог. Заполняет технолог или тот, кто продаёт
"""

# %% role="form" id="team_project"
ask.step("team_project")

# %% [markdown] role="read" id="team_market_head"
r"""
### Рынок. Заполняет аналитик

У каждого числа есть источник с датой, статус и вилка «не меньше — не больше». Вы знаете зачем: раздел 5.
"""

# %% role="form" id="team_import"
ask.step("team_import")

# %% role="form" id="team_analogue_price"
ask.step("team_analogue_price")

# %% [markdown] role="read" id="team_schedule_head"
r"""
### Сроки. Заполняет руководитель проекта

Продажи начнутся не раньше, чем кончатся строительство и пуск.
"""

# %% role="form" id="team_start"
ask.step("team_start")

# %% role="form" id="team_construction"
ask.step("team_construction")

# %% role="form" id="team_horizon"
ask.step("team_horizon")

# %% [markdown] role="read" id="team_product_head"
r"""
### Изделие, состав и покупатели. Заполняют технолог и коммерческий директор

На каждый материал и на каждого покупателя — своя строка. Названия изделий и материалов пишите во всех таблицах одинаково.
"""

# %% role="form" id="team_products"
ask.step("team_products")

# %% role="form" id="team_materials"
ask.step("team_materials")

# %% role="form" id="team_norms"
ask.step("team_norms")

# %% role="form" id="team_buyers"
ask.step("team_buyers")

# %% role="form" id="team_risks"
ask.step("team_risks")

# %% [markdown] role="read" id="closing"
r"""
## 11. Что вы теперь умеете

- Отсеять изделия по трём признакам и не дать сумме баллов спрятать ноль.
- Найти два кода изделия и сказать, насколько им можно верить.
- Посчитать долю ввоза, убрать реэкспорт, дать вилку, когда код шире изделия.
- Назвать аналог с ценой на складе покупателя, курсом и днём.
- Не спутать деньги, баллы, реестр изделий, реестр организаций и приказ о кластере.
- Прочитать паспорт так, как его прочтёт жюри.

Ниже — что заполнено и что перечитать, если ответ дался трудно.
"""

# %% role="form" id="summary"
ask.summary(
    {
        "known": "раздел 2, таблица вопросов",
        "shortlist": "раздел 3, три признака",
        "score": "раздел 3, «Почему победил микроконтроллер»",
        "codes": "раздел 4, таблица кодов",
        "position": "раздел 4, таблица кодов",
        "dependence": "раздел 5, формула",
        "reexport": "раздел 5, «Больше ста процентов»",
        "bounds": "раздел 5, «Чужой товар под тем же кодом»",
        "cautions": "раздел 5, «Ещё три ловушки»",
        "analogue": "раздел 6, четыре вопроса",
        "price": "раздел 6, «Цена, которую видит покупатель»",
        "points": "раздел 7, два счёта",
        "ways": "раздел 7, «Шесть разных „подтверждено“»",
        "purchase": "раздел 8, «Кто просит деньги на первые партии»",
        "passport": "раздел 8, таблица полей",
        "memo": "разделы 3, 5 и 8",
    }
)

# %% [markdown] role="read" id="hand_in"
r"""
### Как сдать

1. Нажмите **«Сдать»** на полосе над тетрадью. Страница сохранится сама, пустые ответы будут названы, а в конце вы увидите квитанцию: время и контрольную сумму.
2. Если квитанция назовёт файл в папке «Отправить», пошлите этот файл организатору письмом: без письма работа не сдана.
3. Полосы нет? Пошлите организатору файл `answers.json` из папки `04_project`: в нём все ваши ответы.
4. Сдавать можно несколько раз. Считается последняя сдача до срока.

Баллы и подсказки по каждому упражнению придут с отзывом.
"""
