"""The thread of a team's project: reading, joining, judging, keeping; a team of three in full."""

from __future__ import annotations

import ast
import copy
import datetime
import json
import math
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course import cluster, finance, thread
from course.authoring.rules import ASKS
from course.cli import main
from course.documents.package import WAYS
from course.errors import ClusterError, CourseFolderError, ProgrammeError
from course.files import parse_yaml, read_yaml
from course.folder import CourseFolder
from course.forms import open_form
from course.forms.team import drawn, team_file
from course.programme import programme
from course.steps import load, step, steps
from course.thread import keeping, merging, names, papers, reading, targets, telling
from course.thread.assembling import assemble
from course.thread.entries import Author, Entry, entries_of
from course.thread.judging import judge
from course.thread.merging import Merged, merge
from tests.thread import accountant, entering

HERE = Path(__file__).parent / "thread"
PLAY = entering.case(HERE / "play.yaml")
AGREEING = read_yaml(HERE / "agreeing.yaml").data
REFUSED = sorted((HERE / "refused").glob("*.yaml"))
AS_OF = datetime.date(2026, 11, 25)
ANNA, BORIS = Author("anna", "Анна"), Author("boris", "Борис")
ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> CourseFolder:
    """A course in which the team has handed in all eight webinars and was merged after each."""
    folder = entering.course_folder(tmp_path_factory.mktemp("course"), PLAY)
    for webinar in programme.webinars:
        entering.hand_in(folder, PLAY, webinar.number)
        thread.merge_team(folder, "lamps")
    return folder


@pytest.fixture
def handed_in(tmp_path: Path) -> CourseFolder:
    """A course in which the team has handed in all eight webinars."""
    folder = entering.course_folder(tmp_path, PLAY)
    for webinar in programme.webinars:
        entering.hand_in(folder, PLAY, webinar.number)
    return folder


def merged_of(told: dict[str, Any]) -> Merged:
    """What the people of a short case come to."""
    entries: list[Entry] = []
    for author in (ANNA, BORIS):
        for answers in told.get(author.id, {}).values():
            for id, given_ in answers.items():
                entries += entries_of(author, step(id), entering.value_of(id, given_))
    return merge(entries, {})


def holds(found: Any, expected: Any) -> bool:
    """Whether everything that is expected stands in what was found."""
    if isinstance(expected, dict):
        return isinstance(found, dict) and all(
            key in found and holds(found[key], value) for key, value in expected.items()
        )
    if isinstance(expected, list):
        return (
            isinstance(found, list)
            and len(found) == len(expected)
            and all(map(holds, found, expected))
        )
    return bool(found == expected)


# ------------------------------------------------------------------ what the steps say


def test_every_team_field_of_a_webinar_is_described_and_every_described_one_is_asked() -> None:
    for webinar in programme.webinars:
        path = ROOT / "assignments" / webinar.name / "assignment.py"
        if not path.is_file():
            continue
        calls = [node for node in ast.walk(ast.parse(path.read_text())) if _asks(node)]
        drawn_ = [str(_id(node)) for node in calls if node.func.attr == "step"]  # type: ignore[attr-defined]
        others = [_id(node) for node in calls if node.func.attr != "step"]  # type: ignore[attr-defined]
        assert drawn_ == [each.id for each in steps(webinar.number)], webinar.name
        assert not [id for id in others if str(id).startswith("team_")], webinar.name


def _asks(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "ask"
        and node.func.attr in ASKS
        and bool(node.args)
    )


def _id(node: ast.AST) -> object:
    argument = node.args[0]  # type: ignore[attr-defined]
    return argument.value if isinstance(argument, ast.Constant) else None


def test_every_place_that_a_step_fills_is_in_the_cluster_file() -> None:
    for target in targets.targets():
        path = re.sub(r"\[.*?\]", "", target.path).split(".")
        kind: Any = cluster.Cluster
        for key in path:
            assert key in kind.model_fields, f"{target.step.id}: {target.path}"
            kind = keeping.section(kind, key)


