# %% [markdown] role="read" id="title"
r"""
# Вебинар 7. Меры поддержки

**После вебинара вы сможете:**

- выбрать меру под заявителя и проверить её условия на день, а не «вообще»;
- посчитать сумму, предел и настоящую выгоду: субсидии, льготного займа, тарифа взносов;
- увидеть, какие меры исключают друг друга и где акт есть, а денег нет;
- вычеркнуть из слайда то, что устарело, и то, что нормой никогда не было.

**Время:** около 80 минут. **Баллы:** 40. Из них 36 — за 15 упражнений, их проверит программа; 4 — за план поддержки, его прочтёт преподаватель.

**Ответы записываются сами**, при каждом изменении. Можно закрыть страницу, уйти на совещание и продолжить завтра. До сдачи любой ответ можно исправить. Программировать не нужно: поля заполняют как анкету. Понадобится калькулятор или Excel: часть чисел у каждого участника своя. Прислали код? Сначала нажмите «Код участника» на полосе сверху. Как сдать, сказано в самом конце.
"""

# %% role="form" id="setup"
from datetime import date

from course import charts, finance, law, load_cluster, open_form, play, show, support, wording

ask = open_form("07_support")
cluster = load_cluster(ask.path("cluster.yaml"))
papers = ask.data("purchases.yaml")
project = cluster.project("drivers")
bank = project.loan("bank").rate.value  # the market's rate of this webinar, invented

# Every measure for every firm and project on the day.
ranking = support.rank(cluster, on=ask.day)

# Start batches: the norms, the folder of purchases, and what the course's own reckoning gives.
half = law["measure.decree_41.start_batches.share_max"].on(ask.day)
cap = law["measure.decree_41.start_batches.cap"].on(ask.day)
first = law["measure.decree_41.start_batches.costs_from"].on(ask.day)
own_invoice = ask.vary("invoice", 96_000_000, spread=0.2, step=4_000_000)
bought = {
    line["id"]: own_invoice if line.get("own") else line["amount"] for line in papers["invoices"]
}
later_cost = 320_000_000
paid = ask.vary("paid", 40_000_000, spread=0.5, step=5_000_000)


def refund(purchases, already):
    """What «Фонарщик» may be paid back at most for `purchases` (supplier, day, roubles)."""
    member = cluster.member("fonar")
    told = type(member.eligibility).model_validate(
        {
            "start_batches": [
                {"supplier": who, "date": on, "amount": amount, "document": "счёт"}
                for who, on, amount in purchases
            ],
            "start_batches_paid": already,
        }
    )
    buyer = member.model_copy(update={"eligibility": told})
    others = tuple(one for one in cluster.members if one.id != buyer.id)
    case = cluster.model_copy(update={"members": (buyer, *others)})
    return support.rank(case, on=ask.day).offer("start_batches", "fonar").amount


# Rates: of КИП by the key rate, of the fund, and the sum of the exercise on a soft loan.
part, margin = law["loan.kip.key_rate_share"].on(ask.day), law["loan.kip.margin"].on(ask.day)
tail = law["loan.kip.low_rate_after_investment"].on(ask.day)
fund_rate = law["loan.frp.development.rate.base"].on(ask.day)
own_key = ask.vary("key_rate", 0.21, spread=0.15, step=0.005)
own_loan = ask.vary("loan", 90_000_000, spread=0.25, step=3_000_000)


def kip_rate(key):
    """The rate of КИП at a key rate."""
    return float(finance.loans.subsidised_rate(key, part.number, margin.number))


def gain(principal, years, market, soft):
    """The grant equivalent of a loan that is paid back in equal parts at the end of each year."""
    opening = finance.loans.equal_principal(principal, soft, years).opening
    return support.grant_equivalent(opening, soft, market)


# Contributions: one firm under three reduced tariffs, with the participant's own pay.
pay = ask.vary("pay", 100_000, spread=0.2, step=5_000)
heads = 60
TARIFFS = {
    "sme_manufacturing": "Малое обрабатывающее предприятие",
    "radioelectronics": "Реестр радиоэлектроники",
    "cluster_spic": "Участник кластера со СПИК 1.0",
}

# What «Луч-Драйвер» would like to have, by measure.
WISHES = {
    "frp_development": "Заём ФРП «Проекты развития»",
    "joint_loan": "Совместный заём с фондом Курской области",
    "kip": "Кредит по КИП",
    "regional_grant": "Грант через фонд Курской области",
    "tariff_sme_manufacturing": "Тариф взносов малого обрабатывающего предприятия",
    "tariff_cluster_spic": "Тариф взносов участника кластера: СПИК 2.0 у фирмы есть",
    "start_batches": "Возмещение за драйверы, которые фирма продала «Фонарщику»",
}
wished = {
    name: ranking.offer(
        name, "luch", "drivers" if name in ("frp_development", "joint_loan", "kip") else None
    )
    for name in WISHES
}

# %% [markdown] role="read" id="marks"
r"""
> **Пометки у норм.** «По тексту акта» — прочитан сам акт. «По публикации» — прочитаны новость, обзор или страница фонда. «Не подтверждено» — вывод или память, источника нет. «Не прочитано» — не знает никто из нас. Меры поддержки меняются быстрее законов. Поэтому рядом с каждым числом стоит день.

## 1. Понедельник, слайд помощника

Фирмы, кластер, приказ и суммы вымышлены. Акты, публикации и даты — настоящие.

Кластер наружного освещения из третьего вебинара подтверждён приказом от 1 сентября 2026 года. Восемь фирм, три области: Воронежская, Курская, Орловская. Вы — заместитель министра промышленности Воронежской области. В среду вы показываете губернатору карту мер поддержки. Помощник принёс один слайд о «Луч-Драйвере» — фирме, которая осваивает драйвер взамен ввозимого.
"""

# %% role="read" id="desk"
named = sum(offer.amount for offer in wished.values())
show(
    "| Чего хочет «Луч-Драйвер» | На слайде, млн ₽ |\n|---|---|\n"
    + "\n".join(
        f"| {WISHES[name]} | {wording.number(offer.amount / 1e6, 1) if offer.amount else 'сколько дадут'} |"
        for name, offer in wished.items()
    )
    + f"""
| **Итого поддержка** | **{wording.number(named / 1e6, 1)}** |

Проект стоит {wording.money(project.budget, digits=0)}. «Губернатору понравится», — говорит помощник.

Каждая строка взята из какого-нибудь документа. А итог неверен трижды. Займы сложены с подарками. Один долг посчитан несколько раз. Часть строк — не для этой фирмы. К концу вебинара вы назовёте честное число. Оно будет в несколько раз меньше, и именно за него не придётся извиняться.
"""
)

# %% role="read" id="questions"
show("""
## 2. Восемь вопросов к любой мере

Это ремесло, а не норма: список предлагает курс. На защите эти вопросы зададут вам.

1. **Кто просит?** Покупатель, изготовитель, заёмщик, плательщик, банк.
2. **Какой акт и какая редакция на день?** Не «есть такая мера», а «действует такая-то редакция».
3. **Что оплачивают?** И с какого дня считают затраты.
4. **Сколько?** Доля, предел и на кого предел: на заявителя, на проект, на год.
5. **Открыто ли окно?** Отбор идёт не весь год.
6. **Есть ли деньги?** Акт может действовать и без них.
7. **Что мера исключает?** Один долг берут один раз, тариф выбирают один.
8. **Что не прочитано?** И кто это узнает до какого числа.

На первый вопрос отвечают неверно чаще всего. Вот кто стоит за мерами, о которых речь сегодня.
""")

