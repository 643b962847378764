# ruff: noqa: E501 — prose
"""The words of the Word templates, as the course proposes them; each function makes one paper."""

from __future__ import annotations

from collections.abc import Callable

from docx.shared import Pt

from templates import SIGN, Form

MEMBER_HEADS = [
    "№", "Наименование, ИНН, ОГРН", "Регион регистрации, регион производства, адрес площадки, ОКТМО",
    "Роль, ОКВЭД2, ОКПД2", "Выпуск, тыс. ₽", "Числен\u00adность", "ФОТ, тыс. ₽", "МСП, группа лиц",
    "Вступил", "Реестры и режимы",
]  # fmt: skip
MEMBER_CELLS = [
    "{{ m.number }}", "{{ m.name }}\nИНН {{ m.inn }}\nОГРН {{ m.ogrn }}",
    "{{ m.regions }}\n{{ m.address }}\nОКТМО {{ m.oktmo }}",
    "{{ m.role }}\nОКВЭД2 {{ m.okved }}\nОКПД2 {{ m.products }}", ">{{ m.output }}", ">{{ m.headcount }}",
    ">{{ m.payroll }}", "{{ m.sme }}\nгруппа: {{ m.group }}", "{{ m.joined }}",
    "{{ m.registries }}",
]  # fmt: skip
MATRIX_HEADS = [
    "№", "Поставщик, ИНН", "Покупатель, ИНН", "Вид связи, статус", "Договор, срок",
    "Предмет, ОКПД2", "Количество", "За год без НДС, тыс. ₽", "Подтверж\u00adдение", "Особенности",
]  # fmt: skip
MATRIX_CELLS = [
    "{{ c.number }}", "{{ c.supplier }}\n{{ c.supplier_inn }}", "{{ c.buyer }}\n{{ c.buyer_inn }}",
    "{{ c.link }}\n{{ c.status }}", "{{ c.document }}\n{{ c.since }} – {{ c.until }}",
    "{{ c.product }}\nОКПД2 {{ c.okpd2 }}", "{{ c.amount }}", ">{{ c.value }}", "{{ c.evidence }}",
    "{{ c.marks }}",
]  # fmt: skip
MATRIX_WIDTHS = [9, 28, 28, 34, 30, 33, 25, 20, 24, 23]


def application() -> Form:
    f = Form()
    f.right("В Министерство промышленности", "и торговли Российской Федерации", "Специализированная организация:", "{{ organisation.name }}")  # fmt: skip
    f.title("ЗАЯВЛЕНИЕ", "о подтверждении соответствия промышленного кластера",
            "и специализированной организации")  # fmt: skip
    f.add("Прошу рассмотреть документы кластера {{ cluster.quoted }} и его "
          "специализированной организации. Вид обращения: {{ cluster.kind }}.")  # fmt: skip
    f.pairs([
        ("Промышленный кластер", "{{ cluster.title }}"),
        ("Регионы", "{{ cluster.regions }}"),
        ("Отрасль по ОКВЭД2", "{{ cluster.okved }}"),
        ("Прежнее подтверждение", "{{ cluster.confirmed }}"),
        ("Число участников", "{{ cluster.members }}"),
        ("Число проектов", "{{ cluster.projects }}"),
        ("Договоров между участниками", "{{ cluster.contracts }}, из них подписано {{ cluster.signed }}"),
        ("Специализированная организация", "{{ organisation.name }}"),
        ("ОГРН, ИНН", "{{ organisation.ogrn }}, {{ organisation.inn }}"),
        ("Адрес", "{{ organisation.address }}"),
        ("Руководитель", "{{ organisation.head }}"),
        ("Контакты", "{{ organisation.contacts }}"),
    ])  # fmt: skip
    f.head("Приложения")
    f.loop("a", "attachments", "{{ a.number }}. {{ a.title }}.", "Таблица")
    f.add("Достоверность сведений подтверждаю, на их обработку согласен.", space_before=Pt(4))
    f.signature("Руководитель", "{{ organisation.head }}")
    f.sources()
    return f