def test_every_option_of_a_step_is_a_word_of_the_cluster_file() -> None:
    words = {
        "role": cluster.Role, "link": cluster.Link, "status": cluster.Standing,
        "origin": cluster.Origin, "phase": cluster.Phase, "shape": cluster.Shape,
    }  # fmt: skip
    for each in steps():
        for key, column in each.columns.items():
            if column.kind == "choice" and key in words and each.id != "team_buyers":
                kind = cluster.Status if key == "status" and each.owner else words[key]
                assert set(column.options or {}) <= {word.value for word in kind}, each.id


def test_self_scores_and_the_package_have_the_rows_of_the_jury_and_of_the_documents() -> None:
    criteria = read_yaml(ROOT / "course" / "defence" / "rubric.yaml").data["criteria"]
    named = {key: row.title for key, row in step("team_scores").named.items()}
    assert named == {each["id"]: each["title"] for each in criteria}
    papers_ = {f"d{entry.number}": entry.title for entry in WAYS["new"]}
    assert {key: row.title for key, row in step("team_package").named.items()} == papers_


def test_a_table_of_a_step_has_at_most_nine_columns() -> None:
    assert max(len(each.columns) for each in steps()) <= 9


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"key": ["nobody"]}, "нет столбца «nobody»"),
        ({"webinar": 9}, "вебинара 9 нет"),
        ({"columns": {}}, "нет столбцов"),
        ({"id": "team_card"}, "уже описано"),
        ({"id": "members"}, "steps[1].id"),
    ],
)
def test_a_faulty_description_is_refused(
    tmp_path: Path, change: dict[str, Any], words: str
) -> None:
    whole = read_yaml(ROOT / "course" / "steps" / "steps.yaml").data["steps"][:2]
    path = tmp_path / "steps.yaml"
    path.write_text(papers.text({"steps": [whole[0], whole[1] | change]}, ""))
    with pytest.raises(ProgrammeError, match=re.escape(words)):
        load(path)


# ------------------------------------------------------------------ joining


@pytest.mark.parametrize("told", AGREEING, ids=[each["title"] for each in AGREEING])
def test_what_two_people_enter_is_joined(told: dict[str, Any]) -> None:
    merged = merged_of(told)
    verdict = judge(assemble("team", merged), merged.faulty)
    assert holds(verdict.draft.data, told.get("expected", {})), verdict.draft.data
    conflicts = "\n".join(telling.conflict(each) for each in merged.conflicts)
    assert bool(merged.conflicts) == ("conflicts" in told), conflicts
    for words in told.get("conflicts", []):
        assert words in conflicts
    for words in told.get("left_out", []):
        assert any(words in each for each in verdict.left_out)
    kept = [each.entries[0].shown for each in merged.agreed if each.slot.kept]
    assert not set(told.get("kept", [])) - set(kept)
    for key in told.get("absent", []):
        assert f"'{key}':" not in repr(verdict.draft.data)


def test_a_later_webinar_of_the_same_person_speaks_for_the_person() -> None:
    table = step("team_members")
    later = table.model_copy(update={"webinar": 5})
    before, after = ([{"name": "Альфа", "role": role}] for role in ("supplier", "buyer"))
    own = merge([*entries_of(ANNA, table, before), *entries_of(ANNA, later, after)], {})
    assert not own.conflicts
    assert {each.slot.field: each.value for each in own.agreed}["role"] == "buyer"
    other = merge([*entries_of(ANNA, table, before), *entries_of(BORIS, later, after)], {})
    assert [each.slot.field for each in other.conflicts] == ["role"]


CELLS = st.sampled_from(["Альфа", "ООО «Альфа»", "Бета", "АО «Бета»", "Гамма"])
REGIONS = st.sampled_from([None, "Курская область", "Орловская обл."])
ROLES = st.sampled_from([None, "supplier", "buyer"])
ROWS = st.lists(
    st.fixed_dictionaries({"name": CELLS, "region": REGIONS, "role": ROLES, "product": REGIONS}),
    max_size=4,
)
SIZES = st.lists(
    st.fixed_dictionaries({"name": CELLS, "output": st.sampled_from([None, 1.0, 2.5e6])}),
    max_size=3,
)
PEOPLE = st.dictionaries(
    st.sampled_from(["anna", "boris", "vera"]), st.tuples(ROWS, SIZES), min_size=1
)


