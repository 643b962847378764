"""A norm is taken on a day; what the data may not hold is refused with file, line and remedy."""

from __future__ import annotations

import dataclasses
import datetime
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.errors import NormError
from course.files import read_yaml
from course.norms import LEGISLATION, Comparison, Edition, Norm, Pace, Standing, Unit, load, norms

HERE = Path(__file__).parent / "norms"
BAD = sorted((HERE / "bad").glob("*.yaml"))
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']} on {case['on']}")
    for path in sorted(HERE.glob("*.yaml"))
    for case in read_yaml(path).data
]
DAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize("case", CASES)
def test_case_that_a_lawyer_can_read(case):
    unknown = set(case) - {
        "name", "on", "expected value", "expected standing", "expected error", "expired",
    }  # fmt: skip
    assert not unknown
    if "expected error" in case:
        with pytest.raises(NormError, match=case["expected error"]):
            norms[case["name"]].on(case["on"])
        return
    edition = norms[case["name"]].on(case["on"])
    value = list(edition.value) if isinstance(edition.value, tuple) else edition.value
    assert value == case["expected value"]
    assert type(value) is not bool or type(case["expected value"]) is bool
    assert edition.standing == case["expected standing"]
    assert edition.ended_on(case["on"]) is case.get("expired", False)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_file_is_refused_with_the_words_of_its_first_line(path, tmp_path):
    shutil.copy(path, tmp_path)
    expected = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
    with pytest.raises(NormError) as caught:
        load(tmp_path)
    assert expected in str(caught.value)
    assert all(fault.file == path.name for fault in caught.value.faults)
    assert all(fault.place.startswith("строка") for fault in caught.value.faults)


def test_bad_files_have_one_fault_each(tmp_path):
    several = {}
    for path in BAD:
        folder = tmp_path / path.stem
        folder.mkdir()
        shutil.copy(path, folder)
        with pytest.raises(NormError) as caught:
            load(folder)
        if len(caught.value.faults) > 1:
            several[path.stem] = len(caught.value.faults)
    assert set(several) <= {"unknown_top_key", "doubled_key", "alias"}


def test_all_faults_of_all_files_are_told_at_once(tmp_path):
    for path in BAD:
        shutil.copy(path, tmp_path)
    with pytest.raises(NormError) as caught:
        load(tmp_path)
    assert {fault.file for fault in caught.value.faults} >= {path.name for path in BAD} - {
        "doubled_norm.yaml"
    }


def test_the_same_norm_in_two_files_is_refused(tmp_path):
    text = (LEGISLATION / "taxes" / "property.yaml").read_text(encoding="utf-8")
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(NormError, match=r"b\.yaml.*уже есть в файле a\.yaml"):
        load(tmp_path)


def test_empty_folder_is_refused(tmp_path):
    with pytest.raises(NormError, match="нет данных законодательства"):
        load(tmp_path)


def test_unknown_name_is_refused_with_near_names():
    with pytest.raises(NormError, match=r"такой нормы нет.*tax\."):
        norms["tax.nothing"]
    assert "tax.nothing" not in norms
    assert "tax.vat.rate" in norms


def edition(**changes):
    given = {
        "name": "x.rate", "title": "Ставка", "value": 0.2, "unit": Unit.SHARE,
        "standing": Standing.ACT, "reference": "Акт", "pace": Pace.YEAR,
        "since": datetime.date(2024, 1, 1), "checked": datetime.date(2024, 6, 1),
    }  # fmt: skip
    return Edition(**{**given, **changes})


def norm(*editions):
    return Norm("x.rate", "Ставка", Unit.SHARE, Pace.YEAR, "x.yaml", 3, editions)


def test_since_decides_which_edition_holds():
    first = edition(until=datetime.date(2024, 12, 31))
    second = edition(value=0.3, since=datetime.date(2025, 1, 1))
    rate = norm(first, second)
    assert rate.on(datetime.date(2024, 12, 31)) is first
    assert rate.on(datetime.date(2025, 1, 1)) is second
    with pytest.raises(NormError, match=r"x\.yaml, строка 3.*первая известная начинается"):
        rate.on(datetime.date(2023, 12, 31))


def test_after_the_end_the_last_value_is_given_and_marked_expired():
    last = edition(until=datetime.date(2024, 12, 31), pace=Pace.SETTLED)
    day = datetime.date(2025, 1, 1)
    assert norm(last).on(day).value == 0.2
    assert last.expired_on(day)
    assert last.ended_on(day)
    assert not last.expired_on(datetime.date(2024, 12, 31))