# %% role="read" id="recipients"
picked = (
    "start_batches", "kip", "frp_development", "joint_loan", "regional_grant",
    "tariff_sme_manufacturing", "tariff_radioelectronics", "tariff_cluster_spic",
    "tax_monitoring", "technopark",
)  # fmt: skip
BASE = {
    "start_batches": "подтверждённый кластер",
    "kip": "продукция из перечня и размер проекта",
    "frp_development": "проект",
    "joint_loan": "проект и регион",
    "regional_grant": "регион",
    "tariff_sme_manufacturing": "размер фирмы и ОКВЭД",
    "tariff_radioelectronics": "реестр отрасли",
    "tariff_cluster_spic": "подтверждённый кластер и СПИК 1.0",
    "tax_monitoring": "подтверждённый кластер",
    "technopark": "площадка",
}
kinds = support.cards()
show(
    "| Мера | Кто обращается | На чём держится (сводка курса) |\n|---|---|---|\n"
    + "\n".join(
        f"| {kinds[name].title} | {kinds[name].recipient} | {BASE[name]} |" for name in picked
    )
    + f"""

**О КИП.** Полное имя — кластерная инвестиционная платформа. Но состоять в реестре кластеров для неё, по всему судя, не нужно ({law["loan.kip.cluster_membership_required"].on(ask.day).standing.words}). А о налоговом мониторинге мы знаем одно название закона: {law["tax.monitoring.cluster_participants"].on(ask.day).reference}.
"""
)

# %% role="form" id="applicants"
ask.match(
    "applicants",
    "1. Кто получает эти деньги или льготу?",
    {
        "batch": "«Луч-Драйвер» сделал первую партию, «Фонарщик» её купил. Кому возместят затраты?",
        "kip": "Завод взял льготный кредит по КИП. Кому идёт субсидия из бюджета?",
        "frp": "Инициатор взял заём ФРП. Кто вернёт его с процентами?",
        "dues": "Малое предприятие платит взносы по пониженному тарифу. Кто применяет тариф?",
        "site": "Технопарку нужна подстанция. Кто просит возместить затраты на неё?",
        "grant": "Фонд Курской области выдаёт гранты по ПП № 2190. Кому?",
    },
    {
        "buyer": "Покупатель",
        "maker": "Изготовитель",
        "bank": "Банк",
        "borrower": "Заёмщик",
        "payer": "Плательщик взносов",
        "manager": "Управляющая компания",
        "local": "Предприятие региона из перечня",
        "operator": "Специализированная организация кластера",
    },
)

