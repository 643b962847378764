# %% id="tools" title="Подключение расчётов"
from datetime import date

from course import Report, load_cluster, reporting, support, wording

# %% id="parameters" tags=["parameters"] title="Параметры шаблона"
cluster_file: str = "teams/radioelectronics/cluster.yaml"  # файл кластера внутри папки курса
as_of: str = "2026-11-22"  # день, на который берутся нормы, ГГГГ-ММ-ДД

# %% id="data" title="Подбор мер"
day = date.fromisoformat(as_of)
cluster = load_cluster(cluster_file)
ranking = support.rank(cluster, on=day)
cards = support.cards()
titles = {member.id: member.label for member in cluster.members}
plans = {plan.id: plan.title for plan in cluster.projects}
PASS, FAIL, UNKNOWN, OTHER = "pass", "fail", "unknown", "not_applicable"
WORDS = {
    PASS: "можно",
    FAIL: "нельзя в этот день",
    UNKNOWN: "не установлено",
    OTHER: "не для него",
}
Column, Table, Paragraph, Section, Card = (
    Report.Column,
    Report.Table,
    Report.Paragraph,
    Report.Section,
    Report.Card,
)
BOOK = f"файл кластера, {cluster.reporting_year} год; {cluster.standing.words}"


def money(title):
    return Column(title, "money", "млн ₽")


def sentence(lines):
    return ". ".join(line.rstrip(".") for line in lines) + "." if lines else None


def standing(norm):
    if norm is None:
        return None
    if not norm.known:
        return "текст не прочитан"
    return norm.standing.words + (", срок истёк" if norm.expired_on(day) else "")


def of_measure(name, outcome):
    return [o for o in ranking.offers if o.card.id == name and o.outcome == outcome]


def names(offers):
    found = dict.fromkeys(titles[offer.member] for offer in offers)
    if len(found) == len(titles):
        return "все участники"
    return ", ".join(found) or None


# %% id="summary" title="Главное"
certain, hoped = ranking.firm, ranking.possible
passed = ranking.of(PASS)
confirmed = (
    f"все условия выполнены у {wording.count(len(passed), 'меры', 'мер', 'мер')}"
    if passed
    else "ни у одной меры все условия не подтверждены"
)
first_asks = [(ask, worth) for ask, worth in ranking.unlocks if worth > 0][:8]
summary = Section(
    "Главное",
    (
        Paragraph(
            f"На {wording.day(day)} {confirmed}. "
            f"В {wording.count(len(ranking.of(UNKNOWN)), 'случае', 'случаях', 'случаях')} ответ "
            "не установлен: условие не прочитано или не названо.",
            strong=True,
        ),
        Report.Cards(
            (
                Card(
                    "support.firm",
                    "Подтверждённая выгода",
                    certain.worth,
                    "money",
                    "млн ₽",
                    note="меры, у которых выполнены все условия",
                ),
                Card(
                    "support.possible",
                    "Выгода, если всё подтвердится",
                    hoped.worth,
                    "money",
                    "млн ₽",
                    note="не обещание: предел лучшего набора; взносы — за один год",
                ),
                Card(
                    "support.unknown",
                    "Не установлено",
                    len(ranking.of(UNKNOWN)),
                    "number",
                    digits=0,
                ),
                Card(
                    "support.fail", "Нельзя в этот день", len(ranking.of(FAIL)), "number", digits=0
                ),
            )
        ),
        Report.Notice(
            "Как читать этот отчёт",
            (
                support.NOTICE,
                "Выгода займа — его грант-эквивалент: разница процентов с кредитом банка из плана "
                "команды, приведённая к дню выдачи по ставке банка.",
                "Тарифы взносов не складывают: у плательщика один тариф. Одну строку долга нельзя "
                "взять дважды. Деньги одного региона не достаются участнику из другого.",
            ),
        ),
        *(
            [
                Table(
                    "С чего начать: что прочесть или назвать",
                    (Column("Что сделать"), money("Выгода, которая этого ждёт")),
                    tuple((ask.rstrip("."), worth) for ask, worth in first_asks),
                    source=f"{BOOK}; нормы на {wording.day(day)}",
                ),
                Paragraph(
                    "Одна мера может ждать нескольких ответов, поэтому строки не складывают."
                ),
            ]
            if first_asks
            else []
        ),
    ),
)
summary