def test_checked_starts_the_clock_of_the_pace():
    rate = edition(checked=datetime.date(2024, 6, 1))
    assert not rate.expired_on(datetime.date(2025, 6, 2))  # 366 days
    assert rate.expired_on(datetime.date(2025, 6, 3))
    assert rate.stale_on(datetime.date(2025, 6, 3))
    assert not rate.ended_on(datetime.date(2025, 6, 3))


def test_published_starts_the_clock_of_what_was_never_checked():
    rate = edition(checked=None, published=datetime.date(2024, 3, 1))
    assert not rate.expired_on(datetime.date(2025, 3, 2))
    assert rate.expired_on(datetime.date(2025, 3, 3))


def test_what_is_settled_never_grows_stale():
    assert not edition(pace=Pace.SETTLED).expired_on(datetime.date(2100, 1, 1))


def test_a_gap_between_editions_gives_the_earlier_one_expired():
    first = edition(until=datetime.date(2024, 6, 30))
    rate = norm(first, edition(value=0.3, since=datetime.date(2025, 1, 1)))
    assert rate.on(datetime.date(2024, 9, 1)) is first
    assert first.expired_on(datetime.date(2024, 9, 1))


def test_open_edition_has_no_number():
    unread = edition(value=None, open="Прочесть акт")
    assert norm(unread).on(DAY) is unread
    assert unread.words == "не известно"
    with pytest.raises(NormError, match=r"x\.rate: значение не известно: Прочесть акт"):
        _ = unread.number
    with pytest.raises(NormError, match="не является числом"):
        _ = edition(value=True, unit=Unit.FLAG).number


def test_snapshots_are_kept_apart_by_the_day_they_were_seen():
    rate = norms["loan.frp.development.rate.base"]
    assert [snapshot.value for snapshot in rate.snapshots] == [0.05, 0.03, 0.05]
    assert all(snapshot.since is None and snapshot.seen for snapshot in rate.snapshots)
    assert [dated.value for dated in norms.editions(rate.name)] == [0.05]


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0.2, Unit.SHARE, "20\u00a0%"),
        (0.076, Unit.SHARE, "7,6\u00a0%"),
        (1.076, Unit.INDEX, "107,6\u00a0%"),
        (0.03, Unit.PERCENTAGE_POINT, "3\u00a0п.п."),
        (150_000_000, Unit.RUB_PER_APPLICANT, "150\u00a0млн\u00a0₽ на заявителя"),
        (639_700_000_000, Unit.RUB, "639,7\u00a0млрд\u00a0₽"),
        (3_500_000_000_000, Unit.RUB, "3,5\u00a0трлн\u00a0₽"),
        (1.5, Unit.MULTIPLE, "1,5"),
        (40_639.5, Unit.RUB_PER_MONTH, "40\u00a0639,5\u00a0₽ в месяц"),
        (2_979_000, Unit.RUB_PER_YEAR, "2\u00a0979\u00a0000\u00a0₽ в год"),
        (5, Unit.YEARS, "5\u00a0лет"),
        (3, Unit.YEARS, "3\u00a0года"),
        (True, Unit.FLAG, "да"),
        (("а", "б"), Unit.LIST, "а; б"),
        (datetime.date(2028, 1, 1), Unit.DAY, "01.01.2028"),
    ],
)
def test_value_in_words_is_exact(value, unit, words):
    assert edition(value=value, unit=unit).words == words


def test_standing_has_words_and_a_sign():
    assert Standing("act").words == "по тексту акта"
    assert Standing("recalled").words == Standing("inferred").words == "не подтверждено"
    assert all(standing.words and standing.sign for standing in Standing)
    assert [standing for standing in Standing if standing.confirmed] == ["act", "secondary"]


@given(st.dates(datetime.date(2010, 1, 1), datetime.date(2040, 1, 1)))
def test_on_never_gives_a_later_edition_and_never_a_snapshot(day):
    for rate in norms.values():
        try:
            found = rate.on(day)
        except NormError:
            assert not rate.editions or rate.editions[0].since > day
            continue
        assert found in rate.editions
        assert found.since is None or found.since <= day
        later = [other for other in rate.editions if other.since and other.since <= day]
        assert not later or found is later[-1]
        if found.covers(day):
            assert not found.ended_on(day)


