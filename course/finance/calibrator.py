"""The calibrator of support: the least of it with which a project reaches its goals.

    calibrate(cluster, "connectors", Lever.GRANT, as_of=day, goals=Goals(dscr=1.2))

What the support does not cover, the owner pays on the same day: the project's money stays the same
in every month, only whose it is changes. So a rouble of support is worth what it saves the owner.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from course import wording
from course.cluster import (
    Cluster,
    Grant,
    Loan,
    Money,
    OwnFunds,
    Payer,
    Project,
    Purpose,
    Shape,
    Status,
)
from course.errors import FinanceError
from course.finance.discounting import Array
from course.finance.model import Case, case
from course.finance.payback import payback_rows
from course.finance.ratios import dscr_min_rows
from course.finance.results import coverage_rows, run
from course.finance.spreads import declared, draws, spreads_of
from course.finance.variants import plan_of, with_project

GRID = 21
HALVINGS = 12
HIGHEST_RATE = 0.4
LEAST_RATE = 0.0001  # there is no annuity at a rate of zero
GRANT, OWN = "calibrated", "Средства собственника взамен поддержки"
KEPT = (
    "coverage.cash", "coverage.service", "flow.budget", "cash.closing", "time.year", "grants",
)  # fmt: skip


class Lever(StrEnum):
    """What is looked for: the least grant, the highest rate, the least share of a loan."""

    GRANT = "grant"
    RATE = "rate"
    LOAN_SHARE = "loan_share"

    @property
    def words(self) -> str:
        """The lever in Russian."""
        return {
            "grant": "наименьший грант",
            "rate": "наибольшая ставка займа",
            "loan_share": "наименьшая доля займа в бюджете проекта",
        }[self]


@dataclass(frozen=True)
class Goals:
    """What has to be reached at once; `None` leaves a goal out.

    ЧДД is the owner's, after loans and support: ЧДД of the project itself knows no financing.
    `budget_payback_years` counts from the project's start. With `probability` the goals have to
    be reached in this share of scenarios drawn from the owners' bounds, else in the plan alone.
    """

    equity_npv: float | None = 0.0
    dscr: float | None = 1.2
    budget_payback_years: float | None = None
    probability: float | None = None


@dataclass(frozen=True)
class Calibration:
    """What was found: `value` in roubles or as a share; `None` when nothing reaches the goals.

    `planned` is the support as the project's card has it. At `value` (or where most was reached):
    the owner's ЧДД, the lowest DSCR, months of the budget's payback and the lowest balance of
    money, each of the plan; `reached` is the share of scenarios that reach all goals.
    """

    lever: Lever
    title: str
    goals: Goals
    planned: float
    value: float | None
    reached: float
    equity_npv: float
    dscr_min: float | None
    budget_payback_months: float | None
    cash_min: float
    scenarios: int

    @property
    def words(self) -> str:
        """The answer in one Russian sentence."""
        if self.value is None:
            return f"{self.title}: цели не достигаются ни при каком значении."
        text = (
            wording.money(self.value) if self.lever is Lever.GRANT else wording.share(self.value, 2)
        )
        plan = wording.money(self.planned) if self.lever is Lever.GRANT else wording.share(
            self.planned, 2
        )  # fmt: skip
        return f"{self.title}: {self.lever.words} — {text} (в плане {plan})."


def calibrate(
    cluster: Cluster,
    project: str,
    lever: Lever,
    *,
    as_of: datetime.date,
    goals: Goals = Goals(),
    loan: str | None = None,
    scenarios: int = 400,
    seed: int = 1,
) -> Calibration:
    """The least support of one kind that reaches the goals: the other kinds stay as planned.

    The grant takes the place of all planned ones, on the day of the first; the loan is the one
    named, or the cheapest. Values are tried from the least support up, and the first that reaches
    the goals is made precise. Raises `FinanceError` for a project without a loan where one is
    needed, and for a probability that is none.
    """
    if goals.probability is not None and not 0 < goals.probability <= 1:
        raise FinanceError("вероятность лежит между 0 и 1")
    plan = plan_of(cluster, project)
    search = _grant(plan) if lever is Lever.GRANT else _of_loan(plan, lever, _loan(plan, loan))
    whole = with_project(cluster, search.project)
    trial = _Trial(case(whole, project, as_of=as_of), search, goals, scenarios, seed)
    return trial.calibration(lever)


@dataclass(frozen=True)
class _Search:
    """A project ready to be moved: inputs as `start + slope × value`, from little support up."""

    project: Project
    title: str
    planned: float
    first: float
    last: float
    inputs: Mapping[str, tuple[float, float]]


def _loan(plan: Project, id: str | None) -> Loan:
    known = [loan for loan in plan.loans if id in (None, loan.id)]
    if not known:
        raise FinanceError(f"у проекта «{plan.title}» нет такого займа: подбирать нечего")
    return min(known, key=lambda loan: loan.rate.value)


def _nothing() -> Money:
    """A sum that every scenario sets anew."""
    return Money(value=0.0, owner="модель", source="подбор поддержки", status=Status.ASSUMPTION)


def _instead(plan: Project, date: datetime.date) -> tuple[OwnFunds, ...]:
    return (*plan.own_funds, OwnFunds(title=OWN, date=date, amount=_nothing()))


def _grant(plan: Project) -> _Search:
    planned = sum(grant.amount.value for grant in plan.grants)
    first = min(plan.grants, key=lambda grant: grant.date, default=None)
    date = first.date if first else min(item.date for item in plan.capex)
    needed = Grant(
        id=GRANT,
        title="Подобранный грант",
        payer=first.payer if first else Payer.FEDERAL,
        purpose=Purpose.CAPEX,
        date=date,
        amount=_nothing(),
    )
    moved = plan.model_copy(update={"grants": (needed,), "own_funds": _instead(plan, date)})
    own = f"own.{len(moved.own_funds)}.amount"
    most = planned + sum(money.amount.value for money in plan.own_funds)
    inputs = {f"grants.{GRANT}.amount": (0.0, 1.0), own: (planned, -1.0)}
    return _Search(moved, plan.title, planned, 0.0, most, inputs)


def _of_loan(plan: Project, lever: Lever, loan: Loan) -> _Search:
    title = f"{plan.title}, {loan.title}"
    if lever is Lever.RATE:
        if loan.rates or loan.floating is not None:
            raise FinanceError(f"{title}: ставка меняется со временем, одну подобрать нельзя")
        least = LEAST_RATE if loan.shape in (Shape.ANNUITY, Shape.CAPITALISED) else 0.0
        moves = {f"loans.{loan.id}.rate": (0.0, 1.0)}
        top = max(HIGHEST_RATE, loan.rate.value)
        return _Search(plan, title, loan.rate.value, top, least, moves)
    moved = plan.model_copy(update={"own_funds": _instead(plan, loan.drawn)})
    own = f"own.{len(moved.own_funds)}.amount"
    sum_, budget = loan.principal.value, plan.budget
    most = sum_ + sum(money.amount.value for money in plan.own_funds)
    moves = {f"loans.{loan.id}.principal": (0.0, budget), own: (sum_, -budget)}
    return _Search(moved, title, sum_ / budget, 0.0, min(1.0, most / budget), moves)


class _Trial:
    """The project computed at values of the lever, in the plan and in drawn scenarios."""

    def __init__(
        self, project: Case, search: _Search, goals: Goals, scenarios: int, seed: int
    ) -> None:
        self.case, self.search, self.goals = project, search, goals
        self.drawn: dict[str, Array] = {}
        if goals.probability is not None:
            spreads = [s for s in spreads_of(project.inputs) if s.id not in search.inputs]
            linked = declared(project.correlations, spreads)
            self.drawn = draws(spreads, scenarios, seed, linked)
        self.scenarios = scenarios if self.drawn else 1

    def calibration(self, lever: Lever) -> Calibration:
        """The first value, from the least support up, at which the goals are reached."""
        need = 1.0 if self.goals.probability is None else self.goals.probability
        tried = np.linspace(self.search.first, self.search.last, GRID)
        shares = self.reached(tried)
        good = np.flatnonzero(shares >= need)
        value: float | None = None
        at = float(tried[np.flatnonzero(shares == shares.max())[-1]])
        if len(good):
            n = int(good[0])
            value = at = self._precise(float(tried[max(n - 1, 0)]), float(tried[n]), need)
        return self._told(lever, value, at)

    def _precise(self, short: float, enough: float, need: float) -> float:
        for _ in range(HALVINGS if short != enough else 0):
            middle = (short + enough) / 2.0
            if self.reached(np.array([middle]))[0] >= need:
                enough = middle
            else:
                short = middle
        return enough

    def reached(self, values: Array) -> Array:
        """The share of scenarios that reach all goals, for every value of the lever."""
        worth, lowest, payback, _ = self._computed(values, self.drawn, self.scenarios)
        good = np.ones(worth.shape, dtype=bool)
        if self.goals.equity_npv is not None:
            good &= worth >= self.goals.equity_npv
        if self.goals.dscr is not None:  # where nothing is due there is nothing to cover
            good &= np.isnan(lowest) | (lowest >= self.goals.dscr)
        if self.goals.budget_payback_years is not None:
            good &= payback <= 12.0 * self.goals.budget_payback_years  # never is NaN: not reached
        return np.asarray(good.reshape(len(values), self.scenarios).mean(axis=1))

    def _computed(
        self, values: Array, drawn: Mapping[str, Array], count: int
    ) -> tuple[Array, Array, Array, Array]:
        """The owner's ЧДД, lowest DSCR, budget's payback, lowest cash: (values × scenarios,)."""
        each = np.repeat(values, count)
        scenarios = {id: np.tile(column, len(values)) for id, column in drawn.items()}
        for id, (start, slope) in self.search.inputs.items():
            scenarios[id] = start + slope * each
        fund = [line.id for line in self.case.network.lines if line.payer == "fund"]
        result = run(self.case, scenarios, keep=(*KEPT, *fund), figures=("equity.npv",))
        budget = result.values["flow.budget"] - sum(result.values[id] for id in fund)
        return (
            result.values.figure("equity.npv"),
            dscr_min_rows(*coverage_rows(result)),
            payback_rows(budget),
            result.values["cash.closing"].min(axis=1),
        )

    def _told(self, lever: Lever, value: float | None, at: float) -> Calibration:
        worth, lowest, payback, cash = self._computed(np.array([at]), {}, 1)
        return Calibration(
            lever=lever,
            title=self.search.title,
            goals=self.goals,
            planned=self.search.planned,
            value=value,
            reached=float(self.reached(np.array([at]))[0]),
            equity_npv=float(worth[0]),
            dscr_min=None if np.isnan(lowest[0]) else float(lowest[0]),
            budget_payback_months=None if np.isnan(payback[0]) else float(payback[0]),
            cash_min=float(cash[0]),
            scenarios=self.scenarios,
        )
