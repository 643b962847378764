# %% id="tools" title="Подключение расчётов"
from datetime import date

from course import Report, reporting

# %% id="parameters" tags=["parameters"] title="Параметры шаблона"
cluster_file: str = "teams/radioelectronics/cluster.yaml"  # файл кластера внутри папки курса
as_of: str = "2026-11-22"  # день, на который берутся нормы, ГГГГ-ММ-ДД
project: str = ""  # имя проекта из файла кластера; пусто — все проекты
scenario: str = "plan"  # plan — план, cautious — осторожный, worst — худший, best — лучший
discount_rate: float = None  # ставка дисконтирования долей: 0.2; нет — из файла кластера
draws: int = 100_000  # сколько случайных сценариев считать для оценки риска
law_on: str = "2025-12-31"  # день, на праве которого проекты считаются ещё раз
probability: float = 0.8  # с какой вероятностью поддержка должна достигать целей, долей
budget_years: float = 7.0  # за сколько лет от начала поддержка должна вернуться в бюджет

# %% id="data" title="Расчёт проектов"
business = reporting.business
offer = business.Offer.read(
    cluster_file,
    project,
    business.Terms(
        as_of=date.fromisoformat(as_of),
        scenario=scenario,
        discount_rate=discount_rate,
        draws=draws,
        law_on=date.fromisoformat(law_on),
        probability=probability,
        budget_years=budget_years,
    ),
)

# %% id="summary" title="Главное"
summary = business.summary(offer)
summary

# %% id="members" title="Участники и кооперация"
members = business.members(offer)
members

# %% id="project-pages" title="Страницы проектов"
project_pages = Report.Chapter(
    tuple(
        page(offer, study)
        for study in offer.studies
        for page in (
            business.product,
            business.statements,
            business.flows,
            business.indicators,
            business.parties,
            business.sensitivity,
            business.risk,
        )
    )
)
project_pages

# %% id="cluster-pages" title="Участники, право, сбои, пример расшифровки числа"
cluster_pages = Report.Chapter(
    (
        business.everybody(offer),
        business.law(offer),
        business.contagion(offer),
        business.trace(offer),
    )
)
cluster_pages

# %% id="sources" title="Оговорки и источники"
closing = Report.Chapter((business.notices(offer), business.sources(offer)))
closing

# %% id="report" title="Отчёт целиком"
organisation = offer.cluster.specialised_organisation
single = offer.studies[0].plan.title if len(offer.studies) == 1 else ""
Report.of(
    offer.cluster,
    f"Бизнес-план: {single}" if single else "Бизнес-план кластера",
    as_of,
    (summary, members, *project_pages.sections, *cluster_pages.sections, *closing.sections),
    facts=(
        ("Специализированная организация", organisation.name if organisation else "не названа"),
        ("Сценарий", offer.scenario.title),
    ),
    models=tuple(study.model for study in offer.studies),
)
