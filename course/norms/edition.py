"""One value of a norm: how long it holds, who says so, and how sure anybody is."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from course import wording
from course.errors import Fault, NormError

Value = float | int | str | bool | datetime.date | tuple[str, ...] | None


class Standing(StrEnum):
    """How sure a value is, from the text of the act itself down to data invented for teaching."""

    ACT = "act"
    SECONDARY = "secondary"
    INFERRED = "inferred"
    RECALLED = "recalled"
    PROPOSED = "proposed"
    SYNTHETIC = "synthetic"

    @property
    def words(self) -> str:
        """The standing in Russian, as it is printed beside the value."""
        return _WORDS[self]

    @property
    def sign(self) -> str:
        """A short sign for the body of a paper that is signed."""
        return _SIGNS[self]

    @property
    def confirmed(self) -> bool:
        """Whether a page was read that states the value: enough for a verdict."""
        return self in (Standing.ACT, Standing.SECONDARY)


_WORDS = {
    Standing.ACT: "по тексту акта",
    Standing.SECONDARY: "по публикации",
    Standing.INFERRED: "не подтверждено",
    Standing.RECALLED: "не подтверждено",
    Standing.PROPOSED: "предложение курса",
    Standing.SYNTHETIC: "учебные данные",
}
_SIGNS = {
    Standing.ACT: "[А]",
    Standing.SECONDARY: "[П]",
    Standing.INFERRED: "[?]",
    Standing.RECALLED: "[?]",
    Standing.PROPOSED: "[К]",
    Standing.SYNTHETIC: "[У]",
}


class Unit(StrEnum):
    """What a value is measured in; the list is closed."""

    SHARE = "share"
    PERCENTAGE_POINT = "percentage_point"
    INDEX = "index"
    MULTIPLE = "multiple"
    RUB = "RUB"
    RUB_PER_MONTH = "RUB_per_month"
    RUB_PER_YEAR = "RUB_per_year"
    RUB_PER_APPLICANT = "RUB_per_applicant"
    COUNT = "count"
    YEARS = "years"
    MONTHS = "months"
    DAYS = "days"
    TEXT = "text"
    LIST = "list"
    DAY = "day"
    FLAG = "flag"


class Comparison(StrEnum):
    """How a figure of the data is compared with a limit: with it, or strictly beyond it."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE = "more"
    LESS = "less"

    @property
    def words(self) -> str:
        """The comparison in Russian."""
        return {"at_least": "не меньше", "at_most": "не больше", "more": "больше",
                "less": "меньше"}[self]  # fmt: skip

    def holds(self, value: float, limit: float) -> bool:
        """Whether `value` stands to `limit` as the rule wants."""
        return {"at_least": value >= limit, "at_most": value <= limit, "more": value > limit,
                "less": value < limit}[self]  # fmt: skip