def random_entries(told: dict[str, tuple[list[Any], list[Any]]]) -> list[Entry]:
    """All cells of people who filled two tables at random."""
    found: list[Entry] = []
    for id, (rows, sizes) in told.items():
        author = Author(id, id.title())
        found += entries_of(author, step("team_members"), rows)
        found += entries_of(author, step("team_sizes"), sizes)
    return found


@settings(max_examples=40)
@given(PEOPLE, st.randoms(use_true_random=False))
def test_the_order_of_reading_changes_nothing(
    told: dict[str, tuple[list[Any], list[Any]]], chance: random.Random
) -> None:
    entries = random_entries(told)
    shuffled = copy.copy(entries)
    chance.shuffle(shuffled)
    assert merge(shuffled, {}) == merge(entries, {})
    one, other = (judge(assemble("t", merge(each, {})), ()) for each in (entries, shuffled))
    assert one.draft.data == other.draft.data
    assert one.gaps == other.gaps


@settings(max_examples=40)
@given(PEOPLE)
def test_nothing_entered_is_lost_and_nothing_in_doubt_is_taken(
    told: dict[str, tuple[list[Any], list[Any]]],
) -> None:
    entries = random_entries(told)
    merged = merge(entries, {})
    heard = [entry for each in merged.agreed for entry in each.entries]
    heard += [entry for each in merged.conflicts for side in each.sides for entry in side]
    heard += merged.faulty
    for entry in entries:  # a person's later webinar speaks for the person
        later = (e for e in entries if e.author == entry.author and set(e.slots) & set(entry.slots))
        assert entry in heard or any(e.step.webinar > entry.step.webinar for e in later)
    doubted = {each.slot for each in merged.conflicts}
    assert not doubted & {each.slot for each in merged.agreed}
    for each in merged.agreed:  # everybody who spoke of it said this
        values = {merging.key(each.slot, entry.value) for entry in each.entries}
        assert len(values) == 1 or each.slot.field == "name"


@settings(max_examples=40)
@given(PEOPLE, PEOPLE)
def test_different_people_on_different_things_never_disturb_each_other(
    one: dict[str, tuple[list[Any], list[Any]]], other: dict[str, tuple[list[Any], list[Any]]]
) -> None:
    first = [e for e in random_entries(one) if "Гамма" not in e.row_title]
    second = [e for e in random_entries(other) if "Гамма" in e.row_title]
    both = merge([*first, *second], {})
    alone = [merge(part, {}) for part in (first, second)]
    assert {each.slot: each.value for each in both.agreed} == {
        each.slot: each.value for part in alone for each in part.agreed
    }


# ------------------------------------------------------------------ refusals


@pytest.mark.parametrize("path", REFUSED, ids=[path.stem for path in REFUSED])
def test_a_fault_is_told_with_webinar_row_and_person(path: Path) -> None:
    head, _, _ = path.read_text().partition("\n")
    told = copy.deepcopy(dict(PLAY))
    for webinar, people in read_yaml(path).data.items():
        for person, answers in people.items():
            whole = told["webinars"].setdefault(webinar, {}).setdefault(person, {"at": ""})
            whole.update(answers)
    entries: list[Entry] = []
    for people in told["webinars"].values():
        for person, answers in people.items():
            author = Author(person, told["people"][person]["name"])
            for id, given_ in answers.items():
                if id != "at":
                    entries += entries_of(author, step(id), entering.value_of(id, given_))
    merged = merge(entries, {})
    verdict = judge(assemble("lamps", merged), merged.faulty)
    faults = [str(each).replace("\u00a0", " ") for each in verdict.faults]
    words = [part.strip() for part in head.removeprefix("#").split("|")]
    assert any(all(word in fault for word in words) for fault in faults), faults
    assert verdict.cluster is None


