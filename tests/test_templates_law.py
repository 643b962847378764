"""The templates on the law: rules about a cluster, and the map of measures of support."""

from __future__ import annotations

import datetime
import functools
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from course import cluster as c
from course import requirements, support
from course.folder import CourseFolder
from course.norms import norms
from course.reporting import running
from course.reporting.blocks import Notice, Sources, Table
from course.reporting.pages import STYLE, pdf
from course.reporting.report import Report
from course.reporting.template import Template

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "teams" / "radioelectronics" / "cluster.yaml"
NOW = "2026-11-22"


@functools.cache
def made(template: str, as_of: str, cluster: Path, root: Path) -> tuple[Report, bytes]:
    """The report and its pages, in a course of its own."""
    team = root / "teams" / "t"
    if not team.is_dir():
        shutil.copytree(ROOT / "templates", root / "templates")
        team.mkdir(parents=True)
        (root / "nbgrader_config.py").write_text("", encoding="utf-8")
    shutil.copy(cluster, team / "cluster.yaml")
    chosen = Template.find(CourseFolder.find(root), template)
    values = {"cluster_file": "teams/t/cluster.yaml", "as_of": as_of}
    report = running.report_of(running.run(chosen.notebook, values, root))
    return report, pdf(report, chosen.style(STYLE))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("Курс права")


def words(report: Report) -> str:
    return json.dumps(report.data(), ensure_ascii=False)


def tables(report: Report) -> dict[str, Table]:
    return {b.title: b for s in report.sections for b in s.blocks if isinstance(b, Table)}


def pages(content: bytes) -> int:
    import io

    import pypdf

    return len(pypdf.PdfReader(io.BytesIO(content)).pages)


@pytest.mark.parametrize("template", ["requirements", "support"])
@pytest.mark.parametrize("as_of", [NOW, "2024-10-01"])
def test_no_page_says_that_a_cluster_complies(template: str, as_of: str, root: Path) -> None:
    report, content = made(template, as_of, EXAMPLE, root)
    told = words(report)
    assert not re.search(r"соответству(ет|ют) (постановлению|ПП|закону|требованиям)", told)
    assert "None" not in told
    assert "nan" not in told
    assert "решает" in told or "подтверждает только приказ" in told
    assert 4 <= pages(content) <= 24
    assert report.mark


@pytest.mark.parametrize("template", ["requirements", "support"])
def test_a_small_cluster_has_a_report_too(template: str, root: Path) -> None:
    report, content = made(template, NOW, ROOT / "tests" / "cluster" / "good.yaml", root)
    assert report.sections
    assert pages(content) >= 3


def test_rules_on_the_page_are_the_verdicts(root: Path) -> None:
    report, _ = made("requirements", NOW, EXAMPLE, root)
    verdicts = requirements.check(c.load(EXAMPLE), on=datetime.date.fromisoformat(NOW))
    for outcome in requirements.Outcome:
        wanted = sum(verdict.outcome is outcome for verdict in verdicts)
        assert report.cards[f"rules.{outcome}"].value == wanted
    shown = {row[0] for title, t in tables(report).items() if "Прочтения" not in title
             for row in t.rows}  # fmt: skip
    assert shown == {verdict.title for verdict in verdicts}


def test_what_would_change_a_failed_rule_stands_on_the_first_page(root: Path) -> None:
    report, _ = made("requirements", NOW, EXAMPLE, root)
    notices = [b for b in report.sections[0].blocks if isinstance(b, Notice)]
    failed = next(notice for notice in notices if notice.title.startswith("Не выполняется"))
    assert any("Ферролад" in line for line in failed.lines)
    assert any(line.startswith("Изменит вывод") for line in failed.lines)


def test_readings_stand_apart_from_verdicts(root: Path) -> None:
    report, _ = made("requirements", NOW, EXAMPLE, root)
    apart = next(s for s in report.sections if s.title.startswith("Прочтения"))
    assert "не выводы о правилах" in words(Report(**{**report.__dict__, "sections": (apart,)}))
    readings = tables(report)["Прочтения на одних и тех же данных"]
    assert len(readings.rows) == 4


def test_sources_tell_the_standing_of_every_edition(root: Path) -> None:
    for template in ("requirements", "support"):
        report, _ = made(template, NOW, EXAMPLE, root)
        rows = [row for s in report.sections for b in s.blocks if isinstance(b, Sources)
                for row in b.rows]  # fmt: skip
        assert rows
        titles = {norm.title for norm in norms.values()}
        for row in rows:
            assert row.name in titles
            assert row.standing
            assert row.firm == row.standing.startswith(("по тексту акта", "по публикации"))


def test_map_of_measures_is_the_ranking(root: Path) -> None:
    report, _ = made("support", NOW, EXAMPLE, root)
    ranking = support.rank(c.load(EXAMPLE), on=datetime.date.fromisoformat(NOW))
    assert report.cards["support.unknown"].value == len(ranking.of(requirements.Outcome.UNKNOWN))
    assert report.cards["support.fail"].value == len(ranking.of(requirements.Outcome.FAIL))
    assert report.cards["support.possible"].value == ranking.possible.worth
    best = tables(report)["Меры с известной суммой"]
    assert sum(float(row[4] or 0) for row in best.rows[:-1]) == pytest.approx(best.rows[-1][4])
    questions = tables(report)["Вопросы, которые открывают ответы"]
    assert {row[0] for row in questions.rows} == {ask.rstrip(".") for ask in ranking.open_questions}


def test_money_of_kursk_stands_beside_members_of_kursk_only(root: Path) -> None:
    report, _ = made("support", NOW, EXAMPLE, root)
    rows: list[Any] = [row for row in tables(report)["Меры и участники"].rows
                       if "2190" in str(row[0])]  # fmt: skip
    assert [sorted(str(row[3]).split(", ")) for row in rows] == [
        ["Гальванолира", "Сеймоконтакт", "Тускополимер", "Ферролад"]
    ]
