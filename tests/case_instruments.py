"""What answers the check cases of loans, depreciation and taxes: a function of `course` each.

Rates stand here only where the name of a case states them, such as «НДС 22/122».
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

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


def _bonus(x: Inputs, _: str) -> dict[str, Any]:
    asset = depreciation.with_bonus(x["cost"], x["bonus"], x["months"])
    return {
        "premium": asset.bonus,
        "monthly": asset.monthly,
        "year1": asset.expense(1, 12),
        "total": asset.total,
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


INSTRUMENTS: Mapping[str, Mapping[str, Answer]] = {
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
    "LOAN_RU": {
        "100 под": _capitalised,
        "КИП": _kip,
        "аннуитет": _annuity,
        "возмещение": _refund,
        "дифференцированный": _differentiated,
        "заём": _grace,
    },
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
}
