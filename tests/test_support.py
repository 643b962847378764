"""Measures of support: cases for a lawyer or a fund's director, and what must never happen."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course import cluster as c
from course import support
from course.errors import NormError
from course.files import read_yaml
from course.finance import loans
from course.norms import norms
from course.requirements import Outcome
from course.support import Offer
from course.support.card import _card
from course.support.cost import schedule
from course.support.ranking import OF_MEMBERS, OF_PROJECTS

ROOT = Path(__file__).parents[1]
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted((ROOT / "tests" / "support").glob("*.yaml"))
    for case in read_yaml(path).data
]
NOW = datetime.date(2026, 11, 22)
REGIONS = {"Воронежская область": "v", "Курская область": "k", "Орловская область": "o"}
KEYS = {
    "name", "on", "confirmed", "member", "told", "purchases", "project", "measure", "expected",
    "amount", "worth", "says", "silent", "window", "together", "market_rate",
}  # fmt: skip


@functools.cache
def example() -> c.Cluster:
    return c.load(ROOT / "teams" / "radioelectronics" / "cluster.yaml")


def member(name: str, about: dict[str, Any]) -> c.Member:
    about = dict(about)
    region = about.pop("region", "Воронежская область")
    site = about.pop("site", region)
    known = {**REGIONS, "Северная область": "n"}
    card = {
        "id": name, "name": f"Фирма {name}", "role": "supplier", "final_producer": False,
        "region": known[region], "production_region": known[site], **about,
    }  # fmt: skip
    return c.Member.model_validate(card)


def contract(supplier: str, buyer: str) -> c.Contract:
    return c.Contract.model_validate({
        "id": f"{supplier}_{buyer}", "supplier": supplier, "buyer": buyer, "link": "supply",
        "product": "Деталь", "value": 1000, "since": datetime.date(2023, 1, 1),
        "until": datetime.date(2030, 12, 31), "status": "signed",
    })  # fmt: skip


def money(value: float) -> dict[str, Any]:
    return {"value": value, "owner": "О", "source": "план", "status": "assumption"}


def loan(about: dict[str, Any]) -> c.Loan:
    return c.Loan.model_validate({
        "id": about.get("id", "main"), "title": "Заём", "lender": "Банк",
        "programme": about.get("programme"), "principal": money(about["sum"]),
        "rate": money(about.get("rate", 0.05)), "drawn": datetime.date(2027, 7, 1),
        "grace_months": about.get("grace", 12), "term_months": about.get("months", 60),
        "shape": about.get("shape", "quarterly"),
    })  # fmt: skip


def plan(about: dict[str, Any], market: float) -> c.Project:
    sample = example().project("led_drivers")
    capex = sample.capex[0].model_copy(
        update={"amount": c.Money.model_validate(money(about.get("investment", 200e6)))}
    )
    wishes = [
        c.Support.model_validate({"measure": "Возмещение затрат на стартовую партию",
                                  "applicant": "a", "amount": money(about["asks"])})
    ] if "asks" in about else []  # fmt: skip
    grants = [
        c.Grant.model_validate({"id": "g", "title": "Грант", "payer": "fund", "purpose": "capex",
                                "date": datetime.date(2027, 9, 1), "amount": money(about["grant"])})
    ] if "grant" in about else []  # fmt: skip
    bank = loan({"id": "bank", "sum": 1e6, "rate": market, "programme": "bank"})
    return sample.model_copy(
        update={
            "initiator": "a", "capex": (capex,), "other_uses": (), "grants": tuple(grants),
            "support": tuple(wishes), "okpd2": about.get("okpd2", "27.11.5"),
            "loans": (loan(about), bank) if "sum" in about else (),
        }
    )  # fmt: skip


def cluster_of(case: dict[str, Any]) -> c.Cluster:
    """Firms a (who asks), b (sells to a) and x (a stranger to a), as the case says."""
    projects = ()
    if "project" in case:
        projects = (plan(case["project"] or {}, case.get("market_rate", 0.18)),)
    about, listed = told_of(case)
    projects = tuple(
        one.model_copy(update={"readiness": c.Readiness.model_validate(listed)}) for one in projects
    )
    asks = {**(case.get("member") or {}), "eligibility": about}
    regions = [c.Region(id=name, title=title) for title, name in REGIONS.items()]
    return example().model_copy(
        update={
            "members": (member("a", asks), member("b", {}), member("x", {})),
            "contracts": (contract("b", "a"),),
            "regions": (*regions, c.Region(id="n", title="Северная область")),
            "projects": projects,
            "confirmed": case.get("confirmed"),
        }
    )


def told_of(case: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the case tells of firm a, and of its project."""
    about = dict(case.get("told") or {})
    listed = {"kip_listed": about.pop("kip_listed")} if "kip_listed" in about else {}
    if "spic" in about:
        about["spic"] = str(about["spic"])
    if "purchases" in case:
        rows = [line.split() for line in case["purchases"]]
        about["start_batches"] = [batch(who, day, float(sum_)) for who, day, sum_ in rows]
    return about, listed


