# %% id="parameters" tags=["parameters"]
cluster_file: str = "teams/a/cluster.yaml"  # файл кластера внутри папки курса
as_of: str = "2026-11-22"  # день норм, ГГГГ-ММ-ДД
project: str = ""  # имя проекта; пусто — все
discount_rate: float = None  # ставка дисконтирования долей
title: str = "Отчёт"  # заголовок
rows: int = 2  # сколько строк
marked: bool = False  # с пометкой

# %% id="page"
from course import Report, load_cluster

cluster = load_cluster(cluster_file)
page = Report.Section(
    "Страница <b> & «Ёлка» #1 $5 _x_ @ref",
    (
        Report.Paragraph(title),
        Report.Table(
            "Таблица",
            (Report.Column("Имя"), Report.Column("Сумма", "money", "млн ₽")),
            tuple((member.label, member.output) for member in cluster.members[:rows]),
            source="учебные данные",
        ),
    ),
)
page  # noqa: B018

# %% id="report"
Report(
    title=title,
    subtitle=cluster.title,
    as_of=as_of,
    mark="Учебные данные" if marked else "",
    facts=(("Проект", project or "все"),),
    sections=(page,),
)
