# %% [markdown] role="read" id="title"
r"""
# Вебинар 2. Диагностика: есть ли кластер

**После вебинара вы сможете:**

- посчитать коэффициент локализации и назвать четыре причины, по которым ему нельзя верить сразу;
- разложить рост занятости на три части и не приписать себе чужую;
- найти деталь, которую ввозят все, и отличить её от той, что нужна одному заводу;
- прочитать официальную статистику: период, источник, пометка «предварительно», закрытая клетка.

**Время:** около 70 минут. **Баллы:** 40. Из них 36 — за 14 упражнений, их проверит программа; 4 — за ответ губернатору, его прочтёт преподаватель.

**Ответы записываются сами**, при каждом изменении. Можно закрыть страницу и продолжить завтра. До сдачи любой ответ можно исправить. Программировать не нужно: поля заполняют как анкету. Для счёта хватит калькулятора. Числа в некоторых упражнениях у каждого свои. Прислали код? Сначала нажмите «Код участника» на полосе сверху. Как сдать, сказано в самом конце.
"""

# %% role="form" id="setup"
from datetime import date

from course import charts, cite, cooperation, law, open_form, play, regions, show, wording

ask = open_form("02_diagnosis")
region = ask.data("region.yaml")
plant = region["plant"]
growth = ask.data("growth.yaml")
components = ask.data("components.yaml")
staff = ask.data("firms.yaml")
quotes = ask.data("quotes.yaml")
moving = ask.data("play.yaml")

# Everybody's own numbers of the exercises; people, roubles, shares.
jobs = {
    **region["jobs"],
    "industry": ask.vary("jobs", region["jobs"]["industry"], spread=0.05, step=100),
}
output = {
    **region["output"],
    "industry": ask.vary("output", region["output"]["industry"], spread=0.1, step=500_000_000),
}
before = jobs["industry"] - ask.vary("gain", growth["jobs"]["gain"], spread=0.2, step=50)
output_growth = ask.vary("output_growth", growth["output_growth"], spread=0.2, step=0.01)
components["pressure"]["imports"] = ask.vary(
    "sensor_imports", components["pressure"]["imports"], spread=0.12, step=500_000_000
)
components["display"]["imports"] = ask.vary(
    "display_imports", components["display"]["imports"], spread=0.2, step=200_000_000
)
staff["productivity"]["assembly"]["headcount"] = ask.vary("assembly_staff", 100, spread=0.1, step=5)
staff["productivity"]["membrane"]["headcount"] = ask.vary("membrane_staff", 80, spread=0.15, step=4)

# What the exercises are about.
by_jobs = regions.location_quotient(
    jobs["industry"], jobs["region"], jobs["industry_country"], jobs["country"]
)
by_output = regions.location_quotient(
    output["industry"], output["region"], output["industry_country"], output["country"]
)
without_plant = regions.location_quotient(
    jobs["industry"] - plant["jobs"],
    jobs["region"] - plant["jobs"],
    jobs["industry_country"],
    jobs["country"],
)
hidden = jobs["industry"] - sum(kind["jobs"] or 0 for kind in region["kinds"])
change = regions.shift_share(
    before,
    jobs["industry"],
    growth["jobs"]["country"],
    growth["jobs"]["industry"],
)

# Published figures, each with its period and its source.
electronics = law["statistics.voronezh.okved26"].on(date(2025, 12, 31))
chips = law["statistics.voronezh.integrated_circuits.nine_months.fall"].on(date(2025, 9, 30))
diodes = law["statistics.voronezh.semiconductors.nine_months"].on(date(2025, 9, 30))
voronezh = law["statistics.voronezh.industry"].on(date(2025, 12, 31))
orel = law["statistics.orel.industry"].on(date(2025, 12, 31))
quarter = law["statistics.kursk.manufacturing.first_quarter"].on(date(2024, 3, 31))
undated = law["statistics.kursk.okved26.undated"].snapshots[0]
market = law["statistics.russia.radioelectronics.output"].on(date(2024, 12, 31))
share_2022 = law["statistics.russia.radioelectronics.home_share.2022"].on(date(2022, 12, 31))
share_2024 = law["statistics.russia.radioelectronics.home_share"].on(date(2024, 12, 31))
autumn = law["registry.clusters"].on(date(2024, 11, 8))
again = law["registry.clusters.reconfirmed"].on(date(2024, 9, 16))
latest = law["registry.clusters"].on(ask.day)


def people(amount):
    """A number of people in words."""
    return wording.count(round(amount), "человек", "человека", "человек")


def period(edition):
    """The period of a published figure in words."""
    since, until = edition.since, edition.until
    if (since.month, since.day, until.month, until.day) == (1, 1, 12, 31):
        return f"{since.year} год"
    return f"{wording.month(since).split(wording.NBSP)[0]} — {wording.month(until)}"


# %% [markdown] role="read" id="story"
r"""
> **Пометки.** «По тексту акта» — прочитан сам акт. «По публикации» — прочитаны новость, обзор или копия. «Не подтверждено» — так думают многие, но источника у курса нет. «Учебные данные» — всё выдумано для примера.

## 1. Слайд к среде

Заречная область и все её фирмы вымышлены. Настоящие Воронеж, Курск и Орёл появятся в разделе 5, с настоящей статистикой.

Вы — заместитель министра промышленности Заречной области. В понедельник губернатор спросил: «Все делают кластеры. У нас-то он есть?» Ответ нужен к среде, одна страница. Помощник за ночь собрал слайд.
"""

# %% role="read" id="slide"
show(f"""
> **У нас есть кластер приборостроения**
>
> 1. Коэффициент локализации выше единицы — область специализирована.
> 2. За три года в отрасли стало на {people(change.total)} больше: сработала наша программа.
> 3. Счётчикам тепла нужны детали, которых в стране нет. Корпуса ввозят тоже.
> 4. У соседей в Воронеже электроника выросла на {wording.share(electronics.number - 1)}. Значит, растут и микросхемы.
> 5. Доля отечественной электроники за два года поднялась с {share_2022.words} до {share_2024.words}.
> 6. На двух заводах поставили роботов: высокопроизводительные места есть.

Шесть строк, и почти в каждой верное число. Верны ли выводы? Пройдём слайд строка за строкой. В конце напишете губернатору сами.
""")

