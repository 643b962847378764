# %% [markdown] role="read" id="title"
r"""
# Вебинар 8. Документы, подача и защита

**После вебинара вы сможете:**

- собрать пакет документов, проверить его полноту и назвать, какая бумага что доказывает;
- сказать министру, что о порядке подачи известно, а что нет, и не выдать слух за срок;
- найти на слайде число, которое спорит с документом;
- посчитать итог команды так, как его считает жюри, и поставить себе отметку, которую выдержат ваши данные;
- уложить защиту в семь минут.

**Время:** около 70 минут. **Баллы:** 40. Из них 36 — за 15 упражнений, их проверит программа; 4 — за начало речи, его прочтёт преподаватель.

**Ответы записываются сами**, при каждом изменении. Можно закрыть страницу, уйти на совещание и продолжить завтра. До сдачи любой ответ можно исправить. Программировать не нужно: поля заполняют как анкету. Понадобится калькулятор: часть чисел у каждого участника своя. Прислали код? Сначала нажмите «Код участника» на полосе сверху. Как сдать, сказано в самом конце.
"""

# %% role="form" id="setup"
from datetime import date

from course import (
    charts,
    defence,
    documents,
    finance,
    law,
    load_cluster,
    open_form,
    play,
    requirements,
    show,
    wording,
)

ask = open_form("08_defence")
cluster = load_cluster(ask.path("cluster.yaml"))
names = {member.id: member.label for member in cluster.members}
package = ask.data("package.yaml")
panel = ask.data("jury.yaml")
rules = defence.rubric.load()
criteria = {criterion.id: criterion.title for criterion in rules.criteria}

# The participant's own values: a decision's day, days of preparation, remarks, two marks.
decided = date(2021, 3, int(ask.vary("decided", 18, spread=0.5, step=1)))
term = law["cluster.registry.decision_years"].on(ask.day)
filing = date(2027, 3, 1)
signing = int(ask.vary("signing", 21, spread=0.4, step=1))
mending, uploading = 14, 3
tests = 120
wrong = int(ask.vary("wrong", 6, spread=0.5, step=1))
absent = int(ask.vary("absent", 14, spread=0.5, step=1))
noted = 5
first = int(ask.vary("first", 2, spread=0.5, step=1))
second = int(ask.vary("second", 2, spread=0.5, step=1))
marks = {**panel["total"], "cooperation": first, "economics": second}

# %% [markdown] role="read" id="standing_marks"
r"""
> **Пометки у правовых норм.** «По тексту акта» — прочитан сам акт. «По публикации» — прочитаны обзор, новость или копия, а не официальный текст. «Не подтверждено» — так думают многие, но источника у курса нет. «Предложение курса» — так устроено здесь, в программе; законом это не требуется.

## 1. Понедельник, папка почти полна

Все фирмы и люди в этой истории вымышлены.

Кластер радиоэлектроники «Три реки»: Воронеж, Курск, Орёл. Восемь участников и один проект: модуль питания вместо ввозимого. Бумаги собирали два месяца. До очной защиты осталось одиннадцать дней. Подать документы в министерство хотят в марте.
"""

# %% role="read" id="note"
show(f"""
Сегодня {wording.day(ask.day)}. Руководитель специализированной организации приносит вам папку и слайды. Сверху записка:

> «Пакет готов. Рассматривают 30 рабочих дней, в мае будем в реестре. Себе мы поставили 88 баллов из 100. Осталось отрепетировать».

В записке четыре утверждения. К концу вебинара вы проверите каждое и сами откроете защиту: шестьдесят секунд, с которых начинается разговор с жюри.
""")

# %% [markdown] role="read" id="package_head"
r"""
## 2. Пакет: какая бумага что доказывает

Документы пишут не для объёма. Каждая бумага отвечает на один вопрос проверяющего. Если вы не знаете, на какой, — бумага лишняя или в ней нет главного.
"""


# %% role="read" id="package"
def basis(name):
    """On what a paper of the package stands, in a few words with its standing."""
    if not name:
        return "предложение курса"
    if not law[name].editions:
        seen = law[name].snapshots[0]
        return f"{seen.reference}; {seen.standing.words}"
    edition = law[name].on(ask.day)
    if not edition.known:
        return "действующий текст не прочитан"
    return f"{edition.reference}; {edition.standing.words}"


show(
    "| № | Документ | Что доказывает | На чём стоит |\n|---|---|---|---|\n"
    + "\n".join(
        f"| {paper['number']} | **{paper['title']}** | {paper['proves']} | {basis(paper['norm'])} |"
        for paper in package
    )
    + """

Посмотрите на последний столбец. Большая часть пакета стоит не на прочитанном тексте: действующие Требования курс видел не целиком, официальных форм не видел вовсе. Пакет собран по здравому смыслу и по тому, что напечатано. Поэтому первый шаг перед подачей — взять в правовой базе перечень документов и сверить с этой таблицей строку за строкой.

**Второй путь.** Предприятие может войти в уже подтверждённый кластер. Тогда бумаг семь: заявление о вступлении, соглашение о присоединении, матрица, карта и паспорт в своей части, уведомление об изменении состава, опись. Подаёт их не предприятие, а организация того кластера. И это предложение курса.
"""
)

# %% role="form" id="proves"
ask.match(
    "proves",
    "1. Проверяющий задаёт вопрос. Какая бумага на него отвечает?",
    {
        "matrix": "Есть ли у каждого участника договор с другим участником?",
        "organisation": "Кто подаёт документы и вправе ли он?",
        "passport": "Какое ввозимое изделие заменят и кто его купит?",
        "map": "Из каких деталей складывается изделие и чего в кластере не делают?",
        "agreement": "Согласны ли участники работать вместе и отдавать сведения?",
        "inventory": "Всё ли приложено и кто отвечает за каждую бумагу?",
    },
    {
        "passport": "Паспорт проекта",
        "agreement": "Соглашение об участии",
        "map": "Функциональная карта",
        "slides": "Презентация защиты",
        "matrix": "Матрица кооперации",
        "inventory": "Опись и чек-лист",
        "organisation": "Сведения о специализированной организации",
    },
)

# %% role="tests" id="check_proves" points=3
check = ask.check("proves", points=3)
### BEGIN HIDDEN TESTS
check.match(
    {
        "matrix": "matrix",
        "organisation": "organisation",
        "passport": "passport",
        "map": "map",
        "agreement": "agreement",
        "inventory": "inventory",
    },
    hints={
        "matrix": "О договорах: где видно сразу каждую пару поставщик — покупатель?",
        "organisation": "О подателе: ищите бумагу с уставом и реквизитами.",
        "passport": "Об изделии: ищите бумагу, в которой есть зарубежный аналог и план продаж.",
        "map": "О деталях: договоры говорят, кто с кем торгует, а стадии и разрывы показывают иначе.",
        "agreement": "О согласии: это бумага, которую подписывают все участники сразу.",
        "inventory": "О полноте: это последняя бумага, которую кладут в папку, и первая, которую читают.",
    },
)
### END HIDDEN TESTS
check.done()