def batch(supplier: str, day: str | datetime.date, amount: float) -> dict[str, Any]:
    on = day if isinstance(day, datetime.date) else datetime.date.fromisoformat(day)
    return {"supplier": supplier, "date": on, "amount": amount, "document": "счёт"}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("case", CASES)
def test_case_that_a_fund_director_can_read(case: dict[str, Any]) -> None:
    assert set(case) <= KEYS
    ranking = support.rank(cluster_of(case), on=case["on"])
    project = "led_drivers" if case["measure"] in OF_PROJECTS else None
    offer = ranking.offer(case["measure"], "a", project)
    told = [*offer.reasons, *offer.changes, offer.basis, offer.fund, offer.window.words]
    said = plain("; ".join([*told, offer.budget.words if offer.budget else ""]))
    assert offer.outcome == case["expected"], said
    if "amount" in case:
        assert offer.amount == (None if case["amount"] is None else pytest.approx(case["amount"]))
    if "worth" in case:
        assert offer.worth == (
            None if case["worth"] is None else pytest.approx(case["worth"], abs=1)
        )
    if "window" in case:
        assert offer.window.state == case["window"]
    for words in filter(None, case.get("says", "").split("; ")):
        assert words in said, said
    assert "silent" not in case or case["silent"] not in said
    if "together" in case:
        assert {one.card.id for one in ranking.firm.offers} == set(case["together"])


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 40
    assert len({case.values[0]["name"] for case in CASES}) == len(CASES)
    asked = {case.values[0]["measure"] for case in CASES}
    assert asked == set(OF_MEMBERS) | set(OF_PROJECTS)


def test_contributions_for_one_worker() -> None:
    """Facts 2.5: 100 000 ₽ a month in 2026; alternatives, never summed."""
    month = {name: support.yearly(name, 100_000, NOW) for name in
             ("general", "sme_manufacturing", "cluster_spic", "radioelectronics")}  # fmt: skip
    assert [round(value / 12, 2) for value in month.values() if value is not None] == [
        30_000.00, 16_703.25, 7_600.00, 7_600.00,
    ]  # fmt: skip


def test_pay_above_the_limit_is_not_counted_by_an_unread_tariff() -> None:
    assert support.yearly("radioelectronics", 300_000, NOW) is None
    assert support.yearly("cluster_spic", 300_000, NOW) == pytest.approx(0.076 * 2_979_000)


@pytest.mark.parametrize("shape", list(c.Shape))
def test_grant_equivalent_is_the_loan_less_its_present_value(shape: c.Shape) -> None:
    about = loan({"sum": 90e6, "rate": 0.05, "shape": str(shape)})
    step = 3 if shape is c.Shape.QUARTERLY else 1
    paid = schedule(about, 90e6, 0.05)
    market = 0.18 * step / 12
    worth = support.grant_equivalent(paid.opening, 0.05 * step / 12, market)
    periods = np.arange(1, len(paid.payment) + 1)
    assert worth == pytest.approx(90e6 - (paid.payment / (1 + market) ** periods).sum())


def test_grant_equivalent_by_hand() -> None:
    """100 for two years, repaid at the end: 100·(20 % − 5 %) discounted at 20 %."""
    opening = loans.equal_principal(100.0, 0.05, 1, grace=1).opening
    assert support.grant_equivalent(opening, 0.05, 0.2) == pytest.approx(15 / 1.2 + 15 / 1.44)
    assert support.grant_equivalent(opening, 0.2, 0.2) == 0


def ranking_of(on: datetime.date) -> support.Ranking:
    return support.rank(example(), on=on)


def days() -> st.SearchStrategy[datetime.date]:
    return st.dates(datetime.date(2016, 1, 1), datetime.date(2032, 1, 1))


