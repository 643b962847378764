# %% [markdown] role="read" id="title"
r"""
# Вебинар 5. Участники, специализированная организация, несколько регионов

**После вебинара вы сможете:**

- решить, кто из фирм может войти в кластер, в какой роли и о чём спросить сначала;
- увидеть заранее, кто останется без связей, если кто-то уйдёт или договор кончится;
- собрать соглашение со специализированной организацией и вычеркнуть из него вредные пункты;
- разделить работу между тремя областями так, чтобы у каждой было своё дело, а не «содействие».

**Время:** около 60 минут. **Баллы:** 40. Из них 36 — за 15 упражнений, их проверит программа; 4 — за решение совета, его прочтёт преподаватель.

**Ответы записываются сами**, при каждом изменении. Можно закрыть страницу, уйти на совещание и продолжить завтра. До сдачи любой ответ можно исправить. Программировать не нужно: поля заполняют как анкету. Понадобится калькулятор: часть чисел у каждого участника своя. Прислали код? Сначала нажмите «Код участника» на полосе сверху. Как сдать, сказано в самом конце.
"""

# %% role="form" id="setup"
from datetime import date

from course import (
    charts,
    cooperation,
    law,
    load_cluster,
    open_form,
    play,
    requirements,
    show,
    wording,
)

ask = open_form("05_members")
cards = ask.data("cards.yaml")
candidates = ask.data("candidates.yaml")
novices = ask.data("newcomers.yaml")
clauses = ask.data("agreement.yaml")["clauses"]

# The participant's own values.
assembly = ask.vary("assembly", 63_000_000, spread=0.3, step=1_000_000)
budget = ask.vary("budget", 12_000_000, spread=0.25, step=600_000)
crowd = int(ask.vary("crowd", 37, spread=0.3, step=1))
order_day = date.fromordinal(
    date(2027, 2, 1).toordinal() + int(ask.vary("order", 60, spread=0.5, step=1))
)

# The cluster, with the participant's own sum in the contract of assembly.
loaded = load_cluster(ask.path("cluster.yaml"))
sborka = loaded.contract("k15").model_copy(update={"value": assembly})
cluster = cooperation.with_contract(cooperation.without_contract(loaded, "k15"), sborka)
names = {member.id: member.label for member in cluster.members}
homes = {member.id: cluster.region(member.production_region).title for member in cluster.members}

# Editions that text and checks both speak of.
old = date(2021, 12, 31)
rule = law["cluster.cooperation.contracts"].on(ask.day)
services = law["cluster.cooperation.production_services"].on(ask.day)
lands = law["cluster.new_territories"].on(ask.day)
until = law["cluster.new_territories.special_rules_until"].on(ask.day)
most = law["cluster.cooperation.newcomers_max"].on(old)
grace = law["cluster.cooperation.newcomers_years"].on(old)
third = law["cluster.cooperation.special_members_share"].on(old)
lowered = law["cluster.cooperation.share_aggregate_special"].on(old)
half = law["cluster.organisation.founders_half"].on(date(2015, 12, 31))
files = law["cluster.organisation.files_documents"].on(ask.day)
single = law["cluster.interregional.one_application"].on(ask.day)
order = law["cluster.confirmation.decision"].on(ask.day)
payroll = law["cluster.payroll.separate_accounting"].on(ask.day)
again = law["cluster.registry.reconfirmation_years"].on(ask.day)
grants = law["fund.kursk.grants"].on(ask.day)

# Dues by the draft agreement: one half equally, the other by output.
paid = cooperation.dues(cluster, budget, 0.5)
novice_output = cluster.member("ferrolad").output
all_output = sum(member.output or 0 for member in cluster.members)

# Sums by region, twice: where members are registered and where they produce.
registered = cooperation.regional(cluster, "registration")
produced = cooperation.regional(cluster)
check_day = date(2027, 3, 1)


def alone(leaver, affiliates=True):
    """Who loses the last link when a member leaves; `none` if nobody does."""
    found = cooperation.left_alone(cluster, leaver, affiliates=affiliates)
    return found[0].id if found else "none"


def last_day(member):
    """The last day of a member's longest signed contract with another member."""
    days = [
        contract.until
        for contract in cluster.contracts
        if contract.signed
        and contract.link in cooperation.KINDS
        and member in (contract.supplier, contract.buyer)
    ]
    return max(days, default=None)


# %% [markdown] role="read" id="marks"
r"""
> **Пометки у правовых норм.** «По тексту акта» — прочитан сам акт или список его изменений. «По публикации» — прочитаны обзор, новость или копия, а не официальный текст. «Не подтверждено» — вывод курса или память, источника нет. «Предложение курса» — так советуем мы, а не закон. «Не известно» — текст никто из нас не читал.

## 1. Стол координатора

Все фирмы в этой истории вымышлены. Акты и публикации — настоящие.

Три области собирают кластер радиоэлектроники «Три реки». Координатором назначили вас. Раньше у каждой фирмы был свой собеседник в своём министерстве, теперь все пятнадцать звонят вам. На столе — карточки участников.
"""


# %% role="read" id="cards"
def deals(member):
    """To whom a member sells, with the last day of each contract."""
    found = []
    for contract in cluster.contracts:
        if contract.supplier != member:
            continue
        mark = "" if contract.signed else "план, "
        mark += "обучение, " if contract.link not in cooperation.KINDS else ""
        found.append(f"{names[contract.buyer]} ({mark}по {wording.day(contract.until)})")
    return "; ".join(found) or "—"


def place(member):
    """Where a member is registered, and where it works if that is elsewhere."""
    town = cards["places"][member.region]
    if member.region == member.production_region:
        return town
    return f"{town}; площадка — **{cards['places'][member.production_region]}**"


show(
    "| Участник | Где | Что делает | Кому продаёт внутри кластера |\n|---|---|---|---|\n"
    + "\n".join(
        f"| {member.label} | {place(member)} | {cards['work'][member.id]} | {deals(member.id)} |"
        for member in cluster.members
    )
    + """

«Микроверея» и «Верея-Сборка» входят в одну группу. «Ферролад» вступает в кластер первый раз. Все договоры без слова «план» подписаны.
"""
)

# %% role="read" id="note"
organisation = cluster.specialised_organisation
show(f"""
Сверху — записка помощника:

> «Участников {len(cluster.members)}, хватит с запасом. Договор есть у всех, кроме „Ферролада“, но он новичок, а новичков можно троих. {organisation.name} создана, черновик соглашения готов, можно подписывать. Роли областей: „оказывать содействие“. Подаём {wording.day(date(2026, 11, 20))}».

В записке пять утверждений. К концу вебинара вы будете знать, какие из них держатся, а решение совета кластера напишете сами.

## 2. Кто может быть участником

### Роль — это ответ на вопрос «зачем»

Шесть ролей. Это язык курса, а не закона, зато на нём удобно искать дыры: есть инициатор, а покупателя нет; есть завод, а испытать негде.

| Роль | Зачем участник кластеру |
|---|---|
| **Инициатор** | Ведёт проект импортозамещения и отвечает за его деньги |
| **Поставщик** | Делает свою вещь и продаёт её другим участникам |
| **Покупатель** | Берёт продукцию участников в конечное изделие |
| **Производственные услуги** | Работает с чужой вещью: собирает, покрывает, чинит |
| **Инфраструктура** | Даёт стенды, камеры, площадку |
| **Вуз** | Разрабатывает и учит |
""")