# %% role="read" id="law_text"
definition = law["cluster.definition"].on(ask.day)
rule = law["cluster.cooperation.contracts"].on(ask.day)
show(f"""
### Сначала — чего диагностика не может

Закон описывает кластер так ([определение]({definition.address}), {definition.standing.words}):

> {definition.quotation}

Коэффициентов в определении нет. Нет их и в прочитанном требовании (а): оно спрашивает о договорах ({rule.standing.words}). Остальных пунктов действующих требований курс не читал.

Зачем тогда считать? **Диагностика показывает, где искать. Кластер доказывают договоры** — о них вебинар 3. Хорошая диагностика отвечает на три вопроса:

1. Где область сильнее страны?
2. Куда всё движется и почему?
3. Какую вещь ввозят многие, а могли бы делать здесь?
""")

# %% role="read" id="lq_text"
europe = law["method.location_quotient.european_threshold"].editions[-1]
demo = regions.location_quotient(
    moving["furniture"]["industry"],
    jobs["region"],
    moving["furniture"]["industry_country"],
    jobs["country"],
)
show(f"""
## 2. Строка первая: «специализирована»

**Коэффициент локализации** сравнивает две доли: какую часть области занимает отрасль и какую часть страны.

$$LQ = \\frac{{\\text{{отрасль в области}} \\div \\text{{вся область}}}}{{\\text{{отрасль в стране}} \\div \\text{{вся страна}}}}$$

Единица — как в стране. Больше единицы — отрасли здесь больше обычного.

Пример: мебель. В области мебель делают {people(moving["furniture"]["industry"])} из {people(jobs["region"])}, это {wording.share(demo.regional_share, 2)}. По стране — {wording.share(demo.national_share, 2)}. Делим первое на второе: **{wording.number(demo.value, 2)}**.

Какого коэффициента достаточно? Российского порога курс не нашёл. В европейской практике называют порог {europe.words} ({europe.standing.words}) — годится только для сравнения.

### Приборы и электроника Заречной области, 2025 год (учебные данные)

| | Отрасль в области | Вся область | Отрасль в стране | Вся страна |
|---|---|---|---|---|
| Занятые, человек | {wording.number(jobs["industry"])} | {wording.number(jobs["region"])} | {wording.number(jobs["industry_country"])} | {wording.number(jobs["country"])} |
| Выпуск, млрд ₽ | {wording.number(output["industry"] / 1e9)} | {wording.number(output["region"] / 1e9)} | {wording.number(output["industry_country"] / 1e9)} | {wording.number(output["country"] / 1e9)} |
""")

# %% [markdown] role="read" id="q_lq"
r"""
### Упражнения 1–3. Два коэффициента
"""

# %% role="form" id="lq"
ask.number("lq", "1. Коэффициент локализации по занятым", decimals=2)

# %% role="tests" id="check_lq" points=2
check = ask.check("lq", points=2)
### BEGIN HIDDEN TESTS
check.number(
    by_jobs.value,
    tolerance=0.006,
    mistakes=[
        (1 / by_jobs.value, 0.5, "Доли верные, но дробь перевёрнута: область стоит сверху."),
        (
            jobs["industry"] / jobs["industry_country"],
            0,
            "Это вклад области в отрасль страны. Его ещё надо сравнить с тем, какую часть страны занимает сама область.",
        ),
        (by_jobs.regional_share, 0, "Это доля отрасли в области. С чем её сравнить?"),
        (
            by_jobs.regional_share * 100,
            0,
            "Это доля отрасли в области, в процентах. С чем её сравнить?",
        ),
        (by_output.value, 0.25, "Формула верная, но строка не та: возьмите занятых."),
        (round(by_jobs.value, 1), 0.5, "Верно до десятых. Запишите до сотых."),
    ],
    hint="Посчитайте две доли: отрасли в области и отрасли в стране. Потом разделите первую на вторую.",
)
### END HIDDEN TESTS
check.done()

# %% role="form" id="lq_output"
ask.number("lq_output", "2. Коэффициент локализации по выпуску", decimals=2)

# %% role="tests" id="check_lq_output" points=2
check = ask.check("lq_output", points=2)
### BEGIN HIDDEN TESTS
check.number(
    by_output.value,
    tolerance=0.006,
    mistakes=[
        (1 / by_output.value, 0.5, "Доли верные, но дробь перевёрнута."),
        (round(by_output.value, 1), 0.5, "Верно до десятых. Запишите до сотых."),
        (by_jobs.value, 0, "Это коэффициент по занятым. Повторите счёт по второй строке таблицы."),
        (
            (output["industry"] / jobs["industry"])
            / (output["industry_country"] / jobs["industry_country"]),
            0.25,
            "Вы сравнили выпуск на одного занятого. Это полезное число, но вопрос был о долях в выпуске.",
        ),
        (
            output["industry"] / output["industry_country"],
            0,
            "Это вклад области в выпуск отрасли страны. Не хватает второго деления.",
        ),
    ],
    hint="Тот же счёт, но по второй строке таблицы: сначала две доли, потом деление.",
)
### END HIDDEN TESTS
check.done()

# %% role="form" id="lq_meaning"
ask.choices(
    "lq_meaning",
    "3. Что следует из таблицы и двух коэффициентов? Отметьте всё верное.",
    {
        "jobs_more": "Доля отрасли среди занятых в области выше, чем в стране",
        "output_less": "Доля отрасли в выпуске области ниже, чем в стране",
        "per_head": "На одного занятого здесь приходится меньше выпуска, чем в этой отрасли по стране",
        "cluster": "В области есть кластер",
        "grows": "Отрасль в области растёт",
        "mistake": "Одно из двух чисел посчитано с ошибкой: они не могут так расходиться",
        "tolling": "Заводы работают на сырье заказчика, поэтому выпуск мал",
    },
)