def test_every_norm_of_the_data_has_what_a_page_prints():
    for rate in norms.values():
        for entry in (*rate.editions, *rate.snapshots):
            assert entry.title
            assert entry.reference
            assert entry.words
            assert entry.known or entry.value is None
            assert entry.checked is None or entry.standing.confirmed


def test_registry_is_read_once_when_it_is_asked_for():
    import course.norms

    assert course.norms.norms is load()
    with pytest.raises(AttributeError, match="nothing"):
        _ = course.norms.nothing


def test_contributions_of_one_worker_are_the_sums_of_the_facts():
    """One worker, 100 000 roubles a month in 2026, the limit not reached (facts, 2.5)."""
    day = datetime.date(2026, 6, 1)
    wage = 100_000

    def take(name):
        return norms[f"contributions.{name}"].on(day).number

    threshold = take("sme_manufacturing.threshold_multiple") * norms["wage.minimum"].on(day).number
    assert threshold == take("sme_manufacturing.threshold") == 40_639.5
    assert wage * take("general.below") == pytest.approx(30_000)
    sme = threshold * take("sme_manufacturing.below_threshold")
    sme += (wage - threshold) * take("sme_manufacturing.above_threshold")
    assert sme == pytest.approx(16_703.25, abs=0.005)
    assert wage * take("cluster_spic.below") == pytest.approx(7_600)
    assert wage * take("radioelectronics.below") == pytest.approx(7_600)


@pytest.mark.parametrize(("key", "rate"), [(0.16, 0.078), (0.21, 0.093), (0.15, 0.075)])
def test_kip_rate_is_the_one_of_the_facts(key, rate):
    day = datetime.date(2024, 1, 23)
    share, margin = (
        norms[f"loan.kip.{name}"].on(day).number for name in ("key_rate_share", "margin")
    )
    assert share * key + margin == pytest.approx(rate)


def test_parts_of_the_profit_tax_make_the_whole():
    for day in (datetime.date(2025, 1, 1), DAY, datetime.date(2030, 12, 31)):
        whole, federal, regional = (
            norms[f"tax.profit.rate{part}"].on(day).number for part in ("", ".federal", ".regional")
        )
        assert federal + regional == pytest.approx(whole)


def test_no_rate_of_a_bill_is_in_force():
    assert not norms["contributions.radioelectronics.above"].on(DAY).known


def test_the_readme_of_the_data_explains_every_word():
    text = (LEGISLATION / "README.md").read_text(encoding="utf-8")
    for words in (Unit, Pace, Standing):
        for word in words:
            assert f"`{word}`" in text, word


def test_the_list_of_what_was_left_out_points_to_norms_and_files_that_exist():
    text = (LEGISLATION.parents[1] / "docs" / "law-left-out.md").read_text(encoding="utf-8")
    for token in re.findall(r"`([a-z_0-9./*]+)`", text):
        if token in {"standing", "pace", "preliminary", "seen", "value"}:
            continue
        if "/" in token or token.endswith((".yaml", ".md")):
            root = LEGISLATION.parents[1]
            assert any((base / token).exists() for base in (root, LEGISLATION)), token
        else:
            assert norms.under(token.removesuffix(".*")), token


# ------------------------------------------------------------------ limits


@pytest.mark.parametrize(
    ("comparison", "below", "equal", "above"),
    [
        ("at_least", False, True, True), ("at_most", True, True, False),
        ("more", False, False, True), ("less", True, False, False),
    ],
)  # fmt: skip
def test_a_limit_is_kept_as_its_comparison_says(
    comparison: str, below: bool, equal: bool, above: bool
) -> None:
    edition = dataclasses.replace(
        norms["cluster.cooperation.share_each"].on(datetime.date(2020, 1, 1)),
        comparison=Comparison(comparison),
    )
    found = [edition.met(value, Comparison.AT_MOST) for value in (0.19, 0.2, 0.21)]
    assert found == [below, equal, above]
    assert edition.limit == f"{Comparison(comparison).words} 20\u00a0%"


def test_every_limit_that_its_title_tells_has_the_comparison() -> None:
    words = {"не меньше": "at_least", "не больше": "at_most"}
    for norm in norms.values():
        if norm.unit in (Unit.TEXT, Unit.LIST, Unit.FLAG):
            continue
        for edition in (*norm.editions, *norm.snapshots):
            told = [value for word, value in words.items() if norm.title.endswith(word)]
            assert not told or edition.comparison == told[0], norm.name