# %% role="form" id="roles"
ask.match(
    "roles",
    "1. Какая роль у каждого участника? Смотрите на дело, а не на название.",
    {
        "seimokontakt": "«Сеймоконтакт»",
        "vereya_sborka": "«Верея-Сборка»",
        "namotkon": "«Намоткон»",
        "izmerogran": "«Измерогран»",
        "gromolad": "ИЦ «Громолад»",
    },
    {
        "initiator": "Инициатор",
        "supplier": "Поставщик",
        "buyer": "Покупатель",
        "service": "Производственные услуги",
        "infrastructure": "Инфраструктура",
        "university": "Вуз",
    },
)

# %% role="tests" id="check_roles" points=2
check = ask.check("roles", points=2)
### BEGIN HIDDEN TESTS
check.match(
    {
        "seimokontakt": cluster.member("seimokontakt").role.value,
        "vereya_sborka": cluster.member("vereya_sborka").role.value,
        "namotkon": cluster.member("namotkon").role.value,
        "izmerogran": cluster.member("izmerogran").role.value,
        "gromolad": cluster.member("gromolad").role.value,
    },
    hints={
        "seimokontakt": "«Сеймоконтакт»: кто ведёт проект соединителей?",
        "vereya_sborka": "«Верея-Сборка»: чьи платы лежат у неё на столе?",
        "namotkon": "«Намоткон»: он мотает из своего и продаёт готовое.",
        "izmerogran": "«Измерогран»: продаёт ли он что-нибудь участникам?",
        "gromolad": "«Громолад»: что он даёт тем, кто делает изделия?",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="composition"
known = (
    "cluster.members.minimum",
    "cluster.members.final_producers_min",
    "cluster.members.education_min",
    "cluster.members.infrastructure_min",
    "cluster.members.nonprofit_min",
    "cluster.members.financial_min",
)
small = law["registry.smallest_accepted"].on(ask.day)
tomsk = law["registry.tomsk_electronics.organisations"].on(ask.day)
show(
    "### Обязателен ли вуз? А банк?\n\nРаньше состав помнили списком. Сегодняшний список никто из нас не прочёл.\n\n"
    "| Чего требовали | До «перезагрузки» | Сегодня |\n|---|---|---|\n"
    + "".join(
        f"| {law[name].title} | {law[name].on(old).words}, {law[name].on(old).standing.words} "
        f"| {law[name].on(ask.day).words} |\n"
        for name in known
    )
    + f"""
Правый столбец пуст, но случаи известны. {wording.day(small.published)} сообщили о приёме кластера из {small.words} предприятий ([{small.standing.words}]({small.address})): значит, прежняя десятка больше не стена. В томском кластере электроники {tomsk.words} организаций, и вуз вошёл в него «впервые в регионе» ([{tomsk.standing.words}]({tomsk.address})): значит, прежние кластеры той области обходились без вуза. Это выводы из случаев, а не текст требования.

Как с этим жить? Вуз и испытательный центр берут потому, что **они нужны проекту**, а не для галочки. Число участников в бумаге не хвалят и не оправдывают: его называют.

### Услуги, другие территории, своя группа

- **Производственные услуги.** Ремонт, обслуживание, разработка, переработка: такие фирмы могут быть участниками с {wording.day(services.since)} ({services.reference}; [{services.standing.words}]({services.address})). До этого дня — нет. Днём начала курс берёт дату постановления.
- **Четвёртая область.** Закон говорит о «нескольких субъектах» и не требует соседства ({law["cluster.interregional.allowed"].on(ask.day).standing.words}: это вывод из определения).
- **Новые территории.** {", ".join(lands.value)}: до {until.words} часть 3 статьи 20 закона там не применяют, вместо неё действуют правила Правительства ([{until.standing.words}]({until.address})). Курс их не читал. Это не запрет, а другой список вопросов.
- **Своя группа.** Две фирмы одного владельца торгуют между собой. Прочитанное требование (а) об этом молчит. Эксперт спросит: останется ли связь, если сделки внутри группы не считать? Пометьте такие связи сами (предложение курса).
- **Договор не того вида.** Требование (а) называет проект, поставку, производственные работы и услуги, специнвестконтракт ({rule.standing.words}). Обучения, аренды и займа в списке нет.
"""
)

# %% role="read" id="candidates_text"
show(
    "### Шестеро просятся в кластер\n\n| Кто | Что о нём известно |\n|---|---|\n"
    + "\n".join(f"| {one['title']} | {one['about']} |" for one in candidates["candidates"])
    + "\n\nНе отвечайте «берём» или «не берём». Назовите то, с чего начнёте."
)

# %% role="form" id="eligible"
ask.match(
    "eligible",
    "2. С чего вы начнёте разговор с каждым?",
    {one["id"]: one["title"] for one in candidates["candidates"]},
    {
        "supply": "Связь есть: договор поставки с участником",
        "services": "Связь есть: производственная услуга участнику",
        "special": "Сначала найти особые правила её территории",
        "group": "Связь только внутри своей группы: искать вторую",
        "notlink": "Договор есть, но такого вида в требовании (а) нет",
        "plan": "Договора ещё нет: подписать или подождать",
        "border": "Отказать: область не граничит с нашими",
        "ten": "Отказать: участников уже больше десяти",
    },
)

# %% role="tests" id="check_eligible" points=3
check = ask.check("eligible", points=3)
### BEGIN HIDDEN TESTS
check.match(
    {
        "osmolit": "supply",
        "remsejm": "services",
        "terrikonika": "special",
        "vereya_litje": "group",
        "college": "notlink",
        "letny": "plan",
    },
    hints={
        "osmolit": "«Осмолит»: область четвёртая. Говорит ли закон о числе областей или о границе?",
        "remsejm": f"«Ремсейм»: своей продукции нет. Что изменилось {wording.day(services.since)}?",
        "terrikonika": "«Терриконика»: посмотрите на город, а потом на договор.",
        "vereya_litje": "«Верея-Литьё»: кто владелец второй стороны договора?",
        "college": "Колледж: найдите его договор среди четырёх видов.",
        "letny": "«Лётный двор»: обязывает ли кого-нибудь письмо о намерениях?",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="newcomers_text"
show(f"""
## 3. Новички и особые территории: два правила, которые помнят и не проверяют

### Новичок

В редакции 2021 года было послабление. Вот как его пересказал [правовой обзор]({most.address}):

> {most.quotation}

Срок назвал [другой обзор]({grace.address}): за {grace.words} новички должны заключить договоры с участниками кластера (оба — {most.standing.words}).

Три вещи, на которых ошибаются.

1. **Это число, а не доля.** Не «до 20 %», а {most.words} на весь кластер, большой или маленький.
2. **Это отсрочка, а не прощение.** Срок кончается, и новичок отвечает как все.
3. **Это редакция {most.reference.removeprefix("ПП РФ ")}.** Последний день, за который её слова известны, — {wording.day(most.until)}. Пережило ли послабление «перезагрузку», **{law["cluster.cooperation.newcomers_max"].on(ask.day).words}**.

Четыре кластера, три из них — соседи:

| Кластер | Новичков | Вступили |
|---|---|---|
{"".join(f"| {one['title']} | {one['count']} | {wording.day(date.fromisoformat(one['joined']))} |" + chr(10) for one in novices.values())}
Сегодня по часам вебинара {wording.day(ask.day)}.
""")

# %% role="form" id="newcomers"
ask.table(
    "newcomers",
    "3. Что можно сказать о новичках каждого кластера?",
    columns={
        "number": ask.choice_column(
            "Число новичков в день вступления",
            {
                "fits": "укладывается",
                "exceeds": "больше, чем можно",
                "unread": "правило не прочитано",
            },
        ),
        "term": ask.choice_column(
            f"{grace.words} к сегодняшнему дню",
            {"runs": "ещё идут", "over": "вышли", "unread": "правило не прочитано"},
        ),
    },
    rows={key: one["title"] for key, one in novices.items()},
    corner="Кластер",
)

# %% role="tests" id="check_newcomers" points=3
check = ask.check("newcomers", points=3)
### BEGIN HIDDEN TESTS
lines = []
for key, one in novices.items():
    joined = date.fromisoformat(one["joined"])
    limit = law["cluster.cooperation.newcomers_max"].on(joined)
    term = law["cluster.cooperation.newcomers_years"].on(joined)
    if limit.known and term.known:
        ends = requirements.years_after(joined, int(term.number))
        lines.append(
            {
                "row": key,
                "number": "fits" if one["count"] <= limit.number else "exceeds",
                "term": "over" if ask.day > ends else "runs",
            }
        )
    else:
        lines.append({"row": key, "number": "unread", "term": "unread"})
check.table(
    lines,
    hints={
        "number": "Число: сравните с пределом из цитаты, но сначала спросите, какая редакция действовала в день вступления.",
        "term": "Срок: прибавьте его к дню вступления и сравните с сегодняшним днём. Если правило того дня никто не читал, прибавлять нечего.",
    },
)
check.part(
    0,
    check.cell("rivers", "number") != "fits" and check.cell("rivers", "term") != "runs",
    hint="«Три реки»: «Ферролад» вступил в 2026 году. Чья это редакция?",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="special_text"
show(f"""
Значит, фраза «он новичок, а новичков можно троих» из записки не годится: она опирается на текст, который на день вступления «Ферролада» никто не прочёл.

### Особые территории

Та же редакция 2021 года снижала общий уровень кооперации до {lowered.words}, если «{third.quotation}» работают на особых территориях: {"; ".join(law["cluster.cooperation.special_territories"].on(old).value)} ([{third.standing.words}]({third.address})).

Участник не делится на части. Если доля даёт дробное число, целых участников нужно столько, чтобы доля **не стала меньше** порога.

Действует ли это правило сегодня, **{law["cluster.cooperation.special_members_share"].on(ask.day).words}**. Кто в списке геостратегических территорий 2024 года, тоже {law["territory.geostrategic.2024"].on(ask.day).words}. О списке 2019 года помнят, что в нём были {" и ".join(law["territory.geostrategic.2019"].on(old).value)}, а Орловской не было ({law["territory.geostrategic.2019"].on(old).standing.words}). Считать умеем, применять не спешим.

**Ваше число.** У соседнего кластера в 2022 году было участников: **{crowd}**.
""")

# %% role="form" id="special"
ask.number(
    "special",
    "4. Сколько из них, самое меньшее, должны были работать на особых территориях, чтобы порог снизился?",
    decimals=0,
)

# %% role="tests" id="check_special" points=2
check = ask.check("special", points=2)
### BEGIN HIDDEN TESTS
needed = requirements.at_least(third.number, crowd)
check.number(
    needed,
    tolerance=0.01,
    mistakes=[
        (
            needed - 1,
            0.5,
            "Почти. Разделите это число на всех участников: достигнут ли порог?",
        ),
        (
            round(third.number * crowd, 6),
            0.5,
            "Доля взята верно. Но участник не делится на части.",
        ),
        (
            requirements.at_least(lowered.number, crowd),
            0,
            "Вы взяли уровень кооперации. А здесь нужна доля участников.",
        ),
        (crowd, 0, "Это все участники. Порог — их доля."),
    ],
    hint="Найдите в тексте долю участников и умножьте на их число.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="exit_text"
show("""
## 4. Кто держится на одном договоре

Требование (а) спрашивает о каждом. Поэтому координатор смотрит не на то, сколько договоров всего, а на то, **у кого он последний**. Уйдёт одна фирма — и без связи может остаться её сосед, который никуда не уходил.

### Попробуйте: уберите участника

Выберите, кто уходит. Кружком обведён тот, у кого не осталось ни одного договора с участниками. Во втором списке можно не считать сделки внутри одной группы: так посмотрит строгий эксперт. В списке связей — только подписанные договоры видов, которые называет требование (а).
""")


# %% role="read" id="play_exit"
def without(leaver, inside):
    """The map of signed links once a member has left; with or without links inside a group."""
    left = cooperation.without_member(cluster, leaver) if leaver else cluster
    lonely = [
        names[member.id] for member in cooperation.isolated(left, affiliates=inside == "count")
    ]
    said = "без связи: " + ", ".join(f"«{name}»" for name in lonely) if lonely else "связаны все"
    return charts.cooperation_graph(
        cooperation.graph(left, "signed", kinds=cooperation.KINDS, affiliates=inside == "count"),
        titles=names,
        groups=homes,
        title=(f"Ушёл участник «{names[leaver]}»; " if leaver else "Все на месте; ") + said,
        source=f"подписанные договоры на {wording.day(ask.day)}, данные учебные",
    )


play(
    without,
    leaver=(
        {"": "никто", **{id: f"«{name}»" for id, name in names.items() if id != "ferrolad"}},
        "Уходит",
    ),
    inside=({"count": "считаем", "skip": "не считаем"}, "Сделки внутри группы"),
)

# %% role="form" id="exit"
ask.match(
    "exit",
    "5. Кто, кроме «Ферролада», останется без единой связи?",
    {
        "seimokontakt": "Уходит «Сеймоконтакт»",
        "donelement": "Уходит «Доноэлемент»",
        "mikrovereya": "Уходит «Микроверея»",
        "okaluch": "Уходит «Окалуч»",
        "strict": "Уходит «Окалуч», а сделки внутри группы не считают",
    },
    {
        "tuskopolimer": "«Тускополимер»",
        "galvanolira": "«Гальванолира»",
        "university": "Придонский университет",
        "gromolad": "ИЦ «Громолад»",
        "vereya_sborka": "«Верея-Сборка»",
        "svetopriokye": "«Светоприокье»",
        "none": "Никто",
    },
)

# %% role="tests" id="check_exit" points=3
check = ask.check("exit", points=3)
### BEGIN HIDDEN TESTS
check.match(
    {
        "seimokontakt": alone("seimokontakt"),
        "donelement": alone("donelement"),
        "mikrovereya": alone("mikrovereya"),
        "okaluch": alone("okaluch"),
        "strict": alone("okaluch", affiliates=False),
    },
    hints={
        "seimokontakt": "«Сеймоконтакт»: у кого из его соседей нет второго покупателя?",
        "donelement": "«Доноэлемент»: один из его соседей связан ещё с «Окалучом», но договором не того вида.",
        "mikrovereya": "«Микроверея»: проверьте, не собирает ли её сборщик платы кому-нибудь ещё.",
        "okaluch": "«Окалуч»: у каждого из его соседей посмотрите второй договор, даже если он внутри группы.",
        "strict": "Строгий эксперт: чей второй договор был с фирмой своей же группы?",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="organisation_text"
form = law["cluster.organisation.legal_form"].snapshots[0]
together = law["cluster.organisation.confirmed_with_cluster"].snapshots[0]
functions = law["cluster.organisation.functions"].on(ask.day)
conditions = law["cluster.organisation.conditions"].on(ask.day)
show(f"""
## 5. Специализированная организация

У кластера нет директора. Есть специализированная организация: она собирает бумаги, ведёт таблицы, напоминает о сроках и подаёт документы.

| Вопрос | Что известно | Пометка |
|---|---|---|
| Что она делает | {", ".join(word.removesuffix(" сопровождение") for word in functions.value)} сопровождение участников | {functions.standing.words} |
| Кто подаёт документы | Она: в обзоре сказано «{files.quotation}» | [{files.standing.words}]({files.address}) |
| Как её подтверждают | Вместе с кластером: «{together.quotation}» | [{together.standing.words}]({together.address}) |
| Какой она бывает | {", ".join(form.value)}: такие случаи известны | [{form.standing.words}]({form.address}) |
| Сколько их на три области | Одна, и заявление одно | {single.standing.words}: вывод из прочитанных текстов |
| Должна ли половина участников её учредить | Так было в первой редакции. Потом правило убрали | [{half.standing.words}]({half.address}) |
| Какие условия у неё самой: штат, деньги, долги | **{conditions.words.capitalize()}**: текст требований к ней не прочитан | — |
| Кто решает, что кластер соответствует | Министерство: {order.words} | [{order.standing.words}]({order.address}) |

У «Трёх рек» это {organisation.name}: {organisation.form}, {wording.count(organisation.staff, "сотрудник", "сотрудника", "сотрудников")}, учредители — {len(organisation.founders)} из {len(cluster.members)} участников. По первой редакции этого не хватило бы. Сегодня вопрос об учредителях — вопрос доверия, а не требования.
""")

# %% role="form" id="organisation"
ask.choices(
    "organisation",
    "6. Что верно о специализированной организации по прочитанным источникам?",
    {
        "files": "Документы кластера подаёт она",
        "half": "Не меньше половины участников обязаны быть её учредителями",
        "together": "Её подтверждают тем же решением, что и кластер",
        "each": "У каждой области межрегионального кластера должна быть своя",
        "form": "Известны случаи, когда это ООО, и случаи, когда это ассоциация",
        "verdict": "Она решает, соответствует ли кластер требованиям",
        "link": "Соглашение с ней заменяет участнику договор с другим участником",
        "staff": "Ей нужно не меньше пяти сотрудников",
    },
)

# %% role="tests" id="check_organisation" points=2
check = ask.check("organisation", points=2)
### BEGIN HIDDEN TESTS
check.choices(
    ["files", "together", "form"],
    cost=0.5,
    hints={
        "files": "Подача: найдите цитату о перечне документов.",
        "half": "Учредители: это правило было. Действует ли оно?",
        "together": "Подтверждение: посмотрите, о ком говорит цитата третьей строки.",
        "each": "Области: сколько заявлений подаёт межрегиональный кластер?",
        "form": "Форма: посмотрите, какие случаи названы в таблице.",
        "verdict": "Соответствие: чьим документом заканчивается проверка?",
        "link": "Договор: требование (а) спрашивает о другом участнике. Участник ли она?",
        "staff": "Штат: прочитаны ли условия для самой организации?",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="dues_text"
show("""
### На что она живёт

Размера взноса не назначает ни один прочитанный документ: о нём договариваются. Спор всегда один. Крупные говорят: «платим поровну, голос-то у всех один». Мелкие говорят: «платим по выпуску». Обычно сходятся посередине: **часть бюджета делят поровну, часть — по выпуску**.

У вуза выпуска нет: он платит только равную часть, и в сумму выпуска не входит.

### Попробуйте: подвиньте равную часть

Взнос фирмы делят на её выпуск и сравнивают с той, кому легче всех. Число у полосы — во сколько раз тяжелее; тёмная — та, кому тяжелее всех. Вуза на рисунке нет: его взнос не на что делить.
""")


# %% role="read" id="play_dues"
def shared(equal):
    """How unequal the weight of dues is when `equal` per cent of the budget are split equally."""
    weight = cooperation.burdens(cluster, cooperation.dues(cluster, budget, equal / 100))
    most = cooperation.burdens(cluster, cooperation.dues(cluster, budget, 1.0))
    return charts.dues(
        {names[id]: part for id, part in weight.items()},
        widest=max(most.values()) / min(most.values()),
        title=f"Поровну делят {wording.number(equal)} % бюджета, остальное — по выпуску",
        source="выпуск участников за 2025 год, данные учебные",
    )


play(shared, equal=(0, 100, 100, "Поровну, %"))

# %% role="read" id="dues_task"
show(f"""
**Ваше число.** Бюджет организации — **{wording.money(budget)}** в год. По черновику соглашения половину делят поровну на всех {len(cluster.members)} участников, половину — по выпуску. Выпуск «Ферролада» — {wording.money(novice_output)}, выпуск всех участников вместе — {wording.money(all_output, "млн ₽", 0)}.
""")

# %% role="form" id="dues"
ask.number("dues", "7. Сколько заплатит «Ферролад» за год?", unit="тыс. ₽", decimals=0)

# %% role="tests" id="check_dues" points=2
check = ask.check("dues", points=2)
### BEGIN HIDDEN TESTS
everybody = len(cluster.members)
by_output = budget / 2 * novice_output / all_output
check.number(
    paid["ferrolad"],
    tolerance=500,
    mistakes=[
        (budget / everybody, 0, "Так вышло бы, если бы поровну делили весь бюджет."),
        (2 * by_output, 0, "Так вышло бы, если бы весь бюджет делили по выпуску."),
        (budget / 2 / everybody, 0.5, "Это равная половина. Осталась часть по выпуску."),
        (by_output, 0.5, "Это часть по выпуску. Осталась равная половина."),
        (
            budget / 2 / (everybody - 1) + by_output,
            0.5,
            "Равную часть платят все, вуз тоже. На скольких вы разделили?",
        ),
        (
            budget / everybody + 2 * by_output,
            0.25,
            "Вы сложили две части, но каждую взяли от всего бюджета.",
        ),
        (
            budget / 2 / everybody
            + budget / 2 * novice_output / (all_output - cluster.member("gromolad").output),
            0.75,
            "Совсем близко. Все ли, у кого есть выпуск, вошли в его сумму?",
        ),
    ],
    hint="Две части: равная и по выпуску. Посчитайте каждую от половины бюджета и сложите.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="agreement_text"
past = ask.data("history.yaml")
show(
    f"""
Сравните вес взноса у «Ферролада» и у «Измерограна» на рисунке при половине поровну. Вы просите самого маленького подписать то, что для него в несколько раз тяжелее, чем для крупного. Это не запрещено, но лучше, если на совете об этом скажете вы, а не он.

## 6. Соглашение: собрать и вычеркнуть

**Соглашение — ещё не кластер.** Кластер радиоэлектроники в Воронеже собирали и раньше, уже не вымышленный. В {past["signed"]["year"]} году соглашение о нём подписали {past["signed"]["count"]} предприятий ([по публикации]({law.sources[past["signed"]["source"]].addresses[0]})). {wording.day(date.fromisoformat(past["again"]["day"]))} о нём писали снова: «{past["again"]["quotation"]}» ([по публикации]({law.sources[past["again"]["source"]].addresses[0]})). Записи о нём в федеральном реестре курс не нашёл; не нашли — не значит, что её нет. Но урок ясен: подпись под соглашением открывает дело, а не заканчивает его.

О прежней редакции помнят, что соглашение подписывали все участники и организация ({law["cluster.agreement.required"].on(old).standing.words}). Требует ли его сегодняшняя, **{law["cluster.agreement.required"].on(ask.day).words}**. Подписать его стоит всё равно (предложение курса): иначе любой спросит, по какому праву организация просит у него числа и подаёт за него бумаги.

Черновик составил помощник. Это учебный текст, а не образец.

| Пункт | Текст |
|---|---|
"""
    + "\n".join(f"| {key[1:]} | {text} |" for key, text in clauses.items())
    + """

Сначала поймите, зачем каждый пункт. Хороший пункт закрывает один вопрос, который иначе станет ссорой.
"""
)

# %% role="form" id="clauses"
ask.match(
    "clauses",
    "8. Какой вопрос закрывает пункт?",
    {
        "p2": "Пункт 2: матрица, образцы, сообщения о мерах",
        "p3": "Пункт 3: доверенность",
        "p4": "Пункт 4: сведения до 20 января",
        "p5": "Пункт 5: сведения закрыты",
        "p6": "Пункт 6: взнос и смета",
        "p7": "Пункт 7: совет и голоса",
    },
    {
        "services": "Что организация делает для участника",
        "filing": "Кто вправе подать документы",
        "reports": "Какие сведения, в какой форме и к какому дню",
        "secrecy": "Кому можно показать сведения",
        "money": "Кто сколько платит и кто это утверждает",
        "council": "Кто и как решает",
        "exit": "Как выйти",
        "liability": "Кто отвечает за неверные сведения",
    },
)

# %% role="tests" id="check_clauses" points=3
check = ask.check("clauses", points=3)
### BEGIN HIDDEN TESTS
check.match(
    {
        "p2": "services",
        "p3": "filing",
        "p4": "reports",
        "p5": "secrecy",
        "p6": "money",
        "p7": "council",
    },
    hints={
        "p2": "Пункт 2: за что участник платит?",
        "p3": "Пункт 3: что организация не сможет сделать без этой бумаги?",
        "p4": "Пункт 4: в нём есть день и форма.",
        "p5": "Пункт 5: он говорит не о том, что передать, а кому можно увидеть.",
        "p6": "Пункт 6: ищите рубли.",
        "p7": "Пункт 7: ищите голоса.",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="gaps_text"
show("""
Теперь поищите, чего нет. Список вопросов, на которые соглашение обязано ответить, даёт курс (предложение курса):

> стороны · что делает организация · сведения и сроки · закрытость сведений · подача документов · взносы · совет · приём новых участников · выход · изменения у участника · ответственность за неверные сведения · срок действия и расторжение

«Изменения у участника» — это новый адрес, новый владелец, конец последнего договора. Смена состава ведёт к повторному подтверждению (по публикации, о ней — в разделе 8), и узнать о ней организация должна раньше Министерства.
""")

# %% role="form" id="gaps"
ask.choices(
    "gaps",
    "9. На какие вопросы в черновике нет ни одного пункта?",
    {
        "reports": "Сведения и сроки",
        "join": "Приём новых участников",
        "exit": "Выход",
        "change": "Изменения у участника",
        "council": "Совет",
        "liability": "Ответственность за неверные сведения",
        "filing": "Подача документов",
        "term": "Срок действия и расторжение",
    },
)

# %% role="tests" id="check_gaps" points=2
check = ask.check("gaps", points=2)
### BEGIN HIDDEN TESTS
check.choices(
    ["join", "change", "liability", "term"],
    hints={
        "reports": "Сведения и сроки: перечитайте пункт 4.",
        "join": "Приём: найдите пункт, по которому в кластер войдёт шестнадцатый.",
        "exit": "Выход: перечитайте пункт 8.",
        "change": "Изменения: узнает ли организация о новом владельце раньше января?",
        "council": "Совет: перечитайте пункт 7.",
        "liability": "Ответственность: что будет с тем, кто дал неверное число?",
        "filing": "Подача: перечитайте пункт 3.",
        "term": "Срок: до какого дня действует черновик и как его прекратить всем сразу?",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="flaws_text"
view = law["cluster.programme.required"].snapshots
show(f"""
И последнее: что вычеркнуть. Три справки.

- **Раздельный учёт зарплаты** в проектах импортозамещения требовали раньше. {payroll.reference} это требование снял ([{payroll.standing.words}]({payroll.address})).
- **Программа развития.** [Один источник]({view[0].address}) пишет, что норма о ней «{view[0].quotation.split("кластеров ")[-1]}», [другой]({view[1].address}) — что Министерство установило для программ единые стандарты (оба — {view[0].standing.words}). Нужна ли она сегодня, **{law["cluster.programme.required"].on(ask.day).words}**.
- **Федеральные деньги.** Запись в реестре — условие, а не обещание ({law["cluster.registry.condition_of_federal_money"].on(ask.day).standing.words}).
""")

# %% role="form" id="flaws"
ask.match(
    "flaws",
    "10. Что не так с пунктом?",
    {
        "p7": "Пункт 7: совет, один голос, нужны все три области",
        "p9": "Пункт 9: соглашение вместо договора с участником",
        "p10": "Пункт 10: раздельный учёт зарплаты",
        "p11": "Пункт 11: выпуск и договоры на сайте",
        "p12": "Пункт 12: запись в реестре и субсидия",
        "p13": "Пункт 13: программа развития, если понадобится",
    },
    {
        "fine": "Пункт можно оставить",
        "rule": "Спорит с требованием (а)",
        "dropped": "Ссылается на то, чего больше не требуют",
        "inner": "Спорит с другим пунктом черновика",
        "power": "Обещает то, что решает не организация",
        "border": "Делит участников по областям, а закон это запрещает",
    },
)

# %% role="tests" id="check_flaws" points=3
check = ask.check("flaws", points=3)
### BEGIN HIDDEN TESTS
check.match(
    {
        "p7": "fine",
        "p9": "rule",
        "p10": "dropped",
        "p11": "inner",
        "p12": "power",
        "p13": "fine",
    },
    hints={
        "p7": "Пункт 7: кто запретил участникам так договориться?",
        "p9": "Пункт 9: кто должен быть второй стороной договора?",
        "p10": "Пункт 10: посмотрите первую справку.",
        "p11": "Пункт 11: сверьте его с пунктом 5.",
        "p12": "Пункт 12: чья подпись стоит под приказом?",
        "p13": "Пункт 13: честное «если». Что в нём вредного?",
    },
)
### END HIDDEN TESTS
check.done()


# %% role="read" id="regions_text"
def grid(frame):
    """Sums by region as a Markdown table, in millions of roubles."""
    places = cards["places"]
    head = "| Продаёт ↓ Покупает → | " + " | ".join(places.values()) + " |\n|---|---|---|---|\n"
    return head + "".join(
        f"| **{places[row]}** | "
        + " | ".join(wording.number(frame.loc[row, column] / 1e6) for column in places)
        + " |\n"
        for row in places
    )


show(f"""
## 7. Три области

### Сколько дела ходит через границу

Довод за межрегиональный кластер — не «так солиднее», а «так идёт товар». Его измеряют просто: **какая часть суммы договоров внутри кластера пересекает границу области**. Правовой нормы у этой доли нет, это аргумент для защиты (предложение курса).

Помощник посчитал поставки 2025 года по областям **регистрации**, млн ₽ без НДС:

{grid(registered)}
Но у «Верея-Сборки» адрес в Воронеже, а цех — в Орле. Платы собирают там. Два её договора помощник записал за Воронежем:

| Договор | Записано | Сумма |
|---|---|---|
| «Верея-Сборка» → «Микроверея», Воронеж | Воронеж → Воронеж | **{wording.money(assembly)}** |
| «Верея-Сборка» → «Окалуч», Орёл | Воронеж → Орёл | {wording.money(cluster.contract("k16").value)} |
""")

# %% role="form" id="crossing"
ask.number(
    "crossing",
    "11. Какая часть суммы пересекает границу, если считать по месту производства?",
    unit="%",
    decimals=1,
)

# %% role="tests" id="check_crossing" points=2
check = ask.check("crossing", points=2)
### BEGIN HIDDEN TESTS
everything = produced.to_numpy().sum()
over = cooperation.crossing(registered) * everything
mounting = cluster.contract("k16").value
check.number(
    cooperation.crossing(produced),
    tolerance=0.0006,
    mistakes=[
        (
            over / everything,
            0,
            "Это доля по адресам регистрации. Перенесите два договора туда, где цех.",
        ),
        (
            (over + assembly) / everything,
            0.5,
            "Первый договор вы перенесли. А второй после переноса остаётся внутри одной области.",
        ),
        (
            (over - mounting) / everything,
            0.5,
            "Второй договор вы перенесли. А первый после переноса идёт через границу.",
        ),
        (
            (over + assembly - mounting) / (everything - mounting),
            0.75,
            "Договор внутри Орла пропал и из общей суммы. Границу он не пересекает, но в сумме остаётся.",
        ),
        (
            1 - cooperation.crossing(produced),
            0.25,
            "Это то, что осталось внутри областей. Спрошена другая часть.",
        ),
    ],
    hint="Сложите клетки вне диагонали, исправьте два договора и разделите на сумму всех клеток.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="places_text"
fund = law["cluster.interregional.measures_by_region"].editions[-1]
letters = law["cluster.interregional.regional_agreement"].editions[-1]
show(f"""
Одна фирма с двумя адресами меняет картину. Поэтому в карточке участника держат **два поля**: где зарегистрирован и где работает.

### Кто за что отвечает

«Оказывать содействие» — не роль: за содействие нельзя спросить. Чтобы разделить работу, каждому делу задайте один вопрос: **к чему оно привязано?**

| Привязка | Что это значит | Пометка |
|---|---|---|
| **Весь кластер** | Заявление одно, подаёт специализированная организация | {single.standing.words} |
| **Фирма** | {fund.words.capitalize()}. По регистрации или по площадке — решает условие меры | {fund.standing.words} |
| **Площадка** | Осмотр, подключение, земля — там, где цех, а не где адрес | предложение курса |
| **Министерство** | Подтверждение соответствия: {order.words} | {order.standing.words} |

Два предостережения.

**Не складывайте меры трёх областей.** Гранты по {grants.reference.removeprefix("ПП РФ ")} идут через фонды {wording.count(len(grants.value), "региона", "регионов", "регионов")}: {", ".join(grants.value)} ([{grants.standing.words}]({grants.address})). Курская область в списке, Воронежской и Орловской нет. Участник из Воронежа от соседства с Курском права на них не получает.

**Письма поддержки.** Требования о соглашении правительств курс не нашёл. Письмо от каждой области полезно всё равно ({letters.standing.words}): на защите спросят, кто в Орле отвечает на звонки.
""")

# %% role="form" id="region_roles"
ask.table(
    "region_roles",
    "12. Кто ведёт каждое дело и к чему оно привязано?",
    columns={
        "lead": ask.choice_column(
            "Кто ведёт",
            {
                "voronezh": "Воронеж",
                "kursk": "Курск",
                "orel": "Орёл",
                "organisation": "Организация",
                "ministry": "Министерство",
            },
        ),
        "why": ask.choice_column(
            "К чему привязано",
            {
                "whole": "весь кластер",
                "member": "фирма",
                "site": "площадка",
                "federal": "Министерство",
            },
        ),
    },
    rows={
        "apply": "Подать заявление и опись",
        "loan": "Региональный заём «Окалучу»",
        "site": "Показать экспертам цех «Верея-Сборки»",
        "grant": "Грант по № 2190 «Тускополимеру»",
        "letter": "Письмо поддержки «Доноэлементу»",
        "order": "Подтвердить соответствие",
    },
    corner="Дело",
)

# %% role="tests" id="check_region_roles" points=3
check = ask.check("region_roles", points=3)
### BEGIN HIDDEN TESTS
check.table(
    [
        {"row": "apply", "lead": "organisation", "why": "whole"},
        {"row": "loan", "lead": cluster.member("okaluch").region, "why": "member"},
        {"row": "site", "lead": cluster.member("vereya_sborka").production_region, "why": "site"},
        {"row": "grant", "lead": cluster.member("tuskopolimer").region, "why": "member"},
        {"row": "letter", "lead": cluster.member("donelement").region, "why": "member"},
        {"row": "order", "lead": "ministry", "why": "federal"},
    ],
    hints={
        "lead": "Кто ведёт: найдите фирму в карточках и посмотрите, где она и где её цех.",
        "why": "По чему решено: дело одной фирмы, её цеха, всего кластера — или не ваше?",
    },
)
check.part(
    0,
    check.cell("site", "lead") != "voronezh",
    hint="Цех «Верея-Сборки»: экспертов везут не к юридическому адресу.",
)
check.part(
    0,
    check.cell("grant", "lead") not in ("voronezh", "orel"),
    hint="Грант по № 2190: чей фонд есть в списке и где фирма?",
)
check.part(
    0,
    check.cell("apply", "lead") not in ("voronezh", "kursk", "orel"),
    hint="Заявление: ни одна область не подаёт за остальные.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="clocks_text"
change = law["cluster.confirmation.on_change"].snapshots[0]
clause2 = law["cluster.registry.decision_years"].on(ask.day)
show(f"""
## 8. Часы, которые идут одновременно

Подписи собраны, приказ получен — и кажется, что всё. На деле у координатора тикают разные часы.

| Часы | Идут от | Сколько | Пометка |
|---|---|---|---|
| Повторное подтверждение кластера | приказа | {again.words} | [{again.standing.words}]({again.address}) |
| Решение, принятое до постановления 2021 года | решения | {clause2.words} | [{clause2.standing.words}]({clause2.address}) |
| «Перезагрузка» | конца 2022 года | {law["cluster.confirmation.transitional_2372"].on(ask.day).words}: переходное правило не прочитано | — |
| Новичок без договора | вступления | {grace.words} по редакции 2021 года; действует ли сегодня — {law["cluster.cooperation.newcomers_years"].on(ask.day).words} | {grace.standing.words} |
| Смена состава | изменения | подтверждают повторно; срок уведомления — {law["cluster.confirmation.notification_term"].on(ask.day).words} | [{change.standing.words}]({change.address}) |
| Особые правила новых территорий | — | до {until.words} | [{until.standing.words}]({until.address}) |
| **Договор участника** | подписания | сколько в нём написано | сам договор |

Первые две строки путают чаще всего. Вторая — только о старых решениях. Новый кластер живёт по первой.

**Ваша дата.** Заявление подали {wording.day(date(2026, 11, 20))}. Предположим, приказ о «Трёх реках» подпишут **{wording.day(order_day)}**.
""")

# %% role="form" id="reconfirm"
ask.date(
    "reconfirm",
    "13. В какой день этому приказу исполнится срок, после которого соответствие подтверждают заново?",
)

# %% role="tests" id="check_reconfirm" points=1
check = ask.check("reconfirm", points=1)
### BEGIN HIDDEN TESTS
years = int(again.number)
eve = date.fromordinal(order_day.toordinal() - 1)
check.date(
    requirements.years_after(order_day, years).isoformat(),
    mistakes=[
        (
            requirements.years_after(date(2026, 11, 20), years).isoformat(),
            0,
            "Вы отсчитали от заявления. Посмотрите, от чего идут эти часы.",
        ),
        (
            requirements.years_after(most.since, years).isoformat(),
            0,
            "Вы отсчитали от постановления 2021 года. Оно говорит о решениях, принятых до него.",
        ),
        (
            requirements.years_after(order_day, int(grace.number)).isoformat(),
            0,
            "Столько даётся новичку. У приказа срок другой.",
        ),
        (
            requirements.years_after(eve, years).isoformat(),
            0.5,
            "На день раньше. Спрошен день, когда исполнится ровно столько лет.",
        ),
    ],
    hint="Найдите в таблице первую строку и прибавьте её срок к дню приказа.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="ended_text"
show("""
### Самые тихие часы

О приказе помнят. О договорах забывают. Требование (а) говорит «заключил», и прочитанный пункт не говорит, должен ли договор ещё **действовать**. Поэтому о кончившемся договоре честный ответ — «не установлено». На повторном подтверждении такой ответ хуже отказа: с отказом хотя бы ясно, что делать.

### Попробуйте: подвиньте день

Полоса — связи участника: от первого дня самого раннего договора до последнего дня самого позднего. Двигайте месяц и смотрите, чьи полосы остались позади черты.
""")


# %% role="read" id="play_clocks"
def links_on(year, month):
    """How long each member is bound, and whose contracts have run out by the first of a month."""
    day = date(year, month, 1)
    terms = []
    for id, name in names.items():
        days = [
            contract.since
            for contract in cluster.contracts
            if contract.signed
            and contract.link in cooperation.KINDS
            and id in (contract.supplier, contract.buyer)
        ]
        if days:
            terms.append((name, min(days), last_day(id)))
    over = sum(last < day for _, _, last in terms)
    return charts.clocks(
        sorted(terms, key=lambda term: term[2]),
        day,
        until=date(2027, 12, 31),
        title=f"Связи кончились у {over} из {len(terms)} связанных участников",
        source="подписанные договоры, данные учебные",
    )


play(
    links_on,
    year=(2026, 2028, 2026, "Год"),
    month=(dict(enumerate(wording.MONTHS, 1)), "Месяц"),
)

# %% role="form" id="ended"
ask.choices(
    "ended",
    "14. Если ничего не продлевать, у кого 01.03.2027 не останется действующего договора с участником?",
    {
        id: f"«{names[id]}»"
        for id in (
            "platograd",
            "mikrovereya",
            "vereya_sborka",
            "tuskopolimer",
            "galvanolira",
            "namotkon",
            "gromolad",
            "okaluch",
        )
    },
)

# %% role="tests" id="check_ended" points=2
check = ask.check("ended", points=2)
### BEGIN HIDDEN TESTS
check.choices(
    [id for id in names if last_day(id) and last_day(id) < check_day],
    hints={
        "platograd": "«Платоград»: посмотрите все три его договора, и где он продавец, и где покупатель.",
        "mikrovereya": "«Микроверея»: у неё есть договор с «Доноэлементом». По какой день?",
        "vereya_sborka": "«Верея-Сборка»: оба её договора кончаются в один день.",
        "tuskopolimer": "«Тускополимер»: его договор кончается весной. Раньше или позже этого дня?",
        "galvanolira": "«Гальванолира»: проверьте оба договора.",
        "namotkon": "«Намоткон»: договоров два, и сроки у них разные.",
        "gromolad": "«Громолад»: проверьте оба договора.",
        "okaluch": "«Окалуч»: не забудьте договор, по которому он продаёт.",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="journal_text"
plant = candidates["plant"]
show(f"""
## 9. Журнал решений

Пять дел за одну неделю. Табло покажет последствия: каждое правило, его исход на этих данных и что найдено. Табло не говорит «соответствует»: это скажет только приказ.

1. **«Ферролад».** Договор с «Намотконом» в планах. До подачи две недели.
2. **«Верея-Сборка».** «Окалуч» решил собирать платы сам и от договора отказывается. Остаётся договор с «Микровереей», своей же группой.
3. **«Терриконика».** Завод из Донецка готов поставлять трансформаторы «Окалучу».
4. **Курск.** Министерство Курской области хочет свою специализированную организацию и свою заявку.
5. **«Тускополимер».** Его единственный договор кончается {wording.day(cluster.contract("k13").until)}.

Выбирайте решения и смотрите на табло. Потом запишите их в журнал.
""")

# %% role="read" id="play_board"
shown = (
    "cluster.cooperation.contracts",
    "cluster.cooperation.production_services",
    "cluster.cooperation.newcomers_max",
    "cluster.new_territories",
    "cluster.organisation.files_documents",
    "cluster.members.minimum",
)


def decided(ferrolad, assembler, donetsk, kursk):
    """The cluster as the coordinator's decisions leave it."""
    made = cluster
    if ferrolad == "sign":
        made = cooperation.signed(made, "k26")
    if assembler != "stays":
        made = cooperation.without_contract(made, "k16")
    if assembler == "second":
        second = cluster.contract("k16").model_copy(update={"buyer": "seimokontakt"})
        made = cooperation.with_contract(made, second)
    if donetsk == "in":
        made = with_plant(made)
    if ferrolad == "drop":
        made = cooperation.without_member(made, "ferrolad")
    if kursk == "apart":
        for member in [each for each in made.members if each.production_region != "kursk"]:
            made = cooperation.without_member(made, member.id)
        made = made.model_copy(update={"specialised_organisation": None})
    return made


def with_plant(made):
    """The cluster with the plant from Donetsk and its contract of supply."""
    land = made.regions[0].model_copy(update={"id": plant["region"], "title": plant["title"]})
    factory = made.members[0].model_copy(
        update={
            "id": plant["id"],
            "name": plant["name"],
            "short": "Терриконика",
            "role": cluster.member("namotkon").role,
            "region": land.id,
            "production_region": land.id,
        }
    )
    larger = made.model_copy(
        update={"regions": (*made.regions, land), "members": (*made.members, factory)}
    )
    contract = cluster.contract("k09").model_copy(update={"id": "k99", "supplier": factory.id})
    return cooperation.with_contract(larger, contract)


def consequences(ferrolad, assembler, donetsk, kursk, day):
    """The board of verdicts on a day, after the coordinator's decisions."""
    made = decided(ferrolad, assembler, donetsk, kursk)
    on = date.fromisoformat(day)
    lines = [
        (verdict.title, verdict.outcome.value, verdict.outcome.words, ". ".join(verdict.evidence))
        for verdict in requirements.check(made, on=on)
        if verdict.rule in shown
    ]
    whose = "Курск подаёт отдельно" if kursk == "apart" else "Одна заявка трёх областей"
    return charts.board(
        lines,
        title=f"{whose}: {wording.count(len(made.members), 'участник', 'участника', 'участников')}",
        unit=f"исход правил на {wording.day(on)}",
        source="правила по нормам курса с их пометками, данные учебные",
    )


play(
    consequences,
    ferrolad=(
        {"plan": "договор в планах", "sign": "договор подписан", "drop": "подаём без него"},
        "«Ферролад»",
    ),
    assembler=(
        {
            "stays": "договор с «Окалучом» идёт",
            "ends": "договора с «Окалучом» нет",
            "second": "взамен есть «Сеймоконтакт»",
        },
        "«Верея-Сборка»",
    ),
    donetsk=({"out": "не берём", "in": "берём с договором"}, "«Терриконика»"),
    kursk=({"one": "одна заявка", "apart": "Курск отдельно"}, "Курск"),
    day=(
        {ask.day.isoformat(): wording.day(ask.day), "2027-06-01": wording.day(date(2027, 6, 1))},
        "На день",
    ),
)

# %% role="form" id="journal"
ask.match(
    "journal",
    "15. Запишите решение по каждому делу.",
    {
        "ferrolad": "«Ферролад»: договор в планах",
        "assembler": "«Верея-Сборка»: остался договор внутри группы",
        "plant": "«Терриконика»: завод из Донецка",
        "kursk": "Курск: своя организация и своя заявка",
        "polymer": "«Тускополимер»: единственный договор кончается",
    },
    {
        "sign": "Подписать до подачи, иначе подать без фирмы",
        "novice": "Записать новичком по редакции 2021 года",
        "second": "Найти заказчика вне группы, старую связь пометить",
        "rules": "Найти особые правила, пока ничего не обещать",
        "refuse": "Отказать: таких в кластеры не берут",
        "council": "Одна заявка; области — место в совете и своё дело",
        "split": "Разойтись: каждая область подаёт за себя",
        "calendar": "Внести последний день в календарь и продлить",
        "average": "Ничего: в среднем кооперация высокая",
    },
)

# %% role="tests" id="check_journal" points=3
check = ask.check("journal", points=3)
### BEGIN HIDDEN TESTS
check.match(
    {
        "ferrolad": "sign",
        "assembler": "second",
        "plant": "rules",
        "kursk": "council",
        "polymer": "calendar",
    },
    hints={
        "ferrolad": "«Ферролад»: при каких двух положениях списка правило (а) на табло выполняется?",
        "assembler": "«Верея-Сборка»: уберите договор с «Окалучом» и дочитайте строку правила (а) до конца.",
        "plant": "«Терриконика»: договор у завода есть. А что говорит на табло строка о территориях?",
        "kursk": "Курск: отделите его на табло и посмотрите, кто подаст документы и сколько участников останется.",
        "polymer": "«Тускополимер»: поставьте на табло день 01.06.2027 и найдите его в списке.",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="decision_head"
show(f"""
## 10. Решение совета

Вернёмся к записке. Пять её утверждений: участников хватит; новичок прикрыт; организация и соглашение готовы; роли — «содействие»; подаём {wording.day(date(2026, 11, 20))}. Совет кластера собирается завтра, и проект решения за вами.

Образец тона, не содержания: «Поручить такому-то сделать то-то к такому-то дню. Отметить, что не известно то-то; запросить у того-то».
""")

# %% role="form" id="decision"
ask.text(
    "decision",
    "16. Напишите проект решения в 7–10 предложений: что делать с «Ферроладом»; что исправить в соглашении; какое дело у каждой из трёх областей; какие сроки внести в календарь; чего мы не знаем и у кого спросим.",
    rows=14,
)

# %% [markdown] role="task" id="decision_task" points=4
r"""
Решение читает преподаватель.
### BEGIN MARK SCHEME
По одному баллу за каждый пункт; половина, если мысль есть, но без имени, дела или дня.

1. **«Ферролад» и правило.** До подачи подписан договор с «Намотконом» (или с другим участником) либо заявление идёт без «Ферролада», и он вступает позже. Послаблением для новичков 2021 года не прикрываются: пережило ли оно «перезагрузку», не прочитано. Назван тот, кто отвечает, и день.
2. **Соглашение.** Вычеркнуты хотя бы два из пунктов 9–12 с причиной (требование (а); отменено № 1585 от 28.09.2023; спор с пунктом 5; решает приказ Минпромторга) и назван хотя бы один пропуск: приём, изменения, ответственность, срок.
3. **Три области.** У каждой области названо своё дело, привязанное к фирме или площадке (Курск — фонд и гранты своим фирмам, «Сеймоконтакт»; Орёл — «Окалуч», цех «Верея-Сборки»; Воронеж — «Доноэлемент» и другие). Заявление подаёт организация, одно. Балл не ставится за «оказать содействие» и за сложение мер трёх областей.
4. **Сроки и честность.** Назван хотя бы один срок договора с днём (31.12.2026 у «Платограда», «Гальванолиры», «Верея-Сборки», «Громолада»; 30.04.2027 у «Тускополимера») и хотя бы одно неизвестное (число участников, послабление новичкам, условия для организации, срок уведомления). Нет слов «кластер соответствует»: подтверждает приказ.
### END MARK SCHEME
"""

# %% [markdown] role="read" id="team_head"
r"""
## 11. Шаг вашего проекта

Баллов здесь нет. Таблицы разделите между собой: каждый заполняет свою часть, потом они соединятся. Названия фирм пишите так же, как в прошлых вебинарах. Пустая клетка значит «не знаем»; нуль вместо неё не ставьте. **Не вписывайте закрытые сведения.**

### Участники

Заполняют те, кто звонит фирмам.
"""

# %% role="form" id="team_cards"
ask.step("team_cards")

# %% role="form" id="team_places"
ask.step("team_places")

# %% role="form" id="team_sizes"
ask.step("team_sizes")

# %% role="form" id="team_registries"
ask.step("team_registries")

# %% [markdown] role="read" id="team_regions_head"
r"""
### Области

Заполняет координатор. Вместо «содействует» напишите дело, за которое можно спросить.
"""

# %% role="form" id="team_regions"
ask.step("team_regions")

# %% [markdown] role="read" id="team_organisation_head"
r"""
### Специализированная организация

Если её ещё нет, впишите, какой она будет, и оставьте реквизиты пустыми.
"""

# %% role="form" id="team_organisation"
ask.step("team_organisation")

# %% role="form" id="team_organisation_staff"
ask.step("team_organisation_staff")

# %% role="form" id="team_founders"
ask.step("team_founders")

# %% role="form" id="team_functions"
ask.step("team_functions")

# %% [markdown] role="read" id="closing"
r"""
## 12. Что вы теперь умеете

- Начать разговор с фирмой с верного вопроса: вид договора, территория, группа, услуга.
- Не прикрывать фирму без договора послаблением, которого на её день никто не прочёл.
- Увидеть, кто держится на одном договоре, и знать его последний день раньше, чем он пройдёт.
- Собрать соглашение, найти в нём пропуск и вычеркнуть обещание, которое даёт не тот.
- Дать каждой области дело по фирме или по площадке и не сложить три кошелька в один.

Ниже — что заполнено и что перечитать, если ответ дался трудно.
"""

# %% role="form" id="summary"
ask.summary(
    {
        "roles": "раздел 2, таблица ролей",
        "eligible": "раздел 2, «Услуги, другие территории, своя группа»",
        "newcomers": "раздел 3, «Новичок»",
        "special": "раздел 3, «Особые территории»",
        "exit": "раздел 4, карта",
        "organisation": "раздел 5, таблица вопросов",
        "dues": "раздел 5, «На что она живёт»",
        "clauses": "раздел 6, черновик соглашения",
        "gaps": "раздел 6, список вопросов",
        "flaws": "раздел 6, три справки",
        "crossing": "раздел 7, таблица поставок",
        "region_roles": "раздел 7, «Кто за что отвечает»",
        "reconfirm": "раздел 8, таблица часов",
        "ended": "раздел 8, рисунок с чертой",
        "journal": "раздел 9, табло",
        "decision": "разделы 3, 6, 7 и 8",
    }
)

# %% [markdown] role="read" id="hand_in"
r"""
### Как сдать

1. Нажмите **«Сдать»** на полосе над тетрадью. Страница сохранится сама, пустые ответы будут названы, а в конце вы увидите квитанцию: время и контрольную сумму.
2. Если квитанция назовёт файл в папке «Отправить», пошлите этот файл организатору письмом: без письма работа не сдана.
3. Полосы нет? Пошлите организатору файл `answers.json` из папки `05_members`: в нём все ваши ответы.
4. Сдавать можно несколько раз. Считается последняя сдача до срока.

Баллы и подсказки по каждому упражнению придут с отзывом.
"""
