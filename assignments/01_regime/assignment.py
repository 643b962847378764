# %% [markdown] role="read" id="title"
r"""
# Вебинар 1. Режим промышленных кластеров: законы и редакции

**После вебинара вы сможете:**

- назвать акт и редакцию, которая действует на заданный день, и сказать, какая её часть прочитана;
- отличить кластер от индустриального парка, технопарка, ОЭЗ, СПИК и кластерной инвестиционной платформы;
- объяснить, почему запись в реестре ещё не право на поддержку и что надо подтверждать заново;
- найти в письме фразу, за которую министерству придётся извиняться.

**Время:** около 60 минут. **Баллы:** 40. Из них 36 — за 14 упражнений, их проверит программа; 4 — за письмо, его прочтёт преподаватель.

**Ответы записываются сами**, при каждом изменении. Можно закрыть страницу, уйти на совещание и продолжить завтра. До сдачи любой ответ можно исправить. Программировать не нужно: поля заполняют как анкету. День в упражнении 8 у каждого свой. Прислали код? Сначала нажмите «Код участника» на полосе сверху. Как сдать, сказано в самом конце.
"""

# %% role="form" id="setup"
from datetime import date

from course import charts, cite, law, open_form, play, show, wording

ask = open_form("01_regime")
papers = ask.data("papers.yaml")["papers"]
clusters = ask.data("clusters.yaml")
# Everybody's own day of the decision on «Паруса»; the month is the same.
decided_on = int(ask.vary("parusa", 15, spread=0.9, step=1))
clusters["parusa"]["decided"] = clusters["parusa"]["decided"][:8] + f"{decided_on:02d}"

# The editions of Decree 779 in the order of time, and which one holds on a day.
acts = law.editions("cluster.decree.editions")
numbers = [act.reference.removeprefix("ПП РФ ") for act in acts]
holding = {
    key: next(
        f"e{place}"
        for place, act in enumerate(acts)
        if act.covers(date.fromisoformat(paper["day"]))
    )
    for key, paper in papers.items()
}
last = law["cluster.decree.editions"].on(ask.day)

# Norms that text and checks both speak of.
half = law["cluster.cooperation.share_each"].on(date(2015, 12, 31))
fifth = law["cluster.cooperation.share_each"].on(date(2021, 12, 31))
clause = law["cluster.cooperation.contracts"].on(ask.day)
tenth = law["cluster.cooperation.share_aggregate_special"].on(date(2021, 12, 31))
services = law["cluster.cooperation.production_services"].on(ask.day)
reset = law["cluster.decree.edition_2372"].on(date(2022, 12, 31))
term = law["cluster.registry.decision_years"].on(ask.day)
special = law["cluster.new_territories.special_rules_until"].on(ask.day)
tariff = law["contributions.sme_manufacturing.above_threshold"].on(ask.day)
unfunded = law["measure.decree_110"].on(ask.day)
before = law["registry.clusters"].on(date(2024, 11, 8))
now = law["registry.clusters"].on(ask.day)


def marks(*editions):
    """The standings of editions in words, each once."""
    return "; ".join(dict.fromkeys(edition.standing.words for edition in editions))


def five_years(decided):
    """The day on which a decision taken on `decided` is as old as the clause allows."""
    start = date.fromisoformat(decided)
    return start.replace(year=start.year + int(term.number))


# %% [markdown] role="read" id="marks"
r"""
> **Пометки у правовых норм.** «По тексту акта» — прочитан сам акт или список его изменений. «По публикации» — прочитаны обзор, новость или копия, а не официальный текст. «Не подтверждено» — вывод курса или память, источника нет. «Не известно» — текст никто из нас не читал. Пометка говорит, на что можно сослаться в бумаге, а что сначала надо проверить по правовой базе.

## 1. Пятница, три копии на столе

Фирмы, кластеры и письма в этой истории вымышлены. Акты, публикации и даты — настоящие.

Вы — заместитель министра промышленности Воронежской области. В понедельник в Минпромторг уходит письмо: Воронеж, Курск и Орёл собирают кластер наружного освещения и хотят знать, по каким правилам его подтверждать. Юрист в отпуске. Помощник положил на стол черновик письма и три копии одного и того же постановления.
"""

# %% role="read" id="desk"
show(f"""
| Копия | Откуда | Что в ней видно | Пометка |
|---|---|---|---|
| **А** | Распечатка с сайта правовых текстов | В заголовке — {acts[0].reference}. Списка изменений нет. Помощник выписал порог кооперации {half.words} | {half.standing.words} |
| **Б** | Обзор одного документа 2021 года | Общий уровень кооперации снижен до {tenth.words} для особых территорий. О других документах ни слова | {tenth.standing.words} |
| **В** | Страница регионального фонда | Определение кластера и требование (а): каждому участнику нужен договор с другим участником. Процента нет. Даты нет, на пункте (б) текст обрывается | {clause.standing.words} |

Помощник растерян: «{half.words}, {tenth.words} или ни одного процента? Это же один документ».

Документ один. Редакций у него {wording.number(len(acts))} — столько, сколько знает курс. За этот час вы научитесь спрашивать не «что сказано в постановлении», а «**что сказано в нём на такой-то день и кто это читал**». Письмо вы перепишете сами.
""")

