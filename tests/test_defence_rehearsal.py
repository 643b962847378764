"""The rehearsal: evidence beside each criterion, verdicts on gates, differences, the sheet."""

from __future__ import annotations

import datetime
import io
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from course import cluster, defence, documents, files
from course.cli import main
from course.cluster import Cluster, Contract, Readiness
from course.defence import criteria, rubric
from course.defence.evidence import Finding, Rung, held, row
from course.defence.rehearsal import Evidence, attempt, compare, evidence
from course.folder import CourseFolder
from course.requirements import Outcome

ROOT = Path(__file__).parents[1]
DAY = datetime.date(2026, 11, 23)
RULES = rubric.load()
ALL = {gate.id: True for gate in RULES.gates}
TOP = {criterion.id: 3 for criterion in RULES.criteria}


@pytest.fixture(scope="module")
def bearings() -> Cluster:
    return cluster.load(ROOT / "teams" / "bearings" / "cluster.yaml")


@pytest.fixture(scope="module")
def found(bearings: Cluster) -> Evidence:
    return evidence(bearings, on=DAY)


def changed(bearings: Cluster, **values: object) -> Evidence:
    """The evidence of the same cluster with other parts and without its slow model."""
    return evidence(bearings.model_copy(update={"projects": (), **values}), on=DAY)


def texts(found: Evidence, key: str) -> str:
    rows = {r.criterion.id: r.sentences for r in found.rows}
    rows |= {g.gate.id: g.sentences for g in found.gates}
    return " | ".join(sentence.said for sentence in rows[key])


def sole(bearings: Cluster) -> Contract:
    """The only contract of its supplier."""
    names = [name for c in bearings.contracts for name in (c.supplier, c.buyer)]
    return next(c for c in bearings.contracts if c.signed and names.count(c.supplier) == 1)


def test_every_criterion_and_gate_of_the_shipped_rubric_has_its_rule(found: Evidence) -> None:
    assert [r.criterion.id for r in found.rows] == [c.id for c in RULES.criteria]
    assert {r.criterion.id for r in found.rows if r.held is None} == {"defence"}
    assert [g.gate.id for g in found.gates] == ["G1", "G2", "G3", "G4", "G5", "G6"]
    for line in (*found.rows, *found.gates):
        assert all(s.said and s.source and s.standing for s in line.sentences)


def test_ladders_follow_the_descriptors() -> None:
    """Who edits a descriptor has to look at the ladder in criteria.py."""
    words = {
        "need": ("Продукт", "коды и объём с источником", "по годам"),
        "cooperation": ("со слов", "часть договоров подписана", "Связаны все"),
        "technology": ("описание", "сравнение с аналогом", "ПП 719"),
        "economics": ("Только итоги", "источники денег", "Сценарии, безубыточность"),
        "support": ("названы", "Условия проверены", "календарь"),
        "governance": ("названа", "проект соглашения", "показатели и совет"),
        "regions": ("общая сумма", "По регионам", "двойной счёт"),
        "documents": ("меньше половины", "от 50 до 90", "проходит проверку"),
    }
    for criterion in RULES.criteria:
        for word, text in zip(words.get(criterion.id, ()), criterion.descriptors[1:], strict=False):
            assert word in text, criterion.id
    assert criteria.HALF == 0.5


def test_figures_of_the_model_stand_beside_the_economics(found: Evidence) -> None:
    told = texts(found, "economics")
    assert "ЧДД −154,5\u00a0млн\u00a0₽ при ставке 21\u00a0%" in told
    assert "наименьший DSCR 0,46" in told
    assert "цена без НДС, +27,3\u00a0%" in told
    line = found.row("economics")
    assert line.held == 1
    assert "−50,6\u00a0млн\u00a0₽" in line.lacking
    assert "23.11.2026" in line.sentences[0].source
    assert "учебные данные; 8\u00a0норм" in line.sentences[0].standing


def test_the_contract_rule_speaks_with_its_edition(found: Evidence) -> None:
    line = found.row("cooperation")
    assert line.held == 3
    assert line.sentences[0].said.endswith("выполняется")
    assert "№ 1585 от 28.09.2023" in line.sentences[0].source
    assert line.sentences[0].standing == "по публикации"


def test_readiness_is_the_audit_s(bearings: Cluster, found: Evidence) -> None:
    audit = documents.audit(bearings, DAY)
    assert audit.todo
    assert audit.ready in texts(found, "documents")
    assert audit.ready in found.row("documents").lacking
    assert found.row("documents").held == 2


def test_a_member_without_a_contract_lowers_cooperation_and_the_gate(bearings: Cluster) -> None:
    only = sole(bearings)
    bare = changed(bearings, contracts=tuple(c for c in bearings.contracts if c != only))
    lonely = bearings.member(only.supplier).label
    gate = bare.gates[0]
    assert gate.outcome is Outcome.FAIL
    assert lonely in gate.sentences[-1].said
    assert bare.row("cooperation").held == 2
    assert lonely in bare.row("cooperation").lacking