class Pace(StrEnum):
    """How long a check of a value may be trusted: the pace at which such values change."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    THREE_YEARS = "three_years"
    SETTLED = "settled"  # a fact of the past, which no later act changes

    @property
    def days(self) -> int | None:
        """Days for which a check holds; `None`: for ever."""
        return _DAYS[self]


_DAYS = {
    Pace.MONTH: 31,
    Pace.QUARTER: 92,
    Pace.HALF_YEAR: 184,
    Pace.YEAR: 366,
    Pace.THREE_YEARS: 1096,
    Pace.SETTLED: None,
}


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One value of a norm, with the days on which it holds and the source that states it.

    `since` is the day it takes effect (`until`: the last day), `published` the day the act or page
    was published, `checked` the day somebody last compared the value with the source. A snapshot
    has `seen`, the day on which an undated page was read, instead of `since`. An open edition has
    no value: `open` says what has to be read to close it. A limit has its `comparison`.
    """

    name: str
    title: str
    value: Value
    unit: Unit
    standing: Standing
    reference: str
    pace: Pace
    since: datetime.date | None = None
    until: datetime.date | None = None
    published: datetime.date | None = None
    checked: datetime.date | None = None
    seen: datetime.date | None = None
    sources: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    quotation: str = ""
    note: str = ""
    open: str = ""
    preliminary: bool = False
    comparison: Comparison | None = None

    @property
    def address(self) -> str:
        """Where the source stands; empty when nobody has named a page."""
        return self.addresses[0] if self.addresses else ""

    @property
    def known(self) -> bool:
        """Whether there is a value at all; an open edition has none."""
        return not self.open

    @property
    def number(self) -> float:
        """The value for a computation; `NormError` when it is unknown or is not a number."""
        if self.open:
            raise NormError(
                Fault("", self.name, f"значение не известно: {self.open}", "Внесите его в данные")
            )
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise NormError(Fault("", self.name, "значение не является числом"))
        return float(self.value)

    @property
    def words(self) -> str:
        """The value with its unit in Russian: `20 %`, `150 млн ₽`, «не известно»."""
        return value_words(self.value, self.unit)

    @property
    def limit(self) -> str:
        """The value as a limit: «не меньше 20 %»; the value alone where no comparison is known."""
        if self.comparison is None or not self.known:
            return self.words
        return f"{self.comparison.words} {self.words}"

    def met(self, value: float, otherwise: Comparison) -> bool:
        """Whether `value` keeps the limit; `otherwise` is the comparison that is not stated."""
        return (self.comparison or otherwise).holds(value, self.number)

    def covers(self, day: datetime.date) -> bool:
        """Whether the edition is in force on `day` as far as its dates tell."""
        if self.since is None or day < self.since:
            return False
        return self.until is None or day <= self.until

    def ended_on(self, day: datetime.date) -> bool:
        """Whether the last known day of the edition lies before `day`."""
        return self.until is not None and day > self.until

    def stale_on(self, day: datetime.date) -> bool:
        """Whether nobody had checked the value by `day` within its pace.

        What was never checked is counted from the latest day that the entry itself knows.
        """
        if self.pace.days is None:
            return False
        known = self.checked or max(
            (date for date in (self.seen, self.published, self.since) if date), default=None
        )
        return known is None or (day - known).days > self.pace.days

    def expired_on(self, day: datetime.date) -> bool:
        """Whether the value has to be printed with the mark «expired» on `day`."""
        return self.ended_on(day) or self.stale_on(day)


_PLURALS = {
    Unit.YEARS: ("год", "года", "лет"),
    Unit.MONTHS: ("месяц", "месяца", "месяцев"),
    Unit.DAYS: ("день", "дня", "дней"),
}
_AFTER_MONEY = {
    Unit.RUB: "",
    Unit.RUB_PER_MONTH: " в месяц",
    Unit.RUB_PER_YEAR: " в год",
    Unit.RUB_PER_APPLICANT: " на заявителя",
}


def value_words(value: Value, unit: Unit) -> str:
    """A value with its unit in Russian, exact: nothing that the data say is rounded away."""
    match value:
        case None:
            return "не известно"
        case bool():
            return "да" if value else "нет"
        case datetime.date():
            return wording.day(value)
        case tuple():
            return "; ".join(value)
        case str():
            return value
    if unit is Unit.SHARE or unit is Unit.INDEX:
        return wording.share(value, 6)
    if unit is Unit.PERCENTAGE_POINT:
        return f"{wording.trimmed(value * 100)}{wording.NBSP}п.п."
    if unit in _AFTER_MONEY:
        return _money_words(value) + _AFTER_MONEY[unit]
    if unit in _PLURALS:
        return wording.count(int(value), *_PLURALS[unit])
    return wording.trimmed(value)


def _money_words(roubles: float) -> str:
    """Roubles in the largest unit that keeps them exact to a tenth: `639,7 млрд ₽`."""
    for word, scale in (("трлн", 1e12), ("млрд", 1e9), ("млн", 1e6)):
        figure = roubles / scale
        if figure >= 1 and abs(figure - round(figure, 1)) < 1e-9:
            return wording.NBSP.join((wording.trimmed(figure, 1), word, "₽"))
    return f"{wording.trimmed(roubles, 2)}{wording.NBSP}₽"