@settings(max_examples=25, deadline=None)
@given(days())
def test_yes_stands_only_on_what_somebody_has_read(on: datetime.date) -> None:
    full = c.Eligibility.model_validate({
        "spic": "1.0_federal", "income_share": 1.0, "sme_list": True, "priority_list": True,
        "start_batches": [batch("donelement", "2024-02-01", 9e9)], "start_batches_paid": 0.0,
        "assets": 9e9, "fund_debt": 0.0,
    })  # fmt: skip
    listed = c.Readiness(kip_listed=True)
    cluster = example().model_copy(update={
        "members": tuple(m.model_copy(update={"eligibility": full}) for m in example().members),
        "projects": tuple(p.model_copy(update={"readiness": listed}) for p in example().projects),
    })  # fmt: skip
    for offer in support.rank(cluster, on=on).of(Outcome.PASS):
        assert offer.main is not None
        assert not offer.card.unread
        for edition in offer.editions:
            assert edition.known
            assert edition.standing.confirmed
            assert edition.covers(on)


@settings(max_examples=25, deadline=None)
@given(days())
def test_no_money_of_one_region_reaches_a_member_of_another(on: datetime.date) -> None:
    for offer in ranking_of(on).offers:
        one = example().member(offer.member)
        own = {example().region(name).title for name in (one.region, one.production_region)}
        if offer.region is not None:
            assert offer.region in own
            assert offer.region in offer.fund
        if offer.card.id == "regional_grant" and offer.outcome is not Outcome.NOT_APPLICABLE:
            assert "Курская область" in own


@settings(max_examples=25, deadline=None)
@given(
    st.dates(datetime.date(2023, 1, 1), datetime.date(2027, 1, 1)),
    st.lists(st.tuples(st.dates(datetime.date(2022, 1, 1), datetime.date(2027, 1, 1)),
                       st.floats(0, 1e9)), max_size=5),
    st.floats(0, 2e8),
)  # fmt: skip
def test_start_batches_stay_within_share_cap_and_first_day(
    on: datetime.date, bought: list[tuple[datetime.date, float]], paid: float
) -> None:
    rows = [f"b {day} {sum_}" for day, sum_ in bought]
    case = {"purchases": rows, "told": {"start_batches_paid": paid}}
    offer = support.rank(cluster_of(case), on=on).offer("start_batches", "a")
    assert offer.amount is not None
    counted = sum(sum_ for day, sum_ in bought if datetime.date(2023, 1, 1) <= day <= on)
    assert offer.amount <= 0.5 * counted + 1e-3
    assert offer.amount + paid <= max(150e6, paid) + 1e-3


@settings(max_examples=20, deadline=None)
@given(days())
def test_best_sets_break_no_rule_and_never_sum_tariffs(on: datetime.date) -> None:
    ranking = ranking_of(on)
    for chosen in (ranking.firm, ranking.possible):
        assert support.allowed(chosen.offers)
        payers = [offer.member for offer in chosen.offers if offer.kind == "tariff"]
        assert len(payers) == len(set(payers))
        debts = [word for offer in chosen.offers for word in offer.excludes if "debt" in word]
        assert len(debts) == len(set(debts))
    assert all(offer.outcome is Outcome.PASS for offer in ranking.firm.offers)


CARDS = list(support.cards().values())


@st.composite
def made_offers(draw: st.DrawFn) -> list[Offer]:
    words = st.frozensets(st.sampled_from(["tariff:a", "tariff:b", "debt:p", "debt:q"]), max_size=2)
    budget = support.Budget(100.0, "100 ₽")
    offers = []
    for card in draw(st.lists(st.sampled_from(CARDS[:6]), max_size=9)):
        worth = draw(st.none() | st.integers(0, 60).map(float))
        pooled = worth is not None and draw(st.booleans())
        offers.append(Offer(
            card=card, member=draw(st.sampled_from("ab")), conditions=(), worth=worth,
            amount=worth, excludes=draw(words), budget=budget if pooled else None,
            requires=draw(st.frozensets(st.sampled_from([c.id for c in CARDS[:6]]), max_size=1))
            if draw(st.integers(0, 3)) == 0 else frozenset(),
            pool="batches" if pooled else None,
        ))  # fmt: skip
    # an offer that needs its own measure, or needs in a circle, can never be had
    needs = {(o.card.id, o.member): o.requires for o in offers}
    return [
        dataclasses.replace(o, requires=frozenset())
        if any(o.card.id in needs.get((n, o.member), ()) or n == o.card.id for n in o.requires)
        else o
        for o in offers
    ]


