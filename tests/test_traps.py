"""The traps of the summary of facts, each held by a check: what a hasty reader would get wrong.

Numbers are those of the summary's section 9, which `docs/law-left-out.md` names too.
"""

from __future__ import annotations

import datetime
import functools
import re
from pathlib import Path

import pytest

from course import cluster as c
from course import cooperation, requirements, support
from course.errors import NormError
from course.norms import Edition, norms
from course.requirements import Outcome

ROOT = Path(__file__).parents[1]
NOW = datetime.date(2026, 11, 22)


@functools.cache
def example() -> c.Cluster:
    return c.load(ROOT / "teams" / "radioelectronics" / "cluster.yaml")


def verdicts(on: datetime.date = NOW) -> dict[str, requirements.Verdict]:
    return {verdict.rule: verdict for verdict in requirements.check(example(), on=on)}


@functools.cache
def ranking(on: datetime.date = NOW) -> support.Ranking:
    return support.rank(example(), on=on)


def edition(name: str, on: datetime.date = NOW) -> Edition:
    return norms[name].on(on)


def told(offer: support.Offer) -> str:
    return " ".join((*offer.reasons, *offer.changes, offer.basis)).replace("\u00a0", " ")


def test_01_a_percentage_is_never_a_verdict_on_the_decree() -> None:
    found = verdicts()
    assert not any(rule.startswith("cluster.cooperation.share_") for rule in found)
    said = " ".join(verdict.statement for verdict in found.values())
    assert "соответствует" not in said


def test_02_readings_of_one_data_set_differ_and_give_no_verdict() -> None:
    found = requirements.readings(example(), on=datetime.date(2022, 6, 1))
    assert len({reading.code for reading in found}) >= 3
    assert not any(hasattr(reading, "outcome") for reading in found)


def test_03_the_minimum_of_members_today_is_not_ten() -> None:
    assert not edition("cluster.members.minimum").known
    assert verdicts()["cluster.members.minimum"].outcome is Outcome.UNKNOWN


def test_04_rules_are_taken_on_a_day() -> None:
    days = [e.since for e in norms.editions("cluster.decree.editions")]
    assert len(days) == 7
    assert days == sorted(day for day in days if day)


def test_05_a_copy_without_amendments_is_marked() -> None:
    assert "2015" in norms.sources["S6"].about or "без" in norms.sources["S6"].about


def test_06_the_registry_and_eligibility_are_two_clocks() -> None:
    assert edition("cluster.registry.decision_years").words == "5\u00a0лет"
    rule = edition("measure.decree_41.start_batches.reconfirmed_required")
    assert rule.standing == "inferred"


def test_07_start_batches_pay_the_buyer_and_are_capped_by_applicant() -> None:
    assert edition("measure.decree_41.start_batches.cap").unit == "RUB_per_applicant"
    seller = ranking().offer("start_batches", "kristalegra")
    assert seller.outcome is Outcome.NOT_APPLICABLE
    assert "платят только покупателю" in told(seller)
    buyer = ranking().offer("start_batches", "izmerogran")
    assert buyer.amount == pytest.approx(0.5 * (74e6 + 46e6))


def test_08_the_modes_of_decree_41_stay_apart() -> None:
    values = {edition("measure.decree_41.start_batches.share_max").words,
              edition("measure.decree_41.start_batches.cap").words}  # fmt: skip
    assert values == {"50\u00a0%", "150\u00a0млн\u00a0₽ на заявителя"}
    with pytest.raises(NormError):
        edition("measure.decree_41.start_batches.share_max", datetime.date(2022, 12, 31))
    old = ranking().offer("decree_41_projects", "donelement", "power_modules")
    assert old.outcome is Outcome.NOT_APPLICABLE


def test_09_the_cluster_platform_is_for_big_projects() -> None:
    least = edition("loan.kip.amount.min")
    assert (least.number, least.standing) == (2e9, "inferred")
    assert not edition("loan.kip.cluster_membership_required").value
    assert not any(offer.card.id == "kip" for offer in ranking().possible.offers)


def test_10_the_soft_rate_of_the_platform_ends() -> None:
    assert edition("loan.kip.low_rate_after_investment").words == "2\u00a0года"
    offer = ranking().offer("kip", "donelement", "power_modules")
    assert "на стройку и 2 года после неё" in told(offer)


def test_11_the_cluster_tariff_needs_a_contract_with_the_federation() -> None:
    offer = ranking().offer("tariff_cluster_spic", "donelement")
    assert offer.outcome is Outcome.FAIL
    assert not edition("contributions.cluster_spic.spic_2").value


def test_12_there_is_no_zero_profit_tax_for_clusters() -> None:
    assert edition("tax.profit.cluster_benefit").value is False


def test_13_the_sector_relief_is_not_the_clusters_and_ends() -> None:
    assert edition("tax.profit.radioelectronics.rate.federal").until == datetime.date(2027, 12, 31)
    outside = ranking().offer("profit_tax_radioelectronics", "seimokontakt")
    assert outside.outcome is Outcome.NOT_APPLICABLE
    little = ranking().offer("profit_tax_radioelectronics", "izmerogran")
    assert "Доля дохода 64 %, нужно не меньше 70 %" in told(little)


def test_14_one_payer_has_one_tariff() -> None:
    for chosen in (ranking().firm, ranking().possible):
        payers = [o.member for o in chosen.offers if o.kind is support.Kind.TARIFF]
        assert len(payers) == len(set(payers))


def test_15_a_bill_is_no_law() -> None:
    open_ = edition("contributions.radioelectronics.above")
    assert not open_.known
    assert edition("contributions.sme_manufacturing.above_threshold").value == 0.076


