"""The ledger: every line of money has a payer and a payee, so all together gain nothing.

What one participant gains, another has paid: the sum over all participants is zero in every
month. Each participant's own view is its row.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from course.finance.discounting import Array
from course.finance.results import Result


def ledger(result: Result, scenario: int = 0) -> Mapping[str, Array]:
    """The flow of every participant by months: what it got less what it paid, roubles."""
    view = {id: np.zeros(result.case.months) for id, _ in result.case.participants}
    for line in result.case.network.lines:
        if line.payer:
            row = result.row(line.id, scenario)
            view[line.payer] -= row
            view[line.payee] += row
    return view


def turnover(result: Result, scenario: int = 0) -> pd.DataFrame:
    """Who got and who paid how much over the horizon, roubles; the last column sums to zero."""
    got = dict.fromkeys((id for id, _ in result.case.participants), 0.0)
    paid = dict(got)
    for line in result.case.network.lines:
        if line.payer:
            total = float(result.row(line.id, scenario).sum())
            paid[line.payer] += total
            got[line.payee] += total
    names = dict(result.case.participants)
    return pd.DataFrame(
        {
            "Получил": [got[id] for id in names],
            "Заплатил": [paid[id] for id in names],
            "Итог": [got[id] - paid[id] for id in names],
        },
        index=list(names.values()),
    )
