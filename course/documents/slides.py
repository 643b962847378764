"""The slides of the defence: at most twelve, two of them answers to the hardest questions."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from pptx.enum.chart import XL_CHART_TYPE

from course import cooperation, finance
from course.claims.book import hole
from course.cluster import Cluster
from course.documents import law
from course.documents.deck import MUTED, Deck
from course.documents.fields import Fields, shortened
from course.documents.projects import Modelled
from course.wording import ABSENT, NBSP, count, day, quoted

METHOD = "До привлечения средств, по Методическим рекомендациям 1999 года (ВК 477)"
ROWS = 6  # more do not fit; the passports have them all
BAR = XL_CHART_TYPE.BAR_CLUSTERED


def slides(
    cluster: Cluster, models: Sequence[Modelled], fields: Fields, *, png: bytes,
    identifier: str, on: datetime.date,
) -> bytes:  # fmt: skip
    """The deck as a PowerPoint file; `fields` are those of the package's templates."""
    deck = Deck(
        f"{shortened(cluster.title, 70)}. {law.mark(cluster.standing)}, {day(on)}. "
        "Подтверждает кластер только приказ Минпромторга России"
    )
    _title(deck, cluster, on)
    _essence(deck, fields)
    _need(deck, models)
    _members(deck, cluster, fields)
    _cooperation(deck, cluster, fields, png)
    _projects(deck, fields)
    _flow(deck, models, fields)
    _sensitivity(deck, models)
    _money(deck, models)
    _support(deck, fields)
    _answers(deck, models, fields)
    _doubts(deck, cluster, models, fields)
    return deck.bytes(title=f"Защита: {cluster.title}", identifier=identifier, on=on)


def _title(deck: Deck, cluster: Cluster, on: datetime.date) -> None:
    deck.page("Защита проекта кластера")
    deck.text((14, 52, 310, 50), [shortened(cluster.title, 100)], 34, bold=True)
    deck.text((14, 112, 310, 12), [shortened(cluster.team.title, 80)], 20)
    regions = ", ".join(region.title for region in cluster.regions)
    deck.text((14, 126, 310, 20), [shortened(regions, 110)], 16)
    deck.text((14, 150, 310, 10), [day(on)], 16)


def _essence(deck: Deck, fields: Fields) -> None:
    deck.page("Кластер в четырёх числах")
    head, plan = fields["cluster"], fields["plan"]
    cards = (
        (head["members"], "участников"),
        (head["signed"], "подписанных договоров"),
        (head["projects"], "проектов импортозамещения"),
        (plan["investment"], "капитальных вложений без НДС"),
    )
    for place, (marked, label) in enumerate(cards):
        deck.card((14 + 80 * place, 48, 76, 40), marked, label)
    deck.text((14, 96, 310, 30), [head["description"]], 18)
    deck.text((14, 130, 310, 9), ["Цели"], 14, colour=MUTED)
    goals = [f"{goal['title']}{NBSP}— до {goal['until']}" for goal in plan["goals"][:3]]
    deck.text((14, 138, 310, 40), goals, 15)


def _need(deck: Deck, models: Sequence[Modelled]) -> None:
    deck.page("Что замещаем: доля импорта в потреблении")
    if not models:
        deck.text((14, 60, 310, 12), [hole("проекты")], 18)
        return
    shown = models[:ROWS]
    names = [shortened(m.project.products[0].title, 34) for m in reversed(shown)]
    shares = [m.project.import_share.value * 100 for m in reversed(shown)]
    deck.chart((10, 40, 170, 130), "import_share", names, [("Доля импорта, %", shares)], kind=BAR,
               form="0", floor=0)  # fmt: skip
    deck.table(
        (186, 46, 140, 110), ["Продукция", "Импортный аналог"],
        [[shortened(m.project.products[0].title, 34), shortened(m.project.analogue.title, 40)]
         for m in shown],
        [65, 75], 12,
    )  # fmt: skip
    deck.text((186, 160, 140, 10), ["Доли — оценки команды, источники в паспортах проектов"], 11)


