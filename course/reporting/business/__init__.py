"""The business case of a cluster's projects: what it stands on, and its pages.

    offer = business.Offer.read("teams/a/cluster.yaml", "", business.Terms(day))
    business.summary(offer)                       a page of the whole offer
    business.indicators(offer, offer.studies[0])  a page of one project

A template chooses the pages and their order; every figure comes from `course.finance`.
"""

from course.reporting.business.front import everybody, members, summary
from course.reporting.business.grounds import notices, sources, trace
from course.reporting.business.operations import flows, product, statements
from course.reporting.business.returns import indicators, parties
from course.reporting.business.shocks import contagion, law
from course.reporting.business.study import Offer, Study, Terms
from course.reporting.business.uncertainty import risk, sensitivity

__all__ = [
    "Offer",
    "Study",
    "Terms",
    "contagion",
    "everybody",
    "flows",
    "indicators",
    "law",
    "members",
    "notices",
    "parties",
    "product",
    "risk",
    "sensitivity",
    "sources",
    "statements",
    "summary",
    "trace",
]