# %% role="read" id="law_head"
definition = law["cluster.definition"].on(ask.day)
statute = law["act.488_fz"].on(ask.day)
show(f"""
## 2. Закон

Наверху стоит {law["act.488_fz"].title}. Вот его определение:

> {definition.quotation}

Источник: [страница регионального фонда]({definition.address}), {definition.standing.words}.

Прочтите его как юрист: что сказано, а чего нет.

- **Сказано:** близость, зависимость и «на территориях нескольких субъектов». Межрегиональный кластер — не исключение, а часть определения.
- **Не сказано:** что регионы должны граничить, что участников должно быть столько-то, что нужен договор между губернаторами. Самый широкий из известных нам кластеров собрал участников из {law["registry.widest"].on(ask.day).words} регионов ({law["registry.widest"].on(ask.day).standing.words}).

**Закон тоже меняется.** На сайте Кремля его текст стоит уже с поправками {statute.reference} ([{statute.standing.words}]({statute.address})), и это не обязательно последняя поправка: список поправок у курса не полон.
""")

# %% role="form" id="definition"
ask.choices(
    "definition",
    "1. Что следует из слов определения?",
    {
        "several": "Участники могут работать в нескольких субъектах Федерации",
        "near": "Участников связывает территориальная близость",
        "depend": "Участников связывает функциональная зависимость",
        "border": "Субъекты Федерации должны иметь общую границу",
        "single": "Кластер — это одно юридическое лицо",
        "ten": "Участников должно быть не меньше десяти",
        "owner": "У участников должен быть общий собственник",
    },
)

