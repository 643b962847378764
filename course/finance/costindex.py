"""The index of discounted costs of a project: what comes in over what goes out."""

from __future__ import annotations

import numpy as np

from course.finance.discounting import step_rate
from course.finance.ratios import cost_index
from course.finance.results import Result

INFLOWS = ("receipts", "vat.refunded", "closing.sold", "terminal.value")


def cost_index_of(result: Result, scenario: int = 0) -> float | None:
    """ИДДЗ by ВК 477: discounted inflows of the project's flow over its discounted outflows.

    Outflows are what the inflows exceed the flow by, so that nothing is left out.
    """
    known = [id for id in INFLOWS if id in result.case.network.ids]
    inflows = np.sum([result.row(id, scenario) for id in known], axis=0)
    step = step_rate(result.input("discount.rate", scenario))
    return cost_index(step, inflows, inflows - result.row("flow.project", scenario))
