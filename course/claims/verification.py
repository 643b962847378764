"""What came of comparing a file that somebody sent back with what was made."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from course.claims.comparison import Discrepancy, Kind
from course.claims.printed import Printed
from course.wording import count, day

SHOWN = 60  # lines: more tell nothing new


@dataclass(frozen=True)
class Paper:
    """A paper as it was made: whose, of which day, and what it printed under its ids.

    `identifier` is what its file bears, `cluster` the digest of the cluster file behind it.
    """

    identifier: str
    team: str
    as_of: datetime.date
    name: str
    title: str
    printed: tuple[Printed, ...]
    titles: dict[str, str]
    cluster: str


@dataclass(frozen=True)
class Verification:
    """What the verification of a file came to; `findings` is empty when every figure holds."""

    file: str
    paper: Paper
    findings: tuple[Discrepancy, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The outcome in Russian, a line for each figure."""
        made = f"«{self.paper.title}», команда {self.paper.team}, на {day(self.paper.as_of)}"
        figures = count(len(self.paper.printed), "число", "числа", "чисел")
        if not self.findings:
            return (f"{self.file}: {made}. Сверено {figures}: все совпадают.",)
        inputs = sum(finding.kind is Kind.INPUT for finding in self.findings)
        others = len(self.findings) - inputs
        found = count(others, "расхождение", "расхождения", "расхождений")
        if inputs:
            changed = count(inputs, "ввод", "ввода", "вводов")
            held = found if others else "все равны модели с этими вводами"
            found = f"{held}. Изменено: {changed}"
        head = f"{self.file}: {made}. Сверено {figures}: {found}."
        shown = [f"  {finding.statement}" for finding in self.findings[:SHOWN]]
        if rest := len(self.findings) - len(shown):
            shown.append(f"  И ещё {count(rest, 'расхождение', 'расхождения', 'расхождений')}.")
        return (head, *shown)
