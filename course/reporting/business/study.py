"""What a business case stands on: the cluster, and of each project its model and all results.

Everything is computed when a page first asks for it, and once.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from course import finance, wording
from course.cluster import Cluster, Member, Project, later, load
from course.errors import CourseError, Fault, ReportError
from course.norms import Edition, norms
from course.reporting.blocks import Model

MARKET = "key_rate"
SETTLED = 12  # months after the launch at which a shock begins


@dataclass(frozen=True)
class Terms:
    """What a reader of the report may choose.

    `scenario` is an id of `finance.bound_scenarios`, `draws` the number of scenarios of the risk,
    `law_on` the day of the other law, `probability` and `budget_years` goals of the calibrator.
    """

    as_of: datetime.date
    scenario: str = "plan"
    discount_rate: float | None = None
    draws: int = 100_000
    law_on: datetime.date = datetime.date(2025, 12, 31)
    probability: float = 0.8
    budget_years: float = 7.0


@dataclass(frozen=True)
class Calibrated:
    """One lever of support: what the plan alone needs, and what most scenarios need.

    `refused` tells why there is nothing to look for.
    """

    lever: finance.Lever
    planned: finance.Calibration | None
    likely: finance.Calibration | None
    refused: str = ""


@dataclass(frozen=True)
class Study:
    """One project of the business case."""

    cluster: Cluster
    plan: Project
    terms: Terms

    @cached_property
    def own_case(self) -> finance.Case:
        """The model with the figures of the cluster's file."""
        return finance.case(self.cluster, self.plan.id, as_of=self.terms.as_of)

    @cached_property
    def scenarios(self) -> tuple[finance.Scenario, ...]:
        """The plan and the scenarios made of the owners' bounds."""
        return finance.bound_scenarios(self.own_case)

    @cached_property
    def case(self) -> finance.Case:
        """The model in the chosen scenario."""
        return in_scenario(self.own_case, self.scenarios, self.terms.scenario)

    @cached_property
    def result(self) -> finance.Result:
        """The model computed."""
        return finance.run(self.case)

    @cached_property
    def figures(self) -> finance.Indicators:
        """The indicators of the project."""
        return finance.indicators_of(self.result)

    @cached_property
    def books(self) -> dict[str, pd.DataFrame]:
        """The statements by years."""
        return finance.statements(self.result)

    @cached_property
    def tornado(self) -> tuple[finance.TornadoRow, ...]:
        """Every figure at the bounds of its owner."""
        return finance.tornado(self.case, spread=None)

    @cached_property
    def switching(self) -> dict[str, finance.SwitchingValue]:
        """By input: the value at which ЧДД is zero."""
        return {value.id: value for value in finance.switching_values(self.case)}

    @cached_property
    def outcomes(self) -> tuple[finance.Outcome, ...]:
        """The indicators of every named scenario."""
        return finance.outcomes(self.own_case, self.scenarios)

    @cached_property
    def map(self) -> finance.InputMap | None:
        """ЧДД over the two figures that move it most; `None` where there are no two."""
        movable = [row.id for row in self.tornado if row.swing and row.id != "discount.rate"][:2]
        if len(movable) < 2:
            return None
        return finance.two_input_map(self.case, movable[0], movable[1], steps=5)

    @cached_property
    def risk(self) -> finance.Risk | None:
        """Scenarios drawn from the owners' bounds; `None` where nobody gave any."""
        try:
            return finance.simulate(self.case, self.terms.draws)
        except CourseError:
            return None

    @cached_property
    def budget(self) -> finance.BudgetView:
        """Taxes and support by budgets."""
        return finance.budget_view(self.result)

    @cached_property
    def levels(self) -> dict[int, float | None]:
        """The level of break-even by years."""
        return finance.break_even_by_year(self.result)

    @cached_property
    def market(self) -> Edition | None:
        """The key rate, below which no loan of the market costs; `None` where none is known."""
        try:
            return norms[MARKET].on(self.terms.as_of)
        except CourseError:
            return None

    @cached_property
    def unsupported(self) -> finance.Unsupported:
        """The plan without grants and with loans no cheaper than the key rate."""
        rate = self.market.number if self.market else None
        return finance.without_support(
            self.cluster, self.plan.id, market_rate=rate, as_of=self.terms.as_of
        )

    @cached_property
    def goals(self) -> finance.Goals:
        """What support has to reach in the plan."""
        return finance.Goals(budget_payback_years=self.terms.budget_years)

    @cached_property
    def calibrated(self) -> tuple[Calibrated, ...]:
        """The least support of every kind."""
        return tuple(self._calibrated(lever) for lever in finance.Lever)

    def _calibrated(self, lever: finance.Lever) -> Calibrated:
        likely = finance.Goals(
            budget_payback_years=self.terms.budget_years, probability=self.terms.probability
        )
        day = self.terms.as_of
        try:
            return Calibrated(
                lever,
                finance.calibrate(self.cluster, self.plan.id, lever, as_of=day, goals=self.goals),
                finance.calibrate(self.cluster, self.plan.id, lever, as_of=day, goals=likely),
            )
        except CourseError as error:
            return Calibrated(lever, None, None, error.faults[0].what)

    @cached_property
    def replay(self) -> finance.Replay | None:
        """The project on the law of the other day; `None` where that law is not known."""
        terms = self.terms
        try:
            return finance.replay(
                self.cluster, self.plan.id, law_on=terms.law_on, as_of=terms.as_of
            )
        except CourseError:
            return None

    @property
    def model(self) -> Model:
        """By what the workbook makes this model again."""
        terms = self.terms
        return Model(self.plan.id, terms.discount_rate, terms.scenario, self.plan.title)