HOSTILE: dict[str, Any] = {
    "truncated": b'{"format": 1, "assignment": "02_diagnosis", "answers": {"team_me',
    "not_a_number": b'{"format": 1, "assignment": "02_diagnosis", "answers": {"x": NaN}}',
    "deep": b"[" * 5000 + b"]" * 5000,
    "not_utf8": b"\xff\xfe\x00",
    "of_another_webinar": b'{"format": 1, "assignment": "03_cooperation", "answers": {}}',
    "large": b" " * (5 * 1024 * 1024),
    "a_list": b"[]",
}
WRONG: list[Any] = [
    "текст вместо таблицы",
    5,
    ["строка"],
    {"row": "x"},
    [{"name": 7, "region": ["x"], "role": "король"}],
    [{"name": "A\u202eB", "role": "buyer"}],
    [{"name": "x" * 5_000, "role": "buyer"}],
    [{"name": "<script>alert(1)</script>", "region": "../../etc", "role": "buyer"}],
    [{"row": "no", "value": "x"}],
    [{}],
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_stops_nobody_else(handed_in: CourseFolder, name: str) -> None:
    thread.merge_team(handed_in, "lamps")
    history = (handed_in.teams / "lamps" / "history.jsonl").read_text()
    place = handed_in.submitted / "vera" / "02_diagnosis" / "answers.json"
    place.write_bytes(HOSTILE[name])
    found = thread.merge_team(handed_in, "lamps")
    assert (handed_in.teams / "lamps" / "history.jsonl").read_text() == history
    told = "\n".join(found.lines)
    assert "Власова Вера Олеговна, вебинар 2: работа не прочитана" in told or name == "not_utf8"
    assert any(entry.author.id == "anna" for entry in found.gathered.entries)
    assert found.attention


def test_a_link_in_place_of_answers_is_not_followed(handed_in: CourseFolder) -> None:
    place = handed_in.submitted / "vera" / "02_diagnosis" / "answers.json"
    place.unlink()
    place.symlink_to(handed_in.root / "roster.csv")
    assert "ссылка" in "\n".join(thread.thread(handed_in, "lamps").gathered.notes)


@pytest.mark.parametrize(
    ("kind", "how", "raw", "words"),
    [
        ("text", "text", "A\u202eB", "недопустимые знаки"),
        ("text", "lines", "строка\n\x1b[31mстрока", "недопустимые знаки"),
        ("text", "text", "x" * 601, "длиннее 600"),
        ("text", "text", 5, "ожидается текст"),
        ("number", "text", "5", "ожидается число"),
        ("number", "whole", True, "ожидается число"),
        ("number", "whole", 1.5, "целое число"),
        ("choice", "text", "король", "такого варианта нет"),
        ("date", "day", "31.02.2027", "не удалось прочитать день"),
    ],
)
def test_a_cell_that_cannot_be_read_says_why(kind: str, how: str, raw: Any, words: str) -> None:
    found = reading.read(how, kind, {"buyer": "покупатель"}, raw)
    assert found.value is None
    assert words in found.problem


@pytest.mark.parametrize("value", WRONG, ids=[str(number) for number in range(len(WRONG))])
@pytest.mark.parametrize("id", [each.id for each in steps()][::4])
def test_a_value_that_no_field_can_hold_is_told_and_never_raises(id: str, value: Any) -> None:
    notes: list[str] = []
    entries = list(entries_of(ANNA, step(id), value, "", notes))
    merged = merge(entries, {})
    verdict = judge(assemble("t", merged), merged.faulty)
    assert verdict.cluster is None
    assert all(entry.slots or entry.problem or not entry.step.listed for entry in entries)
    for entry in entries:
        assert "\u202e" not in entry.shown + entry.row_title
        assert len(entry.row_title) <= 81


def test_a_table_of_thousands_of_rows_is_refused_and_a_long_one_told_in_short(
    handed_in: CourseFolder,
) -> None:
    rows = [{"name": f"Фирма {number}", "role": "король"} for number in range(150)]
    entering.submit(handed_in, "vera", 2, {"team_members": rows})
    told = thread.thread(handed_in, "lamps").lines
    assert any("и ещё " in line for line in told)
    entering.submit(handed_in, "vera", 2, {"team_members": rows * 6})
    told = thread.thread(handed_in, "lamps").lines
    assert "  Власова Вера Олеговна, вебинар 2, «Первый список фирм вашего кластера»: " in str(told)
    assert any("больше 200 строк" in line for line in told)


# ------------------------------------------------------------------ keeping


def state(folder: CourseFolder) -> dict[str, bytes]:
    """All files that merging writes."""
    roots = (folder.teams, folder.feedback)
    return {str(path): path.read_bytes() for root in roots for path in sorted(root.rglob("*.*"))}


def test_merging_twice_changes_nothing(played: CourseFolder) -> None:
    before = state(played)
    thread.merge_team(played, "lamps")
    assert state(played) == before


def test_every_member_gets_the_merged_file_and_fields_suggest_from_it(
    played: CourseFolder,
) -> None:
    team = played.teams / "lamps"
    for person in PLAY["people"]:
        given_ = played.feedback / person
        assert (given_ / "team.yaml").read_bytes() == (team / "team.yaml").read_bytes()
        assert (given_ / "cluster.yaml").read_bytes() == (team / "cluster.yaml").read_bytes()
        found = team_file(given_ / "03_cooperation")
        assert found.names("members") == (
            "Фонарщик", "Светодар", "Корпусная мастерская", "Горсвет",
        )  # fmt: skip
        columns = drawn(step("team_contracts"), found).columns  # type: ignore[union-attr]
        assert columns["buyer"].suggest == found.names("members")
        assert found.data["projects"][0]["start"] == datetime.date(2027, 1, 1)


@pytest.mark.parametrize("content", ["", "[1]", "format: 2", "{", "format: 1\nnames: 5\nopen: 7"])
def test_a_team_file_that_cannot_be_used_suggests_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / "team.yaml").write_text(content)
    assert team_file(tmp_path / "x").names("members") == ()


