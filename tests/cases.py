"""Check cases of finance: a file of inputs and expected values, put to `course`.

    python -m tests.cases tests/cases/finance.json

A case names its `group`, `function` and `convention`, which choose a function of `course` from the
tables below, its `inputs` and the `expected` value with tolerances `tol_abs` and `tol_rel` (the
greater one counts). A case may say whether ВНД exists by ВК 477 (`vk477_irr_exists`). The last line
is `N passed, M failed`; what `course` does not have counts as failed; the exit code is then 1.
"""

from __future__ import annotations

import datetime
import math
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course import files
from course.errors import CourseError, Fault, FileError
from course.finance import depreciation, loans, taxes
from course.finance import indicators as fin

Inputs = Mapping[str, Any]
Answer = Callable[[Inputs, str], Any]


def _periods(inputs: Inputs, function: str) -> list[int]:
    """Which periods are asked for: an input, or brackets in the name such as [1,10] and [1..5]."""
    asked = inputs.get("periods", inputs.get("per"))
    if isinstance(asked, list):
        return [int(period) for period in asked]
    if asked is not None:
        return list(range(1, int(asked) + 1))
    if span := re.search(r"\[(\d+)\.\.(\d+)\]", function):
        return list(range(int(span[1]), int(span[2]) + 1))
    if listed := re.search(r"\[([\d,\s]+)\]", function):
        return [int(period) for period in listed[1].split(",")]
    return list(range(1, math.ceil(inputs.get("nper", inputs.get("life", 1))) + 1))


def _begin(inputs: Inputs) -> bool:
    return bool(inputs.get("type", 0))


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


