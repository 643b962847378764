"""A member leaves or stands still: shares by hand, and the project that goes on paying."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest

from course import finance
from course.cluster import Cluster
from course.errors import FinanceError
from course.finance import Event, contagion, second_source
from course.finance.contagion import disturbed, made_of, spread
from course.finance.variants import plan_of, with_project
from tests.finance import small

DAY = datetime.date(2029, 1, 1)


def chain() -> Cluster:
    """parts sell 30 of the 500 million that maker buys; maker sells 100 of 700 that user buys."""
    cluster = small.cluster()
    signed = cluster.contracts[1].model_copy(
        update={"status": cluster.contracts[0].status, "since": datetime.date(2025, 1, 1)}
    )
    return cluster.model_copy(update={"contracts": (cluster.contracts[0], signed)})


def test_losses_along_contracts_by_hand() -> None:
    hits = {hit.member: hit for hit in spread(chain(), Event("parts", DAY))}
    assert hits["parts"].activity == 1
    assert hits["maker"].purchases == pytest.approx(30 / 500)
    assert hits["user"].purchases == pytest.approx(30 / 500 * 100 / 700)
    assert hits["user"].output is None  # the file does not tell it: no zero takes its place
    # user buys less of maker, but that is less than what maker lost already
    assert hits["maker"].output == pytest.approx(30 / 500 * 100 / 700 * 100 / 900)
    assert hits["maker"].activity == pytest.approx(30 / 500)


def test_losses_go_back_to_suppliers() -> None:
    hits = {hit.member: hit for hit in spread(chain(), Event("user", DAY))}
    assert hits["maker"].output == pytest.approx(100 / 900)
    assert hits["parts"].output == pytest.approx(30 / 90 * 100 / 900)


def test_a_planned_contract_spreads_nothing() -> None:
    hits = {hit.member: hit for hit in spread(small.cluster(), Event("user", DAY))}
    assert hits["maker"].activity == 0


def test_without_one_material_nothing_is_made() -> None:
    plan = plan_of(small.cluster(), "modules")
    nobody = {"maker": 0.0, "parts": 0.0, "user": 0.0}
    event = Event("parts", DAY)
    assert made_of(plan, event, nobody) == 1
    assert made_of(plan, event, nobody | {"parts": 1.0}) == 0
    assert made_of(plan, event, nobody | {"parts": 0.2}) == pytest.approx(0.8)
    assert made_of(plan, event, nobody | {"user": 1.0}) == pytest.approx(0.3)
    assert made_of(plan, event, nobody | {"user": 0.5, "parts": 0.6}) == pytest.approx(0.4)
    assert made_of(plan, Event("maker", DAY), nobody | {"maker": 1.0}) == 0


def test_the_scarcest_material_bounds_the_volume() -> None:
    plan = plan_of(small.cluster(), "modules")
    product = plan.products[0]
    other = product.materials[0].model_copy(update={"id": "other", "supplier": "user"})
    two = product.model_copy(update={"materials": (*product.materials, other)})
    sold = two.model_copy(update={"sales": (product.sales[1].model_copy(update={"share": 1.0}),)})
    lost = {"maker": 0.0, "parts": 0.3, "user": 0.6}
    whole = plan.model_copy(update={"products": (sold,)})
    assert made_of(whole, Event("parts", DAY), lost) == pytest.approx(0.4)


def test_months_of_the_event_and_no_others_are_cut() -> None:
    plan = plan_of(small.cluster(), "modules")
    cluster = with_project(small.cluster(), disturbed(plan, Event("parts", DAY, 3), 0.25))
    was = finance.run(small.case()).row("revenue")
    now = finance.run(finance.case(cluster, "modules", as_of=small.AS_OF)).row("revenue")
    share = np.ones(84)
    share[24:27] = 0.25  # January to March of the third year
    np.testing.assert_allclose(now, was * share, rtol=1e-12)
    gone = with_project(small.cluster(), disturbed(plan, Event("parts", DAY), 0.0))
    end = finance.run(finance.case(gone, "modules", as_of=small.AS_OF)).row("revenue")
    assert end[24:].sum() == 0
    assert end[23] > 0


def test_an_event_before_the_launch_cuts_the_first_months() -> None:
    plan = plan_of(small.cluster(), "modules")
    early = Event("parts", datetime.date(2027, 5, 1), 3)
    shares = disturbed(plan, early, 0.0).products[0].ramp_up.shares
    assert shares[:3] == (0.0, 0.6, 1.0)  # operation begins in July: May and June cost nothing


def test_who_breaks_first() -> None:
    found = contagion(chain(), Event("parts", DAY), as_of=small.AS_OF)
    (hit,) = found.projects
    assert hit.made == 0
    assert hit.breaks is not None
    assert hit.breaks > DAY
    assert hit.npv_change < 0
    assert hit.after.dscr_min is not None
    assert hit.before.dscr_min is not None
    assert hit.after.dscr_min < hit.before.dscr_min
    assert found.words.startswith("Первым без денег остаётся проект «Модули»: ")
    assert found.members[0].member == "parts"


def test_a_short_stop_breaks_nobody_and_says_so() -> None:
    found = contagion(chain(), Event("user", DAY, 1), as_of=small.AS_OF)
    assert found.projects[0].breaks is None
    assert found.words.startswith("Денег хватает всем. Больше других теряет проект «Модули»: ")


def test_second_source_is_an_insurance() -> None:
    event = Event("parts", DAY, 6)
    options: dict[str, Any] = {"share": 0.4, "as_of": small.AS_OF}
    dear = second_source(chain(), "modules", event, markup=0.2, **options)
    cheap = second_source(chain(), "modules", event, markup=0.0, **options)
    assert cheap.premium == pytest.approx(0, abs=1e-4)
    assert dear.premium > 0
    case = small.case()  # by hand: 900 roubles become 900 × (1 + 0.4 × 0.2)
    price = "products.module.materials.detail.price"
    worth = finance.run(case, {price: [900.0, 972.0]}).values.figure("project.npv")
    assert dear.premium == pytest.approx(worth[0] - worth[1], rel=1e-9)
    assert dear.saved > dear.premium
    assert dear.worth_from == pytest.approx(dear.premium / dear.saved)
    useless = second_source(chain(), "modules", event, markup=50.0, **options)
    assert useless.worth_from is None or useless.worth_from > 0.9


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (Event("nobody", DAY), "участника «nobody» в кластере нет"),
        (Event("parts", DAY, 0), "хотя бы один месяц"),
    ],
)
def test_impossible_events_are_refused(event: Event, words: str) -> None:
    with pytest.raises(FinanceError, match=words):
        contagion(chain(), event, as_of=small.AS_OF)


def test_second_source_of_nothing_is_refused() -> None:
    with pytest.raises(FinanceError, match="ничего не поставляет"):
        second_source(
            chain(), "modules", Event("user", DAY), share=0.5, markup=0.1, as_of=small.AS_OF
        )
    with pytest.raises(FinanceError, match="от 0 до 1"):
        second_source(
            chain(), "modules", Event("parts", DAY), share=2, markup=0.1, as_of=small.AS_OF
        )