def test_history_tells_who_entered_what_and_when_and_only_grows(handed_in: CourseFolder) -> None:
    thread.merge_team(handed_in, "lamps")
    path = handed_in.teams / "lamps" / "history.jsonl"
    before = path.read_text()
    lines = [json.loads(line) for line in before.splitlines()]
    [price] = [x for x in lines if (x["step"], x["column"]) == ("team_prices", "value")]
    assert price == {
        "at": "2026-11-11T20:00:00", "person": "boris", "name": "Бровкин Борис Ильич",
        "webinar": 6, "step": "team_prices", "key": "светильник уличный",
        "row": "Светильник уличный", "column": "value", "value": 15_000.0,
    }  # fmt: skip
    changed = entering.value_of("team_prices", [["Светильник уличный", "16 000", *[None] * 4]])
    entering.submit(handed_in, "boris", 6, {"team_prices": changed}, "2026-11-20T10:00:00")
    thread.merge_team(handed_in, "lamps")
    after = path.read_text()
    assert after.startswith(before)
    new = [json.loads(line) for line in after.removeprefix(before).splitlines()]
    assert next(x["value"] for x in new if x["step"] == "team_prices") == 16_000.0
    assert any(x["step"] == "team_loans" and x["value"] is None for x in new)  # taken back


