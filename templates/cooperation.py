# %% id="tools" title="Подключение расчётов"
from datetime import date

from course import Report, charts, cooperation, load_cluster, wording

# %% id="parameters" tags=["parameters"] title="Параметры шаблона"
cluster_file: str = "teams/radioelectronics/cluster.yaml"  # файл кластера внутри папки курса
as_of: str = "2026-11-22"  # день, на который берутся нормы, ГГГГ-ММ-ДД

# %% id="data" title="Данные кластера"
day = date.fromisoformat(as_of)
cluster = load_cluster(cluster_file)
titles = {member.id: member.label for member in cluster.members}
regions = {region.id: region.title for region in cluster.regions}
groups = {member.id: regions[member.production_region] for member in cluster.members}
source = f"договоры из файла кластера, {cluster.reporting_year} год; {cluster.standing.words}"
lonely = cooperation.isolated(cluster)
readings = cooperation.readings(cooperation.dataset(cluster), day)

# %% id="graph" title="Кто кому поставляет"
network = charts.cooperation_graph(
    cooperation.graph(cluster),
    titles=titles,
    groups=groups,
    highlight=[member.id for member in lonely],
    highlight_title="нет подписанного договора",
    source=source,
)
page_graph = Report.Section(
    "Кто кому поставляет",
    (
        Report.Paragraph(
            f"Подписанным договором связаны {wording.count(len(cluster.members) - len(lonely), 'участник', 'участника', 'участников')}"
            f" из {wording.number(len(cluster.members))}."
            + (
                f" Без подписанного договора: {', '.join(m.label for m in lonely)}."
                if lonely
                else ""
            ),
            strong=True,
        ),
        Report.Figure("Кооперация участников кластера", network.svg("path")),
    ),
)
page_graph

# %% id="matrix" title="Матрица кооперации"
signed = cooperation.matrix(cluster, "signed")
page_matrix = Report.Section(
    "Матрица кооперации",
    (
        Report.Paragraph(
            f"Сумма подписанных договоров кооперации за {cluster.reporting_year} год: "
            f"{wording.money(float(signed.to_numpy().sum()))} без НДС."
        ),
        Report.Figure(
            "Поставки между участниками по подписанным договорам",
            charts.matrix(signed, titles=titles, source=source).svg("path"),
        ),
    ),
)
page_matrix

# %% id="readings" title="Прочтения требования"
page_readings = Report.Section(
    "Четыре прочтения требования о кооперации",
    (
        Report.Paragraph(
            "Требование о кооперации читали по-разному. Ниже каждое прочтение на данных "
            "кластера. Это числа рядом с порогами, а не заключение о соответствии: кластер "
            "подтверждает только приказ Минпромторга."
        ),
        Report.Table(
            "Прочтения на одних и тех же данных",
            (
                Report.Column("Прочтение"),
                Report.Column("Значение"),
                Report.Column("Порог"),
                Report.Column("Подтверждение порога"),
                Report.Column("Откуда прочтение"),
            ),
            tuple(
                (
                    reading.title,
                    reading.words,
                    reading.threshold.words
                    if reading.threshold and reading.threshold.known
                    else None,
                    reading.threshold.standing.words if reading.threshold else None,
                    reading.origin,
                )
                for reading in readings
            ),
            source=source,
        ),
    ),
)
page_readings

# %% id="lonely" title="Участники без договоров"
page_lonely = Report.Section(
    "Участники без подписанных договоров",
    tuple(
        Report.Notice(
            f"{member.name}. Что свяжет участника с кластером",
            tuple(mending.statement for mending in cooperation.mendings(cluster, member.id)),
        )
        for member in lonely
    )
    or (Report.Paragraph("У каждого участника есть подписанный договор кооперации."),),
)
page_lonely

# %% id="report" title="Отчёт целиком"
Report.of(
    cluster,
    "Кооперация участников",
    as_of,
    (page_graph, page_matrix, page_readings, page_lonely),
    facts=(("Отчётный год", str(cluster.reporting_year)),),
)