def organisation() -> Form:
    f = Form()
    f.title("СВЕДЕНИЯ", "о специализированной организации", "промышленного кластера",
            "{{ cluster.quoted }}")  # fmt: skip
    f.pairs([
        ("Полное наименование", "{{ organisation.name }}"),
        ("Организационно-правовая форма", "{{ organisation.form }}"),
        ("ОГРН", "{{ organisation.ogrn }}"),
        ("ИНН", "{{ organisation.inn }}"),
        ("Регион регистрации", "{{ organisation.region }}"),
        ("Адрес", "{{ organisation.address }}"),
        ("Руководитель", "{{ organisation.head }}"),
        ("Численность работников", "{{ organisation.staff }}"),
        ("Пункт устава с функциями", "{{ organisation.charter }}"),
        ("Контакты", "{{ organisation.contacts }}"),
        ("Банковские реквизиты", "{{ organisation.bank }}"),
    ])  # fmt: skip
    f.head("Функции по уставу")
    f.loop("text", "organisation.functions", "— {{ text }};")
    f.head("Учредители")
    f.table(["№", "Наименование", "ИНН", "Доля"], "p in organisation.founders",
            ["{{ p.number }}", "{{ p.name }}", "{{ p.inn }}", ">{{ p.share }}"],
            [10, 100, 33, 22])  # fmt: skip
    f.head("Заявления организации")
    f.add("Организация заявляет на день подписания (нужное отметить):")
    f.add("☐ решение о ликвидации не принято, процедура банкротства не введена;")
    f.add("☐ просроченной задолженности по налогам и сборам нет, справка прилагается.")
    f.add("", "Справа")
    f.signature("Руководитель", "{{ organisation.head }}")
    f.sources()
    return f


def members() -> Form:
    f = Form(wide=True)
    f.title("ПЕРЕЧЕНЬ УЧАСТНИКОВ", "кластера {{ cluster.quoted }}")
    f.add(
        "Выпуск, численность и фонд оплаты труда (ФОТ) — за {{ cluster.year }} год.", "Примечание"
    )
    f.table(MEMBER_HEADS, "m in members", MEMBER_CELLS,
            [9, 54, 52, 32, 19, 17, 18, 26, 22, 27], small=True)  # fmt: skip
    f.add("", "Справа")
    f.signature("Руководитель специализированной организации", "{{ organisation.head }}")
    f.sources()
    return f


def participation() -> Form:
    f = Form()
    f.title("СОГЛАШЕНИЕ", "об участии в промышленной деятельности", "кластера {{ cluster.quoted }}")
    f.place_and_day()
    f.add("Организации, названные в конце соглашения (участники), и {{ organisation.name }} "
          "(специализированная организация) заключили настоящее соглашение.")  # fmt: skip
    for head, clauses in (
        ("Предмет и цели", [
            "Участники ведут совместную промышленную деятельность в регионах: {{ cluster.regions }}.",
            "Цели: поставки и услуги между участниками, выпуск импортозамещающей продукции, общее "
            "использование инфраструктуры.",
        ]),
        ("Права и обязанности", [
            "Участник исполняет договоры, указанные в матрице кооперации, и сообщает об их изменении "
            "в течение ____ дней.",
            "Участник вправе предлагать проекты и пользоваться услугами специализированной "
            "организации.",
            "Специализированная организация ведёт документы кластера и подаёт их от имени участников.",
        ]),
        ("Сведения", [
            "Участник даёт сведения для перечня участников, матрицы кооперации и паспортов проектов "
            "не позднее «____» ______________ каждого года.",
            "За достоверность сведений отвечает давший их участник.",
        ]),
        ("Совет кластера", [
            "Решения принимает совет кластера. Каждый участник имеет один голос.",
            "Решение принято, если за него больше половины участников. Решения о приёме и исключении "
            "участников принимают ____ голосами.",
        ]),
        ("Вступление и выход", [
            "Организация вступает по заявлению и решению совета, подписывая соглашение о "
            "присоединении.",
            "Участник выходит, уведомив специализированную организацию за ____ дней. Заключённые "
            "договоры он исполняет до конца.",
        ]),
        ("Конфиденциальность", [
            "Сведения о ценах, технологиях и объёмах не передаются третьим лицам без согласия "
            "участника, кроме случаев, установленных законом.",
        ]),
        ("Ответственность и срок", [
            "За неисполнение обязательств стороны отвечают по законодательству Российской Федерации.",
            "Соглашение действует с даты подписания по «____» ______________ 20__ г.",
            "Соглашение не создаёт юридического лица и не заменяет договоров между участниками.",
        ]),
    ):  # fmt: skip
        f.section(head)
        for clause in clauses:
            f.clause(clause)
    f.head("Подписи")
    f.add("Специализированная организация: {{ organisation.name }}, ИНН {{ organisation.inn }}.",
          first_line_indent=Pt(0))  # fmt: skip
    f.signature("Руководитель", "{{ organisation.head }}")
    f.add("Участники:", first_line_indent=Pt(0))
    f.table(["№", "Участник, ИНН", "Должность, фамилия и инициалы", "Подпись, дата"], "m in members",
            ["{{ m.number }}", "{{ m.name }}, ИНН {{ m.inn }}", "", ""], [10, 75, 45, 35])  # fmt: skip
    f.sources()
    return f