def test_a_conflict_is_settled_by_the_captain_and_opened_by_a_new_value(
    handed_in: CourseFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    def enters(person: str, price: str, at: str) -> None:
        rows = entering.value_of("team_prices", [["Светильник уличный", price, *[None] * 4]])
        whole = {
            id: entering.value_of(id, given_)
            for id, given_ in PLAY["webinars"]["6"][person].items()
            if id != "at"
        }
        entering.submit(handed_in, person, 6, whole | {"team_prices": rows}, at)

    thread.merge_team(handed_in, "lamps")
    agreed = (handed_in.teams / "lamps" / "cluster.yaml").read_text()
    enters("vera", "15 500", "2026-11-15T10:00:00")
    course = ["--course", str(handed_in.root)]
    assert main(["team", "merge", "lamps", *course]) == 1
    told = capsys.readouterr().out
    assert "Бровкин Борис Ильич (boris) — 15\u00a0000\u00a0₽, 11.11.2026 20:00" in told
    assert "Власова Вера Олеговна (vera) — 15\u00a0500\u00a0₽, 15.11.2026 10:00" in told
    assert "последнее согласованное" in told
    assert (handed_in.teams / "lamps" / "cluster.yaml").read_text() == agreed
    code = re.findall(r"\[спор ([0-9a-f]{6})\]", told)[0]
    with pytest.raises(ClusterError, match="Вписали: boris, vera"):
        thread.choose(handed_in, "lamps", code, "anna", "капитан", "")
    with pytest.raises(ClusterError, match=f"Есть: {code}"):
        thread.choose(handed_in, "lamps", "000000", "vera", "капитан", "")
    assert main(["team", "choose", "lamps", code, "vera", "--by", "Агапова", *course]) == 0
    assert "взято от Власова Вера Олеговна, решил Агапова" in capsys.readouterr().out
    whole = cluster.load(handed_in.teams / "lamps" / "cluster.yaml")
    assert whole.projects[0].products[0].price.value == 15_500
    chosen = (handed_in.teams / "lamps" / "history.jsonl").read_text().splitlines()
    assert any('"chosen": "vera"' in line and '"by": "Агапова"' in line for line in chosen)
    enters("anna", "15 700", "2026-11-16T10:00:00")  # a third value: open again
    [again] = thread.thread(handed_in, "lamps").merged.conflicts
    assert again.code == code
    assert len(again.sides) == 3
    enters("anna", "15 500", "2026-11-17T10:00:00")
    assert not thread.thread(handed_in, "lamps").merged.conflicts
    enters("boris", "15 500", "2026-11-18T10:00:00")  # settled by those who differed
    assert not thread.thread(handed_in, "lamps").merged.settled


@pytest.mark.parametrize(
    ("webinar", "id", "ours", "theirs"),
    [
        (5, "team_cards", ["Светодар", *[None] * 5, "Свет"], ["Светодар", *[None] * 5, "Дар"]),
        (6, "team_capex", ["Линия сборки", *[None] * 3, 68], ["Линия сборки", *[None] * 3, 69]),
    ],
)
def test_a_file_with_any_value_in_doubt_is_not_whole_and_the_doubt_is_told_alone(
    handed_in: CourseFolder, webinar: int, id: str, ours: list[Any], theirs: list[Any]
) -> None:
    for person, row in (("anna", ours), ("boris", theirs)):
        name = programme.webinar(webinar).name
        path = handed_in.submitted / person / name / "answers.json"
        kept = json.loads(path.read_text())["answers"]
        rows = [*kept.get(id, {"value": []})["value"], *entering.value_of(id, [row])]
        values = {key: each["value"] for key, each in kept.items()}
        entering.submit(handed_in, person, webinar, values | {id: rows})
    found = thread.merge_team(handed_in, "lamps")
    assert found.cluster is None
    assert len(found.open) == len(found.merged.conflicts) == 1
    assert not (handed_in.teams / "lamps" / "cluster.yaml").exists()


def test_a_file_that_people_wrote_or_changed_is_never_overwritten(
    handed_in: CourseFolder,
) -> None:
    path = handed_in.teams / "lamps" / "cluster.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("format: 1\n")
    with pytest.raises(ClusterError, match="файл написан не сборкой"):
        thread.merge_team(handed_in, "lamps")
    assert path.read_text() == "format: 1\n"
    assert sorted(each.name for each in path.parent.iterdir()) == ["cluster.yaml"]
    path.unlink()
    thread.merge_team(handed_in, "lamps")
    edited = path.read_text().replace("value: 15000", "value: 25000")
    path.write_text(edited)
    with pytest.raises(ClusterError, match="файл правили после сборки"):
        thread.merge_team(handed_in, "lamps")
    assert path.read_text() == edited


def test_an_unfinished_file_is_told_webinar_by_webinar_where_a_report_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = entering.course_folder(tmp_path, PLAY)
    for number in (1, 2):
        entering.hand_in(folder, PLAY, number)
    thread.merge_team(folder, "lamps")
    data = read_yaml(folder.teams / "lamps" / "team.yaml").data
    assert not data["whole"]
    assert data["cluster"]["members"][0]["name"] == "ООО «Фонарщик»"
    with pytest.raises(CourseFolderError) as refused:
        folder.cluster_file("lamps")
    told = str(refused.value)
    assert "файл команды пока не полон" in told
    assert "Вебинар 3, «Отчётный год: за какой год суммы договоров»: не заполнено" in told
    assert "Вебинар 5, «Карточки участников», строка «ООО „Фонарщик“»: не заполнено" in told
    assert main(["documents", "lamps", "--as-of", "2026-11-25", "--course", str(tmp_path)]) == 2
    assert "Вебинар 4, «Паспорт вашего проекта»: не заполнено" in capsys.readouterr().err


def test_a_notebook_shows_conflicts_and_earlier_gaps_above_the_teams_fields(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = entering.course_folder(tmp_path, PLAY)
    for number in (1, 2):
        entering.hand_in(folder, PLAY, number)
    rows = entering.value_of("team_members", [["Светодар", "Орловская область", "покупатель"]])
    entering.submit(folder, "boris", 2, {"team_members": rows})
    thread.merge_team(folder, "lamps")
    ask = open_form("04_project", folder.feedback / "anna")
    ask.step("team_project")
    ask.step("team_start")
    told = capsys.readouterr().out
    assert told.count("Общий файл команды собран, последний ответ в нём: 15.10.2026 10:30") == 1
    assert "Спор. Вебинар 2" in told
    assert "Бровкин Борис Ильич (boris) — покупатель" in told
    assert "Власова Вера Олеговна (vera) — поставщик" in told
    assert "Вебинар 3, «Связи вашего кластера»: не заполнено" in told
    assert "Вебинар 5" not in told


def test_each_webinar_asks_for_less(tmp_path: Path) -> None:
    folder = entering.course_folder(tmp_path, PLAY)
    asked = []
    for webinar in programme.webinars:
        entering.hand_in(folder, PLAY, webinar.number)
        found = thread.merge_team(folder, "lamps")
        assert not found.attention, found.lines
        asked.append({gap.step.webinar for gap in found.verdict.gaps})
        assert not {number for number in asked[-1] if number <= webinar.number}
    assert asked[0] == {2, 3, 4, 5}
    assert asked[5] == {7}
    assert asked[6] == asked[7] == set()


@pytest.mark.parametrize(
    ("webinar", "id", "row", "told"),
    [
        (6, "team_capex", ["Линия сборкии"], "строка «Линия сборкии»"),
        (1, "team_people", ["Власова Вера", "технолог"], "строка «Власова Вера»"),
        (5, "team_founders", ["Фонарщикк", 1], "строка «Фонарщикк»"),
        (6, "team_capex", ["Линия сборки 2"], ""),
        (2, "team_members", ["Фонарь"], ""),
    ],
)
def test_names_written_nearly_alike_are_told(
    handed_in: CourseFolder, webinar: int, id: str, row: list[Any], told: str
) -> None:
    name = programme.webinar(webinar).name
    path = handed_in.submitted / "anna" / name / "answers.json"
    before = {key: each["value"] for key, each in json.loads(path.read_text())["answers"].items()}
    rows = [*before.get(id, []), *entering.value_of(id, [row])]
    entering.submit(handed_in, "anna", webinar, before | {id: rows})
    lines = list(telling.alike(thread.thread(handed_in, "lamps").gathered))
    assert bool(lines) == bool(told)
    assert all(told in line for line in lines)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ООО «Сириус»", 'Общество с ограниченной ответственностью "СИРИУС"', True),
        ("АО «Сириус»", "сириус", True),
        ("Сириус", "Сириус-2", False),
        ("Завод «Вектор»", "НИИ «Вектор»", False),
        ("Ёлка", "Елка", True),
        ("МУП «Горсвет»", "Горсвет", True),
    ],
)
def test_a_firm_is_known_by_its_name_however_it_is_written(
    one: str, other: str, same: bool
) -> None:
    assert (names.firm(one) == names.firm(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Крамарова Л. Д.", "Крамарова Лидия Дмитриевна", True),
        ("Лидия Крамарова", "Крамарова Л.Д.", True),
        ("Крамарова Л. Д.", "Крамарова Анна Юрьевна", False),
        ("Крамарова", "Крамаров", False),
        ("Иванова А.", "Петрова А.", False),
    ],
)
def test_a_person_is_known_by_the_surname_and_what_else_is_given(
    one: str, other: str, same: bool
) -> None:
    assert names.person(one, other) is same
    assert names.person(other, one) is same


