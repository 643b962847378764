"""The book in which a model is written down: inputs with their sources, lines by groups."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable
from pathlib import Path

from course.cluster.values import Figure as SourcedFigure
from course.finance.lines import (
    Expression,
    Figure,
    Input,
    Kind,
    Line,
    Number,
    Ref,
    Schedule,
    serial,
)
from course.finance.network import Network

PLAN = "Карточка проекта"


class Book:
    """Collects inputs, lines and figures; `network` closes it.

    Every method that adds something returns the reference by which expressions use it.
    """

    def __init__(self, months: int, start: datetime.date, place: str) -> None:
        self.months = months
        self.start = start
        self.place = place
        self.inputs: list[Input] = []
        self.schedules: list[Schedule] = []
        self.lines: list[Line] = []
        self.summary: list[Figure] = []
        self.participants: dict[str, str] = {}
        self._group = ""
        self._counted: dict[str, list[tuple[Ref, int]]] = {}

    def group(self, title: str) -> None:
        """Lines that are added from now on belong to this group."""
        self._group = title

    def participant(self, id: str, title: str) -> str:
        """Somebody who pays or is paid."""
        self.participants.setdefault(id, title)
        return id

    def sourced(
        self, id: str, title: str, unit: str, figure: SourcedFigure, place: str = ""
    ) -> Ref:
        """An input out of the cluster's file, with its owner, source and status."""
        return self.input(self.sourced_input(id, title, unit, figure, place or id))

    def sourced_input(
        self,
        id: str,
        title: str,
        unit: str,
        figure: SourcedFigure,
        place: str,
        since: datetime.date | None = None,
    ) -> Input:
        """A figure out of the cluster's file as an input; `since` if it holds from a day on."""
        return Input(
            id,
            title,
            unit,
            float(figure.value),
            owner=figure.owner,
            source=figure.source,
            status=figure.status.words,
            place=f"{self.place}.{place}",
            since=since,
            low=figure.low,
            high=figure.high,
        )

    def plain(self, id: str, title: str, unit: str, value: float, place: str = "") -> Ref:
        """An input that the project's card states without an owner of its own."""
        where = f"{self.place}.{place or id}"
        return self.input(
            Input(id, title, unit, float(value), source=PLAN, status="решение команды", place=where)
        )

    def day(self, id: str, title: str, value: datetime.date, place: str = "") -> Ref:
        """A day out of the project's card."""
        return self.plain(id, title, "дата", serial(value), place)

    def convention(self, id: str, title: str, unit: str, value: float, why: str) -> Ref:
        """An input that only says how the model counts."""
        return self.input(Input(id, title, unit, value, source=why, status="соглашение модели"))

    def input(self, item: Input) -> Ref:
        """An input as it is."""
        self.inputs.append(item)
        return Ref(item.id)

    def schedule(self, schedule: Schedule) -> Ref:
        """A value that changes by dates or by months of operation."""
        self.schedules.append(schedule)
        return Ref(schedule.id)

    def line(
        self,
        id: str,
        title: str,
        unit: str,
        expression: Expression | float,
        kind: Kind = "flow",
        *,
        opening: float = 0.0,
    ) -> Ref:
        """A line that moves no money by itself."""
        return self._add(id, title, unit, expression, kind, "", "", opening)

    def money(
        self, id: str, title: str, expression: Expression | float, payer: str, payee: str
    ) -> Ref:
        """A line of money that `payer` pays to `payee`: it stands in the ledger."""
        return self._add(id, title, "₽", expression, "flow", payer, payee, 0.0)

    def _add(
        self,
        id: str,
        title: str,
        unit: str,
        expression: Expression | float,
        kind: Kind,
        payer: str,
        payee: str,
        opening: float,
    ) -> Ref:
        frame = sys._getframe(2)
        location = f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}"
        made = expression if isinstance(expression, Expression) else Number(float(expression))
        self.lines.append(
            Line(id, title, unit, made, kind, self._group, payer, payee, opening, location)
        )
        return Ref(id)

    def figure(self, id: str, title: str, unit: str, expression: Expression) -> Ref:
        """A single value out of whole rows."""
        self.summary.append(Figure(id, title, unit, expression, group=self._group))
        return Ref(id)

    def count(self, total: str, line: Ref, sign: int = 1) -> None:
        """Let a line that not every project has count in a total that is closed later."""
        self._counted.setdefault(total, []).append((line, sign))

    def closed(self, total: str, expression: Expression) -> Expression:
        """A total with all lines that were counted in it."""
        for line, sign in self._counted.get(total, []):
            expression = expression + line if sign > 0 else expression - line
        return expression

    def known(self, wanted: Callable[[Line], bool]) -> list[Expression]:
        """References to the lines that are wanted, in the order of the book."""
        return [Ref(line.id) for line in self.lines if wanted(line)]

    def network(self) -> Network:
        """The finished network; `FinanceError` with all faults of its lines."""
        return Network(
            self.months,
            tuple(self.inputs),
            tuple(self.schedules),
            tuple(self.lines),
            tuple(self.summary),
        )