# %% [markdown] role="read" id="filing_head"
r"""
## 3. Подача: что известно, а что повторяют

Порядок подтверждения собран из разных источников. Рядом с каждым шагом — на чём он стоит.
"""

# %% role="read" id="filing"
operator = law["cluster.organisation.files_documents"].on(ask.day)
portal = law["cluster.confirmation.portal"].on(ask.day)
decision = law["cluster.confirmation.decision"].on(ask.day)
money = law["cluster.registry.condition_of_federal_money"].on(ask.day)
window = law["measure.decree_41.start_batches.window"].on(date(2024, 10, 1))
single = law["cluster.interregional.one_application"].on(ask.day)
show(f"""
| Шаг | Что известно | Пометка |
|---|---|---|
| Участники связаны договорами и соглашениями | Договор нужен каждому: пункт (а) Требований | {law["cluster.cooperation.contracts"].on(ask.day).standing.words} |
| Бумаги собраны и сверены между собой | Карта равна договорам, договоры — паспортам | предложение курса |
| Документы подаёт специализированная организация | «{operator.quotation}» | {operator.standing.words} |
| Несколько областей — одно заявление | Вывод курса из прочитанных текстов | {single.standing.words} |
| Подают электронно, через ГИСП | {portal.note} | {portal.standing.words} |
| Минпромторг проверяет | Срок, паузы и основания отказа не прочитаны | не подтверждено |
| Проверку заканчивает приказ | {decision.words[0].upper() + decision.words[1:]} | {decision.standing.words} |
| Запись в реестре | Без неё нет федеральных денег: «{money.quotation}» | {money.standing.words} |

**О ГИСП.** Источник есть у другой подачи: отбор на стартовые партии в 2024 году шёл через систему ({window.words}; {window.standing.words}). Для подтверждения кластера то же говорят по памяти. Скорее всего, так и есть. Но «скорее всего» в служебной записке пишут словами, а не выдают за норму.

**О словах.** В новостях пишут «аккредитовал», «включил в реестр», «присвоил статус». В бумагах пишите «подтвердил соответствие»: так назван порядок. Что все эти слова об одном и том же приказе — по памяти.
""")

# %% role="form" id="order"
ask.match(
    "order",
    "2. Расставьте шаги по порядку.",
    {
        "registry": "Кластер записан в реестр, можно просить федеральные деньги",
        "filing": "Специализированная организация подаёт заявление и документы",
        "contracts": "Участники заключают договоры и соглашения",
        "signed": "Министр подписывает приказ",
        "papers": "Из договоров собирают матрицу, карту и паспорта",
        "audit": "Пакет проверяют на полноту и исправляют",
    },
    {
        "p1": "первый шаг",
        "p2": "второй шаг",
        "p3": "третий шаг",
        "p4": "четвёртый шаг",
        "p5": "пятый шаг",
        "p6": "шестой шаг",
    },
)