def service() -> Form:
    f = Form()
    f.title("СОГЛАШЕНИЕ", "специализированной организации и участника",
            "кластера {{ cluster.quoted }}")  # fmt: skip
    f.place_and_day()
    f.add("{{ organisation.name }} (организация), руководитель {{ organisation.head }}, и {{ member.name }} "
          "(участник), руководитель " + SIGN + ", заключили настоящее соглашение.")  # fmt: skip
    f.section("Услуги организации")
    f.clause("Организация оказывает участнику услуги в пределах функций по уставу "
             "(пункт {{ organisation.charter }}):")  # fmt: skip
    f.loop("text", "organisation.functions", "{{ text }};", "Подпункт")
    f.clause("Роль участника в кластере: {{ member.role }}.")
    f.section("Сведения и отчётность")
    f.clause("Участник даёт сведения по формам перечня участников и матрицы кооперации за отчётный "
             "год не позднее «____» ______________.")  # fmt: skip
    f.clause("Об изменении договоров с другими участниками он сообщает в течение ____ дней.")
    f.section("Вознаграждение")
    f.clause("Услуги оплачиваются в размере ______________ рублей в год (или: безвозмездны — нужное "
             "отметить).")  # fmt: skip
    f.section("Полномочия")
    f.clause("Участник поручает организации подавать документы кластера и получать ответы на них. "
             "Полномочие подтверждает доверенность от «____» ______________ 20__ г.")  # fmt: skip
    f.section("Защита сведений")
    f.clause("Организация использует сведения участника только для документов кластера и не передаёт "
             "их другим участникам без согласия.")  # fmt: skip
    f.section("Срок и расторжение")
    f.clause("Соглашение действует по «____» ______________ 20__ г. Сторона расторгает его, уведомив "
             "другую за ____ дней.")  # fmt: skip
    f.clause("После расторжения сведения участника возвращаются или уничтожаются.")
    f.head("Реквизиты и подписи")
    f.pairs([
        ("Организация", "{{ organisation.name }}"),
        ("ИНН, ОГРН", "{{ organisation.inn }}, {{ organisation.ogrn }}"),
        ("Адрес, банк", "{{ organisation.address }}; {{ organisation.bank }}"),
        ("Участник", "{{ member.name }}"),
        ("ИНН, ОГРН", "{{ member.inn }}, {{ member.ogrn }}"),
        ("Регион, адрес", "{{ member.region }}; {{ member.address }}"),
    ], 45)  # fmt: skip
    f.add("", "Справа")
    f.signature("Руководитель организации", "{{ organisation.head }}")
    f.signature("Руководитель участника", SIGN)
    f.sources()
    return f


def matrix() -> Form:
    f = Form(wide=True)
    f.title("МАТРИЦА КООПЕРАЦИИ", "{{ heading }}")
    f.add("Стоимость — за {{ cluster.year }} год в тыс. ₽ без НДС, валюта — рубль. У планируемого "
          "договора и у договора, начавшегося позже, — за первый полный год.", "Примечание")  # fmt: skip
    f.table(MATRIX_HEADS, "c in contracts", MATRIX_CELLS, MATRIX_WIDTHS, small=True)
    f.add("Без подписанного договора о кооперации: {{ isolated }}. Планируемый договор за "
          "подписанный не считается.")  # fmt: skip
    f.add("Подписано договоров между участниками из разных регионов: {{ between }}.")
    f.add("", "Справа")
    f.signature("Руководитель специализированной организации", "{{ organisation.head }}")
    f.sources()
    return f


