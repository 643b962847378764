"""Figures for pages and notebooks: values computed elsewhere, drawn so that grey print keeps them.

Every function takes finished values and returns a `Picture`. A figure is as wide as the text of an
A4 page, in Russian, with its unit and source on it; what differs by colour differs by hatch,
marker or dash as well. Each name is imported when it is first asked for: a process that checks
answers never draws, and matplotlib would take longer to load than all that it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.imports import on_demand

if TYPE_CHECKING:
    from course.charts.burdens import dues
    from course.charts.choice import candidates, landed_price
    from course.charts.economics import (
        coverage,
        distribution,
        money_left,
        npv_profile,
        payments,
        worth_by_year,
    )
    from course.charts.frame import Picture
    from course.charts.grids import matrix, readings
    from course.charts.measures import calendar, responses, soft_loan
    from course.charts.money import cash_flow, loan, ramp_up, tornado, where_money_goes
    from course.charts.network import cooperation_graph
    from course.charts.outcomes import losses, worth_map
    from course.charts.rehearsal import jury, minutes, readiness, scorecard
    from course.charts.specialisation import indices, quotients, shift
    from course.charts.terms import clocks
    from course.charts.timeline import editions
    from course.charts.verdicts import board

__all__ = [
    "Picture",
    "board",
    "calendar",
    "candidates",
    "cash_flow",
    "clocks",
    "cooperation_graph",
    "coverage",
    "distribution",
    "dues",
    "editions",
    "indices",
    "jury",
    "landed_price",
    "loan",
    "losses",
    "matrix",
    "minutes",
    "money_left",
    "npv_profile",
    "payments",
    "quotients",
    "ramp_up",
    "readiness",
    "readings",
    "responses",
    "scorecard",
    "shift",
    "soft_loan",
    "tornado",
    "where_money_goes",
    "worth_by_year",
    "worth_map",
]

__getattr__ = on_demand(__name__, {
    "board": "verdicts",
    "calendar": "measures",
    "candidates": "choice",
    "cash_flow": "money",
    "clocks": "terms",
    "cooperation_graph": "network",
    "coverage": "economics",
    "distribution": "economics",
    "dues": "burdens",
    "editions": "timeline",
    "indices": "specialisation",
    "jury": "rehearsal",
    "landed_price": "choice",
    "loan": "money",
    "losses": "outcomes",
    "matrix": "grids",
    "minutes": "rehearsal",
    "money_left": "economics",
    "npv_profile": "economics",
    "payments": "economics",
    "Picture": "frame",
    "quotients": "specialisation",
    "ramp_up": "money",
    "readiness": "rehearsal",
    "readings": "grids",
    "responses": "measures",
    "scorecard": "rehearsal",
    "shift": "specialisation",
    "soft_loan": "measures",
    "tornado": "money",
    "where_money_goes": "money",
    "worth_by_year": "economics",
    "worth_map": "outcomes",
})  # fmt: skip