def _bonus(x: Inputs, _: str) -> dict[str, Any]:
    asset = depreciation.with_bonus(x["cost"], x["bonus"], x["months"])
    return {
        "premium": asset.bonus,
        "monthly": asset.monthly,
        "year1": asset.expense(1, 12),
        "total": asset.total,
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


def _capitalised(x: Inputs, _: str) -> dict[str, Any]:
    loan = loans.annuity(x["principal"], x["rate"], x["years"], grace=x["grace"], capitalised=True)
    return {
        "debt_after_grace": loan.opening[x["grace"]],
        "payment": loan.payment[-1],
        "irr_lender": loan.lender_rate(),
    }


def _kip(x: Inputs, _: str) -> dict[str, Any]:
    rate = float(loans.subsidised_rate(x["key"], share=0.3, margin=0.03))
    return {
        "rate": rate,
        "interest": x["principal"] * rate,
        "market_minus": x["key"] + 0.03 - rate,
    }


def _annuity(x: Inputs, _: str) -> dict[str, Any]:
    loan = loans.annuity(x["principal"], x["rate"] / 12, x["months"])
    return {"payment": loan.payment[0], "total_interest": loan.total_interest}


def _differentiated(x: Inputs, _: str) -> dict[str, Any]:
    loan = loans.equal_principal(x["principal"], x["rate"] / 12, x["months"])
    return {
        "first_payment": loan.payment[0],
        "last_payment": loan.payment[-1],
        "total_interest": loan.total_interest,
    }


def _refund(x: Inputs, _: str) -> dict[str, Any]:
    part = loans.interest_refund(x["principal"], x["rate"], x["key"], share=2 / 3)
    return {
        "interest": part.interest,
        "subsidy": part.refund,
        "net": part.net,
        "effective_rate": part.net / x["principal"],
    }


def _grace(x: Inputs, _: str) -> dict[str, Any]:
    last = x["principal_quarters"]
    loan = loans.equal_principal(x["principal"], x["rate"] / 4, last, grace=x["quarters"] - last)
    by_quarter = {
        f"interest_q{quarter}": value for quarter, value in enumerate(loan.interest.tolist(), 1)
    }
    return {"total_interest": loan.total_interest, "end_balance": loan.closing[-1], **by_quarter}


def _sme(x: Inputs, _: str) -> dict[str, Any]:
    pay, threshold = x["monthly_pay"], 1.5 * x["mrot"]
    due = float(taxes.contributions_above_threshold(pay, threshold, general=0.30, reduced=0.076))
    return {"threshold": threshold, "contrib": due, "effective": due / pay}


def _capped(x: Inputs, _: str) -> dict[str, Any]:
    due = taxes.contributions(x["annual_pay"], x["base"], below=0.30, above=0.151)
    return {"total": due.sum()}


def _vat(x: Inputs, _: str) -> dict[str, Any]:
    gross = x["gross"]
    return {
        "vat22": taxes.vat_inside(gross, 0.22),
        "net22": taxes.without_vat(gross, 0.22),
        "vat20": taxes.vat_inside(gross, 0.20),
        "net20": taxes.without_vat(gross, 0.20),
    }


def _vat_refund(x: Inputs, _: str) -> dict[str, Any]:
    flow = taxes.vat_on_purchases(x["capex_net"], x["rate"], x["refund_lag"])
    ignored = taxes.vat_on_purchases(x["capex_net"], 0.0, 0)
    return {"npv": fin.npv(x["r"], flow), "npv_if_ignored": fin.npv(x["r"], ignored)}


def _deduction(x: Inputs, _: str) -> dict[str, Any]:
    given = taxes.investment_deduction(
        x["capex"], x["federal_tax"], x["rate"], limit=0.5, carry_years=10
    )
    used = given.used.tolist()
    by_year = isinstance(x["federal_tax"], list)
    return {
        "deduction": given.granted,
        "used": used if by_year else used[0],
        "left": given.left,
    }


def _losses(x: Inputs, _: str) -> dict[str, Any]:
    result = taxes.profit_tax(x["base"], x["rate"], x["limit"])
    return {name: getattr(result, name).tolist() for name in ("tax", "used", "pool")}


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


def _parts(part: Callable[..., float]) -> Answer:
    """IPMT or PPMT of one period, or of several as a list."""

    def answer(x: Inputs, function: str) -> float | list[float]:
        terms = (x["nper"], x["pv"], x.get("fv", 0.0), _begin(x))
        if "per" in x and not isinstance(x["per"], list):
            return part(x["rate"], x["per"], *terms)
        return [part(x["rate"], period, *terms) for period in _periods(x, function)]

    return answer


def _between(sums: Callable[..., float]) -> Answer:
    return lambda x, _: sums(x["rate"], x["nper"], x["pv"], x["start"], x["end"], _begin(x))


def _declining(x: Inputs, function: str) -> list[float]:
    return [
        depreciation.double_declining(
            x["cost"], x["salvage"], x["life"], period, x.get("factor", 2.0)
        )
        for period in _periods(x, function)
    ]


def _fixed_declining(x: Inputs, function: str) -> list[float]:
    return [
        depreciation.fixed_declining(x["cost"], x["salvage"], x["life"], period, x.get("month", 12))
        for period in _periods(x, function)
    ]


def _sum_of_years(x: Inputs, function: str) -> list[float]:
    return [
        depreciation.sum_of_years(x["cost"], x["salvage"], x["life"], period)
        for period in _periods(x, function)
    ]


def _variable_declining(x: Inputs, _: str) -> float:
    return depreciation.variable_declining(
        x["cost"],
        x["salvage"],
        x["life"],
        x["start"],
        x["end"],
        x.get("factor", 2.0),
        switch=not x.get("no_switch", False),
    )


def _number_of_payments(x: Inputs, _: str) -> float | None:
    return fin.number_of_payments(x["rate"], x["pmt"], x["pv"], x.get("fv", 0.0), _begin(x))


def _payment_rate(x: Inputs, _: str) -> float | None:
    return fin.payment_rate(
        x["nper"], x["pmt"], x["pv"], x.get("fv", 0.0), _begin(x), x.get("guess", 0.1)
    )


# The beginning of the function's name, up to what a case may add to it, decides; the longest wins.
FUNCTIONS: Mapping[str, Mapping[str, Answer]] = {
    "BREAKEVEN": {
        "units": _break_even,
        "уровень безубыточности": lambda x, _: fin.break_even_level(
            x["S"], x["C"], x["CV"], x["DC"]
        ),
    },
    "BUDGET": {"показатель бюджетной эффективности": _budget},
    "COST_OF_CAPITAL": {"CAPM": _capital},
    "DEPRECIATION": {
        "DB": _fixed_declining,
        "DDB": _declining,
        "SLN": lambda x, _: depreciation.straight_line(x["cost"], x["salvage"], x["life"]),
        "SYD": _sum_of_years,
        "VDB": _variable_declining,
        "straight-line with remainder": lambda x, _: depreciation.straight_line_schedule(
            x["cost"], x["rate"], x["years"]
        ).tolist(),
        "tax expense": _bonus,
        "остаток группы": lambda x, _: depreciation.group_balance(
            x["balance"], x["k"], x["months"]
        ),
    },
    "DISCOUNTING": {
        "NPV end vs mid-period": _mid_period,
        "annual → monthly rate": _step_rate,
        "real rate": lambda x, _: fin.real_rate(x["nominal"], x["inflation"]),
    },
    "DSCR": {"DSCR": _coverage, "период без": _coverage},
    "FUNDING_NEED": {"ПФ": _need},
    "IRR": {"IRR": _irr},
    "IRR_multiple": {"IRR_all_real_roots": lambda x, _: list(fin.irr(x["cashflows"]).roots)},
    "LOAN_RU": {
        "100 под": _capitalised,
        "КИП": _kip,
        "аннуитет": _annuity,
        "возмещение": _refund,
        "дифференцированный": _differentiated,
        "заём": _grace,
    },
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
    "PMT": {
        "PMT": lambda x, _: fin.payment(x["rate"], x["nper"], x["pv"], x.get("fv", 0.0), _begin(x))
    },
    "RATES": {
        "EFFECT": lambda x, _: fin.effective_rate(x["nominal"], int(x["npery"])),
        "NPER": _number_of_payments,
        "RATE": _payment_rate,
    },
    "SCHEDULE": {
        "CUMIPMT": _between(fin.interest_between),
        "CUMPRINC": _between(fin.principal_between),
        "IPMT": _parts(fin.interest_part),
        "PPMT": _parts(fin.principal_part),
    },
    "TAX_RU": {
        "МСП": _sme,
        "НДС на капвложения": _vat_refund,
        "НДС": _vat,
        "ФИНВ": _deduction,
        "взносы": _capped,
        "перенос убытков": _losses,
        "тот же ряд без лимита": _losses,
    },
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


@dataclass(frozen=True)
class Outcome:
    """What became of one case: its `id`, and what went `wrong` (empty if nothing did)."""

    id: str
    wrong: str


def answer(case: Mapping[str, Any]) -> Any:
    """The value that `course` gives for the case; `LookupError` if it has no such function."""
    name = str(case["function"])
    if str(case.get("convention", "")).startswith("Excel"):
        name = f"{name} / Excel"
    table = FUNCTIONS.get(case["group"], {})
    beginning = max((key for key in table if name.startswith(key)), key=len, default=None)
    if beginning is None:
        raise LookupError(f"course has no «{case['function']}» of {case['group']}")
    return table[beginning](case["inputs"], str(case["function"]))


def differences(expected: Any, got: Any, absolute: float, relative: float, place: str) -> list[str]:
    """Where `got` is not `expected` within the tolerances."""
    if isinstance(expected, dict):
        if not isinstance(got, dict):
            return [f"{place}expected an object, got {got!r}"]
        return [
            line
            for key, value in expected.items()
            for line in (
                differences(value, got[key], absolute, relative, f"{place}{key}: ")
                if key in got
                else [f"{place}{key}: expected {value!r}, got nothing"]
            )
        ]
    if isinstance(expected, list):
        if not isinstance(got, list) or len(got) != len(expected):
            return [f"{place}expected {expected!r}, got {got!r}"]
        return [
            line
            for index, (value, other) in enumerate(zip(expected, got, strict=True))
            for line in differences(value, other, absolute, relative, f"{place}[{index}] ")
        ]
    if expected is None or got is None or isinstance(expected, bool | str):
        return [] if expected == got else [f"{place}expected {expected!r}, got {got!r}"]
    near = abs(float(got) - float(expected)) <= max(absolute, relative * abs(float(expected)))
    return [] if near else [f"{place}expected {expected!r}, got {float(got)!r}"]


def check(case: Mapping[str, Any]) -> Outcome:
    """Put one case to `course`."""
    name = str(case.get("id", "?"))
    try:
        got = answer(case)
        wrong = differences(
            case["expected"], got, case.get("tol_abs") or 0.0, case.get("tol_rel") or 0.0, ""
        )
        exists = case.get("vk477_irr_exists")
        if exists is not None and "cashflows" in case["inputs"]:
            found = fin.irr(case["inputs"]["cashflows"])
            if (found.value is not None) != exists:
                wrong.append(f"ВНД exists by ВК 477: expected {exists}, got {found.verdict}")
    except Exception as error:  # whatever a function does with the inputs is a failure of the case
        wrong = [f"expected {case.get('expected')!r}, got {type(error).__name__}: {error}"]
    return Outcome(name, "; ".join(wrong))


def read(path: Path) -> list[Mapping[str, Any]]:
    """The cases of a file; `FileError` if it is no such file."""
    data = files.read_json(path, limit=32 * files.MEBIBYTE)
    cases = data.get("cases") if isinstance(data, dict) else data
    if not isinstance(cases, list) or not all(isinstance(case, dict) for case in cases):
        raise FileError(Fault(path.name, "cases", "нет списка проверочных случаев"))
    return cases


def main(arguments: list[str]) -> int:
    """Check the file that is named and print what failed."""
    if len(arguments) != 1:
        print("usage: python -m tests.cases FILE.json", file=sys.stderr)
        return 2
    try:
        outcomes = [check(case) for case in read(Path(arguments[0]))]
    except CourseError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    failed = [outcome for outcome in outcomes if outcome.wrong]
    for outcome in failed:
        print(f"{outcome.id}: {outcome.wrong}")
    print(f"{len(outcomes) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