def test_16_an_act_in_force_may_have_no_money() -> None:
    assert edition("measure.decree_110.budget", datetime.date(2024, 6, 1)).number == 0
    offer = ranking(datetime.date(2024, 6, 1)).offer("decree_110", "gromolad")
    assert offer.outcome is Outcome.FAIL
    assert "Акт в силе, денег нет" in told(offer)


def test_17_the_funds_base_rate_is_of_its_day() -> None:
    base = edition("loan.frp.development.rate.base", datetime.date(2026, 3, 4))
    assert (base.number, base.since) == (0.05, datetime.date(2026, 3, 4))
    with pytest.raises(NormError):
        edition("loan.frp.development.rate.base", datetime.date(2026, 3, 3))


def test_18_joint_loans_differ_by_year_and_territory() -> None:
    assert edition("fund.joint.federal_share.max").number == 0.7
    assert edition("fund.joint.far_east.federal_share").number == 0.9
    assert not norms["fund.joint.federal_share.central"].editions[0].known
    funds = {offer.fund for offer in ranking().offers if offer.card.id == "joint_loan"}
    assert len(funds) == 3


def test_19_grants_of_one_region_do_not_pass_to_another() -> None:
    grants = [o for o in ranking().offers if o.card.id == "regional_grant"]
    had = {o.member for o in grants if o.outcome is not Outcome.NOT_APPLICABLE}
    homes = {example().member(name).production_region for name in had}
    assert homes == {"kursk"}


def test_20_registration_and_site_are_two_fields() -> None:
    split = example().member("vereya_sborka")
    assert (split.region, split.production_region) == ("voronezh", "orel")


def test_21_a_high_productivity_job_is_one_of_wage() -> None:
    assert "зарплат" in str(edition("method.high_productivity_jobs.rule").value)
    assert example().project("power_modules").readiness.productive_source  # type: ignore[union-attr]


def test_22_two_productivities_are_two_norms() -> None:
    assert "добавленная стоимость" in str(edition("method.productivity.formula").value)
    assert "выработк" in norms["loan.frp.development.productivity_growth"].title.lower()


def test_23_an_aggregate_does_not_prove_the_component_case() -> None:
    whole = edition("statistics.voronezh.okved26", datetime.date(2025, 12, 31))
    chips = edition("statistics.voronezh.integrated_circuits.nine_months.fall",
                    datetime.date(2025, 9, 30))  # fmt: skip
    assert whole.number > 1.3
    assert chips.number == 1.9


def test_24_a_preliminary_index_is_marked() -> None:
    assert edition("statistics.orel.industry", datetime.date(2025, 12, 31)).preliminary


def test_25_an_undated_page_is_never_taken_on_a_day() -> None:
    norm = norms["statistics.kursk.okved26.undated"]
    assert not norm.editions
    assert norm.snapshots[0].seen
    with pytest.raises(NormError):
        norm.on(NOW)


def test_26_a_planned_contract_binds_nobody() -> None:
    lonely = [member.id for member in cooperation.isolated(example())]
    assert lonely == ["ferrolad"]
    rule = verdicts()["cluster.cooperation.contracts"]
    assert rule.outcome is not Outcome.PASS


def test_27_trade_inside_one_group_is_shown() -> None:
    inside = [k for k in example().contracts if cooperation.affiliated(example(), k)]
    assert [contract.id for contract in inside] == ["k15"]
    assert edition_of_snapshot("loan.frp.autocomponents.buyers") == 2


def edition_of_snapshot(name: str) -> float:
    return norms[name].snapshots[0].number


def test_28_service_firms_did_not_count_before_the_edition() -> None:
    assert edition("cluster.cooperation.production_services").value is True
    early = datetime.date(2023, 9, 27)
    assert edition("cluster.cooperation.production_services", early).value is not True
    links = edition("cluster.cooperation.link_kinds", early)
    assert not links.known or "production_services" not in (links.value or ())  # type: ignore[operator]


def test_29_separate_payroll_accounting_was_dropped() -> None:
    assert edition("cluster.payroll.separate_accounting").value is False


def test_30_the_programme_of_development_is_disputed() -> None:
    norm = norms["cluster.programme.required"]
    assert not norm.on(NOW).known
    assert len(norm.snapshots) == 2


def test_31_the_legal_term_stands_in_the_papers() -> None:
    from course.claims.book import Book
    from course.documents.fields import cluster_fields

    assert "подтверждение соответствия" in cluster_fields(example(), Book())["kind"]


def test_32_new_territories_have_rules_of_their_own_until_2028() -> None:
    last = edition("cluster.new_territories.special_rules_until")
    assert last.value == datetime.date(2028, 1, 1)


def test_33_an_import_share_bears_source_and_year() -> None:
    for plan in example().projects:
        assert plan.import_share.source
        assert plan.import_share.year <= example().reporting_year


def test_34_a_western_label_is_only_for_comparison() -> None:
    notes = " ".join(e.note for n in norms.under("label.esca") for e in (*n.editions, *n.snapshots))
    assert re.search("сравнени", notes)
    assert norms["label.esca.gold.indicators"].on(NOW).standing == "recalled"


def test_35_the_example_holds_invented_firms_only() -> None:
    assert example().standing == "synthetic"
    assert all((member.inn or "00").startswith("00") for member in example().members)


def test_36_the_toolkit_never_gives_the_ministrys_verdict() -> None:
    for verdict in verdicts().values():
        if verdict.edition is not None:
            assert verdict.edition.reference in verdict.statement
            assert "на этих данных" in verdict.statement
