"""The Excel workbook of a report: the models behind its figures, computed again and compared."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from course import finance
from course.cluster import Cluster
from course.errors import Fault, ReportError
from course.reporting.business.study import modelled
from course.reporting.report import Report


def results(report: Report, cluster: Cluster) -> tuple[finance.Result, ...]:
    """The results behind the report's figures, in the order of the report.

    The notebook computed them in another process; `ReportError` if any indicator came out other.
    """
    found: list[finance.Result] = []
    for model in report.models:
        case = modelled(cluster, model.project, report.day, model.discount_rate, model.scenario)
        result = finance.run(case)
        _compare(report, model.project, finance.indicators_of(result))
        found.append(result)
    return tuple(found)


def _compare(report: Report, project: str, indicators: finance.Indicators) -> None:
    """Refuse a report that prints another figure than the model has."""
    for name, wanted in _figures(indicators).items():
        card = report.cards.get(f"{project}.{name}")
        if card is None:
            continue
        if not _same(card.value, wanted):
            what = f"показатель «{card.title}» не равен значению модели"
            raise ReportError(Fault("", card.id, what, "Сделайте отчёт заново"))


def _figures(indicators: finance.Indicators) -> Mapping[str, Any]:
    whole = {name: getattr(indicators, name) for name in indicators.__dataclass_fields__}
    return {
        **whole,
        "irr": indicators.irr.value,
        "equity_irr": indicators.equity_irr.value,
    }


def _same(printed: Any, wanted: Any) -> bool:
    if isinstance(printed, int | float) and isinstance(wanted, int | float):
        return math.isclose(printed, wanted, rel_tol=1e-9, abs_tol=1e-9)
    return bool(printed == wanted)