@settings(max_examples=150, deadline=None)
@given(made_offers())
def test_the_best_set_is_the_best_of_all_sets(offers: list[Offer]) -> None:
    """Against brute force over every set that breaks no rule."""
    found = support.best(offers)
    assert support.allowed(found.offers)
    worth = max(
        support.Combination(chosen).worth
        for size in range(len(offers) + 1)
        for chosen in itertools.combinations(offers, size)
        if support.allowed(chosen)
    )
    assert found.worth == pytest.approx(worth)


def test_a_pool_of_money_is_shared() -> None:
    """430 million pay two grants of 150, not three: facts 2.1."""
    base = support.rank(cluster_of({}), on=datetime.date(2024, 10, 1)).offer("start_batches", "a")
    assert base.pool is not None
    three = [dataclasses.replace(base, member=n, amount=150e6, worth=150e6) for n in "abx"]
    assert support.best(three).worth == 300e6


def test_a_crowd_of_members_is_ranked() -> None:
    """A cluster of 300 members: each stands in a group of its own, so the time grows evenly."""
    one = example().members[0]
    many = tuple(one.model_copy(update={"id": f"m{n}"}) for n in range(300))
    crowd = example().model_copy(update={"members": many, "projects": (), "contracts": ()})
    assert len(support.rank(crowd, on=NOW).possible.offers) >= 300


@pytest.mark.parametrize(("investment", "had"), [(420e6, False), (800e6, True)])
def test_the_tariff_of_a_cluster_member_needs_the_contract_itself(
    investment: float, had: bool
) -> None:
    """With no contract told, the tariff is planned only beside СПИК 1.0, from 750 million on."""
    case = {
        "member": {"headcount": 10, "payroll": 12e6, "registries": []},
        "project": {"investment": investment},
        "confirmed": datetime.date(2024, 3, 1),
    }
    ranking = support.rank(cluster_of(case), on=NOW)
    chosen = {offer.id for offer in ranking.possible.offers}
    assert ("tariff_cluster_spic:a" in chosen) is had
    assert ("spic_1:a:led_drivers" in chosen) is had


def test_a_card_that_is_no_card_is_refused() -> None:
    with pytest.raises(NormError, match="записана не по правилам"):
        _card("x", {"title": "Мера", "kind": "present"})


def test_questions_say_what_waits_for_them() -> None:
    ranking = ranking_of(NOW)
    worths = [worth for _, worth in ranking.unlocks]
    assert worths == sorted(worths, reverse=True)
    assert 0 < worths[0] <= ranking.possible.worth


def test_example_on_the_day_of_the_course() -> None:
    ranking = ranking_of(NOW)
    passed = {(offer.card.id, offer.member) for offer in ranking.of(Outcome.PASS)}
    assert {card for card, _ in passed} == {
        "tariff_radioelectronics", "profit_tax_radioelectronics", "tariff_sme_manufacturing",
        "tariff_sme_priority",
    }  # fmt: skip
    assert ("tariff_radioelectronics", "izmerogran") not in passed  # 64 % of income, 70 % needed
    batch = ranking.offer("start_batches", "izmerogran")
    assert batch.outcome is Outcome.FAIL
    assert batch.amount == 60e6
    grants = {o.member for o in ranking.of(Outcome.UNKNOWN) if o.card.id == "regional_grant"}
    assert grants == {"seimokontakt", "tuskopolimer", "galvanolira", "ferrolad"}
    assert not any(offer.card.id == "kip" for offer in ranking.possible.offers)


def test_every_card_stands_on_norms_of_the_data() -> None:
    for card in support.cards().values():
        for name in filter(None, (card.rule, card.window, card.budget)):
            assert name in norms
        assert card.recipient


@pytest.mark.parametrize("on", [datetime.date(2016, 1, 1), datetime.date(2024, 10, 1), NOW,
                                datetime.date(2031, 1, 1)])  # fmt: skip
def test_answer_is_json_and_lines(on: datetime.date) -> None:
    found = support.answer(example(), on)
    assert json.loads(json.dumps(found.data, allow_nan=False)) == found.data
    assert all(line == line.rstrip() and "\n" not in line for line in found.lines)
    told = "\n".join(found.lines)
    assert "соответствует ПП" not in told
    assert ".." not in told
    assert "None" not in told
    for row in found.data["rows"]:
        assert row["conditions"]
        if row["outcome"] != "pass":
            assert any(condition["evidence"] for condition in row["conditions"])