# %% role="tests" id="check_definition" points=3
check = ask.check("definition", points=3)
### BEGIN HIDDEN TESTS
check.choices(
    ["several", "near", "depend"],
    hints={
        "several": "Дочитайте определение до конца: где размещены участники?",
        "near": "Одна из двух причин связи — про место.",
        "depend": "Одна из двух причин связи — про дело, а не про место.",
        "border": "Об общей границе в определении нет ни слова.",
        "single": "Первое слово определения — «совокупность».",
        "ten": "Число участников — предмет постановления, и нынешнее число не прочитано.",
        "owner": "О собственнике в определении ничего нет.",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="territories"
lands = law["cluster.new_territories"].on(ask.day)
smallest = law["registry.smallest_accepted"].on(ask.day)
show(f"""
### Где закон применяют иначе

{", ".join(lands.value)}: здесь до {special.words} не применяют {special.reference.removeprefix("488-ФЗ от 31.12.2014, ")}. Вместо них действуют правила Правительства ([{special.standing.words}]({special.address})). Самих правил курс не читал.

Это не запрет. В кластере, о приёме которого сообщили {wording.day(smallest.published)}, было {smallest.words} предприятий: {smallest.note.rstrip(".")} ([{smallest.standing.words}]({smallest.address})). Это другой список вопросов.
""")

# %% role="form" id="territory"
ask.choice(
    "territory",
    "2. В ваш кластер просится завод из Донецка. Что верно сегодня?",
    {
        "same": "Проверяем его по тем же требованиям, что и всех: закон один",
        "special": "Сначала находим правила Правительства: часть закона там пока не применяют",
        "never": "Отказываем: заводы с этих территорий в кластеры не принимают",
        "over": "Срок особых правил уже кончился, препятствий нет",
    },
)

# %% role="tests" id="check_territory" points=1
check = ask.check("territory", points=1)
### BEGIN HIDDEN TESTS
check.choice(
    "special",
    mistakes=[
        ("same", 0, "Закон один, но часть его статей на этих территориях до срока не применяют."),
        ("never", 0, "В абзаце выше есть пример кластера, в который такое предприятие вошло."),
        ("over", 0, "Сравните срок особых правил с сегодняшним днём."),
    ],
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="decree_head"
documents = law["cluster.decree.documents"].on(ask.day)
gate = law["cluster.federal_support.condition"].on(ask.day)
show(f"""
## 3. Постановление и его редакции

Закон говорит, что такое кластер. Требования к кластеру, который просит федеральной поддержки, закон отдал Правительству ({gate.standing.words}: слов закона об этом курс не сверял). Документ Правительства — {acts[0].reference}. Он утверждает две вещи ({documents.standing.words}):

{"".join(f"{place}. **{text}.**" + chr(10) for place, text in enumerate(documents.value, 1))}
Документ жив и меняется. Это значит, что вопрос «какой порог?» не имеет ответа, пока не назван день.

### Чем копия отличается от редакции

**Копия** — это страница, которую вы держите. **Редакция** — это текст, который действовал с одного дня по другой. Копия может быть свежей распечаткой старой редакции. Узнать это просто: найдите на первой странице список изменений вида «в редакции постановлений от… №…».

- **Список есть** — видно, до какого документа копия доведена. Что было позже, не видно.
- **Списка нет** — считайте, что перед вами первый текст, пока не доказано обратное. [Два]({law.sources["S6"].addresses[0]}) [сайта]({law.sources["S6"].addresses[1]}) правовых текстов показывают № 779 именно так: заголовок 2015 года и никаких изменений в начале страницы. Возьмёте первую попавшуюся страницу — рискуете процитировать 2015 год.
- **Это обзор или новость** — вы знаете об одном документе, а не о редакции целиком.
""")

# %% role="read" id="fourth"
show(f"""
К обеду помощник принёс четвёртую копию.

| Копия | Откуда | Что в ней видно |
|---|---|---|
| **Г** | [Копия со списком изменений]({last.address}) | В шапке перечислены изменяющие акты: {", ".join(numbers[1:])} |

Так курс и узнал о редакциях ({last.standing.words}).
""")

# %% role="form" id="copies"
ask.match(
    "copies",
    "3. На что годится каждая копия?",
    {
        "a": "А: заголовок 2015 года, списка изменений нет",
        "b": "Б: обзор одного документа 2021 года",
        "c": "В: страница фонда, один пункт, даты нет",
        "d": "Г: копия со списком изменений",
    },
    {
        "history": "Узнать, с чего начинали",
        "one": "Узнать, что сделал один документ",
        "clause": "Прочесть одно требование, но без даты",
        "list": "Перечислить редакции до этого списка",
        "all": "Ответить на любой вопрос о правилах",
    },
)

# %% role="tests" id="check_copies" points=2
check = ask.check("copies", points=2)
### BEGIN HIDDEN TESTS
check.match(
    {"a": "history", "b": "one", "c": "clause", "d": "list"},
    hints={
        "a": "Копия А: какой год стоит в заголовке и есть ли под ним хоть одно изменение?",
        "b": "Копия Б: о скольких документах рассказывает обзор?",
        "c": "Копия В: есть ли на странице дата и виден ли пункт (б)?",
        "d": "Копия Г: что видно в шапке и чего в ней быть не может?",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="form" id="missing"
ask.number(
    "missing",
    "4. Сколько изменяющих постановлений, известных курсу, не видно в копии А?",
    decimals=0,
)

# %% role="tests" id="check_missing" points=1
check = ask.check("missing", points=1)
### BEGIN HIDDEN TESTS
check.number(
    len(acts) - 1,
    mistakes=[
        (len(acts), 0, "Вы посчитали и сам первый текст. Он в копии А как раз есть."),
        (len(acts) - 2, 0, "Пересчитайте список в шапке копии Г: одно постановление пропущено."),
        (1, 0, "Обзор говорит об одном документе. Полный список — в шапке копии Г."),
    ],
    hint="Сравните копию А с шапкой копии Г.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="editions_table"
newcomers = law["cluster.cooperation.newcomers_max"].on(date(2021, 12, 31))
founders = law["cluster.organisation.founders_half"].on(date(2016, 1, 1))
payroll = law["cluster.payroll.separate_accounting"].on(ask.day)
unread = (
    law["cluster.decree.edition_905"].on(ask.day),
    law["cluster.decree.edition_413"].on(ask.day),
)
confirmed = law["registry.clusters.reconfirmed"].on(ask.day)
show(f"""
### Что известно о каждой редакции

| Документ | Что о нём известно | Пометка |
|---|---|---|
| {acts[0].reference} | Доля продукции, которую используют другие участники, — {half.words}. Не меньше половины участников — учредители специализированной организации | {marks(half, founders)} |
| {acts[1].reference} | Порог кооперации снизили до {fifth.words}, правило об учредителях убрали. Но сделал это он или следующий документ, источник не говорит | порог: по публикации; номер: не подтверждено |
| {unread[0].reference} | **{unread[0].words.capitalize()}**: содержание не найдено | есть в списке изменений |
| {tenth.reference} | Общий уровень кооперации — {tenth.words} для особых территорий. До {newcomers.words} новичков без связей. Прежние решения действуют ещё {term.words} | {tenth.standing.words}; срок решений: {term.standing.words} |
| {reset.reference} | «Перезагрузка» режима: кластеры подтверждали соответствие заново. **Тексты пунктов не прочитаны** | «перезагрузка»: {confirmed.standing.words}; что это именно он: не подтверждено |
| {services.reference} | Участниками могут быть исполнители производственных услуг. Раздельный учёт зарплаты в проектах больше не нужен | {marks(services, payroll)} |
| {unread[1].reference} | **{unread[1].words.capitalize()}**: содержание не найдено | есть в списке изменений |

Что изменилось после последней строки, **{law["cluster.decree.amendments_after_2024_04_01"].on(ask.day).words}**. Мы искали и не нашли. Не нашли — не значит, что не было.

Днём начала редакции курс берёт **дату постановления**. День вступления в силу может быть другим, его смотрят в самом акте. Поэтому у границы редакций проверяйте каждую дату отдельно.
""")

# %% role="form" id="editions"
ask.match(
    "editions",
    "5. Что известно о документе?",
    {
        "d2015": numbers[0],
        "d2018": numbers[2],
        "d2021": numbers[3],
        "d2022": numbers[4],
        "d2023": numbers[5],
        "d2024": numbers[6],
    },
    {
        "half": "Порог: половина продукции участника",
        "unread": "Номер и дата, содержание не найдено",
        "special": "Послабление особым территориям",
        "reset": "«Перезагрузка», пункты не прочитаны",
        "services": "Пущены исполнители услуг",
        "programme": "Единый состав программы развития",
    },
)

# %% role="tests" id="check_editions" points=3
check = ask.check("editions", points=3)
### BEGIN HIDDEN TESTS
check.match(
    {
        "d2015": "half",
        "d2018": "unread",
        "d2021": "special",
        "d2022": "reset",
        "d2023": "services",
        "d2024": "unread",
    },
    hints={
        "d2015": "Документ 2015 года: каким был самый первый порог?",
        "d2018": "Документ 2018 года: есть ли в таблице хоть слово о его содержании?",
        "d2021": "Документ 2021 года: кому он сделал легче?",
        "d2022": "Декабрь 2022 года: что пришлось делать кластерам после него?",
        "d2023": "Документ 2023 года изменил не порог, а круг участников.",
        "d2024": "Документ 2024 года последний в списке. Сказано ли, что в нём?",
    },
)
### END HIDDEN TESTS
check.done()

# %% [markdown] role="read" id="play_text"
r"""
### Попробуйте: подвиньте день

Черта — день, о котором спрашивают. Тёмная полоса — редакция этого дня. Двигайте год и месяц и смотрите, как меняется ответ и сколько на рисунке штриховки: это то, чего мы не читали.
"""


# %% role="read" id="play_editions"
told = {
    0: f"порог кооперации {half.words}",
    1: f"порог {fifth.words}; номер не подтверждён",
    3: f"{tenth.words} для особых территорий",
    4: "«перезагрузка», пункты не прочитаны",
    5: "пущены производственные услуги",
}
read = (0, 1, 3, 5)  # the editions of which somebody read at least a part


def editions_on(year, month):
    """The editions with the one of the first day of a month marked."""
    day = date(year, month, 1)
    spans = [
        (name, act.since, act.until, told.get(place, "содержание не найдено"), place in read)
        for place, (name, act) in enumerate(zip(numbers, acts, strict=True))
    ]
    return charts.editions(
        spans,
        day,
        end=max(day, ask.day),
        title="Какая редакция действует в этот день",
        source="список изменений в копии Г; содержание — по публикациям",
    )


play(
    editions_on,
    year=(2015, ask.day.year, 2021, "Год"),
    month=(dict(enumerate(wording.MONTHS, 1)), "Месяц"),
)

# %% role="form" id="on_day"
ask.match(
    "on_day",
    "6. Какая редакция действовала в день каждой бумаги?",
    {
        key: f"{paper['title']}, {wording.day(date.fromisoformat(paper['day']))}"
        for key, paper in papers.items()
    },
    {
        f"e{place}": f"в редакции {name}" if place else f"первый текст, {name}"
        for place, name in enumerate(numbers)
    },
)

# %% role="tests" id="check_on_day" points=4
check = ask.check("on_day", points=4)
### BEGIN HIDDEN TESTS
check.match(
    holding,
    hints={
        "filing": "Опись: было ли к этому дню хоть одно изменение?",
        "bank": "Справка банка: ищите последний документ, который вышел раньше неё, даже если он не прочитан.",
        "decision": "Решение по «Свету»: «перезагрузка» ещё впереди.",
        "mounting": "Вопрос монтажной фирмы: услуги впустили позже этого дня.",
        "agreement": "Соглашение: последний документ списка вышел позже этого дня.",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="form" id="today"
ask.choice(
    "today",
    "7. Какую фразу о действующей редакции можно поставить в письмо?",
    {
        "first": f"«Руководствуемся постановлением {numbers[0]}».",
        "final": f"«Действует редакция {numbers[-1]}; больше постановление не менялось».",
        "known": f"«Последняя известная нам редакция — {numbers[-1]}; просим сообщить, были ли изменения позже».",
        "reset": f"«Действует редакция {numbers[4]}: после „перезагрузки“ правила прежние».",
    },
)

# %% role="tests" id="check_today" points=2
check = ask.check("today", points=2)
### BEGIN HIDDEN TESTS
check.choice(
    "known",
    mistakes=[
        ("first", 0, "Так пишет тот, у кого на столе копия А."),
        (
            "final",
            0.5,
            "Документ назван верно. Но можно ли утверждать, что позже ничего не было?",
        ),
        ("reset", 0, "После «перезагрузки» в списке изменений стоят ещё документы."),
    ],
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="registry_head"
decision = law["cluster.confirmation.decision"].on(ask.day)
condition = law["cluster.registry.condition_of_federal_money"].on(ask.day)
filing = law["cluster.organisation.files_documents"].on(ask.day)
portal = law["cluster.confirmation.portal"].on(ask.day)
change = law["cluster.confirmation.on_change"].snapshots[0]
former = law["cluster.members.minimum"].on(date(2021, 12, 31))
minimum = law["cluster.members.minimum"].on(ask.day)
opened = (
    "cluster.confirmation.term",
    "cluster.confirmation.refusal_grounds",
    "cluster.confirmation.notification_term",
    "cluster.members.minimum",
)
show(f"""
## 4. Подтверждение, реестр и два срока

### Как подтверждают

| Шаг | Что известно | Пометка |
|---|---|---|
| Кто подаёт | Специализированная организация кластера | {filing.standing.words} |
| Куда | {portal.words} | {portal.standing.words} |
| Чем кончается | {decision.words} | {decision.standing.words} |
| Что это даёт | Запись в реестре — {condition.quotation.replace("обязательное", "«обязательное")}» федеральных денег | {condition.standing.words} |
| Сменился состав | Подтверждают повторно: кластеры «{change.quotation}» | {change.standing.words} |
{"".join(f"| {law[name].title} | **{law[name].on(ask.day).words}** | не прочитано |" + chr(10) for name in opened)}
Последние строки — не пропуск редактора. Числа легко услышать от коллег, но источника у курса нет, и мы их не печатаем. О числе участников нам известны только случаи: {minimum.note[0].lower()}{minimum.note.split(":")[0][1:]} ({smallest.standing.words}). Прежний порог помнят как {former.words} ({former.standing.words}); сегодняшний никто из нас не читал.

**О словах.** В новостях пишут «аккредитовал кластер», «включил в реестр», «одобрил». Курс читает это как один и тот же приказ (не подтверждено). В бумагах держитесь слов самого постановления: **подтверждение соответствия** ({documents.standing.words}).
""")

# %% role="read" id="clocks"
again = law["cluster.registry.reconfirmation_years"].on(ask.day)
show(f"""
### «В реестре» ещё не значит «имеет право»

У старого решения идут **два разных срока**.

**Первый — пять лет.** В постановлении {numbers[3]}, пункт 2, сказано о решениях, принятых до его вступления в силу: они «{term.quotation}» ([{term.standing.words}]({term.address})). Потом соответствие подтверждают снова. Пример: {again.note.split(".")[0][0].lower()}{again.note.split(".")[0][1:]} ({again.standing.words}).

**Второй — «перезагрузка».** Требования обновили, и кластеры стали подтверждать соответствие заново: к {wording.day(confirmed.since)} это сделали {confirmed.words} ([{confirmed.standing.words}]({confirmed.address})). «Перезагрузку» курс связывает с постановлением {numbers[4]}. Отсюда вывод (не подтверждено): для новых мер нужен приказ по обновлённым требованиям, даже если пять лет ещё идут. Переходное правило «перезагрузки» мы не читали: **{law["cluster.confirmation.transitional_2372"].on(ask.day).words}**, что оно говорит о старых записях.

Поэтому у соседа спрашивают две даты: когда принято решение **и** когда подтверждено заново.

### Папка соседей

Орловские коллеги зовут в проект фирмы из других кластеров. Все кластеры вымышлены.

| Кластер | Что делает | Первое решение | Новый приказ после «перезагрузки» |
|---|---|---|---|
{"".join(f"| {item['title']} | {item['product']} | {wording.day(date.fromisoformat(item['decided']))} | {wording.day(date.fromisoformat(item['again'])) if 'again' in item else '—'} |" + chr(10) for item in clusters.values())}
Сегодня по часам вебинара {wording.day(ask.day)}.
""")

# %% role="form" id="five_years"
ask.date(
    "five_years",
    f"8. В какой день решению по «Парусам» исполнилось {term.words}, о которых говорит пункт 2?",
)

# %% role="tests" id="check_five_years" points=2
check = ask.check("five_years", points=2)
### BEGIN HIDDEN TESTS
parusa = five_years(clusters["parusa"]["decided"])
check.date(
    parusa.isoformat(),
    mistakes=[
        (
            parusa.replace(day=parusa.day - 1).isoformat(),
            0.5,
            "На день раньше. Спрошен день, когда исполнилось ровно столько лет.",
        ),
        (
            tenth.since.replace(year=tenth.since.year + int(term.number)).isoformat(),
            0,
            "Вы отсчитали от постановления. В цитате сказано, с какого дня идёт срок.",
        ),
        (
            reset.since.replace(year=reset.since.year + int(term.number)).isoformat(),
            0,
            "«Перезагрузка» — другой срок. Здесь отсчёт идёт от решения.",
        ),
        (clusters["parusa"]["decided"], 0, "Это день самого решения. Прибавьте к нему срок."),
    ],
    hint="Возьмите день решения из папки и срок из цитаты.",
)
### END HIDDEN TESTS
check.done()

# %% role="form" id="two_clocks"
ask.table(
    "two_clocks",
    "9. Отметьте для каждого кластера оба срока на сегодня.",
    columns={
        "years": ask.choice_column(
            f"{term.words} первого решения",
            {
                "runs": "ещё идут",
                "over": "истекли",
                "other": "пункт 2 не о нём",
            },
        ),
        "anew": ask.choice_column(
            "Приказ по обновлённым требованиям",
            {"yes": "есть", "no": "нет"},
        ),
    },
    rows={key: item["title"] for key, item in clusters.items()},
    corner="Кластер",
)

# %% role="tests" id="check_two_clocks" points=4
check = ask.check("two_clocks", points=4)
### BEGIN HIDDEN TESTS
rows = []
for key, item in clusters.items():
    decided = date.fromisoformat(item["decided"])
    running = "runs" if ask.day <= five_years(item["decided"]) else "over"
    anew = "again" in item or decided > reset.since
    rows.append(
        {
            "row": key,
            "years": running if decided < tenth.since else "other",
            "anew": "yes" if anew else "no",
        }
    )
check.table(
    rows,
    hints={
        "years": "Пять лет: сначала проверьте, принято ли решение раньше документа 2021 года, потом считайте.",
        "anew": "Обновлённые требования появились в декабре 2022 года. Был ли у кластера приказ после этого дня?",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="programme"
views = law["cluster.programme.required"].snapshots
show(f"""
### Когда источники спорят

Нужна ли кластеру **программа развития**? Вот что читали мы.

| Источник | Что он говорит | Пометка |
|---|---|---|
{"".join(f"| [{view.reference}]({view.address}) | «{view.quotation}» | {view.standing.words} |" + chr(10) for view in views)}
Оба могут быть правы: одна редакция убрала программу, позднейший акт её вернул. Номера этого акта не называет никто, и у курса на сегодня записано: **{law["cluster.programme.required"].on(ask.day).words}**. Не выбирайте источник, который удобнее. Напишите, что они расходятся, и спросите Министерство.
""")

# %% role="form" id="status"
ask.match(
    "status",
    "10. Помощник выписал шесть утверждений. Какая пометка честна для каждого?",
    {
        "five": "Решения, принятые до документа 2021 года, действуют пять лет",
        "order": "Проверка заканчивается приказом Минпромторга",
        "portal": "Документы кластера подают через ГИСП",
        "month": "Ответ придёт через месяц",
        "plan": "Программа развития обязательна",
        "refusal": "Откажут, только если документов не хватает",
    },
    {
        "act": "По тексту акта",
        "secondary": "По публикации",
        "recalled": "Не подтверждено: источника нет",
        "open": "Не известно: текст не прочитан",
        "dispute": "Источники спорят",
    },
)

# %% role="tests" id="check_status" points=3
check = ask.check("status", points=3)
### BEGIN HIDDEN TESTS
check.match(
    {
        "five": "act",
        "order": "secondary",
        "portal": "recalled",
        "month": "open",
        "plan": "dispute",
        "refusal": "open",
    },
    hints={
        "five": "Пять лет: есть ли у этой фразы номер пункта и цитата?",
        "order": "Приказ: посмотрите пометку в таблице шагов.",
        "portal": "ГИСП: посмотрите пометку в таблице шагов, а не то, как привыкли.",
        "month": "Месяц: стоит ли в таблице шагов хоть какой-нибудь срок?",
        "plan": "Программа: сколько источников о ней мы читали и одно ли они говорят?",
        "refusal": "Отказ: прочитаны ли его основания?",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="regimes"
park, technopark = law["act.decree_794"].on(ask.day), law["act.decree_1863"].on(ask.day)
zones = law["regime.sez.zones"].on(ask.day)
tor = law["regime.tor.contributions"].editions[-1]
spic = law["spic.2.purpose"].on(ask.day)
kip = law["loan.kip.recipient"].on(ask.day)
floor = law["loan.kip.amount.min"].on(ask.day)
member = law["loan.kip.cluster_membership_required"].on(ask.day)
show(f"""
## 5. Кластер и его соседи

Кластер путают с режимами, у которых похожие слова. Спросите, **что именно** получает статус: договоры, площадка, дом, территория, проект или кредит.

| Режим | Чему дают статус (сводка курса) | Документ | Пометка о документе |
|---|---|---|---|
| **Промышленный кластер** | Связям фирм. Площадки у каждого свои | {acts[0].reference} | {last.standing.words} |
| **Индустриальный парк** | Площадке с управляющей компанией | {park.reference} | {park.standing.words} |
| **Промышленный технопарк** | Зданиям и общему оборудованию | {technopark.value} | {technopark.standing.words} |
| **ОЭЗ** | Территории; фирма подписывает соглашение резидента. В трёх ваших областях: {zones.words} | {zones.note.split(":")[0]} | {zones.standing.words} |
| **ТОР** | Территории, чаще моногороду | {tor.reference} | {tor.standing.words} |
| **СПИК** | Одному проекту: инвестор обещает вложения, государство — условия. СПИК 2.0 — {spic.words} | контракт | {spic.standing.words} |
| **КИП** | Кредиту на проект из перечня продукции. Субсидию получают {kip.words} | {kip.reference} | {kip.standing.words} |

**КИП — самая коварная строка.** Слово «кластерная» стоит в названии, но состоять в реестре кластеров для неё, по всему судя, не надо: решают перечень продукции и проект ({member.standing.words}). И порог высок: {floor.words} ({floor.standing.words}; ограничивает он кредит или проект, источник не говорит). Членство в кластере само по себе кредита не даёт.

**Совмещать можно**: участник кластера бывает и резидентом парка, технопарка или ОЭЗ. Это вывод курса ({law["regime.park.combines"].editions[-1].standing.words}); по каждой мере смотрите её условия.
""")

# %% role="form" id="regimes_match"
ask.match(
    "regimes_match",
    "11. Какой режим описан?",
    {
        "deals": "Восемь фирм в трёх городах поставляют друг другу платы и датчики",
        "site": "Управляющая компания сдаёт готовые участки с дорогой и подстанцией",
        "house": "Пять приборных фирм делят лабораторию и участок точной обработки в одном здании",
        "zone": "Фирма подписала соглашение резидента «Центра»",
        "project": "Инвестор обязался внедрить технологию из перечня, государство обещало условия",
        "loan": "Завод-одиночка берёт льготный кредит на продукцию из перечня приоритетной",
    },
    {
        "cluster": "Промышленный кластер",
        "park": "Индустриальный парк",
        "technopark": "Промышленный технопарк",
        "sez": "ОЭЗ",
        "tor": "ТОР",
        "spic": "СПИК",
        "kip": "КИП",
    },
)

# %% role="tests" id="check_regimes_match" points=3
check = ask.check("regimes_match", points=3)
### BEGIN HIDDEN TESTS
check.match(
    {
        "deals": "cluster",
        "site": "park",
        "house": "technopark",
        "zone": "sez",
        "project": "spic",
        "loan": "kip",
    },
    hints={
        "deals": "Восемь фирм: общей площадки у них нет. Что их связывает?",
        "site": "Управляющая компания: статус получает площадка под застройку.",
        "house": "Лаборатория: фирмы делят здание и оборудование.",
        "zone": "Резидент «Центра»: найдите это имя в таблице.",
        "project": "Инвестор: кто вторая сторона и чему дан статус — территории или проекту?",
        "loan": "Завод-одиночка: соседи по кластеру ему не нужны. Кто получает субсидию?",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="bill_head"
bill = law.sources["S79"]
purse = law["measure.decree_110.budget"].on(date(2025, 12, 31))
show(f"""
## 6. Три ловушки для письма

### Законопроект — не закон

[Статья от {wording.day(bill.published)}]({bill.addresses[0]}) рассказала о законопроекте: малые и средние обрабатывающие предприятия лишатся пониженного тарифа страховых взносов. Помощник нашёл её первой и вписал в справку: «с 2026 года льготы нет».

Принятый текст тариф сохранил ({tariff.standing.words}). На день вебинара: {cite("contributions.sme_manufacturing.above_threshold", ask.day)}, на часть зарплаты сверх порога. С кластером этот тариф не связан.

Правило: **до подписи и публикации закона его чисел в бумаге нет**. Статья о законопроекте останется в сети и тогда, когда примут другой текст.

### Акт действует — денег нет

{unfunded.reference} обещает {unfunded.words}. Акт существует ({unfunded.standing.words}). Но Минпромторг ответил письмом: на {purse.since.year}–{purse.until.year} годы денег по нему не запланировано ([{purse.standing.words}]({purse.address})). О 2026 годе курс не знает.

Правило: у меры спрашивают две вещи — **действует ли акт и есть ли в бюджете строка**.

### Число без даты
""")

# %% role="read" id="counts"
show(
    "| Когда | Кластеров в реестре | Пометка | Источник |\n|---|---|---|---|\n"
    + "".join(
        f"| {item.reference} "
        f"| {'более ' if 'более' in item.note else ''}{item.words} | {item.standing.words} | [страница]({item.address}) |\n"
        for item in law.editions("registry.clusters")
    )
    + f"""
Одна и та же новость от {wording.day(before.published)} стоит на двух сайтах. На одном — {before.words} кластеров, [на другом]({law.sources["S28b"].addresses[0]}) — «7 промкластеров». Потерялась цифра. Кто скопирует вторую, сообщит Министерству, что его собственный реестр меньше в одиннадцать раз. Опечатку в чужом тексте не исправляют молча: ищут вторую копию и ссылаются на неё.

В январе 2026 года прозвучало: «{law["registry.growth"].on(ask.day).note.split(";")[0].strip("«»")}» ([{law["registry.growth"].on(ask.day).standing.words}]({law["registry.growth"].on(ask.day).address})). Проверьте, выходит ли столько по нашей таблице.
"""
)

# %% role="form" id="bill"
ask.choice(
    "bill",
    "12. Что написать в письме о тарифе взносов малых обрабатывающих предприятий?",
    {
        "lost": f"С 2026 года пониженного тарифа нет: так сказано в статье от {wording.day(law.sources['S79'].published)}",
        "kept": f"Тариф {tariff.words} сверх порога сохранён, источник — публикация о принятом тексте",
        "cluster": f"Тариф {tariff.words} получит каждый, кто вступит в кластер",
        "both": "Приведём обе статьи: пусть Министерство выберет само",
    },
)

# %% role="tests" id="check_bill" points=2
check = ask.check("bill", points=2)
### BEGIN HIDDEN TESTS
check.choice(
    "kept",
    mistakes=[
        ("lost", 0, "Статья рассказывала о законопроекте. Чем кончилось дело?"),
        (
            "cluster",
            0,
            "Этот тариф дают по размеру фирмы и виду её работы, а не за кластер. У участников кластера свой тариф, и одного вступления для него мало.",
        ),
        (
            "both",
            0.25,
            "Сомнение уместно, когда спорят равные источники. Здесь один говорит о проекте, другой — о законе.",
        ),
    ],
)
### END HIDDEN TESTS
check.done()

# %% role="form" id="growth"
ask.number(
    "growth",
    f"13. На сколько процентов выросло число кластеров от {wording.day(before.published)} до новости ноября 2025 года?",
    unit="%",
    decimals=1,
)

# %% role="tests" id="check_growth" points=2
check = ask.check("growth", points=2)
### BEGIN HIDDEN TESTS
rise = now.number - before.number
check.number(
    rise / before.number,
    tolerance=0.001,
    mistakes=[
        (rise / now.number, 0.5, "Прирост верный. Но делят его на то, с чего начали."),
        (rise / 100, 0.25, "Это прирост в штуках. Осталось разделить его на начало."),
        (now.number / before.number, 0.5, "Это во сколько раз. Прирост — то, что сверх единицы."),
        (
            law["registry.growth"].on(ask.day).number,
            0,
            "Это число из новости января 2026 года. Посчитайте сами по таблице.",
        ),
        (now.number / 7 - 1, 0, "Вы взяли опечатку. Сколько кластеров во второй копии новости?"),
    ],
    hint="Из нового числа вычтите старое и разделите на старое.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="growth_note"
show(f"""
Сошлось ли с {law["registry.growth"].on(ask.day).words}? Если нет, это не обязательно ошибка: у источников разные дни, а что именно выросло за год, новость не говорит. В письмо идёт то число, у которого вы можете назвать **оба дня**.

## 7. Черновик письма

Теперь вы знаете достаточно. Вот девять фраз из черновика, который приготовил помощник.
""")

# %% role="form" id="draft"
ask.choices(
    "draft",
    "14. Какие фразы нельзя отправлять как есть?",
    {
        "regions": "Участники работают в трёх областях; определение закона это допускает.",
        "old": f"Кластер отвечает постановлению {numbers[0]}: кооперация выше {half.words}.",
        "list": f"«Паруса» в реестре с {wording.day(date.fromisoformat(clusters['parusa']['decided']))}, поэтому их фирмы вправе получить субсидию.",
        "known": f"Последняя известная нам редакция — {numbers[-1]}; просим сообщить, были ли изменения позже.",
        "kip": "Вступив в кластер, фирмы получат кредит кластерной инвестиционной платформы.",
        "purse": f"Проценты по кредитам возместят: постановление {unfunded.reference.removeprefix('ПП РФ ')} действует.",
        "count": f"По новости ноября 2025 года в реестре {now.words} кластера.",
        "term": "Просим ответить в срок, который установлен для рассмотрения, — один месяц.",
        "ask": "Источники о программе развития расходятся; просим указать действующий акт.",
    },
)

# %% role="tests" id="check_draft" points=4
check = ask.check("draft", points=4)
### BEGIN HIDDEN TESTS
check.choices(
    ["old", "list", "kip", "purse", "term"],
    hints={
        "regions": "Три области: перечитайте конец определения.",
        "old": "Порог: с какой копии он списан?",
        "list": "«Паруса»: проверьте оба срока этого решения.",
        "known": "Последняя редакция: честная фраза говорит, что известно и чего нет.",
        "kip": "Платформа: решает ли в ней членство в кластере?",
        "purse": "Проценты: у меры спрашивают две вещи, акт — только первая.",
        "count": "Число с днём и источником отправлять можно.",
        "term": "Срок ответа: где он прочитан?",
        "ask": "Спор источников: так и надо писать.",
    },
)
### END HIDDEN TESTS
check.done()

# %% [markdown] role="read" id="letter_head"
r"""
### Теперь ваша редакция

Образец тона, не содержания: «По тексту такому-то, в копии такой-то, на день такой-то… Нам не известно… Просим сообщить…». Такое письмо не стыдно получить и не страшно подписать.
"""

# %% role="form" id="letter"
ask.text(
    "letter",
    "15. Напишите письмо в 6–9 предложений: какой редакцией вы пользуетесь и откуда она вам известна; чего о ней не знаете; можно ли опираться на решение по «Парусам»; о чём просите Министерство.",
    rows=12,
)

# %% [markdown] role="task" id="letter_task" points=4
r"""
Письмо читает преподаватель.
### BEGIN MARK SCHEME
По одному баллу за каждый пункт; половина, если мысль есть, но без документа или даты.

1. **Редакция и день.** Названа последняя известная редакция (№ 413 от 01.04.2024) и день, на который её смотрели; сказано, откуда она известна (копия со списком изменений), а не «постановление № 779 от 31.07.2015».
2. **Неизвестное.** Названо хотя бы одно: изменения после 01.04.2024 не найдены, но не исключены; тексты № 2372 и № 413 не прочитаны; срок рассмотрения, число участников или программа развития не подтверждены. Нет фраз «соответствует», «гарантируем».
3. **«Паруса».** Пять лет решения истекли в марте 2026 года (день у каждого участника свой: ровно пять лет от дня решения), нового приказа после «перезагрузки» в папке нет; опираться на запись нельзя, пока кластер не подтвердит соответствие заново. Балл ставится и за одну из двух причин, если она названа с датой.
4. **Просьба.** Вопрос задан так, что на него можно ответить бумагой: указать действующую редакцию, акт о программе развития, срок, переходное правило. Балл не ставится за «просим оказать содействие».
### END MARK SCHEME
"""

# %% [markdown] role="read" id="team_head"
r"""
## 8. Шаг вашего проекта: карточка команды

Баллов здесь нет. С этой карточки начинается дело вашего кластера, дальше каждый вебинар добавит свою часть. Впишите, что уже решено, и честно оставьте пустым, что не решено. Последняя строка важнее, чем кажется: у «кто-нибудь проверит» не бывает даты.

Заполнить таблицы может один человек, а могут все, каждый свою часть: организатор соберёт ответы команды в один файл и вернёт его каждому. Если двое впишут разное, оба ответа останутся, и команда решит, какой верен.

Не вписывайте закрытые сведения.
"""

# %% role="form" id="team_card"
ask.step("team_card")

# %% role="form" id="team_people"
ask.step("team_people")

# %% [markdown] role="read" id="closing"
r"""
## 9. Что вы теперь умеете

- Спросить у любой копии: «какая редакция и на какой день?» — и узнать по первой странице, что копия старая.
- Найти редакцию на день и сказать вслух, чего в ней не читали.
- Разделить два срока у записи в реестре и не пообещать денег по старому решению.
- Отличить кластер от парка, зоны и платформы по тому, чему дают статус.
- Не переписать в письмо законопроект, пустую меру и число без даты.

Ниже — что заполнено и что перечитать, если ответ дался трудно.
"""

# %% role="form" id="summary"
ask.summary(
    {
        "definition": "раздел 2, определение",
        "territory": "раздел 2, «Где закон применяют иначе»",
        "copies": "раздел 3, «Чем копия отличается от редакции»",
        "missing": "раздел 3, копия Г",
        "editions": "раздел 3, «Что известно о каждой редакции»",
        "on_day": "раздел 3, рисунок с чертой",
        "today": "раздел 3, последние два абзаца под таблицей",
        "five_years": "раздел 4, первый срок",
        "two_clocks": "раздел 4, оба срока",
        "status": "раздел 4, таблица шагов и «Когда источники спорят»",
        "regimes_match": "раздел 5, таблица режимов",
        "bill": "раздел 6, «Законопроект — не закон»",
        "growth": "раздел 6, «Число без даты»",
        "draft": "разделы 3–6",
        "letter": "разделы 3 и 4",
    }
)

# %% [markdown] role="read" id="hand_in"
r"""
### Как сдать

1. Нажмите **«Сдать»** на полосе над тетрадью. Страница сохранится сама, пустые ответы будут названы, а в конце вы увидите квитанцию: когда сдано и контрольную сумму.
2. Полосы нет? Пошлите организатору файл `answers.json` из папки `01_regime`: в нём все ваши ответы.
3. Сдавать можно несколько раз. Считается последняя сдача до срока.

Баллы и подсказки по каждому упражнению придут с отзывом.
"""
