"""Revisions of a case: the same project with other values of some of its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from course.errors import FinanceError
from course.finance.model import Case


def revise(case: Case, changes: Mapping[str, float]) -> Case:
    """The case with other values of inputs, by their ids; owners, sources and bounds stay.

    Tables of months (a ramp-up, a norm) are not revised. `FinanceError` for an id that is not an
    input.
    """
    known = {item.id for item in case.network.inputs}
    if unknown := sorted(set(changes) - known):
        raise FinanceError(f"в модели нет исходного данного «{unknown[0]}»")
    inputs = tuple(
        replace(item, value=float(changes[item.id])) if item.id in changes else item
        for item in case.network.inputs
    )
    return replace(case, network=replace(case.network, inputs=inputs))