def _members(deck: Deck, cluster: Cluster, fields: Fields) -> None:
    titles = [shortened(region.title, 26) for region in cluster.regions][:ROWS]
    sums = [_output(cluster, region.id) for region in cluster.regions][:ROWS]
    silent = sum(m.output is None for m in cluster.members if m.industrial)
    deck.page(f"Кто в кластере: {count(len(cluster.regions), 'регион', 'региона', 'регионов')}")
    deck.chart((10, 40, 150, 132), "output", titles,
               [(f"Выпуск за {cluster.reporting_year} год, млн ₽", sums)], floor=0)  # fmt: skip
    gap = f"; выпуск не указан у {silent}" if silent else ""
    said = f"Выпуск за {cluster.reporting_year} год, млн ₽, по месту производства{gap}"
    deck.text((14, 170, 150, 8), [said], 11)
    rows = fields["members"][:10]
    deck.table((166, 42, 160, 128), ["Участник", "Роль"],
               [[shortened(m["label"], 30), shortened(m["role"], 34)] for m in rows],
               [70, 90], 11)  # fmt: skip
    rest = len(fields["members"]) - len(rows)
    if rest > 0:
        deck.text((166, 171, 160, 8), [f"и ещё {rest}: см. перечень участников"], 11)


def _output(cluster: Cluster, region: str) -> float | None:
    """The output of a region's members in millions; none where nobody's is known."""
    known = [
        member.output
        for member in cluster.members
        if member.production_region == region and member.output is not None
    ]
    return sum(known) / 1e6 if known else None


def _cooperation(deck: Deck, cluster: Cluster, fields: Fields, png: bytes) -> None:
    lonely = cooperation.isolated(cluster)
    said = "у каждого участника есть подписанный договор"
    if lonely:
        names = ", ".join(quoted(shortened(member.label, 20)) for member in lonely[:2])
        said = f"без подписанного договора — {names}"
        said += f" и ещё {len(lonely) - 2}" if len(lonely) > 2 else ""
    deck.page(f"Кооперация: {said}")
    deck.picture((10, 36, 220, 142), png, "picture.map", "Карта договоров участников")
    deck.card(
        (236, 44, 90, 34), fields["cluster"]["between"], "подписано договоров между регионами"
    )
    planned = [contract for contract in cluster.contracts if not contract.signed]
    deck.text((236, 88, 90, 80), [
        "Планируемые договоры показаны штрихом и за подписанные не считаются.",
        *(f"План: {shortened(c.product, 40)} с {day(c.since)}" for c in planned[:3]),
    ], 14)  # fmt: skip


def _projects(deck: Deck, fields: Fields) -> None:
    deck.page("Проекты и их эффективность")
    rows = [
        [shortened(p["title"], 52), shortened(p["initiator_label"], 22), p["budget"], p["npv"],
         p["irr_short"], p["discounted_payback"]]
        for p in fields["projects"][:ROWS]
    ]  # fmt: skip
    deck.table((14, 44, 310, 110),
               ["Проект", "Инициатор", "Бюджет", "ЧДД", "ВНД", "Окупаемость с дисконтированием"],
               rows or [[hole("проекты"), "", "", "", "", ""]],
               [88, 44, 44, 44, 36, 60])  # fmt: skip
    deck.text(
        (14, 160, 310, 10),
        [METHOD],
        13,
    )


def _largest(models: Sequence[Modelled]) -> Modelled | None:
    return max(models, key=lambda model: model.project.budget, default=None)


def _flow(deck: Deck, models: Sequence[Modelled], fields: Fields) -> None:
    model = _largest(models)
    if model is None:
        deck.page("Деньги проекта")
        deck.text((14, 60, 310, 12), [hole("проекты")], 18)
        return
    deck.page(f"Деньги по годам: {shortened(model.project.title, 60)}")
    tables = finance.statements(model.result)["cash_flow"]
    years = [str(year) for year in tables.columns]
    series = [
        (title, [value / 1e6 for value in tables.T[row].tolist()])
        for title, row in (
            ("Операционный поток", "Операционная деятельность, итого"),
            ("Инвестиции", "Инвестиционная деятельность, итого"),
        )
    ]
    deck.chart((10, 40, 220, 132), f"flow.{model.project.id}", years, series)
    deck.text((14, 170, 100, 8), ["млн ₽"], 11)
    found = next(p for p in fields["projects"] if p["id"] == model.project.id)
    for place, (key, label) in enumerate((
        ("npv", "ЧДД"), ("funding_need", "потребность в финансировании"),
        ("cash_min", "наименьший остаток денег"),
    )):  # fmt: skip
        deck.card((238, 46 + 42 * place, 90, 38), found[key], label)


