"""Measures of support on a day: who may ask, for how much, at what worth, what excludes what.

    rank(cluster, on=day)      all offers in order and the best sets
    answer(cluster, day)       the same as JSON values and as Russian lines

What nobody has read is unknown, never yes; a measure of one region never reaches another's member.
"""

from __future__ import annotations

from course.support.card import Card, Kind, cards
from course.support.combination import Combination, allowed, best
from course.support.cost import Cost, grant_equivalent
from course.support.listing import NOTICE, Answer, answer, value, who
from course.support.offer import Offer
from course.support.ranking import Ranking, rank
from course.support.requests import Request, requests
from course.support.tariffs import yearly
from course.support.window import Budget, State, Window

__all__ = [
    "NOTICE",
    "Answer",
    "Budget",
    "Card",
    "Combination",
    "Cost",
    "Kind",
    "Offer",
    "Ranking",
    "Request",
    "State",
    "Window",
    "allowed",
    "answer",
    "best",
    "cards",
    "grant_equivalent",
    "rank",
    "requests",
    "value",
    "who",
    "yearly",
]