@pytest.mark.parametrize(("days", "outcome"), [(1, Outcome.PASS), (-1, Outcome.FAIL)])
def test_a_plan_serves_the_gate_only_while_its_day_is_ahead(
    bearings: Cluster, days: int, outcome: Outcome
) -> None:
    only = sole(bearings)
    since = DAY + datetime.timedelta(days=days)
    plan = only.model_copy(update={"status": type(only.status)("planned"), "since": since})
    rest = tuple(contract for contract in bearings.contracts if contract != only)
    assert changed(bearings, contracts=(plan, *rest)).gates[0].outcome is outcome


def test_without_an_organisation_and_projects_nothing_is_borne(bearings: Cluster) -> None:
    bare = changed(bearings, specialised_organisation=None)
    gates = {g.gate.id: g.outcome for g in bare.gates}
    assert gates["G2"] is gates["G3"] is gates["G6"] is Outcome.FAIL
    assert gates["G4"] is gates["G5"] is Outcome.UNKNOWN
    held_by = {r.criterion.id: r.held for r in bare.rows}
    assert [held_by[key] for key in ("need", "economics", "support", "governance", "regions")] == [
        0, 0, 0, 0, 0
    ]  # fmt: skip


def test_the_weakest_project_is_named(bearings: Cluster) -> None:
    first = bearings.projects[0]
    second = first.model_copy(update={
        "id": "second", "title": "Второй «малый» проект", "description": None,
        "own_funds": first.own_funds[:0],
        "grants": (),
    })  # fmt: skip
    both = evidence(bearings.model_copy(update={"projects": (first, second)}), on=DAY)
    assert both.row("technology").held == 0
    assert both.row("technology").lacking == "«Второй „малый“ проект»: нет описания"
    assert both.row("economics").held == 1
    gates = {g.gate.id: g for g in both.gates}
    assert gates["G6"].outcome is Outcome.FAIL
    assert gates["G6"].sentences[-1].said.startswith("«Второй „малый“ проект»: источники")


def test_points_and_productive_jobs_are_told_with_their_sources(bearings: Cluster) -> None:
    plan = bearings.projects[0]
    known = Readiness(points_now=4, points_target=20, points_source="расчёт технолога",
                      productive_jobs=7)  # fmt: skip
    told, without = (
        evidence(
            bearings.model_copy(
                update={"projects": (plan.model_copy(update={"readiness": given}),)}
            ),
            on=DAY,
        )
        for given in (known, None)
    )
    assert "Баллы по ПП № 719: сейчас 4, цель 20; расчёт технолога" in texts(told, "technology")
    assert "высокопроизводительных мест 7; порог не назван" in texts(told, "regions")
    assert "Баллов по ПП № 719 в файле нет" in texts(without, "technology")
    assert "высокопроизводительных" not in texts(without, "regions")


def test_a_ladder_stops_at_its_first_gap() -> None:
    yes, no = Rung(True, ""), Rung(False, "нет карты")
    assert held((yes, no, yes)) == (1, "нет карты")
    assert held((yes, yes, yes)) == (3, "")
    assert held((no, yes, yes)) == (0, "нет карты")
    criterion = RULES.criteria[0]
    assert row(criterion, Finding((), (yes, yes), "")).held is None, "not the descriptors' length"


def test_the_total_is_the_jury_s_and_the_cap_holds(found: Evidence) -> None:
    marks = {"need": 3, "cooperation": 2, "technology": 1, "economics": 2, "support": 3,
             "governance": 3, "regions": 1, "documents": 0, "defence": 2}  # fmt: skip
    whole = compare(found, marks, ALL)
    by_hand = Fraction(3 * 15 + 2 * 20 + 10 + 2 * 15 + 3 * 10 + 3 * 10 + 10 + 0 + 2 * 5, 3)
    assert whole.raw == whole.total == by_hand == Fraction(205, 3)
    assert whole.words == "Итог 68,3 из 100."
    short = compare(found, marks, {**ALL, "G6": False})
    assert (short.raw, short.total, short.unmet) == (by_hand, 49, ("G6",))
    assert short.words == "Итог 49 из 100: по отметкам 68,3, но не выполнены G6."
    low = compare(found, {"need": 3}, {})
    assert low.total == 15, "the cap lowers, it never lifts"
    assert len(low.missing) == 8 + 6
    assert "Без ответа: 14" in low.words