# %% role="tests" id="check_applicants" points=3
check = ask.check("applicants", points=3)
### BEGIN HIDDEN TESTS
check.match(
    {
        "batch": "buyer",
        "kip": "bank",
        "frp": "borrower",
        "dues": "payer",
        "site": "manager",
        "grant": "local",
    },
    hints={
        "batch": "Стартовая партия: чьи это затраты — того, кто сделал, или того, кто заплатил?",
        "kip": "КИП: кто недополучает доход, когда ставка ниже рынка?",
        "frp": "ФРП: заём возвращает тот, кто его взял.",
        "dues": "Взносы: тариф не дают по заявке, его применяют в своём расчёте.",
        "site": "Подстанция: найдите в таблице меру, которая держится на площадке.",
        "grant": "Грант: на чём держится эта мера — на кластере или на регионе?",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="form" id="cluster_own"
ask.choices(
    "cluster_own",
    "2. Для каких мер нужен подтверждённый кластер? Отметьте все.",
    {
        "start": "Возмещение за стартовые партии",
        "spic": "Тариф взносов участника кластера со СПИК 1.0",
        "monitoring": "Налоговый мониторинг по 64-ФЗ",
        "kip": "Кредит по кластерной инвестиционной платформе",
        "frp": "Заём ФРП «Проекты развития»",
        "sme": "Тариф взносов малых и средних обрабатывающих предприятий",
        "radio": "Пониженный налог на прибыль радиоэлектроники",
    },
)

# %% role="tests" id="check_cluster_own" points=2
check = ask.check("cluster_own", points=2)
### BEGIN HIDDEN TESTS
check.choices(
    ["start", "spic", "monitoring"],
    hints={
        "start": "Стартовые партии: в таблице эта мера держится на приказе о кластере.",
        "spic": "Тариф со СПИК: одного контракта мало, посмотрите второе условие.",
        "monitoring": "Мониторинг: закон открыл его именно участникам кластеров.",
        "kip": "Слово «кластерная» в названии — ещё не условие. Что решает на деле?",
        "frp": "Фонд смотрит на проект. О кластере в условиях не сказано.",
        "sme": "Этот тариф зависит от размера фирмы и её ОКВЭД.",
        "radio": "Это льгота отрасли: её даёт реестр, а не кластер.",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="batch_text"
recipient = law["measure.decree_41.start_batches.recipient"].on(ask.day)
again = law["measure.decree_41.start_batches.reconfirmed_required"].on(ask.day)
purse = law["measure.decree_41.start_batches.budget"].on(date(2024, 12, 31))
show(f"""
## 3. Стартовые партии

Беда нового изделия простая: первым его никто не покупает. Поэтому платят **покупателю**: {recipient.words}. Отдельного постановления о стартовых партиях нет, они живут внутри ПП № 41.

| Что | Правило | Пометка |
|---|---|---|
| Доля затрат, не больше | {half.words} | {half.standing.words} |
| Предел | {cap.words} | {cap.standing.words} |
| Затраты не раньше | {first.words} | {first.standing.words} |
| Нужен ли кластер, подтверждённый по обновлённым правилам | {again.words} | {again.standing.words} |

Источник: [публикация об отборе 2024 года]({half.address}).

Прочтите таблицу как бухгалтер.

- «Не больше» — это потолок, а не обещание. Отбор конкурсный: можно подать всё верно и не пройти.
- Предел — **на заявителя**. Две фирмы-покупателя имеют два предела. Одна фирма с двумя проектами — по прочитанному, один.
- Уже полученное вычитают из предела. Так курс читает слова «на одного заявителя».
- Партию делает **другой** участник. Сделанное самой фирмой и купленное вне кластера не считают.

> **Не прочитано:** что именно считать стартовой партией; входит ли НДС в затраты; есть ли предел на проект; были ли отборы 2025 и 2026 годов. Оборудование, по всему судя, не возмещают ({law["measure.decree_41.equipment_covered"].on(ask.day).standing.words}).
""")

# %% role="read" id="invoices"
marks_of = {line["id"]: line.get("note", "") for line in papers["invoices"]}
show(
    "### Папка закупок «Фонарщика»\n\nСуммы — без НДС. Фирма считает всё это стартовыми партиями; "
    "спорить с ней пока нечем: определение не прочитано. Прежде субсидий она не получала.\n\n"
    "| Поставщик | Что купили | Дата | Сумма, млн ₽ | Отметка |\n|---|---|---|---|---|\n"
    + "\n".join(
        f"| {line['title']} | {line['goods']} | {wording.day(line['on'])} "
        f"| {wording.number(bought[line['id']] / 1e6)} | {line.get('note', '')} |"
        for line in papers["invoices"]
    )
    + f"\n\nСегодня — {wording.day(ask.day)}. Открыт ли отбор, вопрос раздела 4; здесь считаем, что открыт."
)

# %% role="form" id="batch"
ask.number(
    "batch",
    "3. Какую субсидию самое большее мог бы попросить «Фонарщик» по этой папке?",
    unit="млн ₽",
    decimals=1,
)

# %% role="tests" id="check_batch" points=3
check = ask.check("batch", points=3)
### BEGIN HIDDEN TESTS
lines = [(line["supplier"], line["on"], bought[line["id"]]) for line in papers["invoices"]]
right = refund(lines, 0.0)
amounts = {line["id"]: bought[line["id"]] for line in papers["invoices"]}
check.number(
    right,
    tolerance=50_000,
    mistakes=[
        (right / half.number, 0.25, "Строки отобраны верно. Но возмещают не все затраты, а долю."),
        (
            half.number * sum(amounts.values()),
            0,
            "Вы взяли всю папку. Проверьте у каждой строки дату и поставщика.",
        ),
        (
            right + half.number * amounts["s3"],
            0.5,
            "Одна строка старше, чем позволяет правило о дне затрат.",
        ),
        (
            right + half.number * amounts["s4"],
            0.5,
            "Один из поставщиков — не участник кластера.",
        ),
        (
            right + half.number * amounts["s5"],
            0.5,
            "Одна строка — ещё план. Возмещают документально подтверждённые затраты.",
        ),
        (
            right - half.number * amounts["s2"],
            0.25,
            "Вы потеряли закупку у инициатора проекта. Он — другой участник, и день подходит.",
        ),
        (cap.number, 0, "Это предел. Сначала посчитайте долю затрат, потом сравните с пределом."),
    ],
    hint="Вычеркните строки не из кластера, ранние и будущие. От остатка возьмите долю и сравните с пределом.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="cap_text"
show(f"""
**Год спустя.** Допустим, правила не изменились. «Фонарщик» получил по первой заявке {wording.money(paid, digits=0)} (учебное число, не ответ на прошлое упражнение). Он купил у участников новые партии на {wording.money(later_cost, digits=0)} и подаёт снова.
""")

# %% role="form" id="batch_cap"
ask.number(
    "batch_cap",
    "4. Сколько самое большее «Фонарщик» мог бы попросить год спустя?",
    unit="млн ₽",
    decimals=1,
)

# %% role="tests" id="check_batch_cap" points=2
check = ask.check("batch_cap", points=2)
### BEGIN HIDDEN TESTS
right = refund([("luch", date(2026, 9, 15), later_cost)], paid)
check.number(
    right,
    tolerance=50_000,
    mistakes=[
        (half.number * later_cost, 0, "Это доля затрат. Теперь сравните её с пределом."),
        (cap.number, 0.5, "Предел вспомнили. Но часть его фирма уже выбрала."),
        (
            half.number * later_cost - paid,
            0,
            "Полученное вычитают не из доли затрат, а из предела.",
        ),
        (later_cost - paid, 0, "Возмещают не всё: есть доля и есть предел."),
    ],
    hint="Сначала найдите, сколько предела осталось. Потом возьмите меньшее из двух.",
)
### END HIDDEN TESTS
check.done()

# %% [markdown] role="read" id="play_cap_text"
r"""
### Попробуйте: где доля упирается в предел

Двигайте затраты и выбирайте, сколько фирма уже получила. Пока линии идут вместе, работает доля. Там, где субсидия стала плоской, каждый следующий рубль закупки фирма платит сама.
"""


# %% role="read" id="play_cap"
def own_cap(cost, had):
    """Half of the costs and the subsidy, for costs in millions of roubles."""
    costs = list(range(0, 401))
    left = max(cap.number - had * 1e6, 0.0)
    return charts.responses(
        costs,
        {
            "Доля затрат": [half.number * value * 1e6 for value in costs],
            "Субсидия, самое большее": [min(half.number * value * 1e6, left) for value in costs],
        },
        cost,
        words=lambda value: wording.money(value, "млн ₽", 0),
        input_words=lambda value: wording.number(value),
        axis="Затраты на стартовые партии, млн ₽",
        unit="млн ₽",
        title="Доля и предел на одного заявителя",
        source=f"ПП № 41, стартовые партии, {half.standing.words}; расчёт курса",
    )


play(
    own_cap,
    cost=(0, 400, 240, "Затраты, млн ₽"),
    had=({0: "ничего", 75: "75 млн ₽", 130: "130 млн ₽"}, "Получено раньше"),
)

# %% role="read" id="money_text"
window_of = law["measure.decree_41.start_batches.window"].on(date(2024, 10, 1))
empty = law["measure.decree_110"].on(ask.day)
letter = law["measure.decree_110.budget"].on(date(2025, 12, 31))
show(f"""
## 4. Акт, окно, деньги

Это три разных вопроса, и ответы на них не следуют один из другого.

**Акт.** Постановление действует, пока его не отменили или пока не кончился его срок.

**Окно.** Заявки на стартовые партии принимали {window_of.words} ({window_of.standing.words}). Источник называет его так: «{window_of.quotation}». КИП принимала заявки {law["loan.kip.window"].on(date(2024, 3, 1)).words} ({law["loan.kip.window"].on(date(2024, 3, 1)).standing.words}).

**Деньги.** На стартовые партии 2024 года дали {purse.words} на всех ({purse.standing.words}). Разделите на предел: это две-три самые большие субсидии на страну.

А бывает и так. {empty.reference}: {empty.value}. Звучит как написанное для вас. Но есть [{letter.reference[0].lower() + letter.reference[1:]}]({letter.address}). На {letter.since.year}–{letter.until.year} годы денег — {letter.words} ({letter.standing.words}). Самого акта письмо не отменило. **Акт в силе не значит, что есть деньги.**

О более поздних годах по этим мерам не прочитано ничего. Сколько денег было у КИП, страница об отборе не говорит. «Не прочитано» — это не «нет» и не «да». Это поручение: узнать, кому и к какому числу.
""")

# %% role="form" id="windows"
ask.table(
    "windows",
    "5. Что мы знаем об окне и деньгах меры в этот день?",
    columns={
        "window": ask.choice_column(
            "Окно", {"open": "открыто", "closed": "закрыто", "unknown": "не прочитано"}
        ),
        "money": ask.choice_column(
            "Деньги", {"yes": "есть", "none": "нет", "unknown": "не прочитано"}
        ),
    },
    rows={
        "b1": "Стартовые партии, 01.10.2024",
        "b2": "Стартовые партии, 20.11.2024",
        "b3": f"Стартовые партии, {wording.day(ask.day)}",
        "k1": "КИП, 15.03.2024",
        "p1": "ПП № 110, 15.06.2024",
    },
    corner="Мера и день",
)

# %% role="tests" id="check_windows" points=2
check = ask.check("windows", points=2)
### BEGIN HIDDEN TESTS
BATCH = "measure.decree_41.start_batches"
asked = {
    "b1": (f"{BATCH}.window", f"{BATCH}.budget", date(2024, 10, 1)),
    "b2": (f"{BATCH}.window", f"{BATCH}.budget", date(2024, 11, 20)),
    "b3": (f"{BATCH}.window", f"{BATCH}.budget", ask.day),
    "k1": ("loan.kip.window", None, date(2024, 3, 15)),
    "p1": (None, "measure.decree_110.budget", date(2024, 6, 15)),
}
check.table(
    [
        {
            "row": row,
            "window": str(support.window.window(window, day).state),
            "money": {None: "unknown", 0.0: "none"}.get(
                support.window.budget(budget, day).amount, "yes"
            ),
        }
        for row, (window, budget, day) in asked.items()
    ],
    hints={
        "window": "Окно: сравните день с первым и последним днём приёма. Чего нет в тексте, то не прочитано.",
        "money": "Деньги: о каком годе прочитано, а о каком нет? О деньгах КИП текст молчит.",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="form" id="empty_act"
ask.choice(
    "empty_act",
    "6. Губернатор спрашивает: «ПП № 110 действует, там прямо написано про кластеры. Подаём?» Как ответить?",
    {
        "apply": "Подаём: действующий акт обязывает выделить деньги",
        "cancelled": "Не подаём: раз денег не было, акт отменён",
        "ask": "Даже если акт действует, в последние прочитанные годы денег на него не было. О новом годе спросим ведомство до срока",
        "skip": "Не подаём: денег не было, значит, и не будет",
    },
)

# %% role="tests" id="check_empty_act" points=1
check = ask.check("empty_act", points=1)
### BEGIN HIDDEN TESTS
check.choice(
    "ask",
    mistakes=[
        ("apply", 0, "Перечитайте письмо ведомства: действие акта и деньги года — разные вопросы."),
        ("cancelled", 0, "Отсутствие денег не отменяет акт. Кто и где это написал бы?"),
        (
            "skip",
            0.25,
            "Прошлое вы назвали верно. Но о следующем годе прочитано ли хоть что-нибудь?",
        ),
    ],
)
### END HIDDEN TESTS
check.done()

# %% [markdown] role="read" id="play_calendar_text"
r"""
### Попробуйте: пройдите по месяцам

Каждая клетка — состояние меры на двадцатое число месяца. Двигайте рамку. Найдите месяц, когда у стартовых партий было и окно, и деньги. Сколько таких месяцев?
"""


# %% role="read" id="play_calendar"
DAYS = [date(year, month, 20) for year in range(2023, 2027) for month in range(1, 13)]
OPEN = {"open": "yes", "closed": "no"}


def taking(rule):
    """Whether a measure takes applications, month by month."""
    return [OPEN.get(str(support.window.window(rule, day).state), "unknown") for day in DAYS]


def funded(rule):
    """Whether there is money for a measure, month by month."""
    amounts = [support.window.budget(rule, day).amount for day in DAYS]
    return ["unknown" if amount is None else "yes" if amount else "no" for amount in amounts]


STATES = {
    "Стартовые партии: окно": taking("measure.decree_41.start_batches.window"),
    "Стартовые партии: деньги": funded("measure.decree_41.start_batches.budget"),
    "КИП: окно": taking("loan.kip.window"),
    "ПП № 110: деньги": funded("measure.decree_110.budget"),
}


def own_month(month):
    """The calendar with the frame round one month."""
    return charts.calendar(
        STATES,
        [day.strftime("%m.%Y") for day in DAYS],
        month,
        title="Окна и деньги по прочитанному",
        source="публикации об отборах и письмо ведомства; остальное не прочитано",
    )


play(own_month, month=(0, len(DAYS) - 1, 20, "Месяц от января 2023 года"))

# %% role="read" id="modes_text"
legacy = law["measure.decree_41.legacy.share_max"].on(date(2018, 12, 31))
three = law["measure.decree_41.selection_2021.cap"].on(date(2021, 11, 22))
said = law["measure.decree_41.before_start_batches.share_max"].on(date(2022, 12, 31))
show(f"""
## 5. Одно постановление — четыре режима

ПП № 41 принято в 2016 году и живёт до сих пор. Но платит оно каждый раз за другое.

| Когда | Сколько | За что | Пометка |
|---|---|---|---|
| 2016–2018 | до {legacy.words} затрат | совместный проект | {legacy.standing.words} |
| Отбор 2021 года | до {three.words} за три года | новая продукция: узлы, агрегаты, комплектующие | {three.standing.words} |
| Слова Правительства конца 2022 года | до {said.words} затрат | «на всех стадиях производства продукции» | {said.standing.words} |
| С {first.words} | до {half.words} затрат, {cap.words} | стартовые партии, покупателю | {half.standing.words} |

Сложите строки — получите меру, которой никогда не было: «половина затрат, до 300 миллионов, на всех стадиях». На слайдах она встречается.
""")

# %% role="read" id="snapshots"
rates = law["loan.frp.development.rate.base"]
show(
    """
### Снимки, которые спорят

У страниц фондов часто нет даты. Вот базовая ставка займа ФРП «Проекты развития» на разных страницах:

| Откуда | Ставка | Дата |
|---|---|---|
"""
    + "\n".join(f"| {shot.reference} | {shot.words} | нет |" for shot in rates.snapshots)
    + f"""
| {fund_rate.reference} | **{fund_rate.words}** | {wording.day(fund_rate.published)}, {fund_rate.standing.words} |

Источник последней строки: [новость]({fund_rate.address}). Правило курса: **страница без даты — снимок**. Её показывают рядом, но на день не считают. Для расчёта берут датированную строку, пишут её дату и к дню заявки проверяют снова.

### Законопроект и предложение

Ещё два жанра, которые попадают в слайды под видом нормы.

- **Законопроект.** [Статья октября 2025 года]({law.sources["S79"].addresses[0]}) рассказала, что малые и средние обрабатывающие предприятия лишатся тарифа {law["contributions.sme_manufacturing.above_threshold"].on(ask.day).words}. Принятый закон тариф [сохранил]({law.sources["S82"].addresses[0]}) ({law["contributions.sme_manufacturing.above_threshold"].on(ask.day).standing.words}).
- **Предложение.** В [октябре 2022 года]({law.sources["S25"].addresses[0]}) для участников кластеров предлагали нулевой налог на прибыль. В [принятом законе]({law.sources["S24"].addresses[0]}) 64-ФЗ, судя по названию, только взносы и налоговый мониторинг ({law["tax.profit.cluster_benefit"].on(ask.day).standing.words}: текст закона курс не читал).

И одна настоящая норма с концом срока. Налог на прибыль организаций из реестра радиоэлектроники на {law["tax.profit.radioelectronics.rate.federal"].on(ask.day).since.year}–{law["tax.profit.radioelectronics.rate.federal"].on(ask.day).until.year} годы — {law["tax.profit.radioelectronics.rate.federal"].on(ask.day).words} в федеральный бюджет и {law["tax.profit.radioelectronics.rate.regional"].on(ask.day).words} в региональный ({law["tax.profit.radioelectronics.rate.federal"].on(ask.day).standing.words}). До этого было {law["tax.profit.radioelectronics.rate.federal"].on(date(2024, 12, 31)).words} ({law["tax.profit.radioelectronics.rate.federal"].on(date(2024, 12, 31)).standing.words}).

### Старый слайд

Помощник нашёл ещё один слайд, «Чем помогают кластеру». Его сделали в 2022 году и с тех пор дополняли, ничего не вычёркивая.
"""
)

# %% role="form" id="slide"
ask.match(
    "slide",
    "7. Что со строками слайда на день вебинара?",
    {
        "a300": "«По ПП № 41 дают до 300 млн ₽ за три года»",
        "b30": "«Возмещают до 30 % затрат на всех стадиях производства»",
        "zero": "«Участник кластера не платит налог на прибыль: ставка 0 %»",
        "frp3": "«Базовая ставка займа ФРП „Проекты развития“ — 3 %»",
        "buyer": "«Стартовую партию возмещают тому, кто её купил»",
        "bill": "«С 2026 года малые обрабатывающие предприятия теряют тариф 7,6 %»",
        "radio3": "«Радиоэлектроника платит 3 % налога на прибыль»",
        "vat": "«НДС в затраты на стартовую партию входит»",
    },
    {
        "holds": "Верно на этот день",
        "stale": "Было, но устарело",
        "never": "Нормой не стало",
        "unknown": "Не прочитано",
    },
)

# %% role="tests" id="check_slide" points=4
check = ask.check("slide", points=4)


### BEGIN HIDDEN TESTS
def worn(name, day):
    """Whether the edition of an earlier day has ended or been replaced by the webinar's day."""
    old = law[name].on(day)
    return "stale" if old.ended_on(ask.day) or law[name].on(ask.day) != old else "holds"


def adopted(kept):
    """What is said of a line that only a bill or a proposal stood behind."""
    return "never" if kept else "holds"


check.match(
    {
        "a300": worn("measure.decree_41.selection_2021.cap", date(2021, 11, 22)),
        "b30": worn("measure.decree_41.before_start_batches.share_max", date(2022, 12, 31)),
        "zero": adopted(law["tax.profit.cluster_benefit"].on(ask.day).value is False),
        "frp3": "stale" if fund_rate.number != 0.03 else "holds",
        "buyer": worn("measure.decree_41.start_batches.recipient", date(2023, 1, 1)),
        "bill": adopted(law["contributions.sme_manufacturing.above_threshold"].on(ask.day).known),
        "radio3": worn("tax.profit.radioelectronics.rate.federal", date(2024, 12, 31)),
        "vat": "holds"
        if law["measure.decree_41.start_batches.vat_counts"].on(ask.day).known
        else "unknown",
    },
    hints={
        "a300": "Триста миллионов: в каком году шёл этот отбор?",
        "b30": "Тридцать процентов: найдите, когда это сказали и о каком режиме.",
        "zero": "Нулевая ставка: это закон или предложение?",
        "frp3": "Ставка ФРП: есть ли дата у страницы, где стоит такое число?",
        "buyer": "Покупатель: посмотрите таблицу раздела 3 и есть ли у неё конец срока.",
        "bill": "Тариф малых предприятий: что стало с законопроектом?",
        "radio3": "Радиоэлектроника: сравните годы, на которые написаны две ставки.",
        "vat": "НДС: поищите его в списке того, чего мы не знаем.",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="kip_text"
series = [
    edition for edition in law.editions("key_rate") if edition.known and edition.standing.confirmed
]
floor = law["loan.kip.amount.min"].on(ask.day)
printed = law["loan.kip.rate.printed"].on(ask.day)
show(
    f"""
## 6. Деньги под процент

### КИП: ставка, которая дышит

Ставку КИП считают от ключевой: **{part.words} ключевой ставки плюс {margin.words}** ({part.standing.words}, страницы 2023 и 2024 годов). Ключевая меняется — меняется и ставка. Ставку {printed.words} напечатала [новость]({printed.address}) {wording.day(printed.since)}. Без этой даты фраза «кредит под {printed.words}» ничего не значит.

| Ключевая ставка | С какого дня | По какой | Пометка |
|---|---|---|---|
"""
    + "\n".join(
        f"| {edition.words} | {wording.day(edition.since)} | {wording.day(edition.until)} "
        f"| [{edition.standing.words}]({edition.address}) |"
        for edition in series
    )
    + f"""
| не прочитано | позже {wording.day(series[-1].until)} | | |

Три оговорки, которые важнее формулы.

- **Порог.** {floor.words}: столько стоит в публикации января 2026 года. Что речь о КИП и что порог для кредита, а не для проекта, — вывод курса ({floor.standing.words}). Малому и среднему кластеру до него обычно далеко.
- **Перечень.** Решает код продукции: в перечне {law["loan.kip.product_positions"].on(ask.day).words} позиции ({law["loan.kip.product_positions"].on(ask.day).standing.words}, январь 2024 года).
- **Срок.** Низкая ставка действует **инвестиционную фазу и ещё {tail.words}** ({tail.standing.words}). Потом кредит становится обычным.
"""
)

# %% role="form" id="kip_rates"
ask.table(
    "kip_rates",
    "8. Какой была бы ставка КИП в этот день?",
    columns={"rate": ask.number_column("Ставка КИП, до сотых", unit="%")},
    rows={
        "feb": "12.02.2026",
        "mar": "01.03.2026",
        "own": f"Учебный день, ключевая ставка {wording.share(own_key)}",
    },
    corner="День",
)

# %% role="tests" id="check_kip_rates" points=3
check = ask.check("kip_rates", points=3)
### BEGIN HIDDEN TESTS
keys = {
    "feb": law["key_rate"].on(date(2026, 2, 12)).number,
    "mar": law["key_rate"].on(date(2026, 3, 1)).number,
    "own": own_key,
}
check.table(
    [{"row": row, "rate": kip_rate(key)} for row, key in keys.items()],
    tolerance=0.0003,
    hints={"rate": "Найдите ключевую ставку на этот день, возьмите её долю и прибавьте надбавку."},
    mistakes=[
        (
            [{"row": row, "rate": part.number * key} for row, key in keys.items()],
            0,
            "Долю ключевой вы взяли, а надбавку забыли.",
        ),
        (
            [{"row": row, "rate": key + margin.number} for row, key in keys.items()],
            0,
            "Берут не всю ключевую ставку, а её долю.",
        ),
        (
            [
                {"row": row, "rate": part.number * (key + margin.number)}
                for row, key in keys.items()
            ],
            0,
            "Сначала доля ключевой, и только потом надбавка.",
        ),
    ],
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="kip_end_text"
show(f"""
**Сколько это продлится.** Проект «Луч-Драйвера» начинается {wording.day(project.start)}, стройка и пуск займут {wording.span(project.construction_months)}. Инвестиционной фазой курс считает стройку и пуск: точного определения в прочитанном нет.
""")

# %% role="form" id="kip_end"
ask.date("kip_end", "9. С какого дня ставка КИП перестала бы быть льготной?")

# %% role="tests" id="check_kip_end" points=1
check = ask.check("kip_end", points=1)


### BEGIN HIDDEN TESTS
def after(months):
    """The first of the month that many months after the project's first day, as text."""
    years, month = divmod(project.start.month - 1 + months, 12)
    return date(project.start.year + years, month + 1, 1).isoformat()


extra = int(tail.number * 12)
over = date.fromisoformat(after(project.construction_months + extra))
eve = date.fromordinal(over.toordinal() - 1).isoformat()
check.date(
    over.isoformat(),
    mistakes=[
        (after(project.construction_months), 0, "Это конец стройки. Льготная ставка живёт дольше."),
        (after(extra), 0, "Отсчёт идёт не от начала проекта, а от конца инвестиционной фазы."),
        (
            after(project.construction_months + 60),
            0,
            "Вы прибавили срок займа фонда. У КИП после стройки свой срок.",
        ),
        (eve, 0.5, "Это последний льготный день. Вопрос — о первом обычном."),
    ],
    hint="Прибавьте к началу проекта стройку, потом срок из третьей оговорки.",
)
### END HIDDEN TESTS
check.done()

# %% [markdown] role="read" id="play_rates_text"
r"""
### Попробуйте: что делает ключевая ставка

Двигайте ключевую. Ставка фонда стоит на месте, банк поднимается вместе с ключевой, КИП — примерно втрое медленнее. Посмотрите, где КИП становится дороже займа фонда. Банк в этом вебинаре учебный: ключевая плюс 2,5 п.п.
"""


# %% role="read" id="play_rates"
def own_rates(key):
    """Three rates over the key rate, which is given in per cent."""
    keys = list(range(4, 26))
    return charts.responses(
        keys,
        {
            "Банк": [value / 100 + 0.025 for value in keys],
            "КИП": [kip_rate(value / 100) for value in keys],
            "ФРП, базовая": [fund_rate.number for _ in keys],
        },
        key,
        words=lambda value: wording.share(value, 0),
        input_words=lambda value: wording.share(value / 100, 0),
        axis="Ключевая ставка",
        unit="ставка, % годовых, до целого процента",
        title="Три цены одного займа",
        source=f"КИП и ФРП {part.standing.words}; банк — учебное допущение",
    )


play(own_rates, key=(4, 25, 16, "Ключевая ставка, %"))

# %% role="read" id="gain_text"
small, soft_gap = 60_000_000, bank - fund_rate.number
first_part, second_part = soft_gap * small, soft_gap * small / 2
show(f"""
### Сколько стоит льготный заём

Заём — не подарок: его возвращают. Подарена только разница процентов. Её называют **грант-эквивалентом**: сколько денег надо подарить сегодня, чтобы фирме было всё равно.

Пример. Заём {wording.money(small, digits=0)} на два года, половину возвращают в конце каждого года. Рынок — {wording.share(bank)}, фонд — {fund_rate.words}. Разница — {wording.number(soft_gap * 100)} п.п.

| Год | Долг в начале года | Сэкономлено на процентах | Сегодняшними деньгами |
|---|---|---|---|
| 1-й | {wording.money(small, digits=0)} | {wording.money(first_part)} | {wording.number(first_part / 1e6, 1)} ÷ {wording.number(1 + bank, 2)} = {wording.money(first_part / (1 + bank), digits=2)} |
| 2-й | {wording.money(small / 2, digits=0)} | {wording.money(second_part)} | {wording.number(second_part / 1e6, 1)} ÷ {wording.number(1 + bank, 2)}² = {wording.money(second_part / (1 + bank) ** 2, digits=2)} |
| | | **Грант-эквивалент** | **{wording.money(gain(small, 2, bank, fund_rate.number), digits=2)}** |

Из {wording.money(small, digits=0)} займа подарены {wording.money(gain(small, 2, bank, fund_rate.number))}. Их и пишут в столбец «выгода». Сегодняшними деньгами считают по рыночной ставке: это цена, по которой фирма занимала бы сама.
""")

# %% role="read" id="gain_task"
show(f"""
**Ваш заём:** {wording.money(own_loan, digits=0)} на три года. В конце каждого года возвращают треть. Ставки те же: рынок {wording.share(bank)}, фонд {fund_rate.words}.
""")

# %% role="form" id="loan_gain"
ask.number("loan_gain", "10. Каков грант-эквивалент вашего займа?", unit="млн ₽", decimals=1)

# %% role="tests" id="check_loan_gain" points=3
check = ask.check("loan_gain", points=3)
### BEGIN HIDDEN TESTS
soft = fund_rate.number
right = gain(own_loan, 3, bank, soft)
saved = [(bank - soft) * own_loan * left for left in (1, 2 / 3, 1 / 3)]
check.number(
    right,
    tolerance=120_000,
    mistakes=[
        (sum(saved), 0.5, "Экономия по годам верна. Осталось привести её к сегодняшнему дню."),
        (saved[0], 0, "Это один год, и то не сегодняшними деньгами."),
        (
            sum(part / (1 + bank) ** year for year, part in enumerate(saved)),
            0.5,
            "Проценты платят в конце года. Первый год тоже надо привести.",
        ),
        (
            sum(part / (1 + soft) ** year for year, part in enumerate(saved, 1)),
            0.5,
            "Приводят по рыночной ставке: по ней фирма занимала бы сама.",
        ),
        (
            sum(saved[0] / (1 + bank) ** year for year in (1, 2, 3)),
            0.25,
            "Долг каждый год меньше: экономия второго и третьего года не та, что в первом.",
        ),
        (own_loan, 0, "Это сам заём, его вернут. Подарена только разница процентов."),
        (
            sum(soft * own_loan * left for left in (1, 2 / 3, 1 / 3)),
            0,
            "Это проценты, которые фирма заплатит фонду. Нужны те, которых она не заплатит.",
        ),
    ],
    hint="Три строки, как в примере: долг в начале года, разница ставок, деление на рыночный множитель.",
)
### END HIDDEN TESTS
check.done()

# %% [markdown] role="read" id="play_gain_text"
r"""
### Попробуйте: когда льгота худеет

Это заём из примера. Двигайте рыночную ставку и срок. Опустите рынок до ставки фонда — и подарка не станет. Выгода льготного займа держится на дороговизне обычного.
"""


# %% role="read" id="play_gain"
def own_loan_chart(market, years):
    """Interest by year of the example's loan at a market rate in per cent."""
    rate, principal = market / 100, 60_000_000
    dear = finance.loans.equal_principal(principal, rate, years)
    soft = finance.loans.equal_principal(principal, fund_rate.number, years)
    return charts.soft_loan(
        [float(value) for value in dear.interest],
        [float(value) for value in soft.interest],
        gain(principal, years, rate, fund_rate.number),
        title=f"Заём {wording.money(principal, digits=0)}: проценты по двум ставкам",
        source="расчёт курса; заём учебный, возврат равными частями в конце года",
    )


play(own_loan_chart, market=(5, 25, 18, "Рыночная ставка, %"), years=(2, 7, 2, "Срок, лет"))

# %% role="read" id="dues_text"
base = law["contributions.general.base_limit"].on(ask.day)
wage = law["contributions.sme_manufacturing.threshold"].on(ask.day)
low = law["contributions.sme_manufacturing.above_threshold"].on(ask.day)
radio_low = law["contributions.radioelectronics.below"].on(ask.day)
radio_high = law["contributions.radioelectronics.above"].on(ask.day)
spic_low = law["contributions.cluster_spic.below"].on(ask.day)
spic_high = law["contributions.cluster_spic.above"].on(ask.day)
common = law["contributions.general.below"].on(ask.day)
beyond = law["contributions.general.above"].on(ask.day)
show(f"""
## 7. Взносы: у плательщика один тариф

Тарифы — это не скидки, их не складывают. Фирма выбирает один, к которому подходит.

| Тариф | Сколько | Кому | Пометка |
|---|---|---|---|
| Общий | {common.words} с зарплаты в пределах базы, {beyond.words} сверх неё | всем | {common.standing.words} |
| Малые и средние, обработка | {common.words} с части до {wage.words}, **{low.words} с части выше** | МСП раздела C ОКВЭД из перечня № 3689-р | {low.standing.words} |
| Радиоэлектроника | {radio_low.words} в пределах базы; сверх неё **не прочитано** | реестр отрасли и не меньше {law["tax.profit.radioelectronics.income_share_min"].on(ask.day).words} дохода от неё | {radio_low.standing.words} |
| Участник кластера | {spic_low.words} в пределах базы, {spic_high.words} сверх неё | реестр участников, подтверждённый кластер **и СПИК 1.0 с Российской Федерацией** — все три сразу | {spic_low.standing.words} |

База 2026 года — {base.words} на работника. Порог малых предприятий — полтора МРОТ.

Четыре ловушки.

- **{low.words} малых предприятий — не со всей зарплаты**, а с части выше порога.
- **{spic_low.words} участника кластера — не каждому участнику.** Без СПИК 1.0 его нет. СПИК с регионом не годится ({spic_low.standing.words}). СПИК 2.0, видимо, тоже: в январе 2026 года распространить на него тариф ещё только [просили]({law["contributions.cluster_spic.spic_2"].on(ask.day).address}) ({law["contributions.cluster_spic.spic_2"].on(ask.day).standing.words}). Последний год этого тарифа не прочитан.
- **Льгота радиоэлектроники — не кластерная.** Её даёт реестр отрасли и доля дохода. Кластер тут ни при чём. Долю дохода мы прочли в норме о налоге на прибыль; что для взносов она та же — предположение курса. Размер тарифа стоит на странице о законопроекте; другая страница говорит, что льготу сохранили.
- **Выше базы** у радиоэлектроники известен только законопроект. Значит, не известно.
""")

# %% role="read" id="dues_task"
general_month = support.yearly("general", pay, ask.day) / 12
show(f"""
**Одна фирма, {heads} работников.** Каждый получает {wording.money(pay, "₽")} в месяц весь год. По общему тарифу взносы — {wording.money(general_month, "₽")} в месяц с одного работника.

Посчитайте то же для трёх льготных тарифов, как если бы фирма подходила к каждому. Экономия — против общего тарифа, за год, со всех {heads} работников. Пишите в рублях, копейки можно отбросить.
""")

# %% role="form" id="dues"
ask.table(
    "dues",
    "11. Взносы с одного работника в месяц и экономия фирмы за год",
    columns={
        "month": ask.number_column("С работника в месяц", unit="₽"),
        "saving": ask.number_column("Экономия фирмы за год", unit="₽"),
    },
    rows=TARIFFS,
    corner="Тариф",
)

# %% role="tests" id="check_dues" points=3
check = ask.check("dues", points=3)
### BEGIN HIDDEN TESTS
common_year = support.yearly("general", pay, ask.day)
years = {name: support.yearly(name, pay, ask.day) for name in TARIFFS}
check.table(
    [
        {"row": name, "month": year / 12, "saving": (common_year - year) * heads}
        for name, year in years.items()
    ],
    tolerance=200,
    hints={
        "month": "У малых предприятий зарплату делят порогом на две части, и у каждой своя ставка.",
        "saving": "Экономия: разница с общим тарифом, двенадцать месяцев, все работники.",
    },
)
check.part(
    0,
    abs((check.cell("sme_manufacturing", "month") or 0) - years["cluster_spic"] / 12) > 200,
    hint="Тариф малых предприятий применили ко всей зарплате, а он только для части выше порога.",
)
### END HIDDEN TESTS
check.done()

# %% [markdown] role="read" id="play_dues_text"
r"""
### Попробуйте: сколько процентов зарплаты уходит на взносы

Двигайте зарплату. Тариф малых предприятий при низкой зарплате почти ничего не даёт: вся она ниже порога. А при какой зарплате у радиоэлектроники вместо процента появляются слова «не прочитано»? Там годовой заработок вышел за базу, а ставку сверх неё никто не прочитал.
"""


# %% role="read" id="play_dues"
def burden(tariff, thousands):
    """Contributions of a year as a share of pay in thousands a month; None where unread."""
    year = support.yearly(tariff, thousands * 1_000.0, ask.day)
    return None if year is None else year / (12_000.0 * thousands)


def own_dues(thousands):
    """Four tariffs over the pay of one employee, in thousands of roubles a month."""
    steps = list(range(30, 301, 5))
    names = {"general": "Общий тариф", **TARIFFS}
    return charts.responses(
        steps,
        {title: [burden(name, step) for step in steps] for name, title in names.items()},
        min(steps, key=lambda step: abs(step - thousands)),
        words=lambda value: wording.share(value, 0),
        input_words=lambda value: wording.number(value),
        axis="Зарплата в месяц, тыс. ₽",
        unit="взносы за год, % зарплаты, до целого процента",
        title="Один работник, четыре тарифа",
        source=f"тарифы 2026 года, {low.standing.words}; расчёт курса",
    )


play(own_dues, thousands=(30, 300, 60, "Зарплата, тыс. ₽"))

# %% role="read" id="firms"
words = {
    "none": "нет",
    "1.0_federal": "1.0 с Российской Федерацией",
    "1.0_regional": "1.0 с регионом",
    "2.0": "2.0",
}
chosen = ("fonar", "vatt", "kontakt", "luch", "sumerki", "sloy")
show(
    "### Кому какой тариф\n\nШесть фирм рассказали о себе (учебные данные). Кластер подтверждён у всех.\n\n"
    "| Фирма | Размер | Код в перечне № 3689-р | Реестр радиоэлектроники | Доход от неё | СПИК |\n|---|---|---|---|---|---|\n"
    + "\n".join(
        f"| «{cluster.member(id).label}» | {cluster.member(id).sme.words} "
        f"| {'да' if cluster.member(id).eligibility.sme_list else 'нет'} "
        f"| {'да' if cluster.member(id).registries else 'нет'} "
        f"| {wording.share(cluster.member(id).eligibility.income_share) if cluster.member(id).registries else '—'} "
        f"| {words[str(cluster.member(id).eligibility.spic)]} |"
        for id in chosen
    )
    + "\n\nЕсли фирма подходит к двум тарифам, берёт тот, где экономия больше. Прочие тарифы в этом упражнении не нужны."
)

# %% role="form" id="tariff_of"
ask.match(
    "tariff_of",
    "12. Какой тариф указать фирме в карте мер?",
    {
        id: f"«{cluster.member(id).label}»"
        for id in ("fonar", "vatt", "kontakt", "luch", "sumerki", "sloy")
    },
    {
        "general": "Общий",
        "sme": "Малые и средние, обработка",
        "radio": "Радиоэлектроника",
        "spic": "Участник кластера, если подтвердится последний год",
    },
)

# %% role="tests" id="check_tariff_of" points=3
check = ask.check("tariff_of", points=3)
### BEGIN HIDDEN TESTS
SHORT = {"sme_manufacturing": "sme", "radioelectronics": "radio", "cluster_spic": "spic"}


def fitting(member):
    """The best tariff that a member has for certain, else the one that may turn out so."""
    offers = {key: ranking.offer(f"tariff_{name}", member) for name, key in SHORT.items()}
    for outcome in ("pass", "unknown"):
        held = {key: offer.worth for key, offer in offers.items() if offer.outcome == outcome}
        if held:
            return max(held, key=held.get)
    return "general"


check.match(
    {member: fitting(member) for member in ("fonar", "vatt", "kontakt", "luch", "sumerki", "sloy")},
    hints={
        "fonar": "«Фонарщик»: фирма большая. Какой реестр у неё есть и хватает ли дохода?",
        "vatt": "«Ватт-Модуль»: посмотрите, с кем заключён контракт и какого он вида.",
        "kontakt": "«Контакт-Сейм»: контракт есть, но с кем?",
        "luch": "«Луч-Драйвер»: даёт ли его контракт право на тариф участника? А что даёт размер?",
        "sumerki": "«Сумерки»: сравните долю дохода с условием. Что ещё у фирмы есть?",
        "sloy": "«Тонкий слой»: подходят два тарифа. Вспомните, какой дешевле при одной зарплате.",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="funds_text"
listed = law["fund.kursk.grants"].on(ask.day)
orel = law["fund.orel.amount.max"].snapshots[0]
ratio = law["fund.joint.federal_share.max"].on(ask.day)
far = law["fund.joint.far_east.federal_share"].on(ask.day)
show(
    f"""
## 8. Три области — три кошелька

Межрегиональный кластер один, а фондов у него три. Каждый фонд работает со своими (не подтверждено).

- **Совместный заём** складывают федеральный фонд и фонд региона заёмщика. По [схеме 2017 года]({ratio.address}) федеральных денег до {ratio.words} ({ratio.standing.words}). На Дальнем Востоке с 2021 года — {far.words}. Какая доля действует сейчас в Центральном округе, не прочитано.
- **Гранты по {listed.reference}** — для регионов из перечня: {", ".join(listed.value)} ({listed.standing.words}). Воронежской и Орловской областей там нет. Курские гранты их фирмам не достанутся, в каком бы кластере они ни были.
- **Пределы у фондов свои.** На странице фонда Орловской области стоит заём до {orel.words}; даты у страницы нет.

**Регистрация и цех — два разных адреса.** У одних мер решает первый, у других второй (не подтверждено). Что именно у каждой меры, не прочитано. Поэтому в карточке участника держите оба поля. Если они в разных областях, ответ один: спросить, за чем следует мера.

| Фирма | Зарегистрирована | Работает |
|---|---|---|
"""
    + "\n".join(
        f"| «{member.label}» | {cluster.region(member.region).title} | {cluster.region(member.production_region).title} |"
        for member in cluster.members
    )
)

# %% role="form" id="funds"
ask.match(
    "funds",
    "13. В какой фонд идти фирме?",
    {
        "vatt": "«Ватт-Модуль» просит совместный заём",
        "luch": "«Луч-Драйвер» просит совместный заём",
        "shov": "«Ровный шов» просит совместный заём",
        "sumerki": "«Сумерки» просит совместный заём",
        "kontakt": "«Контакт-Сейм» просит грант по ПП № 2190",
        "sloy": "«Тонкий слой» просит грант по ПП № 2190",
    },
    {
        "voronezh": "В фонд Воронежской области",
        "kursk": "В фонд Курской области",
        "orel": "В фонд Орловской области",
        "both": "Сначала спросить оба фонда, за чем следует мера",
        "nowhere": "Никуда: мера не для этой фирмы",
    },
)

# %% role="tests" id="check_funds" points=3
check = ask.check("funds", points=3)


### BEGIN HIDDEN TESTS
def door(member, measure=None):
    """Where a member goes: to the fund of its one region, or to ask; nowhere if it is not meant."""
    card = cluster.member(member)
    if measure and ranking.offer(measure, member).outcome == "not_applicable":
        return "nowhere"
    return card.region if card.region == card.production_region else "both"


check.match(
    {
        "vatt": door("vatt"),
        "luch": door("luch"),
        "shov": door("shov"),
        "sumerki": door("sumerki"),
        "kontakt": door("kontakt", "regional_grant"),
        "sloy": door("sloy", "regional_grant"),
    },
    hints={
        "vatt": "«Ватт-Модуль»: оба адреса в одной области. В какой?",
        "luch": "«Луч-Драйвер»: фонд области заёмщика, а не области, где сидите вы.",
        "shov": "«Ровный шов»: посмотрите оба столбца таблицы.",
        "sumerki": "«Сумерки»: сравните место регистрации и место цеха.",
        "kontakt": "«Контакт-Сейм»: есть ли область фирмы в перечне?",
        "sloy": "«Тонкий слой»: есть ли область фирмы в перечне?",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="together_text"
LEFT = {
    "frp_development": "пределы и своё участие известны по снимкам без даты",
    "joint_loan": "доля региона и деньги года не прочитаны",
    "kip": f"порог {floor.words} ({floor.standing.words}), перечень, окно",
    "regional_grant": "правила фонда и деньги года не прочитаны",
    "tariff_sme_manufacturing": "всё прочитанное выполнено",
    "tariff_cluster_spic": "посмотрите раздел 7",
    "start_batches": "посмотрите раздел 3",
}
show(
    """
## 9. Что можно вместе

Вернёмся к слайду о «Луч-Драйвере». Теперь у каждой строки два числа: сумма и **выгода**, то есть сколько из неё останется фирме. У гранта это он сам, у займа — грант-эквивалент по плану проекта, у тарифа — экономия за год.

| Чего хочет фирма | Сумма, млн ₽ | Выгода, млн ₽ | Что мешает или не прочитано |
|---|---|---|---|
"""
    + "\n".join(
        f"| {WISHES[name]} | {wording.number(offer.amount / 1e6, 1) if offer.amount else '—'} "
        f"| {wording.number(offer.worth / 1e6, 1) if offer.worth else '—'} | {LEFT[name]} |"
        for name, offer in wished.items()
    )
    + f"""

Правила, по которым считает программа курса:

1. **Одну строку долга берут один раз.** В плане «Луч-Драйвера» один заём на линию — {wording.money(project.loan("soft").principal.value, digits=0)}. Его даст кто-то один.
2. **Тариф один.**
3. **Чужая мера не считается**: ни чужого региона, ни чужого контракта, ни чужой роли.
4. **Значение, которое никто не подтвердил**, вывода не даёт. Но если по нему фирма не проходит, меру в план не ставят.
5. **Лучший набор** — с наибольшей выгодой из разрешённых. Программа перебирает их все.

Нельзя ли на одну линию взять и заём, и грант? Запрета платить дважды за одни и те же затраты ищите в правилах каждого фонда: курс их не читал.
"""
)

# %% role="form" id="combine"
ask.choices(
    "combine",
    "14. Соберите набор с наибольшей выгодой, который ничему из прочитанного не противоречит.",
    WISHES,
)

# %% role="tests" id="check_combine" points=2
check = ask.check("combine", points=2)
### BEGIN HIDDEN TESTS
open_to = [
    offer for offer in wished.values() if offer.outcome in ("pass", "unknown") and not offer.doubted
]
best = {offer.id for offer in support.best(open_to).offers}
check.choices(
    [name for name, offer in wished.items() if offer.id in best],
    hints={
        "frp_development": "Среди займов на одну линию ищите тот, где выгода больше.",
        "joint_loan": "Совместный заём занял бы ту же строку долга. Сравните выгоды.",
        "kip": "КИП: сравните сумму займа с порогом.",
        "regional_grant": "Грант: область фирмы в перечне, долга он не занимает.",
        "tariff_sme_manufacturing": "Тариф малых предприятий: фирма подходит, и заявка не нужна.",
        "tariff_cluster_spic": "Тариф участника кластера: какой нужен СПИК и какой есть?",
        "start_batches": "Стартовая партия: в этой сделке «Луч-Драйвер» продавал или покупал?",
    },
)
picked_now = check.answer if isinstance(check.answer, list) else []
check.part(
    0,
    support.allowed([offer for name, offer in wished.items() if name in picked_now]),
    hint="В вашем наборе две меры исключают друг друга: один долг или один тариф взят дважды.",
)
### END HIDDEN TESTS
check.done()

# %% role="form" id="together"
ask.number(
    "together",
    "15. Какова выгода набора из упражнения 14? Взносы считайте за один год.",
    unit="млн ₽",
    decimals=1,
)

# %% role="tests" id="check_together" points=1
check = ask.check("together", points=1)
### BEGIN HIDDEN TESTS
open_to = [
    offer for offer in wished.values() if offer.outcome in ("pass", "unknown") and not offer.doubted
]
best = support.best(open_to)
check.number(
    best.worth,
    tolerance=150_000,
    mistakes=[
        (
            sum(offer.amount for offer in best.offers),
            0.25,
            "Набор верный, но заём вошёл всей суммой. Его вернут: берите выгоду.",
        ),
        (
            sum(offer.amount for offer in wished.values()),
            0,
            "Это итог слайда помощника, с которого начался вебинар.",
        ),
        (
            sum(offer.worth for offer in wished.values()),
            0,
            "Сложены все строки. Несовместимые и чужие меры надо убрать.",
        ),
        (
            best.worth + wished["joint_loan"].worth,
            0.25,
            "В сумме два займа на одну и ту же линию.",
        ),
    ],
    hint="Сложите столбец «Выгода» по строкам своего набора.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="plan_head"
sure = [offer for offer in ranking.firm.offers if offer.member == "luch"]
show(f"""
## 10. План поддержки

Сравните ваше число с итогом слайда: {wording.number(named / 1e6, 1)} млн ₽. И отметьте ещё одно. **Наверняка** на этот день, по прочитанному, у «Луч-Драйвера» {wording.count(len(sure), "мера", "меры", "мер")} — тариф взносов: {wording.money(sum(offer.worth for offer in sure))} в год. Остальное — работа, а не обещание: прочесть правила, дождаться окна, выиграть отбор.

Хороший план поддержки отвечает на вопрос губернатора раньше, чем тот его задаст: **а если откажут?**
""")

# %% role="form" id="plan"
ask.text(
    "plan",
    "16. Напишите план поддержки «Луч-Драйвера»: 7–10 предложений. Какие меры и кто просит, сколько и чего это стоит, что не прочитано и кто узнает до какого числа, что делает фирма, если откажут.",
    rows=12,
)

# %% [markdown] role="task" id="plan_task" points=4
r"""
План читает преподаватель.
### BEGIN MARK SCHEME
По одному баллу за каждый пункт; половина, если сказано, но без опоры на данные вебинара.

1. **Набор.** Один заём (ФРП «Проекты развития», не КИП и не два займа сразу), грант через фонд Курской области, тариф малых и средних предприятий. Названо, кто просит: сам «Луч-Драйвер». Стартовые партии отнесены к «Фонарщику» или не названы.
2. **Числа.** Сумма отделена от выгоды: заём 240 млн ₽ — выгода около 71 млн ₽; грант до 40 млн ₽; взносы около 9,6 млн ₽ в год. У ставки или суммы названы день и пометка (по публикации, снимок без даты). Нет итога, в котором заём сложен с грантом.
3. **Не прочитано.** Названо не меньше двух неизвестных (пределы и своё участие ФРП по снимкам, правила и деньги фонда Курской области, окно, запрет двойной оплаты), к каждому — кто и до какого числа узнает. Балл не ставится за «уточнить условия».
4. **Если откажут.** По каждой крупной мере — что делает фирма: совместный заём вместо федерального, банк и меньшая очередь линии, свой взнос, перенос срока. Нет обещания «поддержка будет»: решают фонд и отбор.
### END MARK SCHEME
"""

# %% [markdown] role="read" id="team_head"
r"""
## 11. Шаг вашего проекта

Теперь то же для **вашей** команды. Баллов здесь нет. Поделите таблицы между собой: каждый заполняет свою, части потом соединят. Из ответов вырастут карта мер и налоговая часть модели вашего проекта.

Названия фирм пишите так же, как в прежних вебинарах. Даты — так: 22.11.2026. Пустая клетка значит «не знаем»; ноль вместо неё не пишите. Не вписывайте закрытые сведения.

Кто заполняет первые два поля: **бухгалтер или финансист**. Спросите себя: у инициатора есть реестр, доля дохода, нужный СПИК — или только надежда?
"""

# %% role="form" id="team_profit_tax"
ask.step("team_profit_tax")

# %% role="form" id="team_contributions"
ask.step("team_contributions")

# %% [markdown] role="read" id="team_money"
r"""
Кто заполняет дальше: **тот, кто пойдёт к ведомствам и фондам**. В первую таблицу впишите деньги, которые войдут в бюджет проекта. Во вторую — всё, о чём вы попросите, в том числе для покупателя: стартовую партию просит он. В последнем столбце честно ставьте «допущение», пока решения нет.
"""

# %% role="form" id="team_grants"
ask.step("team_grants")

# %% role="form" id="team_support"
ask.step("team_support")

# %% [markdown] role="read" id="closing"
r"""
## 12. Что вы теперь умеете

- Задать мере восемь вопросов и начать с главного: кто просит.
- Посчитать долю, предел и остаток предела стартовой партии.
- Разделить акт, окно и деньги и не принять «не прочитано» за «нет» или «да».
- Назвать ставку с датой и сказать, сколько в займе подарка.
- Выбрать один тариф взносов вместо трёх и один фонд вместо трёх.
- Собрать набор, который можно взять вместе, и ответить, что будет, если откажут.

Ниже — что заполнено и что перечитать, если ответ дался трудно.
"""

# %% role="form" id="summary"
ask.summary(
    {
        "applicants": "раздел 2, таблица заявителей",
        "cluster_own": "раздел 2, последний столбец таблицы",
        "batch": "раздел 3, таблица правил и папка закупок",
        "batch_cap": "раздел 3, «Попробуйте»",
        "windows": "раздел 4, «Акт, окно, деньги»",
        "empty_act": "раздел 4, письмо ведомства",
        "slide": "раздел 5 целиком",
        "kip_rates": "раздел 6, формула и ряд ключевой ставки",
        "kip_end": "раздел 6, третья оговорка",
        "loan_gain": "раздел 6, пример с двумя годами",
        "dues": "раздел 7, таблица тарифов",
        "tariff_of": "раздел 7, «Четыре ловушки»",
        "funds": "раздел 8, таблица адресов",
        "combine": "раздел 9, правила",
        "together": "раздел 9, столбец «Выгода»",
        "plan": "разделы 9 и 10",
    }
)

# %% [markdown] role="read" id="hand_in"
r"""
### Как сдать

1. Нажмите **«Сдать»** на полосе над тетрадью. Страница сохранится сама, пустые ответы будут названы, а в конце вы увидите квитанцию: время и контрольную сумму.
2. Если квитанция назовёт файл в папке «Отправить», пошлите этот файл организатору письмом: без письма работа не сдана.
3. Полосы нет? Пошлите организатору файл `answers.json` из папки `07_support`: в нём все ваши ответы.
4. Сдавать можно несколько раз. Считается последняя сдача до срока.

Баллы и подсказки по каждому упражнению придут с отзывом.
"""