def functional_map() -> Form:
    f = Form()
    f.title("ФУНКЦИОНАЛЬНАЯ КАРТА", "{{ heading }}")
    f.add("Составлена на {{ day }}. Сплошная стрелка — договор подписан (как есть), штриховая — "
          "планируется (как будет). Конечная продукция: {{ final }}.")  # fmt: skip
    f.add("{{ picture }}", "Справа", left_indent=Pt(0))
    f.head("Участники")
    f.table(["№", "Участник", "Роль", "Продукция, ОКПД2", "Выпуск, тыс. ₽"], "m in members",
            ["{{ m.number }}", "{{ m.label }}", "{{ m.role }}", "{{ m.products }}",
             ">{{ m.output }}"], [10, 55, 45, 30, 25])  # fmt: skip
    f.head("Связи: как есть")
    _arcs(f, "arcs")
    f.head("Связи: планируются")
    _arcs(f, "planned")
    f.head("Инфраструктура")
    f.loop("text", "infrastructure", "— {{ text }};")
    f.head("Ввозимые материалы проектов")
    f.table(["Проект", "Материал", "Страна", "Доля в цене"], "i in imports",
            ["{{ i.project }}", "{{ i.title }}", "{{ i.country }}", ">{{ i.share }}"],
            [60, 55, 28, 22])  # fmt: skip
    f.head("Разрывы и что их закроет")
    f.add("{%p if gaps %}")
    f.loop("text", "gaps", "— {{ text }}.")
    f.add("{%p else %}")
    f.add("Участников без подписанного договора нет.")
    f.add("{%p endif %}")
    f.sources()
    return f


def _arcs(f: Form, items: str) -> None:
    f.table(["№", "Поставщик", "Покупатель", "Предмет", "Вид связи, договор", "тыс. ₽ за год"],
            f"c in {items}",
            ["{{ c.number }}", "{{ c.supplier }}", "{{ c.buyer }}", "{{ c.product }}",
             "{{ c.link }}, {{ c.document }}", ">{{ c.value }}"],
            [9, 30, 30, 36, 38, 22], small=True)  # fmt: skip