@given(st.dictionaries(st.text(max_size=12), st.text(max_size=60), max_size=6))
def test_every_entry_gets_an_id_of_its_own(titles: dict[str, str]) -> None:
    found = names.identifiers(titles, "entry")
    assert len(set(found.values())) == len(titles)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,39}", id) for id in found.values())


@pytest.mark.parametrize(
    ("typed", "shares"),
    [
        ("20, 40, 60", (0.2, 0.4, 0.6)),
        ("20 40 62,5", (0.2, 0.4, 0.625)),
        ("20; 40;60 %", (0.2, 0.4, 0.6)),
        ("20,40,60", (0.2, 0.4, 0.6)),
        ("50", (0.5,)),
        ("20,40", None),
        ("20, 120", None),
        ("-5, 20", None),
        ("двадцать", None),
    ],
)
def test_months_of_a_ramp_up_are_read(typed: str, shares: tuple[float, ...] | None) -> None:
    found = reading.read("percents", "text", None, typed)
    assert found.value == shares
    assert bool(found.problem) == (shares is None)


def test_all_teams_are_merged_though_one_is_refused(
    handed_in: CourseFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    roster = handed_in.root / "roster.csv"
    roster.write_text(roster.read_text() + "gleb,Глеб,bulbs,\n")
    path = handed_in.teams / "bulbs" / "cluster.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("x")
    course = ["--course", str(handed_in.root)]
    assert main(["team", "merge", "all", *course]) == 2
    assert "teams/bulbs/cluster.yaml: файл написан не сборкой" in capsys.readouterr().err
    assert (handed_in.teams / "lamps" / "cluster.yaml").is_file()
    assert main(["team", "show", "nobody", *course]) == 2
    assert "Есть: bulbs, lamps" in capsys.readouterr().err
    elsewhere = handed_in.root / "out"
    assert main(["team", "merge", "lamps", "--to", str(elsewhere), *course]) == 0
    assert (elsewhere / "anna" / "team.yaml").is_file()


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.dates()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n")),
    lambda inside: st.lists(inside, max_size=3)
    | st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), inside, max_size=3),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=60)