# %% role="tests" id="check_order" points=3
check = ask.check("order", points=3)
### BEGIN HIDDEN TESTS
check.match(
    {
        "registry": "p6",
        "filing": "p4",
        "contracts": "p1",
        "signed": "p5",
        "papers": "p2",
        "audit": "p3",
    },
    hints={
        "registry": "Запись в реестре: она следует из решения министерства, а не из заявления.",
        "filing": "Подача: до неё пакет должен быть собран и проверен.",
        "contracts": "Договоры: без них нечего вписать ни в одну бумагу.",
        "signed": "Приказ: чтобы его подписать, министерству нужны ваши документы.",
        "papers": "Матрица и карта: из чего берут их числа?",
        "audit": "Проверка полноты: после подачи она стоит дороже.",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="form" id="standing"
ask.match(
    "standing",
    "3. Что можно написать в служебной записке и с какой пометкой?",
    {
        "five": "Решение, принятое до редакции № 1956, действует пять лет",
        "ministry": "Проверку заканчивает приказ Минпромторга",
        "operator": "Документы подаёт специализированная организация",
        "portal": "Заявление о подтверждении подают через ГИСП",
        "days": "Проверка занимает 30 рабочих дней",
        "refusal": "Отказывают за неполные или недостоверные сведения",
    },
    {
        "act": "По тексту акта",
        "secondary": "По публикации",
        "none": "Не подтверждено: сначала прочесть акт",
    },
)

# %% role="tests" id="check_standing" points=3
check = ask.check("standing", points=3)
### BEGIN HIDDEN TESTS
status = {
    name: {"act": "act", "secondary": "secondary"}.get(law[name].on(ask.day).standing.value, "none")
    for name in (
        "cluster.registry.decision_years",
        "cluster.confirmation.decision",
        "cluster.organisation.files_documents",
        "cluster.confirmation.portal",
        "cluster.confirmation.term",
        "cluster.confirmation.refusal_grounds",
    )
}
check.match(
    {
        "five": status["cluster.registry.decision_years"],
        "ministry": status["cluster.confirmation.decision"],
        "operator": status["cluster.organisation.files_documents"],
        "portal": status["cluster.confirmation.portal"],
        "days": status["cluster.confirmation.term"],
        "refusal": status["cluster.confirmation.refusal_grounds"],
    },
    hints={
        "five": "Пять лет: это переходное положение, и его пункт прочитан дословно (раздел 4).",
        "ministry": "Приказ: откуда о нём известно, сказано в таблице шагов.",
        "operator": "Податель: в таблице стоит цитата обзора.",
        "portal": "ГИСП: источник есть у подачи по другому постановлению.",
        "days": "30 дней: найдите это число в таблице шагов. Его там нет.",
        "refusal": "Отказ: звучит разумно, но дословно оснований никто из нас не читал.",
    },
)
### END HIDDEN TESTS
check.done()

# %% [markdown] role="read" id="terms_head"
r"""
## 4. Сроки: три часа, которые идут по-разному

**Первые часы — проверка в министерстве.**
"""

# %% role="read" id="terms"
review = law["cluster.confirmation.term"].on(ask.day)
change = law["cluster.confirmation.notification_term"].on(ask.day)
again = law["cluster.registry.reconfirmation_years"].on(ask.day)
show(f"""
Сколько дней она идёт, курс не знает. Что надо сделать: «{review.open}» Число 30 в записке взято из разговоров. Так же не прочитано, за сколько дней сообщать об изменении состава.

**Вторые часы — срок решения.** Здесь есть дословный текст. Решения, принятые до вступления в силу редакции № 1956, «{term.quotation}» ([{term.reference}]({term.address}); {term.standing.words}). Считают от дня **самого решения**, а не от дня новой редакции. Последним днём курс считает тот же день и месяц через {term.words}. Потом соответствие подтверждают заново ({again.standing.words}).

**Третьи часы — ваши.** Пакет стареет сам: договоры кончаются, планы просрочиваются, начало проекта остаётся в прошлом. Сдвиньте день подачи и посмотрите, что станет с папкой «Трёх рек», если в ней ничего не менять.
""")


# %% role="read" id="play_ageing"
def ageing(months):
    """The audit of the untouched file so many months later."""
    later = ask.day.month - 1 + int(months)
    on = date(ask.day.year + later // 12, later % 12 + 1, 23)
    found = documents.audit(cluster, on)
    papers = ["Заявление", "Организация", "Участники", "Матрица", "Паспорт", "Программа", "Меры"]
    return charts.readiness(
        [
            (
                paper,
                sum(f.document == paper and f.kind == "fault" for f in found.todo),
                sum(f.document == paper and f.kind == "gap" for f in found.todo),
            )
            for paper in papers
        ],
        found.share,
        title=f"Подаём {wording.day(on)}, в папке ничего не меняли",
        source="проверка файла кластера на этот день; данные учебные",
    )


play(ageing, months=(0, 14, 0, "Подаём через, месяцев"))

# %% role="form" id="term"
ask.choice(
    "term",
    "4. Министр спрашивает: «Когда будет приказ?» Что ответить?",
    {
        "may": "В мае: рассматривают 30 рабочих дней",
        "unknown": "Срок проверки мы не прочитали. Прочтём Правила подтверждения, тогда назовём день",
        "five": "В течение пяти лет",
        "never": "Срока нет, министерство проверяет сколько хочет",
    },
)

# %% role="tests" id="check_term" points=1
check = ask.check("term", points=1)
### BEGIN HIDDEN TESTS
check.choice(
    "unknown",
    mistakes=[
        (
            "may",
            0,
            "Откуда взято число дней? Назовите пункт акта. Если не можете — не называйте и месяц.",
        ),
        ("five", 0, "Пять лет — срок жизни решения, а не его подготовки."),
        ("never", 0, "«Мы не читали срока» и «срока нет» — разные утверждения."),
    ],
)
### END HIDDEN TESTS
check.done()

# %% role="form" id="only_order"
ask.choices(
    "only_order",
    "5. Что наступает только с приказом Минпромторга?",
    {
        "contracts": "Участники связаны договорами",
        "confirmed": "Соответствие кластера подтверждено",
        "jury": "Команда защитила проект перед жюри программы",
        "registry": "Есть решение, по которому кластер стоит в реестре",
        "npv": "Проект окупается",
        "letters": "Области поддержали кластер письмами",
        "organisation": "Соответствие специализированной организации подтверждено",
    },
)

# %% role="tests" id="check_only_order" points=2
check = ask.check("only_order", points=2)
### BEGIN HIDDEN TESTS
check.choices(
    ["confirmed", "organisation", "registry"],
    hints={
        "confirmed": "Соответствие: кто, кроме министерства, может его подтвердить?",
        "organisation": "Организация: её проверяют отдельно или вместе с кластером?",
        "registry": "Реестр: чьё решение открывает запись?",
        "contracts": "Договоры: их подписывают сами участники, до подачи.",
        "npv": "Окупаемость: это расчёт команды, приказ о ней молчит.",
        "jury": "Жюри программы учит и советует. Министерского решения оно не заменяет и не требует.",
        "letters": "Письма областей: их пишут области, когда сочтут нужным.",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="old_text"
show(f"""
### Соседний кластер

Одна из фирм «Трёх рек» состоит ещё и в соседнем кластере. Его решение о соответствии датировано **{wording.day(decided)}**. Это раньше редакции № 1956 ({wording.day(term.since)}). Новых решений с тех пор не было.
""")

# %% role="form" id="old_decision"
ask.date("old_decision", "6. По какой день действует решение соседнего кластера?")

# %% role="tests" id="check_old_decision" points=2
check = ask.check("old_decision", points=2)
### BEGIN HIDDEN TESTS
last = requirements.contracts.years_after(decided, int(term.number))
check.date(
    last.isoformat(),
    mistakes=[
        (
            date.fromordinal(last.toordinal() - 1).isoformat(),
            0.75,
            "Разница в один день. Курс считает последним тот же день и месяц.",
        ),
        (
            requirements.contracts.years_after(term.since, int(term.number)).isoformat(),
            0,
            "Вы отсчитали от дня редакции. Прочтите цитату: «со дня принятия» чего?",
        ),
        (
            requirements.contracts.years_after(decided, 3).isoformat(),
            0,
            "Три года давали новичкам на договоры. У решения другой срок.",
        ),
        (
            decided.isoformat(),
            0,
            "Это день самого решения. От него надо отсчитать срок.",
        ),
    ],
    hint="Возьмите день решения и прибавьте срок из цитаты.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="start_text"
show(f"""
Посмотрите на ответ и на сегодняшний день, {wording.day(ask.day)}. Если срок прошёл, соседний кластер в реестре искать можно, а опираться на него нельзя.

### Обратный отсчёт

Теперь наши часы. Подать хотим **{wording.day(filing)}**. Перед подачей, одно за другим: собрать подписи — **{wording.count(signing, "день", "дня", "дней")}**, исправить по проверке полноты — **{wording.count(mending, "день", "дня", "дней")}**, загрузить и сверить — **{wording.count(uploading, "день", "дня", "дней")}**. Дни календарные. Это сроки команды, а не закона: их назначили вы, и вы же можете их нарушить.
""")

# %% role="form" id="start_by"
ask.date("start_by", "7. Не позже какого дня надо начать собирать подписи?")

# %% role="tests" id="check_start_by" points=2
check = ask.check("start_by", points=2)
### BEGIN HIDDEN TESTS
check.date(
    date.fromordinal(filing.toordinal() - signing - mending - uploading).isoformat(),
    mistakes=[
        (
            date.fromordinal(filing.toordinal() - signing).isoformat(),
            0.25,
            "Вы отняли только подписи. После них ещё две работы, и они идут по очереди.",
        ),
        (
            date.fromordinal(filing.toordinal() - signing - mending).isoformat(),
            0.5,
            "Почти. Загрузка и сверка тоже занимают дни.",
        ),
        (
            date.fromordinal(filing.toordinal() + signing + mending + uploading).isoformat(),
            0,
            "Вы отсчитали вперёд. День подачи известен, искать надо начало.",
        ),
        (
            date.fromordinal(filing.toordinal() - signing - mending - uploading + 1).isoformat(),
            0.75,
            "Разница в один день: от дня подачи отнимите все дни работ.",
        ),
    ],
    hint="Сложите дни всех трёх работ и отнимите от дня подачи.",
)
### END HIDDEN TESTS
check.done()

# %% [markdown] role="read" id="audit_head"
r"""
## 5. Проверка полноты

Вот выписки из папки «Трёх рек». Прочтите их как проверяющий: не «похоже ли на правду», а «есть ли, действует ли, сходится ли».
"""

# %% role="read" id="extracts"
organisation = cluster.specialised_organisation
plan = cluster.projects[0]
rows = "\n".join(
    f"| {contract.number or '—'} | {names[contract.supplier]} → {names[contract.buyer]} "
    f"| {contract.product} | {wording.day(contract.since)} – {wording.day(contract.until)} "
    f"| {contract.status.words} | {contract.evidence or '—'} |"
    for contract in cluster.contracts
)
people = "\n".join(
    f"| {member.label} | {cluster.region(member.production_region).title} | {member.inn or '—'} "
    f"| {member.ogrn or '—'} | {', '.join(member.products or ()) or '—'} |"
    for member in cluster.members
)
show(f"""
**Из матрицы кооперации**

| Договор | Пара | Предмет | Срок | Состояние | Файл |
|---|---|---|---|---|---|
{rows}

**Из перечня участников**

| Участник | Где работает | ИНН | ОГРН | Продукция, ОКПД2 |
|---|---|---|---|---|
{people}

**Из сведений об организации.** {organisation.name}. ИНН {organisation.inn}, ОГРН {organisation.ogrn}. Пункт устава с функциями: {organisation.charter_clause}. Работников: {organisation.staff}. Руководитель: {organisation.head} Банковские реквизиты: {organisation.bank or "—"}.

**Из паспорта проекта.** {plan.title}. ОКПД2 {plan.okpd2}. Аналог: {plan.analogue.title}, {plan.analogue.country}, ТН ВЭД {plan.analogue.tnved}; изготовитель аналога: {plan.analogue.producer or "—"}. Источники денег: {wording.money(sum(source.amount for source in plan.sources))}. Расходы: {wording.money(plan.budget)}. Начало: {wording.day(plan.start)}.

Данные учебные. Прочерк значит: в бумаге пусто.
""")

# %% role="form" id="faults"
ask.choices(
    "faults",
    "8. Что из этого надо исправить или дополнить до подачи?",
    {
        "border": "«Ферролад» и «Доноэлемент» работают в разных областях",
        "ended": "Договор «Платограда» с «Доноэлементом»: срок кончился",
        "ogrn": "«Кристалегра»: нет ОГРН",
        "year": "Договор ПР-1/26: начался в 2026 году и в суммы 2025 года не входит",
        "file": "Договор «Микровереи» с «Доноэлементом»: не назван файл",
        "budget": "Паспорт: источники денег равны расходам до рубля",
        "late": "Договор «Ферролада» с «Намотконом»: всё ещё план, а день уже прошёл",
        "buyer": "«Измерогран» ничего не продаёт участникам",
        "producer": "Паспорт: не назван изготовитель аналога",
        "bank": "Организация: нет банковских реквизитов",
    },
)

# %% role="tests" id="check_faults" points=4
check = ask.check("faults", points=4)
### BEGIN HIDDEN TESTS
check.choices(
    ["ended", "late", "file", "ogrn", "bank", "producer"],
    hints={
        "ended": "«Платоград»: сравните последний день договора с сегодняшним.",
        "late": "«Ферролад»: сравните первый день плана с сегодняшним.",
        "file": "Пройдите столбец «Файл» сверху вниз.",
        "ogrn": "Пройдите столбец «ОГРН» сверху вниз.",
        "bank": "Дочитайте сведения об организации до конца.",
        "producer": "В паспорте у аналога есть страна и код. Чего ещё спросит проверяющий?",
        "year": "Договор ПР-1/26 в порядке. Он просто не входит в прошлый год, это пометка для матрицы.",
        "border": "Разные области — не ошибка: закон говорит о нескольких субъектах.",
        "budget": "Равенство источников и расходов — условие допуска, а не подозрение.",
        "buyer": "Покупатель связан договором так же, как поставщик.",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="readiness_text"
show(f"""
### Готовность — это доля, а не чувство

Программа, которая собирает пакет, делит свои находки на три вида:

- **исправить** — бумага спорит с другой бумагой или с правилом;
- **дополнить** — чего-то нет;
- **обратить внимание** — об этом спросят, но готовности это не снижает.

**Готовность** — доля проверок, которые прошли. Одна находка — одна проверка.

Соседняя команда прислала итог: проверок **{tests}**, исправить **{wrong}**, дополнить **{absent}**, обратить внимание **{noted}**. Находки «обратить внимание» в число проверок не входят.
""")

# %% role="form" id="readiness"
ask.number("readiness", "9. Какова готовность пакета соседней команды?", unit="%", decimals=1)

# %% role="tests" id="check_readiness" points=2
check = ask.check("readiness", points=2)
### BEGIN HIDDEN TESTS
checked = documents.Audit("", ask.day, (), tests - wrong - absent, tests)
check.number(
    checked.share,
    tolerance=0.0006,
    mistakes=[
        (
            (tests - wrong - absent - noted) / tests,
            0.5,
            "Вы вычли и то, на что просили обратить внимание. Готовности это не снижает.",
        ),
        ((tests - wrong) / tests, 0.5, "Чего не хватает, то тоже не прошло проверку."),
        ((wrong + absent) / tests, 0.25, "Это доля того, что не прошло. Готовность — остальное."),
        ((tests - absent) / tests, 0.5, "То, что надо исправить, тоже не прошло проверку."),
    ],
    hint="Сколько проверок прошло? Разделите их на все.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="papers_text"
state = documents.audit(cluster, ask.day)
heavy = sum(finding.kind == "fault" for finding in state.todo)
show(f"""
В папке «Трёх рек» готовность {wording.share(state.share)}. Выше 90 % — радует, но не спасает. Находок {len(state.todo)}, из них «исправить» — {heavy}, и с ними не подают: у целого участника нет договора, значит, правило (а) не выполнено. **Сначала спрашивайте, что не прошло, и только потом — какая доля.**

## 6. Слайд и документ

Слайды делают в последнюю ночь. Числа в них перепечатывают руками. Жюри читает слайд, эксперт листает паспорт — и находит два разных числа. После этого не верят ни одному.

Правило простое: **на слайде нет числа, которого нет в документе; у числа те же единица, год и оговорка.** И слайдов не больше двенадцати (предложение курса): тринадцатый никто не увидит.
""")

# %% role="read" id="slide_rows"
model = finance.indicators_of(finance.run(finance.case(cluster, plan.id, as_of=ask.day)))
jobs = sum(group.count.value for group in plan.staff if group.phase != "construction")
everyone = wording.count(len(cluster.members), "участник", "участника", "участников")
show(f"""
| № | На слайде | В документах |
|---|---|---|
| 1 | Вложения и запасы: {wording.money(plan.budget - 18e6)} | Паспорт, бюджет: {wording.money(plan.budget)} |
| 2 | ЧДД {wording.money(model.npv)} при ставке {wording.share(model.discount_rate)} | Паспорт: ЧДД {wording.money(model.npv)}, ставка {wording.share(model.discount_rate)} |
| 3 | Окупаемость с учётом ставки: {wording.span(model.payback_months)} | Паспорт: без учёта ставки {wording.span(model.payback_months)}, с учётом — {wording.span(model.discounted_payback_months)} |
| 4 | Доля импорта {wording.share(plan.import_share.value)} за {plan.import_share.year} год, учебная оценка | Паспорт: {wording.share(plan.import_share.value)}, {plan.import_share.year} год, учебная оценка |
| 5 | {everyone}, у каждого подписан договор | Матрица: у «Ферролада» — план |
| 6 | Рабочих мест после пуска: {wording.number(jobs)} | Паспорт: {wording.number(jobs)} |
| 7 | Кластер соответствует постановлению № 779 | Проверка: «правило (а) на этих данных не выполняется»; приказа нет |
| 8 | Налоги и взносы за срок проекта: {wording.money(model.budget_sum)}; в сегодняшних деньгах {wording.money(model.budget_npv)} | Паспорт: {wording.money(model.budget_sum)}; дисконтированно {wording.money(model.budget_npv)} |
""")

# %% role="form" id="slide"
ask.choices(
    "slide",
    "10. Какие строки слайда спорят с документами?",
    {
        "capex": "№ 1, вложения и запасы",
        "npv": "№ 2, ЧДД",
        "payback": "№ 3, окупаемость",
        "imports": "№ 4, доля импорта",
        "bound": "№ 5, договоры",
        "jobs": "№ 6, рабочие места",
        "complies": "№ 7, соответствие",
        "taxes": "№ 8, налоги и взносы",
    },
)

# %% role="tests" id="check_slide" points=3
check = ask.check("slide", points=3)
### BEGIN HIDDEN TESTS
check.choices(
    ["capex", "payback", "bound", "complies"],
    hints={
        "capex": "Строка 1: сравните цифры по одной.",
        "npv": "Строка 2: сумма и ставка совпадают, спора нет.",
        "payback": "Строка 3: число в паспорте есть, но у какой из двух окупаемостей?",
        "imports": "Строка 4: те же доля, год и оговорка.",
        "bound": "Строка 5: подписан ли договор у каждого?",
        "jobs": "Строка 6: числа совпадают.",
        "complies": "Строка 7: кто может сказать это слово и какой бумагой?",
        "taxes": "Строка 8: «в сегодняшних деньгах» и «дисконтированно» — одно и то же.",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="rubric_head"
jury_open = law["programme.jury_criteria"].on(ask.day)
gates = "\n".join(f"- **{gate.id}.** {gate.text}" for gate in rules.gates)
table = "\n".join(
    f"| **{criterion.title}** | {criterion.weight} | " + " | ".join(criterion.descriptors) + " |"
    for criterion in rules.criteria
)
show(f"""
## 7. Как считает жюри

Официальных критериев жюри программы в открытых источниках нет. Что надо сделать: «{jury_open.open}» Ниже — **предложение курса**. По нему же сделаны листы для экспертов на защите.

**Условия допуска.** Отвечают «да» или «нет», до всяких отметок:

{gates}

**Критерии.** Отметка от 0 до {rules.top}:

| Критерий | Вес | 0 | 1 | 2 | 3 |
|---|---|---|---|---|---|
{table}

**Итог** — сумма: вес × отметка ÷ {rules.top}. Наибольший — 100. Пока не выполнено хотя бы одно условие допуска, итог не выше **{rules.cap}**.

Каждый эксперт ставит отметки один. Потом берут **медиану** — среднюю по счёту отметку, если выстроить их по порядку. Расходятся на {rules.discussion} отметки или больше — критерий обсуждают. Кто прошёл, решает жюри: программа показывает баллы и молчит о решении.
""")

# %% role="read" id="beta"
facts = "\n".join(f"| {criteria[row['id']]} | {row['said']} |" for row in panel["beta"])
show(f"""
### Команда «Бета»

Вот что показала другая команда, тоже вымышленная. Поставьте ей отметки строго по описаниям в таблице: не по симпатии и не «в целом».

| Критерий | Что показано |
|---|---|
{facts}
""")

# %% role="form" id="beta_marks"
ask.table(
    "beta_marks",
    "11. Какую отметку даёт команде «Бета» таблица критериев?",
    columns={"mark": ask.choice_column("Отметка", {"0": "0", "1": "1", "2": "2", "3": "3"})},
    corner="Критерий",
    rows={
        "need": "Потребность в импортозамещении",
        "cooperation": "Кооперация",
        "economics": "Экономика проекта",
        "support": "Меры поддержки",
        "governance": "Специализированная организация и управление",
        "documents": "Готовность документов",
    },
)

# %% role="tests" id="check_beta_marks" points=3
check = ask.check("beta_marks", points=3)
### BEGIN HIDDEN TESTS
check.table(
    [
        {"row": "need", "mark": "2"},
        {"row": "cooperation", "mark": "1"},
        {"row": "economics", "mark": "1"},
        {"row": "support", "mark": "2"},
        {"row": "governance", "mark": "1"},
        {"row": "documents", "mark": "2"},
    ],
    hint="Идите по описаниям слева направо и остановитесь на последнем, которое показано целиком.",
)
check.part(
    0,
    check.cell("cooperation", "mark") not in ("2", "3"),
    hint="Кооперация: что подписано? Встреча — это связь со слов.",
)
check.part(
    0,
    check.cell("economics", "mark") not in ("2", "3"),
    hint="Экономика: есть ли в таблице ЧДД, ВНД и источники денег?",
)
check.part(
    0,
    check.cell("documents", "mark") != "3",
    hint="Документы: три четверти готовы, но проверку пакет не прошёл.",
)
check.part(
    0,
    check.cell("governance", "mark") != "2",
    hint="Организация: названа — одно, соглашение — другое.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="jurors"
sheet = "\n".join(
    f"| {criteria[key]} | " + " | ".join(map(str, given)) + " |"
    for key, given in panel["marks"].items()
)
show(f"""
### Пять экспертов

Отметки пяти вымышленных экспертов «Трём рекам» по трём критериям:

| Критерий | {" | ".join(panel["jurors"])} |
|---|---|---|---|---|---|
{sheet}
""")

# %% role="form" id="median"
ask.table(
    "median",
    "12. Найдите медиану. Надо ли обсуждать критерий?",
    columns={
        "median": ask.number_column("Медиана"),
        "discuss": ask.choice_column("Обсуждать", {"yes": "да", "no": "нет"}),
    },
    corner="Критерий",
    rows={
        "cooperation": "Кооперация",
        "economics": "Экономика проекта",
        "regions": "Эффект для регионов",
    },
)

# %% role="tests" id="check_median" points=2
check = ask.check("median", points=2)
### BEGIN HIDDEN TESTS
scored = {
    criterion: defence.scores.CriterionScore(
        criterion, "", 0, tuple(five), max(five) - min(five) >= rules.discussion
    )
    for criterion, five in panel["marks"].items()
}
check.table(
    [
        {
            "row": "cooperation",
            "median": float(scored["cooperation"].median),
            "discuss": "yes" if scored["cooperation"].discuss else "no",
        },
        {
            "row": "economics",
            "median": float(scored["economics"].median),
            "discuss": "yes" if scored["economics"].discuss else "no",
        },
        {
            "row": "regions",
            "median": float(scored["regions"].median),
            "discuss": "yes" if scored["regions"].discuss else "no",
        },
    ],
    tolerance=0.04,
    hints={
        "median": "Выстройте пять отметок по порядку и возьмите третью. Складывать и делить не надо.",
        "discuss": "От наибольшей отметки отнимите наименьшую и сравните с правилом.",
    },
)
### END HIDDEN TESTS
check.done()

# %% [markdown] role="read" id="play_jury_text"
r"""
### Попробуйте: один сердитый эксперт

Другая команда, другие критерии. Двигайте отметку последнего эксперта. Среднее ползёт за ним, медиана почти стоит. Поэтому в протоколе медиана: одному человеку трудно утопить команду и трудно её вытащить. А размах показывает, что спор был.
"""


# %% role="read" id="play_jury"
def jury(last_mark):
    """The marks of the jury with another mark of its last member."""
    return charts.jury(
        [(criteria[key], (*given[:-1], int(last_mark))) for key, given in panel["others"].items()],
        top=rules.top,
        title=f"Последний эксперт поставил {int(last_mark)}",
        source="учебные данные; критерии — предложение курса",
    )


play(jury, last_mark=(0, 3, 0, "Отметка последнего эксперта"))

# %% role="read" id="total_text"
listed = "\n".join(
    f"| {criterion.title} | {criterion.weight} | {marks[criterion.id]} |"
    for criterion in rules.criteria
)
show(f"""
### Итог одной команды

Медианы другой команды:

| Критерий | Вес | Медиана |
|---|---|---|
{listed}

Пять условий допуска выполнены. Шестое нет: в бюджете проекта источники не равны расходам.
""")

# %% role="form" id="total"
ask.table(
    "total",
    "13. Посчитайте баллы с точностью до десятых.",
    columns={"value": ask.number_column("Баллы из 100")},
    corner="Что",
    rows={"raw": "По отметкам, без условий", "final": "Итог с условиями допуска"},
)

# %% role="tests" id="check_total" points=3
check = ask.check("total", points=3)
### BEGIN HIDDEN TESTS
raw = float(defence.scores.by_marks(rules, marks))
final = float(defence.scores.capped(rules, defence.scores.by_marks(rules, marks), met=False))
plainly = sum(marks.values()) / len(rules.criteria) / rules.top * 100
check.table(
    [{"row": "raw", "value": raw}, {"row": "final", "value": final}],
    tolerance=0.06,
    hint="По отметкам: вес умножьте на медиану, сложите все девять и разделите на три. В итоге вспомните об условиях допуска.",
)
check.part(
    0,
    not (check.cell("final", "value") or 0) > final + 0.06,
    hint="Итог: что бывает, пока не выполнено хотя бы одно условие?",
)
check.part(
    0,
    not (check.cell("raw", "value") and abs(check.cell("raw", "value") - plainly) < 0.06),
    hint="Похоже, все критерии сочтены равными. У них разные веса.",
)
check.part(
    0,
    not (check.cell("raw", "value") and abs(check.cell("raw", "value") - raw * rules.top) < 0.2),
    hint="Сумма больше 100? Отметка 3 даёт весь вес, а не три веса.",
)
### END HIDDEN TESTS
check.done()

# %% [markdown] role="read" id="play_total_text"
r"""
### Попробуйте: что поднимает итог

Вот третья команда. Поднимите ей кооперацию с двух до трёх и посмотрите, сколько прибавится. Потом снимите одно условие допуска. **Одно «нет» стоит дороже, чем любая отметка.**
"""


# %% role="read" id="play_total"
def scorecard(title, own, data, unmet, source):
    """Points by criterion for marks, capped when a gate is unmet."""
    points = defence.scores.by_marks(
        rules, {key: mark for key, mark in own.items() if mark is not None}
    )
    return charts.scorecard(
        [(c.title, c.weight, own.get(c.id), data.get(c.id)) for c in rules.criteria],
        top=rules.top,
        raw=float(points),
        total=float(defence.scores.capped(rules, points, met=not unmet)),
        title=title,
        source=source,
    )


def total(cooperation, economics, gate):
    """The other team's points with two marks and a gate to move."""
    moved = {**panel["sample"], "cooperation": int(cooperation), "economics": int(economics)}
    return scorecard(
        "Третья команда: баллы по критериям",
        moved,
        {},
        gate,
        "учебные данные; критерии — предложение курса",
    )


play(
    total,
    cooperation=(0, 3, 2, "Кооперация"),
    economics=(0, 3, 1, "Экономика проекта"),
    gate=(
        {"": "все выполнены", **{g.id: f"нет {g.id}: {g.title.lower()}" for g in rules.gates}},
        "Условия допуска",
    ),
)

# %% [markdown] role="read" id="rehearsal_head"
r"""
## 8. Репетиция

Теперь вы — команда «Три реки». Папку вы видели в разделе 5, критерии — в разделе 7. Поставьте отметки себе, честно, как поставил бы чужой эксперт. Баллов за это нет: смысл в том, чтобы сравнить.
"""

# %% role="form" id="own_marks"
ask.table(
    "own_marks",
    "Ваши отметки команде «Три реки» (без баллов)",
    columns={"mark": ask.choice_column("Отметка", {"0": "0", "1": "1", "2": "2", "3": "3"})},
    corner="Критерий",
    rows={
        "need": "Потребность в импортозамещении",
        "cooperation": "Кооперация",
        "technology": "Технология и конкурентоспособность продукта",
        "economics": "Экономика проекта",
        "support": "Меры поддержки",
        "governance": "Специализированная организация и управление",
        "regions": "Эффект для регионов",
        "documents": "Готовность документов",
        "defence": "Защита",
    },
)

# %% role="form" id="own_gates"
ask.table(
    "own_gates",
    "Выполнены ли условия допуска (без баллов)",
    columns={"met": ask.choice_column("Выполнено", {"yes": "да", "no": "нет"})},
    corner="Условие",
    rows={
        "G1": "G1. У каждого участника есть договор или план с датой",
        "G2": "G2. Специализированная организация названа",
        "G3": "G3. Есть проект с инициатором и покупателем",
        "G4": "G4. У чисел есть источник и дата",
        "G5": "G5. У ставок и порогов есть редакция",
        "G6": "G6. Источники равны расходам",
    },
)

# %% [markdown] role="read" id="evidence_head"
r"""
### Что говорят ваши данные

Заполнили? Теперь рядом с каждым критерием — то, что видно из файла кластера: показатели модели, готовность документов, проверка требований. Столбец «Держат» — отметка, до которой доводят сведения файла. **Это не оценка жюри.** Жюри видит и то, чего в файле нет: протокол испытаний, соглашение, ваши ответы.
"""

# %% role="read" id="evidence"
found = defence.rehearsal.evidence(cluster, on=ask.day)


def told(sentences):
    """Sentences of evidence for a cell of a table, each source once."""
    return "<br>".join(
        f"{'<br>'.join(texts)}<br>*{origin}*"
        for texts, origin in defence.evidence.grouped(sentences)
    )


def beside(found):
    """The evidence of a cluster as two tables: criteria, gates."""
    lines = "\n".join(
        f"| **{row.criterion.title}** | {told(row.sentences) or '—'} "
        f"| {'—' if row.held is None else row.held} | {row.lacking or '—'} |"
        for row in found.rows
    )
    gate_lines = "\n".join(
        f"| **{row.gate.id}.** {row.gate.title} | {row.outcome.words} | {told(row.sentences)} |"
        for row in found.gates
    )
    return f"""
| Критерий | Что говорят данные | Держат | Чего не хватает |
|---|---|---|---|
{lines}

| Условие допуска | По данным | На чём это видно |
|---|---|---|
{gate_lines}
"""


show(beside(found))

# %% [markdown] role="read" id="compare_head"
r"""
### Где вы разошлись с данными

Выберите в списке «итог» или «расхождения». Ответ строится по вашим отметкам и обновляется, когда вы меняете выбор.
"""


# %% role="read" id="play_own"
def own_score(what, gate):
    """The participant's own marks beside what the data bear; `gate` is taken as unmet."""
    own = {row["row"]: int(row["mark"]) for row in ask.answer("own_marks") or [] if row.get("mark")}
    met = {
        row["row"]: row["met"] == "yes" for row in ask.answer("own_gates") or [] if row.get("met")
    }
    if gate:
        met[gate] = False
    scored = defence.rehearsal.compare(found, own, met)
    if what == "differences":
        remarks = [f"- **{one.about}:** {one.said}." for one in scored.differences]
        return (
            scored.words
            + "\n\n"
            + ("\n".join(remarks) or "Расхождений нет, или отметки ещё не поставлены.")
        )
    data = {row.criterion.id: row.held for row in found.rows}
    return scorecard(
        "Ваши отметки «Трём рекам»", own, data, scored.unmet, "ваши отметки; данные учебные"
    )


play(
    own_score,
    what=({"total": "итог", "differences": "расхождения с данными"}, "Показать"),
    gate=(
        {"": "как в вашей таблице", **{g.id: f"считать невыполненным {g.id}" for g in rules.gates}},
        "Условия",
    ),
)

# %% role="read" id="after_rehearsal"
show(f"""
Команда поставила себе 88. Посмотрите, что осталось бы от 88 после одного невыполненного условия: {rules.cap}.

Отметка **выше** данных — это вопрос, который вам зададут. Отметка **ниже** данных — это работа, которую вы сделали и забыли показать. Обе стоит исправить до защиты, и обе исправляют не отметкой, а бумагой.

## 9. О чём спросят

Жюри не пересчитывает модель. Оно ищет место, где проект тонок, и нажимает. Хорошая новость: тонкие места видны из ваших же данных.
""")

# %% role="form" id="questions"
ask.match(
    "questions",
    "14. Какой вопрос задаст эксперт, увидев эту строку?",
    {
        "buyer": "Две пятых объёма берёт один покупатель",
        "cover": "Наименьший DSCR, то есть запас денег на платежи банку, чуть больше единицы",
        "price": "ЧДД равен нулю, если цена ниже на несколько процентов",
        "plan": "Договор участника — план с прошедшей датой",
    },
    {
        "holds": "Почему эта цена удержится?",
        "signs": "Кто подпишет и к какому дню?",
        "code": "Какой это код по классификатору?",
        "leaves": "Что будет, если он уйдёт?",
        "bank": "Чем платить банку в худший год?",
    },
)

# %% role="tests" id="check_questions" points=1
check = ask.check("questions", points=1)
### BEGIN HIDDEN TESTS
check.match(
    {"buyer": "leaves", "cover": "bank", "price": "holds", "plan": "signs"},
    hints={
        "buyer": "Один покупатель: чем опасно, когда он один?",
        "cover": "DSCR: кому и чем платят, если денег ровно столько, сколько надо?",
        "price": "Цена: запас мал. О чём спросит человек, который знает рынок?",
        "plan": "План с прошедшей датой: чего не хватает, кроме даты?",
    },
)
### END HIDDEN TESTS
check.done()

# %% [markdown] role="read" id="minutes_text"
r"""
Отвечайте в три шага: **число — откуда оно — что делаем**. «Да, главный покупатель берёт 40 %. Это договор до конца 2031 года. Если он уйдёт, у нас есть письмо второго и цена, которую мы можем снизить». Не знаете — так и скажите и назовите день, когда узнаете. «Уточним» без дня слышат как «нет».

## 10. Семь минут

Семь минут — это около 800 слов. Жюри запомнит начало, одно число и просьбу. Чаще всего команда тратит четыре минуты на историю региона и не успевает сказать, чего хочет.

Части речи для плана:

- **суть** — кто мы, что заменяем, о чём просим;
- **продукт** — изделие, аналог, доля импорта, спрос;
- **кооперация** — кто с кем связан, что подписано;
- **деньги** — вложения, ЧДД, что его ломает, источники;
- **риски** — главное слабое место и что с ним делаем;
- **просьба** — какое решение нужно, от кого, к какому дню.
"""

# %% role="form" id="minutes"
ask.table(
    "minutes",
    "15. Разложите семь минут по частям. Половины пишите так: 0,5 или 1,5.",
    columns={"minutes": ask.number_column("Минуты")},
    corner="Часть",
    rows={
        "essence": "Суть",
        "product": "Продукт",
        "cooperation": "Кооперация",
        "money": "Деньги",
        "risks": "Риски",
        "request": "Просьба",
    },
)

# %% role="tests" id="check_minutes" points=2
check = ask.check("minutes", points=2)
### BEGIN HIDDEN TESTS
spoken = {
    part: check.cell(part, "minutes") or 0.0
    for part in ("essence", "product", "cooperation", "money", "risks", "request")
}
whole = sum(spoken.values())
core = spoken["product"] + spoken["cooperation"] + spoken["money"]
check.part(
    0.5,
    abs(whole - 7) < 0.01,
    hint="Сложите минуты: должно выйти ровно семь.",
)
check.part(
    0.25,
    min(spoken.values()) >= 0.5,
    hint="Каждой части нужно хотя бы полминуты, иначе её не услышат.",
)
check.part(
    0.25,
    0 < whole / 2 <= core,
    hint="Продукт, кооперация и деньги весят в критериях больше всего. Отдайте им хотя бы половину времени.",
)
### END HIDDEN TESTS
check.done()

# %% [markdown] role="read" id="play_minutes_text"
r"""
### Попробуйте: вам дали меньше

Председатель торопится и оставляет пять минут. Что из вашего плана не прозвучит? Если в хвосте оказалась просьба, перенесите её вперёд: жюри должно услышать её дважды, в начале и в конце.
"""


# %% role="read" id="play_minutes"
def speech(limit):
    """The participant's plan of the speech against the time that is given."""
    parts = {
        "essence": "Суть",
        "product": "Продукт",
        "cooperation": "Кооперация",
        "money": "Деньги",
        "risks": "Риски",
        "request": "Просьба",
    }
    given = {row["row"]: max(row.get("minutes") or 0.0, 0.0) for row in ask.answer("minutes") or []}
    return charts.minutes(
        [(title, given.get(part, 0.0)) for part, title in parts.items()],
        float(limit),
        title="Ваш план речи",
        source="ваш ответ на упражнение 15",
    )


play(speech, limit=(3, 10, 7, "Дали минут"))

# %% [markdown] role="read" id="opening_head"
r"""
## 11. Первые шестьдесят секунд

Вы выходите к жюри от «Трёх рек». Слайд один. Скажите, кто вы, что заменяете, чем это подтверждено, где слабое место и о чём просите. Около 120 слов: столько помещается в минуту.

Годятся только числа из этого вебинара. Каждое — с годом или с оговоркой.
"""

# %% role="form" id="opening"
ask.text(
    "opening", "16. Напишите начало защиты: 6–9 предложений, которые вы произнесёте вслух.", rows=10
)

# %% [markdown] role="task" id="opening_task" points=4
r"""
Начало речи читает преподаватель.
### BEGIN MARK SCHEME
По одному баллу за каждый пункт; половина, если сказано, но расплывчато.

1. **Суть.** Названы изделие (модуль питания 150 Вт), что оно заменяет и кто купит. Слышно за первые три предложения. Истории региона вместо сути нет.
2. **Число с опорой.** Есть хотя бы два числа из материалов, у каждого год, ставка или оговорка: доля импорта 62 % за 2025 год (учебная оценка), ЧДД 96,6 млн ₽ при ставке 20 %, вложения 620 млн ₽. Числа не спорят с документами раздела 6.
3. **Слабое место.** Сказано хотя бы одно честно: у «Ферролада» договора нет, договор «Платограда» кончился, запас по цене 3,8 %, DSCR 1,01, один покупатель. Назван день или человек. Балл не ставится за «риски минимальны».
4. **Просьба и граница.** Названо, какого решения ждут, от кого и к какому дню. Нет слов «кластер соответствует» и обещания дня приказа: подтверждает только приказ Минпромторга, срок проверки не прочитан.
### END MARK SCHEME
"""

# %% [markdown] role="read" id="team_head"
r"""
## 12. Шаг вашего проекта

Последний шаг. Теперь отметки ставьте **своему** проекту, по тем же критериям, и запишите, почему не выше. Потом пройдите по пакету: что готово, кто доделает, к какому дню. Баллов здесь нет.

Разделите таблицы между собой: одну часть заполняет один, другую — другой. Программа сложит их вместе. Пустая клетка значит «не знаем»; ноль вместо неё не пишите. Названия фирм и изделий пишите так же, как в прежних вебинарах. Дни в таблице пишут так: 22.11.2026. Не вписывайте закрытые сведения.
"""

# %% role="form" id="team_scores"
ask.step("team_scores")

# %% role="read" id="team_evidence"
mine, lacking = (
    defence.rehearsal.attempt(ask.team.data, on=ask.day) if ask.team.there else (None, ())
)
if mine:
    show(
        f"### Что говорят данные вашей команды\n\nФайл команды собран {ask.team.day}. Нормы взяты на {wording.day(ask.day)}.\n{beside(mine)}"
    )
elif lacking:
    lacking = ask.team.open or lacking
    rest = f"\n\nИ ещё {len(lacking) - 8}." if len(lacking) > 8 else ""
    show(
        "Файл команды есть, но ещё не полон: показатели вашего проекта посчитать нельзя. Первым делом закройте это:\n\n"
        + "\n".join(f"- {said}" for said in lacking[:8])
        + rest
    )
else:
    show(
        "Файла вашей команды рядом с тетрадью нет. Когда организатор пришлёт `team.yaml`, положите его сюда или на одну папку выше и откройте тетрадь снова: здесь появится такая же таблица, как в разделе 8, по данным вашего проекта."
    )

# %% [markdown] role="read" id="team_total_text"
r"""
Выберите условие допуска, в котором вы не уверены, и посмотрите, каким станет итог вашей команды.
"""


# %% role="read" id="play_team"
def team_total(gate):
    """The team's own marks for its own project."""
    own = {
        row["row"]: int(row["score"]) for row in ask.answer("team_scores") or [] if row.get("score")
    }
    data = {row.criterion.id: row.held for row in mine.rows} if mine else {}
    return scorecard(
        "Ваш проект, ваши отметки",
        own,
        data,
        gate,
        "отметки вашей команды; критерии — предложение курса",
    )


play(
    team_total,
    gate=(
        {
            "": "все условия выполнены",
            **{g.id: f"нет {g.id}: {g.title.lower()}" for g in rules.gates},
        },
        "Условия допуска",
    ),
)

# %% role="form" id="team_package"
ask.step("team_package")

# %% [markdown] role="read" id="team_after"
r"""
Для настоящей репетиции попросите у организатора лист «Репетиция» в Excel (команда `proclusters defence rehearse`). В нём те же данные вашего проекта, место для отметок и итог, который считается сам. Удобно взять его за неделю до защиты и пройти втроём: один говорит, второй ставит отметки, третий спрашивает.
"""

# %% role="read" id="closing"
show(f"""
## 13. Что вы теперь умеете

- Сказать, на какой вопрос отвечает каждая бумага пакета.
- Отличить срок, который прочитан, от срока, который повторяют.
- Пройти папку глазами проверяющего: есть ли, действует ли, сходится ли.
- Найти на слайде число, которое спорит с документом.
- Посчитать медиану, размах и итог с условиями допуска.
- Поставить себе отметку, которую выдержат ваши данные.

А записка? Пакет не готов: находок {len(state.todo)}, из них «исправить» — {heavy}. «30 рабочих дней» никто не читал. «В мае в реестре» — обещание без срока. А 88 баллов без договора у каждого превращаются в {rules.cap}. Зато теперь вы знаете, что исправить за одиннадцать дней.

Это последний вебинар. Дальше — защита, на которой вопросы задают люди.

Ниже — что заполнено и что перечитать, если ответ дался трудно.
""")

# %% role="form" id="summary"
ask.summary(
    {
        "proves": "раздел 2, таблица документов",
        "order": "раздел 3, таблица шагов",
        "standing": "раздел 3, последний столбец таблицы; раздел 4",
        "term": "раздел 4, «Первые часы»",
        "only_order": "раздел 3, последние строки таблицы",
        "old_decision": "раздел 4, «Вторые часы»",
        "start_by": "раздел 4, «Обратный отсчёт»",
        "faults": "раздел 5, выписки",
        "readiness": "раздел 5, «Готовность — это доля»",
        "slide": "раздел 6, правило о числе на слайде",
        "beta_marks": "раздел 7, таблица критериев",
        "median": "раздел 7, «Пять экспертов»",
        "total": "раздел 7, формула итога и условия допуска",
        "questions": "раздел 9",
        "minutes": "раздел 10, части речи",
        "opening": "разделы 6, 8 и 11",
    }
)

# %% [markdown] role="read" id="hand_in"
r"""
### Как сдать

1. Нажмите **«Сдать»** на полосе над тетрадью. Страница сохранится сама, пустые ответы будут названы, а в конце вы увидите квитанцию: время и контрольную сумму.
2. Если квитанция назовёт файл в папке «Отправить», пошлите этот файл организатору письмом: без письма работа не сдана.
3. Полосы нет? Пошлите организатору файл `answers.json` из папки `08_defence`: в нём все ваши ответы.
4. Сдавать можно несколько раз. Считается последняя сдача до срока.

Баллы и подсказки по каждому упражнению придут с отзывом.
"""
