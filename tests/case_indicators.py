"""What answers the check cases of indicators: a function of `course` for each name of a case."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping
from typing import Any

from course.finance import indicators as fin

Inputs = Mapping[str, Any]
Answer = Callable[[Inputs, str], Any]


def _dates(inputs: Inputs) -> list[datetime.date]:
    return [datetime.date.fromisoformat(day[:10]) for day in inputs["dates"]]


def _day_count(inputs: Inputs) -> tuple[str, ...]:
    return (inputs["day_count"],) if inputs.get("day_count") else ()


def _irr(x: Inputs, _: str) -> float | None:
    """The root that ВК 477 accepts, otherwise the one nearest to the guess."""
    if x.get("guess") is None and (found := fin.irr(x["cashflows"]).value) is not None:
        return found
    guess = x.get("guess")
    return fin.irr_nearest(x["cashflows"], 0.1 if guess is None else guess)


def _textbook_rates(x: Inputs, _: str) -> dict[str, Any]:
    flows = x["cashflows"]
    values = {f"npv{round(rate * 100, 6):g}": fin.npv(rate, flows) for rate in x["rates"]}
    return {**values, "irr": _irr(x, ""), "payback": fin.payback(flows)}


def _textbook(x: Inputs, _: str) -> dict[str, Any]:
    rate, flows = x["rate"], x["cashflows"]
    outlay, result = _split(flows)
    return {
        "npv": fin.npv(rate, flows),
        "irr": _irr(x, ""),
        "mirr": fin.mirr(flows, rate, rate),
        "payback": fin.payback(flows),
        "dpp": fin.discounted_payback(rate, flows),
        "pi": fin.investment_index_discounted(rate, outlay, result),
    }


def _split(flows: list[float]) -> tuple[list[float], list[float]]:
    """Outlays of the flow, as positive sums, and what it earns."""
    return [max(-flow, 0.0) for flow in flows], [max(flow, 0.0) for flow in flows]


def _indices(x: Inputs, _: str) -> dict[str, Any]:
    outlay, result, rate = x["investments"], x["operating"], x["rate"]
    net = [earned - spent for earned, spent in zip(result, outlay, strict=True)]
    return {
        "npv": fin.npv(rate, net),
        "pi_discounted_invest": fin.investment_index_discounted(rate, outlay, result),
        "pi_initial_only": fin.initial_investment_index(rate, outlay, result),
        "pi_undiscounted": fin.investment_index(outlay, result),
    }


def _payback_variants(x: Inputs, _: str) -> dict[str, Any]:
    flows = fin.discounted(x.get("rate", 0.0), x["cashflows"])
    return {
        "first_crossing": fin.first_crossing(flows),
        "after_which_never_negative": fin.payback(flows),
    }


def _payback_starts(x: Inputs, _: str) -> dict[str, Any]:
    moment = fin.discounted_payback(x["rate"], x["cashflows"])
    return {
        "from_t0": moment,
        "from_operations_start": fin.from_operations(moment, x["operations_start"]),
    }


def _coverage(x: Inputs, _: str) -> dict[str, Any]:
    cash, service = x["cfads"], x["debt_service"]
    return {
        "dscr": [
            None if math.isnan(value) else value for value in fin.dscr(cash, service).tolist()
        ],
        "min": fin.dscr_min(cash, service),
        "avg": fin.dscr_average(cash, service),
        "llcr": fin.llcr(x.get("rate", 0.0), cash, service),
    }


def _capital(x: Inputs, _: str) -> dict[str, Any]:
    beta = fin.levered_beta(x["beta_u"], x["tax"], x["D"], x["E"])
    equity = fin.cost_of_equity(x["rf"], beta, x["erp"])
    cost = fin.wacc(
        equity=x["E"], debt=x["D"], cost_of_equity=equity, cost_of_debt=x["kd"], tax=x["tax"]
    )
    return {"beta_l": beta, "ke": equity, "wacc": cost}


def _break_even(x: Inputs, _: str) -> dict[str, Any] | None:
    point = fin.break_even(x["fixed"], x["price"], x["variable"], x["volume"])
    if point is None:
        return None
    return {"units": point.units, "revenue": point.revenue, "safety": point.safety}


def _budget(x: Inputs, _: str) -> dict[str, Any]:
    effect = fin.budget_effect(x["rate"], x["taxes"], x["support"])
    return {
        "pv_tax": effect.taxes,
        "pv_support": effect.support,
        "index": effect.index,
        "bnpv": effect.npv,
    }


def _step_rate(x: Inputs, _: str) -> dict[str, Any]:
    annual, months = x["annual"], x.get("months", 12)
    return {
        "effective": fin.step_rate(annual, months),
        "wrong_simple": annual / months,
        "annualised_wrong": fin.effective_rate(annual, months),
    }


def _mid_period(x: Inputs, _: str) -> dict[str, Any]:
    first = x.get("first_period_index", 0)
    return {
        "end": fin.npv_from(x["rate"], x["cashflows"], first),
        "mid": fin.npv_mid_period(x["rate"], x["cashflows"], first),
    }


def _need(x: Inputs, _: str) -> dict[str, Any]:
    return {
        "pf": fin.funding_need(x["cashflows"]),
        "dpf": fin.discounted_funding_need(x["rate"], x["cashflows"]),
    }


def _gordon(x: Inputs, _: str) -> dict[str, Any]:
    value = fin.gordon_value(x["fcf"], x["g"], x["r"])
    return {"tv": value, "pv": fin.present_value(value, x["r"], x["years"])}


def _turnover(x: Inputs, _: str) -> dict[str, Any]:
    capital = fin.working_capital(
        revenue=x["revenue"],
        cost_of_sales=x["cogs"],
        purchases=x["purchases"],
        vat=x["vat"],
        receivable_days=x["dso"],
        inventory_days=x["dio"],
        payable_days=x["dpo"],
        days=x["days"],
    )
    return {
        "receivables": capital.receivables,
        "inventory": capital.inventory,
        "payables": capital.payables,
        "nwc": capital.net,
    }


INDICATORS: Mapping[str, Mapping[str, Answer]] = {
    "BREAKEVEN": {
        "units": _break_even,
        "уровень безубыточности": lambda x, _: fin.break_even_level(
            x["S"], x["C"], x["CV"], x["DC"]
        ),
    },
    "BUDGET": {"показатель бюджетной эффективности": _budget},
    "COST_OF_CAPITAL": {"CAPM": _capital},
    "DISCOUNTING": {
        "NPV end vs mid-period": _mid_period,
        "annual → monthly rate": _step_rate,
        "real rate": lambda x, _: fin.real_rate(x["nominal"], x["inflation"]),
    },
    "DSCR": {"DSCR": _coverage, "период без": _coverage},
    "FUNDING_NEED": {"ПФ": _need},
    "IRR": {"IRR": _irr},
    "IRR_multiple": {"IRR_all_real_roots": lambda x, _: list(fin.irr(x["cashflows"]).roots)},
    "MIRR": {"MIRR": lambda x, _: fin.mirr(x["cashflows"], x["finance_rate"], x["reinvest_rate"])},
    "NPV": {
        "NPV": lambda x, _: fin.npv(x["rate"], x["cashflows"]),
        "NPV / Excel": lambda x, _: fin.npv_excel(x["rate"], x["cashflows"]),
        "discounted_series": lambda x, _: fin.discounted(x["rate"], x["cashflows"]).tolist(),
    },
    "PAYBACK": {
        "discounted payback": lambda x, _: fin.discounted_payback(x["rate"], x["cashflows"]),
        "payback, flows change sign again": _payback_variants,
        "от начала операционной": _payback_starts,
    },
    "PI": {"profitability indices": _indices},
    "TERMINAL": {"Gordon": _gordon},
    "TEXTBOOK": {"NPV at": _textbook_rates, "all indicators": _textbook},
    "WORKING_CAPITAL": {"ЧОК": _turnover},
    "XIRR": {
        "XIRR": lambda x, _: fin.xirr(_dates(x), x["amounts"], *_day_count(x)),
    },
    "XNPV": {
        "XNPV": lambda x, _: fin.xnpv(x["rate"], _dates(x), x["amounts"], *_day_count(x)),
    },
}
