# %% id="tools" title="Подключение расчётов"
from datetime import date

from course import Report, cooperation, load_cluster, reporting, requirements, wording

# %% id="parameters" tags=["parameters"] title="Параметры шаблона"
cluster_file: str = "teams/radioelectronics/cluster.yaml"  # файл кластера внутри папки курса
as_of: str = "2026-11-22"  # день, на который берутся нормы, ГГГГ-ММ-ДД

# %% id="data" title="Проверка правил"
day = date.fromisoformat(as_of)
cluster = load_cluster(cluster_file)
verdicts = requirements.check(cluster, on=day)
readings = requirements.readings(cluster, on=day)
edition = requirements.edition(day)
Outcome = requirements.Outcome
Column, Table, Paragraph, Section, Card = (
    Report.Column,
    Report.Table,
    Report.Paragraph,
    Report.Section,
    Report.Card,
)
BOOK = f"файл кластера, {cluster.reporting_year} год; {cluster.standing.words}"
CAUTION = (
    "Здесь проверены отдельные правила на данных команды. Это не заключение о кластере: "
    "соответствие подтверждает только приказ Минпромторга."
)


def of(outcome):
    return [verdict for verdict in verdicts if verdict.outcome is outcome]


def standing(norm):
    """How sure a norm is, with the mark of an expired check."""
    if norm is None:
        return None
    if not norm.known:
        return "текст не прочитан"
    return norm.standing.words + (", сверить заново" if norm.expired_on(day) else "")


def reference(verdict):
    """The edition, its first day and its standing in one cell."""
    norm = verdict.edition
    if norm is None:
        return "редакции на этот день в данных нет"
    since = f", с {wording.day(norm.since)}" if norm.since else ""
    return f"{norm.reference}{since}. {standing(norm).capitalize()}"


def sentence(lines):
    return ". ".join(line.rstrip(".") for line in lines) + "." if lines else None


# %% id="summary" title="Главное"
failed, unknown = of(Outcome.FAIL), of(Outcome.UNKNOWN)
counted = [(outcome, len(of(outcome))) for outcome in Outcome]
summary = Section(
    "Главное",
    (
        Paragraph(
            f"На {wording.day(day)} известно "
            f"{wording.count(len(verdicts), 'правило', 'правила', 'правил')} о кластере. "
            f"На этих данных выполняется {len(of(Outcome.PASS))}, не выполняется {len(failed)}, "
            f"не установлено {len(unknown)}.",
            strong=True,
        ),
        Report.Cards(
            tuple(
                Card(f"rules.{outcome}", outcome.words.capitalize(), amount, "number", digits=0)
                for outcome, amount in counted
            )
        ),
        Report.Notice(
            "Как читать этот отчёт",
            (
                CAUTION,
                f"Редакция ПП № 779 на этот день: {edition.words} ({standing(edition)}).",
                "«Не установлено» — текст правила не прочитан, значение не подтверждено или в файле "
                "команды нет сведений. Это не отказ и не согласие.",
            ),
        ),
        *(
            Report.Notice(
                f"Не выполняется: {verdict.title}",
                (*verdict.evidence, *(f"Изменит вывод: {change}" for change in verdict.changes)),
            )
            for verdict in failed
        ),
    ),
)
summary


# %% id="rules" title="Выводы по правилам"
def rules(outcome, title):
    """The verdicts of one outcome as a table, and what would change them where they may change."""
    found = of(outcome)
    if not found:
        return Paragraph(f"{title}: таких правил нет.", strong=True)
    changing = outcome in (Outcome.FAIL, Outcome.UNKNOWN)
    columns = [Column("Правило"), Column("Редакция и надёжность"), Column("Что найдено")]
    rows = [[v.title, reference(v), sentence(v.evidence)] for v in found]
    if changing:
        columns.append(Column("Что изменит вывод"))
        rows = [
            [*row, sentence(verdict.changes) or "Найти источник, который подтверждает значение."]
            for row, verdict in zip(rows, found, strict=True)
        ]
    return Table(title, tuple(columns), tuple(tuple(row) for row in rows), source=BOOK)


rule_pages = Report.Chapter(
    (
        Section(
            "Выводы по правилам",
            (
                rules(Outcome.FAIL, "Не выполняется на этих данных"),
                rules(Outcome.PASS, "Выполняется на этих данных"),
                rules(Outcome.NOT_APPLICABLE, "Не применяется в этот день или к этому кластеру"),
            ),
        ),
        Section(
            "Не установлено",
            (
                Paragraph(
                    "По этим правилам вывода нет. Последний столбец говорит, что прочесть или назвать."
                ),
                rules(Outcome.UNKNOWN, "Правила без вывода"),
            ),
        ),
    )
)
rule_pages

# %% id="readings" title="Прочтения требования"
page_readings = Section(
    "Прочтения требования о кооперации",
    (
        Paragraph(
            "До 2022 года о кооперации говорили долями выпуска и закупок и читали требование "
            "по-разному. Ниже числа рядом с порогами тех прочтений. Это не выводы о правилах."
        ),
        Table(
            "Прочтения на одних и тех же данных",
            (
                Column("Прочтение"),
                Column("Значение"),
                Column("Порог"),
                Column("Надёжность порога"),
                Column("Откуда прочтение"),
            ),
            tuple(
                (
                    reading.title,
                    reading.words,
                    reading.threshold.words
                    if reading.threshold and reading.threshold.known
                    else None,
                    standing(reading.threshold),
                    reading.origin,
                )
                for reading in readings
            ),
            source=BOOK,
        ),
        *(
            Report.Notice(
                f"{member.name}: участника свяжет любой из договоров",
                tuple(mending.statement for mending in cooperation.mendings(cluster, member.id)),
            )
            for member in cooperation.isolated(cluster)
        ),
    ),
)
page_readings

# %% id="sources" title="Источники"
norms = {v.edition.name: v.edition for v in verdicts if v.edition} | {
    reading.threshold.name: reading.threshold for reading in readings if reading.threshold
}
sources = reporting.references((edition, *norms.values()), day)
sources

# %% id="report" title="Отчёт целиком"
Report.of(
    cluster,
    "Правила о кластере",
    as_of,
    (summary, *rule_pages.sections, page_readings, sources),
    facts=(
        ("Отчётный год", str(cluster.reporting_year)),
        ("Приказ о подтверждении", wording.day(cluster.confirmed)),
        ("Редакция ПП № 779", edition.words),
    ),
)