def passport() -> Form:
    f = Form()
    f.title("ПАСПОРТ", "проекта по производству", "импортозамещающей продукции")
    f.head("1. Проект")
    f.pairs([
        ("Название", "{{ p.title }}"),
        ("Инициатор, ИНН", "{{ p.initiator }}, {{ p.initiator_inn }}"),
        ("Площадка", "{{ p.region }}"),
        ("Участники-покупатели", "{{ p.buyers }}"),
        ("Содержание", "{{ p.description }}"),
        ("Код ОКПД2", "{{ p.okpd2 }}"),
        ("Стадия готовности", "{{ p.stage }}"),
        ("Начало проекта", "{{ p.start }}"),
        ("Пуск производства", "{{ p.launch }}"),
        ("Горизонт расчёта", "{{ p.horizon }} от начала проекта"),
    ], 55)  # fmt: skip
    f.head("2. Импорт и аналог")
    f.pairs([
        ("Импортный аналог", "{{ p.analogue }}"),
        ("Производитель, страна", "{{ p.analogue_producer }}, {{ p.analogue_country }}"),
        ("Код ТН ВЭД", "{{ p.analogue_tnved }}"),
        ("Цена аналога", "{{ p.analogue_price }}"),
        ("Сравнение с аналогом", "{{ p.advantage }}"),
        ("Доля импорта", "{{ p.import_share }} ({{ p.import_source }})"),
        ("Баллы по ПП № 719", "{{ p.points }}"),
    ], 55)  # fmt: skip
    f.head("3. Продукция")
    f.table(["Продукция, ОКПД2", "Цена без НДС", "Мощность в месяц", "Загрузка", "Не ввозится, доля цены"],
            "g in p.products",
            ["{{ g.title }}, {{ g.okpd2 }}", ">{{ g.price }} за {{ g.unit }}",
             "{{ g.capacity }} {{ g.unit }}", ">{{ g.utilisation }}", ">{{ g.localisation }}"],
            [52, 33, 30, 22, 28])  # fmt: skip
    f.add("Доля цены, которая не приходится на ввозимые материалы, баллам по ПП № 719 не равна.",
          "Примечание")  # fmt: skip
    f.head("4. План продаж по покупателям")
    f.table(["Покупатель", "Участник кластера", "Доля объёма", "Основание"], "s in p.sales",
            ["{{ s.buyer }}", "{{ s.inside }}", ">{{ s.share }}", "{{ s.status }}"],
            [70, 32, 28, 35])  # fmt: skip
    f.head("5. Бюджет, млн ₽")
    f.table(["Направление", "Срок", "Сумма"], "u in p.uses",
            ["{{ u.title }}", "{{ u.date }}", ">{{ u.amount }}"], [100, 35, 30],
            total=["Направления, всего", "", ">{{ p.uses_sum }}"])  # fmt: skip
    f.add("", "Примечание")
    f.table(["Источник", "Срок", "Сумма"], "u in p.sources_of_money",
            ["{{ u.title }}", "{{ u.date }}", ">{{ u.amount }}"], [100, 35, 30],
            total=["Источники, всего", "", ">{{ p.sources_sum }}"])  # fmt: skip
    f.add("", "Примечание")
    f.table(["Заём, займодавец", "Сумма, млн ₽", "Ставка", "Условия", "Источник ставки"], "l in p.loans",
            ["{{ l.title }}, {{ l.lender }}", ">{{ l.amount }}", ">{{ l.rate }}", "{{ l.terms }}",
             "{{ l.source }}"], [45, 20, 18, 42, 40], small=True)  # fmt: skip
    f.head("6. Эффективность")
    f.pairs([
        ("Ставка дисконтирования", "{{ p.discount_rate }}"),
        ("Чистый дисконтированный доход (ЧДД)", "{{ p.npv }}"),
        ("Внутренняя норма доходности (ВНД)", "{{ p.irr }}"),
        ("Индекс доходности (ИДДИ)", "{{ p.pi }}"),
        ("Окупаемость простая", "{{ p.payback }}"),
        ("Окупаемость с дисконтированием", "{{ p.discounted_payback }}"),
        ("Потребность в финансировании", "{{ p.funding_need }}"),
        ("Наименьший остаток денег", "{{ p.cash_min }}"),
        ("Наименьшее за год покрытие долга, раз", "{{ p.dscr }}"),
    ], 75)  # fmt: skip
    f.add("ЧДД, ВНД, индекс и окупаемость — до привлечения средств, по Методическим рекомендациям "
          "1999 года (ВК 477). Потребность, остаток денег и покрытие долга — с учётом займов и "
          "грантов. Исходные данные: {{ p.statuses }}.", "Примечание")  # fmt: skip
    f.table(["Год", "Выручка без НДС", "Операции", "Инвестиции", "Чистая прибыль", "Деньги на конец"],
            "y in p.years",
            ["{{ y.year }}", ">{{ y.revenue }}", ">{{ y.operating }}", ">{{ y.investing }}",
             ">{{ y.net }}", ">{{ y.closing }}"], [20, 29, 29, 29, 29, 29])  # fmt: skip
    f.add("Суммы — в млн ₽. Первый и последний годы могут быть неполными.", "Примечание")
    f.head("7. Чувствительность: ЧДД при изменении исходного на 10 %, млн ₽")
    f.table(["Исходное данное", "При снижении", "При росте"], "t in p.tornado",
            ["{{ t.title }}", ">{{ t.low }}", ">{{ t.high }}"], [95, 35, 35])  # fmt: skip
    f.head("8. Рабочие места и бюджет")
    f.pairs([
        ("Рабочих мест после пуска", "{{ p.jobs }}"),
        ("Из них высокопроизводительных", "{{ p.productive }}"),
        ("Налог на прибыль за горизонт", "{{ p.profit_tax }}"),
        ("НДС за вычетом возмещённого", "{{ p.vat }}"),
        ("Страховые взносы", "{{ p.contributions }}"),
        ("Бюджетам и фондам за вычетом выплат", "{{ p.budget_sum }}"),
    ], 85)  # fmt: skip
    f.head("9. Запрошенная поддержка")
    f.add("{%p if p.support %}")
    f.loop("s", "p.support", "— {{ s.measure }}: {{ s.applicant }}, {{ s.amount }}. {{ s.note }}.")
    f.add("{%p else %}")
    f.add("Кроме займов и грантов раздела 5, поддержка не запрошена.")
    f.add("{%p endif %}")
    f.head("10. Риски")
    f.loop("text", "p.risks", "— {{ text }};")
    f.head("11. Оговорки расчёта")
    f.loop("text", "p.notices", "— {{ text }}.", "Примечание")
    f.add("", "Справа")
    f.signature("Инициатор: {{ p.initiator_label }}", SIGN)
    f.signature("Специализированная организация", "{{ organisation.head }}")
    f.sources()
    return f