# %% role="tests" id="check_lq_meaning" points=3
check = ask.check("lq_meaning", points=3)
### BEGIN HIDDEN TESTS
check.choices(
    ["jobs_more", "output_less", "per_head"],
    hints={
        "jobs_more": "Занятые: что значит коэффициент больше единицы?",
        "output_less": "Выпуск: что значит коэффициент меньше единицы?",
        "per_head": "Разделите выпуск отрасли на занятых: один раз для области, другой — для страны.",
        "cluster": "Коэффициент говорит, что людей в отрасли много. Связаны ли фирмы, он не знает.",
        "grows": "В таблице один год. Роста по одному году не увидеть.",
        "mistake": "Занятые и выпуск — разные меры. Разойтись они могут, и это тоже сведение.",
        "tolling": "Это возможная причина, но в таблице её нет. Причину надо проверять отдельно.",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="plant_text"
show(f"""
Первый урок: **назовите, по чему считали**. Два честных человека могут прийти с разными коэффициентами. Один считал людей, другой — рубли. Если они расходятся, спросите почему. Может быть, здесь делают простые вещи. Может быть, работают на материалах заказчика: тогда в выпуск попадает только плата за работу. Может быть, штаб-квартира с выручкой стоит в другой области.

### Один завод

На заводе {plant["title"]} работают {people(plant["jobs"])} из {people(jobs["industry"])}. Он и даёт почти весь результат. Коэффициент этого не покажет, пока завод не убрать.

**Попробуйте на мебели.** Ползунок — сколько человек работает на самой большой фабрике. Двигайте вправо и смотрите на нижнюю полосу: это мебель области без этой фабрики. Она заштрихуется, когда опустится ниже единицы.
""")


# %% role="read" id="play_plant"
def one_plant(hundreds):
    """The furniture industry with its largest factory and without it."""
    given, factory = moving["furniture"], 100 * hundreds
    rest = regions.location_quotient(
        given["industry"] - factory,
        jobs["region"] - factory,
        given["industry_country"],
        jobs["country"],
    )
    return charts.quotients(
        [("Вся мебель области", demo.value), ("Без крупнейшей фабрики", rest.value)],
        title="Сколько держит одна фабрика",
        source="учебные данные",
    )


play(one_plant, hundreds=(0, 80, 8, "На фабрике, сотен человек"))

# %% role="form" id="plant"
ask.number(
    "plant",
    f"4. Приборы без завода {plant['title']}: коэффициент по занятым. Уберите завод из отрасли области и из всей области; числа страны не меняйте.",
    decimals=2,
)

# %% role="tests" id="check_plant" points=2
check = ask.check("plant", points=2)
### BEGIN HIDDEN TESTS
check.number(
    without_plant.value,
    tolerance=0.006,
    mistakes=[
        (by_jobs.value, 0, "Это коэффициент вместе с заводом. Сначала вычтите его людей."),
        (
            plant["jobs"] / jobs["region"] / by_jobs.national_share,
            0.25,
            "Это коэффициент одного завода. А вопрос — о том, что останется без него.",
        ),
        (1 / without_plant.value, 0.5, "Вычли верно, но дробь перевёрнута."),
        (round(without_plant.value, 1), 0.5, "Верно до десятых. Запишите до сотых."),
    ],
    hint="Вычтите людей завода из занятых отрасли и из занятых области, потом считайте как в упражнении 1.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="small_text"
show("""
Что это значит для кластера? Один большой завод — не приговор: он может стать **якорем**, вокруг которого соберутся поставщики. Но тогда вопрос к нему: что он покупает на стороне и готов ли покупать у соседей?

### Малая база

В области есть часовой цех. Совсем маленький. Представьте, что открылся ещё один. **Двигайте ползунок** — столько человек наняли.
""")


# %% role="read" id="play_small"
def new_shop(hired):
    """A tiny industry before and after a shop has hired some people."""
    given = moving["clocks"]
    earlier, now = (
        regions.location_quotient(
            given["industry"] + more,
            jobs["region"] + more,
            given["industry_country"],
            jobs["country"],
        )
        for more in (0, hired)
    )
    return charts.quotients(
        [("Часы в прошлом году", earlier.value), ("Часы в этом году", now.value)],
        title="Один цех на малой базе",
        source="учебные данные",
    )


play(new_shop, hired=(0, 500, 60, "Наняли, человек"))

# %% role="read" id="closed_text"
rows = "\n".join(
    f"| {kind['title']} | {wording.number(kind['jobs']) if kind['jobs'] is not None else '…'} |"
    for kind in region["kinds"]
)
show(f"""
Несколько сотен человек превращают «ничего» в «специализацию». Область от этого не изменилась. Поэтому рядом с коэффициентом всегда печатайте **само число занятых** и смотрите несколько лет, а не один.

### Закрытая клетка

Помощник запросил занятых по видам производства. Пришла таблица (учебные данные):

| Вид производства | Занятые, человек |
|---|---|
{rows}
| **Вся отрасль** | **{wording.number(jobs["industry"])}** |

Многоточие — закрытая клетка. Обычная причина: по числу узнали бы отдельную фирму (не подтверждено). **Закрыто — не значит ноль.** Но и «ничего не известно» — тоже неправда: сумма напечатана, а остальные строки открыты. Значит, у закрытого есть потолок.

По стране компоненты делают {people(region["components_country"])}.

> В электронике закрытые клетки бывают чаще: часть фирм работает на оборону. Это не подтверждено, но готовьтесь. Потолок считайте **для себя**. Прежде чем печатать его, спросите того, кто закрыл данные. Это совет курса.
""")

# %% role="form" id="closed"
ask.number(
    "closed",
    "5. Каким самое большее может быть коэффициент локализации электронных компонентов в области?",
    decimals=2,
)

# %% role="tests" id="check_closed" points=3
check = ask.check("closed", points=3)


### BEGIN HIDDEN TESTS
def component_quotient(amount):
    """The quotient of components if so many people make them in the region."""
    return regions.location_quotient(
        amount, jobs["region"], region["components_country"], jobs["country"]
    ).value


check.number(
    component_quotient(hidden),
    tolerance=0.006,
    mistakes=[
        (0, 0, "Многоточие — не ноль. Сколько человек прячется в двух закрытых клетках вместе?"),
        (
            component_quotient(hidden / 2),
            0.5,
            "Вы разделили остаток пополам. Спрашивают о самом большом возможном значении.",
        ),
        (
            component_quotient(jobs["industry"] - region["kinds"][0]["jobs"]),
            0.5,
            "Вычтите обе открытые строки, а не одну.",
        ),
        (
            component_quotient(jobs["industry"]),
            0.25,
            "Вся отрасль не может быть компонентами: часть людей в открытых строках.",
        ),
        (
            hidden / jobs["region"] / by_jobs.national_share,
            0.5,
            "Людей вы нашли верно. Но сравнивать надо с компонентами по стране, а не со всей отраслью.",
        ),
        (hidden, 0.5, "Это число людей, и оно верное. Теперь посчитайте по нему коэффициент."),
        (round(component_quotient(hidden), 1), 0.5, "Верно до десятых. Запишите до сотых."),
    ],
    hint="Вычтите из всей отрасли открытые строки. Остаток делят две закрытые. Сколько самое большее достанется компонентам?",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="shift_text"
trend = moving["furniture"]["growth"]
start = moving["furniture"]["industry"]
sample = regions.shift_share(
    start, start * (1 + trend["here"]), trend["country"], trend["industry"]
)
show(f"""
Сравните ответ с единицей. Даже в лучшем случае компонентов здесь меньше, чем в среднем по стране. Область собирает приборы, а детали для них делают не здесь. Запомните это: пригодится в разделе 4.

## 3. Строка вторая: «сработала наша программа»

Занятых стало больше. Кто молодец? Может быть, никто: росла вся страна. Или вся отрасль. **Разложение сдвига** (по-английски shift-share) делит прирост на три части.

| Часть | Что спрашивает | Как считать |
|---|---|---|
| **Страна** | Сколько прибавилось бы, если бы отрасль росла как вся экономика? | было × рост страны |
| **Отрасль** | Сколько добавило то, что эта отрасль в стране растёт быстрее или медленнее экономики? | было × (рост отрасли в стране − рост страны) |
| **Остаток области** | Насколько здесь вышло лучше или хуже, чем у отрасли в стране? | было × (рост отрасли в области − рост отрасли в стране) |

Сложите три части — получится весь прирост. Это и проверка.

**Подвигайте** на мебели. Начальное положение: занятых в стране стало больше на {wording.share(trend["country"])}, в мебели по стране — меньше на {wording.share(-trend["industry"])}, а в мебели области — больше на {wording.share(trend["here"])}. Остаток области ({people(sample.regional)}) больше всего прироста ({people(sample.total)}): здесь росли, пока отрасль в стране падала.
""")


# %% role="read" id="play_shift"
def three_parts(country, industry, here):
    """The change of the furniture industry as three steps; growths in per cent."""
    parts = regions.shift_share(start, start * (1 + here / 100), country / 100, industry / 100)
    return charts.shift(
        start,
        [
            ("Страна", parts.national),
            ("Отрасль", parts.industrial),
            ("Остаток области", parts.regional),
        ],
        unit="занятые, человек",
        title="Из чего сложился прирост",
        source="учебные данные",
    )


play(
    three_parts,
    country=(-5, 10, round(100 * trend["country"]), "Рост страны, %"),
    industry=(-15, 20, round(100 * trend["industry"]), "Рост отрасли в стране, %"),
    here=(-20, 25, round(100 * trend["here"]), "Рост отрасли в области, %"),
)

# %% role="read" id="shift_task"
show(f"""
### Упражнения 6–8. Прирост

**Приборы Заречной области, 2022–2025 годы** (учебные данные). Было {people(before)}, стало {people(jobs["industry"])}. За те же три года вся экономика страны прибавила {wording.share(growth["jobs"]["country"])} занятых, а отрасль по стране — {wording.share(growth["jobs"]["industry"])}.
""")

# %% role="form" id="shift"
ask.table(
    "shift",
    "6. Разложите прирост на три части.",
    columns={"value": ask.number_column("Человек")},
    rows={"national": "Страна", "industrial": "Отрасль", "regional": "Остаток области"},
    corner="Часть",
)

# %% role="tests" id="check_shift" points=3
check = ask.check("shift", points=3)
### BEGIN HIDDEN TESTS
check.table(
    [
        {"row": "national", "value": change.national},
        {"row": "industrial", "value": change.industrial},
        {"row": "regional", "value": change.regional},
    ],
    tolerance=0.5,
    hint="Считайте от того, что было, а не от того, что стало.",
)
cells = [check.cell(row, "value") for row in ("national", "industrial", "regional")]
numbers = [cell for cell in cells if type(cell) in (int, float)]
check.part(
    0,
    len(numbers) == 3 and abs(sum(numbers) - change.total) <= 1,
    hint="Сложите три части: сумма должна быть равна всему приросту.",
)
check.part(
    0,
    cells[1] != round(before * growth["jobs"]["industry"]),
    hint="Отрасль: из роста отрасли надо вычесть рост страны, иначе он посчитан дважды.",
)
check.part(
    0,
    cells[2] != change.total - round(change.national),
    hint="Остаток: вычтите то, что дала и страна, и отрасль.",
)
### END HIDDEN TESTS
check.done()

# %% role="form" id="shift_meaning"
ask.choice(
    "shift_meaning",
    "7. Что можно написать об остатке области?",
    {
        "rest": "Занятость в отрасли росла здесь быстрее, чем в отрасли по стране. Почему — из этих чисел не видно",
        "program": "Этот прирост дала областная программа поддержки",
        "whole": "Весь прирост за три года — заслуга области",
        "links": "Фирмы области стали больше покупать друг у друга",
        "plan": "В следующие три года область прибавит столько же",
    },
)

# %% role="tests" id="check_shift_meaning" points=2
check = ask.check("shift_meaning", points=2)
### BEGIN HIDDEN TESTS
check.choice(
    "rest",
    mistakes=[
        (
            "program",
            0.25,
            "Область и правда опередила отрасль. Но расчёт называет остаток, а не его причину.",
        ),
        ("whole", 0, "Часть прироста дали страна и отрасль. Посмотрите на первые две строки."),
        ("links", 0, "О покупках в этих данных нет ни слова: здесь только занятые."),
        ("plan", 0, "Разложение описывает прошлое. Продолжать его вперёд нельзя."),
    ],
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="prices_text"
show(f"""
### А если считать в рублях

Помощник предлагает другую строку: «Выпуск отрасли вырос на {wording.share(output_growth)}». Это правда, но рубли за эти годы подешевели: цены отрасли выросли на {wording.share(growth["price_growth"])} (учебные данные). Рост цен выглядит как рост отрасли. Поэтому в разложение берут **занятых** или **постоянные цены**.

Чтобы убрать цены, рост делят, а не вычитают. Было 100 ₽, цены выросли на 50 %, продали на 180 ₽. Настоящий рост: 180 ÷ 150 — это 1,2, то есть 20 %.

И ещё об одном: на переходе от старого классификатора отраслей к новому (2016/17) ряды не сопоставимы. Не тяните линию через этот год.
""")

# %% role="form" id="prices"
ask.number(
    "prices",
    "8. На сколько вырос выпуск отрасли за вычетом роста цен?",
    unit="%",
    decimals=1,
)

# %% role="tests" id="check_prices" points=2
check = ask.check("prices", points=2)
### BEGIN HIDDEN TESTS
nominal, prices = output_growth, growth["price_growth"]
check.number(
    (1 + nominal) / (1 + prices) - 1,
    tolerance=0.001,
    mistakes=[
        (nominal - prices, 0.5, "Близко. Но росты не вычитают, а делят: так, как в примере."),
        (nominal, 0, "Это рост в рублях. Уберите из него рост цен."),
        (
            (1 + nominal) / (1 + prices),
            0.5,
            "Это во сколько раз. А вопрос — на сколько: отнимите сто процентов.",
        ),
        ((1 + nominal) * (1 + prices) - 1, 0, "Вы прибавили рост цен ещё раз. Его надо убрать."),
        (
            nominal / prices - 1,
            0,
            "Делят не сами приросты. К каждому сначала прибавьте сто процентов.",
        ),
    ],
    hint="Прибавьте к каждому росту сто процентов, разделите первое на второе и отнимите сто процентов.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="import_text"
rows = "\n".join(
    f"| {item['title']} | {wording.number(item['output'] / 1e6)} | {wording.number(item['exports'] / 1e6)} "
    f"| {wording.number(item['imports'] / 1e6)} | {item['buyers']} | {item['makers']} |"
    for item in components.values()
)
show(f"""
## 4. Строка третья: «деталей в стране нет»

Специализация говорит, что у области есть руки. Чтобы вырос кластер, нужна ещё **общая нужда**: вещь, которую покупают многие, а привозят издалека.

Насколько рынок зависит от ввоза, показывает **импортозависимость**: какую часть того, что внутри страны потребили, составляет ввоз.

$$\\frac{{\\text{{ввоз}}}}{{\\text{{выпуск}} - \\text{{вывоз}} + \\text{{ввоз}}}}$$

Внизу стоит не выпуск. Внизу — потребление: произвели, отняли вывезенное, прибавили ввезённое. Например, выпуск 100, вывоз 20, ввоз 40: потребили 120, ввозного {wording.share(cooperation.import_dependence(100, 20, 40))}.

В области пять заводов собирают счётчики тепла. Вот три детали счётчика (учебные данные; рынок страны, млн ₽ за год):

| Деталь | Выпуск | Вывоз | Ввоз | Сколько заводов области покупают | Кто в области делает |
|---|---|---|---|---|---|
{rows}

Оговорки, о которых спросят:

{chr(10).join(f"- {caution}." for caution in cooperation.IMPORT_CAUTIONS[:3])}

И ещё: это зависимость **рынка**. Доля ввозных деталей в вашем изделии — другое число.
""")

# %% role="form" id="imports"
themes = {
    "shared": "ввозят, нужно многим",
    "single": "ввозят, нужно одному",
    "solved": "ввозят мало",
}
ask.table(
    "imports",
    "9. Посчитайте импортозависимость и выберите вывод.",
    columns={
        "value": ask.number_column("Импортозависимость", unit="%"),
        "theme": ask.choice_column("Вывод", themes),
    },
    rows={key: item["title"] for key, item in components.items()},
    corner="Деталь",
)

# %% role="tests" id="check_imports" points=3
check = ask.check("imports", points=3)
### BEGIN HIDDEN TESTS
meaning = {"pressure": "shared", "display": "single", "housing": "solved"}
check.table(
    [
        {
            "row": id,
            "value": cooperation.import_dependence(
                deal["output"], deal["exports"], deal["imports"]
            ),
            "theme": meaning[id],
        }
        for id, deal in components.items()
    ],
    tolerance=0.002,
    hints={
        "value": "Сверху — ввоз, снизу — потребление: выпуск минус вывоз плюс ввоз.",
        "theme": "Смотрите на два признака сразу: много ли ввозят и сколько заводов области покупают.",
    },
)
sensor = components["pressure"]
dependence = check.cell("pressure", "value")
typed = dependence if type(dependence) in (int, float) else 0
check.part(
    0,
    abs(typed - sensor["imports"] / (sensor["output"] + sensor["imports"])) > 0.002,
    hint="Вывезенное внутри страны не потребили: отнимите его.",
)
check.part(
    0,
    abs(typed - sensor["imports"] / sensor["output"]) > 0.002,
    hint="Доля не бывает больше ста процентов: на выпуск делить нельзя.",
)
check.part(
    0,
    check.cell("housing", "theme") != "shared",
    hint="Корпус нужен многим, но посмотрите, сколько его ввозят.",
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="need_text"
show("""
Если у детали нашлись оба признака — её ввозят и она нужна многим, — это ещё не кластер, но уже **тема для разговора с директорами**. Спросить их надо о трёх вещах: сколько покупаете в год, что в ввозной детали для вас важно, подпишете ли договор на поставку, если своя пройдёт испытания. Как из темы сделать проект, расскажет вебинар 4.

Деталь, которая нужна одному заводу, — забота этого завода. Деталь, которую в стране делают с избытком, — не тема вовсе. Вернитесь к третьей строке слайда: всё ли в ней верно?
""")


# %% role="read" id="stats_text"
def line(place, what, edition, value=""):
    """A row of the table of published figures."""
    marks = [edition.standing.words] + (["**предварительно**"] if edition.preliminary else [])
    source = f"[{edition.reference}]({edition.address})"
    when = period(edition) if edition.since else "**не назван**"
    return (
        f"| {place} | {what} | {when} | {value or edition.words} | {source} | {', '.join(marks)} |"
    )


table = "\n".join(
    (
        line("Воронежская", "Вся промышленность", voronezh),
        line("Воронежская", "Электроника (ОКВЭД 26)", electronics),
        line("Воронежская", "Полупроводниковые приборы", diodes),
        line("Воронежская", "Микросхемы", chips, f"упали в {chips.words} раза"),
        line("Курская", "Обработка", quarter),
        line("Курская", "Электроника (ОКВЭД 26)", undated),
        line("Орловская", "Вся промышленность", orel),
        line("Орловская", "Обработка", law["statistics.orel.manufacturing"].on(date(2025, 12, 31))),
        line("Россия", "Выпуск радиоэлектроники", market),
    )
)
need = law["statistics.voronezh.okved26_employment"].on(ask.day)
show(f"""
## 5. Строка четвёртая: «у соседей растёт»

Теперь настоящие числа. Индекс сравнивает с тем же периодом прошлого года: 100 % — без изменений.

| Область | Что | Период | Значение | Источник | Пометка |
|---|---|---|---|---|---|
{table}

Прежде чем взять число, спросите его о четырёх вещах:

1. **За какой период?** Квартал — не год. Девять месяцев — не год. Без периода числа нет.
2. **Кто посчитал?** Росстат и его органы — одно, реферат из интернета — другое.
3. **Окончательно или предварительно?** Предварительное пересмотрят. Пометку печатают рядом с числом.
4. **О чём оно?** Класс отраслей — не изделие.

Чего нет вовсе: занятых в электронике по трём областям. Курс их не нашёл. Что сделать: {need.open[0].lower() + need.open[1:]} Часть клеток может оказаться закрытой.
""")

# %% role="form" id="flags"
ask.match(
    "flags",
    "10. Что делать с каждой строкой?",
    {
        "voronezh": f"Воронежская область, электроника, {period(electronics)}: {electronics.words}, {electronics.reference}",
        "orel": f"Орловская область, промышленность, {period(orel)}: {orel.words}",
        "quarter": f"Курская область, обработка, {period(quarter)}: {quarter.words}",
        "undated": f"Курская область, электроника: {undated.words}, новость города Курчатова",
        "essay": f"Россия, выпуск радиоэлектроники, {period(market)}: {market.words}, реферат",
        "jobs": "Занятые в электронике трёх областей",
    },
    {
        "use": "Привести с периодом и источником",
        "preliminary": "Привести с пометкой «предварительно»",
        "part": "Привести, но не выдавать за год",
        "drop": "Не приводить: период не назван",
        "weak": "Не опираться: найти исходный источник",
        "request": "Числа нет: запросить",
    },
)

# %% role="tests" id="check_flags" points=3
check = ask.check("flags", points=3)
### BEGIN HIDDEN TESTS
check.match(
    {
        "voronezh": "use",
        "orel": "preliminary",
        "quarter": "part",
        "undated": "drop",
        "essay": "weak",
        "jobs": "request",
    },
    hints={
        "voronezh": "Воронеж: год назван, посчитал орган Росстата. Чего ещё не хватает?",
        "orel": "Орёл: посмотрите последний столбец таблицы.",
        "quarter": "Курск, обработка: за сколько месяцев это число?",
        "undated": "Курск, электроника: посмотрите столбец «Период».",
        "essay": "Выпуск по стране: кто его посчитал?",
        "jobs": "Занятые: есть ли такая строка в таблице?",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="aggregate_text"
show(f"""
### Среднее и изделие

Вернёмся к слайду: электроника в Воронежской области выросла на {wording.share(electronics.number - 1)}, «значит, растут и микросхемы». Положите рядом строки той же таблицы:
""")

# %% role="read" id="aggregate_chart"
show(
    charts.indices(
        [
            (f"Электроника в целом, {period(electronics)}", electronics.number),
            (f"Полупроводниковые приборы, {period(diodes)}", diodes.number),
            (f"Микросхемы, {period(chips)}", 1 / chips.number),
        ],
        title="Воронежская область",
        source="Воронежстат по публикациям; у микросхем напечатано «упали в … раза»",
    )
)

# %% role="form" id="aggregate"
ask.choice(
    "aggregate",
    "11. Что можно написать в своей бумаге?",
    {
        "apart": "Класс в целом за год вырос; по микросхемам за девять месяцев напечатано падение. Рост класса не доказывает роста детали",
        "chips": "Электроника растёт, значит, и микросхем выпускают больше",
        "error": "Один из источников ошибся: класс не может расти, если микросхемы падают",
        "turn": "К концу года микросхемы наверстали падение",
        "mean": "В среднем по трём строкам электроника почти не изменилась",
    },
)

# %% role="tests" id="check_aggregate" points=2
check = ask.check("aggregate", points=2)
### BEGIN HIDDEN TESTS
check.choice(
    "apart",
    mistakes=[
        ("chips", 0, "Это вывод со слайда. Найдите в таблице строку о самих микросхемах."),
        (
            "error",
            0.25,
            "Противоречия нет: в классе много изделий, и одни могут расти, пока другие падают.",
        ),
        (
            "turn",
            0.25,
            "Периоды и правда разные, это замечено верно. Но о конце года по микросхемам ничего не напечатано.",
        ),
        ("mean", 0, "Усреднять класс с его же частью и разные периоды нельзя."),
    ],
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="typos_text"
members = law["registry.participants"].on(date(2024, 11, 8))
show(f"""
## 6. Строка пятая: «с двадцати до пятидесяти трёх»

Две оценки доли отечественной электроники:

| Год | Значение | Что сказано | Источник |
|---|---|---|---|
| 2022 | {share_2022.words} | {share_2022.note} | [{share_2022.reference}]({share_2022.address}), {share_2022.standing.words} |
| 2024 | {share_2024.words} | Около этого числа, внутренний рынок | [{share_2024.reference}]({share_2024.address}), {share_2024.standing.words} |

Способ счёта ни одна не называет. Между ними два года. За такой срок одна и та же мера так не растёт: похоже, мерили разное. Это вывод курса (не подтверждено). Линию через две точки проводить нельзя, хотя рука так и тянется.

### Опечатки, которые не исправляют молча

Сколько кластеров в реестре? Число всегда печатают **с датой**: реестр растёт.

- [Новость]({autumn.address}) от {wording.day(autumn.published)}: {autumn.words}, участников — около {wording.number(members.number)}. [Копия той же новости]({law.sources[quotes["seven"]["source"]].addresses[0]}) печатает «{quotes["seven"]["quotation"]}».
- [Новость]({again.address}) от {wording.day(again.published)}: {again.words} — столько кластеров **заново** подтвердили соответствие после «перезагрузки» правил.
- [Новость]({latest.address}), {wording.month(latest.since)}: {latest.words}.

Как понять, какая копия ошиблась? Разделите. При {wording.number(autumn.number)} кластерах на один приходится около {wording.number(members.number / autumn.number)} участников, при семи — больше сотни. Первое похоже на правду. Но в бумаге не исправляйте молча: скажите, что копии расходятся.

Второй пример. В [новости о воронежском кластере]({law.sources[quotes["clients"]["source"]].addresses[0]}) стоит: «{quotes["clients"]["quotation"]}». У заводов радиоэлектроники? Скорее всего, речь о сотрудниках. Но это догадка.
""")

# %% role="form" id="sources"
ask.match(
    "sources",
    "12. Как поступить с каждой строкой?",
    {
        "seven": f"«{quotes['seven']['quotation']}» в копии новости",
        "clients": f"«{quotes['clients']['quotation']}»",
        "again": f"{again.words} — после «перезагрузки», {wording.day(again.published)}",
        "latest": f"{latest.words} в реестре, {wording.month(latest.since)}",
        "home": f"{share_2022.words} в 2022 году и {share_2024.words} в 2024 году",
    },
    {
        "compare": "Сверить с копией и сказать о расхождении",
        "quote": "Дать цитатой, оговорить сомнение, в расчёт не брать",
        "subset": "Дать с датой и сказать, что это только часть реестра",
        "dated": "Дать с датой: это число на тот месяц",
        "apart": "Дать двумя оценками, без линии между ними",
    },
)

# %% role="tests" id="check_sources" points=4
check = ask.check("sources", points=4)
### BEGIN HIDDEN TESTS
check.match(
    {
        "seven": "compare",
        "clients": "quote",
        "again": "subset",
        "latest": "dated",
        "home": "apart",
    },
    hints={
        "seven": "Семь: есть ли у этой новости другая копия?",
        "clients": "Клиенты: второй копии нет, и замена слова была бы вашей догадкой.",
        "again": "Подтвердившие заново: это весь реестр или нет?",
        "latest": "Последнее число: чего не хватает числу из реестра, чтобы его напечатать?",
        "home": "Доля рынка: одна ли это мера в обоих годах?",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="jobs_text"
order = law["method.high_productivity_jobs.rule"].on(ask.day)
note = law["method.high_productivity_jobs.order"].on(ask.day)
rows = "\n".join(
    f"| {firm['title']} | {firm['about']} | {wording.number(firm['wage'])} |"
    for firm in staff["firms"]
)
show(f"""
## 7. Строка шестая: «роботы — значит, высокопроизводительные»

Слово длинное, а счёт простой. **Высокопроизводительные рабочие места** (ВПРМ) Росстат считает {order.words}: {cite("method.high_productivity_jobs.order", ask.day)}. {note.note.split(". ")[0]}.

Прочтите ещё раз. Робота в этом определении нет. Есть **порог зарплаты**. Робот с низкой зарплатой рядом в показатель не попадёт, старая мастерская с высокой — попадёт. Показатель полезен, но о технологии он ничего не говорит.

Пять фирм одной отрасли, одного размера, одного региона. Порог для них — {wording.number(staff["threshold"])} ₽ в месяц (учебные данные, настоящий порог другой):

| Фирма | Что за места | Средняя зарплата, ₽ в месяц |
|---|---|---|
{rows}
""")

# %% role="form" id="wages"
ask.choices(
    "wages",
    "13. У каких фирм места попадут в показатель?",
    {firm["id"]: f"{firm['title']}: {firm['about']}" for firm in staff["firms"]},
)

# %% role="tests" id="check_wages" points=2
check = ask.check("wages", points=2)
### BEGIN HIDDEN TESTS
check.choices(
    [firm["id"] for firm in staff["firms"] if firm["wage"] > staff["threshold"]],
    hints={
        "robot": "«Быстрая рука»: сравните зарплату с порогом, а не станок со станком.",
        "old": "«Старая школа»: показатель не смотрит, сколько лет станку.",
        "design": "«Чистый лист»: разработка — тоже рабочие места.",
        "cnc": "«Ровная грань»: близко к порогу — не значит выше порога.",
        "repair": "«Второе дыхание»: ремонт не хуже сборки, решает зарплата.",
    },
)
### END HIDDEN TESTS
check.done()

# %% role="read" id="productivity_text"
formula = law["method.productivity.formula"].on(ask.day)
paper = law["method.productivity.order"].on(ask.day)
loan = law["loan.frp.development.productivity_growth"].snapshots[0]
pair = staff["productivity"].values()


def row(title, key):
    """A row of the table of two firms, in millions of roubles."""
    return f"| {title} | " + " | ".join(wording.number(firm[key] / 1e6) for firm in pair) + " |"


show(f"""
### Два способа измерить производительность

- **Выработка**: выручка ÷ работники. О росте выработки спрашивает, например, программа «Проекты развития» Фонда развития промышленности: {loan.words} в год для проектов автоматизации ({loan.standing.words}; снимок страницы без даты, до подачи сверьте).
- **Производительность по методике предприятий**: добавленная стоимость ÷ работники. Добавленная стоимость — прибыль от продаж, оплата труда, взносы и, если есть, налог на имущество ([{formula.reference}]({formula.address}), {formula.standing.words}). Приказы о методике менялись не раз. Последнее, что известно курсу: {paper.words} ({paper.standing.words}). Перед подачей сверьте.

Выручка растёт и от того, что вы собираете из дорогих покупных деталей. Добавленная стоимость — только от того, что прибавили сами.

Два предприятия за год, млн ₽ (учебные данные; налога на имущество у обоих нет):

| | {" | ".join(firm["title"] for firm in pair)} |
|---|---|---|
{row("Выручка", "revenue")}
{row("Прибыль от продаж", "profit")}
{row("Оплата труда", "pay")}
{row("Взносы", "contributions")}
| Работников, человек | {" | ".join(wording.number(firm["headcount"]) for firm in pair)} |
""")

# %% role="form" id="productivity"
ask.table(
    "productivity",
    "14. Посчитайте оба показателя на одного работника, в миллионах рублей с точностью до сотых.",
    columns={
        "revenue": ask.number_column("Выручка на работника", unit="млн ₽"),
        "added": ask.number_column("Добавленная стоимость на работника", unit="млн ₽"),
    },
    rows={key: firm["title"] for key, firm in staff["productivity"].items()},
    corner="Предприятие",
)

# %% role="tests" id="check_productivity" points=3
check = ask.check("productivity", points=3)
### BEGIN HIDDEN TESTS
check.table(
    [
        {
            "row": id,
            "revenue": firm["revenue"] / firm["headcount"],
            "added": (firm["profit"] + firm["pay"] + firm["contributions"]) / firm["headcount"],
        }
        for id, firm in staff["productivity"].items()
    ],
    tolerance=20_000,
    hints={
        "revenue": "Выработка: выручку делят на число работников.",
        "added": "Добавленная стоимость: сложите прибыль от продаж, оплату труда и взносы, потом делите.",
    },
)
firm = staff["productivity"]["assembly"]
typed, short = check.cell("assembly", "added"), firm["profit"] + firm["pay"]
check.part(
    0,
    type(typed) not in (int, float) or abs(typed - short / firm["headcount"]) > 20_000,
    hint="Взносы тоже входят в добавленную стоимость.",
)
check.part(
    0,
    check.cell("assembly", "revenue") != firm["revenue"],
    hint="Это сумма на всё предприятие. Разделите её на работников.",
)
### END HIDDEN TESTS
check.done()

# %% [markdown] role="read" id="answer_head"
r"""
По выручке первенство у одного предприятия, по добавленной стоимости — у другого. Поэтому слова «производительность выросла» без показателя ничего не значат.

## 8. Ответ губернатору

От слайда остались обломки, но полезные. Соберите из них страницу. Хороший ответ не «да» и не «нет», а **что есть, чего нет и что сделать**.
"""

# %% role="form" id="memo"
ask.text(
    "memo",
    "15. Напишите губернатору 6–9 предложений: есть ли в области кластер приборостроения, на чём держится ваш ответ, что делать дальше и чего вы не знаете.",
    rows=11,
)

# %% [markdown] role="task" id="memo_task" points=4
r"""
Ответ читает преподаватель.
### BEGIN MARK SCHEME
По одному баллу за каждый пункт; половина, если сказано, но без опоры на число или таблицу.

1. **Вывод.** По этим данным сказать «кластер есть» нельзя: специализация по занятым держится на одном заводе, а по выпуску её нет. Достаточно одного из двух доводов с числом. Сказано, что кластер доказывают связи фирм, а не коэффициент.
2. **Рост.** Назван остаток области (или то, что большую часть прироста дали страна и отрасль) и сказано, что причина из чисел не видна. Либо разобрана другая строка слайда: среднее и микросхемы, две оценки доли рынка, роботы и порог зарплаты.
3. **Что делать.** Назван датчик давления: ввоз, пять покупателей, фирма с пробной партией; названо действие, кто и к какому дню (опрос пяти директоров, письма о потребности, испытания). Балл не ставится за «развивать кооперацию».
4. **Честность.** Сказано хотя бы одно неизвестное: закрытые клетки, договоры не собраны, требования прочитаны не целиком. Нет обещания, что кластер «соответствует»: соответствие подтверждает приказ Минпромторга.
### END MARK SCHEME
"""

# %% [markdown] role="read" id="team_head"
r"""
## 9. Шаг вашего проекта

Теперь **ваша** область или области. Впишите первый список фирм, с которыми стоит поговорить: кто что делает и какую деталь привозит издалека. Баллов здесь нет. Из этой таблицы вырастет перечень участников вашего проекта: в вебинаре 3 между ними появятся договоры, в вебинаре 5 — роли.

Хватит пяти строк. Начните с того, кто покупает: покупатели тянут за собой поставщиков. Каждый вписывает фирмы, которые знает: списки команды сложатся в один. Не вписывайте закрытые сведения.
"""

# %% role="form" id="team_members"
ask.step("team_members")

# %% role="form" id="team_industry"
ask.step("team_industry")

# %% [markdown] role="read" id="closing"
r"""
## 10. Что вы теперь умеете

- Посчитать коэффициент локализации и сразу спросить: по чему, без крупнейшего завода, на какой базе, что закрыто.
- Разложить прирост на страну, отрасль и остаток — и не приписать остаток себе.
- Найти деталь, которую ввозят и которая нужна многим.
- Спросить у числа период, источник, пометку и предмет.
- Напечатать сомнительное честно: с датой, цитатой, оговоркой.

Ниже — что заполнено и что перечитать, если ответ дался трудно.
"""

# %% role="form" id="summary"
ask.summary(
    {
        "lq": "раздел 2, пример про мебель",
        "lq_output": "раздел 2, формула",
        "lq_meaning": "раздел 2 и «Один завод»",
        "plant": "раздел 2, «Один завод»",
        "closed": "раздел 2, «Закрытая клетка»",
        "shift": "раздел 3, таблица частей",
        "shift_meaning": "раздел 3, таблица частей",
        "prices": "раздел 3, «А если считать в рублях»",
        "imports": "раздел 4, формула",
        "flags": "раздел 5, четыре вопроса к числу",
        "aggregate": "раздел 5, «Среднее и изделие»",
        "sources": "раздел 6, «Опечатки»",
        "wages": "раздел 7, начало",
        "productivity": "раздел 7, «Два способа»",
        "memo": "разделы 2–4",
    }
)

# %% [markdown] role="read" id="hand_in"
r"""
### Как сдать

1. Нажмите **«Сдать»** на полосе над тетрадью. Страница сохранится сама, пустые ответы будут названы, а в конце вы увидите квитанцию: когда сдано и контрольную сумму.
2. Полосы нет? Пошлите организатору файл `answers.json` из папки `02_diagnosis`: в нём все ваши ответы.
3. Сдавать можно несколько раз. Считается последняя сдача до срока.

Баллы и подсказки по каждому упражнению придут с отзывом.
"""