# %% id="combination" title="Что можно сочетать"
valued = sorted((o for o in hoped.offers if o.worth is not None), key=lambda o: -o.worth)
unvalued = {}
for offer in hoped.offers:
    if offer.worth is None:
        unvalued.setdefault(offer.card.title, []).append(offer)
combination = Section(
    "Лучший набор",
    (
        Paragraph(
            "Набор ниже — лучший из совместимых, если подтвердится всё, что пока не установлено. "
            "Меры, которые держатся на памяти, и меры, против которых говорит хотя бы "
            "неподтверждённое значение, в него не входят."
        ),
        Table(
            "Меры с известной суммой",
            (
                Column("Мера"),
                Column("Кто получает"),
                Column("Вывод"),
                money("Сумма"),
                money("Выгода"),
            ),
            (
                *(
                    (
                        offer.card.title,
                        support.who(ranking, offer),
                        WORDS[offer.outcome],
                        offer.amount,
                        offer.worth,
                    )
                    for offer in valued
                ),
                ("Всего", None, None, None, hoped.worth),
            ),
            totals=(len(valued),),
            source=f"{BOOK}; нормы на {wording.day(day)}; взносы — за один год",
        ),
        Table(
            "Меры, сумма которых не известна",
            (Column("Мера"), Column("Кто может спросить")),
            tuple((title, names(found)) for title, found in unvalued.items()),
        ),
    ),
)
combination


# %% id="projects" title="Меры для проектов"
def project_page(plan):
    found = [offer for offer in ranking.offers if offer.project == plan.id]
    known = [offer for offer in found if offer.outcome in (PASS, UNKNOWN)]
    rest = [offer for offer in found if offer not in known]
    return Section(
        f"Проект: {plan.title}",
        (
            Paragraph(
                f"Инициатор — {titles[plan.initiator]}. Бюджет {wording.money(plan.budget, 'млн ₽')}."
            ),
            Table(
                "Меры для проекта",
                (
                    Column("Мера"),
                    Column("Вывод"),
                    money("Сумма"),
                    Column("Ставка", "share", digits=2),
                    money("Выгода"),
                    Column("На чём стоит сумма"),
                ),
                tuple(
                    (
                        offer.card.title + (f". {offer.fund}" if offer.fund else ""),
                        WORDS[offer.outcome],
                        offer.amount,
                        offer.cost.soft_rate if offer.cost else None,
                        offer.worth,
                        offer.basis or None,
                    )
                    for offer in known
                ),
                source=f"{BOOK}; нормы на {wording.day(day)}",
            ),
            Table(
                "Почему ответ не установлен",
                (Column("Мера"), Column("Условие"), Column("Что известно")),
                tuple(
                    dict.fromkeys(
                        (offer.card.title, condition.title, sentence(condition.evidence))
                        for offer in known
                        for condition in offer.conditions
                        if condition.outcome == UNKNOWN
                    )
                ),
                source=f"нормы на {wording.day(day)}",
            ),
            Report.Notice(
                "Не подходит в этот день",
                tuple(f"{offer.card.title}. {sentence(offer.reasons)}" for offer in rest),
            ),
        ),
    )


projects = Report.Chapter(tuple(project_page(plan) for plan in cluster.projects))
projects


# %% id="members" title="Меры для участников"
def answered(outcome, found):
    """The outcome in words; a measure that is known by hearsay only says so."""
    main = found[0].main
    if outcome == UNKNOWN and main is not None and not main.standing.confirmed:
        return "мера не подтверждена"
    return WORDS[outcome]