def programme() -> Form:
    f = Form()
    f.title("ПРОГРАММА РАЗВИТИЯ", "кластера {{ cluster.quoted }}")
    f.add("Содержание разделов: {{ content }}.", "Примечание")
    f.head("1. Паспорт программы")
    f.pairs([
        ("Кластер", "{{ cluster.title }}"),
        ("Регионы", "{{ cluster.regions }}"),
        ("Отрасль по ОКВЭД2", "{{ cluster.okved }}"),
        ("Специализированная организация", "{{ organisation.name }}"),
        ("Число участников", "{{ cluster.members }}"),
        ("Число проектов", "{{ cluster.projects }}"),
        ("Капитальные вложения без НДС", "{{ plan.investment }}"),
        ("Бюджет проектов", "{{ plan.budget }}"),
    ])  # fmt: skip
    f.head("2. Стратегические цели")
    f.add("{{ cluster.description }}")
    f.table(
        ["Цель", "К какому дню", "Отвечает"],
        "g in plan.goals",
        ["{{ g.title }}", "{{ g.until }}", "{{ g.owner }}"],
        [97, 30, 38],
    )
    f.head("3. Ключевые проекты")
    f.table(["№", "Проект, инициатор", "Бюджет", "ЧДД", "ВНД", "Окупаемость с дисконтированием"],
            "p in projects",
            ["{{ p.number }}", "{{ p.title }}, {{ p.initiator_label }}", ">{{ p.budget }}", ">{{ p.npv }}",
             "{{ p.irr_short }}", "{{ p.discounted_payback }}"], [9, 48, 25, 24, 17, 42])  # fmt: skip
    f.head("4. Состав участников")
    f.table(["№", "Участник", "Роль", "Регион производства"], "m in members",
            ["{{ m.number }}", "{{ m.name }}", "{{ m.role }}", "{{ m.site }}"],
            [10, 80, 38, 37])  # fmt: skip
    f.head("5. Потребности в инфраструктуре")
    f.table(["Объект", "Проект", "млн ₽"], "i in plan.infrastructure",
            ["{{ i.title }}", "{{ i.project }}", ">{{ i.amount }}"], [70, 72, 23])  # fmt: skip
    f.add("Кроме вложений проектов нужно:", space_before=Pt(6), keep_with_next=True)
    f.loop("text", "plan.needs", "— {{ text }};")
    f.head("6. Финансирование")
    f.pairs([
        ("Собственные средства", "{{ plan.own }}"),
        ("Займы и кредиты", "{{ plan.lent }}"),
        ("Гранты и субсидии", "{{ plan.given }}"),
        ("Всего", "{{ plan.budget }}"),
    ])  # fmt: skip
    f.head("7. Ожидаемый социально-экономический эффект")
    f.table(["Регион", "Участ\u00adников", "Проек\u00adтов", "Вложения, млн ₽", "Рабочих мест", "Бюджетам, млн ₽"],
            "r in plan.regions",
            ["{{ r.title }}", ">{{ r.members }}", ">{{ r.projects }}", ">{{ r.investment }}", ">{{ r.jobs }}",
             ">{{ r.budget_sum }}"], [50, 20, 21, 25, 24, 25])  # fmt: skip
    f.add("Проект отнесён к региону производства инициатора и в двух регионах не считается. "
          "Бюджетам — за вычетом выплат из них, за горизонт проектов: {{ plan.budget_sum }}.",
          "Примечание")  # fmt: skip
    f.head("8. График")
    f.table(["Срок", "Событие", "Отвечает"], "t in plan.timetable",
            ["{{ t.date }}", "{{ t.what }}", "{{ t.owner }}"], [28, 100, 37])  # fmt: skip
    f.head("9. Меры поддержки")
    f.add("Перечень, условия и редакции — в карте мер поддержки. Запрошено мер: {{ asked }}.")
    f.head("10. Показатели и наблюдение")
    f.table(["Показатель", "Сейчас", "Цель", "К какому дню"], "k in plan.indicators",
            ["{{ k.title }}", ">{{ k.now }}", ">{{ k.goal }}", "{{ k.until }}"], [80, 25, 25, 35])  # fmt: skip
    f.add(
        "Показатели раз в год сверяет специализированная организация и докладывает совету кластера."
    )
    f.add("", "Справа")
    f.signature("Руководитель специализированной организации", "{{ organisation.head }}")
    f.sources()
    return f