@given(st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), PLAIN, min_size=1))
def test_what_is_written_reads_back_the_same(data: dict[str, Any]) -> None:
    assert parse_yaml(papers.text(data, "О чём\nфайл"), Path("x.yaml")).data == data


# ------------------------------------------------------------------ a team in full


def test_a_team_of_eight_webinars_has_the_business_case_that_an_accountant_gets(
    played: CourseFolder,
) -> None:
    whole = cluster.load(played.cluster_file("lamps"))
    assert whole.standing is cluster.Provenance.DECLARED
    project = whole.projects[0]
    assert [each.project for each in whole.contracts] == [project.id, None, None]
    case = finance.case(whole, project.id, as_of=AS_OF)
    result = finance.run(case)
    found = finance.indicators_of(result)
    flow, equity = accountant.flows()
    for name, row in (("flow.project", flow), ("flow.equity", equity)):
        assert max(map(abs, result.values[name][0] - row)) < 0.01
    assert math.isclose(found.npv, accountant.npv(flow), abs_tol=0.01)
    assert math.isclose(found.irr.value or 0, accountant.irr(flow), abs_tol=1e-9)
    assert math.isclose(found.payback_months or 0, accountant.payback(flow), abs_tol=1e-9)
    assert math.isclose(found.equity_npv, accountant.npv(equity), abs_tol=0.01)
    assert found.npv == pytest.approx(27_405_702.64, abs=0.01)
    owners = {item.owner for item in case.inputs if not item.norm and item.owner}
    assert {"Бровкин Б. И.", "Власова В. О.", "Агапова А. Ю."} >= owners - {"соглашение модели"}


def outcomes(folder: CourseFolder) -> Iterator[Path]:
    """The report and the documents of the team."""
    course = ["--course", str(folder.root)]
    assert main(["report", "lamps", "--as-of", AS_OF.isoformat(), *course]) == 0
    assert main(["documents", "lamps", "--as-of", AS_OF.isoformat(), *course]) == 0
    yield from (folder.reports / "lamps").rglob("*.*")


@pytest.mark.slow
def test_the_report_and_the_documents_run_on_the_merged_file_as_it_is(
    played: CourseFolder,
) -> None:
    names = {path.name for path in outcomes(played)}
    assert {"business_case.pdf", "business_case.xlsx", "12_Презентация_защиты.pptx"} <= names
    record = json.loads((played.reports / "lamps" / "business_case.json").read_text())
    cards = json.dumps(record["report"], ensure_ascii=False)
    flow, _ = accountant.flows()
    printed = [float(x) for x in re.findall(r"-?\d{7,}\.\d+", cards)]
    assert any(abs(x - accountant.npv(flow)) < 0.01 for x in printed)