of_members = {offer.card.id for offer in ranking.offers if not offer.project}
groups = [
    (card, outcome, of_measure(name, outcome))
    for name, card in cards.items()
    if name in of_members
    for outcome in (PASS, UNKNOWN, FAIL)
]
members = Section(
    "Карта мер по участникам",
    (
        Paragraph(
            "Кого в строке нет, для того меры нет: он в другом регионе, не в том реестре или ничего "
            "не покупает у участников."
        ),
        Table(
            "Меры и участники",
            (Column("Мера"), Column("Кто получатель"), Column("Вывод"), Column("Участники")),
            tuple(
                (card.title, card.recipient, answered(outcome, found), names(found))
                for card, outcome, found in groups
                if found
            ),
            source=BOOK,
        ),
    ),
)
members

# %% id="reasons" title="Почему нет"
refused = [
    (card, reasons, [offer for offer in found if offer.reasons == reasons])
    for card, outcome, found in groups
    if outcome == FAIL
    for reasons in dict.fromkeys(offer.reasons for offer in found)
]
why = Section(
    "Почему нельзя и что это изменит",
    (
        Table(
            "Отказы этого дня",
            (Column("Мера"), Column("Кому"), Column("Почему"), Column("Что изменит вывод")),
            tuple(
                (
                    card.title,
                    names(found),
                    sentence(reasons),
                    sentence(
                        dict.fromkeys(
                            change
                            for condition in found[0].conditions
                            if condition.outcome == FAIL
                            for change in condition.changes
                        )
                    ),
                )
                for card, reasons, found in refused
            ),
            source=BOOK,
        )
        if refused
        else Paragraph("Отказов в этот день нет.", strong=True),
    ),
)
why


# %% id="windows" title="Сроки"
def said(name, of):
    """What is known of a measure, each thing once: funds of several regions differ."""
    found = (of(offer) for offer in ranking.offers if offer.card.id == name)
    return ". ".join(dict.fromkeys(text for text in found if text))


def footing(offer):
    if offer.main is None:
        return "редакции на этот день нет"
    return f"{offer.main.reference}. {standing(offer.main).capitalize()}"


windows = Section(
    "Деньги и сроки приёма",
    (
        Paragraph("Акт в силе не значит, что на меру есть деньги и что заявки принимают."),
        Table(
            "Что известно о сроках и деньгах",
            (Column("Мера"), Column("Приём заявок"), Column("Деньги"), Column("Основание")),
            tuple(
                (
                    card.title,
                    said(name, lambda offer: offer.window.words),
                    said(name, lambda offer: offer.budget.words if offer.budget else "")
                    or "О деньгах на меру в данных ничего нет",
                    said(name, footing),
                )
                for name, card in cards.items()
                if card.kind in ("grant", "loan")
            ),
            source=f"нормы на {wording.day(day)}",
        ),
    ),
)
windows

# %% id="questions" title="Что уточнить"
asks = {}
for offer in ranking.of(UNKNOWN):
    for change in offer.changes:
        asks.setdefault(change, dict.fromkeys([])).setdefault(offer.card.title)
questions = Section(
    "Что прочесть и назвать",
    (
        Paragraph(
            "Каждая строка открывает ответ хотя бы по одной мере. Прочитанное вносят в данные "
            "законодательства, названное — в файл команды."
        ),
        Table(
            "Вопросы, которые открывают ответы",
            (Column("Что сделать"), Column("Для каких мер")),
            tuple((change.rstrip("."), "; ".join(found)) for change, found in asks.items()),
        ),
    ),
)
questions

# %% id="sources" title="Источники"
norms = {
    edition.name: edition
    for offer in ranking.offers
    if offer.outcome != OTHER
    for edition in offer.editions
}
sources = reporting.references(
    norms.values(),
    day,
    note="Страницы без даты в справку не входят: на день они ничего не решают.",
)
sources

# %% id="report" title="Отчёт целиком"
Report.of(
    cluster,
    "Карта мер поддержки",
    as_of,
    (
        summary,
        combination,
        *projects.sections,
        members,
        why,
        windows,
        questions,
        sources,
    ),
    facts=(
        ("Проектов", wording.number(len(cluster.projects))),
        ("Приказ о подтверждении", wording.day(cluster.confirmed)),
    ),
)
