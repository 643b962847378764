"""The best set of offers that may be had together: exact, by dynamic programming.

Offers fall into groups that no exclusion, requirement or pool of money binds; each group is solved
by itself. A state is what earlier choices forbid or allow the later ones, and of two ways to the
same state the better one is kept: so the best set is never lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from course.support.offer import Offer

KOPECKS = 100  # money of a pool is counted whole, so that equal sums are equal states
State = tuple[frozenset[str], frozenset[tuple[str, str]], tuple[tuple[str, int], ...]]
Score = tuple[float, int]


@dataclass(frozen=True)
class Combination:
    """The chosen offers and what they are worth; those of unknown worth are counted apart."""

    offers: tuple[Offer, ...]

    @property
    def worth(self) -> float:
        """The known worth in roubles: grants, grant equivalents, a year's savings."""
        return sum(offer.worth for offer in self.offers if offer.worth is not None)

    @property
    def unvalued(self) -> int:
        """How many chosen offers have no known worth."""
        return sum(offer.worth is None for offer in self.offers)


def best(offers: Iterable[Offer]) -> Combination:
    """The set of the largest known worth, then of the most offers, that breaks no rule."""
    pool = list(offers)
    chosen = [offer for group in _groups(pool) for offer in _solve(group)]
    places = {id(offer): place for place, offer in enumerate(pool)}
    return Combination(tuple(sorted(chosen, key=lambda offer: places[id(offer)])))


def allowed(offers: Sequence[Offer]) -> bool:
    """Whether the offers may be had together: exclusions, requirements and pools hold."""
    words = [word for offer in offers for word in offer.excludes]
    had = {(offer.card.id, offer.member) for offer in offers}
    spent: dict[str, int] = {}
    for offer in offers:
        if offer.pool:
            spent[offer.pool] = spent.get(offer.pool, 0) + _kopecks(offer)
    limits = _limits(offers)
    return (
        len(set(words)) == len(words)
        and all((need, offer.member) in had for offer in offers for need in offer.requires)
        and all(sum_ <= limits[name] for name, sum_ in spent.items())
    )


def _kopecks(offer: Offer) -> int:
    return round((offer.amount or 0.0) * KOPECKS)


def _limits(offers: Iterable[Offer]) -> dict[str, int]:
    """The money of each pool, the least where offers disagree."""
    limits: dict[str, int] = {}
    for offer in offers:
        if offer.pool and offer.budget and offer.budget.amount is not None:
            money = round(offer.budget.amount * KOPECKS)
            limits[offer.pool] = min(limits.get(offer.pool, money), money)
    return limits


def _ties(offer: Offer) -> set[str]:
    """Words that bind the offer to others."""
    needs = {f"need:{need}:{offer.member}" for need in offer.requires}
    pools = {f"pool:{offer.pool}"} if offer.pool else set()
    return {*offer.excludes, *needs, *pools, f"need:{offer.card.id}:{offer.member}"}


def _groups(offers: Sequence[Offer]) -> list[list[Offer]]:
    """Offers that are bound to one another, directly or through others."""
    parents: dict[str, str] = {}

    def root(word: str) -> str:
        while parents.setdefault(word, word) != word:
            parents[word] = parents[parents[word]]
            word = parents[word]
        return word

    for offer in offers:
        first, *rest = _ties(offer)
        for word in rest:
            parents[root(word)] = root(first)
    groups: dict[str, list[Offer]] = {}
    for offer in offers:
        groups.setdefault(root(next(iter(_ties(offer)))), []).append(offer)
    return list(groups.values())


def _solve(group: Sequence[Offer]) -> tuple[Offer, ...]:
    """The best set of one group; offers that others require come first."""
    ordered = _required_first(group)
    limits = _limits(group)
    asked = {(need, offer.member) for offer in group for need in offer.requires}
    states: dict[State, tuple[Score, tuple[Offer, ...]]] = {
        (frozenset(), frozenset(), ()): ((0.0, 0), ())
    }
    for place, offer in enumerate(ordered):
        later = {word for other in ordered[place + 1 :] for word in other.excludes}
        found: dict[State, tuple[Score, tuple[Offer, ...]]] = {}
        for state, (score, taken) in states.items():
            ways = [(state, score, taken)]
            took = _take(state, offer, limits, asked)
            if took is not None:
                gain = (score[0] + (offer.worth or 0.0), score[1] + 1)
                ways.append((took, gain, (*taken, offer)))
            for (words, had, spent), reached, way in ways:
                key: State = (words & later, had, spent)
                if key not in found or reached > found[key][0]:
                    found[key] = (reached, way)
        states = found
    return max(states.values(), key=lambda one: one[0])[1]


def _take(
    state: State, offer: Offer, limits: dict[str, int], asked: set[tuple[str, str]]
) -> State | None:
    """The state after taking the offer; `None` where a rule forbids it."""
    words, had, spent = state
    if words & offer.excludes or any((need, offer.member) not in had for need in offer.requires):
        return None
    if offer.pool:
        sums = dict(spent)
        sums[offer.pool] = sums.get(offer.pool, 0) + _kopecks(offer)
        if offer.pool in limits and sums[offer.pool] > limits[offer.pool]:
            return None
        spent = tuple(sorted(sums.items()))
    own = (offer.card.id, offer.member)
    return words | offer.excludes, had | {own} if own in asked else had, spent


def _required_first(group: Sequence[Offer]) -> list[Offer]:
    """The offers with those that others require ahead of them; a circle is never satisfied."""
    left, ordered = list(group), list[Offer]()
    while left:
        waiting = {(offer.card.id, offer.member) for offer in left}
        free = [o for o in left if not any((need, o.member) in waiting for need in o.requires)]
        ordered += free or left
        left = [offer for offer in left if offer not in free] if free else []
    return ordered
