"""How a value of a report is printed: the kind of a column or of an indicator."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from course.errors import Fault, ReportError
from course.wording import ABSENT, NBSP, day, money, number, share, span

Kind = Literal["text", "number", "money", "share", "day", "span"]
Value = str | float | int | None
KINDS: tuple[str, ...] = ("text", "number", "money", "share", "day", "span")
TEXTS = ("text", "day")


@dataclass(frozen=True)
class Form:
    """How values are printed: `kind`, for money and numbers the `unit`, and decimals.

    Money is kept in roubles and printed in `unit`; a share is 0.185 and printed as 18,5 %; a day
    is ISO text; a span is a number of months, of which `None` means that it is never reached.
    """

    kind: Kind = "text"
    unit: str = ""
    digits: int = 1

    def check(self, value: Value, place: str) -> None:
        """Refuse a value that this form cannot print."""
        if value is None:
            return
        textual = isinstance(value, str)
        if isinstance(value, bool) or textual != (self.kind in TEXTS):
            raise ReportError(
                Fault("", place, f"значение {value!r:.60} не подходит к виду «{self.kind}»")
            )

    def bare(self, value: Value) -> str:
        """The value without its unit, which a heading names."""
        if value is None and self.kind != "span":
            return ABSENT
        if isinstance(value, str):
            return day(datetime.date.fromisoformat(value)) if self.kind == "day" else value
        if self.kind == "money":
            text = money(value, self.unit or "млн ₽", self.digits)
            return text.removesuffix(f"{NBSP}{(self.unit or 'млн ₽').replace(' ', NBSP)}")
        if self.kind == "share":
            return share(value, self.digits)
        return span(value) if self.kind == "span" else number(value, self.digits)

    def full(self, value: Value) -> str:
        """The value with its unit."""
        unit = self.unit or ("млн ₽" if self.kind == "money" else "")
        bare = self.bare(value)
        if self.kind in ("money", "number") and unit and value is not None:
            return f"{bare}{NBSP}{unit.replace(' ', NBSP)}"
        return bare