def support() -> Form:
    f = Form(wide=True)
    f.title("КАРТА МЕР ПОДДЕРЖКИ", "кластера {{ cluster.quoted }}")
    f.add("На {{ day }}. {{ notice }} Сумма — запрос или предел, а не обещание.", "Примечание")
    f.head("1. Что запрошено в проектах")
    f.table(["Проект, заявитель", "Мера, акт и знак", "Сумма, млн ₽", "Выгода, млн ₽", "Срок получения, приём заявок",
             "Расчёт и его источник", "Условия", "С чем не сочетается", "Отвечает"],
            "a in measures",
            ["{{ a.project }}\n{{ a.applicant }}", "{{ a.measure }}\n{{ a.act }}", ">{{ a.amount }}", ">{{ a.worth }}",
             "{{ a.date }}\n{{ a.deadline }}", "{{ a.formula }}\n{{ a.source }}",
             "{{ a.conditions }}", "{{ a.together }}", "{{ a.owner }}"],
            [30, 36, 17, 17, 26, 34, 56, 26, 20], small=True)  # fmt: skip
    f.head("2. Лучший набор: что не противоречит друг другу")
    f.add("{%p if best %}")
    f.table(["Мера", "Кто", "Сумма, млн ₽", "Выгода, млн ₽", "Акт и знак", "Надёжность", "Что подтвердить"], "b in best",
            ["{{ b.measure }}", "{{ b.who }}", ">{{ b.amount }}", ">{{ b.worth }}", "{{ b.act }}", "{{ b.sure }}",
             "{{ b.asks }}"], [44, 44, 19, 19, 40, 26, 70], small=True)  # fmt: skip
    f.add("Выгода гранта — он сам, займа — грант-эквивалент, тарифа взносов — экономия за один год. "
          "Набор выбран полным перебором.", "Примечание")  # fmt: skip
    f.add("{%p else %}")
    f.add("Ни одна мера не прошла условий.")
    f.add("{%p endif %}")
    f.head("3. Почему не остальное")
    f.table(["Мера", "Кто", "Ответ", "Причина"], "r in refused",
            ["{{ r.measure }}", "{{ r.who }}", "{{ r.outcome }}", "{{ r.reason }}"],
            [62, 62, 30, 108], small=True)  # fmt: skip
    f.add("{%p if questions %}")
    f.head("4. Что прочесть и назвать в первую очередь")
    f.loop("text", "questions", "— {{ text }};")
    f.add("{%p endif %}")
    f.signature("Составил", SIGN)
    f.sources()
    return f


def inventory() -> Form:
    f = Form()
    f.title("ОПИСЬ И ЧЕК-ЛИСТ", "{{ heading }}")
    f.add("Готовность по проверке файла кластера на {{ day }}: {{ ready }}. Опись не подтверждает "
          "соответствие: её заполняют перед подачей.")  # fmt: skip
    f.table(["№", "Документ", "Что подтверждает", "Готовность", "Отвечает", "Дата, отметка"],
            "d in documents",
            ["{{ d.number }}", "{{ d.title }}", "{{ d.proves }}", "{{ d.status }}", "{{ d.owner }}", ""],
            [9, 42, 48, 27, 24, 20], small=True)  # fmt: skip
    f.head("Что исправить и дополнить")
    f.add("{%p if todo %}")
    f.table(["Документ", "Чего не хватает", "Отвечает"], "t in todo",
            ["{{ t.document }}", "{{ t.what }}", "{{ t.owner }}"],
            [25, 105, 35], small=True)  # fmt: skip
    f.add("{%p else %}")
    f.add("Замечаний к файлу кластера нет.")
    f.add("{%p endif %}")
    f.head("Впишите от руки")
    f.loop("text", "by_hand", "— {{ text }};")
    f.add("", "Справа")
    f.signature("Составил", SIGN)
    f.sources()
    return f


