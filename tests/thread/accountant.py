"""The project of play.yaml worked by hand, month by month: nothing of `course`.

Figures are those that the team typed; rates are those of 2027 to 2030 as the legislation data have
them: VAT 22 %, profit tax 25 %, loss limit 50 %, contributions 30 % and 15.1 % over 2 979 000 ₽ a
year. Prices grow every January. Delays and stock are one month.
"""

from __future__ import annotations

from dataclasses import dataclass

MONTHS, LAUNCH, CAPEX, GRANT = 48, 6, 60e6, 4e6
RAMP = (0.25, 0.5, 0.75)
VAT, PROFIT_TAX, RATE = 0.22, 0.25, 0.20


@dataclass(frozen=True)
class Month:
    """What one month earns and spends, roubles without VAT unless said."""

    revenue: float
    used: float
    bought: float
    pay: float
    contributions: float
    overheads: float
    written_off: float
    interest: float
    repaid: float


def months() -> list[Month]:
    """All months from January 2027."""
    found = []
    stock = debt = 0.0
    for m in range(MONTHS):
        year, works = m // 12, m >= LAUNCH
        load = RAMP[m - LAUNCH] if LAUNCH <= m < LAUNCH + 3 else float(works)
        volume = 1000 * 0.8 * load
        used = volume * (3000 + 1500 + 1200) * 1.05**year
        left = max(stock - used, used)  # thirty days of what the month used
        bought, stock = used + left - stock, left
        each = 85_000 * 1.06**year if works else 0.0
        interest, age = debt * 0.05 / 12, m - 1  # drawn in February 2027
        repaid = 40e6 / 24 if 12 < age <= 36 else 0.0
        debt += (40e6 if m == 1 else 0.0) - repaid
        found.append(Month(
            revenue=volume * 15_000 * 1.04**year, used=used, bought=bought, pay=20 * each,
            contributions=20 * _dues(each, m), overheads=600_000 * 1.05**year if works else 0.0,
            written_off=CAPEX / 84 if m > LAUNCH else 0.0, interest=interest, repaid=repaid,
        ))  # fmt: skip
    return found


def _dues(each: float, m: int) -> float:
    """Contributions for one worker: the pay since January is twelve equal months at most."""
    worked = m % 12 + 1 if m >= 12 else m - LAUNCH + 1
    before = each * (worked - 1)
    low = min(each, max(0.0, 2_979_000 - before))
    return low * 0.30 + (each - low) * 0.151


def profit_tax(profits: list[float]) -> list[float]:
    """A quarter of the profit since January, less old losses within half of it."""
    taxes, losses = [], 0.0
    for january in range(0, MONTHS, 12):
        year = counted = due = 0.0
        for profit in profits[january : january + 12]:
            year += profit
            counted = min(losses, 0.5 * max(0.0, year))
            now = PROFIT_TAX * (max(0.0, year) - counted)
            taxes.append(now - due)
            due = now
        losses += max(0.0, -year) - counted
    return taxes


def flows() -> tuple[list[float], list[float]]:
    """The flow of the project without financing, and that of its owner."""
    plan = months()
    margin = [
        x.revenue - x.used - x.pay - x.contributions - x.overheads - x.written_off for x in plan
    ]
    alone = profit_tax(margin)
    levered = profit_tax([m - x.interest for m, x in zip(margin, plan, strict=True)])
    inputs = [VAT * (x.bought + x.overheads + (CAPEX if m == 2 else 0)) for m, x in enumerate(plan)]
    net_vat = [VAT * x.revenue - inside for x, inside in zip(plan, inputs, strict=True)]
    project, equity = [], []
    for m, x in enumerate(plan):
        before = plan[m - 1] if m else None
        received = before.revenue * (1 + VAT) if before else 0.0
        paid = before.bought * (1 + VAT) if before else 0.0
        refund = max(0.0, -net_vat[m - 3]) if m >= 3 else 0.0
        invested = CAPEX * (1 + VAT) if m == 2 else 0.0
        common = (
            received - paid - x.pay - x.contributions - x.overheads * (1 + VAT)
            - max(0.0, net_vat[m]) + refund - invested
        )  # fmt: skip
        project.append(common - alone[m])
        given = (GRANT if m == 4 else 0.0) + (40e6 if m == 1 else 0.0)
        equity.append(common - levered[m] + given - x.repaid - x.interest)
    return project, equity


def npv(flow: list[float], yearly: float = RATE) -> float:
    """The worth in January 2027; a month's rate compounds to the yearly one."""
    return sum(value / (1 + yearly) ** (m / 12) for m, value in enumerate(flow))


def irr(flow: list[float]) -> float:
    """The yearly rate at which nothing is left, by halving."""
    low, high = 0.0, 5.0
    assert npv(flow, low) > 0 > npv(flow, high)
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if npv(flow, middle) > 0 else (low, middle)
    return low


def payback(flow: list[float]) -> float:
    """Months until what was spent is back for good."""
    total, sums = 0.0, []
    for value in flow:
        total += value
        sums.append(total)
    last = max(m for m, value in enumerate(sums) if value < 0)
    return last - sums[last] / flow[last + 1]
