"""Loans as lenders offer them: what the first payment is, and what the money costs in a year."""

from __future__ import annotations

from dataclasses import dataclass

from course.cluster import Shape
from course.finance.discounting import annual_rate, refusal
from course.finance.loans import Schedule, annuity, equal_principal
from course.finance.returns import irr

MONTHS = 12


@dataclass(frozen=True)
class LoanOffer:
    """An offer: roubles, a yearly rate, months of the whole term and of its grace, a shape.

    `fee` is what the lender keeps of the sum at once, as a share of it. Interest is counted by
    months, in the quarterly shape by quarters, on a part of the yearly rate.
    """

    title: str
    principal: float
    rate: float
    months: int
    shape: Shape
    grace: int = 0
    fee: float = 0.0

    @property
    def step(self) -> int:
        """How many months lie between two payments."""
        return 3 if self.shape == Shape.QUARTERLY else 1

    @property
    def schedule(self) -> Schedule:
        """The payments, one a step; `FinanceError` for a grace that leaves no time to pay."""
        rate = self.rate * self.step / MONTHS
        periods, grace = self.months // self.step, self.grace // self.step
        if self.shape == Shape.BULLET:
            return equal_principal(self.principal, rate, 1, grace=periods - 1)
        if periods <= grace:
            raise refusal("льготный срок", "он не короче всего срока займа")
        if self.shape in (Shape.ANNUITY, Shape.CAPITALISED):
            added = self.shape == Shape.CAPITALISED
            return annuity(self.principal, rate, periods - grace, grace=grace, capitalised=added)
        return equal_principal(self.principal, rate, periods - grace, grace=grace)

    @property
    def first_payment(self) -> float:
        """What is paid at the end of the first step."""
        return float(self.schedule.payment[0])

    @property
    def largest_payment(self) -> float:
        """The greatest single payment."""
        return float(self.schedule.payment.max())

    @property
    def effective_rate(self) -> float | None:
        """What the money costs in a year with the fee in it, compounded; `None` if none can be."""
        flow = self.schedule.lender_flow
        flow[0] += self.principal * self.fee
        found = irr(flow).value
        return None if found is None else annual_rate(found, MONTHS // self.step)