def joining() -> Form:
    f = Form()
    f.right(
        "В специализированную организацию:",
        "{{ host.organisation }}",
        "Заявитель: {{ member.name }}",
    )
    f.title("ЗАЯВЛЕНИЕ", "о вступлении в промышленный кластер", "{{ host.quoted }}")
    f.add("Прошу принять организацию в участники кластера {{ host.quoted }}. Кластер "
          "подтверждён: {{ host.order }}.")  # fmt: skip
    _member_card(f)
    f.add("Договоров с участниками кластера: {{ signed }} подписано, {{ planned }} планируется. "
          "Перечень — в матрице кооперации.", space_before=Pt(6))  # fmt: skip
    f.head("Приложения")
    f.loop("a", "attachments", "{{ a.number }}. {{ a.title }}.")
    f.add("Достоверность сведений подтверждаю.")
    f.add("", "Справа")
    f.signature("Руководитель", SIGN)
    f.sources()
    return f


def _member_card(f: Form) -> None:
    f.pairs([
        ("Организация", "{{ member.name }}"),
        ("ИНН, ОГРН", "{{ member.inn }}, {{ member.ogrn }}"),
        ("Регион регистрации / производства", "{{ member.region }} / {{ member.site }}"),
        ("Адрес площадки, ОКТМО", "{{ member.address }}, {{ member.oktmo }}"),
        ("Основной ОКВЭД2", "{{ member.okved }}"),
        ("Роль в кластере", "{{ member.role }}"),
        ("Продукция по ОКПД2", "{{ member.products }}"),
        ("Выпуск за {{ cluster.year }} год, тыс. ₽", "{{ member.output }}"),
        ("Численность", "{{ member.headcount }}"),
        ("Фонд оплаты труда, тыс. ₽", "{{ member.payroll }}"),
        ("Статус МСП", "{{ member.sme }}"),
        ("Реестры и режимы", "{{ member.registries }}"),
        ("Группа лиц", "{{ member.group }}"),
    ])  # fmt: skip


def accession() -> Form:
    f = Form()
    f.title("СОГЛАШЕНИЕ О ПРИСОЕДИНЕНИИ", "к соглашению об участии",
            "в кластере {{ host.quoted }}")  # fmt: skip
    f.place_and_day()
    f.add("{{ host.organisation }} (специализированная организация) от имени участников кластера и "
          "{{ member.name }} (предприятие) заключили настоящее соглашение.")  # fmt: skip
    f.section("Предмет")
    f.clause("Предприятие присоединяется к соглашению об участии в промышленной деятельности кластера "
             "{{ host.quoted }} от «____» ______________ 20__ г. и принимает его условия.")  # fmt: skip
    f.clause("Роль предприятия в кластере: {{ member.role }}.")
    f.section("Обязанности предприятия")
    f.clause("Исполнять договоры с участниками кластера, указанные в матрице кооперации.")
    f.clause("Давать сведения специализированной организации по её формам и в её сроки.")
    f.section("Срок")
    f.clause("Соглашение действует со дня решения совета кластера о приёме от «____» ______________ "
             "20__ г.")  # fmt: skip
    f.head("Подписи")
    f.signature("Специализированная организация", SIGN)
    f.signature("Предприятие: {{ member.label }}", SIGN)
    f.sources()
    return f


def notification() -> Form:
    f = Form()
    f.right("В Министерство промышленности", "и торговли Российской Федерации", "Специализированная организация:", "{{ host.organisation }}")  # fmt: skip
    f.title("УВЕДОМЛЕНИЕ", "об изменении состава участников", "кластера {{ host.quoted }}")
    f.add("Кластер подтверждён: {{ host.order }}. В состав участников принята организация:")
    _member_card(f)
    f.add("Договоры организации с участниками кластера — в приложенной матрице кооперации: {{ signed }} "
          "подписано, {{ planned }} планируется.", space_before=Pt(6))  # fmt: skip
    f.add("Порядок и срок уведомления: {{ term }}.")
    f.add("", "Справа")
    f.signature("Руководитель специализированной организации", SIGN)
    f.sources()
    return f


FORMS: dict[str, Callable[[], Form]] = {
    "application": application,
    "organisation": organisation,
    "members": members,
    "participation": participation,
    "service": service,
    "matrix": matrix,
    "map": functional_map,
    "passport": passport,
    "programme": programme,
    "support": support,
    "inventory": inventory,
    "joining": joining,
    "accession": accession,
    "notification": notification,
}