def test_differences_to_the_data_are_named_both_ways(found: Evidence) -> None:
    said = {d.about: d.said for d in compare(found, TOP, ALL).differences}
    assert said["Экономика проекта"] == (
        "вы поставили 3, а данные держат 1: денег не хватает: остаток опускается до "
        "−50,6\u00a0млн\u00a0₽"
    )
    assert said["Эффект для регионов"].startswith("вы поставили 3, а данные держат 2: проверка")
    assert "Кооперация" not in said
    assert "Защита" not in said, "the file says nothing of it"
    low = {d.about: d.said for d in compare(found, {"cooperation": 1}, {"G2": False}).differences}
    assert low["Кооперация"] == "вы поставили 1, а данные держат 3: покажите это жюри"
    assert low["G2"].startswith("вы отметили «не выполнено», а по данным выполняется")
    assert "G4" not in {d.about for d in compare(found, {}, {"G4": False}).differences}


def test_merged_data_of_a_team_give_evidence_or_say_what_they_lack(found: Evidence) -> None:
    data = files.read_yaml(ROOT / "teams" / "bearings" / "cluster.yaml").data
    whole, nothing = attempt(data, on=DAY)
    assert whole == found
    assert nothing == ()
    none, lacking = attempt({**data, "members": data["members"][:1], "title": None}, on=DAY)
    assert none is None
    assert any("title" in said for said in lacking)
    assert all(said.startswith("team.yaml") for said in lacking)
    assert attempt({}, on=DAY)[0] is None


def test_a_mark_that_the_rubric_has_not_is_no_mark(found: Evidence) -> None:
    assert compare(found, {"need": 5}, ALL).raw == 0


# ---------------------------------------------------------------- the sheet and the command


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "teams" / "bearings", root / "teams" / "bearings")
    (root / "assignments").mkdir()
    shutil.copyfile(ROOT / "nbgrader_config.py", root / "nbgrader_config.py")
    return root


def test_the_command_writes_a_sheet(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["defence", "rehearse", "bearings", "--on", "2026-11-23", "--course", str(folder)]
    assert main(command) == 0
    assert "rehearsal.xlsx" in capsys.readouterr().out
    path = folder / "reports" / "bearings" / "rehearsal.xlsx"
    before = path.read_bytes()
    main(command)
    assert path.read_bytes() == before
    book = load_workbook(io.BytesIO(before))
    assert book.properties.created == datetime.datetime(2026, 11, 23), "not the clock's time"
    page = book["Репетиция"]
    cells = [str(cell.value) for line in page.iter_rows() for cell in line if cell.value]
    assert all(criterion.title in " ".join(cells) for criterion in RULES.criteria)
    assert any("остаток опускается" in text for text in cells)
    assert not any("bearings/" in text or "/tmp" in text for text in cells)
    formulas = [text for text in cells if text.startswith("=")]
    assert len(formulas) == len(RULES.criteria) + 2
    lists = sorted(rule.formula1 for rule in page.data_validations.dataValidation)
    assert lists == ['"0,1,2,3"', '"да,нет"']


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "не названо: команда"),
        (["bearings"], "не названо: день"),
        (["nobody", "--on", "2026-11-23"], "команды «nobody» нет. Есть: bearings"),
        (["../x", "--on", "2026-11-23"], "нет"),
        (["bearings", "--on", "2015-01-01"], "2015"),
    ],
)
def test_the_command_refuses(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    shutil.rmtree(folder / "reports", ignore_errors=True)
    assert main(["defence", "rehearse", *arguments, "--course", str(folder)]) == 2
    assert words in capsys.readouterr().err
    assert not (folder / "reports").exists()


@pytest.mark.office
def test_the_sheet_s_formulas_count_the_total_with_its_cap(
    folder: Path, tmp_path: Path, soffice: str
) -> None:
    made = defence.make_rehearsal(CourseFolder(folder), "bearings", on=DAY)[0]
    for unmet, expected in ((0, 100.0), (1, 49.0)):
        book = load_workbook(made)
        page = book["Репетиция"]
        inputs = [
            c
            for line in page.iter_rows(min_col=4, max_col=4)
            for c in line
            if not c.protection.locked and c.value is None and c.border.left.style == "medium"
        ]
        gates, marks = inputs[: len(RULES.gates)], inputs[len(RULES.gates) :]
        for number, cell in enumerate(gates):
            cell.value = "нет" if number < unmet else "да"
        for cell in marks:
            cell.value = 3
        told = counted(book, tmp_path / f"{unmet}.xlsx", soffice)
        total = next(line for line in told if line[1] and str(line[1]).startswith("Итог: не выше"))
        assert total[3] == pytest.approx(expected)
        economics = next(line for line in told if str(line[1]).startswith("Экономика"))
        assert economics[5] == "выше данных"


def counted(book: Any, path: Path, soffice: str) -> list[list[Any]]:
    """The workbook's values as LibreOffice works them out."""
    book.save(path)
    out = path.with_suffix("")
    subprocess.run(
        [soffice, "--headless", f"-env:UserInstallation=file://{out}-profile", "--convert-to",
         "xlsx", "--outdir", str(out), str(path)], check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    page = load_workbook(out / path.name, data_only=True)["Репетиция"]
    return [[cell.value for cell in line] for line in page.iter_rows(max_col=9)]