def _sensitivity(deck: Deck, models: Sequence[Modelled]) -> None:
    model = _largest(models)
    if model is None or not model.tornado:
        deck.page("Что ломает проект")
        deck.text((14, 60, 310, 12), [hole("проекты")], 18)
        return
    rows = list(reversed(model.tornado[:ROWS]))
    deck.page(f"Сильнее всего ЧДД меняет: {shortened(model.tornado[0].title, 60)}")
    deck.chart((10, 40, 316, 132), f"tornado.{model.project.id}",
               [shortened(row.title, 60) for row in rows],
               [("ЧДД при снижении на 10 %, млн ₽", [row.npv_low / 1e6 for row in rows]),
                ("ЧДД при росте на 10 %, млн ₽", [row.npv_high / 1e6 for row in rows])],
               kind=BAR)  # fmt: skip


def _money(deck: Deck, models: Sequence[Modelled]) -> None:
    deck.page("Источники равны направлениям")
    if not models:
        deck.text((14, 60, 310, 12), [hole("проекты")], 18)
        return
    kinds = (("own", "Собственные"), ("loan", "Займы"), ("grant", "Гранты"))
    series = [
        (title, [sum(s.amount for s in m.project.sources if s.kind == kind) / 1e6 for m in models])
        for kind, title in kinds
    ]
    names = [shortened(model.project.title, 48) for model in models]
    deck.chart((10, 40, 316, 130), "sources", names, series,
               kind=XL_CHART_TYPE.COLUMN_STACKED)  # fmt: skip
    deck.text((14, 170, 310, 8), ["млн ₽. Заём и грант — запрос команды, а не решение фонда"], 12)


def _support(deck: Deck, fields: Fields) -> None:
    deck.page("Что просим")
    asked = [row for row in fields["measures"] if not row["market"]]
    rows = [
        [
            shortened(a["measure"], 50),
            shortened(a["applicant"], 20),
            a["amount"],
            shortened(a["act"], 70),
            shortened(a["project"], 44),
        ]
        for a in asked[:8]
    ]
    deck.table((14, 42, 310, 120), ["Мера", "Заявитель", "млн ₽", "Акт и знак", "Проект"],
               rows or [["не запрошено", ABSENT, ABSENT, ABSENT, ABSENT]],
               [84, 38, 22, 92, 74], 11)  # fmt: skip
    rest = len(asked) - len(rows)
    said = [f"Условия — в карте мер поддержки. {law.SIGNS}"]
    deck.text((14, 166, 310, 8), [*said, f"И ещё {rest}."] if rest > 0 else said, 12)


def _answers(deck: Deck, models: Sequence[Modelled], fields: Fields) -> None:
    deck.page("Хватит ли денег на долг", "Запасной слайд: ответы на трудные вопросы")
    rows = [
        [shortened(p["title"], 50), p["dscr"], p["cash_min"], p["funding_need"], p["discount_rate"]]
        for p in fields["projects"][:ROWS]
    ]
    deck.table((14, 44, 310, 70),
               ["Проект", "Наименьшее покрытие долга за год", "Наименьший остаток денег",
                "Потребность в финансировании", "Ставка дисконтирования"],
               rows or [[hole("проекты"), "", "", "", ""]], [100, 54, 54, 58, 44], 12)  # fmt: skip
    said = [f"{quoted(shortened(m.project.title))}: {line}" for m in models for line in _weak(m)]
    calm = "Денег хватает, покрытие долга не ниже 1 во все годы." if models else hole("проекты")
    deck.text((14, 122, 310, 50), said[:6] or [calm], 14)


def _weak(model: Modelled) -> list[str]:
    """What a jury would ask of a project's money, as sentences."""
    found, said = model.indicators, []
    if not found.feasible:
        said.append("денег не хватает, схему финансирования нужно изменить.")
    elif found.dscr_min is not None and found.dscr_min < 1:
        said.append("в худший год поток меньше платежей по долгу, разницу покрывает остаток денег.")
    if found.npv < 0:
        said.append("ЧДД до привлечения средств отрицателен.")
    return said


def _doubts(deck: Deck, cluster: Cluster, models: Sequence[Modelled], fields: Fields) -> None:
    deck.page("В чём не уверены", "Запасной слайд: ответы на трудные вопросы")
    said = [
        f"{quoted(shortened(member.label))} — подписанного договора нет. "
        f"{cooperation.mendings(cluster, member.id)[0].statement}."
        for member in cooperation.isolated(cluster)[:2]
    ]
    said += [f"{quoted(shortened(p['title'], 44))}. Исходные данные: {p['statuses']}."
             for p in fields["projects"][:3]]  # fmt: skip
    notices = dict.fromkeys(notice for model in models for notice in model.case.notices)
    said += [f"{notice}." for notice in list(notices)[:4]]
    deck.text((14, 42, 310, 130), [shortened(line, 190) for line in said] or ["Сомнений нет."], 14)