@dataclass(frozen=True)
class Offer:
    """The whole business case: a cluster, its projects, what the reader chose."""

    cluster: Cluster
    studies: tuple[Study, ...]
    terms: Terms

    @classmethod
    def read(cls, cluster_file: str, project: str, terms: Terms) -> Offer:
        """The projects of a cluster file; an empty `project` means all of them."""
        cluster = at_rate(load(Path(cluster_file)), terms.discount_rate)
        plans = [plan for plan in cluster.projects if project in ("", plan.id)]
        if not plans:
            raise ReportError(Fault("", "project", f"проекта «{project}» в кластере нет"))
        cluster = cluster.model_copy(update={"projects": tuple(plans)})
        return cls(cluster, tuple(Study(cluster, plan, terms) for plan in plans), terms)

    @property
    def event_on(self) -> datetime.date:
        """The day of a shock: a year after the last project has started to work."""
        launches = [later(s.plan.start, s.plan.construction_months) for s in self.studies]
        return later(max(launches), SETTLED)

    def spread(self, member: Member, months: int | None) -> finance.Contagion:
        """How it spreads when a member stands still for some months; `None` means it is gone."""
        event = finance.Event(member.id, self.event_on, months)
        return finance.contagion(self.cluster, event, as_of=self.terms.as_of)

    @cached_property
    def departures(self) -> tuple[tuple[Member, finance.Contagion], ...]:
        """What the departure of each member does."""
        return tuple((member, self.spread(member, None)) for member in self.cluster.members)

    @cached_property
    def titles(self) -> dict[str, str]:
        """Short titles of the members by id."""
        return {member.id: member.label for member in self.cluster.members}

    @cached_property
    def regions(self) -> dict[str, str]:
        """Titles of the regions by id."""
        return {region.id: region.title for region in self.cluster.regions}

    @property
    def book(self) -> str:
        """The source line of what the team has written."""
        return f"файл кластера, {self.cluster.reporting_year} год; {self.cluster.standing.words}"

    @property
    def model(self) -> str:
        """The source line of what the model has computed."""
        day = wording.day(self.terms.as_of)
        scenario = "" if self.terms.scenario == "plan" else f"сценарий «{self.scenario.title}», "
        return f"финансовая модель, {scenario}нормы на {day}; {self.cluster.standing.words}"

    @property
    def scenario(self) -> finance.Scenario:
        """The chosen scenario."""
        return next(s for s in self.studies[0].scenarios if s.id == self.terms.scenario)


def at_rate(cluster: Cluster, rate: float | None) -> Cluster:
    """The cluster with all projects discounted at another rate; `None` changes nothing."""
    if rate is None:
        return cluster
    return cluster.model_copy(update={"projects": tuple(_at(p, rate) for p in cluster.projects)})


def _at(plan: Project, rate: float) -> Project:
    """The project with another rate; its parts (WACC) and bounds belonged to the old one."""
    share = plan.discount.rate.model_copy(update={"value": rate, "low": None, "high": None})
    discount = plan.discount.model_copy(update={"rate": share, "wacc": None})
    return plan.model_copy(update={"discount": discount})


def in_scenario(
    case: finance.Case, scenarios: tuple[finance.Scenario, ...], name: str
) -> finance.Case:
    """The case in the named scenario; `ReportError` for a name that it does not have."""
    for scenario in scenarios:
        if scenario.id == name:
            return finance.revise(case, scenario.changes) if scenario.changes else case
    known = ", ".join(scenario.id for scenario in scenarios)
    raise ReportError(Fault("", "scenario", f"сценария «{name}» нет", f"Есть: {known}"))


def modelled(
    cluster: Cluster, project: str, as_of: datetime.date, rate: float | None, scenario: str
) -> finance.Case:
    """The model behind a report's figures, made from the cluster's file again."""
    case = finance.case(at_rate(cluster, rate), project, as_of=as_of)
    if scenario in ("", "plan"):
        return case
    return in_scenario(case, finance.bound_scenarios(case), scenario)
